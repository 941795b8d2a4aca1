"""The root of all commands: their order, the version, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import signal
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ecocsme import __version__
from ecocsme.cli import (
    building,
    checking,
    console,
    deciding,
    demonstrating,
    following,
    forgetting,
    importing,
    registering,
    scaffolding,
    seating,
    shelving,
    starting_late,
    withdrawing,
)
from ecocsme.cli.late import Commands
from ecocsme.errors import EcocsmeError, MissingInput


class Group(TyperGroup):
    """Shows the commands in the order of the chain, and turns errors of ours into one message and an exit code."""

    def __init__(self, **given: Any) -> None:
        """Hold the commands of all rooms, none of them made yet."""
        super().__init__(**given)
        self.late = Commands(rooms)
        self.commands: Any = self.late

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands without making them."""
        TyperGroup(commands=self.late.listed()).format_commands(ctx, formatter)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # as Typer calls it
        """Name the commands as they follow each other in a lab, not by the alphabet."""
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; whatever a person can mend ends as a message with exit code 1, or 2 where a flag is missing."""
        try:
            result = super().invoke(ctx)
            console.flush()
        except MissingInput as error:
            console.complain(error)
            raise typer.Exit(2) from None
        except EcocsmeError as error:
            console.complain(error)
            # all is said: what a library says while the refused work is cleared away (openpyxl on a full disk) is no more than noise
            sys.unraisablehook = lambda _: None
            raise typer.Exit(1) from None
        except (KeyboardInterrupt, typer.Abort):  # Typer makes one of the other while it asks
            console.refuse("interrupted; nothing was left half done")
            raise typer.Exit(130) from None
        return result


app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,  # Rich help costs 70 ms
    pretty_exceptions_enable=False,  # local values hold people's answers
    no_args_is_help=True,
    add_completion=True,  # Typer loads what it needs for this in any case
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:  # noqa: FBT001  # Typer hands it in by position
    if asked:
        console.result(f"ecocsme {__version__}")
        raise typer.Exit


_Version = Annotated[bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)]


@app.callback()
def root(_asked: _Version = False) -> None:
    """From a workshop's event file to agenda, press release, imported answers and an action plan in Word.

    Start with `ecocsme demo demo`, or with `ecocsme new-lab NAME` in an empty folder.
    """


rooms = typer.Typer()  # only holds what is registered with it: `app` would make every command at each start
for room in (
    demonstrating,
    scaffolding,
    checking,
    building,
    registering,
    seating,
    starting_late,
    importing,
    withdrawing,
    forgetting,
    deciding,
    following,
    shelving,
):
    room.register(rooms)


def run() -> None:
    """Run the command line with text that any console can show."""
    console.prepare()
    try:
        app()
    except BrokenPipeError:
        # `ecocsme ... | head`: whoever read us has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        if error.filename is not None:
            raise
        console.refuse(f"the output cannot be written ({error.strerror})")
        os._exit(1)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is done is done: to leave takes a moment more
