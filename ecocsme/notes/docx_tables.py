"""A table of a Word document while it is read: cells by the columns that they cover, merged ones once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from ecocsme.notes.docx_names import number
from ecocsme.notes.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Cell, Row, blank, refusal

_cell = partial(tuple.__new__, Cell)  # as `Cell` itself does it, in half the time
COVERED = "stands in a cell that is merged into the one above it, and is not shown"


@dataclass(slots=True)
class Table:
    """One table: `name` is `table 2`, or `table 2.1` inside of a cell."""

    name: str
    shown: str
    left: int = MAX_CELLS
    rows: list[Row] = field(default_factory=list)
    spread: dict[tuple[int, int], Cell] = field(default_factory=dict)
    covered: list[Cell] = field(default_factory=list)
    line: int = 0
    column: int = 0
    width: int = 1
    how: str | None = None
    lines: list[str] = field(default_factory=list)
    cells: dict[int, Cell] = field(default_factory=dict)
    merging: dict[int, Cell | None] = field(default_factory=dict)
    inner: int = 0
    here: str = ""

    @property
    def address(self) -> str:
        """The cell at hand."""
        return f"{self.here}{self.column + 1}"

    def open_row(self) -> None:
        """Begin a row."""
        self.line += 1
        self.here = f"{self.name}, row {self.line}, column "
        self.column = 0
        self.cells = {}
        if self.line > MAX_ROWS:
            raise refusal(self.shown, f"{self.name} has more than {MAX_ROWS:,} rows", "split it into several files")

    def indent(self, columns: str) -> None:
        """Leave columns out on the left of the row."""
        self.column += number(columns, MAX_COLUMNS)

    def widen(self, columns: str) -> None:
        """Make the cell so many columns wide."""
        self.width = max(1, number(columns, MAX_COLUMNS + 1))

    def close_cell(self) -> None:
        """End a cell: what it holds stands in its first column; the next one begins with nothing."""
        lines, self.lines = self.lines, []
        text = lines[0] if len(lines) == 1 else "\n".join(lines).strip("\n")
        if len(text) > MAX_TEXT:
            raise refusal(self.shown, f"{self.address} has more than {MAX_TEXT:,} characters", "shorten it")
        cell = None
        if text and (text[0].isalnum() or not blank(text)):  # most texts need no closer look
            cell = _cell((text, f"{self.here}{self.column + 1}"))
        if self.how is not None or self.width > 1 or self.merging:
            self._merge(cell)
        elif cell is not None:
            self.cells[self.column] = cell
        self.column += self.width
        self.width, self.how = 1, None
        if self.column > MAX_COLUMNS:
            raise refusal(self.shown, f"{self.name} has more than {MAX_COLUMNS:,} columns", "split it into several tables")

    def _merge(self, cell: Cell | None) -> None:
        """Spread what is shown in merged cells over all places that they cover."""
        continued = self.how is not None and self.how != "restart"
        if continued and self.column in self.merging:
            if cell is not None:
                self.covered.append(cell)
            cell = self.merging[self.column]
        else:
            if cell is not None:
                self.cells[self.column] = cell
            self.merging.pop(self.column, None)
            if self.how is not None:
                self.merging[self.column] = cell
        if cell is not None:
            places = range(self.column + (0 if continued else 1), self.column + self.width)
            self.spread.update(((self.line, place), cell) for place in places)
            if len(self.spread) > MAX_CELLS:
                raise refusal(self.shown, f"{self.name} has too many merged cells", "split the merged cells")

    def close_row(self) -> None:
        """End a row; one without any text is none."""
        if not self.cells:
            return
        self.rows.append(Row(self.line, self.cells))
        self.left -= len(self.cells)
        if self.left < 0:
            raise refusal(self.shown, f"has more than {MAX_CELLS:,} cells", "split it into several files")

    def joined(self) -> list[str]:
        """The whole table as lines of text, for the cell around it."""
        return ["\t".join(row.cells[column].text for column in sorted(row.cells)) for row in self.rows]
