"""The kit: what is printed or filled in for the room."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ecocsme.documents import building, inputs
from ecocsme.errors import UnknownName
from ecocsme.event import model as event_model
from ecocsme.language import words as words_file
from ecocsme.project import model as project_model
from ecocsme.project.folder import Folder

inputs_of_event = inputs.about_event


def build(folder: Folder, event: str, kind: str, *, force: bool) -> tuple[str, ...]:
    """Build one part of the kit of an event; return the paths of its files."""
    if kind not in KIT:
        raise UnknownName("part of the kit", kind, KIT)
    files = {f"out/{event}/{name}": data for name, data in KIT[kind](folder, event).items()}
    return building.put(folder, files, inputs.of_event(folder, event, kind), force=force)


def _answer_sheet(folder: Folder, event: str) -> Mapping[str, bytes]:
    from ecocsme.notes.workbook import write_workbook

    about, project = event_model.load(folder, event).value, project_model.load(folder).value
    packs = [words_file.load(folder.shelves, lang) for lang in about.spoken(project.languages)]
    return {f"answer-sheet.{'-'.join(words.lang for words in packs)}.xlsx": write_workbook(about, packs)}


KIT: Mapping[str, Callable[[Folder, str], Mapping[str, bytes]]] = {"answer-sheet": _answer_sheet}
