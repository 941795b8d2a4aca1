"""Checks of the questions of an event: open, one at a time, short enough for a card, and each asked once."""

from __future__ import annotations

from collections.abc import Iterator

from ecocsme.errors import Problem, check, visible
from ecocsme.event import question_forms
from ecocsme.event.model import Event
from ecocsme.event.question_forms import Forms
from ecocsme.files.models import FromFile
from ecocsme.files.yaml_text import Place
from ecocsme.language.words import load as load_words
from ecocsme.project.folder import Folder
from ecocsme.project.model import Project


@check("question-closed", "a question that can be answered with yes or no")
def question_closed(folder: Folder, project: FromFile[Project], event: FromFile[Event]) -> Iterator[Problem]:
    """Know such a question by the words with which it begins in its language."""
    for place, text, forms in _with_forms(folder, project, event):
        begins = question_forms.closed(text, forms)
        if begins:
            message = f"begins with {visible(begins, 60)}: it can be answered with yes or no"
            yield event.problem(place, message, "ask what, how, why or who", severity="warning")


@check("question-double", "two questions in one")
def question_double(folder: Folder, project: FromFile[Project], event: FromFile[Event]) -> Iterator[Problem]:
    """Name a second question mark, and a second question that is joined with `and why`."""
    for place, text, forms in _with_forms(folder, project, event):
        found = question_forms.double(text, forms)
        if found:
            message = f"asks two things at once ({visible(found, 60)})"
            yield event.problem(place, message, "make two questions of it, or ask the one that matters", severity="warning")


@check("question-long", f"a question of more than {question_forms.MOST_WORDS} words")
def question_long(event: FromFile[Event]) -> Iterator[Problem]:
    """Count the words of a question in each language."""
    for place, _, text in _texts(event):
        words = question_forms.length(text)
        if words > question_forms.MOST_WORDS:
            cure = f"a card at the table holds {question_forms.MOST_WORDS}: shorten it"
            yield event.problem(place, f"has {words} words", cure, severity="warning")


@check("question-mark", "a question without a question mark")
def question_mark(event: FromFile[Event]) -> Iterator[Problem]:
    """Name a text that asks nothing."""
    for place, _, text in _texts(event):
        if not question_forms.asks(text):
            yield event.problem(place, "has no question mark", "write it as a question", severity="warning")


@check("question-twice", "a question that an event asks twice")
def question_twice(event: FromFile[Event]) -> Iterator[Problem]:
    """Compare the questions of an event in each language, signs and capitals aside."""
    first: dict[tuple[str, str], int] = {}
    for place, lang, text in _texts(event):
        index = int(place[1])
        earlier = first.setdefault((lang, question_forms.bare(text)), index)
        if earlier != index:
            asked = event.value.questions[earlier].id
            message = f"asks the same as {asked} on line {event.parsed.line(('questions', earlier, 'text', lang))}"
            yield event.problem(place, message, "an answer would belong to either: change or remove one", severity="warning")


def _texts(event: FromFile[Event]) -> Iterator[tuple[Place, str, str]]:
    """Every text of every question, with its place and its language ('' where one serves all)."""
    for index, question in enumerate(event.value.questions):
        for lang, text in question.text.items():
            yield ("questions", index, "text", *([lang] if lang else [])), lang, text


def _with_forms(folder: Folder, project: FromFile[Project], event: FromFile[Event]) -> Iterator[tuple[Place, str, Forms]]:
    """Every text with the forms of its language; with those of all languages of the event where it serves all."""
    known: dict[str, Forms] = {}
    for place, lang, text in _texts(event):
        if lang not in known:
            spoken = [lang] if lang else event.value.spoken(project.value.languages)
            known[lang] = Forms.of(load_words(folder.shelves, one) for one in spoken if one in folder.languages)
        yield place, text, known[lang]


CHECKS = (question_closed, question_double, question_long, question_mark, question_twice)
