"""The old workbooks of Excel: read like the new ones where the extra is installed, refused in a sentence otherwise."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecocsme.errors import UnreadableSheet
from ecocsme.notes import readers, xls
from support.answer_sheets import hints, listed, read

EXAMPLE = Path(__file__).parent / "sheets" / "masa-1-2.xls"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(data: bytes) -> str:
    """The message with which a file is refused."""
    with pytest.raises(UnreadableSheet) as caught:
        readers.read(data, "masa.xls", hints())
    return str(caught.value)


def test_old_and_new_workbooks_say_the_same() -> None:
    """One workbook, saved as .xls and as .ods, gives the same answers, the same places and the same remarks."""
    assert listed(read(EXAMPLE.read_bytes(), "a.xls")) == listed(read(EXAMPLE.with_suffix(".ods").read_bytes(), "a.ods"))


def test_without_the_extra_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed it is told both ways out."""
    monkeypatch.setitem(sys.modules, "xlrd", None)
    assert refused(EXAMPLE.read_bytes()) == "masa.xls: is an old Excel file (.xls); save it as .xlsx, or install ecocsme[xls]"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE + bytes(600), "is damaged, or is no Excel workbook; open it in Excel or LibreOffice, save it as .xlsx"),
        (OLE + "WordDocument".encode("utf-16-le") + bytes(600), "is an old Word file (.doc), not a workbook"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "is an old PowerPoint file (.ppt), not a workbook"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
        (b"<?xml version='1.0'?><Workbook/>", "is XML that Excel can open, not an old workbook"),
        (b"\x09\x04\x06\x00" + bytes(60), "was saved by an Excel before 5.0"),
        (b"<html><table>", "is a web page"),
        (b"Masa\tq1\n", "is no old Excel workbook, whatever its name says; if it is text, give it its right ending"),
        (b"PK\x03\x04" + bytes(60), "give it its right ending (.xlsx for an Excel workbook"),
    ],
)
def test_what_is_no_old_workbook_is_told_what_it_is(data: bytes, said: str) -> None:
    """Much is called .xls: web pages, texts, new workbooks, other old files."""
    assert said in refused(data)


def test_a_password_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """An old workbook with a password says so in its first record after the beginning."""
    data = EXAMPLE.read_bytes()
    start = data.index(b"\x09\x08\x10\x00\x00\x06")
    after = start + 4 + 16
    assert "is protected by a password" in refused(data[:after] + b"\x2f\x00\x06\x00" + bytes(6) + data[after + 10 :])
    monkeypatch.undo()


def test_dates_count_from_the_day_of_the_workbook() -> None:
    """Workbooks that were begun on an old Macintosh count from 1904."""
    data = EXAMPLE.read_bytes()
    switch = data.index(b"\x22\x00\x02\x00\x00\x00")
    later = data[: switch + 4] + b"\x01\x00" + data[switch + 6 :]
    assert any("21.10.2024" in draft.text for draft in read(later, "a.xls").drafts)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 7000), st.binary(min_size=1, max_size=8))
def test_damage_ends_in_a_sentence(at: int, put: bytes) -> None:
    """Whatever a damaged workbook makes the library raise becomes a refusal."""
    data = EXAMPLE.read_bytes()
    said = ""
    try:
        xls.read_xls(data[:at] + put + data[at + len(put) :], "masa.xls")
    except UnreadableSheet as error:
        said = str(error)
    assert "\n" not in said


@pytest.mark.parametrize("length", [8, 511, 512, 1024, 3000, 6000])
def test_a_workbook_that_is_cut_off_is_refused(length: int) -> None:
    """Half a file is no file."""
    assert "is damaged" in refused(EXAMPLE.read_bytes()[:length])
