"""The kit: what is printed or filled in for the room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ecocsme.documents.orders import ANSWER_SHEET, SEATING, SEATING_PLAN, WORKBOOK, Document, Order, answer_sheets, documents
from ecocsme.documents.publishing import Placed, place
from ecocsme.errors import UnknownName
from ecocsme.event import model as event_model
from ecocsme.event.model import Event
from ecocsme.files.progress import Progress, silent, told
from ecocsme.language import words as words_file
from ecocsme.project import model as project_model
from ecocsme.project.folder import Folder


def build(folder: Folder, event: str, kind: str, *, force: bool = False, dry_run: bool = False, progress: Progress = silent) -> Placed:
    """Build one part of the kit of an event, or with `dry_run` write nothing."""
    if kind not in KIT:
        raise UnknownName("part of the kit", kind, KIT)
    orders = KIT[kind](event_model.load(folder, event).value)
    made = rendered(folder, event, orders, progress)
    return place(folder, _documents(folder, event, orders), made, force=force, dry_run=dry_run)


def rendered(folder: Folder, event: str, orders: Sequence[Order], progress: Progress = silent) -> dict[str, bytes]:
    """Make some parts of the kit without writing anything: bytes by path below the project folder."""
    asked = told(_documents(folder, event, orders), lambda document: document.path, progress)
    return {document.path: _made(folder, document) for document in asked}


def _documents(folder: Folder, event: str, orders: Iterable[Order]) -> tuple[Document, ...]:
    spoken = event_model.load(folder, event).value.spoken(project_model.load(folder).value.languages)
    return tuple(document for order in orders for document in documents(order, event, spoken, folder.own))


def _made(folder: Folder, document: Document) -> bytes:
    if document.kind == SEATING:
        from ecocsme.documents.seating_paper import write_seating

        return write_seating(folder, document)
    if document.format == WORKBOOK:
        from ecocsme.notes.workbook import write_workbook

        packs = [words_file.load(folder.shelves, lang) for lang in document.languages]
        return write_workbook(event_model.load(folder, document.subject).value, packs)
    from ecocsme.documents.answer_paper import write_paper

    return write_paper(folder, document)


def _answer_sheets(event: Event) -> tuple[Order, ...]:
    return answer_sheets([table.id for table in event.tables])


def _seating(_: Event) -> tuple[Order, ...]:
    return (SEATING_PLAN,)


KIT: Mapping[str, Callable[[Event], tuple[Order, ...]]] = {ANSWER_SHEET: _answer_sheets, SEATING: _seating}
