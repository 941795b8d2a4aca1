"""The lines of a person in the lists of an event: participants, names, seats."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator

from ecocsme.errors import InvalidFile, Problem
from ecocsme.event import breakout_rooms, names
from ecocsme.files import own_csv, own_tables
from ecocsme.files.text import read_bytes
from ecocsme.notes.matching import respondent_of
from ecocsme.project.folder import Folder

# the lists of an event, with the column that names a person
_LISTS = {"participants.csv": "id", names.NAME: "id", "seating.csv": "participant"}
_GROUPING = "grouping.csv"


def participants(folder: Folder, event: str) -> frozenset[str]:
    """The IDs of all persons in the lists of an event."""
    found: set[str] = set()
    for name, column in _LISTS.items():
        path = folder.event_folder(event) / name
        if path.is_file():
            _, rows, place = _read(read_bytes(path, folder.shown(path)), folder.shown(path), column)
            found.update(respondent_of(row[place]) or row[place] for row in rows if len(row) > place)
    return frozenset(found)


def called(folder: Folder, event: str, persons: Collection[str]) -> frozenset[str]:
    """The names and e-mail addresses of some persons of an event, as their private list has them."""
    path = folder.event_folder(event) / names.NAME
    if not persons or not path.is_file():
        return frozenset()
    header, rows, place = _read(read_bytes(path, folder.shown(path)), folder.shown(path), "id")
    at = [header.index(column) for column in ("name", "email") if column in header]
    theirs = [row for row in rows if len(row) > place and (respondent_of(row[place]) or row[place]) in persons]
    return frozenset(" ".join(row[column].split()) for row in theirs for column in at if len(row) > column) - {""}


def lists_without(folder: Folder, event: str, persons: Collection[str]) -> tuple[dict[str, bytes | None], int]:
    """The lists of an event without some persons, and how many lines went."""
    made: dict[str, bytes | None] = {}
    count = 0
    for name, column in _LISTS.items():
        path = folder.event_folder(event) / name
        if persons and path.is_file():
            data, number = without(read_bytes(path, folder.shown(path)), folder.shown(path), column, persons)
            count += number
            if number:
                made[folder.shown(path)] = data
    if count:  # addresses only, and no number that says whose: they are made again from what is left
        made |= {folder.shown(path): None for path in sorted(folder.event_folder(event).glob(breakout_rooms.PATTERN))}
    return made, count


def grouping_without(folder: Folder, notes: Collection[str]) -> Iterator[tuple[str, bytes, int]]:
    """What the tool proposed, without these notes."""
    path = folder.root / _GROUPING
    if path.is_file():
        data, number = without(read_bytes(path, _GROUPING), _GROUPING, "note", notes)
        if number:
            yield _GROUPING, data, number


def without(data: bytes, shown: str, column: str, gone: Collection[str]) -> tuple[bytes, int]:
    """A list of ours without the lines of some IDs, and how many went; raise InvalidFile where it cannot be read."""
    header, rows, place = _read(data, shown, column)
    kept = [row for row in rows if len(row) <= place or (respondent_of(row[place]) or row[place]) not in gone]
    return own_tables.written(header, kept), len(rows) - len(kept)


def _read(data: bytes, shown: str, column: str) -> tuple[list[str], list[list[str]], int]:
    for text, _ in own_csv.decodings(data):
        first = text.split("\n", 1)[0]
        delimiter = max(",;\t", key=first.count)
        try:
            with own_csv.long_values():
                header, *rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True) if row] or [[]]
        except csv.Error:
            continue
        if column in header:
            return header, rows, header.index(column)
    raise InvalidFile([Problem(shown, f"has no column {column}", "restore it from a copy (git, a backup)", 1)])
