"""Markdown with marks to tokens, by rules of our own beside those of CommonMark; what is unknown is refused elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ecocsme.documents.escaping import BREAK

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

DEPTH = 60
CARDS = ("badges", "half-pages")  # what lies in them is cards: `::: card`
TIMELINE = "timeline"  # around a table whose rows are as high as they last
DIVS = ("letterhead", "small", "sign", "sign-words", "page-break", TIMELINE, *CARDS, "card")
BREAK_ROW = "break"
ANSWER = "answer"  # in a line: what stands in a control to be typed over
_NUMBERS = {"minutes": re.compile("[0-9]{1,4}"), "width": re.compile("[1-9][0-9]?")}
_SIGNS = re.compile(r"[\\`*_\[!<&\n]")
_FENCE = re.compile(r"(:{3,})[ \t]*(.*?)[ \t]*$")
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
# a bookmark of Word has at most 40 letters, and the language may add to it
_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,35}")


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands between the braces of a mark, or after its colons; `width` is the share of a column in per cent."""

    name: str = ""
    lang: str = ""
    anchor: str = ""
    minutes: str = ""
    width: str = ""
    unknown: tuple[str, ...] = ()


@lru_cache
def parser() -> MarkdownIt:
    """A parser of CommonMark, tables, and our marks."""
    from markdown_it import MarkdownIt

    # the nesting limit of the library leaves out what lies deeper; ours is lower and is an error
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 2 * DEPTH}).enable("table")
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
        return "name", word[1:] if word[1:] in (*DIVS, BREAK_ROW, ANSWER) else ""
    key, _, value = word.partition("=")
    value = value.strip('"')
    if key in _NUMBERS:
        return key, value if _NUMBERS[key].fullmatch(value) else ""
    return "lang", value if key == "lang" and _LANGUAGE.fullmatch(value) else ""
