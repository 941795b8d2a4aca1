"""The kit: what is printed or filled in for the room."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ecocsme.documents.orders import documents, workbook
from ecocsme.documents.publishing import Placed, place
from ecocsme.errors import UnknownName
from ecocsme.event import model as event_model
from ecocsme.language import words as words_file
from ecocsme.project import model as project_model
from ecocsme.project.folder import Folder


def build(folder: Folder, event: str, kind: str, *, force: bool = False, dry_run: bool = False) -> Placed:
    """Build one part of the kit of an event, or with `dry_run` write nothing."""
    made = rendered(folder, event, kind)
    spoken = event_model.load(folder, event).value.spoken(project_model.load(folder).value.languages)
    return place(folder, documents(workbook(kind), event, spoken, folder.own), made, force=force, dry_run=dry_run)


def rendered(folder: Folder, event: str, kind: str) -> dict[str, bytes]:
    """Make one part of the kit without writing anything: bytes by path below the project folder."""
    if kind not in KIT:
        raise UnknownName("part of the kit", kind, KIT)
    return {f"out/{event}/{name}": data for name, data in KIT[kind](folder, event).items()}


def _answer_sheet(folder: Folder, event: str) -> Mapping[str, bytes]:
    from ecocsme.notes.workbook import write_workbook

    about, project = event_model.load(folder, event).value, project_model.load(folder).value
    packs = [words_file.load(folder.shelves, lang) for lang in about.spoken(project.languages)]
    return {f"answer-sheet.{'-'.join(words.lang for words in packs)}.xlsx": write_workbook(about, packs)}


KIT: Mapping[str, Callable[[Folder, str], Mapping[str, bytes]]] = {"answer-sheet": _answer_sheet}
