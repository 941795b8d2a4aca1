"""Mend a rotation by letting two people change places, again and again: for what no construction knows.

What counts is one number: repeated meetings and repeated tables one each, wishes of people as they are weighted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ecocsme.event.annealing import Chances
from ecocsme.event.rotations import Built
from ecocsme.event.seats import Seats, Wishes

_WARM, _COLD = 0.5, 0.08
Progress = Callable[[float], None]


def price(rotation: Built, people: int, wishes: Wishes) -> int:
    """What a rotation costs; 0, less what those who belong together bring in, is the best there is."""
    return Seats(rotation, people, wishes).price()


def mended(
    rotation: Built, people: int, wishes: Wishes, *, seed: int, work: int, enough: int = 0, progress: Progress | None = None
) -> Built:
    """Search from a rotation for a better one, with a bound on the number of proposals; stop where the price is `enough`."""
    seats = Seats(rotation, people, wishes)
    best = _Best(seats, seats.price())
    if best.price <= enough or len(rotation[0]) == 1 or wishes.played >= len(rotation):
        return best.found()
    chances = Chances(seed, _WARM, _COLD, work)
    for step, accepted in enumerate(chances.cooling()):
        if progress:
            progress(step / chances.steps)
        _propose(seats, best, chances, accepted, enough)
        if best.price <= enough:
            break
    return best.found()


@dataclass(slots=True)
class _Best:
    """The best rotation so far; it is copied when it is left, not each time it is reached."""

    seats: Seats
    price: int
    now: int = 0
    kept: Built | None = None

    def __post_init__(self) -> None:
        self.now = self.price

    def leave(self) -> None:
        """Keep what stands, if it is the best and not kept yet."""
        if self.now == self.price and self.kept is None:
            self.kept = _copy(self.seats.rotation)

    def move(self, change: int) -> None:
        """Follow the price; a new best is not kept yet."""
        self.now += change
        if self.now < self.price:
            self.price, self.kept = self.now, None

    def found(self) -> Built:
        """The best rotation."""
        return self.kept or _copy(self.seats.rotation)


def _propose(seats: Seats, best: _Best, chances: Chances, accepted: Sequence[float], enough: int) -> None:
    """Propose as many exchanges as belong to one step of cooling."""
    random, still = chances.random, seats.wishes.still
    rotation, played = seats.rotation, seats.wishes.played
    rounds, tables, limit = len(rotation) - played, len(rotation[0]), len(accepted)
    for _ in range(chances.each):
        number = played + int(random() * rounds)
        here, there = int(random() * tables), int(random() * tables)
        if here == there:
            continue
        first, second = rotation[number][here], rotation[number][there]
        one, two = first[int(random() * len(first))], second[int(random() * len(second))]
        if still and (one in still or two in still):
            continue
        change = seats.change(number, here, there, one, two)
        if change > 0:
            if change >= limit or random() >= accepted[change]:
                continue
            best.leave()
        seats.exchange(number, here, there, one, two)
        best.move(change)
        if best.price <= enough:
            return


def _copy(rotation: Built) -> Built:
    return [[list(table) for table in seated] for seated in rotation]
