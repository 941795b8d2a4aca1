"""Find the header of a table and say what each column holds; columns count by position, so equal titles lose nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ecocsme.notes import columns, header_rows, profiles
from ecocsme.notes.grid import Cell, Grid, Row
from ecocsme.notes.layouts import Layout
from ecocsme.notes.matching import Known, Origin, bare, printed

WITHIN = 10  # rows among which the header is looked for
_CARRIED = ("question", "table", "round")
_JUDGED = 200  # rows by which a column is judged
Spread = Mapping[tuple[int, int], Cell]


def find(grid: Grid, known: Known, *, headed: bool) -> Layout | None:
    """Find the first row, among ten, that names a question; `headed` says that a heading around the table does."""
    rows = grid.rows
    for index in range(min(len(rows), WITHIN)):
        layout = at(grid, index, known, headed=headed)
        if layout is None:
            continue
        below = at(grid, index + 1, known, headed=True) if _title_only(layout, rows[index]) else None
        if below is None or len(rows[below.top].cells) == 1:
            return layout
        if below.columns("answer") and not below.questions:
            return replace(below, headings=(rows[index].cells[min(layout.questions)].text,))
        return below
    return None


def at(grid: Grid, index: int, known: Known, *, headed: bool) -> Layout | None:
    """Take one row, and those below that belong to it, as the header, if it names a question or holds the fields of a long table."""
    rows = grid.rows
    if index >= len(rows):
        return None
    layout = columns.layout(rows, index, count_at(grid, index, known), known, grid.spread)
    if any(lists_questions(column, rows, known) for column in layout.questions):
        return None
    asked = headed or layout.columns("question") or layout.columns("id")
    return layout if layout.questions or (layout.columns("answer") and asked) else None


def count_at(grid: Grid, index: int, known: Known) -> int:
    """How many rows the header has that begins here: what the marks of a tool, or questions in two parts, prove; else one."""
    rows = grid.rows
    count = profiles.depth(rows, index, known.tools)
    if count > 1 or index + 1 >= len(rows):
        return count
    pair = header_rows.parts(rows[index : index + 2], grid.spread)
    return 2 if any(_asks_in_two(texts, known) for texts in pair.values()) else 1


def _asks_in_two(texts: Sequence[str], known: Known) -> bool:
    """Whether two rows together name a question that neither names alone."""
    if len(texts) < 2 or not all(map(bare, texts)) or any(map(known.texted, texts)):  # noqa: PLR2004  # two rows
        return False
    return bool({bare(" ".join(texts)), bare(" ".join(texts[::-1]))} & known.bare.keys())


def lists_questions(column: int, rows: Sequence[Row], known: Known) -> bool:
    """Whether a column lists questions: then none of its cells is the title of a column of answers."""
    cells = [row.cells[column].text for row in rows[:_JUDGED] if column in row.cells]
    named = [question for text in cells if (question := known.question(text))]
    return len(set(named)) > 1 and 2 * len(named) > len(cells)


def _title_only(layout: Layout, row: Row) -> bool:
    return len(row.cells) == 1 and len(layout.questions) == 1


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
