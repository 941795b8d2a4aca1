"""How many said an answer, where it says so at its end: what counts, what is a size or a name, and what the report says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Run
from ecocsme.notes.multipliers import voices
from support.small_project import EVENT, make, sheet

VOICES = {
    "granturi (x3)": 3,
    "granturi (3x)": 3,
    "granturi(×2)": 2,
    "granturi (X 4)": 4,
    "granturi [2 x].": 2,
    "granturi ×3": 3,
    "granturi x3": 3,
    "granturi mici x 12": 12,
    "2x pe săptămână (x3)": 3,
    "granturi": 1,
    "granturi (x1)": 1,
    "granturi (x0)": 1,
    "granturi (x100)": 1,
    "2x pe săptămână": 1,
    "vizite 2x": 1,
    "sală de 3x4 m": 1,
    "sală de 3x4": 1,
    "sală 4 x 3": 1,
    "săli de 4 m x 3": 1,
    "săli de 4 metri x 3": 1,
    "BMW X3": 1,
    "matrix3": 1,
    "x3": 1,
    "(x3)": 1,
    "granturi (3)": 1,
    "granturi\nmentorat (x2)": 1,
    "": 1,
}


@pytest.mark.parametrize("text", VOICES)
def test_voices(text: str) -> None:
    """Only a number with an x at the very end counts, and never a size, a frequency, a name, or what is said of one line."""
    assert voices(text) == VOICES[text]


def test_the_report_says_how_many_said_it(tmp_path: Path, run: Run) -> None:
    """The note stays as typed and is one note; text and JSON name it with its number; of a split answer its ideas are named."""
    make(tmp_path)
    sheet(tmp_path / "in", rows=[("1", "1", "granturi (x3)", ""), ("1", "1", "- spații x2\n- timp", "")])
    done = run("import-notes", EVENT, "in/masa.csv", "--split", "--dry-run", cwd=tmp_path)
    said = "2 answers say how often they were said: lab-1/q1/t1/r1/1 (3 times), lab-1/q1/t1/r1/3 (2 times); each is one note"
    assert said in done.err
    done = run("import-notes", EVENT, "in/masa.csv", "--format", "json", cwd=tmp_path)
    (one,) = json.loads(done.out)["result"]["sheets"]
    assert (one["voices"], one["notes"]) == ({"lab-1/q1/t1/r1/1": 3}, 2)
    assert "granturi (x3)" in (tmp_path / "events" / EVENT / "notes" / "masa.csv.csv").read_text("utf-8")
