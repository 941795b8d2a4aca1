"""What a document is made from: the files whose faults forbid it, and those whose hashes the manifest keeps."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from ecocsme.documents.manifest import digest
from ecocsme.documents.orders import (
    ANSWER_SHEET,
    BADGES,
    FOR_ALL,
    HOST_CARDS,
    OF_PLANS,
    PACKING,
    PAGE,
    QUESTIONNAIRE,
    ROOM_SCREEN,
    SEATING,
    SIGN_IN,
    WORKBOOK,
    Document,
)
from ecocsme.event import model as event_model
from ecocsme.event import names, participants, seating_file
from ecocsme.event.model import Event
from ecocsme.files.places import shipped
from ecocsme.files.text import read_bytes
from ecocsme.notes import store
from ecocsme.plan import model as plan_model
from ecocsme.plan.model import Plan
from ecocsme.project import model as project_model
from ecocsme.project.folder import Folder
from ecocsme.project.model import Project

_SHARED = ("project.yaml", "practices.yaml")
_PLAN = (*_SHARED, "themes.yaml", "decisions.csv")
_ENDING = ".md.j2"
_LISTS = {
    SEATING: (seating_file.NAME, participants.NAME),
    HOST_CARDS: (seating_file.NAME,),
    ROOM_SCREEN: (seating_file.NAME,),
    PACKING: (participants.NAME, seating_file.NAME),  # the badges and the seating plan are papers that it lists
    SIGN_IN: (participants.NAME, names.NAME, seating_file.NAME),
    BADGES: (participants.NAME, names.NAME, seating_file.NAME),
}  # the lists of an event that a kind of document is made from, too
_LIMIT = 1_000_000_000


def about_event(folder: Folder, event: str) -> tuple[str, ...]:
    """The files that a document about an event says something from, relative to the folder."""
    previous = event_model.load(folder, event).value.previous
    names = [event] + ([previous] if previous in folder.events() and previous else [])
    return (*_SHARED, *(folder.shown(folder.event_file(name)) for name in names))


def about_plan(folder: Folder, plan: str) -> tuple[str, ...]:
    """The files that an action plan says something from; a name that ends with a slash stands for all below it."""
    return (*_PLAN, "events/", folder.shown(folder.plan_file(plan)))


class Inputs:
    """What documents are made from; each file is read and hashed once, however many documents rest on it."""

    def __init__(self, folder: Folder) -> None:
        """Read nothing yet."""
        self.folder = folder
        self._events: dict[str, Event] = {}
        self._plans: dict[str, Plan] = {}
        self._hashes: dict[Path, str] = {}

    @cached_property
    def project(self) -> Project:
        """project.yaml."""
        return project_model.load(self.folder).value

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of documents that are shipped."""
        return frozenset(path.name.split(".")[0] for path in (shipped() / "documents").glob(f"*{_ENDING}"))

    def event(self, name: str) -> Event:
        """An event; raise InvalidFile where its file cannot be read."""
        if name not in self._events:
            self._events[name] = event_model.load(self.folder, name).value
        return self._events[name]

    def plan(self, name: str) -> Plan:
        """A plan; raise InvalidFile where its file cannot be read."""
        if name not in self._plans:
            self._plans[name] = plan_model.load(self.folder, name).value
        return self._plans[name]

    def spoken(self, kind: str, subject: str) -> tuple[str, ...]:
        """The languages in which documents of a kind about an event or a plan are built where none is asked for."""
        if kind in OF_PLANS:
            return (self.plan(subject).language,)
        return self.event(subject).spoken(self.project.languages)

    def hashes(self, document: Document) -> dict[str, str]:
        """The hashes of the files that a document is made from, by their names relative to the folder."""
        paths = (*(self._of_plan if document.of_plan else self._of_event)(document), *self._templates(document))
        return {self.folder.shown(path): self._hash(path) for path in sorted(set(paths)) if path.is_file()}

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            self._hashes[path] = digest(read_bytes(path, self.folder.shown(path), limit=_LIMIT))
        return self._hashes[path]

    def _of_event(self, document: Document) -> Iterator[Path]:
        event = self.event(document.subject)
        yield from (self.folder.project_file, self.folder.event_file(document.subject))
        yield from (self.folder.event_folder(document.subject) / name for name in _LISTS.get(document.kind, ()))
        if document.kind in {ANSWER_SHEET, QUESTIONNAIRE, ROOM_SCREEN}:
            return
        if event.practices:
            yield self.folder.root / "practices.yaml"
        if event.previous:
            yield self.folder.event_file(event.previous)

    def _of_plan(self, document: Document) -> Iterator[Path]:
        yield from (self.folder.root / name for name in _PLAN)
        yield self.folder.plan_file(document.subject)
        for event in self.folder.events():
            yield self.folder.event_file(event)
            yield from store.files(self.folder, event)

    def _templates(self, document: Document) -> Iterator[Path]:
        """The templates of people that take part; the shipped ones change only with the tool itself."""
        if document.order.template:
            yield document.order.template
        for shelf in (*document.own, self.folder.root / "templates"):
            for path in shelf.rglob("*") if shelf.is_dir() else ():
                room, *_ = path.relative_to(shelf).parts
                if path.is_file() and self._takes_part(room, path.name, document):
                    yield path

    def _takes_part(self, room: str, name: str, document: Document) -> bool:
        if room == "words":
            return name.endswith(".yaml")
        if document.format == WORKBOOK and document.kind == ANSWER_SHEET:
            return False
        if room == "word":
            return document.format == "docx"
        if room in {"styles", "emblems"}:
            return document.format == PAGE
        if room == "documents":
            return document.format not in FOR_ALL and self._is_for(name, document)
        return f"{room}/{name}" in self._profiles(document)

    def _is_for(self, name: str, document: Document) -> bool:
        """Whether a template may serve a document: one of its kind and language, or one that others may include."""
        kind, *more = name.removesuffix(_ENDING).split(".")
        return kind not in self.kinds or (kind == document.kind and (not more or more[0] in document.languages))

    def _profiles(self, document: Document) -> tuple[str, ...]:
        """The methods and the programme that a document follows, as files below `templates/`."""
        if document.of_plan:
            return (f"programmes/{self.plan(document.subject).programme or self.project.programme}.yaml",)
        programme = f"programmes/{self.project.programme}.yaml"
        if document.kind in (ANSWER_SHEET, QUESTIONNAIRE):
            return (programme,)
        return (programme, *(f"methods/{name}.yaml" for name in self.event(document.subject).methods()))
