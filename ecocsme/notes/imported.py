"""What an event has imported, looked through note by note without keeping the notes: for an import that may not grow in memory."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ecocsme.errors import InvalidFile
from ecocsme.files import own_csv
from ecocsme.files.text import digest
from ecocsme.notes import forgotten, naming, store
from ecocsme.notes.model import COLUMNS, Note, seal_of
from ecocsme.notes.numbering import Numbers
from ecocsme.notes.sealed_lines import damage
from ecocsme.project.folder import Folder


@dataclass(slots=True)
class One:
    """A sheet that was imported: its notes file, the names of its versions by their hashes, and how many of its notes stand."""

    sheet: str
    path: Path
    shown: str
    versions: dict[str, str] = field(default_factory=dict)
    standing: int = 0

    @property
    def newest(self) -> str:
        """The name of its newest version."""
        return max(self.versions.values(), key=lambda name: naming.version_number(self.sheet, name) or 1, default=self.sheet)

    def goes_by(self, name: str) -> bool:
        """Whether one of its versions, up to the newest, is kept under this name."""
        number = naming.version_number(self.sheet, name)
        return number is not None and number <= (naming.version_number(self.sheet, self.newest) or 1)


@dataclass(slots=True)
class Imported:
    """The sheets of an event, the files in its folder of sheets, and the numbers that were given."""

    ones: tuple[One, ...]
    on_disk: dict[str, Path]
    numbers: Numbers

    def by_hash(self, sha256: str, size: int) -> tuple[One, str] | None:
        """The sheet that has these bytes, and the name of that version; earlier versions are known by their copies alone."""
        known = [(one, one.versions[sha256]) for one in self.ones if sha256 in one.versions]
        earlier = ((one, name) for name in self.copies(sha256, size) for one in self.ones if one.goes_by(name))
        standing = (pair for pair in known if pair[0].standing)
        return next(standing, None) or next(iter(known), None) or next(earlier, None)

    def copies(self, sha256: str, size: int) -> Iterator[str]:
        """The names of the files in the folder of sheets that have these bytes."""
        for name, path in sorted(self.on_disk.items()):
            if path.stat().st_size == size and digest(path, path.name) == sha256:
                yield name

    @property
    def names(self) -> set[str]:
        """All names that sheets of the event go by."""
        return {name for one in self.ones for name in (one.sheet, *one.versions.values())}


def look(folder: Folder, event: str) -> Imported:
    """Look through the notes of an event; raise InvalidFile where one of its files is damaged."""
    ones = [
        One(unicodedata.normalize("NFC", path.name).removesuffix(".csv"), path, folder.shown(path)) for path in store.files(folder, event)
    ]
    numbers = Numbers((), _ids(folder, event, ones))
    sheets = folder.sheets(event)
    paths = [path for path in sheets.iterdir() if path.is_file()] if sheets.is_dir() else []
    return Imported(tuple(ones), {unicodedata.normalize("NFC", path.name): path for path in paths}, numbers)


def notes(one: One) -> Iterator[Note]:
    """The notes of a notes file, one after the other; raise InvalidFile where one is damaged or was changed."""
    for note in _notes(one):
        if note.seal != seal_of(note):
            raise InvalidFile([damage(one.shown, "a note was changed since it was imported", None, "see `ecocsme check`")])
        yield note


def _ids(folder: Folder, event: str, ones: list[One]) -> Iterator[str]:
    for one in ones:
        for note in _notes(one):
            one.versions[note.sheet_sha256] = note.sheet
            one.standing += note.state == "current"
            yield note.id
    yield from forgotten.load(folder, event).notes


def _notes(one: One) -> Iterator[Note]:
    line, number, said = 1, 0, ""
    with own_csv.long_values(), open(one.path, encoding="utf-8", newline="") as stream:
        try:
            reader = csv.reader(stream, strict=True)
            if tuple(next(reader, ())) != COLUMNS:
                raise _damaged(one, "does not begin with the header of a notes file", 1)
            for row in reader:
                line = reader.line_num
                if len(row) != len(COLUMNS) or said:
                    raise _damaged(one, "is damaged here", line)
                row[-1], _, said = row[-1].partition("/")
                number += 1
                yield Note(*row)
        except csv.Error as error:
            raise _damaged(one, f"is no CSV from here on ({error})", line) from None
        except UnicodeDecodeError:
            raise _damaged(one, "is not UTF-8", None) from None
    if said != str(number):
        raise _damaged(one, "is cut off: the last lines are missing", line)


def _damaged(one: One, message: str, line: int | None) -> InvalidFile:
    return InvalidFile([damage(one.shown, message, line, "see `ecocsme check`")])
