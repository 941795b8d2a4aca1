"""Dates, times, numbers, lists and plurals as CLDR writes them: the only module that knows Babel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from ecocsme.files.values import Clock, Moment

Style = Literal["short", "medium", "long", "full"]


def day(value: date, locale: str, style: Style = "long") -> str:
    """Write a day, e.g. `8 octombrie 2020` (long), `joi, 8 octombrie 2020` (full) or `08.10.2020` (short)."""
    from babel.dates import format_date

    return format_date(value, style, locale=locale)


def days(values: Sequence[date], locale: str, style: Style = "long") -> str:
    """Write one day, days that follow each other as a span, e.g. `20–21 noiembrie 2026`, or other days as a list of them."""
    if len(values) == 1:
        return day(values[0], locale, style)
    if any(after - before != timedelta(days=1) for before, after in pairwise(values)):
        return listed([day(value, locale) for value in values], locale)
    return _span(values[0], values[-1], locale)


def _span(first: date, last: date, locale: str) -> str:
    from babel.dates import format_date

    field = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    patterns = _locale(locale).interval_formats.get("yMMMd", {}).get(field, ())
    if len(patterns) != 2:  # noqa: PLR2004  # a pattern for each of its ends
        return f"{day(first, locale)} – {day(last, locale)}"
    # CLDR abbreviates the month in its spans; its releases differ in the spaces around the dash
    whole = (re.sub(r"(?<!M)MMM(?!M)", "MMMM", pattern) for pattern in patterns)
    ends = (format_date(one, pattern, locale=locale) for one, pattern in zip((first, last), whole, strict=True))
    return re.sub(r"\s*–\s*", "–" if field == "d" else " – ", "".join(ends))


def moment(value: Moment, locale: str) -> str:
    """Write a day in full, or a month with its year."""
    from babel.dates import format_skeleton

    if value.day is not None:
        return day(value.first_day, locale)
    return format_skeleton("yMMMM", value.first_day, locale=locale)


def clock(value: Clock, locale: str) -> str:
    """Write a time of day; the end of the day stays 24:00."""
    from babel.dates import format_time

    if value.hour == 24:  # noqa: PLR2004  # no clock of CLDR shows 24:00
        return str(value)
    return format_time(time(value.hour, value.minute), "short", locale=locale)


def listed(items: Sequence[str], locale: str) -> str:
    """Join texts as a sentence does: `A, B și C`."""
    from babel.lists import format_list

    return format_list(list(items), locale=locale)


def plural(number: int, locale: str) -> str:
    """The plural category of a number: one, few, many or other."""
    return str(_locale(locale).plural_form(number))


def number(value: Decimal | int, locale: str) -> str:
    """Write a number with the marks of the language."""
    from babel.numbers import format_decimal

    return format_decimal(value, locale=locale)


def percent(value: Decimal, locale: str) -> str:
    """Write a share of 0 to 100 with its sign."""
    from babel.numbers import format_percent

    return format_percent(value / 100, locale=locale, decimal_quantization=False)


def language_name(lang: str, locale: str) -> str:
    """The name of a language in another one: `engleză`."""
    return str(_locale(locale).languages.get(lang, lang))


def is_locale(name: str) -> bool:
    """Whether CLDR knows a locale of this name."""
    from babel import UnknownLocaleError

    try:
        _locale(name)
    except (UnknownLocaleError, ValueError, TypeError):
        return False
    return True


def weekday_names(locale: str) -> dict[str, int]:
    """The names of the weekdays, Monday being 0, as they stand alone and inside a sentence."""
    names = _locale(locale).days
    return {name.casefold(): index for use in ("format", "stand-alone") for index, name in names[use]["wide"].items()}


def month_names(locale: str) -> dict[str, int]:
    """The names of the months, January being 1, as they stand alone and inside a date."""
    names = _locale(locale).months
    return {name.casefold(): index for use in ("format", "stand-alone") for index, name in names[use]["wide"].items()}


@lru_cache
def _locale(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  # Babel's class, named nowhere else
    from babel import Locale

    return Locale.parse(name)
