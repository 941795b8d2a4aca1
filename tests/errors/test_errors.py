"""Problems on one line, the exceptions that carry them, and the nearest name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecocsme.errors import EcocsmeError, InvalidFile, Problem, UnknownName, check, nearest, visible


def test_problem_reads_as_file_line_field_message_cure() -> None:
    """A problem is one line: FILE:LINE: field: what is wrong; what to do."""
    problem = Problem("events/a/event.yaml", "found soon", "write a number", 12, "agenda[2].minutes")
    assert str(problem) == "events/a/event.yaml:12: agenda[2].minutes: found soon; write a number"


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Problem("a.yaml", "is empty"), "a.yaml: is empty"),
        (Problem("a.yaml", "is empty", "fill it"), "a.yaml: is empty; fill it"),
        (Problem("a.yaml", "is empty", line=3), "a.yaml:3: is empty"),
        (Problem("a.yaml", "is open", field="cost", severity="warning"), "a.yaml: cost: warning: is open"),
    ],
)
def test_parts_that_are_not_known_are_left_out(problem: Problem, said: str) -> None:
    """Line, field and cure are left out where there are none, and a warning says that it is one."""
    assert str(problem) == said


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_a_problem_is_always_one_line_without_control_signs(file: str, field: str, message: str) -> None:
    """No text of a file can break a message into lines or send signs to a terminal."""
    said = str(Problem(file, message, "mend it", 1, field))
    assert len(said.splitlines()) <= 1
    assert not [c for c in said if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u200b\u2028\ufeff"]


def test_visible_names_what_cannot_be_seen() -> None:
    """Invisible, direction and control signs are shown as code points; what can be seen stays."""
    assert visible("ven\u200bue\u202e\x1b[31m țș 😀") == "ven<U+200B>ue<U+202E><U+001B>[31m țș 😀"


def test_visible_cuts_and_says_how_long_the_text_is() -> None:
    """A huge text never floods the screen."""
    assert visible("x" * 1_000_000, 10) == "xxxxxxxxxx… (1000000 characters)"


def test_a_message_of_a_huge_value_stays_short() -> None:
    """Even with a long file name, field and message a problem stays readable."""
    assert len(str(Problem("f" * 5000, "m" * 5000, "c" * 5000, 1, "k" * 5000))) < 1500


def test_invalid_file_says_all_its_problems() -> None:
    """Every problem of a file is one line of the message."""
    refused = InvalidFile([Problem("a", "x"), Problem("b", "y")])
    assert str(refused) == "a: x\nb: y"
    assert isinstance(refused, EcocsmeError)


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("fundng", ("skills", "funding"), "fundng: there is no theme of this name; did you mean funding?"),
        ("zzz", ("skills", "funding"), "zzz: there is no theme of this name; known: funding, skills"),
        ("zzz", (), "zzz: there is no theme of this name; there is no theme in this folder yet"),
    ],
)
def test_unknown_name_proposes_the_nearest(name: str, known: tuple[str, ...], said: str) -> None:
    """A misspelt name is answered with the one that was meant, else with what there is."""
    assert str(UnknownName("theme", name, known)) == said


@pytest.mark.parametrize(("name", "found"), [("venu", "venue"), ("VENUE", "venue"), ("titel", "title"), ("xyz", None), ("", None)])
def test_nearest(name: str, found: str | None) -> None:
    """The nearest key is proposed only where it is near."""
    assert nearest(name, ("title", "venue", "date")) == found


def test_check_knows_what_it_needs() -> None:
    """The parameters of a check say what is handed in."""

    @check("demo", "a demonstration")
    def demo(folder: str, event: str) -> list[Problem]:
        return [Problem(folder, event)]

    assert (demo.code, demo.about, demo.needs) == ("demo", "a demonstration", ("folder", "event"))
    assert list(demo.run("a", "b")) == [Problem("a", "b")]
