"""What lies beside the body of a Word document: headers and footers, footnotes, comments, drawings; none of it is an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ecocsme.files.archives import Container
from ecocsme.notes import xlsx_walk
from ecocsme.notes.docx_story import Paragraph, Story
from ecocsme.notes.docx_walk import walk
from ecocsme.notes.grid import blank
from ecocsme.notes.xlsx_parts import Relation, member_of

_KINDS: Mapping[str, tuple[str, str]] = {
    "header": ("header", "stands in the header of the page, not in an answer"),
    "footer": ("footer", "stands in the footer of the page, not in an answer"),
    "footnotes": ("footnote", "is a footnote, not an answer"),
    "endnotes": ("endnote", "is an endnote, not an answer"),
    "comments": ("comment", "is a comment, not an answer"),
    "diagramData": ("drawing", "stands in a drawing, not in an answer"),
}
_DRAWING = ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main")


class Beside(NamedTuple):
    """A text beside the body: the kind of its part, where it stands, the text, and why it is not read."""

    kind: str
    address: str
    text: str
    reason: str


class _Texts(Story):
    """Gathers texts, one for each footnote or comment, one for a whole header."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[list[str]] = [[]]

    def text(self, paragraph: Paragraph) -> None:
        text = "".join((*(paragraph.ours or ()), *paragraph.texts, *(paragraph.hidden or ())))
        if not blank(text):
            self.texts[-1].append(text)

    def part(self, key: str) -> None:  # noqa: ARG002  # they are counted: Word's own numbers begin anywhere
        self.texts.append([])


class _Drawing(xlsx_walk.Part):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def opened(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002  # what listeners are told
        if name == "t":
            self.text = self.texts
        elif name == "p" and self.texts:
            self.texts.append("\n")

    def closed(self, name: str) -> None:
        if name == "t":
            self.text = None


def beside(container: Container, relations: Iterable[Relation]) -> Iterator[Beside]:
    """All texts of the parts that a document is linked to."""
    counted = dict.fromkeys(_KINDS, 0)
    seen: set[str] = set()
    for relation in relations:
        member = member_of(container, relation.target) if relation.kind in _KINDS else None
        if member is None or member in seen:
            continue
        seen.add(member)
        called, reason = _KINDS[relation.kind]
        for text in _texts(container, member, relation.kind):
            if not blank(text):
                counted[relation.kind] += 1
                yield Beside(relation.kind, f"{called} {counted[relation.kind]}", text, reason)


def _texts(container: Container, member: str, kind: str) -> list[str]:
    if kind == "diagramData":
        drawing = _Drawing()
        xlsx_walk.walk(container, member, drawing, _DRAWING)
        return ["".join(drawing.texts).strip("\n")]
    story = _Texts()
    walk(container, member, story)
    return ["\n".join(texts) for texts in story.texts]
