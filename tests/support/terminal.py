"""A real terminal for commands that ask: what is typed goes in line by line, what the screen shows comes out."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path


def typed(
    arguments: Sequence[str], lines: Sequence[str], *, cwd: Path, environment: dict[str, str], seconds: float = 30
) -> tuple[int, str]:
    """Run the command in a terminal, type each line when a prompt waits for it; return its exit code and the screen."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "ecocsme", *arguments]
    with subprocess.Popen(
        command, cwd=cwd, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True, env={**os.environ, **environment}
    ) as process:
        os.close(theirs)
        screen, waiting, end = b"", list(lines), time.monotonic() + seconds
        while time.monotonic() < end:
            ready, _, _ = select.select([ours], [], [], 0.05)
            if ready:
                try:
                    piece = os.read(ours, 65536)
                except OSError:
                    break
                if not piece:
                    break
                screen += piece
            elif process.poll() is not None:
                break
            elif screen.endswith(b": ") and waiting:
                os.write(ours, waiting.pop(0).encode() + b"\n")
        if process.poll() is None and time.monotonic() >= end:
            process.kill()
        code = process.wait(5)
    os.close(ours)
    return code, screen.decode("utf-8", "replace")
