"""`decide` and `draft-plan`: what people decide is kept line by line, and the draft rests on it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from conftest import Run

NOTE = "tm-lll4-r1/q1/t3/r1/1"


@pytest.fixture
def folder(example: Path) -> Path:
    """The example, without any decision and any plan."""
    (example / "decisions.csv").unlink()
    (example / "plans/tm.yaml").unlink()
    return example


def rows(folder: Path) -> list[list[str]]:
    """The lines of decisions.csv without the header."""
    return list(csv.reader((folder / "decisions.csv").read_text("utf-8").splitlines()))[1:]


def test_a_decision_is_one_line_with_who_when_and_why(folder: Path, run: Run) -> None:
    """What is given by flags stands in decisions.csv, and check has nothing to say."""
    done = run(
        "decide", "assign", NOTE, "--theme", "funding", "--why", "cere bani, pe față", "--who", "AP", "--when", "2020-11-02", cwd=folder
    )
    assert done.code == 0, done.said
    assert rows(folder)[0][:6] == ["2020-11-02", "AP", "assign", NOTE, "funding", "cere bani, pe față"]
    assert "decisions.csv" not in run("check", cwd=folder).out


def test_decisions_are_only_ever_appended_to(folder: Path, run: Run) -> None:
    """Each further decision leaves all earlier bytes as they were."""
    run("decide", "assign", NOTE, "--theme", "funding", cwd=folder)
    before = (folder / "decisions.csv").read_bytes()
    run("decide", "unassign", NOTE, "--theme", "funding", cwd=folder)
    run("decide", "leave-out", NOTE, cwd=folder)
    assert (folder / "decisions.csv").read_bytes().startswith(before)
    assert [row[2] for row in rows(folder)] == ["assign", "unassign", "leave-out"]


def test_several_notes_are_decided_together_or_not_at_all(folder: Path, run: Run) -> None:
    """One unknown note among several, and nothing is written."""
    done = run("decide", "assign", NOTE, "tm-lll4-r1/q1/t3/r1/99", "--theme", "funding", cwd=folder)
    assert done.code == 1
    assert "tm-lll4-r1/q1/t3/r1/99: there is no note of this name" in done.err
    assert not (folder / "decisions.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("assign", NOTE, "--theme", "fundin"), 1, "did you mean funding?"),
        (("assign", NOTE), 1, "name it with --theme"),
        (("put", NOTE, "--theme", "funding"), 2, "assign"),
        (("assign", NOTE, "--theme", "funding", "--when", "2020-02-30"), 2, "2020-02-30"),
    ],
)
def test_what_cannot_be_decided_is_said(folder: Path, run: Run, arguments: tuple[str, ...], code: int, words: str) -> None:
    """An unknown theme, a missing theme, an unknown verb and a day that does not exist are refused."""
    done = run("decide", *arguments, cwd=folder)
    assert (done.code, words in done.err) == (code, True)
    assert not (folder / "decisions.csv").exists()


def test_a_torn_file_is_never_appended_to(folder: Path, run: Run) -> None:
    """A decisions.csv that ends in the middle of a line is named and stays as it is."""
    run("decide", "assign", NOTE, "--theme", "funding", cwd=folder)
    torn = (folder / "decisions.csv").read_bytes()[:-10]
    (folder / "decisions.csv").write_bytes(torn)
    done = run("decide", "leave-out", NOTE, cwd=folder)
    assert done.code == 1
    assert done.err.startswith("decisions.csv:2: ")
    assert (folder / "decisions.csv").read_bytes() == torn


def test_a_draft_has_one_action_per_theme_with_its_evidence(folder: Path, run: Run) -> None:
    """The theme with the most notes comes first, its notes are the evidence, check only names what is open."""
    run("decide", "assign", NOTE, "tm-lll4-r1/q1/t3/r1/2", "--theme", "spaces", cwd=folder)
    done = run("draft-plan", "first", "--title", "Planul nostru", cwd=folder)
    assert done.code == 0, done.said
    text = (folder / "plans/first.yaml").read_text("utf-8")
    assert text.count("- id: A") == 6
    assert text.index("theme:spaces") < text.index("theme:funding")
    assert f"note:{NOTE}" in text
    checked = run("check", cwd=folder)
    assert checked.code == 0
    assert set(checked.out.splitlines()) == {line for line in checked.out.splitlines() if "is still open" in line}


def test_a_draft_can_be_built_at_once(folder: Path, run: Run) -> None:
    """A plan with open places is built, and the open places are warned about."""
    run("draft-plan", "first", cwd=folder)
    done = run("build-plan", "first", "--format", "md", cwd=folder)
    assert done.code == 0, done.said
    assert "is still open" in done.err


def test_a_plan_is_never_overwritten(example: Path, run: Run) -> None:
    """A draft of the name of an existing plan is refused."""
    before = (example / "plans/tm.yaml").read_bytes()
    done = run("draft-plan", "tm", cwd=example)
    assert done.code == 1
    assert "plans/tm.yaml: is there already" in done.err
    assert (example / "plans/tm.yaml").read_bytes() == before


def test_a_note_that_is_left_out_is_in_no_byte_of_the_plan(example: Path, run: Run) -> None:
    """After `leave-out`, a note of a theme disappears from Markdown and Word."""
    import zipfile

    note, words = "tm-lll4-r1/q1/t3/r1/2", "fond de garantare"
    assert run("build-plan", "tm", cwd=example).code == 0
    assert words in (example / "out/tm/action-plan.ro.md").read_text("utf-8")
    assert run("decide", "leave-out", note, "--why", "a cerut-o persoana", cwd=example).code == 0
    assert run("build-plan", "tm", cwd=example).code == 0
    assert words not in (example / "out/tm/action-plan.ro.md").read_text("utf-8")
    with zipfile.ZipFile(example / "out/tm/action-plan.ro.docx") as package:
        assert all(words.encode() not in package.read(name) for name in package.namelist())
