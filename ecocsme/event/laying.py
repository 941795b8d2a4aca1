"""Laying the blocks of a day: one after another, those of several tracks side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ecocsme.event.model import Block
from ecocsme.event.ranges import Range
from ecocsme.event.stretching import Span, lengths

Lane = tuple[int, ...]
Part = tuple[Lane, ...]
_ENDLESS = 24 * 60 * 2  # what a block without a length could fill


@dataclass(frozen=True, slots=True)
class Placed:
    """When a block, or all that runs side by side, begins and ends, and the minutes that it was given; None where nobody knows."""

    begins: int | None
    ends: int | None
    minutes: int | None


def parts(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """What follows each other in an agenda, by index: a block alone, or blocks of tracks side by side, a lane for each track."""
    found: list[Part] = []
    for in_track, run in groupby(range(len(blocks)), lambda index: blocks[index].track is not None):
        if in_track:
            lanes: dict[str | None, list[int]] = {}
            for index in run:
                lanes.setdefault(blocks[index].track, []).append(index)
            found.append(tuple(tuple(lane) for lane in lanes.values()))
        else:
            found += (((index,),) for index in run)
    return tuple(found)


def lay(spans: Sequence[Span], made_of: Sequence[Part], start: int | None, end: int | None, length: int) -> list[Placed]:
    """Give every block its time in a day of a length: what runs side by side ends when the longest track does."""
    whole = [_whole([[spans[index] for index in lane] for lane in part]) for part in made_of]
    settled: set[int] = set()
    while True:
        line = _line(whole, start, end, length)
        placed: dict[int, Placed] = {}
        for number, (part, one) in enumerate(zip(made_of, line, strict=True)):
            placed |= _inside(part, one, spans, length)
            longest = max((ends for lane in part if (ends := placed[lane[-1]].ends) is not None), default=None)
            if longest != one.ends and number not in settled:
                whole[number] = Span(one.begins, longest, None)  # a fixed time within a track stays: what comes after makes way
                settled.add(number)
                break
        else:
            return [placed[index] for index in range(len(spans))]


def _inside(part: Part, whole: Placed, spans: Sequence[Span], length: int) -> dict[int, Placed]:
    """The blocks of what has such a time as a whole: a block alone has all of it, each track shares it out."""
    if _is_alone(part):
        return {part[0][0]: whole}
    placed: dict[int, Placed] = {}
    for lane in part:
        placed |= zip(lane, _line([spans[index] for index in lane], whole.begins, whole.ends, length), strict=True)
    return placed


def _is_alone(part: Part) -> bool:
    return len(part) == 1 and len(part[0]) == 1


def _line(spans: Sequence[Span], start: int | None, end: int | None, length: int) -> list[Placed]:
    """Blocks one after another: fixed times first, the others right after the block before them."""
    placed: list[Placed] = []
    now = start
    for index, (span, minutes) in enumerate(zip(spans, lengths(spans, start, end), strict=True)):
        begins = _begins(span, minutes, now)
        ends = _ends(span, minutes, begins, spans[index + 1].begins if index + 1 < len(spans) else end)
        placed.append(Placed(begins, ends if ends is None else min(ends, length), minutes))
        now = begins if ends is None else placed[-1].ends
    return placed


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


def _whole(lanes: Sequence[Sequence[Span]]) -> Span:
    """What runs side by side as one block of the day: long enough for each track, and no longer than one that fills it."""
    if len(lanes) == 1 and len(lanes[0]) == 1:
        return lanes[0][0]
    begins = lanes[0][0].begins  # of the block that is written first; another track may begin at a time of its own
    tails = [_tail(lane, begins) for lane in lanes]
    fixed = [since + tail for since, tail in tails if since is not None]
    if fixed and begins is None:
        return Span(None, max(fixed), None)
    return Span(begins, None, _together([tail if since is None else tail.plus(since - (begins or 0), 0) for since, tail in tails]))


def _together(ranges: Sequence[Range]) -> Range | None:
    least = max(one.least for one in ranges)
    most = max(least, min(one.most for one in ranges))
    return None if most >= _ENDLESS else Range(min(max(*map(int, ranges), least), most), least, most)


def _tail(lane: Sequence[Span], begins: int | None) -> tuple[int | None, Range]:
    """The last fixed time of a track, and how long what comes after it may last."""
    since, usual, least, most = begins, 0, 0, 0
    for span in lane:
        if span.begins is not None:
            since, usual, least, most = span.begins, 0, 0, 0
        minutes = Range(1, 1, _ENDLESS) if span.minutes is None else span.minutes
        usual, least, most = usual + minutes, least + minutes.least, most + minutes.most
        if span.ends is not None:
            since, usual, least, most = span.ends, 0, 0, 0
    return since, Range(usual, least, most)
