"""The rows of a timeline: as high as they last, never lower than their text, and together as high as their page has room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ecocsme.documents import word_timeline
from support.word_files import W, written, xml

ROWS = st.lists(st.tuples(st.integers(300, 900), st.integers(0, 240)), min_size=1, max_size=40)


@given(rows=ROWS, room=st.integers(0, 12_000))
def test_rows_fill_their_room_in_proportion(rows: list[tuple[int, int]], room: int) -> None:
    """No row is lower than its text; where there is room the rows fill it, and those that are higher are as high as they last."""
    least, minutes = [low for low, _ in rows], [lasts for _, lasts in rows]
    heights = word_timeline.heights(least, minutes, room)
    assert all(high >= low for high, low in zip(heights, least, strict=True))
    free = [(high, lasts) for high, low, lasts in zip(heights, least, minutes, strict=True) if high > low]
    if free:
        assert room - len(rows) <= sum(heights) <= room
        scale = sum(high for high, _ in free) / sum(lasts for _, lasts in free)
        assert all(abs(high - scale * lasts) <= 2 for high, lasts in free)
    if sum(least) < room and any(minutes):
        assert free


def test_a_timeline_has_high_rows_and_a_shaded_break() -> None:
    """In Word an hour is four times as high as a quarter of an hour, and the row of a break is grey."""
    rows = "| [9:00]{minutes=15} | A |\n| [9:15]{minutes=60} | B |\n| [10:15]{minutes=15 .break} | C |\n"
    document = xml(written(f"::: timeline\n| [Time]{{width=20}} | What |\n|---|---|\n{rows}:::\n"))
    heights = [int(one.get(f"{W}val", "0")) for one in document.iter(f"{W}trHeight")]
    assert abs(heights[1] - 4 * heights[0]) <= 4
    assert abs(heights[0] - heights[2]) <= 1
    shaded = [row.find(f".//{W}tcPr/{W}shd") is not None for row in document.iter(f"{W}tr")]
    assert shaded == [False, False, False, True]
    first, second = (int(one.get(f"{W}w", "0")) for one in document.iter(f"{W}gridCol"))
    assert abs(4 * first - second) <= 4


def test_columns_share_what_the_marked_ones_leave() -> None:
    """A column marked with its width has it even when nothing stands in it; the others share the rest."""
    document = xml(written("| a | [b]{width=50} | c |\n|---|---|---|\n| words and words |  | x |\n"))
    widths = [int(one.get(f"{W}w", "0")) for one in document.iter(f"{W}gridCol")]
    assert abs(widths[1] * 2 - sum(widths)) <= 2
    assert widths[0] > widths[2]


def test_a_timeline_fills_the_page_it_stands_on() -> None:
    """What stands before or after a page break takes no room; lines in a cell that are broken count one by one."""
    alone = "# Day\n\n::: timeline\n| Time | What |\n|---|---|\n| [9:00]{minutes=15} | A |\n| [9:15]{minutes=60} | B |\n:::\n"
    twice = f"{alone}\n::: page-break\n:::\n\n{alone}"
    one, two = ([int(row.get(f"{W}val", "0")) for row in xml(written(markdown)).iter(f"{W}trHeight")] for markdown in (alone, twice))
    assert two == one + one
    broken = alone.replace("| A |", "| A\\\u2028" + "A\\\u2028" * 15 + "A |")
    low = [int(row.get(f"{W}val", "0")) for row in xml(written(broken)).iter(f"{W}trHeight")]
    assert low[0] == 17 * word_timeline.LINE + word_timeline.PADDING
