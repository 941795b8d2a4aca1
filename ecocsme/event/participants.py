"""participants.csv: who takes part, by number, sector and language; names are kept elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

from ecocsme.errors import visible
from ecocsme.files import own_tables
from ecocsme.project.folder import Folder

NAME = "participants.csv"
_ID = re.compile(r"p[0-9]{2,6}")
_CURE = "number the participants p01, p02 ..., each once"


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
    found: dict[str, Participant] = {}

    def take(_line: int, row: list[str]) -> None:
        if len(row) > len(COLUMNS):
            raise own_tables.WrongLine(f"has {len(row)} values where {len(COLUMNS)} are expected", _CURE, "id")
        one = Participant(*row)
        if not _ID.fullmatch(one.id):
            raise own_tables.WrongLine(f"found {visible(one.id, 40)}", _CURE, "id")
        if one.id in found:
            raise own_tables.WrongLine(f"{one.id} is there already", _CURE, "id")
        found[one.id] = one

    own_tables.read(path, folder.shown(path), COLUMNS, take)
    return tuple(found.values())


def highest(folder: Folder, event: str) -> int:
    """The highest number that a participant has, 0 where nobody is listed; raise InvalidFile where the list cannot be read."""
    return max((int(one.id[1:]) for one in load(folder, event)), default=0)


def serialised(people: Iterable[Participant]) -> bytes:
    """Write the file, one line per person."""
    return own_tables.written(COLUMNS, map(astuple, people))
