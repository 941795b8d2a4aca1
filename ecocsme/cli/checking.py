"""`check`: all problems of the whole folder at once."""

from __future__ import annotations

from typing import Annotated

import typer

from ecocsme.cli import console, options


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(check)


def check(
    project: options.Project = None,
    templates: options.Templates = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as problems.")] = False,
    codes: Annotated[bool, typer.Option("--codes", help="List what is checked, and stop.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Find all problems of the whole project folder at once.

    One line each: file, line, field, what is wrong and what to do. Ends with 1 if there are errors, else with 0.
    """
    from ecocsme.checks.run import CHECKS, check_folder

    if codes:
        console.wrote([f"{one.code:<18} {one.about}" for one in CHECKS])
        return
    problems = check_folder(options.here(project, templates, quiet=quiet))
    console.wrote([str(problem) for problem in problems])
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    console.say(f"{errors} errors, {warnings} warnings" if problems else "no problems found")
    if errors or (strict and warnings):
        raise typer.Exit(1)
