"""Several days and parallel tracks: each day and each track fills its time, and what has no place is named with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecocsme.checks.run import check_folder
from ecocsme.errors import InvalidFile
from ecocsme.event import running
from ecocsme.event.day_plan import day_plans
from ecocsme.event.daytime import Daytime
from ecocsme.event.late_start import change, late_starts
from ecocsme.event.model import Block, Event
from ecocsme.event.ranges import Range, between
from ecocsme.event.timetable import Slot, Timetable
from ecocsme.files.models import from_text
from ecocsme.files.values import Clock
from ecocsme.language.texts import Texts
from ecocsme.project.folder import Folder
from support.folders import EARLIER, good, write
from support.written import LANGUAGES

ZONE = "Europe/Bucharest"
TRACKS = "tracks: [{id: a, ro: A, en: A}, {id: b, ro: B, en: B}, {id: c, ro: C, en: C}]\n"
ONE_DAY = "date: 2020-10-20\nstart: 11:00\nend: 13:00\n"
TWO_DAYS = "days:\n- {date: 2020-10-20, start: 09:00, end: 10:00}\n- {date: 2020-10-21, start: 14:00, end: 15:00}\n"
NOWHERE = Folder(Path("no-folder"))


def read(agenda: str, head: str = ONE_DAY) -> Event:
    """An event with blocks written as `minutes: 20, track: a / minutes: 30`."""
    blocks = "".join(f"- {{title: x, {block}}}\n" for block in agenda.split(" / "))
    return from_text(f"id: lab-1\ntitle: Lab\n{head}{TRACKS}agenda:\n{blocks}", "f.yaml", Event, LANGUAGES).value


def times(table: Timetable) -> str:
    """The slots as `11:00-11:15 a:11:15-11:30 | 09:00-10:00`, a bar between days."""
    shown = [(slot.day, f"{slot.track + ':' if slot.track else ''}{slot.start}-{slot.end}") for slot in table.slots]
    return " | ".join(" ".join(text for day, text in shown if day == number) for number in sorted({day for day, _ in shown}))


@pytest.mark.parametrize(
    ("agenda", "said"),
    [
        # both tracks fill the same time; the longest track says how long that is
        (
            "minutes: 30 / track: a, minutes: 45 / track: b, minutes: 20-60 / minutes: 45",
            "11:00-11:30 a:11:30-12:15 b:11:30-12:15 12:15-13:00",
        ),
        ("track: a, minutes: 60 / track: a, minutes: 30 / track: b / minutes: 30", "a:11:00-12:00 a:12:00-12:30 b:11:00-12:30 12:30-13:00"),
        # in whatever order they are written
        (
            "track: a, minutes: 60 / track: b, minutes: 20-60 / track: a, minutes: 30 / track: b, minutes: 30-60 / minutes: 30",
            "a:11:00-12:00 b:11:00-11:43 a:12:00-12:30 b:11:43-12:30 12:30-13:00",
        ),
        # ranges on both sides share what there is
        (
            "minutes: 10-50 / track: a, minutes: 20-60 / track: b, minutes: 30-70 / minutes: 20-60",
            "11:00-11:30 a:11:30-12:20 b:11:30-12:20 12:20-13:00",
        ),
        # a fixed start after the tracks, and fixed times within one of them
        ("track: a, minutes: 30-90 / track: b, minutes: 45-90 / start: 12:15", "a:11:00-12:15 b:11:00-12:15 12:15-13:00"),
        (
            "track: a, minutes: 20-40 / track: a, start: 11:30, minutes: 40 / track: b, minutes: 30-90 / minutes: 30-60",
            "a:11:00-11:30 a:11:30-12:10 b:11:00-12:10 12:10-13:00",
        ),
        (
            "minutes: 15 / track: a, end: 12:00 / track: b, start: 11:15, end: 12:00 / minutes: 60",
            "11:00-11:15 a:11:15-12:00 b:11:15-12:00 12:00-13:00",
        ),
        # two runs of tracks, with something for everybody between them; a track alone
        (
            "track: a, minutes: 30 / track: b, minutes: 30 / minutes: 60 / track: b, minutes: 30 / track: c, minutes: 30",
            "a:11:00-11:30 b:11:00-11:30 11:30-12:30 b:12:30-13:00 c:12:30-13:00",
        ),
        ("track: a, minutes: 30 / track: a, minutes: 30 / minutes: 60", "a:11:00-11:30 a:11:30-12:00 12:00-13:00"),
        ("minutes: 30 / track: a / track: b / track: c", "11:00-11:30 a:11:30-13:00 b:11:30-13:00 c:11:30-13:00"),
    ],
)
def test_tracks_go_on_side_by_side(agenda: str, said: str) -> None:
    """Blocks of several tracks begin together and end with the longest; then everybody goes on."""
    table = running.run(NOWHERE, read(agenda), ZONE)
    assert (times(table), table.clashes, table.gaps) == (said, (), ())


@pytest.mark.parametrize(
    ("agenda", "said"),
    [
        ("minutes: 60 / day: 2, minutes: 20-40 / minutes: 30", "09:00-10:00 | 14:00-14:30 14:30-15:00"),
        ("day: 1, minutes: 60 / day: 2, minutes: 30 / day: 2, minutes: 30", "09:00-10:00 | 14:00-14:30 14:30-15:00"),
        (
            "track: a, minutes: 60 / track: b, minutes: 30-90 / day: 2, track: a, minutes: 60 / track: c, minutes: 60",
            "a:09:00-10:00 b:09:00-10:00 | a:14:00-15:00 c:14:00-15:00",
        ),
    ],
)
def test_a_block_is_on_the_day_of_the_one_before_it(agenda: str, said: str) -> None:
    """`day: 2` begins the second day, which has its own start and end; tracks do not go on overnight."""
    table = running.run(NOWHERE, read(agenda, TWO_DAYS), ZONE)
    assert (times(table), table.clashes, table.gaps) == (said, (), ())


def test_a_fixed_time_in_one_track_does_not_end_the_others() -> None:
    """Whoever comes next waits for the longest track, and the gap in the other one is named."""
    table = running.run(
        NOWHERE, read("track: a, minutes: 30 / track: a, start: 11:30, minutes: 30 / track: b, minutes: 75 / minutes: 30-60"), ZONE
    )
    assert times(table) == "a:11:00-11:30 a:11:30-12:00 b:11:00-12:15 12:15-13:00"
    assert table.clashes == ()
    assert [(gap.index, gap.message) for gap in table.gaps] == [
        (1, "ends at 12:00: nothing is planned in its track for the 15 minutes after it")
    ]


def test_the_first_day_stands_for_the_event() -> None:
    """Date, start and end of an event of several days are those of the first; one that lists none has one day."""
    several, one = read("minutes: 60", TWO_DAYS), read("minutes: 60")
    assert (several.date, several.start, several.end) == (date(2020, 10, 20), Clock(540), Clock(600))
    assert several.dates == (date(2020, 10, 20), date(2020, 10, 21))
    assert (one.dates, one.each_day[0].start) == ((date(2020, 10, 20),), Clock(660))


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("days: [{date: 2020-02-30}]\n", "f.yaml:3: days[1].date: found 2020-02-30, a day that does not exist; write a date"),
        ("days: [{date: 2020-02-20, start: noon}]\n", "f.yaml:3: days[1].start: found noon; write a time"),
        ("days: [{start: 11:00}]\n", "f.yaml:3: days[1].date: is missing; add this key"),
        ("days: []\n", "f.yaml:3: days: is an empty list; write at least one entry"),
        ("days: two\n", "f.yaml:3: days: found two where a list is expected"),
        ("days: [two]\n", "f.yaml:3: days[1]: found two where keys are expected"),
        ("start: 11:00\n", "f.yaml: date: is missing; add this key"),
    ],
)
def test_what_is_wrong_with_a_day_is_said_once(head: str, said: str) -> None:
    """A fault of the first day is that of its own line, not also one of the event."""
    with pytest.raises(InvalidFile) as refused:
        from_text(f"id: lab-1\ntitle: Lab\n{head}", "f.yaml", Event, LANGUAGES)
    (line,) = str(refused.value).splitlines()
    assert line.startswith(said)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("track: [a, b]", "f.yaml:8: agenda[1].track: found a list where one value is expected; a block is on one day and in one track"),
        ("day: [1, 2]", "f.yaml:8: agenda[1].day: found a list where one value is expected; a block is on one day and in one track"),
        ("day: 0", "f.yaml:8: agenda[1].day: found 0; write a number of at least 1"),
    ],
)
def test_a_block_is_on_one_day_and_in_one_track(block: str, said: str) -> None:
    """A block, also one that is a method, is neither on two days nor in two tracks."""
    with pytest.raises(InvalidFile) as refused:
        read(f"{block}, minutes: 60")
    assert str(refused.value).startswith(said)


MINUTES = st.one_of(
    st.integers(1, 40).map(Range), st.tuples(st.integers(0, 40), st.integers(1, 40)).map(lambda p: between(p[0], p[0] + p[1]))
)
LANES = st.lists(st.lists(MINUTES, min_size=1, max_size=4), min_size=1, max_size=3)
PARTS = st.lists(st.one_of(MINUTES.map(lambda one: [[one]]), LANES), min_size=1, max_size=6)
DAYS = st.lists(st.tuples(st.integers(0, 300), st.floats(0, 1), PARTS), min_size=1, max_size=3)
BEGINS = st.sampled_from([date(2020, 10, 24), date(2020, 3, 28), date(2020, 3, 29), date(2020, 7, 1)])


def bounds(lanes: list[list[Range]]) -> tuple[int, int]:
    """The least and the most that blocks side by side may last."""
    least = max(sum(one.least for one in lane) for lane in lanes)
    return least, max(least, min(sum(one.most for one in lane) for lane in lanes))


def written(parts: list[list[list[Range]]]) -> Iterator[tuple[str, int, Range]]:
    """The blocks of some parts: the track ('' for everybody), the number of the part, and the minutes."""
    for number, lanes in enumerate(parts):
        for name, lane in zip("abc", lanes, strict=False):
            yield from (("" if lanes == [[one]] and number % 2 == 0 else name, number, one) for one in lane)


def side_by_side(slots: Sequence[Slot]) -> Iterator[list[list[Slot]]]:
    """What follows each other in a day: the lanes of each run of tracks; a lane alone for what is for everybody."""
    (plan,) = day_plans(read("minutes: 1"), [replace(slot, day=1) for slot in slots])
    for stretch in plan.stretches:
        yield from ([list(lane.slots) for lane in stretch.lanes],) if stretch.parallel else ([[slot]] for slot in stretch.slots)


@given(BEGINS, DAYS)
def test_every_day_and_every_track_is_filled_to_the_minute(first: date, days: list[tuple[int, float, list[list[list[Range]]]]]) -> None:
    """On any days, also those on which the clocks change: no track overlaps or leaves a gap, as long as its ranges can give that much."""
    head, blocks, windows = "days:\n", [], []
    for number, (start, part, parts) in enumerate(days, 1):
        day = Daytime.of(first + timedelta(days=number - 1), ZONE)
        runs = [[one for one in written(parts) if one[1] == index] for index in range(len(parts))]
        # two runs of tracks that touch are one: something for everybody stands between them
        apart = [block for run in runs for block in [*run, ("", -1, Range(5))]]
        limits = [bounds(lanes) for lanes in parts]
        least, most = (sum(limit[side] for limit in limits) + 5 * len(parts) for side in (0, 1))
        window = max(least + round(part * (most - least)), 1)
        opens, closes = day.clock(start), day.clock(start + window)
        if (day.minutes(opens), day.minutes(closes)) != (start, start + window):
            return  # a time that the clock shows twice means the first one
        head += f"- {{date: {first + timedelta(days=number - 1)}, start: {opens}, end: {closes}}}\n"
        blocks += [f"day: {number}, minutes: {one}" + (f", track: {track}" if track else "") for track, _, one in apart]
        windows.append((day, start, start + window))
    table = running.run(NOWHERE, read(" / ".join(blocks), head), ZONE)
    assert table.clashes == ()
    for number, (day, opens_at, closes_at) in enumerate(windows, 1):
        now = opens_at
        for lanes in side_by_side([slot for slot in table.slots if slot.day == number]):
            ends = [_filled(lane, day, now) for lane in lanes]
            short = [end for end in ends if end < max(ends)]
            assert bool(short) <= any(gap.day == number for gap in table.gaps)
            now = max(ends)
        assert now == closes_at
    assert bool(table.gaps) == any(_cannot_fill(lanes) for _, _, parts in days for lanes in parts)


def _filled(lane: Sequence[Slot], day: Daytime, now: int) -> int:
    """The end of a lane, in which each block begins when the one before it ends."""
    for slot in lane:
        assert slot.start == day.clock(now)
        now += slot.minutes or 0
        assert slot.end == day.clock(now)
    return now


def _cannot_fill(lanes: list[list[Range]]) -> bool:
    least, _ = bounds(lanes)
    return any(sum(one.most for one in lane) < least for lane in lanes)


CLOCKS = st.one_of(st.none(), st.none(), st.integers(600, 800).map(Clock))
ANY_BLOCK = st.fixed_dictionaries(
    {"start": CLOCKS, "end": CLOCKS, "minutes": st.one_of(st.none(), MINUTES), "track": st.sampled_from([None, "a", "b", "c"])}
)


@given(st.lists(ANY_BLOCK, min_size=1, max_size=9), CLOCKS, CLOCKS)
def test_whatever_is_written_either_adds_up_or_is_named(written: list[dict[str, object]], start: Clock | None, end: Clock | None) -> None:
    """Fixed times anywhere, within tracks too: where nothing is named, no lane overlaps and the day is filled."""
    blocks = tuple(Block.model_validate({"title": Texts({"": "x"}), **one}) for one in written)
    event = Event(
        id="a", title=Texts({"": "a"}), date=date(2020, 1, 1), start=start, end=end, tracks=read("minutes: 1").tracks, agenda=blocks
    )
    table = running.run(NOWHERE, event, ZONE)
    early = start is not None and any(slot.start is not None and slot.start < start for slot in table.slots)
    if table.clashes or table.gaps or early:  # what comes before the event (registration) need not fill anything
        return
    now = start
    for lanes in side_by_side(table.slots):
        for lane in lanes:
            assert lane[0].start == now or now is None
            assert all(before.end == after.start for before, after in pairwise(lane))
        (now,) = {lane[-1].end for lane in lanes}
    assert end is None or now == end
    for one, slot in zip(written, table.slots, strict=True):
        assert one["start"] in (None, slot.start)
        assert one["end"] in (None, slot.end)


def lines(root: Path, agenda: str, head: str = ONE_DAY) -> list[str]:
    """What `check` says of an event with such an agenda, the blocks from line 8 (one day) on."""
    blocks = "".join(f"- {{title: {{ro: x, en: x}}, {block}}}\n" for block in agenda.split(" / "))
    good(root)
    write(root, EARLIER, f"id: lab-1\ntitle: {{ro: Lab, en: Lab}}\n{head}{TRACKS}agenda:\n{blocks}")
    return [str(problem).removeprefix(f"{EARLIER}:") for problem in check_folder(Folder(root))]


PROBLEMS = (
    (
        "minutes: 50 / day: 2, minutes: 70",
        TWO_DAYS,
        "4: days[1].end: warning: the agenda ends at 09:50, 10 minutes before day 1 (10:00); give blocks a range",
        "5: days[2].end: the agenda ends at 15:10, 10 minutes after day 2 (15:00); shorten blocks or end later",
    ),
    (
        "minutes: 60 / day: 2, minutes: 30 / start: 14:10, minutes: 50",
        TWO_DAYS,
        "10: agenda[3]: starts at 14:10, before block 1 of day 2 (until 14:30) has ended; start it later or shorten the block before it",
    ),
    (
        "minutes: 60 / day: 3, minutes: 60",
        TWO_DAYS,
        "9: agenda[2].day: there is no day 3; the event has 2 days: add another one under `days:`",
    ),
    (
        "minutes: 120 / day: 2, minutes: 60",
        ONE_DAY,
        "9: agenda[2].day: there is no day 2; list date, start and end of each day under `days:`",
    ),
    (
        "day: 2, minutes: 60 / day: 1, minutes: 60",
        TWO_DAYS,
        "9: agenda[2].day: is day 1, after a block of day 2; put it before the blocks of later days",
    ),
    ("minutes: 60", TWO_DAYS, "5: days[2]: warning: nothing is planned on this day; give its first block `day: 2`"),
    (
        "minutes: 60 / day: 2, minutes: 60",
        TWO_DAYS.replace("-21", "-20"),
        "5: days[2].date: is not after the day before it (2020-10-20); write the days in order, each once",
    ),
    (
        "minutes: 60 / day: 2, minutes: 60",
        f"{TWO_DAYS}date: 2020-10-20\n",
        "6: date: stands beside `days`, which hold it for each day; keep one of them",
    ),
    ("track: d, minutes: 120", ONE_DAY, "8: agenda[1].track: there is no track d; list it with its title under `tracks:`"),
    (
        "track: a, minutes: 120 / track: b, minutes: 45 / track: b, minutes: 45",
        ONE_DAY,
        "10: agenda[3]: warning: ends at 12:30: nothing is planned in its track for the 30 minutes after it; lengthen it, or",
    ),
    (
        "track: a, minutes: 60 / track: b, minutes: 90 / track: a, start: 11:50, minutes: 40 / minutes: 30",
        ONE_DAY,
        "10: agenda[3]: starts at 11:50, before block 1 (until 12:00) has ended; start it later or shorten the block before it",
    ),
    (
        "track: a, minutes: 60 / track: b, minutes: 90 / start: 12:15, minutes: 45",
        ONE_DAY,
        "10: agenda[3]: starts at 12:15, before block 2 (until 12:30) has ended; start it later or shorten the block before it",
    ),
    (
        "track: a, minutes: 120 / track: b, start: 11:30, minutes: 90",
        ONE_DAY,
        "9: agenda[2]: warning: starts at 11:30: nothing is planned for the 30 minutes before it; ",
    ),
    (
        "track: a, minutes: 130 / track: b, minutes: 140",
        ONE_DAY,
        "5: end: the agenda ends at 13:20, 20 minutes after the event (13:00); shorten blocks or end later",
    ),
    (
        "track: a, minutes: 120, lead: 'Ana și Dan Rusu' / track: b, minutes: 60 / track: b, minutes: 60, lead: 'Ina; dan rusu'",
        ONE_DAY,
        "10: agenda[3]: warning: dan rusu also leads the block on line 8, which goes on at the same time; name another",
    ),
)


@pytest.mark.parametrize(("agenda", "head", "said"), [(agenda, head, said) for agenda, head, *said in PROBLEMS])
def test_what_has_no_place_is_named_with_its_line(tmp_path: Path, agenda: str, head: str, said: list[str]) -> None:
    """Over-runs, gaps and overlaps of each day and track, days and tracks that do not exist, and people in two places."""
    found = lines(tmp_path / "p", agenda, head)
    assert [line for line, start in zip(found, said, strict=True) if not line.startswith(start)] == []


@pytest.mark.parametrize(
    "agenda",
    [
        "track: a, minutes: 60, lead: Ana / track: a, minutes: 60, lead: Ana / track: b, minutes: 120, lead: Dan",
        "track: a, minutes: 60, lead: Ana / track: a, minutes: 60 / track: b, minutes: 60 / track: b, minutes: 60, lead: Ana",
        "track: a, minutes: 60, lead: Ana / track: b, minutes: 60 / minutes: 60, lead: Ana",
        "track: a, minutes: 120, lead: 'Ana, moderator' / track: b, minutes: 120, lead: 'Dan, moderator'",
    ],
)
def test_one_after_the_other_a_person_may_lead_what_he_likes(tmp_path: Path, agenda: str) -> None:
    """The same name in one track, or at another time, is no problem."""
    assert lines(tmp_path / "p", agenda) == []


def test_who_leads_a_track_leads_its_blocks(tmp_path: Path) -> None:
    """The lead of a track counts where a block names nobody, for the steps of a method too."""
    tracks = TRACKS.replace("ro: A,", "lead: Ana, ro: A,").replace("ro: B,", "lead: Ana, ro: B,")
    root = tmp_path / "p"
    good(root)
    agenda = "agenda:\n- {track: a, method: w3, minutes: 50}\n- {track: b, minutes: 50, title: {ro: x, en: x}, lead: Dan}\n"
    write(root, EARLIER, f"id: lab-1\ntitle: {{ro: L, en: L}}\n{ONE_DAY.replace('13:00', '11:50')}{tracks}{agenda}")
    assert check_folder(Folder(root)) == ()
    event = from_text((root / EARLIER).read_text("utf-8"), "f.yaml", Event, LANGUAGES).value
    slots = running.run(Folder(root), event, ZONE).slots
    assert {(slot.track, slot.lead.said("ro")[0] if slot.lead else "") for slot in slots} >= {("a", "Ana"), ("b", "Dan")}
    assert (slots[-2].track, str(slots[-2].end)) == ("a", "11:50")
    write(root, EARLIER, (root / EARLIER).read_text("utf-8").replace(", lead: Dan", ""))
    assert [str(problem).split("; ")[0] for problem in check_folder(Folder(root))] == [
        f"{EARLIER}:9: agenda[2]: warning: Ana also leads the block on line 8, which goes on at the same time"
    ]


def test_a_method_fills_one_day_only(tmp_path: Path) -> None:
    """An event of several days whose agenda is left to its method is an error at that line."""
    root = tmp_path / "p"
    good(root)
    write(root, EARLIER, f"id: lab-1\ntitle: {{ro: L, en: L}}\n{TWO_DAYS.replace('10:00', '11:45')}method: world-cafe\n")
    assert [str(problem) for problem in check_folder(Folder(root))] == [
        f"{EARLIER}:6: method: fills one day, but the event has 2; write an agenda, with the method as a block of one of the days"
    ]


def test_each_day_is_compared_with_the_calendar(tmp_path: Path) -> None:
    """A day on which the clocks change, or outside the project, is named with its own line."""
    head = TWO_DAYS.replace("10-20", "10-24").replace("10-21", "10-25")
    (line, _) = lines(tmp_path / "p", "minutes: 60 / day: 2, minutes: 60", head)
    assert line.startswith("5: days[2].date: warning: the clocks change on this day in Europe/Bucharest; ")


LATE = "start: 09:00, minutes: 20-30 / minutes: 30-60 / day: 2, track: a, minutes: 10-30 / track: b, minutes: 15-40 / minutes: 20-40"


def late(root: Path, agenda: str, day: int, by: int = 10) -> tuple[list[str], str]:
    """What a late start of a day makes of its blocks, and what cannot be made up."""
    blocks = "".join(f"- {{title: x, {block}}}\n" for block in agenda.split(" / "))
    write(root, "events/lab-1/event.yaml", f"id: lab-1\ntitle: Lab\n{TWO_DAYS}{TRACKS}agenda:\n{blocks}")
    found = late_starts(Folder(root), "lab-1", [by], ("ro",), ZONE, day=day)
    (one,) = found.late
    assert found.number == day
    return [change(old, new) for old, new in zip(found.planned, one.slots, strict=True)], one.left


@pytest.mark.parametrize(
    ("agenda", "day", "by", "changed", "left"),
    [
        (LATE, 1, 10, ["09:10-09:30 (-2)", "09:30-10:00 (-8)"], ""),
        (
            "minutes: 60 / day: 2, track: a, start: 14:00, minutes: 10-30 / track: b, start: 14:00, minutes: 15-40 / minutes: 20-40",
            2,
            10,
            ["14:10-14:32 (-5)", "14:10-14:32 (-5)", "14:32-15:00 (-5)"],
            "",
        ),
        (LATE, 2, 10, ["14:10-14:32 (-5)", "14:10-14:32 (-5)", "14:32-15:00 (-5)"], ""),
        (
            LATE,
            2,
            30,
            ["14:30-14:45 (-12)", "14:30-14:45 (-12)", "14:45-15:05 (-13)"],
            "the agenda ends at 15:05, 5 minutes after day 2 (15:00)",
        ),
    ],
)
def test_a_late_start_acts_on_its_own_day(tmp_path: Path, agenda: str, day: int, by: int, changed: list[str], left: str) -> None:
    """Only the blocks of that day give way; where it begins with tracks, the first block of each waits."""
    assert late(tmp_path, agenda, day, by) == (changed, left)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (3, "events/lab-1/event.yaml:3: days: has no day 3; the event has 2 days: name one of them with --day"),
        (2, "events/lab-1/event.yaml:5: days[2]: nothing is planned on this day; a late start needs a start"),
    ],
)
def test_a_day_that_cannot_start_late(tmp_path: Path, day: int, said: str) -> None:
    """A day that does not exist, and one without blocks, is refused."""
    with pytest.raises(InvalidFile) as refused:
        late(tmp_path, "minutes: 60", day)
    assert str(refused.value).startswith(said)
