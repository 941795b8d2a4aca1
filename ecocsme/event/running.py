"""The run of an event: its own blocks or those of its method, with clock times on each of its days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ecocsme.event import method_blocks, methods
from ecocsme.event.clashes import Clash
from ecocsme.event.daytime import Daytime
from ecocsme.event.model import Block, Event
from ecocsme.event.timetable import Slot, Timetable, timetable
from ecocsme.files.yaml_text import Place
from ecocsme.project.folder import Folder


def placed(folder: Folder, event: Event) -> tuple[tuple[int, Block], ...]:
    """The blocks of an agenda with the index of the entry that each comes from: a method stands for its steps."""
    return tuple((index, block) for index, entry in enumerate(event.agenda) for block in _standing_for(folder, entry, event))


def _standing_for(folder: Folder, entry: Block, event: Event) -> tuple[Block, ...]:
    track = event.track(entry.track)
    if track is not None and entry.lead is None:
        entry = entry.model_copy(update={"lead": track.lead})
    if entry.method is None:
        return (entry,)
    steps = method_blocks.steps(methods.load(folder, entry.method).value, entry, event)
    return tuple(step.model_copy(update={"track": entry.track}) for step in steps)


def blocks(folder: Folder, event: Event) -> tuple[Block, ...]:
    """The blocks of an event, or those of its method where it writes none and says when it begins."""
    if event.agenda or event.method is None or event.start is None:
        return tuple(block for _, block in placed(folder, event))
    return methods.load(folder, event.method).value.blocks(event)


def on_day(folder: Folder, event: Event, day: int) -> tuple[Block, ...]:
    """The blocks of one of the days of an event; a method that gives the whole agenda fills the first."""
    if not event.days:
        return blocks(folder, event)
    if not event.agenda:
        return blocks(folder, event) if day == 1 else ()
    of_entry = day_numbers(event)
    return tuple(block for index, block in placed(folder, event) if of_entry[index] == day)


def day_numbers(event: Event) -> tuple[int, ...]:
    """The number of the day of each entry of the agenda: its own, or that of the entry before it."""
    found: list[int] = []
    for entry in event.agenda:
        before = found[-1] if found else 1
        found.append(min(max(entry.day or before, before), len(event.each_day)))
    return tuple(found)


def place(folder: Folder, event: Event, index: int | None, day: int = 1) -> Place:
    """Where in the event file the block of an index is written; None is the end of a day."""
    if index is None:
        return ("days", day - 1, "end") if event.days else ("end",)
    return ("agenda", placed(folder, event)[index][0]) if event.agenda else ("method",)


def daytime(event: Event, zone: str, day: int = 1) -> Daytime:
    """A day of an event, in its own time zone or that of its project."""
    return Daytime.of(event.each_day[day - 1].date, event.timezone or zone)


def has_times(folder: Folder, event: Event) -> bool:
    """Whether there is a timetable to look at; a method that does not exist is named elsewhere."""
    known = folder.shelves.names("methods", ".yaml")
    return bool(event.agenda or event.start) and all(name in known for name in event.methods())


def run(folder: Folder, event: Event, zone: str) -> Timetable:
    """The timetable of an event, all of its days; `zone` is that of its project."""
    slots: list[Slot] = []
    clashes: list[Clash] = []
    gaps: list[Clash] = []
    for day in range(1, len(event.each_day) + 1):
        found = run_day(folder, event, zone, day)
        clashes += _moved(found.clashes, len(slots), day)
        gaps += _moved(found.gaps, len(slots), day)
        slots += found.slots
    return Timetable(tuple(slots), tuple(clashes), tuple(gaps))


def run_day(folder: Folder, event: Event, zone: str, day: int) -> Timetable:
    """The timetable of one day of an event, counted from its first block."""
    open_ = event.each_day[day - 1]
    number = day if len(event.each_day) > 1 else None
    return timetable(on_day(folder, event, day), open_.start, open_.end, daytime(event, zone, day), number)


def _moved(found: Iterable[Clash], by: int, day: int) -> Iterable[Clash]:
    """What does not add up on a day, with its place in the whole agenda."""
    return (replace(one, index=None if one.index is None else one.index + by, day=day) for one in found)
