"""What a person changed in a document: its paragraphs against those of the builds that the person had before them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ecocsme.errors import InvalidFile
from ecocsme.files import archives

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACES = {f"{_W}tab", f"{_W}br", f"{_W}cr"}
_ALIKE = 45  # of 100: less alike, and two paragraphs are not two versions of one
_BLANK_LINES = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Changed:
    """One paragraph that a person changed (both texts), added (`built` is empty) or removed (`now` is empty)."""

    now: str
    built: str

    @property
    def span(self) -> tuple[int, int]:
        """Which part of the built text reads differently now."""
        start = _common(self.now, self.built)
        end = _common(self.now[start:][::-1], self.built[start:][::-1])
        return start, len(self.built) - end

    @property
    def span_now(self) -> tuple[int, int]:
        """Which part of the person's text is new."""
        start, end = self.span
        return start, len(self.now) - (len(self.built) - end)


def paragraphs(data: bytes, ending: str) -> tuple[str, ...]:
    """The paragraphs of a document as a reader sees them, spaces folded; none of a file that cannot be read, or of a workbook."""
    if ending == "docx":
        try:
            return _folded(_of_word(data))
        except InvalidFile:
            return ()
    return _folded(_BLANK_LINES.split(data.decode("utf-8", "replace").replace("\r\n", "\n"))) if ending == "md" else ()


def marks(texts: Iterable[str]) -> tuple[str, ...]:
    """A short hash of each paragraph, to know it again without keeping its text twice."""
    return tuple(hashlib.sha256(text.encode()).hexdigest()[:12] for text in texts)


def compare(now: bytes, new: bytes, ending: str, known: Collection[str]) -> tuple[Changed, ...]:
    """What a person changed by hand; `known` are the marks of earlier builds, `new` is what would be built today.

    Paragraphs that only the files behind the document have changed are not named, nor those that a person's correction of
    these files has made equal.
    """
    theirs, ours = paragraphs(now, ending), paragraphs(new, ending)
    waiting = [text for text in dict.fromkeys(ours) if text not in set(theirs)]
    built = set(ours)
    touched = [text for text, mark in zip(theirs, marks(theirs), strict=True) if mark not in known and text not in built]
    changed = [Changed(text, _taken(text, waiting)) for text in dict.fromkeys(touched)]
    removed = [Changed("", text) for text, mark in zip(waiting, marks(waiting), strict=True) if mark in known]
    return (*changed, *removed)


def _taken(text: str, waiting: list[str]) -> str:
    """Take the paragraph that this one was made from, if any is alike."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(text, waiting, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return waiting.pop(found[2]) if found else ""


def _of_word(data: bytes) -> Iterable[str]:
    """The text of every paragraph of the body; a container or an XML that is not safe is refused by `archives`."""
    from defusedxml.ElementTree import fromstring

    parts = archives.members(data, "document.docx", linked=True)
    if "word/document.xml" not in parts:
        return []
    return [_text(paragraph) for paragraph in fromstring(parts["word/document.xml"]).iter(f"{_W}p")]


def _text(paragraph: Iterable[object]) -> str:
    pieces = []
    for element in paragraph.iter():  # type: ignore[attr-defined]  # an element of defusedxml, which has no types
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif element.tag in _SPACES:
            pieces.append(" ")
    return "".join(pieces)


def _folded(texts: Iterable[str]) -> tuple[str, ...]:
    folded = (" ".join(text.split()) for text in texts)
    return tuple(text for text in folded if text)


def _common(one: str, other: str) -> int:
    """How many signs two texts begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
