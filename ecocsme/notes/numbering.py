"""IDs of notes: a number is given once, after the highest that the event has seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ecocsme.notes.answers import Draft
from ecocsme.notes.model import Note, content_of, parts, prefix, sealed, sealed_row


class Numbers:
    """The highest number of each group of four parts (event, question, table or respondent, round), withdrawn notes included."""

    def __init__(self, notes: Iterable[Note], forgotten: Iterable[str] = ()) -> None:
        """Take the numbers of all notes of the event, and of those that were forgotten."""
        self._highest: dict[str, int] = {}
        self.respondent = 0  # the highest number of a respondent
        for name in (*(note.id for note in notes), *forgotten):
            if parts(name):
                first, _, number = name.rpartition("/")
                self._highest[first] = max(int(number), self._highest.get(first, 0))
                self._meet(first)

    def give(self, first: str) -> str:
        """Give the next ID that begins with these four parts."""
        number = self._highest.get(first, 0) + 1
        self._highest[first] = number
        if number == 1:
            self._meet(first)
        return f"{first}/{number}"

    def _meet(self, first: str) -> None:
        seat = first.split("/")[2]
        if seat[0] == "p":
            self.respondent = max(self.respondent, int(seat[1:]))


def first_parts(event: str, draft: Draft) -> str:
    """The first four parts of the ID of a draft; a respondent takes the place of the table where there is none."""
    origin = draft.origin
    return prefix(event, origin.question, origin.table or origin.respondent or "t0", origin.round or "r0")


def made(draft: Draft, note_id: str, event: str, *, sheet: str, sha256: str, parent: str) -> Note:
    """Make a current, sealed note of a draft."""
    origin = draft.origin
    return sealed_row(
        id=note_id,
        event=event,
        question=origin.question,
        table=origin.table,
        round=origin.round,
        respondent=origin.respondent,
        text=draft.text,
        language=draft.language,
        content="split" if draft.split else content_of(draft.text),
        state="current",
        parent=parent,
        sheet=sheet,
        tab=draft.tab,
        cell=draft.cell,
        sheet_sha256=sha256,
    )


def withdrawn(note: Note) -> Note:
    """The same note, withdrawn."""
    return sealed(replace(note, state="withdrawn"))
