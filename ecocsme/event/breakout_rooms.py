"""Zoom's list of breakout rooms for each round, from the seats and the private names: a private file, too, beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ecocsme.errors import InvalidFile, Problem
from ecocsme.event import names
from ecocsme.event.meetings import Rotation
from ecocsme.files import own_tables
from ecocsme.project.folder import Folder

PATTERN = "zoom-r*.csv"
_HEADER = ("Pre-assign Room Name", "Email Address")
_ADDRESS = re.compile(r"[A-Za-z0-9_][^\s@,;<>\"']*@[^\s@,;<>\"']+\.[^\s@,;<>\"']+")  # nothing that a spreadsheet would take for a formula


@dataclass(frozen=True, slots=True)
class Rooms:
    """The files of all rounds by their names, and the people, by number, whom Zoom cannot place."""

    files: dict[str, bytes]
    without: tuple[str, ...]
    shared: tuple[str, ...]


def rooms(folder: Folder, event: str, people: Sequence[str], rotation: Rotation, room: str) -> Rooms:
    """Write who goes into which room in each round; `room` is what a table is called. Raise InvalidFile where no names are known."""
    path = folder.event_folder(event) / names.NAME
    known = {one.id: one.email.strip() for one in names.load(folder, event)}
    if not known:
        cure = "Zoom knows people by their e-mail: import them with `ecocsme import-participants`"
        raise InvalidFile([Problem(folder.shown(path), "is missing", cure)])
    there = sorted({person for seated in rotation for group in seated for person in group})
    addresses = {person: known.get(people[person], "") for person in there}
    usable = {person: address for person, address in addresses.items() if _ADDRESS.fullmatch(address)}
    times = Counter(address.casefold() for address in usable.values())
    files = {PATTERN.replace("*", str(number)): _round(seated, usable, room) for number, seated in enumerate(rotation, 1)}
    return Rooms(
        files,
        tuple(people[person] for person in there if person not in usable),
        tuple(people[person] for person, address in usable.items() if times[address.casefold()] > 1),
    )


def _round(seated: Sequence[Sequence[int]], usable: dict[int, str], room: str) -> bytes:
    rooms = ((f"{room} {table}", group) for table, group in enumerate(seated, 1))
    return own_tables.written(_HEADER, ((name, usable[person]) for name, group in rooms for person in sorted(group) if person in usable))
