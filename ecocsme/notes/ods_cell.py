"""The words of one cell of an OpenDocument sheet, and how a value without words is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from ecocsme.notes.grid import MAX_TEXT, blank
from ecocsme.notes.number_formats import general
from ecocsme.notes.number_formats import shown as number_shown
from ecocsme.notes.xlsx_walk import number

_SILENT = ("annotation", "ruby-text", "deletion")  # comments, how a word is pronounced, what was deleted
_SHAPES = frozenset(
    ("frame", "text-box", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon", "path", "regular-polygon",
     "caption", "connector", "measure", "g"),
)  # fmt: skip
_LENGTH = re.compile(r"PT?(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})(?:[.,][0-9]*)?S)?")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})[.,0-9]*)?)?")


class Words:
    """Gathers the paragraphs of a cell; what floats above it, and comments on it, are kept apart."""

    def __init__(self) -> None:
        """Begin at the start of a cell."""
        self.deep = 0
        self.comments = 0
        self.spaces = 0
        self.paragraphs: list[list[str]] = []
        self.floating: list[list[list[str]]] = []
        self.begun: list[list[str]] = []
        self.silent: list[int] = []
        self.above = 0

    @property
    def into(self) -> list[str] | None:
        """Where the text that comes next belongs; None where it is white space between elements, or not part of the cell."""
        return self.begun[-1] if self.begun and not self.silent else None

    @property
    def said(self) -> str:
        """The text of the cell, a paragraph per line."""
        return "\n".join("".join(paragraph) for paragraph in self.paragraphs)

    @property
    def boxes(self) -> list[str]:
        """The texts of the text boxes."""
        return ["\n".join("".join(paragraph) for paragraph in box) for box in self.floating]

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element inside of the cell."""
        self.deep += 1
        if name in _SILENT:
            self.silent.append(self.deep)
            self.comments += name == "annotation"
        elif name in _SHAPES and not self.above:
            self.above = self.deep
            self.floating.append([])
        elif name in ("p", "h"):
            self.begun.append([])
            if not self.silent:
                (self.floating[-1] if self.above else self.paragraphs).append(self.begun[-1])
        elif self.into is not None:
            self.into.append(self._sign(name, attributes))

    def closed(self, name: str) -> None:
        """End an element inside of the cell."""
        if self.silent and self.silent[-1] == self.deep:
            self.silent.pop()
        if self.above == self.deep:
            self.above = 0
        if name in ("p", "h") and self.begun:
            self.begun.pop()
        self.deep -= 1

    def _sign(self, name: str, attributes: Mapping[str, str]) -> str:
        if name == "s":  # a number of blanks, and never more than make the cell too long
            count = min(number(attributes.get("c", "1")), MAX_TEXT + 1 - self.spaces)
            self.spaces += count
            return " " * count
        return {"tab": "\t", "line-break": "\n"}.get(name, "")


def written(attributes: Mapping[str, str], said: str) -> str:
    """What a person sees in a cell: its words, or its value where a program has left them out."""
    kind = attributes.get("value-type", "")
    if kind == "boolean":  # its words are those of the computer's language
        return attributes.get("boolean-value", said).upper()
    if not blank(said) or not kind:
        return said
    value = attributes.get({"date": "date-value", "time": "time-value", "string": "string-value"}.get(kind, "value"), "")
    if kind == "percentage":
        return _percent(value)
    if kind == "date":
        return _moment(value)
    if kind == "time":
        return _length(value)
    return said or value if kind == "string" else number_shown(value, "General")


def _percent(value: str) -> str:
    try:
        return f"{general(Decimal(value) * 100)}%"
    except InvalidOperation:
        return value


def _moment(value: str) -> str:
    found = _MOMENT.fullmatch(value)
    if found is None:
        return value
    seconds = f":{found[4]}" if found[4] not in (None, "00") else ""
    return f"{found[1]} {int(found[2])}:{found[3]}{seconds}" if found[2] else found[1]


def _length(value: str) -> str:
    found = _LENGTH.fullmatch(value)
    if found is None:
        return value
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return f"{hours}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")
