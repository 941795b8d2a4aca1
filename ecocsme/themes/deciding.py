"""One decision of a person about one or several notes, checked before it is written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ecocsme.errors import EcocsmeError, UnknownName, visible
from ecocsme.notes import store
from ecocsme.notes.model import Note
from ecocsme.project.folder import Folder
from ecocsme.themes import decisions as decisions_file
from ecocsme.themes import model as themes_model
from ecocsme.themes.decisions import Decision, Do


def decide(folder: Folder, do: Do, notes: Sequence[str], theme: str | None, *, why: str, who: str, when: date) -> tuple[Decision, ...]:
    """Append one decision per note; raise UnknownName for a note or theme that the folder does not know."""
    made = foreseen(folder, do, notes, theme, why=why, who=who, when=when)
    decisions_file.append(folder, *made)
    return made


def foreseen(folder: Folder, do: Do, notes: Sequence[str], theme: str | None, *, why: str, who: str, when: date) -> tuple[Decision, ...]:
    """The decisions that `decide` would append; refuses what it would refuse, a damaged file too, and writes nothing."""
    target = _target(folder, do, theme)
    known = {note.id: note for note in store.load(folder).notes}
    decisions_file.load(folder)
    return tuple(
        decisions_file.new(_note(note_id, known), do, theme=target, who=who, why=why, when=when) for note_id in dict.fromkeys(notes)
    )


def _target(folder: Folder, do: Do, theme: str | None) -> str:
    if do == "leave-out":
        return ""
    if theme is None:
        raise EcocsmeError(f"{do}: which theme is meant; name it with --theme")
    codebook = themes_model.load(folder).value
    if codebook.find(theme) is None:
        raise UnknownName("theme", theme, [one.id for one in codebook.themes])
    return theme


def _note(note_id: str, known: dict[str, Note]) -> Note:
    if note_id not in known:
        raise UnknownName("note", note_id, known)
    if known[note_id].state != "current":
        raise EcocsmeError(f"{visible(note_id)}: this note was withdrawn; choose a current one")
    return known[note_id]
