"""Take an import back: its notes stay where they are, withdrawn; importing the same bytes lets them stand again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ecocsme.errors import Ambiguous, EcocsmeError, InvalidFile, UnknownName, visible
from ecocsme.files import writing
from ecocsme.files.locking import held
from ecocsme.notes import store
from ecocsme.notes.kept import Kept
from ecocsme.notes.model import Note
from ecocsme.notes.numbering import withdrawn
from ecocsme.notes.store import NotesFile
from ecocsme.project.folder import Folder


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An import that is taken back: its event, its sheet, its notes file, and the notes that are withdrawn."""

    event: str
    sheet: str
    file: str
    notes: tuple[Note, ...]


def foresee(folder: Folder, sheet: str) -> TakenBack:
    """What `withdraw` would take back; raise UnknownName or Ambiguous where it is not clear which sheet is meant."""
    found = [file for event in folder.events() for file in _sound(folder, event) if _is(file, sheet)]
    if not found:
        known = [f"{file.event}/{file.sheet}" for event in folder.events() for file in _sound(folder, event)]
        raise UnknownName("imported sheet", sheet, known)
    if len(found) > 1:
        raise Ambiguous(f"{visible(sheet)}: several events have it; say {' or '.join(visible(f'{f.event}/{f.sheet}') for f in found)}")
    (file,) = found
    current = Kept(file.sheet, file.notes).current
    if not current:
        raise EcocsmeError(f"{visible(sheet)}: was taken back before; import it again if its notes are to stand again")
    return TakenBack(file.event, file.sheet, file.shown, current)


def withdraw(folder: Folder, sheet: str) -> TakenBack:
    """Withdraw all notes of a sheet; raise an error of ours where it is not known or its notes file is damaged."""
    with held(folder.event_folder(foresee(folder, sheet).event)):
        taken = foresee(folder, sheet)
        (file,) = [one for one in _sound(folder, taken.event) if one.shown == taken.file]
        notes = [withdrawn(note) if note.state == "current" else note for note in file.notes]
        writing.publish(folder.root, {file.shown: store.serialise(notes)}, may_replace=[file.shown])
    return taken


def _sound(folder: Folder, event: str) -> Iterator[NotesFile]:
    """The notes files of an event; a damaged one is not touched."""
    read = store.load_event(folder, event)
    errors = [problem for problem in read.problems if problem.severity == "error"]
    if errors:
        raise InvalidFile(errors)
    yield from read.files


def _is(file: NotesFile, name: str) -> bool:
    """Whether a sheet is meant by its name, its event and its name, or the path of its copy or its notes."""
    if not file.notes:
        return False
    plain = name.replace("\\", "/").removeprefix("./").removeprefix("events/")
    for between in ("/sheets/", "/notes/", "/"):
        event, found, rest = plain.partition(between)
        if found and event == file.event:
            plain = rest.removesuffix(".csv") if between == "/notes/" else rest
            break
    return Kept(file.sheet, file.notes).goes_by(plain)
