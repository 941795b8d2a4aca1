"""The run of an event: its own blocks or those of its method, with clock times on its day."""

from __future__ import annotations

from ecocsme.event import method_blocks, methods
from ecocsme.event.daytime import Daytime
from ecocsme.event.model import Block, Event
from ecocsme.event.timetable import Timetable, timetable
from ecocsme.files.yaml_text import Place
from ecocsme.project.folder import Folder


def placed(folder: Folder, event: Event) -> tuple[tuple[int, Block], ...]:
    """The blocks of an agenda with the index of the entry that each comes from: a method stands for its steps."""
    return tuple((index, block) for index, entry in enumerate(event.agenda) for block in _standing_for(folder, entry, event))


def _standing_for(folder: Folder, entry: Block, event: Event) -> tuple[Block, ...]:
    if entry.method is None:
        return (entry,)
    return method_blocks.steps(methods.load(folder, entry.method).value, entry, event)


def blocks(folder: Folder, event: Event) -> tuple[Block, ...]:
    """The blocks of an event, or those of its method where it writes none and says when it begins."""
    if event.agenda or event.method is None or event.start is None:
        return tuple(block for _, block in placed(folder, event))
    return methods.load(folder, event.method).value.blocks(event)


def place(folder: Folder, event: Event, index: int | None) -> Place:
    """Where in the event file the block of an index is written; None is the end of the event."""
    if index is None:
        return ("end",)
    return ("agenda", placed(folder, event)[index][0]) if event.agenda else ("method",)


def daytime(event: Event, zone: str) -> Daytime:
    """The day of an event, in its own time zone or that of its project."""
    return Daytime.of(event.date, event.timezone or zone)


def run(folder: Folder, event: Event, zone: str) -> Timetable:
    """The timetable of an event; `zone` is that of its project."""
    return timetable(blocks(folder, event), event.start, event.end, daytime(event, zone))
