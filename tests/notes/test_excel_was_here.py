"""Notes files that a spreadsheet program saved again: what the seals prove is read, what is destroyed is named note by note."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecocsme.checks.run import check_folder
from ecocsme.notes import store
from ecocsme.notes.importing import import_sheets
from ecocsme.notes.model import COLUMNS, Note, sealed
from ecocsme.project.folder import Folder
from support import small_project
from support.small_project import EVENT

NAME = f"events/{EVENT}/notes/masa.csv.csv"
TEXTS = ("granturi mici", "școlile și spațiile; Ținutul", "ăâî „citat”", "două\nrânduri, ș", 'cu "ghilimele"', "De ce? Și cum?")
Rows = list[list[str]]


def note(number: int, text: str) -> Note:
    """One sealed note."""
    seat, origin = ("q1", "t1", "r1", ""), ("masă.csv", "Foaie1", "C2", "0" * 64)
    return sealed(Note(f"{EVENT}/q1/t1/r1/{number}", EVENT, *seat, text, "ro", "yes", "current", "", *origin))


def notes(texts: Sequence[str] = TEXTS) -> tuple[Note, ...]:
    """Notes of these texts, numbered from 1."""
    return tuple(note(number, text) for number, text in enumerate(texts, 1))


def rows(written: Sequence[Note]) -> Rows:
    """The table that a spreadsheet program shows when it opens the notes file."""
    return list(csv.reader(io.StringIO(store.serialise(written).decode(), newline="")))


def saved(table: Rows, encoding: str = "utf-8", delimiter: str = ";", ends: str = "\r\n", *, quote: bool = False) -> bytes:
    """The table as a spreadsheet program saves it: what the encoding lacks becomes a question mark."""
    stream = io.StringIO()
    quoting = csv.QUOTE_ALL if quote else csv.QUOTE_MINIMAL
    csv.writer(stream, delimiter=delimiter, lineterminator=ends, quoting=quoting).writerows(table)
    return stream.getvalue().encode(encoding, "replace")


def read(folder: Folder, data: bytes) -> store.NotesRead:
    """Put the file in its place and read it."""
    folder.notes(EVENT).mkdir(exist_ok=True)
    (folder.notes(EVENT) / "masa.csv.csv").write_bytes(data)
    return store.load(folder)


def said(found: store.NotesRead) -> list[tuple[str, int | None]]:
    """The severity and the line of each problem."""
    return [(problem.severity, problem.line) for problem in found.problems]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A small project without notes."""
    return small_project.make(tmp_path / "p")


def cedilla(table: Rows) -> Rows:
    """What some programs make of letters that Windows-1250 lacks."""
    return [[value.translate(str.maketrans("șțȘȚ", "şţŞŢ")) for value in row] for row in table]


SAVED: dict[str, tuple[Callable[[Rows], bytes], str]] = {
    "semicolons": (saved, "(semicolons between the values)"),
    "semicolons, with a mark": (lambda table: saved(table, "utf-8-sig"), "(semicolons between the values)"),
    "tabs, UTF-16": (lambda table: saved(table, "utf-16", "\t"), "(tabs between the values, UTF-16)"),
    "all quoted": (lambda table: saved(table, quote=True, ends="\n"), "(semicolons between the values)"),
    "Windows-1250": (lambda table: saved(table, "cp1250"), "(semicolons between the values, Windows-1250, letters or line ends of 3 notes"),
    "Windows-1250, cedilla": (lambda table: saved(cedilla(table), "cp1250"), "(semicolons between the values, Windows-1250, letters or"),
    "commas, Windows-1250": (lambda table: saved(table, "cp1250", ","), "(Windows-1250, letters or line ends of 3 notes"),
    "ISO 8859-16": (lambda table: saved(table, "iso8859-16"), "(semicolons between the values, ISO8859-16)"),
    "empty columns and rows": (
        lambda table: saved([*(row + [""] * 3 for row in table), [""] * 19, [""] * 19]),
        "(semicolons between the values)",
    ),
    "no last line end": (lambda table: saved(table).removesuffix(b"\r\n"), "(semicolons between the values)"),
    "line ends in texts": (
        lambda table: saved([[value.replace("\n", "\r\n") for value in row] for row in table], delimiter=","),
        "(letters or line ends of 1 notes were changed)",
    ),
}


@pytest.mark.parametrize("name", SAVED)
def test_what_the_seals_prove_is_read(folder: Folder, name: str) -> None:
    """However a spreadsheet program saves the file, notes that are proved are read as they were, with one warning."""
    save, sign = SAVED[name]
    found = read(folder, save(rows(notes())))
    assert found.notes == notes()
    (problem,) = found.problems
    assert (problem.severity, problem.code, problem.file) == ("warning", "notes-file", NAME)
    assert problem.message.startswith(f"was saved again by a spreadsheet program {sign}")
    assert problem.message.endswith("; the seals prove every note as it was")
    assert problem.cure


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_marks_alone_are_nothing_to_say(folder: Folder, ends: str, mark: bytes) -> None:
    """CRLF, as git makes it on Windows, and a mark of the encoding are read without a word, empty columns, too."""
    table = [[*row, ""] for row in rows(notes())] if ends == "\r\n" else rows(notes())
    found = read(folder, mark + saved(table, delimiter=",", ends=ends))
    assert (found.notes, found.problems) == (notes(), ())


DESTROYED = {"007": "7", "1/2": "01.feb", "=1+1": "2", "1.10": "1.1", "🙂": "??", "3E5": "300000"}


def test_what_is_destroyed_is_named_one_by_one(folder: Folder) -> None:
    """Each note that a spreadsheet program changed is named with its line; the others are proved and counted."""
    texts = [*TEXTS, *DESTROYED]
    table = [[DESTROYED.get(value, value) for value in row] for row in rows(notes(texts))]
    found = read(folder, saved(table, "cp1250"))
    assert found.notes[: len(TEXTS)] == notes(texts)[: len(TEXTS)]
    assert "the seals prove 6 of 12 notes as they were" in found.problems[0].message
    by = "was changed since it was imported (a spreadsheet program has saved the file again)"
    named = [(p.code, p.message) for p in found.problems[1:]]
    assert named == [("note-changed", f"the note {EVENT}/q1/t1/r1/{n} {by}") for n in range(7, 13)]
    assert {p.severity for p in found.problems[1:]} == {"error"}


def test_a_lost_row_is_named_whatever_the_form(folder: Folder) -> None:
    """Rows that were deleted, doubled or sorted in the spreadsheet are damage, and not read over."""
    table = rows(notes())
    for changed in (table[:2] + table[3:], table[:2] + table[1:], [table[0], *reversed(table[1:])]):
        assert [severity for severity, _ in said(read(folder, saved(changed)))] == ["warning", "error"]
    assert [severity for severity, _ in said(read(folder, saved(table[:-1])))] == ["warning", "error"]


def test_a_seal_that_excel_takes_for_a_number(folder: Folder) -> None:
    """A seal of digits only, which Excel writes as 1,23457E+15, still proves its note and no other one."""
    number = next(n for n in range(200_000) if note(1, f"x{n}").seal.isdigit() and not note(1, f"x{n}").seal.startswith("0"))
    good = note(1, f"x{number}")
    table = rows([good, note(2, "y")])
    table[1][-1] = f"{int(good.seal):.5E}".replace(".", ",")
    assert read(folder, saved(table)).notes[0] == good
    table[1][6] += "!"
    assert [severity for severity, _ in said(read(folder, saved(table)))] == ["warning", "error"]


def test_a_byte_that_was_damaged_is_no_old_encoding(folder: Folder) -> None:
    """A file of UTF-8 with one broken byte is damaged, and is not taken for a file of Windows-1250."""
    data = store.serialise(notes())
    found = read(folder, data.replace("ă".encode(), b"\xc4\x41", 1))
    assert (found.notes, [p.severity for p in found.problems]) == ((), ["error"])
    assert "is not UTF-8" in found.problems[0].message


def test_many_lost_letters_end_in_time(folder: Folder) -> None:
    """A text with more lost letters than can be tried, in many notes, is named as changed and takes no time."""
    texts = [f"{n} șțșțșțșțșțș" for n in range(50)] + ["?" * 8 + f" {n}" for n in range(200)]
    began = time.process_time()
    found = read(folder, saved(rows(notes(texts)), "cp1250"))
    assert time.process_time() - began < 10
    assert len([p for p in found.problems if p.code == "note-changed"]) == 21  # twenty and the number of the others


WORDS = st.text(st.sampled_from("aăâîșțȘȚ ?.,;\"\n'eR1„”"), min_size=1, max_size=12).filter(lambda text: text.strip())


@given(texts=st.lists(WORDS, min_size=1, max_size=5), encoding=st.sampled_from(["utf-8", "cp1250", "utf-16"]), sign=st.sampled_from(";\t,"))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80)
def test_a_note_is_as_it_was_or_it_is_named(folder: Folder, texts: list[str], encoding: str, sign: str) -> None:
    """Whatever was saved how: each note is read as it was imported, or an error names it or its file."""
    found = read(folder, saved(rows(notes(texts)), encoding, sign))
    wrong = {one.id for one in found.notes if one != notes(texts)[one.number - 1]}
    named = [p for p in found.problems if p.severity == "error"]
    assert all(any(name in p.message for p in named) for name in wrong)
    assert found.notes or named


def test_a_correction_writes_our_form_again(folder: Folder, tmp_path: Path) -> None:
    """A file that is proved takes a correction, which writes it whole in our own form; then nothing is said any more."""
    sheet = small_project.sheet(tmp_path / "in")
    import_sheets(folder, EVENT, [sheet])
    path = folder.notes(EVENT) / "masa.csv.csv"
    table = list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))
    path.write_bytes(saved(table, "cp1250"))
    assert [p.severity for p in check_folder(folder)] == ["warning"]
    small_project.sheet(tmp_path / "in", rows=(*small_project.ROWS, ("3", "1", "nou", "")))
    import_sheets(folder, EVENT, [sheet], replaces="masa.csv")
    assert path.read_bytes().startswith(",".join(COLUMNS).encode())
    assert check_folder(folder) == ()
    assert "școlile" in {one.text for one in store.load(folder).notes}
