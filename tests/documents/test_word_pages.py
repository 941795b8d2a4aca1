"""Our Word files as another program prints them: LibreOffice opens them, keeps every word, and pages look as they should."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import EXAMPLE
from ecocsme.documents import building, context
from ecocsme.documents.reference import open_reference
from ecocsme.documents.word import Properties, write_word
from ecocsme.project.folder import Folder
from support import word_files
from support.word_files import SHIPPED, W, paragraphs, xml

pytestmark = pytest.mark.slow

EVERYTHING = Path(__file__).with_name("everything.md")
Convert = Callable[..., Path]


@pytest.fixture
def convert(tmp_path: Path) -> Convert:
    """LibreOffice: `convert(data, to, from)` gives a file of another format; demanded where ECOCSME_SHARED=required."""
    tools = {tool: shutil.which(tool) for tool in ("soffice", "pdftotext", "pdfinfo")}
    missing = [tool for tool, path in tools.items() if path is None]
    if missing:
        said = f"{', '.join(missing)} is not installed"
        if os.environ.get("ECOCSME_SHARED") == "required":
            pytest.fail(said)
        pytest.skip(said)

    def run(data: bytes, ending: str, before: str = "docx") -> Path:
        source = tmp_path / "in" / f"document.{before}"
        source.parent.mkdir(exist_ok=True)
        source.write_bytes(data)
        profile = (tmp_path / "profile").as_uri()
        command = [
            str(tools["soffice"]),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            str(tmp_path),
            str(source),
        ]
        subprocess.run(command, capture_output=True, check=True, timeout=180)
        return tmp_path / f"document.{ending}"

    return run


def said_by(tool: str, path: Path, *options: str) -> str:
    """What a tool of poppler says about a PDF."""
    command = [tool, *options, str(path), *(["-"] if tool == "pdftotext" else [])]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")


def squeezed(text: str) -> str:
    """A text without white space: lines break elsewhere on paper."""
    return re.sub(r"\s+", "", text)


def missing_words(data: bytes, pdf: Path) -> list[str]:
    """The words of a Word file that are not on its pages."""
    printed = squeezed(said_by("pdftotext", pdf, "-raw"))
    return [word for paragraph in paragraphs(data) for word in paragraph.split() if squeezed(word) not in printed]


def test_every_word_is_on_paper(convert: Convert) -> None:
    """The document that shows every element is printed whole, on A4, with its pages counted and its lists numbered."""
    data = word_files.written(EVERYTHING.read_text("utf-8"))
    pdf = convert(data, "pdf")
    assert missing_words(data, pdf) == []
    assert re.search(r"Page size: +595\.\d+ x 841\.\d+ pts \(A4\)", said_by("pdfinfo", pdf))
    lines = said_by("pdftotext", pdf, "-layout").splitlines()
    assert [squeezed(line) for line in lines if re.fullmatch(r"\s*\d\s*/\s*\d\s*", line)] == ["1/3", "2/3", "3/3"]
    printed = " ".join(" ".join(lines).split())
    assert "5. cinci 6. șase" in printed
    assert "1. unu al doilea paragraf al lui unu 2. doi" in printed


@pytest.mark.parametrize("kind", ["agenda", "press-release"])
def test_the_documents_of_the_example_are_on_paper(convert: Convert, kind: str) -> None:
    """Agenda and press release of the example, both languages in one file: every word is printed, on four pages at most."""
    folder = Folder(EXAMPLE)
    subject = context.of_event(folder, "tm-lll4-r1")
    (data,) = building.rendered(folder, subject, building.Order(kind, ("ro", "en"), ("docx",), together=True)).values()
    pdf = convert(data, "pdf")
    assert missing_words(data, pdf) == []
    assert int(said_by("pdfinfo", pdf).split("Pages:")[1].split()[0]) <= 4


def test_headings_repeat_on_every_page_of_a_long_table(convert: Convert) -> None:
    """The heading row of a table of three pages is printed three times, and no row is torn."""
    rows = "".join(f"| **rubrica {number}** | {'cuvinte ' * 20}|\n" for number in range(60))
    pdf = convert(word_files.written(f"| Rubrica | Conținutul |\n|---|---|\n{rows}"), "pdf")
    pages = said_by("pdftotext", pdf, "-layout").split("\f")[:-1]
    assert len(pages) >= 3
    assert all("Rubrica" in page and "Conținutul" in page for page in pages)
    assert sum(page.count("rubrica") for page in pages) == 60


def test_a_reference_saved_by_libreoffice_serves(convert: Convert) -> None:
    """Who changes our reference in LibreOffice gets its styles: they are found by name, and nothing is added twice."""
    saved = convert(convert(SHIPPED.read_bytes(), "odt").read_bytes(), "docx", "odt")
    reference = open_reference(saved.read_bytes(), "reference.docx")
    data = write_word(EVERYTHING.read_text("utf-8"), reference, Properties("Titlu", "ro-RO"))
    names = [one.get(f"{W}val").lower() for one in xml(data, "word/styles.xml").iter(f"{W}name")]
    assert len(names) == len(set(names))
    pdf = convert(data, "pdf")
    assert missing_words(data, pdf) == []
    assert "1/3" in squeezed(said_by("pdftotext", pdf, "-layout"))
