"""Word files of 10, 100 and 1,000 actions from one Markdown, against pandoc (the same Markdown) and docxtpl (the same table)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from environments import Place
from made import kept, markdown_actions, markdown_table
from measuring import Case, Ended, WrongResult

OURS = """
import sys
from ecocsme.documents.reference import open_reference
from ecocsme.documents.word import Properties, write_word
from ecocsme.files.places import shipped
with open(sys.argv[1], encoding="utf-8") as file:
    markdown = file.read()
with open(str(shipped()) + "/word/reference.docx", "rb") as file:
    reference = open_reference(file.read(), "reference.docx")
made = write_word(markdown, reference, Properties("Plan", "en-GB"))
with open(sys.argv[2], "wb") as file:
    file.write(made)
"""
_DOCXTPL = """
import sys
from docxtpl import DocxTemplate
rows = []
with open(sys.argv[1], encoding="utf-8") as file:
    for line in file:
        if line.startswith("| A") and not line.startswith("| ID"):
            rows.append(dict(zip("abcdef", (cell.strip() for cell in line.strip("|\\n ").split("|")))))
template = DocxTemplate(sys.argv[3])
template.render({"rows": rows}, autoescape=True)
template.save(sys.argv[2])
"""
_TEMPLATE = """
import sys
from docx import Document
document = Document()
document.add_heading("Plan", 1)
table = document.add_table(rows=4, cols=6)
for cell, text in zip(table.rows[0].cells, ("ID", "Action", "Owner", "Due", "Cost", "Indicator")):
    cell.text = text
table.rows[1].cells[0].text = "{%tr for row in rows %}"
for cell, key in zip(table.rows[2].cells, "abcdef"):
    cell.text = "{{ row." + key + " }}"
table.rows[3].cells[0].text = "{%tr endfor %}"
document.save(sys.argv[1])
"""
_READ_BACK = """
import sys
from docx import Document
from docx.oxml.ns import qn
document = Document(sys.argv[1])
rows = [row for table in document.element.body.iter(qn("w:tbl")) for row in table.iter(qn("w:tr"))]
last = ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in rows[-1].iter(qn("w:tc"))]
print(len(document.tables), len(rows), "|".join(last))
"""
SHAPES: dict[str, tuple[Callable[[Path, int], Path], int, int]] = {  # how it is made; tables and rows of n actions
    "table": (markdown_table, 0, 1),
    "actions": (markdown_actions, 1, 5),
}


def read_back(place: Place, path: Path, markdown: Path, tables: int, rows: int) -> Callable[[Ended], None]:
    """Count tables and rows in what was written, and compare the last row with the Markdown."""
    lines = markdown.read_text(encoding="utf-8").splitlines()
    last = "|".join(cell.strip() for cell in lines[-1].strip("| ").split("|"))

    def look(_ended: Ended) -> None:
        found = place.answer(place.peer("python", "-c", _READ_BACK, path))
        path.unlink()
        if found != f"{tables} {rows} {last}":
            raise WrongResult(f"{path.name}: {tables} tables with {rows} rows and {last!r} were asked for, but there are {found!r}")

    return look


def counted(shape: str, count: int) -> tuple[int, int]:
    """How many tables and rows so many actions make."""
    _, tables, rows = SHAPES[shape]
    return (tables * count, rows * count) if tables else (1, count + 1)


def cases(place: Place) -> Iterator[Case]:
    """Each size and shape against pandoc; the table against docxtpl, too."""
    out, other = place.folder / "ours.docx", place.folder / "peer.docx"
    template = kept(place.folder / "table.docx", lambda path: place.answer(place.peer("python", "-c", _TEMPLATE, path)))
    for shape, (make, _, _) in SHAPES.items():
        for count in (10, 100, 1000):
            markdown = make(place.folder, count)
            tables, rows = counted(shape, count)
            mine = read_back(place, out, markdown, tables, rows)
            theirs = read_back(place, other, markdown, tables, rows)
            ours = place.python(OURS, markdown, out)
            pandoc = place.peer("pandoc", "-f", "gfm", "-o", other, markdown)
            bar = 0.8 if count == 1000 else None
            title = f"Word, {count:,} actions, {shape}"
            yield Case(f"{title} / pandoc gfm", ours, pandoc, ratio=bar, ours_made=mine, peer_made=theirs)
            if shape == "table":
                filled = place.peer("python", "-c", _DOCXTPL, markdown, other, template)
                yield Case(f"{title} / docxtpl", ours, filled, ratio=1.0 if bar else None, ours_made=mine, peer_made=theirs)
