"""Checks of an event that is answered in writing: until when, to whom, and nothing that only a room has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ecocsme.errors import Problem, check
from ecocsme.event.model import Event
from ecocsme.event.replies import recipient
from ecocsme.files.models import FromFile
from ecocsme.project.model import Project

_USUAL = timedelta(days=14)
_OF_A_ROOM = ("start", "end", "tables", "rounds", "agenda")


@check("replies", "a questionnaire without a deadline or an address for its replies, with a deadline before its date, or with tables")
def replies(project: FromFile[Project], event: FromFile[Event]) -> Iterator[Problem]:
    """Say what people need to know to reply, and what a questionnaire cannot have."""
    if event.value.in_writing:
        yield from _in_writing(project.value, event)
        return
    for name in ("replies_by", "replies_to"):
        if getattr(event.value, name) is not None:
            said = f"only a questionnaire has replies, and the mode of this event is {event.value.mode}"
            yield event.problem((name,), said, "write `mode: questionnaire`, or take it out", severity="warning")


def _in_writing(project: Project, event: FromFile[Event]) -> Iterator[Problem]:
    by, sent = event.value.replies_by, event.value.date
    if by is None:
        cure = f"write until when people may reply, e.g. `replies_by: {sent + _USUAL}`"
        yield event.problem(("replies_by",), "is missing", cure, severity="warning")
    elif by < sent:
        yield event.problem(
            ("replies_by",), f"is before the date of the event ({sent})", "the date is the day on which it is sent: correct one"
        )
    to = recipient(project, event.value)
    if to is None or not to.email:
        cure = "write to whom people send their replies: `replies_to: {name: ..., email: ...}`"
        yield event.problem(("replies_to",), "no e-mail address for the replies is known", cure, severity="warning")
    for name in _OF_A_ROOM:
        if getattr(event.value, name):
            said = "a questionnaire has none: each person replies alone"
            yield event.problem((name,), said, "take it out, or write another `mode`", severity="warning")


CHECKS = (replies,)
