"""Personal data at import: named by cell and kind, masked where that is asked for, never printed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from conftest import Run
from ecocsme.notes import store
from ecocsme.notes.importing import import_sheets
from ecocsme.project.folder import Folder
from support.small_project import EVENT, make, sheet, tree

VALUES = ("ana.popescu@example.org", "0722 000 000", "RO49AAAA1B31007593840000", "1990101350001")
ROWS = (
    ("1", "1", f"scrieți la {VALUES[0]} sau {VALUES[1]}", "școlile"),
    ("1", "2", VALUES[0], "10.000 EUR în 2020-2021"),
    ("2", "1", f"cont {VALUES[2]}", f"CNP {VALUES[3]}"),
)
MASKED = {"q1/t1/r1/1": "scrieți la [e-mail] sau [tel.]", "q1/t1/r2/1": "[e-mail]", "q1/t2/r1/1": "cont [IBAN]", "q2/t2/r1/1": "CNP [ID]"}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The small project, nothing imported."""
    return make(tmp_path / "p")


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A sheet with personal data in four of its six answers."""
    return sheet(tmp_path / "inbox", rows=ROWS)


def texts(folder: Folder) -> dict[str, str]:
    """The texts of the notes with a mask, by the end of their ID; every seal holds."""
    read = store.load(folder)
    assert read.problems == ()
    return {note.id.removeprefix(f"{EVENT}/"): note.text for note in read.notes if "[" in note.text}


def held(folder: Folder, name: str = "notes") -> bool:
    """Whether any file of one folder of the event holds one of the values."""
    return any(value.encode() in path.read_bytes() for path in (folder.event_folder(EVENT) / name).iterdir() for value in VALUES)


def test_cells_and_kinds_are_named_and_values_are_not(folder: Folder, one: Path, run: Run) -> None:
    """In the report and in JSON, also of a dry run; the answers themselves are kept as typed."""
    for flags in (("--dry-run",), ()):
        said = run("import-notes", *flags, str(one), cwd=folder.root)
        assert "warning: personal data in answers: e-mail: C2, C3; phone: C2; IBAN: C4; CNP: D4; if it may not be kept" in said.err
        assert not [value for value in VALUES if value in said.said]
    assert held(folder)
    folder = make(folder.root.parent / "again")
    told = run("import-notes", str(one), "--format", "json", cwd=folder.root).out
    (found,) = json.loads(told)["result"]["sheets"]
    assert found["personal"][0] == {"tab": "", "cell": "C2", "kinds": ["e-mail", "phone"]}
    assert (len(found["personal"]), found["masked"]) == (4, False)
    assert not [value for value in VALUES if value in told]


def test_masks_stand_in_the_notes_and_the_copy_stays(folder: Folder, one: Path, run: Run) -> None:
    """With --redact the notes hold no value, the private copy holds the bytes as received, and check is content."""
    done = run("import-notes", "--redact", str(one), cwd=folder.root)
    assert done.code == 0
    assert "masked: e-mail: C2, C3; phone: C2; IBAN: C4; CNP: D4; the sheet in sheets/ holds it as received" in done.err
    assert texts(folder) == MASKED
    assert not held(folder)
    assert not [value for value in VALUES if value in done.said]
    assert (folder.sheets(EVENT) / "masa.csv").read_bytes() == one.read_bytes()
    assert run("check", "--strict", cwd=folder.root).code == 0


def test_masked_twice_changes_nothing(folder: Folder, one: Path) -> None:
    """The same sheet again is known, with the flag and without."""
    import_sheets(folder, EVENT, [one], redact=True)
    before = tree(folder.root)
    for redact in (True, False):
        (report,) = import_sheets(folder, EVENT, [one], redact=redact).sheets
        assert (report.fate, tree(folder.root)) == ("known", before)


def test_what_was_imported_is_masked_afterwards(folder: Folder, one: Path) -> None:
    """The same sheet again with the flag: every note keeps its ID, those that change are listed, none is withdrawn."""
    import_sheets(folder, EVENT, [one])
    ids = [note.id for note in store.load(folder).notes]
    (report,) = import_sheets(folder, EVENT, [one], redact=True).sheets
    assert (report.fate, report.added, report.withdrawn) == ("corrected", (), ())
    assert sorted(report.changed) == sorted(f"{EVENT}/{end}" for end in MASKED)
    assert (texts(folder), held(folder)) == (MASKED, False)
    assert [note.id for note in store.load(folder).notes] == ids
    assert {note.sheet_sha256 for note in store.load(folder).notes} == {hashlib.sha256(one.read_bytes()).hexdigest()}


def test_a_correction_of_a_masked_sheet_is_masked(folder: Folder, one: Path, tmp_path: Path) -> None:
    """Without the flag, too: rows that did not change keep their IDs and masks, and new values are masked."""
    import_sheets(folder, EVENT, [one], redact=True)
    corrected = sheet(tmp_path / "two", rows=(*ROWS, ("2", "2", "tel. 0733 111 222", "")))
    (report,) = import_sheets(folder, EVENT, [corrected], replaces="masa.csv").sheets
    assert (report.masked, report.added, report.changed, report.withdrawn) == (True, (f"{EVENT}/q1/t2/r2/1",), (), ())
    assert texts(folder) == MASKED | {"q1/t2/r2/1": "tel. [tel.]"}


def test_withdrawn_notes_are_masked_as_well(folder: Folder, one: Path, tmp_path: Path) -> None:
    """What an earlier correction withdrew holds no value either once the sheet is masked."""
    import_sheets(folder, EVENT, [one])
    corrected = sheet(tmp_path / "two", rows=ROWS[1:])
    import_sheets(folder, EVENT, [corrected], replaces="masa.csv", accept_withdrawn=True)
    import_sheets(folder, EVENT, [corrected], redact=True)
    assert not held(folder)
    assert texts(folder) == MASKED


def test_a_refusal_repeats_no_value(folder: Folder, tmp_path: Path, run: Run) -> None:
    """A sheet without a header is refused with what stands in its first row, masks in the place of values."""
    bad = sheet(tmp_path / "inbox", "bad.csv", rows=(), header=("1", "1", *VALUES))
    refused = run("import-notes", str(bad), cwd=folder.root)
    assert refused.code == 1
    assert "[e-mail]" in refused.err
    assert not [value for value in VALUES if value in refused.said]


def test_git_leaves_the_copies_out(tmp_path: Path, run: Run) -> None:
    """A project that is scaffolded tells git to ignore the copies of the sheets, as the report says."""
    (tmp_path / "q").mkdir()
    flags = ("--no-input", "--language", "ro", "--acronym", "P", "--project-title", "T", "--title", "A", "--date", "2020-10-20")
    assert run("new-lab", "lab-1", *flags, "--question", "Ce?", cwd=tmp_path / "q").code == 0
    assert "sheets/" in (tmp_path / "q/.gitignore").read_text("utf-8")
