"""A block of an agenda that is run by a method: the steps of the method in its place, in the time that the block has."""

from __future__ import annotations

from collections.abc import Sequence

from ecocsme.event.methods import Method
from ecocsme.event.model import Block, Event
from ecocsme.event.ranges import Range
from ecocsme.event.stretching import Span, lengths


def steps(method: Method, entry: Block, event: Event) -> tuple[Block, ...]:
    """The blocks that stand for a block run by a method; its start, end, minutes, lead and materials are theirs together."""
    parts = list(method.blocks(event, whole=False))
    if entry.minutes is not None:
        parts = [part.model_copy(update={"minutes": minutes}) for part, minutes in zip(parts, _within(parts, entry.minutes), strict=True)]
    parts = [part.model_copy(update={"lead": part.lead or entry.lead}) for part in parts]
    parts[0] = parts[0].model_copy(update={"start": entry.start, "materials": (*entry.materials, *parts[0].materials)})
    parts[-1] = parts[-1].model_copy(update={"end": entry.end})
    return tuple(parts)


def misfit(method: Method, entry: Block, event: Event) -> str:
    """Why a method cannot be run in the minutes of its block; '' where it can."""
    ranges = _ranges(method.blocks(event, whole=False))
    least, most = sum(one.least for one in ranges), sum(one.most for one in ranges)
    if entry.minutes is not None and entry.minutes.most < least:
        return f"{entry.method} takes at least {least} minutes for this group"
    if entry.minutes is not None and entry.minutes.least > most:
        return f"{entry.method} takes at most {most} minutes for this group"
    return ""


def _ranges(parts: Sequence[Block]) -> list[Range]:
    return [part.minutes for part in parts if part.minutes is not None]


def _within(parts: Sequence[Block], minutes: Range) -> list[Range]:
    """The minutes of each step where all together have these."""
    ranges = _ranges(parts)
    spans = [Span(None, None, one) for one in ranges]
    least, usual, most = (lengths(spans, 0, total) for total in (minutes.least, int(minutes), minutes.most))
    each = zip(ranges, least, usual, most, strict=True)
    return [Range(use or 0, min(low or 0, use or 0), max(high or 0, use or 0), one.kin) for one, low, use, high in each]
