"""Walk an XML part of a workbook: one pass, no tree in memory, and no more elements than a person could have made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.parsers import expat

from ecocsme.errors import visible
from ecocsme.files.archive_contents import MAX_DEPTH
from ecocsme.files.archives import Container

MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
MAX_ELEMENTS = 4_000_000  # of all tabs together: a million filled cells have three million
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
