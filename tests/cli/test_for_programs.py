"""What programs read: the JSON envelope of check and import-notes, and GitHub's notes beside the lines of a change."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conftest import Run


@pytest.fixture
def faulty(example: Path) -> Path:
    """The example with one error and one warning."""
    event = example / "events/tm-lll4-r1/event.yaml"
    text = event.read_text("utf-8").replace("previous: tm-lll3-r1", "previous: tm-lll9-r1")
    event.write_text(text.replace('en: "Break"', 'en: "Break\\a"'), "utf-8")
    return example


def test_check_gives_programs_every_problem_with_its_parts(faulty: Path, run: Run) -> None:
    """The envelope names file, line, field, message, cure, code and severity; the exit code is that of the text form."""
    done = run("check", "--format", "json", cwd=faulty)
    envelope = json.loads(done.out)
    assert done.code == 1
    assert (envelope["format"], envelope["command"]) == (1, "check")
    assert all(set(one) == {"code", "severity", "file", "line", "field", "message", "cure"} for one in envelope["problems"])
    assert {(one["code"], one["severity"]) for one in envelope["problems"]} == {("previous", "error"), ("character", "warning")}
    assert all(one["file"] == "events/tm-lll4-r1/event.yaml" and one["line"] for one in envelope["problems"])


def test_check_speaks_githubs_way(faulty: Path, run: Run) -> None:
    """Each problem is one annotation with file and line; signs of the annotation itself are escaped."""
    event = faulty / "events/tm-lll4-r1/event.yaml"
    event.write_text(event.read_text("utf-8").replace("previous: tm-lll9-r1", 'previous: "100%::x,y"'), "utf-8")
    done = run("check", "--format", "github", cwd=faulty)
    assert done.code == 1
    for line in done.out.splitlines():
        head, said = line.split("::", 2)[1:]
        assert head.split()[0] in ("error", "warning")
        assert "file=events/tm-lll4-r1/event.yaml,line=" in head
        assert "\r" not in said
    assert "100%25" in done.out


def test_a_good_folder_is_an_empty_list(example: Path, run: Run) -> None:
    """Without problems the envelope says so, and the exit code is 0."""
    done = run("check", "--format", "json", cwd=example)
    assert (done.code, json.loads(done.out)["problems"]) == (0, [])


def test_import_notes_gives_programs_the_fate_of_every_cell(example: Path, run: Run) -> None:
    """For each sheet the sums match, and what was written is named."""
    inbox = example / "inbox"
    shutil.move(example / "events/tm-lll4-r1/sheets", inbox)
    shutil.rmtree(example / "events/tm-lll4-r1/notes")
    done = run("import-notes", "tm-lll4-r1", inbox, "--format", "json", cwd=example)
    result = json.loads(done.out)["result"]
    assert [sheet["notes"] for sheet in result["sheets"]] == [26, 32, 28]
    for sheet in result["sheets"]:
        fates = (sheet["notes"], sheet["header"], sheet["context"], sum(sheet["left_out"].values()), len(sheet["not_read"]))
        assert sum(fates) == sheet["cells"]
    assert {Path(name).suffix for name in result["written"]} >= {".csv"}
