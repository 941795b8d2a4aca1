"""`check`: all problems of the whole folder at once."""

from __future__ import annotations

import enum
from typing import Annotated

import typer

from ecocsme.cli import console, options
from ecocsme.errors import Problem


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(check)


class Form(enum.Enum):
    """How problems are printed."""

    text = "text"
    json = "json"
    github = "github"


def check(
    project: options.Project = None,
    templates: options.Templates = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as problems.")] = False,
    form: Annotated[
        Form, typer.Option("--format", help="text for people, json for programs, github for notes beside the lines of a change.")
    ] = Form.text,
    codes: Annotated[bool, typer.Option("--codes", help="List what is checked, and stop.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Find all problems of the project at once.

    One line each: file, line, field, what is wrong and what to do. Ends with 1 if there are errors, else with 0.
    """
    from ecocsme.checks.run import CHECKS, check_folder

    if codes:
        console.wrote([f"{one.code:<18} {one.about}" for one in CHECKS])
        return
    folder = options.here(project, templates, quiet=quiet)
    with console.waiting("checking") as progress:
        problems = check_folder(folder, progress)
    if form is Form.json:
        console.envelope("check", problems, {})
    else:
        console.wrote([_annotation(problem) if form is Form.github else str(problem) for problem in problems])
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    console.say(f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}" if problems else "no problems found")
    if errors or (strict and warnings):
        raise typer.Exit(1)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _annotation(problem: Problem) -> str:
    """A problem as GitHub shows it beside the line of a change; its own signs in texts are escaped as it asks."""

    def escaped(text: str, more: str = "") -> str:
        for sign in ("%", "\r", "\n", *more):
            text = text.replace(sign, f"%{ord(sign):02X}")
        return text

    place = f"file={escaped(problem.file, ':,')}" + (f",line={problem.line}" if problem.line else "")
    said = ": ".join(part for part in (problem.field, problem.message) if part) + (f"; {problem.cure}" if problem.cure else "")
    return f"::{problem.severity} {place},title={escaped(problem.code, ':,')}::{escaped(said)}"
