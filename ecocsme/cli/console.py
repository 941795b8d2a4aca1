"""What people see: results on stdout, talk and refusals on stderr, tables by Rich (the only module that knows it)."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from ecocsme.errors import Problem, visible

if TYPE_CHECKING:
    from rich.progress import Progress as Drawn

    from ecocsme.cli.bar import Bar
    from ecocsme.files.progress import Progress

_HIGH = 25  # lines, which no table asks for; without it Rich takes a plain terminal for 80 columns wide
_quiet = False
_bar: Bar | None = None


def prepare() -> None:
    """Let every console show what it can: letters that its code page lacks are escaped, never fatal."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # closed, as by `<&-`: the next file that is opened would take this place, and be read or written by mistake
            os.open(os.devnull, os.O_RDWR)
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
    """Print a result; one that nobody can receive is an error."""
    _make_way()
    print(text, file=sys.stdout)  # noqa: T201  # the one place that prints


def say(text: str) -> None:
    """Tell what is being done."""
    if not _quiet:
        refuse(text)


def refuse(text: str) -> None:
    """Say why something was not done; where nobody can hear it, the exit code says it."""
    _clear()
    if sys.stderr is not None:  # `print` would take standard output in its place
        with contextlib.suppress(OSError):
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
    if sys.stdout is not None:
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
    _make_way()
    Console(file=sys.stdout, highlight=False, width=_width(), height=_HIGH, color_system=_colours()).print(drawn)


def _width() -> int | None:
    """As wide as the screen; a plain one is not as narrow as Rich believes, and a pipe has room."""
    if not _is_screen(sys.stdout):
        return 200
    if os.environ.get("TERM") != "dumb":
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def _colours() -> Literal["auto"] | None:
    """Without colours and styles where NO_COLOR asks for it; a pipe and a dumb terminal have none in any case."""
    return None if os.environ.get("NO_COLOR") else "auto"


def can_ask() -> bool:
    """Whether somebody sits at a terminal and can answer."""
    return _is_screen(sys.stdin)


def steps(total: int) -> Callable[[str], None]:
    """Make the function that says each step of a longer command as it begins: `3/7 checking every file`."""
    numbers = iter(range(1, total + 1))

    def step(text: str) -> None:
        number = next(numbers)
        say(f"{number}/{total} {text}")
        if _bar:
            _bar.tell(text, number, total)

    return step


@contextlib.contextmanager
def waiting(what: str) -> Iterator[Progress]:
    """Show at a terminal how far something is, once nothing was said for a second; when it is done, no trace of that is left."""
    global _bar  # noqa: PLW0603  # one command, one console
    from ecocsme.files.progress import silent

    if _quiet or not _is_screen(sys.stderr) or os.environ.get("TERM") == "dumb":
        yield silent
        return
    from ecocsme.cli.bar import Bar

    _bar = Bar(what, _drawn)
    try:
        yield _bar.tell
    finally:
        _bar.end()
        _bar = None


def still() -> None:
    """End the bar, since somebody is going to be asked."""
    if _bar:
        _bar.end()


def _drawn() -> Drawn:
    """A bar on standard error that has no trace left when it is stopped."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    screen = Console(stderr=True, color_system=_colours())
    columns = (BarColumn(20), TextColumn("{task.fields[count]}"), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    return Progress(*columns, console=screen, transient=True, redirect_stdout=False, redirect_stderr=False)


def _make_way() -> None:
    """Refuse to show a result where standard output was closed: `print` would drop it without a word."""
    _clear()
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _clear() -> None:
    """Take the bar off the screen before anything is printed; it comes back after another quiet second."""
    if _bar:
        _bar.hide()


def _is_screen(stream: object) -> bool:
    """Whether a stream is a terminal; one that was closed is None."""
    asks = getattr(stream, "isatty", None)
    return bool(asks and asks())
