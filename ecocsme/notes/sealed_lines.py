"""The lines of one notes file: which notes they hold, which were changed, and what is wrong with the file.

A file that a spreadsheet program has saved again is read as well: the seal of each note proves that it is the same.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from ecocsme.errors import Problem, visible
from ecocsme.files import own_csv
from ecocsme.files.own_csv import Form
from ecocsme.notes.model import COLUMNS, Note, parts, seal_of, values
from ecocsme.notes.proving import Prover

DAMAGED, CHANGED = "notes-file", "note-changed"  # the codes of problems: the file cannot be relied on, a note was altered
RESTORE = "restore the file from a copy (git, a backup)"
_NAMED = 20  # changed notes that are named one by one
_MERGE = re.compile(r"^(<<<<<<< |>>>>>>> )", re.MULTILINE)


def damage(shown: str, message: str, line: int | None, cure: str = RESTORE) -> Problem:
    """A damage of a notes file."""
    return Problem(shown, message, cure, line, code=DAMAGED)


class Reading:
    """Reads one notes file, top to bottom, and gathers what is wrong with it."""

    def __init__(self, shown: str, text: str, encoding: str, *, resaved: bool) -> None:
        """Find out how the file is saved; `resaved` says that marks or line ends are not ours."""
        delimiter = own_csv.delimiter_of(text, COLUMNS)
        self.form = Form(delimiter or ",", encoding)
        self.shown = shown
        self.text = text
        self.resaved = resaved or not self.form.ours
        self._prover = Prover()
        self.notes: list[Note] = []
        self.lines: list[int] = []
        self.damages: list[Problem] = []
        self.changed: list[int] = []
        self.counts: list[tuple[int, str]] = []
        self.undone = 0

    def read(self) -> None:
        """Read all lines that can be read; the csv module decides what a line is."""
        with own_csv.long_values():
            self._read()

    def _read(self) -> None:
        reader = csv.reader(io.StringIO(self.text, newline="\n"), delimiter=self.form.delimiter, strict=True)
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
        self._end(max(1, line - 1))

    @property
    def proved(self) -> int:
        """How many notes are what their seals say."""
        return len(self.notes) - len(self.changed)

    @property
    def trusted(self) -> bool:
        """Whether the encoding is certain: it is Unicode, or a note with letters of it is what its seal says."""
        if self.form.encoding.startswith("utf-"):
            return self.proved > 0
        changed = set(self.changed)
        lettered = (index for index, note in enumerate(self.notes) if not "".join(values(note)).isascii())
        return any(index not in changed for index in lettered)

    def all_problems(self) -> tuple[Problem, ...]:
        """The damages and the changed notes; marks of an unresolved merge explain all others."""
        damages = [*self._saved_again(), *self.damages, *self._changed()]
        merge = _MERGE.search(self.text) if damages else None
        if merge is None:
            return tuple(damages)
        line = self.text.count("\n", 0, merge.start()) + 1
        return (damage(self.shown, "unresolved merge", line, "keep one side whole and remove the marks of git"),)

    def _damage(self, message: str, line: int | None, cure: str = RESTORE) -> None:
        self.damages.append(damage(self.shown, message, line, cure))

    def _header(self, row: list[str]) -> bool:
        if tuple(own_csv.trimmed(row, len(COLUMNS))) == COLUMNS:
            return True
        if set(COLUMNS) < set(row):
            further = ", ".join(visible(name, 40) for name in row if name not in COLUMNS)
            self._damage(f"was written by a newer version of ecocsme (columns {further})", 1, "install the newer version")
        else:
            self._damage("does not begin with the header of a notes file", 1)
        return False

    def _saved_again(self) -> Iterator[Problem]:
        """Say that a spreadsheet program was here, where that needs saying; how much is proved all the same."""
        if (self.form.ours and not self.undone) or not self.proved:
            return
        signs = (*self.form.signs, *([f"letters or line ends of {self.undone} notes were changed"] if self.undone else ()))
        proved = "every note as it was" if not self.changed else f"{self.proved} of {len(self.notes)} notes as they were"
        message = f"was saved again by a spreadsheet program ({', '.join(signs)}); the seals prove {proved}"
        cure = "they are read all the same; open a copy the next time, never this file"
        yield Problem(self.shown, message, cure, severity="warning", code=DAMAGED)

    def _take(self, row: list[str], line: int) -> None:
        if self.resaved:
            row = own_csv.trimmed(row, len(COLUMNS))
            if not any(row):
                return  # a spreadsheet program writes lines that hold nothing
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
        proved = note if note.seal == seal_of(note) else (self._prover.prove(note) if self.resaved else None)
        self.undone += proved is not None and proved != note
        if proved is None:
            self.changed.append(len(self.notes))
        self.notes.append(proved or note)
        self.lines.append(line)

    def _end(self, line: int) -> None:
        """Compare the number of notes with what the last line says."""
        if self.damages:
            return
        whole = self.counts == [(len(self.notes), str(len(self.notes)))]
        if not self.text.endswith("\n") and not (self.resaved and whole):
            self._damage("is cut off in its last line", line)
        elif not self.counts:
            self._damage("is cut off: the last lines are missing", line)
        elif not whole:
            said = visible(self.counts[0][1], 20)
            self._damage(f"has {len(self.notes)} notes where {said} were written: lines were lost, doubled or moved", line)

    def _changed(self) -> Iterator[Problem]:
        """Name the notes that were altered after their import."""
        by = " (a spreadsheet program has saved the file again)" if self.resaved else ""
        cure = f"take the change back or {RESTORE}; to correct an answer, correct its sheet and import it again"
        for index in self.changed[:_NAMED]:
            message = f"the note {visible(self.notes[index].id)} was changed since it was imported{by}"
            yield Problem(self.shown, message, cure, self.lines[index], code=CHANGED)
        if len(self.changed) > _NAMED:
            line = self.lines[self.changed[_NAMED]]
            yield Problem(self.shown, f"{len(self.changed) - _NAMED} further notes were changed{by}", cure, line, code=CHANGED)
