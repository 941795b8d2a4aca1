"""Cards on a sheet of paper: a table whose cells are cut apart, as many to a page as fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_MARGIN = 170  # 3 mm between a card's edge and what stands on it, in twentieths of a point
_EDGE = '<w:{} w:val="dashed" w:sz="4" w:space="0" w:color="A6A6A6"/>'
_EDGES = "".join(_EDGE.format(side) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
_NONE = '<w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:p>'


@dataclass(frozen=True, slots=True)
class Grid:
    """How many cards stand beside one another, and how high each is at least, in twentieths of a point."""

    columns: int
    height: int

    def inner(self, width: int) -> int:
        """The width of what stands on a card, where the page has a given width."""
        return width // self.columns - 2 * _MARGIN


GRIDS: Mapping[str, Grid] = {"badges": Grid(2, 3100), "half-pages": Grid(1, 6700)}


def cards(grid: Grid, contents: Sequence[str], width: int) -> str:
    """Write cards, row by row; the last row is filled up with empty ones, so that it is cut like the others."""
    wide = width // grid.columns
    missing = -len(contents) % grid.columns
    cells = [content or _NONE for content in (*contents, *("" for _ in range(missing)))]
    rows = [cells[at : at + grid.columns] for at in range(0, len(cells), grid.columns)]
    margins = "".join(f'<w:{side} w:w="{_MARGIN}" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    columns = f'<w:gridCol w:w="{wide}"/>' * grid.columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{wide * grid.columns}" w:type="dxa"/><w:tblBorders>{_EDGES}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{''.join(_row(grid, row, wide) for row in rows)}</w:tbl>"
    )


def _row(grid: Grid, row: Sequence[str], wide: int) -> str:
    properties = f'<w:trPr><w:cantSplit/><w:trHeight w:val="{grid.height}" w:hRule="atLeast"/></w:trPr>'
    cells = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in row)
    return f"<w:tr>{properties}{cells}</w:tr>"
