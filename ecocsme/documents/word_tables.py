"""Tables of Word: columns as wide as their texts ask for, header rows that repeat, rows that do not break."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ecocsme.documents.word_controls import CLOSED

_LETTER = 112  # the mean width of a letter in twentieths of a point, at the size our documents have
_MARGINS = 240
_NARROW = 0.32  # the share of the page that a column may ask for, where another one has more to say
_BLANK_ROW = 560  # a row to be filled in by hand
_ANSWER_ROW = 1150  # a row that holds nothing but a control: some lines, for handwriting, too
_ALIGNED = {"": "", "left": "", "center": '<w:jc w:val="center"/>', "right": '<w:jc w:val="right"/>'}


@dataclass(frozen=True, slots=True)
class Cell:
    """The runs of a cell, its plain text, and how it is aligned."""

    runs: str
    text: str
    align: str


Row = Sequence[Cell]


def table(header: Row, body: Sequence[Row], width: int, indent: int, styles: tuple[str, str]) -> str:
    """Write a table of a given width, in the styles of the table and of its cells."""
    widths = columns([header, *body], width)
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    rows = "".join(_row(row, widths, styles[1], head=row is header, last=row is body[-1]) for row in (header, *body))
    moved = f'<w:tblInd w:w="{indent}" w:type="dxa"/>' if indent else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{styles[0]}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{moved}'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def columns(rows: Sequence[Row], width: int) -> list[int]:
    """Share a width out among columns: short ones have what they need, long ones share the rest by how much they say."""
    found = [_column(cells) for cells in zip(*rows, strict=True)]
    if not any(column.filled for column in found):
        return _shared([1] * len(found), width)
    widest = max(reversed(found), key=lambda column: column.asked)
    long = [column for column in found if column.asked > width * _NARROW or column is widest]
    rest = width - sum(column.asked for column in found) + sum(column.asked for column in long)
    if rest < len(long) * min(width // len(found), 2 * _MARGINS):
        return _shared([min(column.word, width // len(found)) for column in found], width)
    wide = {column: column.asked for column in found} | _dealt(long, rest)
    wide[widest] += width - sum(wide.values())
    return list(wide.values())


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """How wide a column would be on one line, how wide its longest word is, how much it says, and whether by hand."""

    asked: int
    word: int
    says: int
    filled: bool


def _column(cells: Row) -> _Column:
    texts = [cell.text for cell in cells]
    texts[0] = re.sub(r"(\S)(?=\s|$)", r"\1m", texts[0])  # a title is bold, and often begins with a wide capital
    word = max((len(word) for text in texts for word in text.split()), default=0)
    letters = sum(map(len, texts))
    filled = any(text.strip() for text in texts[1:])
    return _Column(max(map(len, texts)) * _LETTER + _MARGINS, word * _LETTER + _MARGINS, math.isqrt(letters) + 1, filled)


def _dealt(long: Sequence[_Column], width: int) -> dict[_Column, int]:
    """Deal a width out by how much each column says; none gets more than it asked for."""
    shares = _shared([column.says for column in long], width)
    return {column: min(share, column.asked) for column, share in zip(long, shares, strict=True)}


def _shared(shares: Sequence[int], width: int) -> list[int]:
    wide = [width * share // sum(shares) for share in shares]
    wide[-1] += width - sum(wide)
    return wide


def _row(row: Row, widths: Sequence[int], style: str, *, head: bool, last: bool) -> str:
    blank, control = _is_to_fill_in(row), row[-1].runs.endswith(CLOSED)
    least = _ANSWER_ROW if control and len(row) == 1 else _BLANK_ROW if blank or control else 0
    height = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>' if least else ""
    whole = "" if control else "<w:cantSplit/>"  # an answer may be longer than a page
    first = "<w:keepNext/>" if head or (blank and not last) else ""  # rows to be filled in stay on one page
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{first}{_ALIGNED[cell.align]}</w:pPr>{cell.runs}</w:p></w:tc>'
        for cell, wide in zip(row, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{whole}{height}{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def _is_to_fill_in(row: Row) -> bool:
    """Whether a row is to be filled in by hand: nothing stands in it, or its number alone."""
    return not any(cell.text.strip() for cell in row[1:]) and not row[0].text.strip().rstrip(".").strip("0123456789")
