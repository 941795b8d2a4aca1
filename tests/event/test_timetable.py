"""The timetable: blocks follow each other, fixed times stay, and all that does not add up is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecocsme.event.model import Block
from ecocsme.event.timetable import Timetable, timetable
from ecocsme.files.values import Clock, read_clock
from ecocsme.language.texts import Texts

TITLE = Texts({"": "x"})


def block(start: str = "", end: str = "", minutes: int | str | None = None) -> Block:
    """A block with the times that are given."""
    times = {"start": read_clock(start) if start else None, "end": read_clock(end) if end else None, "minutes": minutes}
    return Block.model_validate({"title": TITLE, **times})


def times(table: Timetable) -> list[str]:
    """The slots as `11:00-11:15`."""
    return [f"{slot.start}-{slot.end}" for slot in table.slots]


def laid(*blocks: Block, start: str = "11:00", end: str = "") -> tuple[list[str], list[tuple[str, int | None]]]:
    """The times of blocks, and the kind and block of each clash."""
    table = timetable(blocks, read_clock(start) if start else None, read_clock(end) if end else None)
    return times(table), [(clash.kind, clash.index) for clash in table.clashes]


def test_minutes_follow_each_other_from_the_start_of_the_event() -> None:
    """A block with minutes begins where the one before it ended."""
    assert laid(block(minutes=15), block(minutes=60), block(minutes=5)) == (["11:00-11:15", "11:15-12:15", "12:15-12:20"], [])


def test_a_fixed_start_leaves_a_gap_or_ends_the_block_before_it() -> None:
    """A fixed start stays: a shorter block leaves a gap, a block without a length lasts until then."""
    assert laid(block(minutes=10), block("11:30", minutes=10)) == (["11:00-11:10", "11:30-11:40"], [])
    assert laid(block(), block("11:30", minutes=10)) == (["11:00-11:30", "11:30-11:40"], [])


def test_the_last_block_lasts_until_the_end_of_the_event() -> None:
    """A last block without a length ends with the event."""
    assert laid(block(minutes=30), block(), end="12:00") == (["11:00-11:30", "11:30-12:00"], [])


def test_end_and_minutes_give_the_start() -> None:
    """A block of so many minutes that ends at a time begins that much earlier."""
    assert laid(block(minutes=15), block(end="12:00", minutes=20)) == (["11:00-11:15", "11:40-12:00"], [])


def test_a_first_block_may_begin_before_the_event() -> None:
    """Registration may open before the event begins."""
    assert laid(block("10:30", "11:00"), block("11:00", "11:15")) == (["10:30-11:00", "11:00-11:15"], [])


@pytest.mark.parametrize(
    ("blocks", "start", "end", "clashes"),
    [
        ([block("11:00", "12:00"), block("11:30", "12:30")], "11:00", "", [("agenda-overlap", 1)]),
        (
            [block("11:00", "13:00"), block("11:15", "11:30"), block("12:00", "12:30")],
            "11:00",
            "",
            [("agenda-overlap", 1), ("agenda-overlap", 2)],
        ),
        ([block("12:00", "13:00"), block("11:00", "12:00")], "11:00", "", [("agenda-overlap", 1)]),
        ([block(minutes=15), block(end="11:30", minutes=20)], "11:00", "", [("agenda-overlap", 1)]),
        ([block(minutes=90)], "11:00", "12:00", [("agenda-over-run", None)]),
        ([block("23:30", minutes=60)], "11:00", "", [("agenda-over-run", 0)]),
        ([block("11:00", "11:30", 20)], "11:00", "", [("agenda-length", 0)]),
        ([block("11:30", "11:00")], "11:00", "", [("agenda-length", 0)]),
        ([block("11:30", "11:30")], "11:00", "", [("agenda-length", 0)]),
        ([block("23:30", "00:30")], "11:00", "", [("agenda-length", 0)]),
        ([block()], "11:00", "", [("agenda-length", 0)]),
        ([block(), block(minutes=10)], "11:00", "13:00", [("agenda-length", 0)]),
        ([block(minutes=10), block(minutes=10)], "", "", [("agenda-length", 0)]),
        ([], "11:00", "10:00", [("agenda-length", None)]),
        ([block("24:00", minutes=5)], "11:00", "", [("agenda-over-run", 0)]),
    ],
)
def test_what_does_not_add_up_is_found_once(blocks: list[Block], start: str, end: str, clashes: list[tuple[str, int | None]]) -> None:
    """Overlaps, over-runs, blocks without a length and times that contradict each other are found, each once."""
    assert laid(*blocks, start=start, end=end)[1] == clashes


def test_clashes_are_said_with_their_figures() -> None:
    """A clash names both blocks, or the minutes by which the agenda is too long."""
    table = timetable([block("11:00", "12:00"), block("11:30", "12:45")], Clock(660), Clock(750))
    assert [clash.message for clash in table.clashes] == [
        "starts at 11:30, before block 1 (until 12:00) has ended",
        "the agenda ends at 12:45, 15 minutes after the event (12:30)",
    ]


@given(st.integers(0, 600), st.lists(st.integers(1, 60), min_size=1, max_size=14))
def test_blocks_of_minutes_only_never_overlap_and_fill_their_sum(start: int, minutes: list[int]) -> None:
    """Blocks of minutes follow each other without gap or overlap, and end at the start plus their sum."""
    table = timetable([block(minutes=m) for m in minutes], Clock(start), Clock(start + sum(minutes)))
    assert table.clashes == ()
    assert table.slots[0].start == Clock(start)
    assert table.slots[-1].end == Clock(start + sum(minutes))
    for before, after in zip(table.slots, table.slots[1:], strict=False):
        assert before.end == after.start


@given(st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 60)), min_size=1, max_size=10), st.integers(0, 1440))
def test_fixed_times_stay_whatever_stands_around_them(fixed: list[tuple[int, int]], end: int) -> None:
    """A fixed start or end is never moved, and every overlap of fixed blocks is named."""
    blocks = [block(str(Clock(at)), minutes=length) for at, length in fixed]
    table = timetable(blocks, Clock(0), Clock(end))
    assert [slot.start for slot in table.slots] == [b.start for b in blocks]
    assert len(table.slots) == len(blocks)
    ends = [slot.end.minutes for slot in table.slots if slot.end]
    overlapping = {index for index, (at, _) in enumerate(fixed) if index and at < max(ends[:index])}
    assert {clash.index for clash in table.clashes if clash.kind == "agenda-overlap"} == overlapping
    assert any(clash.kind == "agenda-over-run" and clash.index is None for clash in table.clashes) == (end < max(ends))
