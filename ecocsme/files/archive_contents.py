"""What the members of an Office container may hold: no document types, no macros, no links that a program would follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from ecocsme.errors import InvalidFile, Problem, visible

MAX_DEPTH = 200  # elements inside elements
_ENDINGS = {"Word file": ".docx", "Excel workbook": ".xlsx", "OpenDocument sheet": ".ods"}
_MACRO_TYPE = re.compile(r"macroenabled|vbaproject|macrosheet", re.IGNORECASE)
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_DECLARED = re.compile(rb"""[^<]{0,9}<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"'>]{1,40})["']""")
_ENCODINGS = frozenset({b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1"})


class Refusal:
    """Words the refusals of one file."""

    def __init__(self, shown: str, kind: str) -> None:
        """Keep the name of the file for messages, and what kind of file it should be."""
        self.shown = shown
        self.kind = kind
        self.ending = _ENDINGS.get(kind, "a file of its own kind")

    def __call__(self, message: str, cure: str = "") -> InvalidFile:
        """Say what is wrong, and what to do about it."""
        again = f"open it, save it again as {self.ending}, and use that"
        return InvalidFile([Problem(self.shown, message, cure or again)])

    def damaged(self, detail: str) -> InvalidFile:
        """Say what is damaged."""
        return self(f"is damaged: {detail}")

    def bomb(self, detail: str) -> InvalidFile:
        """Say by what a bomb is known."""
        return self(f"is packed like a ZIP bomb: {detail}")

    def macro(self) -> InvalidFile:
        """Say that there is a macro."""
        return self("holds a macro", f"save it as {self.ending} without macros")


class Markup:
    """Looks at an XML member as it comes out: no document type, no entity, no exotic encoding."""

    def __init__(self, name: str, refusal: Refusal) -> None:
        """Begin at the first byte of a member."""
        self.name = name
        self.refusal = refusal
        self.wide: bool | None = None
        self.before = b""

    def take(self, piece: bytes) -> None:
        """Look at the next piece."""
        first = self.wide is None
        if first:
            # UTF-16 and UTF-32 hold the same signs with zero bytes between them
            self.wide = b"\0" in piece[:4] or piece[:2] in (b"\xff\xfe", b"\xfe\xff")
        seen = self.before + (piece.replace(b"\0", b"") if self.wide else piece)
        if _FORBIDDEN.search(seen):
            raise self.refusal("holds a document type (DOCTYPE), which no Office program writes")
        declared = _DECLARED.match(seen) if first else None
        if declared and declared[1].lower() not in _ENCODINGS:
            raise self.refusal.damaged(f"{visible(self.name, 60)} is in an encoding that Office does not use")
        self.before = seen[-16:]


def refuse_macros(content: bytes, names: Iterable[str], refusal: Refusal) -> None:
    """Refuse a container one of whose members is a macro by its declared type, whatever its name is."""
    defaults: dict[str, str] = {}
    declared: dict[str, str] = {}

    def element(_: str, attributes: dict[str, str]) -> None:
        if "PartName" in attributes:
            declared[attributes["PartName"].lstrip("/").lower()] = attributes.get("ContentType", "")
        elif "Extension" in attributes:
            defaults[attributes["Extension"].lower()] = attributes.get("ContentType", "")

    _walk(content, element, "[Content_Types].xml", refusal)
    types = [declared.get(name.lower(), defaults.get(name.rpartition(".")[2].lower(), "")) for name in names]
    if any(_MACRO_TYPE.search(kind) for kind in (*types, *declared.values())):
        raise refusal.macro()


def refuse_links(content: bytes, name: str, refusal: Refusal) -> None:
    """Refuse what Office would fetch by itself: attached templates, linked pictures, objects and workbooks."""
    linked: list[str] = []

    def element(_: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rsplit("/", 1)[-1]
        if attributes.get("TargetMode", "").lower() == "external" and kind.lower() != "hyperlink":
            linked.append(kind)

    _walk(content, element, name, refusal)
    if linked:
        cure = f"in its program, break the link (or embed what is linked) and save it again as {refusal.ending}"
        raise refusal(f"is linked to something outside of the file ({visible(linked[0], 40)})", cure)


def _walk(content: bytes, element: Callable[[str, dict[str, str]], None], name: str, refusal: Refusal) -> None:
    depth = 0

    def opening(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise refusal.damaged(f"{visible(name, 60)} is nested too deep")
        element(tag, attributes)

    def closing(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = opening
    parser.EndElementHandler = closing
    try:
        parser.Parse(content, True)  # noqa: FBT003  # expat knows no keyword
    except expat.ExpatError:
        raise refusal.damaged(f"{visible(name, 60)} cannot be read") from None
