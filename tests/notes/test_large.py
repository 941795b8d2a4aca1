"""A CSV file of any size: what comes of it is what comes of a small one, with no more than a piece of it in memory."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest

from conftest import Run
from ecocsme.notes.grid import Hints
from ecocsme.notes.pieces import ROWS
from ecocsme.notes.streams import opened

EVENT = "tm-lll4-r1"
WORDS = ("spații", "granturi", "artiști", "școală", "n/a", "-", "cu „ghilimele”", 'cu "ghilimele"', "două\nrânduri", "=1+1", " ", "")


def written(path: Path, rows: int, *, seed: int = 7, delimiter: str = ",") -> Path:
    """Write a sheet with two questions, tables and rounds, a time stamp and a column that nobody asked for."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    with path.open("w", encoding="utf-8", newline="") as stream:
        sheet = csv.writer(stream, delimiter=delimiter)
        sheet.writerow(["Marcaj de timp", "Masa", "Runda", "q1", "q2", "Altceva"])
        for number in range(rows):
            answers = [f"{chance.choice(WORDS)} {number}" if chance.random() < 0.7 else chance.choice(WORDS) for _ in range(2)]
            sheet.writerow(["20.10.2020", chance.randint(1, 6), chance.randint(1, 3), *answers, "x" if number % 50 == 0 else ""])
    return path


def notes(root: Path, sheet: str) -> bytes:
    """The notes file of a sheet."""
    return (root / "events" / EVENT / "notes" / f"{sheet}.csv").read_bytes()


@pytest.mark.parametrize(("rows", "delimiter"), [(12, ","), (ROWS - 1, ","), (ROWS, ";"), (2 * ROWS + 3, ",")])
def test_a_large_import_gives_the_very_same_notes(example: Path, tmp_path: Path, run: Run, rows: int, delimiter: str) -> None:
    """At the edges of the pieces, too: the same notes file to the byte, the same copy, the same counts."""
    sheet = written(tmp_path / "mare.csv", rows, delimiter=delimiter)
    ordinary = run("import-notes", EVENT, sheet, "--format", "json", "--no-input", cwd=example)
    usual = notes(example, "mare.csv")
    (example / "events" / EVENT / "notes" / "mare.csv.csv").unlink()
    (example / "events" / EVENT / "sheets" / "mare.csv").unlink()
    large = run("import-notes", EVENT, sheet, "--large", "--format", "json", "--no-input", cwd=example)
    assert large.code == 0, large.said
    assert notes(example, "mare.csv") == usual
    assert (example / "events" / EVENT / "sheets" / "mare.csv").read_bytes() == sheet.read_bytes()
    counts = ("cells", "notes", "no_content", "header", "context", "left_out", "not_read", "questions")
    one, other = (json.loads(done.out)["result"]["sheets"][0] for done in (ordinary, large))
    assert {name: one[name] for name in counts} == {name: other[name] for name in counts}


def test_twice_is_once_and_a_dry_run_writes_nothing(example: Path, tmp_path: Path, run: Run) -> None:
    """The same bytes are known the second time, under any name; with --dry-run not a byte changes."""
    sheet = written(tmp_path / "mare.csv", 30)
    before = {path: path.read_bytes() for path in example.rglob("*") if path.is_file()}
    assert run("import-notes", EVENT, sheet, "--large", "--dry-run", cwd=example).code == 0
    assert {path: path.read_bytes() for path in example.rglob("*") if path.is_file()} == before
    assert run("import-notes", EVENT, sheet, "--large", cwd=example).code == 0
    after = {path: path.read_bytes() for path in example.rglob("*") if path.is_file()}
    again = run("import-notes", EVENT, sheet.rename(tmp_path / "alta.csv"), "--large", cwd=example)
    assert again.code == 0
    assert "imported before, as mare.csv" in again.err
    assert {path: path.read_bytes() for path in example.rglob("*") if path.is_file()} == after
    assert run("check", cwd=example).code == 0


def test_what_is_wrong_in_the_middle_leaves_everything_as_it_was(example: Path, tmp_path: Path, run: Run) -> None:
    """A quotation mark, a byte or a name that does not fit: one line, exit code 1, nothing written."""
    good = written(tmp_path / "bun.csv", 3 * ROWS // 2).read_bytes()
    before = {path: path.read_bytes() for path in example.rglob("*") if path.is_file()}
    for name, data, said in (
        ("a.csv", good + b'x,1,1,"ana\n', "quotation marks do not fit"),
        ("b.csv", good + b"x,1,1,\xfe\xff,,\n", "cannot be read to its end as UTF-8"),
        ("c.csv", good + b"x,1,1,a,b,c,d\n", "has 7 fields, but the header has 6"),
        ("d.csv", b"Masa,Altceva\n1,x\n", "no column is a known question"),
        ("e.csv", b"Masa,q1\n1,\n", "no answers found"),
        ("f.xlsx", good, "takes one CSV file"),
    ):
        (tmp_path / name).write_bytes(data)
        refused = run("import-notes", EVENT, tmp_path / name, "--large", "--no-input", cwd=example)
        assert refused.code == 1, refused.said
        assert said in refused.err
        assert "Traceback" not in refused.err
    assert {path: path.read_bytes() for path in example.rglob("*") if path.is_file()} == before


def test_a_sheet_of_a_known_name_is_not_taken_for_a_correction(example: Path, tmp_path: Path, run: Run) -> None:
    """A large sheet is never a correction: another one of the same name needs --new."""
    assert run("import-notes", EVENT, written(tmp_path / "mare.csv", 20), "--large", cwd=example).code == 0
    refused = run("import-notes", EVENT, written(tmp_path / "mare.csv", 20, seed=8), "--large", cwd=example)
    assert refused.code == 1
    assert "say --new" in refused.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_a_stream_reads_what_its_bytes_say(tmp_path: Path, encoding: str) -> None:
    """Marks decide, UTF-8 is taken without, another encoding has to be named; each record has its line."""
    path = tmp_path / "s.csv"
    path.write_bytes('q1;x\r\nÎnvăţare;1\r\n"învăţare ";2\r\nalta;3\r\n'.encode(encoding))
    stream = opened(path, "s.csv", Hints(("ro",), encoding if encoding == "cp1250" else None))
    records = list(stream.records())
    assert [line for line, _ in records] == [1, 2, 3, 4]
    assert [record[0] for _, record in records] == ["q1", "Învăţare", "învăţare ", "alta"]
