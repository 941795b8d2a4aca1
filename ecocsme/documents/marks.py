"""Markdown with marks to tokens: CommonMark and tables, and of Pandoc's notation the marks that Word needs.

`::: letterhead` ... `:::` and `::: {lang=en-GB}` ... `:::` around blocks, `[text]{lang=en-GB}` and `[text]{#anchor}` in a line,
`[Type here]{.answer}` for a control that an answer is typed into,
`[11:00]{minutes=15}` before a row of a `::: timeline`, `{minutes=15 .break}` where it is a break, `[Notes]{width=30}` above a column,
`![what it shows](qr:TEXT)` and `![what it shows](emblem:NAME)` for pictures.
Whatever the writers do not know is refused here, so that nothing can vanish from a document.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from ecocsme.documents.mark_reading import ANSWER, BREAK_ROW, CARDS, DEPTH, DIVS, TIMELINE, Mark, parser
from ecocsme.errors import InvalidFile, Problem, visible

if TYPE_CHECKING:
    from markdown_it.token import Token

_BLOCKS = {"paragraph", "heading", "bullet_list", "ordered_list", "list_item", "blockquote", "div", "hr", "fence", "code_block", "inline"}
_KNOWN = frozenset(
    _BLOCKS
    | {"table", "thead", "tbody", "tr", "th", "td"}
    | {"text", "softbreak", "hardbreak", "strong", "em", "code_inline", "link", "span"}
)
_HARMLESS = frozenset(
    {*_KNOWN, *(f"{kind}_{end}" for kind in _KNOWN for end in ("open", "close"))} - {"link_open", "div_open", "span_open"}
)
_WHOLE = 100
_LINK = re.compile(r"https?://.|mailto:.|#.", re.IGNORECASE)
_PICTURE = re.compile(r"qr:.|emblem:[a-z0-9][a-z0-9-]*$")


@lru_cache(maxsize=1)
def parse(markdown: str, shown: str = "Markdown") -> Sequence[Token]:
    """Read Markdown with marks; raise InvalidFile naming every mark, link or element that no writer knows.

    The writers of all formats ask for the same document one after the other: the last one is kept.
    """
    with _collector_at_rest():
        tokens = parser().parse(markdown)
    problems = [Problem(shown, f"line {line} of its Markdown: {said}", cure, code="template") for line, said, cure in _faults(tokens)]
    if problems:
        raise InvalidFile(problems)
    return tokens


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector from going through all tokens again and again while more of them are made."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def starts_part(token: Token) -> bool:
    """Whether a part in another language begins here; a document that binds several languages has the same anchors in each."""
    return token.type == "div_open" and token.level == 0 and bool(token.meta["mark"].lang)


Fault = tuple[int, str, str]


@dataclass(slots=True)
class _Walk:
    """What is open and what was seen while all tokens are looked at."""

    line: int = 1
    open: list[Token] = field(default_factory=list)
    part: int = 0
    anchors: set[tuple[str, int]] = field(default_factory=set)
    links: list[tuple[str, int]] = field(default_factory=list)
    first: Token | None = None  # what a line begins with
    column: int = 0  # of the row of a table
    width: int = 0  # that the columns of a table ask for, in per cent

    def step(self, token: Token) -> None:
        """Look at the next token."""
        self.line = token.map[0] + 1 if token.map else self.line
        self.first = token.children[0] if token.children else None
        self.width = 0 if token.type == "table_open" else self.width
        self.column = 0 if token.type == "tr_open" else self.column + (token.type in ("th_open", "td_open"))

    def begins(self, kind: str, token: Token) -> bool:
        """Whether something is what a cell of a kind (`th`, `td`) begins with."""
        return token is self.first and bool(self.open) and self.open[-1].type == f"{kind}_open"


def _faults(tokens: Sequence[Token]) -> Iterator[Fault]:
    walk = _Walk()
    for token in tokens:
        walk.step(token)
        stop = _structure_fault(token, walk)
        if stop:
            yield stop
            return
        walk.part += starts_part(token)
        for one in (token, *(token.children or ())):
            if one.type not in _HARMLESS:
                yield from _fault(one, walk)
    for left in walk.open:
        yield _unclosed(left)
    known = {anchor for anchor, _ in walk.anchors}
    for target, line in walk.links:
        if target not in known:
            yield line, f"the link #{visible(target, 60)} leads nowhere", f"mark its target as [text]{{#{visible(target, 60)}}}"


def _structure_fault(token: Token, walk: _Walk) -> Fault | None:
    """What is wrong with how blocks lie in one another; what follows it cannot be judged."""
    if token.level > DEPTH:
        return walk.line, "is nested too deeply", "take some of the lists and quotes apart"
    if not _lies_well(token, walk.open):
        return walk.line, "cards lie in a div of cards, and nothing else does", _CARDS
    if token.type == "div_open" and token.meta["mark"].name == TIMELINE and not _stands_alone(walk.open):
        return walk.line, "a timeline lies in another div, a list or a quote", "close what is around it before it begins"
    if token.nesting == 1:
        walk.open.append(token)
    elif token.nesting == -1:
        if not walk.open:
            return walk.line, "::: closes a div that was not opened", "write the name of the div after its first :::"
        opened = walk.open.pop()
        if _kind(opened) != _kind(token):
            return _unclosed(opened) if _kind(opened) == "div" else (walk.line, "::: closes a div that was opened elsewhere", _CLOSE)
    return None


def _lies_well(token: Token, around: Sequence[Token]) -> bool:
    """Whether a block lies where it may: only cards in a div of cards, which itself lies in none but that of a language."""
    named = [one.meta["mark"].name if one.type == "div_open" else one.type for one in around]
    name = token.meta["mark"].name if token.type == "div_open" else ""
    if name == "card" or (named and named[-1] in CARDS):
        return token.type == "div_close" or (name == "card" and bool(named) and named[-1] in CARDS)
    return _stands_alone(around) if name in CARDS else not (name == "page-break" and "card" in named)


def _stands_alone(around: Sequence[Token]) -> bool:
    """Whether there is nothing around a block but divs of a language."""
    return all(one.type == "div_open" and not one.meta["mark"].name for one in around)


_CARDS = f"known: {', '.join(CARDS)}; begin each card with ::: card, and a new page before them all"
_CLOSE = "write ::: on a line of its own where the div ends, in the same list item or quote"


def _unclosed(opened: Token) -> Fault:
    return (opened.map or [0])[0] + 1, "a div is opened and never closed", _CLOSE


def _kind(token: Token) -> str:
    return token.type.removesuffix("_open").removesuffix("_close")


def _fault(token: Token, walk: _Walk) -> Iterator[Fault]:
    kind = _kind(token)
    if token.type == "link_open":
        yield from _link_fault(token, walk)
    elif kind == "image" and _PICTURE.match(str(token.attrGet("src") or "")) and not token.attrGet("title"):
        return
    elif kind in ("div", "span"):
        yield from _mark_fault(token, kind, walk)
    else:
        yield walk.line, f"{kind.replace('_', ' ')} is not available in documents", "write it in another way"


def _link_fault(token: Token, walk: _Walk) -> Iterator[Fault]:
    href = str(token.attrGet("href") or "")
    if href.startswith("#") and len(href) > 1:
        walk.links.append((href[1:], walk.line))
    elif not _LINK.match(href):
        yield walk.line, f"the link {visible(href, 100) or '()'} leads nowhere", "begin it with https://, http://, mailto: or #"
    if token.attrGet("title"):
        yield walk.line, "a title of a link is not available in documents", "write it into the text"


def _mark_fault(token: Token, kind: str, walk: _Walk) -> Iterator[Fault]:
    mark: Mark = token.meta["mark"]
    wrong = list(mark.unknown)
    if kind == "div":
        cure = f"known around blocks: {', '.join(DIVS)}, {{lang=en-GB}}"
        wrong += [f"#{mark.anchor}"] if mark.anchor else []
        wrong += [f".{mark.name}"] if mark.name in (BREAK_ROW, ANSWER) else []
        wrong += [f"{key}=" for key in ("minutes", "width") if getattr(mark, key)]
    else:
        cure = "known in a line: {lang=en-GB}, {#anchor}, {.answer}, {minutes=15}, {minutes=15 .break}, {width=30}"
        wrong += [f".{mark.name}"] if mark.name not in ("", ANSWER) and (mark.name != BREAK_ROW or not mark.minutes) else []
        yield from _place_fault(token, walk)
        yield from _anchor_fault(mark.anchor, walk)
    for word in wrong:
        yield walk.line, f"the mark {visible(word, 60)} is unknown", cure


def _place_fault(token: Token, walk: _Walk) -> Iterator[Fault]:
    """What is wrong with where the length of a row or the width of a column stands: only there a writer looks for it."""
    mark: Mark = token.meta["mark"]
    timeline = any(one.type == "div_open" and one.meta["mark"].name == TIMELINE for one in walk.open)
    if mark.minutes and not (timeline and walk.column == 1 and walk.begins("td", token)):
        yield (
            walk.line,
            "{minutes=} is not in front of a row of a timeline",
            "write ::: timeline around the table, and begin the row with it",
        )
    if mark.width and not walk.begins("th", token):
        yield walk.line, "{width=} is not above a column", "begin the title of the column with it"
    walk.width += int(mark.width or 0)
    if mark.width and walk.width >= _WHOLE:
        yield walk.line, "the columns of a table ask for more than there is", "let their {width=} be less than 100 together"


def _anchor_fault(anchor: str, walk: _Walk) -> Iterator[Fault]:
    if not anchor:
        return
    if (anchor, walk.part) in walk.anchors:
        yield walk.line, f"the anchor #{visible(anchor, 60)} stands there twice", "give each target a name of its own"
    walk.anchors.add((anchor, walk.part))
