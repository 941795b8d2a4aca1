"""What is added by one file is whole: a funding programme serves every document of the example."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import Run
from house.repository import REPOSITORY
from house.test_word_packs import PACKS, pack

PROGRAMMES = sorted((REPOSITORY / "templates" / "programmes").glob("*.yaml"))
LANGUAGES = {path.stem for path in PACKS}


def unsaid(path: Path, languages: set[str]) -> list[str]:
    """The texts of a file that one of the languages lacks."""
    said: dict[str, set[str]] = {}
    for key in pack(path):
        place, _, last = key.rpartition(".")
        if last in languages:
            said.setdefault(place, set()).add(last)
    return sorted(place for place, found in said.items() if found != languages)


@pytest.mark.parametrize("path", PROGRAMMES, ids=lambda path: path.stem)
def test_each_programme_speaks_every_language(path: Path) -> None:
    """Every text of a programme is there in each shipped language."""
    assert unsaid(path, LANGUAGES) == []


@pytest.mark.parametrize("path", PROGRAMMES, ids=lambda path: path.stem)
def test_each_programme_serves_every_document(tmp_path: Path, run: Run, path: Path) -> None:
    """Agenda, release and plan of the example are built under each programme, and print its statement if it has one."""
    assert run("demo", "demo", cwd=tmp_path).code == 0
    folder = tmp_path / "demo"
    for file in (folder / "project.yaml", folder / "plans" / "tm.yaml"):
        text, changed = re.subn(r"(?m)^programme: .*$", f"programme: {path.stem}", file.read_text(encoding="utf-8"))
        assert changed == 1
        file.write_text(text, encoding="utf-8")
    statement = pack(path).get("statement.ro", "").replace("{project}", "").split()[-4:]
    for command, document in (
        ("build-agenda", "tm-lll4-r1/agenda.ro.md"),
        ("build-release", "tm-lll4-r1/press-release.ro.md"),
        ("build-plan", "tm/action-plan.ro.md"),
    ):
        done = run(command, document.partition("/")[0], "--format", "md", "--language", "ro", cwd=folder)
        assert done.code == 0, done.said
        assert " ".join(statement) in (folder / "out" / document).read_text(encoding="utf-8")


def test_a_text_that_a_language_lacks_is_found(tmp_path: Path) -> None:
    """A text in one language only is named; a single text serves all."""
    (tmp_path / "a.yaml").write_text('name: {ro: "A", en: "A"}\nlabels:\n  cost: {ro: "C"}\nform: plain\n', encoding="utf-8")
    assert unsaid(tmp_path / "a.yaml", {"ro", "en"}) == ["labels.cost"]
