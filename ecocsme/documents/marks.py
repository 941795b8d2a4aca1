"""Markdown with marks to tokens: CommonMark and tables, and of Pandoc's notation the marks that Word needs.

`::: letterhead` ... `:::` and `::: {lang=en-GB}` ... `:::` around blocks, `[text]{lang=en-GB}` and `[text]{#anchor}` in a line.
Whatever the writers do not know is refused here, so that nothing can vanish from a document.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from ecocsme.documents.escaping import BREAK
from ecocsme.errors import InvalidFile, Problem, visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

DIVS = ("letterhead", "small", "page-break")
_BLOCKS = {"paragraph", "heading", "bullet_list", "ordered_list", "list_item", "blockquote", "div", "hr", "fence", "code_block", "inline"}
_KNOWN = frozenset(
    _BLOCKS
    | {"table", "thead", "tbody", "tr", "th", "td"}
    | {"text", "softbreak", "hardbreak", "strong", "em", "code_inline", "link", "span"}
)
_HARMLESS = frozenset(
    {*_KNOWN, *(f"{kind}_{end}" for kind in _KNOWN for end in ("open", "close"))} - {"link_open", "div_open", "span_open"}
)
_DEPTH = 60
_SIGNS = re.compile(r"[\\`*_\[!<&\n]")
_FENCE = re.compile(r"(:{3,})[ \t]*(.*?)[ \t]*$")
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
# a bookmark of Word has at most 40 letters, and the language may add to it
_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,35}")
_LINK = re.compile(r"https?://.|mailto:.|#.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands between the braces of a mark, or after its colons."""

    name: str = ""
    lang: str = ""
    anchor: str = ""
    unknown: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def parse(markdown: str, shown: str = "Markdown") -> Sequence[Token]:
    """Read Markdown with marks; raise InvalidFile naming every mark, link or element that no writer knows.

    The writers of all formats ask for the same document one after the other: the last one is kept.
    """
    with _collector_at_rest():
        tokens = _parser().parse(markdown)
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


@lru_cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # the nesting limit of the library leaves out what lies deeper; ours is lower and is an error
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 2 * _DEPTH}).enable("table")
    parser.core.ruler.at("inline", _lines)
    parser.block.ruler.before("table", "div", _div, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.inline.ruler.before("link", "span", _span)
    parser.inline.ruler.before("escape", "break", _break)
    return parser


def _lines(state: StateCore) -> None:
    """Read what stands in the lines; most of them are plain text, for which the rules need not be asked."""
    from markdown_it.token import Token

    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if _SIGNS.search(token.content):
                state.md.inline.parse(token.content, state.md, state.env, token.children)
            elif token.content:
                token.children.append(Token("text", "", 0, content=token.content))


def _div(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001  # markdown-it's signature
    if state.is_code_block(start):
        return False
    fence = _FENCE.match(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]])
    if fence is None:
        return False
    if not silent:
        state.line = start + 1
        token = state.push("div_open", "div", 1) if fence[2] else state.push("div_close", "div", -1)
        token.map = [start, start + 1]
        token.meta["mark"] = _div_mark(fence[2])
    return True


def _div_mark(said: str) -> Mark:
    braces = _BRACES.fullmatch(said)
    return _mark(braces[1].split()) if braces else _mark([f".{word}" for word in said.split()])


def _span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # markdown-it's signature
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    braces = _BRACES.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if braces is None:
        return False
    if not silent:
        limit, state.pos, state.posMax = state.posMax, state.pos + 1, end
        state.push("span_open", "span", 1).meta["mark"] = _mark(braces[1].split())
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = limit
    state.pos = braces.end()
    return True


def _break(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # markdown-it's signature
    if not state.src.startswith(BREAK, state.pos):
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos += len(BREAK)
    return True


def _mark(words: Iterable[str]) -> Mark:
    found: dict[str, str] = {}
    unknown: list[str] = []
    for word in words:
        name, value = _attribute(word)
        if value and name not in found:
            found[name] = value
        else:
            unknown.append(word)
    return Mark(**found, unknown=tuple(unknown) if found or unknown else ("{}",))


def _attribute(word: str) -> tuple[str, str]:
    """The field of a mark that a word fills, and its value; an empty value where the word is not known."""
    if word[:1] == "#":
        return "anchor", word[1:] if _ANCHOR.fullmatch(word[1:]) else ""
    if word[:1] == ".":
        return "name", word[1:] if word[1:] in DIVS else ""
    key, _, value = word.partition("=")
    value = value.strip('"')
    return "lang", value if key == "lang" and _LANGUAGE.fullmatch(value) else ""


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


def _faults(tokens: Sequence[Token]) -> Iterator[Fault]:
    walk = _Walk()
    for token in tokens:
        walk.line = token.map[0] + 1 if token.map else walk.line
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
    if token.level > _DEPTH:
        return walk.line, "is nested too deeply", "take some of the lists and quotes apart"
    if token.nesting == 1:
        walk.open.append(token)
    elif token.nesting == -1:
        if not walk.open:
            return walk.line, "::: closes a div that was not opened", "write the name of the div after its first :::"
        opened = walk.open.pop()
        if _kind(opened) != _kind(token):
            return _unclosed(opened) if _kind(opened) == "div" else (walk.line, "::: closes a div that was opened elsewhere", _CLOSE)
    return None


_CLOSE = "write ::: on a line of its own where the div ends, in the same list item or quote"


def _unclosed(opened: Token) -> Fault:
    return (opened.map or [0])[0] + 1, "a div is opened and never closed", _CLOSE


def _kind(token: Token) -> str:
    return token.type.removesuffix("_open").removesuffix("_close")


def _fault(token: Token, walk: _Walk) -> Iterator[Fault]:
    kind = _kind(token)
    if token.type == "link_open":
        yield from _link_fault(token, walk)
    elif kind in ("div", "span"):
        yield from _mark_fault(token.meta["mark"], kind, walk)
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


def _mark_fault(mark: Mark, kind: str, walk: _Walk) -> Iterator[Fault]:
    wrong = list(mark.unknown)
    if kind == "div":
        cure = f"known around blocks: {', '.join(DIVS)}, {{lang=en-GB}}"
        wrong += [f"#{mark.anchor}"] if mark.anchor else []
    else:
        cure = "known in a line: {lang=en-GB}, {#anchor}"
        wrong += [f".{mark.name}"] if mark.name else []
        yield from _anchor_fault(mark.anchor, walk)
    for word in wrong:
        yield walk.line, f"the mark {visible(word, 60)} is unknown", cure


def _anchor_fault(anchor: str, walk: _Walk) -> Iterator[Fault]:
    if not anchor:
        return
    if (anchor, walk.part) in walk.anchors:
        yield walk.line, f"the anchor #{visible(anchor, 60)} stands there twice", "give each target a name of its own"
    walk.anchors.add((anchor, walk.part))
