"""Who sits where in each round: the best of what can be built and what can be searched for, proved by counting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ecocsme.event.exchanging import Progress, mended
from ecocsme.event.meetings import repeats, visited
from ecocsme.event.rotations import Built, built
from ecocsme.event.seats import Wishes
from ecocsme.event.stepping import stepped

_HEAVY = 40  # what breaking a wish that must hold costs, in repeats
_STEPPING, _MENDING = 120_000, 400_000  # proposals; a laptop makes some hundred thousand in a second
_LARGE = 60  # people from which the search may take its time
_OVER = 3


@dataclass(frozen=True, slots=True)
class Party:
    """The people of an event (numbered from 0), its tables and rounds, and what must hold or is wished for.

    `hosts` are the people who stay, by table; `apart` and `together` are pairs who must not, or must, share their tables;
    `rather_apart` pairs had better not; `kinds` are the groups of each person, which every table should hold evenly.
    `effort` says how long to search where nothing can be built: 1 is some seconds.
    """

    people: int
    tables: int
    rounds: int
    hosts: tuple[int, ...] = ()
    apart: frozenset[tuple[int, int]] = frozenset()
    together: frozenset[tuple[int, int]] = frozenset()
    rather_apart: frozenset[tuple[int, int]] = frozenset()
    kinds: tuple[tuple[int, ...], ...] = ()
    seed: int = 1
    effort: float = 1
    progress: Progress | None = field(default=None, compare=False)

    @property
    def plain(self) -> bool:
        """Whether nothing is wished for, so that repeats are all that counts."""
        return not (self.apart or self.together or self.rather_apart or self.kinds)


def seat(party: Party) -> Built:
    """Seat everybody once in each round, at tables that differ by one person at most; the same party gives the same seats.

    Repeated meetings count first, repeated tables next; what must hold goes before both.
    """
    if party.hosts:
        return _with_hosts(party)
    found = min(_plain(party), key=lambda r: _judged(r, party.people))
    order = _by_kind(party)
    found = [[[order[place] for place in table] for table in seated] for seated in found]
    return _finished(party, _relabelled(found, party.people), frozenset())


def go_on(party: Party, played: Built, present: Sequence[int]) -> Built:
    """Seat those who are present for the rounds that are left; what was played stands, and who met there has met."""
    number = {person: place for place, person in enumerate(present)}

    def among(pairs: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        return frozenset((number[a], number[b]) for a, b in pairs if a in number and b in number)

    fresh = replace(
        party,
        people=len(present),
        rounds=party.rounds - len(played),
        hosts=tuple(number[host] for host in party.hosts),
        apart=among(party.apart),
        together=among(party.together),
        rather_apart=among(party.rather_apart),
        kinds=tuple(party.kinds[person] for person in present) if party.kinds else (),
    )
    rest = [[[present[place] for place in table] for table in seated] for seated in seat(fresh)]
    wishes = Wishes(_dear(party), party.kinds, 1, frozenset(party.hosts), len(played))
    return mended([*played, *rest], party.people, wishes, seed=party.seed, work=_work(party), progress=party.progress)


def _plain(party: Party) -> Iterator[Built]:
    """Everything that is known for these numbers; the questions on the tables sit with the people at first, as a row of their own."""
    people, tables, rounds, work = party.people, party.tables, party.rounds, int(_STEPPING * party.effort)
    yield from built(people, tables, rounds)
    with_questions = stepped(people + tables, tables, rounds, still=True, seed=party.seed, work=work)
    yield [[[person - tables for person in table if person >= tables] for table in seated] for seated in with_questions]
    yield stepped(people, tables, rounds, still=False, seed=party.seed, work=work)


def _judged(rotation: Built, people: int) -> tuple[int, int]:
    return repeats(rotation), sum(len(rotation) - len(tables) for tables in visited(rotation, people))


def _with_hosts(party: Party) -> Built:
    """Hosts are a row that stays; everybody else follows the steps of a rotation."""
    guests = [person for person in range(party.people) if person not in party.hosts]
    ordered = replace(party, hosts=())
    order = [*party.hosts, *(p for p in _by_kind(ordered) if p in set(guests))]
    found = stepped(party.people, party.tables, party.rounds, still=True, seed=party.seed, work=int(_STEPPING * party.effort))
    found = [[[order[place] for place in table] for table in seated] for seated in found]
    return _finished(party, found, frozenset(party.hosts))


def _by_kind(party: Party) -> list[int]:
    """People in the order in which they fill the rows: who is of one kind fills a row together, so that every table has one."""
    return sorted(range(party.people), key=lambda person: party.kinds[person] if party.kinds else ())


def _finished(party: Party, found: Built, still: frozenset[int]) -> Built:
    """Mend what is left: repeats, and everything that is wished for."""
    wishes = Wishes(_dear(party), party.kinds, 0 if not party.hosts else 1, still)
    enough = -len(party.together) * party.rounds * (_HEAVY + 1) + len(party.together)
    if party.plain and not repeats(found):
        return found
    better = mended(found, party.people, wishes, seed=party.seed, work=_work(party), enough=enough, progress=party.progress)
    return better if party.hosts else _relabelled(better, party.people)


def _work(party: Party) -> int:
    return int(party.effort * (_MENDING if party.people <= _LARGE else _MENDING * _OVER))


def _dear(party: Party) -> Sequence[Sequence[int]]:
    if not (party.apart or party.together or party.rather_apart):
        return ()
    dear = [[0] * party.people for _ in range(party.people)]
    for pairs, price in ((party.rather_apart, 1), (party.apart, _HEAVY), (party.together, -_HEAVY - 1)):
        for first, second in pairs:
            dear[first][second] = dear[second][first] = price
    return dear


def _relabelled(rotation: Built, people: int) -> Built:
    """Number the tables of each round so that few people come to a number twice: the same groups, other tables."""
    been: list[set[int]] = [set() for _ in range(people)]
    found: Built = []
    for seated in rotation:
        again = [[sum(table in been[person] for person in group) for table in range(len(seated))] for group in seated]
        chosen = _assigned(again)
        placed: list[list[int]] = [[] for _ in seated]
        for group, table in zip(seated, chosen, strict=True):
            placed[table] = list(group)
            for person in group:
                been[person].add(table)
        found.append(placed)
    return found


def _assigned(prices: Sequence[Sequence[int]]) -> list[int]:
    """Give each row a column of its own, cheaply: as it stands, then better by exchanging two at a time."""
    chosen = list(range(len(prices)))
    improved = True
    while improved:
        improved = False
        for first in range(len(chosen)):
            for second in range(first):
                now = prices[first][chosen[first]] + prices[second][chosen[second]]
                then = prices[first][chosen[second]] + prices[second][chosen[first]]
                if then < now:
                    chosen[first], chosen[second] = chosen[second], chosen[first]
                    improved = True
    return chosen
