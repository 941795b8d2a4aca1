"""Walk the XML parts of a workbook: one pass, no tree in memory, nothing that was not declared by the part itself."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from xml.parsers import expat

from ecocsme.errors import visible
from ecocsme.files.archives import MAX_DEPTH, Container
from ecocsme.notes.number_formats import BUILT_IN

MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
MAX_ELEMENTS = 4_000_000  # of all tabs together: a million filled cells have three million
_PACKAGE = ("http://schemas.openxmlformats.org/package/2006/relationships",)
_DRAWING = (
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing", "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
    "http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main",
    "http://schemas.openxmlformats.org/markup-compatibility/2006",
)  # fmt: skip
# halves of characters and zero bytes stay as they are written
_ESCAPE = re.compile(r"_x((?!0000|[dD][89a-fA-F])[0-9A-Fa-f]{4})_")
_TRUE = frozenset({"1", "true", "on"})


class Part:
    """Listens while a part is walked; what it wants of the text goes into `text`."""

    def __init__(self) -> None:
        """Begin outside of every element."""
        self.text: list[str] | None = None

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def closed(self, name: str) -> None:
        """An element ends."""


def walk(container: Container, name: str, part: Part, spaces: Iterable[str] = MAIN, left: int = MAX_ELEMENTS) -> int:
    """Walk one part and tell a listener of all elements of the given name spaces; return how many elements are left of `left`.

    Raises InvalidFile where the part is damaged, or has more elements than are left.
    """
    walker = _Walker(container, name, part, frozenset(spaces), left)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walker.opening
    parser.EndElementHandler = walker.closing
    parser.CharacterDataHandler = walker.text
    try:
        for piece in container.pieces(name):
            parser.Parse(piece, False)  # noqa: FBT003  # expat knows no keyword
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise container.damaged(f"{visible(name, 60)} cannot be read (line {error.lineno})") from None
    return walker.left


@dataclass(slots=True)
class _Walker:
    """Stands between the parser and a listener: counts, and passes on what the listener knows."""

    container: Container
    name: str
    part: Part
    spaces: frozenset[str]
    left: int
    depth: int = 0

    def opening(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.left -= 1
        if self.depth > MAX_DEPTH:
            raise self.container.damaged(f"{visible(self.name, 60)} is nested too deep")
        if self.left < 0:
            message = f"has more than {MAX_ELEMENTS:,} cells and other elements, most of them empty"
            raise self.container.refusal(message, "copy what is filled into a new file")
        space, _, local = tag.rpartition(" ")
        if space in self.spaces:
            self.part.opened(local, attributes)

    def closing(self, tag: str) -> None:
        self.depth -= 1
        space, _, local = tag.rpartition(" ")
        if space in self.spaces:
            self.part.closed(local)

    def text(self, data: str) -> None:
        if self.part.text is not None:
            self.part.text.append(data)


def unescaped(text: str) -> str:
    """Undo `_x000D_` and its like."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def true(value: str | None) -> bool:
    """Read a switch of an attribute."""
    return value is not None and value.lower() in _TRUE


def number(value: str | None) -> int:
    """Read a whole number of an attribute; 0 where there is none."""
    return int(value) if value and value.isdecimal() and len(value) < 10 else 0  # noqa: PLR2004  # digits of any real number here


class Relation(NamedTuple):
    """What a part is linked to: the kind (`worksheet`, `comments` ...) and the name of the other part."""

    kind: str
    target: str


class _Relations(Part):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.found: dict[str, Relation] = {}

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode", "").lower() != "external":
            target = posixpath.normpath(posixpath.join("/", self.folder, attributes.get("Target", ""))).lstrip("/")
            kind = attributes.get("Type", "").rsplit("/", 1)[-1]
            self.found[attributes.get("Id", "")] = Relation(kind, target)


def relations(container: Container, part: str) -> dict[str, Relation]:
    """What a part is linked to inside the container, by ID; `""` is the container itself."""
    folder, name = posixpath.split(part)
    member = member_of(container, posixpath.join(folder, "_rels", f"{name}.rels"))
    listener = _Relations(folder)
    if member is not None:
        walk(container, member, listener, _PACKAGE)
    return listener.found


def member_of(container: Container, name: str) -> str | None:
    """Find a member by its name, capitals aside."""
    if name in container.found:
        return name
    return next((member for member in container.names if member.lower() == name.lower()), None)


class Words(Part):
    """Joins the runs of rich texts (`si`, `is`); how a word is pronounced is no part of it."""

    def __init__(self) -> None:
        """Begin outside of every text."""
        super().__init__()
        self.runs: list[str] = []
        self.aloud = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002  # what listeners are told
        """Begin a text or a run."""
        if name in ("si", "is"):
            self.runs = []
        elif name == "rPh":
            self.aloud = True
        elif name == "t" and not self.aloud:
            self.text = self.runs

    def closed(self, name: str) -> None:
        """End a run."""
        if name == "t":
            self.text = None
        elif name == "rPh":
            self.aloud = False


class _SharedTexts(Words):
    def __init__(self) -> None:
        super().__init__()
        self.all: list[str] = []

    def closed(self, name: str) -> None:
        super().closed(name)
        if name == "si":
            self.all.append(unescaped("".join(self.runs)))


def shared_texts(container: Container, part: str | None) -> list[str]:
    """The texts that cells refer to by number."""
    listener = _SharedTexts()
    if part is not None:
        walk(container, part, listener)
    return listener.all


class _Formats(Part):
    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[int, str] = dict(BUILT_IN)
        self.numbers: list[int] = []
        self.inside = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.codes[number(attributes.get("numFmtId"))] = attributes.get("formatCode", "General")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.numbers.append(number(attributes.get("numFmtId")))

    def closed(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False


def formats(container: Container, part: str | None) -> list[str]:
    """The number format of every cell style, by the number of the style."""
    listener = _Formats()
    if part is not None:
        walk(container, part, listener)
    return [listener.codes.get(key, "General") for key in listener.numbers]


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
