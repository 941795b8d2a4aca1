"""What a person orders, and the documents that it comes to: each has one path, whoever builds it and whenever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OF_PLANS = frozenset({"action-plan"})
WORKBOOK = "xlsx"
CALENDAR = "ics"
PICTURE = "svg"
PAGE = "html"
XLSFORM, LIMESURVEY = "xlsform.xlsx", "limesurvey.txt"  # what form tools make a form from
DEFINITIONS = frozenset({XLSFORM, LIMESURVEY})
FOR_ALL = frozenset({CALENDAR, PICTURE, PAGE, *DEFINITIONS})  # formats of which one file speaks all languages
ANSWER_SHEET = "answer-sheet"
SEATING = "seating-plan"
ONE_PAGE = "one-page-agenda"
RUN_SHEET = "run-sheet"
PERSONAL = "personal-run-sheets"
PACKING = "packing-list"
INVITATION = "invitation"
QUESTIONNAIRE = "questionnaire"
ROOM_SCREEN = "room-screen"
HOST_CARDS, TABLE_SIGNS = "host-cards", "table-signs"
SIGN_IN, BADGES, EVALUATION = "sign-in-list", "badges", "evaluation-form"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built: a kind, in which languages and formats, all languages in one file or one file each.

    `part` is the table of the room (`t2`) that a sheet is for, where each table has its own.
    """

    kind: str
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("md", "docx")
    together: bool = False
    template: Path | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file of an order: whom it is about, the languages in it, its format, and the folders of templates that it was given."""

    order: Order
    subject: str
    languages: tuple[str, ...]
    format: str
    own: tuple[Path, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of document."""
        return self.order.kind

    @property
    def of_plan(self) -> bool:
        """Whether it is about a plan; else it is about an event."""
        return self.kind in OF_PLANS

    @property
    def path(self) -> str:
        """Where it lies, relative to the project folder."""
        if self.format in FOR_ALL:
            return f"out/{self.subject}/{self.kind}.{self.format}"  # one for everybody, whatever its languages
        kind = f"{self.kind}-{self.order.part}" if self.order.part else self.kind
        return f"out/{self.subject}/{kind}.{'-'.join(self.languages)}.{self.format}"


AGENDA = Order("agenda", formats=("md", "docx", CALENDAR))
SEATING_PLAN = Order(SEATING, formats=("md", "docx", PICTURE))
FORM = Order(QUESTIONNAIRE, formats=("docx", WORKBOOK, XLSFORM, LIMESURVEY), together=True)
SCREEN = Order(ROOM_SCREEN, formats=(PAGE,))


def paper(kind: str, *, together: bool = True) -> Order:
    """The order for a part of the kit that is printed: in Word, its lines in all languages, or one file for each of them."""
    return Order(kind, formats=("docx",), together=together)


def workbook(kind: str) -> Order:
    """The order for a part of the kit that is filled in: one workbook in all languages of the event."""
    return Order(kind, formats=(WORKBOOK,), together=True)


def answer_sheets(tables: Sequence[str]) -> tuple[Order, ...]:
    """The orders for the answer sheets of an event: one workbook, and a Word document for each table, or one where there are none."""
    papers = (Order(ANSWER_SHEET, formats=("docx",), together=True, part=table) for table in tables or ("",))
    return (workbook(ANSWER_SHEET), *papers)


def documents(order: Order, subject: str, spoken: Sequence[str], own: tuple[Path, ...] = ()) -> tuple[Document, ...]:
    """The documents of an order about an event or a plan that speaks some languages, in the order in which they are built."""
    asked = tuple(dict.fromkeys(order.languages or spoken))
    files = (asked,) if order.together else tuple((lang,) for lang in asked)
    found = [Document(order, subject, languages, name, own) for languages in files for name in order.formats if name not in FOR_ALL]
    return (*found, *(Document(order, subject, asked, name, own) for name in order.formats if name in FOR_ALL))
