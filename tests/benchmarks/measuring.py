"""Whole processes, timed from start to exit: ours and the peer in turn, and the median of the pairs."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str | Path]
NOT_FOR_FIGURES = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONSTARTUP", "PYTHONWARNINGS")


class WrongResult(Exception):
    """A command has ended, but what it made is not what was asked for."""


@dataclass(frozen=True, slots=True)
class Ended:
    """One run: what the clock and the system say about it, what it printed, and how it ended."""

    seconds: float
    megabytes: float
    out: str
    code: int


def _nothing() -> None:
    return None


def _anything(_ended: Ended) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the table: two commands that do the same, or ours alone, and the bars that ours is held to.

    `before` runs before each of our runs and is not timed. `ours_made` and `peer_made` look at a result and raise
    WrongResult. `inner` says that the commands print the seconds of the work itself. `refusal` lets ours refuse.
    Where results differ in how good they are, `reached` counts `what` is bad in one, `most` is the bar for ours, and
    `beside` are figures of others.
    """

    title: str
    ours: Command
    peer: Command | None = None
    ratio: float | None = None
    seconds: float | None = None
    megabytes: float | None = None
    pairs: int = 7
    before: Callable[[], None] = _nothing
    ours_made: Callable[[Ended], None] = _anything
    peer_made: Callable[[Ended], None] = _anything
    cwd: Path | None = None
    inner: bool = False
    refusal: bool = False
    reached: Callable[[Ended], int] | None = None
    most: int | None = None
    what: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """What came out of a case: medians of both sides, the median ratio of the pairs, and our highest peak."""

    case: Case
    ours: float
    peer: float | None
    ratio: float | None
    megabytes: float
    refused: str = ""
    reached: float | None = None
    peer_reached: float | None = None

    @property
    def held(self) -> bool | None:
        """Whether every bar is held; None where the case has none."""
        bars = (
            (self.ratio, self.case.ratio),
            (self.ours, self.case.seconds),
            (self.megabytes, self.case.megabytes),
            (self.reached, self.case.most),
        )
        compared = [found <= bar for found, bar in bars if found is not None and bar is not None]
        return all(compared) and not self.refused if compared else None


def measure(case: Case, pairs: int | None = None, *, processor: bool = False) -> Figure:
    """Run a case and check what both sides have made; the first pair warms the caches and does not count.

    With `processor` the time is what the processor spent, which tells more where others work on the same machine.
    """
    runs = list(_runs(case, 1 + (pairs or case.pairs), processor=processor))
    counted = runs[1:] if case.peer is not None or len(runs) > 2 else runs
    ours = [one for one, _ in counted]
    others = [other for _, other in counted if other is not None]
    ratio = statistics.median(one.seconds / other.seconds for one, other in zip(ours, others, strict=True)) if others else None
    refused = next((one.out.strip().splitlines()[0] for one in ours if one.code), "")
    return Figure(
        case,
        statistics.median(one.seconds for one in ours),
        statistics.median(other.seconds for other in others) if others else None,
        ratio,
        max(one.megabytes for one in ours),
        refused,
        *(statistics.median(map(case.reached, side)) if case.reached and side and not refused else None for side in (ours, others)),
    )


def _runs(case: Case, count: int, *, processor: bool) -> Iterator[tuple[Ended, Ended | None]]:
    for _ in range(count if case.peer is not None else count - 1):
        case.before()
        ours = _ended(case, case.ours, processor=processor)
        if not ours.code:
            case.ours_made(ours)
        elif not case.refusal:
            raise WrongResult(f"{case.title}: ours ended with {ours.code}: {ours.out[-2000:]}")
        if case.peer is None:
            yield ours, None
            continue
        other = _ended(case, case.peer, processor=processor)
        if other.code:
            raise WrongResult(f"{case.title}: the peer ended with {other.code}: {other.out[-2000:]}")
        case.peer_made(other)
        yield ours, other


def _ended(case: Case, command: Command, *, processor: bool) -> Ended:
    surroundings = {name: value for name, value in os.environ.items() if name not in NOT_FOR_FIGURES}
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)), cwd=case.cwd, env=surroundings, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        if processor:
            seconds = usage.ru_utime + usage.ru_stime
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode("utf-8", "replace")
    if case.inner and not process.returncode:
        seconds = float(said.split()[-1])
    return Ended(seconds, usage.ru_maxrss / 1024, said, process.returncode)
