"""A method as a block of an agenda: its steps stand in its place and share its time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Run
from ecocsme.checks.run import check_folder
from ecocsme.errors import InvalidFile
from ecocsme.event import model, running
from ecocsme.project.folder import Folder
from support.folders import EVENT, change, good, write

OURS = 'name: "x"\nsteps: [{title: hello, minutes: 5, part: frame}, {title: a, minutes: 5-15, lead: "Ana"}, {title: b, minutes: 10-30}]\n'
HEAD = 'id: lab-1\ntitle: "Lab"\ndate: 2020-10-20\nstart: 11:00\nend: 12:00\n'


def laid(root: Path, *agenda: str) -> list[str]:
    """The times and titles of an agenda in which `ours` is a method."""
    write(root, "templates/methods/ours.yaml", OURS)
    write(root, "events/lab-1/event.yaml", HEAD + "agenda:\n" + "".join(f"- {{{block}}}\n" for block in agenda))
    event = model.load(Folder(root), "lab-1").value
    table = running.run(Folder(root), event, "Europe/Bucharest")
    assert table.clashes == ()
    return [f"{slot.start}-{slot.end} {slot.title.said('ro')[0]}" for slot in table.slots]


@pytest.mark.parametrize(
    ("agenda", "said"),
    [
        (
            ("title: in, minutes: 20", "method: ours", "title: out, minutes: 15"),
            ["11:00-11:20 in", "11:20-11:28 a", "11:28-11:45 b", "11:45-12:00 out"],
        ),
        (("method: ours, start: 11:10, end: 11:30", "title: out"), ["11:10-11:17 a", "11:17-11:30 b", "11:30-12:00 out"]),
        (("method: ours, minutes: 45", "title: out"), ["11:00-11:15 a", "11:15-11:45 b", "11:45-12:00 out"]),
        (("method: ours, minutes: 15", "title: out"), ["11:00-11:05 a", "11:05-11:15 b", "11:15-12:00 out"]),
        (("method: ours, minutes: 15-45", "title: out, minutes: 30"), ["11:00-11:10 a", "11:10-11:30 b", "11:30-12:00 out"]),
        (("method: ours, minutes: 15-45", "title: out, minutes: 45"), ["11:00-11:05 a", "11:05-11:15 b", "11:15-12:00 out"]),
    ],
)
def test_the_steps_of_a_method_share_the_time_of_its_block(tmp_path: Path, agenda: tuple[str, ...], said: list[str]) -> None:
    """Start, end and minutes of the block hold for its steps together; the frame of the method is left out."""
    assert laid(tmp_path, *agenda) == said


def test_lead_and_materials_of_the_block_go_to_its_steps(tmp_path: Path) -> None:
    """Who leads the block leads the steps that name nobody; its materials are needed from its first step on."""
    laid(tmp_path, 'method: ours, lead: "Dan", materials: [x]')
    slots = running.run(Folder(tmp_path), model.load(Folder(tmp_path), "lab-1").value, "Europe/Bucharest").slots
    assert [slot.lead and slot.lead.said("ro")[0] for slot in slots] == ["Ana", "Dan"]
    assert [len(slot.materials) for slot in slots] == [1, 0]


@settings(max_examples=40, deadline=None)
@given(minutes=st.integers(15, 45))
def test_any_minutes_that_a_method_can_take_are_filled(tmp_path_factory: pytest.TempPathFactory, minutes: int) -> None:
    """A method in a block of so many minutes ends exactly then, as long as its steps can give that much or that little."""
    said = laid(tmp_path_factory.mktemp("day"), f"method: ours, minutes: {minutes}", "title: out")
    assert said[1].startswith("11:") and said[1].split()[0].endswith(f"11:{minutes}")  # noqa: PT018  # one line of one block
    assert len(said) == 3


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("method: w3, minutes: 20", "agenda[2]: w3 takes at least 32 minutes for this group; change its minutes, or take another method"),
        ("method: w3, minutes: 90", "agenda[2]: w3 takes at most 58 minutes for this group; change its minutes, or take another method"),
        ("method: w33", "agenda[2].method: there is no method w33; did you mean w3?"),
        (
            "start: 11:20, method: w3",
            "agenda[2]: starts at 11:20, before block 1 (until 11:30) has ended; start it later or shorten the block before it",
        ),
        ("method: w3, title: x", "agenda[2]: has a title and a method, whose steps have titles of their own; keep one of them"),
        ("method: [w3], title: x", "agenda[2].method: found a list where one value is expected; write one text in double quotes"),
        ("minutes: 20", "agenda[2].title: is missing; add this key"),
    ],
)
def test_what_is_wrong_with_a_block_that_is_a_method(tmp_path: Path, block: str, said: str) -> None:
    """A method that does not exist, does not fit or clashes is named at the line of its block."""
    root = tmp_path / "p"
    good(root)
    change(root, EVENT, '{minutes: 60, title: {ro: "Mesele", en: "Tables"}}', f"{{{block}}}")
    assert f"{EVENT}:13: {said}" in [str(problem) for problem in check_folder(Folder(root))]


def test_a_method_of_frames_only_is_refused(tmp_path: Path) -> None:
    """A method has at least one step of its own."""
    write(tmp_path, "templates/methods/ours.yaml", 'name: "x"\nsteps: [{title: hello, minutes: 5, part: frame}]\n')
    write(tmp_path, "events/lab-1/event.yaml", HEAD + "agenda: [{method: ours}]\n")
    with pytest.raises(InvalidFile, match=r"methods/ours.yaml:2: steps: has no step but frames; "):
        running.blocks(Folder(tmp_path), model.load(Folder(tmp_path), "lab-1").value)


def test_an_agenda_with_a_method_is_built_anew_when_the_method_changes(tmp_path: Path, run: Run) -> None:
    """The steps of a method stand in the document, and a change of a method of one's own makes it out of date."""
    root = tmp_path / "p"
    good(root)
    write(root, "templates/methods/ours.yaml", OURS)
    change(root, EVENT, '{minutes: 60, title: {ro: "Mesele", en: "Tables"}}', "{method: ours, minutes: 40}")
    change(root, EVENT, "{minutes: 30, title: {ro: ", "{minutes: 50, title: {ro: ")
    assert run("build-agenda", "lab-2", "--format", "md", "--language", "en", cwd=root).code == 0
    built = root / "out/lab-2/agenda.en.md"
    assert "| 11:30–11:43 | a | Ana |" in built.read_text("utf-8")
    assert run("build", cwd=root).code == 0
    assert "up to date" in run("build", cwd=root).said
    write(root, "templates/methods/ours.yaml", OURS.replace("title: a", "title: changed"))
    assert run("build", cwd=root).code == 0
    assert "| 11:30–11:43 | changed | Ana |" in built.read_text("utf-8")
