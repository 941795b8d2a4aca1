"""Options that several commands share: each is named and explained once."""

from __future__ import annotations

import enum
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecocsme.cli import console

if TYPE_CHECKING:
    from ecocsme.project.folder import Folder

Project = Annotated[
    Path | None,
    typer.Option("--project", metavar="DIR", help="The project folder. Default: the nearest folder above with a project.yaml."),
]
Templates = Annotated[
    Path | None, typer.Option("--templates", metavar="DIR", help="A folder of templates of your own, searched before all others.")
]
Template = Annotated[Path | None, typer.Option("--template", metavar="FILE", help="One template of your own for this document.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but results and problems.")]
Force = Annotated[bool, typer.Option("--force", help="Replace documents even if they were changed by hand since they were built.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask; scripts need this.")]
Open = Annotated[bool, typer.Option("--open", help="Open what was built, in its own program.")]
Language = Annotated[
    list[str] | None,
    typer.Option("--language", metavar="LANG", help="A language, e.g. ro; may be given several times. Default: all."),
]
Formats = Annotated[
    list[str] | None, typer.Option("--format", metavar="FORMAT", help="md or docx; may be given several times. Default: both.")
]
Together = Annotated[bool, typer.Option("--together", help="All languages in one file instead of one file per language.")]
Event = Annotated[
    str | None,
    typer.Argument(metavar="[EVENT]", help="The event; may be left out where there is one, or inside its folder.", show_default=False),
]
Plan = Annotated[str | None, typer.Argument(metavar="[PLAN]", help="The plan; may be left out where there is one.", show_default=False)]


class Printed(enum.Enum):
    """How a result is printed: for people, for programs, or as notes beside the lines of a change."""

    text = "text"
    json = "json"


Form = Annotated[Printed, typer.Option("--format", help="text for people, json for programs.")]


def here(project: Path | None, templates: Path | None = None, *, quiet: bool = False) -> Folder:
    """Find the project folder that a command works in, and finish what a killed command left behind."""
    from ecocsme.errors import InvalidFile, Problem
    from ecocsme.files.locking import clear
    from ecocsme.files.writing import finish
    from ecocsme.project import folder as folder_file

    console.hush(quiet=quiet)
    found = folder_file.find(Path.cwd(), project)
    finish(found.root)
    for event in found.events():
        clear(found.event_folder(event))
    if templates is None:
        return found
    if not templates.is_dir():
        raise InvalidFile([Problem(templates.as_posix(), "there is no such folder of templates", "check the name after --templates")])
    return folder_file.Folder(found.root, (templates.resolve(),))


def here_or_nowhere(project: Path | None) -> Folder:
    """Find the project folder; outside of any project, take the current folder, which has nothing of its own."""
    from ecocsme.errors import InvalidFile
    from ecocsme.project import folder as folder_file

    try:
        return folder_file.find(Path.cwd(), project)
    except InvalidFile:
        return folder_file.Folder((project or Path.cwd()).resolve())


def day(option: str, value: str) -> date:
    """Read a date from the command line, as event files write it; a wrong one is wrong usage."""
    from ecocsme.files.values import read_day

    try:
        return read_day(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no date such as 2020-10-20 or 20.10.2020", param_hint=option) from None
