"""`import-participants`: registrations and signed lists become numbers, sectors and languages; names stay in a private file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecocsme.cli import console, options
from ecocsme.errors import visible

if TYPE_CHECKING:
    from ecocsme.chain.registering import Registered


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import-participants")(import_participants)


def import_participants(
    arguments: Annotated[list[str], typer.Argument(metavar="[EVENT] FILE", help="The event (where there are several) and the list.")],
    *,
    came: Annotated[bool, typer.Option("--came", help="The list is of those who came: signed, not registered.")] = False,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help="What a column holds: C=sector, Title=name, D=- to leave it out; repeatable."),
    ] = None,
    dry_run: options.DryRun = False,
    form: options.Form = options.Printed.text,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Import registrations or the signed list.

    An Excel, LibreOffice or CSV file. Each person gets a number in participants.csv and keeps it; names and addresses go to
    names.csv alone, which git ignores, and are never printed. The sectors that the event wants are held against those who are there.
    """
    from ecocsme.chain import registering

    folder = options.here(project, quiet=quiet)
    if len(arguments) > 2:  # noqa: PLR2004  # the event and one list
        raise typer.BadParameter("name one list at a time", param_hint="FILE")
    event = folder.one_event(arguments[0] if arguments[1:] else None, Path.cwd())
    done = registering.register(folder, event, Path(arguments[-1]), came=came, said=columns or (), dry_run=dry_run)
    if form is options.Printed.json:
        console.envelope("import-participants", done.problems, _as_data(event, done, dry_run=dry_run))
    else:
        _show(event, done, dry_run=dry_run)


def _show(event: str, done: Registered, *, dry_run: bool) -> None:
    console.wrote(done.written)
    read = ", ".join(f"“{visible(title, 40)}” as {field}" for field, title in done.columns.items())
    console.say(f"{event}: columns: {read}")
    if done.left_out:
        console.say(f"{event}: left out: {', '.join(f'“{visible(title, 40)}”' for title in done.left_out)}")
    console.say(f"{event}: {done.rows} {'row' if done.rows == 1 else 'rows'}: {len(done.new)} new, {len(done.known)} known")
    for text in done.said:
        console.say(f"{event}: the list: {text}")
    if done.missing:
        console.say(f"{event}: {len(done.missing)} who were known are not in this list; they stay")
    for sentence in done.sentences:
        console.say(f"{event}: {sentence}")
    console.warn(done.problems)
    if dry_run:
        console.would()


def _as_data(event: str, done: Registered, *, dry_run: bool) -> dict[str, object]:
    return {
        "event": event,
        "dry_run": dry_run,
        "written": done.written,
        "rows": done.rows,
        "new": done.new,
        "known": done.known,
        "missing": done.missing,
        "columns": dict(done.columns),
        "left_out": done.left_out,
        "sectors": [{"sector": one.sector, "wanted": one.wanted, "there": one.there, "lacking": one.lacking} for one in done.quotas],
    }
