"""The fault recipes in their reduced form; `python tests/faults/run.py` runs them in full."""

from __future__ import annotations

import subprocess
import sys

import pytest

from conftest import REPOSITORY
from faults.run import RECIPES, Recipe, main, tried
from faults.scratch import Ended, Outcome


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_recipe_breaks_nothing(recipe: Recipe) -> None:
    """Whatever a recipe does to streams, disks, surroundings and clocks, no case ends in a fault."""
    line, faults = tried(recipe, reduced=True)
    assert faults == [], line


def test_a_fault_is_counted_and_named() -> None:
    """A recipe with one good case, one bad one and one that cannot be tried here says so in its line."""
    found = (Outcome("good"), Outcome("bad", "broke"), Outcome("odd", skipped="no such disk"))
    line, faults = tried(Recipe("R0", lambda _scratch, _reduced: found, "cases were good"), reduced=True)
    assert line == "R0: 1 of 2 cases were good; not tried here: odd (no such disk)"
    assert faults == ["R0: bad: broke"]


@pytest.mark.parametrize(
    ("done", "fault"),
    [
        (Ended(1, "", "out: cannot be written\n"), ""),
        (Ended(-1, "", ""), "hangs"),
        (Ended(1, "", "Traceback (most recent call last):\nKeyError: 'x'\n"), "traceback: KeyError: 'x'"),
        (Ended(0, "", "cannot be written\n"), "exit code 0 instead of 1: cannot be written"),
        (Ended(1, "", "no\n"), "does not say 'cannot be written': no"),
        (Ended(1, "", "it cannot be written\nand more\n"), "2 lines instead of 1: it cannot be written\nand more"),
    ],
)
def test_each_kind_of_bad_end_is_a_fault(done: Ended, fault: str) -> None:
    """A hang, a traceback, another exit code, other words and too many lines are told apart; a good end is no fault."""
    assert done.fault(1, "cannot be written", 1) == fault


def test_the_script_runs_by_itself() -> None:
    """It starts as a script from anywhere, knows its recipes, and refuses one that there is not."""
    done = subprocess.run(
        [sys.executable, REPOSITORY / "tests/faults/run.py", "R99"], capture_output=True, encoding="utf-8", check=False, cwd="/"
    )
    assert (done.returncode, "there is no recipe R99" in done.stderr) == (2, True)
    with pytest.raises(SystemExit):
        main(["R99"])
