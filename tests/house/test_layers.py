"""The rooms and who may call whom: the contracts of pyproject.toml hold, and each of them can break."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from house.repository import PACKAGE, REPOSITORY

CONTRACTS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

# what each contract must refuse: files that are added to the package, and what they say
BREACHES = {
    "A room imports only from the rooms below it": {"files/upward.py": "def f():\n    from ecocsme.notes import model\n"},
    "No module imports itself, by whatever way round": {
        "event/there.py": "from ecocsme.event import back\n",
        "event/back.py": "def f():\n    from ecocsme.event import there\n",
    },
    "Only cli/ knows the command line and the screen": {"notes/talking.py": "def f():\n    import rich.console\n"},
    "One module knows YAML": {"project/second_reader.py": "import yaml\n"},
    "One module knows Babel": {"documents/dates.py": "from babel.dates import format_date\n"},
    "Only the Word writer knows python-docx": {"notes/word_sheets.py": "import docx\n"},
    "Only notes/ reads and writes workbooks": {"themes/workbooks.py": "from openpyxl import Workbook\n"},
}


def lint(root: Path) -> tuple[int, dict[str, str], str]:
    """Run import-linter in a folder: its exit code, the verdict on each contract, and all it said."""
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert command, "import-linter is missing: pip install --require-hashes -r requirements/test.txt"
    surroundings = {**os.environ, "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    done = subprocess.run([command, "--no-cache"], cwd=root, capture_output=True, encoding="utf-8", check=False, env=surroundings)
    said = done.stdout + done.stderr
    verdicts = re.findall(r"^(.+) (KEPT|BROKEN)(?: \(.*\))?$", said, re.MULTILINE)
    return done.returncode, dict(verdicts), said


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package with its contracts."""
    shutil.copytree(PACKAGE, tmp_path / "ecocsme", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_room_imports_only_from_below() -> None:
    """The package keeps all contracts: rooms, cycles, and who alone knows which library."""
    code, verdicts, said = lint(REPOSITORY)
    assert code == 0, said
    assert verdicts == {contract["name"]: "KEPT" for contract in CONTRACTS}


def test_each_contract_has_its_breach() -> None:
    """No contract is added without a case that breaks it."""
    assert set(BREACHES) == {contract["name"] for contract in CONTRACTS}


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_found(copy: Path, name: str) -> None:
    """An import that a contract forbids breaks this contract, even where it hides in a function."""
    for path, text in BREACHES[name].items():
        (copy / "ecocsme" / path).write_text(text, encoding="utf-8")
    code, verdicts, said = lint(copy)
    assert code == 1, said
    assert verdicts[name] == "BROKEN"


def test_a_room_that_nobody_placed_is_found(copy: Path) -> None:
    """A new room must take its place in the order of rooms."""
    (copy / "ecocsme" / "cellar").mkdir()
    (copy / "ecocsme" / "cellar" / "__init__.py").write_text("", encoding="utf-8")
    code, _, said = lint(copy)
    assert (code, "cellar" in said) == (1, True), said
