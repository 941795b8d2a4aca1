"""What stands in one line of a Word document: runs with their emphasis and language, links, and the anchors they lead to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ecocsme.documents import word_controls
from ecocsme.documents.mark_reading import ANSWER
from ecocsme.documents.marks import starts_part
from ecocsme.documents.word_pictures import Pictures
from ecocsme.documents.word_xml import text

if TYPE_CHECKING:
    from markdown_it.token import Token

    from ecocsme.documents.mark_reading import Mark


class _Opened(NamedTuple):
    """Something that surrounds runs: what it changes in them, and the XML that ends it."""

    bold: bool = False
    italic: bool = False
    style: str = ""
    lang: str = ""
    ending: str = ""


class Runs:
    """Writes the lines of one document; `style` gives the ID of a character style by its name."""

    def __init__(self, language: str, style: Callable[[str], str], anchors: Mapping[tuple[str, int], str], pictures: Pictures) -> None:
        """Begin a document in a language, whose anchors have these bookmarks; see `bookmarks`."""
        self.pictures = pictures
        self.links: dict[str, str] = {}
        self.part = 0
        self.lang = language
        self._language, self._style, self._anchors = language, style, anchors
        self.controls = 0
        self._marked = 0
        self._open: list[_Opened] = []
        self._known: dict[tuple[bool, bool, str, str], str] = {}

    def written(self, tokens: Sequence[Token], *, bold: bool = False) -> str:
        """Write the tokens of one line."""
        self._open = [_Opened(bold=bold, lang=self.lang)]
        properties = self._properties()
        pieces: list[str] = []
        for token in tokens:
            if token.nesting:
                pieces.append(self._begin(token) if token.nesting == 1 else self._open.pop().ending)
                properties = self._properties()
            elif token.type == "hardbreak":
                pieces.append("<w:r><w:br/></w:r>")
            elif token.type == "image":
                says = "".join(child.content for child in token.children or () if not child.nesting)
                pieces.append(self.pictures.written(str(token.attrGet("src")), says))
            elif token.type == "code_inline":
                pieces.append(run(token.content, self._properties("Verbatim Char")))
            elif token.type == "softbreak":
                pieces.append(run(" ", properties))
            elif token.content:
                pieces.append(run(token.content, properties))
        return "".join(pieces)

    def _begin(self, token: Token) -> str:
        start = ""
        if token.type == "link_open":
            start, opened = self._link(str(token.attrGet("href")))
        elif token.type == "span_open":
            start, opened = self._span(token.meta["mark"])
        else:
            opened = _Opened(bold=token.type == "strong_open", italic=token.type == "em_open")
        self._open.append(opened)
        return start

    def _link(self, href: str) -> tuple[str, _Opened]:
        if href.startswith("#"):
            # an anchor of the same part counts, before one of another language
            name = self._anchors.get((href[1:], self.part)) or next(self._anchors[key] for key in self._anchors if key[0] == href[1:])
            return f'<w:hyperlink w:anchor="{name}" w:history="1">', _Opened(style="Cross-Reference", ending="</w:hyperlink>")
        key = self.links.setdefault(href, f"link{len(self.links) + 1}")
        return f'<w:hyperlink r:id="{key}" w:history="1">', _Opened(style="Hyperlink", ending="</w:hyperlink>")

    def _span(self, mark: Mark) -> tuple[str, _Opened]:
        if mark.name == ANSWER:
            self.controls += 1
            start = word_controls.opened(self.controls, mark.anchor or ANSWER)
            return start, _Opened(style=word_controls.PLACEHOLDER, ending=word_controls.CLOSED)
        if not mark.anchor:
            return "", _Opened(lang=mark.lang)
        self._marked += 1
        start = f'<w:bookmarkStart w:id="{self._marked}" w:name="{self._anchors[mark.anchor, self.part]}"/>'
        return start, _Opened(lang=mark.lang, ending=f'<w:bookmarkEnd w:id="{self._marked}"/>')

    def _properties(self, style: str = "") -> str:
        bold = italic = False
        lang = ""
        for opened in self._open:
            bold, italic = bold or opened.bold, italic or opened.italic
            style, lang = style or opened.style, opened.lang or lang
        key = (bold, italic, style, lang)
        if key not in self._known:
            self._known[key] = self._made(*key)
        return self._known[key]

    def _made(self, bold: bool, italic: bool, style: str, lang: str) -> str:  # noqa: FBT001  # the parts of a key
        inside = f'<w:rStyle w:val="{self._style(style)}"/>' if style else ""
        inside += "<w:b/><w:bCs/>" if bold else ""
        inside += "<w:i/><w:iCs/>" if italic else ""
        inside += f'<w:lang w:val="{text(lang)}"/>' if lang != self._language else ""
        return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def run(content: str, properties: str) -> str:
    """Write a run; its tabs and line ends are kept."""
    inside = f'<w:t xml:space="preserve">{text(content)}</w:t>'
    if "\t" in content or "\n" in content:
        inside = inside.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">').replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f"<w:r>{properties}{inside}</w:r>"


def bookmarks(tokens: Sequence[Token]) -> dict[tuple[str, int], str]:
    """Name a bookmark for every anchor; a part of the document in another language has anchors of its own."""
    found: dict[tuple[str, int], str] = {}
    part = 0
    for token in tokens:
        part += starts_part(token)
        for child in token.children or ():
            if child.type == "span_open" and child.meta["mark"].anchor:
                anchor = child.meta["mark"].anchor
                found[anchor, part] = anchor.replace("-", "_") + (f"_{part}" if part else "")
    return found
