"""What else names a person who is forgotten: plans, built documents, what was sent, files that nobody imported."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple
from html import unescape
from pathlib import Path

from ecocsme.chain.forgetting_lists import grouping_without
from ecocsme.errors import Problem
from ecocsme.files import own_csv
from ecocsme.language.letters import verbatim
from ecocsme.notes.model import Note
from ecocsme.project.folder import Folder
from ecocsme.themes import decisions as decisions_file

_LONG = 12  # letters from which a text is looked for: `da` stands everywhere
_MOST = 50_000_000
_BREAKS = re.compile(r"</[aw]:p>|<w:(?:br|cr|tab)\b[^>]*>")
_CURES = {
    "out": "build it again with `ecocsme build`",
    "archive": "it was sent as it is: decide whether it has to be called back, and remove it",
    "plans": "take it out, and rest the action on other evidence",
}


def decisions_without(folder: Folder, gone: Collection[str]) -> tuple[dict[str, bytes | None], int]:
    """decisions.csv and grouping.csv without these notes, and how many lines went."""
    made, _ = decisions_file.load(folder)
    kept = [decision for decision in made if decision.subject not in gone]
    files: dict[str, bytes | None] = {name: data for name, data, _ in grouping_without(folder, gone)}
    count = sum(number for _, _, number in grouping_without(folder, gone))
    if len(kept) < len(made):
        lines = (decisions_file.HEADER, *(astuple(decision) for decision in kept))
        files[decisions_file.NAME] = "".join(own_csv.line(line) for line in lines).encode()
    return files, count + len(made) - len(kept)


def elsewhere(
    folder: Folder, gone: Sequence[Note], notes: Sequence[Note], written: Collection[str], called: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Every other file of the project that names a person or one of the notes, or holds the words of one; none of it is repeated.

    `called` are the names and addresses of the persons.
    """
    ids = {note.id for note in gone}
    others = {verbatim(note.text) for note in notes if note.id not in ids}
    texts = {verbatim(note.text) for note in gone if len(note.text) >= _LONG} - others
    persons = [re.compile(rf"(?<!\w){re.escape(verbatim(name))}(?!\w)") for name in called]
    found = (problem for path in _files(folder.root) for problem in _named(folder, path, ids, texts, persons))
    return tuple(problem for problem in found if problem.file not in written)


def _named(
    folder: Folder, path: Path, ids: Collection[str], texts: Collection[str], persons: Collection[re.Pattern[str]]
) -> Iterator[Problem]:
    shown = folder.shown(path)
    if path.stat().st_size > _MOST:
        message, cure = f"was not looked through: it has more than {_MOST // 1_000_000} MB", "see whether it names the person"
        yield Problem(shown, message, cure, severity="warning", code="mention")
        return
    text = _text(path)
    names = sum(re.search(re.escape(name) + r"(?!\d)", text) is not None for name in ids)
    words = sum(one in text for one in texts)
    person = any(one.search(text) for one in persons)
    if names or words or person:
        said = [f"names {names} of the forgotten notes"] * bool(names) + [f"holds the words of {words} of them"] * bool(words)
        said += ["holds the name or the address of a forgotten person"] * person
        cure = _CURES.get(shown.split("/", 1)[0], "look at it, and take it out")
        yield Problem(shown, " and ".join(said), cure, severity="warning", code="mention")


def _files(root: Path) -> Iterator[Path]:
    for path in sorted(root.iterdir()):
        if path.name.startswith((".git", ".ecocsme")) or path.is_symlink():
            continue
        if path.is_dir():
            yield from _files(path)
        else:
            yield path


def _text(path: Path) -> str:
    """All that a person could read in a file, in the form in which texts are compared."""
    data = path.read_bytes()
    if data.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as container:
                whole = " ".join(container.read(info).decode("utf-8", "ignore") for info in container.infolist() if info.file_size <= _MOST)
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
            return ""
        return verbatim(unescape(re.sub("<[^>]*>", "", _BREAKS.sub(" ", whole))))
    text = data.decode("utf-8-sig", "ignore")
    return verbatim(text + " " + re.sub(r"\\(.)", r"\1", text).replace('""', '"'))
