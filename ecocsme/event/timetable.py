"""The timetable: clock times for the blocks of an agenda, and everything that does not add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ecocsme.event import clashes as found
from ecocsme.event.clashes import Clash, Laid
from ecocsme.event.daytime import ORDINARY, Daytime
from ecocsme.event.model import Block
from ecocsme.event.stretching import Span, lengths
from ecocsme.files.values import Clock
from ecocsme.language.texts import Texts


@dataclass(frozen=True, slots=True)
class Slot:
    """A block with its clock times; `start` and `end` are None where the event has no start, `minutes` where it has no length."""

    title: Texts
    start: Clock | None
    end: Clock | None
    lead: Texts | None
    materials: tuple[Texts, ...]
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Timetable:
    """The slots in the order written, what does not add up, and where nothing is planned."""

    slots: tuple[Slot, ...]
    clashes: tuple[Clash, ...]
    gaps: tuple[Clash, ...] = ()


def timetable(blocks: Sequence[Block], start: Clock | None, end: Clock | None, daytime: Daytime = ORDINARY) -> Timetable:
    """Give every block its times: fixed ones first, the others right after the block before them."""
    opens, closes = _minutes(start, daytime), _minutes(end, daytime)
    laid = _lay(blocks, opens, closes, daytime)
    slots = tuple(_slot(one, daytime) for one in laid)
    wrong = found.clashes(laid, opens, closes, daytime)
    return Timetable(slots, wrong, () if wrong else found.gaps(laid, opens, closes, daytime))  # gaps move when the rest is mended


def _lay(blocks: Sequence[Block], opens: int | None, closes: int | None, daytime: Daytime) -> list[Laid]:
    spans = [Span(_minutes(block.start, daytime), _minutes(block.end, daytime), block.minutes) for block in blocks]
    laid: list[Laid] = []
    now = opens
    for index, (block, span, minutes) in enumerate(zip(blocks, spans, lengths(spans, opens, closes), strict=True)):
        begins = _begins(span, minutes, now)
        ends = _ends(span, minutes, begins, spans[index + 1].begins if index + 1 < len(spans) else closes)
        laid.append(Laid(block, begins, ends if ends is None else min(ends, daytime.length), minutes))
        now = begins if ends is None else laid[-1].ends
    return laid


def _minutes(clock: Clock | None, daytime: Daytime) -> int | None:
    return None if clock is None else daytime.minutes(clock)


def _begins(span: Span, minutes: int | None, now: int | None) -> int | None:
    if span.begins is None and span.ends is not None and minutes is not None and minutes <= span.ends:
        return span.ends - minutes
    return now if span.begins is None else span.begins


def _ends(span: Span, minutes: int | None, begins: int | None, limit: int | None) -> int | None:
    if span.ends is not None:
        return span.ends
    if begins is None:
        return None
    return limit if minutes is None else begins + minutes


def _slot(laid: Laid, daytime: Daytime) -> Slot:
    block, begins, ends = laid.block, laid.begins, laid.ends
    start, end = (None if one is None else daytime.clock(one) for one in (begins, ends))
    minutes = laid.minutes if begins is None or ends is None else ends - begins
    return Slot(block.title, start, end, block.lead, block.materials, minutes)
