"""Several ideas in one answer: where they are told apart, where not, and what becomes of the notes on the real command line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Ended, Run
from ecocsme.notes import store
from ecocsme.notes.model import Note
from ecocsme.notes.several_ideas import ideas, unsure
from support.small_project import EVENT, make, sheet, tree

TOLD_APART = {
    "- granturi\n- mentorat": ("granturi", "mentorat"),
    "-granturi\n-mentorat": ("granturi", "mentorat"),
    "• granturi\r\n• mentorat": ("granturi", "mentorat"),
    "* granturi;\n* mentorat.": ("granturi", "mentorat."),
    "Avem nevoie de:\n– granturi\n– mentorat": ("granturi", "mentorat"),
    "1. granturi\n2. mentorat\n   de lungă durată": ("granturi", "mentorat\n   de lungă durată"),
    "1) granturi 2) mentorat": ("granturi", "mentorat"),
    "1. granturi 2. mentorat 3. spații": ("granturi", "mentorat", "spații"),
    "• granturi • mentorat": ("granturi", "mentorat"),
    "- granturi\n-\n- mentorat": ("granturi", "mentorat"),
    "granturi mici\nmentorat\nspații": ("granturi mici", "mentorat", "spații"),
    "Granturi mici.\n\nMentorat.": ("Granturi mici.", "Mentorat."),
    "granturi mici; mentorat; spații": ("granturi mici", "mentorat", "spații"),
    "granturi (mici; rapide)\nmentorat": ("granturi (mici; rapide)", "mentorat"),
}
ONE = (
    "granturi mici",
    "Avem nevoie de spații\npentru artiști",  # a sentence that goes on
    "Granturi mici,\nmentorat",
    "avem nevoie de mai multe spații pentru artiști și pentru meseriași\ncare lucrează seara",  # broken by the paper
    "Granturi\n- mici\n- rapide",  # nobody says whether the first line is an idea
    "- granturi\n* mentorat",
    "1. granturi\n3. mentorat",
    "1. etaj 2. etaj",
    "pe 1. mai 2. iunie 3. iulie",
    "Este bine; nu ajunge însă pentru toate firmele mici din oraș",
    "Este bine. Da; nu ajunge",
    "granturi (mici; rapide)",
    "Tom &amp; Jerry; altele",
    "merge ;) super",
    "a;b;c",
    "-5%\n-10%",
    "- granturi\n- ?",
    "- a",
    "-",
    "",
)


@pytest.mark.parametrize("text", TOLD_APART)
def test_ideas_are_told_apart(text: str) -> None:
    """Lists, lines that are ideas, and ideas between semicolons; each idea is a part of the answer, letter for letter."""
    assert ideas(text) == TOLD_APART[text]
    assert not unsure(text)


@pytest.mark.parametrize("text", ONE)
def test_in_doubt_an_answer_is_one_idea(text: str) -> None:
    """Sentences, broken lines, mixed marks, dates, brackets and signs are not split."""
    assert ideas(text) == ()


@given(st.text(st.sampled_from('aB -•1.2);\n\r:ș("x3'), max_size=60))
def test_an_idea_is_a_part_of_its_answer(text: str) -> None:
    """Whatever was typed, ideas follow each other in it, letter for letter, and are at least two."""
    found, at = ideas(text), 0
    assert len(found) != 1
    for idea in found:
        at = text.index(idea, at) + len(idea)


ROWS: Sequence[Sequence[str]] = (
    ("1", "1", "- granturi mici\n- mentorat", "școlile"),
    ("1", "2", "spații; bani; timp", "Avem nevoie\nde spații"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project, and a sheet with several ideas in two of its cells."""
    make(tmp_path)
    sheet(tmp_path / "in", rows=ROWS)
    return tmp_path


def imported(run: Run, root: Path, *flags: str) -> Ended:
    """Import the sheet; it must be taken."""
    done = run("import-notes", EVENT, "in/masa.csv", "--no-input", *flags, cwd=root)
    assert done.code == 0, done.said
    return done


def notes(root: Path) -> dict[str, Note]:
    """The notes by the end of their ID."""
    from ecocsme.project.folder import Folder

    read = store.load(Folder(root))
    assert read.problems == ()
    return {note.id.removeprefix(f"{EVENT}/"): note for note in read.notes}


def current(root: Path) -> dict[str, tuple[str, str]]:
    """Text and content of the notes that stand."""
    return {name: (note.text, note.content) for name, note in notes(root).items() if note.state == "current"}


SPLIT = {
    "q1/t1/r1/1": ("- granturi mici\n- mentorat", "split"),
    "q1/t1/r1/2": ("granturi mici", "yes"),
    "q1/t1/r1/3": ("mentorat", "yes"),
    "q2/t1/r1/1": ("școlile", "yes"),
    "q1/t1/r2/1": ("spații; bani; timp", "split"),
    "q1/t1/r2/2": ("spații", "yes"),
    "q1/t1/r2/3": ("bani", "yes"),
    "q1/t1/r2/4": ("timp", "yes"),
    "q2/t1/r2/1": ("Avem nevoie\nde spații", "yes"),
}


def test_only_who_asks_gets_ideas(root: Path, run: Run) -> None:
    """Without the flag a cell is one note, with it each idea is one, too, below the whole; the sums of the cells match in both."""
    plain = json.loads(imported(run, root, "--dry-run", "--format", "json").out)["result"]["sheets"][0]
    assert (plain["notes"], plain["cells"], plain["ideas"]) == (4, 12, [])
    done = json.loads(imported(run, root, "--split", "--format", "json").out)["result"]["sheets"][0]
    assert current(root) == SPLIT
    assert [note.parent.removeprefix(f"{EVENT}/") for note in notes(root).values()][:4] == ["", "q1/t1/r1/1", "q1/t1/r1/1", ""]
    assert (done["notes"], done["cells"], len(done["ideas"])) == (4, 12, 5)
    assert done["notes"] + done["header"] + done["context"] == done["cells"]
    assert "2 answers were split into 5 ideas, each a note; documents count these and not the whole" in done["said"]
    assert "not split, as not every part is clearly an idea: D3" in done["said"]
    assert run("check", "--strict", cwd=root).code == 0


def test_known_bytes_are_split_only_as_a_correction(root: Path, run: Run) -> None:
    """The flag alone changes nothing and says so; --replaces splits, the wholes keep their IDs; --no-split takes the ideas back."""
    imported(run, root)
    before = tree(root)
    said = imported(run, root, "--split").err
    assert "--split changed nothing; to read the sheet again by it, say --replaces masa.csv, too" in said
    assert tree(root) == before
    done = json.loads(imported(run, root, "--split", "--replaces", "masa.csv", "--format", "json").out)["result"]["sheets"][0]
    assert (len(done["added"]), done["changed"], done["withdrawn"]) == (5, [], [])
    assert current(root) == SPLIT
    before = tree(root)
    assert "changed nothing" not in imported(run, root, "--split").err
    assert tree(root) == before
    imported(run, root, "--no-split", "--replaces", "masa.csv", "--accept-withdrawn")
    assert {content for _, content in current(root).values()} == {"yes"}
    imported(run, root, "--split", "--replaces", "masa.csv")
    assert current(root) == SPLIT


def test_a_correction_is_split_as_the_sheet_before(root: Path, run: Run) -> None:
    """Ideas that did not change keep their IDs, though a row was put in above them; a changed one is named, a new one gets a new ID."""
    imported(run, root, "--split")
    rows = [("1", "1", "parcări", ""), ("1", "1", "- granturi mai mici\n- mentorat\n- mentorat lung", "școlile"), ROWS[1]]
    sheet(root / "in", rows=rows)
    done = json.loads(imported(run, root, "--replaces", "masa.csv", "--format", "json").out)["result"]["sheets"][0]
    assert current(root) == SPLIT | {
        "q1/t1/r1/1": ("- granturi mai mici\n- mentorat\n- mentorat lung", "split"),
        "q1/t1/r1/2": ("granturi mai mici", "yes"),
        "q1/t1/r1/4": ("parcări", "yes"),
        "q1/t1/r1/5": ("mentorat lung", "yes"),
    }
    assert done["changed"] == [f"{EVENT}/q1/t1/r1/1", f"{EVENT}/q1/t1/r1/2"]
    assert (done["added"], done["withdrawn"]) == ([f"{EVENT}/q1/t1/r1/4", f"{EVENT}/q1/t1/r1/5"], [])


def test_an_item_with_items_of_its_own_stays_whole(root: Path, run: Run) -> None:
    """In a list the layout says what belongs together; an item without others inside is split."""
    (root / "in" / "masa.md").write_text("# q1\n\n- granturi; bani\n  - mici\n- mentorat; timp\n", encoding="utf-8")
    done = run("import-notes", EVENT, "in/masa.md", "--split", cwd=root)
    assert done.code == 0, done.said
    assert [(note.text, note.content) for note in notes(root).values()] == [
        ("granturi; bani", "yes"),
        ("mici", "yes"),
        ("mentorat; timp", "split"),
        ("mentorat", "yes"),
        ("timp", "yes"),
    ]


def test_personal_data_is_masked_in_ideas_too(root: Path, run: Run) -> None:
    """The whole and its ideas are made of the masked text."""
    sheet(root / "in", rows=[("1", "1", "- scrieți la ana@example.org\n- mentorat", "")])
    imported(run, root, "--split", "--redact")
    assert current(root) == {
        "q1/t1/r1/1": ("- scrieți la [e-mail]\n- mentorat", "split"),
        "q1/t1/r1/2": ("scrieți la [e-mail]", "yes"),
        "q1/t1/r1/3": ("mentorat", "yes"),
    }


def test_a_large_file_is_not_split(root: Path, run: Run) -> None:
    """The two flags contradict each other; nothing is written."""
    before = tree(root)
    done = run("import-notes", EVENT, "in/masa.csv", "--large", "--split", cwd=root)
    assert (done.code, tree(root)) == (1, before)
    assert "--large, --split: answers are not split where a file is read piece by piece" in done.err


def test_status_counts_ideas_and_not_their_whole(root: Path, run: Run) -> None:
    """Two answers with five ideas and two others are seven notes; they have come as far as the whole."""
    imported(run, root, "--split")
    themes = "themes:\n- {id: means, name: {ro: Mijloace, en: Means}}\n"
    (root / "themes.yaml").write_text(themes, encoding="utf-8")
    assert run("decide", "assign", f"{EVENT}/q1/t1/r2/1", "--theme", "means", cwd=root).code == 0
    (event,) = json.loads(run("status", "--format", "json", cwd=root).out)["result"]["events"]
    assert (event["notes"], event["grouped"], event["stage"]) == (7, 3, "grouped")
    counts = Counter({(one["question"], one["round"]): one["notes"] for one in event["coverage"]})
    assert counts == {("q1", "r1"): 2, ("q1", "r2"): 3, ("q2", "r1"): 1, ("q2", "r2"): 1}


def test_a_theme_counts_an_answer_once(root: Path, run: Run) -> None:
    """Whoever puts a whole answer into a theme finds it there, until one of its ideas is put there."""
    imported(run, root, "--split")
    (root / "themes.yaml").write_text("themes:\n- {id: means, name: {ro: Mijloace, en: Means}}\n", encoding="utf-8")
    run("decide", "assign", f"{EVENT}/q1/t1/r2/1", "--theme", "means", cwd=root)
    assert "note lab-1/q1/t1/r2/1" in run("trace", "theme:means", cwd=root).out
    run("decide", "assign", f"{EVENT}/q1/t1/r2/2", "--theme", "means", cwd=root)
    out = run("trace", "theme:means", cwd=root).out
    assert "note lab-1/q1/t1/r2/2" in out
    assert "note lab-1/q1/t1/r2/1" not in out


def test_what_is_left_out_stands_in_no_other_note(root: Path, run: Run) -> None:
    """An idea that is left out takes its whole answer with it, a whole answer its ideas; other ideas stay."""
    imported(run, root, "--split")
    run("decide", "leave-out", f"{EVENT}/q1/t1/r1/1", f"{EVENT}/q1/t1/r2/2", cwd=root)
    out = run("trace", f"{EVENT}/q1", cwd=root).out
    assert [line for line in out.splitlines() if "granturi" in line or "spații" in line] == []
    assert "bani" in out
    evidence = f"note:{EVENT}/q1/t1/r2/1, note:{EVENT}/q1/t1/r1/3"
    plan = f'id: p\ntitle: "P"\nlanguage: ro\nactions:\n- {{id: A1, title: "T", evidence: [{evidence}]}}\n'
    (root / "plans").mkdir()
    (root / "plans" / "p.yaml").write_text(plan, encoding="utf-8")
    said = run("check", cwd=root).out
    assert f"the note {EVENT}/q1/t1/r2/1 is to be left out" in said
    assert f"the note {EVENT}/q1/t1/r1/3 is to be left out" in said


def test_the_chain_leads_from_an_idea_to_its_cell(root: Path, run: Run) -> None:
    """An idea names its whole answer and the cell of it; a question shows ideas below their answers."""
    imported(run, root, "--split")
    out = run("trace", f"{EVENT}/q1/t1/r1/3", cwd=root).out
    assert [line.strip(" └─│├")[:20] for line in out.splitlines()] == [
        "note lab-1/q1/t1/r1/",
        "note lab-1/q1/t1/r1/",
        "cell events/lab-1/sh",
    ]
    assert "│   ├── note lab-1/q1/t1/r1/2" in run("trace", f"{EVENT}/q1", cwd=root).out


def test_forgetting_an_idea_forgets_its_cell(root: Path, run: Run) -> None:
    """The words of an idea stand in the whole answer and in the copy, so all of the cell goes, and no ID is given twice."""
    imported(run, root, "--split")
    done = run("forget", f"{EVENT}/q1/t1/r1/3", "--yes", cwd=root)
    assert done.code == 0, done.said
    assert set(notes(root)) == set(SPLIT) - {"q1/t1/r1/1", "q1/t1/r1/2", "q1/t1/r1/3"}
    copy = (root / "events" / EVENT / "sheets" / "masa.csv").read_text("utf-8")
    assert "mentorat" not in copy
    assert "spații; bani; timp" in copy
    assert run("check", "--strict", cwd=root).code == 0
