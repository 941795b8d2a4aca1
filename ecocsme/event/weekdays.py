"""Weekdays that stand before a date in a text, in the words of any language of CLDR, and whether the calendar agrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ecocsme.language import formats
from ecocsme.language.letters import fold

_LAST_HOUR = 24


@dataclass(frozen=True, slots=True)
class _Calendar:
    """What a locale calls weekdays and months, and how a weekday with a date is written in it."""

    pattern: re.Pattern[str]
    days: dict[str, int]
    months: dict[str, int]


def wrong(text: str, locale: str, near: date) -> Iterator[tuple[str, date]]:
    """Find each weekday with a date whose weekday it is not; a date without a year is the one nearest to `near`."""
    calendar = _calendar(locale)
    for found in calendar.pattern.finditer(fold(text)):
        meant = _day(found, calendar, near)
        if meant is not None and meant.weekday() != calendar.days[found["weekday"]]:
            yield found[0], meant


@lru_cache
def _calendar(locale: str) -> _Calendar:
    days = {fold(name): number for name, number in formats.weekday_names(locale).items()}
    months = {fold(name): number for name, number in formats.month_names(locale).items()}
    day, month, year = r"(?P<day{n}>\d{{1,2}})(?:st|nd|rd|th|\.)?", f"(?P<month{{n}}>{_any(months)})", r"(?:,?\s(?P<year{n}>\d{{4}}))?"
    forms = (
        rf"{day}\s{month}{year}",
        rf"{month}\s{day}{year}",
        r"(?P<day{n}>\d{{1,2}})[./](?P<month{n}>\d{{1,2}})(?:[./](?P<year{n}>\d{{4}}))?",
    )
    written = "|".join(form.format(n=number) for number, form in enumerate(forms))
    return _Calendar(re.compile(rf"\b(?P<weekday>{_any(days)})\b\W{{1,3}}(?:{written})\b"), days, months)


def _any(names: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def _day(found: re.Match[str], calendar: _Calendar, near: date) -> date | None:
    form = next(number for number in range(3) if found[f"day{number}"])
    day, written_month, year = int(found[f"day{form}"]), found[f"month{form}"], found[f"year{form}"]
    month = calendar.months.get(written_month) or int(written_month)
    if year is not None:
        return _date(int(year), month, day)
    # "Tuesday 11.10" may be a time of day: without a year only a day that is no hour, or the day of the event, is judged
    if written_month.isdigit() and day <= _LAST_HOUR and (day, month) != (near.day, near.month):
        return None
    around = [_date(year, month, day) for year in (near.year - 1, near.year, near.year + 1)]
    return min((d for d in around if d is not None), key=lambda d: abs(d - near), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
