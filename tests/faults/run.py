"""The fault recipes: what a script and a hostile machine do to the command line. `python tests/faults/run.py [--reduced] [NAME ...]`.

Each recipe is a module beside this one with a function that yields one `Outcome` per case; it is entered in RECIPES, and
with that in the tests. One line per recipe is printed, and every fault; the exit code is 1 where there is one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from faults import concurrency, damage, disk, fuzz, fuzz_written, io_failures, kills, reproducible, streams, surroundings
from faults.scratch import Outcome

Cases = Callable[[Path, bool], Iterable[Outcome]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe: its name, its cases (given a scratch folder, and whether the run is reduced), and what all of them must have done."""

    name: str
    cases: Cases
    about: str


RECIPES: tuple[Recipe, ...] = (
    Recipe("R1", kills.cases, "kills left the folder as before or as after, and a second run completed it"),
    Recipe("R2", io_failures.cases, "failing calls were answered in a line, and left the folder as before"),
    Recipe("R3", streams.cases, "streams and signals ended in one line or none, and left the folder whole"),
    Recipe("R4", concurrency.cases, "things done at the same time came to what one after the other comes to"),
    Recipe("R5", disk.cases, "odd files and refusing disks were answered in a line, and left the folder whole"),
    Recipe("R6", damage.cases, "damages were named or harmless, and no command wrote over one"),
    Recipe("R7", surroundings.cases, "surroundings gave the same bytes"),
    Recipe("R8", reproducible.cases, "builds gave the same bytes again"),
    Recipe("R9", fuzz.cases, "damaged sheets were read to the last cell, or refused by an error of ours, soon and in little memory"),
    Recipe("R10", fuzz_written.cases, "damaged YAML files and templates were harmless, or refused in words of ours, soon"),
)


def tried(recipe: Recipe, *, reduced: bool) -> tuple[str, list[str]]:
    """Run a recipe in a folder of its own; return its line, and each fault."""
    with tempfile.TemporaryDirectory(prefix="ecocsme-faults-") as scratch:
        outcomes = list(recipe.cases(Path(scratch).resolve(), reduced))
    done = [one for one in outcomes if not one.skipped]
    faults = [f"{recipe.name}: {one.case}: {one.fault}" for one in done if one.fault]
    line = f"{recipe.name}: {len(done) - len(faults)} of {len(done)} {recipe.about}"
    left = [f"; not tried here: {one.case} ({one.skipped})" for one in outcomes if one.skipped]
    return line + "".join(left), faults


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the recipes that were asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", metavar="NAME", help="recipes, e.g. R3 R7 (default: all)")
    parser.add_argument("--reduced", action="store_true", help="fewer cases of each kind: under five minutes on two cores")
    asked = parser.parse_args(arguments)
    unknown = {*asked.names} - {recipe.name for recipe in RECIPES}
    if unknown:
        parser.error(f"there is no recipe {', '.join(sorted(unknown))}")
    failed = 0
    for recipe in RECIPES:
        if not asked.names or recipe.name in asked.names:
            line, faults = tried(recipe, reduced=asked.reduced)
            print("\n".join([line, *(f"  {fault}" for fault in faults)]), flush=True)  # noqa: T201  # what this script is for
            failed += len(faults)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
