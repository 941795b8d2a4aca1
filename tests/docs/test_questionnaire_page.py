"""docs/questionnaire.md is true: its commands run in their order, and every screen looks as it is printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from conftest import REPOSITORY, Run
from support import filled_forms
from support.guide_walk import FENCE, MARKED, Walk

PAGE = REPOSITORY / "docs" / "questionnaire.md"
REPLIES = "## The replies come"
ANA = {"q1": "Mai mult timp", "q2": "Primăria", "name": "Ana Pop", "email": "ana@example.org"}
ION = {"q1": "A small grant\nand somebody to talk to"}


def test_the_page_on_questionnaires_is_true(tmp_path: Path, golden: Any, run: Run) -> None:
    """Forms are built, filled in by two people, imported and counted as the page shows."""
    project = tmp_path / "project"
    project.mkdir()
    (project / "project.yaml").write_text('acronym: "Atlas"\ntitle: {ro: "Atlasul", en: "The atlas"}\nlanguages: [ro, en]\n', "utf-8")
    (project / "events/spring").mkdir(parents=True)
    walk, text = Walk(tmp_path, tmp_path), PAGE.read_text("utf-8")
    before, _, after = text.partition(REPLIES)
    sent = walk.page(before)
    for person, ending, fill, said in (("ana", "docx", filled_forms.word, ANA), ("ion", "xlsx", filled_forms.excel, ION)):
        (project / "replies").mkdir(exist_ok=True)
        blank = (project / f"out/spring/questionnaire.ro-en.{ending}").read_bytes()
        (project / f"replies/questionnaire {person}.{ending}").write_bytes(fill(blank, said))
    golden(PAGE, sent + REPLIES + walk.page(after))
    assert run("check", "--strict", cwd=project).code == 0


def test_the_page_is_short_and_leaves_nothing_untried() -> None:
    """It has fewer than 200 lines, each block has a mark that says how it is tried, and each link leads to a file."""
    text = PAGE.read_text("utf-8")
    assert len(text.splitlines()) < 200
    assert len(FENCE.findall(text)) == sum(found["block"] is not None for found in MARKED.finditer(text))
    assert [link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not (PAGE.parent / link).exists()] == []
