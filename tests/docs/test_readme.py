"""The README and the pages in docs/ are true: every command runs, every link leads somewhere, every key and code is listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import openpyxl
import pytest
from pydantic import BaseModel

from conftest import REPOSITORY, Run
from ecocsme.checks.run import CHECKS
from ecocsme.event.model import Event
from ecocsme.plan.model import Plan
from ecocsme.project.model import Project
from ecocsme.project.practices import Practices
from ecocsme.themes.decisions import HEADER
from ecocsme.themes.model import Codebook
from support.terminal import typed

README = (REPOSITORY / "README.md").read_text("utf-8")
PAGES = sorted([REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").glob("*.md")])


def blocks(kind: str) -> list[str]:
    """The fenced blocks of the README that follow a mark, in order."""
    return re.findall(rf"<!-- {kind} -->\n```\w+\n(.*?)```", README, re.DOTALL)


def commands(block: str) -> list[list[str]]:
    """The ecocsme commands of a block, without their comments, as words."""
    import shlex

    lines = [line.split("  #")[0].split(" # ")[0].strip() for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("ecocsme ")]


def test_the_readme_fits_on_three_pages() -> None:
    """It has at most 150 lines."""
    assert len(README.splitlines()) <= 150


def test_there_is_one_command_for_the_demo_and_one_for_the_tests() -> None:
    """Each is a single line that makes its own environment, and has its Windows form beside it."""
    for kind, ends in (("demo", "ecocsme demo demo"), ("tests", "-m pytest -n auto")):
        (block,) = blocks(kind)
        (line,) = block.splitlines()
        assert line.startswith("python3 -m venv .venv && ")
        assert line.endswith(ends)
        windows = line.replace("python3 -m venv", "py -m venv").replace(".venv/bin/", ".venv\\Scripts\\")
        assert windows in README


def test_the_walkthrough_leads_a_newcomer_from_nothing_to_a_word_plan(tmp_path: Path, run: Run) -> None:
    """Every command of the walkthrough is run in its order in an empty folder, with only what the text tells one to do in between."""
    first, second = blocks("walkthrough")
    project = ["ro en", "Atlas", "Atlasul", "The atlas", "", "", "", ""]
    event = ["Atelier", "Workshop", "", "", "20.11.2026", "11:00", "", "", "world-cafe", "4", "3", "De ce?", "Why?", ""]
    answers = [*project, *event]
    for words in commands(first):
        if words[0] == "new-lab":
            code, screen = typed(words, answers, cwd=tmp_path, environment={"PYTHONPATH": str(REPOSITORY)})
            assert code == 0, screen
        else:
            if words[0] == "import-notes":
                _fill(tmp_path / words[-1])
            done = run(*words, cwd=tmp_path)
            assert done.code == 0, f"{words}: {done.said}"
    (tmp_path / "themes.yaml").write_text('themes:\n- {id: funding, name: {ro: "Finanțare", en: "Funding"}}\n', "utf-8")
    for words in commands(second):
        done = run(*words, cwd=tmp_path)
        assert done.code == 0, f"{words}: {done.said}"
    assert (tmp_path / "out/my-plan/action-plan.ro.docx").is_file()
    assert "granturi mici" in (tmp_path / "out/my-plan/action-plan.ro.md").read_text("utf-8")


def test_the_single_commands_in_the_text_run_as_they_stand(example: Path, run: Run) -> None:
    """The commands that the README names in passing work on the example, with its names in place of the reader's."""
    told = re.findall(r"`ecocsme ((?:build-release|new-lab|templates)[^`]*)`", README)
    assert len(told) >= 4
    for command in told:
        words = command.replace("my-next-lab", "tm-lll5-r1").replace("my-lab", "tm-lll4-r1").split()
        more = ["--no-input", "--date", "2021-02-01"] if words[0] == "new-lab" else []
        done = run(*words, *more, cwd=example)
        assert done.code == 0, f"{words}: {done.said}"


def test_a_template_of_your_own_may_change_one_block_as_the_readme_shows(example: Path, run: Run) -> None:
    """The two tags that the README prints are a whole template: all but the one block stays as shipped."""
    shown = re.search(r"`(\{% extends .*?endblock %\})`", README)
    assert shown
    own = example / "templates/documents/press-release.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text(shown[1].replace("...", "Purtați mască.\n\n"), "utf-8")
    done = run("build-release", "tm-lll4-r1", "--language", "ro", "--format", "md", cwd=example)
    assert done.code == 0, done.said
    text = (example / "out/tm-lll4-r1/press-release.ro.md").read_text("utf-8")
    assert "Purtați mască." in text
    assert "păstrează distanța" not in text
    assert "Comunicat de presă" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    """Relative links name files that exist."""
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert missing == []


def test_every_key_of_every_file_is_described() -> None:
    """docs/files.md names each key of each model, and the columns of decisions.csv."""
    text = (REPOSITORY / "docs/files.md").read_text("utf-8")
    missing = {key for model in (Project, Event, Codebook, Practices, Plan) for key in _keys(model) if f"`{key}`" not in text}
    assert missing == set()
    assert ",".join(HEADER) in text


def test_the_list_of_checks_is_up_to_date(golden: Any) -> None:
    """docs/checks.md is generated from the checks themselves."""
    rows = "".join(f"| `{check.code}` | {check.about} |\n" for check in CHECKS)
    head = (
        "# What `ecocsme check` looks for\n\n"
        "Besides, every file is read strictly: unknown and duplicate keys, wrong values and YAML that cannot be read are problems, too.\n"
        "`ecocsme check --codes` prints this list.\n\n| code | what it finds |\n|---|---|\n"
    )
    golden(REPOSITORY / "docs/checks.md", head + rows)


def _fill(workbook: Path) -> None:
    """Type two answers into the first rows of a blank answer workbook, as a person would."""
    book = openpyxl.load_workbook(workbook)
    sheet = book.worksheets[0]
    header = next(row for row in sheet.iter_rows() if any("Answer" in str(cell.value) for cell in row))
    column = next(cell.column for cell in header if "Answer" in str(cell.value))
    first = header[0].row + 1
    for row, text in ((first, "granturi mici"), (first + 1, "granturi pentru prototipuri")):
        sheet.cell(row, column).value = text
        for other, value in enumerate(("q1", "1", "1"), 1):
            sheet.cell(row, other).value = value
    book.save(workbook)


def _keys(model: type[BaseModel]) -> Iterator[str]:
    for name, info in model.model_fields.items():
        yield info.alias or name
        for inner in _models(info.annotation):
            yield from _keys(inner)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (tuple, dict, Union, UnionType) or get_args(annotation):
        for argument in get_args(annotation):
            yield from _models(argument)
