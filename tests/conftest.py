"""What every test may ask for: the command line, a copy of the example, golden files, and the shared material where it exists."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
EXAMPLE = REPOSITORY / "examples" / "timisoara"
SHARED = REPOSITORY.parent / "shared"


@dataclass(frozen=True)
class Ended:
    """A command that has ended: its exit code, its results (stdout) and its talk (stderr)."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """All that it printed."""
        return self.out + self.err


Run = Callable[..., Ended]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer one flag that renews all golden files, to be looked at in the diff."""
    parser.addoption("--update-golden", action="store_true", help="write what the tests see into the golden files")


@pytest.fixture
def run() -> Run:
    """Run the real command line in a process of its own: `run("check", cwd=folder)`."""

    def start(*arguments: str | Path, cwd: Path, stdin: str = "", timeout: float = 60, **environment: str) -> Ended:
        done = subprocess.run(
            [sys.executable, "-m", "ecocsme", *map(str, arguments)],
            cwd=cwd,
            input=stdin.encode(),
            capture_output=True,
            timeout=timeout,
            check=False,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
        )
        return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return start


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example project, to be changed at will."""
    folder = tmp_path / "timisoara"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("out", ".ecocsme*"))
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a golden file; `pytest --update-golden` writes it instead."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.is_file(), f"{path.name} is missing: run pytest --update-golden and read the diff"
        assert text == path.read_bytes().decode(), f"{path.name} differs: if that is meant, run pytest --update-golden"

    return compare


@pytest.fixture
def shared() -> Path:
    """The shared material beside the checkout; absent in a plain clone, demanded where ECOCSME_SHARED=required."""
    if not SHARED.is_dir():
        if os.environ.get("ECOCSME_SHARED") == "required":
            pytest.fail("the folder shared/ is missing beside the checkout")
        pytest.skip("the folder shared/ is not beside this checkout")
    return SHARED
