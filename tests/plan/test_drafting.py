"""A first draft of a plan: read back by the model, its evidence filled in, all that is open named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecocsme.checks.run import check_folder
from ecocsme.errors import EcocsmeError, UnknownName, WouldOverwrite
from ecocsme.files.models import from_text
from ecocsme.plan import drafting, model
from ecocsme.plan.evidence import Sources
from ecocsme.plan.model import Plan
from ecocsme.project.folder import Folder
from ecocsme.themes.model import Theme
from support.folders import NOTE, good
from support.written import LANGUAGES


def test_a_draft_is_a_plan_with_its_evidence(tmp_path: Path) -> None:
    """One action per theme, the most spoken-of first, each with its theme and all its notes."""
    folder = good(tmp_path / "p")
    assert drafting.write(folder, "nou", language="ro", title="Planul nou")[-1] == "plans/nou.yaml"
    plan = model.load(folder, "nou").value
    assert (plan.id, plan.title.said("ro")[0], plan.language, plan.programme) == ("nou", "Planul nou", "ro", "plain")
    assert [(action.id, action.title.said("ro")[0], action.evidence) for action in plan.actions] == [
        ("A1", "Spații: (...)", ("theme:spaces", f"note:{NOTE}")),
        ("A2", "Chirii: (...)", ("theme:rents",)),
    ]


def test_check_names_all_that_a_draft_left_open(tmp_path: Path) -> None:
    """A fresh draft has no errors; every place that is still open is a warning with its line, in the order of the file."""
    folder = good(tmp_path / "p")
    drafting.write(folder, "nou", language=None, title=None)
    problems = check_folder(Folder(folder.root))
    assert {(p.code, p.severity, p.file) for p in problems} == {("plan-open", "warning", "plans/nou.yaml")}
    text = (folder.root / "plans" / "nou.yaml").read_text("utf-8").splitlines()
    assert [p.line for p in problems] == [number for number, line in enumerate(text, 1) if "(...)" in line and not line.startswith("#")]


def test_a_draft_never_takes_the_place_of_a_plan(tmp_path: Path) -> None:
    """A plan that exists is not written over."""
    folder = good(tmp_path / "p")
    before = (folder.root / "plans" / "oras.yaml").read_bytes()
    with pytest.raises(WouldOverwrite):
        drafting.write(folder, "oras", language=None, title=None)
    assert (folder.root / "plans" / "oras.yaml").read_bytes() == before


@pytest.mark.parametrize(("plan", "language"), [("../x", None), ("CON", None), ("con", None), ("x", "fr"), ("x", "ro\nid: y")])
def test_unsafe_names_and_unknown_languages_are_refused(tmp_path: Path, plan: str, language: str | None) -> None:
    """A name that is no ID and a language without words are refused before anything is written."""
    folder = good(tmp_path / "p")
    with pytest.raises((EcocsmeError, UnknownName)):
        drafting.write(folder, plan, language=language, title=None)
    assert sorted(path.name for path in (folder.root / "plans").iterdir()) == ["oras.yaml"]


def test_a_folder_without_themes_gives_a_plan_without_actions(tmp_path: Path) -> None:
    """Without themes the draft says that there are no actions, and `check` asks for them."""
    folder = good(tmp_path / "p")
    (folder.root / "themes.yaml").unlink()
    drafting.write(folder, "nou", language=None, title="x")
    assert model.load(folder, "nou").value.actions == ()
    assert "plan-actions" in {p.code for p in check_folder(Folder(folder.root)) if p.file == "plans/nou.yaml"}


SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zs"))
NAMES = st.builds("{}{}{}".format, SIGNS, st.text(st.characters(exclude_categories=("Cs",)), max_size=30), SIGNS)


@given(NAMES, NAMES, NAMES)
def test_any_words_of_a_theme_are_read_back(name: str, definition: str, title: str) -> None:
    """Whatever a theme is called, the draft is YAML that gives these very words back."""
    theme = Theme.model_validate({"id": "a", "name": name, "definition": definition})
    text = drafting.draft("p", "ro", [theme], Sources({}, {}, {}, {}), programme="plain", title=title)
    plan = from_text(text, "plans/p.yaml", Plan, LANGUAGES).value
    assert plan.title.said("ro")[0] == title.strip()
    assert plan.actions[0].title.said("ro")[0] == f"{name.strip()}: (...)"
    assert plan.actions[0].background is not None
    assert plan.actions[0].background.said("ro")[0] == f"{definition.strip()} (...)"
