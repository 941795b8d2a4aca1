"""Controls of Word that an answer is typed into: they show what to do, and what they show is gone with the first letter."""

from __future__ import annotations

from lxml import etree

from ecocsme.documents.reference_styles import Element, style_ids
from ecocsme.documents.word_xml import W, text

PLACEHOLDER, STYLE = "Placeholder Text", "PlaceholderText"  # what Word itself calls the style, and its ID
_STYLE = (
    f'<w:style xmlns:w="{W}" w:type="character" w:styleId="{STYLE}"><w:name w:val="{PLACEHOLDER}"/><w:uiPriority w:val="99"/>'
    '<w:semiHidden/><w:rPr><w:color w:val="666666"/></w:rPr></w:style>'
)


def opened(number: int, title: str) -> str:
    """The beginning of a control; `title` is what programs call it, and read out to those who do not see it.

    It is one of formatted text: of plain ones LibreOffice 7.4 moves the line breaks when it saves them.
    """
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{text(title)}"/><w:tag w:val="answer{number}"/><w:id w:val="{number}"/>'
        "<w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
    )


CLOSED = "</w:sdtContent></w:sdt>"


def add_placeholder(styles: Element) -> None:
    """Add the style of what a control shows, where a reference has none."""
    if ("character", PLACEHOLDER.lower()) not in style_ids(styles):
        styles.append(etree.fromstring(_STYLE))
