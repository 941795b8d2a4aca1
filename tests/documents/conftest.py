"""The browser in which pages are opened, and the example's page: one of each for all tests of a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLE, REPOSITORY
from support import browsing

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium as it is installed here; skipped where there is none, and demanded where ECOCSME_SHARED=required."""
    yield from browsing.chromium()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser; its pages are closed after each test."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture(scope="module")
def screen_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The room screen of the example, built by the real command; it is not to be changed."""
    root = tmp_path_factory.mktemp("screen") / "timisoara"
    shutil.copytree(EXAMPLE, root)
    command = [sys.executable, "-m", "ecocsme", "build-kit", "tm-lll4-r1", "--only", "room-screen"]
    subprocess.run(command, cwd=root, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(REPOSITORY)})
    return root / "out" / "tm-lll4-r1" / "room-screen.html"
