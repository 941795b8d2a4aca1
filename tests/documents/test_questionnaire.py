"""The questionnaire by e-mail: forms that come back exactly, each its own respondent, and nobody's name in the notes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from conftest import Run
from ecocsme.documents import kit
from ecocsme.errors import InvalidFile
from ecocsme.event import participants
from ecocsme.files import own_csv
from ecocsme.notes import store
from ecocsme.notes.importing import import_sheets
from ecocsme.notes.report import Report
from ecocsme.project.folder import Folder
from support import filled_forms, small_project, word_files

ASKED = """\
id: lab-1
title: {ro: "Atelier & vecini", en: "Lab & neighbours"}
topic: {ro: "Sprijinul", en: "Support"}
date: 2026-11-12
mode: questionnaire
replies_by: 2026-11-27
replies_to: {name: "Primăria", email: "raspunsuri@example.org"}
participants: {expected: 4}
questions:
- {id: q1, ro: "Ce lipsește?", en: "What is missing?"}
- {id: q2, ro: "Cine ajută?", en: "Who helps?"}
- {id: q3, ro: "Ce urmează?", en: "What comes next?"}
"""
STATED = "programme: interreg-europe-2014-2020\ncode: PGI06047\norganisation: {name: Orașul}\n"
ANA = {"q1": "granturi mici\n11:00 = nu\n007", "q2": "Masa 1", "name": "Ana Pop", "email": "ana@example.org"}
ION = {"q1": "un loc al nostru", "q2": "vecinii", "q3": "Ce lipsește?", "name": "Ion"}
LANGUAGES = ["ro, en", "en, ro", "ro", "en"]
Make = Callable[..., Folder]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make a project with one questionnaire, which speaks some languages, and build its forms."""

    def make(languages: str = "ro, en", event: str = ASKED) -> Folder:
        folder = small_project.make(tmp_path)
        project = folder.root / "project.yaml"
        project.write_text(project.read_text("utf-8") + STATED, "utf-8")
        folder.event_file("lab-1").write_text(f"{event}languages: [{languages}]\n", "utf-8")
        kit.build(folder, "lab-1", ["questionnaire"])
        return folder

    return make


def form(folder: Folder, ending: str) -> bytes:
    """The blank form."""
    (path,) = (path for path in (folder.root / "out/lab-1").glob(f"questionnaire.*.{ending}") if "xlsform" not in path.name)
    return path.read_bytes()


def sent(folder: Folder, data: bytes, name: str) -> Path:
    """A file as it lies in somebody's folder of attachments."""
    path = folder.root.parent / f"{folder.root.name}-mail" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def taken(folder: Folder, *paths: Path, **flags: object) -> Report:
    """Import some files."""
    return import_sheets(folder, "lab-1", paths, **flags)  # type: ignore[arg-type]  # flags of the command


def notes(folder: Folder) -> dict[str, str]:
    """All notes that stand, by their IDs."""
    return {note.id: note.text for note in store.load(folder).notes if note.state == "current"}


def answers(said: dict[str, str], person: str) -> dict[str, str]:
    """The notes that a form should give."""
    return {f"lab-1/{question}/{person}/r0/1": text for question, text in said.items() if question.startswith("q")}


def written(rows: list[list[str]], delimiter: str = ";") -> bytes:
    """A CSV file as form tools write it."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return stream.getvalue().encode()


FILL = {"docx": filled_forms.word, "xlsx": filled_forms.excel}


@pytest.mark.parametrize("languages", LANGUAGES)
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_what_is_typed_into_a_form_comes_back_exactly(make: Make, ending: str, languages: str) -> None:
    """Each answer at its question, as typed; what was printed is no note, the contact is named by its place alone."""
    folder = make(languages)
    (report,) = taken(folder, sent(folder, FILL[ending](form(folder, ending), ANA), f"formular.{ending}")).sheets
    assert notes(folder) == answers(ANA, "p01")
    assert small_project.accounted(report) == report.cells
    assert {one.reason for one in report.not_read} == {"is a contact of whoever filled the form in, and goes into no note"}
    assert (len(report.not_read), report.said) == (2, ())
    kept = "".join(path.read_text("utf-8") for path in (folder.root / "events/lab-1/notes").iterdir())
    assert "Ana" not in kept
    assert "example.org" not in kept


@pytest.mark.slow
@pytest.mark.skipif(not filled_forms.OFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("languages", LANGUAGES[1:])
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_libreoffice_may_save_a_form_before_and_after_it_is_filled_in(make: Make, tmp_path: Path, ending: str, languages: str) -> None:
    """Saved by LibreOffice it gives the same notes, and an empty control is no answer."""
    folder = make(languages)
    data = FILL[ending](form(folder, ending), ANA)
    (report,) = taken(folder, sent(folder, filled_forms.saved_by_libreoffice(data, f"f.{ending}", tmp_path), f"f.{ending}")).sheets
    assert notes(folder) == answers(ANA, "p01")
    assert (len(report.not_read), report.said) == (2, ())
    blank = filled_forms.saved_by_libreoffice(form(folder, ending), f"gol.{ending}", tmp_path)
    with pytest.raises(InvalidFile, match="no answers found"):
        taken(folder, sent(folder, blank, f"gol.{ending}"))


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_two_forms_of_one_name_are_two_people(make: Make, ending: str) -> None:
    """Everybody's file has the same name: other answers are another respondent's, the same bytes are nobody new."""
    folder = make()
    blank = form(folder, ending)
    ana, ion = FILL[ending](blank, ANA), FILL[ending](blank, ION)
    taken(folder, sent(folder, ana, f"ana/questionnaire.{ending}"), sent(folder, ion, f"ion/questionnaire.{ending}"))
    assert notes(folder) == answers(ANA, "p01") | answers(ION, "p02")
    again = taken(folder, sent(folder, ion, f"copie de {ending}.{ending}"))
    assert [(sheet.fate, sheet.sheet) for sheet in again.sheets] == [("known", f"questionnaire-2.{ending}")]
    assert notes(folder) == answers(ANA, "p01") | answers(ION, "p02")


def test_a_corrected_form_goes_on_as_the_same_person(make: Make) -> None:
    """With --replaces the number stays, and each answer keeps its ID; without it, a form that is much alike is asked about."""
    folder = make()
    blank = form(folder, "docx")
    taken(folder, sent(folder, filled_forms.word(blank, ANA), "ana/f.docx"), sent(folder, filled_forms.word(blank, ION), "ion/f.docx"))
    corrected = {**ION, "q1": "un loc al nostru, în centru", "q3": "o ședință"}
    path = sent(folder, filled_forms.word(blank, corrected), "ion/f.docx")
    with pytest.raises(Exception, match=r"f-2\.docx \(1 of its 3 answers stand in this file, too\); say --replaces f-2\.docx"):
        taken(folder, path)
    (report,) = taken(folder, path, replaces="f-2.docx", accept_withdrawn=True).sheets
    assert report.fate == "corrected"
    assert "lab-1/q1/p02/r0/1" in report.changed
    assert {name.split("/")[2] for name in notes(folder)} == {"p01", "p02"}
    assert notes(folder)["lab-1/q1/p02/r0/1"] == "un loc al nostru, în centru"


def test_respondents_are_numbered_after_those_who_are_listed(make: Make) -> None:
    """A number of participants.csv is a known person's, and is given to nobody else."""
    folder = make()
    (folder.root / "events/lab-1/participants.csv").write_text(f"{own_csv.line(participants.COLUMNS)}p01\np07\n", "utf-8")
    taken(folder, sent(folder, filled_forms.word(form(folder, "docx"), ION), "f.docx"))
    assert notes(folder) == answers(ION, "p08")


def test_a_number_that_was_forgotten_is_not_given_again(make: Make, run: Run) -> None:
    """Who was forgotten is gone; the next form is somebody else's."""
    folder = make()
    blank = form(folder, "docx")
    taken(folder, sent(folder, filled_forms.word(blank, ANA), "a.docx"))
    assert run("forget", "p01", "--yes", cwd=folder.root).code == 0
    assert list((folder.root / "events/lab-1/sheets").iterdir()) == []
    taken(folder, sent(folder, filled_forms.word(blank, ION), "b.docx"))
    assert notes(folder) == answers(ION, "p02")


def test_a_row_of_an_export_is_a_person_each(make: Make) -> None:
    """Rows without a number are given one; a later export with more rows keeps the numbers it had."""
    folder = make()
    rows = [["_id", "_uuid", "q1", "q2", "q3"], ["981", "a", "unu", "doi", ""], ["982", "b", "trei", "", "patru"]]
    path = sent(folder, written(rows), "kobo.csv")
    taken(folder, path)
    first = notes(folder)
    assert {name.split("/")[2] for name in first} == {"p01", "p02"}
    path.write_bytes(written([rows[0], ["980", "c", "nou", "", ""], *rows[1:]]))
    taken(folder, path, replaces="kobo.csv")
    assert notes(folder) == {**first, "lab-1/q1/p03/r0/1": "nou"}


def test_a_form_of_another_event_is_refused(make: Make) -> None:
    """Its codes say where it belongs."""
    folder = make()
    data = filled_forms.word(form(folder, "docx"), ANA)
    members = {name: part.replace(b"lab-1/q1", b"lab-2/q1") for name, part in word_files.parts(data).items()}
    with pytest.raises(InvalidFile, match="was printed for the event lab-2"):
        taken(folder, sent(folder, word_files.packed(members), "f.docx"))


def test_an_answer_may_be_several_paragraphs_or_typed_without_a_control(make: Make) -> None:
    """Word lets a control grow around paragraphs, and other programs drop it; what stands in the cell is the answer."""
    folder = make("ro")
    parts = word_files.parts(form(folder, "docx"))
    text = parts["word/document.xml"].decode()
    first, second, *_ = re.findall(r"<w:p><w:pPr>(?:(?!</w:p>).)*<w:sdt>.*?</w:sdt></w:p>", text)
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    around = "<w:sdt><w:sdtPr><w:id w:val='1'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    text = text.replace(first, around.format(paragraph.format("unu") + paragraph.format("doi"))).replace(second, paragraph.format("trei"))
    parts["word/document.xml"] = text.encode()
    taken(folder, sent(folder, word_files.packed(parts), "f.docx"))
    assert notes(folder) == {"lab-1/q1/p01/r0/1": "unu\ndoi", "lab-1/q2/p01/r0/1": "trei"}


KOBO_OWN = [
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
    "_index",
]
KOBO_ROW = ["981", "e1f2", "2026-11-20T09:00:00", "", "", "submitted_via_web", "", "vAbc", "", "1"]
LIME_CODES = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
LIME_TEXTS = ["Response ID", "Date submitted", "Last page", "Start language", "Seed"]
LIME_ROW = ["7", "2026-11-20 09:00:00", "1", "ro", "12345"]


@pytest.mark.parametrize("kind", ["kobo names", "kobo labels", "kobo xlsx", "lime codes", "lime texts", "lime codes and texts"])
def test_what_form_tools_export_is_known_by_its_titles(make: Make, kind: str) -> None:
    """Names or labels of KoBoToolbox, codes or texts of LimeSurvey: nothing has to be said of the columns, and nothing is left over."""
    folder = make()
    asked = {"q1": "Ce lipsește?", "q2": "Who helps?", "q3": "Ce urmează?"}
    said = ["un loc", "", "007"]
    survey = openpyxl.load_workbook(folder.root / "out/lab-1/questionnaire.xlsform.xlsx")["survey"]
    titles = {str(row[1].value): str(row[3].value) for row in survey.iter_rows(min_row=2)}
    assert list(titles) == ["intro", "q1", "q2", "q3", "privacy", "statement"]
    names = ["start", "end", *titles]
    kobo = ["2026-11-20T08:00", "2026-11-20T09:00", "", *said, "", "", *KOBO_ROW]
    header, row = {
        "kobo names": ([*names, *KOBO_OWN], kobo),
        "kobo labels": (["start", "end", *titles.values(), *KOBO_OWN], kobo),
        "kobo xlsx": ([*names, *KOBO_OWN], kobo),
        "lime codes": ([*LIME_CODES, *asked], [*LIME_ROW, *said]),
        "lime texts": ([*LIME_TEXTS, *asked.values()], [*LIME_ROW, *said]),
        "lime codes and texts": (
            [f"id. {LIME_TEXTS[0]}", *LIME_TEXTS[1:], *(f"{q}. {text}" for q, text in asked.items())],
            [*LIME_ROW, *said],
        ),
    }[kind]
    if kind == "kobo xlsx":
        book = openpyxl.Workbook()
        book.worksheets[0].append(header)
        book.worksheets[0].append(row)
        stream = io.BytesIO()
        book.save(stream)
        path = sent(folder, stream.getvalue(), "export.xlsx")
    else:
        path = sent(folder, written([header, row], ";" if kind.startswith("kobo") else ","), "export.csv")
    (report,) = taken(folder, path).sheets
    assert notes(folder) == {"lab-1/q1/p01/r0/1": "un loc", "lab-1/q3/p01/r0/1": "007"}
    assert report.not_read == ()


def test_a_large_export_numbers_its_rows_too(make: Make) -> None:
    """Read piece by piece, each row is a person with the next number."""
    folder = make()
    taken(folder, sent(folder, filled_forms.word(form(folder, "docx"), ION), "f.docx"))
    taken(folder, sent(folder, written([["q1", "q2"], ["unu", "doi"], ["trei", ""]]), "mare.csv"), large=True)
    ours = {"lab-1/q1/p02/r0/1": "unu", "lab-1/q2/p02/r0/1": "doi", "lab-1/q1/p03/r0/1": "trei"}
    assert notes(folder) == answers(ION, "p01") | ours


def test_the_counts_of_a_tool_are_no_numbers_of_ours(make: Make) -> None:
    """A survey counts its answers from 1, too: its first one is not the person whose form came first."""
    folder = make()
    taken(folder, sent(folder, filled_forms.word(form(folder, "docx"), ION), "f.docx"))
    taken(folder, sent(folder, written([[*LIME_CODES, "q1"], ["1", *LIME_ROW[1:], "altul"]]), "lime.csv"))
    assert notes(folder) == answers(ION, "p01") | {"lab-1/q1/p02/r0/1": "altul"}


def test_the_definitions_name_each_question_by_its_id(make: Make) -> None:
    """XLSForm and LimeSurvey hold the questions in each language, the deadline, the statement; the same event gives the same bytes."""
    folder = make()
    out = folder.root / "out/lab-1"
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    book = openpyxl.load_workbook(io.BytesIO(before["questionnaire.xlsform.xlsx"]))
    assert book.sheetnames == ["survey", "choices", "settings"]
    rows = [[cell.value for cell in row] for row in book["survey"].iter_rows()]
    assert rows[0] == ["type", "name", "label::Română (ro)", "label::English (en)", "appearance"]
    assert rows[2] == ["text", "q1", "Ce lipsește?", "What is missing?", "multiline"]
    assert "27 noiembrie 2026" in str(rows[1][2])
    assert "Interreg Europe" in str(rows[-1][3])
    settings = dict(zip(*([cell.value for cell in row] for row in book["settings"].iter_rows()), strict=True))
    assert settings == {
        "form_title": "Chestionar · Atelier & vecini",
        "form_id": "lab-1",
        "version": settings["version"],
        "default_language": "Română (ro)",
    }
    lime = before["questionnaire.limesurvey.txt"].decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(lime), delimiter="\t", quoting=csv.QUOTE_NONE))
    asked = [(row["type/scale"], row["name"], row["text"], row["language"]) for row in table if row["class"] == "Q"]
    assert asked[:1] == [("T", "q1", "Ce lipsește?", "ro")]
    assert asked[3:4] == [("T", "q1", "What is missing?", "en")]
    survey = {row["name"]: row["text"] for row in table if row["class"] == "S"}
    assert (survey["language"], survey["additional_languages"], survey["expires"]) == ("ro", "en", "2026-11-27 23:59:59")
    titles = {row["language"]: row["text"] for row in table if row["name"] == "surveyls_title"}
    assert titles == {"ro": "Chestionar · Atelier &amp; vecini", "en": "Questionnaire · Lab &amp; neighbours"}
    kit.build(folder, "lab-1", ["questionnaire"], force=True)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_no_expression_or_markup_of_a_tool_can_be_written_into_a_question(make: Make) -> None:
    """Braces, tags and tabs of a question reach LimeSurvey as text, and `${q1}` is no reference in XLSForm."""
    folder = make("ro", ASKED.replace('ro: "Cine ajută?"', 'ro: "Cine {q1} <b>ajută</b> ${q1}?"'))
    lime = (folder.root / "out/lab-1/questionnaire.limesurvey.txt").read_text("utf-8-sig")
    assert "Cine &#123;q1&#125; &lt;b&gt;ajută&lt;/b&gt; $&#123;q1&#125;?" in lime
    survey = openpyxl.load_workbook(folder.root / "out/lab-1/questionnaire.xlsform.xlsx")["survey"]
    assert survey["C4"].value == "Cine {q1} <b>ajută</b> $ {q1}?"
