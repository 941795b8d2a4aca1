"""`demo`: the example project, with the whole chain run on it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ecocsme.cli import console, options


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that does not exist yet, or is empty.")],
    *,
    dry_run: options.DryRun = False,
    quiet: options.Quiet = False,
) -> None:
    """Make the example project and run the chain on it.

    From event file and answer sheets to agenda, press release and a plan in Word; at the end it says what to open.
    """
    console.hush(quiet=quiet)
    from ecocsme.chain import example

    run = example.rehearse if dry_run else example.run_example
    with console.waiting("the example project"):
        made = run(folder, console.steps(example.STEPS))
    console.say(f"{made.notes} answers {'would be imported' if dry_run else 'imported. Open in Word, Excel or a browser'}:")
    console.wrote([(folder / name).as_posix() for name in made.to_open])
    if dry_run:
        console.would()
        return
    console.say(f"Next: cd {folder.as_posix()}, change a word in plans/tm.yaml, and run: ecocsme check")
