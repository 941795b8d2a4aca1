"""Checks of action plans: everything an action rests on exists, and every quote is true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from ecocsme.errors import Problem, check, visible
from ecocsme.files.models import FromFile, leaves, twins
from ecocsme.files.values import Moment
from ecocsme.files.yaml_text import Place
from ecocsme.language.texts import Texts
from ecocsme.notes.model import Note
from ecocsme.notes.personal import masked
from ecocsme.plan.drafting import OPEN
from ecocsme.plan.evidence import is_verbatim
from ecocsme.plan.model import Plan
from ecocsme.project.checks import unknown
from ecocsme.project.folder import Folder
from ecocsme.project.model import Project
from ecocsme.project.practices import Practices
from ecocsme.themes.decisions import Grouping
from ecocsme.themes.model import Codebook


@check("plan-id", "a plan whose ID is not the name of its file")
def plan_id(plan: FromFile[Plan]) -> Iterator[Problem]:
    """Compare the ID with the file's name."""
    stem = PurePosixPath(plan.file).stem
    if plan.value.id != stem:
        yield plan.problem(("id",), f"found {visible(plan.value.id)}, but the file is called {visible(stem)}", "give both the same name")


@check("action-id", "two actions with one ID")
def action_id(plan: FromFile[Plan]) -> Iterator[Problem]:
    """Name actions that cannot be told apart."""
    yield from twins(plan, "actions", plan.value.actions)


@check("plan-actions", "a plan without actions")
def plan_actions(plan: FromFile[Plan]) -> Iterator[Problem]:
    """Say that there is nothing to build."""
    if not plan.value.actions:
        yield plan.problem(("actions",), "there are no actions", "write at least one action, or start with `ecocsme draft-plan`")


@check("action-dates", "an action that is due before it starts, or before the project does")
def action_dates(project: FromFile[Project], plan: FromFile[Plan]) -> Iterator[Problem]:
    """Compare when each action starts and is due, and the start of the project."""
    begun = project.value.start
    for number, action in enumerate(plan.value.actions):
        if action.due is None:
            continue
        if action.start is not None and _is_before(action.due, action.start):
            message = f"{action.id} is due in {_said(action.due)}, before it starts in {_said(action.start)}"
            yield plan.problem(("actions", number, "due"), message, "correct one of the two")
        elif begun is not None and _is_before(action.due, Moment(begun.year, begun.month, begun.day)):
            message = f"{action.id} is due in {_said(action.due)}, before the project starts on {begun}"
            yield plan.problem(("actions", number, "due"), message, "look at the year", severity="warning")


def _is_before(first: Moment, second: Moment) -> bool:
    """Whether one is over before the other begins; within one month only days can tell."""
    if (first.year, first.month) != (second.year, second.month):
        return (first.year, first.month) < (second.year, second.month)
    return first.day is not None and second.day is not None and first.day < second.day


def _said(moment: Moment) -> str:
    return f"{moment.year}-{moment.month:02d}" + (f"-{moment.day:02d}" if moment.day else "")


@check("plan-names", "a programme, a language or a theme of a plan that does not exist")
def plan_names(folder: Folder, plan: FromFile[Plan], themes: FromFile[Codebook]) -> Iterator[Problem]:
    """Name what a plan's head refers to and nothing answers to."""
    programmes = list(folder.shelves.names("programmes", ".yaml"))
    if plan.value.programme is not None and plan.value.programme not in programmes:
        yield from unknown(plan, ("programme",), "programme", plan.value.programme, programmes)
    if plan.value.language not in folder.languages:
        yield from unknown(plan, ("language",), "language", plan.value.language, sorted(folder.languages))
    known = [theme.id for theme in themes.value.themes]
    for index, item in enumerate(plan.value.not_taken_up):
        if item.theme not in known:
            yield from unknown(plan, ("not_taken_up", index, "theme"), "theme", item.theme, known)


@check("evidence", "evidence that does not exist, was withdrawn, or is to be left out")
def evidence(
    plan: FromFile[Plan],
    themes: FromFile[Codebook],
    practices: FromFile[Practices],
    notes_by_id: Mapping[str, Note],
    grouping: Grouping,
) -> Iterator[Problem]:
    """Follow every piece of evidence of every action."""
    known_themes = [theme.id for theme in themes.value.themes]
    known_practices = [practice.id for practice in practices.value.practices]
    for place, item in _evidence_places(plan.value):
        kind, _, name = item.partition(":")
        if kind == "note":
            yield from _note_problems(plan, place, name, notes_by_id, grouping)
        elif name not in (known_themes if kind == "theme" else known_practices):
            yield from unknown(plan, place, kind, name, known_themes if kind == "theme" else known_practices)


@check("quote", "a quote that is not a verbatim part of its note")
def quote(plan: FromFile[Plan], notes_by_id: Mapping[str, Note], grouping: Grouping) -> Iterator[Problem]:
    """Compare every quote with its note, letter for letter."""
    for number, action in enumerate(plan.value.actions):
        for index, quoted in enumerate(action.quotes):
            place: Place = ("actions", number, "quotes", index)
            problems = list(_note_problems(plan, (*place, "note"), quoted.note, notes_by_id, grouping))
            yield from problems
            if not problems and not is_verbatim(quoted.text, notes_by_id[quoted.note].text):
                message = f"{action.id}: this quote is not a verbatim part of the note {quoted.note}"
                cure = f"the note reads: {masked(notes_by_id[quoted.note].text)}"
                yield plan.problem((*place, "text"), message, cure)


@check("plan-open", "a field of a plan that is still to be filled in")
def plan_open(plan: FromFile[Plan]) -> Iterator[Problem]:
    """Name every place that a draft left open."""
    for place, value in leaves(plan.value):
        texts = value.every() if isinstance(value, Texts) else (value,)
        if any(isinstance(text, str) and OPEN in text for text in texts):
            yield plan.problem(place, "is still open", f"replace {OPEN} by your text, or remove the line", severity="warning")


@check("plan-summary", "a plan in a national language without the English summary that its programme asks for")
def plan_summary(folder: Folder, project: FromFile[Project], plan: FromFile[Plan]) -> Iterator[Problem]:
    """Ask for an English summary where the programme does."""
    from ecocsme.project import programmes

    name = plan.value.programme or project.value.programme
    if name not in folder.shelves.names("programmes", ".yaml"):
        return
    wanted = programmes.load(folder, name).value.english_summary == "required"
    has_one = plan.value.summary is not None and not plan.value.summary.missing(("en",))
    if wanted and plan.value.language != "en" and not has_one:
        yield plan.problem(("summary",), "the programme asks for a summary in English", 'write summary: {en: "..."}', severity="warning")


def _evidence_places(plan: Plan) -> Iterator[tuple[Place, str]]:
    for number, action in enumerate(plan.actions):
        for index, item in enumerate(action.evidence):
            yield ("actions", number, "evidence", index), item


def _note_problems(plan: FromFile[Plan], place: Place, name: str, notes: Mapping[str, Note], grouping: Grouping) -> Iterator[Problem]:
    note = notes.get(name)
    if note is None:
        yield plan.problem(
            place, f"there is no note {visible(name, 120)}", "import its sheet with `ecocsme import-notes`, or correct the ID"
        )
    elif note.state != "current":
        yield plan.problem(place, f"the note {name} was withdrawn (sheet {visible(note.sheet)})", "choose another note")
    elif name in grouping.left_out:
        yield plan.problem(place, f"the note {name} is to be left out", "choose another note, or decide again")
    elif note.content == "none":
        yield plan.problem(place, f"the note {name} answers nothing", "choose another note")


CHECKS = (plan_id, action_id, plan_actions, action_dates, plan_names, evidence, quote, plan_open, plan_summary)
