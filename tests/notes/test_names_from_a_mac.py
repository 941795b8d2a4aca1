"""File names whose letters a Mac has taken apart (NFD): sheets, notes and the file that is imported are found all the same."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from ecocsme.checks.run import check_folder
from ecocsme.notes import store
from ecocsme.notes.importing import import_sheets
from ecocsme.project.folder import Folder, entry
from support import small_project
from support.small_project import EVENT, ROWS

NAME = "Răspunsuri șă țâ.csv"


def apart(name: str) -> str:
    """A name with every letter taken apart, as disks of Macs keep it."""
    return unicodedata.normalize("NFD", name)


def names(folder: Folder) -> list[str]:
    """The sheets and the notes files on the disk, as they are called there."""
    return sorted(path.name for room in (folder.sheets(EVENT), folder.notes(EVENT)) for path in room.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A project with one imported sheet, which then was on a Mac."""
    folder = small_project.make(tmp_path / "p")
    import_sheets(folder, EVENT, [small_project.sheet(tmp_path / "in", NAME)])
    for room, name in ((folder.sheets(EVENT), NAME), (folder.notes(EVENT), f"{NAME}.csv")):
        (room / name).rename(room / apart(name))
    return folder


def test_a_folder_from_a_mac_is_as_good(folder: Folder) -> None:
    """Nothing is missing and nothing is new: the sheet and its notes are found in the form the disk gives."""
    assert names(folder) == sorted([apart(NAME), apart(NAME + ".csv")])
    assert check_folder(folder) == ()
    assert [file.sheet for file in store.load(folder).files] == [NAME]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_importing_again_writes_nothing(folder: Folder, tmp_path: Path, form: str) -> None:
    """The same sheet, called either way, is known, and no second copy appears beside the first."""
    sheet = small_project.sheet(tmp_path / form, unicodedata.normalize(form, NAME))
    report = import_sheets(folder, EVENT, [sheet])
    assert (report.written, names(folder)) == ((), sorted([apart(NAME), apart(NAME + ".csv")]))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_correction_goes_into_the_same_notes_file(folder: Folder, tmp_path: Path, form: str) -> None:
    """A corrected sheet, named either way, changes the notes file that is there."""
    sheet = small_project.sheet(tmp_path / form, unicodedata.normalize(form, NAME), (*ROWS, ("3", "1", "nou", "")))
    import_sheets(folder, EVENT, [sheet], replaces=unicodedata.normalize(form, NAME))
    assert names(folder) == sorted([apart(NAME), apart(NAME + ".csv"), "Răspunsuri șă țâ.v2.csv"])
    assert check_folder(folder) == ()
    assert "nou" in {note.text for note in store.load(folder).notes}


def test_a_sheet_that_is_put_back_keeps_its_place(folder: Folder, tmp_path: Path) -> None:
    """A copy that is missing is put back under the composed name, and is found."""
    (folder.sheets(EVENT) / apart(NAME)).unlink()
    import_sheets(folder, EVENT, [small_project.sheet(tmp_path / "again", apart(NAME))])
    assert names(folder) == sorted([NAME, apart(NAME + ".csv")])
    assert check_folder(folder) == ()


def test_an_entry_is_found_in_either_form(tmp_path: Path) -> None:
    """A name is looked for as given first, then in the other form; what is nowhere keeps its name."""
    (tmp_path / apart("învățare.csv")).write_bytes(b"")
    assert entry(tmp_path, "învățare.csv").name == apart("învățare.csv")
    assert entry(tmp_path, "altă.csv") == tmp_path / "altă.csv"
    (tmp_path / "învățare.csv").write_bytes(b"")
    assert entry(tmp_path, "învățare.csv").name == "învățare.csv"
