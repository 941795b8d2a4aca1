"""A column of votes: recognised by its title or named, counted for the answers of its row, and never an answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import Run
from support.small_project import EVENT, make, sheet

HEADER = ("Masa", "Runda", "q1", "Voturi")
ROWS: Sequence[Sequence[str]] = (
    ("1", "1", "granturi", "7"),
    ("1", "1", "- mentorat\n- timp", "●● ●"),
    ("1", "1", "spații", ""),
    ("2", "1", "parcări", "mulți"),
    ("2", "1", "școli", "0"),
    ("", "", "", "11"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project, and a sheet with votes."""
    make(tmp_path)
    sheet(tmp_path / "in", rows=ROWS, header=HEADER)
    return tmp_path


def test_votes_belong_to_the_answers_of_their_row(root: Path, run: Run) -> None:
    """Numbers and dots count, by note; what is no number is said, a total below the table is named; every cell is accounted for."""
    done = run("import-notes", EVENT, "in/masa.csv", "--format", "json", cwd=root)
    assert done.code == 0, done.said
    (one,) = json.loads(done.out)["result"]["sheets"]
    assert one["votes"] == {"lab-1/q1/t1/r1/1": 7, "lab-1/q1/t1/r1/2": 3, "lab-1/q1/t2/r1/2": 0}
    assert "10 votes on 3 answers were read; they are in this report, and in no note" in one["said"]
    assert "the votes “mulți” are no number, and are not counted" in one["said"]
    assert [left["cell"] for left in one["not_read"]] == ["D7"]
    assert (one["notes"], one["cells"]) == (5, 4 + 5 * 3 + 4 + 1)
    assert one["notes"] + one["header"] + one["context"] + len(one["not_read"]) == one["cells"]


def test_a_split_answer_keeps_its_votes_whole(root: Path, run: Run) -> None:
    """Nobody can say for which of its ideas people voted."""
    done = run("import-notes", EVENT, "in/masa.csv", "--split", "--format", "json", cwd=root)
    (one,) = json.loads(done.out)["result"]["sheets"]
    assert one["votes"] == {"lab-1/q1/t1/r1/1": 7, "lab-1/q1/t1/r1/2": 3, "lab-1/q1/t2/r1/2": 0}
    assert one["ideas"] == ["lab-1/q1/t1/r1/3", "lab-1/q1/t1/r1/4"]


def test_a_correction_has_votes_by_the_ids_that_stay(root: Path, run: Run) -> None:
    """Rows that change places take their votes with them."""
    run("import-notes", EVENT, "in/masa.csv", cwd=root)
    sheet(root / "in", rows=[ROWS[4], ROWS[2], ("1", "1", "granturi", "9")], header=HEADER)
    done = run("import-notes", EVENT, "in/masa.csv", "--replaces", "masa.csv", "--accept-withdrawn", "--format", "json", cwd=root)
    (one,) = json.loads(done.out)["result"]["sheets"]
    assert one["votes"] == {"lab-1/q1/t2/r1/2": 0, "lab-1/q1/t1/r1/1": 9}


def test_a_column_can_be_named(root: Path, run: Run) -> None:
    """`--map D=votes` is kept in mapping.yaml, for the next sheet with these headers."""
    for name, rows, flags in (("a.csv", ROWS[:1], ("--map", "D=votes")), ("b.csv", ROWS[4:5], ())):
        sheet(root / "in", name, rows=rows, header=(*HEADER[:3], "Abțibilduri"))
        done = run("import-notes", EVENT, f"in/{name}", "--no-input", "--format", "json", *flags, cwd=root)
        assert done.code == 0, done.said
        (one,) = json.loads(done.out)["result"]["sheets"]
        assert list(one["votes"].values()) == [int(rows[0][3])]
    assert "votes: [D]" in (root / "events" / EVENT / "mapping.yaml").read_text("utf-8")
