"""R3: full, closed and short streams, and Ctrl+C at random moments."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from faults.scratch import EVENT, Ended, Outcome, built, changed, copied, ecocsme, surroundings
from support.small_project import leftovers, tree

SHOWING = (
    ("status",),
    ("trace", EVENT),
    ("check", "--codes"),
    ("templates",),
    ("build", "--dry-run", "--force"),
    ("status", "--format", "json"),
)
WRITING = (("import-notes", EVENT, "late.csv"), ("build",))
CLOSED = ("<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-")
LAUNCHED = "import os; from ecocsme.cli import main; os.write({ready}, b'.'); main()"
ROUND = 20


def cases(scratch: Path, reduced: bool) -> Iterator[Outcome]:  # noqa: FBT001  # as every recipe is called
    """All cases of the recipe."""
    root = built(scratch / "project")
    event = root / "events" / EVENT / "event.yaml"
    event.write_text(event.read_text("utf-8").replace("start: 11:00", "start: 11:00  # again"), "utf-8")
    yield from _full(root)
    yield from _closed(root, CLOSED[-2:] if reduced else CLOSED)
    yield from _short(root)
    for command in WRITING:
        yield from _interrupted(root, scratch / "copy", command, 6 if reduced else ROUND)


def _full(root: Path) -> Iterator[Outcome]:
    """Nothing can be written to a full output: that is said; what talk is lost is no failure."""
    if not Path("/dev/full").exists():
        yield Outcome("full streams", skipped="there is no /dev/full")
        return
    before = tree(root)
    for command in SHOWING:
        done = ecocsme(*command, "--quiet", cwd=root, redirected="> /dev/full")
        yield Outcome(f"{' '.join(command)} > /dev/full", done.fault(1, "the output cannot be written", 1) or changed(before, root))
        done = ecocsme(*command, cwd=root, redirected="2> /dev/full")
        yield Outcome(f"{' '.join(command)} 2> /dev/full", done.fault(0) or changed(before, root))


def _closed(root: Path, closed: Sequence[str]) -> Iterator[Outcome]:
    before = tree(root)
    for streams in closed:
        for command in SHOWING:
            done = ecocsme(*command, cwd=root, redirected=streams)
            yield Outcome(f"{' '.join(command)} {streams}", done.fault(1 if ">&-" in streams.split() else 0) or changed(before, root))
        done = ecocsme("new-lab", "next", cwd=root, redirected=streams)
        yield Outcome(f"new-lab {streams}", done.fault(2) or changed(before, root))


def _short(root: Path) -> Iterator[Outcome]:
    """Whoever reads us may stop at once, or after a line."""
    for command in SHOWING:
        for lines in (0, 1):
            with subprocess.Popen(
                [sys.executable, "-m", "ecocsme", *command],
                cwd=root,
                env=surroundings(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            ) as process:
                assert process.stdout
                assert process.stderr
                for _ in range(lines):
                    process.stdout.readline()
                process.stdout.close()
                err = process.stderr.read().decode("utf-8", "replace")
            fault = err.strip().splitlines()[-1] if "Traceback" in err or "Exception ignored" in err else ""
            yield Outcome(f"{' '.join(command)} | head -{lines}", fault)


def _interrupted(original: Path, root: Path, command: Sequence[str], times: int) -> Iterator[Outcome]:
    """Ctrl+C: 130 and the folder as it was before or as it is after; at the very end it may be too late, which is 0."""
    before = tree(original)
    copied(original, root)
    began = time.monotonic()
    done = _launched(root, command, None)
    lasts, after = time.monotonic() - began, tree(root)
    yield Outcome(f"{' '.join(command)} left alone", done.fault(0) or ("" if after != before else "writes nothing"))
    dice = random.Random(len(command))  # noqa: S311  # the same moments each time
    for _ in range(times):
        copied(original, root)
        moment = dice.uniform(0, lasts)
        done = _launched(root, command, moment)
        now = tree(root)
        fault = done.fault(done.code if done.code in (0, 130) else 130)
        if not fault and now not in (before, after):
            fault = "is neither as before nor as after: " + changed(before, root)
        if not fault and done.code == 0 and now != after:
            fault = "says that it is done, and is not"
        if not fault and leftovers(root):
            fault = f"leaves {leftovers(root)[0]}"
        yield Outcome(f"{' '.join(command)} interrupted after {moment:.3f} s", fault)


def _launched(root: Path, command: Sequence[str], moment: float | None) -> Ended:
    """Run a command and interrupt it, and what it has started, so long after its own first moment."""
    ours, theirs = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-c", LAUNCHED.format(ready=theirs), *command],
        cwd=root,
        env=surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=(theirs,),
        start_new_session=True,
    ) as process:
        os.close(theirs)
        os.read(ours, 1)
        os.close(ours)
        if moment is not None:
            time.sleep(moment)
            os.killpg(process.pid, signal.SIGINT)
        try:
            out, err = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            return Ended(-1, "", "")
    return Ended(process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))
