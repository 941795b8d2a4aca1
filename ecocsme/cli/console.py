"""What people see: results on stdout, talk and refusals on stderr, tables by Rich (the only module that knows it)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

from ecocsme.errors import Problem, visible

_quiet = False


def prepare() -> None:
    """Let every console show what it can: letters that its code page lacks are escaped, never fatal."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # a pipe is read by programs, which expect UTF-8; a screen says itself what it can show
            reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace", newline="\n")


def hush(*, quiet: bool) -> None:
    """Leave out the talk of this command."""
    global _quiet  # noqa: PLW0603  # one command, one console
    _quiet = quiet


def result(text: str) -> None:
    """Print a result."""
    print(text, file=sys.stdout)  # noqa: T201  # the one place that prints


def say(text: str) -> None:
    """Tell what is being done."""
    if not _quiet:
        print(text, file=sys.stderr)  # noqa: T201  # the one place that prints


def refuse(text: str) -> None:
    """Say why something was not done."""
    print(text, file=sys.stderr)  # noqa: T201  # the one place that prints


def complain(error: Exception) -> None:
    """Print the message of an error of ours."""
    refuse(str(error))


def warn(problems: Iterable[Problem]) -> None:
    """Print warnings; they are no talk, and are printed even when asked to be quiet."""
    for problem in problems:
        refuse(str(problem))


def wrote(paths: Sequence[str]) -> None:
    """Print the files that were built, one a line."""
    for path in paths:
        result(path)


def would() -> None:
    """Say that what was just shown was not written."""
    say("nothing was written (--dry-run)")


def envelope(command: str, problems: Iterable[Problem], found: Mapping[str, object]) -> None:
    """Print a result for programs: one JSON object with the format's version, the command, its problems and its result."""
    import json
    from dataclasses import asdict

    whole = {"format": 1, "command": command, "problems": [asdict(problem) for problem in problems], "result": found}
    result(json.dumps(whole, ensure_ascii=False, indent=1))


def flush() -> None:
    """Hand everything over before the command says that it is done."""
    sys.stdout.flush()


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; numbers stand on the right."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(title=Text(visible(title)), title_justify="left")
    listed = [list(row) for row in rows]
    for index, column in enumerate(columns):
        numbers = all(row[index].isdigit() for row in listed) and bool(listed)
        drawn.add_column(column, justify="right" if numbers else "left", overflow="fold")
    for row in listed:
        drawn.add_row(*(Text(visible(value)) for value in row))
    Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 200).print(drawn)


def steps(total: int) -> Callable[[str], None]:
    """Make the function that says each step of a longer command as it begins: `3/7 checking every file`."""
    numbers = iter(range(1, total + 1))
    return lambda text: say(f"{next(numbers)}/{total} {text}")
