"""What tests see in a Word file: its parts, and one line per paragraph with its style, language and place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from ecocsme.documents.reference import Reference, open_reference
from ecocsme.documents.word import Properties, write_word
from ecocsme.files.places import shipped

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SHIPPED = shipped() / "word" / "reference.docx"


@lru_cache
def reference(path: Path = SHIPPED) -> Reference:
    """A reference, opened."""
    return open_reference(path.read_bytes(), path.name)


def written(markdown: str, language: str = "ro-RO", **properties: Any) -> bytes:
    """Markdown as a Word file on the shipped reference."""
    known = {"title": "Titlu", "created": date(2020, 10, 15), **properties}
    return write_word(markdown, reference(), Properties(language=language, **known))


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(members: Mapping[str, bytes]) -> bytes:
    """A package of some parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


def xml(data: bytes, part: str = "word/document.xml") -> Any:
    """A part, parsed."""
    return etree.fromstring(parts(data)[part])


def text_of(element: Any) -> str:
    """The text below an element, as Word shows it."""
    said = {f"{W}tab": "\t", f"{W}br": "\n"}
    return "".join(said.get(one.tag) or one.text or "" for one in element.iter(f"{W}t", f"{W}tab", f"{W}br"))


def values(element: Any, path: str) -> list[str]:
    """The values of all elements at a path such as `w:pPr/w:pStyle`."""
    return [one.get(f"{W}val") for one in element.findall(path.replace("w:", W))]


def paragraphs(data: bytes) -> list[str]:
    """The texts of all paragraphs, those of tables included."""
    return [text_of(paragraph) for paragraph in xml(data).iter(f"{W}p")]


def dump(data: bytes) -> str:
    """One line per paragraph: style, list and level, what its runs are, and the text; rows of tables are marked."""
    body = xml(data).find(f"{W}body")
    return "\n".join(_lines(body, "")) + "\n"


def _lines(parent: Any, indent: str) -> Iterator[str]:
    for element in parent:
        if element.tag == f"{W}p":
            yield f"{indent}{' '.join(_traits(element))} | {''.join(_runs(element))}"
        elif element.tag == f"{W}tbl":
            yield f"{indent}table {' '.join(values(element, 'w:tblPr/w:tblStyle'))}"
            for row in element.findall(f"{W}tr"):
                traits = [etree.QName(one).localname for one in row.find(f"{W}trPr")]
                yield f"{indent}  row {' '.join(traits)}"
                for cell in row.findall(f"{W}tc"):
                    yield from _lines(cell, f"{indent}    ")


def _traits(paragraph: Any) -> Iterator[str]:
    properties = paragraph.find(f"{W}pPr")
    yield from values(paragraph, "w:pPr/w:pStyle") or ["-"]
    for one in properties if properties is not None else ():
        local = etree.QName(one).localname
        if local == "numPr":
            yield f"list {values(one, 'w:numId')[0]} level {values(one, 'w:ilvl')[0]}"
        elif local in ("keepNext", "pageBreakBefore", "pBdr", "jc", "contextualSpacing"):
            yield local
        elif local in ("spacing", "ind"):
            yield " ".join(f"{etree.QName(key).localname} {value}" for key, value in one.items())


def _runs(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter(f"{W}r", f"{W}bookmarkStart", f"{W}hyperlink"):
        if element.tag == f"{W}bookmarkStart":
            yield f"{{#{element.get(f'{W}name')}}}"
        elif element.tag == f"{W}hyperlink":
            yield f"{{to {element.get(f'{W}anchor') or element.get(f'{R}id')}}}"
        else:
            marks = [etree.QName(one).localname for one in element.iterfind(f"{W}rPr/*") if not one.tag.endswith("Cs")]
            marks += values(element, "w:rPr/w:lang")
            said = text_of(element).replace("\n", "⏎")
            yield f"[{said}]{{{' '.join(marks)}}}" if marks else said
