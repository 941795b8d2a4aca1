"""How long each block lasts: ranges give way, so that the blocks between two fixed times fill them exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """Let the blocks of a stretch be longer or shorter than usual, in proportion to what they have to give, buffers first."""
    if since is None or until is None:
        return
    ranges = {index: minutes for index in indices if (minutes := spans[index].minutes) is not None}
    unsaid = len(indices) - len(ranges)  # such a block takes what is left, and needs a minute at least
    room = until - since - sum(ranges.values()) - unsaid
    if room > 0 and unsaid:
        return
    if room >= 0:
        _give(ranges, {index: minutes.most - minutes for index, minutes in ranges.items()}, room, found)
        return
    # what may last no time at all is there to give way first
    buffers = {index: int(minutes) for index, minutes in ranges.items() if minutes.least == 0}
    others = {index: minutes - minutes.least for index, minutes in ranges.items() if minutes.least > 0}
    _give(ranges, buffers, room, found)
    _give(ranges, others, min(room + sum(buffers.values()), 0), found)


def _give(ranges: Mapping[int, Range], gives: Mapping[int, int], room: int, found: list[int | None]) -> None:
    """Let some blocks take up so much room, or give so much away, as far as they can."""
    sign = 1 if room > 0 else -1
    kins = [ranges[index].kin or -index for index in gives]
    shared = shares(min(abs(room), sum(gives.values())), list(gives.values()), kins)
    for index, share in zip(gives, shared, strict=True):
        found[index] = ranges[index] + sign * share


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
