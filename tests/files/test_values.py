"""What a person means by a text: days, months, times, numbers, shares, IDs, time zones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from ecocsme.errors import EcocsmeError
from ecocsme.files import values
from ecocsme.files.values import Clock, Moment, read_clock, read_day, refuse_identifier


def read(kind: Any, text: object) -> Any:
    """Read a text as a value of a kind."""
    return TypeAdapter(kind).validate_python(text)


def refused(kind: Any, text: object) -> str:
    """The message and cure with which a text is refused."""
    with pytest.raises(ValidationError) as error:
        read(kind, text)
    (fault,) = error.value.errors()
    assert fault["type"] == "ours"
    return f"{fault['ctx']['message']}; {fault['ctx']['cure']}"


@pytest.mark.parametrize("text", ["2020-10-20", "20.10.2020", "20. 10. 2020", " 2020-10-20 "])
def test_days_as_people_write_them(text: str) -> None:
    """A day may be written as in ISO 8601 or with dots, the day first."""
    assert read(values.Day, text) == date(2020, 10, 20)


def test_what_was_read_before_is_taken_as_it_is() -> None:
    """A model may be made from values that were read before."""
    for kind, value in ((values.Day, date(2020, 10, 20)), (values.Time, Clock(660)), (values.DayOrMonth, Moment(2021, 3))):
        assert read(kind, value) == value


def test_days_of_one_digit() -> None:
    """Days and months of one digit need no zero."""
    assert read(values.Day, "1.2.2021") == read(values.Day, "2021-2-1") == date(2021, 2, 1)


@pytest.mark.parametrize("text", ["20.10", "20/10/2020", "20.10.20", "0", "10.20.2020x", "2020-10", "today", "٢٠٢٠-١٠-٢٠"])
def test_what_is_no_day_is_quoted_as_written(text: str) -> None:
    """A text that is no day is shown as it was written, with two examples."""
    assert refused(values.Day, text) == f"found {text}; write a date such as 2020-10-20 or 20.10.2020"


@pytest.mark.parametrize("text", ["2020-02-30", "31.04.2021", "2020-13-01"])
def test_a_day_that_does_not_exist(text: str) -> None:
    """A day that no calendar has is said to be none."""
    assert "a day that does not exist" in refused(values.Day, text)


@pytest.mark.parametrize("text", ["0020-10-20", "9999-12-31", "20.10.0202"])
def test_a_year_that_cannot_be_meant(text: str) -> None:
    """A typing error in the year is found before any calendar runs over it."""
    assert "a year that cannot be meant" in refused(values.Day, text)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_in_both_ways(day: date) -> None:
    """Both ways of writing give the same day, for every day."""
    assert read_day(day.isoformat()) == read_day(f"{day.day}.{day.month}.{day.year}") == day


@pytest.mark.parametrize(
    ("text", "shown"),
    [("11:00", "11:00"), ("9:30", "09:30"), ("9.30", "09:30"), ("24:00", "24:00"), ("0:00", "00:00"), ("11:00:00", "11:00")],
)
def test_times_as_people_write_them(text: str, shown: str) -> None:
    """A time of day may have one or two digits and a colon or a full stop; the day ends at 24:00."""
    assert str(read(values.Time, text)) == shown


@pytest.mark.parametrize("text", ["25:61", "24:01", "11:60", "660", "11", "11:0", "11:00:30", "11h00", "-1:00", "11:000"])
def test_what_is_no_time_is_quoted_as_written(text: str) -> None:
    """A text that is no time is shown as it was written."""
    assert refused(values.Time, text) == f"found {text}; write a time between 0:00 and 24:00, e.g. 11:00"


@given(st.integers(0, 1440))
def test_every_time_is_read_back(minutes: int) -> None:
    """A time that is printed is read back, for every minute of the day."""
    clock = Clock(minutes)
    assert read_clock(str(clock)) == clock
    assert (clock.hour * 60 + clock.minute) == minutes


@pytest.mark.parametrize(
    ("text", "moment"),
    [("2021-03", Moment(2021, 3)), ("3.2021", Moment(2021, 3)), ("2021-03-31", Moment(2021, 3, 31)), ("31.03.2021", Moment(2021, 3, 31))],
)
def test_days_and_months(text: str, moment: Moment) -> None:
    """An action may begin on a day or in a month."""
    assert read(values.DayOrMonth, text) == moment


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2021-13", "found 2021-13, a month that does not exist"),
        ("2021", "found 2021; write a day such as 2021-03-31, or a month such as 2021-03"),
        ("spring 2021", "found spring 2021; write a day"),
        ("2021-02-30", "found 2021-02-30, a day that does not exist"),
        ("0001-01", "found 0001-01, a year that cannot be meant"),
    ],
)
def test_what_is_no_day_and_no_month(text: str, said: str) -> None:
    """A text that is neither day nor month is refused with an example of each."""
    assert refused(values.DayOrMonth, text).startswith(said)


def test_numbers_are_digits_only() -> None:
    """A number is what a person writes with digits; every other reading of one is refused, never guessed."""
    assert read(values.Count, "007") == 7
    assert read(values.Positive, "45") == 45
    for text in ("1.000", "12.0", "1_000", "1e3", "0x10", "-1", "+1", "1,5", "many", "1234567", "٣"):
        assert refused(values.Positive, text) == f"found {text}; write a whole number in digits, e.g. 45"
    assert refused(values.Positive, "0") == "found 0; write a number of at least 1, e.g. 45"


@pytest.mark.parametrize(
    ("text", "share"), [("85", "85"), ("85%", "85"), ("85,5 %", "85.5"), ("0", "0"), ("100", "100"), ("12.25", "12.25")]
)
def test_shares(text: str, share: str) -> None:
    """A share may carry its sign and either decimal mark."""
    assert read(values.Percent, text) == Decimal(share)


@pytest.mark.parametrize("text", ["101", "-1", "1/2", "85.123", "all"])
def test_what_is_no_share(text: str) -> None:
    """A share lies between 0 and 100."""
    assert refused(values.Percent, text) == f"found {text}; write a number from 0 to 100, e.g. 85"


def test_years() -> None:
    """A title year has four digits of our times."""
    assert read(values.Year, "2023") == 2023
    assert "a year that cannot be meant" in refused(values.Year, "20213")


@pytest.mark.parametrize("name", ["tm-lll4-r1", "a", "4", "x" * 60, "no", "console", "com"])
def test_ids(name: str) -> None:
    """An ID is made of small letters, digits and hyphens, up to sixty."""
    assert read(values.Identifier, name) == name


@pytest.mark.parametrize("name", ["", "-a", "A", "a_b", "a b", "../a", "/etc", "..\\a", "a.b", "a:b", "x" * 61, "ș", "a\u200bb", "a\nb"])
def test_unsafe_ids(name: str) -> None:
    """An ID that could be a path, an option or another name elsewhere is refused."""
    assert refused(values.Identifier, name)


@pytest.mark.parametrize("name", ["con", "prn", "aux", "nul", "com1", "lpt9", "con-x", "com1-lab"])
def test_names_of_devices(name: str) -> None:
    """Names that Windows keeps for devices are refused with that reason."""
    assert refused(values.Identifier, name) == f"found {name}; Windows keeps this name for a device; choose another"


def test_a_name_from_the_command_line_is_refused_with_the_rule() -> None:
    """An unsafe name on the command line is refused by the rule that files follow."""
    refuse_identifier("event", "lab-1")
    with pytest.raises(EcocsmeError, match=r"^\.\./lab: cannot be the name of this event; use small letters"):
        refuse_identifier("event", "../lab")


@pytest.mark.parametrize("zone", ["Europe/Bucharest", "UTC", "Europe/Amsterdam"])
def test_time_zones(zone: str) -> None:
    """A time zone has the name that the tz database gives it."""
    assert read(values.Zone, zone) == zone


@pytest.mark.parametrize(
    "zone", ["Europe/Timisoara", "../../etc/passwd", "/etc/localtime", "localtime", "Europe", "a" * 5000, "x\u0000y", "."]
)
def test_what_is_no_time_zone(zone: str) -> None:
    """A zone that does not exist, or that is a path, is refused."""
    assert "which is no time zone; write one such as Europe/Bucharest" in refused(values.Zone, zone)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "has no value; write one text in double quotes"),
        ({}, "found keys where one value is expected; write one text in double quotes"),
        ([], "found a list where one value is expected; write one text in double quotes"),
        ("", "is empty; write a text, or leave the key out"),
        (" \u00a0\u200b", "is empty; write a text, or leave the key out"),
        ("x" * 20_001, "has 20001 characters; shorten it to at most 20000"),
    ],
)
def test_texts_that_are_none(value: object, said: str) -> None:
    """What is no text, or one that nobody could see or print, is refused."""
    assert refused(values.Text, value) == said


def test_a_text_loses_nothing_but_its_outer_spaces() -> None:
    """A text is kept as typed, its inner line breaks and spaces too."""
    assert read(values.Text, "  NO, 10_000\n  ţș 😀 ") == "NO, 10_000\n  ţș 😀"
