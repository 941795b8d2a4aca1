"""A late start: what is left of each block when the day begins later and ends as planned, and what cannot be made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from ecocsme.errors import InvalidFile, Problem
from ecocsme.event import day_checks, laying, running
from ecocsme.event import model as event_model
from ecocsme.event.daytime import Daytime
from ecocsme.event.model import Block, Event
from ecocsme.event.ranges import Range
from ecocsme.event.timetable import Slot, timetable
from ecocsme.files.models import FromFile
from ecocsme.files.values import Clock
from ecocsme.files.yaml_text import Place
from ecocsme.project.folder import Folder


@dataclass(frozen=True, slots=True)
class LateStart:
    """The slots of a day that begins so many minutes late, in the order of the plan, and what cannot be made up ('' if all can)."""

    minutes: int
    slots: tuple[Slot, ...]
    left: str
    stuck: int | None = None  # the block that must wait although it may not


@dataclass(frozen=True, slots=True)
class Day:
    """A day as planned, and as it is when it starts late; `number` is which one it is where the event has several."""

    languages: tuple[str, ...]
    planned: tuple[Slot, ...]
    late: tuple[LateStart, ...]
    number: int | None = None


def late_starts(folder: Folder, event: str, minutes: Sequence[int], languages: tuple[str, ...], zone: str, *, day: int = 1) -> Day:
    """Plan a day anew for starts so many minutes late; raise InvalidFile where it has no times to begin with.

    `languages` and `zone` are those of the project. Other days of the event stay as they are.
    """
    source = event_model.load(folder, event)
    misplaced = [source.problem(*said) for said in day_checks.misplaced(source.value)]
    if misplaced:
        raise InvalidFile(misplaced)
    start, ends = _open(source, day)
    blocks, daytime = running.on_day(folder, source.value, day), running.daytime(source.value, zone, day)
    if start is None or not blocks:
        raise InvalidFile([_lacking(source, day, start)])
    everything = running.run(folder, source.value, zone)
    wrong = [clash for clash in everything.clashes if clash.day == day]
    if wrong:
        place = running.place(folder, source.value, wrong[0].index, day)
        raise InvalidFile([source.problem(place, wrong[0].message, wrong[0].cure)])
    planned = tuple(slot for slot in everything.slots if slot.day == day)
    number = day if len(source.value.each_day) > 1 else None
    found = tuple(_late(blocks, planned, daytime, (start, ends or _last(planned), number), by) for by in minutes)
    return Day(source.value.spoken(languages), planned, found, number)


def _lacking(source: FromFile[Event], day: int, start: Clock | None) -> Problem:
    place: Place = ("days", day - 1) if source.value.days else ()
    cure = "a late start needs a start, and an agenda or a method"
    if start is None:
        return source.problem((*place, "start"), "is missing", cure)
    return source.problem(place or ("agenda",), day_checks.NOTHING if place else "is missing", cure)


def _open(source: FromFile[Event], day: int) -> tuple[Clock | None, Clock | None]:
    """When a day starts and ends, as it is written; raise InvalidFile where there is no such day."""
    days = source.value.each_day
    if day > len(days):
        many = f"{len(days)} days" if len(days) > 1 else "one day"
        raise InvalidFile([source.problem(("days",), f"has no day {day}", f"the event has {many}: name one of them with --day")])
    return days[day - 1].start, days[day - 1].end


def _last(planned: Sequence[Slot]) -> Clock | None:
    """When the last block ends, or the longest of the tracks that are last."""
    side_by_side = takewhile(lambda slot: slot.track is not None, reversed(planned))
    ends = [slot.end for slot in side_by_side if slot.end is not None]
    return max(ends) if ends else planned[-1].end


_Open = tuple[Clock, Clock | None, int | None]  # start, end, and the number of the day where there are several


def _late(blocks: Sequence[Block], planned: Sequence[Slot], daytime: Daytime, open_: _Open, by: int) -> LateStart:
    start, end, number = open_
    starts = [None if slot.start is None else daytime.minutes(slot.start) for slot in planned]
    over, waits = _first(laying.parts(blocks), starts, daytime.minutes(start))
    moved = [
        _held(block, slot) if index in over else _delayed(block, slot, daytime, by) if index in waits else block
        for index, (block, slot) in enumerate(zip(blocks, planned, strict=True))
    ]
    table = timetable(moved, start, end, daytime, number)
    left = [clash.message if clash.index is None else f"block {clash.index + 1} {clash.message}" for clash in table.clashes]
    stuck = next((clash.index for clash in table.clashes), None)
    return LateStart(by, table.slots, left[0] if left else "", stuck)  # what is late once makes all that follows late


def _first(parts: Sequence[laying.Part], starts: Sequence[int | None], opens: int) -> tuple[set[int], set[int]]:
    """Which blocks are over when a day starts, as registration is, and which wait: the first, or the first of each track."""
    begins = [min((since for lane in part if (since := starts[lane[0]]) is not None), default=None) for part in parts]
    first = next((index for index, since in enumerate(begins) if since is not None and since >= opens), 0)
    over = {index for part in parts[:first] for lane in part for index in lane}
    return over, {lane[0] for lane in parts[first] if starts[lane[0]] == begins[first]}


def _held(block: Block, slot: Slot) -> Block:
    return block.model_copy(update={"start": slot.start, "end": slot.end, "minutes": None})


def _delayed(block: Block, slot: Slot, daytime: Daytime, by: int) -> Block:
    minutes = Range(slot.minutes or 1) if block.end and not block.minutes else block.minutes
    begins = daytime.clock(daytime.minutes(slot.start or Clock(0)) + by)
    return block.model_copy(update={"start": begins, "end": None, "minutes": minutes})


def change(planned: Slot, late: Slot) -> str:
    """What a late start does to a block, in words: its new time, and by how much it is shorter."""
    if late.minutes == 0:
        return "left out"
    shown = f"{late.start}-{late.end}"
    less = (planned.minutes or 0) - (late.minutes or 0)
    return f"{shown} ({-less:+d})" if less else shown


def said(slot: Slot, languages: tuple[str, ...]) -> str:
    """The title of a block in the main language of the event, after the ID of its track where it has one."""
    title = slot.title.said(languages[0])[0]
    return f"{slot.track}: {title}" if slot.track else title
