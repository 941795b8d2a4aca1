"""The cells of a sheet that hold personal data: named with what they hold, or masked; what they say is never repeated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ecocsme.errors import Problem
from ecocsme.notes.cautions import some
from ecocsme.notes.model import Note, sealed
from ecocsme.notes.personal import found, has_mask, masked
from ecocsme.notes.tally import Draft

CODE = "personal-data"


@dataclass(frozen=True, slots=True)
class Personal:
    """A cell with personal data, and the kinds of it."""

    tab: str
    cell: str
    kinds: tuple[str, ...]


def look(drafts: Iterable[Draft]) -> tuple[Personal, ...]:
    """Find the cells whose answers hold personal data."""
    kinds = ((draft, tuple(dict.fromkeys(finding.kind for finding in found(draft.text)))) for draft in drafts)
    return tuple(Personal(draft.tab, draft.cell, named) for draft, named in kinds if named)


def caution(shown: str, cells: Sequence[Personal]) -> Problem:
    """Say which cells hold personal data, kind by kind, and what can be done."""
    cure = "if it may not be kept, import the sheet again with --redact"
    return Problem(shown, f"personal data in answers: {listed(cells)}", cure, severity="warning", code=CODE)


def said_of_masks(cells: Sequence[Personal]) -> str:
    """Say what was masked, and where it still stands."""
    return f"masked: {listed(cells)}; the sheet in sheets/ holds it as received: that copy is private, and git leaves it out"


def listed(cells: Sequence[Personal]) -> str:
    """List cells by kind: `e-mail: B2, B7; phone: C2`."""
    by_kind: dict[str, list[str]] = {}
    for one in cells:
        for kind in one.kinds:
            by_kind.setdefault(kind, []).append(f"{one.tab}!{one.cell}" if one.tab else one.cell)
    return "; ".join(f"{kind}: {some(places)}" for kind, places in by_kind.items())


def masked_drafts(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """The same answers with masks in the place of personal data."""
    pairs = ((draft, masked(draft.text)) for draft in drafts)
    return tuple(draft if text == draft.text else replace(draft, text=text) for draft, text in pairs)


def masked_notes(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The same notes, sealed again where their text was masked."""
    return tuple(sealed(replace(note, text=masked(note.text))) if found(note.text) else note for note in notes)


def is_masked(notes: Iterable[Note]) -> bool:
    """Whether the notes of a sheet were imported with masks, so that the next version of the sheet is masked as well."""
    return any(has_mask(note.text) for note in notes)
