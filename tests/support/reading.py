"""What a careful reader marks in a finished document."""

from __future__ import annotations

import re


def blemishes(text: str) -> list[str]:
    """What a press office would mark in red: doubled signs and blanks, a sign after a blank, a blank that is missing, Python's words."""
    signs = r"[,;] *[,.;]|\.\.(?!\.)|(?<![|:\-] ) [,;.!?](?!\d)|[,;][^\s\d|<]|\(\s|\s\)|\{|\}|\\(?!\n)"
    blanks = r"[^\n|] {2,}|\n\n\n|: *\n\n(?![-\d|])"
    odd = re.compile(rf"{signs}|{blanks}|\bNone\b|\bTrue\b|\bFalse\b")
    return [text[max(0, found.start() - 20) : found.end() + 20] for found in odd.finditer(text)]


def empty_headings(text: str) -> list[str]:
    """The headings under which nothing stands."""
    lines = [*filter(None, text.splitlines()), "# the end"]
    levels = [len(line.split()[0]) if line.startswith("#") else 9 for line in lines]
    return [line for line, level, following in zip(lines, levels, levels[1:], strict=False) if following <= level < 9]
