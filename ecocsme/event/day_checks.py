"""Checks of events of several days and parallel tracks: every block has its day and its track, nobody is in two places at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ecocsme.errors import Problem, check, nearest
from ecocsme.event import running
from ecocsme.event.model import Event
from ecocsme.event.timetable import Slot
from ecocsme.files.models import FromFile
from ecocsme.files.yaml_text import Place
from ecocsme.language import formats
from ecocsme.language.letters import fold
from ecocsme.language.texts import Texts
from ecocsme.language.words import load as load_words
from ecocsme.project.folder import Folder
from ecocsme.project.model import Project

NOTHING = "nothing is planned on this day"
_Said = tuple[Place, str, str]


@check("event-days", "days out of order or without a block, or a block on a day that does not exist")
def event_days(event: FromFile[Event]) -> Iterator[Problem]:
    """Name what has no place among the days of an event."""
    for key in ("date", "start", "end"):
        if event.value.days and (key,) in event.parsed.lines:
            yield event.problem((key,), "stands beside `days`, which hold it for each day", "keep one of them")
    out_of_place = tuple(misplaced(event.value))
    yield from (event.problem(*said) for said in (*_dates(event.value), *out_of_place, *_of_method(event.value)))
    planned = running.day_numbers(event.value)
    for number in range(1, len(event.value.days) + 1 if planned and not out_of_place else 1):
        if number not in planned:
            yield event.problem(("days", number - 1), NOTHING, f"give its first block `day: {number}`", severity="warning")


def _dates(event: Event) -> Iterator[_Said]:
    for number, (before, day) in enumerate(pairwise(event.dates), 1):
        if day <= before:
            yield ("days", number, "date"), f"is not after the day before it ({before})", "write the days in order, each once"


def _of_method(event: Event) -> Iterator[_Said]:
    if event.method is not None and len(event.days) > 1 and not event.agenda:
        cure = "write an agenda, with the method as a block of one of the days"
        yield ("method",), f"fills one day, but the event has {len(event.days)}", cure


def misplaced(event: Event) -> Iterator[tuple[Place, str, str]]:
    """The blocks whose day does not exist or is over: the place, what is wrong, and the cure."""
    reached, many = 1, len(event.each_day)
    for index, block in enumerate(event.agenda):
        place = ("agenda", index, "day")
        if block.day is not None and block.day > many:
            some = f"the event has {many} days: add another one under `days:`"
            yield place, f"there is no day {block.day}", some if event.days else "list date, start and end of each day under `days:`"
        elif block.day is not None and block.day < reached:
            yield place, f"is day {block.day}, after a block of day {reached}", "put it before the blocks of later days"
        else:
            reached = block.day or reached


@check("track", "a block in a track that the event does not list")
def track(event: FromFile[Event]) -> Iterator[Problem]:
    """Name blocks whose track has no title."""
    known = [one.id for one in event.value.tracks]
    for index, block in enumerate(event.value.agenda):
        if block.track is not None and block.track not in known:
            near = nearest(block.track, known)
            cure = f"did you mean {near}?" if near else "list it with its title under `tracks:`"
            yield event.problem(("agenda", index, "track"), f"there is no track {block.track}", cure)


class _Led(NamedTuple):
    """A block in a track, and who leads it: the name as it is compared, and as it is written."""

    entry: int
    slot: Slot
    people: dict[str, str]


@check("agenda-lead", "one person who leads two parallel blocks at the same time")
def agenda_lead(folder: Folder, project: FromFile[Project], event: FromFile[Event]) -> Iterator[Problem]:
    """Compare who leads blocks of different tracks whose times overlap."""
    if not event.value.tracks or not running.has_times(folder, event.value) or any(misplaced(event.value)):
        return
    spoken = event.value.spoken(project.value.languages)
    between = _between([load_words(folder.shelves, lang).locale for lang in spoken if lang in folder.languages])
    entries = [entry for entry, _ in running.placed(folder, event.value)]
    slots = zip(entries, running.run(folder, event.value, project.value.timezone).slots, strict=False)
    led = [_Led(entry, slot, _people(slot.lead, between)) for entry, slot in slots if slot.track and slot.lead]
    for number, one in enumerate(led):
        for other in led[:number]:
            for name in one.people.keys() & other.people.keys() if _at_once(one.slot, other.slot) else ():
                line = event.parsed.line(("agenda", other.entry))
                message = f"{one.people[name]} also leads the block on line {line}, which goes on at the same time"
                cure = "name another person, or let one follow the other"
                yield event.problem(("agenda", one.entry), message, cure, severity="warning")


def _at_once(one: Slot, other: Slot) -> bool:
    if one.day != other.day or one.track == other.track or not (one.start and one.end and other.start and other.end):
        return False
    return one.start < other.end and other.start < one.end


def _between(locales: list[str]) -> re.Pattern[str]:
    """What stands between the names of two people, as in `Ana Pop și Dan Rusu`."""
    joining = {formats.listed(["", ""], locale) for locale in locales}
    return re.compile("|".join([r"\s*[;/&+]\s*", *map(re.escape, sorted(joining))]))


def _people(lead: Texts | None, between: re.Pattern[str]) -> dict[str, str]:
    names = [name.strip() for text in (lead.values() if lead else ()) for name in between.split(text)]
    return {fold(name): name for name in names if name}


CHECKS = (event_days, track, agenda_lead)
