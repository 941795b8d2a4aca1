"""The guide is true: one walk through its pages runs every command and compares every screen; `--update-golden` renews the pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from conftest import REPOSITORY, Run
from support.guide_walk import FENCE, MARKED, Walk

GUIDE = REPOSITORY / "docs" / "guide"
INDEX = GUIDE / "README.md"
PAGES = sorted(GUIDE.glob("[0-9]-*.md"))


def test_the_guide_leads_from_nothing_to_a_word_plan(tmp_path: Path, golden: Any, run: Run) -> None:
    """Page after page, every command runs in its order in one folder, and every screen and file looks as it is printed."""
    walk = Walk(tmp_path, tmp_path)
    for page in PAGES:
        golden(page, walk.page(page.read_text("utf-8")))
    project = tmp_path / "library"
    assert (project / "out/library/action-plan.ro.docx").is_file()
    assert run("check", "--strict", cwd=project).code == 0
    notes = [line for file in (project / "events/library-1/notes").glob("*.csv") for line in file.read_text("utf-8").splitlines()[1:]]
    assert len(notes) >= 10


def test_the_guide_uses_every_command() -> None:
    """Each command of the command line is run on some page."""
    from typer.main import get_command

    from ecocsme.cli.app import app

    blocks = [found["block"] for page in PAGES for found in MARKED.finditer(page.read_text("utf-8")) if found["mark"] == "run"]
    used = {line.split()[1] for block in blocks for line in block.splitlines()}
    assert set(getattr(get_command(app), "commands")) - used == set()  # noqa: B009  # Typer's own type does not say that it has commands


@pytest.mark.parametrize("page", [INDEX, *PAGES], ids=lambda page: page.stem)
def test_a_page_is_short_and_leaves_nothing_untried(page: Path) -> None:
    """It has fewer than 200 lines, each block has a mark that says how it is tried, and each link leads to a file."""
    text = page.read_text("utf-8")
    assert len(text.splitlines()) < 200
    assert len(FENCE.findall(text)) == sum(found["block"] is not None for found in MARKED.finditer(text))
    missing = [link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not (page.parent / link).exists()]
    assert missing == []


def test_the_index_lists_every_page_in_order() -> None:
    """The first page of the guide links the others, one after another."""
    assert re.findall(r"\]\((\d-[\w-]+\.md)\)", INDEX.read_text("utf-8")) == [page.name for page in PAGES]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<!-- run -->\n```powershell\necocsme check\n```\n", "ended with 1"),
        ("<!-- run; ends with 1 -->\n```powershell\necocsme --version\n```\n", "ended with 0"),
        ("<!-- run -->\n```powershell\npip install .\n```\n", "another program"),
        ("<!-- write: a.yaml -->\n```yaml\na: 1\n```\n`b: 1` `b: 2`\n<!-- change: a.yaml | b: 1 | b: 2 -->\n", "holds 0 times"),
        ("<!-- write: a.yaml -->\n```yaml\na: 1\n```\n<!-- change: a.yaml | a: 1 | a: 2 -->\n", "does not say"),
    ],
)
def test_a_page_that_is_not_true_is_found(tmp_path: Path, page: str, said: str) -> None:
    """A command that fails, or does not fail as printed, and a change that cannot be made end the walk."""
    with pytest.raises(AssertionError, match=said):
        Walk(tmp_path, tmp_path).page(page)


def test_a_screen_that_is_not_true_is_put_right(tmp_path: Path) -> None:
    """What a page prints is replaced by what really comes out, so that the comparison fails."""
    page = "<!-- run -->\n```powershell\necocsme --version\n```\n\n<!-- see -->\n```text\necocsme 99\n```\n"
    walked = Walk(tmp_path, tmp_path).page(page)
    assert "ecocsme 99" not in walked
    assert re.search(r"```text\necocsme \d+\.\d+\.\d+\n```\n", walked)
