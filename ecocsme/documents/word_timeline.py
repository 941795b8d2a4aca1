"""The rows of a timeline: as high as they last, so that a day fills what is left of its page and looks like a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

LINE, PADDING = 252, 60  # of a row, in twentieths of a point
_HEAD = 400  # the row of titles
_PICTURE = 640
_SLACK = 300  # programs set the same lines a little apart
# the size of the letters and the distance of what follows, as far as our styles are known
_SIZES = {"h1": (400, 220), "h2": (280, 480), "letterhead": (220, 660), "small": (180, 150), "": (210, 150)}

_SIDES = {"top": PADDING // 2, "left": 100, "bottom": PADDING // 2, "right": 100}
_MARGINS = "".join(f'<w:{side} w:w="{wide}" w:type="dxa"/>' for side, wide in _SIDES.items())
MARGINS = f"<w:tblCellMar>{_MARGINS}</w:tblCellMar>"


def lines(letters: int, width: int, letter: int) -> int:
    """How many lines a text of so many letters takes."""
    return max(1, -(-letters * letter // max(width, letter)))


def heights(least: Sequence[int], minutes: Sequence[int], room: int) -> list[int]:
    """Share a height out by minutes; a row that would be lower than its text is as high as that, and the others share the rest."""
    held = {number for number, lasts in enumerate(minutes) if not lasts}
    while True:
        rest = room - sum(least[number] for number in held)
        lasting = sum(lasts for number, lasts in enumerate(minutes) if number not in held)
        low = {n for n, lasts in enumerate(minutes) if n not in held and rest * lasts < least[n] * lasting}
        if not low:
            return [low_ if number in held else rest * minutes[number] // lasting for number, low_ in enumerate(least)]
        held |= low


def same_page(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """What stands on the same page as what is written at a place, as far as page breaks say."""
    breaks = [place for place, token in enumerate(tokens) if token.type == "div_open" and token.meta["mark"].name == "page-break"]
    first = max((place for place in breaks if place < at), default=0)
    return tokens[first : min((place for place in breaks if place > at), default=len(tokens))]


def room(tokens: Sequence[Token], page: int, width: int) -> int:
    """The height that a page has left for the rows of a timeline, beside all else that the document says."""
    taken, div, tag, tables = _HEAD + _SLACK, "", "", 0
    for token in tokens:
        tables += {"table_open": 1, "table_close": -1}.get(token.type, 0)
        if token.type == "div_open":
            div = token.meta["mark"].name
        elif token.type == "div_close":
            div = ""
        elif token.type.endswith("_open"):
            tag = token.tag
        elif token.type == "inline" and not tables:
            taken += _paragraph(token, _SIZES.get(div) or _SIZES.get(tag) or _SIZES[""], width)
    return max(page - taken, 0)


def _paragraph(token: Token, sizes: tuple[int, int], width: int) -> int:
    size, after = sizes
    children = token.children or []
    letters = sum(len(child.content) for child in children if not child.nesting and child.type != "image")
    breaks = sum(child.type == "hardbreak" for child in children)
    pictures = sum(child.type == "image" for child in children)
    return (lines(letters, width, size * 53 // 100) + breaks) * size * 13 // 10 + after + pictures * _PICTURE
