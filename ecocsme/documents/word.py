"""Markdown with marks to a Word file, on the styles of a reference; the same input gives the same bytes."""

from __future__ import annotations

import copy
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from lxml import etree

from ecocsme.documents import word_controls, word_xml
from ecocsme.documents.marks import parse
from ecocsme.documents.pictures import picture
from ecocsme.documents.reference import Reference
from ecocsme.documents.reference_styles import Element, add_list, set_language
from ecocsme.documents.word_body import Body
from ecocsme.documents.word_pictures import Pictures
from ecocsme.documents.word_xml import HEAD, R, W, text
from ecocsme.files.places import Shelves

_SHIPPED = Shelves()
_FIRST_DAY = datetime(1980, 1, 1, tzinfo=UTC)
_CORE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True, slots=True)
class Properties:
    """What Word shows under File > Info, and the language tag of the document."""

    title: str
    language: str
    author: str = ""
    subject: str = ""
    keywords: str = ""
    created: date | None = None


def write_word(markdown: str, reference: Reference, properties: Properties, shown: str = "Markdown", shelves: Shelves = _SHIPPED) -> bytes:
    """Write Markdown with marks as a Word file, its emblems from `shelves`; raise InvalidFile naming what is unknown."""
    tokens = parse(markdown, shown)
    pictures = Pictures(lambda source: picture(source, shelves))
    body = Body(tokens, reference, properties.language, pictures)
    blocks = body.written()
    styles, numbering = copy.deepcopy(reference.styles), copy.deepcopy(reference.numbering)
    set_language(styles, properties.language)
    if body.runs.controls:
        word_controls.add_placeholder(styles)
    for number in body.numbers:
        add_list(numbering, number.id, number.abstract, number.level, number.start)
    own = {
        "document": _document(blocks, reference),
        "styles": _serialised(styles),
        "numbering": _serialised(numbering),
        "settings": _serialised(reference.settings),
    }
    parts = {f"word/{kind}.xml": data for kind, data in own.items()}
    types = {f"word/{kind}.xml": f"{_WORD_TYPE}.{'document.main' if kind == 'document' else kind}+xml" for kind in own}
    related = {kind: (kind, f"{kind}.xml") for kind in own if kind != "document"}
    related |= {key: (kind, part.removeprefix("word/")) for key, (kind, part) in reference.related.items()}
    related |= pictures.related
    related |= {key: ("hyperlink", address) for address, key in body.runs.links.items()}
    return word_xml.packed(
        {
            **reference.parts,
            **parts,
            **pictures.parts,
            "word/_rels/document.xml.rels": word_xml.relationships(related),
            "_rels/.rels": word_xml.relationships({"document": ("officeDocument", "word/document.xml"), "core": _CORE_RELATION}),
            "docProps/core.xml": _core(properties),
            "[Content_Types].xml": word_xml.content_types(
                {**reference.types, **types, **dict.fromkeys(pictures.parts, "image/png"), "docProps/core.xml": _CORE_TYPE}
            ),
        }
    )


_CORE_RELATION = (f"{_CORE}/relationships/metadata/core-properties", "docProps/core.xml")
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"


def _document(blocks: str, reference: Reference) -> bytes:
    section = etree.tostring(reference.section, encoding="unicode")
    return f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{blocks}{section}</w:body></w:document>'.encode()


def _serialised(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _core(properties: Properties) -> bytes:
    said: Mapping[str, str] = {
        "dc:title": properties.title,
        "dc:creator": properties.author,
        "dc:subject": properties.subject,
        "cp:keywords": properties.keywords,
        "dc:language": properties.language,
    }
    inside = "".join(f"<{tag}>{text(value)}</{tag}>" for tag, value in said.items() if value)
    day = _created(properties).strftime("%Y-%m-%dT%H:%M:%SZ")
    dated = f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
    spaces = (
        f'xmlns:cp="{_CORE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    return f"{HEAD}<cp:coreProperties {spaces}>{inside}{dated}</cp:coreProperties>".encode()


def _created(properties: Properties) -> datetime:
    """The document's own date; where it has none, that of the build if one is set, else the first day a ZIP file knows."""
    if properties.created is not None:
        return datetime.combine(properties.created, datetime.min.time(), UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else _FIRST_DAY
