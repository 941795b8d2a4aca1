"""The form in Excel: for one person, a row for each question, and a code beside each row that says what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecocsme.event.model import Event
from ecocsme.language.letters import printable
from ecocsme.language.texts import Texts
from ecocsme.language.words import Words
from ecocsme.notes.form_codes import code_of, contact_code, form_code
from ecocsme.notes.workbook_saving import for_printing, put, saved

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = (58.0, 78.0, 24.0)  # question, answer, code
_LINE = 15.0  # the height of a line of 11 points
_LETTERS = 1.15  # letters to a unit of width
_WIDE = ("title", "strong", "wide")  # what stands across question and answer
# lines that a row has at least, and how much more, by what it is; "" is a question with room for its answer
_ROOM = {"": (4, 0.2), "short": (1, 0.2), "title": (2, 0.5), "head": (2, 0.2), "strong": (1, 1.3)}
_FONT, _GREY, _PALE, _BLUE, _RULE = "Calibri", "808080", "F2F2F2", "D9E2F3", "BFBFBF"
_TAB = 31  # characters of the name of a tab; Excel's limit


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the form: what stands on the left, what its code is, how it looks; `asks` where the middle is typed into."""

    text: str
    code: str
    look: str = ""
    middle: str = ""
    asks: bool = False


def write_form(event: Event, words: Sequence[Words], texts: Mapping[str, Texts]) -> bytes:
    """Write the form of an event in the languages of the words given; the same event gives the same bytes."""
    import openpyxl

    book = openpyxl.Workbook()
    tab = book.worksheets[0]
    title = " / ".join(dict.fromkeys(texts["title"].every()))
    tab.title = (title if len(title) <= _TAB else texts["title"].every()[0][:_TAB]).replace("/", "·")
    for number, line in enumerate(_lines(event, words, texts), 1):
        _write(tab, number, line)
    for letter, width in zip("ABC", _WIDTHS, strict=True):
        tab.column_dimensions[letter].width = width
    for_printing(tab, event, titled=False)
    return saved(book, event, f"{title}: {event.id}", words[0].tag)


def _lines(event: Event, words: Sequence[Words], texts: Mapping[str, Texts]) -> Iterator[Line]:
    ours, contact = form_code(event), contact_code(event)
    yield Line(_joined(texts["title"], " / "), ours, "title")
    for name in ("event", "topic", "deadline", "how"):
        if any(texts[name].every()):
            yield Line(_joined(texts[name]), ours, "strong" if name == "deadline" else "wide")
    heads = (" / ".join(dict.fromkeys(pack.say(f"answer-sheet.{key}") for pack in words)) for key in ("question", "answer", "id"))
    question, answer, code = heads
    yield Line(question, code, "head", answer)
    for asked in sorted(event.questions, key=lambda one: int(one.id[1:])):
        said = Texts({pack.lang: asked.text.said(pack.lang)[0] for pack in words})
        yield Line(_joined(said), code_of(event, asked), asks=True)
    yield Line(_joined(texts["contact"], " / "), contact, "strong")
    yield Line(_joined(texts["contact_why"]), contact, "wide")
    for name in ("name", "email"):
        yield Line(_joined(texts[name], " / "), contact, "short", asks=True)
    for name in ("privacy", "statement"):
        if any(texts[name].every()):
            yield Line(_joined(texts[name]), ours, "wide")


def _joined(said: Texts, by: str = "\n") -> str:
    return by.join(dict.fromkeys(" ".join(printable(text, romanian=lang == "ro").split()) for lang, text in said.items() if text))


def _write(tab: Worksheet, number: int, line: Line) -> None:
    for column, text in enumerate((line.text, line.middle, line.code), 1):
        if text:
            put(tab, number, column, text)
        _style(tab, number, column, line)
    if line.asks:
        tab.cell(number, 2).number_format = "@"  # what is typed stays as typed: 11:00, 007, 1/2
    if line.look in _WIDE:
        tab.merge_cells(start_row=number, end_row=number, start_column=1, end_column=2)
    tab.row_dimensions[number].height = _height(line)


def _style(tab: Worksheet, row: int, column: int, line: Line) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell, head = tab.cell(row, column), line.look == "head"
    if column == 3 and not head:  # noqa: PLR2004  # the code
        cell.font = Font(name=_FONT, color=_GREY, size=9)
    else:
        cell.font = Font(name=_FONT, bold=line.look in ("title", "strong", "head"), size=16 if line.look == "title" else 11)
    cell.alignment = Alignment(wrap_text=True, vertical={"head": "center", "strong": "bottom"}.get(line.look, "top"))
    if head or line.asks:
        cell.border = Border(*(Side(style="thin", color=_RULE),) * 4)
    if head or (line.asks and column == 1):
        cell.fill = PatternFill("solid", fgColor=_BLUE if head else _PALE)


def _height(line: Line) -> float:
    """High enough for what a row says, and for some lines of an answer: not every program makes rows as high as their texts."""
    width = sum(_WIDTHS[:2]) if line.look in _WIDE else _WIDTHS[0]
    lines = sum(1 + int(len(text) / (width * _LETTERS)) for text in line.text.split("\n"))
    least, room = _ROOM.get(line.look, (1, 0.5))
    return _LINE * (max(lines, least) + room)
