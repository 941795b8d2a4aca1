"""Who sits where: `plan-seating` as a whole process, beside good-enough-golfers' method in as much time, and published figures.

The figures were measured once, in processes of their own: good-enough-golfers 4db20742 (median of 3 runs, stopping by
itself), one model in CP-SAT of ortools 9.15 (2 workers, 15 s), annealing in Python and compiled (medians of 5 seeds of 2 s).
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from environments import Place
from golfers import repeats
from made import project
from measuring import Case, Ended, WrongResult

_METHOD = Path(__file__).resolve().parents[1] / "golfers.py"
_FEW = 60  # people up to whom a plan must be there in 3 seconds
# people, tables, rounds; the most repeats that are taken; what others reached
CASES: tuple[tuple[int, int, int, int, str], ...] = (
    (16, 4, 5, 0, "golfers 8, CP-SAT 0 in 1.2 s, annealing 0, compiled not tried"),
    (20, 5, 4, 0, "golfers 1, CP-SAT 0 in 0.2 s, annealing 0, compiled not tried"),
    (24, 6, 4, 0, "golfers 0, CP-SAT 0 in 0.5 s, annealing 0, compiled not tried"),
    (25, 5, 6, 0, "golfers 24, CP-SAT 45, annealing 0, compiled not tried"),
    (30, 6, 5, 2, "golfers 6, CP-SAT 20, annealing 3, compiled 2"),
    (32, 8, 6, 0, "golfers 0, CP-SAT 0 in 2.8 s, annealing 0, compiled not tried"),
    (32, 8, 10, 16, "golfers 33, CP-SAT 110, annealing 28, compiled 24, annealing what was built 16"),
    (40, 8, 5, 0, "golfers 0, CP-SAT 1, annealing 0, compiled not tried"),
    (48, 8, 6, 0, "golfers 16, CP-SAT not tried, annealing 9, compiled 7, annealing what was built 0"),
    (60, 10, 6, 0, "golfers 2, CP-SAT not tried, annealing 0, compiled 0"),
    (100, 10, 10, 631, "golfers 770, CP-SAT not tried, annealing 691, compiled 631"),
    (200, 20, 8, 1, "golfers none in 40 s, CP-SAT not tried, annealing 25, compiled 1"),
    (1000, 100, 6, 0, "golfers out of memory after 37 s, CP-SAT not tried, annealing 0, compiled not tried"),
)


def _repeats(ended: Ended, people: int, tables: int, rounds: int) -> int:
    """Count the repeats in what was printed, after a look at whether everybody sits once in each round."""
    said = json.loads(ended.out)
    seats = said if isinstance(said, list) else said["result"]["rounds"]
    numbers = {name: number for number, name in enumerate(sorted({one for seated in seats for group in seated for one in group}))}
    for seated in seats:
        sizes = {len(group) for group in seated}
        if len(seated) != tables or max(sizes) - min(sizes) > 1 or sorted(one for group in seated for one in group) != sorted(numbers):
            raise WrongResult(f"{people} people do not sit once each at {tables} tables")
    if (len(numbers), len(seats)) != (people, rounds):
        raise WrongResult(f"{people} people in {rounds} rounds were asked for, but there are {len(numbers)} in {len(seats)}")
    return repeats([[[numbers[one] for one in group] for group in seated] for seated in seats], people)


def cases(place: Place) -> Iterator[Case]:
    """Each of the cases; the method has as much time as our command took."""
    folder = place.folder / "rotations"
    shutil.rmtree(folder, ignore_errors=True)
    project(folder)
    for people, tables, rounds, most, others in CASES:
        numbers = [f"--people={people}", f"--tables={tables}", f"--rounds={rounds}"]
        ours = place.command("plan-seating", "lab-1", *numbers, "--format=json", "--force", "--quiet", f"--project={folder}")
        place.answer(ours)
        began = time.perf_counter()
        place.answer(ours)
        seconds = time.perf_counter() - began
        yield Case(
            f"{people} people, {tables} tables, {rounds} rounds / golfers",
            ours,
            place.peer("python", _METHOD, str(people), str(tables), str(rounds), f"{seconds:.3f}"),
            seconds=3 if people <= _FEW else 10,
            reached=lambda ended, shape=(people, tables, rounds): _repeats(ended, *shape),  # type: ignore[misc]  # a default binds the shape
            most=most,
            what="repeats",
            beside=others,
            pairs=3,
        )
