"""A dry run of a document says why it would be built, and results for programs keep to the documented schema."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from conftest import REPOSITORY, Ended, Run

EVENT, EVENT_FILE = "tm-lll4-r1", "events/tm-lll4-r1/event.yaml"
AGENDA = f"out/{EVENT}/agenda.ro.md"
ORDERS = {"build-agenda": EVENT, "build-release": EVENT, "build-kit": EVENT, "build-plan": "tm"}
SCHEMA = json.loads((REPOSITORY / "docs/result.schema.json").read_bytes())


@pytest.fixture
def jsonschema() -> Any:
    """The library that knows whether something is valid."""
    return pytest.importorskip("jsonschema", reason="the package jsonschema is not installed: results are not held against their schema")


def reasons(done: Ended) -> dict[str, str]:
    """Each document with its reason, as a dry run says it; the paths on standard output are the same and nothing else."""
    assert done.code == 0, done.said
    *lines, end = [line for line in done.err.splitlines() if ": warning: " not in line and ": left out: " not in line]
    assert end == "nothing was written (--dry-run)"
    found = dict(line.split(": ", 1) for line in lines)
    assert done.out.splitlines() == [path.replace(".ro.md", ".ro.new.md") if "by hand" in why else path for path, why in found.items()]
    return found


@pytest.mark.parametrize(("command", "subject"), ORDERS.items())
def test_a_document_that_is_not_there_is_new_and_then_unchanged(example: Path, run: Run, command: str, subject: str) -> None:
    """Before the first build every document is named as not built yet; after it, as unchanged."""
    assert set(reasons(run(command, subject, "--dry-run", cwd=example)).values()) == {"not built yet"}
    assert run(command, subject, cwd=example).code == 0
    assert set(reasons(run(command, subject, "--dry-run", cwd=example)).values()) == {"unchanged"}


def test_the_input_that_changed_is_named(example: Path, run: Run) -> None:
    """A change of the event file is the reason; a document that was deleted is one, too."""
    assert run("build-agenda", EVENT, cwd=example).code == 0
    (example / AGENDA).unlink()
    event = example / EVENT_FILE
    event.write_text(event.read_text("utf-8").replace('en: "Break"', 'en: "Pause"'), "utf-8")
    found = reasons(run("build-agenda", EVENT, "--dry-run", cwd=example))
    assert found.pop(AGENDA) == "was deleted"
    assert set(found.values()) == {f"{EVENT_FILE} changed"}


def test_a_document_changed_by_hand_is_said_to_be_kept(example: Path, run: Run) -> None:
    """It stays, the new build would go beside it; with --force it would be replaced, and that is said."""
    assert run("build-agenda", EVENT, cwd=example).code == 0
    with (example / AGENDA).open("a", encoding="utf-8") as stream:
        stream.write("\nscris de mână\n")
    kept = reasons(run("build-agenda", EVENT, "--dry-run", cwd=example))
    assert kept[AGENDA] == f"changed by hand and kept; the new build goes to out/{EVENT}/agenda.ro.new.md"
    forced = reasons(run("build-agenda", EVENT, "--dry-run", "--force", cwd=example))
    assert forced[AGENDA] == "is replaced, whoever wrote it (--force)"


def test_quiet_leaves_the_reasons_out(example: Path, run: Run) -> None:
    """A script that asks for quiet gets the paths alone."""
    done = run("build-agenda", EVENT, "--dry-run", "--quiet", cwd=example)
    assert (done.code, done.err, AGENDA in done.out.splitlines()) == (0, "", True)


def test_results_for_programs_keep_to_the_schema(example: Path, run: Run, jsonschema: Any) -> None:
    """What check, import-notes, status and trace print is valid, with problems and without, on a dry run and after it."""
    inbox = example / "inbox"
    shutil.move(example / "events" / EVENT / "sheets", inbox)
    shutil.rmtree(example / "events" / EVENT / "notes")
    commands = [
        ("status",),
        ("import-notes", EVENT, "inbox", "--dry-run"),
        ("import-notes", EVENT, "inbox"),
        ("import-notes", EVENT, "inbox"),
    ]
    commands += [("status", "--today", "2021-01-01"), ("trace", "theme:spaces"), ("trace", "A1"), ("trace", f"{EVENT}/q1"), ("check",)]
    for command in commands:
        done = run(*command, "--format", "json", cwd=example)
        assert done.code == 0, done.said
        jsonschema.validate(json.loads(done.out), SCHEMA)
    event = example / EVENT_FILE
    event.write_text(event.read_text("utf-8").replace("previous: tm-lll3-r1", "previous: tm-lll9-r1"), "utf-8")
    done = run("check", "--format", "json", cwd=example)
    jsonschema.validate(json.loads(done.out), SCHEMA)
    assert (done.code, [problem["code"] for problem in json.loads(done.out)["problems"]]) == (1, ["previous"])


@pytest.mark.parametrize(
    "broken",
    [
        {"format": 2},
        {"command": "build"},
        {"problems": [{"message": "m"}]},
        {"result": {"events": []}},
        {"result": {"events": [{"event": "e"}], "to_build": {}}},
        {"more": 1},
    ],
)
def test_the_schema_refuses_what_is_not_documented(broken: dict[str, object], jsonschema: Any) -> None:
    """Another format, command, kind of problem or result, and a fifth key, are refused."""
    good = {"format": 1, "command": "status", "problems": [], "result": {"events": [], "to_build": {}}}
    jsonschema.validate(good, SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**good, **broken}, SCHEMA)
