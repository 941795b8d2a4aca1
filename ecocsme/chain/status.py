"""Where each event stands, and how far its notes have come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ecocsme.event import model as event_model
from ecocsme.event.model import Event
from ecocsme.event.replies import is_over
from ecocsme.notes import coverage
from ecocsme.notes.coverage import Coverage
from ecocsme.notes.model import Note
from ecocsme.plan import model as plan_model
from ecocsme.plan.evidence import Sources, load_sources, resolve
from ecocsme.project.folder import Folder

Stage = Literal["planned", "held", "imported", "grouped", "in the plan"]


@dataclass(frozen=True, slots=True)
class Replies:
    """How many people have replied to a questionnaire, of how many expected, until when, and whether that is past."""

    come: int
    expected: int | None
    by: date | None
    over: bool
    per_question: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one event stands: its stage, how many notes have come how far, and of a questionnaire how many people replied."""

    event: str
    date: date
    stage: Stage
    notes: int
    no_content: int
    withdrawn: int
    left_out: int
    grouped: int
    in_plan: int
    coverage: Coverage
    replies: Replies | None = None


def status(folder: Folder, today: date) -> tuple[Standing, ...]:
    """Say where every event stands on a day, the earliest first; raise InvalidFile where a file cannot be read."""
    sources = load_sources(folder)
    grouped = {note for notes in sources.members.values() for note in notes}
    cited = {one.note.id for plan in folder.plans() for one in resolve(plan_model.load(folder, plan).value, sources).annex}
    events = [event_model.load(folder, name).value for name in folder.events()]
    return tuple(_standing(event, sources, grouped, cited, today) for event in sorted(events, key=lambda e: (e.date, e.id)))


def _standing(event: Event, sources: Sources, grouped: set[str], cited: set[str], today: date) -> Standing:
    every = [note for note in sources.notes.values() if note.event == event.id]
    # an answer that was split is counted by its ideas; they have come as far as it has
    notes, wholes = [note for note in every if not note.split], {note.id for note in every if note.split}
    grouped, cited = (reached | {note.id for note in notes if note.parent in wholes & reached} for reached in (grouped, cited))
    current = [note for note in notes if note.state == "current"]
    ours = [note.id for note in current]
    in_plan, in_themes = len(cited.intersection(ours)), len(grouped.intersection(ours))
    return Standing(
        event=event.id,
        date=event.date,
        stage=_stage(event, today, imported=len(current), grouped=in_themes, in_plan=in_plan),
        notes=len(current),
        no_content=sum(note.content == "none" for note in current),
        withdrawn=len(notes) - len(current),
        left_out=len(sources.left_out.intersection(ours)),
        grouped=in_themes,
        in_plan=in_plan,
        coverage=coverage.of(event, current),
        replies=_replies(event, current, today) if event.in_writing else None,
    )


def _stage(event: Event, today: date, *, imported: int, grouped: int, in_plan: int) -> Stage:
    if in_plan:
        return "in the plan"
    if grouped:
        return "grouped"
    if imported:
        return "imported"
    last = event.replies_by or event.date if event.in_writing else event.dates[-1]
    return "held" if last < today else "planned"


def _replies(event: Event, notes: list[Note], today: date) -> Replies:
    """Count people by their numbers; a sheet that names nobody is one person's."""
    people = {(note.question if note.counts else "", note.respondent or note.sheet) for note in notes}
    per_question = {asked.id: sum(question == asked.id for question, _ in people) for asked in event.questions}
    expected = event.participants.expected if event.participants else None
    return Replies(len({person for _, person in people}), expected, event.replies_by, is_over(event, today), per_question)
