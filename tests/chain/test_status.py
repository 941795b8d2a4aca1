"""`status`: where each event stands, from planned to in the plan, and what is not answered yet."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from conftest import Run


def standings(run: Run, folder: Path, *more: str) -> dict[str, dict]:
    """The standing of each event, as programs read it."""
    done = run("status", "--format", "json", *more, cwd=folder)
    assert done.code == 0, done.said
    return {one["event"]: one for one in json.loads(done.out)["result"]["events"]}


def test_an_event_goes_from_planned_to_in_the_plan(example: Path, run: Run) -> None:
    """The stage follows what there is: the day, the notes, the decisions, the plan."""
    sheets = example / "inbox"
    shutil.move(example / "events/tm-lll4-r1/sheets", sheets)
    shutil.rmtree(example / "events/tm-lll4-r1/notes")
    decisions, plan = (example / "decisions.csv").read_bytes(), (example / "plans/tm.yaml").read_bytes()
    (example / "decisions.csv").unlink()
    (example / "plans/tm.yaml").unlink()
    stages = [standings(run, example, "--today", day)["tm-lll4-r1"]["stage"] for day in ("2020-10-19", "2020-10-20", "2020-10-21")]
    assert stages == ["planned", "planned", "held"]
    assert run("import-notes", "tm-lll4-r1", sheets, cwd=example).code == 0
    assert standings(run, example)["tm-lll4-r1"]["stage"] == "imported"
    (example / "decisions.csv").write_bytes(decisions)
    assert standings(run, example)["tm-lll4-r1"]["stage"] == "grouped"
    (example / "plans/tm.yaml").write_bytes(plan)
    assert standings(run, example)["tm-lll4-r1"]["stage"] == "in the plan"


def test_the_counts_are_those_of_the_notes(example: Path, run: Run) -> None:
    """Notes, those without content and those that were left out are counted apart, and coverage counts what says something."""
    run("decide", "leave-out", "tm-lll4-r1/q1/t2/r1/3", cwd=example)
    found = standings(run, example)["tm-lll4-r1"]
    assert (found["notes"], found["no_content"], found["left_out"], found["withdrawn"]) == (86, 3, 1, 0)
    assert sum(one["notes"] for one in found["coverage"]) == 83


def test_a_hole_is_a_question_that_a_table_never_answered(example: Path, run: Run) -> None:
    """Without the sheet of tables 5 and 6, their questions are named as not answered."""
    (example / "events/tm-lll4-r1/notes/notite-mesele-5-6.md.csv").unlink()
    holes = standings(run, example)["tm-lll4-r1"]["holes"]
    assert [(one["question"], one["table"]) for one in holes] == [(f"q{q}", f"t{t}") for q in range(1, 7) for t in (5, 6)]
    assert "t5 has not answered q1" in run("status", cwd=example).err


def test_an_import_says_what_is_still_to_come(example: Path, run: Run) -> None:
    """The counts and the holes of `status` stand in the report of `import-notes`, as they are after it; a dry run foresees them."""
    sheet = example / "events/tm-lll4-r1/sheets/notite-mesele-5-6.md"
    (example / "events/tm-lll4-r1/notes/notite-mesele-5-6.md.csv").unlink()
    before = standings(run, example)["tm-lll4-r1"]
    text = sheet.read_text(encoding="utf-8")
    part = example.parent / "masa-5.md"
    part.write_text(text[: text.index("## Masa 6")], encoding="utf-8")
    foreseen = json.loads(run("import-notes", "tm-lll4-r1", part, "--dry-run", "--format", "json", cwd=example).out)["result"]
    done = run("import-notes", "tm-lll4-r1", part, cwd=example)
    after = standings(run, example)["tm-lll4-r1"]
    assert (foreseen["coverage"], foreseen["holes"]) == (after["coverage"], after["holes"]) != (before["coverage"], before["holes"])
    assert "tm-lll4-r1: t6 has not answered q1, q2, q3, q4, q5, q6 yet" in done.err
    assert "t5 has not" not in done.err
    assert "answers by question and table (rounds r1, r2," in done.out


def test_respondents_are_one_column(example: Path, run: Run) -> None:
    """A questionnaire of many people is summed up on the screen, and no one of them is said to be missing; JSON tells them apart."""
    sheet = example.parent / "chestionar.csv"
    sheet.write_text("Respondent,q1,q2\n" + "".join(f"p{number},da {number},\n" for number in range(1, 41)), encoding="utf-8")
    assert run("import-notes", "tm-lll4-r1", sheet, "--no-input", cwd=example).code == 0
    said = run("status", cwd=example, COLUMNS="200")
    assert "40 respondents" in said.out
    assert "p01" not in said.said
    assert {"question": "q2", "table": "p40"} in standings(run, example)["tm-lll4-r1"]["holes"]
