"""Columns to questions by what a person says: flags, mapping.yaml, questions in a terminal; nothing is guessed silently."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ecocsme.checks.run import check_folder
from ecocsme.errors import EcocsmeError, InvalidFile, UnknownName, UnreadableSheet
from ecocsme.notes import store
from ecocsme.notes.importing import import_sheets
from ecocsme.notes.report import Report
from ecocsme.notes.wishes import Said
from support.small_project import EVENT, accounted, make, sheet, tree

FILE = Path("events") / EVENT / "mapping.yaml"
HEADER = ("Nr. masa", "Nevoi", "Parteneri", "Vârsta")
ROWS = (("Masa 1", "granturi", "școlile", "44"), ("Masa 2", "mentorat", "", "51"))
MAP = ("A=table", "Nevoi=q1", "3=q2", "D=-")


def imported(root: Path, path: Path, *columns: str, **options: object) -> Report:
    """Import a sheet with flags about its columns."""
    told = {name: options.pop(name) for name in ("header_rows", "tab", "choose") if name in options}
    said = Said(columns, **told)  # type: ignore[arg-type]  # as a test gives them
    return import_sheets(make_once(root), EVENT, [path], said=said, **options)  # type: ignore[arg-type]  # as a test gives them


def make_once(root: Path):  # noqa: ANN201  # the folder of support
    """The project, made where it is not there yet."""
    from ecocsme.project.folder import Folder

    return Folder(root.resolve()) if (root / "project.yaml").exists() else make(root)


def notes(root: Path) -> list[str]:
    """All notes as `q1/t1 B2: text`."""
    found = store.load(make_once(root)).notes
    return [f"{note.question}/{note.table or '-'} {note.cell}: {note.text}" for note in found]


def refused(root: Path, path: Path, *columns: str, **options: object) -> str:
    """The message with which an import is refused, and nothing is written."""
    make_once(root)
    before = tree(root)
    with pytest.raises(EcocsmeError) as caught:
        imported(root, path, *columns, **options)
    assert tree(root) == before
    return str(caught.value)


GIVEN = ["q1/t1 B2: granturi", "q2/t1 C2: școlile", "q1/t2 B3: mentorat"]


def test_columns_are_named_by_letter_number_or_title(tmp_path: Path) -> None:
    """Each way of naming a column works, and `-` leaves one out and says so."""
    report = imported(tmp_path, sheet(tmp_path / "in", rows=ROWS, header=HEADER), *MAP)
    assert notes(tmp_path) == GIVEN
    assert report.sheets[0].left_out == {"Vârsta": 2}
    assert accounted(report.sheets[0]) == report.sheets[0].cells


def test_what_was_said_is_kept_and_chosen_by_equal_headers(tmp_path: Path) -> None:
    """The next sheet with these headers, capitals and spaces aside, needs no flag."""
    imported(tmp_path, sheet(tmp_path / "in", rows=ROWS, header=HEADER), *MAP)
    kept = (tmp_path / FILE).read_text("utf-8")
    assert 'headers: ["Nr. masa", "Nevoi", "Parteneri", "Vârsta"]' in kept
    assert "q1: [B]" in kept
    other = sheet(tmp_path / "in", "alta.csv", rows=(("Masa 3", "spații", "", ""),), header=("NR.  MASA", "Nevoi ", "Parteneri", "vârsta"))
    report = imported(tmp_path, other)
    assert any("by equal headers" in said for said in report.sheets[0].said)
    assert "q1/t3 B2: spații" in notes(tmp_path)
    assert (tmp_path / FILE).read_text("utf-8") == kept


def test_a_dry_run_keeps_nothing_and_says_what_it_would_write(tmp_path: Path) -> None:
    """With --dry-run no file changes, mapping.yaml included."""
    path = sheet(tmp_path / "in", rows=ROWS, header=HEADER)
    make(tmp_path)
    before = tree(tmp_path)
    report = imported(tmp_path, path, *MAP, dry_run=True)
    assert FILE.as_posix() in report.written
    assert tree(tmp_path) == before


def test_what_a_person_wrote_into_the_file_stays(tmp_path: Path) -> None:
    """A second kind of sheet is added below; comments and the first layout stay as they were written."""
    imported(tmp_path, sheet(tmp_path / "in", rows=ROWS, header=HEADER), *MAP)
    path = tmp_path / FILE
    path.write_text(path.read_text("utf-8").replace("    questions:", "    # Ana: formularul vechi\n    questions:"), "utf-8")
    before = path.read_text("utf-8")
    imported(tmp_path, sheet(tmp_path / "in", "b.csv", rows=(("x", "y"),), header=("Idei", "Loc")), "Idei=q1", "Loc=-")
    after = path.read_text("utf-8")
    assert after.startswith(before)
    assert 'headers: ["Idei", "Loc"]' in after


def test_a_new_decision_replaces_the_one_with_equal_headers(tmp_path: Path) -> None:
    """The last word counts, and stands once."""
    imported(tmp_path, sheet(tmp_path / "in", rows=ROWS, header=HEADER), *MAP)
    imported(tmp_path, sheet(tmp_path / "in", "b.csv", rows=(("Masa 4", "x", "y", "z"),), header=HEADER), "Nevoi=q2", "Parteneri=q1")
    kept = (tmp_path / FILE).read_text("utf-8")
    assert kept.count("headers:") == 1
    assert "q2: [B]" in kept


def test_a_range_answers_one_question_or_as_many(tmp_path: Path) -> None:
    """`B:C=q1` gives every cell to q1; `B:C=q1:q2` one column to each; `*=-` is all the rest."""
    path = sheet(tmp_path / "in", rows=ROWS, header=HEADER)
    imported(tmp_path, path, "A=table", "B:C=q1", "*=-")
    assert notes(tmp_path) == ["q1/t1 B2: granturi", "q1/t1 C2: școlile", "q1/t2 B3: mentorat"]
    other = tmp_path / "other"
    imported(other, path, "A=table", "B:C=q1:q2", "*=-")
    assert notes(other) == GIVEN


@pytest.mark.parametrize(
    ("flag", "said"),
    [
        ("B", "is no column and question; write COLUMN=QUESTION"),
        ("Z=q1", "there is no such column"),
        ("Altceva=q1", "there is no such column"),
        ("B:D=q1:q2", "names 3 columns and 2 questions"),
    ],
)
def test_a_flag_that_fits_nothing_is_refused(tmp_path: Path, flag: str, said: str) -> None:
    """A wish that cannot be met is never passed over."""
    assert said in refused(tmp_path, sheet(tmp_path / "in", rows=ROWS, header=HEADER), flag)


def test_a_question_that_is_not_asked_is_refused(tmp_path: Path) -> None:
    """The message names what there is."""
    make(tmp_path)
    with pytest.raises(UnknownName, match="q9"):
        imported(tmp_path, sheet(tmp_path / "in", rows=ROWS, header=HEADER), "B=q9")


def test_a_title_that_is_a_letter_too_is_refused(tmp_path: Path) -> None:
    """`B` over the first column: nobody can say which is meant."""
    path = sheet(tmp_path / "in", rows=(("a", "b"),), header=("B", "Idei"))
    assert "the title of one column and the letter of another" in refused(tmp_path, path, "B=q1")


# --- header rows ---


def test_a_first_row_that_may_be_an_answer_is_not_eaten(tmp_path: Path) -> None:
    """Where nothing shows that a row is a header, a script is told the flag, and the flag decides."""
    path = sheet(tmp_path / "in", rows=(("mentorat", "Lugoj"),), header=("granturi", "Arad"))
    assert "--header-rows 1 if it is a header, --header-rows 0 if it is an answer" in refused(tmp_path, path, "A=q1", "B=-")
    imported(tmp_path, path, "A=q1", "B=-", header_rows=0)
    assert notes(tmp_path) == ["q1/- A1: granturi", "q1/- A2: mentorat"]
    assert not (tmp_path / FILE).exists()  # there are no headers to choose it by


def test_two_header_rows_below_a_title_are_one_header(tmp_path: Path) -> None:
    """The title of the sheet stands above, groups in one row, their parts in the next; the second row is no answer."""
    rows = (("Nevoi", "", "Loc"), ("Bani", "Timp", ""), ("da", "nu", "Arad"))
    path = sheet(tmp_path / "in", rows=rows, header=("Rezultatele atelierului", "", ""))
    report = imported(tmp_path, path, "A:B=q1", "C=-", header_rows=2)
    assert notes(tmp_path) == ["q1/- A4: da", "q1/- B4: nu"]
    assert "the header is lines 2 to 3" in report.sheets[0].said
    assert 'headers: ["Nevoi / Bani", "Nevoi / Timp", "Loc"]' in (tmp_path / FILE).read_text("utf-8")


def test_one_tab_of_a_workbook_may_be_chosen(tmp_path: Path) -> None:
    """The other tabs are named as not read; a tab that is not there is refused with those that are."""
    from openpyxl import Workbook

    book = Workbook()
    for name, text in (("Masa A", "granturi"), ("Masa B", "mentorat")):
        tab = book.create_sheet(name)
        tab.append(["q1"])
        tab.append([text])
    del book["Sheet"]
    book.save(tmp_path / "mese.xlsx")
    assert "it has: Masa A, Masa B" in refused(tmp_path, tmp_path / "mese.xlsx", tab="Masa C")
    report = imported(tmp_path, tmp_path / "mese.xlsx", tab="masa b")
    assert notes(tmp_path) == ["q1/- A2: mentorat"]
    assert ["stands in another tab" in one.reason for one in report.sheets[0].not_read] == [True]


# --- nearly the text of a question ---

NEAR = ("Masa", "De ce au nevoe firmele mici ?", "q2")


def test_a_title_with_a_typing_error_is_taken_and_said(tmp_path: Path) -> None:
    """Very like one question and like no other: taken in a script, with the score and the flag that undoes it."""
    report = imported(tmp_path, sheet(tmp_path / "in", rows=(("1", "granturi", "b"),), header=NEAR))
    assert notes(tmp_path)[0] == "q1/t1 B2: granturi"
    assert any("is taken for q1 (9" in said and "--map B=-" in said for said in report.sheets[0].said)
    assert not (tmp_path / FILE).exists()  # nobody has decided anything


def test_a_title_that_may_be_a_question_is_refused_with_the_flag(tmp_path: Path) -> None:
    """Too much changed to be sure, too little to be passed over: the flag settles it."""
    path = sheet(tmp_path / "in", rows=(("1", "granturi", "b"),), header=("Masa", "De ce ar avea nevoie firmele noastre mici?", "q2"))
    message = refused(tmp_path, path)
    assert "may be q1" in message
    assert "--map B=q1 if it is, --map B=- if it is not" in message
    imported(tmp_path, path, "B=-")
    assert notes(tmp_path) == ["q2/t1 C2: b"]


def test_a_title_like_a_question_that_has_its_column_is_named_as_not_read(tmp_path: Path) -> None:
    """Only a question that nothing answers is looked for among titles like it."""
    header = ("q1", "De ce au nevoe firmele mici?", "q2")
    report = imported(tmp_path, sheet(tmp_path / "in", rows=(("a", "x", "b"),), header=header))
    assert [one.text for one in report.sheets[0].not_read] == ["x"]


def test_two_columns_like_one_question_are_refused(tmp_path: Path) -> None:
    """Two fits are no fit."""
    header = ("De ce au nevoe firmele mici?", "De ce au nevoie firmele micii?")
    assert "may be q1" in refused(tmp_path, sheet(tmp_path / "in", rows=(("a", "b"),), header=header))


class Person:
    """Somebody in a terminal, who answers in order and remembers what was asked."""

    def __init__(self, *answers: str) -> None:
        """Be ready with these answers."""
        self.answers, self.asked = list(answers), list[str]()

    def __call__(self, question: str, choices: Sequence[str]) -> str:
        """Give the next answer; `Enter` is the first of the choices."""
        self.asked.append(question)
        answer = self.answers.pop(0)
        assert answer in choices or answer == "Enter"
        return choices[0] if answer == "Enter" else answer


def test_in_a_terminal_a_person_confirms_and_the_answer_is_kept(tmp_path: Path) -> None:
    """Near titles are asked with their score, unknown columns by name; what was answered is in mapping.yaml."""
    person = Person("Enter", "respondent")
    path = sheet(tmp_path / "in", rows=(("1", "granturi", "b", "7"),), header=(*NEAR, "Cine"))
    imported(tmp_path, path, choose=person)
    assert "like q1" in person.asked[0]
    assert "column D “Cine” is no question of the event" in person.asked[1]
    assert notes(tmp_path)[0] == "q1/t1 B2: granturi"
    kept = (tmp_path / FILE).read_text("utf-8")
    assert "q1: [B]" in kept
    assert "respondent: [D]" in kept


def test_enter_leaves_an_unknown_column_as_it_is(tmp_path: Path) -> None:
    """It is named cell by cell, and nothing is kept."""
    report = imported(tmp_path, sheet(tmp_path / "in", header=("Masa", "Runda", "q1", "Cine")), choose=Person("Enter"))
    assert len(report.sheets[0].not_read) == 3
    assert not (tmp_path / FILE).exists()


def test_in_a_terminal_a_first_row_is_asked_about(tmp_path: Path) -> None:
    """A header or an answer: the person says."""
    path = sheet(tmp_path / "in", rows=(("mentorat",),), header=("granturi",))
    imported(tmp_path, path, "A=q1", choose=Person("a"))
    assert notes(tmp_path) == ["q1/- A1: granturi", "q1/- A2: mentorat"]


# --- headings of a text ---


def test_headings_of_a_text_are_named_like_columns(tmp_path: Path) -> None:
    """`--map "Bani"=q1` says what a heading asks, `--map *=q2` what everything else answers."""
    make(tmp_path)
    (tmp_path / "m.md").write_text("# Bani\n- granturi\n\n# Masa 2\n- băncile\n", "utf-8")
    imported(tmp_path, tmp_path / "m.md", "Bani=q1", "*=q2")
    assert notes(tmp_path) == ["q1/- line 2: granturi", "q2/t2 line 5: băncile"]
    assert "there is no such column" in refused(tmp_path / "b", tmp_path / "m.md", "Timp=q1", "*=q2")


# --- the file ---


def test_a_delimiter_that_was_said_is_used_again(tmp_path: Path) -> None:
    """A sheet that only opens with a flag opens without it the next time."""
    make(tmp_path)
    (tmp_path / "a.csv").write_bytes(b"Idei~Loc\ngranturi~Arad\n")
    imported(tmp_path, tmp_path / "a.csv", "Idei=q1", "Loc=-", delimiter="~")
    (tmp_path / "b.csv").write_bytes(b"Idei~Loc\nmentorat~Lugoj\n")
    imported(tmp_path, tmp_path / "b.csv")
    assert notes(tmp_path) == ["q1/- A2: granturi", "q1/- A2: mentorat"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("layouts:\n  - header: [a]\n", "mapping.yaml:2: layouts[1].header: the key header is unknown here; did you mean headers?"),
        ("layouts:\n  - headers: [a]\n    table: [B-C]\n", "mapping.yaml:3: layouts[1].table[1]: found B-C; name columns by their letters"),
        (
            "layouts:\n  - headers: [a]\n    questions: {q9: [A]}\n",
            "mapping.yaml:3: layouts[1].questions.q9: events/lab-1/event.yaml has no",
        ),
        (
            "layouts:\n  - headers: [a]\n    table: [A]\n    round: [A]\n",
            "mapping.yaml:2: layouts[1]: column A is said to hold table and round",
        ),
        ("layouts:\n  - headers: [a]\n  - headers: [A, '']\n", "mapping.yaml:3: layouts[2].headers: these headers stand at line 2, too"),
    ],
)
def test_check_names_what_is_wrong_with_it(tmp_path: Path, text: str, said: str) -> None:
    """Each fault with its line, as in any other file."""
    folder = make(tmp_path)
    (tmp_path / FILE).write_text(text, "utf-8")
    assert [str(problem) for problem in check_folder(folder) if said in str(problem)]


def test_a_file_that_cannot_be_read_stops_an_import(tmp_path: Path) -> None:
    """What a person has written there counts; it is not passed over because of a typing error."""
    make(tmp_path)
    (tmp_path / FILE).write_text("layouts:\n  - header: [a]\n", "utf-8")
    with pytest.raises(InvalidFile, match=r"mapping\.yaml:2"):
        imported(tmp_path, sheet(tmp_path / "in"))


def test_a_column_without_a_title_is_refused_with_every_flag(tmp_path: Path) -> None:
    """The message says how to give it a question, leave it out, or take the row below as header; each works."""
    path = sheet(tmp_path / "in", rows=(("1", "a", "x"), ("2", "b", "y")), header=("Masa", "q1", ""))
    make(tmp_path)
    with pytest.raises(UnreadableSheet, match=r"column C has no title and 2 answers.*--map C=q1.*--map C=-.*--header-rows 2"):
        imported(tmp_path, path)
    imported(tmp_path, path, "C=q2")
    assert "q2/t1 C2: x" in notes(tmp_path)


def test_columns_named_by_their_place_need_their_tab(tmp_path: Path) -> None:
    """In a workbook of several tabs a letter means a column of one of them, or of all, if that is said."""
    from openpyxl import Workbook

    book = Workbook()
    for name, text in (("Masa 1", "granturi"), ("Masa 2", "mentorat")):
        tab = book.create_sheet(name)
        tab.append(["Nr.", "Nevoi"])
        tab.append(["1", text])
    book.create_sheet("Legendă").append(["culori", "verde"])
    del book["Sheet"]
    book.save(tmp_path / "mese.xlsx")
    message = refused(tmp_path, tmp_path / "mese.xlsx", "B=q1")
    assert "has several tabs (Masa 1, Masa 2, Legendă)" in message
    assert "--tab NAME" in message
    report = imported(tmp_path, tmp_path / "mese.xlsx", "Nevoi=q1", "Nr.=-")
    assert notes(tmp_path) == ["q1/t1 B2: granturi", "q1/t2 B2: mentorat"]
    assert [one.text for one in report.sheets[0].not_read] == ["culori", "verde"]
    other = tmp_path / "other"
    imported(other, tmp_path / "mese.xlsx", "B=q1", "A=-", tab="Masa 2", header_rows=1)
    assert notes(other) == ["q1/t2 B2: mentorat"]


def test_a_tab_that_lists_the_questions_is_no_doubt(tmp_path: Path) -> None:
    """Our own workbook, and many others, say on a tab what is asked; its columns answer nothing and stop nothing."""
    from openpyxl import Workbook

    book = Workbook()
    book.create_sheet("Masa 1").append(["Masa", "q1"])
    book["Masa 1"].append(["1", "granturi"])
    del book["Sheet"]
    listed = book.create_sheet("Întrebări")
    listed.append(["q1", "De ce au nevoie firmele mici?", "What do small firms need?"])
    listed.append(["q2", "Ce parteneri ne lipsesc?", "What partners do we lack?"])
    book.save(tmp_path / "mese.xlsx")
    imported(tmp_path, tmp_path / "mese.xlsx")
    assert notes(tmp_path) == ["q1/t1 B2: granturi"]


def test_a_sheet_that_was_imported_before_is_read_again_only_as_its_own_correction(tmp_path: Path) -> None:
    """Flags never do nothing in silence: the report says how the columns of a known sheet are changed, and that works."""
    path = sheet(tmp_path / "in", rows=ROWS, header=HEADER)
    imported(tmp_path, path, *MAP)
    report = imported(tmp_path, path, "A=table", "B=q2", "C=q1", "D=-")
    assert "--map changed nothing; to read the sheet again by it, say --replaces masa.csv, too" in report.sheets[0].said
    assert notes(tmp_path) == GIVEN
    imported(tmp_path, path, "A=table", "B=q2", "C=q1", "D=-", replaces="masa.csv", accept_withdrawn=True)
    current = [note for note in store.load(make_once(tmp_path)).notes if note.state == "current"]
    assert {(note.question, note.text) for note in current} == {("q2", "granturi"), ("q1", "școlile"), ("q2", "mentorat")}
    assert "q2: [B]" in (tmp_path / FILE).read_text("utf-8")
