"""How long each block lasts: ranges give way, so that the blocks between two fixed times fill them exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ecocsme.event.ranges import Range


@dataclass(frozen=True, slots=True)
class Span:
    """What is written of the times of a block, in minutes of the day."""

    begins: int | None
    ends: int | None
    minutes: Range | None


def lengths(spans: Sequence[Span], start: int | None, end: int | None) -> list[int | None]:
    """The minutes of each block, None where only its neighbours tell; as usual where nothing asks for more or less."""
    found = [int(span.minutes) if span.minutes is not None else None for span in spans]
    between: list[int] = []
    since = start
    for index, span in enumerate(spans):
        if span.begins is not None:
            _fit(spans, between, since, span.begins, found)
            between, since = [], span.begins
        between.append(index)
        if span.ends is not None:
            _fit(spans, between, since, span.ends, found)
            between, since = [], span.ends
    _fit(spans, between, since, end, found)
    return found


def _fit(spans: Sequence[Span], indices: Sequence[int], since: int | None, until: int | None, found: list[int | None]) -> None:
    """Let the blocks of a stretch be longer or shorter than usual, each in proportion to what it has to give."""
    if since is None or until is None:
        return
    ranges = {index: minutes for index in indices if (minutes := spans[index].minutes) is not None}
    unsaid = len(indices) - len(ranges)  # such a block takes what is left, and needs a minute at least
    room = until - since - sum(ranges.values()) - unsaid
    if room > 0 and unsaid:
        return
    gives = [minutes.most - minutes if room > 0 else minutes - minutes.least for minutes in ranges.values()]
    kins = [minutes.kin or -index for index, minutes in ranges.items()]
    sign = 1 if room > 0 else -1
    for (index, minutes), share in zip(ranges.items(), shares(min(abs(room), sum(gives)), gives, kins), strict=True):
        found[index] = minutes + sign * share


def shares(amount: int, parts: Sequence[int], kins: Sequence[int]) -> list[int]:
    """Share an amount out in proportion to the parts, in whole numbers, none more than its part; alike to all of a kin if that can be."""
    whole = sum(parts) or 1
    given = [amount * part // whole for part in parts]
    left = amount - sum(given)
    # the largest remainders have one more each; the first of equals
    order = sorted((i for i in range(len(parts)) if amount * parts[i] % whole), key=lambda i: (-(amount * parts[i] % whole), i))
    families = {kins[i]: [j for j in order if kins[j] == kins[i]] for i in order}
    chosen: list[int] = []
    rest: list[int] = []
    for family in families.values():
        (chosen if len(chosen) + len(family) <= left else rest).extend(family)
    for i in [*chosen, *rest][:left]:
        given[i] += 1
    return given
