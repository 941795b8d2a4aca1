"""From an event and its participants to a seating plan: who there is, what must hold, and what to write."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ecocsme.errors import EcocsmeError, UnknownName, visible
from ecocsme.event import model as event_model
from ecocsme.event import names, seating_file
from ecocsme.event import participants as participants_file
from ecocsme.event.exchanging import Progress
from ecocsme.event.model import Event
from ecocsme.event.participants import Participant
from ecocsme.event.rotations import Built
from ecocsme.event.seating import Party, go_on, seat
from ecocsme.event.seating_quality import Quality
from ecocsme.event.seating_wishes import refuse_broken, refuse_impossible
from ecocsme.language.letters import fold
from ecocsme.project.folder import Folder

EVEN = ("sector", "language", "organisation")
_MOST = 1_000
Pairs = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a facilitator asks for; numbers that are left out come from the event file and the participants.

    `after` rounds were played already: they stand as they are in seating.csv; then some are `absent` and some `more` there.
    """

    people: int | None = None
    tables: int | None = None
    rounds: int | None = None
    hosts: tuple[str, ...] = ()
    apart: Pairs = ()
    rather_apart: Pairs = ()
    together: Pairs = ()
    even: tuple[str, ...] = ()
    seed: int = 1
    after: int = 0
    absent: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """A seating plan: who sits where, by their IDs, how good that is, and the bytes of its file."""

    people: tuple[str, ...]
    rotation: Built
    quality: Quality
    data: bytes


def plan(folder: Folder, event_name: str, wanted: Wanted, progress: Progress | None = None) -> Planned:
    """Plan who sits where in each round; raise an error of ours where the numbers leave something open, or cannot be met."""
    event = event_model.load(folder, event_name).value
    tables, rounds = _number(wanted.tables or len(event.tables), "tables"), _number(wanted.rounds or event.rounds, "rounds")
    played, everybody, hosts = _so_far(folder, event, wanted)
    people = tuple(one.id for one in everybody)
    present = [person for person, one in enumerate(everybody) if one.id not in wanted.absent]
    if not tables <= len(present) <= _MOST:
        raise EcocsmeError(f"{len(present)} people at {tables} tables: there must be one person per table at least, and {_MOST} at most")
    party = Party(
        len(people),
        tables,
        rounds,
        hosts=_hosts(people, hosts, tables),
        apart=_pairs(people, wanted.apart),
        together=_pairs(people, wanted.together),
        rather_apart=_pairs(people, wanted.rather_apart),
        kinds=_kinds(folder, event.id, everybody, wanted.even),
        seed=wanted.seed,
        progress=progress,
    )
    refuse_impossible(party, people)
    rotation = go_on(party, played, present) if played else seat(party)
    refuse_broken(party, rotation, people, len(played))
    still = frozenset(party.hosts)
    quality = Quality(people, rotation, still, groups_of(everybody), questions_of(event, tables), party.together)
    return Planned(people, rotation, quality, seating_file.serialised(rotation, people, [people[host] for host in party.hosts]))


def _so_far(folder: Folder, event: Event, wanted: Wanted) -> tuple[Built, tuple[Participant, ...], tuple[str, ...]]:
    """The rounds that were played, everybody who was or is there, and the hosts."""
    if not wanted.after:
        if wanted.absent or wanted.more:
            raise EcocsmeError("--absent, --more: say after which round, with --after")
        return [], _everybody(folder, event, wanted), wanted.hosts
    seated, hosts = seating_file.load(folder, event.id)
    if len(seated) < wanted.after:
        raise EcocsmeError(f"--after {wanted.after}: {seating_file.NAME} of {event.id} has {len(seated)} rounds; plan the seating first")
    seen = _names(seated, wanted)
    number = {name: place for place, name in enumerate(seen)}
    played = [[[number[person] for person in table] for table in seats] for seats in seated[: wanted.after]]
    known = {one.id: one for one in participants_file.load(folder, event.id)}
    staying = wanted.hosts or _staying(seated[0], hosts)
    _refuse_gone(staying, wanted.absent)
    return played, tuple(known.get(name, Participant(name)) for name in seen), staying


def _names(seated: seating_file.Seated, wanted: Wanted) -> list[str]:
    """Everybody who had a seat, and the numbers of those who came late."""
    seen = sorted({person for seats in seated for table in seats for person in table})
    for name in wanted.absent:
        _person(seen, name)
    highest = max(int(name[1:]) for name in seen)
    return [*seen, *(f"p{number:02d}" for number in range(highest + 1, highest + 1 + wanted.more))]


def _staying(seats: Sequence[Sequence[str]], hosts: Collection[str]) -> tuple[str, ...]:
    """The hosts in the order of their tables."""
    return tuple(person for table in seats for person in table if person in hosts)


def _refuse_gone(hosts: Sequence[str], absent: Sequence[str]) -> None:
    gone = [host for host in hosts if host in absent]
    if gone:
        raise EcocsmeError(f"{gone[0]}: is a host and absent; name the hosts of the rounds to come with --hosts")


def _everybody(folder: Folder, event: Event, wanted: Wanted) -> tuple[Participant, ...]:
    if wanted.people is not None:
        return participants_file.numbered(wanted.people)
    known = participants_file.load(folder, event.id)
    if known:
        return known
    expected = event.participants.expected if event.participants else None
    return participants_file.numbered(_number(expected, "people"))


def _number(value: int | None, name: str) -> int:
    if not value:
        key = {"people": "participants: {expected: 24}", "tables": "tables: 6", "rounds": "rounds: 3"}[name]
        raise EcocsmeError(f"how many {name} there are is not known; add `{key}` to the event file, or say --{name}")
    return value


def _kinds(folder: Folder, event: str, everybody: Sequence[Participant], even: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """The groups of each person as numbers: every value of every column that shall be even at the tables."""
    said = {column: _column(folder, event, everybody, column) for column in even}
    found = [[(column, value) for column, values in said.items() if (value := values.get(one.id))] for one in everybody]
    numbers = {group: number for number, group in enumerate(dict.fromkeys(group for groups in found for group in groups))}
    return tuple(tuple(numbers[group] for group in groups) for groups in found) if numbers else ()


def _column(folder: Folder, event: str, everybody: Sequence[Participant], column: str) -> Mapping[str, str]:
    """What a column says of each person."""
    if column not in EVEN:
        raise UnknownName("column of participants", column, EVEN)
    return _houses(folder, event) if column == EVEN[-1] else {one.id: getattr(one, column) for one in everybody}


def _houses(folder: Folder, event: str) -> dict[str, str]:
    """The organisation of each person; it stands beside the names, which not everybody has."""
    found = {one.id: fold(one.organisation) for one in names.load(folder, event)}
    if not any(found.values()):
        raise EcocsmeError(f"--even organisation: {names.NAME} of {event} names none; import-participants takes them from a list")
    return found


def groups_of(everybody: Sequence[Participant]) -> dict[str, list[int]]:
    """The people of each sector, by their places."""
    found: dict[str, list[int]] = {}
    for person, one in enumerate(everybody):
        if one.sector:
            found.setdefault(one.sector, []).append(person)
    return found


def questions_of(event: Event, tables: int) -> tuple[str, ...]:
    """The question of each table, where each has one of its own."""
    own = [table.questions[0] for table in event.tables if len(table.questions) == 1]
    if len(own) == tables:
        return tuple(own)
    return tuple(question.id for question in event.questions) if len(event.questions) == tables else ()


def _person(people: Sequence[str], name: str) -> int:
    if name not in people:
        raise UnknownName("participant", name, people)
    return people.index(name)


def _hosts(people: Sequence[str], hosts: Sequence[str], tables: int) -> tuple[int, ...]:
    if hosts and (len(hosts) != tables or len(set(hosts)) != tables):
        raise EcocsmeError(
            f"--hosts: {len(set(hosts))} hosts for {tables} tables; name one host for each table, in the order of the tables"
        )
    return tuple(_person(people, host) for host in hosts)


def _pairs(people: Sequence[str], groups: Pairs) -> frozenset[tuple[int, int]]:
    found = set()
    for group in groups:
        numbers = sorted({_person(people, name) for name in group})
        if len(numbers) == 1:
            raise EcocsmeError(f"{visible(','.join(group), 60)}: name at least two different people")
        found |= {(first, second) for number, first in enumerate(numbers) for second in numbers[number + 1 :]}
    return frozenset(found)
