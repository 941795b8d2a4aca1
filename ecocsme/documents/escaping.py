"""People's words inside Markdown: what CommonMark or our marks would read as a sign is escaped, all else stays as it is."""

from __future__ import annotations

import re
from html.entities import html5

from markupsafe import Markup

# a hard break within one line: a new line after the backslash would end a heading or the row of a table
BREAK = "\\\u2028"

# a space that must not break a line is meant, and stays
_SPACES = re.compile(r"[^\S\u00a0\u2007\u202f]+")
_SIGNS = re.compile(r"\*+|_+|~+|[\\`\[\]<&|]|!$|(?:(?<=\s)|^)#+$")
_BEYOND = re.compile(r"~+|^\[(?=[ xX^!])")
_AT_START = re.compile(r"[>{]|[-*_][-*_ ]*$|:(?=[-:]|$)|-(?=[-:\s]|$)|\+(?=\s|$)|=(?==*$)|#(?=#{0,5}(\s|$))")
_NUMBER_AT_START = re.compile(r"[0-9]{1,9}(?=[.)](\s|$))")
_ENTITY = re.compile(r"&(#?[0-9A-Za-z]*)(;|$)")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def plain(text: str) -> str:
    """Put a text on one line in which nothing is read as a sign, wherever in a line of Markdown it is printed."""
    return escaped(_SPACES.sub(" ", text).strip())


def typed(text: str) -> Markup:
    """Write a note as typed, its line breaks kept as hard breaks, wherever it is printed, also in the cell of a table."""
    return Markup(BREAK.join(plain(line) for line in text.strip().splitlines()))  # noqa: S704  # escaped by plain


def escaped(text: str) -> str:
    """Escape all signs of a text whose neighbours are not known; its white space stays."""
    return at_start(_SIGNS.sub(_sign, text))


def bare(text: str) -> str:
    """Escape only what viewers read beyond CommonMark: text struck out by tildes, boxes to tick, footnotes."""
    return _BEYOND.sub(_sign, text)


def at_start(line: str) -> str:
    """Escape only the beginning of a line, where it would make a list, a heading, a quote or a fence of it."""
    number = _NUMBER_AT_START.match(line)
    if number:
        return f"{number[0]}\\{line[number.end() :]}"
    return f"\\{line}" if _AT_START.match(line) else line


def _sign(found: re.Match[str]) -> str:
    sign, text = found[0], found.string
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    if sign == "\\":
        # a sign may follow in the template: only the entity never escapes it
        return "&#92;" if not after else "\\\\" if after in _PUNCTUATION else sign
    if _harmless(sign, before, after) or (sign == "&" and not _is_entity(text, found.start())):
        return sign
    return f"\\{sign}" if sign[0] == "#" else "".join(f"\\{one}" for one in sign)


def _harmless(sign: str, before: str, after: str) -> bool:
    if sign[0] in "_*" and before == after == " ":
        return True
    if sign[0] == "_":
        return before.isalnum() and after.isalnum()
    if sign == "<":
        return after in (" ", "=")
    # with a space before it and none after it, a tilde can only open, and none is left to close
    return sign == "~" and before in ("", " ") and after.isalnum()


def _is_entity(text: str, at: int) -> bool:
    """Whether an ampersand is read as the beginning of an entity, be its semicolon in the text or in the template."""
    name = _ENTITY.match(text, at)
    return name is not None and (name[1] == "" or name[1].startswith("#") or f"{name[1]};" in html5)
