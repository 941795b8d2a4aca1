"""The names under which sheets are kept."""

from __future__ import annotations

import unicodedata

import pytest

from ecocsme.errors import InvalidFile
from ecocsme.notes import naming


@pytest.mark.parametrize("name", ["~$a.xlsx", ".~lock.a.ods#", "._a.csv", "desktop.ini", "Thumbs.db", ".DS_Store", "a.tmp", "A.BAK"])
def test_what_programs_leave_behind_is_junk(name: str) -> None:
    """Lock files, thumbnails and backups are no sheets."""
    assert naming.junk(name)


@pytest.mark.parametrize("name", ["a.csv", "~a.csv", "desktop.csv", ".a.csv", "tmp", "bak.csv"])
def test_a_sheet_is_no_junk(name: str) -> None:
    """Names that only look a little like leftovers are sheets."""
    assert not naming.junk(name)


def test_a_name_is_kept_in_one_form() -> None:
    """A name that a Mac has taken apart is put together again."""
    assert naming.kept_name(unicodedata.normalize("NFD", "Răspunsuri.xlsx"), "x") == "Răspunsuri.xlsx"


@pytest.mark.parametrize(
    "name",
    [
        "a:b.csv",
        "a?.csv",
        'a"b.csv',
        "a\tb.csv",
        "a\u202ecsv.exe",
        "\udcff.csv",
        ".a.csv",
        " a.csv",
        "a.csv ",
        "a.",
        "NUL.csv",
        "com1.x.csv",
        "ă" * 116,
    ],
)
def test_a_name_that_is_not_safe_everywhere_is_refused(name: str) -> None:
    """What Windows forbids, what nobody sees, and what is too long is refused with a cure."""
    with pytest.raises(InvalidFile, match="rename the file and import it again"):
        naming.kept_name(name, "x")


@pytest.mark.parametrize("name", ["con-urban.csv", "nul-2.csv", "o\u00a0fișă.csv", "👩\ufe0f.csv", "a (1).csv", "ă" * 115])
def test_an_odd_name_is_kept(name: str) -> None:
    """What every system can hold is kept as it is."""
    assert naming.kept_name(name, "x") == name


def test_names_are_one_on_systems_that_ignore_case() -> None:
    """Capitals and Unicode forms make no other name; other letters do."""
    assert naming.same("MASĂ.csv", unicodedata.normalize("NFD", "masă.csv"))
    assert not naming.same("masă.csv", "masa.csv")


def test_another_sheet_gets_the_first_free_number() -> None:
    """Numbers begin at 2 and pass over those that are taken, whatever their capitals."""
    assert naming.numbered("a.xlsx", ["a.xlsx"]) == "a-2.xlsx"
    assert naming.numbered("a.xlsx", ["A-2.XLSX", "a-3.xlsx", "a-5.xlsx"]) == "a-4.xlsx"
    assert (naming.is_numbered("A-12.xlsx", "a.xlsx"), naming.is_numbered("a-x.xlsx", "a.xlsx")) == (True, False)
    assert (naming.is_numbered("a-2.csv", "a.xlsx"), naming.is_numbered("axb-2.csv", "a.b.csv")) == (False, False)


def test_a_correction_gets_the_next_version() -> None:
    """Versions go on after the highest, also where one in between is missing or has another ending."""
    assert naming.version("a.csv", ".csv", ["a.csv"]) == "a.v2.csv"
    assert naming.version("a.csv", ".xlsx", ["a.csv", "a.v2.csv", "A.V7.ods", "b.v9.csv"]) == "a.v8.xlsx"
    assert naming.version("a.csv", ".csv", []) == "a.v2.csv"


@pytest.mark.parametrize(
    ("name", "number"),
    [("a.csv", 1), ("A.csv", 1), ("a.v2.csv", 2), ("a.V12.xlsx", 12), ("a.xlsx", None),
     ("a.v2.old.csv", None), ("aXv2.csv", None), ("b.v2.csv", None)],
)  # fmt: skip
def test_a_version_is_known_by_its_name(name: str, number: int | None) -> None:
    """The sheet itself is version 1."""
    assert naming.version_number("a.csv", name) == number
