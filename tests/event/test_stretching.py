"""Ranges of minutes: blocks give way so that they fill their time, also where the clocks change."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecocsme.errors import InvalidFile
from ecocsme.event.daytime import ORDINARY, Daytime
from ecocsme.event.model import Block, Event
from ecocsme.event.ranges import Range, between
from ecocsme.event.stretching import shares
from ecocsme.event.timetable import Timetable, timetable
from ecocsme.files.models import from_text
from ecocsme.files.values import read_clock
from ecocsme.language.texts import Texts
from support.written import LANGUAGES

AUTUMN = Daytime.of(date(2020, 10, 25), "Europe/Bucharest")
SPRING = Daytime.of(date(2020, 3, 29), "Europe/Bucharest")
DAYS = (ORDINARY, AUTUMN, SPRING)
RANGES = st.tuples(st.integers(0, 40), st.integers(1, 40)).map(lambda pair: between(pair[0], pair[0] + pair[1]))
MINUTES = st.one_of(st.integers(1, 60).map(Range), RANGES)


def laid(agenda: str, start: str = "11:00", end: str = "", daytime: Daytime = ORDINARY) -> Timetable:
    """The timetable of an agenda as it is written."""
    blocks = "".join(f"- {{title: x, {block}}}\n" for block in agenda.split(" / "))
    event = from_text(f"id: a\ntitle: x\ndate: 2020-10-20\nagenda:\n{blocks}", "f.yaml", Event, LANGUAGES).value
    return timetable(event.agenda, read_clock(start), read_clock(end) if end else None, daytime)


def times(table: Timetable) -> str:
    """The slots as `11:00-11:15 11:15-11:30`."""
    return " ".join(f"{slot.start}-{slot.end}" for slot in table.slots)


@pytest.mark.parametrize(
    ("agenda", "end", "said"),
    [
        ("minutes: 15-25 / minutes: 30", "", "11:00-11:20 11:20-11:50"),
        ("minutes: 15-25 / minutes: 30", "11:45", "11:00-11:15 11:15-11:45"),
        ("minutes: 15–25 / minutes: 30", "11:55", "11:00-11:25 11:25-11:55"),
        ("minutes: 15-25 / start: 11:18, minutes: 10-30", "11:40", "11:00-11:18 11:18-11:40"),
        ("minutes: 10 / minutes: 0-10 / start: 11:10, minutes: 20", "", "11:00-11:10 11:10-11:10 11:10-11:30"),
        ("minutes: 10-30 / end: 12:00, minutes: 30", "", "11:00-11:30 11:30-12:00"),
        ("minutes: 10-30 / end: 11:50, minutes: 30", "", "11:00-11:20 11:20-11:50"),
        ("minutes: 10-30 / title: y", "11:25", "11:00-11:20 11:20-11:25"),
        ("minutes: 10-30 / title: y", "11:15", "11:00-11:14 11:14-11:15"),
        ("minutes: 10-20 / minutes: 10-40", "12:00", "11:00-11:20 11:20-12:00"),
        ("start: 11:00, end: 11:30, minutes: 20-40", "11:30", "11:00-11:30"),
    ],
)
def test_ranges_give_way_between_fixed_times(agenda: str, end: str, said: str) -> None:
    """A range lasts as usual, or as long as the next fixed time and the end of the event let it."""
    agenda = agenda.replace("title: y", "lead: y")
    table = laid(agenda, end=end)
    assert (times(table), table.clashes, table.gaps) == (said, (), ())


@pytest.mark.parametrize(
    ("agenda", "end", "said"),
    [
        ("minutes: 20-30 / start: 11:15, minutes: 10", "", "starts at 11:15, before block 1 (until 11:20) has ended"),
        ("minutes: 20-30 / minutes: 5", "11:20", "the agenda ends at 11:25, 5 minutes after the event (11:20)"),
        ("start: 11:00, end: 11:10, minutes: 20-40", "", "lasts 20-40 minutes but goes from 11:00 to 11:10"),
        ("minutes: 20-30 / start: 11:40, minutes: 10", "", "starts at 11:40: nothing is planned for the 10 minutes before it"),
        ("start: 11:10, minutes: 10", "", "starts at 11:10: nothing is planned for the 10 minutes before it"),
        ("minutes: 20-30", "11:45", "the agenda ends at 11:30, 15 minutes before the event (11:45)"),
    ],
)
def test_what_no_range_can_mend_is_said(agenda: str, end: str, said: str) -> None:
    """Where even the least or the most does not fit, the figures are those of the least or the most."""
    table = laid(agenda, end=end)
    assert [clash.message for clash in (*table.clashes, *table.gaps)] == [said]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("25-15", "found 25-15; write the smaller number first: 15-25"),
        ("0", "found 0; write a number of at least 1"),
        ("0-0", "found 0-0; write a number of at least 1"),
        ("some", "found some; write a whole number in digits, e.g. 45, or a range such as 15-25"),
        ("15-", "found 15-; write"),
        ("-5", "found -5; write"),
        ("[1, 2]", "is no number; write"),
    ],
)
def test_what_is_no_range_is_refused(written: str, said: str) -> None:
    """A range upside down, nothing at all and words are refused with what to write."""
    with pytest.raises(InvalidFile) as refused:
        laid(f"minutes: {written}")
    assert str(refused.value).startswith(f"f.yaml:5: agenda[1].minutes: {said}")


@pytest.mark.parametrize(
    ("pair", "usual"), [((15, 25), 20), ((10, 15), 10), ((0, 10), 5), ((3, 5), 4), ((1, 2), 1), ((45, 60), 50), ((0, 1), 1)]
)
def test_the_usual_number_is_the_middle_in_fives(pair: tuple[int, int], usual: int) -> None:
    """What a range lasts where nothing asks for more or less: its middle, and fives where they are within it."""
    assert between(*pair) == usual


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 3)), max_size=12), st.floats(0, 1))
def test_shares_are_whole_and_just(parts: list[tuple[int, int]], part: float) -> None:
    """An amount is shared out whole, nobody gives more than he has, and each at most a minute from his due."""
    gives = [give for give, _ in parts]
    amount = int(part * sum(gives))
    shared = shares(amount, gives, [kin or -index for index, (_, kin) in enumerate(parts)])
    assert sum(shared) == amount
    for give, share in zip(gives, shared, strict=True):
        assert 0 <= share <= give
        assert abs(share - amount * give / max(sum(gives), 1)) < 1


@given(st.lists(MINUTES, min_size=1, max_size=12), st.integers(0, 400), st.floats(0, 1), st.sampled_from(DAYS))
def test_blocks_never_overlap_and_fill_the_window(minutes: list[Range], start: int, part: float, daytime: Daytime) -> None:
    """Whatever the ranges, on any day: a window between least and most is filled to the minute, without gap or overlap."""
    least, most = sum(one.least for one in minutes), sum(one.most for one in minutes)
    window = max(least + round(part * (most - least)), 1)
    opens, closes = daytime.clock(start), daytime.clock(start + window)
    if daytime.minutes(opens) != start or daytime.minutes(closes) != start + window:
        return  # a time that the clock shows twice means the first one
    table = timetable([Block(title=Texts({"": "x"}), minutes=one) for one in minutes], opens, closes, daytime)
    assert (table.clashes, table.gaps) == ((), ())
    assert (table.slots[0].start, table.slots[-1].end) == (opens, closes)
    assert sum(slot.minutes or 0 for slot in table.slots) == window
    for one, slot, after in zip(minutes, table.slots, [*table.slots[1:], None], strict=True):
        assert one.least <= (slot.minutes or 0) <= one.most
        assert after is None or slot.end == after.start


def test_an_hour_more_in_autumn_and_one_less_in_spring() -> None:
    """On 25 October 2020 the night in Bucharest has an hour more, on 29 March one less: durations are real minutes."""
    night = "minutes: 90 / minutes: 90 / minutes: 60"
    assert times(laid(night, "02:00")) == "02:00-03:30 03:30-05:00 05:00-06:00"
    assert times(laid(night, "02:00", daytime=AUTUMN)) == "02:00-03:30 03:30-04:00 04:00-05:00"
    assert times(laid(night, "02:00", daytime=SPRING)) == "02:00-04:30 04:30-06:00 06:00-07:00"
    assert (ORDINARY.length, AUTUMN.length, SPRING.length) == (1440, 1500, 1380)
    assert [slot.minutes for slot in laid("start: 02:00, end: 05:00", "02:00", daytime=AUTUMN).slots] == [240]


def test_the_same_times_of_day_are_as_ever_outside_that_night() -> None:
    """The afternoon of a day on which the clocks change is an afternoon like any other."""
    for daytime in DAYS:
        assert times(laid("minutes: 30 / minutes: 15-60", "14:00", "15:00", daytime)) == "14:00-14:30 14:30-15:00"


def test_a_time_that_does_not_exist_is_named() -> None:
    """In spring an hour of the night is left out; a block cannot start in it."""
    (clash,) = laid("start: 03:30, minutes: 45", "02:00", daytime=SPRING).clashes
    assert (clash.kind, clash.message) == ("agenda-length", "03:30 does not exist on this day: the clocks go forward")
