"""Seating: everybody sits once a round, nobody meets twice where that can be had, and what must hold holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecocsme.event.galois import field, prime_power
from ecocsme.event.meetings import fewest_repeats, meetings, met, repeats, visited
from ecocsme.event.rotations import Built, built
from ecocsme.event.seating import Party, seat

# people, tables, rounds, and the most repeats that may be left
REACHED = [
    (16, 4, 5, 0), (20, 5, 4, 0), (24, 6, 3, 0), (24, 6, 4, 0), (25, 5, 6, 0), (30, 6, 5, 0), (32, 8, 6, 0), (32, 8, 10, 16),
    (40, 8, 5, 0), (48, 8, 6, 0), (60, 10, 6, 0), (200, 20, 8, 0), (1000, 100, 6, 0), (22, 5, 5, 0),
]  # fmt: skip


def _sits_once(rotation: Built, people: int, tables: int, rounds: int) -> None:
    assert len(rotation) == rounds
    for seated in rotation:
        assert len(seated) == tables
        assert sorted(person for table in seated for person in table) == list(range(people))


@pytest.mark.parametrize(("people", "tables", "rounds", "most"), REACHED)
def test_nobody_meets_twice_where_that_can_be_had(people: int, tables: int, rounds: int, most: int) -> None:
    """The known cases come out without a repeated meeting, or with as few as anybody has reached."""
    found = seat(Party(people, tables, rounds))
    _sits_once(found, people, tables, rounds)
    assert repeats(found) <= most
    assert {len(table) for seated in found for table in seated} <= {people // tables, -(-people // tables)}


@pytest.mark.slow
def test_a_hundred_people_in_ten_rounds_repeat_few_meetings() -> None:
    """Where no rotation without repeats is known, the search beats 631, the best that was measured before."""
    assert repeats(seat(Party(100, 10, 10))) <= 631


@pytest.mark.parametrize(("people", "tables", "rounds"), [(22, 5, 5), (30, 6, 3), (30, 6, 5), (41, 7, 4)])
def test_with_hosts_everybody_comes_to_another_table_each_round(people: int, tables: int, rounds: int) -> None:
    """Hosts stay, everybody else hears another question in every round, and nobody meets twice."""
    hosts = tuple(range(3, 3 + tables))
    found = seat(Party(people, tables, rounds, hosts=hosts))
    _sits_once(found, people, tables, rounds)
    assert all(hosts[number] in table for seated in found for number, table in enumerate(seated))
    assert repeats(found) == 0
    assert all(len(been) == rounds for person, been in enumerate(visited(found, people)) if person not in hosts)


@pytest.mark.parametrize(("people", "tables", "rounds"), [(20, 5, 4), (24, 6, 3), (32, 8, 6), (48, 8, 6)])
def test_without_hosts_nobody_comes_to_a_table_twice_where_that_can_be_had(people: int, tables: int, rounds: int) -> None:
    """With no more rounds than tables, everybody is at another table each time."""
    assert all(len(been) == rounds for been in visited(seat(Party(people, tables, rounds)), people))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_everybody_sits_exactly_once_and_tables_are_equal(data: st.DataObject) -> None:
    """Any number of people at any number of tables: once per round, tables that differ by one at most, the same seats again."""
    people = data.draw(st.integers(2, 200))
    tables = data.draw(st.integers(1, min(people, 25)))
    rounds = data.draw(st.integers(1, 8))
    hosts = tuple(data.draw(st.permutations(range(people)))[:tables]) if data.draw(st.booleans()) else ()
    party = Party(people, tables, rounds, hosts=hosts, seed=data.draw(st.integers(0, 9)), effort=0.005)
    found = seat(party)
    _sits_once(found, people, tables, rounds)
    for seated in found:
        sizes = {len(table) for table in seated}
        assert max(sizes) - min(sizes) <= 1
    assert repeats(found) >= fewest_repeats(people, tables, rounds)
    assert seat(party) == found


@settings(max_examples=8, deadline=None)
@given(st.integers(12, 60), st.integers(3, 6), st.integers(1, 4), st.integers(0, 99))
def test_wishes_that_can_be_met_are_met(people: int, tables: int, rounds: int, start: int) -> None:
    """A few pairs who must not meet never do; a pair who belong together share every table."""
    pairs = [tuple(sorted(((start + 2 * n) % people, (start + 2 * n + 1) % people))) for n in range(3)]
    apart, together = frozenset(pairs[:2]), frozenset(pairs[2:])
    found = seat(Party(people, tables, rounds, apart=apart, together=together, effort=0.1))  # type: ignore[arg-type]  # pairs have two
    counted = meetings(found)
    assert not any(counted[pair] for pair in apart)
    assert all(counted[pair] == rounds for pair in together)


def test_every_table_holds_its_share_of_each_sector() -> None:
    """Eight of each of three sectors at eight tables: every table holds one of each, in every round."""
    kinds = tuple((person % 3,) for person in range(24))
    found = seat(Party(24, 8, 3, kinds=kinds))
    assert all(sorted(kinds[person] for person in table) == [(0,), (1,), (2,)] for seated in found for table in seated)
    assert repeats(found) == 0


def test_counting_meetings_is_right() -> None:
    """Repeats, people met and tables visited of a rotation that can be counted by hand."""
    rotation = [[[0, 1], [2, 3]], [[0, 1], [2, 3]], [[0, 2], [1, 3]]]
    assert repeats(rotation) == 2
    assert met(rotation, 4) == (2, 2, 2, 2)
    assert visited(rotation, 4)[2] == {0, 1}
    assert fewest_repeats(4, 1, 3) == 12
    assert fewest_repeats(12, 3, 2) == repeats(seat(Party(12, 3, 2))) == 3


@pytest.mark.parametrize("order", [2, 3, 4, 5, 7, 8, 9, 16, 25, 27])
def test_fields_are_fields(order: int) -> None:
    """Sums and products behave as numbers do, and everything but zero has an inverse."""
    over = field(order)
    assert over is not None
    some = range(min(order, 9))
    for a in some:
        assert sorted(over.plus[a]) == list(range(order))
        assert not a or sorted(over.times[a]) == list(range(order))
        for b in some:
            assert over.times[a][b] == over.times[b][a]
            for c in some:
                assert over.times[a][over.plus[b][c]] == over.plus[over.times[a][b]][over.times[a][c]]


def test_there_is_no_field_of_six_or_ten() -> None:
    """Only powers of primes have a field, up to the largest room."""
    assert [number for number in range(2, 12) if field(number) is None] == [6, 10]
    assert prime_power(243) == (3, 5)
    assert field(257) is None


@pytest.mark.parametrize(
    ("people", "tables", "rounds"),
    [(31, 7, 5), (64, 8, 9), (100, 10, 9), (9, 3, 4), (5, 5, 2), (7, 1, 3), (4, 2, 5), (9, 3, 8), (16, 4, 9)],
)
def test_what_is_built_is_a_seating(people: int, tables: int, rounds: int) -> None:
    """Each construction seats everybody once, at tables that differ by one at most."""
    for rotation in built(people, tables, rounds):
        _sits_once(rotation, people, tables, rounds)
        assert all(max(map(len, seated)) - min(map(len, seated)) <= 1 for seated in rotation)
