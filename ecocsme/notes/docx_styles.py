"""The styles of a Word document: which of them make headings, and which make lists, whatever they are called in its language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ecocsme.files.archives import Container
from ecocsme.language.letters import fold
from ecocsme.notes import docx_names as names
from ecocsme.notes.docx_story import Paragraph
from ecocsme.notes.xlsx_walk import Part, walk

_DEEPEST = 20  # styles that are based on others
_BODY = 9  # the outline level of ordinary text
# Word leaves letters that are not English out of the IDs of its styles
_HEADING = re.compile(
    r"(?:heading|titlu|(?:ü|ue)?berschrift|titre|titolo|kop|otsikko|antraštė|antrat|naslov|rubrik|overskrift|nagłówek|nagwek|nadpis"
    r"|t[íi]?tulo|encabezado|c[íi]?msor|pealkiri|virsraksts|заголовок) ?([1-9])"
)
_TITLE = frozenset({"title", "subtitle", "titlu", "subtitlu", "titel", "untertitel"})
_LIST = re.compile(r"list (?:bullet|number) ?([2-9])")


@dataclass(slots=True)
class Style:
    """One style, as far as it matters here."""

    key: str
    name: str = ""
    based_on: str = ""
    outline: str = ""
    numbered: str = ""
    level: str = ""


class _Styles(Part):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Style] = {}
        self.open: Style | None = None
        self.default = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self.open = Style(names.value(attributes, "styleId"))
            self.found[self.open.key] = self.open
            if names.value(attributes, "type") == "paragraph" and names.value(attributes, "default") in ("1", "true", "on"):
                self.default = self.open.key
        elif self.open is not None and name in _KEPT:
            setattr(self.open, _KEPT[name], names.value(attributes))

    def closed(self, name: str) -> None:
        if name == "style":
            self.open = None


_KEPT = {"name": "name", "basedOn": "based_on", "outlineLvl": "outline", "numId": "numbered", "ilvl": "level"}


@dataclass(slots=True)
class Styles:
    """Answers for every paragraph whether it is a heading, and how deep in a list it stands."""

    found: Mapping[str, Style]
    default: str = ""
    known: dict[str, int | None] = field(default_factory=dict)

    def heading(self, paragraph: Paragraph) -> int | None:
        """The level of a heading from 0 (a title); None for ordinary text."""
        if paragraph.outline:
            return _outline(paragraph.outline)
        key = paragraph.style or self.default
        if key not in self.known:
            self.known[key] = self._heading(key)
        return self.known[key]

    def _heading(self, key: str) -> int | None:
        for style in self._chain(key):
            if style.outline:
                return _outline(style.outline)
            for called in (style.name, style.key):
                folded = fold(called)
                match = _HEADING.fullmatch(folded)
                if match:
                    return int(match[1])
                if folded in _TITLE:
                    return 0
        return None

    def level(self, paragraph: Paragraph) -> int | None:
        """How deep in a list a paragraph stands, from 0; None outside of lists."""
        if paragraph.numbered:
            return names.number(paragraph.level, _BODY) if paragraph.numbered != "0" else None
        for style in self._chain(paragraph.style):
            if style.numbered:
                named = _LIST.fullmatch(fold(style.name))
                return int(named[1]) - 1 if named else names.number(style.level, _BODY)
        return None

    def _chain(self, key: str) -> list[Style]:
        """A style and those that it is based on."""
        chain: list[Style] = []
        while key and len(chain) < _DEEPEST:
            chain.append(self.found.get(key) or Style(key))
            key = chain[-1].based_on
        return chain


def _outline(said: str) -> int | None:
    level = names.number(said, _BODY, _BODY)
    return level + 1 if level < _BODY else None


def read(container: Container, member: str | None) -> Styles:
    """Read the styles of a document; without them the IDs of styles are all there is to go by."""
    listener = _Styles()
    if member is not None:
        walk(container, member, listener, names.MAIN)
    return Styles(listener.found, listener.default)
