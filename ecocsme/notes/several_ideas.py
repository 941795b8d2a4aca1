"""Several ideas in one answer: told apart by marks of a list, by lines or by semicolons, only where all of it looks like a list.

Each idea is a part of the answer, letter for letter. In doubt the answer is one idea: nothing is lost by that, while a sentence
that was cut would be counted twice and quoted by halves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ecocsme.notes.no_content import says_nothing

MOST = 100  # ideas of one answer; no table has written more
_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_MARK = re.compile(r"\s*(?:(?P<sign>[-–—•·●○◦▪■*+‣➢✓])|\(?(?P<number>[0-9]{1,3})[.)])(?:\s+|(?=[^\W\d_])|\Z)")
_NUMBER = re.compile(r"(?:(?<=\s)|\A)\(?([0-9]{1,2})([.)])[ \u00a0]*(?=[^\W\d_])")
_SIGNS = "•●○◦▪■‣➢"  # signs that mark an idea in the middle of a line, too
_WORD = re.compile(r"[^\W\d_]{2,}")
_GOES_ON = re.compile(r"[,:(/&+–—-]\Z")
_SENTENCE = re.compile(r"[.!?…]\s")
_PAIRS = ("()", "[]", "„”", "“”", "«»")
_WRAPPED = 60  # letters of a line from which a break after it may be the end of the paper
_FEW = 8  # words of an idea among semicolons
_SURE = 3  # numbers with a point in one line that make a list; two of them may be a date or a floor


def ideas(text: str) -> tuple[str, ...]:
    """The ideas that stand in an answer, in their order; nothing where it is one, or where that is not sure."""
    found = tuple(stripped for one in _parts(text) if (stripped := _stripped(one)))
    return found if 1 < len(found) <= MOST and all(map(_says_something, found)) else ()


def unsure(text: str) -> bool:
    """Whether an answer has several lines or semicolons, and yet was not split."""
    return ("\n" in text.strip() or text.count(";") > 0) and not ideas(text)


def _parts(text: str) -> tuple[str, ...]:
    """The parts that marks, lines or semicolons make of a text, as they stand in it."""
    lines = [line for line in _LINE.finditer(text) if line[0].strip()]
    marks = [_MARK.match(line[0]) for line in lines]
    if sum(mark is not None for mark in marks) > 1:
        return _marked(text, lines, marks)
    if len(lines) > 1:
        whole = tuple(line[0] for line in lines)
        return whole if _is_list(whole) else ()
    text = text.strip()
    return _numbered(text) or _signed(text) or _between_semicolons(text)


def _marked(text: str, lines: Sequence[re.Match[str]], marks: Sequence[re.Match[str] | None]) -> tuple[str, ...]:
    """The items of a list; a line without a mark goes on with the item above, one before the first item must announce the list."""
    items = [(line.start(), line.start() + mark.end()) for line, mark in zip(lines, marks, strict=True) if mark]
    before = text[: items[0][0]].strip()
    if (before and not (before.endswith(":") and len(before.splitlines()) == 1)) or not _is_one_kind([mark for mark in marks if mark]):
        return ()
    ends = [start for start, _ in items[1:]] + [len(text)]
    return tuple(text[start:end] for (_, start), end in zip(items, ends, strict=True))


def _is_one_kind(marks: Sequence[re.Match[str]]) -> bool:
    """Whether all items have one sign, or the numbers 1, 2, 3 ..."""
    numbers = [mark["number"] for mark in marks]
    if any(numbers):
        return numbers == [str(number) for number in range(1, len(marks) + 1)]
    return len({mark["sign"] for mark in marks}) == 1


def _is_list(lines: Sequence[str]) -> bool:
    """Whether each line is an idea: none goes on in the next one, all begin alike, and no line was broken by the width of a paper."""
    if any(_GOES_ON.search(line.rstrip()) for line in lines[:-1]) or any(not _balanced(line) for line in lines):
        return False
    small = [line.lstrip(" \t„“\"'«(")[:1].islower() for line in lines]
    if all(small):
        return all(len(line) < _WRAPPED for line in lines[:-1])
    return not any(small)


def _numbered(text: str) -> tuple[str, ...]:
    """`1) ... 2) ...` in one line."""
    places = list(_NUMBER.finditer(text))
    marks = {place[2] for place in places}
    in_order = [place[1] for place in places] == [str(number) for number in range(1, len(places) + 1)]
    if not places or places[0].start() or not in_order or len(marks) > 1 or (marks == {"."} and len(places) < _SURE):
        return ()
    ends = [place.start() for place in places[1:]] + [len(text)]
    return tuple(text[place.end() : end] for place, end in zip(places, ends, strict=True))


def _signed(text: str) -> tuple[str, ...]:
    """`• ... • ...` in one line."""
    if text and text[0] in _SIGNS and text.count(text[:1]) > 1:
        return tuple(text[1:].split(text[0]))
    return ()


def _between_semicolons(text: str) -> tuple[str, ...]:
    """`...; ...; ...` in one line, where each is a few words, no sentence, and nothing is left open."""
    if re.search(r";(?![ \u00a0]|\Z)", text) or re.search(r"&#?\w+;", text):
        return ()
    found = tuple(text.rstrip(";").split(";"))
    return found if len(found) > 1 and all(map(_is_short, found)) else ()


def _is_short(part: str) -> bool:
    return len(part.split()) <= _FEW and not _SENTENCE.search(part.strip()) and _balanced(part)


def _balanced(text: str) -> bool:
    """Whether brackets and quotation marks are closed where they were opened."""
    return all(text.count(pair[0]) == text.count(pair[1]) for pair in _PAIRS[:2]) and text.count('"') % 2 == 0


def _stripped(idea: str) -> str:
    return idea.strip().rstrip(";,").rstrip()


def _says_something(idea: str) -> bool:
    return _WORD.search(idea) is not None and not says_nothing(idea)
