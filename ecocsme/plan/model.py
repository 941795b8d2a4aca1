"""plans/<plan>.yaml: an action plan, one per policy instrument."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from ecocsme.errors import visible
from ecocsme.files.models import FromFile, Written, read
from ecocsme.files.values import Day, DayOrMonth, Identifier, Percent, Text, fault, in_schema
from ecocsme.language.texts import LocalText
from ecocsme.project.folder import Folder

Status = Literal["draft", "submitted", "comments", "validated", "endorsed", "implementing", "completed", "abandoned"]
_ACTION = re.compile("A[1-9][0-9]{0,4}")
_EVIDENCE = re.compile(r"theme:[a-z0-9][a-z0-9-]{0,59}|practice:[a-z0-9][a-z0-9-]{0,59}|note:[^/\s]+(/[^/\s]+){4}")


def _action_id(value: object) -> str:
    if not isinstance(value, str) or not _ACTION.fullmatch(value):
        raise fault(f"found {visible(value, 60)}", "number the actions A1, A2, A3 ...")
    return value


def _evidence(value: object) -> str:
    if not isinstance(value, str) or not _EVIDENCE.fullmatch(value):
        raise fault(f"found {visible(value, 100)}", "write theme:ID, practice:ID or note:EVENT/q1/t1/r1/1")
    return value


class Funding(Written):
    """Who pays, and which share or amount."""

    source: LocalText
    percent: Percent | None = None
    amount: LocalText | None = None


class Player(Written):
    """An organisation that takes part in an action, with its role."""

    name: LocalText
    role: LocalText | None = None


class Indicator(Written):
    """How success is seen, and how much of it is aimed at."""

    text: LocalText
    target: Text | None = None


class PlanQuote(Written):
    """A verbatim part of a note, with translations that are ours."""

    note: Text
    text: Text
    translation: LocalText | None = None


class Action(Written):
    """One action of a plan, with the evidence it rests on."""

    id: Annotated[Text, BeforeValidator(_action_id), in_schema(_ACTION.pattern)]
    title: LocalText
    background: LocalText | None = None
    activities: tuple[LocalText, ...] = ()
    owner: LocalText | None = None
    partners: tuple[Player, ...] = ()
    start: DayOrMonth | None = None
    due: DayOrMonth | None = None
    cost: LocalText | None = None
    funding: tuple[Funding, ...] = ()
    indicator: Indicator | None = None
    phase: Literal["preparation", "title-year", "legacy"] | None = None
    evidence: tuple[Annotated[Text, BeforeValidator(_evidence), in_schema(_EVIDENCE.pattern)], ...] = ()
    quotes: tuple[PlanQuote, ...] = ()
    status: Literal["planned", "started", "done", "dropped"] = "planned"

    def names(self, kind: str) -> tuple[str, ...]:
        """What the evidence names of one kind: `theme`, `note` or `practice`."""
        return tuple(item.removeprefix(f"{kind}:") for item in self.evidence if item.startswith(f"{kind}:"))


class Change(Written):
    """What the policy instrument was before, until when, and why it changed."""

    from_: Annotated[DayOrMonth, Field(alias="from")]
    name: LocalText
    reason: LocalText | None = None


class Instrument(Written):
    """The policy instrument that the plan is to improve."""

    one_line: ClassVar[str] = "name"

    name: LocalText
    kind: LocalText | None = None
    history: tuple[Change, ...] = ()


class Stage(Written):
    """A step of the plan's life."""

    date: Day
    is_: Annotated[Status, Field(alias="is")]


class NotTakenUp(Written):
    """A theme that no action takes up, and why."""

    theme: Identifier
    reason: LocalText


class Plan(Written):
    """An action plan, as plans/<plan>.yaml describes it; its ID is the name of its file."""

    # the summary is written for the programme, a translation for those who do not read the quote
    for_others: ClassVar[frozenset[str]] = frozenset({"summary", "translation"})

    id: Identifier
    title: LocalText
    language: Text
    programme: Identifier | None = None
    instrument: Instrument | None = None
    status: tuple[Stage, ...] = ()
    summary: LocalText | None = None
    not_taken_up: tuple[NotTakenUp, ...] = ()
    actions: Annotated[tuple[Action, ...], Field(max_length=20_000)] = ()


def load(folder: Folder, plan: str) -> FromFile[Plan]:
    """Read a plan; raise InvalidFile with all of its problems."""
    path = folder.plan_file(plan)
    return read(path, folder.shown(path), Plan, folder.languages)
