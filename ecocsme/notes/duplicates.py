"""Answers to one question that are nearly equal: named to a person, never dropped.

Up to a thousand answers are compared each with each. Where there are more, only those are compared that share one of their
smallest hashes of five letters in a row; the hashes are fixed, so that every machine finds the same pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ecocsme.language.letters import fold
from ecocsme.notes.model import Note

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEAR = 90  # per cent of likeness from which two answers are named
MOST = 10_000  # different answers of an event that are compared for one sheet; the questions beyond are said
ENOUGH = 300_000  # notes that one command looks at, all its sheets together
_SHORTEST = 10  # letters: `da, sigur` and `da, sigur!` need no warning
_FEW, _EACH_WITH_EACH = 20_000, 1_000_000  # comparisons up to which every pair is looked at
_GRAM = 5  # letters in a row that are hashed together
_BANDS, _ROWS = 14, 2  # two answers are compared where all hashes of one band are equal
_NEXT = 8  # texts with one key that each text is compared with
_SEED = 20_201_020


@dataclass(frozen=True, slots=True)
class Alike:
    """What an import found: pairs of nearly equal notes, how many by question, how many notes repeat another one of their sheet."""

    pairs: tuple[tuple[Note, Note], ...] = ()
    repeated: int = 0
    per_question: Mapping[str, int] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()


def look(new: Sequence[Note], others: Iterable[Note]) -> Alike:
    """Compare the notes of one sheet with each other and with all other notes of the event, question by question."""
    said = [(note, fold(note.text)) for note in new if note.counts]
    fresh, before = _by_question(said), _by_question((note, fold(note.text)) for note in others if note.counts)
    pairs: list[tuple[Note, Note]] = []
    skipped: list[str] = []
    left = MOST
    for question, texts in fresh.items():
        old = {text: note for text, note in before.get(question, {}).items() if text not in texts}
        if len(texts) + len(old) > left:
            skipped.append(question)
            continue
        left -= len(texts) + len(old)
        listed = [*texts, *old]
        notes = [*texts.values(), *old.values()]
        pairs += [(notes[first], notes[second]) for first, second in near_pairs(listed, len(texts))]
    counts = Counter(first.question for first, _ in pairs)
    return Alike(tuple(pairs), _repeated(said), counts, tuple(skipped))


def not_looked_at(new: Sequence[Note]) -> Alike:
    """What is said of a sheet where a command has looked at enough."""
    said = [(note, fold(note.text)) for note in new if note.counts]
    return Alike(repeated=_repeated(said), skipped=tuple(dict.fromkeys(note.question for note in new if note.counts)))


def near_pairs(texts: Sequence[str], new: int | None = None) -> list[tuple[int, int]]:
    """Find the pairs of different texts that are nearly equal, one of the first `new` in each, in the order of the texts."""
    firsts = len(texts) if new is None else new
    if firsts * len(texts) <= _FEW:
        return _one_by_one(texts, firsts)
    if firsts * len(texts) <= _EACH_WITH_EACH:
        return _each_with_each(texts, firsts)
    return _verified(texts, _candidates(texts, firsts))


def _one_by_one(texts: Sequence[str], firsts: int) -> list[tuple[int, int]]:
    """Compare without NumPy, which takes longer to load than these few take to compare."""
    from rapidfuzz.fuzz import ratio

    pairs = ((first, second) for first in range(firsts) for second in range(first + 1, len(texts)))
    return [(first, second) for first, second in pairs if ratio(texts[first], texts[second], score_cutoff=NEAR) >= NEAR]


def _each_with_each(texts: Sequence[str], firsts: int) -> list[tuple[int, int]]:
    import numpy as np
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cdist

    near = np.argwhere(cdist(texts[:firsts], texts, scorer=ratio, score_cutoff=NEAR) >= NEAR)
    return [(first, second) for first, second in near.tolist() if first < second]


def _verified(texts: Sequence[str], pairs: NDArray[np.int64]) -> list[tuple[int, int]]:
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cpdist

    first_texts, second_texts = ([texts[index] for index in indexes.tolist()] for indexes in pairs)
    scores = cpdist(first_texts, second_texts, scorer=ratio, score_cutoff=NEAR)
    return [(first, second) for first, second in pairs[:, scores >= NEAR].T.tolist()]


def _candidates(texts: Sequence[str], firsts: int) -> NDArray[np.int64]:
    """The pairs worth a comparison: two rows of indexes, the smaller index above, in order."""
    import numpy as np

    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    found = [np.empty((2, 0), dtype=np.int64)]
    for keys in _bands(texts):
        order = np.lexsort((lengths, keys))
        found += list(_neighbours(order, keys[order]))
    pairs = np.concatenate(found, axis=1)
    pairs = pairs[:, pairs[0] < firsts]
    short, long = np.minimum(*lengths[pairs]), np.maximum(*lengths[pairs])
    pairs = pairs[:, 11 * short >= 9 * long]
    codes = np.unique(pairs[0] * len(texts) + pairs[1])
    return np.stack((codes // len(texts), codes % len(texts)))


def _bands(texts: Sequence[str]) -> Iterable[NDArray[np.uint64]]:
    """For each band, one key per text: the smallest hashes of its letters, five in a row."""
    import numpy as np

    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    grams = np.array([len(text) - _GRAM + 1 for text in texts])
    ends = np.cumsum([len(text) for text in texts])
    inside = np.ones(len(letters), dtype=bool)
    for back in range(1, _GRAM):
        inside[ends - back] = False
    hashes = np.zeros(len(letters) - _GRAM + 1, dtype=np.uint64)
    for place in range(_GRAM):
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + letters[place : len(letters) - _GRAM + 1 + place]
    mixed = hashes[inside[: len(hashes)]]
    mixed = (mixed ^ mixed >> np.uint64(32)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(29)
    starts = np.concatenate(([0], np.cumsum(grams)[:-1]))
    for band in range(_BANDS):
        key = np.zeros(len(texts), dtype=np.uint64)
        for row in range(_ROWS):
            key = key * np.uint64(3) + np.minimum.reduceat(mixed * np.uint64(_factor(band * _ROWS + row)), starts)
        yield key


def _factor(number: int) -> int:
    """An odd number of 64 bits, the same on every machine: a step of SplitMix64."""
    value = (_SEED + (number + 1) * 0x9E3779B97F4A7C15) % 2**64
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    value = (value ^ value >> 27) * 0x94D049BB133111EB % 2**64
    return (value ^ value >> 31) | 1


def _neighbours(order: NDArray[np.int64], keys: NDArray[np.uint64]) -> Iterable[NDArray[np.int64]]:
    """Pair texts of equal keys; `order` has equal keys side by side, and where many are equal each meets only those next to it."""
    import numpy as np

    for apart in range(1, _NEXT + 1):
        equal = np.flatnonzero(keys[apart:] == keys[:-apart])
        if not len(equal):
            return
        first, second = order[equal], order[equal + apart]
        yield np.stack((np.minimum(first, second), np.maximum(first, second)))


def _by_question(said: Iterable[tuple[Note, str]]) -> dict[str, dict[str, Note]]:
    """The different texts, each with the first note that says it, by question; the shortest ones are left out."""
    found: dict[str, dict[str, Note]] = {}
    for note, text in said:
        if len(text) >= _SHORTEST:
            found.setdefault(note.question, {}).setdefault(text, note)
    return found


def _repeated(said: Sequence[tuple[Note, str]]) -> int:
    """Count the notes that say exactly what another note of the same sheet said to the same question before."""
    return len(said) - len({(note.question, text) for note, text in said})
