"""seating.csv: who sits where in each round, one line per person and round."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from ecocsme.errors import WouldOverwrite, visible
from ecocsme.event.meetings import Rotation
from ecocsme.files import own_tables, writing
from ecocsme.project.folder import Folder

NAME = "seating.csv"
COLUMNS = ("round", "table", "participant", "role")
_ROW = (re.compile("r[1-9][0-9]{0,2}"), re.compile("t[1-9][0-9]{0,2}"), re.compile("p[0-9]{2,6}"), re.compile("guest|host"))
_CURE = "correct it (r1, t2, p03, guest or host), or plan the seating again with --force"
Seated = tuple[tuple[tuple[str, ...], ...], ...]  # the IDs of participants at each table of each round


def serialised(rotation: Rotation, people: Sequence[str], hosts: Collection[str]) -> bytes:
    """Write a rotation with the IDs of its people."""
    rows = [
        (f"r{number}", f"t{table}", person, "host" if person in hosts else "guest")
        for number, seated in enumerate(rotation, 1)
        for table, group in enumerate(seated, 1)
        for person in sorted(people[one] for one in group)
    ]
    return own_tables.written(COLUMNS, rows)


def write(
    folder: Folder, event: str, data: bytes, *, force: bool, dry_run: bool, beside: Mapping[str, bytes] | None = None
) -> tuple[str, ...]:
    """Put the file into the folder of the event; raise WouldOverwrite where another one is there, unless `force` is given.

    `beside` are files that are made anew each time, relative to the project; they are written with it or not at all.
    """
    name = folder.shown(folder.event_folder(event) / NAME)
    put = writing.foresee if dry_run else writing.publish
    try:
        more = beside or {}
        return put(folder.root, {name: data, **more}, may_replace=[*more, *([name] if force else ())])
    except WouldOverwrite:
        if not (folder.root / name).is_file() or (folder.root / name).read_bytes() == data:
            raise
        raise WouldOverwrite(f"{name}: another seating plan is there already; --force replaces it; nothing was written") from None


def load(folder: Folder, event: str) -> tuple[Seated, frozenset[str]]:
    """Read who sits where, and who are hosts; nobody where there is no file; raise InvalidFile with every line that is wrong."""
    path = folder.event_folder(event) / NAME
    places: dict[tuple[int, int], list[str]] = {}
    seen: dict[tuple[int, str], int] = {}
    hosts: set[str] = set()

    def take(line: int, row: list[str]) -> None:
        if len(row) != len(COLUMNS) or not all(pattern.fullmatch(value) for pattern, value in zip(_ROW, row, strict=True)):
            raise own_tables.WrongLine(f"found {visible(','.join(row), 60)}", _CURE)
        number, table, person = int(row[0][1:]), int(row[1][1:]), row[2]
        if (number, person) in seen:
            raise own_tables.WrongLine(f"{person} sits in r{number} already, see line {seen[number, person]}", _CURE)
        seen[number, person] = line
        places.setdefault((number, table), []).append(person)
        hosts.update({person} if row[3] == "host" else ())

    own_tables.read(path, folder.shown(path), COLUMNS, take)
    rounds, tables = max((n for n, _ in places), default=0), max((t for _, t in places), default=0)
    return tuple(tuple(tuple(places.get((n, t), ())) for t in range(1, tables + 1)) for n in range(1, rounds + 1)), frozenset(hosts)
