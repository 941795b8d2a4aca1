"""Word documents made of XML by hand: for what people do in Word, and for what no program would save."""

from __future__ import annotations

from collections.abc import Mapping

from support.made_xlsx import packed, relation, relations

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>'
)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside: str, style: str = "", properties: str = "") -> str:
    """A paragraph: of a text, or of XML."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    looks = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{looks}{inside if inside.startswith('<') or not inside else run(inside)}</w:p>"


def item(text: str, level: int = 0) -> str:
    """An item of a list."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def tc(inside: str, properties: str = "") -> str:
    """A cell: of a text, or of XML."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside if inside.startswith('<') else p(inside)}</w:tc>"


def tr(*cells: str) -> str:
    """A row of cells, or of their texts."""
    return f"<w:tr>{''.join(cell if cell.startswith('<w:tc>') else tc(cell) for cell in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def part(kind: str, inside: str) -> str:
    """A part of the package: `document`, `hdr`, `footnotes` ..."""
    body = f"<w:body>{inside}<w:sectPr/></w:body>" if kind == "document" else inside
    return f"<w:{kind} {_SPACES}>{body}</w:{kind}>"


def styles(*listed: str) -> str:
    """A part with styles."""
    return part("styles", "".join(listed))


def style(key: str, name: str, inside: str = "", more: str = "") -> str:
    """One style of paragraphs."""
    return f'<w:style w:type="paragraph" w:styleId="{key}"{more}><w:name w:val="{name}"/>{inside}</w:style>'


def parts(body: str, beside: Mapping[str, str] | None = None, *links: str) -> dict[str, str]:
    """The parts of a document; `beside` gives other parts by `kind name`, e.g. `header header1.xml`."""
    named = [key.split() for key in beside or {}]
    related = [relation(f"b{number}", kind, name) for number, (kind, name) in enumerate(named)]
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(relation("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": part("document", body),
        "word/_rels/document.xml.rels": relations(*related, *links),
        **{f"word/{name}": text for (_, name), text in zip(named, (beside or {}).values(), strict=True)},
    }


def docx(*body: str, beside: Mapping[str, str] | None = None) -> bytes:
    """A document with a body."""
    return packed(parts("".join(body), beside))
