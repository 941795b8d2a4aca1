"""A whole project saved by Windows editors: CRLF and a mark of the encoding in every file change nothing."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from conftest import Run
from ecocsme.checks.run import check_folder
from ecocsme.files.places import shipped
from ecocsme.files.text import read_text
from ecocsme.files.yaml_text import parse
from ecocsme.project.folder import Folder
from support.folders import good, write

SAVED = {
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "a mark": lambda data: codecs.BOM_UTF8 + data,
    "CRLF and a mark": lambda data: codecs.BOM_UTF8 + data.replace(b"\n", b"\r\n"),
}
ENDINGS = {".yaml", ".csv", ".j2"}


def resave(root: Path, name: str) -> None:
    """Save every YAML, CSV and template file below a folder again, but for the sheets, which nobody opens."""
    for path in root.rglob("*"):
        if path.is_file() and path.suffix in ENDINGS and path.parent.name != "sheets":
            data = path.read_bytes().removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
            path.write_bytes(SAVED[name](data))


@pytest.mark.parametrize("name", SAVED)
def test_a_project_saved_on_windows_is_as_good(tmp_path: Path, name: str) -> None:
    """Every file is read, every check passes, and not a word is said."""
    root = good(tmp_path / "p").root
    resave(root, name)
    assert check_folder(Folder(root)) == ()


@pytest.mark.parametrize("name", SAVED)
def test_documents_do_not_show_how_files_were_saved(tmp_path: Path, run: Run, name: str) -> None:
    """Documents are the same, byte for byte, whether templates, words and data have CRLF and a mark or not."""
    root = good(tmp_path / "p").root
    for room in ("documents", "words", "methods"):
        for path in (shipped() / room).iterdir():
            write(root, f"templates/{room}/{path.name}", path.read_bytes().decode())
    built = []
    for _ in range(2):
        for command in (("build-agenda", "lab-2"), ("build-plan", "oras")):
            ended = run(*command, "--force", cwd=root)
            assert ended.code == 0, ended.said
        built.append({path.name: path.read_bytes() for path in sorted((root / "out").rglob("*.*")) if path.name != "manifest.json"})
        resave(root, name)
    assert built[0] == built[1]
    assert len(built[0]) >= 4


@pytest.mark.parametrize("name", SAVED)
def test_lines_are_counted_as_editors_count_them(tmp_path: Path, name: str) -> None:
    """With CRLF and a mark, a key is on the line an editor shows, and texts over several lines hold no carriage return."""
    (tmp_path / "x.yaml").write_bytes(SAVED[name](b'a: "x"\nb: |\n  one\n  two\nc: "y"\n'))
    parsed = parse(read_text(tmp_path / "x.yaml", "x.yaml"), "x.yaml")
    assert (parsed.data["b"], parsed.line(("c",))) == ("one\ntwo\n", 5)
