"""decisions.csv: what people decided, one line each, only ever appended to."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import os
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date
from typing import Literal, get_args

from ecocsme.errors import EcocsmeError, InvalidFile, Problem, visible
from ecocsme.files import text as text_file
from ecocsme.files.values import MAX_TEXT
from ecocsme.files.writing import MAX_CHANGED, change
from ecocsme.notes.model import Note
from ecocsme.project.folder import Folder

NAME = "decisions.csv"
Do = Literal["assign", "unassign", "leave-out"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: who put which note into which theme, took it out, or left it out, when and why."""

    when: date
    who: str
    do: Do
    subject: str
    target: str
    why: str
    text_sha256: str


HEADER = tuple(field.name for field in fields(Decision))


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which notes belong to which theme, and which are left out of everything that is published."""

    members: Mapping[str, tuple[str, ...]]
    left_out: frozenset[str]

    def themes_of(self, note_id: str) -> tuple[str, ...]:
        """The themes of a note."""
        return tuple(theme for theme, notes in self.members.items() if note_id in notes)


def fingerprint(text: str) -> str:
    """The hash of a note's text, so that a decision about a text that changed later is found."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def grouping(decisions: Iterable[Decision]) -> Grouping:
    """Apply the decisions in their order; the later one wins."""
    members: dict[str, dict[str, None]] = {}
    left_out: set[str] = set()
    for decision in decisions:
        if decision.do == "assign":
            members.setdefault(decision.target, {})[decision.subject] = None
            left_out.discard(decision.subject)
        elif decision.do == "unassign":
            members.get(decision.target, {}).pop(decision.subject, None)
        else:
            left_out.add(decision.subject)
            for notes in members.values():
                notes.pop(decision.subject, None)
    return Grouping({theme: tuple(notes) for theme, notes in members.items()}, frozenset(left_out))


def load(folder: Folder) -> tuple[tuple[Decision, ...], tuple[int, ...]]:
    """Read all decisions and the line of each; raise InvalidFile with every line that is none."""
    path = folder.root / NAME
    if not os.path.lexists(path):
        return (), ()
    return _read(text_file.read_bytes(path, NAME, limit=MAX_CHANGED))


def append(folder: Folder, *decisions: Decision) -> None:
    """Append decisions, all or none; raise an error of ours if the file is not ours to append to."""
    _refuse_unreadable(decisions)
    lines = "".join(_line(astuple(decision)) for decision in decisions).encode()
    change(folder.root, NAME, lambda before: _with(before, lines))


def new(note: Note, do: Do, *, theme: str, who: str, why: str, when: date) -> Decision:
    """A decision about a note as it reads now."""
    return Decision(when, who, do, note.id, theme, why, fingerprint(note.text))


def _with(before: bytes | None, lines: bytes) -> bytes:
    """The file with further lines; a damaged one is refused."""
    if not before or before == codecs.BOM_UTF8:
        return _line(HEADER).encode() + lines
    _read(before)
    return before + lines


def _read(data: bytes) -> tuple[tuple[Decision, ...], tuple[int, ...]]:
    text = _text(data)
    decisions, lines, problems = [], [], []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for row in reader:
            line, start = start, reader.line_num + 1
            if line == 1:
                _refuse_header(row)
                continue
            if row:
                try:
                    decisions.append(_decision(row))
                    lines.append(line)
                except ValueError as error:
                    problems.append(Problem(NAME, str(error), "correct the line, or take it back with a new decision", line))
    except csv.Error as error:
        problems.append(Problem(NAME, f"is no CSV from here on ({error})", "restore it from a copy", start))
    if problems:
        raise InvalidFile(problems)
    return tuple(decisions), tuple(lines)


def _text(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # it could be read, but a line in UTF-8 at its end could not
        raise InvalidFile([Problem(NAME, "is not saved as UTF-8", "save the file as UTF-8 (in Notepad: Save as, Encoding: UTF-8)")])
    text = text_file.decode(data, NAME)
    if "\0" in text:
        raise InvalidFile([Problem(NAME, "holds a zero byte", "restore it from a copy", text.count("\n", 0, text.index("\0")) + 1)])
    _refuse_torn(text)
    return text


def _refuse_unreadable(decisions: Iterable[Decision]) -> None:
    """Refuse what could be written but not read again, as damaged arguments of a command are."""
    for decision in decisions:
        for name, value in zip(HEADER, astuple(decision), strict=True):
            text = str(value)
            if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
                raise EcocsmeError(f"{name}: {visible(text, 60)} holds a character that no text file can hold; type it again")
            if len(text) > MAX_TEXT:
                raise EcocsmeError(f"{name}: has {len(text)} characters; shorten it to at most {MAX_TEXT}")


def _line(values: Iterable[object]) -> str:
    """One line of CSV; a lone carriage return is quoted as well, which the csv module does not do."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([str(value) for value in values])
    return stream.getvalue().removesuffix("\r\n") + "\n"


def _refuse_torn(text: str) -> None:
    if text and not text.endswith(("\n", "\r")):
        line = text.count("\n") + 1
        raise InvalidFile([Problem(NAME, "the last line is cut off", "complete or remove it; nothing is appended until then", line)])
    for number, line_text in enumerate(text.split("\n"), 1):
        if line_text.startswith(("<<<<<<< ", ">>>>>>> ")):
            raise InvalidFile([Problem(NAME, "unresolved merge", "keep the lines of both sides and remove the marks of git", number)])


def _refuse_header(row: list[str]) -> None:
    if tuple(row) != HEADER:
        raise InvalidFile([Problem(NAME, f"the first line is not {','.join(HEADER)}", "restore it from a copy", 1)])


def _decision(row: list[str]) -> Decision:
    if len(row) != len(HEADER):
        raise ValueError(f"has {len(row)} values where {len(HEADER)} are expected")
    when, who, do, subject, target, why, sha = row
    known: tuple[Do, ...] = get_args(Do)
    meant = next((name for name in known if name == do), None)
    if meant is None:
        raise ValueError(f"{visible(do, 60)} is no decision (known: {', '.join(known)})")
    try:
        day = date.fromisoformat(when)
    except ValueError:
        raise ValueError(f"{visible(when, 60)} is no date such as 2020-11-02") from None
    return Decision(day, who, meant, subject, target, why, sha)
