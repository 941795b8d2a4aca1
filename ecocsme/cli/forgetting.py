"""`forget`: removes a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ecocsme.cli import console, options
from ecocsme.cli.withdrawing import agree

if TYPE_CHECKING:
    from ecocsme.chain.forgetting import Forgetting


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("forget")(forget)


def forget(
    persons: Annotated[
        list[str], typer.Argument(metavar="PERSON...", help="A respondent or participant (p17, EVENT/p17), or the ID of a single note.")
    ],
    *,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Remove a person.

    Their notes, the decisions about them, their lines in the lists and their rows in the copies of the sheets go, all or
    nothing. What else names them is listed. The git history and backups keep what they have.
    """
    from ecocsme.chain import forgetting

    folder = options.here(project, quiet=quiet)
    foreseen = forgetting.foresee(folder, persons)
    _say(foreseen)
    if dry_run:
        console.wrote(list(foreseen.files))
        console.would()
        return
    agree("This cannot be taken back. Shall they be removed?", yes=yes)
    done = forgetting.forget(folder, persons)
    console.wrote(list(done.files))
    console.say("not reached from here: the git history, backups, and whoever else has the sheets")


def _say(foreseen: Forgetting) -> None:
    notes, lines = len(foreseen.notes), foreseen.lines
    listed = f"{lines} {'line' if lines == 1 else 'lines'} of decisions and lists"
    console.say(f"{notes} {'note' if notes == 1 else 'notes'} and {listed} go")
    for note in foreseen.notes:
        console.say(f"goes: {note.id}")
    for name in foreseen.rewritten:
        console.say(f"{name}: the cells are emptied; all others stay as received")
    for name in foreseen.removed:
        console.say(f"{name}: the whole copy goes; it cannot be rewritten safely, or nothing else stands in it")
    console.warn(foreseen.elsewhere)
