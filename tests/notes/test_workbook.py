"""The blank answer workbook: what a tired person types into it comes back exactly, with its question, table and round."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from ecocsme.errors import UnreadableSheet
from ecocsme.event.model import Event
from ecocsme.language.words import Words
from ecocsme.notes.answers import Answers
from ecocsme.notes.workbook import places, write_workbook
from support import answer_sheets
from support.answer_sheets import event, known, left, packs, short

NAME = "fișă.xlsx"


def blank_book(about: Event | None = None, words: Sequence[Words] | None = None) -> openpyxl.Workbook:
    """The blank workbook, opened."""
    return openpyxl.load_workbook(io.BytesIO(write_workbook(about or event(), words or packs())))


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook that somebody filled in."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def row_of(tab: Worksheet, code: str, nth: int = 0) -> int:
    """The row of a printed code."""
    return [row for row in range(2, tab.max_row + 1) if tab.cell(row, 6).value == code][nth]


def typed(tab: Worksheet, row: int, text: str) -> None:
    """Type an answer: whatever is typed into a cell of text stays a text."""
    cell = tab.cell(row, 4)
    assert cell.number_format == "@"
    cell.value, cell.data_type = text, "s"


def read(data: bytes, about: Event | None = None) -> Answers:
    """Read a workbook that was filled in."""
    return answer_sheets.read(data, NAME, about=known(about))


def seats(found: Answers) -> list[tuple[str, ...]]:
    """The answers with where they belong, without their cells."""
    return sorted((draft.origin.question, draft.origin.table, draft.origin.round, draft.text) for draft in found.drafts)


FILLED = [
    ("lab-1/q1/t1/r1", 0, "granturi mici"), ("lab-1/q1/t1/r1", 1, "=1+1"), ("lab-1/q2/t1/r1", 0, "007"), ("lab-1/q1/t3/r2", 0, "11:00"),
    ("lab-1/q2/t3/r2", 2, "rând 1\nrând 2 🎤"), ("lab-1/q1/t2/r1", 0, "N/A"),
]  # fmt: skip
EXPECTED = sorted((code.split("/")[1], code.split("/")[2], code.split("/")[3], text) for code, _, text in FILLED)


def filled() -> openpyxl.Workbook:
    """A workbook that somebody filled in."""
    book = blank_book()
    for code, nth, text in FILLED:
        typed(book.worksheets[0], row_of(book.worksheets[0], code, nth), text)
    return book


def test_what_is_typed_comes_back_with_its_question_table_and_round() -> None:
    """Nothing is lost, nothing is added, nothing is changed, and nothing is said to be unread."""
    found = read(saved(filled()))
    assert seats(found) == EXPECTED
    assert found.not_read == ()
    assert found.said == ()


def test_an_untouched_workbook_holds_no_answers() -> None:
    """What is printed in it is no answer and no problem; a file that came back empty is said to be empty."""
    with pytest.raises(UnreadableSheet) as caught:
        read(write_workbook(event(), packs()))
    assert "no answers found; check that this is the right file" in str(caught.value)
    assert "not read" not in str(caught.value)


def test_every_combination_is_laid_out_once_per_row() -> None:
    """Tables one after the other, as the sheets of paper lie there; only the questions that a table is asked."""
    tables = [{"id": "t2", "questions": ["q2"]}, {"id": "t1"}]
    found = [place.code.removeprefix("lab-1/") for place in places(event(tables=tables))]
    assert found == ["q1/t1/r1", "q2/t1/r1", "q1/t1/r2", "q2/t1/r2", "q2/t2/r1", "q2/t2/r2"]
    assert [place.code for place in places(event(tables=(), rounds=None))] == ["lab-1/q1/t0/r0", "lab-1/q2/t0/r0"]


def test_rows_at_the_end_are_for_what_does_not_fit() -> None:
    """Question, table and round are chosen from lists there; what is chosen counts, what is not chosen is named."""
    book = blank_book()
    tab = book.worksheets[0]
    last = row_of(tab, "lab-1/q2/t3/r2", -1)
    tab.cell(last + 1, 1).value, tab.cell(last + 1, 2).value, tab.cell(last + 1, 3).value = tab.cell(2, 1).value, 3, 1
    typed(tab, last + 1, "în plus")
    typed(tab, last + 2, "fără loc")
    found = read(saved(book))
    assert seats(found) == [("q1", "t3", "r1", "în plus")]
    assert left(found.not_read) == [f"D{last + 2}: fără loc"]


def test_an_inserted_row_belongs_to_the_rows_around_it() -> None:
    """Who needs another row inserts one."""
    book = filled()
    tab = book.worksheets[0]
    row = row_of(tab, "lab-1/q2/t1/r1")
    tab.insert_rows(row + 1)
    tab.cell(row + 1, 4).value = "inserat"
    found = read(saved(book))
    assert seats(found) == sorted([*EXPECTED, ("q2", "t1", "r1", "inserat")])


@pytest.mark.parametrize("column", range(1, 7))
@pytest.mark.parametrize("downwards", [False, True])
def test_sorting_by_any_column_changes_no_answer(column: int, downwards: bool) -> None:  # noqa: FBT001  # a table
    """The list arrows above the columns sort rows; every row says everything that it needs."""
    book = filled()
    tab = book.worksheets[0]
    lines = [[cell.value for cell in line] for line in tab.iter_rows(min_row=2, max_col=6)]
    lines.sort(key=lambda line: (line[column - 1] is None, str(line[column - 1])), reverse=downwards)
    for row, line in enumerate(lines, start=2):
        for place, value in enumerate(line, start=1):
            cell = tab.cell(row, place)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    found = read(saved(book))
    assert seats(found) == EXPECTED
    assert found.not_read == ()


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 11), st.text("aăș 01=+-@\n\t'\"<&", min_size=1, max_size=12)), min_size=1, max_size=12))
def test_any_text_at_any_place_comes_back(entries: list[tuple[int, str]]) -> None:
    """The round trip is exact for every text that a cell can hold."""
    book = blank_book()
    tab = book.worksheets[0]
    codes = [place.code for place in places(event())]
    wanted = {}
    for number, (index, text) in enumerate(entries):
        row = row_of(tab, codes[index], number % 3)
        typed(tab, row, text)
        wanted[row] = (codes[index].split("/")[1:], text)
    expected = sorted((*code, text) for code, text in wanted.values() if text.strip())
    if expected:
        assert seats(read(saved(book))) == expected


def test_the_same_event_gives_the_same_bytes() -> None:
    """No clock and no version of a compressor is in the file."""
    first = write_workbook(event(), packs())
    script = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); from support.answer_sheets import event, packs;"
        " from ecocsme.notes.workbook import write_workbook; sys.stdout.buffer.write(write_workbook(event(), packs()))"
    )
    environment = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "PATH": ""}
    tests = str(Path(__file__).resolve().parents[1])
    done = subprocess.run([sys.executable, "-c", script, tests], capture_output=True, check=True, env=environment)
    assert done.stdout == first
    with zipfile.ZipFile(io.BytesIO(first)) as container:
        assert {info.date_time for info in container.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2020-10-20T00:00:00Z" in container.read("docProps/core.xml")


def test_both_languages_stand_in_the_titles_and_all_questions_on_a_tab_of_their_own() -> None:
    """Whoever types reads one of the languages; how to fill the workbook in stands beside the questions."""
    book = blank_book()
    answers, questions = book.worksheets
    assert [cell.value for cell in answers[1]] == [
        "Întrebarea / Question", "Masa / Table", "Runda / Round", "Răspunsul / Answer", "Limba / Language", "Cod / Code",
    ]  # fmt: skip
    assert (answers.title, questions.title) == ("Răspunsuri · Answers", "Întrebări · Questions")
    assert [cell.value for cell in questions[1]] == ["Fișă de răspunsuri / Answer sheet", "română", "English"]
    assert [cell.value for cell in questions[3]] == [
        "q1 · De ce au nevoie firmele mici din cultură?", answer_sheets.FIRST, "What do small firms in culture need?",
    ]  # fmt: skip
    assert answers["A2"].value == "q1 · De ce au nevoie firmele mici din cultură?"


def test_one_language_is_enough() -> None:
    """A workbook in one language has plain titles, and comes back the same way."""
    book = blank_book(words=packs()[1:])
    tab = book.worksheets[0]
    assert [cell.value for cell in tab[1]] == ["Question", "Table", "Round", "Answer", "Language", "Code"]
    typed(tab, 2, "small grants")
    assert seats(read(saved(book))) == [("q1", "t1", "r1", "small grants")]


def test_lists_offer_what_the_event_has() -> None:
    """Question, table, round and language are chosen, not typed; the lists reach down to the last row."""
    book = blank_book()
    tab = book.worksheets[0]
    rules = {str(rule.sqref)[0]: (rule.formula1, rule.type, str(rule.sqref)) for rule in tab.data_validations.dataValidation}
    end = rules["A"][2].rpartition("A")[2]
    assert rules == {
        "A": ("'Întrebări · Questions'!$A$3:$A$4", "list", f"A2:A{end}"), "B": ('"1,2,3"', "list", f"B2:B{end}"),
        "C": ('"1,2"', "list", f"C2:C{end}"), "E": ('"ro,en"', "list", f"E2:E{end}"),
    }  # fmt: skip
    assert tab.auto_filter.ref == f"A1:F{end}"


def test_the_workbook_can_be_worked_with_and_printed() -> None:
    """The titles stay in sight, long answers wrap, and a page is as wide as the table."""
    for tab in blank_book().worksheets:
        assert tab.freeze_panes == "A2"
        assert tab.print_title_rows == "$1:$1"
        assert tab.page_setup.orientation == "landscape"
        assert tab.sheet_properties.pageSetUpPr is not None
        assert (tab.sheet_properties.pageSetUpPr.fitToPage, tab.page_setup.fitToHeight) == (True, 0)
    tab = blank_book().worksheets[0]
    assert tab["D2"].alignment.wrap_text
    assert tab.column_dimensions["D"].width > 50


EVENTS: dict[str, Event] = {
    "no tables and no rounds": event(tables=(), rounds=None),
    "one question": event(questions=[{"id": "q1", "text": "Ce?"}]),
    "no questions yet": event(questions=()),
    "questions that look like formulas, or are very long": event(
        questions=[{"id": "q1", "text": "=1+1 ce înseamnă?"}, {"id": "q2", "text": "x" * 300}, {"id": "q3", "text": "De ce " + "y" * 100}]
    ),
    "a text with signs that no document prints": event(questions=[{"id": "q1", "text": "Ce\u202e vreți\u0007 voi?"}]),
    "very many combinations": event(tables="200", rounds="10"),
}


@pytest.mark.parametrize("name", EVENTS)
def test_any_event_has_a_workbook(name: str) -> None:
    """Without tables, with hundreds of them, before its questions are written: there is a row to type into."""
    about = EVENTS[name]
    book = blank_book(about)
    tab = book.worksheets[0]
    if not about.questions:
        assert tab.max_row > 1
        return
    row = 2
    if tab.cell(2, 1).value is None:  # too many to be laid out
        tab.cell(2, 1).value, tab.cell(2, 2).value, tab.cell(2, 3).value = book.worksheets[1]["A3"].value, 200, 10
    typed(tab, row, "un răspuns")
    seat = ("t200", "r10") if name.startswith("very many") else ("t1", "r1") if about.tables else ("", "")
    assert seats(read(saved(book), about)) == [("q1", *seat, "un răspuns")]


def test_every_question_in_the_lists_is_recognised() -> None:
    """The beginning of a question in a list names it, however it was shortened."""
    about = EVENTS["questions that look like formulas, or are very long"]
    labels = [line[0].value for line in blank_book(about).worksheets[1].iter_rows(min_row=3)]
    assert [known(about).question(label) for label in labels] == ["q1", "q2", "q3"]


def test_rows_typed_beside_the_questions_are_named() -> None:
    """The tab with the questions is no place for answers; what is typed there is not lost in silence."""
    book = filled()
    book.worksheets[1]["E4"].value = "un răspuns rătăcit"
    assert left(read(saved(book)).not_read) == ["E4: un răspuns rătăcit"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xlsx"])
def test_what_libreoffice_has_saved_comes_back_the_same_way(tmp_path: Path, ending: str) -> None:
    """Not everybody has Excel: a workbook that another program has saved gives the same answers."""
    path = tmp_path / "in" / NAME
    path.parent.mkdir()
    path.write_bytes(saved(filled()))
    soffice = shutil.which("soffice") or ""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", ending, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    found = read((tmp_path / NAME).read_bytes())
    assert seats(found) == EXPECTED
    assert found.not_read == ()


Edit = Callable[[Worksheet], None]
EDITS: dict[str, Edit] = {
    "a column in front": lambda tab: tab.insert_cols(1),
    "no language": lambda tab: tab.delete_cols(5),
    "no code": lambda tab: tab.delete_cols(6),
    "a title line": lambda tab: tab.insert_rows(1),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_people_do_to_the_columns_does_no_harm(name: str) -> None:
    """A column put in or taken out changes nothing: columns are found by their titles."""
    book = filled()
    EDITS[name](book.worksheets[0])
    assert seats(read(saved(book))) == EXPECTED
    assert short(read(saved(book)))
