"""What a command loads: help and version almost nothing, `check` nothing that it does not use."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from ecocsme.cli.late import Commands
from house.repository import PACKAGE, REPOSITORY

NEVER_BY_CHECK = {"pandas", "numpy", "docx", "openpyxl", "jinja2"}
NEVER_BY_HELP = NEVER_BY_CHECK | {"pydantic", "rich", "babel", "yaml", "lxml", "markdown_it"}

WITNESS = """
import atexit, os, sys
atexit.register(lambda: open(os.environ["LOADED"], "w", encoding="utf-8").write(" ".join(sys.modules)))
"""


@pytest.fixture
def witness(tmp_path: Path) -> Path:
    """A folder for PYTHONPATH that makes every interpreter leave the list of its modules behind."""
    (tmp_path / "witness").mkdir()
    (tmp_path / "witness" / "sitecustomize.py").write_text(WITNESS, encoding="utf-8")
    return tmp_path / "witness"


def loaded(witness: Path, *arguments: str, cwd: Path, package: Path = REPOSITORY) -> set[str]:
    """The modules that a command has loaded when it ends, in an interpreter of its own."""
    report = witness / "loaded.txt"
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (witness, package))), "LOADED": str(report)}
    command = [sys.executable, "-m", "ecocsme", *arguments]
    done = subprocess.run(command, cwd=cwd, env=surroundings, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    modules = set(report.read_text(encoding="utf-8").split())
    assert "ecocsme.cli" in modules
    return modules


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_loads_nothing_heavy(witness: Path, option: str) -> None:
    """Help and version load neither the model nor any library for files, screens or documents."""
    assert loaded(witness, option, cwd=witness) & NEVER_BY_HELP == set()


def test_check_loads_only_what_it_uses(witness: Path, tmp_path: Path) -> None:
    """Checking a whole project, its notes and its plan, loads no library for tables, workbooks, Word or templates."""
    made = [sys.executable, "-m", "ecocsme", "demo", "demo"]
    subprocess.run(made, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, capture_output=True, check=True, timeout=120)
    modules = loaded(witness, "check", cwd=tmp_path / "demo")
    assert "ecocsme.plan.evidence" in modules
    assert modules & NEVER_BY_CHECK == set()


@pytest.mark.parametrize("heavy", sorted(NEVER_BY_HELP - {"rich", "lxml"}))
def test_a_heavy_import_is_found(witness: Path, tmp_path: Path, heavy: str) -> None:
    """One import at the top of a module of the command line is enough to be seen."""
    copy = tmp_path / "copy"
    shutil.copytree(PACKAGE, copy / "ecocsme", ignore=shutil.ignore_patterns("__pycache__"))
    main = copy / "ecocsme" / "__main__.py"
    main.write_text(f"import {heavy}\n{main.read_text(encoding='utf-8')}", encoding="utf-8")
    assert heavy in loaded(witness, "--help", cwd=tmp_path, package=copy) & NEVER_BY_HELP


def test_a_command_is_made_only_when_it_is_asked_for() -> None:
    """Naming and listing all commands reads the options of none: that took as long as loading Typer."""
    held = typer.Typer()

    @held.command("good")
    def good(name: str) -> None:
        """Do good."""

    @held.command("odd")
    def odd(_name: NoSuchType) -> None:  # type: ignore[name-defined]  # noqa: F821  # found out when its options are read
        """Do harm."""

    commands = Commands(held)
    assert list(commands) == ["good", "odd"]
    assert [one.get_short_help_str() for one in commands.listed().values()] == ["Do good.", "Do harm."]
    assert [parameter.name for parameter in commands["good"].params] == ["name"]
    with pytest.raises(NameError):
        commands["odd"]
