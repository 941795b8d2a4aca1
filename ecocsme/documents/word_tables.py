"""Tables of Word: columns as wide as their texts ask for, header rows that repeat, rows that do not break."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ecocsme.documents import word_timeline
from ecocsme.documents.mark_reading import BREAK_ROW, Mark
from ecocsme.documents.word_controls import CLOSED

_LETTER = 112  # the mean width of a letter in twentieths of a point, at the size our documents have
_MARGINS = 240
_HAND = 1450  # a column to write into, where others are printed: 26 mm
_NARROW = 0.32  # the share of the page that a column may ask for, where another one has more to say
_BLANK_ROW = 500  # a row to be filled in by hand
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="D9D9D9"/>'
_NO_MARK = Mark()
_ANSWER_ROW = 1150  # a row that holds nothing but a control: some lines, for handwriting, too
_SINGLE = '<w:spacing w:line="240" w:lineRule="auto"/>'  # or the height of a picture would be stretched like that of a line
_ALIGNED = {"": "", "left": "", "center": '<w:jc w:val="center"/>', "right": '<w:jc w:val="right"/>'}


@dataclass(frozen=True, slots=True)
class Cell:
    """The runs of a cell, its plain text, how it is aligned, and the mark that it begins with."""

    runs: str
    text: str
    align: str
    mark: Mark = _NO_MARK


Row = Sequence[Cell]


def table(header: Row, body: Sequence[Row], width: int, indent: int, styles: tuple[str, str], room: int = 0) -> str:
    """Write a table of a given width, in the styles of the table and of its cells; the rows of a timeline fill the `room` they have."""
    widths = columns([header, *body], width)
    heights = [0, *(_heights(body, widths, room) if room else [0] * len(body))]
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    signed = any(not any(cell.text.strip() for cell in cells) for cells in zip(*body, strict=True))
    rows = "".join(
        _row(row, widths, styles[1], high or (_BLANK_ROW if signed and row is not header else 0), head=row is header, last=row is body[-1])
        for row, high in zip((header, *body), heights, strict=True)
    )
    moved = f'<w:tblInd w:w="{indent}" w:type="dxa"/>' if indent else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{styles[0]}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{moved}'
        f'<w:tblLayout w:type="fixed"/>{word_timeline.MARGINS if room else ""}'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def columns(rows: Sequence[Row], width: int) -> list[int]:
    """Share a width out among columns: as they ask by mark; else short ones have what they need, long ones share the rest."""
    given = [width * int(cell.mark.width or 0) // 100 for cell in rows[0]]
    left = [[cell for cell, wide in zip(row, given, strict=True) if not wide] for row in rows]
    shared = iter(_columns(left, width - sum(given)) if left[0] else ())
    return [wide or next(shared) for wide in given]


def _columns(rows: Sequence[Row], width: int) -> list[int]:
    found = [_column(cells) for cells in zip(*rows, strict=True)]
    blank = [column for column in found if not column.filled]
    if len(blank) == len(found):
        return _shared([1] * len(found), width)
    if len(blank) > 1 or (blank and len(found) > 2):  # noqa: PLR2004  # beside a number alone, one column takes all that is left
        return _with_blank(found, blank, width)
    return _printed(found, width)


def _printed(found: Sequence[_Column], width: int) -> list[int]:
    widest = max(reversed(found), key=lambda column: column.asked)
    long = [column for column in found if column.asked > width * _NARROW or column is widest]
    rest = width - sum(column.asked for column in found) + sum(column.asked for column in long)
    if rest < len(long) * min(width // len(found), 2 * _MARGINS):
        return _shared([min(column.word, width // len(found)) for column in found], width)
    wide = {column: column.asked for column in found} | _dealt(long, rest)
    wide[widest] += width - sum(wide.values())
    return list(wide.values())


def _with_blank(found: Sequence[_Column], blank: Sequence[_Column], width: int) -> list[int]:
    """Columns to write into share what the printed ones leave, and have room for a hand in any case."""
    printed = [column for column in found if column.filled]
    room = width - len(blank) * min(_HAND, width // len(found))
    narrow = [column for column in printed if column.body <= width * _NARROW / 2]
    wide = {column: column.body for column in narrow}
    if sum(wide.values()) >= room:
        return _shared([1] * len(found), width)
    long = [column for column in printed if column not in narrow]
    wide |= _dealt(long, room - sum(wide.values())) if long else {}
    shares = _shared([1] * len(blank), width - sum(wide.values()))
    wide |= dict(zip(blank, shares, strict=True))
    return [wide[column] for column in found]


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """How wide a column would be on one line, how wide its longest word is, how much it says, and whether by hand.

    `body` is how wide it would be if only its title ran over several lines.
    """

    asked: int
    word: int
    body: int
    says: int
    filled: bool


def _column(cells: Row) -> _Column:
    texts = [cell.text for cell in cells]
    texts[0] = re.sub(r"(\S)(?=\s|$)", r"\1m", texts[0])  # a title is bold, and often begins with a wide capital
    word = max((len(word) for text in texts for word in text.split()), default=0)
    asked, body = (max((len(line) for text in some for line in text.split("\n")), default=0) for some in (texts, texts[1:]))
    filled = any(text.strip() for text in texts[1:])
    asked, word, body = (letters * _LETTER + _MARGINS for letters in (asked, word, max(body, word)))
    return _Column(asked, word, body, math.isqrt(sum(map(len, texts))) + 1, filled)


def _dealt(long: Sequence[_Column], width: int) -> dict[_Column, int]:
    """Deal a width out by how much each column says; none gets more than it asked for."""
    shares = _shared([column.says for column in long], width)
    return {column: min(share, column.asked) for column, share in zip(long, shares, strict=True)}


def _shared(shares: Sequence[int], width: int) -> list[int]:
    wide = [width * share // sum(shares) for share in shares]
    wide[-1] += width - sum(wide)
    return wide


def _heights(body: Sequence[Row], widths: Sequence[int], room: int) -> list[int]:
    least = [max(map(_lines, row, widths)) * word_timeline.LINE + word_timeline.PADDING for row in body]
    return word_timeline.heights(least, [int(row[0].mark.minutes or 0) for row in body], room)


def _lines(cell: Cell, width: int) -> int:
    return sum(word_timeline.lines(len(line), width - _MARGINS, _LETTER) for line in cell.text.split("\n"))


def _row(row: Row, widths: Sequence[int], style: str, high: int, *, head: bool, last: bool) -> str:
    blank = not head and _is_to_fill_in(row)
    shade = _SHADE if row[0].mark.name == BREAK_ROW else ""
    first = "<w:keepNext/>" if head or (blank and not last) else ""  # rows to be filled in stay on one page
    shown = any("<w:drawing>" in cell.runs for cell in row)
    place, spacing = ('<w:vAlign w:val="bottom"/>', _SINGLE) if shown else ("", "")
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{shade}{place}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{first}{spacing}{_ALIGNED[cell.align]}</w:pPr>{cell.runs}</w:p></w:tc>'
        for cell, wide in zip(row, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{_held(row, high, blank=blank)}{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def _held(row: Row, high: int, *, blank: bool) -> str:
    """How high a row is at least, and that it stays whole; but an answer that is typed into it may be longer than a page."""
    control = row[-1].runs.endswith(CLOSED)
    least = _ANSWER_ROW if control and len(row) == 1 else high or (_BLANK_ROW if blank or control else 0)
    height = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>' if least else ""
    return height if control else f"<w:cantSplit/>{height}"


def _is_to_fill_in(row: Row) -> bool:
    """Whether a row is to be filled in by hand: nothing stands in it, or its number alone."""
    return not any(cell.text.strip() for cell in row[1:]) and not row[0].text.strip().rstrip(".").strip("0123456789")
