"""The days of an event that takes several: their dates, and the time that each of them takes."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic_core import PydanticCustomError

from ecocsme.files.models import Written
from ecocsme.files.values import Day, Time, read_clock, read_day


class EventDay(Written):
    """One day of an event of several days, with the time that it takes."""

    date: Day
    start: Time | None = None
    end: Time | None = None


def times(days: object) -> dict[str, Any]:
    """Date, start and end of the first of some days as they are written; what cannot be read is named with its day, not twice."""
    first = days[0] if isinstance(days, list) and days and isinstance(days[0], dict) else {}
    found: dict[str, Any] = {"date": date.min, "start": None, "end": None}
    for key, reads in (("date", read_day), ("start", read_clock), ("end", read_clock)):
        try:
            found[key] = reads(first.get(key))
        except PydanticCustomError:
            continue
    return found
