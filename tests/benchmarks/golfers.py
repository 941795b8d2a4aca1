"""Rotations by the method of good-enough-golfers, in our own code: `python golfers.py PEOPLE TABLES ROUNDS SECONDS` prints them.

Round after round: some random seatings; of each, all that exchange one person of its dearest table, and two random ones;
of all these the cheapest go on, for some generations. A pair costs the square of how often it has met. That is repeated
with other random numbers until the time is over, and the rotation with the fewest repeats is printed.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Sequence
from itertools import combinations

FIRST, GENERATIONS, RANDOM, EXPLORED = 5, 30, 2, 100  # as its own settings are
Seating = list[list[int]]
Costs = list[list[int]]


def rotation(people: int, tables: int, rounds: int, until: float, chance: random.Random) -> list[Seating]:
    """One rotation, round after round; when the time is over, the rounds that are left are random."""
    met = [[0] * people for _ in range(people)]
    found = []
    for _ in range(rounds):
        costs = [[times * times for times in row] for row in met]
        found.append(_round(people, tables, costs, until, chance))
        for table in found[-1]:
            for one, other in combinations(table, 2):
                met[one][other] += 1
                met[other][one] += 1
    return found


def repeats(found: Sequence[Seating], people: int) -> int:
    """How often people sit together again."""
    pairs = [one * people + other for seating in found for table in seating for one, other in combinations(sorted(table), 2)]
    return len(pairs) - len(set(pairs))


def _round(people: int, tables: int, costs: Costs, until: float, chance: random.Random) -> Seating:
    best = [_random(people, tables, chance) for _ in range(FIRST)]
    total = min(_total(seating, costs) for seating in best)
    for _ in range(GENERATIONS):
        if not total or time.perf_counter() > until:
            break
        total, best = _generation(best, costs, until, chance)
    return min(best, key=lambda seating: _total(seating, costs))


def _generation(parents: list[Seating], costs: Costs, until: float, chance: random.Random) -> tuple[int, list[Seating]]:
    """All that costs least among the parents, their exchanges and some random seatings; of many, some."""
    cheapest, chosen = sys.maxsize, []
    for parent in parents:
        for total, kind in _children(parent, costs, chance):
            if total < cheapest:
                cheapest, chosen = total, []
            if total == cheapest:
                chosen.append((parent, kind))
        if time.perf_counter() > until:
            break
    chance.shuffle(chosen)
    return cheapest, [_made(parent, kind) for parent, kind in chosen[:EXPLORED]]


def _children(parent: Seating, costs: Costs, chance: random.Random):  # noqa: ANN202  # pairs of a total and what makes the child
    prices = [_price(table, costs) for table in parent]
    total, dear = sum(prices), prices.index(max(prices))
    yield total, None
    for seat, leaving in enumerate(parent[dear]):
        rest = [one for one in parent[dear] if one != leaving]
        less = sum(costs[leaving][one] for one in rest)
        for number, table in enumerate(parent):
            for place, coming in enumerate(table) if number != dear else ():
                change = sum(costs[coming][one] for one in rest) - less
                change += sum(costs[leaving][one] - costs[coming][one] for one in table) - costs[leaving][coming]
                yield total + change, (dear, seat, number, place)
    for _ in range(RANDOM):
        other = _random(sum(map(len, parent)), len(parent), chance)
        yield _total(other, costs), other


def _made(parent: Seating, kind: Seating | tuple[int, int, int, int] | None) -> Seating:
    if isinstance(kind, list):
        return kind
    child = [list(table) for table in parent]
    if kind:
        here, seat, there, place = kind
        child[here][seat], child[there][place] = child[there][place], child[here][seat]
    return child


def _random(people: int, tables: int, chance: random.Random) -> Seating:
    everybody = list(range(people))
    chance.shuffle(everybody)
    return [everybody[table::tables] for table in range(tables)]


def _total(seating: Seating, costs: Costs) -> int:
    return sum(_price(table, costs) for table in seating)


def _price(table: Sequence[int], costs: Costs) -> int:
    return sum(costs[one][other] for one, other in combinations(table, 2))


def main() -> None:
    """Search until the time is over."""
    until = time.perf_counter() + float(sys.argv[4])
    people, tables, rounds = map(int, sys.argv[1:4])
    chance = random.Random(people * rounds)  # noqa: S311  # repeatable, not secret
    best: list[Seating] = []
    while not best or (repeats(best, people) and time.perf_counter() < until):
        found = rotation(people, tables, rounds, until, chance)
        best = min((best, found), key=lambda one: repeats(one, people)) if best else found
    sys.stdout.write(json.dumps(best))


if __name__ == "__main__":
    main()
