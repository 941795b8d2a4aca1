"""Numbers, dates and times as a cell shows them, by its number format."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecocsme.notes.number_formats import BUILT_IN, shown

SHOWN = {
    "General": [
        ("1", "1"), ("1.0", "1"), ("0", "0"), ("-0", "0"), ("-5", "-5"), ("0.1", "0.1"), ("0.30000000000000004", "0.3"), ("1E20", "1E+20"),
        ("123456789012345", "123456789012345"), ("0.00001", "0.00001"), ("1e-12", "1E-12"), ("1.5e3", "1500"),
    ],
    "0": [("2.5", "3"), ("-2.5", "-3"), ("0.4", "0")],
    "0.00": [("2.675", "2.68"), ("5", "5.00"), ("-5", "-5.00"), ("1e300", "1E+300")],
    "000": [("7", "007"), ("1234", "1234")],
    "#": [("0", "0"), ("5", "5")],
    "0.##": [("2", "2"), ("2.5", "2.5"), ("2.567", "2.57")],
    "0%": [("0.5", "50%")],
    "0.0%": [("0.125", "12.5%")],
    '#,##0 "lei"': [("5000", "5000 lei")],
    "#,##0.00\\ [$lei-418]": [("5000.5", "5000.50 lei")],
    "[$€-2] #,##0": [("5000", "€ 5000")],
    "0000\\ 000\\ 000": [("744123456", "0744 123 456")],
    "#,##0,": [("1234567", "1235")],
    "0.00E+00": [("12345", "1.23E+04")],
    "# ?/?": [("0.5", "0.5")],
    '"da";"nu"': [("1", "da"), ("-1", "nu")],
    "0;(0)": [("-5", "(5)"), ("5", "5")],
    '0;0;"niciunul"': [("0", "niciunul")],
    ";;;": [("5", "5")],
    "[Red]0": [("7", "7")],
    "[>5]0;00": [("7", "7")],
    'General "kg"': [("12", "12 kg")],
    "@": [("12", "12")],
    '_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-': [("3", "3.00"), ("-3", "-3.00"), ("0", "0")],
    "h:mm": [("0.458333333333333", "11:00"), ("0.999999", "0:00"), ("44124.75", "18:00")],
    "hh:mm:ss": [("0.4585", "11:00:14")],
    "mm:ss": [("0.0063", "09:04")],
    "h:mm AM/PM": [("0", "12:00 AM"), ("0.5", "12:00 PM"), ("0.75", "6:00 PM")],
    "[h]:mm": [("1.5", "36:00")],
    "[mm]:ss": [("0.0625", "90:00")],
    "yyyy-mm-dd": [("44124", "2020-10-20"), ("61", "1900-03-01"), ("1", "1900-01-01"), ("-3", "-3"), ("1e300", "1E+300")],
    "dd.mm.yyyy": [("44124", "20.10.2020")],
    "d/m/yy\\ h:mm": [("44124.5", "20/10/20 12:00")],
    '"data: "dd.mm': [("44124", "data: 20.10")],
    "[$-418]d mmmm yyyy;@": [("44124", "2020-10-20"), ("44124.5", "2020-10-20")],
    "dddd h:mm": [("44124.5", "2020-10-20 12:00")],
    "[$-F800]dd/mm/yyyy": [("44124", "2020-10-20")],
    BUILT_IN[14]: [("44124", "2020-10-20")],
    BUILT_IN[22]: [("44124.4583333333", "2020-10-20 11:00")],
}  # fmt: skip


@pytest.mark.parametrize(("code", "value", "text"), [(code, value, text) for code, pairs in SHOWN.items() for value, text in pairs])
def test_a_number_is_written_as_its_cell_shows_it(code: str, value: str, text: str) -> None:
    """Units, leading zeros, times and dates come out as a person saw them; what is beyond us comes out as the number."""
    assert shown(value, code) == text


def test_old_workbooks_of_macs_count_from_another_day() -> None:
    """A workbook that counts from 1904 means another day by the same number."""
    assert shown("42662", "yyyy-mm-dd", since_1904=True) == "2020-10-20"


@pytest.mark.parametrize("value", ["abc", "", "1e999", "nan", "--1", "１"])
def test_what_is_no_number_comes_back_as_it_is(value: str) -> None:
    """Nothing is lost where a file is wrong."""
    assert shown(value, "0.00") == value


@given(st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31)))
def test_every_day_is_the_day_that_a_spreadsheet_means(day: dt.date) -> None:
    """From March 1900 on, days are counted from 30 December 1899."""
    serial = (day - dt.date(1899, 12, 30)).days
    assert shown(str(serial), "yyyy-mm-dd") == day.isoformat()


@given(st.integers(0, 24 * 60 - 1))
def test_every_minute_of_a_day_is_the_one_that_was_typed(minute: int) -> None:
    """The fraction that stands for a time of day gives back its minute."""
    assert shown(repr(minute / 1440), "h:mm") == f"{minute // 60}:{minute % 60:02d}"


@given(st.text('0#?.,%;hmsydE+-/@[]"\\* _aGeneral$', max_size=20), st.floats(allow_nan=False, allow_infinity=False))
def test_no_format_hides_a_number(code: str, value: float) -> None:
    """Whatever a format is, something with a letter or digit comes out."""
    assert any(char.isalnum() for char in shown(repr(value), code))
