"""The timetable: clock times for the blocks of an agenda, and everything that does not add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ecocsme.event import clashes as found
from ecocsme.event import laying
from ecocsme.event.clashes import Clash, Laid, Window
from ecocsme.event.daytime import ORDINARY, Daytime
from ecocsme.event.model import Block
from ecocsme.event.stretching import Span
from ecocsme.files.values import Clock
from ecocsme.language.texts import Texts


@dataclass(frozen=True, slots=True)
class Slot:
    """A block with its clock times; `start` and `end` are None where the event has no start, `minutes` where it has no length.

    `track` is the ID of its track, None where it is for everybody; `day` is the number of its day.
    """

    title: Texts
    start: Clock | None
    end: Clock | None
    lead: Texts | None
    materials: tuple[Texts, ...]
    minutes: int | None = None
    track: str | None = None
    day: int = 1


@dataclass(frozen=True, slots=True)
class Timetable:
    """The slots in the order written, what does not add up, and where nothing is planned."""

    slots: tuple[Slot, ...]
    clashes: tuple[Clash, ...]
    gaps: tuple[Clash, ...] = ()


def timetable(
    blocks: Sequence[Block], start: Clock | None, end: Clock | None, daytime: Daytime = ORDINARY, day: int | None = None
) -> Timetable:
    """Give every block of a day its times: fixed ones first, the others right after the block before them, tracks side by side.

    `day` is its number where there are several.
    """
    window = Window(_minutes(start, daytime), _minutes(end, daytime), daytime, day)
    spans = [Span(_minutes(block.start, daytime), _minutes(block.end, daytime), block.minutes) for block in blocks]
    made_of = laying.parts(blocks)
    placed = laying.lay(spans, made_of, window.start, window.end, daytime.length)
    laid = [Laid(index, block, one.begins, one.ends, one.minutes) for index, (block, one) in enumerate(zip(blocks, placed, strict=True))]
    slots = tuple(_slot(one, window) for one in laid)
    parts = [[[laid[index] for index in lane] for lane in part] for part in made_of]
    wrong = found.clashes(parts, window)
    return Timetable(slots, wrong, () if wrong else found.gaps(parts, window))  # gaps move when the rest is mended


def _minutes(clock: Clock | None, daytime: Daytime) -> int | None:
    return None if clock is None else daytime.minutes(clock)


def _slot(laid: Laid, window: Window) -> Slot:
    block, begins, ends = laid.block, laid.begins, laid.ends
    start, end = (None if one is None else window.daytime.clock(one) for one in (begins, ends))
    minutes = laid.minutes if begins is None or ends is None else ends - begins
    return Slot(block.title, start, end, block.lead, block.materials, minutes, block.track, window.day or 1)
