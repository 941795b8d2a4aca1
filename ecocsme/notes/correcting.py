"""A corrected sheet against the notes it gave before: which answers stayed, changed, came or went."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from ecocsme.language.letters import fold
from ecocsme.notes.answers import Draft
from ecocsme.notes.model import Note
from ecocsme.notes.numbering import Numbers, first_parts, made, withdrawn
from ecocsme.notes.splitting import parts_among

_SAME_PLACE, _ELSEWHERE = 50, 70  # per cent of likeness from which two texts count as one answer, corrected
_MANY = 40_000  # pairs of one table and question beyond which nobody looks for likeness


@dataclass(frozen=True, slots=True)
class Corrected:
    """All notes of a corrected sheet, in its order, the withdrawn ones last, and what changed by their IDs."""

    notes: tuple[Note, ...]
    current: tuple[Note, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]


def shared(notes: Iterable[Note], drafts: Iterable[Draft], event: str) -> int:
    """Count the answers that stand in both: the same text at the same question, table and round."""
    before = Counter((note.prefix, note.text) for note in notes if note.state == "current")
    after = Counter((first_parts(event, draft), draft.text) for draft in drafts)
    return (before & after).total()


def correct(before: Sequence[Note], drafts: Sequence[Draft], numbers: Numbers, *, event: str, sheet: str, sha256: str) -> Corrected:
    """Let the answers of a corrected sheet continue the notes it gave before; rows that did not change keep their IDs."""
    standing = [note for note in before if note.state == "current"]
    pairs = _Pairs(drafts, event, parts_among(before))
    pairs.continue_all(standing)
    pairs.revive([note for note in before if note.state != "current"])
    notes = _continued(pairs, numbers, event=event, sheet=sheet, sha256=sha256)
    kept = {note.id for note in notes}
    fates = [_fate(*pair) for pair in zip(pairs.found, notes, strict=True)]
    return Corrected(
        notes=(*notes, *(withdrawn(note) for note in before if note.id not in kept)),
        current=tuple(notes),
        added=tuple(note.id for note, fate in zip(notes, fates, strict=True) if fate == "added"),
        changed=tuple(note.id for note, fate in zip(notes, fates, strict=True) if fate == "changed"),
        withdrawn=tuple(note.id for note in standing if note.id not in kept),
    )


def _continued(pairs: _Pairs, numbers: Numbers, *, event: str, sheet: str, sha256: str) -> list[Note]:
    ids: list[str] = []
    notes: list[Note] = []
    for draft, first, continued in zip(pairs.drafts, pairs.prefixes, pairs.found, strict=True):
        ids.append(continued.id if continued else numbers.give(first))
        # the note around a nested item comes before it
        parent = ids[draft.parent] if draft.parent is not None else ""
        notes.append(made(draft, ids[-1], event, sheet=sheet, sha256=sha256, parent=parent))
    return notes


def _fate(before: Note | None, after: Note) -> str:
    if before is None or before.state != "current":
        return "added"
    same = (before.text, before.language, before.respondent) == (after.text, after.language, after.respondent)
    return "same" if same else "changed"


class _Pairs:
    """Which note each draft continues; a note is given away once, in the order of the sheet."""

    def __init__(self, drafts: Sequence[Draft], event: str, parts: frozenset[str]) -> None:
        self.drafts = drafts
        self.prefixes = [first_parts(event, draft) for draft in drafts]
        self._parts = parts
        # an idea goes on with an idea, a whole answer with a whole one
        self._groups = [
            (first, draft.parent is not None and drafts[draft.parent].split) for first, draft in zip(self.prefixes, drafts, strict=True)
        ]
        self.found: list[Note | None] = [None] * len(drafts)

    def continue_all(self, notes: Sequence[Note]) -> None:
        """First what is equal, then what is alike; always within one question, table and round."""
        from rapidfuzz.fuzz import ratio

        free = dict(enumerate(notes))
        of = self._group_of
        self._pair(free, lambda n: (of(n), n.text, n.tab, n.cell), lambda i, d: (self._groups[i], d.text, d.tab, d.cell))
        self._pair(free, lambda n: (of(n), n.text), lambda i, d: (self._groups[i], d.text))
        self._pair(free, lambda n: (of(n), fold(n.text)), lambda i, d: (self._groups[i], fold(d.text)))

        def alike(note: Note, draft: Draft) -> bool:
            return ratio(fold(note.text), fold(draft.text)) >= _SAME_PLACE

        self._pair(free, lambda n: (of(n), n.tab, n.cell), lambda i, d: (self._groups[i], d.tab, d.cell), alike)
        self._pair_by_likeness(free)

    def revive(self, notes: Sequence[Note]) -> None:
        """Give an answer that was withdrawn and stands in the sheet again its ID back."""
        self._pair(dict(enumerate(notes)), lambda n: (self._group_of(n), n.text), lambda i, d: (self._groups[i], d.text))

    def _group_of(self, note: Note) -> tuple[str, bool]:
        return note.prefix, note.id in self._parts

    def _pair(
        self,
        free: dict[int, Note],
        of_note: Callable[[Note], Hashable],
        of_draft: Callable[[int, Draft], Hashable],
        fits: Callable[[Note, Draft], bool] = lambda _note, _draft: True,
    ) -> None:
        waiting: dict[Hashable, deque[int]] = {}
        for key, note in free.items():
            waiting.setdefault(of_note(note), deque()).append(key)
        for index, draft in enumerate(self.drafts):
            keys = waiting.get(of_draft(index, draft)) if self.found[index] is None else None
            if keys and fits(free[keys[0]], draft):
                self.found[index] = free.pop(keys.popleft())

    def _pair_by_likeness(self, free: dict[int, Note]) -> None:
        groups: dict[tuple[str, bool], tuple[list[int], list[int]]] = {}
        for key, note in free.items():
            groups.setdefault(self._group_of(note), ([], []))[0].append(key)
        for index, first in enumerate(self._groups):
            if self.found[index] is None and first in groups:
                groups[first][1].append(index)
        for keys, indexes in groups.values():
            if len(keys) * len(indexes) <= _MANY:
                self._pair_group(free, keys, indexes)

    def _pair_group(self, free: dict[int, Note], keys: Sequence[int], indexes: Sequence[int]) -> None:
        """Pair what is most alike first."""
        from rapidfuzz.fuzz import ratio

        scores = [(ratio(fold(free[key].text), fold(self.drafts[index].text)), key, index) for key in keys for index in indexes]
        for score, key, index in sorted(scores, key=lambda s: (-s[0], s[1], s[2])):
            if score >= _ELSEWHERE and key in free and self.found[index] is None:
                self.found[index] = free.pop(key)
