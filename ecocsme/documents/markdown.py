"""The Markdown that people read: all marks taken out, and no backslash that is not needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ecocsme.documents.escaping import at_start, bare, escaped, plain, typed
from ecocsme.documents.marks import parse

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["for_people", "plain", "typed"]

_ALIGNED = {"text-align:left": ":---", "text-align:right": "---:", "text-align:center": ":---:"}
_PARAGRAPH, _HEADING, _CELL = "{}", "# {}", "| {} |\n|---|"
_BREAKS = {_PARAGRAPH: "\\\n", _HEADING: " ", _CELL: "<br>"}
_RULE = re.compile(r"[-*_ ]+")
_OTHER_MARKER = {"-": "*", "*": "-", "+": "-", ".": ")", ")": "."}


def for_people(markdown: str, shown: str = "Markdown") -> str:
    """Write Markdown without marks: divs and spans are unwrapped, links inside the document become their text.

    A page break becomes a line across the page. Raise InvalidFile naming a mark or element that is unknown.
    """
    return "\n".join((*_joined(_Reader(parse(markdown, shown)).blocks("")), ""))


class _Block(NamedTuple):
    """The lines of one block; `marker` is that of a list, `break_` says that it is only a line across the page."""

    lines: list[str]
    marker: str = ""
    break_: bool = False


def _joined(blocks: Iterable[_Block], *, tight: bool = False) -> list[str]:
    """Lay blocks one below the other; of several lines across the page one is kept, and none stands first or last."""
    lines: list[str] = []
    waiting: list[str] = []
    for block in blocks:
        if block.break_:
            waiting = block.lines if lines else []
            continue
        for part in filter(None, (waiting, block.lines)):
            lines += [*([] if tight or not lines else [""]), *part]
        waiting = []
    return lines


@dataclass(slots=True)
class _Reader:
    """Walks the tokens once; every method leaves `at` behind what it has read."""

    tokens: Sequence[Token]
    at: int = 0

    def blocks(self, closing: str, before: str = "") -> list[_Block]:
        """The blocks up to a closing token, or to the end; `before` is the marker of a list that stands right before them."""
        found: list[_Block] = []
        while self.at < len(self.tokens) and self.tokens[self.at].type != closing:
            token = self.tokens[self.at]
            self.at += 1
            marker = found[-1].marker if found else before
            found += self._div(token, marker) if token.type == "div_open" else [_BLOCKS[token.type](self, token, marker)]
        self.at += 1
        return found

    def _div(self, token: Token, before: str) -> list[_Block]:
        inside = self.blocks("div_close", before)
        return [_Block(["---"], break_=True), *inside] if token.meta["mark"].name == "page-break" else inside

    def _inline(self, frame: str = _PARAGRAPH) -> str:
        """The text of the inline token that comes next; its closing token is passed by."""
        self.at += 2
        return _text(self.tokens[self.at - 2].children or [], frame)

    def paragraph(self, _token: Token, _before: str) -> _Block:
        """Write a paragraph; one that held only an anchor is nothing."""
        text = self._inline().lstrip(" ")  # of an emblem, the space after it is left
        return _Block(text.split("\n") if text else [])

    def heading(self, token: Token, _before: str) -> _Block:
        """Write a heading."""
        return _Block([f"{'#' * int(token.tag[1:])} {self._inline(_HEADING)}".rstrip()])

    def quote(self, _token: Token, _before: str) -> _Block:
        """Write a block quote."""
        return _Block([f"> {line}".rstrip() for line in _joined(self.blocks("blockquote_close"))])

    def listed(self, token: Token, before: str) -> _Block:
        """Write a list; one that follows another of the same kind gets another marker, or both would be one."""
        marker = _OTHER_MARKER[token.markup] if before == token.markup else token.markup
        first = int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else None
        items, tight = self._items(token.type.replace("open", "close"))
        lines: list[str] = []
        for index, item in enumerate(items):
            sign = marker if first is None else f"{first + index}{marker}"
            lines += [*([] if tight or not lines else [""]), *_item(sign, _joined(item, tight=tight))]
        return _Block(lines, marker)

    def _items(self, closing: str) -> tuple[list[list[_Block]], bool]:
        """The items of a list, and whether no blank line stands between them."""
        items: list[list[_Block]] = []
        tight = True
        while self.tokens[self.at].type != closing:
            self.at += 1
            tight = tight and self._is_tight()
            items.append(self.blocks("list_item_close"))
            tight = tight and all(block.marker for block in items[-1][1:])
        self.at += 1
        return items, tight

    def _is_tight(self) -> bool:
        first = self.tokens[self.at]
        return first.type != "paragraph_open" or first.hidden

    def code(self, token: Token, _before: str) -> _Block:
        """Write a block of code between fences that are longer than any inside."""
        fence = "```"
        while fence in token.content:
            fence += "`"
        return _Block([f"{fence}{token.info.strip()}", *token.content.rstrip("\n").split("\n"), fence])

    def rule(self, _token: Token, _before: str) -> _Block:
        """Write a line across the page."""
        return _Block(["---"], break_=True)

    def table(self, _token: Token, _before: str) -> _Block:
        """Write a table."""
        lines: list[str] = []
        aligned: list[str] = []
        cells: list[str] = []
        while (token := self.tokens[self.at]).type != "table_close":
            self.at += 1
            if token.type == "inline":
                cells.append(_text(token.children or [], _CELL))
            elif token.type == "th_open":
                aligned.append(_ALIGNED.get(str(token.attrGet("style")), "---"))
            elif token.type == "tr_close":
                lines.append(f"| {' | '.join(cells)} |")
                cells = []
        self.at += 1
        return _Block([lines[0], f"|{'|'.join(aligned)}|", *lines[1:]])


_BLOCKS: dict[str, Callable[[_Reader, Token, str], _Block]] = {
    "paragraph_open": _Reader.paragraph,
    "heading_open": _Reader.heading,
    "blockquote_open": _Reader.quote,
    "bullet_list_open": _Reader.listed,
    "ordered_list_open": _Reader.listed,
    "fence": _Reader.code,
    "code_block": _Reader.code,
    "hr": _Reader.rule,
    "table_open": _Reader.table,
}


def _item(sign: str, lines: Sequence[str]) -> list[str]:
    indent = " " * (len(sign) + 1)
    first, *others = lines or [""]
    return [f"{sign} {first}".rstrip(), *(f"{indent}{line}".rstrip() for line in others)]


def _text(tokens: Sequence[Token], frame: str = _PARAGRAPH) -> str:
    """Write what stands in a line as bare as it reads the same in its frame."""
    safe, free = (_written(tokens, write, _BREAKS[frame]) for write in (escaped, bare))
    started = "\n".join(map(at_start, free.split("\n")))
    if _RULE.fullmatch(free):
        free = started  # after the marker of a list item, hyphens would be a line across the page
    choices = [line.replace("|", "\\|") if frame == _CELL else line for line in (free, started, safe)]
    if choices[0] == choices[2]:
        return choices[0]
    meant = _read(frame.format(choices[2]))
    return next((line for line in choices[:2] if _read(frame.format(line)) == meant), choices[2])


def _written(tokens: Sequence[Token], write: Callable[[str], str], break_: str) -> str:
    pieces: list[str] = []
    endings: list[str] = []
    for token in tokens:
        if token.type == "text":
            pieces.append(token.content if endings[-1:] == [">"] else write(token.content))
        elif token.type == "link_open":
            begin, end = _link(str(token.attrGet("href")), automatic=token.markup == "autolink")
            pieces.append(begin)
            endings.append(end)
        elif token.type == "link_close":
            pieces.append(endings.pop())
        elif token.type == "image":
            pieces.append(_shown(token, write))
        else:
            pieces.append(break_ if token.type == "hardbreak" else _sign(token))
    return "".join(pieces)


def _shown(image: Token, write: Callable[[str], str]) -> str:
    """What a person reads in place of a picture; beside an emblem stands what it says."""
    return "" if str(image.attrGet("src")).startswith("emblem:") else write(image.content)


def _link(href: str, *, automatic: bool) -> tuple[str, str]:
    """What stands before and after the text of a link; one inside the document is left out, as viewers lose its target."""
    if href.startswith("#"):
        return "", ""
    if automatic:
        return "<", ">"
    return "[", f"](<{href}>)" if "(" in href or ")" in href else f"]({href})"


def _sign(token: Token) -> str:
    if token.type == "code_inline":
        pad = " " if token.content[:1] in "` " or token.content[-1:] in "` " else ""
        return f"{token.markup}{pad}{token.content}{pad}{token.markup}"
    return {"softbreak": "\n", "span_open": "", "span_close": ""}.get(token.type, token.markup)


@lru_cache
def _viewer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _read(markdown: str) -> list[tuple[str, str, str, str]]:
    """What a viewer makes of some Markdown; it may read HTML and struck-out text, which our own parser does not."""
    tokens = _viewer().parse(markdown)
    every = (one for token in tokens for one in (token, *(token.children or ())))
    return [(one.type, one.tag, "" if one.type == "inline" else one.content, str(one.attrs)) for one in every]
