"""R1: kill -9 before and within each call that writes, and at moments spread over a long import."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ecocsme.files.writing import STAGE
from faults.forks import KILLED, Forks
from faults.scratch import Outcome, copied, ecocsme, surroundings
from faults.writers import Bench, writers
from support import small_project
from support.small_project import EVENT, leftovers, sheet, tree

HEADER = ("Masa", "Runda", "q1", "q2", "q3")
THIRD = '  - id: q3\n    ro: "Ce ați încerca întâi?"\n    en: "What would you try first?"\n'


def cases(scratch: Path, reduced: bool) -> Iterator[Outcome]:  # noqa: FBT001  # as every recipe is called
    """All cases of the recipe."""
    with Forks() as run:
        for writer in writers(scratch, run, reduced=reduced):
            yield from _each_call(Bench(writer, scratch, run), reduced=reduced)
    yield from _moments(scratch / "first", rows=600 if reduced else 3_000, points=10 if reduced else 200, corrected=False)
    yield from _moments(scratch / "second", rows=600 if reduced else 3_000, points=6 if reduced else 100, corrected=True)


def _each_call(bench: Bench, *, reduced: bool) -> Iterator[Outcome]:
    """Kill a command before each of its calls, and in the middle of each of its writes; both ends must be seen."""
    step = max(1, bench.calls // 6) if reduced else 1
    calls = {*range(1, bench.calls + 1, step), *range(max(1, bench.calls - 2), bench.calls + 1)}
    for at in sorted(calls):
        ended = bench.run(bench.fresh(), bench.writer.command, at, "kill")
        fault = bench.mended() if ended.code == KILLED else f"was not killed: exit code {ended.code}"
        yield Outcome(f"{bench.writer.name}: killed before call {at} of {bench.calls}", fault)
    at = 1
    while bench.run(bench.fresh(), bench.writer.command, at, "tear", kind="write").code == KILLED:
        yield Outcome(f"{bench.writer.name}: killed within write {at}", bench.mended())
        at += step
    seen = "" if all(bench.seen.values()) else f"only one of two ends was seen: {bench.seen}"
    yield Outcome(f"{bench.writer.name}: before and after", seen)


def _moments(scratch: Path, *, rows: int, points: int, corrected: bool) -> Iterator[Outcome]:
    """Kill a long import at moments over its whole length, the second half of them while it writes."""
    start = small_project.make(scratch / "start").root
    event = start / "events" / EVENT / "event.yaml"
    event.write_text(event.read_text("utf-8") + THIRD, encoding="utf-8")
    command = ["import-notes", EVENT, str(_long(scratch / "inbox", rows, "nou"))]
    if corrected:
        ecocsme("import-notes", EVENT, _long(scratch / "old", rows, "vechi"), cwd=start)
        command += ["--replaces", "masa.csv", "--accept-withdrawn"]
    before = tree(start)
    root = copied(start, scratch / "work")
    reading, writing = _measured(root, command)
    after = tree(root)
    said = {"before": ecocsme("check", cwd=start).said, "after": ecocsme("check", cwd=root, seconds=600).said}
    ends = {"before": 0, "after": 0}
    case = f"a long {'correction' if corrected else 'import'}"
    for point in range(points):
        copied(start, root)
        late = point >= points // 2
        share = (point - points // 2 if late else point) / (points // 2)
        _kill(root, command, share * (writing * 1.1 if late else reading), late=late)
        yield Outcome(f"{case}, killed at point {point}", _whole(root, command, before, after, said, ends))
    seen = "" if all(ends.values()) or points < 100 else f"only one of two ends was seen: {ends}"  # a busy machine shifts few points
    yield Outcome(f"{case}: before and after", seen)


def _whole(
    root: Path, command: list[str], before: dict[str, str], after: dict[str, str], said: dict[str, str], ends: dict[str, int]
) -> str:
    """What is wrong with a folder after a kill, a check, and the same import again."""
    checked = ecocsme("check", cwd=root, seconds=600)
    now = tree(root)
    state = "before" if now == before else "after" if now == after else ""
    if checked.said != said.get(state):
        return f"is neither before nor after: {checked.said[:300]}"
    ends[state] += 1
    again = ecocsme(*command, cwd=root, seconds=600)
    if again.code or tree(root) != after:
        return f"a second run does not complete it (exit code {again.code}): {again.err[-300:]}"
    return f"leaves {leftovers(root)[0]}" if leftovers(root) else ""


def _long(folder: Path, rows: int, word: str) -> Path:
    written = [(str(n % 6 + 1), str(n % 3 + 1), f"{word} {n}, cu virgulă", f"{word} și {n}", f"a treia {n}") for n in range(rows)]
    return sheet(folder, rows=written, header=HEADER)


def _begin(root: Path, command: list[str]) -> subprocess.Popen[bytes]:
    whole = [sys.executable, "-m", "ecocsme", *command]
    return subprocess.Popen(whole, cwd=root, env=surroundings(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _wait_for_writing(child: subprocess.Popen[bytes], root: Path) -> None:
    while child.poll() is None and not (root / STAGE).exists():
        time.sleep(0.0005)


def _measured(root: Path, command: list[str]) -> tuple[float, float]:
    """How long a run reads and how long it writes, in seconds."""
    began = time.monotonic()
    with _begin(root, command) as child:
        _wait_for_writing(child, root)
        wrote = time.monotonic()
    return wrote - began, time.monotonic() - wrote


def _kill(root: Path, command: list[str], seconds: float, *, late: bool) -> None:
    with _begin(root, command) as child:
        if late:
            _wait_for_writing(child, root)
        time.sleep(seconds)
        child.kill()
