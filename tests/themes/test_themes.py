"""themes.yaml and the checks of themes and decisions."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecocsme.checks.run import check_folder
from ecocsme.notes.importing import import_sheets
from ecocsme.project.folder import Folder
from ecocsme.themes import model
from support.folders import NOTE, change, good, write

TWICE = "the ID spaces stands twice: on line 2 and on line 3; give each its own ID"
CIRCLE = "following the parents upwards leads back to this theme; name another theme, or leave the key out"


def lines(root: Path) -> list[str]:
    """What `check` prints."""
    return [str(problem) for problem in check_folder(Folder(root))]


def test_the_codebook_may_be_absent(tmp_path: Path) -> None:
    """A folder without themes has none; those of a file are found by their ID."""
    assert model.load(Folder(tmp_path)).value.themes == ()
    known = model.load(good(tmp_path / "p")).value
    assert known.find("rents") is known.themes[1]
    assert known.find("x") is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: rents", "id: spaces", f"themes.yaml:3: themes[2].id: {TWICE}"),
        ("parent: spaces", "parent: places", "themes.yaml:3: themes[2].parent: there is no theme places; did you mean spaces?"),
        ("parent: spaces", "parent: rents", f"themes.yaml:3: themes[2].parent: {CIRCLE}"),
    ],
)  # fmt: skip
def test_themes_that_cannot_be_told_apart(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A doubled ID and a parent that does not exist, or is the theme itself, are named with their line."""
    good(tmp_path / "p")
    change(tmp_path / "p", "themes.yaml", old, new)
    assert said in lines(tmp_path / "p")


def test_parents_that_run_in_a_circle(tmp_path: Path) -> None:
    """Themes that are each above the other are named, and nothing hangs."""
    good(tmp_path / "p")
    change(tmp_path / "p", "themes.yaml", '{ro: "Spații", en: "Spaces"}', '{ro: "Spații", en: "Spaces"}, parent: rents')
    assert lines(tmp_path / "p") == [f"themes.yaml:{line}: themes[{line - 1}].parent: {CIRCLE}" for line in (2, 3)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (NOTE, "lab-2/q1/t1/r0/9", "decisions.csv:2: warning: there is no note lab-2/q1/t1/r0/9; import its sheet, or decide again"),
        (",spaces,", ",space,", "decisions.csv:2: warning: there is no theme space; add it to themes.yaml, or decide again"),
    ],
)
def test_decisions_about_what_is_not_there_are_warnings(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A decision whose note or theme is gone stops nothing, but is named with its line."""
    good(tmp_path / "p")
    change(tmp_path / "p", "decisions.csv", old, new)
    assert lines(tmp_path / "p") == [said]


def test_a_decision_about_a_text_that_changed_since(tmp_path: Path) -> None:
    """A decision about a note that reads differently now is to be looked at again."""
    root = tmp_path / "p"
    good(root)
    sheet = (tmp_path / "raspunsuri.csv").read_text("utf-8").replace("măcar 3 luni", "măcar 6 luni")
    write(tmp_path, "raspunsuri.csv", sheet)
    import_sheets(Folder(root), "lab-2", [tmp_path / "raspunsuri.csv"], replaces="raspunsuri.csv")
    assert lines(root) == [f"decisions.csv:2: warning: the note {NOTE} reads differently since this decision; look at it again"]


def test_a_decision_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """A line of decisions.csv that is none is an error, and the rest of the folder is still checked."""
    root = tmp_path / "p"
    good(root)
    write(root, "decisions.csv", (root / "decisions.csv").read_text("utf-8") + "x,y\n")
    change(root, "themes.yaml", "parent: spaces", "parent: space")
    assert {line.split(":")[0] for line in lines(root)} == {"decisions.csv", "themes.yaml"}
