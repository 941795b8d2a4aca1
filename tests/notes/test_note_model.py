"""A note: its ID taken apart, its seal, and whether its text says anything."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecocsme.notes.grid import NotRead
from ecocsme.notes.model import COLUMNS, Note, content_of, parts, prefix, seal_of, sealed, values
from ecocsme.notes.report import Report, SheetReport
from support.small_project import accounted

NOTE = sealed(Note("lab-1/q1/t2/r3/4", "lab-1", "q1", "t2", "r3", "", "text", "ro", "yes", "current", "", "s.csv", "", "C2", "0"))


def test_an_id_is_composed_and_taken_apart() -> None:
    """The five parts of an ID are its event, question, table or respondent, round and number."""
    assert parts(f"{prefix('lab-1', 'q12', 't2', 'r0')}/7") == ("lab-1", "q12", "t2", "r0", 7)
    assert parts("lab-1/q1/p17/r0/1") == ("lab-1", "q1", "p17", "r0", 1)
    assert (NOTE.prefix, NOTE.number) == ("lab-1/q1/t2/r3", 4)


@pytest.mark.parametrize(
    "text",
    ["", "lab-1", "lab-1/q1/t1/r1", "lab-1/q1/t1/r1/0", "lab-1/q0/t1/r1/1", "lab-1/q1/x1/r1/1", "Lab/q1/t1/r1/1", "lab-1/q1/t1/r1/1\n",
     "../q1/t1/r1/1"],
)  # fmt: skip
def test_what_is_no_id_is_none(text: str) -> None:
    """Anything but a whole ID in small letters is no ID."""
    assert parts(text) is None


def test_the_columns_are_those_of_the_files() -> None:
    """The columns of a notes file are promised to other programs: their names and order do not change."""
    assert (
        ",".join(COLUMNS) == "id,event,question,table,round,respondent,text,language,content,state,parent,sheet,tab,cell,sheet_sha256,seal"
    )
    assert values(NOTE)[:7] == ("lab-1/q1/t2/r3/4", "lab-1", "q1", "t2", "r3", "", "text")


def test_a_seal_never_changes_its_meaning() -> None:
    """The seal of a given note is this one for ever: older files must stay valid."""
    assert NOTE.seal == "9999aa0333d8a1fa"


@pytest.mark.parametrize("name", [field.name for field in fields(Note) if field.name != "seal"])
def test_a_seal_covers_every_column(name: str) -> None:
    """A change of any column breaks the seal."""
    assert seal_of(replace(NOTE, **{name: getattr(NOTE, name) + "x"})) != NOTE.seal


def test_a_seal_tells_columns_apart() -> None:
    """A text that moves from one column to the next breaks the seal."""
    assert seal_of(replace(NOTE, text="a", language="b")) != seal_of(replace(NOTE, text="ab", language=""))
    assert seal_of(NOTE) == seal_of(replace(NOTE, seal="other"))


@given(st.text())
def test_any_text_can_be_sealed(text: str) -> None:
    """No text is too odd to be sealed or judged, not even half a character."""
    assert len(sealed(replace(NOTE, text=text)).seal) == 16
    assert content_of(text) in ("yes", "none")


@pytest.mark.parametrize("text", ["N/A", "n/a", " - ", "–", ".", "...", "…", "?", "?!", "#N/A", "#REF!", "n.a.", "\u200b", "—", "_", "¿?"])
def test_signs_of_no_answer_say_nothing(text: str) -> None:
    """What people and spreadsheets write where there is no answer is kept, but says nothing."""
    assert content_of(text) == "none"


@pytest.mark.parametrize("text", ["nu", "0", "None", "null", "NaN", "-1", "x", "🙂", "nimic", "FALSE", "1/2", "- da"])
def test_short_answers_say_something(text: str) -> None:
    """Short answers, numbers and words that programs take for nothing are answers."""
    assert content_of(text) == "yes"


@pytest.mark.parametrize(
    "text",
    [
        *("n. a.", "(nu e cazul)", "Nu ştiu!", "fara raspuns", "Niets.", "n. v. t.", "Nessuna risposta", "nema", "NINCS", "keine Antwort"),
        *("k. A.", "weiss nicht", "nėra", "nera", "ei vastausta", "I don’t know", "NS / NR", "#SPILL!"),
    ],
)
def test_words_for_no_answer_in_the_languages_of_the_labs(text: str) -> None:
    """A cell that only says that nobody answered has no content, with or without marks on its letters and dots around it."""
    assert content_of(text) == "none"


@pytest.mark.parametrize(
    "text",
    ["nema novca", "nincs pénz", "nimic", "nothing", "nu", "0", "None", "nu e cazul meu: avem sprijin", "nėra erdvių", "niets te doen"],
)
def test_words_for_no_answer_inside_an_answer(text: str) -> None:
    """The same words inside a longer answer, and words that may be an answer, leave it one."""
    assert content_of(text) == "yes"


def test_only_current_notes_with_content_count() -> None:
    """Documents count and quote notes that say something and were not withdrawn."""
    assert (NOTE.counts, replace(NOTE, content="none").counts, replace(NOTE, state="withdrawn").counts) == (True, False, False)


def test_a_report_adds_up() -> None:
    """A report counts its notes and names what was not read by tab and cell."""
    said = NotRead("B7", "x", "no question", "Foaie1")
    one = SheetReport("a.xlsx", "a.xlsx", "new", (NOTE, replace(NOTE, content="none")), (said,), 3, 2, {"E-mail": 4}, cells=12)
    known = SheetReport("b.xlsx", "b.xlsx", "known", (NOTE,), cells=1)
    report = Report((one, known))
    assert (one.kept, one.no_content, dict(one.per_question), accounted(one), report.kept) == (2, 1, {"q1": 2}, 12, 2)
    assert [str(problem) for problem in report.problems()] == ["a.xlsx: Foaie1!B7: warning: not read: no question"]
