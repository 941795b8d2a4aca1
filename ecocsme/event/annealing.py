"""How a search cools down: the same everywhere, with a bound on its work and none on the clock."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_STEPS = 200  # how often the chance of accepting worse states is lowered
_MOST = 64  # a state worse by more is never accepted


class Chances:
    """Random numbers and the chance of accepting a worse state; only sums, products and quotients, so that machines agree."""

    def __init__(self, seed: int, warm: float, cold: float, work: int) -> None:
        """Cool from `warm` to `cold` (in repeats that are accepted now and then) over `work` proposals."""
        self.random = Random(seed).random  # noqa: S311  # no secret depends on it
        self._warm, self._cold = warm, cold
        self.steps = _STEPS
        self.each = max(1, work // _STEPS)

    def cooling(self) -> Iterator[tuple[float, ...]]:
        """For each step: with which chance a state that is worse by 0, 1, 2 ... is accepted."""
        for step in range(_STEPS):
            heat = self._warm + (self._cold - self._warm) * step / (_STEPS - 1)
            yield tuple(_chance(worse / heat) for worse in range(_MOST))


def _chance(ratio: float) -> float:
    """About e to the power of minus the ratio, by the first terms of its series: libraries differ in the last digit of exp."""
    total = term = 1.0
    for number in range(1, 12):
        term *= ratio / number
        total += term
    return 1 / total
