"""The files that are to be imported: gathered from folders, read once, refused all together."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ecocsme.errors import InvalidFile, Problem, UnreadableSheet
from ecocsme.event.model import Event
from ecocsme.files.text import read_bytes
from ecocsme.language import words as words_file
from ecocsme.notes import answers, directing, mapping, naming, profiles, readers
from ecocsme.notes.answers import Answers
from ecocsme.notes.grid import Hints, Sheet
from ecocsme.notes.matching import Known, knowledge, synonyms
from ecocsme.notes.store import MAX_SHEET
from ecocsme.notes.wishes import NOTHING, UNSAID, Said, Wishes
from ecocsme.project import model as project_model
from ecocsme.project.folder import Folder

Progress = Callable[[str, int, int], None]
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file that is to be imported; `answers` is None where its bytes are known already."""

    shown: str
    name: str
    data: bytes
    sha256: str
    answers: Answers | None


@dataclass(frozen=True, slots=True)
class Eyes:
    """All that is needed to read the sheets of an event."""

    known: Known
    hints: Hints
    wishes: Wishes = NOTHING


def eyes(folder: Folder, event: Event, encoding: str | None, delimiter: str | None, said: Said = UNSAID) -> Eyes:
    """Gather what helps to read the sheets of an event: its questions, languages and mappings, and the words of all languages."""
    languages = event.languages or project_model.load(folder).value.languages
    known = knowledge(event, _synonyms(folder, languages), profiles.load(folder.shelves))
    wishes = said.wishes(known.ids, mapping.load(folder, event.id), encoding, delimiter)
    hints = known.hints(languages, encoding, delimiter)
    return Eyes(known, replace(hints, knows=wishes.knows(hints.knows), only=wishes.every() or hints.only), wishes)


def gather(folder: Folder, paths: Sequence[Path]) -> tuple[list[tuple[Path, str]], list[str]]:
    """Let folders stand for their files; return the files with the names that messages use, and what is passed over."""
    found: dict[Path, str] = {}
    skipped: list[str] = []
    empty: list[Problem] = []
    for path in paths:
        shown = _shown(folder, path)
        inside = [(file, _shown(folder, file)) for file in _inside(path, shown)] if os.path.isdir(path) else [(path, shown)]
        passed = [name for file, name in inside if naming.junk(file.name) or (file != path and _hidden(file.name))]
        skipped += passed
        found.update((file, name) for file, name in inside if name not in passed)
        if len(passed) == len(inside):
            empty.append(Problem(shown, "is no sheet and holds none", "name the sheets, or the folder that holds them"))
    if empty:
        raise InvalidFile(empty)
    return list(found.items()), skipped


def read_all(
    files: Sequence[tuple[Path, str]], seen: Eyes, known: Collection[str], progress: Progress | None = None
) -> tuple[Incoming, ...]:
    """Read every file before anything is written; raise one error with the problems of all that are refused.

    Files whose hash is in `known` are not read again.
    """
    read: list[Incoming] = []
    problems: list[Problem] = []
    unreadable = True
    for number, (path, shown) in enumerate(files, 1):
        if progress:
            progress(shown, number, len(files))
        try:
            read.append(_read(path, shown, seen, known))
        except InvalidFile as refused:
            problems += refused.problems
            unreadable = unreadable and isinstance(refused, UnreadableSheet)
    if problems:
        raise UnreadableSheet(problems) if unreadable else InvalidFile(problems)
    return tuple(read)


def _read(path: Path, shown: str, seen: Eyes, known: Collection[str]) -> Incoming:
    data = read_bytes(path, shown, limit=MAX_SHEET)
    digest = hashlib.sha256(data).hexdigest()
    if digest in known:
        return Incoming(shown, path.name, data, digest, None)
    name = naming.kept_name(path.name, shown)
    found = found_in(data, shown, seen)
    _refuse_halves(found, shown)
    return Incoming(shown, name, data, digest, found)


def found_in(data: bytes, shown: str, seen: Eyes) -> Answers:
    """What the bytes of a sheet come to; raise UnreadableSheet where they are refused."""
    return answers.answers(_sheet(data, shown, seen), seen.known, shown, seen.wishes)


def _sheet(data: bytes, shown: str, seen: Eyes) -> Sheet:
    """Read a sheet; where an earlier one with these headers needed an encoding or a delimiter, read it in the same way."""
    for saved in seen.wishes.saved if not (seen.hints.encoding or seen.hints.delimiter) else ():
        if saved.encoding or saved.delimiter:
            try:
                sheet = readers.read(data, shown, replace(seen.hints, encoding=saved.encoding, delimiter=saved.delimiter))
            except UnreadableSheet:
                continue
            if any(directing.fits(saved, grid, seen.known) for grid in sheet.grids):
                return sheet
    return readers.read(data, shown, seen.hints)


def _refuse_halves(found: Answers, shown: str) -> None:
    """A workbook may hold half a character, which no file in UTF-8 can keep."""
    for draft in found.drafts:
        if _HALF.search(draft.text) or _HALF.search(draft.tab):
            cure = "type the answer again in that cell"
            raise UnreadableSheet([Problem(shown, "holds half a character", cure, field=draft.cell, code="sheet")])


def _hidden(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"


def _inside(folder: Path, shown: str) -> Iterator[Path]:
    """All files below a folder, in the order of their names; hidden folders and links to folders stand for themselves."""

    def refuse(error: OSError) -> None:
        cure = "ask for the right to read it, or name the files one by one"
        raise InvalidFile([Problem(shown, f"cannot be read whole ({error.strerror})", cure)])

    for here, folders, names in os.walk(folder, onerror=refuse):
        closed = {name for name in folders if _hidden(name) or os.path.islink(os.path.join(here, name))}
        folders[:] = sorted(set(folders) - closed)
        yield from (Path(here) / name for name in sorted({*names, *closed}))


def _shown(folder: Folder, path: Path) -> str:
    """The name in messages: relative to the project where the file lies in it, else as it was given."""
    whole = Path(os.path.abspath(path))
    return folder.shown(whole) if folder.root in whole.parents else path.as_posix()


def _synonyms(folder: Folder, languages: Sequence[str]) -> dict[str, list[str]]:
    """What columns are called, in every language; where two languages use one word differently, the event's count."""
    ordered = dict.fromkeys((*(one for one in languages if one in folder.languages), *sorted(folder.languages)))
    return synonyms(words_file.load(folder.shelves, lang) for lang in ordered)
