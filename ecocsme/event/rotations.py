"""Rotations that are built, not searched for: exact ones where the numbers allow it, near ones to start a search from.

People stand in rows of one per table. In round r the person of row i and column j sits at table j + r*i. Over a field two
people of different rows meet exactly once in all rounds, and two of one row never.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count

from ecocsme.event.galois import field, prime_power
from ecocsme.event.meetings import repeats

Built = list[list[list[int]]]
Place = Callable[[int, int], int]


def built(people: int, tables: int, rounds: int) -> list[Built]:
    """All rotations that can be built for these numbers, in which tables differ by one person at most; often there is none."""
    size = -(-people // tables)
    if tables == 1 or size == 1:
        return [[[list(range(table, people, tables)) for table in range(tables)] for _ in range(rounds)]]
    found = (_by_field(people, tables, size, rounds), _by_steps(people, tables, size, rounds), _nearly(people, tables, size, rounds))
    return [rotation for rotation in found if rotation]


def _nearly(people: int, tables: int, size: int, rounds: int) -> Built | None:
    """Build over the next larger field: too many tables, of which the smallest are given up in each round."""
    order = next(number for number in count(tables + 1) if prime_power(number))
    over = field(order)
    if over is None or order - tables > max(1, tables // 8) or rounds >= order or size > tables:
        return None
    found: Built = []
    for step in range(1, rounds + 1):
        seated: list[list[int]] = [[] for _ in range(order)]
        for person in range(people):
            row, column = divmod(person, tables)
            seated[over.plus[column][over.times[step][row]]].append(person)
        found.append(seated)
    return _given_up(found, people, tables)


def _by_field(people: int, tables: int, size: int, rounds: int) -> Built | None:
    """As many rounds as there are tables without a repeat, and where rows fill whole tables, rounds within the rows after that."""
    over = field(tables)
    if over is None or size > tables:
        return None
    first = 0 if size == tables else 1  # a row times zero never moves: taken only where every row is needed
    crossing = [
        seated(people, tables, lambda row, column, step=step: over.plus[column][over.times[step][row + first]])  # type: ignore[misc]  # a default binds the step
        for step in range(min(rounds, tables))
    ]
    within = _within_rows(people, tables, size, rounds - len(crossing))
    return crossing + within if len(within) == rounds - len(crossing) else None


def _by_steps(people: int, tables: int, size: int, rounds: int) -> Built | None:
    """Few rounds need no field: while rounds times rows stay below the number of tables, no step leads back."""
    if (rounds - 1) * (size - 1) >= tables:
        return None
    return [
        seated(people, tables, lambda row, column, step=step: (column + step * (row + 1)) % tables)  # type: ignore[misc]  # a default binds the step
        for step in range(rounds)
    ]


def seated(people: int, tables: int, place: Place) -> list[list[int]]:
    """Seat everybody by row and column."""
    found: list[list[int]] = [[] for _ in range(tables)]
    for person in range(people):
        row, column = divmod(person, tables)
        found[place(row, column)].append(person)
    return found


def _within_rows(people: int, tables: int, size: int, rounds: int) -> Built:
    """Rounds in which each row, whose people have never met, sits at tables of its own."""
    if rounds < 1 or people != tables * size or tables % size:
        return []
    each = tables // size
    inner = min([*built(tables, each, rounds), _dealt(tables, each, rounds)], key=repeats)
    rows = range(size)
    return [[[row * tables + person for person in group] for row in rows for group in seated] for seated in inner]


def _dealt(people: int, tables: int, rounds: int) -> Built:
    """Rounds of one row where repeats cannot be helped: blocks first, then people dealt out like cards."""
    size = people // tables
    blocks = [[list(range(t * size, (t + 1) * size)) for t in range(tables)]]
    dealt = [
        seated(people, tables, lambda row, column, step=step: (column + row * step) % tables)  # type: ignore[misc]  # a default binds the step
        for step in range(rounds - 1)
    ]
    return (blocks + dealt)[:rounds]


def _given_up(found: Built, people: int, tables: int) -> Built:
    """Give up the smallest tables of each round; their people go where they know the fewest."""
    met = [[0] * people for _ in range(people)]
    for seated in found:
        for table in seated:
            _count(met, table, 1)
    return [_spread(seated, met, people, tables) for seated in found]


def _spread(seated: Sequence[list[int]], met: list[list[int]], people: int, tables: int) -> list[list[int]]:
    order = sorted(range(len(seated)), key=lambda table: (len(seated[table]), table))
    smallest, larger = order[: len(seated) - tables], order[len(seated) - tables :]
    kept = [list(seated[table]) for table in sorted(larger)]
    homeless = [person for table in smallest for person in seated[table]]
    for table in smallest:
        _count(met, seated[table], -1)
    full = people // tables
    for group in kept:  # more at one table than may sit there: the last ones look for another
        homeless += [group.pop() for _ in range(len(group) - full - (people % tables > 0))]
    for person in homeless:
        group = min(_with_room(kept, full), key=lambda near: sum(met[person][other] > 0 for other in near))
        for other in group:
            met[person][other] += 1
            met[other][person] += 1
        group.append(person)
    return kept


def _with_room(kept: Sequence[list[int]], full: int) -> list[list[int]]:
    """The tables with a seat free; when all are full, one more may sit at each."""
    return [group for group in kept if len(group) < full] or [group for group in kept if len(group) == full]


def _count(met: list[list[int]], table: Sequence[int], change: int) -> None:
    for person in table:
        for other in table:
            met[person][other] += change * (person != other)
