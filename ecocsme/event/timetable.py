"""The timetable: clock times for the blocks of an agenda, and everything that does not add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ecocsme.event.model import Block
from ecocsme.files.values import Clock
from ecocsme.language.texts import Texts

_MIDNIGHT = 24 * 60
_NO_START = "has no time to start from"


@dataclass(frozen=True, slots=True)
class Slot:
    """A block with its clock times; `start` and `end` are None where the event has no start."""

    title: Texts
    start: Clock | None
    end: Clock | None
    lead: Texts | None
    materials: tuple[Texts, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Something in an agenda that does not add up: at the block of an index, or at the event's end (None)."""

    kind: str
    index: int | None
    message: str
    cure: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """The slots in the order written, and what does not add up."""

    slots: tuple[Slot, ...]
    clashes: tuple[Clash, ...]


def timetable(blocks: Sequence[Block], start: Clock | None, end: Clock | None) -> Timetable:
    """Give every block its times: fixed ones first, the others right after the block before them."""
    slots: list[Slot] = []
    clashes: list[Clash] = list(_event_clashes(start, end))
    now = start
    for index, block in enumerate(blocks):
        begins = _start(block, now)
        ends = _end(block, begins, blocks[index + 1].start if index + 1 < len(blocks) else end)
        clashes += _block_clashes(index, block, begins, ends)
        clashes += _overlaps(index, begins, slots)
        slots.append(Slot(block.title, begins, ends, block.lead, block.materials))
        now = ends or begins
    clashes += _over_run(slots, end)
    return Timetable(tuple(slots), _only_first_without_start(clashes))


def _start(block: Block, now: Clock | None) -> Clock | None:
    if block.start is None and block.end is not None and block.minutes is not None and block.minutes <= block.end.minutes:
        return Clock(block.end.minutes - block.minutes)
    return block.start or now


def _end(block: Block, begins: Clock | None, limit: Clock | None) -> Clock | None:
    if block.end is not None:
        return block.end
    if begins is None:
        return None
    if block.minutes is not None:
        return Clock(min(begins.minutes + block.minutes, _MIDNIGHT))
    return limit


def _event_clashes(start: Clock | None, end: Clock | None) -> Iterator[Clash]:
    if start is not None and end is not None and end <= start:
        yield Clash("agenda-length", None, f"the event ends at {end}, not after its start at {start}", "correct the times")


def _block_clashes(index: int, block: Block, begins: Clock | None, ends: Clock | None) -> Iterator[Clash]:
    if begins is None:
        yield Clash("agenda-length", index, _NO_START, "write `start:` for the event or for its first block")
    elif ends is None:
        yield Clash("agenda-length", index, "has no length", "write `minutes:` or `end:`")
    elif block.minutes is not None and block.end is None and begins.minutes + block.minutes > _MIDNIGHT:
        yield Clash("agenda-over-run", index, "runs past midnight", "shorten it or start earlier")
    elif ends <= begins:
        yield Clash("agenda-length", index, f"ends at {ends}, not after its start at {begins}", "correct the times")
    elif block.minutes is not None and ends.minutes - begins.minutes != block.minutes:
        said = f"lasts {block.minutes} minutes but goes from {begins} to {ends}"
        yield Clash("agenda-length", index, said, "keep two of start, end and minutes")


def _overlaps(index: int, begins: Clock | None, before: Sequence[Slot]) -> Iterator[Clash]:
    """Compare a block with the one before it that ends last: a long block may outlast several short ones."""
    ended = [(slot.end, number) for number, slot in enumerate(before, 1) if slot.end is not None]
    if begins is None or not ended:
        return
    last, number = max(ended)
    if begins < last:
        said = f"starts at {begins}, before block {number} (until {last}) has ended"
        yield Clash("agenda-overlap", index, said, "start it later or shorten the block before it")


def _only_first_without_start(clashes: Iterable[Clash]) -> tuple[Clash, ...]:
    """One missing start leaves every block after it without one: it is said once."""
    kept: list[Clash] = []
    for clash in clashes:
        if clash.message != _NO_START or all(other.message != _NO_START for other in kept):
            kept.append(clash)
    return tuple(kept)


def _over_run(slots: Sequence[Slot], end: Clock | None) -> Iterator[Clash]:
    last = max((slot.end for slot in slots if slot.end), default=None)
    if end is not None and last is not None and last > end:
        over = last.minutes - end.minutes
        said = f"the agenda ends at {last}, {over} minutes after the event ({end})"
        yield Clash("agenda-over-run", None, said, "shorten blocks or end later")
