"""An import is taken back, and corrections that withdraw notes ask first; nothing is lost by either."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import REPOSITORY, Run
from ecocsme.errors import Ambiguous, EcocsmeError, InvalidFile, UnknownName
from ecocsme.notes import store, withdrawing
from ecocsme.notes.importing import import_sheets
from ecocsme.project.folder import Folder
from support.small_project import EVENT, EVENT_FILE, ROWS, make, sheet, tree
from support.terminal import typed

NOTES = f"events/{EVENT}/notes/masa.csv.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The small project with one imported sheet."""
    made = make(tmp_path / "p")
    import_sheets(made, EVENT, [sheet(tmp_path / "inbox")])
    return made


def states(folder: Folder) -> dict[str, str]:
    """The state of every note by its ID."""
    read = store.load(folder)
    assert read.problems == ()
    return {note.id: note.state for note in read.notes}


def test_all_notes_of_a_sheet_are_withdrawn_and_stay(folder: Folder) -> None:
    """The notes keep their lines and IDs; only their state changes, and only one file is written."""
    before, files = states(folder), tree(folder.root)
    taken = withdrawing.withdraw(folder, "masa.csv")
    assert (taken.event, taken.sheet, taken.file, len(taken.notes)) == (EVENT, "masa.csv", NOTES, 7)
    assert states(folder) == dict.fromkeys(before, "withdrawn")
    assert {name for name, data in tree(folder.root).items() if files.get(name) != data} == {NOTES}


def test_the_same_bytes_let_the_notes_stand_again(folder: Folder, tmp_path: Path) -> None:
    """Under any name, importing the same bytes gives every note its ID and its old line back."""
    before = tree(folder.root)
    withdrawing.withdraw(folder, "masa.csv")
    again = sheet(tmp_path / "other", "alt nume.csv")
    (report,) = import_sheets(folder, EVENT, [again]).sheets
    assert (report.fate, report.kept, report.withdrawn) == ("revived", 7, ())
    assert tree(folder.root) == before


def test_a_corrected_sheet_is_taken_back_and_stands_again(folder: Folder, tmp_path: Path) -> None:
    """Both versions of a corrected sheet give the state back that they had; what a correction withdrew stays withdrawn."""
    corrected = sheet(tmp_path / "two", rows=ROWS[1:])
    import_sheets(folder, EVENT, [corrected], replaces="masa.csv", accept_withdrawn=True)
    before = tree(folder.root)
    withdrawing.withdraw(folder, "masa.csv")
    (report,) = import_sheets(folder, EVENT, [corrected]).sheets
    assert (report.fate, report.kept) == ("revived", 5)
    assert tree(folder.root) == before


def test_another_version_after_taking_back(folder: Folder, tmp_path: Path) -> None:
    """A corrected file lets the notes stand again that it holds, with their IDs; the others stay withdrawn."""
    withdrawing.withdraw(folder, "masa.csv")
    corrected = sheet(tmp_path / "two", rows=ROWS[:2])
    (report,) = import_sheets(folder, EVENT, [corrected], replaces="masa.csv").sheets
    assert report.added == tuple(f"{EVENT}/{end}" for end in ("q1/t1/r1/1", "q2/t1/r1/1", "q1/t1/r1/2"))
    assert sorted(states(folder).values()) == ["current"] * 3 + ["withdrawn"] * 4


@pytest.mark.parametrize(
    "name", ["masa.csv", f"{EVENT}/masa.csv", f"events/{EVENT}/sheets/masa.csv", f"./{NOTES}", f"events\\{EVENT}\\sheets\\masa.csv"]
)
def test_a_sheet_is_named_as_people_name_it(folder: Folder, name: str) -> None:
    """By its name, with its event, or by the path of its copy or its notes."""
    assert withdrawing.foresee(folder, name).sheet == "masa.csv"


def test_a_correction_that_was_imported_as_another_sheet(folder: Folder, tmp_path: Path) -> None:
    """Taken back, it is imported again as the correction that it is; once more, and it is known."""
    rows = (*ROWS, ("3", "1", "încă una", ""))
    corrected = sheet(tmp_path / "two", "nou.csv", rows)
    (report,) = import_sheets(folder, EVENT, [corrected]).sheets
    assert "ecocsme withdraw" in " ".join(map(str, report.warnings))
    withdrawing.withdraw(folder, "nou.csv")
    (report,) = import_sheets(folder, EVENT, [corrected], replaces="masa.csv").sheets
    assert (report.fate, report.sheet, report.added) == ("corrected", "masa.csv", (f"{EVENT}/q1/t3/r1/2",))
    before = tree(folder.root)
    (report,) = import_sheets(folder, EVENT, [corrected]).sheets
    assert (report.fate, report.sheet, tree(folder.root)) == ("known", "masa.csv", before)


def test_what_cannot_be_taken_back(folder: Folder, tmp_path: Path) -> None:
    """An unknown sheet, one that two events have, one that was taken back, and a damaged notes file are refused."""
    with pytest.raises(UnknownName, match="did you mean"):
        withdrawing.foresee(folder, "lab-1/mass.csv")
    (folder.root / "events" / "lab-2").mkdir()
    (folder.root / "events/lab-2/event.yaml").write_text(EVENT_FILE.replace("lab-1", "lab-2"), encoding="utf-8")
    import_sheets(folder, "lab-2", [sheet(tmp_path / "inbox")])
    with pytest.raises(Ambiguous, match="several events have it"):
        withdrawing.withdraw(folder, "masa.csv")
    withdrawing.withdraw(folder, "lab-1/masa.csv")
    with pytest.raises(EcocsmeError, match="was taken back before"):
        withdrawing.withdraw(folder, "lab-1/masa.csv")
    (folder.root / NOTES).write_bytes((folder.root / NOTES).read_bytes()[:-20])
    with pytest.raises(InvalidFile):
        withdrawing.withdraw(folder, "lab-1/masa.csv")


def test_the_command_asks_or_needs_yes(folder: Folder, run: Run) -> None:
    """In a script it ends with 2 without --yes; --dry-run shows and writes nothing; with --yes it names what rests on the notes."""
    (folder.root / "themes.yaml").write_text('themes:\n  - {id: bani, name: "Bani"}\n', encoding="utf-8")
    note = f"{EVENT}/q1/t1/r1/1"
    assert run("decide", "assign", note, "--theme", "bani", "--when", "2020-11-01", cwd=folder.root).code == 0
    before = tree(folder.root)
    refused = run("withdraw", "masa.csv", cwd=folder.root)
    assert (refused.code, "--yes" in refused.err, tree(folder.root)) == (2, True, before)
    shown = run("withdraw", "masa.csv", "--dry-run", cwd=folder.root)
    assert (shown.code, shown.out.splitlines(), tree(folder.root)) == (0, [NOTES], before)
    assert f"decisions.csv:2: warning: assign bani: the note {note} would be withdrawn; look at it again" in shown.err
    done = run("withdraw", "masa.csv", "--yes", cwd=folder.root)
    assert (done.code, done.out.splitlines()) == (0, [NOTES])
    assert f"decisions.csv:2: warning: assign bani: the note {note} was withdrawn; look at it again" in done.err
    assert run("check", cwd=folder.root).code == 0


def test_the_command_asks_in_a_terminal(folder: Folder) -> None:
    """No leaves everything as it is and ends with 1; yes takes the import back."""
    surroundings = {"PYTHONPATH": str(REPOSITORY), "COLUMNS": "120"}
    before = tree(folder.root)
    code, screen = typed(["withdraw", "masa.csv"], ["n"], cwd=folder.root, environment=surroundings)
    assert (code, "nothing was changed" in screen, tree(folder.root)) == (1, True, before)
    code, screen = typed(["withdraw", "masa.csv"], ["y"], cwd=folder.root, environment=surroundings)
    assert (code, set(states(folder).values())) == (0, {"withdrawn"}), screen


def test_what_rests_on_withdrawn_notes_in_the_example(example: Path, run: Run) -> None:
    """Decisions, evidence, quotes and shrinking themes are listed with file and line, and nothing is written by a dry run."""
    sheets = sorted(path.name for path in (example / "events").glob("*/notes/*.csv"))
    shown = run("withdraw", sheets[0].removesuffix(".csv"), "--dry-run", cwd=example)
    assert shown.code == 0, shown.err
    assert "decisions.csv:" in shown.err
    assert "plans/tm.yaml:" in shown.err
    assert "notes of the theme" in shown.err


class TestCorrectionsThatWithdraw:
    """A corrected sheet in which answers are gone."""

    @pytest.fixture
    def corrected(self, tmp_path: Path) -> Path:
        """The sheet without its last row."""
        return sheet(tmp_path / "two", rows=ROWS[:3])

    GONE = (f"{EVENT}/q1/t2/r2/1", f"{EVENT}/q2/t2/r2/1")

    def test_a_script_must_say_so(self, folder: Folder, corrected: Path, run: Run) -> None:
        """Without the flag it ends with 1, names the notes and writes nothing; a dry run lists them; with the flag it is done."""
        before = tree(folder.root)
        refused = run("import-notes", str(corrected), "--replaces", "masa.csv", cwd=folder.root)
        assert (refused.code, tree(folder.root)) == (1, before)
        assert all(note in refused.err for note in (*self.GONE, "--accept-withdrawn"))
        shown = run("import-notes", str(corrected), "--replaces", "masa.csv", "--dry-run", cwd=folder.root)
        assert (shown.code, f"withdrawn: {self.GONE[0]}" in shown.err, tree(folder.root)) == (0, True, before)
        assert run("import-notes", str(corrected), "--replaces", "masa.csv", "--accept-withdrawn", cwd=folder.root).code == 0
        assert [note for note, state in states(folder).items() if state == "withdrawn"] == list(self.GONE)

    def test_a_person_is_asked_once(self, folder: Folder, corrected: Path) -> None:
        """Yes lets the notes go, no stops the import with nothing written."""
        before = tree(folder.root)
        asked: list[str] = []
        with pytest.raises(Ambiguous, match="--accept-withdrawn"):
            import_sheets(folder, EVENT, [corrected], replaces="masa.csv", agree=lambda what: bool(asked.append(what)))
        assert (len(asked), self.GONE[0] in asked[0], tree(folder.root)) == (1, True, before)
        (report,) = import_sheets(folder, EVENT, [corrected], replaces="masa.csv", agree=lambda _: True).sheets
        assert report.withdrawn == self.GONE

    def test_a_person_is_asked_in_a_terminal(self, folder: Folder, corrected: Path) -> None:
        """The question names the notes; yes imports the correction."""
        arguments = ["import-notes", str(corrected), "--replaces", "masa.csv"]
        surroundings = {"PYTHONPATH": str(REPOSITORY), "COLUMNS": "200"}
        code, screen = typed(arguments, ["y"], cwd=folder.root, environment=surroundings)
        assert (code, self.GONE[0] in screen) == (0, True), screen
        assert [note for note, state in states(folder).items() if state == "withdrawn"] == list(self.GONE)

    def test_decisions_on_changed_notes_are_named(self, folder: Folder, tmp_path: Path, run: Run) -> None:
        """A correction that changes a note names the decisions that were made about its old text."""
        (folder.root / "themes.yaml").write_text('themes:\n  - {id: bani, name: "Bani"}\n', encoding="utf-8")
        note = f"{EVENT}/q1/t1/r1/1"
        assert run("decide", "assign", note, "--theme", "bani", "--when", "2020-11-01", cwd=folder.root).code == 0
        changed = sheet(tmp_path / "two", rows=(("1", "1", "granturi foarte mici", "școlile"), *ROWS[1:]))
        done = run("import-notes", str(changed), "--replaces", "masa.csv", cwd=folder.root)
        assert done.code == 0
        assert f"decisions.csv:2: warning: the note {note} reads differently since this decision; look at it again" in done.err
