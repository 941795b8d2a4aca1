"""Tables in Word documents: with a header, as forms, as lists of answers, merged, nested; each cell once, with its place."""

from __future__ import annotations

import pytest

from ecocsme.errors import UnreadableSheet
from ecocsme.notes import docx_tables
from ecocsme.notes.answers import Answers
from support import answer_sheets
from support.answer_sheets import FIRST, SECOND, left, short
from support.made_docx import docx, p, run, tbl, tc, tr

NAME = "masa.docx"
RESTART, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def read(*body: str) -> Answers:
    """Read a document; every cell must be accounted for."""
    return answer_sheets.read(docx(*body), NAME)


def at(found: Answers) -> list[str]:
    """The answers with row and column instead of the whole address."""
    return [line.replace("table 1, row ", "").replace(", column ", ".") for line in short(found)]


def test_a_table_with_a_header_is_read_like_any_other() -> None:
    """Questions by column, tables by row; several paragraphs in a cell are one note with line breaks."""
    found = read(tbl(tr("Masa", "q1", SECOND, "Ora"), tr("Masa 2", tc(p("a") + p("") + p("b")), "c", "11:00"), tr("3", "", "d", "")))
    assert at(found) == ["q1/t2 2.2: a\n\nb", "q2/t2 2.3: c", "q2/t3 3.3: d"]
    assert left(found.not_read) == ["table 1, row 2, column 4: 11:00"]


def test_headings_above_a_table_say_its_question_and_round() -> None:
    """A table of tables and answers takes its question from above."""
    found = read(p("Runda 2", "Heading1"), p("q2", "Heading2"), tbl(tr("Masa", "Răspuns"), tr("1", "a")))
    assert at(found) == ["q2/t1/r2 2.2: a"]


def test_merged_cells_are_one_answer() -> None:
    """Cells merged over columns or rows count once; what is merged in a column of tables is the table of every row."""
    wide, before = '<w:gridSpan w:val="2"/>', '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    found = read(
        tbl(
            tr("Masa", "q1", "q2"), tr("1", tc("lat", wide)), tr(tc("2", RESTART), tc("înalt", RESTART), "x"),
            tr(tc("", GOES_ON), tc("", GOES_ON), "y"), f"<w:tr>{before}{tc('z')}{tc('w')}</w:tr>",
        )
    )  # fmt: skip
    assert at(found) == ["q1/t1 2.2: lat", "q1/t2 3.2: înalt", "q2/t2 3.3: x", "q2/t2 4.3: y", "q1 5.2: z", "q2 5.3: w"]


def test_a_text_that_a_merged_cell_covers_is_named() -> None:
    """Word keeps it in the file and shows it nowhere."""
    found = read(tbl(tr("Masa", "q1"), tr("1", tc("sus", RESTART)), tr("1", tc("acoperit", GOES_ON))))
    assert at(found) == ["q1/t1 2.2: sus"]
    assert left(found.not_read) == ["table 1, row 3, column 2: acoperit"]


def test_a_table_in_a_cell_is_a_part_of_its_text() -> None:
    """Its rows are lines; one that asks something itself is a table of its own."""
    inner = tbl(tr("răspuns 1"), tr("răspuns 2", "b"))
    found = read(tbl(tr("Masa", "q1"), tr("1", tc(p("întâi") + inner + p("")))))
    assert at(found) == ["q1/t1 2.2: întâi\nrăspuns 1\nrăspuns 2\tb"]
    asking = tbl(tr("Masa", "q1"), tr("4", "în tabelul dinăuntru"))
    assert short(read(tbl(tr(tc(p("Antetul formularului") + asking + p("")))))) == [
        "q1/t4 table 1.1, row 2, column 2: în tabelul dinăuntru"
    ]


def test_cells_in_content_controls_and_inserted_rows_count() -> None:
    """A cell, a row or a whole table may lie in a content control; a deleted row is none."""
    cell = f"<w:sdt><w:sdtPr/><w:sdtContent>{tc('în control')}</w:sdtContent></w:sdt>"
    placeholder = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{tc('Alegeți')}</w:sdtContent></w:sdt>"
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('9')}{tc(p('<w:del>' + run('șters') + '</w:del>'))}{tc('')}</w:tr>".replace(run("9"), "")
    rows = f"<w:sdt><w:sdtContent>{tr('2', 'rând', '')}</w:sdtContent></w:sdt>{deleted}"
    found = read(
        tbl(tr("Masa", "q1", "q2"), f"<w:tr>{tc('1')}{cell}{tc('x')}</w:tr>", f"<w:tr>{tc('1')}{placeholder}{tc('y')}</w:tr>", rows)
    )
    assert at(found) == ["q1/t1 2.2: în control", "q2/t1 2.3: x", "q2/t1 3.3: y", "q1/t2 4.2: rând"]


@pytest.mark.parametrize(
    ("rows", "answers"),
    [
        ([(FIRST, "a"), ("", "b"), (SECOND, "c")], ["q1 1.2: a", "q1 2.2: b", "q2 3.2: c"]),
        ([(FIRST, "a")], ["q1 1.2: a"]),
        ([(FIRST,), ("a",), ("b",), (SECOND,), ("c",)], ["q1 2.1: a", "q1 3.1: b", "q2 5.1: c"]),
        ([("Masa", "2"), (FIRST, "a"), (SECOND, "c")], ["q1/t2 2.2: a", "q2/t2 3.2: c"]),
    ],
)
def test_a_form_has_its_questions_beside_or_above_the_answers(rows: list[tuple[str, ...]], answers: list[str]) -> None:
    """Question and answer side by side, or one above the other, in as many rows as there are."""
    assert at(read(tbl(*(tr(*row) for row in rows)))) == answers


def test_a_cell_may_hold_question_and_answers() -> None:
    """In a box the lines that ask are headings, and what stands between them is one answer."""
    box = tc(p(FIRST) + p("a") + p("b") + p(SECOND) + p("c"))
    assert at(read(tbl(tr(box)))) == ["q1 1.1: a\nb", "q2 1.1: c"]


def test_a_list_of_answers_under_a_question_may_be_a_table() -> None:
    """One column of answers, with or without a column of numbers; several columns that nobody names are named as not read."""
    assert at(read(p(FIRST), tbl(tr("Nr.", "Răspuns"), tr("1.", "a"), tr("2.", "b")))) == ["q1 2.2: a", "q1 3.2: b"]
    assert at(read(p(FIRST), tbl(tr("1.", "a"), tr("2.", "b")))) == ["q1 1.2: a", "q1 2.2: b"]
    assert at(read(p(FIRST), tbl(tr("a"), tr("b")))) == ["q1 1.1: a", "q1 2.1: b"]
    found = read(p(FIRST), p("a"), tbl(tr("Nume", "Semnătura"), tr("x", "y")))
    assert len(found.drafts) == 1
    assert [one.text for one in found.not_read] == ["Semnătura", "x", "y"]  # a name is known, and known to be no answer


def test_an_endless_width_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns, rows and merged places have limits, and the message says which table."""
    with pytest.raises(UnreadableSheet, match="table 1 has more than 1,000 columns"):
        read(tbl(tr("q1"), tr(tc("a", '<w:gridSpan w:val="999999"/>'))))
    monkeypatch.setattr(docx_tables, "MAX_ROWS", 2)
    with pytest.raises(UnreadableSheet, match="table 1 has more than 2 rows"):
        read(tbl(tr("q1"), tr("a"), tr("b")))
