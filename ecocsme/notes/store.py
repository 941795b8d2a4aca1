"""The notes files: read with every damage named, written so that the same notes give the same bytes.

Each line carries its own seal. The seal of the last line is followed by a slash and the number of notes in the file, so
that a line that was lost or doubled is found as well.
"""

from __future__ import annotations

import codecs
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ecocsme.errors import InvalidFile, Problem
from ecocsme.files import own_csv
from ecocsme.files import text as text_file
from ecocsme.notes import naming
from ecocsme.notes.model import COLUMNS, Note, values
from ecocsme.notes.sealed_lines import DAMAGED, Reading, damage
from ecocsme.project.folder import Folder, find

if TYPE_CHECKING:
    import pandas as pd

MAX_SHEET = 50_000_000
MAX_NOTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class NotesFile:
    """The notes of one sheet as they stand in its file, the line of each, and what is wrong with the file.

    `sheet` is the name under which the sheet was first kept; `sha256` is the hash of the notes file itself.
    """

    event: str
    shown: str
    sheet: str
    sha256: str
    notes: tuple[Note, ...] = ()
    lines: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class NotesRead:
    """Notes with the files they were read from, and every problem of these files."""

    files: tuple[NotesFile, ...]
    strangers: tuple[Problem, ...] = ()

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """All notes that can be read, file by file."""
        return tuple(note for file in self.files for note in file.notes)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong: damaged files, notes that were changed, and files that are no notes files (warnings)."""
        return (*(problem for file in self.files for problem in file.problems), *self.strangers)

    def placed(self) -> Iterator[tuple[Note, str, int]]:
        """Every note with its file and line."""
        for file in self.files:
            for note, line in zip(file.notes, file.lines, strict=True):
                yield note, file.shown, line


def load(folder: Folder) -> NotesRead:
    """Read the notes of all events; what is damaged is a problem, never an exception."""
    read = [load_event(folder, event) for event in folder.events()]
    return NotesRead(tuple(f for one in read for f in one.files), tuple(p for one in read for p in one.strangers))


def load_event(folder: Folder, event: str) -> NotesRead:
    """Read the notes of one event."""
    paths = files(folder, event)
    return NotesRead(tuple(_file(path, folder.shown(path), event) for path in paths), tuple(_strangers(folder, event, paths)))


def files(folder: Folder, event: str) -> tuple[Path, ...]:
    """The notes files of an event, sorted."""
    return tuple(path for path in _entries(folder.notes(event)) if path.suffix == ".csv" and path.is_file())


def serialise(notes: Iterable[Note]) -> bytes:
    """Write sealed notes as a notes file: the same notes give the same bytes."""
    return "".join(lines(notes)).encode("utf-8")


def lines(notes: Iterable[Note]) -> Iterator[str]:
    """The lines of a notes file, one after the other; the last one says how many notes there are."""
    yield _line(COLUMNS)
    before: tuple[str, ...] | None = None
    number = 0
    for note in notes:
        if before is not None:
            yield _line(before)
        before = values(note)
        number += 1
    if before is not None:
        yield _line((*before[:-1], f"{before[-1]}/{number}"))


def frame(folder: Folder | Path | str) -> pd.DataFrame:
    """All notes of a project as a pandas table, every value as text; raise InvalidFile where a notes file is damaged."""
    import pandas as pd

    read = load(folder if isinstance(folder, Folder) else find(Path(folder).resolve()))
    errors = [problem for problem in read.problems if problem.severity == "error"]
    if errors:
        raise InvalidFile(errors)
    return pd.DataFrame([values(note) for note in read.notes], columns=list(COLUMNS), dtype="str")


def _entries(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in sorted(folder.iterdir()) if not naming.junk(path.name) and not path.name.startswith("."))


def _strangers(folder: Folder, event: str, known: tuple[Path, ...]) -> Iterator[Problem]:
    for path in _entries(folder.notes(event)):
        if path not in known:
            yield Problem(folder.shown(path), "is no notes file", "move it out of this folder", severity="warning", code=DAMAGED)


def _line(row: Iterable[str]) -> str:
    """One line of CSV; written here because the csv module quotes line ends differently from version to version."""
    plain = ",".join(row)
    if plain.count(",") == len(COLUMNS) - 1 and not any(sign in plain for sign in '"\r\n'):
        return plain + "\n"
    return ",".join('"' + value.replace('"', '""') + '"' if any(s in value for s in ',"\r\n') else value for value in row) + "\n"


def _file(path: Path, shown: str, event: str) -> NotesFile:
    sheet = unicodedata.normalize("NFC", path.name).removesuffix(".csv")  # some disks of Macs take the letters apart
    try:
        data = text_file.read_bytes(path, shown, limit=MAX_NOTES)
    except InvalidFile as refused:
        return NotesFile(event, shown, sheet, "", problems=refused.problems)
    digest = hashlib.sha256(data).hexdigest()
    reading = _read(data, shown)
    if reading is None:
        message = "is not UTF-8: a spreadsheet program has saved it again, or it is damaged"
        return NotesFile(event, shown, sheet, digest, problems=(damage(shown, message, _bad_line(data)),))
    return NotesFile(event, shown, sheet, digest, tuple(reading.notes), tuple(reading.lines), reading.all_problems())


def _read(data: bytes, shown: str) -> Reading | None:
    """Read the bytes as the text that the seals prove; None where they are no Unicode and no older encoding proves any."""
    resaved = data.startswith(codecs.BOM_UTF8) or b"\r\n" in data
    best: Reading | None = None
    for text, encoding in own_csv.decodings(data):
        reading = Reading(shown, text, encoding, resaved=resaved)
        reading.read()
        if encoding == "utf-8":
            return reading
        if reading.trusted and (best is None or reading.proved > best.proved):
            best = reading
    return best


def _bad_line(data: bytes) -> int:
    """The line of the first byte that no UTF-8 has."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data[: error.start].count(b"\n") + 1
    return 1
