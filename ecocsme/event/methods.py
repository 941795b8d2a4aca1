"""Methods: how an event is run, as data; a method gives the blocks of an agenda that names none."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from ecocsme.errors import EcocsmeError, UnknownName
from ecocsme.event.model import Block, Event
from ecocsme.event.ranges import Minutes, People
from ecocsme.files.models import FromFile, Written, read
from ecocsme.files.values import Positive, fault
from ecocsme.language.texts import LocalText, Texts
from ecocsme.language.words import fill
from ecocsme.project.folder import Folder


def _without_unknown_blanks(title: Texts) -> Texts:
    for text in title.values():
        try:
            fill(text, {"n": "1"})
        except EcocsmeError as error:
            raise fault(str(error), "write {n} where the number of the round belongs") from None
    return title


class Material(Written):
    """Something that a step needs: how many of it, for each person, for each table, or at all."""

    one_line: ClassVar[str] = "name"
    per_language: ClassVar[str] = "name"

    name: LocalText
    count: Positive | None = None
    per: Literal["event", "table", "person"] = "event"

    def said(self, people: int | None, tables: int | None) -> Texts:
        """The name, with how many there must be of it where that is known, as `24 × pens`."""
        of = {"event": 1, "table": tables, "person": people}[self.per]
        if of is None or (self.count is None and self.per == "event"):
            return self.name
        return Texts({lang: f"{of * (self.count or 1)} × {text}" for lang, text in self.name.items()})


class Step(Written):
    """One step of a method; `per` repeats it for each round, or lengthens it for each table or each person at a table.

    `move` are the minutes of changing places after a round, `moving` says who goes where. What is a `frame` (registration,
    welcome) belongs to a day that is nothing but this method.
    """

    title: Annotated[LocalText, AfterValidator(_without_unknown_blanks)]
    minutes: Minutes
    per: Literal["event", "round", "table", "person"] = "event"
    move: Positive | None = None
    moving: LocalText | None = None
    part: Literal["core", "frame"] = "core"
    lead: LocalText | None = None
    materials: tuple[Material, ...] = ()


def _with_core(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    if all(step.part == "frame" for step in steps):
        raise fault("has no step but frames", "leave out `part: frame` where the method itself begins")
    return steps


class Method(Written):
    """A facilitation method: its name, for how many people it is, who does what in it, its steps, and what comes out of it."""

    name: LocalText
    people: People | None = None
    seats: Positive | None = None
    rounds: Positive = 1
    roles: tuple[LocalText, ...] = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=1), AfterValidator(_with_core)]
    outputs: tuple[LocalText, ...] = ()

    def blocks(self, event: Event, *, whole: bool = True) -> tuple[Block, ...]:
        """The blocks of an event of this method, or those without its frame; ranges stay ranges until the timetable fills its time."""
        group = self.group(event)
        steps = [(kin, step) for kin, step in enumerate(self.steps, 1) if whole or step.part == "core"]
        return tuple(block for kin, step in steps for block in _blocks(step, kin, group))

    def group(self, event: Event) -> Group:
        """The numbers that an event of this method is run with; what the event does not say follows from the method."""
        people = event.participants.expected if event.participants else None
        tables = len(event.tables) or (ceil(people / self.seats) if people and self.seats else None)
        each = ceil(people / (tables or 1)) if people else self.seats or (self.people.least if self.people else 1)
        return Group(people, tables, each, event.rounds or self.rounds)


@dataclass(frozen=True, slots=True)
class Group:
    """How many people and tables there are (None where nobody said), how many people at each table, and how many rounds."""

    people: int | None
    tables: int | None
    each: int
    rounds: int


def _blocks(step: Step, kin: int, group: Group) -> list[Block]:
    materials = tuple(material.said(group.people, group.tables) for material in step.materials)
    minutes = step.minutes.times({"table": group.tables or 1, "person": group.each}.get(step.per, 1))
    if step.per != "round":
        return [Block(title=step.title, minutes=minutes, lead=step.lead, materials=materials)]
    moves = [step.move or 0] * (group.rounds - 1) + [0]
    return [
        Block(title=_numbered(step.title, number), minutes=minutes.plus(move, kin), lead=step.lead, materials=materials)
        for number, move in enumerate(moves, 1)
    ]


def _numbered(title: Texts, number: int) -> Texts:
    return Texts({lang: fill(text, {"n": str(number)}) for lang, text in title.items()})


def load(folder: Folder, name: str) -> FromFile[Method]:
    """Read a method, the user's before the shipped one; raise UnknownName if there is none."""
    path = folder.shelves.find("methods", f"{name}.yaml")
    if path is None:
        raise UnknownName("method", name, folder.shelves.names("methods", ".yaml"))
    return read(path, f"methods/{name}.yaml", Method, folder.languages)
