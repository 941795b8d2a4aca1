"""The checks of notes: each finds what it is for, and nothing in a folder that is as it should be."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ecocsme.checks.run import check_folder
from ecocsme.notes import store
from ecocsme.notes.checks import CHECKS
from ecocsme.notes.importing import import_sheets
from ecocsme.project.folder import Folder
from support import small_project
from support.small_project import EVENT, sheet

NOTES = f"events/{EVENT}/notes/masa.csv.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A small project with one imported sheet, corrected once."""
    folder = small_project.make(tmp_path / "p")
    import_sheets(folder, EVENT, [sheet(tmp_path / "inbox")])
    import_sheets(folder, EVENT, [sheet(tmp_path / "inbox", rows=small_project.ROWS[1:])], replaces="masa.csv", accept_withdrawn=True)
    return folder


def found(folder: Folder, code: str) -> list[str]:
    """What one check says, as a person reads it."""
    assert code in {check.code for check in CHECKS}
    return [str(problem) for problem in check_folder(folder) if problem.code == code]


def test_a_good_folder_has_no_problems(folder: Folder) -> None:
    """After an import and a correction nothing is wrong, and nothing is waiting."""
    assert [str(problem) for problem in check_folder(folder)] == []


def test_checks_are_told_apart() -> None:
    """Every check has a code of its own and says what it looks for."""
    assert [check.code for check in CHECKS] == [
        "notes-file",
        "note-changed",
        "note-id",
        "note-origin",
        "note-sheet",
        "sheet-not-imported",
        "mapping",
    ]
    assert all(check.about for check in CHECKS)


def test_a_damaged_file_is_found(folder: Folder) -> None:
    """A notes file that is cut off is an error with its line."""
    path = folder.root / NOTES
    path.write_bytes(path.read_bytes()[:-1])
    assert found(folder, "notes-file") == [f"{NOTES}:8: is cut off in its last line; restore the file from a copy (git, a backup)"]
    assert found(folder, "note-changed") == []


def test_a_changed_note_is_found(folder: Folder) -> None:
    """A note that was changed by hand is an error with its line and ID."""
    path = folder.root / NOTES
    path.write_bytes(path.read_bytes().replace(b",mentorat,", b",mentoring,"))
    (said,) = found(folder, "note-changed")
    assert said.startswith(f"{NOTES}:2: the note {EVENT}/q1/t1/r1/2 was changed since it was imported; ")
    assert found(folder, "notes-file") == []


def test_a_doubled_id_is_found(folder: Folder, tmp_path: Path) -> None:
    """Two copies of a folder that were merged gave one ID twice: both places are named."""
    other = small_project.make(tmp_path / "q")
    import_sheets(other, EVENT, [sheet(tmp_path / "inbox", "zece.csv", [("2", "1", "x", "")])])
    shutil.copy(store.files(other, EVENT)[0], folder.notes(EVENT))
    shutil.copy(other.sheets(EVENT) / "zece.csv", folder.sheets(EVENT))
    (said,) = found(folder, "note-id")
    assert said.startswith(f"events/{EVENT}/notes/zece.csv.csv:2: the ID {EVENT}/q1/t2/r1/1 stands at {NOTES}:3, too; keep one of the two")


def test_many_doubled_ids_are_one_problem(folder: Folder) -> None:
    """A notes file that was copied is named once, with the number of its IDs."""
    shutil.copy(folder.root / NOTES, folder.notes(EVENT) / "copie.csv.csv")
    (said,) = found(folder, "note-id")
    assert said.startswith(f"{NOTES}:2: the ID {EVENT}/q1/t1/r1/2 stands at events/{EVENT}/notes/copie.csv.csv:2, too, and 6 further IDs")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_a_sheet_that_cannot_be_read_is_named(folder: Folder) -> None:
    """A sheet that the tool may not read is a problem, not an end."""
    (folder.sheets(EVENT) / "masa.csv").unlink()
    (folder.sheets(EVENT) / "masa.csv").symlink_to("/proc/self/mem")
    assert found(folder, "note-sheet")[0].startswith("sheets/masa.csv: cannot be read")


def test_the_cure_for_a_doubled_id_works(folder: Folder, tmp_path: Path) -> None:
    """Removing one of the two files and importing its sheet again gives it numbers of its own."""
    self_other = small_project.make(tmp_path / "q")
    path = sheet(tmp_path / "inbox", "zece.csv", [("2", "1", "x", "")])
    import_sheets(self_other, EVENT, [path])
    shutil.copy(store.files(self_other, EVENT)[0], folder.notes(EVENT))
    (folder.notes(EVENT) / "zece.csv.csv").unlink()
    import_sheets(folder, EVENT, [path])
    assert [str(problem) for problem in check_folder(folder)] == []


def test_a_question_that_is_gone_is_found(folder: Folder) -> None:
    """Notes of a question that event.yaml no longer asks are named once, with their number."""
    path = folder.event_file(EVENT)
    path.write_text(path.read_text(encoding="utf-8").split("  - id: q2")[0], encoding="utf-8")
    assert found(folder, "note-origin") == [
        f"{NOTES}:4: 3 notes answer the question q2, which event.yaml does not have; put the question back into events/{EVENT}/event.yaml"
    ]


def test_notes_in_the_folder_of_another_event_are_found(folder: Folder) -> None:
    """An event folder that was copied with its notes, or renamed, is named once."""
    shutil.copytree(folder.event_folder(EVENT), folder.event_folder("lab-2"))
    path = folder.event_file("lab-2")
    path.write_text(path.read_text(encoding="utf-8").replace("id: lab-1", "id: lab-2"), encoding="utf-8")
    said = found(folder, "note-origin")
    assert said[0].startswith("events/lab-2/notes/masa.csv.csv:2: these notes belong to the event lab-1, but lie in the folder lab-2; ")
    assert all("lab-2" in one for one in said)


def test_notes_of_an_event_that_cannot_be_read_are_left_alone(folder: Folder) -> None:
    """A broken event.yaml is one problem; its notes are not blamed for it."""
    folder.event_file(EVENT).write_text("id: lab-1\ntitle: [", encoding="utf-8")
    assert found(folder, "note-origin") == []
    assert len(check_folder(folder)) == 1


def test_a_missing_sheet_is_a_warning(folder: Folder) -> None:
    """Sheets are private: one that is not there is a warning that says how to get it back."""
    (folder.sheets(EVENT) / "masa.v2.csv").unlink()
    (said,) = found(folder, "note-sheet")
    assert said.startswith(f"{NOTES}:2: warning: the sheet masa.v2.csv is missing in sheets/; put it back, or import it again")


def test_a_clone_without_sheets_has_one_warning(folder: Folder) -> None:
    """Where the whole folder of sheets is missing, it is named once, not sheet by sheet."""
    shutil.rmtree(folder.sheets(EVENT))
    (said,) = [str(problem) for problem in check_folder(folder)]
    assert said.startswith(f"events/{EVENT}/sheets: warning: the sheets of this event are not here; ask whoever imported them")


def test_a_changed_sheet_is_an_error(folder: Folder) -> None:
    """A sheet that no longer has the bytes that its notes were made from is an error at the first note that names it."""
    path = folder.sheets(EVENT) / "masa.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    (said,) = found(folder, "note-sheet")
    assert said.startswith(f"{NOTES}:7: the sheet masa.csv was changed since its notes were made; put the sheet back")


def test_a_sheet_outside_the_folder_is_not_looked_at(folder: Folder, tmp_path: Path) -> None:
    """A notes file that names a path does not make the check read it."""
    from dataclasses import replace

    from ecocsme.notes.model import sealed

    (tmp_path / "secret").write_bytes(b"x")
    (path,) = store.files(folder, EVENT)
    path.write_bytes(store.serialise([sealed(replace(note, sheet="../../../../secret")) for note in store.load(folder).notes]))
    assert "the sheet ../../../../secret is missing in sheets/" in found(folder, "note-sheet")[0]


def test_a_file_that_waits_for_its_import_is_named(folder: Folder) -> None:
    """A file among the sheets that no notes file names is a warning with the command; earlier versions and junk are not."""
    sheet(folder.sheets(EVENT), "nou.csv")
    sheet(folder.sheets(EVENT), "masa.v3.csv")
    (folder.sheets(EVENT) / "~$nou.xlsx").write_bytes(b"x")
    assert found(folder, "sheet-not-imported") == [
        f"events/{EVENT}/sheets/{name}: warning: is not imported yet; run `ecocsme import-notes {EVENT} events/{EVENT}/sheets/{name}`"
        for name in ("masa.v3.csv", "nou.csv")
    ]


def test_superseded_versions_are_known(folder: Folder, tmp_path: Path) -> None:
    """After a further correction that takes nothing back, no version is said to wait for its import."""
    rows = [*small_project.ROWS[1:], ("1", "1", "încă una", "")]
    import_sheets(folder, EVENT, [sheet(tmp_path / "inbox", rows=rows)], replaces="masa.csv")
    assert sorted(path.name for path in folder.sheets(EVENT).iterdir()) == ["masa.csv", "masa.v2.csv", "masa.v3.csv"]
    assert [str(problem) for problem in check_folder(folder)] == []


def test_check_loads_nothing_heavy(folder: Folder) -> None:
    """Checking a folder with notes and sheets imports neither pandas nor openpyxl nor docx."""
    code = (
        "import sys; from pathlib import Path\n"
        "from ecocsme.checks.run import check_folder; from ecocsme.project.folder import Folder\n"
        "assert check_folder(Folder(Path(sys.argv[1]))) == ()\n"
        "print(sorted({'pandas', 'numpy', 'openpyxl', 'docx', 'rapidfuzz'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder.root)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
