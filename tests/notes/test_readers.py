"""The formats that can be read: each has an example with all that its readers must do, and no file leaves them untold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ecocsme.errors import UnreadableSheet
from ecocsme.notes import readers
from ecocsme.notes.grid import Hints, Sheet
from ecocsme.notes.readers import READERS
from support.answer_sheets import hints, listed, read

SHEETS = Path(__file__).parent / "sheets"
EXAMPLES = sorted(path for path in SHEETS.iterdir() if path.suffix in READERS and not path.name.endswith(".expected.csv"))
ZIP = b"PK\x03\x04" + bytes(60)


def test_every_format_has_an_example() -> None:
    """Whoever adds a format adds a file that shows what its reader does."""
    assert {path.suffix for path in EXAMPLES} == set(READERS)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_is_read_as_its_table_says(path: Path, golden: Callable[[Path, str], None]) -> None:
    """Every answer with its place, and everything that was not read, as a person has checked it."""
    golden(path.with_name(f"{path.name}.expected.csv"), listed(read(path.read_bytes(), path.name)))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.7", "is a PDF; ask for the file it was made from"),
        ("a.csv", b"%PDF-1.7", "is a PDF"),
        ("a.csv", b"\xef\xbb\xbf <!DOCTYPE html><html>", "is a web page (perhaps a login page), not a sheet; sign in and download"),
        ("a.csv", b"<HTML>", "is a web page"),
        ("a.csv", b"version https://git-lfs.github.com/spec/v1\n", "is a Git LFS pointer; the sheet itself was not fetched; run `git"),
        ("a.csv", ZIP, "is an Excel workbook, a Word file or another ZIP container"),
        ("a.md", ZIP, "is an Excel workbook, a Word file or another ZIP container"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(8), "is an old Excel or Word file (.xls, .doc); open it in its program and save it as .xlsx"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is protected by a password; save it without a password"),
        ("a.fods", b"<?xml", "is a flat OpenDocument sheet (.fods); save it as .ods"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is protected by a password; save it without a password"),
        ("a.xlsx", b"q1\na\n", "is damaged, or is not an Excel workbook at all"),
        ("a.pages", b"q1\na\n", ".pages is no sheet that can be read; save it as CSV (.csv)"),
        ("masa", b"q1\na\n", "a file without an ending is no sheet that can be read"),
        ("a.csv", b" \r\n", "is empty"),
    ],
)  # fmt: skip
def test_a_file_that_is_something_else_is_told_what_it_is(name: str, data: bytes, said: str) -> None:
    """The first bytes count, not the name; the message says what to do."""
    with pytest.raises(UnreadableSheet) as caught:
        readers.read(data, name, hints())
    assert str(caught.value).startswith(f"{name}: {said}")


def test_an_ending_in_capitals_is_the_same_ending() -> None:
    """Windows writes .CSV."""
    assert len(read("q1\na\n", "MASA.CSV").drafts) == 1


def test_whatever_a_library_raises_becomes_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged file ends in a refusal, not in the words of a library."""

    def broken(_: bytes, __: str, ___: Hints) -> Sheet:
        raise KeyError("xl/sheet.xml")

    monkeypatch.setitem(READERS, ".csv", readers.Reader(".csv", "CSV", zipped=False, read=broken))
    with pytest.raises(UnreadableSheet, match=r"a\.csv: is damaged \(KeyError\); open it, save it again as CSV"):
        readers.read(b"q1", "a.csv", hints())
