"""What lies beside the cells of a tab and is no cell: text boxes, comments."""

from __future__ import annotations

from typing import NamedTuple

from ecocsme.files.archives import Container
from ecocsme.notes.xlsx_walk import Part, number, walk

_DRAWING = (
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing", "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
    "http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main",
    "http://schemas.openxmlformats.org/markup-compatibility/2006",
)  # fmt: skip


class TextBox(NamedTuple):
    """A text that lies over the cells: where (row and column from 0), and what it says."""

    row: int
    column: int
    text: str


class _TextBoxes(Part):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[TextBox] = []
        self.lines: list[str] = []
        self.corner: dict[str, int] = {}
        self.repeated = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002  # what listeners are told
        if name.endswith("Anchor"):
            self.lines, self.corner = [], {}
        elif name == "Fallback":  # the same box again, for older programs
            self.repeated += 1
        elif name == "p" and not self.repeated:
            self.lines.append("")
        elif name in ("t", "row", "col"):
            self.text = []

    def closed(self, name: str) -> None:
        said, self.text = "".join(self.text or ()), None
        if name in ("row", "col"):  # the first corner counts
            self.corner.setdefault(name, number(said))
        elif name == "t" and self.lines and not self.repeated:
            self.lines[-1] += said
        elif name == "Fallback":
            self.repeated -= 1
        elif name.endswith("Anchor"):
            self.found.append(TextBox(self.corner.get("row", 0), self.corner.get("col", 0), "\n".join(self.lines)))


def text_boxes(container: Container, part: str) -> list[TextBox]:
    """The text boxes of a drawing."""
    listener = _TextBoxes()
    walk(container, part, listener, _DRAWING)
    return listener.found


class _Count(Part):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.times = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002  # what listeners are told
        self.times += name == self.name


def count(container: Container, part: str, name: str) -> int:
    """How often an element stands in a part."""
    listener = _Count(name)
    walk(container, part, listener)
    return listener.times
