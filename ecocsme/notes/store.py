"""The notes files: read with every damage named, written so that the same notes give the same bytes.

Each line carries its own seal. The seal of the last line is followed by a slash and the number of notes in the file, so
that a line that was lost or doubled is found as well.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ecocsme.errors import InvalidFile, Problem, visible
from ecocsme.files import text as text_file
from ecocsme.notes import naming
from ecocsme.notes.model import COLUMNS, Note, parts, seal_of, values
from ecocsme.project.folder import Folder, find

if TYPE_CHECKING:
    import pandas as pd

DAMAGED, CHANGED = "notes-file", "note-changed"  # the codes of problems: the file cannot be relied on, a note was altered
MAX_SHEET = 50_000_000
_LIMIT = 1_000_000_000
_FIELD = 2**31 - 1
_NAMED = 20  # changed notes that are named one by one
_MERGE = re.compile(r"^(<<<<<<< |>>>>>>> )", re.MULTILINE)
_RESTORE = "restore the file from a copy (git, a backup)"
_SEPARATORS = {";": "semicolons", "\t": "tabs"}


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
    rows = [values(note) for note in notes]
    lines = [_line(COLUMNS), *(_line(row) for row in rows)]
    if rows:
        lines[-1] = _line((*rows[-1][:-1], f"{rows[-1][-1]}/{len(rows)}"))
    return "".join(lines).encode("utf-8")


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
    sheet = path.name.removesuffix(".csv")
    try:
        data = text_file.read_bytes(path, shown, limit=_LIMIT)
    except InvalidFile as refused:
        return NotesFile(event, shown, sheet, "", problems=refused.problems)
    digest = hashlib.sha256(data).hexdigest()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = "is not UTF-8: a spreadsheet program has saved it again, or it is damaged"
        return NotesFile(event, shown, sheet, digest, problems=(_damage(shown, message, line),))
    reading = _Reading(shown, text, resaved=data.startswith(codecs.BOM_UTF8) or b"\r\n" in data)
    reading.read()
    return NotesFile(event, shown, sheet, digest, tuple(reading.notes), tuple(reading.lines), reading.all_problems())


def _damage(shown: str, message: str, line: int | None, cure: str = _RESTORE) -> Problem:
    return Problem(shown, message, cure, line, code=DAMAGED)


class _Reading:
    """Reads one notes file, top to bottom, and gathers what is wrong with it."""

    def __init__(self, shown: str, text: str, *, resaved: bool) -> None:
        self.shown = shown
        self.text = text
        self.resaved = resaved
        self.notes: list[Note] = []
        self.lines: list[int] = []
        self.damages: list[Problem] = []
        self.changed: list[int] = []
        self.counts: list[tuple[int, str]] = []

    def read(self) -> None:
        """Read all lines that can be read; the csv module decides what a line is."""
        limit = csv.field_size_limit(_FIELD)
        reader = csv.reader(io.StringIO(self.text, newline="\n"), strict=True)
        line = 1
        try:
            for row in reader:
                if line > 1:
                    self._take(row, line)
                elif not self._header(row):
                    return
                line = reader.line_num + 1
        except csv.Error as error:
            if line > 1 or self._header([]):
                self._damage(f"is no CSV from here on ({error})", line)
        finally:
            csv.field_size_limit(limit)
        self._end(max(1, line - 1))

    def all_problems(self) -> tuple[Problem, ...]:
        """The damages and the changed notes; marks of an unresolved merge explain all others."""
        damages = [*self.damages, *self._changed()]
        merge = _MERGE.search(self.text) if damages else None
        if merge is None:
            return tuple(damages)
        line = self.text.count("\n", 0, merge.start()) + 1
        return (_damage(self.shown, "unresolved merge", line, "keep one side whole and remove the marks of git"),)

    def _damage(self, message: str, line: int | None, cure: str = _RESTORE) -> None:
        self.damages.append(_damage(self.shown, message, line, cure))

    def _header(self, row: list[str]) -> bool:
        if tuple(row) == COLUMNS:
            return True
        first = self.text.split("\n", 1)[0].rstrip("\r")
        resaved = next((name for sign, name in _SEPARATORS.items() if _bare(first.split(sign)) == COLUMNS), None)
        if resaved:
            self._damage(f"was saved again by a spreadsheet program ({resaved} between the values)", 1, f"{_RESTORE}; look at copies only")
        elif set(COLUMNS) < set(row):
            further = ", ".join(visible(name, 40) for name in row if name not in COLUMNS)
            self._damage(f"was written by a newer version of ecocsme (columns {further})", 1, "install the newer version")
        else:
            self._damage("does not begin with the header of a notes file", 1)
        return False

    def _take(self, row: list[str], line: int) -> None:
        if len(row) != len(COLUMNS):
            self._damage(f"has {len(row)} values where {len(COLUMNS)} are expected", line)
            return
        row[-1], slash, count = row[-1].partition("/")
        note = Note(*row)
        if parts(note.id) is None:
            self._damage(f"{visible(note.id)} is no ID of a note", line)
            return
        if slash:
            self.counts.append((len(self.notes) + 1, count))
        if note.seal != seal_of(note):
            self.changed.append(len(self.notes))
        self.notes.append(note)
        self.lines.append(line)

    def _end(self, line: int) -> None:
        """Compare the number of notes with what the last line says."""
        if self.damages:
            return
        if not self.text.endswith("\n"):
            self._damage("is cut off in its last line", line)
        elif not self.counts:
            self._damage("is cut off: the last lines are missing", line)
        elif self.counts != [(len(self.notes), str(len(self.notes)))]:
            said = visible(self.counts[0][1], 20)
            self._damage(f"has {len(self.notes)} notes where {said} were written: lines were lost, doubled or moved", line)

    def _changed(self) -> Iterator[Problem]:
        """Name the notes that were altered after their import."""
        by = " (a spreadsheet program has saved the file again)" if self.resaved else ""
        cure = f"take the change back or {_RESTORE}; to correct an answer, correct its sheet and import it again"
        for index in self.changed[:_NAMED]:
            message = f"the note {visible(self.notes[index].id)} was changed since it was imported{by}"
            yield Problem(self.shown, message, cure, self.lines[index], code=CHANGED)
        if len(self.changed) > _NAMED:
            line = self.lines[self.changed[_NAMED]]
            yield Problem(self.shown, f"{len(self.changed) - _NAMED} further notes were changed{by}", cure, line, code=CHANGED)


def _bare(row: list[str]) -> tuple[str, ...]:
    return tuple(value.strip('"') for value in row)
