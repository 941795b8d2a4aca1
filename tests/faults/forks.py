"""The command line in forked children, each with a fault at the n-th call that writes; started once, asked a thousand times.

As a script it is the server: it imports everything first, then forks a child for each order, so that a case takes
milliseconds. As a module it is the client: `with Forks() as run: run(folder, command, at=3, do="kill")`.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import json
import mmap
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

KINDS: dict[str, tuple[str, ...]] = {
    "write": ("write",),
    "fsync": ("fsync",),
    "replace": ("replace", "rename"),
    "link": ("link",),
    "open": ("open",),
    "remove": ("unlink", "remove", "rmdir"),
    "mkdir": ("mkdir",),
}
CODES = {name: getattr(errno, name) for name in ("ENOSPC", "EIO", "EROFS", "EACCES")}
KILLED = -signal.SIGKILL
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True, slots=True)
class Forked:
    """How a child has ended: its code, what it printed, and how many calls that write it made."""

    code: int
    out: str
    err: str
    calls: int


class Forks:
    """A server of forked command lines."""

    def __enter__(self) -> Self:
        """Start the server."""
        path = os.pathsep.join(str(Path(__file__).resolve().parents[up]) for up in (2, 1))
        given = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        self._server = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=given
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the server."""
        self._server.communicate()

    def __call__(
        self, cwd: Path, command: Sequence[str], at: int = 0, do: str = "", *, kind: str = "", on: bool = False, seconds: float = 0
    ) -> Forked:
        """Run a command; its call number `at` (of a kind, or of all) is killed, torn, or fails with an error, once or from there `on`.

        With `seconds` a signal ends it when it has worked for so long.
        """
        order = {"cwd": str(cwd), "command": list(command), "at": at, "do": do, "kind": kind, "on": on, "seconds": seconds}
        if self._server.stdin is None or self._server.stdout is None:
            raise RuntimeError("the server has no pipes")
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()
        return Forked(**json.loads(self._server.stdout.readline()))


def _serve() -> None:
    """Fork a child for each line of orders."""
    _load()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    shared = mmap.mmap(-1, 8)
    for line in sys.stdin:
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            shared[:] = bytes(8)
            child = os.fork()
            if child == 0:
                _be(json.loads(line), out.fileno(), err.fileno(), shared)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            said = []
            for stream in (out, err):
                stream.seek(0)
                said.append(stream.read().decode("utf-8", "replace"))
        answers.write(json.dumps({"code": code, "out": said[0], "err": said[1], "calls": int.from_bytes(shared[:], "big")}) + "\n")
        answers.flush()


def _load() -> None:
    """Import what any command may import."""
    import ecocsme

    for module in pkgutil.walk_packages(ecocsme.__path__, "ecocsme."):
        if not module.name.endswith("__main__"):
            __import__(module.name)
    gc.freeze()


def _be(order: dict[str, Any], out: int, err: int, shared: mmap.mmap) -> None:
    """Be the command line, with the fault that was ordered; never return."""
    code = 99
    try:
        null = os.open(os.devnull, os.O_RDONLY)
        for number, handle in enumerate((null, out, err)):
            os.dup2(handle, number)
        sys.stdin, sys.stdout, sys.stderr = (open(n, mode, encoding="utf-8", closefd=False) for n, mode in ((0, "r"), (1, "w"), (2, "w")))  # noqa: SIM115  # they are the process's own
        os.chdir(order["cwd"])
        sys.argv = ["ecocsme", *order["command"]]
        time.sleep = lambda _seconds: None  # whoever waits for a held file waits in vain here, and need not be waited for
        _harm(order, shared)
        if order["seconds"]:
            signal.setitimer(signal.ITIMER_PROF, order["seconds"])
        from ecocsme.cli import main

        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:  # noqa: BLE001  # this is what Python itself does with it
        traceback.print_exc()
        code = 1
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _harm(order: dict[str, Any], shared: mmap.mmap) -> None:
    """Put a counting function into the place of each function of `os` that writes."""
    kinds = [order["kind"]] if order["kind"] else [*KINDS]
    for name in (name for kind in kinds for name in KINDS[kind]):
        setattr(os, name, _harmed(getattr(os, name), name, order, shared))


def _harmed(real: Callable[..., Any], name: str, order: dict[str, Any], shared: mmap.mmap) -> Callable[..., Any]:
    def call(*given: Any, **options: Any) -> Any:
        if name == "open" and not given[1] & _WRITING:
            return real(*given, **options)
        number = int.from_bytes(shared[:], "big") + 1
        shared[:] = number.to_bytes(8, "big")
        if number == order["at"] or (order["on"] and number > order["at"] > 0):
            _strike(real, name, order["do"], given)
        return real(*given, **options)

    return call


def _strike(real: Callable[..., Any], name: str, do: str, given: tuple[Any, ...]) -> None:
    """Die here, or half of the way, or fail."""
    if do in CODES:
        names = () if isinstance(given[0], int) else (given[0], None, given[1]) if name in {"replace", "rename", "link"} else (given[0],)
        raise OSError(CODES[do], os.strerror(CODES[do]), *names)
    if do == "tear" and name == "write":
        real(given[0], given[1][: len(given[1]) // 2])
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    _serve()
