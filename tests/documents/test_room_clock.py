"""The clock of the room screen in a browser: what keys do to it, what it says of the timetable, and what it outlives."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from conftest import Run
from support.browsing import Screen, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EVENT = "tm-lll4-r1"
FILE = Path("events") / EVENT / "event.yaml"
PAGE = Path("out") / EVENT / "room-screen.html"
BUCHAREST = ZoneInfo("Europe/Bucharest")
ELEVEN = datetime(2020, 10, 20, 11, tzinfo=BUCHAREST)
Open = Callable[..., Screen]
AUDIO = """
window.made = 0;
window.tones = 0;
const volume = {setValueAtTime() {}, exponentialRampToValueAtTime() {}};
const part = {frequency: {}, gain: volume, connect: (to) => to, start() { window.tones += 1; }, stop() {}};
window.AudioContext = class {
  constructor() { window.made += 1; }
  createOscillator() { return part; }
  createGain() { return part; }
};
"""


@pytest.fixture
def open_(screen_file: Path, browser: Browser) -> Open:
    """Open the example's screen so many minutes after its event should begin."""

    def start(minutes: float = 0, **more: str) -> Screen:
        return opened(browser, screen_file, ELEVEN + timedelta(minutes=minutes), **more)

    return start


def test_before_the_start_it_counts_towards_it(open_: Open) -> None:
    """Ten minutes early: the time until the start, the first block in both languages, and nobody is late."""
    screen = open_(-10)
    assert (screen.text("left"), screen.text("left-says")) == ("10:00", "până la început until the start")
    assert screen.text("block") == "Bun venit; proiectul pe scurt Welcome; the project in brief"
    assert screen.text("phase") == "Suntem gata de început / Ready to begin"
    assert (screen.text("pace"), screen.text("hour")) == ("", "10:50")
    assert screen.text("then").startswith("Urmează / Next Ce am aflat la atelierul din 8 octombrie")
    assert screen.faults == []


def test_keys_start_stop_and_lengthen(open_: Open) -> None:
    """Space starts and stops the clock of a block, + gives it five minutes; what stands still does not count."""
    screen = open_().press("Space").wait(4)
    assert screen.text("left") == "11:00"
    screen.press("Space").wait(3)
    assert (screen.text("left"), screen.text("left-says")) == ("11:00", "ceasul este oprit the clock is stopped")
    screen.press("+")
    assert screen.text("left") == "16:00"
    screen.press("Space").wait(1)
    assert screen.text("left") == "15:00"


def test_next_and_back_keep_the_clock_of_each_block(open_: Open) -> None:
    """Whoever goes on by mistake and comes back finds the clock as it was; a remote control's keys do the same."""
    screen = open_().press("Space").wait(4).press("ArrowRight")
    assert (screen.text("block"), screen.text("left")) == (
        "Ce am aflat la atelierul din 8 octombrie What we learnt at the lab of 8 October",
        "10:00",
    )
    screen.wait(1).press("PageUp")
    assert screen.text("left") == "11:00"
    screen.press("PageDown")
    assert screen.text("left") == "09:00"
    screen.press("ArrowLeft", "ArrowLeft", "ArrowLeft")
    assert screen.text("block").startswith("Bun venit")


def test_the_buttons_do_what_the_keys_do(open_: Open) -> None:
    """The same by mouse or finger; what cannot be done now says so."""
    screen = open_()
    assert screen.page.get_attribute("#back", "aria-disabled") == "true"
    screen.page.click("#go")
    screen.wait(1)
    screen.page.click("#more")
    assert screen.text("left") == "19:00"
    screen.page.click("#next")
    assert screen.page.get_attribute("#back", "aria-disabled") == "false"
    screen.page.click("#back")
    assert screen.text("left") == "19:00"


def test_over_time_is_counted_and_said(open_: Open) -> None:
    """After the end of a block its clock counts on, with words and a sign; the next block waits for a person."""
    screen = open_().press("Space").wait(17.5)
    assert (screen.text("left"), screen.text("left-says")) == ("+02:31", "peste timp over time")
    assert screen.text("block").startswith("Bun venit")
    assert screen.page.get_attribute("body", "data-tone") == "over"
    assert screen.text("pace") == "−2 întârziere de 2 minute 2 minutes behind"
    assert "≈ 11:17 · în program / timetable 11:15" in screen.text("then")


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (0.9, "±0 conform programului on time"),
        (1, "−1 întârziere de 1 minut 1 minute behind"),
        (5, "−5 întârziere de 5 minute 5 minutes behind"),
        (20, "−20 întârziere de 20 de minute 20 minutes behind"),
        (-0.9, "±0 conform programului on time"),
        (-3, "+3 avans de 3 minute 3 minutes ahead"),
    ],
)
def test_behind_and_ahead_in_words_and_signs(open_: Open, late: float, said: str) -> None:
    """How far the room is from its timetable, in whole minutes and in the grammar of each language."""
    screen = open_(late).press("Space").wait(0)
    assert screen.text("pace") == said


def test_a_pause_and_a_longer_block_make_it_late(open_: Open) -> None:
    """Both take from what follows; a block that ends early gives it back."""
    screen = open_().press("Space").wait(5).press("Space").wait(4)
    assert screen.text("pace").startswith("−4 ")
    screen.press("+").wait(0)
    assert screen.text("pace").startswith("−9 ")
    screen.press("ArrowRight", "Space").wait(0)
    assert screen.text("pace").startswith("+5 ")


def test_a_late_start_is_said_before_the_start(open_: Open) -> None:
    """Nobody has pressed a key, and it is ten past."""
    assert open_(10).wait(0).text("pace") == "−10 întârziere de 10 minute 10 minutes behind"


def test_on_another_day_it_is_a_rehearsal(open_: Open) -> None:
    """The clock runs, and nobody is told to be a week late."""
    screen = open_(7 * 24 * 60).press("Space").wait(5)
    assert screen.text("left") == "10:00"
    assert screen.text("pace") == "repetiție: evenimentul are loc pe 20 octombrie 2020 rehearsal: the event is on 20 October 2020"
    assert "≈" not in screen.text("then")


def test_after_the_last_block_it_thanks(open_: Open) -> None:
    """The end is shown as such; one key leads back."""
    screen = open_(160).press("Space", *["ArrowRight"] * 13)
    assert screen.text("block") == "Am încheiat. Vă mulțumim! That is all for today. Thank you!"
    assert screen.page.get_attribute("body", "data-phase") == "ended"
    screen.press("Space", "+", "ArrowRight", "1").wait(1)
    assert screen.text("block").startswith("Am încheiat")
    screen.press("ArrowLeft")
    assert screen.text("block").startswith("Pașii următori")
    assert screen.faults == []


def test_an_accidental_reload_changes_nothing(open_: Open) -> None:
    """Block, clock and given minutes are there again, and the clock has run on meanwhile."""
    screen = open_().press("Space", "ArrowRight", "+").wait(4)
    assert screen.text("left") == "11:00"
    screen.reload()
    assert (screen.text("left"), screen.text("left-says")) == ("11:00", "timp rămas time left")
    assert screen.text("block").startswith("Ce am aflat")
    screen.wait(1)
    assert screen.text("left") == "10:00"
    screen.press("Space").wait(6).reload()
    assert screen.text("left") == "10:00"


def test_what_was_kept_on_another_day_or_is_no_state_is_not_taken(open_: Open) -> None:
    """The rehearsal of yesterday does not begin the day in its middle, and rubbish begins it anew."""
    screen = open_().press("Space", "ArrowRight")
    here = screen.page.url
    screen.page.goto("about:blank")
    screen.page.clock.fast_forward(13 * 60 * 60_000)
    screen.page.goto(here)
    assert screen.text("block").startswith("Bun venit")
    for rubbish in ("{", "null", '{"index":99}', '{"index":0,"spent":[1],"extra":[1],"at":1}', "[]"):
        script = f"window.addEventListener('pagehide', () => localStorage.setItem(Object.keys(localStorage)[0], {rubbish!r}))"
        screen.press("ArrowRight").page.evaluate(script)
        screen.reload()
        assert screen.text("block").startswith("Bun venit"), rubbish
    assert screen.faults == []


def test_the_day_can_be_begun_anew(open_: Open) -> None:
    """After a rehearsal one button puts everything back."""
    screen = open_().press("Space", "ArrowRight").wait(2).press("?")
    screen.page.click("#again")
    assert screen.text("block").startswith("Bun venit")
    assert screen.text("phase") == "Suntem gata de început / Ready to begin"


def test_where_nothing_may_be_kept_it_still_runs(open_: Open) -> None:
    """A browser that refuses storage to a file, or has none: no word, no fault."""
    denied = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied', 'SecurityError'); }})"
    screen = open_(init=denied).press("Space").wait(4)
    assert screen.text("left") == "11:00"
    screen.reload()
    assert (screen.text("left"), screen.faults) == ("11:00", []) or screen.text("phase").startswith("Suntem gata")
    assert screen.faults == []


def test_a_clock_set_right_meanwhile_changes_no_time_left(open_: Open) -> None:
    """Only the time of day and the pace follow the clock of the computer."""
    screen = open_().press("Space").wait(4)
    screen.page.clock.set_system_time(ELEVEN + timedelta(minutes=34, seconds=1))
    screen.page.clock.run_for(300)
    assert (screen.text("left"), screen.text("hour")) == ("11:00", "11:34")
    assert screen.text("pace").startswith("−30 ")


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_times_are_those_of_the_event_wherever_the_computer_thinks_it_is(open_: Open, zone: str) -> None:
    """A laptop with another time zone shows the hour of the place."""
    screen = open_(3, timezone_id=zone).press("Space").wait(0)
    assert screen.text("hour") == "11:03"
    assert screen.text("pace").startswith("−3 ")


def test_an_hour_is_an_hour_in_the_night_the_clocks_change(example: Path, run: Run, browser: Browser) -> None:
    """On 25 October 2020 a day from 02:00 lasts through the hour that comes twice; the second 03:30 is the later one."""
    text = (example / FILE).read_text("utf-8")
    head, tail = text.split("agenda:", 1)[0], text[text.index("questions:\n") :]
    head = re.sub(r"(?m)^start: .*$", "start: 02:00", re.sub(r"(?m)^end: .*\n", "", head)).replace("date: 2020-10-20", "date: 2020-10-25")
    blocks = "".join(f'- {{minutes: {minutes}, title: {{ro: "B{n}", en: "B{n}"}}}}\n' for n, minutes in enumerate((90, 60, 60)))
    (example / FILE).write_text(f"{head}agenda:\n{blocks}\n{tail}", "utf-8")
    assert run("build-kit", EVENT, "--only", "room-screen", cwd=example).code == 0
    screen = opened(browser, example / PAGE, datetime(2020, 10, 25, 2, tzinfo=BUCHAREST)).press("Space")
    plan = screen.page.evaluate("JSON.parse(document.getElementById('plan').textContent).blocks")
    assert [block["start"] for block in plan] == ["02:00", "03:30", "03:30"]
    assert [(block["closes"] - block["opens"]) / 60_000 for block in plan] == [90, 60, 60]
    assert [second["opens"] - first["closes"] for first, second in itertools.pairwise(plan)] == [0, 0]
    screen.wait(90).press("ArrowRight").wait(59)
    assert (screen.text("hour"), screen.text("left")) == ("03:29", "01:00")
    assert screen.text("pace").startswith("±0 ")


def test_there_is_no_sound_unless_it_is_switched_on(open_: Open) -> None:
    """Nothing is made that could sound before somebody asks for it; then it sounds once when time is up."""
    screen = open_(init=AUDIO).press("Space").wait(16)
    assert screen.page.evaluate("[made, tones]") == [0, 0]
    screen.press("?", "s", "Escape", "ArrowRight").wait(9)
    assert screen.page.evaluate("[made, tones]") == [1, 0]
    assert screen.page.get_attribute("#sound", "aria-pressed") == "true"
    screen.wait(2).wait(1)
    assert screen.page.evaluate("[made, tones]") == [1, 1]


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [(0, "00:00"), (1, "00:01"), (1_200_000, "20:00"), (5_999_000, "99:59"), (6_000_000, "1:40:00"), (-61_000, "01:01")],
)
def test_how_a_time_is_written(open_: Open, milliseconds: int, shown: str) -> None:
    """Minutes and seconds, from a hundred minutes on with hours; a second that has begun counts."""
    assert open_().page.evaluate(f"RoomClock.digits({milliseconds})") == shown


def test_no_state_is_ever_changed_in_place(open_: Open) -> None:
    """The logic of the clock is pure: any keys in any order leave the states before them as they were, and time adds up."""
    script = """() => {
      const plan = JSON.parse(document.getElementById('plan').textContent);
      const keys = ['go', 'next', 'more', 'back', 'go', 'next', 'next', 'go', 'back', 'more', 'again', 'go'];
      let state = Object.freeze(RoomClock.fresh(plan));
      let seed = 7, wrong = 0, ran = 0, now = 1000;
      for (let step = 0; step < 3000; step += 1) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        const key = keys[(seed >>> 12) % keys.length];
        const before = JSON.stringify(state);
        const lasted = seed % 1000;
        ran = key === 'again' ? 0 : ran + (state.since === null ? 0 : lasted);
        now += lasted;
        const next = RoomClock.act(plan, state, key, now);
        wrong += JSON.stringify(state) === before ? 0 : 1;
        const kept = RoomClock.restored(plan, RoomClock.saved(next, now, now), now, now);
        const sum = RoomClock.saved(next, now, now).spent.reduce((all, more) => all + more, 0);
        const seen = (one) => JSON.stringify(RoomClock.shown(plan, one, now, now));
        wrong += sum === ran && seen(kept) === seen(next) ? 0 : 1;
        state = next;
      }
      return wrong;
    }"""
    assert open_().page.evaluate(script) == 0
