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
    """A block of an index with its times in minutes of the day, as far as they are known, and the minutes it was given."""

    index: int
    block: Block
    begins: int | None
    ends: int | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Clash:
    """Something in an agenda that does not add up: at the block of an index, or at the end of a day of the event (None)."""

    kind: str
    index: int | None
    message: str
    cure: str
    day: int = 1


@dataclass(frozen=True, slots=True)
class Window:
    """The time in minutes that blocks have to fill, as far as it is known, and which of several days it is."""

    start: int | None
    end: int | None
    daytime: Daytime
    day: int | None = None

    @property
    def whole(self) -> str:
        """What messages call it."""
        return "the event" if self.day is None else f"day {self.day}"

    @property
    def of_day(self) -> str:
        """What is said after the number of a block."""
        return "" if self.day is None else f" of day {self.day}"


# what follows each other: one run of blocks, or several side by side
Parts = Sequence[Sequence[Sequence[Laid]]]


def clashes(parts: Parts, window: Window) -> tuple[Clash, ...]:
    """Everything that does not add up, in the order of the blocks."""
    found: list[Clash] = []
    start, end, daytime = window.start, window.end, window.daytime
    if start is not None and end is not None and end <= start:
        said = f"{window.whole} ends at {daytime.clock(end)}, not after its start at {daytime.clock(start)}"
        found.append(Clash("agenda-length", None, said, "correct the times"))
    before: list[Laid] = []
    for part in parts:
        for lane in part:
            for number, one in enumerate(lane):
                found += _of_block(one, daytime)
                found += _overlaps(one, [*before, *lane[:number]], window)
        before += (one for lane in part for one in lane)
    found += _over_run(before, window)
    return _only_first_without_start(found)


def _of_block(one: Laid, daytime: Daytime) -> Iterator[Clash]:
    index, block, begins, ends = one.index, one.block, one.begins, one.ends
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


def _overlaps(one: Laid, before: Sequence[Laid], window: Window) -> Iterator[Clash]:
    """Compare a block with the one before it that ends last: a long block may outlast several short ones."""
    ended = [(other.ends, other.index + 1) for other in before if other.ends is not None]
    if one.begins is None or not ended:
        return
    last, number = max(ended)
    if one.begins < last:
        clock, block = window.daytime.clock, f"block {number}{window.of_day}"
        said = f"starts at {clock(one.begins)}, before {block} (until {clock(last)}) has ended"
        yield Clash("agenda-overlap", one.index, said, "start it later or shorten the block before it")


def _only_first_without_start(found: Iterable[Clash]) -> tuple[Clash, ...]:
    """One missing start leaves every block after it without one: it is said once."""
    kept: list[Clash] = []
    for clash in found:
        if clash.message != _NO_START or all(other.message != _NO_START for other in kept):
            kept.append(clash)
    return tuple(kept)


def _over_run(laid: Sequence[Laid], window: Window) -> Iterator[Clash]:
    last = max((one.ends for one in laid if one.ends is not None), default=None)
    end, clock = window.end, window.daytime.clock
    if end is not None and last is not None and last > end:
        said = f"the agenda ends at {clock(last)}, {last - end} minutes after {window.whole} ({clock(end)})"
        yield Clash("agenda-over-run", None, said, "shorten blocks or end later")


def gaps(parts: Parts, window: Window) -> tuple[Clash, ...]:
    """The times within the event, or within one of several tracks, for which nothing is planned."""
    found: list[Clash] = []
    last, end, clock = window.start, window.end, window.daytime.clock
    for part in parts:
        ended = _later(last, *(minutes for lane in part for one in lane for minutes in (one.begins, one.ends)))
        found += (gap for lane in part for gap in _within(lane, last, ended, window.daytime))
        last = ended
    if parts and end is not None and last is not None and last < end:
        said = f"the agenda ends at {clock(last)}, {end - last} minutes before {window.whole} ({clock(end)})"
        found.append(Clash("agenda-gap", None, said, "give blocks a range such as `minutes: 15-25`, or end earlier"))
    return tuple(found)


def _within(lane: Sequence[Laid], since: int | None, until: int | None, daytime: Daytime) -> Iterator[Clash]:
    """The times for which nothing is planned in one track, or in the only one."""
    now, clock = since, daytime.clock
    for one in lane:
        if one.begins is not None and now is not None and one.begins > now:
            said = f"starts at {clock(one.begins)}: nothing is planned for the {one.begins - now} minutes before it"
            yield Clash("agenda-gap", one.index, said, "lengthen the block before it, or add a break")
        now = _later(now, one.begins, one.ends)
    if now is not None and until is not None and now < until:
        said = f"ends at {clock(now)}: nothing is planned in its track for the {until - now} minutes after it"
        yield Clash("agenda-gap", lane[-1].index, said, "lengthen it, or add a block to its track")


def _later(*minutes: int | None) -> int | None:
    return max((one for one in minutes if one is not None), default=None)
