"""decisions.csv: what people decided, one line each, only ever appended to, and what it comes to."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import date

from ecocsme.errors import EcocsmeError, Problem, visible
from ecocsme.files import own_csv
from ecocsme.files import text as text_file
from ecocsme.files.values import MAX_TEXT
from ecocsme.files.writing import MAX_CHANGED, change
from ecocsme.notes.model import Note
from ecocsme.project.folder import Folder
from ecocsme.themes import decision_lines
from ecocsme.themes.decision import HEADER, NAME, Decision, Do, fingerprint
from ecocsme.themes.decision_lines import Lines

__all__ = ["HEADER", "NAME", "Decision", "Do", "Grouping", "append", "cautions", "fingerprint", "grouping", "load", "new"]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which notes belong to which theme, and which are left out of everything that is published."""

    members: Mapping[str, tuple[str, ...]]
    left_out: frozenset[str]


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
    read = _read(folder)
    return (tuple(read.decisions), tuple(read.lines)) if read else ((), ())


def cautions(folder: Folder) -> tuple[Problem, ...]:
    """What a spreadsheet program did to the file, as warnings; raise InvalidFile where it cannot be read."""
    read = _read(folder)
    return tuple(read.cautions()) if read else ()


def append(folder: Folder, *decisions: Decision) -> None:
    """Append decisions, all or none; raise an error of ours if the file is not ours to append to."""
    _refuse_unreadable(decisions)
    change(folder.root, NAME, lambda before: _with(before, decisions, _languages(folder)))


def new(note: Note, do: Do, *, theme: str, who: str, why: str, when: date) -> Decision:
    """A decision about a note as it reads now."""
    return Decision(when, who, do, note.id, theme, why, fingerprint(note.text))


def _with(before: bytes | None, decisions: tuple[Decision, ...], languages: tuple[str, ...]) -> bytes:
    """The file with further lines; a damaged one is refused."""
    if not before or before == codecs.BOM_UTF8:
        return (own_csv.line(HEADER) + decision_lines.written(decisions)).encode()
    return decision_lines.read(before, languages).with_more(before, decisions)


def _read(folder: Folder) -> Lines | None:
    path = folder.root / NAME
    if not os.path.lexists(path):
        return None
    data = text_file.read_bytes(path, NAME, limit=MAX_CHANGED)
    return decision_lines.read(data, _languages(folder)) if data else None


def _languages(folder: Folder) -> tuple[str, ...]:
    """The languages by whose letters an old encoding is judged, English last: it has no letters of its own."""
    return tuple(sorted(folder.languages, key=lambda lang: (lang == "en", lang)))


def _refuse_unreadable(decisions: Iterable[Decision]) -> None:
    """Refuse what could be written but not read again, as damaged arguments of a command are."""
    for decision in decisions:
        for name, value in zip(HEADER, astuple(decision), strict=True):
            text = str(value)
            if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
                raise EcocsmeError(f"{name}: {visible(text, 60)} holds a character that no text file can hold; type it again")
            if len(text) > MAX_TEXT:
                raise EcocsmeError(f"{name}: has {len(text)} characters; shorten it to at most {MAX_TEXT}")
