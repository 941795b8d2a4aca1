"""The room screen for everybody: by keyboard alone, by a screen reader, in both colour schemes, on each size of screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from support.browsing import Screen, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ELEVEN = datetime(2020, 10, 20, 11, tzinfo=ZoneInfo("Europe/Bucharest"))
SIZES = {"projector": (1024, 768), "wide": (1920, 1080), "phone": (390, 844)}
Open = Callable[..., Screen]


def before(screen: Screen) -> None:
    """Nothing has begun."""
    screen.wait(0)


def running(screen: Screen) -> None:
    """A round with its questions, on time."""
    screen.press("Space", *["ArrowRight"] * 4).wait(7)


def ending(screen: Screen) -> None:
    """Little time is left, and it is late."""
    screen.press("Space", *["ArrowRight"] * 4).wait(19.5)


def paused(screen: Screen) -> None:
    """The clock is stopped in the way to the next table."""
    screen.press("Space", *["ArrowRight"] * 5).wait(1).press("Space")


def over(screen: Screen) -> None:
    """A round is over time."""
    screen.press("Space", *["ArrowRight"] * 6).wait(23)


def end(screen: Screen) -> None:
    """The day is done."""
    screen.press("Space", *["ArrowRight"] * 13)


def helping(screen: Screen) -> None:
    """The keys are shown."""
    screen.press("Space", *["ArrowRight"] * 4).press("?")


STATES = (before, running, ending, paused, over, end, helping)


@pytest.fixture
def open_(screen_file: Path, browser: Browser) -> Open:
    """Open the example's screen forty minutes into its event."""

    def start(**more: Any) -> Screen:
        return opened(browser, screen_file, ELEVEN + timedelta(minutes=40), **more)

    return start


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(open_: Open, state: Callable[[Screen], None], scheme: str) -> None:
    """No violation in any state of the screen, in both colour schemes."""
    screen = open_(color_scheme=scheme)
    state(screen)
    assert screen.violations() == []


def test_axe_would_find_something(open_: Open) -> None:
    """A picture without words and a grey on white are named: the proof is one."""
    screen = open_()
    screen.page.evaluate("document.querySelector('img').removeAttribute('alt'); document.getElementById('phase').style.color = '#ccc'")
    assert {line.partition(":")[0] for line in screen.violations()} == {"image-alt", "color-contrast"}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_everything_is_on_the_screen(open_: Open, state: Callable[[Screen], None]) -> None:
    """Nothing is cut off or lies over something else; a phone scrolls down, and never to the side."""
    screen = open_()
    state(screen)
    for size in SIZES:
        fits(screen, size, in_a_row=state is not end)


def fits(screen: Screen, size: str, *, in_a_row: bool) -> None:
    """Demand that everything is inside a screen of this size; the parts of a row also one below the other."""
    width, height = SIZES[size]
    screen.page.set_viewport_size({"width": width, "height": height})
    screen.page.evaluate("() => window.dispatchEvent(new Event('resize'))")
    inside = """() => [...document.querySelectorAll('header, main, nav, footer, #now, #coming, #left, #left-says, #pace, button')]
      .filter((one) => one.checkVisibility() && !one.closest('dialog'))
      .map((one) => [one.id || one.tagName, one.getBoundingClientRect(), one.scrollWidth > one.clientWidth + 1])"""
    for name, box, spills in screen.page.evaluate(inside):
        assert (box["left"] >= -1, box["right"] <= width + 1, spills) == (True, True, False), name
        assert size == "phone" or box["bottom"] <= height + 1, name
    overlaps = """() => ['pace', 'now', 'coming', 'controls'].map((id) => document.getElementById(id).getBoundingClientRect())"""
    pace, _, coming, controls = screen.page.evaluate(overlaps)
    if size != "phone" and in_a_row:
        assert pace["bottom"] <= coming["top"] + 1
        assert coming["bottom"] <= controls["top"] + 1


def test_the_questions_can_be_read_from_the_last_row(open_: Open) -> None:
    """On the smallest projector the questions of the example's rounds have at least a fortieth of its height, the digits a tenth."""
    screen = open_()
    running(screen)
    sizes = "() => ['.question .main', '#left'].map((which) => parseFloat(getComputedStyle(document.querySelector(which)).fontSize))"
    question, digits = screen.page.evaluate(sizes)
    assert question >= 768 / 40
    assert digits >= 768 / 12


def test_the_keyboard_reaches_everything_and_is_held_nowhere(open_: Open) -> None:
    """Tab goes through all buttons and out of the page again, and each shows that it has the focus."""
    screen = open_().press("Space", "ArrowRight")
    seen = []
    for _ in range(6):
        screen.press("Tab")
        seen.append(screen.page.evaluate("[document.activeElement.id, getComputedStyle(document.activeElement).outlineStyle]"))
    assert seen[:5] == [[name, "solid"] for name in ("go", "more", "back", "next", "ask")]
    assert seen[5][0] == ""


def test_help_opens_closes_and_gives_the_focus_back(open_: Open) -> None:
    """Its keys are those that work; while it is open the clock is left alone; Escape closes it."""
    screen = open_().press("Tab", "Tab", "Tab", "Tab", "Tab", "Enter")
    assert screen.page.evaluate("[help.open, document.activeElement.id]") == [True, "close"]
    screen.press("ArrowRight", "+", "1")
    assert screen.text("block").startswith("Bun venit")
    for _ in range(8):
        screen.press("Tab")
        assert screen.page.evaluate("document.activeElement === document.body || help.contains(document.activeElement)")
    screen.press("Escape")
    assert screen.page.evaluate("[help.open, document.activeElement.id]") == [False, "ask"]


def test_space_belongs_to_a_button_reached_by_keyboard_and_to_the_clock_after_a_click(open_: Open) -> None:
    """Who tabs to a button presses it; who has clicked on one and hits the space bar starts the clock."""
    screen = open_().press("Tab", "Tab", "Tab", "Tab", "Space")
    assert screen.text("block").startswith("Ce am aflat")
    assert screen.page.get_attribute("body", "data-phase") == "before"
    screen.page.click("#next")
    screen.press("Space")
    assert screen.text("block").startswith("O bună practică")
    assert screen.page.get_attribute("body", "data-phase") == "running"


def test_a_screen_reader_is_told_of_blocks_and_not_of_seconds(open_: Open) -> None:
    """What is spoken changes with the block, in both languages, each marked; a minute of the clock says nothing."""
    screen = open_().press("Space")
    screen.page.evaluate(
        "window.spoken = []; new MutationObserver(() => window.spoken.push(document.getElementById('spoken').textContent))"
        ".observe(document.getElementById('spoken'), {childList: true, subtree: true, characterData: true})"
    )
    screen.wait(1).wait(1)
    assert screen.page.evaluate("spoken") == []
    screen.press("ArrowRight")
    assert screen.page.evaluate("spoken") == ["Ce am aflat la atelierul din 8 octombrie What we learnt at the lab of 8 October "]
    assert screen.page.evaluate("[...document.querySelectorAll('#spoken span')].map((one) => one.lang)") == ["ro-RO", "en-GB"]
    assert screen.page.evaluate("[...document.querySelectorAll('[aria-live]')].map((one) => one.id)") == ["spoken"]


def test_every_text_is_marked_with_its_language(open_: Open) -> None:
    """The page is Romanian, and each English word in it says so."""
    screen = open_()
    running(screen)
    unmarked = """() => [...document.querySelectorAll('span, p, h1, h2, dd, button')]
      .filter((one) => one.children.length === 0 && /[a-z]{3}/i.test(one.textContent) && !one.closest('[lang]:not(html), kbd'))
      .map((one) => one.outerHTML)"""
    assert screen.page.evaluate("document.documentElement.lang") == "ro-RO"
    assert screen.page.evaluate(unmarked) == []


@pytest.mark.parametrize(("motion", "lasts"), [("reduce", "0s"), ("no-preference", "0.25s")])
def test_nothing_moves_for_whom_motion_is_a_trouble(open_: Open, motion: str, lasts: str) -> None:
    """The ring glides only where that is welcome; nothing else moves at all."""
    screen = open_(reduced_motion=motion)
    moving = (
        "() => [...document.querySelectorAll('*')].map((one) => getComputedStyle(one)).filter((one) => one.animationName !== 'none').length"
    )
    assert screen.page.evaluate(moving) == 0
    assert screen.page.evaluate("getComputedStyle(document.getElementById('rest')).transitionDuration") == lasts


def test_where_no_script_runs_the_timetable_is_seen(open_: Open) -> None:
    """The preview of a phone shows all blocks with their times, and no clock that stands still."""
    screen = open_(java_script_enabled=False)
    assert screen.text("asked").startswith("11:00–11:15 Bun venit; proiectul pe scurt / Welcome; the project in brief 11:15–11:25 ")
    assert [screen.page.is_visible(f"#{name}") for name in ("left", "coming", "controls", "asked")] == [False, False, False, True]


def test_the_ground_can_be_made_dark(open_: Open) -> None:
    """One key changes the scheme, whatever the computer prefers, and back."""
    screen = open_(color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert screen.page.evaluate(ground) == "rgb(255, 255, 255)"
    screen.press("d")
    assert screen.page.evaluate(ground) == "rgb(13, 17, 23)"
    screen.press("d")
    assert screen.page.evaluate(ground) == "rgb(255, 255, 255)"
