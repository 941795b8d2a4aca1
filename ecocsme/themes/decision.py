"""One decision of a person about one note, as a line of decisions.csv holds it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

NAME = "decisions.csv"
Do = Literal["assign", "unassign", "leave-out"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: who put which note into which theme, took it out, or left it out, when and why."""

    when: date
    who: str
    do: Do
    subject: str
    target: str
    why: str
    text_sha256: str


HEADER = tuple(field.name for field in fields(Decision))


def fingerprint(text: str) -> str:
    """The hash of a note's text, so that a decision about a text that changed later is found."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
