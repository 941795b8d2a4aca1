"""Methods: an agenda from data, and what is wrong with a user's own method."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecocsme.errors import InvalidFile, UnknownName
from ecocsme.event import methods
from ecocsme.event.methods import Method
from ecocsme.event.model import Event
from ecocsme.event.timetable import timetable
from ecocsme.files.models import from_text
from ecocsme.files.places import shipped
from ecocsme.files.values import Clock
from ecocsme.project.folder import Folder
from support.folders import write
from support.written import LANGUAGES

METHODS = sorted(path.stem for path in (shipped() / "methods").glob("*.yaml"))
EVENT = 'id: lab-1\ntitle: "Lab"\ndate: 2020-10-20\n'


def method(text: str) -> Method:
    """A method of its steps."""
    return from_text(f"name: x\n{text}", "methods/x.yaml", Method, LANGUAGES).value


def event(more: str = "") -> Event:
    """An event with these keys more."""
    return from_text(EVENT + more, "f.yaml", Event, LANGUAGES).value


def test_steps_per_round_and_per_table() -> None:
    """A step per round is repeated with its number, a move after all but the last; one per table is as long as all tables."""
    ours = method(
        'rounds: 3\nsteps:\n- {title: "Runda {n}", minutes: 20, per: round, move: 5}\n- {title: "Mesele", minutes: 4, per: table}\n'
    )
    blocks = ours.blocks(event("tables: 6\nrounds: 2\n"))
    assert [(b.title.said("ro")[0], b.minutes) for b in blocks] == [("Runda 1", 25), ("Runda 2", 20), ("Mesele", 24)]
    assert [b.minutes for b in ours.blocks(event())] == [25, 25, 20, 4]


@pytest.mark.parametrize("name", METHODS)
def test_shipped_methods_fill_an_afternoon(tmp_path: Path, name: str) -> None:
    """Every shipped method gives a group of usual size an agenda without a clash, named in both languages."""
    ours = methods.load(Folder(tmp_path), name).value
    assert ours.name.missing(("ro", "en")) == ()
    blocks = ours.blocks(event("tables: 6\n"))
    table = timetable(blocks, Clock(13 * 60), None)
    assert table.clashes == ()
    assert 60 <= sum(b.minutes or 0 for b in blocks) <= 5 * 60
    assert all(b.title.missing(("ro", "en")) == () for b in blocks)
    assert not any("{" in text for b in blocks for text in b.title.every())


def test_a_users_method_shadows_the_shipped_one(tmp_path: Path) -> None:
    """A method of the same name in the project counts; one that is nowhere is unknown."""
    write(tmp_path, "templates/methods/world-cafe.yaml", 'name: "Ours"\nsteps: [{title: x, minutes: 5}]\n')
    assert methods.load(Folder(tmp_path), "world-cafe").value.name.said("ro")[0] == "Ours"
    with pytest.raises(UnknownName, match="did you mean world-cafe"):
        methods.load(Folder(tmp_path), "word-cafe")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("steps: []\n", "methods/x.yaml:2: steps: is an empty list; "),
        ("", "methods/x.yaml: steps: is missing; "),
        ("steps: [{title: x, minutes: 0}]\n", "methods/x.yaml:2: steps[1].minutes: found 0; "),
        ('steps: [{title: "{m}", minutes: 5}]\n', "methods/x.yaml:2: steps[1].title: {m}: nothing is known to put here; known: n; "),
        ("steps: [{title: x, minutes: 5, per: day}]\n", "methods/x.yaml:2: steps[1].per: found day; write one of event, round, table"),
    ],
)
def test_what_is_wrong_with_a_method(text: str, said: str) -> None:
    """A method without steps, without minutes or with an unknown blank is refused with its line."""
    with pytest.raises(InvalidFile) as refused:
        method(text)
    assert str(refused.value).startswith(said)
