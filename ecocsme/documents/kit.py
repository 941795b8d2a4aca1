"""The kit: what is printed or filled in for the room; a further part is one entry of `KIT` and the module that makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ecocsme.documents import day_needs, room_needs
from ecocsme.documents.orders import (
    ANSWER_SHEET,
    BADGES,
    EVALUATION,
    FORM,
    HOST_CARDS,
    INVITATION,
    ONE_PAGE,
    PACKING,
    PERSONAL,
    QUESTIONNAIRE,
    ROOM_SCREEN,
    RUN_SHEET,
    SCREEN,
    SEATING,
    SEATING_PLAN,
    SIGN_IN,
    TABLE_SIGNS,
    WORKBOOK,
    Document,
    Order,
    answer_sheets,
    documents,
    paper,
)
from ecocsme.documents.publishing import Placed, place
from ecocsme.errors import InvalidFile, Problem, UnknownName
from ecocsme.event import model as event_model
from ecocsme.event import seating_file
from ecocsme.event.model import Event
from ecocsme.files.progress import Progress, silent, told
from ecocsme.language import words as words_file
from ecocsme.project import model as project_model
from ecocsme.project.folder import Folder


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of paper: its orders for an event, what makes it, and what an event must have for it.

    `lacks` gives what is missing and what to do about it, or nothing; an `expected` part is made by `build` though nobody ordered it.
    `copies` says for whom it is printed: the `team`, each `person`, each `table`, each `round` at each table, or '' for nobody.
    A part `of_a_room` makes no sense where an event is answered in writing, and one `in_writing` only there.
    """

    orders: Callable[[Event], tuple[Order, ...]]
    write: Callable[[Folder, Document], bytes]
    lacks: Callable[[Folder, str, Event], tuple[str, str] | None]
    expected: bool = False
    copies: str = "team"
    of_a_room: bool = False
    in_writing: bool = False

    def suits(self, event: Event) -> bool:
        """Whether an event of this mode can have the part at all."""
        return not (self.of_a_room if event.in_writing else self.in_writing)

    def missing(self, folder: Folder, name: str, event: Event) -> tuple[str, str] | None:
        """What an event lacks for this part, and what to do about it; nothing where the part can be made."""
        if self.suits(event):
            return self.lacks(folder, name, event)
        if event.in_writing:
            return (
                "a questionnaire is answered in writing, without a room",
                f"build its form: ecocsme build-kit {name} --only {QUESTIONNAIRE}",
            )
        return f"the mode of this event is {event.mode}", "write `mode: questionnaire` where people reply by e-mail"


@dataclass(frozen=True, slots=True)
class Kit:
    """What was asked of the kit of an event: the orders it comes to, and each part left out with its reason."""

    orders: tuple[Order, ...]
    left_out: Mapping[str, str]


def build(
    folder: Folder, event: str, kinds: Sequence[str] = (), *, force: bool = False, dry_run: bool = False, progress: Progress = silent
) -> Placed:
    """Build some parts of the kit of an event, or all that it has what it takes for; with `dry_run` write nothing."""
    orders = asked(folder, event, kinds).orders
    made = rendered(folder, event, orders, progress)
    return place(folder, _documents(folder, event, orders), made, force=force, dry_run=dry_run)


def asked(folder: Folder, event: str, kinds: Sequence[str] = ()) -> Kit:
    """Find the orders for some parts of the kit, or for all that the event has what it takes for.

    Raise UnknownName for a part that is none, InvalidFile where a part was asked for by its name and something is missing.
    """
    for kind in kinds:
        if kind not in KIT:
            raise UnknownName("part of the kit", kind, KIT)
    loaded = event_model.load(folder, event).value
    wanted = tuple(dict.fromkeys(kinds)) or tuple(kind for kind, part in KIT.items() if part.suits(loaded))
    missing = {kind: found for kind in wanted if (found := KIT[kind].missing(folder, event, loaded))}
    if kinds and missing:
        file = folder.shown(folder.event_file(event))
        raise InvalidFile([Problem(file, f"{kind}: {said}", cure) for kind, (said, cure) in missing.items()])
    orders = (order for kind in wanted if kind not in missing for order in KIT[kind].orders(loaded))
    return Kit(tuple(orders), {kind: f"{said}; {cure}" for kind, (said, cure) in missing.items()})


def rendered(folder: Folder, event: str, orders: Sequence[Order], progress: Progress = silent) -> dict[str, bytes]:
    """Make some parts of the kit without writing anything: bytes by path below the project folder."""
    listed = told(_documents(folder, event, orders), lambda document: document.path, progress)
    return {document.path: KIT[document.kind].write(folder, document) for document in listed}


def _documents(folder: Folder, event: str, orders: Iterable[Order]) -> tuple[Document, ...]:
    spoken = event_model.load(folder, event).value.spoken(project_model.load(folder).value.languages)
    return tuple(document for order in orders for document in documents(order, event, spoken, folder.own))


def _write_answer_sheet(folder: Folder, document: Document) -> bytes:
    if document.format == WORKBOOK:
        from ecocsme.notes.workbook import write_workbook

        packs = [words_file.load(folder.shelves, lang) for lang in document.languages]
        return write_workbook(event_model.load(folder, document.subject).value, packs)
    from ecocsme.documents.answer_paper import write_paper

    return write_paper(folder, document)


def _write_seating(folder: Folder, document: Document) -> bytes:
    from ecocsme.documents.seating_paper import write_seating

    return write_seating(folder, document)


def _write_questionnaire(folder: Folder, document: Document) -> bytes:
    from ecocsme.documents.questionnaire_paper import write_questionnaire

    return write_questionnaire(folder, document)


def _write_screen(folder: Folder, document: Document) -> bytes:
    from ecocsme.documents.room_screen import write_screen

    return write_screen(folder, document)


def _write_tables(folder: Folder, document: Document) -> bytes:
    from ecocsme.documents.table_paper import write_tables

    return write_tables(folder, document)


def _write_sign_in_list(folder: Folder, document: Document) -> bytes:
    from ecocsme.documents.people_paper import write_sign_in_list

    return write_sign_in_list(folder, document)


def _write_badges(folder: Folder, document: Document) -> bytes:
    from ecocsme.documents.people_paper import write_badges

    return write_badges(folder, document)


def _write_form(folder: Folder, document: Document) -> bytes:
    from ecocsme.documents.people_paper import write_form

    return write_form(folder, document)


def _no_questions(_: Folder, __: str, event: Event) -> tuple[str, str] | None:
    return None if event.questions else ("`questions` is missing", "write them into the event file")


def _no_seating(folder: Folder, name: str, _: Event) -> tuple[str, str] | None:
    file = folder.event_folder(name) / seating_file.NAME
    return None if file.is_file() else (f"{seating_file.NAME} is missing", f"plan who sits where: ecocsme plan-seating {name}")


def _answer_sheets(event: Event) -> tuple[Order, ...]:
    return answer_sheets([] if event.in_writing else [table.id for table in event.tables])


def _write_one_page(folder: Folder, document: Document) -> bytes:
    from ecocsme.documents.day_papers import write_one_page

    return write_one_page(folder, document)


def _write_run_sheet(folder: Folder, document: Document) -> bytes:
    from ecocsme.documents.day_papers import write_run_sheet

    return write_run_sheet(folder, document)


def _write_personal(folder: Folder, document: Document) -> bytes:
    from ecocsme.documents.day_papers import write_personal

    return write_personal(folder, document)


def _write_packing_list(folder: Folder, document: Document) -> bytes:
    from ecocsme.documents.packing_paper import write_packing_list

    event = event_model.load(folder, document.subject).value
    copies = {kind: part.copies for kind, part in KIT.items() if part.copies and not part.missing(folder, document.subject, event)}
    return write_packing_list(folder, document, copies)


def _write_invitation(folder: Folder, document: Document) -> bytes:
    from ecocsme.documents.invitation_paper import write_invitation

    return write_invitation(folder, document)


def _each(kind: str, *formats: str) -> Callable[[Event], tuple[Order, ...]]:
    """The order for a paper of which there is one file in each language."""
    return lambda _: (Order(kind, formats=formats or ("docx",)),)


KIT: Mapping[str, Part] = {
    ANSWER_SHEET: Part(_answer_sheets, _write_answer_sheet, _no_questions, expected=True, copies="round"),
    SEATING: Part(lambda _: (SEATING_PLAN,), _write_seating, _no_seating, expected=True, of_a_room=True),
    ONE_PAGE: Part(_each(ONE_PAGE), _write_one_page, day_needs.no_page, copies="person", of_a_room=True),
    RUN_SHEET: Part(_each(RUN_SHEET), _write_run_sheet, day_needs.no_day, of_a_room=True),
    PERSONAL: Part(_each(PERSONAL), _write_personal, day_needs.no_leads, of_a_room=True),
    PACKING: Part(_each(PACKING), _write_packing_list, day_needs.no_materials, of_a_room=True),
    INVITATION: Part(_each(INVITATION, "md", "docx"), _write_invitation, day_needs.no_place, copies="", of_a_room=True),
    HOST_CARDS: Part(lambda _: (paper(HOST_CARDS),), _write_tables, room_needs.no_hosts, of_a_room=True),
    TABLE_SIGNS: Part(lambda _: (paper(TABLE_SIGNS),), _write_tables, room_needs.no_tables, of_a_room=True),
    SIGN_IN: Part(lambda _: (paper(SIGN_IN),), _write_sign_in_list, room_needs.nobody, of_a_room=True),
    BADGES: Part(lambda _: (paper(BADGES),), _write_badges, room_needs.no_way, of_a_room=True),
    EVALUATION: Part(lambda _: (paper(EVALUATION, together=False),), _write_form, room_needs.no_room, copies="person", of_a_room=True),
    ROOM_SCREEN: Part(lambda _: (SCREEN,), _write_screen, day_needs.no_day, copies="", of_a_room=True),
    QUESTIONNAIRE: Part(lambda _: (FORM,), _write_questionnaire, _no_questions, expected=True, copies="", in_writing=True),
}
