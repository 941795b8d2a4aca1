"""The codes on a form that one person fills in: they lead every answer to its question, and keep who it is out of the notes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ecocsme.event.model import Event, Question
from ecocsme.notes.model import SOMEBODY, prefix

_CONTACT = re.compile(r"(?<![a-z0-9/-])[a-z0-9][a-z0-9-]{0,59}/contact(?![a-z0-9/-])", re.IGNORECASE)
_PRINTED = re.compile(r"\s*[a-z0-9][a-z0-9-]{0,59}/(contact|form)\s*", re.IGNORECASE)
PRIVATE = "is a contact of whoever filled the form in, and goes into no note"


def code_of(event: Event, question: Question) -> str:
    """The printed ID of a question on a form."""
    return prefix(event.id, question.id, SOMEBODY, "r0")


def contact_code(event: Event) -> str:
    """The code of what is never stored: name and address of whoever fills the form in."""
    return f"{event.id}/contact"


def form_code(event: Event) -> str:
    """The code of a row that only says how the form is filled in."""
    return f"{event.id}/form"


def is_contact(texts: Iterable[str]) -> bool:
    """Whether one of the texts holds the code of contacts."""
    return any("/contact" in text.casefold() and _CONTACT.search(text) for text in texts)


def row_kind(texts: Iterable[str]) -> str:
    """What the code of a row says that is no question: `contact`, `form`, or nothing."""
    for text in texts:
        found = _PRINTED.fullmatch(text) if "/" in text and len(text) < 80 else None  # noqa: PLR2004  # no code is longer
        if found:
            return found[1].casefold()
    return ""
