"""agenda.ics: one calendar entry for each day of an event, as Google, Outlook and Apple take it; the same files give the same bytes.

A calendar knows an entry again by its UID, and takes a newer one only where its SEQUENCE is higher. As no date here comes from
the clock, every change that a reader of the calendar sees raises it, counted from what the manifest knows of the last build.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ecocsme.documents import calendar_text
from ecocsme.documents.calendar_marks import seen
from ecocsme.documents.calendar_zone import add_zone
from ecocsme.documents.context import Subject
from ecocsme.documents.manifest import Entry
from ecocsme.event.day_plan import DayPlan
from ecocsme.event.model import Event
from ecocsme.files.values import Clock
from ecocsme.language.words import Words
from ecocsme.project.model import Project

if TYPE_CHECKING:
    from icalendar import Event as Entered

_UTC = frozenset({"UTC", "Etc/UTC", "GMT", "Etc/GMT"})


def write_calendar(subject: Subject, packs: Sequence[Words], before: Entry | None) -> bytes:
    """Make the calendar file of an event; its SEQUENCE is one higher than before where a reader sees something new."""
    sequence = before.sequence if before else 0
    same = _written(subject, packs, sequence)
    if before is None or before.seen in ("", seen(same)):
        return same
    return _written(subject, packs, sequence + 1)


def uid(project: Project, event: str, day: int = 1) -> str:
    """The name by which calendars know a day of the event for ever: its ID at the code of the project, or at its acronym.

    The first day is the event itself, so that an event can become one of several days; no ID of an event holds a dot.
    """
    name = project.code or project.acronym
    plain = re.sub("[^a-z0-9.-]+", "-", name.casefold()).strip("-.")
    further = f".{day}" if day > 1 else ""
    return f"{event}{further}@{plain or hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _written(subject: Subject, packs: Sequence[Words], number: int) -> bytes:
    from icalendar import Calendar

    event: Event = subject.values["event"]
    zone = ZoneInfo(event.timezone or subject.project.timezone)
    days: Sequence[DayPlan] = subject.values["days"]
    calendar = Calendar()
    calendar.add("prodid", "-//ecocsme//agenda//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if any(day.start is not None for day in days) and not event.in_writing and zone.key not in _UTC:
        add_zone(calendar, zone, event.date.year)
    for day in days:
        calendar.add_component(_entry(subject, packs, day, zone, number))
    return bytes(calendar.to_ical())


def _entry(subject: Subject, packs: Sequence[Words], day: DayPlan, zone: ZoneInfo, number: int) -> Entered:
    from icalendar import Event as Entered

    event: Event = subject.values["event"]
    main = packs[0]
    entry = Entered()
    entry.add("uid", uid(subject.project, subject.name, day.number))
    entry.add("sequence", number)
    entry.add("dtstamp", _stamp(event.date))
    for name, moment in _span(event, day, zone).items():
        entry.add(name, moment)
    texts = {"summary": calendar_text.title(event, day, main), "location": calendar_text.place(event, main)}
    texts["description"] = calendar_text.description(subject, day, packs)
    for name, text in texts.items():
        if text:
            one = name != "description" or len(packs) == 1
            entry.add(name, text, parameters={"LANGUAGE": main.tag} if one else {})
    return entry


def _span(event: Event, day: DayPlan, zone: ZoneInfo) -> dict[str, Any]:
    """When a day of the event is: from its start to its end, or all day where no start is known; the last day of a questionnaire."""
    if day.start is None or event.in_writing:
        on = event.replies_by or day.date if event.in_writing else day.date
        return {"dtstart": on, "dtend": on + timedelta(days=1)}
    end = day.end or max((slot.end for slot in day.slots if slot.end), default=None)
    span = {"dtstart": _moment(day.date, day.start, zone)}
    return span | {"dtend": _moment(day.date, end, zone)} if end else span


def _moment(day: date, clock: Clock, zone: ZoneInfo) -> datetime:
    """A time on the wall; in a zone without rules of its own it is written as UTC."""
    moment = datetime.combine(day, time(), zone) + timedelta(minutes=clock.minutes)
    return moment.astimezone(UTC) if zone.key in _UTC else moment


def _stamp(day: date) -> datetime:
    """When the entry was made: never read from the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.combine(day, time(), UTC)
