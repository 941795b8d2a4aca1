"""What the tabs of a workbook share: relationships between its parts, texts, number formats."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from ecocsme.files.archives import Container
from ecocsme.notes.number_formats import BUILT_IN
from ecocsme.notes.xlsx_walk import Part, number, unescaped, walk

_PACKAGE = ("http://schemas.openxmlformats.org/package/2006/relationships",)


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
