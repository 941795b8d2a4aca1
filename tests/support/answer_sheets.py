"""Answer sheets as a test reads them: for an event with two questions, by the words that are shipped."""

from __future__ import annotations

import csv
import io
from functools import cache

from ecocsme.event.model import Event
from ecocsme.files.places import Shelves
from ecocsme.language import words as words_file
from ecocsme.language.words import Words
from ecocsme.notes import profiles, readers
from ecocsme.notes.answers import Answers, Draft, answers
from ecocsme.notes.grid import Hints, NotRead, Sheet
from ecocsme.notes.matching import Known, knowledge, synonyms

FIRST = "De ce au nevoie firmele mici din cultură?"
SECOND = "Ce parteneri ne lipsesc?"
_EVENT = {
    "id": "lab-1",
    "title": "Atelier",
    "date": "2020-10-20",
    "tables": "3",
    "rounds": "2",
    "questions": [
        {"id": "q1", "text": {"ro": FIRST, "en": "What do small firms in culture need?"}},
        {"id": "q2", "text": {"ro": SECOND, "en": "What partners do we lack?"}},
    ],
}


@cache
def packs() -> tuple[Words, ...]:
    """The shipped words in Romanian and English."""
    return tuple(words_file.load(Shelves(), lang) for lang in ("ro", "en"))


def event(**changes: object) -> Event:
    """The event: three tables, two rounds, two questions."""
    return Event.model_validate({**_EVENT, **changes})


@cache
def known(about: Event | None = None) -> Known:
    """What is known about the headings of its sheets."""
    return knowledge(about or event(), synonyms(packs()), profiles.load(Shelves()))


def hints(*, encoding: str | None = None, delimiter: str | None = None, languages: tuple[str, ...] = ("ro", "en")) -> Hints:
    """What helps to read its sheets."""
    return known().hints(languages, encoding, delimiter)


def sheet(data: bytes | str, name: str = "masa.csv", given: Hints | None = None) -> Sheet:
    """Read a file."""
    return readers.read(data.encode() if isinstance(data, str) else data, name, given or hints())


def read(data: bytes | str, name: str = "masa.csv", given: Hints | None = None, about: Known | None = None) -> Answers:
    """Read a file and find its answers; every cell must be accounted for."""
    found = answers(sheet(data, name, given), about or known(), name)
    fates = (len(found.drafts), len(found.not_read), found.headers, found.context, sum(count for _, count in found.left_out))
    assert sum(fates) == found.size, fates
    return found


def short(found: Answers) -> list[str]:
    """The answers, each as `q1/t2/r1 B2: text`."""
    return [f"{'/'.join(part for part in _seat(draft) if part)} {draft.cell}: {draft.text}" for draft in found.drafts]


def texts(data: bytes | str, name: str = "masa.csv", given: Hints | None = None) -> list[str]:
    """The texts of the answers."""
    return [draft.text for draft in read(data, name, given).drafts]


def left(not_read: tuple[NotRead, ...]) -> list[str]:
    """What was not read, each as `B2: text`."""
    return [f"{one.address}: {one.text}" for one in not_read]


def listed(found: Answers) -> str:
    """Answers and what was not read as a table that a person can check."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("fate", "tab", "cell", "question", "table", "round", "respondent", "language", "parent", "text"))
    for draft in found.drafts:
        parent = "" if draft.parent is None else found.drafts[draft.parent].cell
        writer.writerow(("note", draft.tab, draft.cell, *_seat(draft), draft.origin.respondent, draft.language, parent, draft.text))
    writer.writerows((f"not read: {one.reason}", one.tab, one.address, "", "", "", "", "", "", one.text) for one in found.not_read)
    writer.writerows((f"left out: {title}", "", "", "", "", "", "", "", "", count) for title, count in found.left_out)
    writer.writerows(("said", "", "", "", "", "", "", "", "", text) for text in found.said)
    return stream.getvalue()


def _seat(draft: Draft) -> tuple[str, str, str]:
    origin = draft.origin
    return origin.question, origin.table, origin.round
