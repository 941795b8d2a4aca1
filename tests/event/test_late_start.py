"""A late start: ranges become shorter until the day is caught up, and what cannot be made up is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Run
from ecocsme.errors import InvalidFile
from ecocsme.event.late_start import Day, change, late_starts
from ecocsme.project.folder import Folder
from support.folders import write

HEAD = 'id: lab-1\ntitle: "Lab"\ndate: 2020-10-20\n'


def day(root: Path, text: str, *by: int) -> Day:
    """The day of an event, for starts so many minutes late."""
    write(root, "events/lab-1/event.yaml", HEAD + text)
    return late_starts(Folder(root), "lab-1", by, ("ro",), "Europe/Bucharest")


def changes(root: Path, agenda: str, by: int, head: str = "start: 11:00\nend: 12:00\n") -> tuple[list[str], str]:
    """What becomes of each block, and what cannot be made up."""
    blocks = "".join(f"- {{title: x, {block}}}\n" for block in agenda.split(" / "))
    found = day(root, f"{head}agenda:\n{blocks}", by)
    (late,) = found.late
    return [change(old, new) for old, new in zip(found.planned, late.slots, strict=True)], late.left


@pytest.mark.parametrize(
    ("agenda", "by", "changed", "left"),
    [
        ("minutes: 20-40 / minutes: 30", 10, ["11:10-11:30 (-10)", "11:30-12:00"], ""),
        ("minutes: 20 / minutes: 0-20 / minutes: 20-40", 10, ["11:10-11:30", "left out", "11:30-12:00"], ""),
        ("minutes: 20 / minutes: 0-20 / minutes: 20-40", 15, ["11:15-11:35", "left out", "11:35-12:00 (-5)"], ""),
        (
            "minutes: 20 / minutes: 0-20 / minutes: 20-40",
            25,
            ["11:25-11:45", "left out", "11:45-12:05 (-10)"],
            "the agenda ends at 12:05, 5 minutes after the event (12:00)",
        ),
        (
            "end: 11:15 / minutes: 5-25 / start: 11:40, minutes: 20",
            15,
            ["11:15-11:30", "11:30-11:40 (-15)", "11:40-12:00"],
            "",
        ),
        (
            "minutes: 30 / start: 11:30, minutes: 30",
            10,
            ["11:10-11:40", "11:30-12:00"],
            "block 2 starts at 11:30, before block 1 (until 11:40) has ended",
        ),
        ("start: 10:30, end: 11:00 / minutes: 20-40 / minutes: 30", 10, ["10:30-11:00", "11:10-11:30 (-10)", "11:30-12:00"], ""),
        ("lead: y / start: 11:30, minutes: 30", 10, ["11:10-11:30 (-10)", "11:30-12:00"], ""),
    ],
)
def test_what_a_late_start_shortens(tmp_path: Path, agenda: str, by: int, changed: list[str], left: str) -> None:
    """Buffers go first, ranges give way down to their least, fixed times stay; registration before the start is over."""
    assert changes(tmp_path, agenda, by) == (changed, left)


def test_a_day_without_an_end_is_to_end_as_planned(tmp_path: Path) -> None:
    """Where the event says no end, the planned end of its last block is the one to keep."""
    assert changes(tmp_path, "minutes: 10-30 / minutes: 30", 5, "start: 11:00\n") == (["11:05-11:20 (-5)", "11:20-11:50"], "")


def test_a_method_is_shortened_too(tmp_path: Path) -> None:
    """Where the method gives the agenda, its steps give way."""
    found = day(tmp_path, "start: 11:00\nend: 13:45\nmethod: world-cafe\ntables: 6\n", 10, 30)
    assert [str(late.slots[-1].end) for late in found.late] == ["13:45", "13:45"]
    assert [late.left for late in found.late] == ["", ""]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("method: world-cafe\n", "events/lab-1/event.yaml: start: is missing; "),
        ("start: 11:00\n", "events/lab-1/event.yaml: agenda: is missing; "),
        ("start: 11:00\nagenda: [{title: x}]\n", "events/lab-1/event.yaml:5: agenda[1]: has no length; "),
        ("start: 11:00\nend: 11:10\nmethod: world-cafe\n", "events/lab-1/event.yaml:5: end: the agenda ends at "),
    ],
)
def test_a_day_without_times_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """Without a start, blocks and lengths there is nothing to plan anew."""
    with pytest.raises(InvalidFile) as refused:
        day(tmp_path, text, 10)
    assert str(refused.value).startswith(said)


@settings(max_examples=40, deadline=None)
@given(ranges=st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), min_size=1, max_size=6), by=st.integers(1, 60))
def test_either_the_day_is_caught_up_or_what_is_left_is_said(
    tmp_path_factory: pytest.TempPathFactory, ranges: list[tuple[int, int]], by: int
) -> None:
    """As long as the ranges have as much to give as the start is late, the day ends as planned; else by how much later is said."""
    agenda = " / ".join(f"minutes: {least}-{least + more}" for least, more in ranges)
    blocks = "".join(f"- {{title: x, {block}}}\n" for block in agenda.split(" / "))
    found = day(tmp_path_factory.mktemp("day"), f"start: 11:00\nagenda:\n{blocks}", by)
    end, late = found.planned[-1].end, found.late[0]
    gives = sum((slot.minutes or 0) - least for slot, (least, _) in zip(found.planned, ranges, strict=True))
    assert (late.slots[-1].end == end) == (by <= gives) == (late.left == "")
    if by > gives:
        assert f"{by - gives} minutes after the event" in late.left


def test_the_command_prints_each_late_start_beside_the_plan(tmp_path: Path, run: Run) -> None:
    """The table has a column for each late start; what cannot be made up is said; nothing is written."""
    assert run("demo", "demo", cwd=tmp_path).code == 0
    before = sorted(path for path in (tmp_path / "demo").rglob("*") if ".ecocsme" not in str(path))
    ended = run("late-start", "tm-lll4-r1", "--by", "5", cwd=tmp_path / "demo")
    assert ended.code == 0
    assert "planned" in ended.out
    assert "5 min late" in ended.out
    assert "5 minutes late cannot be made up: block 5 starts at 11:40, before block 4 (until 11:45) has ended" in ended.said
    assert sorted(path for path in (tmp_path / "demo").rglob("*") if ".ecocsme" not in str(path)) == before
