"""How many voices an answer has, where whoever typed it says so at its end: `(x3)`, `(3x)`, `×3`, `x 3`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ecocsme.notes.cautions import some
from ecocsme.notes.model import Note

_BRACKETS = re.compile(r"\S\s*[(\[]\s*(?:[xX×]\s?([1-9][0-9]?)|([1-9][0-9]?)\s?[xX×])\s*[)\]]")
_BARE = re.compile(r"(\S.*?)\s+(?:x|×)\s?([1-9][0-9]?)", re.DOTALL)
_MEASURED = re.compile(r"\d\S*(?:\s+\S+)?\Z")  # `4 x 3`, `4 m x 3`, `4 metri x 3`: a size
_LAST = frozenset("0123456789)]")
_WORD = re.compile(r"[^\W\d_]{2,}")


def many_voices(notes: Iterable[Note]) -> dict[str, int]:
    """How many voices each of these notes has, where more than one; of an answer that was split, its ideas say it."""
    said = ((note.id, voices(note.text)) for note in notes if note.counts)
    return {name: number for name, number in said if number > 1}


def said(notes: Sequence[Note]) -> Iterator[str]:
    """Say which answers were said by several people."""
    found = many_voices(notes)
    if found:
        listed = some([f"{name} ({number} times)" for name, number in found.items()])
        begun = "1 answer says how often it was" if len(found) == 1 else f"{len(found)} answers say how often they were"
        yield f"{begun} said: {listed}; each is one note"


def voices(text: str) -> int:
    """How many people said an answer; 1 where it does not say so, or says it of one of its lines only."""
    whole = text.strip().rstrip(".")
    if whole[-1:] not in _LAST or len(whole.splitlines()) != 1 or not _WORD.search(whole):
        return 1
    found = re.search(_BRACKETS.pattern + r"\Z", whole)
    if found:
        return int(found[1] or found[2])
    bare = _BARE.fullmatch(whole)
    if bare and _WORD.search(bare[1]) and not _MEASURED.search(bare[1]):
        return int(bare[2])
    return 1
