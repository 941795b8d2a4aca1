"""The notes of a person and their rows in every version of a sheet; where a copy cannot be rewritten safely, it goes whole."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from ecocsme.event import model as event_model
from ecocsme.files.text import digest, read_bytes
from ecocsme.notes import erasing, incoming
from ecocsme.notes.answers import Draft
from ecocsme.notes.incoming import Eyes
from ecocsme.notes.kept import Kept
from ecocsme.notes.model import Note, sealed
from ecocsme.notes.numbering import first_parts
from ecocsme.notes.personal import masked
from ecocsme.notes.splitting import parts_among
from ecocsme.notes.store import MAX_SHEET, NotesFile, serialise
from ecocsme.project.folder import Folder


class Sheets:
    """Gathers what becomes of the sheets of one event; nothing is written here."""

    def __init__(self, folder: Folder, event: str, notes: frozenset[str], respondents: frozenset[str]) -> None:
        """Start with the IDs of all notes that go, and the respondents who go whole."""
        self._folder = folder
        self._event = event
        self._notes = notes
        self._respondents = respondents
        self.files: dict[str, bytes | None] = {}
        self.stones: list[tuple[str, str]] = []
        self.rewritten: list[str] = []
        self.removed: list[str] = []

    def forget(self, file: NotesFile) -> None:
        """Take the notes out of one notes file, and their cells out of every version of its sheet."""
        theirs = [note for note in file.notes if note.id in self._notes]
        others = [note for note in file.notes if note.id not in self._notes]
        self.stones += [(note.id, note.sheet_sha256) for note in theirs]
        hashes: dict[str, str] = {}
        for path in self._copies(Kept(file.sheet, file.notes)):
            shown = self._folder.shown(path)
            old = digest(path, shown)
            fits = path.stat().st_size <= MAX_SHEET
            made = self._without(read_bytes(path, shown, limit=MAX_SHEET), path.name, theirs) if others and fits else None
            self.files[shown] = made
            self.stones.append(("", old))
            if made is None:
                self.removed.append(shown)
            else:
                self.rewritten.append(shown)
                hashes[old] = hashlib.sha256(made).hexdigest()
        self.files[file.shown] = serialise(self._left(note, hashes) for note in others) if others else None

    def _copies(self, kept: Kept) -> list[Path]:
        """Every version of a sheet that is kept."""
        folder = self._folder.sheets(self._event)
        paths = sorted(folder.iterdir()) if folder.is_dir() else []
        return [path for path in paths if path.is_file() and kept.goes_by(unicodedata.normalize("NFC", path.name))]

    def _left(self, note: Note, hashes: dict[str, str]) -> Note:
        """A note that stays: it names the rewritten copy, and no parent that went."""
        parent = "" if note.parent in self._notes else note.parent
        sha256 = hashes.get(note.sheet_sha256, note.sheet_sha256)
        return sealed(replace(note, parent=parent, sheet_sha256=sha256))

    def _without(self, data: bytes, name: str, theirs: list[Note]) -> bytes | None:
        left: bytes | None = data
        if any(note.respondent in self._respondents for note in theirs):
            left = erasing.erased(data, name, self._eyes, lambda draft: draft.origin.respondent in self._respondents, rows=True)
        ideas = parts_among(theirs)  # they stand in the cells of their whole answers
        single = [note for note in theirs if note.respondent not in self._respondents and note.id not in ideas]
        return self._without_cells(left, name, single) if left is not None and single else left

    def _without_cells(self, data: bytes, name: str, theirs: list[Note]) -> bytes | None:
        said = {(note.prefix, note.text, note.tab, note.cell) for note in theirs}
        found = [one for one in erasing.drafts_of(data, name, self._eyes) if self._said(one) & said]
        if len(found) != len(said):
            return None  # an earlier version, in which an answer read differently
        return erasing.erased(data, name, self._eyes, lambda draft: bool(self._said(draft) & said), rows=False)

    def _said(self, draft: Draft) -> set[tuple[str, str, str, str]]:
        first = first_parts(self._event, draft)
        return {(first, text, draft.tab, draft.cell) for text in (draft.text, masked(draft.text))}

    @cached_property
    def _eyes(self) -> Eyes:
        return incoming.eyes(self._folder, event_model.load(self._folder, self._event).value, None, None)
