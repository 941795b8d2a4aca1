"""What a tab of any workbook comes to: its filled cells within limits, its merged cells, and what a person should know of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ecocsme.errors import visible
from ecocsme.notes.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Cell, Grid, NotRead, Row, blank, letters, refusal

_LISTED = 10  # hidden rows that are named
_SPLIT = "split it into several workbooks"


class Area(NamedTuple):
    """Merged cells: rows from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Seen:
    """One tab while it is read; at most `left` filled cells may come."""

    shown: str
    title: str
    left: int
    hidden: bool = False
    comments: int = 0
    size: int = 0
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    not_read: list[NotRead] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def keep(self, line: int, texts: Mapping[int, str]) -> None:
        """Keep the filled cells of a row by column; raise UnreadableSheet where a limit is passed."""
        cells = {c: Cell(text, f"{letters(c)}{line}") for c, text in texts.items() if not blank(text)}
        if cells:
            self.put(line, cells)
            for cell in cells.values():
                self.refuse_long(cell)

    def put(self, line: int, cells: dict[int, Cell]) -> None:
        """Keep a row of filled cells as they are; raise UnreadableSheet where a limit is passed."""
        self.size += len(cells)
        self.refuse_beyond(len(self.rows) + 1, len(cells), self.size)
        self.rows[line] = cells

    def refuse_long(self, cell: Cell) -> None:
        """Refuse a text that nobody has typed into a cell."""
        if len(cell.text) > MAX_TEXT:
            raise refusal(self.shown, f"{cell.address} holds more than {MAX_TEXT:,} characters", "shorten it")

    def refuse_beyond(self, rows: int, columns: int, size: int) -> None:
        """Refuse what no person has filled in; sizes can be told before anything is repeated."""
        if rows > MAX_ROWS:
            raise refusal(self.shown, f"has more than {MAX_ROWS:,} filled rows (tab {visible(self.title, 40)})", _SPLIT)
        if columns > MAX_COLUMNS:
            raise refusal(self.shown, f"has more than {MAX_COLUMNS:,} filled columns (tab {visible(self.title, 40)})", _SPLIT)
        if size > self.left:
            raise refusal(self.shown, f"has more than {MAX_CELLS:,} filled cells", _SPLIT)

    def grid(self) -> Grid:
        """Make a table of what was kept."""
        rows = tuple(Row(line, self.rows[line]) for line in sorted(self.rows))
        return Grid(rows, self.title, (self.title,), dict(spread(rows, self.merged, self.shown)) if self.merged else {})

    def _hidden_and_filled(self) -> list[int]:
        filled = {column for cells in self.rows.values() for column in cells} if self.hidden_columns else set()
        return sorted(column for column in filled if any(first <= column <= last for first, last in self.hidden_columns))

    def said(self) -> Iterator[str]:
        """What a person should know: nothing that is hidden is skipped, and comments are no answers."""
        where = f"tab {visible(self.title, 40)}"
        if self.hidden and self.rows:
            yield f"{where} is hidden; it was read like the others"
        for column in self._hidden_and_filled():
            yield f"{where}: column {letters(column)} is hidden; it was read like the others"
        rows = [str(line) for line in self.hidden_rows if line in self.rows]
        if rows:
            listed = ", ".join(rows[:_LISTED]) + (" ..." if len(rows) > _LISTED else "")
            yield f"{where}: {len(rows)} hidden rows were read like the others ({listed})"
        if self.comments:
            yield f"{where}: {self.comments} comments on cells are no answers and were not read"


def spread(rows: Sequence[Row], merged: Sequence[Area], shown: str) -> Iterator[tuple[tuple[int, int], Cell]]:
    """For every place inside merged cells that has content around it, the cell that is shown there."""
    lines = [row.line for row in rows]
    last = max((max(row.cells) for row in rows), default=0)
    given = 0
    for area in merged:
        at = bisect_left(lines, area.top)
        cell = rows[at].cells.get(area.left) if at < len(lines) and lines[at] == area.top else None
        if cell is None:
            continue
        for line in lines[at : bisect_right(lines, area.bottom)]:
            for column in range(area.left, min(area.right, last) + 1):
                given += 1
                if given > MAX_CELLS:
                    raise refusal(shown, f"has more than {MAX_CELLS:,} merged cells", _SPLIT)
                if (line, column) != (area.top, area.left):
                    yield (line, column), cell
