"""The packing list: every material once with how many of it, for which blocks, and every paper of the kit with its copies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ecocsme.documents import building, context
from ecocsme.documents.context import Subject
from ecocsme.documents.day_shown import Forms
from ecocsme.documents.orders import Document
from ecocsme.event import methods
from ecocsme.event.methods import Group, Method, Step
from ecocsme.event.model import Block, Event
from ecocsme.language import words as words_file
from ecocsme.language.letters import fold
from ecocsme.language.texts import Texts
from ecocsme.project.folder import Folder

_KNOWN = "papers."  # forms by which a material is a paper of the kit
_NUMBER = re.compile(r"(?<!\w)([0-9]{1,3})(?!\w)")


@dataclass(frozen=True, slots=True)
class Need:
    """A material as a block asks for it: so many for the event, or for each table or person (None where nobody said)."""

    name: Texts
    block: Texts
    per: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """A material of the list: how many of it for each table or person, how many in all where that is known, and for which blocks."""

    name: Texts
    each: int | None
    total: int | None
    blocks: tuple[Texts, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A part of the kit that is printed: its kind, how many copies (0 where nobody knows), and how they are counted."""

    kind: str
    copies: int
    by: str


def write_packing_list(folder: Folder, document: Document, copies: Mapping[str, str]) -> bytes:
    """Write what is to be packed for an event; `copies` says of each part of its kit for whom it is printed."""
    subject = context.of_event(folder, document.subject)
    event: Event = subject.values["event"]
    forms = Forms([words_file.load(folder.shelves, lang) for lang in subject.languages])
    group = _group(folder, event)
    asked = [need for need in needs(folder, event, forms) if not _is_paper(need, forms, copies)]
    listed = {per: items([need for need in asked if need.per == per], group, subject) for per in ("table", "person", "event")}
    values = {"items": listed, "papers": papers(copies, group, event), "group": group}
    return building.alone(folder, replace(subject, values={**subject.values, **values}), document)


def _group(folder: Folder, event: Event) -> Group:
    """How many people, tables and rounds to pack for: as the event says, else as its method does."""
    named = event.methods()
    if named:
        return methods.load(folder, event.method or named[0]).value.group(event)
    people = event.participants.expected if event.participants else None
    return Group(people, len(event.tables) or None, 0, event.rounds or 1)


def needs(folder: Folder, event: Event, forms: Forms) -> tuple[Need, ...]:
    """What the blocks of an event ask for, or the steps of its method where it writes none."""
    if not event.agenda and event.method:
        return tuple(_of_method(methods.load(folder, event.method).value, event, whole=True))
    return tuple(need for entry in event.agenda for need in _of_entry(folder, entry, event, forms))


def _of_entry(folder: Folder, entry: Block, event: Event, forms: Forms) -> Iterator[Need]:
    method = methods.load(folder, entry.method).value if entry.method else None
    title = method.name if method else entry.title
    yield from (_read(material, title, forms) for material in entry.materials)
    if method:
        yield from _of_method(method, event, whole=False)


def _of_method(method: Method, event: Event, *, whole: bool) -> Iterator[Need]:
    rounds = method.group(event).rounds
    for step in method.steps:
        if whole or step.part == "core":
            title = _title(step, rounds)
            for material in step.materials:
                counted = material.count or (1 if material.per != "event" else None)
                yield Need(material.name, title, material.per, counted)


def _title(step: Step, rounds: int) -> Texts:
    number = f"1–{rounds}" if rounds > 1 else "1"
    return Texts({lang: text.replace("{n}", number) for lang, text in step.title.items()})


def _read(material: Texts, block: Texts, forms: Forms) -> Need:
    """A material of a block's own, which says in words how many of it each person or table needs."""
    for per in ("person", "table"):
        if forms.holds(f"per_{per}", material):
            return Need(material, block, per, _said(material, forms.said(f"per_{per}")))
    return Need(material, block, "event", None)


def _said(material: Texts, forms: Sequence[str]) -> int:
    """The last number before the words that say for whom it is; one where there is none."""
    for text in map(fold, material.every()):
        ends = [at for form in forms if (at := text.find(form)) >= 0]
        numbers = _NUMBER.findall(text[: min(ends)]) if ends else []
        if numbers:
            return int(numbers[-1])
    return 1


def _is_paper(need: Need, forms: Forms, copies: Mapping[str, str]) -> bool:
    """Whether a material is a part of the kit, which is listed with its copies."""
    return any(forms.named(f"{_KNOWN}{kind}", need.name) for kind in copies)


def items(asked: Sequence[Need], group: Group, subject: Subject) -> tuple[Item, ...]:
    """Each material once: what several blocks ask for is added up where it is counted."""
    main = subject.languages[0]
    found: dict[str, list[Need]] = {}
    for need in asked:
        found.setdefault(fold(need.name.said(main)[0]), []).append(need)
    of = {"event": 1, "table": group.tables, "person": group.people}
    return tuple(_item(same, of[same[0].per]) for same in found.values())


def _item(same: Sequence[Need], of: int | None) -> Item:
    counted = [need.count for need in same if need.count is not None]
    each = sum(counted) if counted else None
    return Item(same[0].name, each, each * of if each and of else None, tuple(dict.fromkeys(need.block for need in same)))


def papers(copies: Mapping[str, str], group: Group, event: Event) -> tuple[Paper, ...]:
    """The parts of the kit with their copies, in the order of the kit."""
    tables = len(event.tables) or 1
    number = {"person": group.people or 0, "table": tables, "round": tables * (event.rounds or 1), "team": 1}
    return tuple(Paper(kind, number[by], by) for kind, by in copies.items())
