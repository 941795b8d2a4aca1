"""plans/<plan>.yaml: what a plan may say, and how its money, dates and evidence are read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ecocsme.errors import InvalidFile
from ecocsme.files.models import from_text
from ecocsme.files.values import Moment
from ecocsme.language.texts import Texts
from ecocsme.plan import model
from ecocsme.plan.model import Action, Plan
from support.folders import good
from support.refusals import refusal
from support.written import LANGUAGES

BEGUN = 'id: tm\ntitle: "Plan"\nlanguage: ro\n'


def action(more: str) -> Action:
    """The one action of a plan."""
    return from_text(f'{BEGUN}actions:\n- id: A1\n  title: "Fond"\n{more}', "plans/tm.yaml", Plan, LANGUAGES).value.actions[0]


def said(text: str) -> list[str]:
    """The lines in which a plan is refused, without the file's name."""
    return [str(problem).removeprefix("plans/tm.yaml:") for problem in refusal(from_text, text, "plans/tm.yaml", Plan, LANGUAGES)]


@pytest.mark.parametrize("money", ["10_000", "5.000", "10.000 EUR", "none", "1e3", "007", "5,00"])
def test_money_is_kept_as_written(money: str) -> None:
    """An amount is a text: what looks like a number to a program stays what a person wrote."""
    assert action(f"  cost: {money}\n").cost == Texts({"": money})


def test_names_dates_and_shares() -> None:
    """An owner may be called NO, an action lasts from a month to a day, a share has its sign."""
    read = action("  owner: NO\n  start: 2021-01\n  due: 31.03.2021\n  funding: [{source: x, percent: 85 %}]\n")
    assert read.owner == Texts({"": "NO"})
    assert (read.start, read.due) == (Moment(2021, 1), Moment(2021, 3, 31))
    assert read.funding[0].percent == Decimal(85)


def test_evidence_is_told_apart_by_its_kind() -> None:
    """Evidence names themes, notes and practices, each by its kind."""
    read = action("  evidence: [theme:a, note:e/q1/t1/r1/1, practice:b, theme:c]\n")
    assert (read.names("theme"), read.names("note"), read.names("practice")) == (("a", "c"), ("e/q1/t1/r1/1",), ("b",))


@pytest.mark.parametrize("item", ["funding", "themes:a", "note:e/q1/t1", "theme:A", "note:a b/q1/t1/r1/1", "note:e/q1/t1/r1/1/2", "theme:"])
def test_evidence_that_names_nothing_is_refused(item: str) -> None:
    """Evidence without a kind, or with an ID that no note could have, is refused with the three ways to write it."""
    text = f'{BEGUN}actions:\n- {{id: A1, title: x, evidence: ["{item}"]}}\n'
    assert said(text) == [f"5: actions[1].evidence[1]: found {item}; write theme:ID, practice:ID or note:EVENT/q1/t1/r1/1"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (BEGUN + "actions:\n- {id: 1, title: x}\n", ["5: actions[1].id: found 1; number the actions A1, A2, A3 ..."]),
        (BEGUN + "status: [{date: 2021-01-01, is: submited}]\n", ["4: status[1].is: found submited; did you mean submitted?"]),
        (BEGUN + "instrument: {name: x, history: [{name: y}]}\n", ["4: instrument.history[1].from: is missing; add this key"]),
        (BEGUN + "actions:\n- {id: A1, title: x, quotes: [{note: a}]}\n", ["5: actions[1].quotes[1].text: is missing; add this key"]),
        (BEGUN + "not_taken_up: [{theme: parking}]\n", ["4: not_taken_up[1].reason: is missing; add this key"]),
        (
            'id: tm\ntitle: "x"\nactions: []\nlanguge: ro\n',
            [" language: is missing; add this key", "4: languge: the key languge is unknown here; did you mean language?"],
        ),
    ],
)
def test_what_is_wrong_with_a_plan(text: str, lines: list[str]) -> None:
    """Each fault of a plan is said with its line, its field and its cure."""
    assert said(text) == lines


def test_one_line_may_stand_for_the_instrument() -> None:
    """An instrument written as one text is its name."""
    instrument = from_text(BEGUN + 'instrument: "Strategie"\n', "f", Plan, LANGUAGES).value.instrument
    assert instrument is not None
    assert instrument.name == Texts({"": "Strategie"})


def test_a_plan_is_read_from_its_file(tmp_path: Path) -> None:
    """A plan is named in messages as it lies in the project."""
    folder = good(tmp_path / "p")
    assert model.load(folder, "oras").file == "plans/oras.yaml"
    with pytest.raises(InvalidFile, match=r"^plans/x.yaml: there is no such file"):
        model.load(folder, "x")
