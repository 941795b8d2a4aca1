"""Who meets whom, as a picture: a square for each pair of people, the darker the more often they sit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from ecocsme.event.meetings import meetings
from ecocsme.event.seating_shown import Shown
from ecocsme.language.words import Words, fill

_SIDE, _ROOM, _LEGEND = 14, 34, 26
# from never to three times and more: lightness alone tells them apart, also in grey and for who sees no colours
_SHADES = ("#f2f2f2", "#9ecae1", "#d95f0e", "#7f0000")


def heat_map(shown: Shown, packs: Sequence[Words]) -> bytes:
    """Draw the map; its words, in all languages, are the title that a screen reader says, and the legend."""
    number = len(shown.people)
    wide, high = _ROOM + number * _SIDE + 2, _ROOM + number * _SIDE + _LEGEND + 14 * len(packs)
    wide = max(wide, 420)
    title = " / ".join(dict.fromkeys(words.say("seating-plan.map") for words in packs))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>',
        '<g font-family="sans-serif" font-size="8" fill="#222222">',
        *_names(shown.people),
        "</g>",
        *_squares(shown),
        *_legend(packs, _ROOM + number * _SIDE + 12),
        "</svg>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _names(people: Sequence[str]) -> Iterator[str]:
    for place, name in enumerate(people):
        at = _ROOM + place * _SIDE
        yield f'<text x="{_ROOM - 3}" y="{at + 10}" text-anchor="end">{escape(name)}</text>'
        yield f'<text x="{at + 10}" y="{_ROOM - 3}" transform="rotate(-90 {at + 10} {_ROOM - 3})">{escape(name)}</text>'


def _squares(shown: Shown) -> Iterator[str]:
    met = meetings(shown.rotation)
    for row, one in enumerate(shown.people):
        for column, other in enumerate(shown.people):
            times = met[min(row, column), max(row, column)] if row != column else 0
            fill_ = _SHADES[min(times, len(_SHADES) - 1)] if row != column else "#ffffff"
            place = f'x="{_ROOM + column * _SIDE}" y="{_ROOM + row * _SIDE}" width="{_SIDE - 1}" height="{_SIDE - 1}"'
            yield f'<rect {place} fill="{fill_}"><title>{escape(one)} – {escape(other)}: {times}</title></rect>'


def _legend(packs: Sequence[Words], top: int) -> Iterator[str]:
    """One line of words per language, with the shades before the first."""
    yield '<g font-family="sans-serif" font-size="9" fill="#222222">'
    for times, shade in enumerate(_SHADES):
        more = "+" if times == len(_SHADES) - 1 else ""
        yield f'<rect x="{_ROOM + times * 40}" y="{top}" width="{_SIDE - 1}" height="{_SIDE - 1}" fill="{shade}"/>'
        yield f'<text x="{_ROOM + times * 40 + _SIDE + 3}" y="{top + 10}">{times}{more}</text>'
    for line, words in enumerate(packs):
        said = fill(words.say("seating-plan.legend"), {})
        yield f'<text x="{_ROOM}" y="{top + 26 + line * 12}">{escape(said)}</text>'
    yield "</g>"
