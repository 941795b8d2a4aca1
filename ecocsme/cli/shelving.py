"""`templates`: list the templates, or copy one out for editing."""

from __future__ import annotations

from typing import Annotated

import typer

from ecocsme.cli import console, options


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("templates")(templates)


def templates(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="A template to copy into your project, e.g. documents/press-release.md.j2.", show_default=False
        ),
    ] = None,
    *,
    dry_run: options.DryRun = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """List the templates, or copy one out for editing.

    Templates, words, methods and programmes; with a NAME it is copied into templates/ of the project, where it counts first.
    """
    from ecocsme.project import shelving

    if name is not None:
        console.wrote(shelving.copy_out(options.here(project, quiet=quiet), name, dry_run=dry_run))
        if dry_run:
            console.would()
        return
    folder = options.here_or_nowhere(project)
    console.wrote([f"{found.name:<48} {'yours' if found.own else 'shipped'}" for found in shelving.listed(folder)])
