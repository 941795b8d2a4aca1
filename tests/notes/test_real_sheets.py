"""Real sheets beside the checkout: each gives exactly its answers, once, by the titles of its columns or by their places."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from conftest import SHARED, Run
from ecocsme.files.yaml_text import quoted
from ecocsme.notes.column_names import by_place, spans
from ecocsme.notes.grid import letters

EXPECTED = SHARED / "sheets" / "expected.json"
FILES: list[dict[str, Any]] = json.loads(EXPECTED.read_bytes())["files"] if EXPECTED.is_file() else []
PROJECT = 'acronym: "P"\ntitle: "T"\nlanguages: [en]\n'


def table(about: dict[str, Any]) -> list[list[str]]:
    """The first rows of a file, as another reader sees them; empty where its columns have no titles."""
    path = SHARED / "sheets" / about["file"]
    if about["format"] == "csv":
        text = path.read_bytes().decode(about["encoding"])
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=about["delimiter"]))[:3]
    if about["format"] == "xlsx":
        from openpyxl import load_workbook

        rows = load_workbook(io.BytesIO(path.read_bytes()))[about["sheet"]].iter_rows(max_row=3, values_only=True)
        return [["" if value is None else str(value) for value in row] for row in rows]
    return []


def asked(rows: list[list[str]], about: dict[str, Any]) -> list[str]:
    """The title of each question column: of two rows both, joined, and what continues the title on its left."""
    titles: list[str] = []
    for column in about["question_columns"]:
        parts = []
        for row in rows[: min(about["header_rows"], 2)]:
            start = next((c for c in range(column, -1, -1) if row[c].strip()), column) if about["header_rows"] == 2 else column
            parts.append(row[start].strip())
        titles.append(" ".join(part for part in parts if part))
    return titles


def event(root: Path, questions: list[str]) -> Path:
    """A project with one event that asks these questions."""
    (root / "events/lab").mkdir(parents=True)
    (root / "project.yaml").write_text(PROJECT, "utf-8")
    listed = "".join(f"  - id: q{number}\n    text: {quoted(text)}\n" for number, text in enumerate(questions, 1))
    (root / "events/lab/event.yaml").write_text(f'id: lab\ntitle: "L"\ndate: 2020-10-20\nquestions:\n{listed}', "utf-8")
    return root


def notes(root: Path) -> list[dict[str, str]]:
    """All notes of the event."""
    return [
        note
        for path in (root / "events/lab/notes").glob("*.csv")
        for note in csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""))
    ]


def check(root: Path, about: dict[str, Any]) -> None:
    """The notes are exactly the answer cells, as typed, and those of the free-text columns have the known hash."""
    found = notes(root)
    assert len(found) == about["answer_cells"]
    assert sum(note["text"].strip().upper() in ("N/A", "NA") for note in found) == about["na_markers"]
    assert all(note["content"] == "none" for note in found if note["text"].strip().upper() == "N/A")
    free = {letters(column) for column in about["free_text_columns"] or ()}
    texts = [note["text"] for note in found if not free or re.sub(r"[0-9]+", "", note["cell"]) in free]
    assert hashlib.sha256("\x1e".join(texts).encode()).hexdigest()[:16] == about["free_text_sha"]


def unhelped(about: dict[str, Any]) -> list[str]:
    """The flags that a sheet needs whose columns have no titles: the answers stand in the first, or are all of the text."""
    return [] if about["format"] in ("csv", "xlsx") else ["--map", "A=q1" if about["format"] == "ods" else "*=q1"]


@pytest.mark.parametrize("about", FILES, ids=lambda about: Path(about["file"]).name)
def test_a_real_sheet_gives_its_answers_by_its_titles(tmp_path: Path, run: Run, about: dict[str, Any]) -> None:
    """An event that asks what the columns ask needs no flag; the same file again adds nothing."""
    rows = table(about)
    root = event(tmp_path, asked(rows, about) if rows else ["What?"])
    command = ("import-notes", "lab", SHARED / "sheets" / about["file"], "--no-input", "--format", "json", *unhelped(about))
    done = run(*command, cwd=root)
    assert done.code == 0, done.said
    (sheet,) = json.loads(done.out)["result"]["sheets"]
    fates = (sheet["notes"], sheet["header"], sheet["context"], sum(sheet["left_out"].values()), len(sheet["not_read"]))
    assert sum(fates) == sheet["cells"]
    check(root, about)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    again = run(*command, cwd=root)
    assert (again.code, json.loads(again.out)["result"]["written"]) == (0, [])
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@pytest.mark.slow
@pytest.mark.parametrize("about", [a for a in FILES if a["format"] in ("csv", "xlsx")], ids=lambda about: Path(about["file"]).name)
def test_a_real_sheet_gives_its_answers_by_the_places_of_its_columns(tmp_path: Path, run: Run, about: dict[str, Any]) -> None:
    """An event with questions of its own takes the columns it is told, and finds them again by their headers."""
    columns = about["question_columns"]
    root = event(tmp_path, [f"Our own question, number {number}?" for number in range(1, len(columns) + 1)])
    flags: list[str] = [] if about["header_rows"] == 1 else ["--header-rows", str(about["header_rows"])]
    first = 1
    for span in spans(columns):
        width = len(by_place(span) or ())
        flags += ["--map", f"{span}=q{first}:q{first + width - 1}" if width > 1 else f"{span}=q{first}"]
        first += width
    path = SHARED / "sheets" / about["file"]
    done = run("import-notes", "lab", path, "--no-input", *flags, cwd=root)
    assert done.code == 0, done.said
    check(root, about)
    for note in (root / "events/lab/notes").glob("*.csv"):
        note.unlink()
    again = run("import-notes", "lab", path, "--no-input", cwd=root)
    assert "by equal headers" in again.err
    check(root, about)
    assert run("check", cwd=root).code == 0
