"""Checks of the notes: undamaged, unchanged, told apart, and true to their event and their sheets."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from ecocsme.errors import InvalidFile, Problem, check, visible
from ecocsme.event.model import Event
from ecocsme.files.models import FromFile
from ecocsme.files.text import digest
from ecocsme.notes import forgotten, naming
from ecocsme.notes.mapping import Mappings
from ecocsme.notes.mapping_faults import mapping_faults
from ecocsme.notes.model import Note
from ecocsme.notes.sealed_lines import CHANGED
from ecocsme.notes.store import NotesFile, NotesRead
from ecocsme.project.folder import Folder, entry


@check("notes-file", "a notes file that is damaged, cut off, merged by halves, or not one at all")
def notes_file(notes: NotesRead) -> Iterator[Problem]:
    """Name every damage of a notes file."""
    yield from (problem for problem in notes.problems if problem.code != CHANGED)


@check("note-changed", "a note that was changed since it was imported")
def note_changed(notes: NotesRead) -> Iterator[Problem]:
    """Name every note whose seal is not that of its text."""
    yield from (problem for problem in notes.problems if problem.code == CHANGED)


@check("note-id", "two notes with one ID, as a merge of two copies of the folder may leave them")
def note_id(notes: NotesRead) -> Iterator[Problem]:
    """Name the IDs that were given twice, with both places, once for each two files."""
    first: dict[str, tuple[str, int]] = {}
    twice: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for note, file, line in notes.placed():
        if note.id in first:
            twice.setdefault((file, first[note.id][0]), []).append((note.id, line))
        first.setdefault(note.id, (file, line))
    for (file, other), ((name, line), *further) in twice.items():
        message = f"the ID {name} stands at {other}:{first[name][1]}, too"
        many = f", and {len(further)} further IDs of this file stand there" if further else ""
        cure = "keep one of the two notes files, remove the other one, and import its sheet again"
        yield Problem(file, message + many, cure, line)


@check("note-origin", "notes of an event or a question that does not exist")
def note_origin(notes: NotesRead, events: Mapping[str, FromFile[Event]]) -> Iterator[Problem]:
    """Name notes in the folder of another event, and questions that notes answer but event.yaml does not ask."""
    for file in notes.files:
        said: set[tuple[str, str]] = set()
        for note, line in zip(file.notes, file.lines, strict=True):
            if (note.event, note.question) in said:
                continue
            said.add((note.event, note.question))
            if note.event != file.event:
                message = f"these notes belong to the event {visible(note.event)}, but lie in the folder {visible(file.event)}"
                yield Problem(file.shown, message, "give the folder its name back, or move the file", line)
            elif file.event in events and events[file.event].value.question(note.question) is None:
                count = sum(other.question == note.question for other in file.notes)
                message = f"{count} notes answer the question {visible(note.question)}, which event.yaml does not have"
                yield Problem(file.shown, message, f"put the question back into {events[file.event].file}", line)


@check("note-sheet", "a sheet that is missing, or that changed since its notes were made")
def note_sheet(folder: Folder, notes: NotesRead) -> Iterator[Problem]:
    """Compare the sheets with the hashes that the notes keep; sheets are private, so a missing one is a warning."""
    for file in notes.files:
        sheets = folder.sheets(file.event)
        if not sheets.is_dir():
            continue
        said: set[tuple[str, str]] = set()
        gone = forgotten.load(folder, file.event).sheets
        for note, line in zip(file.notes, file.lines, strict=True):
            if (note.sheet, note.sheet_sha256) not in said and note.sheet_sha256 not in gone:
                said.add((note.sheet, note.sheet_sha256))
                yield from _compared(file, line, sheets, note)
    for event in dict.fromkeys(file.event for file in notes.files):
        if not folder.sheets(event).is_dir():
            cure = "ask whoever imported them for the folder, or import the sheets again"
            yield Problem(folder.shown(folder.sheets(event)), "the sheets of this event are not here", cure, severity="warning")


def _compared(file: NotesFile, line: int, sheets: Path, note: Note) -> Iterator[Problem]:
    name, path = visible(note.sheet), entry(sheets, note.sheet)
    if path.parent != sheets or not path.is_file():
        cure = "put it back, or import it again: nothing but the copy will be written"
        yield Problem(file.shown, f"the sheet {name} is missing in sheets/", cure, line, severity="warning")
        return
    try:
        same = digest(path, f"sheets/{note.sheet}") == note.sheet_sha256
    except InvalidFile as refused:
        yield from refused.problems
        return
    if not same:
        cure = "put the sheet back as it was received; import what you changed as its correction (--replaces)"
        yield Problem(file.shown, f"the sheet {name} was changed since its notes were made", cure, line)


@check("sheet-not-imported", "a file among the sheets that no notes file names")
def sheet_not_imported(folder: Folder, notes: NotesRead) -> Iterator[Problem]:
    """Name the files in sheets/ that have given no notes."""
    for event in folder.events():
        files = [file for file in notes.files if file.event == event]
        for path in sorted(folder.sheets(event).iterdir()) if folder.sheets(event).is_dir() else ():
            if not naming.junk(path.name) and not path.name.startswith(".") and not any(_names(file, path.name) for file in files):
                shown = folder.shown(path)
                named = f'"{visible(shown)}"' if " " in shown else visible(shown)
                yield Problem(shown, "is not imported yet", f"run `ecocsme import-notes {event} {named}`", severity="warning")


def _names(file: NotesFile, name: str) -> bool:
    """Whether a notes file names a sheet, or an earlier version of one."""
    named = {note.sheet for note in file.notes} or {file.sheet}
    name = unicodedata.normalize("NFC", name)
    number = naming.version_number(file.sheet, name)
    newest = max((naming.version_number(file.sheet, sheet) or 1 for sheet in named), default=1)
    return name in named or (number is not None and number <= newest)


@check("mapping", "a mapping that names a question or a column wrongly, or the same headers twice")
def mapping(mappings: Mapping[str, FromFile[Mappings]], events: Mapping[str, FromFile[Event]]) -> Iterator[Problem]:
    """Name questions that event.yaml does not ask, columns that hold two things, and headers that stand twice."""
    for event, source in mappings.items():
        if event in events:
            yield from mapping_faults(source, events[event])


CHECKS = (notes_file, note_changed, note_id, note_origin, note_sheet, sheet_not_imported, mapping)
