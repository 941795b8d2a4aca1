"""Checks of project.yaml and practices.yaml, each through the whole folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecocsme.checks.run import check_folder
from ecocsme.project.folder import Folder
from support.folders import change, good, write


def lines(root: Path) -> list[str]:
    """What `check` prints."""
    return [str(problem) for problem in check_folder(Folder(root))]


NAMES = (
    ("project.yaml", "programme: plain", "programme: plian", "4: programme: there is no programme profile plian; did you mean plain?"),
    (
        *("project.yaml", "programme: plain", "programme: erasmus"),
        "4: programme: there is no programme profile erasmus; known: interreg-europe-2014-2020, plain",
    ),
    ("project.yaml", "[ro, en]", "[ro, en, fr]", "5: languages[3]: there is no language fr; known: en, ro"),
    (
        *("project.yaml", "{id: vecini,", "{id: oras,"),
        "10: partners[2].id: the ID oras stands twice: on line 9 and on line 10; give each its own ID",
    ),
    ("practices.yaml", "partner: vecini", "partner: vecin", "2: practices[1].partner: there is no partner vecin; did you mean vecini?"),
)


@pytest.mark.parametrize(("name", "old", "new", "said"), NAMES)
def test_names_that_nothing_answers_to(tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    """An unknown programme, language or partner and a doubled ID are named with line, field and the nearest name."""
    good(tmp_path / "p")
    change(tmp_path / "p", name, old, new)
    assert f"{name}:{said}" in lines(tmp_path / "p")


def test_a_code_that_does_not_have_the_form_of_its_programme_is_a_warning(tmp_path: Path) -> None:
    """A code that the programme would not give is pointed out with an example, and stops nothing."""
    root = tmp_path / "p"
    good(root)
    change(root, "project.yaml", "programme: plain", "programme: interreg-europe-2014-2020")
    said = "project.yaml:1: code: warning: X-1 is not a code of this programme; write it as the programme does, e.g. PGI06047"
    assert said in lines(root)
    change(root, "project.yaml", "code: X-1", "code: PGI06047")
    assert not [line for line in lines(root) if "code" in line.split(":")[2]]


def test_two_practices_of_one_id(tmp_path: Path) -> None:
    """Two practices of one ID are named with both lines."""
    root = tmp_path / "p"
    good(root)
    write(root, "practices.yaml", "practices:\n- {id: joc, title: x}\n- {id: joc, title: y}\n")
    assert lines(root) == ["practices.yaml:3: practices[2].id: the ID joc stands twice: on line 2 and on line 3; give each its own ID"]


def test_a_language_that_no_pack_has_gives_no_further_warnings(tmp_path: Path) -> None:
    """An unknown language is one problem, not one for every text that lacks it."""
    root = tmp_path / "p"
    good(root)
    change(root, "project.yaml", "languages: [ro, en]", "languages: [ro, en, fr]")
    assert len(lines(root)) == 1
