"""R2: each call that writes fails once, and from then on, with each error of a full, broken, closed or forbidden disk."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from faults.forks import CODES, Forked, Forks
from faults.scratch import Ended, Outcome, surroundings
from faults.writers import Bench, writers

ERRORS = tuple(itertools.product(CODES, (False, True)))
SYSTEM_CALLS = ("write", "fsync", "rename,renameat,renameat2", "link,linkat", "mkdir,mkdirat", "unlink,unlinkat,rmdir")
TRACED = frozenset({"import-notes", "a correction", "decide"})
COMPLETES = "the next ecocsme command completes it"


def cases(scratch: Path, reduced: bool) -> Iterator[Outcome]:  # noqa: FBT001  # as every recipe is called
    """All cases of the recipe."""
    with Forks() as run:
        for number, writer in enumerate(writers(scratch, run, reduced=reduced)):
            bench = Bench(writer, scratch, run)
            yield from _sampled(bench, number) if reduced else _all(bench)
            if writer.name in TRACED and not reduced:
                yield from _traced(bench)


def _all(bench: Bench) -> Iterator[Outcome]:
    """Fail call after call, until the command makes no more calls than that."""
    for code, on in ERRORS:
        for at in itertools.count(1):
            ended = _failed(bench, at, code, on=on)
            yield _judged(bench, at, code, ended, on=on)
            if ended.calls < at:
                break


def _sampled(bench: Bench, first: int) -> Iterator[Outcome]:
    """Fail every few calls, with one error after the other."""
    errors = itertools.cycle(ERRORS)
    for at in range(1 + first % 3, bench.calls + 1, max(1, bench.calls // 10)):
        code, on = next(errors)
        yield _judged(bench, at, code, _failed(bench, at, code, on=on), on=on)
    for at in (2, 3):  # the journal is the first that moves: here the files themselves are on their way
        ended = bench.run(bench.fresh(), bench.writer.command, at, "ENOSPC", kind="replace")
        if ended.calls >= at:
            yield _judged(bench, at, "ENOSPC within the moves,", ended, on=False)


def _failed(bench: Bench, at: int, code: str, *, on: bool) -> Forked:
    return bench.run(bench.fresh(), bench.writer.command, at, code, on=on)


def _judged(bench: Bench, at: int, code: str, ended: Forked, *, on: bool) -> Outcome:
    case = f"{bench.writer.name}: {code} at call {at}{' and after' if on else ''}"
    return Outcome(case, _wrong(bench, ended.code, ended.out, ended.err) or bench.mended())


def _wrong(bench: Bench, code: int, out: str, err: str) -> str:
    """What is wrong with how a command ended and what it left; nothing where it is done, or refused in a line."""
    state = bench.state()
    if code == 0:
        return "" if state == "after" else f"says that it is done, but the folder is {state or 'half'} as before"
    if COMPLETES in err:
        return Ended(code, out, err).fault(1, "only a part could be written", 1)
    if state == "after" and "output cannot be written" in err:
        return ""
    return Ended(code, out, err).fault(1, lines=1) or (
        "" if state == "before" else f"is refused, but the folder is {state or 'half'}: {err}"
    )


def _traced(bench: Bench) -> Iterator[Outcome]:
    """The same by the kernel, which knows calls that no wrapper sees."""
    if not _can_trace():
        yield Outcome(f"{bench.writer.name}: by strace", skipped="strace is not installed, or not allowed")
        return
    for calls, code in itertools.product(SYSTEM_CALLS, ("ENOSPC", "EIO")):
        for at in itertools.count(1):
            trace = bench.root.parent / "trace"
            told = ["-f", "-qq", "-o", str(trace), "-e", f"trace={calls}", "-e", f"inject={calls}:error={code}:when={at}"]
            done = subprocess.run(
                ["strace", *told, sys.executable, "-m", "ecocsme", *bench.writer.command],  # noqa: S607  # where it is installed
                cwd=bench.fresh(),
                env=surroundings(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            yield Outcome(
                f"{bench.writer.name}: {calls} {at}, {code}", _wrong(bench, done.returncode, done.stdout, done.stderr) or bench.mended()
            )
            if "INJECTED" not in trace.read_text("utf-8", "replace"):
                break


def _can_trace() -> bool:
    if shutil.which("strace") is None:
        return False
    return not subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], check=False, capture_output=True).returncode  # noqa: S607  # where it is
