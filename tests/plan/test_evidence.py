"""The evidence behind actions: themes with their notes, notes in an annex, nothing of what is left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ecocsme.notes import store
from ecocsme.notes.model import Note
from ecocsme.plan import evidence, model
from ecocsme.plan.evidence import Sources, ThemeEvidence, load_sources, resolve
from ecocsme.project.folder import Folder
from ecocsme.themes import decisions
from ecocsme.themes.model import Theme
from support.folders import NOTE, PLAN, change, good


def note(note_id: str, text: str = "x", **more: str) -> Note:
    """A note of an ID."""
    event, question, seat, around, _ = note_id.split("/")
    table = "" if seat in ("t0", "p1", "p2") else seat
    respondent = seat if seat.startswith("p") else ""
    known = {"state": "current", "content": "yes", "sheet": "a.csv", **more}
    return Note(
        id=note_id, event=event, question=question, table=table, round="" if around == "r0" else around, respondent=respondent,
        text=text, language="", content=known["content"], state=known["state"], parent="", sheet=known["sheet"], tab="", cell="A1",
        sheet_sha256="",
    )  # fmt: skip


def test_the_evidence_of_a_folder(tmp_path: Path) -> None:
    """Every action gets its themes with their notes, its notes, practices and quotes, and each cited note a number."""
    folder = good(tmp_path / "p")
    sources = load_sources(folder)
    found = resolve(model.load(folder, "oras").value, sources)
    action = found.by_action["A1"]
    assert [(theme.theme.id, [n.id for n in theme.notes], theme.tables) for theme in action.themes] == [("spaces", [NOTE], 1)]
    assert [n.id for n in action.notes] == [NOTE]
    assert [practice.id for practice in action.practices] == ["joc"]
    assert [(quote.text, quote.note.id) for quote in action.quotes] == [("Spații ieftine în centru", NOTE)]
    assert [(cited.number, cited.note.id, cited.actions, [t.id for t in cited.themes]) for cited in found.annex] == [
        (1, NOTE, ("A1",), ["spaces"])
    ]
    assert found.numbers == {NOTE: 1}


def test_what_is_left_out_is_in_no_evidence(tmp_path: Path) -> None:
    """A note that a person left out speaks for no theme, is in no annex and is not quoted."""
    folder = good(tmp_path / "p")
    one = next(n for n in store.load(folder).notes if n.id == NOTE)
    decisions.append(folder, decisions.new(one, "leave-out", theme="", who="Ana", why="", when=date(2020, 10, 22)))
    found = resolve(model.load(folder, "oras").value, load_sources(Folder(folder.root)))
    action = found.by_action["A1"]
    assert (action.themes[0].notes, action.notes, action.quotes, found.annex) == ((), (), (), ())


def test_what_does_not_exist_is_left_to_the_checks(tmp_path: Path) -> None:
    """Evidence that names nothing gives nothing, and no exception."""
    folder = good(tmp_path / "p")
    change(folder.root, PLAN, "theme:spaces", "theme:none")
    change(folder.root, PLAN, f"note:{NOTE}", "note:a/q1/t1/r1/1")
    found = resolve(model.load(folder, "oras").value, load_sources(folder))
    assert (found.by_action["A1"].themes, found.by_action["A1"].notes) == ((), ())


def test_notes_without_content_or_withdrawn_speak_for_nothing() -> None:
    """A dash and a withdrawn note are members of a theme, but not counted among those that speak for it."""
    notes = [note("e/q1/t1/r1/1"), note("e/q1/t2/r1/1", "-", content="none"), note("e/q1/t3/r1/1", state="withdrawn")]
    sources = Sources({n.id: n for n in notes}, {}, {"a": tuple(n.id for n in notes)}, {})
    assert [n.id for n in sources.speaking("a")] == ["e/q1/t1/r1/1"]
    assert sources.speaking("b") == ()
    assert sources.current("e/q1/t3/r1/1") is None


def test_tables_and_respondents_are_counted_once() -> None:
    """A table that wrote twice is one voice; the same table of another event, or another respondent, is another."""
    theme = Theme.model_validate({"id": "a", "name": "A"})
    ids = ["e/q1/t1/r1/1", "e/q2/t1/r2/1", "f/q1/t1/r1/1", "e/q1/p1/r0/1", "e/q1/p2/r0/1", "e/q2/p2/r0/1"]
    assert ThemeEvidence(theme, tuple(note(one) for one in ids)).tables == 4


def test_the_annex_is_sorted_as_people_count() -> None:
    """In the annex q2 stands before q10, and table 2 before table 10."""
    ids = ["e/q10/t1/r1/1", "e/q2/t10/r1/1", "e/q2/t2/r1/10", "e/q2/t2/r1/9", "a/q1/p3/r0/1"]
    assert sorted(ids, key=evidence._order) == ["a/q1/p3/r0/1", "e/q2/t2/r1/9", "e/q2/t2/r1/10", "e/q2/t10/r1/1", "e/q10/t1/r1/1"]
