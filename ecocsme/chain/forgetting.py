"""A person is forgotten: notes, decisions, rows of lists and of the copies of sheets go, all or nothing; a stone stays."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from ecocsme.chain import mentions
from ecocsme.chain.forgetting_lists import called, lists_without, participants
from ecocsme.chain.forgetting_sheets import Sheets
from ecocsme.errors import Ambiguous, InvalidFile, Problem, UnknownName, visible
from ecocsme.files import writing
from ecocsme.files.locking import held
from ecocsme.notes import forgotten, store
from ecocsme.notes.matching import respondent_of
from ecocsme.notes.model import Note, parts
from ecocsme.notes.splitting import with_ideas
from ecocsme.project.folder import Folder


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What goes: the notes, how many lines of lists and decisions, the files that change; what names the person elsewhere."""

    notes: tuple[Note, ...]
    lines: int
    files: dict[str, bytes | None] = field(default_factory=dict)
    rewritten: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    elsewhere: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Meant:
    """Who and what is to be forgotten in one event: respondents and participants, and single notes."""

    persons: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)

    def has(self, note: Note) -> bool:
        return note.id in self.notes or (bool(note.respondent) and note.respondent in self.persons)


def foresee(folder: Folder, names: Sequence[str]) -> Forgetting:
    """What `forget` would do; raise UnknownName or Ambiguous where it is not clear who is meant."""
    read = store.load(folder)
    errors = [problem for problem in read.problems if problem.severity == "error"]
    if errors:
        raise InvalidFile(errors)
    gone: list[Note] = []
    files: dict[str, bytes | None] = {}
    removed: list[str] = []
    rewritten: list[str] = []
    lines = 0
    named: set[str] = set()
    for event, meant in _meant(folder, names, read.notes).items():
        theirs = [note for file in read.files if file.event == event for note in file.notes if meant.has(note)]
        sheets = Sheets(folder, event, frozenset(note.id for note in theirs), frozenset(meant.persons))
        for file in read.files:
            if file.event == event and any(map(meant.has, file.notes)):
                sheets.forget(file)
        files |= sheets.files
        if theirs:
            files[forgotten.name(event)] = forgotten.written((*forgotten.load(folder, event).stones, *sheets.stones))
        removed += sheets.removed
        rewritten += sheets.rewritten
        gone += theirs
        named |= called(folder, event, meant.persons)
        lists, count = lists_without(folder, event, meant.persons)
        files |= lists
        lines += count
    decided, count = mentions.decisions_without(folder, frozenset(note.id for note in gone))
    files |= decided
    elsewhere = mentions.elsewhere(folder, gone, read.notes, files, named)
    return Forgetting(tuple(gone), lines + count, files, tuple(rewritten), tuple(removed), elsewhere)


def forget(folder: Folder, names: Sequence[str]) -> Forgetting:
    """Forget persons or single notes, all or nothing; return what went and what still names them."""
    events = sorted({note.event for note in foresee(folder, names).notes})
    with ExitStack() as locks:
        for event in events:
            locks.enter_context(held(folder.event_folder(event)))
        done = foresee(folder, names)
        writing.publish(folder.root, done.files, may_replace=done.files)
    return done


def _meant(folder: Folder, names: Sequence[str], notes: Sequence[Note]) -> dict[str, _Meant]:
    """Tell persons from notes, and bring together what belongs to one event."""
    found: dict[str, _Meant] = {}
    ids = {note.id for note in notes}
    for name in names:
        known = parts(name)
        if known and name in ids:
            found.setdefault(known[0], _Meant()).notes.update(with_ideas(with_ideas({name}, notes), notes))  # all of its cell
        else:
            event, person = _person(folder, name, notes)
            found.setdefault(event, _Meant()).persons.add(person)
    return found


def _person(folder: Folder, name: str, notes: Sequence[Note]) -> tuple[str, str]:
    event, _, typed = name.rpartition("/")
    person = respondent_of(typed) or typed
    known = {(note.event, note.respondent) for note in notes if note.respondent}
    known |= {(one, row) for one in folder.events() for row in participants(folder, one)}
    of = sorted({one for one, respondent in known if respondent == person and event in ("", one)})
    if not of:
        listed = [f"{one}/{respondent}" for one, respondent in sorted(known)]
        raise UnknownName("respondent, participant or note", name, [*listed, *(note.id for note in notes)])
    if len(of) > 1:
        raise Ambiguous(f"{visible(name)}: several events have one; say {' or '.join(f'{one}/{person}' for one in of)}")
    return of[0], person
