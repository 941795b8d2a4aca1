"""The stone of what was forgotten: only the IDs of the notes and the hash of the sheet they stood in; nobody is named."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ecocsme.errors import InvalidFile, Problem
from ecocsme.files import own_csv
from ecocsme.files import text as text_file
from ecocsme.notes.model import parts
from ecocsme.project.folder import Folder

NAME = "forgotten.csv"
_HEADER = ["note", "sheet_sha256"]
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Pairs of a note's ID and the hash of a sheet; the ID is empty where a sheet holds what was forgotten and gave no note."""

    stones: tuple[tuple[str, str], ...] = ()

    @property
    def notes(self) -> frozenset[str]:
        """The IDs that were given, and are never given again."""
        return frozenset(note for note, _ in self.stones if note)

    @property
    def sheets(self) -> frozenset[str]:
        """The hashes of the sheets as they were received."""
        return frozenset(sheet for _, sheet in self.stones)

    def respondents(self) -> frozenset[str]:
        """The first four parts of all IDs that belong to a respondent and not to a table."""
        taken = ((note, parts(note)) for note in self.notes)
        return frozenset(note.rsplit("/", 1)[0] for note, found in taken if found and found[2].startswith("p"))


def name(event: str) -> str:
    """The path of the file, relative to the project folder."""
    return f"events/{event}/{NAME}"


def load(folder: Folder, event: str) -> Forgotten:
    """Read the stones of an event; raise InvalidFile for a file that is damaged."""
    path, shown = folder.event_folder(event) / NAME, name(event)
    if not path.exists():
        return Forgotten()
    text = text_file.read_text(path, shown)
    with own_csv.long_values():
        header, *rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row] or [[]]
    wrong = [number for number, row in enumerate(rows, 2) if not _is_stone(row)]
    if header != _HEADER or wrong:
        line = 1 if header != _HEADER else wrong[0]
        raise InvalidFile([Problem(shown, "is not as ecocsme wrote it", "restore it from a copy (git, a backup)", line)])
    return Forgotten(tuple((row[0], row[1]) for row in rows))


def _is_stone(row: list[str]) -> bool:
    note, sheet, *more = [*row, ""]
    return more == [""] and _HASH.fullmatch(sheet) is not None and (not note or parts(note) is not None)


def written(stones: Iterable[tuple[str, str]]) -> bytes:
    """The file: the same stones give the same bytes."""
    lines = [",".join(_HEADER), *(",".join(stone) for stone in sorted(set(stones)))]
    return "".join(f"{line}\n" for line in lines).encode()
