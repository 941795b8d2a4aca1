"""A person is forgotten: no byte of theirs stays in the project's own files, everybody else's answers stay as they were."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from conftest import Run
from ecocsme.chain import forgetting
from ecocsme.errors import Ambiguous, UnknownName
from ecocsme.notes import forgotten, store
from ecocsme.notes.importing import import_sheets
from ecocsme.project.folder import Folder
from support import word_files
from support.small_project import EVENT, EVENT_FILE, csv_bytes, make, tree

HEADER = ("Respondent", "Nume", "q1", "q2")
ROWS = (
    ("p1", "Ion Ionescu", "granturi mici pentru ateliere", "școlile din cartier"),
    ("p2", "Ana Popescu", "mentorat de la oameni cu experiență", "băncile; „mai ales”\ncele locale"),
    ("p3", "Eva Kovács", "spații accesibile fără trepte", "clusterul de tehnologie"),
)
THEIRS = ("Ana Popescu", "mentorat de la oameni", "mai ales", "cele locale")
PLAN = """\
id: tm
title: "Planul"
language: ro
actions:
  - id: A1
    title: "Mentorat"
    evidence: ["note:lab-1/q1/p02/r0/1", "theme:bani"]
    quotes: [{note: "lab-1/q1/p02/r0/1", text: "mentorat de la oameni cu experiență"}]
"""
PLAN_WITHOUT = PLAN.replace('"note:lab-1/q1/p02/r0/1", ', "").split("    quotes")[0]
Make = Callable[[tuple[tuple[str, ...], ...]], bytes]


def workbook(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """The answers as an Excel workbook."""
    book = openpyxl.Workbook()
    tab = book.worksheets[0]
    for row in (HEADER, *rows):
        tab.append(row)
    tab["C3"].comment = openpyxl.comments.Comment("Ana Popescu a spus asta", "cineva") if len(rows) > 1 else None
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def semicolons(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """The answers as a Romanian Excel saves them: semicolons, an old encoding, Windows line ends."""
    lines = [";".join('"' + cell.replace("„", '""').replace("”", '""') + '"' for cell in row) for row in (HEADER, *rows)]
    return b"sep=;\r\n" + "".join(f"{line}\r\n" for line in lines).encode("cp1250", "replace")


def plain(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """The answers as a form tool exports them."""
    return csv_bytes(rows, HEADER)


def wide(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """The answers in UTF-16, as “Unicode text” of Excel."""
    return "\ufeff".encode("utf-16-le") + csv_bytes(rows, HEADER).decode().replace('","', '"\t"').encode("utf-16-le")


FORMATS: dict[str, Make] = {"a.csv": plain, "b.csv": semicolons, "c.tsv": wide, "d.xlsx": workbook}


def readable(path: Path) -> Iterator[str]:
    """The bytes of a file as text, and those of everything that is packed in it."""
    data = path.read_bytes()
    for encoding in ("utf-8", "cp1250", "utf-16-le"):
        yield data.decode(encoding, "ignore")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            yield from (container.read(name).decode("utf-8", "ignore") for name in container.namelist())


def holding(folder: Folder) -> list[str]:
    """The files below the project that hold anything of the person."""
    files = [path for path in sorted(folder.root.rglob("*")) if path.is_file()]
    return [folder.shown(path) for path in files if any(word in text for text in readable(path) for word in THEIRS)]


def imported(root: Path, name: str = "a.csv", rows: tuple[tuple[str, ...], ...] = ROWS) -> Folder:
    """A project with one imported questionnaire."""
    folder = make(root / "p")
    import_sheets(folder, EVENT, [received(root, name, rows)])
    return folder


def received(root: Path, name: str, rows: tuple[tuple[str, ...], ...] = ROWS) -> Path:
    """A sheet as it was received."""
    path = root / "inbox" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(FORMATS.get(name, plain)(rows))
    return path


def others(folder: Folder) -> dict[str, tuple[str, str, str]]:
    """The notes of everybody else: text, cell and state by ID; every seal holds."""
    read = store.load(folder)
    assert [problem for problem in read.problems if problem.severity == "error"] == []
    return {note.id: (note.text, note.cell, note.state) for note in read.notes if note.respondent != "p02"}


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_of_the_person_stays(tmp_path: Path, name: str, run: Run) -> None:
    """Notes and the row in the copy go in every format; all others keep their IDs, texts and cells, and check is content."""
    folder = imported(tmp_path, name)
    before = others(folder)
    assert holding(folder) == [f"events/{EVENT}/notes/{name}.csv", f"events/{EVENT}/sheets/{name}"]
    done = forgetting.forget(folder, ["p2"])
    assert [note.id for note in done.notes] == [f"{EVENT}/q1/p02/r0/1", f"{EVENT}/q2/p02/r0/1"]
    assert (done.rewritten, done.removed, done.elsewhere) == ((f"events/{EVENT}/sheets/{name}",), (), ())
    assert (holding(folder), others(folder)) == ([], before)
    assert run("check", "--strict", cwd=folder.root).code == 0


def test_other_rows_keep_their_bytes(tmp_path: Path) -> None:
    """In a CSV file only the row of the person is emptied; the rest is byte for byte as received."""
    folder = imported(tmp_path)
    forgetting.forget(folder, ["p2"])
    lines = plain((ROWS[0], ROWS[2])).split(b"\r\n")
    emptied = b'"","","","\n"'  # the quotation marks and the line break inside them stay, so that the rest is read as before
    assert (folder.sheets(EVENT) / "a.csv").read_bytes() == b"\r\n".join([*lines[:2], emptied, *lines[2:]])


def test_the_same_bytes_bring_nobody_back(tmp_path: Path, run: Run) -> None:
    """The sheet as received is recognised by its hash and said to hold what was forgotten; nothing is written."""
    folder = imported(tmp_path)
    forgetting.forget(folder, ["p2"])
    before = tree(folder.root)
    for flags in ((), ("--replaces", "a.csv"), ("--new",), ("--redact",)):
        again = run("import-notes", str(tmp_path / "inbox/a.csv"), *flags, cwd=folder.root)
        assert (again.code, tree(folder.root)) == (0, before), again.err
        assert "warning: these bytes hold answers that were forgotten" in again.err


def test_another_sheet_with_the_person_is_refused(tmp_path: Path, run: Run) -> None:
    """A correction that holds the person again names the cells and imports nothing; --new says that it is somebody else."""
    folder = imported(tmp_path)
    forgetting.forget(folder, ["p2"])
    before = tree(folder.root)
    corrected = received(tmp_path, "e.csv", (*ROWS, ("p4", "X", "altceva", "")))
    for flags in ((), ("--replaces", "a.csv")):
        refused = run("import-notes", str(corrected), *flags, cwd=folder.root)
        assert (refused.code, tree(folder.root)) == (1, before)
        assert "C3, D3: these are answers of a respondent who was forgotten" in refused.err
    assert run("import-notes", str(corrected), "--new", cwd=folder.root).code == 0
    given = {note.id for note in store.load(folder).notes if note.respondent == "p02"}
    assert given == {f"{EVENT}/q1/p02/r0/2", f"{EVENT}/q2/p02/r0/2"}


def test_the_stone_names_nobody(tmp_path: Path) -> None:
    """It holds the IDs that are never given again and the hashes of the sheets, and nothing else."""
    folder = imported(tmp_path)
    forgetting.forget(folder, [f"{EVENT}/p2"])
    stones = (folder.root / forgotten.name(EVENT)).read_text("utf-8").splitlines()
    hashes = {line.split(",")[1] for line in stones[1:]}
    assert stones[0] == "note,sheet_sha256"
    assert [line.split(",")[0] for line in stones[1:]] == ["", f"{EVENT}/q1/p02/r0/1", f"{EVENT}/q2/p02/r0/1"]
    assert len(hashes) == 1


def test_a_sheet_of_one_person_goes_whole(tmp_path: Path, run: Run) -> None:
    """Its notes file and its copy are removed; the stone stays, and check is content."""
    folder = imported(tmp_path, "a.csv", ROWS[1:2])
    done = forgetting.forget(folder, ["p2"])
    assert done.removed == (f"events/{EVENT}/sheets/a.csv",)
    assert set(tree(folder.root)) == {"project.yaml", f"events/{EVENT}/event.yaml", f"events/{EVENT}/forgotten.csv"}
    assert run("check", "--strict", cwd=folder.root).code == 0


def test_a_copy_that_cannot_be_rewritten_goes_whole(tmp_path: Path, run: Run) -> None:
    """A workbook that holds the words elsewhere, too, is removed and named; the notes of all others stay, and check is content."""
    folder = make(tmp_path / "p")
    path = received(tmp_path, "d.xlsx")
    book = openpyxl.load_workbook(path)
    book.properties.description = ROWS[1][2]
    book.save(path)
    import_sheets(folder, EVENT, [path])
    before = others(folder)
    done = forgetting.forget(folder, ["p2"])
    assert (done.rewritten, done.removed) == ((), (f"events/{EVENT}/sheets/d.xlsx",))
    assert (holding(folder), others(folder)) == ([], before)
    assert run("check", "--strict", cwd=folder.root).code == 0


def test_a_row_with_formulas_is_not_cut_out(tmp_path: Path) -> None:
    """Other cells may be computed from it: the whole copy of such a workbook goes."""
    folder = make(tmp_path / "p")
    path = received(tmp_path, "d.xlsx")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["E3"] = "=A3"
    book.worksheets[0]["E1"] = "Alt"
    book.save(path)
    import_sheets(folder, EVENT, [path])
    assert forgetting.forget(folder, ["p2"]).removed == (f"events/{EVENT}/sheets/d.xlsx",)
    assert holding(folder) == []


def test_lines_of_a_text(tmp_path: Path, run: Run) -> None:
    """An answer in a Markdown sheet is one line: it is emptied, and all others keep their lines."""
    folder = make(tmp_path / "p")
    path = tmp_path / "masa.md"
    path.write_text("## Masa 1, runda 1\n\n### q1\n- granturi mici\n- mentorat de la oameni\n- spații\n", encoding="utf-8")
    import_sheets(folder, EVENT, [path])
    before = others(folder)
    gone = next(note.id for note in store.load(folder).notes if note.text.startswith("mentorat"))
    done = forgetting.forget(folder, [gone])
    assert (done.removed, holding(folder)) == ((), [])
    assert others(folder) == {note: kept for note, kept in before.items() if note != gone}
    assert run("check", "--strict", cwd=folder.root).code == 0


def test_every_version_of_a_sheet_is_cleared(tmp_path: Path, run: Run) -> None:
    """Rows in a version that was corrected since go, too, and notes that the correction withdrew."""
    folder = imported(tmp_path)
    changed = received(tmp_path, "e.csv", (ROWS[0], ("p2", "Ana Popescu", "mentorat de la oameni mai tineri", ""), ROWS[2]))
    import_sheets(folder, EVENT, [changed], replaces="a.csv", accept_withdrawn=True)
    assert len(holding(folder)) == 3
    before = others(folder)
    done = forgetting.forget(folder, ["p2"])
    assert len(done.notes) == 2
    assert (holding(folder), others(folder)) == ([], before)
    assert run("check", "--strict", cwd=folder.root).code == 0
    for name in ("a.csv", "e.csv"):
        assert "were forgotten" in run("import-notes", str(tmp_path / "inbox" / name), cwd=folder.root).err


def test_one_note_of_a_table(tmp_path: Path, run: Run) -> None:
    """The ID of a note takes its cell alone out of the copy; its number is never given again."""
    folder = imported(tmp_path)
    note = f"{EVENT}/q1/p02/r0/1"
    forgetting.forget(folder, [note])
    data = (folder.sheets(EVENT) / "a.csv").read_bytes()
    assert b"mentorat" not in data
    assert b"Ana Popescu" in data
    assert note not in {one.id for one in store.load(folder).notes}
    assert f"{EVENT}/q2/p02/r0/1" in {one.id for one in store.load(folder).notes}
    assert run("check", "--strict", cwd=folder.root).code == 0


def test_masked_notes_are_found_in_their_sheet(tmp_path: Path) -> None:
    """Where the notes hold masks and the copy the values, both go."""
    rows = (ROWS[0], ("p2", "Ana Popescu", "mentorat de la oameni: ana@example.org", ""), ROWS[2])
    folder = make(tmp_path / "p")
    import_sheets(folder, EVENT, [received(tmp_path, "a.csv", rows)], redact=True)
    forgetting.forget(folder, [f"{EVENT}/q1/p02/r0/1"])
    assert b"ana@example.org" not in (folder.sheets(EVENT) / "a.csv").read_bytes()


def test_lists_of_the_event(tmp_path: Path) -> None:
    """The lines of the person in participants, names and seats go; a participant without answers is found there."""
    folder = imported(tmp_path)
    event = folder.event_folder(EVENT)
    (event / "names.csv").write_text("id,name,organisation,email\np2,Ana Popescu,,a@b.ro\np7,Ion,,\n", encoding="utf-8")
    (event / "participants.csv").write_text("id;sector\np2;culture\np7;it\n", encoding="utf-8")
    (event / "seating.csv").write_text("round,table,participant,role\nr1,t1,p2,host\nr1,t1,p7,\n", encoding="utf-8")
    assert forgetting.forget(folder, ["p2"]).lines == 3
    assert holding(folder) == []
    assert (event / "names.csv").read_text("utf-8") == "id,name,organisation,email\np7,Ion,,\n"
    done = forgetting.forget(folder, ["p7"])
    assert (done.notes, done.lines) == ((), 3)


@pytest.mark.parametrize("name", ["a.csv", "d.xlsx"])
def test_several_at_once(tmp_path: Path, name: str, run: Run) -> None:
    """Two persons and a single note of one sheet go together; what is left stays as it was."""
    folder = imported(tmp_path, name)
    forgetting.forget(folder, ["p2", "p01", f"{EVENT}/q1/p03/r0/1"])
    assert [note.text for note in store.load(folder).notes] == ["clusterul de tehnologie"]
    texts = [text for path in folder.root.rglob("*") if path.is_file() for text in readable(path)]
    gone = ("granturi mici", "Ion Ionescu", "mentorat", "Ana Popescu", "spații accesibile")
    assert [word for word in gone if any(word in text for text in texts)] == []
    assert any("Eva Kovács" in text for text in texts)
    assert run("check", "--strict", cwd=folder.root).code == 0


def test_who_is_meant(tmp_path: Path) -> None:
    """An unknown person is refused with the nearest name, one whom two events have with both."""
    folder = imported(tmp_path)
    with pytest.raises(UnknownName, match="did you mean lab-1/p02"):
        forgetting.foresee(folder, ["lab-1/p22"])
    (folder.root / "events" / "lab-2").mkdir()
    (folder.root / "events/lab-2/event.yaml").write_text(EVENT_FILE.replace("lab-1", "lab-2"), encoding="utf-8")
    import_sheets(folder, "lab-2", [received(tmp_path, "a.csv")])
    with pytest.raises(Ambiguous, match="say lab-1/p02 or lab-2/p02"):
        forgetting.forget(folder, ["p2"])
    forgetting.forget(folder, ["lab-1/p2"])
    assert {note.event for note in store.load(folder).notes if note.respondent == "p02"} == {"lab-2"}


def test_the_whole_way_to_documents_without_the_person(tmp_path: Path, run: Run) -> None:
    """Decisions go, plans and documents are named; with the plan mended and all built again, no byte is left, unzipped ones too."""
    folder = imported(tmp_path)
    (folder.root / "themes.yaml").write_text('themes:\n  - {id: bani, name: "Bani"}\n', encoding="utf-8")
    (folder.root / "plans").mkdir()
    (folder.root / "plans/tm.yaml").write_text(PLAN, encoding="utf-8")
    (folder.root / "archive").mkdir()
    (folder.root / "archive/sent.md").write_text(f"> {ROWS[1][2]}\n", encoding="utf-8")
    notes = [f"{EVENT}/{question}/{person}/r0/1" for question in ("q1", "q2") for person in ("p01", "p02", "p03")]
    assert run("decide", "assign", *notes, "--theme", "bani", "--when", "2020-11-01", cwd=folder.root).code == 0
    built = run("build-plan", "tm", cwd=folder.root)
    assert built.code == 0, built.err
    refused = run("forget", "p2", cwd=folder.root)
    assert (refused.code, "--yes" in refused.err) == (2, True)
    before = tree(folder.root)
    shown = run("forget", "p2", "--dry-run", cwd=folder.root)
    assert (shown.code, tree(folder.root)) == (0, before)
    done = run("forget", "p2", "--yes", cwd=folder.root)
    assert done.code == 0
    assert not [word for word in THEIRS if word in done.said + shown.said]
    named = [line.split(":")[0] for line in done.err.splitlines() if "warning" in line]
    assert {"archive/sent.md", "plans/tm.yaml", "out/tm/action-plan.ro.docx", "out/tm/action-plan.ro.md"} <= set(named)
    assert "git history" in done.err
    assert "p02" not in (folder.root / "decisions.csv").read_text("utf-8")
    (folder.root / "plans/tm.yaml").write_text(PLAN_WITHOUT, encoding="utf-8")
    (folder.root / "archive/sent.md").unlink()
    again = run("build", cwd=folder.root)
    assert again.code == 0, again.err
    assert holding(folder) == []
    assert (folder.root / "out/tm/action-plan.ro.docx").is_file()


def test_papers_with_the_name_are_named_and_made_again(tmp_path: Path, run: Run) -> None:
    """A badge, a signed list and a registration that lies about hold the name or the address; built again, no paper does."""
    folder = imported(tmp_path)
    place = folder.root / "events" / EVENT
    (place / "event.yaml").write_text(EVENT_FILE.replace("tables: 6\nrounds: 3\n", ""), "utf-8")
    (place / "participants.csv").write_text(
        "id,sector,language,registered,came,consent_quote,consent_photo\np02,,,,,,\np03,,,,,,\n", "utf-8"
    )
    (place / "names.csv").write_text("id,name,organisation,email\np02,Oana  Pop,,o.pop@example.org\np03,Eva Kovács,,\n", "utf-8")
    (folder.root / "list.txt").write_text("o.pop@example.org; Oana Popescu\n", "utf-8")
    (folder.root / "other.txt").write_text("Ioana Pop, Oana Popescu\n", "utf-8")
    parts = ("--only", "badges", "--only", "sign-in-list", "--only", "evaluation-form")
    assert run("build-kit", EVENT, *parts, cwd=folder.root).code == 0
    done = run("forget", "p2", "--yes", cwd=folder.root)
    assert done.code == 0, done.err
    papers = [f"out/{EVENT}/{kind}.ro-en.docx" for kind in ("badges", "sign-in-list")]
    said = [line.split(": warning: ") for line in done.err.splitlines() if "of a forgotten person" in line]
    assert [name for name, _ in said] == ["list.txt", *papers]
    assert said[1][1] == "holds the name or the address of a forgotten person; build it again with `ecocsme build`"
    assert "Pop" not in done.said
    again = run("build", cwd=folder.root)
    assert again.code == 0, again.err
    for name in papers:
        assert "Oana" not in "".join(word_files.paragraphs((folder.root / name).read_bytes()))
    assert forgetting.mentions.elsewhere(folder, (), (), (), {"Oana Pop"}) == ()


def test_nothing_is_written_where_something_is_damaged(tmp_path: Path, run: Run) -> None:
    """A damaged notes file or stone ends the command with 1, and every file stays as it was."""
    folder = imported(tmp_path)
    (folder.root / forgotten.name(EVENT)).write_text("note,sheet_sha256\nx,y\n", encoding="utf-8")
    before = tree(folder.root)
    refused = run("forget", "p2", "--yes", cwd=folder.root)
    assert (refused.code, tree(folder.root)) == (1, before)
    assert f"events/{EVENT}/forgotten.csv:2: is not as ecocsme wrote it" in refused.err
    assert run("check", cwd=folder.root).code == 1


def test_what_hangs_on_a_forgotten_note_stands_alone(tmp_path: Path) -> None:
    """The item below one that is forgotten stays, and names no parent that is no longer there."""
    folder = make(tmp_path / "p")
    path = tmp_path / "masa.md"
    path.write_text("## q1\n\n- mentorat de la oameni\n  - de exemplu seara\n- spații\n", encoding="utf-8")
    import_sheets(folder, EVENT, [path])
    outer, inner, _ = store.load(folder).notes
    assert inner.parent == outer.id
    forgetting.forget(folder, [outer.id])
    left = {note.text: note.parent for note in store.load(folder).notes}
    assert left == {"de exemplu seara": "", "spații": ""}
    assert store.load(folder).problems == ()
