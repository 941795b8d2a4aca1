"""The rules of a time zone as calendars read them: one onset of standard time, one of summer time, each repeated every year.

Outlook takes no zone that has two standard times, or onsets without a yearly rule by weekday; so the onsets that the system's
zone really has are found, and said as such a rule where one holds. A zone that knows none is listed onset by onset.
"""

from __future__ import annotations

import calendar as months
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Calendar, Timezone

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Onset:
    """The moment at which the clocks of a zone change: as they show it before, and the offsets and the name after."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def rules(self) -> Iterator[tuple[int, int, int]]:
        """The rules that it may follow: month, weekday, and which one of the month (-1: the last)."""
        day = self.wall
        if day.day + 7 > months.monthrange(day.year, day.month)[1]:
            yield day.month, day.weekday(), -1
        yield day.month, day.weekday(), (day.day - 1) // 7 + 1


def add_zone(calendar: Calendar, zone: ZoneInfo, year: int) -> None:
    """Describe a time zone for a year, so that a calendar needs no knowledge of its own."""
    from icalendar import Timezone

    made = _yearly(zone, year)
    if made is None:
        made = Timezone.from_tzinfo(zone, zone.key, date(year, 1, 1), date(year + 1, 1, 1))
        made.pop("COMMENT", None)
    calendar.add_component(made)


def onsets(zone: ZoneInfo, year: int) -> tuple[Onset, ...]:
    """Every change of the clocks in a year, in order."""
    begins = datetime(year, 1, 1, tzinfo=UTC)
    days = [begins + timedelta(days=day) for day in range(367)]
    pairs = ((one, other) for one, other in itertools.pairwise(days) if _offset(one, zone) != _offset(other, zone))
    return tuple(onset for onset in (_between(*pair, zone) for pair in pairs) if onset.wall.year == year)


def _between(early: datetime, late: datetime, zone: ZoneInfo) -> Onset:
    """The change between two moments, to the minute."""
    before = _offset(early, zone)
    while late - early > timedelta(minutes=1):
        middle = early + timedelta(minutes=(late - early) // timedelta(minutes=1) // 2)
        early, late = (middle, late) if _offset(middle, zone) == before else (early, middle)
    there = late.astimezone(zone)
    return Onset((late + before).replace(tzinfo=None), before, _offset(late, zone), there.tzname() or "")


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _yearly(zone: ZoneInfo, year: int) -> Timezone | None:
    """The zone as one yearly rule for each of its two times, or one time all the year; None where there is no such rule."""
    now, earlier = onsets(zone, year), onsets(zone, year - 1)
    if not now and not earlier:
        begun = datetime(year - 1, 1, 1, tzinfo=UTC)
        offset = _offset(begun, zone)
        return _made(zone, [(Onset(begun.replace(tzinfo=None), offset, offset, begun.astimezone(zone).tzname() or ""), None)])
    if not len(now) == len(earlier) == 2:  # noqa: PLR2004  # there and back
        return None
    rules = [_shared(one, other) for one, other in zip(earlier, now, strict=True)]
    return _made(zone, list(zip(earlier, rules, strict=True))) if all(rules) else None


def _shared(one: Onset, other: Onset) -> tuple[int, int, int] | None:
    """The rule that gives both onsets, at the same time of day and to the same offset."""
    if (one.wall.time(), one.before, one.after) != (other.wall.time(), other.before, other.after):
        return None
    return next((rule for rule in one.rules if rule in tuple(other.rules)), None)


def _made(zone: ZoneInfo, found: list[tuple[Onset, tuple[int, int, int] | None]]) -> Timezone:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    made = Timezone()
    made.add("tzid", zone.key)
    for onset, rule in found:
        part = TimezoneDaylight() if onset.after > onset.before else TimezoneStandard()
        part.add("dtstart", onset.wall)
        if rule is not None:
            month, weekday, which = rule
            part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": f"{which}{_WEEKDAYS[weekday]}"})
        part.add("tzname", onset.name)
        part.add("tzoffsetfrom", onset.before)
        part.add("tzoffsetto", onset.after)
        made.add_component(part)
    return made
