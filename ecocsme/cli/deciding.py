"""`decide` and `draft-plan`: what people decide about notes, and a first plan from the themes."""

from __future__ import annotations

import getpass
from datetime import date
from typing import Annotated, Literal

import typer

from ecocsme.cli import console, options


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("decide")(decide)
    app.command("draft-plan")(draft_plan)


def decide(
    do: Annotated[
        Literal["assign", "unassign", "leave-out"],
        typer.Argument(help="Put notes into a theme, take them out, or leave them out of everything."),
    ],
    notes: Annotated[list[str], typer.Argument(metavar="NOTES...", help="The IDs of the notes.")],
    theme: Annotated[str | None, typer.Option("--theme", help="The theme; not needed for leave-out.")] = None,
    why: Annotated[str, typer.Option("--why", help="The reason, in your own words.")] = "",
    who: Annotated[str | None, typer.Option("--who", help="Who decides. Default: the name you are logged in with.")] = None,
    when: Annotated[str | None, typer.Option("--when", metavar="DATE", help="The day of the decision. Default: today.")] = None,
    *,
    dry_run: options.DryRun = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Put notes into a theme, or leave them out.

    The decision is kept in decisions.csv, with who, when and why, and wins over everything automatic.
    """
    from ecocsme.themes import deciding

    folder = options.here(project, quiet=quiet)
    day = options.day("--when", when) if when else date.today()  # noqa: DTZ011  # the day on the wall calendar of whoever decides
    make = deciding.foreseen if dry_run else deciding.decide
    made = make(folder, do, notes, theme, why=why, who=who or getpass.getuser(), when=day)
    for decision in made:
        console.say(f"{decision.subject}: {decision.do}{f' {decision.target}' if decision.target else ''}")
    console.result("decisions.csv")
    if dry_run:
        console.would()


def draft_plan(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="The name of the plan: small letters, digits and hyphens.")],
    language: Annotated[str | None, typer.Option("--language", metavar="LANG", help="Its language. Default: the project's first.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Its title. Default: left open.")] = None,
    *,
    dry_run: options.DryRun = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Draft an action plan from the themes.

    One action per theme, its evidence filled in, everything else marked as open.
    """
    from ecocsme.plan import drafting

    folder = options.here(project, quiet=quiet)
    console.wrote(drafting.write(folder, plan, language=language, title=title, dry_run=dry_run))
    if dry_run:
        console.would()
        return
    console.say(f"replace every {drafting.OPEN}, then: ecocsme check, ecocsme build-plan {plan}")
