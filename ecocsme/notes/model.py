"""A note: one answer as typed, with its ID, its origin and a seal that shows whether somebody changed it since."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Literal

from ecocsme.notes.no_content import says_nothing

Content = Literal["yes", "none", "split"]

SOMEBODY = "p0"  # printed on a form in place of a respondent, whose number is given when the form is imported

_ID = re.compile(r"([a-z0-9][a-z0-9-]{0,59})/(q[1-9][0-9]{0,2})/(t[0-9]{1,3}|p[0-9]{1,6})/(r[0-9]{1,3})/([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Note:
    """One answer; the fields are the columns of a notes file, in their order.

    `respondent` takes the table's place in the ID where there is one and no table; `parent` is the note around a nested
    list item, or the whole answer of which this is one idea; `language` is empty where the sheet does not say it.
    """

    id: str
    event: str
    question: str
    table: str
    round: str
    respondent: str
    text: str
    language: str
    content: str
    state: str
    parent: str
    sheet: str
    tab: str
    cell: str
    sheet_sha256: str
    seal: str = ""

    @property
    def prefix(self) -> str:
        """The first four parts of the ID, as printed on the answer sheet."""
        return self.id.rsplit("/", 1)[0]

    @property
    def number(self) -> int:
        """The last part of the ID."""
        return int(self.id.rsplit("/", 1)[1])

    @property
    def counts(self) -> bool:
        """Whether documents count and quote it: it has content, was not withdrawn, and is not counted by its ideas."""
        return self.content == "yes" and self.state == "current"

    @property
    def split(self) -> bool:
        """Whether it is a whole answer whose ideas are notes of their own, and counted in its place."""
        return self.content == "split"


COLUMNS: tuple[str, ...] = tuple(column.name for column in fields(Note))
_VALUES = attrgetter(*COLUMNS)
_sealed_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def values(note: Note) -> tuple[str, ...]:
    """The values of a note in the order of the columns."""
    found: tuple[str, ...] = _VALUES(note)
    return found


def seal_of(note: Note) -> str:
    """Compute the seal over everything else in the note (16 hexadecimal digits of SHA-256)."""
    return seal_of_text(under_seal(values(note)[:-1]))


def under_seal(row: tuple[str, ...]) -> str:
    """The values of a note but for its seal, written as the one text that is sealed."""
    return _sealed_text(row)


def seal_of_text(text: str) -> str:
    """The seal of such a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def sealed(note: Note) -> Note:
    """Put the right seal on a note."""
    return Note(*(*values(note)[:-1], seal_of(note)))


def sealed_row(**row: str) -> Note:
    """Make a sealed note of its values, named as the columns and in their order, in half the time."""
    return Note(**row, seal=seal_of_text(under_seal(tuple(row.values()))))


def prefix(event: str, question: str, seat: str, around: str) -> str:
    """Compose the first four parts of an ID; `seat` is a table or a respondent, `around` a round."""
    return f"{event}/{question}/{seat}/{around}"


def parts(note_id: str) -> tuple[str, str, str, str, int] | None:
    """Take an ID apart into event, question, table or respondent, round and number; None where it is no ID."""
    match = _ID.fullmatch(note_id)
    return (match[1], match[2], match[3], match[4], int(match[5])) if match else None


def content_of(text: str) -> Content:
    """Say whether a text answers anything: `N/A`, `-`, `.`, `?` and a spreadsheet's error values do not."""
    return "none" if says_nothing(text) else "yes"
