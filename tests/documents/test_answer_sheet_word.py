"""The answer sheet in Word: one for each table, printed codes that lead every answer home, whatever people do to the rest."""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document

from conftest import Run
from ecocsme.documents import kit
from ecocsme.event import model
from ecocsme.notes import incoming, readers
from ecocsme.notes.answers import Answers, answers
from ecocsme.project.folder import Folder
from support import small_project, word_files

LAB = """\
id: lab-1
title: {ro: "Atelier & vecini", en: "Lab"}
date: 2020-10-20
tables: 2
rounds: 2
questions:
- {id: q1, ro: "Ce lipsește?", en: "What is missing?"}
- {id: q2, ro: "Cine ajută?", en: "Who helps?"}
"""
ALONE = LAB.replace("tables: 2\nrounds: 2\n", "mode: questionnaire\n")
STATED = "programme: interreg-europe-2014-2020\ncode: PGI06047\n"


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str, str], Folder]:
    """Make a project with one event, which speaks some languages."""

    def make(event: str, languages: str = "ro, en") -> Folder:
        folder = small_project.make(tmp_path)
        (tmp_path / "events/lab-1").mkdir(parents=True, exist_ok=True)
        (tmp_path / "events/lab-1/event.yaml").write_text(f"{event}languages: [{languages}]\n", "utf-8")
        return folder

    return make


def built(folder: Folder, name: str = "answer-sheet-t2.ro-en") -> bytes:
    """Build the kit and return one of its documents."""
    kit.build(folder, "lab-1", ["answer-sheet"], force=True)
    return (folder.root / f"out/lab-1/{name}.docx").read_bytes()


def read(folder: Folder, data: bytes) -> Answers:
    """Read a sheet back; every text must be accounted for."""
    seen = incoming.eyes(folder, model.load(folder, "lab-1").value, None, None)
    found = answers(readers.read(data, "fisa.docx", seen.hints), seen.known, "fisa.docx")
    assert len(found.drafts) + len(found.not_read) + found.headers + found.context == found.size
    return found


def told(found: Answers) -> Counter[tuple[str, str]]:
    """The answers, each with the place it belongs to."""
    return Counter(("/".join(part for part in (d.origin.question, d.origin.table, d.origin.round) if part), d.text) for d in found.drafts)


def opened(data: bytes) -> Document:
    """A document as a person has it on the screen."""
    return docx.Document(io.BytesIO(data))


def saved(document: Document) -> bytes:
    """The document as Word would save it."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def filled(data: bytes) -> tuple[bytes, Counter[tuple[str, str]]]:
    """The document with answers in some rows of each of its tables, and what they are."""
    document, typed = opened(data), Counter[tuple[str, str]]()
    for number, table in enumerate(document.tables):
        code = table.rows[0].cells[1].text.rpartition(" ")[2].removeprefix("lab-1/").replace("/t0/r0", "")
        for row, text in ((1, f"ideea {number}"), (2, "007"), (4, "Ce lipsește?!\na doua linie"), (8, "Masa 1")):
            table.rows[row].cells[1].text = text
            typed[code, text] += 1
    return saved(document), typed


def test_each_table_has_its_own_sheet(make: Callable[..., Folder]) -> None:
    """Workbook and Word documents are built; each says its table, and for every round and question the code, both texts and empty rows."""
    folder = make(LAB)
    placed = kit.build(folder, "lab-1", ["answer-sheet"])
    names = ["answer-sheet.ro-en.xlsx", "answer-sheet-t1.ro-en.docx", "answer-sheet-t2.ro-en.docx"]
    assert list(placed.paths) == [f"out/lab-1/{name}" for name in names]
    document = opened((folder.root / placed.paths[2]).read_bytes())
    lines = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert lines[:2] == ["Fișă de răspunsuri / Answer sheet", "Atelier & vecini · 20 octombrie 2020 · lab-1"]
    assert lines[2].startswith("Scrieți fiecare idee pe un rând al ei")
    assert "\nWrite each idea in a row of its own" in lines[2]
    assert lines[3:] == [
        line
        for number in (1, 2)
        for line in (
            f"Masa 2 / Table 2 · Runda {number} / Round {number}",
            "1. Ce lipsește?",
            "What is missing?",
            "2. Cine ajută?",
            "Who helps?",
        )
    ]
    codes = [table.rows[0].cells[1].text for table in document.tables]
    assert codes == [f"Răspunsul / Answer · lab-1/{q}/t2/{r}" for r in ("r1", "r2") for q in ("q1", "q2")]
    assert {tuple(cell.text for cell in row.cells) for row in document.tables[0].rows[1:]} == {(f"{number}.", "") for number in range(1, 9)}


def test_a_sheet_is_printed_on_a4_with_rows_to_write_into(make: Callable[..., Folder]) -> None:
    """Rows are about nine millimetres high and stay together; the second language is marked as such."""
    data = built(make(LAB))
    section = opened(data).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    xml = word_files.parts(data)["word/document.xml"].decode()
    assert xml.count('<w:trHeight w:val="500" w:hRule="atLeast"/>') == 4 * 8
    assert '<w:lang w:val="en-GB"/></w:rPr><w:t xml:space="preserve">What is missing?</w:t>' in xml


def test_the_funding_statement_is_on_the_sheet(make: Callable[..., Folder]) -> None:
    """As on every other document of the programme; read back it is no answer."""
    folder = make(LAB)
    project = folder.root / "project.yaml"
    project.write_text(project.read_text("utf-8") + STATED, "utf-8")
    data, typed = filled(built(folder))
    assert "Interreg Europe" in word_files.paragraphs(data)[-1]
    found = read(folder, data)
    assert (told(found), found.not_read) == (typed, ())


@pytest.mark.parametrize("languages", ["ro, en", "en, ro", "ro", "en"])
@pytest.mark.parametrize("event", [LAB, ALONE], ids=["tables", "alone"])
def test_what_is_typed_comes_back_exactly(make: Callable[..., Folder], languages: str, event: str) -> None:
    """In each language, with tables or without: every answer at its place, nothing that was printed is one, nothing is left."""
    folder = make(event, languages)
    name = f"answer-sheet{'-t2' if event == LAB else ''}.{languages.replace(', ', '-')}"
    data, typed = filled(built(folder, name))
    found = read(folder, data)
    assert told(found) == typed
    assert (found.not_read, found.said) == ((), ())


def test_rows_that_were_added_merged_or_copied_change_nothing(make: Callable[..., Folder]) -> None:
    """New rows with or without a number, an answer across both columns, one over the number, two numbers merged, a remark below."""
    folder = make(LAB)
    document = opened(built(folder))
    first, second, *_ = document.tables
    first.add_row().cells[1].text = "rând nou"
    row = first.add_row()
    row.cells[0].text, row.cells[1].text = "10.", "rând nou cu număr"
    first.rows[3].cells[1].text = "unit"
    first.rows[3].cells[0].merge(first.rows[3].cells[1])
    first.rows[5].cells[0].merge(first.rows[6].cells[0])
    first.rows[7].cells[0].text = "7. peste număr"
    first.rows[2].cells[1].text = "pe două rânduri"
    first.rows[1].cells[1].merge(first.rows[2].cells[1])
    second.rows[1].cells[1].add_table(2, 1).cell(1, 0).text = "într-un tabel"
    second._element.addnext(document.add_paragraph("scris sub tabel")._p)
    found = read(folder, saved(document))
    assert told(found) == Counter(
        [("q1/t2/r1", text) for text in ("rând nou", "rând nou cu număr", "unit", "peste număr", "pe două rânduri")]
        + [("q2/t2/r1", "într-un tabel"), ("q2/t2/r1", "scris sub tabel")]
    )
    assert found.not_read == ()


def test_an_edited_event_changes_nothing_of_a_printed_sheet(make: Callable[..., Folder]) -> None:
    """Questions, title and words may read otherwise by the time the sheet comes back."""
    folder = make(LAB)
    data, typed = filled(built(folder))
    changed = LAB.replace("Ce lipsește", "Ce ne lipsește").replace("What is", "What else is").replace("Atelier", "Altul")
    folder.event_file("lab-1").write_text(f"{changed}languages: [ro, en]\n", "utf-8")
    found = read(folder, data)
    assert (told(found), found.not_read) == (typed, ())


def test_a_sheet_of_another_event_is_refused(make: Callable[..., Folder], tmp_path: Path, run: Run) -> None:
    """Its codes say where it belongs."""
    data, _ = filled(built(make(LAB)))
    members = {name: part.replace(b"lab-1/q1", b"lab-2/q1") for name, part in word_files.parts(data).items()}
    (tmp_path / "fisa.docx").write_bytes(word_files.packed(members))
    done = run("import-notes", "lab-1", "fisa.docx", cwd=tmp_path)
    assert done.code == 1
    assert "fisa.docx: table 1, row 1, column 2: was printed for the event lab-2; import it into that event" in done.err


def test_a_correction_keeps_the_ids(make: Callable[..., Folder], tmp_path: Path, run: Run) -> None:
    """A second import of the corrected sheet changes, adds and withdraws exactly what was corrected."""
    document = opened(built(make(LAB)))
    for row, text in ((1, "granturi mici"), (2, "mai multe spații"), (3, "trei")):
        document.tables[0].rows[row].cells[1].text = text
    sheet = tmp_path / "fisa.docx"
    sheet.write_bytes(saved(document))
    assert run("import-notes", "lab-1", "fisa.docx", cwd=tmp_path).code == 0
    document.tables[0].rows[2].cells[1].text = "mai multe spații noi"
    document.tables[0].rows[3].cells[1].text = ""
    document.tables[1].rows[1].cells[1].text = "nou"
    sheet.write_bytes(saved(document))
    assert run("import-notes", "lab-1", "fisa.docx", "--replaces", "fisa.docx", "--accept-withdrawn", cwd=tmp_path).code == 0
    notes = "\n".join(path.read_text("utf-8") for path in sorted((tmp_path / "events/lab-1/notes").iterdir()))
    assert sorted(line.split(",")[0] for line in notes.splitlines() if ",current," in line) == [
        "lab-1/q1/t2/r1/1", "lab-1/q1/t2/r1/2", "lab-1/q2/t2/r1/1",
    ]  # fmt: skip


def test_a_sheet_that_was_filled_in_is_never_overwritten(make: Callable[..., Folder]) -> None:
    """Building again puts the new sheet beside it."""
    folder = make(LAB)
    data, _ = filled(built(folder))
    path = folder.root / "out/lab-1/answer-sheet-t2.ro-en.docx"
    path.write_bytes(data)
    placed = kit.build(folder, "lab-1", ["answer-sheet"])
    assert path.read_bytes() == data
    assert "out/lab-1/answer-sheet-t2.ro-en.new.docx" in placed.paths
    assert [str(one).partition(": warning: ")[2] for one in placed.said] == [
        "was changed by hand and is kept; the new build is out/lab-1/answer-sheet-t2.ro-en.new.docx"
    ]


def test_a_template_of_ones_own_is_used(make: Callable[..., Folder]) -> None:
    """A project may word its sheets otherwise, and they are read back by the same codes."""
    folder = make(LAB)
    own = folder.root / "templates/documents/answer-sheet.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text(
        '{% extends "shipped/answer-sheet.md.j2" %}{% block help %}::: small\n[Spor la scris!]{ #answer-sheet-help }\n:::\n\n{% endblock %}'
    )
    data, typed = filled(built(folder))
    assert "Spor la scris!" in word_files.paragraphs(data)
    assert told(read(folder, data)) == typed


@pytest.mark.slow
def test_libreoffice_may_save_it(make: Callable[..., Folder], tmp_path: Path) -> None:
    """Saved as a Word document, or by way of an OpenDocument text, it says the same; what was printed in it is still known as such."""
    folder = make(LAB)
    project = folder.root / "project.yaml"
    project.write_text(project.read_text("utf-8") + STATED, "utf-8")
    data, typed = filled(built(folder))
    (tmp_path / "fisa.docx").write_bytes(data)
    for source, kind, target in (("fisa.docx", "docx", "a"), ("fisa.docx", "odt", "b"), ("b/fisa.odt", "docx", "c")):
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            kind,
            "--outdir",
            target,
            source,
        ]
        try:
            subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=120)
        except FileNotFoundError:
            pytest.skip("LibreOffice is not installed")
    for name in ("a", "c"):
        found = read(folder, (tmp_path / name / "fisa.docx").read_bytes())
        assert (told(found), found.not_read, found.said) == (typed, (), ())
