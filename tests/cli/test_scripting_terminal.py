"""The bar of a longer command and the colours of a table: at a terminal only, only where they are wanted, and without a trace."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import REPOSITORY
from support.small_project import make
from support.terminal import typed

SCREEN = {"TERM": "xterm", "COLUMNS": "100", "PYTHONPATH": str(REPOSITORY)}
IMPORT = ("import-notes", "inbox", "--dry-run")
COUNT = re.compile(r"[━╸╺]+\S* [1-3]/3 ")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
WITNESS = (
    "import atexit, os, sys\natexit.register(lambda: open(os.environ['LOADED'], 'w', encoding='utf-8').write(' '.join(sys.modules)))\n"
)


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """A small project, and three sheets that take longer than a second to import on any machine of today."""
    root = make(tmp_path / "project").root
    (root / "inbox").mkdir()
    for number in range(3):
        rows = (f"{row % 6 + 1},{row % 3 + 1},answer {number} {row},\n" for row in range(8_000))
        (root / "inbox" / f"s{number}.csv").write_text("table,round,q1,q2\n" + "".join(rows), "utf-8")
    return root


def left(screen: str) -> list[str]:
    """What a terminal shows in the end: each line after all that was written over it or wiped away."""
    lines, row, column = [""], 0, 0
    for control, text in re.findall(r"(\x1b\[[?0-9;]*[A-Za-z]|[\r\n])|([^\x1b\r\n]+)", screen):
        if control == "\r":
            column = 0
        elif control == "\n":
            row += 1
            lines += [""] * (row == len(lines))
        elif control == "\x1b[1A":
            row -= 1
        elif control == "\x1b[2K":
            lines[row] = ""
        elif text:
            lines[row] = lines[row][:column].ljust(column) + text + lines[row][column + len(text) :]
            column += len(text)
        else:
            assert control in ("\x1b[?25l", "\x1b[?25h") or COLOUR.fullmatch(control), f"{control!r} is not known to this terminal"
    return [line.rstrip() for line in lines]


@pytest.mark.slow
def test_a_bar_comes_after_a_second_and_leaves_no_trace(long: Path) -> None:
    """It counts the sheets; in the end the screen begins with the table, as it does without a bar, and the cursor is back, too."""
    code, screen = typed(IMPORT, [], cwd=long, environment=SCREEN)
    quiet_code, quiet = typed([*IMPORT, "--quiet"], [], cwd=long, environment=SCREEN)
    assert (code, quiet_code) == (0, 0), screen
    assert COUNT.search(COLOUR.sub("", screen))
    assert "inbox/s2.csv" in screen
    table = [line for line in left(quiet) if not line.startswith("inbox/")][:-1]
    assert left(screen)[: len(table)] == table
    assert table[-1].startswith("└")
    assert not COUNT.search("\n".join(left(screen)))
    assert screen.count("\x1b[?25l") == screen.count("\x1b[?25h")
    assert "s1.csv: q1: 8000" in left(screen)


@pytest.mark.slow
def test_no_bar_is_drawn_where_nobody_wants_one(long: Path) -> None:
    """With --quiet, at a terminal that can only print, and where talk goes into a file, no sign of a bar is printed."""
    for arguments, terminal in (((*IMPORT, "--quiet"), "xterm"), (IMPORT, "dumb")):
        code, screen = typed(arguments, [], cwd=long, environment={**SCREEN, "TERM": terminal})
        assert code == 0, screen
        assert COUNT.search(COLOUR.sub("", screen)) is None
        assert "\x1b[?25l" not in screen
    command = [sys.executable, "-m", "ecocsme", *IMPORT]
    done = subprocess.run(command, cwd=long, env={**os.environ, **SCREEN}, capture_output=True, encoding="utf-8", check=True)
    assert "\x1b" not in done.stdout + done.stderr
    assert "━ " not in done.stderr


def test_what_takes_no_second_does_not_load_a_bar(tmp_path: Path) -> None:
    """At a terminal, a check that is done at once has not loaded Rich."""
    root = make(tmp_path / "project").root
    (tmp_path / "witness").mkdir()
    (tmp_path / "witness" / "sitecustomize.py").write_text(WITNESS, "utf-8")
    path = os.pathsep.join((str(tmp_path / "witness"), str(REPOSITORY)))
    code, screen = typed(["check"], [], cwd=root, environment={**SCREEN, "PYTHONPATH": path, "LOADED": str(tmp_path / "loaded")})
    modules = set((tmp_path / "loaded").read_text("utf-8").split())
    assert (code, "ecocsme.cli.bar" in modules, "rich" in modules) == (0, True, False), screen


@pytest.mark.parametrize(("more", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colours_are_left_out_where_they_are_not_wanted(tmp_path: Path, more: dict[str, str], *, coloured: bool) -> None:
    """A table at a terminal has styles, but none with NO_COLOR or at a terminal that knows none."""
    code, screen = typed(["status"], [], cwd=make(tmp_path / "project").root, environment={**SCREEN, **more})
    assert (code, bool(COLOUR.search(screen))) == (0, coloured), screen


def test_an_interrupted_question_ends_with_130(tmp_path: Path) -> None:
    """Ctrl+C at a question is no refusal: it says that nothing was left half done, and ends as every interrupted command."""
    root, screen = make(tmp_path / "project").root, b""
    child, terminal = pty.fork()  # a terminal of its own, which turns Ctrl+C into a signal
    if not child:
        os.chdir(root)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a test run in the background ignores it, and would hand that on
        os.execve(sys.executable, [sys.executable, "-m", "ecocsme", "new-lab", "next"], {**os.environ, **SCREEN})  # noqa: S606  # as meant
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.5)[0]:
            try:
                screen += os.read(terminal, 1000)
            except OSError:  # it has ended
                break
        elif b": " in screen:
            os.write(terminal, b"\x03")  # again, should it have come a moment before Python began to read
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 130, screen
    assert b"interrupted; nothing was left half done" in screen
    assert not (root / "events" / "next").exists()
