"""What a spreadsheet program did to a note, undone where the note's seal proves it: old letters, line ends, lost ș and ț."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain, pairwise, product
from math import prod

from ecocsme.language.letters import comma
from ecocsme.notes.model import COLUMNS, Note, seal_of_text, under_seal, values

_TRIES = 300_000  # for a whole file: three seconds at most
_MOST = 20_000  # for one note: nine lost letters of three possibilities each
_WORDS = tuple(COLUMNS.index(name) for name in ("text", "sheet", "tab"))
_NAMES = _WORDS[1:]
_ROUNDED = re.compile(r"[0-9][.,][0-9]{1,5}E\+[0-9]{1,3}")
_NUMBER = re.compile("[0-9]+(e[0-9]+)?")
Values = tuple[str, ...]


class Prover:
    """Finds the note as it was written; remembers names of sheets, which stand in every line."""

    def __init__(self) -> None:
        """Start with all tries that one file may take."""
        self._left = _TRIES
        self._names: dict[str, str] = {}

    def prove(self, note: Note) -> Note | None:
        """The note whose seal this is: as it stands, or with its letters and line ends as they were; None if there is none."""
        row = values(note)[:-1]
        for candidate in _respelt(self._named(row)):
            right = seal_of_text(under_seal(candidate))
            if _same(note.seal, right):
                return self._found(row, candidate, right)
        for ends in _ends(self._named(row)):
            restored = self._restored(ends, note.seal)
            if restored:
                return self._found(row, restored, note.seal)
        return None

    def _named(self, row: Values) -> Values:
        return _changed(row, {index: self._names.get(row[index], row[index]) for index in _NAMES})

    def _found(self, row: Values, candidate: Values, seal: str) -> Note:
        self._names.update((row[index], candidate[index]) for index in _NAMES)
        return Note(*(*candidate, seal))

    def _restored(self, row: Values, seal: str) -> Values | None:
        """Put ș and ț back where an old encoding could only write a question mark."""
        pieces = under_seal(row).split("?")
        options = [_letters(*around) for around in pairwise(pieces)]
        if not options or prod(map(len, options)) > min(_MOST, self._left):
            return None
        for letters in product(*options):
            self._left -= 1
            text = "".join(chain.from_iterable(zip(pieces, (*letters, ""), strict=True)))
            if seal_of_text(text) == seal:
                return tuple(json.loads(text))
        return None


def _ends(row: Values) -> tuple[Values, ...]:
    """The line ends as they stand, and as we write them."""
    return tuple(dict.fromkeys((row, tuple(value.replace("\r\n", "\n") for value in row))))


def _respelt(row: Values) -> Iterator[Values]:
    for ends in _ends(row):
        yield ends
        for places in (_WORDS, _WORDS[:1], _NAMES):
            yield _changed(ends, {index: comma(ends[index]) for index in places})


def _changed(row: Values, new: dict[int, str]) -> Values:
    return tuple(new.get(index, value) for index, value in enumerate(row))


def _letters(before: str, after: str) -> str:
    """What may have stood between two pieces of a text; the capital of a sentence is tried where no letter stands before."""
    if after[:1].isupper():
        return "ȘȚ?"
    return "șț?" if before[-1:].islower() else "șțȘȚ?"


def _same(seal: str, right: str) -> bool:
    """Whether a seal is the right one, also where Excel took it for a number and wrote `1,23457E+15`."""
    if seal == right or not (_ROUNDED.fullmatch(seal) and _NUMBER.fullmatch(right)):
        return seal == right
    return float(seal.replace(",", ".")) == float(f"{float(right):.5e}")
