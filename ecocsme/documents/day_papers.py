"""Papers about the time of a day: the agenda on one page, the run sheet of the facilitator, and one for each person who leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ecocsme.documents import building, context, day_needs, day_shown
from ecocsme.documents.context import Subject
from ecocsme.documents.day_shown import Entry, Forms
from ecocsme.documents.orders import Document
from ecocsme.event import late_start, running
from ecocsme.event.late_start import LateStart
from ecocsme.event.model import Event, Question, Table, Track
from ecocsme.event.timetable import Slot
from ecocsme.files.values import Clock
from ecocsme.language import words as words_file
from ecocsme.language.letters import fold
from ecocsme.language.texts import Texts
from ecocsme.project.folder import Folder

LATE = (10, 20, 30)


@dataclass(frozen=True, slots=True)
class Late:
    """A late start that the ranges of the agenda make up: what is left of each block, in the order of the plan (None: nothing)."""

    minutes: int
    slots: tuple[Slot | None, ...]


@dataclass(frozen=True, slots=True)
class Stuck:
    """A late start that is not made up: the block before which time is short, or None for the end of the day."""

    minutes: int
    title: Texts | None
    at: Clock | None
    track: Track | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who leads blocks, or hosts a table (0 for none): the name as written in each language, the blocks, and the questions."""

    name: Texts
    table: int
    role: bool
    entries: tuple[Entry, ...]
    questions: tuple[Question, ...] = ()

    @property
    def heading(self) -> Texts:
        """The name as it begins a page."""
        return Texts({lang: name[:1].upper() + name[1:] for lang, name in self.name.items()})


def write_one_page(folder: Folder, document: Document) -> bytes:
    """Write the agenda of an event as a calendar, a page for each day: rows as high as they last."""
    subject, shown, _ = _gathered(folder, document)
    event: Event = subject.values["event"]
    blocks, whole = {}, {}
    for day in subject.values["days"]:
        minutes = running.daytime(event, subject.project.timezone, day.number).minutes
        blocks[day.number] = day_shown.filled(day_shown.in_rows(day, shown, minutes), minutes)
        whole[day.number] = all(day_needs.fits(event, day, lang, whole=True) for lang in document.languages)
    return _alone(folder, document, subject, blocks=blocks, whole=whole)


def write_run_sheet(folder: Folder, document: Document) -> bytes:
    """Write the run sheet of the facilitator, with what is shortened when a day begins late."""
    subject, shown, _ = _gathered(folder, document)
    numbers = [day.number for day in subject.values["days"]]
    blocks = {number: [entry for entry in shown if entry.day == number] for number in numbers}
    late = {number: _late(folder, document.subject, subject, number) if blocks[number] else ([], []) for number in numbers}
    return _alone(folder, document, subject, blocks=blocks, late=late)


def write_personal(folder: Folder, document: Document) -> bytes:
    """Write a page for each person that leads blocks or hosts a table."""
    subject, day, forms = _gathered(folder, document)
    return _alone(folder, document, subject, people=_people(subject, day, forms))


def _gathered(folder: Folder, document: Document) -> tuple[Subject, tuple[Entry, ...], Forms]:
    subject = context.of_event(folder, document.subject)
    packs = [words_file.load(folder.shelves, lang) for lang in subject.languages]
    return subject, day_shown.entries(folder, subject.values["event"], subject.project.timezone, packs), Forms(packs)


def _alone(folder: Folder, document: Document, subject: Subject, **values: Any) -> bytes:
    return building.alone(folder, replace(subject, values={**subject.values, **values}), document)


def _late(folder: Folder, name: str, subject: Subject, number: int) -> tuple[list[Late], list[Stuck]]:
    """The late starts of a day that are made up, and those that are not."""
    event: Event = subject.values["event"]
    if event.each_day[number - 1].start is None:
        return [], []
    day = late_start.late_starts(folder, name, LATE, subject.languages, subject.project.timezone, day=number)
    kept = [place for place in day_shown.by_clock(day.planned) if day.planned[place].minutes != 0]
    made = [Late(one.minutes, tuple(_left(one.slots[place]) for place in kept)) for one in day.late if not one.left]
    return made, [_stuck(one, event) for one in day.late if one.left]


def _left(slot: Slot) -> Slot | None:
    return slot if slot.minutes else None


def _stuck(late: LateStart, event: Event) -> Stuck:
    if late.stuck is None:
        return Stuck(late.minutes, None, None)
    slot = late.slots[late.stuck]
    return Stuck(late.minutes, slot.title, slot.start, event.track(slot.track))


def _people(subject: Subject, day: Sequence[Entry], forms: Forms) -> tuple[Person, ...]:
    """Everybody who leads blocks, in the order of the day, then the named hosts of tables."""
    event: Event = subject.values["event"]
    found = day_shown.leads(day)
    hosts = [table for table in event.tables if table.host]
    named = {fold(table.host) for table in hosts if table.host}
    people = [_person(blocks, subject.languages) for name, blocks in found.items() if name not in named]
    hosting = tuple(entry for entry in day if entry.round or (entry.lead and forms.named("hosts", entry.lead))) or tuple(day)
    return (*_with_facilitator(people, event, day, forms), *(_host(table, event, found, hosting) for table in hosts))


def _host(table: Table, event: Event, found: Mapping[str, Sequence[tuple[str, Entry]]], hosting: Sequence[Entry]) -> Person:
    name = table.host or ""
    questions = tuple(question for question in event.questions if not table.questions or question.id in table.questions)
    own = [entry for _, entry in found.get(fold(name), ())]
    entries = sorted({*map(_of_one_table, hosting), *own}, key=lambda entry: (entry.day, entry.start or Clock(0)))
    return Person(Texts({"": name}), int(table.id[1:]), role=False, entries=tuple(entries), questions=questions)


def _of_one_table(entry: Entry) -> Entry:
    """A block as a host sees it: how many things there are for the whole room is no business of one table."""
    bare = (Texts({lang: re.sub(r"^[0-9]+ × ", "", text) for lang, text in material.items()}) for material in entry.materials)
    return replace(entry, materials=tuple(bare))


def _person(blocks: Sequence[tuple[str, Entry]], languages: Sequence[str]) -> Person:
    """A person by the name that stands first; in each language that names as many people, the one at the same place."""
    name, first = blocks[0]
    names = {lang: day_shown.people(first.lead.said(lang)[0]) for lang in languages if first.lead}
    place = next((people.index(name) for people in names.values() if name in people), 0)
    said = {lang: people[place] if place < len(people) else name for lang, people in names.items()}
    return Person(Texts(said or {"": name}), 0, role=False, entries=tuple(entry for _, entry in blocks))


def _with_facilitator(people: Iterable[Person], event: Event, day: Sequence[Entry], forms: Forms) -> list[Person]:
    """The people with the facilitator first, who leads whatever nobody else does; whoever leads as such is that person."""
    if event.facilitator is None:
        return list(people)
    called = fold(event.facilitator.name)
    listed = list(people)
    own = [one for one in listed if forms.named("facilitator", one.name) or called in map(fold, one.name.every())]
    blocks = {entry for one in own for entry in one.entries}
    entries = tuple(entry for entry in day if entry in blocks or _is_for_all(entry)) or tuple(day)
    return [Person(Texts({"": event.facilitator.name}), 0, role=True, entries=entries), *(one for one in listed if one not in own)]


def _is_for_all(entry: Entry) -> bool:
    """Whether a block that names nobody is the facilitator's; what goes on side by side one person cannot lead."""
    return entry.lead is None and entry.track is None and not entry.pause
