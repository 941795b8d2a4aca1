"""The benchmarks are run by hand; here only their list is kept whole."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from house.repository import REPOSITORY

RUNNER = REPOSITORY / "tests" / "benchmarks" / "run.py"


def listed(runner: Path) -> list[str]:
    """The rows that a runner names, without anything being installed or measured."""
    done = subprocess.run([sys.executable, runner, "--list"], capture_output=True, encoding="utf-8", check=True, timeout=60)
    return done.stdout.split()


def whole(path: Path) -> bool:
    """Whether a row says what it measures and has its cases."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return bool(ast.get_docstring(tree)) and any(isinstance(node, ast.FunctionDef) and node.name == "cases" for node in tree.body)


def test_every_row_has_a_file_and_every_file_a_row() -> None:
    """What the runner lists is what lies in rows/, and each file there can be run."""
    files = sorted((RUNNER.parent / "rows").glob("*.py"))
    assert sorted(listed(RUNNER)) == [path.stem for path in files]
    assert [path.name for path in files if not whole(path)] == []


def test_a_row_without_cases_is_found(tmp_path: Path) -> None:
    """A file that nobody could run is no row."""
    (tmp_path / "a.py").write_text('"""It measures."""\n\n\ndef case():\n    pass\n', encoding="utf-8")
    assert not whole(tmp_path / "a.py")
