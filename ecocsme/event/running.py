"""The run of an event: its own blocks or those of its method, with clock times on its day."""

from __future__ import annotations

from ecocsme.event import methods
from ecocsme.event.daytime import Daytime
from ecocsme.event.model import Block, Event
from ecocsme.event.timetable import Timetable, timetable
from ecocsme.project.folder import Folder


def blocks(folder: Folder, event: Event) -> tuple[Block, ...]:
    """The blocks of an event, or those of its method where it writes none and says when it begins."""
    if event.agenda or event.method is None or event.start is None:
        return event.agenda
    return methods.load(folder, event.method).value.blocks(event)


def daytime(event: Event, zone: str) -> Daytime:
    """The day of an event, in its own time zone or that of its project."""
    return Daytime.of(event.date, event.timezone or zone)


def run(folder: Folder, event: Event, zone: str) -> Timetable:
    """The timetable of an event; `zone` is that of its project."""
    return timetable(blocks(folder, event), event.start, event.end, daytime(event, zone))
