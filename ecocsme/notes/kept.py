"""A sheet that was imported: its versions and its notes, as an import finds them."""

from __future__ import annotations

from dataclasses import dataclass

from ecocsme.notes import naming
from ecocsme.notes.model import Note


@dataclass(slots=True)
class Kept:
    """A sheet that was imported: the name it was first kept under, and its notes."""

    sheet: str
    notes: tuple[Note, ...]

    @property
    def current(self) -> tuple[Note, ...]:
        """The notes of its newest version; none where the sheet was taken back."""
        return tuple(note for note in self.notes if note.state == "current")

    @property
    def answers(self) -> tuple[Note, ...]:
        """The answers of its newest version: each idea of one that was split is a note, but no answer of its own."""
        wholes = {note.id for note in self.current if note.split}
        return tuple(note for note in self.current if note.parent not in wholes)

    @property
    def newest(self) -> Note:
        """A note of its newest version, for the name and the hash of that."""
        return max(self.notes, key=lambda note: (note.state == "current", naming.version_number(self.sheet, note.sheet) or 1))

    def goes_by(self, name: str) -> bool:
        """Whether one of its versions, up to the newest, is kept under this name."""
        number = naming.version_number(self.sheet, name)
        newest = naming.version_number(self.sheet, self.newest.sheet)
        return number is not None and number <= (newest or 1)
