"""`withdraw`: takes an import back."""

from __future__ import annotations

from typing import Annotated

import typer

from ecocsme.cli import console, options
from ecocsme.errors import MissingInput


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("withdraw")(withdraw)


def withdraw(
    sheet: Annotated[str, typer.Argument(metavar="SHEET", help="The sheet, e.g. table-3.csv, or EVENT/table-3.csv.")],
    *,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Take an import back.

    The notes of the sheet stay in their file, withdrawn: they are no longer counted, grouped or quoted. Importing the same
    sheet again lets them stand again, with their IDs. What rests on them is listed.
    """
    from ecocsme.chain import resting
    from ecocsme.notes import withdrawing

    folder = options.here(project, quiet=quiet)
    taken = withdrawing.foresee(folder, sheet)
    ids = [note.id for note in taken.notes]
    console.say(f"{taken.event}/{taken.sheet}: {len(ids)} notes, {ids[0]} to {ids[-1]}" if ids[1:] else f"{taken.sheet}: {ids[0]}")
    resting_on = resting.on(folder, frozenset(ids), "was withdrawn" if not dry_run else "would be withdrawn")
    if dry_run:
        console.warn(resting_on)
        console.result(taken.file)
        console.would()
        return
    agree("Shall they be withdrawn?", yes=yes)
    withdrawing.withdraw(folder, sheet)
    console.warn(resting_on)
    console.result(taken.file)


def agree(question: str, *, yes: bool) -> None:
    """Go on only where a person says yes, or the flag has said so; raise MissingInput in a script without the flag."""
    if yes:
        return
    if not console.can_ask():
        raise MissingInput("missing: --yes; nothing was changed")
    if not typer.confirm(question, default=False, err=True):
        console.refuse("nothing was changed")
        raise typer.Exit(1)
