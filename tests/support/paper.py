"""Word files on paper: LibreOffice prints them, poppler says what stands where, and each page is a picture to look at."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from defusedxml.ElementTree import parse
from PIL import Image

PDFTOTEXT, PDFTOPPM, OFFICE = "pdftotext", "pdftoppm", "soffice"
A4 = (595.3, 841.9)
MARGIN = 70  # our documents leave 25 mm, a little over 70 points, on each side
FOOT = 35  # where the numbers of pages stand
HTML = "{http://www.w3.org/1999/xhtml}"


def pdf(data: bytes, folder: Path) -> Path:
    """The pages of a Word file."""
    return pdfs({"paper": data}, folder)["paper"]


def pdfs(files: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """The pages of several Word files, by their names; LibreOffice is demanded where ECOCSME_SHARED=required."""
    missing = [tool for tool in (OFFICE, PDFTOTEXT, PDFTOPPM) if shutil.which(tool) is None]
    if missing:
        if os.environ.get("ECOCSME_SHARED") == "required":
            pytest.fail(f"{', '.join(missing)} is not installed")
        pytest.skip(f"{', '.join(missing)} is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    profile = (folder.parent / "profile").as_uri()
    command = [OFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *(str(folder / f"{name}.docx") for name in files)], capture_output=True, check=True, timeout=300)
    return {name: folder / f"{name}.pdf" for name in files}


def texts(path: Path) -> list[str]:
    """What stands on each page."""
    said = subprocess.run([PDFTOTEXT, "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()
    return said.split("\f")[:-1]


def faults(path: Path) -> list[str]:
    """Pages that are not A4, or hold their number alone, and words that stand beyond the margins."""
    place = path.with_suffix(".html")
    subprocess.run([PDFTOTEXT, "-bbox", str(path), str(place)], check=True)
    found: list[str] = []
    for number, page in enumerate(parse(place).iter(f"{HTML}page"), 1):
        wide, high = float(page.get("width")), float(page.get("height"))
        found += [f"page {number} is {wide} x {high}"] * (abs(wide - A4[0]) > 1 or abs(high - A4[1]) > 1)
        words = list(page.iter(f"{HTML}word"))
        bare = [word for word in words if not re.fullmatch(r"\d+|/", word.text or "")]
        found += [f"page {number} is empty"] * (not bare)
        for word in words:
            left, top, right, bottom = (float(word.get(side)) for side in ("xMin", "yMin", "xMax", "yMax"))
            if left < MARGIN or right > wide - MARGIN + 1 or top < FOOT or bottom > high - FOOT:
                found.append(f"page {number}: {word.text!r} is beyond the margins")
    return found


def pictures(path: Path, dots: int = 200) -> list[Image.Image]:
    """Each page as a picture, with so many dots to the inch."""
    folder = path.parent / "pages"
    folder.mkdir(exist_ok=True)
    subprocess.run([PDFTOPPM, "-r", str(dots), "-gray", "-png", str(path), str(folder / "page")], check=True)
    return [Image.open(page) for page in sorted(folder.glob("*.png"))]
