"""The papers that lie on the tables: a card for each host, and a sign with the number of the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ecocsme.documents import building, context
from ecocsme.documents.orders import Document
from ecocsme.event import seating_shown
from ecocsme.event.model import Event, Question, Table
from ecocsme.event.seating_shown import Seat, Shown
from ecocsme.event.timetable import Slot
from ecocsme.files.values import Clock
from ecocsme.language import words as words_file
from ecocsme.language.letters import fold
from ecocsme.language.words import Words
from ecocsme.project.folder import Folder


@dataclass(frozen=True, slots=True)
class Move:
    """Those who go on from a table together; `table` is where they go, None where they have no seat in the next round."""

    table: int | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """One round at a table: its times where the agenda gives them, who stays, and who moves where after it."""

    number: int
    start: Clock | None
    end: Clock | None
    stay: tuple[str, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """A table of the room: its number, its host where the event names one, its questions, and its rounds."""

    number: int
    host: str
    questions: tuple[Question, ...]
    own: bool
    turns: tuple[Turn, ...]


def write_tables(folder: Folder, document: Document) -> bytes:
    """Write host cards or table signs: a page for each table, its lines in all languages."""
    subject = context.of_event(folder, document.subject)
    event: Event = subject.values["event"]
    packs = [words_file.load(folder.shelves, lang) for lang in document.languages]
    shown = seating_shown.load(folder, document.subject)
    number = max(event.rounds or 1, len(shown.rounds) if shown else 1)
    slots = rounds(subject.values["agenda"], number, packs)
    in_order = sorted(event.tables, key=lambda table: int(table.id[1:]))
    tables = tuple(_laid(event, table, [_turn(table, slot, n, shown) for n, slot in enumerate(slots)]) for table in in_order)
    return building.in_all_languages(folder, replace(subject, values={**subject.values, "tables": tables}), document)


def _laid(event: Event, table: Table, turns: Sequence[Turn]) -> Laid:
    asked = tuple(question for question in event.questions if not table.questions or question.id in table.questions)
    return Laid(int(table.id[1:]), table.host or "", asked, bool(table.questions), tuple(turns))


def rounds(agenda: Sequence[Slot], number: int, packs: Sequence[Words]) -> list[Slot | None]:
    """The block of each round, which has its name in any language (`Runda 2`, `Round 2`); None where none or several do."""
    names = "|".join(re.escape(fold(pack.say("answer-sheet.round"))) for pack in packs)
    return [_only(agenda, re.compile(rf"\b(?:{names})\s+{turn}\b")) for turn in range(1, number + 1)]


def _only(agenda: Sequence[Slot], named: re.Pattern[str]) -> Slot | None:
    found = [slot for slot in agenda if any(named.search(fold(text)) for text in slot.title.every())]
    return found[0] if len(found) == 1 else None


def _turn(table: Table, slot: Slot | None, number: int, shown: Shown | None) -> Turn:
    start, end = (slot.start, slot.end) if slot else (None, None)
    here = _seats(shown, number, int(table.id[1:]))
    going = [seat.id for seat in here if not seat.host] if shown and number + 1 < len(shown.rounds) else []
    return Turn(number + 1, start, end, tuple(seat.id for seat in here if seat.host), tuple(_moves(going, number, shown)))


def _seats(shown: Shown | None, number: int, table: int) -> tuple[Seat, ...]:
    if shown is None or number >= len(shown.rounds) or table > len(shown.rounds[number]):
        return ()
    return shown.rounds[number][table - 1]


def _moves(going: Sequence[str], number: int, shown: Shown | None) -> Iterator[Move]:
    ways: Mapping[str, tuple[int | None, ...]] = shown.ways if shown else {}
    then = {person: ways[person][number + 1] for person in going}
    for table in sorted({*then.values()}, key=lambda one: one or 0):
        yield Move(table, tuple(person for person in going if then[person] == table))
