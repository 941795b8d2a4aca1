"""Workbooks made of XML by hand, for what no program would save, and for what every program saves a little differently."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/></Types>'
)


def relation(key: str, kind: str, target: str, more: str = "") -> str:
    """One relationship."""
    return f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"{more}/>'


def relations(*entries: str) -> str:
    """A list of relationships."""
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(entries)}</Relationships>'


def rows(*lines: Sequence[str]) -> str:
    """Rows of cells that hold their texts themselves; an empty text leaves its cell out."""
    written = []
    for number, line in enumerate(lines, 1):
        cells = (f'<c r="{chr(65 + c)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for c, text in enumerate(line) if text)
        written.append(f'<row r="{number}">{"".join(cells)}</row>')
    return "".join(written)


def tab(cells: str, before: str = "", after: str = "") -> str:
    """A tab with the given rows."""
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{_OFFICE}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'


def styles(*formats: str) -> str:
    """Cell styles 0, 1, 2 ... with these number formats."""
    codes = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(formats))
    cells = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(formats)))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>'


def parts(
    tabs: Mapping[str, str], extra: Mapping[str, str] | None = None, workbook: str = "", state: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The parts of a workbook with these tabs; `extra` parts are added, or replace what is there."""
    numbered = list(enumerate(tabs.items(), 1))
    states = state or {}
    listed = "".join(f'<sheet name="{title}" sheetId="{n}" r:id="r{n}"{states.get(title, "")}/>' for n, (title, _) in numbered)
    beside = [relation("rs", "styles", "styles.xml"), relation("rt", "sharedStrings", "sharedStrings.xml")]
    made = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(relation("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{workbook}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            *(relation(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered), *beside
        ),
        **{f"xl/worksheets/sheet{n}.xml": xml for n, (_, xml) in numbered},
    }
    return {**made, **(extra or {})}


def packed(made: Mapping[str, str | bytes]) -> bytes:
    """Pack parts as a program does."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in made.items():
            container.writestr(name, content)
    return stream.getvalue()


def xlsx(cells: str, *, before: str = "", after: str = "", workbook: str = "", extra: Mapping[str, str] | None = None) -> bytes:
    """A workbook with one tab, called Note."""
    return packed(parts({"Note": tab(cells, before, after)}, extra, workbook))
