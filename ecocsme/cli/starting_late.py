"""`late-start`: the timetable when the day begins late."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ecocsme.cli import console, options
from ecocsme.errors import visible


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("late-start")(start_late)


def start_late(
    event: options.Event = None,
    by: Annotated[
        list[int] | None,
        typer.Option("--by", min=1, max=600, metavar="MINUTES", help="How late; may be given several times. Default: 10, 20 and 30."),
    ] = None,
    day: Annotated[int, typer.Option("--day", min=1, metavar="NUMBER", help="Which day of an event of several days.")] = 1,
    *,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Show what to shorten when an event starts late.

    Blocks whose minutes are a range (`minutes: 15-25`) become shorter until the day ends as planned, or the next fixed time is met;
    what cannot be made up is said. Nothing is written: print it and take it with you.
    """
    from ecocsme.event import late_start
    from ecocsme.project import model as project_model

    folder = options.here(project, quiet=quiet)
    name = folder.one_event(event, Path.cwd())
    ours = project_model.load(folder).value
    found = late_start.late_starts(folder, name, by or (10, 20, 30), ours.languages, ours.timezone, day=day)
    rows = [
        (
            visible(late_start.said(slot, found.languages), 60),
            f"{slot.start}-{slot.end}",
            *(late_start.change(slot, late.slots[index]) for late in found.late),
        )
        for index, slot in enumerate(found.planned)
    ]
    titles = ("block", "planned", *(f"{late.minutes} min late" for late in found.late))
    console.table(f"{name}{f', day {found.number}' if found.number else ''}: a late start", titles, rows)
    for late in found.late:
        if late.left:
            console.say(f"{late.minutes} minutes late cannot be made up: {late.left}")
