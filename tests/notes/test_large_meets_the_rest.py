"""What a large import does where an ordinary one would remember, correct, mask or forget: the same, or a refusal with the way out."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from conftest import Ended, Run
from ecocsme.notes.pieces import ROWS

EVENT = "tm-lll4-r1"
LONG = "lung " * 40_000
SHEET = "Respondent,q1,q2,Altceva\np1,spații ana@example.org,granturi,x\np2,artiști,,\np3,n/a,școli (x3),\n"


def files(root: Path) -> dict[str, bytes]:
    """Every file of a project, by its path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def ids(root: Path, sheet: str) -> list[str]:
    """The IDs and states of the notes of a sheet."""
    with (root / "events" / EVENT / "notes" / f"{sheet}.csv").open(encoding="utf-8", newline="") as stream:
        return [f"{row['id'].removeprefix(EVENT + '/')} {row['state']}" for row in csv.DictReader(stream)]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A sheet of three respondents."""
    path = tmp_path / "mare.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


@pytest.fixture
def large(run: Run, example: Path) -> Run:
    """Import with --large into the example."""

    def start(*arguments: str | Path) -> Ended:
        return run("import-notes", EVENT, *arguments, "--large", "--no-input", cwd=example, timeout=300)

    return start


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--redact",), "--large, --redact: personal data is not looked for"),
        (("--split",), "--large, --split: answers are not split"),
        (("--replaces", "masa1.csv"), "--large, --replaces: a large file is never a correction"),
        (("--accept-withdrawn",), "--large, --accept-withdrawn: a large file is never a correction"),
        (("--map", "Nimic=q1"), "--map Nimic: there is no such column"),
        (("--tab", "Foaie"), "there is no tab Foaie"),
    ],
)
def test_a_flag_that_cannot_be_followed_is_refused(example: Path, sheet: Path, large: Run, flags: tuple[str, ...], said: str) -> None:
    """No flag is passed over in silence: exit code 1, one line, nothing written."""
    before = files(example)
    refused = large(sheet, *flags)
    assert refused.code == 1, refused.said
    assert said in refused.err
    assert files(example) == before


def test_what_nobody_looked_for_is_said(sheet: Path, large: Run) -> None:
    """The report does not look as if there were no personal data."""
    assert "nobody looked for personal data, nearly equal answers" in large(sheet).err


def test_what_was_said_of_columns_is_kept(example: Path, sheet: Path, large: Run) -> None:
    """As with an ordinary import, mapping.yaml serves the next sheet with this header; a dry run does not write it."""
    mapping = example / "events" / EVENT / "mapping.yaml"
    assert large(sheet, "--map", "D=q3", "--dry-run").code == 0
    assert not mapping.exists()
    assert large(sheet, "--map", "D=q3").code == 0
    assert "q3: [D]" in mapping.read_text(encoding="utf-8")
    sheet.write_text(SHEET.replace("p1", "p7"), encoding="utf-8")
    assert json.loads(large(sheet, "--new", "--format", "json").out)["result"]["sheets"][0]["questions"]["q3"] == 1


def test_another_sheet_of_a_known_name_gets_a_suffix(example: Path, sheet: Path, large: Run) -> None:
    """With --new, as an ordinary one does; without it the flag is named."""
    assert large(sheet).code == 0
    sheet.write_text(SHEET.replace("artiști", "alții"), encoding="utf-8")
    refused = large(sheet)
    assert refused.code == 1
    assert "say --new if it is another sheet" in refused.err
    done = large(sheet, "--new")
    assert done.code == 0, done.said
    assert "kept as mare-2.csv" in done.err
    assert ids(example, "mare-2.csv")[0] == "q1/p01/r0/2 current"
    assert (example / "events" / EVENT / "sheets" / "mare-2.csv").read_bytes() == sheet.read_bytes()


def test_a_sheet_that_was_taken_back_stands_again(example: Path, sheet: Path, large: Run, run: Run) -> None:
    """The same bytes bring the same notes back, with their IDs, to the byte; a dry run only says so."""
    assert large(sheet).code == 0
    before = files(example)
    assert run("withdraw", "mare.csv", "--yes", cwd=example).code == 0
    assert {note.split()[1] for note in ids(example, "mare.csv")} == {"withdrawn"}
    taken_back = files(example)
    assert json.loads(large(sheet, "--dry-run", "--format", "json").out)["result"]["sheets"][0]["fate"] == "revived"
    assert files(example) == taken_back
    assert large(sheet).code == 0
    assert files(example) == before


def test_a_sheet_that_reads_differently_since_it_was_taken_back_is_a_new_one(example: Path, sheet: Path, large: Run, run: Run) -> None:
    """Its old notes would not be what it says now; --new settles it."""
    assert large(sheet).code == 0
    assert run("withdraw", "mare.csv", "--yes", cwd=example).code == 0
    refused = large(sheet, "--map", "D=q3")
    assert refused.code == 1
    assert "was taken back (mare.csv), and reads differently now; say --new" in refused.err
    assert large(sheet, "--map", "D=q3", "--new").code == 0
    assert "q3/p01/r0/1 current" in ids(example, "mare-2.csv")
    assert "imported before, as mare-2.csv" in large(sheet).err


def test_forgotten_answers_do_not_come_back(example: Path, sheet: Path, large: Run, run: Run) -> None:
    """Neither in the bytes that held them, nor in another sheet of the same respondent, unless it is somebody else."""
    assert large(sheet).code == 0
    assert run("forget", "p1", "--yes", cwd=example).code == 0
    after = files(example)
    again = large(sheet)
    assert again.code == 0
    assert "these bytes hold answers that were forgotten" in again.err
    assert files(example) == after
    sheet.write_text(SHEET.replace("granturi", "alte granturi").replace("p2,", "p5,").replace("p3,", "p6,"), encoding="utf-8")
    for flags in ((), ("--dry-run",)):
        refused = large(sheet.rename(sheet.with_name("alta.csv")) if sheet.exists() else sheet.with_name("alta.csv"), *flags)
        assert refused.code == 1
        assert "B2, C2: these are answers of a respondent who was forgotten" in refused.err
        assert files(example) == after
    assert large(sheet.with_name("alta.csv"), "--new").code == 0
    assert "q1/p01/r0/2 current" in ids(example, "alta.csv")


def test_a_missing_copy_is_put_back(example: Path, sheet: Path, large: Run, run: Run) -> None:
    """As `check` promises of an import of the same bytes."""
    assert large(sheet).code == 0
    copy = example / "events" / EVENT / "sheets" / "mare.csv"
    copy.unlink()
    again = large(sheet, "--format", "json")
    (one,) = json.loads(again.out)["result"]["sheets"]
    assert (one["fate"], one["notes"], one["cells"]) == ("known", 5, 5)
    assert "was missing and is put back" in one["said"][1]
    assert copy.read_bytes() == sheet.read_bytes()
    assert run("check", "--strict", cwd=example, timeout=300).code == 0


def test_a_file_among_the_sheets_is_imported_from_there(example: Path, sheet: Path, large: Run, run: Run) -> None:
    """`check` says to import it; it is its own copy."""
    there = example / "events" / EVENT / "sheets" / "mare.csv"
    there.write_bytes(sheet.read_bytes())
    assert large(there).code == 0
    assert sorted(path.name for path in there.parent.glob("mare*")) == ["mare.csv"]
    assert run("check", "--strict", cwd=example, timeout=300).code == 0


def test_an_earlier_version_of_a_corrected_sheet_is_known(example: Path, sheet: Path, large: Run, run: Run) -> None:
    """Its copy alone tells, since no note names it any more."""
    assert run("import-notes", EVENT, sheet, "--no-input", cwd=example).code == 0
    first = sheet.read_bytes()
    sheet.write_bytes(first.replace(b"granturi", b"granturi mici"))
    done = run("import-notes", EVENT, sheet, "--replaces", "mare.csv", "--no-input", cwd=example)
    assert done.code == 0, done.said
    after = files(example)
    old = sheet.with_name("veche.csv")
    old.write_bytes(first)
    again = large(old)
    assert again.code == 0, again.said
    assert "imported before, as mare.csv" in again.err
    assert "corrected since: mare.v2.csv" in again.err
    assert files(example) == after


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-30], lambda data: data + b"\xff\n", lambda data: data.replace(b",current,", b',"current,', 1)]
)
def test_a_damaged_notes_file_is_named(example: Path, sheet: Path, large: Run, damage: object) -> None:
    """Nobody knows then which numbers were given: one line, nothing written, no traceback."""
    assert large(sheet).code == 0
    notes = example / "events" / EVENT / "notes" / "mare.csv.csv"
    notes.write_bytes(damage(notes.read_bytes()))  # type: ignore[operator]  # one of the functions above
    before = files(example)
    sheet.with_name("alta.csv").write_text("q1\nana\n", encoding="utf-8")
    refused = large(sheet.with_name("alta.csv"))
    assert refused.code == 1
    assert "notes/mare.csv.csv" in refused.err
    assert "see `ecocsme check`" in refused.err
    assert "Traceback" not in refused.err
    assert files(example) == before


def test_answers_of_any_length_meet_a_large_import(example: Path, sheet: Path, large: Run, run: Run) -> None:
    """More than the csv module reads unless it is told: imported, known, taken back, standing again, beside another sheet."""
    sheet.write_text(SHEET.replace("granturi", LONG), encoding="utf-8")
    assert large(sheet).code == 0
    assert "imported before" in large(sheet).err
    assert run("withdraw", "mare.csv", "--yes", cwd=example).code == 0
    assert large(sheet).code == 0
    assert "q2/p01/r0/1 current" in ids_long(example)
    sheet.write_text("q1\nana\n", encoding="utf-8")
    assert large(sheet, "--new").code == 0
    assert run("check", "--strict", cwd=example, timeout=300).code == 0


def ids_long(root: Path) -> list[str]:
    """The IDs where the csv module has been told."""
    limit = csv.field_size_limit(10**9)
    try:
        return ids(root, "mare.csv")
    finally:
        csv.field_size_limit(limit)


def test_a_late_answer_without_a_title_is_not_lost(example: Path, sheet: Path, large: Run) -> None:
    """A column without a title is refused, also where its first answer stands far below the first piece."""
    before = files(example)
    sheet.write_text("q1,,q2\n" + "ana,,maria\n" * (ROWS + 10) + "ana,pierdut,maria\n", encoding="utf-8")
    refused = large(sheet)
    assert refused.code == 1, refused.said
    assert "column B has no title" in refused.err
    assert files(example) == before


@pytest.mark.slow
def test_a_sheet_too_large_for_an_ordinary_import_can_be_checked_and_forgotten(example: Path, sheet: Path, large: Run, run: Run) -> None:
    """Of more than 50 MB: its copy is compared, another sheet of its name is told from it, and a person goes with the whole copy."""
    sheet.write_text("Respondent,q1\n" + "".join(f"p{number},{number} {'x' * 990_000}\n" for number in range(1, 53)), encoding="utf-8")
    assert large(sheet).code == 0
    checked = run("check", "--strict", cwd=example, timeout=300)
    assert checked.code == 0, checked.said
    (sheet.parent / "alt").mkdir()
    other = sheet.parent / "alt" / "mare.csv"
    other.write_text("q1\nana\n", encoding="utf-8")
    done = run("import-notes", EVENT, other, "--new", "--no-input", cwd=example, timeout=300)
    assert "kept as mare-2.csv" in done.err, done.said
    with (example / "film.mp4").open("wb") as stream:
        stream.truncate(50_000_001)
    forgotten = run("forget", "p7", "--yes", cwd=example, timeout=300)
    assert forgotten.code == 0, forgotten.said
    assert [line for line in forgotten.err.splitlines() if "not looked through" in line] == [
        "film.mp4: warning: was not looked through: it has more than 50 MB; see whether it names the person"
    ]
    assert not (example / "events" / EVENT / "sheets" / "mare.csv").exists()
    assert run("check", "--strict", cwd=example, timeout=300).code == 0
