"""Answers with several ideas become one note for the whole and one for each idea; documents count the ideas."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from ecocsme.notes.cautions import some
from ecocsme.notes.kept import Kept
from ecocsme.notes.model import Note
from ecocsme.notes.several_ideas import ideas, unsure
from ecocsme.notes.tally import Draft


def split_drafts(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The same answers, each one with several ideas followed by these; a list item with items of its own stays as it is."""
    around = {draft.parent for draft in drafts}
    moved: dict[int, int] = {}
    found: list[Draft] = []
    for index, draft in enumerate(drafts):
        moved[index] = len(found)
        parts = ideas(draft.text) if index not in around else ()
        parent = moved[draft.parent] if draft.parent is not None else None
        found.append(replace(draft, parent=parent, split=bool(parts)))
        found += [replace(draft, text=text, parent=moved[index], votes=None) for text in parts]
    return tuple(found)


def parts_among(notes: Iterable[Note]) -> frozenset[str]:
    """The IDs of the notes that are one idea of a note that was split."""
    notes = tuple(notes)
    inside = [note for note in notes if note.parent]
    # an item inside of a list item stands in a line of its own, an idea in the cell of its whole answer
    cells = {note.id: (note.tab, note.cell) for note in notes} if inside else {}
    return frozenset(note.id for note in inside if cells.get(note.parent) == (note.tab, note.cell))


def with_ideas(ids: Collection[str], notes: Iterable[Note]) -> frozenset[str]:
    """Add what says the same in other words of the same cell: the ideas of a whole answer, and the whole answer of an idea."""
    notes = tuple(notes)
    parts = parts_among(notes)
    ideas_of = (note.id for note in notes if note.id in parts and note.parent in ids)
    wholes_of = (note.parent for note in notes if note.id in parts and note.id in ids)
    return frozenset((*ids, *ideas_of, *wholes_of))


def is_split(kept: Kept) -> bool:
    """Whether a sheet was imported with its ideas told apart, so that its next version is read in the same way."""
    return any(note.split for note in kept.current or kept.notes)


def said(notes: Sequence[Note], *, asked: bool) -> Iterator[str]:
    """What a person should know of answers that were split, and of those that were not."""
    wholes = sum(note.split for note in notes)
    parts = parts_among(notes)
    if wholes:
        answers = "1 answer was" if wholes == 1 else f"{wholes} answers were"
        yield f"{answers} split into {len(parts)} ideas, each a note; documents count these and not the whole"
    if not asked:
        return
    if not wholes:
        yield "no answer holds several ideas that could be told apart"
    doubtful = [_place(note) for note in notes if not note.split and note.id not in parts and unsure(note.text)]
    if doubtful:
        yield f"not split, as not every part is clearly an idea: {some(doubtful)}"


def _place(note: Note) -> str:
    return f"{note.tab}!{note.cell}" if note.tab else note.cell
