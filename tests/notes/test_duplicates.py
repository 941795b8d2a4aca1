"""Answers that are nearly equal are named and kept; how they are found loses next to none, whatever the machine."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from conftest import REPOSITORY, Run
from ecocsme.language.letters import fold
from ecocsme.notes import duplicates, store
from ecocsme.notes.duplicates import near_pairs
from ecocsme.notes.importing import import_sheets
from support.small_project import EVENT, make, sheet


def answers(number: int, seed: int) -> list[str]:
    """Answers as long as people's, a twentieth of them copies with one letter, two letters or two words changed."""
    chance = random.Random(seed)  # noqa: S311  # the same texts in every run
    syllables = [one + other for one in "bcdfghjlmnprstvz" for other in ("a", "e", "i", "o", "u", "ă", "â", "î", "ș", "ț")]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(800)]
    weights = [1 / (rank + 1) ** 0.8 for rank in range(800)]
    texts = [" ".join(chance.choices(words, weights, k=chance.randint(3, 18))) for _ in range(number * 19 // 20)]
    edited = [_edited(chance.choice(texts), chance) for _ in range(number - len(texts))]
    return list(dict.fromkeys(text for text in (*texts, *edited) if len(text) >= 10))


def _edited(text: str, chance: random.Random) -> str:
    if chance.random() < 1 / 3:
        words = text.split()
        place = chance.randrange(len(words) - 1)
        words[place : place + 2] = words[place : place + 2][::-1]
        return " ".join(words)
    letters = list(text)
    for _ in range(chance.randint(1, 2)):
        place = chance.randrange(len(letters))
        letters[place] = chance.choice(("", "a", letters[place] + "e"))
    return "".join(letters)


def every_pair(texts: list[str]) -> set[tuple[int, int]]:
    """What comparing each with each finds."""
    return set(duplicates._one_by_one(texts, len(texts)))


def test_of_a_thousand_answers_every_pair_is_found() -> None:
    """The pairs are exactly those of a comparison of each with each, edits of two letters and swapped words included."""
    texts = answers(1000, 1)
    found = near_pairs(texts)
    assert len(found) > 30
    assert set(found) == every_pair(texts)


def test_of_many_answers_nearly_every_pair_is_found() -> None:
    """Beyond a thousand, at least 98 of 100 pairs are found by their hashes, and none that is no pair."""
    found, wanted = 0, 0
    for seed in range(5):
        texts = answers(1100, seed)
        pairs, every = set(near_pairs(texts)), every_pair(texts)
        assert pairs <= every
        found, wanted = found + len(pairs), wanted + len(every)
    assert wanted > 150
    assert found >= 0.98 * wanted


def test_only_pairs_with_a_new_answer_are_named() -> None:
    """Of texts that were there before, none is paired with another one of these."""
    texts = answers(1100, 3)
    pairs = near_pairs(texts, 600)
    assert pairs
    assert set(pairs) <= {pair for pair in every_pair(texts) if pair[0] < 600}


def test_the_same_pairs_in_every_process() -> None:
    """Python's own hashes differ from process to process; the pairs do not."""
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from notes.test_duplicates import answers, near_pairs\n"
        "print(sorted(near_pairs(answers(1100, 2))))"
    )
    command = [sys.executable, "-c", code, str(REPOSITORY), str(REPOSITORY / "tests")]
    runs = [
        subprocess.run(command, env={"PYTHONHASHSEED": seed, "PATH": ""}, capture_output=True, check=True).stdout for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0].count(b"(") > 20


def test_ten_thousand_answers_take_little_time() -> None:
    """Most people would wait for it without noticing, even on a slow machine."""
    texts = answers(10_000, 4)
    start = perf_counter()
    near_pairs(texts)
    assert perf_counter() - start < 10


def test_texts_that_are_all_alike_stay_bounded() -> None:
    """Five thousand texts that share nearly all of their letters end in seconds: each meets only those next to it."""
    texts = [f"un text care se repetă de la un capăt la altul {number}" for number in range(5_000)]
    start = perf_counter()
    assert near_pairs(texts)
    assert perf_counter() - start < 20


ROWS = (
    ("1", "1", "Granturi mici pentru firme noi", "da"),
    ("1", "1", "granturi mici  pentru firme noi", "da"),
    ("2", "1", "Granturi mici pentru firmele noi", "da"),
    ("3", "1", "Granturi mici pentru firme noi", "nu"),
    ("3", "1", "Altceva cu totul", "Altceva cu totul!"),
)


def test_nearly_equal_answers_are_named_and_kept(tmp_path: Path, run: Run) -> None:
    """With their IDs, cells and number by question, in JSON as well; equal ones of one sheet are counted, and all are notes."""
    folder = make(tmp_path / "p")
    one = sheet(tmp_path / "inbox", rows=ROWS)
    said = run("import-notes", str(one), cwd=folder.root)
    first, second = f"{EVENT}/q1/t1/r1/1 (masa.csv, C2)", f"{EVENT}/q1/t2/r1/1 (masa.csv, C4)"
    assert f"warning: these answers are nearly equal (q1: 1): {first} and {second}; all are kept" in said.err
    assert "masa.csv: 4 answers say the same to the same question as another one of this sheet" in said.err
    assert len(store.load(folder).notes) == 10
    (told,) = json.loads(run("import-notes", str(one), "--format", "json", cwd=make(tmp_path / "q").root).out)["result"]["sheets"]
    assert told["nearly_equal"] == [{"notes": [f"{EVENT}/q1/t1/r1/1", f"{EVENT}/q1/t2/r1/1"], "question": "q1"}]
    assert told["repeated"] == 4


def test_answers_of_other_sheets_are_compared(tmp_path: Path) -> None:
    """A sheet is compared with what was imported before; equal answers of two sheets are separate voices and not named."""
    folder = make(tmp_path / "p")
    import_sheets(folder, EVENT, [sheet(tmp_path / "inbox", "a.csv", ROWS[:1])])
    (report,) = import_sheets(folder, EVENT, [sheet(tmp_path / "inbox", "b.csv", ROWS[2:4])]).sheets
    assert [(first.id, second.sheet) for first, second in report.alike.pairs] == [
        (f"{EVENT}/q1/t2/r1/1", "b.csv"),
    ]
    assert report.alike.repeated == 0


def test_too_many_answers_are_not_compared_and_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Beyond a limit nobody looks, and the report says for which question."""
    monkeypatch.setattr(duplicates, "MOST", 1)
    folder = make(tmp_path / "p")
    (report,) = import_sheets(folder, EVENT, [sheet(tmp_path / "inbox", rows=ROWS)]).sheets
    assert "were not compared with each other: q1" in " ".join(str(problem) for problem in report.warnings)


def test_many_sheets_stay_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Once a command has looked at enough notes, the sheets that follow are not compared, and each says so."""
    monkeypatch.setattr(duplicates, "ENOUGH", 15)
    folder = make(tmp_path / "p")
    paths = [sheet(tmp_path / "inbox", "a.csv", ROWS), sheet(tmp_path / "inbox", "b.csv", ROWS[::-1])]
    first, second = import_sheets(folder, EVENT, paths).sheets
    assert (first.alike.skipped, first.alike.repeated) == ((), 4)
    assert (second.alike.skipped, second.alike.repeated) == (("q1", "q2"), 4)


def test_cedillas_capitals_and_blanks_are_no_difference() -> None:
    """Texts are compared in the form in which all texts are compared."""
    assert fold("Granturi  pentru şcoli") == fold("granturi pentru ȘCOLI")
