"""What a script may rely on, of every command that there is: it is quiet on request, never waits, and writes nothing on a dry run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from conftest import EXAMPLE, REPOSITORY, Run
from ecocsme.cli.app import app

EVENT = "tm-lll4-r1"
READS = {"check": (), "late-start": (EVENT,), "status": (), "trace": (EVENT,)}
WRITES: dict[str, tuple[str, ...]] = {  # every other command, with arguments by which it changes the example
    "demo": ("made",),
    "new-lab": ("lab-5", "--no-input", "--title", "L", "--date", "2021-02-01"),
    "build-agenda": (EVENT,),
    "build-release": (EVENT,),
    "build-kit": (EVENT,),
    "build-plan": ("tm",),
    "build": (),
    "import-participants": (EVENT, "people.csv"),
    "plan-seating": (EVENT,),
    "import-notes": (EVENT, "late.csv"),
    "withdraw": ("notite-mesele-5-6.md", "--yes"),
    "forget": (f"{EVENT}/q1/t3/r1/1", "--yes"),
    "decide": ("leave-out", f"{EVENT}/q1/t3/r1/1", "--who", "ana"),
    "draft-plan": ("first",),
    "templates": ("words/ro.yaml",),
}
ASKS = {  # what could make a command ask
    "new-lab": ("lab-5",),
    "import-notes": (EVENT, "again/notite-mesele-5-6.md"),
    "withdraw": ("notite-mesele-5-6.md",),
    "forget": (f"{EVENT}/q1/t3/r1/1",),
}
REFUSED = {"new-lab": 2, "import-notes": 1, "withdraw": 2, "forget": 2}
COMMANDS = {name: command for name, command in typer.main.get_command(app).commands.items() if not command.hidden}  # type: ignore[attr-defined]  # a group


def options(name: str) -> set[str]:
    """The options of a command."""
    return {option for parameter in COMMANDS[name].params for option in parameter.opts}


def state(root: Path) -> dict[str, tuple[int, bytes]]:
    """Everything below a folder: times of files and folders, and bytes of files."""
    paths = sorted([root, *root.rglob("*")])
    return {path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"") for path in paths}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example without documents, with a sheet to come and one that came before and was changed since."""
    root = tmp_path / "timisoara"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("out", ".ecocsme*"))
    (root / "late.csv").write_text("Masa,Runda,q1\n1,1,un răspuns\n", "utf-8")
    (root / "people.csv").write_text("Nume,Sector\nAna Pop,culture\n", "utf-8")
    (root / "again").mkdir()
    earlier = (root / "events" / EVENT / "sheets/notite-mesele-5-6.md").read_text("utf-8")
    (root / "again/notite-mesele-5-6.md").write_text(earlier.replace("- ", "- da, ", 1), "utf-8")
    return root


def test_every_command_is_known_to_this_test() -> None:
    """A new command says here whether it writes, and by which arguments."""
    assert {*READS, *WRITES} == {*COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_quiet(name: str) -> None:
    """Each command has --quiet, each that writes has --dry-run, each that may ask has --no-input or, before it removes something, --yes."""
    wanted = {"--quiet", "-q"} | ({"--dry-run"} if name in WRITES else set())
    assert wanted - options(name) == set()
    assert name not in ASKS or options(name) & {"--no-input", "--yes"}


@pytest.mark.parametrize("name", WRITES)
def test_a_dry_run_changes_nothing_and_the_command_does(folder: Path, run: Run, name: str) -> None:
    """With --dry-run every byte and every time is as before, and something is shown; without it, the folder has changed."""
    before = state(folder)
    done = run(name, *WRITES[name], "--dry-run", cwd=folder)
    assert (done.code, state(folder) == before) == (0, True), done.said
    assert done.out
    assert done.err.endswith("nothing was written (--dry-run)\n")
    really = run(name, *WRITES[name], cwd=folder)
    assert (really.code, state(folder) == before) == (0, False), really.said


@pytest.mark.parametrize("name", [*READS, *WRITES])
def test_a_quiet_command_says_only_its_result(folder: Path, run: Run, name: str) -> None:
    """With --quiet only warnings are on standard error where nothing is wrong, and results are what they are without it."""
    arguments = READS.get(name, (*WRITES.get(name, ()), "--dry-run") if name in WRITES else ())
    talking, quiet = run(name, *arguments, cwd=folder), run(name, *arguments, "--quiet", cwd=folder)
    assert quiet.code == 0
    assert [line for line in quiet.err.splitlines() if ": warning: " not in line] == []
    assert quiet.out == talking.out


@pytest.mark.parametrize("name", [*READS, *WRITES])
def test_no_command_waits_where_nobody_can_answer(folder: Path, name: str) -> None:
    """With an input that stays open and never says anything, and with none at all, every command ends by itself."""
    arguments = ASKS.get(name, {**READS, **WRITES}.get(name, ()))
    ours, theirs = os.pipe()
    try:
        for stdin in (ours, subprocess.DEVNULL):
            done = subprocess.run(
                [sys.executable, "-m", "ecocsme", name, *arguments, *(["--dry-run"] if name in WRITES and name not in ASKS else [])],
                cwd=folder,
                stdin=stdin,
                capture_output=True,
                encoding="utf-8",
                env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
                timeout=30,
                check=False,
            )
            assert done.returncode == REFUSED.get(name, 0), done.stderr
    finally:
        os.close(ours)
        os.close(theirs)


def test_where_a_command_would_ask_a_script_is_told_what_to_give(folder: Path, run: Run) -> None:
    """Without a terminal, or with --no-input, the flags that answer the questions are named."""
    done = run("new-lab", *ASKS["new-lab"], cwd=folder)
    assert (done.code, done.err.startswith("missing: --title, --date")) == (2, True), done.err
    done = run("import-notes", *ASKS["import-notes"], cwd=folder)
    assert done.code == 1
    assert "--replaces" in done.err
    assert "--new" in done.err
