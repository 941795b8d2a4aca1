"""Questions: closed, double, long and repeated ones are warned of, strong ones are let through."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecocsme.checks.run import check_folder
from ecocsme.event import question_forms
from ecocsme.event.question_forms import Forms
from ecocsme.files.places import Shelves, examples
from ecocsme.language.words import languages, load
from ecocsme.project.folder import Folder
from support.folders import EVENT, change, good

FORMS = {lang: Forms.of([load(Shelves(), lang)]) for lang in languages(Shelves())}

CLOSED = (
    ("ro", "Credeți că orașul are nevoie de spații?", "credeți că"),
    ("ro", "Credeţi că e bine?", "credeți că"),
    ("ro", "ESTE destul sprijin?", "este"),
    ("ro", "Există spații libere în centru?", "există"),
    ("ro", "Ar trebui să plătim chirie?", "ar trebui"),
    ("ro", "„Aveți planuri?”", "aveți"),
    ("ro", "A trecut un an. Putem continua?", "putem"),
    ("en", "Do you think it works?", "do"),
    ("en", "Is there enough space?", "is"),
    ("en", "Isn’t there enough space?", "isn't"),
    ("en", "Should the city pay?", "should"),
    ("en", "After the pandemic: can we go on?", "can"),
)
OPEN = (
    ("ro", "De ce este nevoie?"),
    ("ro", "Estetica orașului: cine o apără?"),
    ("ro", "Sunt trei ani până atunci: ce facem?"),
    ("ro", "Sunt trei ani până atunci. Ce facem?"),
    ("ro", "Ce credeți că lipsește?"),
    ("en", "What is needed?"),
    ("en", "Doors: who opens them?"),
    ("en", "Which can we keep?"),
    ("en", "Dock or park, what do we need?"),
)
DOUBLE = (
    ("ro", "Cine ajută? De ce?", "2 question marks"),
    ("ro", "Ce lipsește și de ce?", "și de ce"),
    ("ro", "Ce am învățat din pandemie, şi cum folosim asta?", "și cum"),
    ("en", "Who helps, and why?", "and why"),
    ("en", "What works? Where? For whom?", "3 question marks"),
)
SINGLE = (
    ("ro", "Cum și de ce s-a schimbat orașul?"),
    ("ro", "Ce idei și ce forme de sprijin a găsit sectorul?"),
    ("ro", "Ce facem??"),
    ("en", "How and why did the city change?"),
    ("en", "What now?!"),
    ("en", "Describe your wish. What is it?"),
)


@pytest.mark.parametrize(("lang", "text", "begins"), CLOSED)
def test_questions_for_yes_or_no_are_known_by_their_beginning(lang: str, text: str, begins: str) -> None:
    """A closed question is found in each language, behind another sentence or a colon, too."""
    assert question_forms.closed(text, FORMS[lang]) == begins


@pytest.mark.parametrize(("lang", "text"), OPEN)
def test_open_questions_are_let_through(lang: str, text: str) -> None:
    """A word that only begins like a closed form, or stands in a statement, is no reason to complain."""
    assert question_forms.closed(text, FORMS[lang]) == ""


@pytest.mark.parametrize(("lang", "text", "found"), DOUBLE)
def test_two_questions_in_one_are_found(lang: str, text: str, found: str) -> None:
    """A second question mark and a joined second question are named."""
    assert question_forms.double(text, FORMS[lang]) == found


@pytest.mark.parametrize(("lang", "text"), SINGLE)
def test_one_question_with_two_words_to_ask_is_one(lang: str, text: str) -> None:
    """Two question words at the beginning, or two signs at the end, are one question."""
    assert question_forms.double(text, FORMS[lang]) == ""


@pytest.mark.parametrize("lang", sorted(FORMS))
def test_every_shipped_language_knows_closed_and_double_questions(lang: str) -> None:
    """A words pack says how closed questions begin, and what joins two."""
    assert FORMS[lang].closed
    assert FORMS[lang].joined
    assert all(question_forms.closed(f"{phrase} x?", FORMS[lang]) for phrase in FORMS[lang].closed)


@given(st.text(max_size=80), st.sampled_from(sorted(FORMS)))
def test_no_text_breaks_the_look_at_its_form(text: str, lang: str) -> None:
    """Whatever is written, a text without a question mark is neither closed nor double."""
    if not question_forms.asks(text):
        assert question_forms.closed(text, FORMS[lang]) == ""
        assert question_forms.double(text, FORMS[lang]) == ""
    assert question_forms.length(text) <= len(text.split())
    assert question_forms.closed(f"{text} ?", Forms((), ())) == ""


def test_words_are_counted_as_a_person_counts() -> None:
    """Hyphens and ampersands do not make two words of one, and a dash is none."""
    assert question_forms.length("Start-up-uri, IMM-uri și IT&C – ce le lipsește?") == 7


def test_what_is_said_of_weak_questions(tmp_path: Path) -> None:
    """Each weakness is a warning at the line of its language, with what to do; a single text counts in all languages of the event."""
    root = tmp_path / "p"
    good(root)
    change(root, EVENT, 'ro: "Cine ajută?", en: "Who helps?"', 'text: "Is there help ?"')
    change(root, EVENT, "measures:", '- id: q3\n  ro: "Cine ajută?"\n  en: "is there help?"\nmeasures:')
    said = [str(problem) for problem in check_folder(Folder(root)) if problem.code.startswith("question-")]
    closed = "begins with is: it can be answered with yes or no; ask what, how, why or who"
    assert said == [
        f"{EVENT}:17: questions[2].text: warning: {closed}",
        f"{EVENT}:20: questions[3].text.en: warning: {closed}",
    ]
    change(root, EVENT, 'text: "Is there help ?"', 'ro: "Cu cine?", en: "Is there help ?"')
    twice = "questions[3].text.en: warning: asks the same as q2 on line 17; an answer would belong to either: change or remove one"
    assert f"{EVENT}:20: {twice}" in [str(problem) for problem in check_folder(Folder(root))]


def test_the_questions_of_the_example_are_strong_ones() -> None:
    """The shipped example gives no reason to complain of its questions."""
    problems = check_folder(Folder(examples() / "timisoara"))
    assert [str(problem) for problem in problems if problem.code.startswith("question-")] == []
