"""What all recipes need: a project to harm, the command line as a process, and what a tree of files comes to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from support.small_project import tree

REPOSITORY = Path(__file__).resolve().parents[2]
EVENT = "tm-lll4-r1"
ROWS = "Masa,Runda,q1,q2\n" + "".join(f"{number % 6 + 1},{number % 3 + 1},răspunsul {number},\n" for number in range(400))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one case of a recipe has come to: nothing to say, a fault, or the reason for which it could not be tried here."""

    case: str
    fault: str = ""
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended; -1 is the code of one that hung."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """All that it printed."""
        return self.out + self.err

    def fault(self, code: int, words: str = "", lines: int | None = None) -> str:
        """What is wrong with this end where a code, some words and a number of lines of talk are expected; nothing where all is right."""
        if self.code == -1:
            return "hangs"
        if "Traceback" in self.said:
            return f"traceback: {self.said.strip().splitlines()[-1]}"
        if self.code != code:
            return f"exit code {self.code} instead of {code}: {self.err.strip()[-200:]}"
        if words not in self.said:
            return f"does not say {words!r}: {self.err.strip()[-200:]}"
        if lines is not None and len(self.err.splitlines()) != lines:
            return f"{len(self.err.splitlines())} lines instead of {lines}: {self.err.strip()[-300:]}"
        return ""


def surroundings(**more: str | None) -> dict[str, str]:
    """The environment of a command, with this checkout in front; a variable that is None is left out."""
    whole: dict[str, str | None] = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1", **more}
    return {name: value for name, value in whole.items() if value is not None}


def ecocsme(
    *arguments: str | Path,
    cwd: Path,
    environment: Mapping[str, str | None] | None = None,
    python: Sequence[str] = ("-m", "ecocsme"),
    redirected: str = "",
    before: Callable[[], None] | None = None,
    umask: int = -1,
    seconds: float = 60,
) -> Ended:
    """Run the command line in a process of its own; `redirected` is what a shell writes after a command, e.g. `> /dev/full`."""
    command = [sys.executable, *python, *map(str, arguments)]
    if redirected:
        command = ["sh", "-c", f'exec "$@" {redirected}', "sh", *command]
    given = surroundings(**(environment or {}))
    try:
        done = subprocess.run(  # no threads are running where `before` is used
            command,
            cwd=cwd,
            env=given,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
            preexec_fn=before,
            umask=umask,
        )
    except subprocess.TimeoutExpired:
        return Ended(-1, "", "")
    return Ended(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def project(root: Path) -> Path:
    """A copy of the example project, with the notes and without documents."""
    shutil.copytree(REPOSITORY / "examples" / "timisoara", root, ignore=shutil.ignore_patterns("out", ".ecocsme*"))
    return root


def built(root: Path) -> Path:
    """A copy of the example project with all documents, and a sheet that is not imported yet beside it."""
    project(root)
    done = ecocsme("build", "--quiet", cwd=root)
    if done.code:
        raise RuntimeError(f"the example cannot be built: {done.said}")
    (root / "late.csv").write_text(ROWS, encoding="utf-8")
    return root


def copied(original: Path, target: Path) -> Path:
    """A fresh copy of a project, over what a case before may have left there."""
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(original, target, symlinks=True)
    return target


def changed(before: Mapping[str, str], root: Path) -> str:
    """How a tree differs from what it was, locks and leftovers apart; nothing where it is the same."""
    now = tree(root)
    different = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    return f"changed {', '.join(different[:3])}{' ...' if len(different) > 3 else ''}" if different else ""
