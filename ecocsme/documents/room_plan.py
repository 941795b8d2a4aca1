"""What the screen in the room goes through: each block with its moments, its round, its questions, and where people sit next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from ecocsme.event import methods, running, seating_file
from ecocsme.event.model import Block, Event
from ecocsme.event.seating_file import Seated
from ecocsme.event.timetable import Slot
from ecocsme.files.values import Clock
from ecocsme.language.texts import Texts
from ecocsme.language.words import Words
from ecocsme.project.folder import Folder

_NUMBERS = r"((?:\d{1,3}(?:\s*[,–-]\s*|\s+\w{1,3}\s+)?)+)"  # `1, 2 și 3`, `1–3`
_ONE = re.compile(r"(\d{1,3})(?:\s*[–-]\s*(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Part:
    """A block as the screen shows it.

    `opens` and `closes` are seconds since 1970; `round` is 0 where it is none; `move` are its last minutes, in which people
    change places; `seats` is the round that people sit down for next.
    """

    slot: Slot
    opens: int
    closes: int
    round: int
    move: int
    questions: tuple[int, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class Move:
    """Where people go for a round: whole tables (from, to), or else the people of each table; `hosts` if some stay where they are."""

    groups: tuple[tuple[int, int], ...]
    tables: tuple[tuple[int, tuple[str, ...]], ...]
    hosts: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """A block with its times, and the minutes of moving and the questions that its method gives it."""

    block: Block
    slot: Slot
    move: int
    core: bool


def parts(folder: Folder, event: Event, zone: str, packs: Sequence[Words]) -> tuple[Part, ...]:
    """The blocks of an event in order, without what was shortened to nothing; `zone` is that of the project."""
    runs = [*_together(event, [run for run in _runs(folder, event, zone) if run.slot.start is not None and run.slot.minutes])]
    rounds = _rounds(runs, packs)
    asked = _asked(runs, rounds, event, packs)
    moments = _moments([run.slot for run in runs], event, zone)
    last = max(rounds, default=0)
    made = zip(runs, moments, rounds, asked, range(len(runs)), strict=True)
    return tuple(
        Part(run.slot, opens, closes, number, run.move if number < last else 0, questions, _next(rounds[place + 1 :]))
        for run, (opens, closes), number, questions, place in made
    )


def rule(folder: Folder, event: Event) -> Texts | None:
    """How the methods of an event say that people move on after a round."""
    steps = (step for name in event.methods() for step in methods.load(folder, name).value.steps)
    return next((step.moving for step in steps if step.moving), None)


def moves(folder: Folder, name: str) -> Mapping[int, Move]:
    """Where people go for each round, if somebody has planned who sits where."""
    seated, hosts = seating_file.load(folder, name)
    return {number: _move(seated, number, hosts) for number in range(1, len(seated) + 1)}


def _runs(folder: Folder, event: Event, zone: str) -> Iterator[_Run]:
    slots = running.run(folder, event, zone).slots
    for block, slot, name in zip(running.blocks(folder, event), slots, _methods(folder, event, len(slots)), strict=True):
        steps = methods.load(folder, name).value.steps if name else ()
        step = next((one for one in steps if one.title == block.title), None)
        kin = block.minutes.kin if block.minutes is not None else 0  # the rounds of a step are of one kin: its number
        move = steps[kin - 1].move or 0 if kin else 0
        yield _Run(block, slot, move, kin > 0 or (step is not None and step.part == "core"))


def _together(event: Event, runs: Sequence[_Run]) -> Iterator[_Run]:
    """Make one block of the tracks that go on side by side: the screen hangs where everybody passes."""
    for (day, parallel), grouped in groupby(runs, key=lambda run: (run.slot.day, run.slot.track is not None)):
        blocks = [*grouped]
        yield from [_side_by_side(event, day, blocks)] if parallel else blocks


def _side_by_side(event: Event, day: int, runs: Sequence[_Run]) -> _Run:
    tracks = [track for name in dict.fromkeys(run.slot.track for run in runs) if (track := event.track(name))]
    languages = dict.fromkeys(lang for track in tracks for lang in track.title)
    title = Texts({lang: " · ".join(track.title.said(lang)[0] for track in tracks) for lang in languages})
    first = min((run.slot.start for run in runs if run.slot.start), key=lambda clock: clock.minutes)
    last = max((run.slot.end for run in runs if run.slot.end), key=lambda clock: clock.minutes)
    slot = Slot(title, first, last, None, (), minutes=last.minutes - first.minutes, day=day)
    return _Run(runs[0].block.model_copy(update={"title": title, "minutes": None}), slot, 0, core=False)


def _methods(folder: Folder, event: Event, blocks: int) -> list[str | None]:
    """The method that each block is a step of."""
    if not event.agenda:
        return [event.method] * blocks
    return [event.agenda[index].method for index, _ in running.placed(folder, event)]


def _rounds(runs: Sequence[_Run], packs: Sequence[Words]) -> list[int]:
    """The round that each block is: by its method, or by its title (`Runda 2`)."""
    counted = 0
    found = []
    for run in runs:
        if run.block.minutes is not None and run.block.minutes.kin:
            counted += 1
            found.append(counted)
        else:
            found.append(next(iter(_numbers(run.block.title, "room-screen.rounds_are_called", packs)), 0))
    return found


def _asked(runs: Sequence[_Run], rounds: Sequence[int], event: Event, packs: Sequence[Words]) -> list[tuple[int, ...]]:
    """The questions of each block: those that its title names, else all in a round, or in a method that has no rounds."""
    every = tuple(int(question.id[1:]) for question in event.questions)
    found = []
    for run, number in zip(runs, rounds, strict=True):
        named = tuple(one for one in _numbers(run.block.title, "room-screen.questions_are_called", packs) if one in every)
        meant = number > 0 or (run.core and not any(rounds))
        found.append(named or (every if meant else ()))
    return found


def _numbers(title: Texts, key: str, packs: Sequence[Words]) -> tuple[int, ...]:
    """The numbers that stand in a title after a word such as `întrebările`, in the first language that has any."""
    for words in packs:
        names = "|".join(re.escape(name.strip()) for name in words.say(key).split(";"))
        match = re.search(rf"\b(?:{names})\s+{_NUMBERS}", title.said(words.lang)[0], re.IGNORECASE)
        if match:
            return tuple(dict.fromkeys(number for one in _ONE.finditer(match[1]) for number in _counted(one)))
    return ()


def _counted(one: re.Match[str]) -> range:
    return range(int(one[1]), int(one[2] or one[1]) + 1)


def _next(rounds: Sequence[int]) -> int:
    return next((number for number in rounds if number), 0)


def _moments(slots: Sequence[Slot], event: Event, zone: str) -> Iterator[tuple[int, int]]:
    """When each block begins and ends, in seconds since 1970.

    A clock time that the day shows twice is the second one where the block before has ended later than the first.
    """
    tz = ZoneInfo(event.timezone or zone)
    before = 0
    for slot in slots:
        opens = _moment(event.dates[slot.day - 1], slot.start or Clock(0), tz, before)
        before = opens + (slot.minutes or 0) * 60
        yield opens, before


def _moment(day: date, clock: Clock, zone: ZoneInfo, before: int) -> int:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    first, second = (int((midnight + timedelta(minutes=clock.minutes)).replace(fold=fold).timestamp()) for fold in (0, 1))
    return second if first < before <= second else first


def _move(seated: Seated, number: int, hosts: frozenset[str]) -> Move:
    if number == 1:
        return Move((), _with_people(seated[0]), hosts=False)
    before, now = (_guests(tables, hosts) for tables in seated[number - 2 : number])
    return Move(_whole_tables(before, now), _with_people(now), hosts=now != seated[number - 1])


def _guests(tables: Sequence[Sequence[str]], hosts: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(person for person in table if person not in hosts) for table in tables)


def _with_people(tables: Sequence[tuple[str, ...]]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    return tuple((place, people) for place, people in enumerate(tables, 1) if people)


def _whole_tables(before: Sequence[tuple[str, ...]], now: Sequence[tuple[str, ...]]) -> tuple[tuple[int, int], ...]:
    """Which table goes where, if the guests of each stay together and nobody else is there; nothing where they part."""
    there = {frozenset(people): place for place, people in _with_people(now)}
    groups = tuple((place, there[frozenset(people)]) for place, people in _with_people(before) if frozenset(people) in there)
    return groups if len(groups) == len(there) == len(_with_people(before)) else ()
