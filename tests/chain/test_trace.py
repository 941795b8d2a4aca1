"""`trace`: the chain of a note, theme, practice or action, both ways, on the example."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Run

NOTE = "tm-lll4-r1/q1/t2/r1/3"


def chain(run: Run, folder: Path, name: str) -> dict:
    """The chain of an ID as programs read it."""
    done = run("trace", name, "--format", "json", cwd=folder)
    assert done.code == 0, done.said
    envelope = json.loads(done.out)
    assert (envelope["format"], envelope["command"], envelope["problems"]) == (1, "trace", [])
    return envelope["result"]


def below(link: dict, kind: str) -> list[dict]:
    """The links of one kind that a link leads to at once."""
    return [one for one in link["leads"] if one["kind"] == kind]


def test_a_note_leads_down_to_its_cell_and_up_to_its_actions_and_documents(example: Path, run: Run) -> None:
    """The cell, the decision, the theme and the action of a quoted note are found; after a build its documents, too."""
    run("build-plan", "tm", cwd=example)
    note = chain(run, example, NOTE)
    (cell,) = below(note, "cell")
    assert cell["id"].startswith("events/tm-lll4-r1/sheets/raspunsuri-mesele-1-2.xlsx, ")
    assert cell["text"] == "q1, table 2, round 1"
    (theme,) = below(note, "theme")
    assert (theme["id"], below(theme, "action")[0]["id"]) == ("spaces", "tm/A2")
    assert below(note, "decision")[0]["id"] == "assign spaces"
    documents = [one["id"] for one in below(below(note, "action")[0], "document")]
    assert documents == ["out/tm/action-plan.ro.docx", "out/tm/action-plan.ro.md"]


def test_the_cell_that_trace_names_holds_the_note(example: Path, run: Run) -> None:
    """Opening the sheet at the cell shows the very text."""
    import openpyxl

    note = chain(run, example, NOTE)
    sheet, where = below(note, "cell")[0]["id"].split(", ", 1)
    tab, cell = where.rsplit("!", 1)
    book = openpyxl.load_workbook(example / sheet)
    assert book[tab][cell].value == note["text"]


def test_an_action_leads_to_every_note_it_rests_on(example: Path, run: Run) -> None:
    """All notes of its themes, those it names, those it quotes and its practice are there."""
    action = chain(run, example, "tm/A2")
    themes = {one["id"]: len(below(one, "note")) for one in below(action, "theme")}
    assert themes == {"spaces": 12, "funding": 10}
    assert NOTE in {one["id"] for one in below(action, "note")}
    assert [one["id"] for one in below(action, "practice")] == ["open-design-school"]


@pytest.mark.parametrize("name", ["A2", "action:A2", "tm/A2", "action:tm/A2"])
def test_an_action_may_be_named_in_short(example: Path, run: Run, name: str) -> None:
    """Where one plan has it, an action needs no plan."""
    assert chain(run, example, name)["id"] == "tm/A2"


def test_one_name_for_two_things_is_asked_back(example: Path, run: Run) -> None:
    """A theme and a practice of one ID are told apart by their prefix, and never guessed."""
    practices = example / "practices.yaml"
    practices.write_text(practices.read_text("utf-8").replace("id: blokhuispoort", "id: spaces"), "utf-8")
    done = run("trace", "spaces", cwd=example)
    assert done.code == 1
    assert "theme:spaces and practice:spaces" in done.err
    assert chain(run, example, "theme:spaces")["kind"] == "theme"


def test_an_unknown_name_gets_the_nearest(example: Path, run: Run) -> None:
    """A misspelt ID is answered with the nearest known one."""
    done = run("trace", "tm-lll4-r1/q1/t2/r1/33", cwd=example)
    assert done.code == 1
    assert "did you mean tm-lll4-r1/q1/t2/r1/3?" in done.err


def test_the_tree_shows_one_link_a_line(example: Path, run: Run) -> None:
    """In the terminal each link is one line, even where a note has line breaks."""
    notes = (example / "events/tm-lll4-r1/notes/raspunsuri-mesele-1-2.xlsx.csv").read_text("utf-8")
    broken = next(record.split(",")[0] for record in notes.split("\ntm-lll4") if "și plata la timp!" in record)
    shown = run("trace", f"tm-lll4{broken}", cwd=example).out.splitlines()
    assert shown[0] == f"note tm-lll4{broken}  Bani pe 2-3 ani, nu doar pe un proiect și plata la timp!"
    assert shown[1].startswith("├── cell ")
    assert sum(line.startswith(("├── ", "└── ")) for line in shown) == 3


def test_a_question_lists_its_notes_with_their_themes(example: Path, run: Run) -> None:
    """Whoever decides sees every note of a question, and which themes it has already."""
    notes = below(chain(run, example, "tm-lll4-r1/q2"), "note")
    assert len(notes) == 11
    assert all(one["id"].startswith("tm-lll4-r1/q2/") for one in notes)
    assert "association" in {theme["id"] for one in notes for theme in below(one, "theme")}


def test_an_event_lists_its_questions(example: Path, run: Run) -> None:
    """All current notes of an event stand under its questions."""
    questions = below(chain(run, example, "tm-lll4-r1"), "question")
    assert [one["id"] for one in questions] == [f"tm-lll4-r1/q{number}" for number in range(1, 7)]
    assert sum(len(below(one, "note")) for one in questions) == 86


def test_a_note_of_a_theme_is_not_said_twice(example: Path, run: Run) -> None:
    """A note that an action names and that its theme holds stands under the theme only, unless it is quoted."""
    action = chain(run, example, "tm/A2")
    direct = {one["id"] for one in below(action, "note")}
    in_themes = {one["id"] for theme in below(action, "theme") for one in below(theme, "note")}
    assert direct & in_themes == {NOTE}
