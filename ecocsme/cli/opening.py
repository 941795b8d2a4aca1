"""`--open`: what was built, in the program that the system has for it; only for somebody who sits at a terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from ecocsme.cli import console

Opener = Callable[[Path], None]


def open_built(root: Path, paths: Sequence[str], *, terminal: bool | None = None, opener: Opener | None = None) -> None:
    """Open each document; of one that there is in Word and in Markdown, the one in Word. Say so where that cannot be done."""
    seen = {path.rpartition(".")[0] for path in paths if not path.endswith(".md")}
    wanted = [path for path in paths if not path.endswith(".md") or path.rpartition(".")[0] not in seen]
    if not (sys.stdout.isatty() if terminal is None else terminal):
        console.say("nothing was opened: this is no terminal")
        return
    chosen = opener or system()
    if chosen is None:
        console.say("nothing was opened: this system has no program that opens files (xdg-open)")
        return
    for path in wanted:
        try:
            chosen(root / path)
        except OSError as error:
            console.say(f"{path}: could not be opened ({error.strerror})")


def system() -> Opener | None:
    """How this system opens a file; None where it has no way."""
    if sys.platform == "win32":
        return os.startfile
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    return None if program is None else _starter(program)


def _starter(program: str) -> Opener:
    """Start a program and do not wait for it: some stay as long as the document is open."""

    def start(path: Path) -> None:
        subprocess.Popen(  # noqa: S603  # the system's own program, on a file that we have just written
            [program, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )

    return start
