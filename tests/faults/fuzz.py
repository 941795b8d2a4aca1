"""R9: damaged sheets, by the thousand: only an error of ours leaves a reader or the way to the answers, soon and in little memory.

`python tests/faults/fuzz.py --minutes 10 [ENDING ...]` goes on with new seeds until its time is over.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from ecocsme.documents import kit
from ecocsme.errors import EcocsmeError
from ecocsme.notes import readers
from ecocsme.notes.answers import answers
from ecocsme.notes.grid import blank
from ecocsme.notes.readers import READERS
from faults.mutations import mutated
from faults.scratch import REPOSITORY, Outcome, surroundings
from support import small_project
from support.answer_sheets import hints, known

SHEETS = REPOSITORY / "tests" / "notes" / "sheets"
SECONDS = 5  # of the processor, that one damaged sheet may take: others may keep the machine busy
MEMORY = 1_500_000_000  # of addresses; a reader that asks for more of them has been led astray
REDUCED, FULL = 60, 3_000  # seeds per sample


def cases(scratch: Path, reduced: bool) -> Iterator[Outcome]:  # noqa: FBT001  # as every recipe is called
    """All samples of all formats, each with the same seeds every time."""
    if not hasattr(signal, "setitimer"):
        yield Outcome("damaged sheets", skipped="no clock that ends a process")
        return
    for sample in samples(scratch):
        yield from _tried(sample, 0, REDUCED if reduced else FULL)


def samples(scratch: Path) -> list[Path]:
    """The example of each format, and the sheets that the kit prints for a room."""
    folder = small_project.make(scratch / "project")
    kit.build(folder, small_project.EVENT, [kit.ANSWER_SHEET])
    printed = sorted(path for path in (folder.root / "out").rglob("*") if path.suffix in READERS)
    return [*sorted(path for path in SHEETS.iterdir() if path.suffix in READERS and ".expected" not in path.name), *printed]


def _tried(sample: Path, start: int, end: int) -> Iterator[Outcome]:
    """Damage one sample in a process of its own, and in a new one after each that was ended from outside."""
    while start < end:
        command = [sys.executable, __file__, "--child", str(sample), str(start), str(end)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=surroundings())
        seed, _, fault = start - 1, "", ""
        for line in done.stdout.splitlines():
            number, _, fault = line.partition(" ")
            seed = int(number)
            if fault:
                yield Outcome(f"{sample.name}, seed {seed}", "" if fault == "ok" else fault)
        if fault or seed < start:
            if done.returncode:
                yield Outcome(f"{sample.name}, after seed {seed}", done.stderr.strip()[-300:])
                return
            start = seed + 1
        else:
            yield Outcome(f"{sample.name}, seed {seed}", f"takes more than {SECONDS} s, or ends its process ({done.returncode})")
            start = seed + 1


def _child(sample: Path, seeds: range) -> None:
    """Say each seed before it is tried, and afterwards what came of it."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    data, about = sample.read_bytes(), READERS[sample.suffix]
    for seed in seeds:
        print(seed, flush=True)  # noqa: T201  # the other process listens
        signal.setitimer(signal.ITIMER_PROF, SECONDS)  # its signal ends the process, also one that is lost in a library
        fault = judged(mutated(data, seed, zipped=about.zipped), sample.name)
        signal.setitimer(signal.ITIMER_PROF, 0)
        print(seed, fault or "ok", flush=True)  # noqa: T201  # as above


def judged(data: bytes, name: str) -> str:
    """What is wrong with the way from these bytes to answers; nothing where they are taken whole, or refused by an error of ours."""
    try:
        found = answers(readers.read(data, name, hints()), known(), name)
    except EcocsmeError as error:
        return "is refused for want of memory" if "MemoryError" in str(error) else ""
    except Exception as error:  # noqa: BLE001  # whatever leaves a reader is the finding
        return f"{type(error).__name__} leaves: {str(error)[:200]!r}"
    fates = len(found.drafts) + len(found.not_read) + found.headers + found.context + sum(count for _, count in found.left_out)
    if fates != found.size:
        return f"{found.size} cells, but {fates} fates"
    if any(blank(draft.text) for draft in found.drafts):
        return "a blank answer"
    return "" if all(_can_be_written(draft.text) for draft in found.drafts) else "an answer that no file can hold"


def _can_be_written(text: str) -> bool:
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") == text and "\0" not in text


def main(arguments: Sequence[str] | None = None) -> int:
    """Damage sheets for some minutes; print each finding, and how many sheets were tried."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("endings", nargs="*", metavar="ENDING", help="formats, e.g. .docx .ods (default: all)")
    parser.add_argument("--minutes", type=float, default=10, help="how long (default: 10)")
    parser.add_argument("--first", type=int, default=1_000_000, help="the first seed (default: 1000000)")
    asked = parser.parse_args(arguments)
    end, seed, tried, faults = time.monotonic() + 60 * asked.minutes, asked.first, 0, 0
    with tempfile.TemporaryDirectory(prefix="ecocsme-fuzz-") as scratch:
        chosen = [sample for sample in samples(Path(scratch).resolve()) if not asked.endings or sample.suffix in asked.endings]
        while time.monotonic() < end:
            for sample in chosen:
                for one in _tried(sample, seed, seed + 200):
                    tried, faults = tried + 1, faults + bool(one.fault)
                    if one.fault:
                        print(f"{one.case}: {one.fault}", flush=True)  # noqa: T201  # what this script is for
            seed += 200
    print(f"R9: {tried} sheets tried, {faults} faults, up to seed {seed}")  # noqa: T201  # as above
    return 1 if faults else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _child(Path(sys.argv[2]), range(int(sys.argv[3]), int(sys.argv[4])))
    else:
        sys.exit(main())
