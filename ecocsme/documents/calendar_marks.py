"""What the manifest keeps of a calendar file: its SEQUENCE, and what a reader sees in it; read without the library that wrote it."""

from __future__ import annotations

import re
from typing import NamedTuple

from ecocsme.documents.manifest import digest

_FOLD = re.compile(rb"\r?\n[ \t]")
_SEQUENCE = re.compile(rb"^SEQUENCE:([0-9]{1,9})\r?$", re.MULTILINE)
_SEEN = (b"DTSTART", b"DTEND", b"SUMMARY", b"LOCATION", b"DESCRIPTION")


class Marks(NamedTuple):
    """The two values, as an entry of the manifest names them; documents of other formats have neither."""

    sequence: int = 0
    seen: str = ""


def marks(data: bytes) -> Marks:
    """Both of a calendar file of ours."""
    found = _SEQUENCE.search(data)
    return Marks(int(found[1]) if found else 0, seen(data))


def seen(data: bytes) -> str:
    """A hash of what a reader of the calendar sees: when, where and what."""
    entry = _FOLD.sub(b"", data).partition(b"BEGIN:VEVENT")[2]
    return digest(b"\n".join(sorted(line for line in entry.splitlines() if line.startswith(_SEEN))))
