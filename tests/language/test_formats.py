"""Dates, times, numbers, lists and plurals, as CLDR has them for the two shipped languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ecocsme.files.values import Clock, Moment
from ecocsme.language import formats

DAY = date(2020, 10, 8)


@pytest.mark.parametrize(
    ("locale", "style", "said"),
    [
        ("ro", "short", "08.10.2020"),
        ("ro", "long", "8 octombrie 2020"),
        ("ro", "full", "joi, 8 octombrie 2020"),
        ("en_GB", "short", "08/10/2020"),
        ("en_GB", "long", "8 October 2020"),
        ("en_GB", "full", "Thursday, 8 October 2020"),
    ],
)
def test_days(locale: str, style: formats.Style, said: str) -> None:
    """A day is written as the language writes it, with the right weekday."""
    assert formats.day(DAY, locale, style) == said


@pytest.mark.parametrize(
    ("locale", "last", "said"),
    [
        ("ro", date(2020, 10, 9), "8–9 octombrie 2020"),
        ("en_GB", date(2020, 10, 9), "8–9 October 2020"),
        ("de", date(2020, 10, 9), "8.–9. Oktober 2020"),
        ("ro", date(2020, 10, 12), "8 octombrie 2020 și 12 octombrie 2020"),
        ("en_GB", date(2020, 10, 12), "8 October 2020 and 12 October 2020"),
    ],
)
def test_several_days(locale: str, last: date, said: str) -> None:
    """Days that follow each other are a span with the name of the month in full, others a list."""
    assert formats.days([DAY, last], locale) == said


def test_a_span_over_the_end_of_a_month_or_a_year() -> None:
    """Both months are named, and both years where they differ; one day is a day."""
    month, year = [date(2020, 10, 31), date(2020, 11, 1)], [date(2020, 12, 31), date(2021, 1, 1)]
    assert formats.days(month, "ro") == "31 octombrie – 1 noiembrie 2020"
    assert formats.days(month, "en_GB") == "31 October – 1 November 2020"
    assert formats.days(year, "ro") == "31 decembrie 2020 – 1 ianuarie 2021"
    assert formats.days([DAY], "ro", "full") == "joi, 8 octombrie 2020"


@pytest.mark.parametrize(
    ("locale", "moment", "said"),
    [
        ("ro", Moment(2021, 5), "mai 2021"),
        ("en_GB", Moment(2021, 5), "May 2021"),
        ("ro", Moment(2021, 3, 31), "31 martie 2021"),
        ("en_GB", Moment(2021, 3, 31), "31 March 2021"),
    ],
)
def test_months_and_days(locale: str, moment: Moment, said: str) -> None:
    """A month is written with its year, a day in full."""
    assert formats.moment(moment, locale) == said


@pytest.mark.parametrize(("minutes", "said"), [(0, "00:00"), (570, "09:30"), (660, "11:00"), (1439, "23:59"), (1440, "24:00")])
@pytest.mark.parametrize("locale", ["ro", "en_GB"])
def test_times(locale: str, minutes: int, said: str) -> None:
    """A time has 24 hours in both languages, and the end of the day stays 24:00."""
    assert formats.clock(Clock(minutes), locale) == said


@pytest.mark.parametrize(
    ("locale", "items", "said"),
    [
        ("ro", [], ""),
        ("ro", ["A"], "A"),
        ("ro", ["A", "B"], "A și B"),
        ("ro", ["A", "B", "C"], "A, B și C"),
        ("en_GB", ["A", "B", "C"], "A, B and C"),
        ("en_GB", ["{0}", "{1}", "%s"], "{0}, {1} and %s"),
    ],
)
def test_lists(locale: str, items: list[str], said: str) -> None:
    """Texts are joined as a sentence joins them; a text that looks like a blank stays a text."""
    assert formats.listed(items, locale) == said


@pytest.mark.parametrize(
    ("number", "category"), [(1, "one"), (2, "few"), (19, "few"), (20, "other"), (0, "few"), (100, "other"), (101, "few"), (120, "other")]
)
def test_plurals_of_romanian(number: int, category: str) -> None:
    """Romanian says `o masă`, `2 mese`, `19 mese`, but `20 de mese`, and `101 mese` again."""
    assert formats.plural(number, "ro") == category


@pytest.mark.parametrize(("number", "category"), [(0, "other"), (1, "one"), (2, "other"), (101, "other")])
def test_plurals_of_english(number: int, category: str) -> None:
    """English knows one and other."""
    assert formats.plural(number, "en_GB") == category


def test_numbers_and_shares() -> None:
    """Numbers and shares carry the marks of the language, and no digit is lost."""
    assert formats.number(12345, "ro") == "12.345"
    assert formats.number(12345, "en_GB") == "12,345"
    assert formats.number(Decimal("85.25"), "ro") == "85,25"
    assert formats.percent(Decimal("85.25"), "ro") == "85,25\u00a0%"
    assert formats.percent(Decimal(85), "en_GB") == "85%"


def test_names_of_languages_weekdays_and_months() -> None:
    """CLDR gives the names of languages, weekdays and months."""
    assert formats.language_name("en", "ro") == "engleză"
    assert formats.language_name("xx", "ro") == "xx"
    assert formats.weekday_names("ro")["joi"] == 3
    assert formats.weekday_names("en_GB")["monday"] == 0
    assert formats.month_names("ro")["mai"] == 5
    assert formats.month_names("en_GB")["december"] == 12


@pytest.mark.parametrize(("name", "known"), [("ro", True), ("en_GB", True), ("xx", False), ("ro-RO", False), ("", False), ("a b", False)])
def test_locales(name: str, known: bool) -> None:  # noqa: FBT001  # the table's second column
    """A name is a locale where CLDR knows it."""
    assert formats.is_locale(name) is known
