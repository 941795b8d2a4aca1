"""The days of an event as people read them: what everybody does one thing after another, and what goes on side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, zip_longest

from ecocsme.event.model import Event, Track
from ecocsme.event.timetable import Slot
from ecocsme.files.values import Clock
from ecocsme.language.texts import Texts

_WIDE = 4


@dataclass(frozen=True, slots=True)
class Lane:
    """What goes on in one track, or what is for everybody (no track)."""

    track: Track | None
    slots: tuple[Slot, ...]

    @property
    def lead(self) -> Texts | None:
        """Who leads all of it, where that is the same everywhere."""
        leads = [slot.lead for slot in self.slots]
        return leads[0] if leads and all(lead == leads[0] for lead in leads) else None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day: one lane for everybody, or a lane for each of the tracks that go on side by side."""

    lanes: tuple[Lane, ...]

    @property
    def parallel(self) -> bool:
        """Whether it consists of tracks."""
        return self.lanes[0].track is not None

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All of its slots, lane after lane."""
        return tuple(slot for lane in self.lanes for slot in lane.slots)

    @property
    def start(self) -> Clock | None:
        """When its first block begins."""
        return min((slot.start for slot in self.slots if slot.start), default=None)

    @property
    def end(self) -> Clock | None:
        """When its longest lane ends."""
        return max((slot.end for slot in self.slots if slot.end), default=None)

    @property
    def in_step(self) -> bool:
        """Whether the blocks of all lanes begin and end together, so that one time stands for each row of them."""
        return all(len({(slot.start, slot.end) if slot else None for slot in row}) == 1 for row in self.rows)

    @property
    def rows(self) -> tuple[tuple[Slot | None, ...], ...]:
        """The first slot of each lane, the second of each, and so on; None where a lane has no more."""
        return tuple(zip_longest(*(lane.slots for lane in self.lanes)))


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A day of an event: its number, its date, when it starts and ends, and its parts."""

    number: int
    date: date
    start: Clock | None
    end: Clock | None
    stretches: tuple[Stretch, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All of its slots, in the order written."""
        return tuple(slot for stretch in self.stretches for slot in stretch.slots)

    @property
    def sides(self) -> tuple[Stretch, ...]:
        """What goes on side by side, each in parts of as many lanes as a page is wide."""
        return tuple(side for stretch in self.stretches if stretch.parallel for side in _sides(stretch.lanes))


def _sides(lanes: Sequence[Lane]) -> Iterator[Stretch]:
    many = -(-len(lanes) // -(-len(lanes) // _WIDE))
    yield from (Stretch(tuple(lanes[first : first + many])) for first in range(0, len(lanes), many))


def day_plans(event: Event, slots: Sequence[Slot]) -> tuple[DayPlan, ...]:
    """Sort the slots of an agenda by day, and by what goes on at the same time."""
    days = enumerate(event.each_day, 1)
    return tuple(
        DayPlan(number, day.date, day.start, day.end, tuple(_stretches(event, [slot for slot in slots if slot.day == number])))
        for number, day in days
    )


def _stretches(event: Event, slots: Sequence[Slot]) -> Iterator[Stretch]:
    for in_track, run in groupby(slots, lambda slot: slot.track is not None):
        these = list(run)
        tracks = dict.fromkeys(slot.track for slot in these) if in_track else [None]
        yield Stretch(tuple(Lane(event.track(one), tuple(slot for slot in these if slot.track == one)) for one in tracks))
