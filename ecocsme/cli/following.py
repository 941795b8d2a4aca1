"""`status` and `trace`: where each event stands, and the chain of one note, theme, practice or action."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ecocsme.cli import console, covering, options
from ecocsme.errors import visible

if TYPE_CHECKING:
    from ecocsme.chain.status import Replies, Standing
    from ecocsme.chain.trace import Link


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("status")(status)
    app.command("trace")(trace)


def status(
    today: Annotated[str | None, typer.Option("--today", metavar="DATE", help="The day from which to look. Default: today.")] = None,
    form: options.Form = options.Printed.text,
    *,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Say where each event stands, and what is missing.

    Planned, held, imported, grouped, or in the plan; then the answers of each question by table, one number per round; of a
    questionnaire the replies that have come, of how many expected, and until when they may.
    """
    from ecocsme.chain.outdated import to_build
    from ecocsme.chain.status import status as stand

    folder = options.here(project, quiet=quiet)
    day = options.day("--today", today) if today else date.today()  # noqa: DTZ011  # the day on the wall calendar of whoever asks
    standings, waiting = stand(folder, day), to_build(folder)
    if form is options.Printed.json:
        console.envelope("status", (), {"events": [_as_data(one) for one in standings], "to_build": waiting})
        return
    columns = ("event", "date", "stage", "notes", "no content", "left out", "withdrawn", "grouped", "in the plan")
    console.table("Events", columns, [_row(one) for one in standings])
    for one in standings:
        if one.replies:
            _show_replies(one.event, one.replies)
        elif one.notes:
            covering.show(one.event, one.coverage)
            for table, questions in covering.holes(one.coverage).items():
                console.say(f"{one.event}: {table} has not answered {', '.join(questions)}")
    for subject, number in waiting.items():
        console.say(f"{subject}: {number} {'document is' if number == 1 else 'documents are'} out of date or not built yet: ecocsme build")


def trace(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="An event, question, note, theme, practice or action, e.g. my-lab/q1, my-lab/q1/t2/r1/3, theme:funding, A1."
        ),
    ],
    form: options.Form = options.Printed.text,
    *,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Follow the chain of a note, a theme or an action.

    Down to the cell of the sheet it was typed in, up to the actions that rest on it and the documents that print it.
    An event or a question (EVENT/q1) lists its notes with their IDs and themes.
    """
    from ecocsme.chain.trace import trace as follow

    link = follow(options.here(project, quiet=quiet), name)
    if form is options.Printed.json:
        console.envelope("trace", (), _link(link))
        return
    for line in _tree(link):
        console.result(line)


def _row(one: Standing) -> tuple[str, ...]:
    counted = (one.notes, one.no_content, one.left_out, one.withdrawn, one.grouped, one.in_plan)
    return (one.event, one.date.isoformat(), one.stage, *(str(number) for number in counted))


def _show_replies(event: str, found: Replies) -> None:
    """Who has replied, as far as numbers say it; that a person leaves a question out is no gap."""
    if found.come:
        rows = [(question, str(people)) for question, people in found.per_question.items()]
        console.table(f"{event}: replies", ("question", "people who answered"), rows)
    of = f" of {found.expected} expected" if found.expected else ""
    until = f"; replies were due by {found.by}" if found.over else f"; they may come until {found.by}" if found.by else ""
    came = "one person has replied" if found.come == 1 else f"{found.come} people have replied"
    console.say(f"{event}: {came if not of else f'{found.come}{of} replies have come'}{until}")


def _as_data(one: Standing) -> dict[str, object]:
    counted = ("notes", "no_content", "withdrawn", "left_out", "grouped", "in_plan")
    numbers = {name: getattr(one, name) for name in counted}
    found = {"event": one.event, "date": one.date.isoformat(), "stage": one.stage, **numbers, **covering.as_data(one.coverage)}
    return {**found, "replies": _replies(one.replies)} if one.replies else found


def _replies(found: Replies) -> dict[str, object]:
    by = found.by.isoformat() if found.by else None
    return {"come": found.come, "expected": found.expected, "by": by, "over": found.over, "per_question": dict(found.per_question)}


def _link(link: Link) -> dict[str, object]:
    return {"kind": link.kind, "id": link.id, "text": link.text, "leads": [_link(one) for one in link.leads]}


def _tree(link: Link, before: str = "", branch: str = "") -> list[str]:
    text = f"  {visible(' '.join(link.text.split()))}" if link.text else ""
    lines = [f"{before}{branch}{link.kind} {visible(link.id)}{text}"]
    inside = before + {"": "", "├── ": "│   ", "└── ": "    "}[branch]
    for number, one in enumerate(link.leads, 1):
        lines += _tree(one, inside, "└── " if number == len(link.leads) else "├── ")
    return lines
