"""The blank answer workbook: for the person who types what the tables wrote, with nothing to choose and nothing to break.

Every row says its question, table, round and printed code already; only the answers are missing. Rows at the end, for
what does not fit, have lists to choose from. What comes back is read by the same header as any other long table.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecocsme.event.model import Event, Question, Table
from ecocsme.language.letters import printable
from ecocsme.language.words import Words
from ecocsme.notes.grid import letters
from ecocsme.notes.matching import PRINTED
from ecocsme.notes.model import prefix
from ecocsme.notes.workbook_saving import for_printing, put, saved

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LAID_OUT = 400  # rows that are laid out, where there are not more combinations anyway
_MOST = 1_200  # combinations of question, table and round; beyond, all rows are for choosing
_EACH = 20
_SPARE = 60
_SHORT = 48  # characters of a question in a list
_INLINE = 255  # characters of a list inside a rule; Excel's limit
_TAB = 31  # characters of the name of a tab; Excel's limit
_WIDTHS = {"question": 54.0, "table": 9.0, "round": 9.0, "answer": 70.0, "language": 11.0, "id": 26.0}
_TEXT_WIDTH = 60.0
_FONT, _HEIGHT = "Calibri", 15.0  # a line of 11 points is that high
_GREY, _PALE, _LINE = "808080", "F2F2F2", "BFBFBF"


@dataclass(frozen=True, slots=True)
class Place:
    """One combination of question, table and round, with the code that is printed for it; 0 where there is none."""

    question: Question
    table: int
    round: int
    code: str


def places(event: Event) -> list[Place]:
    """Every combination that an event asks for, sheet by sheet as they lie on the tables; where it is answered in writing, by question."""
    named = [] if event.in_writing else sorted(event.tables, key=_table_number)
    tables: Sequence[Table | None] = [*named] or [None]
    rounds = range(1, event.rounds + 1) if event.rounds and not event.in_writing else [0]
    found = []
    for table in tables:
        number = _table_number(table) if table else 0
        asked = [question for question in event.questions if table is None or not table.questions or question.id in table.questions]
        found += [Place(q, number, r, prefix(event.id, q.id, f"t{number}", f"r{r}")) for r in rounds for q in sorted(asked, key=_number)]
    return found


def write_workbook(event: Event, words: Sequence[Words]) -> bytes:
    """Write the blank workbook of an event in the languages of the words given; the same event gives the same bytes."""
    import openpyxl

    book = openpyxl.Workbook()
    answers = book.worksheets[0]
    answers.title = _tab(words, "answers")
    questions = book.create_sheet(_tab(words, "questions"))
    _questions(questions, event, words)
    _answers(answers, questions.title, event, words)
    for tab in (answers, questions):
        for_printing(tab, event)
    return saved(book, event, f"{_said(words, 'title')}: {event.id}", words[0].tag)


def _answers(tab: Worksheet, questions: str, event: Event, words: Sequence[Words]) -> None:
    laid_out = places(event)
    each = max(1, min(_EACH, _LAID_OUT // max(len(laid_out), 1)))
    if len(laid_out) > _MOST:
        laid_out = []
    for column, name in enumerate(PRINTED, start=1):
        put(tab, 1, column, _said(words, name))
        tab.column_dimensions[letters(column - 1)].width = _WIDTHS[name]
    row = 1
    before = None
    for place in laid_out:
        sheet = (place.table, place.round)
        for _ in range(each):
            row += 1
            _lay_out(tab, row, place, words, first=sheet != before)
            before = sheet
    last = row + _SPARE if laid_out else _LAID_OUT
    for empty in range(row + 1, last + 1):
        _style(tab, empty, first=empty == row + 1)
    _header(tab, len(PRINTED))
    tab.auto_filter.ref = f"A1:{letters(len(PRINTED) - 1)}{last}"
    for column, rule in _rules(questions, event, words):
        _choose(tab, column, rule, last)


def _lay_out(tab: Worksheet, row: int, place: Place, words: Sequence[Words], *, first: bool) -> None:
    put(tab, row, 1, _label(place.question, words))
    for column, number in ((2, place.table), (3, place.round)):
        if number:
            tab.cell(row, column).value = number
    put(tab, row, 6, place.code)
    _style(tab, row, first=first)


def _style(tab: Worksheet, row: int, *, first: bool) -> None:
    """Grey what is given, white what is to be typed; a line stands above the rows of another sheet of paper."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    top = Side(style="medium" if first else "hair", color=_LINE)
    for column, name in enumerate(PRINTED, start=1):
        cell = tab.cell(row, column)
        cell.border = Border(top=top)
        middle = name in ("table", "round", "language")
        cell.alignment = Alignment(wrap_text=name == "answer", vertical="top", horizontal="center" if middle else None)
        if name == "answer":
            cell.number_format = "@"  # what is typed stays as typed: 11:00, 007, 1/2
        elif name != "language" and cell.value is not None:
            cell.fill = PatternFill("solid", fgColor=_PALE)
        if name == "id":
            cell.font = Font(name=_FONT, color=_GREY, size=9)


def _rules(questions: str, event: Event, words: Sequence[Words]) -> Iterator[tuple[int, str]]:
    """The lists to choose from, by column."""
    if event.questions:
        quoted = questions.replace("'", "''")
        yield 1, f"'{quoted}'!$A$3:$A${len(event.questions) + 2}"
    numbers = sorted(map(_table_number, event.tables))
    for column, values in ((2, numbers), (3, range(1, (event.rounds or 0) + 1)), (5, [pack.lang for pack in words])):
        joined = ",".join(str(value) for value in values)
        if joined and len(joined) <= _INLINE:
            yield column, f'"{joined}"'


def _choose(tab: Worksheet, column: int, rule: str, last: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    validation = DataValidation(type="list", formula1=rule, allow_blank=True, showErrorMessage=True)
    validation.add(f"{letters(column - 1)}2:{letters(column - 1)}{last}")
    tab.add_data_validation(validation)


def _questions(tab: Worksheet, event: Event, words: Sequence[Words]) -> None:
    """The tab with all questions in all languages, and how to fill the workbook in."""
    from openpyxl.styles import Alignment, Font

    put(tab, 1, 1, _said(words, "title"))
    for column, pack in enumerate(words, start=2):
        put(tab, 1, column, pack.say("language.name"))
        put(tab, 2, column, pack.say("answer-sheet.help"))
        tab.cell(2, column).font = Font(name=_FONT, italic=True)
        tab.column_dimensions[letters(column - 1)].width = _TEXT_WIDTH
    tab.column_dimensions["A"].width = _WIDTHS["question"]
    for row, question in enumerate(sorted(event.questions, key=_number), start=3):
        put(tab, row, 1, _label(question, words))
        for column, pack in enumerate(words, start=2):
            put(tab, row, column, _clean(question.text.said(pack.lang)[0]))
    for row, cells in enumerate(tab.iter_rows(), start=1):
        # not every program makes rows as high as their texts
        longest = max(len(str(cell.value or "")) for cell in cells)
        tab.row_dimensions[row].height = _HEIGHT * (1 + longest // (_TEXT_WIDTH - 6))
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    _header(tab, len(words) + 1)


def _header(tab: Worksheet, columns: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for column in range(1, columns + 1):
        cell = tab.cell(1, column)
        cell.font = Font(name=_FONT, bold=True)
        cell.fill = PatternFill("solid", fgColor="D9E2F3")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    tab.row_dimensions[1].height = 2 * _HEIGHT
    tab.freeze_panes = "A2"


def _clean(text: str) -> str:
    return " ".join(printable(text, romanian=False).split())


def _label(question: Question, words: Sequence[Words]) -> str:
    """A question in a list: its ID and the beginning of its text in the main language."""
    text = _clean(question.text.said(words[0].lang)[0])
    short = textwrap.shorten(text, _SHORT, placeholder="…")
    return f"{question.id} · {short if 2 * len(short) > min(len(text), _SHORT) else text[:_SHORT]}"


def _number(question: Question) -> int:
    return int(question.id[1:])


def _table_number(table: Table) -> int:
    return int(table.id[1:])


def _said(words: Sequence[Words], key: str) -> str:
    return " / ".join(dict.fromkeys(pack.say(f"answer-sheet.{key}") for pack in words))


def _tab(words: Sequence[Words], key: str) -> str:
    """The name of a tab, which may not hold the slash between two languages."""
    said = list(dict.fromkeys(pack.say(f"answer-sheet.{key}") for pack in words))
    joined = " · ".join(said)
    return joined if len(joined) <= _TAB else said[0][:_TAB]
