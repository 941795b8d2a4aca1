"""What a table asks: the header is found, columns count by position, and no cell is without a fate."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecocsme.errors import EcocsmeError, InvalidFile, UnreadableSheet
from ecocsme.language.words import Words
from ecocsme.notes import matching
from ecocsme.notes.answers import Answers, answers
from ecocsme.notes.grid import Sheet, blank
from ecocsme.notes.matching import Known, Origin
from support import answer_sheets
from support.answer_sheets import FIRST, SECOND, known, left, short
from support.made_xlsx import rows as xml_rows
from support.made_xlsx import xlsx

OWN = ("Întrebarea / Question", "Masa / Table", "Runda / Round", "Răspunsul / Answer", "Limba / Language", "Cod / Code")


def read(*lines: Sequence[str], about: Known | None = None) -> Answers:
    """Read a table: one line after another, the first is the header."""
    written = ['"' + '";"'.join(text.replace('"', '""') for text in line) + '"' for line in lines]
    return answer_sheets.read("\n".join(written), about=about)


def refused(*lines: Sequence[str]) -> str:
    """The message with which a table is refused."""
    with pytest.raises(UnreadableSheet) as caught:
        read(*lines)
    return str(caught.value)


# --- which question a title names ---

TITLES = {
    "q1": "q1", " Q1. ": "q1", "[q1] ": None, "q1 · De ce au nevoie firmele mici…": "q1", f"q1: {FIRST}": "q1", FIRST: "q1",
    FIRST.upper().replace("?", ""): "q1", f"  {FIRST} * ": "q1", FIRST.replace("u", "u\u200b"): "q1", "What partners do we lack": "q2",
    f"{FIRST} / What do small firms in culture need?": "q1", f"{FIRST}\nWhat do small firms in culture need?": "q1",
    f"1. {FIRST}": "q1", f"2) {SECOND}": "q2", "q10": None, "q1a": None, "q1: Altceva": None, "q1 De ce": None, f"{FIRST} / {SECOND}": None,
    "q3": None, "Ce parteneri": None, "": None, "/": None,
}  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_a_title_names_a_question_by_its_id_or_its_text(title: str) -> None:
    """ID, text in any language, both, shortened or numbered; equal texts only, nothing is guessed."""
    assert known().question(title) == TITLES[title]


def test_cedillas_and_combining_signs_are_the_same_letters() -> None:
    """Old files write ş for ș, and Macs write a letter and its sign apart."""
    text = "Învățăm și creștem împreună"
    about = known(answer_sheets.event(questions=[{"id": "q1", "text": {"ro": text}}]))
    assert about.question(text.replace("ș", "ş").replace("ț", "ţ")) == "q1"
    assert about.question("I\u0302nva\u0306t\u0326a\u0306m s\u0326i cres\u0326tem i\u0302mpreuna\u0306") == "q1"
    assert about.asks("I\u0302nva\u0306t\u0326a\u0306m s\u0326i cres\u0326tem i\u0302mpreuna\u0306")


def test_a_text_that_two_questions_share_names_neither() -> None:
    """Only the ID tells such questions apart."""
    about = known(answer_sheets.event(questions=[{"id": "q1", "text": "Altceva?"}, {"id": "q2", "text": "Altceva?"}]))
    assert about.question("Altceva?") is None
    assert about.question("q2 Altceva?") == "q2"


LABELS = {
    "Masa 2": "t2", "t2": "t2", "2": "t2", "2.0": "t2", "Tisch 12": "t12", "masa 007": "t7", "Masa 1-2": None, "Masa Verde": None,
    "1000": None, "": None,
}  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
def test_a_label_is_read_by_its_only_number(label: str) -> None:
    """Tables and rounds are numbers, whatever stands around them."""
    assert matching.table_of(label) == LABELS[label]
    assert matching.round_of(label) == (LABELS[label] and f"r{LABELS[label][1:]}")


@pytest.mark.parametrize(("label", "name"), [("7", "p07"), ("p17", "p17"), ("P3", "p03"), ("12.0", "p12"), ("Ana", None), ("R_1", None)])
def test_respondents_are_numbers_and_never_names(label: str, name: str | None) -> None:
    """Names and codes of people are not stored."""
    assert matching.respondent_of(label) == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lab-1/q1/t2/r1", ("lab-1", Origin("q1", "t2", "r1", ""))),
        (" LAB-1/Q1/T2/R1 ", ("lab-1", Origin("q1", "t2", "r1", ""))),
        ("lab-1/q1/t2/r1/3", ("lab-1", Origin("q1", "t2", "r1", ""))),
        ("lab-1/q1/p17/r0", ("lab-1", Origin("q1", "", "", "p17"))),
        ("lab-1/q1/t0/r0", ("lab-1", Origin("q1", "", "", ""))),
        ("lab-1/q1/t2", None),
        ("lab-1/q1/t2/r1/x", None),
    ],
)
def test_a_printed_code_says_where_an_answer_belongs(text: str, found: object) -> None:
    """Event, question, table or respondent, round; t0 and r0 stand for none."""
    assert matching.printed(text) == found


def test_where_two_languages_use_one_word_the_first_counts() -> None:
    """A word that means a table here and a round there means what it means in the event's main language."""
    packs = [Words("aa", {"columns.table": "masa; loc"}), Words("bb", {"columns.round": "Masa", "columns.private": "nume"})]
    assert matching.synonyms(packs) == {"table": ["masa", "loc"], "metadata": ["nume"]}


# --- finding the header ---


def test_titles_above_the_header_are_named() -> None:
    """A title line is no header; what stands above is said, unless it is known anyway."""
    found = read(("Rezultatele atelierului", "", ""), (FIRST, "", ""), ("Masa", "q1", "q2"), ("1", "a", "b"))
    assert short(found) == ["q1/t1 B4: a", "q2/t1 C4: b"]
    assert left(found.not_read) == ["A1: Rezultatele atelierului"]


def test_a_question_alone_above_a_long_table_asks_for_all_of_it() -> None:
    """People put the question in the first line and the tables below."""
    assert short(read((FIRST, ""), ("Masa", "Răspuns"), ("1", "a"), ("2", "b"))) == ["q1/t1 B3: a", "q1/t2 B4: b"]


def test_a_long_table_names_the_question_in_each_row() -> None:
    """One answer per row; a question that is not of the event is named."""
    found = read(("Întrebare", "Masa", "Răspuns"), (FIRST, "1", "a"), ("q2", "2", "b"), ("Ce v-a plăcut?", "1", "c"), ("", "1", "d"))
    assert short(found) == ["q1/t1 C2: a", "q2/t2 C3: b"]
    assert left(found.not_read) == ["C4: c", "C5: d"]
    assert "its question “Ce v-a plăcut?” is not one of the event" in [skipped.reason for skipped in found.not_read]


def test_a_column_that_lists_questions_is_no_column_of_answers() -> None:
    """A table with unknown titles, whose rows name the questions, is refused with its titles: the questions are no answers."""
    message = refused(("Cod", "Propuneri"), ("q1", "a"), ("q2", "b"), ("q1", "c"))
    assert "no column is a known question of the event; it has: Cod, Propuneri" in message


def test_equal_titles_lose_nothing() -> None:
    """Columns count by position: a form with branches asks the same question twice."""
    assert short(read(("Masa", "q1", "q1"), ("1", "a", "b"))) == ["q1/t1 B2: a", "q1/t1 C2: b"]


def test_the_header_rows_of_survey_tools_are_no_answers() -> None:
    """Qualtrics writes three, SurveyMonkey two; a choice continues the question on its left."""
    import_row = ('{"ImportId":"a"}', '{"ImportId":"b"}', "{'ImportId': 'c'}")
    assert short(read(("StartDate", "QID1", "q2"), ("Start Date", FIRST, "Altceva"), import_row, ("2020", "a", "b"))) == [
        "q1 B4: a",
        "q2 C4: b",
    ]
    monkey = (("Respondent ID", "", FIRST, SECOND, ""), ("", "Name", "Open-Ended Response", "Response", "Other (please specify)"))
    found = read(*monkey, ("7", "Ana", "a", "b", "c"))
    assert short(found) == ["q1 C3: a", "q2 D3: b", "q2 E3: c"]
    assert [draft.origin.respondent for draft in found.drafts] == ["p07"] * 3
    assert found.left_out == (("Name", 1),)


def test_metadata_is_left_out_and_counted_and_other_columns_are_named() -> None:
    """Times and names are not stored; a column that nobody knows is said cell by cell."""
    found = read(("Marcaj de timp", "Adresă de e-mail", "Vârsta", "q1"), ("2020-10-20", "a@example.org", "44", "a"))
    assert found.left_out == (("Marcaj de timp", 1), ("Adresă de e-mail", 1))
    assert left(found.not_read) == ["C2: 44"]
    assert "its column “Vârsta” is no question of the event" in found.not_read[0].reason


def test_a_column_of_answers_without_a_title_is_refused() -> None:
    """Nobody can say what was asked there, and dropping it would lose answers."""
    assert "masa.csv:1: column C has no title and 2 answers" in refused(
        ("Masa", "q1", "", "q2"), ("1", "a", "x", "b"), ("2", "c", "y", "d")
    )


def test_a_stray_text_far_away_is_refused_too() -> None:
    """In a workbook a cell far to the right belongs to no column."""
    body = (
        xml_rows(("Masa", "q1"), ("1", "a"))
        .replace("</row>", '<c r="XFD2" t="inlineStr"><is><t>x</t></is></c></row>', 2)
        .replace("XFD2", "XFD1", 1)
    )
    body = body.replace('<c r="XFD1" t="inlineStr"><is><t>x</t></is></c>', "")
    with pytest.raises(UnreadableSheet, match="column XFD has no title and 1 answers"):
        answer_sheets.read(xlsx(body), "masa.xlsx")


def test_no_known_question_is_refused_with_the_columns_and_the_cure() -> None:
    """The message lists what there is, and what there should be."""
    message = refused(("Nume", "Oraș", "Părere"), ("P1", "Arad", "Mai puține taxe"))
    assert "it has: Nume, Oraș, Părere; write the ID of a question of event.yaml (q1, q2)" in message
    assert "it has neither columns nor headings" in refused(("\u200b",))


def test_a_header_without_answers_is_refused() -> None:
    """A file that was sent before it was filled in is no import."""
    assert "no answers found" in refused(("Masa", "q1"), ("1", ""))
    assert "(not read: C2, its column “Alta” is no question of the event)" in refused(("Masa", "q1", "Alta"), ("1", "", "x"))


# --- rows ---


def test_a_second_table_below_is_read_or_named() -> None:
    """A repeated header goes on; a header of other questions begins anew; one that asks nothing known is named cell by cell."""
    again = read(("Masa", "q1"), ("1", "a"), ("Masa", "q1"), ("2", "b"), ("Masa", "q2"), ("3", "c"))
    assert short(again) == ["q1/t1 B2: a", "q1/t2 B4: b", "q2/t3 B6: c"]
    other = read(("Masa", "q1"), ("1", "a"), ("Masa", "Ce v-a plăcut?"), ("1", "Moderarea"))
    assert left(other.not_read) == ["A3: Masa", "B3: Ce v-a plăcut?", "A4: 1", "B4: Moderarea"]


def test_an_answer_that_equals_its_title_is_an_answer() -> None:
    """A row is no header because somebody typed `Răspuns`."""
    assert short(read(("Întrebare", "Masa", "Răspuns"), ("q1", "1", "răspuns"), ("q2", "2", "b"))) == ["q1/t1 C2: răspuns", "q2/t2 C3: b"]


def test_the_text_of_a_question_is_no_answer_to_it() -> None:
    """A question that was copied into a cell of answers is named."""
    found = read(("Masa", "q1"), ("1", FIRST), ("2", "a"))
    assert short(found) == ["q1/t2 B3: a"]
    assert found.not_read[0].reason == "is the text of a question, not an answer"


def test_a_remark_in_a_column_of_labels_is_named() -> None:
    """Below the table people write what belongs to no row; it must not pass for a table."""
    found = read(("Masa", "q1"), ("1", "a"), ("Masa 2", ""), ("Observații: a fost frig", ""))
    assert left(found.not_read) == ["A4: Observații: a fost frig"]


def test_tables_without_a_number_and_names_of_people_are_said() -> None:
    """What cannot be read as a table or a respondent is filed under none, and the report says so."""
    found = read(("Masa", "Respondent", "q1"), ("Masa Verde", "", "a"), ("", "Ana", "b"))
    assert [draft.origin for draft in found.drafts] == [Origin("q1"), Origin("q1")]
    assert "the table “Masa Verde” has no number; its notes are filed under t0" in found.said
    assert "respondents that are not numbered p01, p02 ... are not stored: they may be names" in found.said
    assert "2 rows name no table; their notes are filed under t0" in found.said


def test_a_language_is_a_code() -> None:
    """A language that is no code is said and not stored."""
    found = read(("q1", "Limba"), ("a", "RO"), ("b", "română veche"))
    assert [draft.language for draft in found.drafts] == ["ro", ""]
    assert any("is no code such as ro or en" in text for text in found.said)


# --- our own workbook: what its rows say ---


def test_an_empty_cell_means_as_above_in_our_own_table() -> None:
    """Whoever types chooses the question once; the report says how often the row above was asked."""
    found = read(OWN[:5], ("q1", "1", "2", "a", "ro"), ("", "", "", "b", ""), ("q2", "", "", "c", ""), ("", "3", "", "d", "en"))
    assert short(found) == ["q1/t1/r2 D2: a", "q1/t1/r2 D3: b", "q2/t1/r2 D4: c", "q2/t3/r2 D5: d"]
    assert any(text.startswith("3 answers take their question, table or round from the row above") for text in found.said)


def test_an_empty_cell_means_nothing_in_other_tables() -> None:
    """In a form's export an empty cell is an empty cell."""
    assert short(read(("Masa", "q1"), ("1", "a"), ("", "b"))) == ["q1/t1 B2: a", "q1 B3: b"]


def test_the_printed_code_is_enough() -> None:
    """The code says everything; columns that were emptied, moved or added do no harm."""
    line = ("", "", "", "a", "", "lab-1/q2/t3/r1")
    assert short(read(OWN, line)) == ["q2/t3/r1 D2: a"]
    moved = [("Nr.", *reversed(OWN)), ("7", *reversed(line)), ("8", "", "", "b", "", "", "")]
    assert short(read(*moved[:2])) == ["q2/t3/r1 D2: a"]
    assert short(read(("Cod", "Răspuns"), ("lab-1/q1/t1/r1/4", "a"))) == ["q1/t1/r1 B2: a"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("q1", "2", "1", "a", "", "lab-1/q1/t1/r1"), "the code of this row says table t1, its column says 2"),
        (("q2", "1", "1", "a", "", "lab-1/q1/t1/r1"), "the code of this row says question q1, its column says q2"),
        (("q1", "1", "2", "a", "", "lab-1/q1/t1/r1"), "the code of this row says round r1, its column says 2"),
        (("q1", "1", "1", "a", "", "lab-2/q1/t1/r1"), "was printed for the event lab-2"),
    ],
)
def test_a_code_that_contradicts_its_row_is_refused(line: Sequence[str], said: str) -> None:
    """A row that was copied and changed in one place only says two things; nobody but a person knows which is right."""
    message = refused(OWN, line)
    assert message.startswith("masa.csv:2: ")
    assert said in message


def test_a_contradiction_without_an_answer_does_no_harm() -> None:
    """Rows that nobody filled in are nothing."""
    assert short(read(OWN, ("q1", "2", "1", "", "", "lab-1/q1/t1/r1"), ("q1", "1", "1", "a", "", "lab-1/q1/t1/r1"))) == ["q1/t1/r1 D3: a"]


def laid_out(*answers: str) -> list[list[str]]:
    """The rows of our own workbook for the first question of three tables."""
    return [["q1", str(table), "1", answers[table - 1], "", f"lab-1/q1/t{table}/r1"] for table in (1, 2, 3)]


def test_an_inserted_row_belongs_to_the_row_above() -> None:
    """Between printed rows an empty cell means: as above."""
    lines = laid_out("a", "b", "c")
    assert short(read(OWN, *lines[:1], ("", "", "", "d", "", ""), *lines[1:]))[1] == "q1/t1/r1 D3: d"


def test_sorting_never_moves_an_answer_to_another_table() -> None:
    """Sorted rows keep what they say; a row that says nothing is named, wherever it has gone."""
    lines = [*laid_out("z", "m", "a"), ["", "", "", "fără", "", ""]]
    by_answer = read(OWN, *sorted(lines, key=lambda line: line[3]))
    assert sorted(short(by_answer)) == ["q1/t1/r1 D5: z", "q1/t2/r1 D4: m", "q1/t3/r1 D2: a"]
    assert left(by_answer.not_read) == ["D3: fără"]
    at_the_end = read(OWN, *lines)
    assert left(at_the_end.not_read) == ["D5: fără"]


@settings(max_examples=60, deadline=None)
@given(st.permutations([*range(6)]), st.lists(st.booleans(), min_size=6, max_size=6))
def test_no_order_of_the_rows_changes_what_a_row_says(order: list[int], typed: list[bool]) -> None:
    """Rows that say everything give the same answers in any order."""
    lines = [[question, str(table), "1", f"{question} la {table}" if typed[2 * table - 2 + n] else "", "", f"lab-1/{question}/t{table}/r1"]
             for table in (1, 2, 3) for n, question in enumerate(("q1", "q2"))]  # fmt: skip
    if not any(typed):
        return
    found = read(OWN, *(lines[index] for index in order))
    assert all(draft.text == f"{draft.origin.question} la {draft.origin.table[1:]}" for draft in found.drafts)
    assert len(found.drafts) == sum(typed)


# --- merged cells in workbooks ---


def test_titles_over_two_rows_and_labels_over_many_are_understood() -> None:
    """A merged label serves all its rows, and a merged question all its columns."""
    book = openpyxl.Workbook()
    tab = book.worksheets[0]
    for line in (("Masa", "q1", None), ("Masa 1", "a", "b"), (None, "c", None)):
        tab.append(line)
    tab.merge_cells("B1:C1")
    tab.merge_cells("A2:A3")
    stream = io.BytesIO()
    book.save(stream)
    assert short(answer_sheets.read(stream.getvalue(), "masa.xlsx")) == ["q1/t1 B2: a", "q1/t1 C2: b", "q1/t1 B3: c"]


CELL = st.sampled_from(
    [
        "",
        "a",
        "b c",
        "1",
        "Masa 2",
        "q1",
        "q2",
        FIRST,
        "Masa",
        "Runda",
        "Răspuns",
        "Întrebare",
        "Cod",
        "lab-1/q1/t1/r1",
        "Nume",
        "Total",
        "ro",
    ]
)


@settings(max_examples=600, deadline=None)
@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=7)))
def test_every_filled_cell_has_exactly_one_fate(lines: list[list[str]]) -> None:
    """Note, not read, header, context or left out: the sum is the number of filled cells, or the sheet is refused whole."""
    try:
        found = read(*lines)  # adds up the fates
    except InvalidFile:
        return
    assert found.size == sum(not blank(text) for line in lines for text in line)
    assert len({draft.cell for draft in found.drafts} | {skipped.address for skipped in found.not_read}) == len(found.drafts) + len(
        found.not_read
    )


class Holding(Sheet):
    """A sheet with one more cell than any reader has found."""

    @property
    def size(self) -> int:
        """How many cells are not blank."""
        return 1 + sum(grid.size for grid in self.grids)


def test_a_cell_that_is_nowhere_stops_the_import() -> None:
    """The sum over all fates is that of the filled cells, or nothing is imported: the guide promises it."""
    sheet = answer_sheets.sheet("Masa,q1\n1,da\n")
    with pytest.raises(EcocsmeError, match=r"masa\.csv: has 5 filled cells, and 4 are accounted for; this is a fault of ecocsme"):
        answers(Holding(grids=sheet.grids), answer_sheets.known(), "masa.csv")
