"""Columns as people name them: letters, numbers, ranges, or the text of their header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ecocsme.language.letters import fold
from ecocsme.notes.grid import MAX_COLUMNS, letters
from ecocsme.notes.matching import bare

_RANGE = re.compile(r"([A-Z]{1,3}|[1-9][0-9]{0,4})(?:\s*:\s*([A-Z]{1,3}|[1-9][0-9]{0,4}))?", re.IGNORECASE)
EVERY = "*"


def by_place(name: str) -> range | None:
    """Read `B`, `2`, `H:JX` as columns, counted from 0; None where a name is no place."""
    match = _RANGE.fullmatch(name.strip())
    if not match:
        return None
    first, last = _number(match[1]), _number(match[2] or match[1])
    return range(first, last + 1) if first <= last < MAX_COLUMNS else None


def by_title(name: str, titles: Mapping[int, str]) -> tuple[int, ...]:
    """The columns whose title is this text, or else says the same words."""
    same = tuple(column for column, title in titles.items() if fold(title) == fold(name))
    words = bare(name)
    return same or tuple(column for column, title in titles.items() if words and bare(title) == words)


def spans(columns: Iterable[int]) -> list[str]:
    """Write columns as people name them: `B`, and `D:F` for neighbours."""
    found: list[list[int]] = []
    for column in sorted(columns):
        if found and found[-1][1] == column - 1:
            found[-1][1] = column
        else:
            found.append([column, column])
    return [letters(first) if first == last else f"{letters(first)}:{letters(last)}" for first, last in found]


def _number(name: str) -> int:
    if name.isdecimal():
        return int(name) - 1
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
