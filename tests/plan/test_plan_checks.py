"""Checks of plans: everything an action rests on exists, and every quote is true."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecocsme.checks.run import check_folder
from ecocsme.notes.importing import import_sheets
from ecocsme.plan.evidence import is_verbatim
from ecocsme.project.folder import Folder
from support.folders import NOTE, PLAN, change, good

UNDER = {
    "programme: plain": ("programme: plein", "4: programme: there is no programme plein; did you mean plain?"),
    "language: ro": ("language: de", "3: language: there is no language de; known: en, ro"),
    "theme: rents": ("theme: rent", "6: not_taken_up[1].theme: there is no theme rent; did you mean rents?"),
    "theme:spaces": ("theme:space", "12: actions[1].evidence[1]: there is no theme space; did you mean spaces?"),
    "practice:joc": ("practice:jok", "12: actions[1].evidence[2]: there is no practice jok; did you mean joc?"),
    f"note:{NOTE}": (
        "note:lab-2/q9/t9/r9/99",
        "12: actions[1].evidence[3]: there is no note lab-2/q9/t9/r9/99; import its sheet with `ecocsme import-notes`, or correct the ID",
    ),
    f"- note: {NOTE}": (
        "- note: lab-2/q1/t2/r0/1",
        "14: actions[1].quotes[1].note: the note lab-2/q1/t2/r0/1 answers nothing; choose another note",
    ),
    "id: A1": ("id: A1\n  cost: '(...)'", "10: actions[1].cost: warning: is still open; replace (...) by your text, or remove the line"),
}


def lines(root: Path) -> list[str]:
    """What `check` prints."""
    return [str(problem) for problem in check_folder(Folder(root))]


@pytest.mark.parametrize("old", UNDER)
def test_what_a_plan_names_and_nothing_answers_to(tmp_path: Path, old: str) -> None:
    """An unknown programme, language, theme, practice or note is named with its line and the nearest name."""
    new, said = UNDER[old]
    good(tmp_path / "p")
    change(tmp_path / "p", PLAN, old, new)
    assert lines(tmp_path / "p") == [f"{PLAN}:{said}"]


def test_evidence_that_was_withdrawn(tmp_path: Path) -> None:
    """A note that a corrected sheet no longer holds is said to be withdrawn, with its sheet, wherever a plan rests on it."""
    root = tmp_path / "p"
    good(root)
    sheet = (tmp_path / "raspunsuri.csv").read_text("utf-8").replace("Spații ieftine în centru; măcar 3 luni", "")
    (tmp_path / "raspunsuri.csv").write_text(sheet, "utf-8")
    import_sheets(Folder(root), "lab-2", [tmp_path / "raspunsuri.csv"], replaces="raspunsuri.csv", accept_withdrawn=True)
    said = f"the note {NOTE} was withdrawn (sheet raspunsuri.csv); choose another note"
    assert lines(root) == [f"{PLAN}:12: actions[1].evidence[3]: {said}", f"{PLAN}:14: actions[1].quotes[1].note: {said}"]


def test_texts_of_a_plan_are_asked_for_in_its_own_language(tmp_path: Path) -> None:
    """A plan in Romanian needs Romanian texts; its English summary and the translations of quotes are for others."""
    root = tmp_path / "p"
    good(root)
    change(root, PLAN, 'owner: "Orașul"', 'owner: {en: "The city"}')
    change(root, PLAN, "language: ro\n", 'language: ro\nsummary: {en: "In short"}\n')
    change(root, PLAN, 'text: "Spații ieftine în centru"', 'text: "Spații ieftine în centru"\n    translation: {en: "Cheap spaces"}')
    assert lines(root) == [
        f'{PLAN}:12: actions[1].owner: warning: has no text in ro; write ro: "..."; until then documents show another language and say so'
    ]


def test_a_summary_is_asked_for_where_the_programme_does(tmp_path: Path) -> None:
    """A programme that wants an English summary gets a warning without one, and none with it."""
    root = tmp_path / "p"
    good(root)
    change(root, PLAN, "programme: plain", "programme: interreg-europe-2014-2020")
    assert lines(root) == [f'{PLAN}: summary: warning: the programme asks for a summary in English; write summary: {{en: "..."}}']
    change(root, PLAN, "language: ro", 'language: ro\nsummary: {en: "In short"}')
    assert lines(root) == []


LETTERS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=40)


@given(LETTERS, st.integers(0, 40), st.integers(1, 40))
def test_every_part_of_a_note_is_verbatim(note: str, start: int, length: int) -> None:
    """Whatever is cut out of a note word by word is a verbatim part of it."""
    words = note.split()
    part = " ".join(words[start : start + length])
    assert is_verbatim(part, note)


@given(LETTERS, st.data())
def test_a_changed_letter_is_never_verbatim(note: str, data: st.DataObject) -> None:
    """A whole note with one letter put in the place of another, that stands nowhere in it, is not a part of it."""
    words = " ".join(note.split())
    if words:
        index = data.draw(st.integers(0, len(words) - 1))
        assert not is_verbatim(words[:index] + "§" + words[index + 1 :], note.replace("§", ""))
