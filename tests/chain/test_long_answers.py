"""An answer longer than the csv module reads by itself goes all the way from its sheet to a plan, and can be forgotten."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from conftest import Run
from ecocsme.event import participants
from ecocsme.notes import forgotten
from ecocsme.themes import decision_lines

EVENT = "tm-lll4-r1"
LONG = 'Ne lipsesc "spații", \n' * 9_100
NOTE = f"{EVENT}/q1/t1/r1/5"


def test_a_long_answer_goes_from_its_sheet_to_a_plan(example: Path, tmp_path: Path, run: Run) -> None:
    """200,000 characters: import, check, trace, decide, draft-plan, build-plan, forget; it stands in the plan's document whole."""
    assert len(LONG) > 200_000
    sheet = tmp_path / "lung.csv"
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("Masa", "Runda", "q1"), ("1", "1", LONG), ("2", "1", "scurt")])
    for command, said in (
        (("import-notes", EVENT, sheet, "--no-input"), "lung.csv: q1: 2"),
        (("check", "--strict"), ""),
        (("trace", NOTE), "events/tm-lll4-r1/sheets/lung.csv, C2"),
        (("decide", "assign", NOTE, "--theme", "funding", "--who", "Ana", "--when", "2020-10-30"), "decisions.csv"),
        (("draft-plan", "lung"), "plans/lung.yaml"),
        (("build-plan", "lung"), "out/lung/action-plan.ro.md"),
        (("status",), EVENT),
        (("import-notes", EVENT, sheet, "--no-input"), "imported before"),
    ):
        done = run(*command, cwd=example)
        assert done.code == 0, done.said
        assert said in done.said
    plan = (example / "out" / "lung" / "action-plan.ro.md").read_text(encoding="utf-8")
    assert plan.count("Ne lipsesc") >= LONG.count("Ne lipsesc")
    assert run("forget", NOTE, "--yes", cwd=example).code == 0
    assert "Ne lipsesc" not in "".join(path.read_text(encoding="latin-1") for path in (example / "events" / EVENT).rglob("*.csv"))


def test_every_list_of_ours_reads_long_values(example: Path) -> None:
    """A damaged list is named by what is wrong with it; that its values are long is nothing wrong, and the limit stays as it was."""
    from ecocsme.chain import forgetting_lists
    from ecocsme.errors import InvalidFile
    from ecocsme.project.folder import find

    csv.field_size_limit(limit := 131_072)
    folder, value = find(example), "x" * 200_000
    here = folder.event_folder(EVENT)
    (here / "names.csv").write_text(f"id,name,organisation,email\np01,{value},,\n", encoding="utf-8")
    assert forgetting_lists.participants(folder, EVENT) == {"p01"}
    (here / "forgotten.csv").write_text(f"note,sheet_sha256\n{value},\n", encoding="utf-8")
    with pytest.raises(InvalidFile, match="is not as ecocsme wrote it"):
        forgotten.load(folder, EVENT)
    (here / "participants.csv").write_text(f"{','.join(participants.COLUMNS)}\np01,{value},,,,,\n", encoding="utf-8")
    assert participants.load(folder, EVENT)[0].sector == value
    header = ",".join(decision_lines.HEADER)
    lines = decision_lines.read(f"{header}\n2020-10-30,Ana,leave-out,{EVENT}/q1/t1/r1/1,,{value},\n".encode(), ("ro",))
    assert lines.decisions[0].why == value
    assert csv.field_size_limit() == limit
