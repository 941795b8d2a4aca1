"""What does not add up in a timetable: overlaps, over-runs, gaps, and times that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ecocsme.event.daytime import Daytime
from ecocsme.event.model import Block
from ecocsme.files.values import Clock

_NO_START = "has no time to start from"


@dataclass(frozen=True, slots=True)
class Laid:
    """A block with its times in minutes of the day, as far as they are known, and the minutes it was given."""

    block: Block
    begins: int | None
    ends: int | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Clash:
    """Something in an agenda that does not add up: at the block of an index, or at the event's end (None)."""

    kind: str
    index: int | None
    message: str
    cure: str


def clashes(laid: Sequence[Laid], start: int | None, end: int | None, daytime: Daytime) -> tuple[Clash, ...]:
    """Everything that does not add up, in the order of the blocks."""
    found: list[Clash] = []
    if start is not None and end is not None and end <= start:
        said = f"the event ends at {daytime.clock(end)}, not after its start at {daytime.clock(start)}"
        found.append(Clash("agenda-length", None, said, "correct the times"))
    for index, one in enumerate(laid):
        found += _of_block(index, one, daytime)
        found += _overlaps(index, one, laid[:index], daytime)
    found += _over_run(laid, end, daytime)
    return _only_first_without_start(found)


def _of_block(index: int, one: Laid, daytime: Daytime) -> Iterator[Clash]:
    block, begins, ends = one.block, one.begins, one.ends
    never = _never(block, daytime)
    if never:
        yield Clash("agenda-length", index, f"{never} does not exist on this day: the clocks go forward", "correct the times")
    elif begins is None:
        yield Clash("agenda-length", index, _NO_START, "write `start:` for the event or for its first block")
    elif ends is None:
        yield Clash("agenda-length", index, "has no length", "write `minutes:` or `end:`")
    elif block.end is None and begins + (one.minutes or 0) > daytime.length:
        yield Clash("agenda-over-run", index, "runs past midnight", "shorten it or start earlier")
    elif ends < begins + (one.minutes is None or one.minutes > 0):  # only what may last no time ends as it begins
        said = f"ends at {daytime.clock(ends)}, not after its start at {daytime.clock(begins)}"
        yield Clash("agenda-length", index, said, "correct the times")
    elif one.minutes not in (None, ends - begins):
        said = f"lasts {block.minutes} minutes but goes from {daytime.clock(begins)} to {daytime.clock(ends)}"
        yield Clash("agenda-length", index, said, "keep two of start, end and minutes")


def _never(block: Block, daytime: Daytime) -> Clock | None:
    return next((clock for clock in (block.start, block.end) if clock and not daytime.exists(clock)), None)


def _overlaps(index: int, one: Laid, before: Sequence[Laid], daytime: Daytime) -> Iterator[Clash]:
    """Compare a block with the one before it that ends last: a long block may outlast several short ones."""
    ended = [(other.ends, number) for number, other in enumerate(before, 1) if other.ends is not None]
    if one.begins is None or not ended:
        return
    last, number = max(ended)
    if one.begins < last:
        said = f"starts at {daytime.clock(one.begins)}, before block {number} (until {daytime.clock(last)}) has ended"
        yield Clash("agenda-overlap", index, said, "start it later or shorten the block before it")


def _only_first_without_start(found: Iterable[Clash]) -> tuple[Clash, ...]:
    """One missing start leaves every block after it without one: it is said once."""
    kept: list[Clash] = []
    for clash in found:
        if clash.message != _NO_START or all(other.message != _NO_START for other in kept):
            kept.append(clash)
    return tuple(kept)


def _over_run(laid: Sequence[Laid], end: int | None, daytime: Daytime) -> Iterator[Clash]:
    last = max((one.ends for one in laid if one.ends is not None), default=None)
    if end is not None and last is not None and last > end:
        said = f"the agenda ends at {daytime.clock(last)}, {last - end} minutes after the event ({daytime.clock(end)})"
        yield Clash("agenda-over-run", None, said, "shorten blocks or end later")


def gaps(laid: Sequence[Laid], start: int | None, end: int | None, daytime: Daytime) -> tuple[Clash, ...]:
    """The times within the event for which nothing is planned."""
    found: list[Clash] = []
    last = start
    for index, one in enumerate(laid):
        if one.begins is not None and last is not None and one.begins > last:
            said = f"starts at {daytime.clock(one.begins)}: nothing is planned for the {one.begins - last} minutes before it"
            found.append(Clash("agenda-gap", index, said, "lengthen the block before it, or add a break"))
        last = max((minutes for minutes in (last, one.begins, one.ends) if minutes is not None), default=None)
    if laid and end is not None and last is not None and last < end:
        said = f"the agenda ends at {daytime.clock(last)}, {end - last} minutes before the event ({daytime.clock(end)})"
        found.append(Clash("agenda-gap", None, said, "give blocks a range such as `minutes: 15-25`, or end earlier"))
    return tuple(found)
