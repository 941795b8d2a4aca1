"""What rests on notes that are withdrawn, changed or forgotten: decisions, themes and actions, each with its file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ecocsme.errors import Problem
from ecocsme.files.models import FromFile
from ecocsme.notes.report import Report
from ecocsme.plan import model as plan_model
from ecocsme.plan.model import Plan
from ecocsme.project.folder import Folder
from ecocsme.themes import decisions as decisions_file
from ecocsme.themes.decisions import fingerprint

CODE, _CURE = "review", "look at it again"


def on(folder: Folder, notes: Collection[str], fate: str) -> tuple[Problem, ...]:
    """List the decisions and the evidence that rest on notes of which something is said (`was withdrawn`), to be looked at again."""
    made, lines = decisions_file.load(folder)
    decided = [(decision, line) for decision, line in zip(made, lines, strict=True) if decision.subject in notes]
    about = [_said(decisions_file.NAME, f"{one.do} {one.target}".rstrip() + f": the note {one.subject} {fate}", n) for one, n in decided]
    members = {theme: set(of) for theme, of in decisions_file.grouping(made).members.items()}
    lost = {theme: (len(of.intersection(notes)), len(of)) for theme, of in members.items() if not of.isdisjoint(notes)}
    for plan in folder.plans():
        about += _evidence(plan_model.load(folder, plan), notes, lost, fate)
    return tuple(about)


def after(folder: Folder, report: Report) -> tuple[Problem, ...]:
    """List what rests on the notes that an import withdrew, and the decisions about notes that it changed."""
    texts = {note.id: note.text for sheet in report.sheets for note in sheet.notes if note.id in sheet.changed}
    gone = {note for sheet in report.sheets for note in sheet.withdrawn}
    if not texts and not gone:
        return ()
    made, lines = decisions_file.load(folder)
    changed = (
        _said(decisions_file.NAME, f"the note {decision.subject} reads differently since this decision", line)
        for decision, line in zip(made, lines, strict=True)
        if decision.subject in texts and fingerprint(texts[decision.subject]) != decision.text_sha256
    )
    return (*changed, *(on(folder, gone, "was withdrawn") if gone else ()))


def _evidence(plan: FromFile[Plan], notes: Collection[str], lost: Mapping[str, tuple[int, int]], fate: str) -> Iterator[Problem]:
    for number, action in enumerate(plan.value.actions):
        for index, item in enumerate(action.evidence):
            kind, _, name = item.partition(":")
            place = ("actions", number, "evidence", index)
            if kind == "note" and name in notes:
                yield plan.problem(place, f"{action.id}: the note {name} {fate}", _CURE, severity="warning")
            elif kind == "theme" and name in lost:
                few, all_ = lost[name]
                message = f"{action.id}: of the {all_} notes of the theme {name}, {few} {'is' if few == 1 else 'are'} gone"
                yield plan.problem(place, message, _CURE, severity="warning")
        for index, quote in enumerate(action.quotes):
            if quote.note in notes:
                place_of_quote = ("actions", number, "quotes", index, "note")
                yield plan.problem(place_of_quote, f"{action.id}: the quoted note {quote.note} {fate}", _CURE, severity="warning")


def _said(file: str, message: str, line: int) -> Problem:
    return Problem(file, message, _CURE, line, severity="warning", code=CODE)
