"""The lines of a Markdown text as its reader sees them: one parser, plain texts, and the fields of a row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

_DEEPEST = 100
_AROUND = re.compile(r"\A(?:[\s>]|[-*+]\s|[0-9]{1,9}[.)]\s)*")
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)


@cache
def parser() -> MarkdownIt:
    """The parser: links and HTML stay as typed, and without them it is linear in time."""
    made = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    return made.disable(["reference", "link", "image", "autolink", "html_inline"])


def line_of(token: Token) -> int:
    """The line (from 1) on which a token begins."""
    return token.map[0] + 1 if token.map else 0


def plain(children: Iterable[Token]) -> str:
    """The text of a line as a reader of Markdown sees it; a sign of emphasis inside of a word or a sum was meant."""
    pieces: list[str] = []
    kept: list[bool] = []
    for child in children:
        if child.type.endswith("_open"):
            kept.append(bool(pieces) and pieces[-1][-1:].isalnum())
            pieces.append(child.markup if kept[-1] else "")
        elif child.type.endswith("_close"):
            pieces.append(child.markup if kept.pop() else "")
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append(" " if child.type == "softbreak" else "\n")
        else:
            pieces.append(_BREAK.sub("\n", child.content) if child.type == "text" else child.content)
    return "".join(pieces)


def inline(text: str) -> str:
    """The text of a single cell of a table."""
    return "".join(plain(token.children or ()) for token in parser().parseInline(text))


def bold(children: Sequence[Token]) -> bool:
    """Whether a whole line is in bold type."""
    written = [child for child in children if child.content or child.type.startswith("strong")]
    return len(written) > 1 and written[0].type == "strong_open" and written[-1].type == "strong_close"


def fields_of(line: str, *, inside: bool = False) -> list[str]:
    """The fields of a row of a table, `inside` a list or quotation; those beyond its header included, which the parser drops."""
    fields = escapedSplit((_AROUND.sub("", line) if inside else line).strip())
    if fields and not fields[0]:
        fields.pop(0)
    if fields and not fields[-1]:
        fields.pop()
    return fields
