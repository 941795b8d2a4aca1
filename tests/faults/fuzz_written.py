"""R10: damaged YAML files and templates: every command ends soon, with a code of ours and words, never with a traceback.

`python tests/faults/fuzz_written.py --minutes 10` goes on with new seeds until its time is over.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from faults.forks import Forks
from faults.mutations import torn
from faults.scratch import EVENT, REPOSITORY, Outcome, project

SECONDS = 10  # of the processor, that one command may take
REDUCED, FULL = 3, 300  # seeds per file
_READ = ("check",)
_BUILT = (("build-agenda", EVENT, "--dry-run"), ("build", "--dry-run"), ("status",))
FILES: dict[str, Sequence[Sequence[str]]] = {  # of a project, and which commands read them
    f"events/{EVENT}/event.yaml": (_READ, *_BUILT, ("plan-seating", EVENT, "--dry-run")),
    "project.yaml": (_READ, *_BUILT),
    "themes.yaml": (_READ, ("draft-plan", "tm2", "--dry-run"), ("status",)),
    "practices.yaml": (_READ, ("build", "--dry-run")),
    "plans/tm.yaml": (_READ, ("build-plan", "tm", "--dry-run"), ("build", "--dry-run")),
    "templates/methods/world-cafe.yaml": (_READ, ("build-agenda", EVENT, "--dry-run")),
    "templates/programmes/interreg-europe-2014-2020.yaml": (_READ, ("build-plan", "tm", "--dry-run")),
    "templates/words/ro.yaml": (_READ, ("build-agenda", EVENT, "--dry-run")),
    "templates/sheet-profiles/google-forms.yaml": (_READ, ("import-notes", EVENT, "late.csv", "--dry-run")),
    "templates/documents/agenda.md.j2": (_READ, ("build-agenda", EVENT, "--dry-run")),
    "templates/documents/action-plan.md.j2": (_READ, ("build-plan", "tm", "--dry-run")),
}
_VALUES = (
    "", "null", "[]", "{}", "[[[[[[]]]]]]", "true", "-1", "0", "9" * 5000, "1e999", ".nan", "2020-02-30", "0000-00-00", "24:61",
    "2020-10-25", "!!python/x y", "&a [*a]", "*a", '"\\ud800"', '"\\0"', "|", ">-", "? x", "- - -", "%YAML 9.9", "---", "'", '"',
    "{ro: {ro: x}}", "\u202e", "x" * 40_000, "../../etc/passwd", "{{ 9**9**9 }}", "{{ 'x' * 10**9 }}", "{{", "{% endif %}",
    "{% for i in range(10**9) %}x{% endfor %}", "{% include 'agenda.md.j2' %}", "{{ ''.__class__ }}",
)  # fmt: skip


def cases(scratch: Path, reduced: bool) -> Iterator[Outcome]:  # noqa: FBT001  # as every recipe is called
    """All files, each with the same seeds every time."""
    if not hasattr(signal, "setitimer"):
        yield Outcome("damaged YAML", skipped="no clock that ends a process")
        return
    with Forks() as run:
        root = _prepared(scratch / "written")
        for name in FILES:
            yield from _tried(run, root, name, range(REDUCED if reduced else FULL))


def _prepared(root: Path) -> Path:
    """The example project with templates of its own."""
    project(root)
    for name in FILES:
        if name.startswith("templates/"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(REPOSITORY / name, root / name)
    (root / "late.csv").write_text("Marcaj de timp,Masa,q1\n2020-10-20 11:00,1,unu\n", encoding="utf-8")
    return root


def _tried(run: Forks, root: Path, name: str, seeds: range) -> Iterator[Outcome]:
    """Damage one file in many ways; the commands that read it take turns."""
    path = root / name
    sound = path.read_bytes()
    for seed in seeds:
        path.write_bytes(_damaged(sound, seed))
        command = FILES[name][seed % len(FILES[name])]
        ended = run(root, command, seconds=SECONDS)
        said = ended.out + ended.err
        fault = ""
        if ended.code < 0:
            fault = f"takes more than {SECONDS} s, or ends its process ({ended.code})"
        elif "Traceback" in said or "MemoryError" in said:
            fault = f"traceback: {said.strip().splitlines()[-1][:200]}"
        elif ended.code not in (0, 1) or (ended.code and not said.strip()):
            fault = f"exit code {ended.code}: {said.strip()[-200:]}"
        yield Outcome(f"{name}, seed {seed}, {command[0]}", fault)
    path.write_bytes(sound)


def _damaged(data: bytes, seed: int) -> bytes:
    chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
    if chance.random() < 0.3:  # of ten files three are damaged as bytes
        return torn(data, chance)
    lines = data.decode("utf-8").splitlines()
    for _ in range(chance.randint(1, 3)):
        chance.choice(_ON_LINES)(lines, chance.randrange(len(lines)), chance)
    return "\n".join(lines).encode("utf-8", "surrogatepass") + b"\n"


def _gone(lines: list[str], at: int, _: random.Random) -> None:
    lines[at] = ""


def _doubled(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at : at + 1] = lines[at : at + chance.choice((1, 3))] * chance.choice((2, 2, 500))


def _indented(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at] = chance.choice(("  ", "\t", "- ", " " * 300)) + lines[at]


def _other_value(lines: list[str], at: int, chance: random.Random) -> None:
    key, colon, _ = lines[at].partition(": ")
    lines[at] = f"{key}{colon or ': '}{chance.choice(_VALUES)}"


def _other_key(lines: list[str], at: int, chance: random.Random) -> None:
    _, colon, value = lines[at].partition(":")
    other = chance.choice(lines)
    lines[at] = f"{other.partition(':')[0]}{colon}{value}"


def _moved(lines: list[str], at: int, chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), lines[at])


def _nested(lines: list[str], at: int, chance: random.Random) -> None:
    deep = chance.choice((3, 30, 3000))
    lines[at] = lines[at].partition(":")[0] + ": " + "[" * deep + "]" * deep


_ON_LINES: Sequence[Callable[[list[str], int, random.Random], None]] = (
    _gone, _doubled, _indented, _other_value, _other_value, _other_value, _other_key, _moved, _nested,
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Damage files for some minutes; print each finding, and how many were tried."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=10, help="how long (default: 10)")
    parser.add_argument("--first", type=int, default=1_000_000, help="the first seed (default: 1000000)")
    asked = parser.parse_args(arguments)
    end, seed, tried, faults = time.monotonic() + 60 * asked.minutes, asked.first, 0, 0
    with tempfile.TemporaryDirectory(prefix="ecocsme-fuzz-") as scratch, Forks() as run:
        root = _prepared(Path(scratch).resolve() / "written")
        while time.monotonic() < end:
            for name in FILES:
                for one in _tried(run, root, name, range(seed, seed + 20)):
                    tried, faults = tried + 1, faults + bool(one.fault)
                    if one.fault:
                        print(f"{one.case}: {one.fault}", flush=True)  # noqa: T201  # what this script is for
            seed += 20
    print(f"R10: {tried} files tried, {faults} faults, up to seed {seed}")  # noqa: T201  # as above
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
