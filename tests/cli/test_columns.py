"""The flags about columns on the real command line: what they do, what they refuse, what a person is asked, an event from a sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import REPOSITORY, Run
from support.small_project import EVENT, make, sheet, tree
from support.terminal import typed

HEADER = ("Marcaj de timp", "Nevoi", "Masa")
ROWS = (("2020-10-20 11:00", "granturi", "Masa 1"), ("2020-10-20 11:02", "mentorat", "Masa 2"))
PROJECT = ("--language", "ro", "--language", "en", "--acronym", "Atlas", "--project-title", "Atlas", "--title", "Atelier / Lab")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project, and a sheet whose titles are no questions of its event."""
    make(tmp_path)
    sheet(tmp_path / "in", rows=ROWS, header=HEADER)
    return tmp_path


def test_a_script_is_told_the_flag_and_the_flag_is_enough(root: Path, run: Run) -> None:
    """Without it the sheet is refused with its columns; with it each answer is a note, and check is content."""
    without = run("import-notes", EVENT, "in/masa.csv", "--no-input", cwd=root)
    assert without.code == 1
    assert "it has: Marcaj de timp, Nevoi, Masa" in without.err
    assert "--map COLUMN=QUESTION" in without.err
    done = run("import-notes", EVENT, "in/masa.csv", "--no-input", "--map", "B=q1", cwd=root)
    assert done.code == 0, done.said
    assert "q1: 2" in done.err
    assert "left out, 2 cells of the column “Marcaj de timp”" in done.err
    assert (root / "events" / EVENT / "mapping.yaml").is_file()
    assert run("check", "--strict", cwd=root).code == 0


def test_a_wrong_flag_writes_nothing(root: Path, run: Run) -> None:
    """An unknown question or column is named with what there is, and the folder stays as it was."""
    before = tree(root)
    for flag, said in (
        ("B=q7", "q1, q2, question, respondent, round, table"),
        ("Q=q1", "there is no such column"),
        ("B", "write COLUMN=QUESTION"),
    ):
        done = run("import-notes", EVENT, "in/masa.csv", "--no-input", "--map", flag, cwd=root)
        assert done.code == 1
        assert said in done.err
    assert run("import-notes", EVENT, "in/masa.csv", "--header-rows", "-1", cwd=root).code == 2
    assert tree(root) == before


def test_a_person_is_asked_what_a_column_holds(root: Path) -> None:
    """A title that is nearly a question is shown with its likeness; Enter says yes, and it is kept."""
    sheet(root / "in", "b.csv", rows=(("x", "Masa 1"),), header=("De ce au nevoe firmele mici?", "Masa"))
    code, screen = typed(["import-notes", EVENT, "in/b.csv"], [""], cwd=root, environment={"PYTHONPATH": str(REPOSITORY)})
    assert code == 0, screen
    assert "% like q1" in " ".join(screen.split())
    assert "q1: [A]" in (root / "events" / EVENT / "mapping.yaml").read_text("utf-8")


def test_an_event_is_begun_from_a_sheet(tmp_path: Path, run: Run) -> None:
    """Its titles become the questions in the main language, metadata is said, and the sheet is imported without a flag."""
    rows = (("2020-10-20", "a@example.org", "granturi", "Da", "", "Masa 1"),)
    sheet(tmp_path / "in", rows=rows, header=("Horodateur", "Adresse e-mail", "De ce?", "Cum? [A]", "De ce?", "Masa"))
    done = run("new-lab", "lab-9", "--no-input", *PROJECT, "--date", "2020-10-20", "--from-sheet", "in/masa.csv", cwd=tmp_path)
    assert done.code == 0, done.said
    assert "events/lab-9/mapping.yaml" in done.out
    assert "column A “Horodateur” is no question: left out" in done.err
    event = (tmp_path / "events/lab-9/event.yaml").read_text("utf-8")
    assert 'ro: "De ce?"' in event
    assert event.count("- id:") == 2  # equal titles are one question
    checked = run("check", cwd=tmp_path)
    assert checked.code == 0
    assert "questions[1].text: warning: has no text in en" in checked.out
    taken = run("import-notes", "in/masa.csv", "--no-input", cwd=tmp_path)
    assert taken.code == 0, taken.said
    assert "q1: 1, q2: 1" in taken.err


def test_a_sheet_without_titles_begins_no_event(tmp_path: Path, run: Run) -> None:
    """Where two rows may be the header, or a column lists the questions, the flag or the way out is said; nothing is written."""
    sheet(tmp_path / "in", rows=(("Bani", "Timp", "Loc", "Zi"), ("1", "2", "3", "4")), header=("Ce?", "Cum?", "", ""))
    sheet(tmp_path / "in", "lung.csv", rows=(("q1", "x"),), header=("Întrebare", "Răspuns"))
    (tmp_path / "in" / "text.md").write_text("# Bani\n- x\n", "utf-8")
    command = ("new-lab", "lab-9", "--no-input", *PROJECT, "--date", "2020-10-20", "--from-sheet")
    for name, said in (("masa.csv", "--header-rows 2"), ("lung.csv", "names its questions in a column"), ("text.md", "has no table")):
        done = run(*command, f"in/{name}", cwd=tmp_path)
        assert done.code == 1
        assert said in done.err
    assert not (tmp_path / "project.yaml").exists()
    assert run(*command, "in/masa.csv", "--header-rows", "2", cwd=tmp_path).code == 0
    assert 'ro: "Ce? / Bani"' in (tmp_path / "events/lab-9/event.yaml").read_text("utf-8")
