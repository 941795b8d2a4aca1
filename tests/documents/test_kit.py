"""Every part of the kit: it has its template and its words, is built in each language, and prints on A4 as it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import EXAMPLE, Run
from ecocsme.documents import kit
from ecocsme.documents.kit import KIT
from ecocsme.files.places import shipped
from ecocsme.language import words as words_file
from ecocsme.project.folder import Folder
from support.printing import printed

EVENT = "tm-lll4-r1"


def built(folder: Folder, event: str = EVENT, *kinds: str) -> dict[str, bytes]:
    """All files of some parts of the kit, by name."""
    orders = kit.asked(folder, event, kinds).orders
    return {path.rsplit("/", 1)[-1]: data for path, data in kit.rendered(folder, event, orders).items()}


@pytest.mark.parametrize("kind", KIT)
def test_a_part_has_a_template_and_words(kind: str) -> None:
    """A part that is listed can be said in every language that is shipped: it has a title there, and a template."""
    room = "room-screen" if kind == "room-screen" else "documents"
    assert list((shipped() / room).glob("page.html" if kind == "room-screen" else f"{kind}.md.j2"))
    shelves = Folder(EXAMPLE).shelves
    for lang in words_file.languages(shelves):
        assert words_file.load(shelves, lang).say(f"{kind}.title")


def test_an_event_that_lacks_all_is_told_what_to_write(tmp_path: Path) -> None:
    """Of an event with a name and a date nothing is built, and each part says what is missing and what to do."""
    (tmp_path / "events" / "bare").mkdir(parents=True)
    (tmp_path / "project.yaml").write_text('acronym: "P"\ntitle: "T"\nlanguages: [ro]\n', "utf-8")
    (tmp_path / "events" / "bare" / "event.yaml").write_text('id: bare\ntitle: "Ceva"\ndate: 2026-11-20\n', "utf-8")
    found = kit.asked(Folder(tmp_path), "bare")
    left_out = {kind: why for kind, why in found.left_out.items() if "; " in why}
    assert {"one-page-agenda", "run-sheet", "personal-run-sheets", "packing-list", "invitation", "answer-sheet"} <= set(left_out)


@pytest.mark.slow
def test_the_kit_of_the_example_prints_on_a4(example: Path, tmp_path: Path, run: Run) -> None:
    """Each paper is there in each language; no page is empty, another size, or has a word beyond its margins."""
    assert run("plan-seating", EVENT, cwd=example).code == 0
    files = {name: data for name, data in built(Folder(example)).items() if name.endswith(".docx")}
    for kind, part in KIT.items():
        for order in part.orders(_event(example)):
            if "docx" in order.formats and part.suits(_event(example)):
                assert len([name for name in files if name.startswith(kind)]) >= (1 if order.together else 2), kind
    for name, pages in printed(tmp_path, {name.removesuffix(".docx"): data for name, data in files.items()}).items():
        for number, page in enumerate(pages, 1):
            assert (round(page.width), round(page.height)) == (595, 842), name
            assert page.body(), f"{name}: page {number} is empty"
            assert page.beyond() == [], f"{name}: page {number}"


def _event(root: Path) -> kit.Event:
    return kit.event_model.load(Folder(root), EVENT).value
