"""A late start: what is left of each block when the day begins later and ends as planned, and what cannot be made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ecocsme.errors import InvalidFile
from ecocsme.event import model as event_model
from ecocsme.event import running
from ecocsme.event.daytime import Daytime
from ecocsme.event.model import Block
from ecocsme.event.ranges import Range
from ecocsme.event.timetable import Slot, timetable
from ecocsme.files.values import Clock
from ecocsme.language.texts import Texts
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
    """A day as planned, and as it is when it starts late."""

    languages: tuple[str, ...]
    planned: tuple[Slot, ...]
    late: tuple[LateStart, ...]


def late_starts(folder: Folder, event: str, minutes: Sequence[int], languages: tuple[str, ...], zone: str) -> Day:
    """Plan a day anew for starts so many minutes late; raise InvalidFile where it has no times to begin with.

    `languages` and `zone` are those of the project.
    """
    source = event_model.load(folder, event)
    blocks, daytime = running.blocks(folder, source.value), running.daytime(source.value, zone)
    planned = timetable(blocks, source.value.start, source.value.end, daytime)
    if source.value.start is None or not blocks:
        missing = "start" if source.value.start is None else "agenda"
        raise InvalidFile([source.problem((missing,), "is missing", "a late start needs a start, and an agenda or a method")])
    if planned.clashes:
        clash = planned.clashes[0]
        place = running.place(folder, source.value, clash.index)
        raise InvalidFile([source.problem(place, clash.message, clash.cure)])
    ends = source.value.end or planned.slots[-1].end
    found = tuple(_late(blocks, planned.slots, daytime, (source.value.start, ends), by) for by in minutes)
    return Day(source.value.spoken(languages), planned.slots, found)


def _late(blocks: Sequence[Block], planned: Sequence[Slot], daytime: Daytime, open_: tuple[Clock, Clock | None], by: int) -> LateStart:
    start, end = open_
    opens = daytime.minutes(start)
    # what comes before the start (registration) is over; the first block after it waits
    first = next((index for index, slot in enumerate(planned) if slot.start and daytime.minutes(slot.start) >= opens), 0)
    moved = [_held(block, slot) for block, slot in zip(blocks[:first], planned, strict=False)]
    moved += [_delayed(blocks[first], planned[first], daytime, by), *blocks[first + 1 :]]
    table = timetable(moved, start, end, daytime)
    left = [clash.message if clash.index is None else f"block {clash.index + 1} {clash.message}" for clash in table.clashes]
    stuck = next((clash.index for clash in table.clashes), None)
    return LateStart(by, table.slots, left[0] if left else "", stuck)  # what is late once makes all that follows late


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


def said(title: Texts, languages: tuple[str, ...]) -> str:
    """The title of a block in the main language of the event."""
    return title.said(languages[0])[0]
