"""Methods: an agenda from data, and what is wrong with a user's own method."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecocsme.errors import InvalidFile, UnknownName
from ecocsme.event import methods
from ecocsme.event.methods import Method
from ecocsme.event.model import Event
from ecocsme.event.timetable import timetable
from ecocsme.files.models import from_text, leaves
from ecocsme.files.places import Shelves, shipped
from ecocsme.files.values import Clock
from ecocsme.language.texts import Texts
from ecocsme.language.words import languages
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


def test_steps_per_person_take_as_long_as_one_table() -> None:
    """All tables work at the same time: a step per person lasts as long as the people of one table need."""
    ours = method("seats: 6\npeople: 5-100\nsteps:\n- {title: x, minutes: 1-3, per: person}\n")
    assert [str(b.minutes) for b in ours.blocks(event())] == ["6-18"]
    assert [str(b.minutes) for b in ours.blocks(event("participants: {expected: 16}\ntables: 4\n"))] == ["4-12"]
    assert [str(b.minutes) for b in ours.blocks(event("participants: {expected: 16}\n"))] == ["6-18"]
    alone = method("people: 6-12\nsteps:\n- {title: x, minutes: 2, per: person}\n")
    assert [b.minutes for b in alone.blocks(event())] == [12]
    assert [b.minutes for b in alone.blocks(event("participants: {expected: 9}\n"))] == [18]


def test_materials_are_counted_where_the_numbers_are_known() -> None:
    """What is needed per person or per table is named with its number; without numbers it is only named."""
    ours = method(
        'seats: 4\nsteps:\n- {title: x, minutes: 5, materials: ["clopot", {name: "foi", count: 2}, '
        '{ro: "carioci", en: "pens", per: table, count: 5}, {name: "creion", per: person}]}\n'
    )

    def said(more: str = "") -> list[str]:
        return [text.said("ro")[0] for text in ours.blocks(event(more))[0].materials]

    assert said() == ["clopot", "2 × foi", "carioci", "creion"]
    assert said("tables: 3\n") == ["clopot", "2 × foi", "15 × carioci", "creion"]
    assert said("participants: {expected: 10}\n") == ["clopot", "2 × foi", "15 × carioci", "10 × creion"]


@pytest.mark.parametrize("name", METHODS)
def test_a_shipped_method_is_whole(tmp_path: Path, name: str) -> None:
    """Every shipped method has a name in each shipped language, says for how many it is, who does what and what comes out."""
    ours = methods.load(Folder(tmp_path), name).value
    assert ours.name.missing(tuple(sorted(languages(Shelves())))) == ()
    assert ours.people
    assert ours.roles
    assert ours.outputs
    assert any(step.materials for step in ours.steps)
    for _, text in leaves(ours):
        assert not isinstance(text, Texts) or text.missing(("ro", "en")) == ()
    for block in ours.blocks(event("tables: 6\n")):
        assert not any("{" in text for text in block.title.every())


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=25, deadline=None)
@given(tables=st.integers(1, 12), people=st.integers(4, 60), rounds=st.integers(1, 7), share=st.floats(0, 1))
def test_a_shipped_method_fills_any_time_between_its_least_and_its_most(
    name: str, tables: int, people: int, rounds: int, share: float
) -> None:
    """Whatever the group, the steps fill an event to the minute that is neither too short nor too long for them."""
    ours = methods.load(Folder(shipped()), name).value
    blocks = ours.blocks(event(f"tables: {tables}\nrounds: {rounds}\nparticipants: {{expected: {people}}}\n"))
    least, most = sum(b.minutes.least for b in blocks if b.minutes), sum(b.minutes.most for b in blocks if b.minutes)
    window = min(round(least + share * (most - least)), 1440)
    table = timetable(blocks, Clock(0), Clock(window))
    assert (table.clashes, table.gaps) == ((), ()) or least > window
    if least <= window:
        assert table.slots[-1].end == Clock(window)
        for block, slot in zip(blocks, table.slots, strict=True):
            assert block.minutes is not None
            assert slot.minutes is not None
            assert block.minutes.least <= slot.minutes <= block.minutes.most


def test_twelve_methods_are_shipped() -> None:
    """There is more than one way to run a day."""
    assert len(METHODS) >= 12


def test_the_usual_world_cafe_is_what_its_guides_say(tmp_path: Path) -> None:
    """Without an end the steps last as usual; an event of two and a half hours shortens them, all rounds alike."""
    ours = methods.load(Folder(tmp_path), "world-cafe").value
    blocks = ours.blocks(event("tables: 6\n"))
    usual = [slot.minutes for slot in timetable(blocks, Clock(660), None).slots]
    assert usual == [15, 10, 5, 23, 23, 20, 15, 24, 10, 10, 10]
    shorter = [slot.minutes for slot in timetable(blocks, Clock(660), Clock(810)).slots]
    assert sum(minutes or 0 for minutes in shorter) == 150
    assert shorter[3:6] == [22, 22, 19]


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
        (
            "steps: [{title: x, minutes: 5, per: day}]\n",
            "methods/x.yaml:2: steps[1].per: found day; write one of event, round, table, person",
        ),
    ],
)
def test_what_is_wrong_with_a_method(text: str, said: str) -> None:
    """A method without steps, without minutes or with an unknown blank is refused with its line."""
    with pytest.raises(InvalidFile) as refused:
        method(text)
    assert str(refused.value).startswith(said)
