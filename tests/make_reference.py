"""Makes templates/word/reference.docx, the look of our Word documents: `python tests/make_reference.py` after a change here.

To look different, an organisation does not change this file: it opens reference.docx in Word, changes its styles, header and
footer, and keeps it as templates/word/reference.docx of its project folder.
"""

from __future__ import annotations

from pathlib import Path

from ecocsme.documents.word_xml import HEAD, R, W, content_types, packed, relationships, text

PATH = Path(__file__).resolve().parents[1] / "templates" / "word" / "reference.docx"

# Arial has the Romanian letters wherever Word runs; where it is not installed, LibreOffice sets Liberation Sans, which is as wide
FONT, FONT_ELSEWHERE = "Arial", "Liberation Sans"
DARK, GREY, LINE, SHADE = "1F3864", "595959", "B8C2D3", "E9EEF5"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
_STEP = 397  # 7 mm from one level of a list to the next


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _style(kind: str, style_id: str, called: str, *parts: str, based: str = "", following: str = "", priority: int = 1) -> str:
    """One style; `parts` are its paragraph, run and table properties."""
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{called}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f'<w:uiPriority w:val="{priority}"/><w:qFormat/>{"".join(parts)}</w:style>'
    )


def _default(kind: str, style_id: str, called: str, inside: str) -> str:
    return f'<w:style w:type="{kind}" w:default="1" w:styleId="{style_id}"><w:name w:val="{called}"/>{inside}</w:style>'


def _paragraph(style_id: str, called: str, paragraph: str, letters: str = "", *, following: str = "", priority: int = 1) -> str:
    properties = (f"<w:pPr>{paragraph}</w:pPr>", f"<w:rPr>{letters}</w:rPr>" if letters else "")
    return _style("paragraph", style_id, called, *properties, based="Normal", following=following or style_id, priority=priority)


def _spacing(before: int, after: int, line: int = 0) -> str:
    lines = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lines}/>'


def _border(side: str, size: int = 4, space: int = 4) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{LINE}"/>'


def _headings() -> str:
    made = ""
    for level, (points, before, after) in enumerate(
        [(20, 0, 200), (14, 360, 120), (12, 280, 100), (11, 240, 80), (10.5, 200, 80), (10.5, 200, 80)], 1
    ):
        slope = "<w:i/><w:iCs/>" if level > 4 else ""
        letters = f'<w:b/><w:bCs/>{slope}<w:color w:val="{DARK}"/>{_size(points)}'
        place = f'<w:keepNext/><w:keepLines/>{_spacing(before, after, 252)}<w:outlineLvl w:val="{level - 1}"/>'
        made += _paragraph(f"Heading{level}", f"heading {level}", place, letters, following="Normal", priority=9)
    return made


def _table() -> str:
    borders = "".join(_border(side, 4, 0) for side in ("top", "bottom", "insideH"))
    margins = (
        '<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
        '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
    )
    first = (
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr>'
    )
    inside = (
        '<w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    return _default("table", "TableNormal", "Normal Table", inside) + _style(
        "table", "Table", "Table", f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>{margins}</w:tblPr>{first}", based="TableNormal"
    )


def _styles() -> str:
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{_size(10.5)}<w:lang w:val="ro-RO" w:eastAsia="ro-RO" w:bidi="ro-RO"/></w:rPr>'
        f"</w:rPrDefault><w:pPrDefault><w:pPr>{_spacing(0, 140, 271)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    grey = f'<w:color w:val="{GREY}"/>{_size(9)}'
    listed = '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr>' + _spacing(0, 70) + "</w:pPr>"
    return "".join(
        (
            f"{HEAD}<w:styles {_SPACES}>{defaults}",
            _default("paragraph", "Normal", "Normal", "<w:qFormat/><w:pPr><w:widowControl/></w:pPr>"),
            _default("character", "DefaultParagraphFont", "Default Paragraph Font", '<w:uiPriority w:val="1"/><w:semiHidden/>'),
            _default("numbering", "NoList", "No List", '<w:uiPriority w:val="99"/><w:semiHidden/>'),
            _headings(),
            _style("paragraph", "ListBullet", "List Bullet", listed.format(1), based="Normal", priority=10),
            _style("paragraph", "ListNumber", "List Number", listed.format(2), based="Normal", priority=10),
            _paragraph(
                "Quote", "Quote", f'<w:keepLines/><w:pBdr>{_border("left", 18, 10)}</w:pBdr>{_spacing(60, 140)}<w:ind w:left="340"/>'
            ),
            _paragraph(
                "Letterhead",
                "Letterhead",
                f"<w:pBdr>{_border('bottom', 8, 6)}</w:pBdr>{_spacing(0, 480)}",
                f'<w:b/><w:bCs/><w:color w:val="{DARK}"/>{_size(11)}',
            ),
            _paragraph("Small", "Small", f"<w:keepLines/>{_spacing(0, 140, 252)}", grey),
            _paragraph(
                "Sign",
                "Sign",
                f'<w:keepLines/>{_spacing(0, 400, 240)}<w:jc w:val="center"/>',
                f'<w:b/><w:bCs/><w:color w:val="{DARK}"/>{_size(250)}',  # capitals of 63 mm: read from far beyond ten metres
                priority=20,
            ),
            _paragraph(
                "SignWords",
                "Sign Words",
                f'<w:keepNext/><w:keepLines/>{_spacing(600, 0, 240)}<w:jc w:val="center"/>',
                f'<w:b/><w:bCs/><w:color w:val="{DARK}"/>{_size(48)}',
                priority=20,
            ),
            _paragraph("TableText", "Table Text", _spacing(0, 0, 259), _size(10)),
            _paragraph(
                "SourceCode",
                "Source Code",
                f"{_spacing(0, 140, 240)}",
                f'<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/>{_size(9.5)}',
            ),
            _paragraph("Header", "header", f'<w:tabs><w:tab w:val="right" w:pos="9072"/></w:tabs>{_spacing(0, 0)}', grey, priority=99),
            _paragraph(
                "Footer",
                "footer",
                f'<w:tabs><w:tab w:val="right" w:pos="9072"/></w:tabs>{_spacing(0, 0)}<w:jc w:val="right"/>',
                grey,
                priority=99,
            ),
            _style("character", "Hyperlink", "Hyperlink", f'<w:rPr><w:color w:val="{DARK}"/><w:u w:val="single"/></w:rPr>', priority=99),
            _style("character", "CrossReference", "Cross-Reference", f'<w:rPr><w:color w:val="{DARK}"/></w:rPr>', priority=99),
            _style(
                "character",
                "VerbatimChar",
                "Verbatim Char",
                '<w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/></w:rPr>',
                priority=99,
            ),
            _table(),
            "</w:styles>",
        )
    )


def _levels(kind: str, style_id: str) -> str:
    made = ""
    for level in range(9):
        sign = ("•", "–")[level % 2] if kind == "bullet" else f"%{level + 1}."
        linked = f'<w:pStyle w:val="{style_id}"/>' if level == 0 else ""
        made += (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{linked}'
            f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{_STEP * (level + 1)}" w:hanging="{_STEP}"/></w:pPr>'
            f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:hint="default"/></w:rPr></w:lvl>'
        )
    return made


def _numbering() -> str:
    made = ""
    for index, (kind, style_id, sign) in enumerate([("bullet", "ListBullet", "5EC0C5E1"), ("decimal", "ListNumber", "5EC0C5E2")]):
        head = f'<w:abstractNum w:abstractNumId="{index}"><w:nsid w:val="{sign}"/><w:multiLevelType w:val="multilevel"/>'
        made += f"{head}{_levels(kind, style_id)}</w:abstractNum>"
    lists = "".join(f'<w:num w:numId="{index + 1}"><w:abstractNumId w:val="{index}"/></w:num>' for index in range(2))
    return f"{HEAD}<w:numbering {_SPACES}>{made}{lists}</w:numbering>"


def _field(instruction: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _settings() -> str:
    address = "http://schemas.microsoft.com/office/word"
    compat = "".join(
        f'<w:compatSetting w:name="{called}" w:uri="{address}" w:val="{value}"/>'
        for called, value in [
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        ]
    )
    return (
        f'{HEAD}<w:settings {_SPACES}><w:defaultTabStop w:val="709"/><w:autoHyphenation w:val="false"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{compat}</w:compat><w:decimalSymbol w:val=","/>'
        '<w:listSeparator w:val=";"/></w:settings>'
    )


def _fonts() -> str:
    return (
        f'{HEAD}<w:fonts {_SPACES}><w:font w:name="{FONT}"><w:altName w:val="{FONT_ELSEWHERE}"/><w:panose1 w:val="020B0604020202020204"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _document() -> str:
    """What a person sees who opens the file to change its styles; none of it is taken into a document."""
    shown = [(f"Heading{level}", f"Heading {level}") for level in range(1, 7)]
    shown += [(style, style) for style in ("Normal", "Letterhead", "Quote", "Small", "Sign")]
    shown += [("ListBullet", "List Bullet"), ("ListNumber", "List Number"), ("SourceCode", "Source Code")]
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text(said)}</w:t></w:r></w:p>' for style, said in shown)
    said = '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr><w:r><w:t>Table</w:t></w:r></w:p>'
    cell = f'<w:tc><w:tcPr><w:tcW w:w="4535" w:type="dxa"/></w:tcPr>{said}</w:tc>'
    row = f"<w:tr>{cell}{cell}</w:tr>"
    table = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:w="9070" w:type="dxa"/><w:tblLook w:val="0420" w:firstRow="1"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="4535"/><w:gridCol w:w="4535"/></w:tblGrid>{row}{row}</w:tbl><w:p/>'
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="709" w:footer="709" '
        'w:gutter="0"/><w:cols w:space="708"/></w:sectPr>'
    )
    return f"{HEAD}<w:document {_SPACES}><w:body>{body}{table}{section}</w:body></w:document>"


def made() -> bytes:
    """The bytes of reference.docx."""
    header = f'{HEAD}<w:hdr {_SPACES}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>'
    pages = f'{_field("PAGE")}<w:r><w:t xml:space="preserve"> / </w:t></w:r>{_field("NUMPAGES")}'
    footer = f'{HEAD}<w:ftr {_SPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{pages}</w:p></w:ftr>'
    xml = {
        "styles": _styles(),
        "numbering": _numbering(),
        "settings": _settings(),
        "fontTable": _fonts(),
        "header": header,
        "footer": footer,
    }
    parts = {f"word/{kind}.xml": data.encode() for kind, data in {**xml, "document": _document()}.items()}
    types = {f"word/{kind}.xml": f"{_TYPE}.{kind}+xml" for kind in xml} | {"word/document.xml": f"{_TYPE}.document.main+xml"}
    parts["word/_rels/document.xml.rels"] = relationships({kind: (kind, f"{kind}.xml") for kind in xml})
    parts["_rels/.rels"] = relationships({"document": ("officeDocument", "word/document.xml")})
    parts["[Content_Types].xml"] = content_types(types)
    return packed(parts)


if __name__ == "__main__":
    PATH.parent.mkdir(parents=True, exist_ok=True)
    PATH.write_bytes(made())
