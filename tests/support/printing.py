"""Word files as LibreOffice prints them: pages, words and where these stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    """A word on paper: its place in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A printed page: its size in points and its words."""

    width: float
    height: float
    words: tuple[Word, ...]

    def body(self, margin: float = 70) -> list[Word]:
        """The words above the foot of the page, where its number stands."""
        return [word for word in self.words if word.top < self.height - margin]

    def beyond(self, margin: float = 70) -> list[str]:
        """The words that reach into the margins, the number of the page aside."""
        right, low = self.width - margin, self.height - margin
        return [
            word.text for word in self.body(margin) if word.left < margin or word.right > right or word.top < margin or word.bottom > low
        ]


def printed(folder: Path, files: Mapping[str, bytes]) -> dict[str, tuple[Page, ...]]:
    """Print Word files by name, all in one run; skipped where LibreOffice is missing, unless ECOCSME_SHARED=required."""
    tools = {tool: shutil.which(tool) for tool in ("soffice", "pdftotext")}
    missing = [tool for tool, path in tools.items() if path is None]
    if missing and os.environ.get("ECOCSME_SHARED") == "required":
        pytest.fail(f"{', '.join(missing)} is not installed")
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed")
    made = folder / "printed"
    made.mkdir()
    for name, data in files.items():
        (made / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    sources = [str(made / f"{name}.docx") for name in files]
    command = [str(tools["soffice"]), profile, "--headless", "--convert-to", "pdf", "--outdir", str(made), *sources]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    return {name: _pages(str(tools["pdftotext"]), made / f"{name}.pdf") for name in files}


def _pages(tool: str, path: Path) -> tuple[Page, ...]:
    said = subprocess.run([tool, "-bbox", str(path), "-"], capture_output=True, check=True).stdout.decode("utf-8")
    return tuple(Page(float(width), float(height), _words(inside)) for width, height, inside in _PAGE.findall(said))


def _words(inside: str) -> tuple[Word, ...]:
    return tuple(Word(*map(float, place), text) for *place, text in _WORD.findall(inside))
