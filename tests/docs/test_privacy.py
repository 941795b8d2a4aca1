"""docs/privacy.md is true: its commands run in their order, and every screen looks as it is printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from conftest import REPOSITORY, Run
from support.guide_walk import FENCE, MARKED, Walk

PAGE = REPOSITORY / "docs" / "privacy.md"


def test_the_page_on_personal_data_is_true(tmp_path: Path, golden: Any, run: Run) -> None:
    """Sheets are imported, masked, taken back and forgotten as the page shows."""
    (tmp_path / "project").mkdir()
    flags = ("--no-input", "--language", "en", "--acronym", "Atlas", "--project-title", "The atlas of ideas", "--title", "Local lab")
    begun = run("new-lab", "lab-1", *flags, "--date", "2020-10-20", "--question", "What is needed?", cwd=tmp_path / "project")
    assert begun.code == 0, begun.err
    golden(PAGE, Walk(tmp_path, tmp_path).page(PAGE.read_text("utf-8")))
    assert run("check", cwd=tmp_path / "project").code == 0


def test_the_page_is_short_and_leaves_nothing_untried() -> None:
    """It has fewer than 200 lines, each block has a mark that says how it is tried, and each link leads to a file."""
    text = PAGE.read_text("utf-8")
    assert len(text.splitlines()) < 200
    assert len(FENCE.findall(text)) == sum(found["block"] is not None for found in MARKED.finditer(text))
    assert [link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not (PAGE.parent / link).exists()] == []
