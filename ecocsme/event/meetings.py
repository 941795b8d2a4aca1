"""Who meets whom at the tables of a rotation: counts, bounds, and the person who meets the fewest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import comb

Round = Sequence[Sequence[int]]  # the people (from 0) at each table
Rotation = Sequence[Round]


def meetings(rotation: Rotation) -> Counter[tuple[int, int]]:
    """How often each pair sits at one table."""
    return Counter(pair for seated in rotation for table in seated for pair in combinations(sorted(table), 2))


def repeats(rotation: Rotation) -> int:
    """How many meetings are repeats: a pair that sits together three times has two."""
    return sum(count - 1 for count in meetings(rotation).values())


def fewest_repeats(people: int, tables: int, rounds: int) -> int:
    """A number of repeats that no rotation can go below.

    There may be more seats side by side than pairs of people; and a table of more people than there are tables cannot part
    whole: in each later round some of it meet again.
    """
    small, larger = divmod(people, tables)
    sizes = [small + 1] * larger + [small] * (tables - larger)
    crowded = rounds * sum(comb(size, 2) for size in sizes) - comb(people, 2)
    staying = (rounds - 1) * sum(_pairs(size, tables) for size in sizes)
    return max(0, crowded, staying)


def _pairs(people: int, tables: int) -> int:
    """How many pairs of people sit together at least when they spread over the tables."""
    small, larger = divmod(people, tables)
    return larger * comb(small + 1, 2) + (tables - larger) * comb(small, 2)


def met(rotation: Rotation, people: int) -> tuple[int, ...]:
    """How many others each person meets."""
    found = [0] * people
    for first, second in meetings(rotation):
        found[first] += 1
        found[second] += 1
    return tuple(found)


def visited(rotation: Rotation, people: int) -> tuple[frozenset[int], ...]:
    """At which tables (from 0) each person has been."""
    found: list[set[int]] = [set() for _ in range(people)]
    for seated in rotation:
        for table, group in enumerate(seated):
            for person in group:
                found[person].add(table)
    return tuple(frozenset(tables) for tables in found)
