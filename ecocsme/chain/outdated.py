"""Which documents are out of date and why; nothing is rendered to find out, the manifest's hashes say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ecocsme.documents import manifest
from ecocsme.documents.inputs import Inputs
from ecocsme.documents.kit import KIT
from ecocsme.documents.manifest import Entry
from ecocsme.documents.orders import AGENDA, OF_PLANS, Document, Order, documents
from ecocsme.documents.reasons import reason
from ecocsme.errors import InvalidFile, Problem, visible
from ecocsme.event.model import Event
from ecocsme.project.folder import Folder

RELEASE, PLAN = Order("press-release"), Order("action-plan")


@dataclass(frozen=True, slots=True)
class Due:
    """A document that is to be built, and why."""

    document: Document
    reason: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be built, and the documents, each with the reason, that nothing asks for any more."""

    due: tuple[Due, ...]
    left_over: Mapping[str, str]


def to_build(folder: Folder) -> dict[str, int]:
    """How many documents of each event and plan are out of date or not built yet; those with none are left out."""
    return dict(Counter(due.document.subject for due in outdated(folder).due))


def outdated(folder: Folder) -> Outlook:
    """Compare every document that there is or should be with what it is made from; raise InvalidFile for what cannot be read."""
    inputs, built = Inputs(folder), manifest.read(folder)
    _demand_readable(inputs)
    wanted = {document.path: document for document in _expected(inputs)}
    left_over: dict[str, str] = {}
    for path, entry in built.items():
        document = _again(inputs, path, entry)
        if isinstance(document, Document):
            wanted[path] = document
        elif path not in wanted and (folder.root / path).exists():
            left_over[path] = document
    reasons = ((wanted[path], reason(inputs, wanted[path], built.get(path))) for path in sorted(wanted))
    return Outlook(tuple(Due(document, why) for document, why in reasons if why), left_over)


def _demand_readable(inputs: Inputs) -> None:
    """Name the problems of all files at once."""
    folder = inputs.folder
    loads: list[Callable[[], object]] = [lambda: inputs.project]
    loads += [lambda name=name: inputs.event(name) for name in folder.events()]  # type: ignore[misc]  # a default binds the name
    loads += [lambda name=name: inputs.plan(name) for name in folder.plans()]  # type: ignore[misc]  # a default binds the name
    problems: list[Problem] = []
    for load in loads:
        try:
            load()
        except InvalidFile as refused:
            problems += refused.problems
    if problems:
        raise InvalidFile(problems)


def _expected(inputs: Inputs) -> Iterator[Document]:
    """What there is to build of each event and plan, whoever ordered what."""
    for name in inputs.folder.events():
        event = inputs.event(name)
        parts = (part.orders(event) for part in KIT.values() if part.expected and not part.missing(inputs.folder, name, event))
        about = (order for order in (AGENDA, RELEASE) if not _lacking(event, order.kind))
        for order in (*about, *(order for orders in parts for order in orders)):
            yield from documents(order, name, inputs.spoken(order.kind, name))
    for name in inputs.folder.plans():
        yield from documents(PLAN, name, inputs.spoken(PLAN.kind, name))


def _gone(inputs: Inputs, event: str, kind: str) -> str:
    """Why an event can have a document no more that it had; nothing where it still can."""
    if kind in KIT:
        lacks = KIT[kind].missing(inputs.folder, event, inputs.event(event))
        return lacks[0] if lacks else ""
    lacking = _lacking(inputs.event(event), kind) if kind != AGENDA.kind else ""
    return f"its event has no `{lacking}` any more" if lacking else ""


def _lacking(event: Event, kind: str) -> str:
    """What an event lacks for a kind of document; nothing for a kind that it can have."""
    if kind == AGENDA.kind:
        return "" if event.agenda or (event.method and event.start) else "agenda"
    return "" if kind != RELEASE.kind or event.press else "press"


def _parts(inputs: Inputs, kind: str, event: str) -> tuple[Order, ...]:
    return KIT[kind].orders(inputs.event(event))


def _again(inputs: Inputs, path: str, entry: Entry) -> Document | str:
    """The document of an entry, as it was ordered; or why there is no such document any more."""
    if entry.order is None:
        return "nobody knows how it was ordered"
    kind, subject = entry.order.kind, entry.order.subject
    known, what = (inputs.folder.plans(), "plan") if kind in OF_PLANS else (inputs.folder.events(), "event")
    if subject not in known:
        return f"there is no {what} {visible(subject, 60)} any more"
    gone = _gone(inputs, subject, kind) if what == "event" else ""
    if gone:
        return gone
    order, own = manifest.order_of(inputs.folder, entry.order)
    if kind in KIT and not any(order.part == one.part and entry.order.format in one.formats for one in _parts(inputs, kind, subject)):
        return "its event has other tables now"
    again = documents(order, subject, inputs.spoken(kind, subject), own)
    return next((document for document in again if document.path == path), "its languages are others now")
