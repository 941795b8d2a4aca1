"""decisions.csv saved again by a spreadsheet program: read, added to, and what was destroyed is named."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ecocsme.checks.run import check_folder
from ecocsme.files import own_csv
from ecocsme.project.folder import Folder
from ecocsme.themes import decisions as decisions_file
from ecocsme.themes.decisions import HEADER, NAME, Decision, append, fingerprint, load
from support.folders import good

MADE = tuple(
    Decision(date(2020, 11, 2), who, "assign", f"lab-1/q1/t1/r1/{number}", "funding", why, fingerprint(why))
    for number, (who, why) in enumerate((("Ana", "mai clar; mai scurt"), ("Ion", "din două\nrânduri"), ("Zoë", "ăâî „da”")), 1)
)
MORE = Decision(date(2020, 11, 3), "Șerban", "leave-out", "lab-1/q1/t1/r1/9", "", "își spune numele", fingerprint("x"))
ISO, ROMANIAN, WITH_TIME = "%Y-%m-%d", "%d.%m.%Y", "%d.%m.%Y 14:30"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder without decisions."""
    (tmp_path / "p").mkdir()
    return Folder(tmp_path / "p")


def saved(encoding: str = "utf-8", delimiter: str = ";", day: str = ROMANIAN, ends: str = "\r\n", more: int = 0) -> bytes:
    """The decisions as a spreadsheet program saves them, with some empty columns and rows more."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=ends)
    writer.writerow([*HEADER, *[""] * more])
    for one in MADE:
        writer.writerow([one.when.strftime(day), one.who, one.do, one.subject, one.target, one.why, one.text_sha256, *[""] * more])
    for _ in range(more):
        writer.writerow([""] * (len(HEADER) + more))
    return stream.getvalue().encode(encoding)


FORMS = {
    "semicolons": (saved(day=ISO), "(semicolons between the values)"),
    "Excel, Romanian": (saved("cp1250"), "(semicolons between the values, Windows-1250 (judged by its letters), dates written anew)"),
    "CSV UTF-8": (saved("utf-8-sig"), "(semicolons between the values, dates written anew)"),
    "Unicode text": (saved("utf-16", "\t"), "(tabs between the values, UTF-16, dates written anew)"),
    "dates with times": (saved(delimiter=",", day=WITH_TIME), "(dates written anew)"),
    "empty columns": (saved(more=3), "(semicolons between the values, empty columns, dates written anew)"),
    "no last line end": (saved().removesuffix(b"\r\n"), "(semicolons between the values, dates written anew)"),
}


@pytest.mark.parametrize("name", FORMS)
def test_what_a_spreadsheet_saved_is_read_and_added_to(folder: Folder, name: str) -> None:
    """Every decision is read as it was made, a warning says how the file is saved, and the next decision loses none."""
    data, signs = FORMS[name]
    (folder.root / NAME).write_bytes(data)
    assert load(folder)[0] == MADE
    (problem,) = decisions_file.cautions(folder)
    assert (problem.severity, problem.file) == ("warning", NAME)
    assert sorted(problem.message.removesuffix(")").rpartition("program (")[2].split(", ")) == sorted(signs[1:-1].split(", "))
    append(folder, MORE)
    append(folder, replace(MORE, who="Ana"))
    assert load(folder)[0] == (*MADE, MORE, replace(MORE, who="Ana"))


@pytest.mark.parametrize("name", ["semicolons", "CSV UTF-8", "Unicode text", "empty columns"])
def test_a_file_that_can_hold_the_next_decision_keeps_its_form(folder: Folder, name: str) -> None:
    """What stands in a Unicode file stands there byte for byte; the next line has the same delimiter."""
    (folder.root / NAME).write_bytes(FORMS[name][0])
    append(folder, MORE)
    assert (folder.root / NAME).read_bytes().startswith(FORMS[name][0])


def test_an_old_encoding_is_written_again_as_ours(folder: Folder) -> None:
    """Windows-1250 has no ș: with the next decision the whole file becomes UTF-8 with commas, every value the same."""
    (folder.root / NAME).write_bytes(saved("cp1250"))
    append(folder, MORE)
    data = (folder.root / NAME).read_bytes()
    assert data.decode().startswith(",".join(HEADER) + "\n2020-11-02,Ana,")
    assert (load(folder)[0], decisions_file.cautions(folder)) == ((*MADE, MORE), ())


def test_line_ends_of_an_old_mac(folder: Folder) -> None:
    """A file whose lines end with a carriage return alone is read, and written anew with the next decision."""
    (folder.root / NAME).write_bytes(saved(ends="\r").replace(b"\n", b" "))
    assert [one.who for one in load(folder)[0]] == ["Ana", "Ion", "Zoë"]
    append(folder, MORE)
    assert [one.who for one in load(folder)[0]] == ["Ana", "Ion", "Zoë", "Șerban"]


def test_a_letter_that_was_lost_is_named(folder: Folder) -> None:
    """Where Windows-1250 could only write a question mark, the line and the value are named; a question is left alone."""
    lines = own_csv.line(HEADER, ";") + own_csv.line(["02.11.2020", "Ana", "leave-out", "x", "", "î?i spune numele", "a" * 64], ";")
    lines += own_csv.line(["02.11.2020", "Ana", "leave-out", "x", "", "de ce? așa?", "a" * 64], ";")
    (folder.root / NAME).write_bytes(lines.replace("ș", "ş").encode("cp1250"))
    assert [(p.line, p.field) for p in decisions_file.cautions(folder)] == [(None, ""), (2, "why")]


def test_check_says_it_once_and_finds_nothing_wrong(tmp_path: Path) -> None:
    """In a project, a file saved by a Romanian Excel is one warning; every decision still fits its note."""
    folder = good(tmp_path / "p")
    made = load(folder)[0]
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerows(
        csv.reader(io.StringIO((folder.root / NAME).read_bytes().decode(), newline=""))
    )
    (folder.root / NAME).write_bytes(stream.getvalue().replace("2020-10-21", "21.10.2020").encode("cp1250"))
    assert load(folder)[0] == made
    (problem,) = check_folder(Folder(folder.root))
    assert (problem.code, problem.severity, problem.line) == ("decisions-saved", "warning", None)
