"""The commands that write, each with a project to run in: what R1 kills, and what R2 fails."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from faults.forks import Forked, Forks
from faults.scratch import EVENT, project
from support import small_project
from support.small_project import ROWS, leftovers, sheet, tree

ANSWERED = f"{EVENT}/q1/t1/r1/1"
DECIDE = ("decide", "assign", ANSWERED, "--theme", "spaces", "--who", "ana", "--when", "2020-10-27")
LAB = ("--no-input", "--title", "Lab", "--date", "2021-01-20")
PROJECT = ("--language", "ro", "--language", "en", "--acronym", "P", "--project-title", "T")
ALIKE = frozenset({"import-notes", "the first decide", "draft-plan", "build-plan", "build"})  # what others stand for in a reduced run


@dataclass(frozen=True, slots=True)
class Writer:
    """A command that writes: its name, what makes its project, its words, and whether it may be given twice."""

    name: str
    make: Callable[[Path], object]
    command: Sequence[str]
    again: bool = True


def writers(scratch: Path, run: Forks, *, reduced: bool = False) -> Iterator[Writer]:
    """Every command that writes, or one of each kind; the sheets that they import lie in `scratch`."""
    yield from (writer for writer in _all(scratch, run) if not reduced or writer.name not in ALIKE)


def _all(scratch: Path, run: Forks) -> Iterator[Writer]:
    inbox = scratch / "inbox"
    new = str(sheet(inbox, "noua.csv", [("3", "1", "o piață", "mall-ul"), ("3", "2", "un târg", "")]))
    other = str(sheet(inbox, "alta.csv", [("4", "1", "o hală", "portul")]))
    right = str(sheet(scratch / "corrected", "masa.csv", [*ROWS[1:], ("5", "1", "un fond", "")]))

    def imported(root: Path) -> None:
        small_project.make(root)
        _done(run(root, ("import-notes", "lab-1", str(sheet(inbox)))))

    def planned(root: Path) -> None:
        _done(run(project(root), ("build-plan", "tm")))
        plan = root / "plans" / "tm.yaml"
        plan.write_text(plan.read_text("utf-8").replace("title:", "title: # anew\n ", 1), "utf-8")
        event = root / "events" / EVENT / "event.yaml"
        event.write_text(event.read_text("utf-8").replace("Fosta Cancelarie", "Vechea Cancelarie"), "utf-8")

    def undecided(root: Path) -> None:
        (project(root) / "decisions.csv").unlink()

    yield Writer("import-notes", imported, ("import-notes", "lab-1", new))
    yield Writer("import-notes of two sheets", imported, ("import-notes", "lab-1", new, other))
    yield Writer("a correction", imported, ("import-notes", "lab-1", right, "--replaces", "masa.csv", "--accept-withdrawn"))
    yield Writer("withdraw", imported, ("withdraw", "masa.csv", "--yes", "--quiet"), again=False)
    yield Writer("forget", imported, ("forget", "lab-1/q1/t1/r1/1", "--yes", "--quiet"), again=False)
    yield Writer("decide", project, DECIDE, again=False)
    yield Writer("the first decide", undecided, DECIDE, again=False)
    yield Writer("new-lab", project, ("new-lab", "next", *LAB), again=False)
    yield Writer("the first new-lab", Path.mkdir, ("new-lab", "next", *LAB, *PROJECT), again=False)
    yield Writer("templates", project, ("templates", "words/en.yaml"), again=False)
    yield Writer("draft-plan", project, ("draft-plan", "next"), again=False)
    yield Writer("build-plan", project, ("build-plan", "tm"))
    yield Writer("build-plan over an older one", planned, ("build-plan", "tm", "--force"))
    yield Writer("build", planned, ("build",))


class Bench:
    """A writer with its project, the two states that its folder may be in, and what `check` says of each."""

    def __init__(self, writer: Writer, scratch: Path, run: Forks) -> None:
        """Make the project, and let the command run without any fault."""
        self.writer, self.run = writer, run
        self.root = scratch / "work" / "project"
        self._original = scratch / "original"
        shutil.rmtree(self._original, ignore_errors=True)
        writer.make(self._original)
        self.before = tree(self.fresh())
        said_before = run(self.root, ("check",))
        unharmed = run(self.fresh(), writer.command)
        self.calls, self.after = unharmed.calls, tree(self.root)
        _done(unharmed)
        if self.before == self.after or leftovers(self.root):
            raise RuntimeError(f"{writer.name}: changes nothing, or leaves {leftovers(self.root)}")
        self.seen = {"before": 0, "after": 0}
        self._said = {"before": said_before, "after": run(self.root, ("check",))}

    def fresh(self) -> Path:
        """A fresh copy of the project, over what a case before may have left there."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self._original, self.root)
        return self.root

    def state(self) -> str:
        """Which of the two states the folder is in; nothing where it is in neither."""
        now = tree(self.root)
        return "before" if now == self.before else "after" if now == self.after else ""

    def mended(self) -> str:
        """What is wrong with the folder once further commands have been given in it; nothing where all is right."""
        checked = self.run(self.root, ("check",))
        state = self.state()
        said = self._said.get(state)
        if said is None:
            return f"half of it was written, and stays so: {self._half()}"
        self.seen[state] += 1
        if (checked.code, checked.out, checked.err) != (said.code, said.out, said.err):
            return f"check says another thing of the state {state}: {(checked.out + checked.err).strip()[:300]}"
        if state == "before" or self.writer.again:
            again = self.run(self.root, self.writer.command)
            if again.code or self.state() != "after":
                return f"a second run does not complete what is {state} (exit code {again.code}): {again.err.strip()[-300:]}"
        return f"leaves {leftovers(self.root)[0]}" if leftovers(self.root) else ""

    def _half(self) -> str:
        now = tree(self.root)
        old = [name for name in self.after if now.get(name) != self.after[name]]
        return f"not as after: {', '.join(old[:3])}"


def _done(ended: Forked) -> None:
    if ended.code:
        raise RuntimeError(f"cannot be prepared: {ended.err}")
