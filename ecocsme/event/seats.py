"""The seats of a rotation with everything counted that an exchange of two people would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from ecocsme.event.rotations import Built


@dataclass(frozen=True, slots=True)
class Wishes:
    """What counts besides repeated meetings.

    `dear[a][b]` is the price of each meeting of two people (below zero: they belong together); empty where nobody has a
    wish. `kinds[a]` are the groups a person belongs to (sector, language ...), which every table should hold evenly.
    `tables` is the price of a person at a table for a second time. `still` people keep their places, and so do all in the
    first `played` rounds.
    """

    dear: Sequence[Sequence[int]] = ()
    kinds: Sequence[Sequence[int]] = ()
    tables: int = 0
    still: frozenset[int] = frozenset()
    played: int = 0


class Seats:
    """A rotation that can be changed, with who met whom, who was where, and which groups sit at which table."""

    def __init__(self, rotation: Built, people: int, wishes: Wishes) -> None:
        """Count a copy of the rotation."""
        self.rotation: Built = [[[] for _ in seated] for seated in rotation]
        self.wishes = wishes
        tables = len(rotation[0])
        self._met = [[0] * people for _ in range(people)]
        self._visits = [[0] * tables for _ in range(people)]
        self._kinds: Sequence[Sequence[int]] = wishes.kinds or [()] * people
        self._fair = _shares(self._kinds, tables)
        self._held = [[[0] * len(self._fair) for _ in seated] for seated in rotation]
        for number, seated in enumerate(rotation):
            self._seat(number, seated)

    def _seat(self, number: int, seated: Sequence[Sequence[int]]) -> None:
        for table, group in enumerate(seated):
            for person in group:
                self._sit(number, table, person, 1)
                self.rotation[number][table].append(person)

    def price(self) -> int:
        """Everything that counts, added up."""
        pairs = list(combinations(range(len(self._met)), 2))
        price = sum(max(0, self._met[a][b] - 1) for a, b in pairs)
        if self.wishes.dear:
            price += sum(self._met[a][b] * self.wishes.dear[a][b] for a, b in pairs)
        price += self.wishes.tables * sum(max(0, times - 1) for row in self._visits for times in row)
        return price + sum(self._uneven(kind, number) for seated in self._held for row in seated for kind, number in enumerate(row))

    def change(self, number: int, here: int, there: int, one: int, two: int) -> int:
        """By how much the price would rise if two people at two tables of a round changed places."""
        first, second = self.rotation[number][here], self.rotation[number][there]
        mine, theirs = self._met[one], self._met[two]
        change = 0
        for near in first:  # spelt out: a search is here nearly all the time
            if near != one:
                change += (theirs[near] > 0) - (mine[near] > 1)
        for near in second:
            if near != two:
                change += (mine[near] > 0) - (theirs[near] > 1)
        wishes = self.wishes
        if wishes.dear:
            my, their = wishes.dear[one], wishes.dear[two]
            change += sum(their[near] - my[near] for near in first if near != one)
            change += sum(my[near] - their[near] for near in second if near != two)
        if wishes.tables:
            left, right = self._visits[one], self._visits[two]
            change += wishes.tables * ((left[there] > 0) - (left[here] > 1) + (right[here] > 0) - (right[there] > 1))
        return change + self._mixed(number, here, there, one, two) if wishes.kinds else change

    def exchange(self, number: int, here: int, there: int, one: int, two: int) -> None:
        """Let two people at two tables of a round change places."""
        first, second = self.rotation[number][here], self.rotation[number][there]
        place, other = first.index(one), second.index(two)
        self._sit(number, here, one, -1)
        self._sit(number, there, two, -1)
        first[place], second[other] = two, one
        self._sit(number, here, two, 1)
        self._sit(number, there, one, 1)

    def _sit(self, number: int, table: int, person: int, step: int) -> None:
        """Let a person join those at a table, or leave them (-1)."""
        self._visits[person][table] += step
        held, met, mine = self._held[number][table], self._met, self._met[person]
        for kind in self._kinds[person]:
            held[kind] += step
        for other in self.rotation[number][table]:
            if other != person:
                mine[other] += step
                met[other][person] += step

    def _uneven(self, kind: int, number: int) -> int:
        """How far a table is from its fair share of a group."""
        low, high = self._fair[kind]
        return max(0, low - number, number - high)

    def _mixed(self, number: int, here: int, there: int, one: int, two: int) -> int:
        left, right = self._held[number][here], self._held[number][there]
        mine, theirs = self._kinds[one], self._kinds[two]
        change = 0
        for kind in {*mine} ^ {*theirs}:
            step = 1 if kind in theirs else -1
            change += self._uneven(kind, left[kind] + step) + self._uneven(kind, right[kind] - step)
            change -= self._uneven(kind, left[kind]) + self._uneven(kind, right[kind])
        return change


def _shares(kinds: Sequence[Sequence[int]], tables: int) -> list[tuple[int, int]]:
    """For each kind, how many of it a table should hold: at least, at most."""
    sizes = Counter(kind for mine in kinds for kind in mine)
    return [(sizes[kind] // tables, -(-sizes[kind] // tables)) for kind in range(max(sizes, default=-1) + 1)]
