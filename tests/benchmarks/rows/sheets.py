"""Answer sheets read and their exact duplicates counted, against the plainest reader that only reads the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from environments import Place
from made import HEADER, csv_sheet, kept, rows, word_sheet
from measuring import Case, Ended, WrongResult

_OURS = """
import sys, time
from ecocsme.language.letters import fold
from ecocsme.notes.grid import Hints
from ecocsme.notes.readers import read
began = time.perf_counter()
with open(sys.argv[1], "rb") as file:
    sheet = read(file.read(), sys.argv[1], Hints())
(grid,) = sheet.grids
said, again, rows = set(), 0, 0
for row in grid.rows[1:]:
    rows += 1
    for column in (2, 3) if len(sys.argv) > 2 else ():
        text = fold(row.cells[column].text)
        again += text in said
        said.add(text)
print(rows, again, row.cells[3].text)
print(time.perf_counter() - began)
"""
_STREAM = """
import sys, time
from pathlib import Path
from ecocsme.language.letters import fold
from ecocsme.notes.grid import Hints
from ecocsme.notes.streams import opened
began = time.perf_counter()
records = opened(Path(sys.argv[1]), sys.argv[1], Hints()).records()
next(records)
said, rows = set(), 0
for _, record in records:
    rows += 1
    said.add(hash(fold(record[2])))
    said.add(hash(fold(record[3])))
print(rows, 2 * rows - len(said), record[3])
print(time.perf_counter() - began)
"""
_CSV = """
import csv, sys, time
began = time.perf_counter()
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for number, row in enumerate(csv.reader(file)):
        pass
print(number, row[3])
print(time.perf_counter() - began)
"""
_OPENPYXL = """
import sys
from openpyxl import load_workbook
for number, row in enumerate(load_workbook(sys.argv[1], read_only=True).active.iter_rows(values_only=True)):
    pass
print(number, row[3])
"""
_WRITE = """
import csv, sys
from openpyxl import Workbook
book = Workbook(write_only=True)
tab = book.create_sheet("Answers")
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.reader(file):
        tab.append(row)
book.save(sys.argv[2])
"""
_ITERPARSE = """
import sys, zipfile
from xml.etree.ElementTree import iterparse
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
number, cells = -1, []
with zipfile.ZipFile(sys.argv[1]) as archive, archive.open("word/document.xml") as part:
    for _, element in iterparse(part):
        if element.tag == W + "tc":
            cells.append("".join(text.text or "" for text in element.iter(W + "t")))
        elif element.tag == W + "tr":
            number, row, cells = number + 1, cells, []
            element.clear()
print(number, row[3])
"""
_READABLE = "import sys; from ecocsme.notes.readers import READERS; print(sys.argv[1] in READERS)"
MANY = 99_999  # with its header a sheet of as many rows as a sheet may have


def _last(count: int) -> tuple[int, str]:
    """How many answers say again what was said, and what the last one says."""
    answers: Sequence[str] = [text for row in rows(count) for text in row[2:]]
    return len(answers) - len(set(answers)), answers[-1]


def _case(place: Place, title: str, path: Path, count: int, peer: str, **bars: float | bool) -> Case:
    again, last = _last(count)
    twins = path.suffix == ".csv"

    def ours_made(ended: Ended) -> None:
        if ended.out.splitlines()[0] != f"{count} {again if twins else 0} {last}":
            raise WrongResult(f"{title}: {count} rows and {again} duplicates were asked for: {ended.out[:200]}")

    def peer_made(ended: Ended) -> None:
        if ended.out.splitlines()[0] != f"{count} {last}":
            raise WrongResult(f"{title}: the peer has read something else: {ended.out[:200]}")

    ours = place.python(_STREAM if bars.pop("streamed", False) else _OURS, path, *(["duplicates"] if twins else []))
    inner = bool(bars.pop("inner", False))
    return Case(title, ours, place.python(peer, path), inner=inner, pairs=5, ours_made=ours_made, peer_made=peer_made, ratio=bars["ratio"])


def cases(place: Place) -> Iterator[Case]:
    """CSV with duplicates counted, a workbook, and a table in Word where that can be read."""
    small, large = csv_sheet(place.folder, 1_000), csv_sheet(place.folder, MANY)
    yield _case(place, "CSV, 1,000 rows and duplicates, without start-up / csv", small, 1_000, _CSV, ratio=3.5, inner=True, streamed=True)
    yield _case(place, "CSV, 100,000 rows and duplicates, as --large reads / csv", large, MANY, _CSV, ratio=3.5, streamed=True)
    yield _case(place, "CSV, 100,000 rows and duplicates, as cells with addresses / csv", large, MANY, _CSV, ratio=3.5)
    book = kept(place.folder / f"sheet-{MANY}-{len(HEADER)}.xlsx", lambda path: place.answer(place.python(_WRITE, large, path)))
    yield _case(place, "XLSX, 100,000 rows / openpyxl read-only", book, MANY, _OPENPYXL, ratio=1.2)
    if place.answer(place.python(_READABLE, ".docx")) == "True":
        yield _case(place, "DOCX, 10,000 rows / iterparse", word_sheet(place.folder, 10_000), 10_000, _ITERPARSE, ratio=1.2)
