"""Find the header of a table and say what each column holds; columns count by position, so equal titles lose nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ecocsme.language.letters import fold
from ecocsme.notes.grid import Row
from ecocsme.notes.matching import PRINTED, Known, Origin, printed

WITHIN = 10  # rows among which the header is looked for
_IMPORT = re.compile(r"""\{\s*["']ImportId["']""")
_CARRIED = ("question", "table", "round")
_JUDGED = 200  # rows by which a column is judged
OWN = PRINTED[:5]  # without the printed codes, which may be taken out
_LEFT_OUT = frozenset({"time", "metadata"})
_SECOND = frozenset({"open-ended response", "response", "other (please specify)"})  # what SurveyMonkey writes below its header


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a table hold: questions, fields, and which rows are its header (`top` to before `below`)."""

    top: int
    below: int
    titles: Mapping[int, str]
    questions: Mapping[int, str]
    fields: Mapping[int, str]
    width: int
    headings: tuple[str, ...] = ()
    by_field: Mapping[str, tuple[int, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Turn the fields around: for each its columns."""
        found: dict[str, tuple[int, ...]] = {}
        for column, name in self.fields.items():
            found[name] = (*found.get(name, ()), column)
        object.__setattr__(self, "by_field", found)

    @property
    def own(self) -> bool:
        """Whether this is the header of our own workbook, in which an empty cell may mean: as in the row above.

        A column that a person put in or moved changes nothing as long as the printed codes are there.
        """
        in_place = tuple(self.fields.get(column) for column in range(len(OWN))) == OWN
        return not self.questions and (in_place or set(PRINTED) <= set(self.fields.values()))

    def columns(self, name: str) -> tuple[int, ...]:
        """The columns that hold a field."""
        return self.by_field.get(name, ())

    def left_out(self, column: int) -> bool:
        """Whether a column is known metadata, which is not stored."""
        return self.fields.get(column) in _LEFT_OUT

    def answered(self, row: Row) -> bool:
        """Whether a row holds anything in a column of answers."""
        return any(column in row.cells for column in (*self.questions, *self.columns("answer")))

    def repeated_in(self, row: Row) -> bool:
        """Whether a row below says titles again: a new page, or a second table; one answer that equals its title does not."""
        named = self.questions.keys() | self.fields.keys()
        again = [column for column, cell in row.cells.items() if column in named and _equal(cell.text, self.titles[column])]
        answers = self.questions.keys() | self.columns("answer")
        return len(again) == len(row.cells) or any(column not in answers for column in again)


def _equal(text: str, title: str) -> bool:
    """Whether two texts are equal when folded; a look at their first letters saves most of the work."""
    one, other = text[:1], title[:1]
    if one.isascii() and other.isascii() and one.isalnum() and other.isalnum() and one.casefold() != other.casefold():
        return False
    return fold(text) == _folded(title)


_folded = lru_cache(maxsize=4096)(fold)


def find(rows: Sequence[Row], known: Known, *, headed: bool) -> Layout | None:
    """Find the first row, among ten, that names a question; `headed` says that a heading around the table does."""
    survey = _qualtrics(rows, known)
    if survey is not None:
        return survey
    for index in range(min(len(rows), WITHIN)):
        layout = at(rows, index, known, headed=headed)
        if layout is None:
            continue
        below = at(rows, index + 1, known, headed=True) if _title_only(layout, rows[index]) else None
        if below is None or len(rows[below.top].cells) == 1:
            return layout
        if below.columns("answer") and not below.questions:
            return replace(below, headings=(rows[index].cells[min(layout.questions)].text,))
        return below
    return None


def _qualtrics(rows: Sequence[Row], known: Known) -> Layout | None:
    """Take the header rows of Qualtrics together: names, texts, and at last how to import them, in a notation of programs."""
    below = next((index for index, row in enumerate(rows[:WITHIN]) if _imports(row)), 0)
    titles: dict[int, str] = {}
    questions: dict[int, str] = {}
    fields: dict[int, str] = {}
    for row in rows[:below]:
        layout = _named(0, _texts(row), row.width, known)
        titles.update(layout.titles)
        questions.update(layout.questions)
        fields.update(layout.fields)
    for column in questions:
        fields.pop(column, None)
    return Layout(0, below + 1, titles, questions, fields, rows[0].width) if questions else None


def _imports(row: Row) -> bool:
    return any(_IMPORT.match(cell.text) for cell in row.cells.values())


def _texts(row: Row) -> dict[int, str]:
    return {column: cell.text for column, cell in row.cells.items()}


def at(rows: Sequence[Row], index: int, known: Known, *, headed: bool) -> Layout | None:
    """Take one row as the header, if it names a question or holds the fields of a long table."""
    if index >= len(rows):
        return None
    row = rows[index]
    layout = _second_header(_named(index, _texts(row), row.width, known), rows, known)
    if any(_labels(column, rows, known) for column in layout.questions):
        return None
    asked = headed or layout.columns("question") or layout.columns("id")
    return layout if layout.questions or (layout.columns("answer") and asked) else None


def _labels(column: int, rows: Sequence[Row], known: Known) -> bool:
    """Whether a column lists questions: then none of its cells is the title of a column of answers."""
    cells = [row.cells[column].text for row in rows[:_JUDGED] if column in row.cells]
    named = [question for text in cells if (question := known.question(text))]
    return len(set(named)) > 1 and 2 * len(named) > len(cells)


def _named(index: int, titles: Mapping[int, str], width: int, known: Known) -> Layout:
    questions = {column: question for column, title in titles.items() if (question := known.question(title))}
    fields = {column: name for column, title in titles.items() if column not in questions and (name := known.field(title))}
    return Layout(index, index + 1, titles, questions, fields, width)


def _title_only(layout: Layout, row: Row) -> bool:
    return len(row.cells) == 1 and len(layout.questions) == 1


def _second_header(layout: Layout, rows: Sequence[Row], known: Known) -> Layout:
    """Take the second header row of SurveyMonkey in: the kind of answer, or the choice."""
    if layout.below >= len(rows) or not layout.questions:
        return layout
    row = rows[layout.below]
    texts = _texts(row)
    if not any(fold(text) in _SECOND for column, text in texts.items() if column in layout.questions):
        return layout
    titles, continued = dict(layout.titles), dict(layout.questions)
    for column in sorted(texts):
        if column in layout.titles:
            continue
        titles[column] = texts[column]
        before = max((c for c in layout.titles if c < column), default=None)
        if before is not None and before in layout.questions:
            continued[column] = layout.questions[before]
    named = _named(layout.top, titles, max(layout.width, row.width), known)
    return replace(named, below=layout.below + 1, questions={**named.questions, **continued})


def in_order_until(rows: Sequence[Row], layout: Layout) -> float:
    """The last line up to which the rows stand as they were printed, by their codes: 0 where they were sorted since.

    Sorting sends rows with empty cells to the end, and there the row above says nothing about them.
    """
    codes = [(row.line, code[1]) for row in rows for column in layout.columns("id") if (code := _code(row, column))]
    places = [tuple(int(part[1:] or 0) for part in (o.table or o.respondent, o.round, o.question)) for _, o in codes]
    if not codes:
        return math.inf
    return codes[-1][0] if places == sorted(places) else 0


def _code(row: Row, column: int) -> tuple[str, Origin] | None:
    return printed(row.cells[column].text) if column in row.cells else None


@dataclass(slots=True)
class Above:
    """The last values of question, table and round, for tables in which an empty cell means: as above."""

    values: dict[str, str] = field(default_factory=dict)

    def take(self, found: Mapping[str, str]) -> None:
        """Remember what a row says."""
        self.values.update({name: found[name] for name in _CARRIED if found[name]})

    def filled(self, found: Mapping[str, str]) -> dict[str, str]:
        """Put what the rows above have said where a row says nothing, and remember it."""
        self.take(found)
        return {name: value or (self.values.get(name, "") if name in _CARRIED else "") for name, value in found.items()}
