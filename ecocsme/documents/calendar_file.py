"""agenda.ics: one calendar entry for the whole event, as Google, Outlook and Apple take it; the same files give the same bytes.

A calendar knows an entry again by its UID, and takes a newer one only where its SEQUENCE is higher. As no date here comes from
the clock, every change that a reader of the calendar sees raises it, counted from what the manifest knows of the last build.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ecocsme.documents import calendar_text
from ecocsme.documents.calendar_marks import seen
from ecocsme.documents.calendar_zone import add_zone
from ecocsme.documents.context import Subject
from ecocsme.documents.manifest import Entry
from ecocsme.event.model import Event
from ecocsme.event.timetable import Slot
from ecocsme.files.values import Clock
from ecocsme.language.words import Words
from ecocsme.project.model import Project

_UTC = frozenset({"UTC", "Etc/UTC", "GMT", "Etc/GMT"})


def write_calendar(subject: Subject, packs: Sequence[Words], before: Entry | None) -> bytes:
    """Make the calendar file of an event; its SEQUENCE is one higher than before where a reader sees something new."""
    sequence = before.sequence if before else 0
    same = _written(subject, packs, sequence)
    if before is None or before.seen in ("", seen(same)):
        return same
    return _written(subject, packs, sequence + 1)


def uid(project: Project, event: str) -> str:
    """The name by which calendars know the event for ever: its ID at the code of the project, or at its acronym."""
    name = project.code or project.acronym
    plain = re.sub("[^a-z0-9.-]+", "-", name.casefold()).strip("-.")
    return f"{event}@{plain or hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _written(subject: Subject, packs: Sequence[Words], number: int) -> bytes:
    from icalendar import Calendar
    from icalendar import Event as Entered

    event: Event = subject.values["event"]
    main = packs[0]
    entry = Entered()
    entry.add("uid", uid(subject.project, subject.name))
    entry.add("sequence", number)
    entry.add("dtstamp", _stamp(event.date))
    zone = ZoneInfo(event.timezone or subject.project.timezone)
    for name, moment in _span(event, subject.values["agenda"], zone).items():
        entry.add(name, moment)
    texts = {"summary": calendar_text.title(event, main), "location": calendar_text.place(event, main)}
    texts["description"] = calendar_text.description(subject, packs)
    for name, text in texts.items():
        if text:
            one = name != "description" or len(packs) == 1
            entry.add(name, text, parameters={"LANGUAGE": main.tag} if one else {})
    calendar = Calendar()
    calendar.add("prodid", "-//ecocsme//agenda//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if event.start is not None and not event.in_writing and zone.key not in _UTC:
        add_zone(calendar, zone, event.date.year)
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _span(event: Event, slots: Sequence[Slot], zone: ZoneInfo) -> dict[str, Any]:
    """When the event is: from its start to its end, or its whole day where no start is known; the last day of a questionnaire."""
    if event.start is None or event.in_writing:
        day = event.replies_by or event.date if event.in_writing else event.date
        return {"dtstart": day, "dtend": day + timedelta(days=1)}
    end = event.end or max((slot.end for slot in slots if slot.end), default=None)
    span = {"dtstart": _moment(event.date, event.start, zone)}
    return span | {"dtend": _moment(event.date, end, zone)} if end else span


def _moment(day: date, clock: Clock, zone: ZoneInfo) -> datetime:
    """A time on the wall; in a zone without rules of its own it is written as UTC."""
    moment = datetime.combine(day, time(), zone) + timedelta(minutes=clock.minutes)
    return moment.astimezone(UTC) if zone.key in _UTC else moment


def _stamp(day: date) -> datetime:
    """When the entry was made: never read from the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.combine(day, time(), UTC)
