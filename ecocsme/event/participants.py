"""participants.csv: who takes part, by number, sector and language; names are kept elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from ecocsme.errors import InvalidFile, Problem, visible
from ecocsme.files import own_csv, own_tables
from ecocsme.project.folder import Folder

NAME = "participants.csv"
_ID = re.compile(r"p[0-9]{2,6}")


@dataclass(frozen=True, slots=True)
class Participant:
    """One person of an event; the fields are the columns of participants.csv, in their order, as typed."""

    id: str
    sector: str = ""
    language: str = ""
    registered: str = ""
    came: str = ""
    consent_quote: str = ""
    consent_photo: str = ""


COLUMNS = tuple(column.name for column in fields(Participant))


def numbered(number: int) -> tuple[Participant, ...]:
    """People of whom nothing is known but that they come: p01, p02 ..."""
    return tuple(Participant(f"p{n:02d}") for n in range(1, number + 1))


def load(folder: Folder, event: str) -> tuple[Participant, ...]:
    """Read the participants of an event; none where there is no file; raise InvalidFile with every line that is wrong."""
    path = folder.event_folder(event) / NAME
    shown = folder.shown(path)
    found: list[Participant] = []
    problems: list[Problem] = []
    for line, row in own_tables.rows(path, shown, COLUMNS):
        try:
            found.append(_participant(row, {one.id for one in found}))
        except ValueError as error:
            problems.append(Problem(shown, str(error), "number the participants p01, p02 ..., each once", line, "id"))
    if problems:
        raise InvalidFile(problems)
    return tuple(found)


def highest(folder: Folder, event: str) -> int:
    """The highest number that a participant has, 0 where nobody is listed; raise InvalidFile where the list cannot be read."""
    return max((int(one.id[1:]) for one in load(folder, event)), default=0)


def serialised(people: Iterable[Participant]) -> bytes:
    """Write the file, one line per person."""
    lines = [own_csv.line(COLUMNS), *(own_csv.line(getattr(one, column) for column in COLUMNS) for one in people)]
    return "".join(lines).encode()


def _participant(row: Sequence[str], taken: set[str]) -> Participant:
    if len(row) > len(COLUMNS):
        raise ValueError(f"has {len(row)} values where {len(COLUMNS)} are expected")
    one = Participant(*row)
    if not _ID.fullmatch(one.id):
        raise ValueError(f"found {visible(one.id, 40)}")
    if one.id in taken:
        raise ValueError(f"{one.id} is there already")
    return one
