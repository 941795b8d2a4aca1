"""event.yaml: one workshop, as its facilitator describes it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from ecocsme.errors import InvalidFile, visible
from ecocsme.event.days import EventDay, times
from ecocsme.event.ranges import Minutes
from ecocsme.files.models import FromFile, Written, read
from ecocsme.files.values import Count, Day, Identifier, OrInSchema, Positive, Text, Time, Zone, fault, in_schema, number_in_schema
from ecocsme.language.texts import LocalText
from ecocsme.project.folder import Folder
from ecocsme.project.model import Contact

MAX_BLOCKS = 500
MAX_TABLES = 200
MAX_DAYS = 31
MAX_TRACKS = 40
_QUESTION = re.compile("q[1-9][0-9]{0,2}")
_TABLE = re.compile("t[1-9][0-9]{0,2}")


def _question_id(value: object) -> str:
    if not isinstance(value, str) or not _QUESTION.fullmatch(value):
        raise fault(f"found {visible(value, 60)}", "number the questions q1, q2, q3 ...")
    return value


def _table_id(value: object) -> str:
    if not isinstance(value, str) or not _TABLE.fullmatch(value):
        raise fault(f"found {visible(value, 60)}", "number the tables t1, t2, t3 ...")
    return value


def _numbered_tables(value: object) -> object:
    """Let a number stand for that many tables."""
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[1-9][0-9]{0,2}", value) or int(value) > MAX_TABLES:
        raise fault(f"found {visible(value, 60)}", f"write how many tables there are, at most {MAX_TABLES}, or a list of tables")
    return tuple({"id": f"t{n}"} for n in range(1, int(value) + 1))


def _one(value: object) -> object:
    if isinstance(value, list):
        raise fault("found a list where one value is expected", "a block is on one day and in one track: write a block for each")
    return value


class Question(Written):
    """What the tables are asked: an ID and a text per language."""

    per_language: ClassVar[str] = "text"

    id: Annotated[Text, BeforeValidator(_question_id), in_schema(_QUESTION.pattern)]
    text: LocalText


class Venue(Written):
    """Where an event takes place."""

    one_line: ClassVar[str] = "name"

    name: LocalText
    address: LocalText | None = None
    city: LocalText | None = None


class Facilitator(Written):
    """Who leads an event; never invented."""

    name: Text
    role: LocalText | None = None
    organisation: LocalText | None = None


class Track(Written):
    """One of several things that go on at the same time; its lead is that of its blocks that name nobody."""

    per_language: ClassVar[str] = "title"

    id: Identifier
    title: LocalText
    room: LocalText | None = None
    lead: LocalText | None = None


class Block(Written):
    """One timed item of the agenda: a fixed start, or right after the block before it; a method stands for its steps.

    `day` is that of the block before it where it is left out; blocks of several tracks that follow each other run side by side.
    """

    model_config = ConfigDict(json_schema_extra={"required": [], "anyOf": [{"required": ["title"]}, {"required": ["method"]}]})

    title: LocalText
    method: Identifier | None = None
    start: Time | None = None
    end: Time | None = None
    minutes: Minutes | None = None
    lead: LocalText | None = None
    materials: tuple[LocalText, ...] = ()
    day: Annotated[Positive, BeforeValidator(_one)] | None = None
    track: Annotated[Identifier, BeforeValidator(_one)] | None = None

    @classmethod
    def _folded(cls, data: dict[str, Any], languages: frozenset[str]) -> dict[str, Any]:
        """Call a block by its method where that gives its steps."""
        if isinstance(data.get("method"), str):
            if data.get("title") is not None:
                raise fault("has a title and a method, whose steps have titles of their own", "keep one of them")
            data = {**data, "title": data["method"]}
        return super()._folded(data, languages)


class Table(Written):
    """A table of the room, where one is described by itself."""

    id: Annotated[Text, BeforeValidator(_table_id), in_schema(_TABLE.pattern)]
    host: Text | None = None
    questions: tuple[Text, ...] = ()


class Participants(Written):
    """How many people are expected, and of which sectors."""

    expected: Positive | None = None
    sectors: dict[str, Count] = Field(default_factory=dict)


class Quote(Written):
    """Words of a named person for the press, as that person gave them."""

    by: LocalText
    text: LocalText


class Press(Written):
    """What only the press release needs."""

    date: Day
    headline: LocalText | None = None
    quotes: tuple[Quote, ...] = ()
    contact: Contact | None = None
    embargo: Day | None = None


class Event(Written):
    """One workshop, as event.yaml describes it; its ID is the name of its folder.

    Where it has several days, `date`, `start` and `end` are those of the first.
    """

    model_config = ConfigDict(json_schema_extra={"required": ["id", "title"], "anyOf": [{"required": ["date"]}, {"required": ["days"]}]})

    id: Identifier
    title: LocalText
    topic: LocalText | None = None
    lab: Positive | None = None
    lab_round: Positive | None = None
    date: Day
    start: Time | None = None
    end: Time | None = None
    days: Annotated[tuple[EventDay, ...], Field(min_length=1, max_length=MAX_DAYS)] = ()
    timezone: Zone | None = None
    mode: Literal["in-person", "online", "hybrid", "questionnaire"] = "in-person"
    replies_by: Day | None = None
    replies_to: Contact | None = None
    venue: Venue | None = None
    languages: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None
    facilitator: Facilitator | None = None
    aims: tuple[LocalText, ...] = ()
    previous: Identifier | None = None
    method: Identifier | None = None
    tables: Annotated[
        tuple[Table, ...],
        Field(max_length=MAX_TABLES),
        BeforeValidator(_numbered_tables),
        OrInSchema(number_in_schema(1, MAX_TABLES)),
    ] = ()
    rounds: Positive | None = None
    participants: Participants | None = None
    practices: tuple[Identifier, ...] = ()
    guests: tuple[LocalText, ...] = ()
    tracks: Annotated[tuple[Track, ...], Field(max_length=MAX_TRACKS)] = ()
    agenda: Annotated[tuple[Block, ...], Field(max_length=MAX_BLOCKS)] = ()
    questions: tuple[Question, ...] = ()
    measures: LocalText | None = None
    press: Press | None = None

    @classmethod
    def _folded(cls, data: dict[str, Any], languages: frozenset[str]) -> dict[str, Any]:
        """Begin with the first of several days; what is wrong with it is said where it is written."""
        days = data.get("days")
        if days is not None:
            data = {**times(days), **data}
        return super()._folded(data, languages)

    @property
    def each_day(self) -> tuple[EventDay, ...]:
        """The days of the event in the order written; one, where it lists none."""
        return self.days or (EventDay(date=self.date, start=self.start, end=self.end),)

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The date of each day."""
        return tuple(day.date for day in self.each_day)

    def track(self, track_id: str | None) -> Track | None:
        """The track of an ID."""
        return next((track for track in self.tracks if track.id == track_id), None)

    @property
    def in_writing(self) -> bool:
        """Whether it is answered in writing, each person alone, without a meeting."""
        return self.mode == "questionnaire"

    def question(self, question_id: str) -> Question | None:
        """The question of an ID."""
        return next((question for question in self.questions if question.id == question_id), None)

    def methods(self) -> tuple[str, ...]:
        """Every method that the event or a block of its agenda names."""
        named = (self.method, *(block.method for block in self.agenda))
        return tuple(dict.fromkeys(name for name in named if name is not None))

    def spoken(self, project_languages: tuple[str, ...]) -> tuple[str, ...]:
        """The languages of this event, the main one first; the project's where it names none."""
        return self.languages or project_languages


def load(folder: Folder, event: str) -> FromFile[Event]:
    """Read the event file of an event; raise InvalidFile with all of its problems."""
    path = folder.event_file(event)
    return read(path, folder.shown(path), Event, folder.languages)


def demand_release(folder: Folder, event: str) -> None:
    """Refuse a press release of an event that says nothing for the press; raise InvalidFile naming the key."""
    source = load(folder, event)
    if source.value.press is None:
        cure = "a press release is dated by it: add `press: {date: 2026-11-20}`, and a headline if you have one"
        raise InvalidFile([source.problem(("press",), "is missing", cure)])
