"""Several header rows as one: what stands above a column, from the first row to the last, and what goes on from its left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ecocsme.notes.grid import Cell, Row
from ecocsme.notes.profiles import is_import_row

Parts = Mapping[int, tuple[str, ...]]
JOINED = " / "  # between the parts of a title


def parts(rows: Sequence[Row], spread: Mapping[tuple[int, int], Cell]) -> dict[int, tuple[str, ...]]:
    """What each column is called by the rows of a header, from the top.

    Merged cells are called so in each of their columns. Where nothing is merged, an empty cell continues the one on its
    left if that one has a cell below it, too: then it stands above several columns.
    """
    told = [row for row in rows if not is_import_row(cell.text for cell in row.cells.values())]
    columns = sorted({column for row in told for column in row.cells})
    found: dict[int, tuple[str, ...]] = {}
    for column in columns:
        texts = [_text(told, number, column, spread) for number in range(len(told))]
        found[column] = tuple(dict.fromkeys(text for text in texts if text))
    return {column: texts for column, texts in found.items() if texts}


def _text(rows: Sequence[Row], number: int, column: int, spread: Mapping[tuple[int, int], Cell]) -> str:
    row = rows[number]
    cell = row.cells.get(column) or spread.get((row.line, column))
    if cell is not None or number == len(rows) - 1 or column not in rows[-1].cells:
        return cell.text if cell else ""
    before = max((other for other in row.cells if other < column), default=None)
    return row.cells[before].text if before is not None and _above_several(rows[number + 1 :], before, column) else ""


def _above_several(below: Sequence[Row], before: int, column: int) -> bool:
    """Whether the rows below fill every column from one to another: only then one title can stand above all of them."""
    return all(any(between in row.cells for row in below) for between in range(before, column))


def title(texts: Sequence[str]) -> str:
    """The parts of a title as one text."""
    return JOINED.join(texts)
