"""The answer sheet in Word: for people who write by hand or type, one document for each table of the room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ecocsme.documents import building, context
from ecocsme.documents.orders import Document
from ecocsme.event.model import Event, Question
from ecocsme.notes.workbook import Place, places
from ecocsme.project.folder import Folder

ROWS = 8  # with their question, two sets of rows fit on a page


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is asked in one round: its number, the languages its text is written in, and the printed ID."""

    question: Question
    number: int
    languages: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Round:
    """Everything that a table is asked in one round; 0 where there are no tables or rounds."""

    table: int
    number: int
    asked: tuple[Asked, ...]


def write_paper(folder: Folder, document: Document) -> bytes:
    """Write the answer sheet of one table, or of the whole event where it has none; the same event gives the same bytes."""
    subject = context.of_event(folder, document.subject)
    event: Event = subject.values["event"]
    values = {**subject.values, "sheet": rounds(event, document.order.part, document.languages), "rows": ROWS}
    return building.in_all_languages(folder, replace(subject, values=values), document)


def rounds(event: Event, table: str, languages: Sequence[str]) -> tuple[Round, ...]:
    """What one table (`t2`) is asked, round by round; `""` stands for an event without tables."""
    here = [place for place in places(event) if f"t{place.table}" == (table or "t0")]
    numbers = dict.fromkeys(place.round for place in here)
    return tuple(Round(here[0].table, number, tuple(_asked(here, number, languages))) for number in numbers)


def _asked(here: Sequence[Place], number: int, languages: Sequence[str]) -> Iterator[Asked]:
    for place in here:
        if place.round == number:
            texts = {place.question.text.said(lang)[0]: lang for lang in reversed(languages)}
            yield Asked(place.question, int(place.question.id[1:]), tuple(reversed(texts.values())), place.code)
