"""Made-up answers: invented words, planted duplicates, and the same texts on every machine, since the seed is fixed."""

from __future__ import annotations

import csv
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from xml.sax.saxutils import escape

SEED = 20201020
SYLLABLES = ("ma", "re", "șu", "ti", "lo", "ță", "ne", "pi", "ra", "cul", "vă", "da", "fi", "ști", "bo", "gen")
_WORDS = tuple(a + b + c for a, b, c in product(SYLLABLES, ("", *SYLLABLES[:7]), SYLLABLES))


def sentences(count: int, words: int = 8) -> Iterator[str]:
    """Texts of about so many words; one in ten says again what was said before."""
    chance = random.Random(SEED)  # noqa: S311  # made-up text, no secret
    said: list[str] = []
    for _ in range(count):
        if said and chance.random() < 0.1:
            yield chance.choice(said)
            continue
        text = " ".join(chance.choices(_WORDS, k=chance.randint(words - 4, words + 4))).capitalize()
        if len(said) < 10_000:
            said.append(text)
        yield text


def rows(count: int) -> Iterator[tuple[str, str, str, str]]:
    """Rows of an answer sheet: table, round, and the answers to two questions."""
    texts = sentences(2 * count)
    for number, (one, other) in enumerate(zip(texts, texts, strict=True)):
        yield str(number % 12 + 1), str(number % 3 + 1), one, other


HEADER = ("Masa", "Runda", "q1", "q2")


def kept(path: Path, write: Callable[[Path], object]) -> Path:
    """Write a file once; it is whole or not there."""
    if not path.is_file():
        half = path.with_name(f"half-{path.name}")
        write(half)
        half.replace(path)
    return path


def csv_sheet(folder: Path, count: int, lines: Callable[[int], Iterator[Sequence[str]]] = rows, header: Sequence[str] = HEADER) -> Path:
    """An answer sheet as a form exports it, in UTF-8 with commas."""

    def write(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(header)
            writer.writerows(lines(count))

    return kept(folder / f"sheet-{count}-{len(header)}.csv", write)


def markdown_table(folder: Path, count: int) -> Path:
    """Actions in one table of six columns, a row each."""
    texts = sentences(4 * count, 6)
    lines = ["# Plan", "", "| ID | Action | Owner | Due | Cost | Indicator |", "|---|---|---|---|---|---|"]
    for number in range(1, count + 1):
        what, who, cost, how = (next(texts) for _ in range(4))
        lines.append(f"| A{number} | {what} | {who} | 2021-03-{number % 28 + 1:02} | {cost} | {how} |")
    return kept(folder / f"table-{count}.md", lambda path: path.write_text("\n".join(lines) + "\n", encoding="utf-8"))


def markdown_actions(folder: Path, count: int) -> Path:
    """Actions with a heading, a paragraph, a list and a table of two columns for each."""
    texts = sentences(8 * count, 8)
    lines = ["# Plan"]
    for number in range(1, count + 1):
        title, why, one, two, who, cost, how, due = (next(texts) for _ in range(8))
        lines += ["", f"## A{number}: {title}", "", f"{why}. **{one}.**", "", f"- {one}", f"- {two}", ""]
        lines += ["| What | Said |", "|---|---|", f"| Owner | {who} |", f"| Cost | {cost} |", f"| Indicator | {how} |", f"| Due | {due} |"]
    return kept(folder / f"actions-{count}.md", lambda path: path.write_text("\n".join(lines) + "\n", encoding="utf-8"))


def word_sheet(folder: Path, count: int) -> Path:
    """A Word file with one table of answers, written by hand: what a program saves differs only in what it adds."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def line(cells: Sequence[str]) -> str:
        inside = "".join(f"<w:tc><w:tcPr/><w:p><w:r><w:t>{escape(cell)}</w:t></w:r></w:p></w:tc>" for cell in cells)
        return f"<w:tr>{inside}</w:tr>"

    def write(path: Path) -> None:
        table = line(HEADER) + "".join(map(line, rows(count)))
        grid = "<w:tblPr/><w:tblGrid>" + "<w:gridCol/>" * len(HEADER) + "</w:tblGrid>"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(
                "[Content_Types].xml",
                f'<Types xmlns="{package}/content-types">'
                f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
            )
            archive.writestr(
                "_rels/.rels",
                f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
            )
            archive.writestr(
                "word/document.xml",
                f'<w:document xmlns:w="{space}"><w:body><w:tbl>{grid}{table}</w:tbl><w:p/></w:body></w:document>',
            )

    return kept(folder / f"sheet-{count}.docx", write)


def project(folder: Path) -> None:
    """A project with one event that asks two questions, empty of notes."""
    event = folder / "events" / "lab-1"
    event.mkdir(parents=True)
    (folder / "project.yaml").write_text('acronym: "P"\ntitle: "T"\nlanguages: [ro, en]\n', encoding="utf-8")
    (event / "event.yaml").write_text(
        'id: lab-1\ntitle: {ro: "Atelier", en: "Lab"}\ndate: 2020-10-20\ntables: 12\nrounds: 3\nquestions:\n'
        '- {id: q1, ro: "De ce au nevoie firmele mici?", en: "What do small firms need?"}\n'
        '- {id: q2, ro: "Ce parteneri ne lipsesc?", en: "What partners do we lack?"}\n',
        encoding="utf-8",
    )
