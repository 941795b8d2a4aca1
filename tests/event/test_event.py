"""event.yaml: short forms, defaults, and what an event knows of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecocsme.errors import InvalidFile
from ecocsme.event import model
from ecocsme.event.model import Event
from ecocsme.files.models import from_text
from ecocsme.language.texts import Texts
from support.folders import good
from support.written import LANGUAGES

BEGUN = 'id: lab-1\ntitle: "Lab"\ndate: 2020-10-20\n'


def event(more: str = "") -> Event:
    """An event with these keys more."""
    return from_text(BEGUN + more, "f.yaml", Event, LANGUAGES).value


def test_three_keys_are_an_event() -> None:
    """ID, title and date are enough; the mode is in person, and nothing is invented."""
    read = event()
    assert (read.mode, read.venue, read.facilitator, read.agenda, read.questions, read.tables) == ("in-person", None, None, (), (), ())


def test_the_languages_are_the_projects_where_none_are_named() -> None:
    """An event speaks the languages of its project unless it names its own; the first is the main one."""
    assert event().spoken(("ro", "en")) == ("ro", "en")
    assert event("languages: [en]\n").spoken(("ro", "en")) == ("en",)


def test_one_line_may_stand_for_the_venue() -> None:
    """A venue written as one text is its name."""
    venue = event('venue: "Sala, str. X nr. 1"\n').venue
    assert venue is not None
    assert (venue.name, venue.city) == (Texts({"": "Sala, str. X nr. 1"}), None)


def test_a_number_may_stand_for_the_tables() -> None:
    """So many tables are t1, t2 and so on."""
    assert [table.id for table in event("tables: 3\n").tables] == ["t1", "t2", "t3"]
    assert len(event("tables: 200\n").tables) == 200


def test_a_question_may_carry_its_languages_beside_its_id() -> None:
    """A question may be written with one key per language, or with a text."""
    read = event("questions:\n- {id: q1, ro: 'Ce?', en: 'What?'}\n- {id: q2, text: {ro: 'Cine?'}}\n- {id: q3, text: 'Cum?'}\n")
    assert [dict(question.text) for question in read.questions] == [{"ro": "Ce?", "en": "What?"}, {"ro": "Cine?"}, {"": "Cum?"}]
    assert read.question("q2") is read.questions[1]
    assert read.question("q9") is None


def test_an_event_is_read_from_its_folder(tmp_path: Path) -> None:
    """An event file is named in messages as it lies in the project."""
    assert model.load(good(tmp_path / "p"), "lab-2").file == "events/lab-2/event.yaml"
    with pytest.raises(InvalidFile, match=r"^events/lab-9/event.yaml: there is no such file"):
        model.load(good(tmp_path / "q"), "lab-9")


def test_a_release_of_an_event_without_press_is_refused(tmp_path: Path) -> None:
    """A press release is dated by `press.date`; an event without it says which key to add."""
    with pytest.raises(InvalidFile, match=r"^events/lab-2/event.yaml: press: is missing; "):
        model.demand_release(good(tmp_path / "p"), "lab-2")
