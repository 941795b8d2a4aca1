"""examples/ci: the script passes a good project, stops a bad one and changes nothing; the workflow runs that script with few rights."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import REPOSITORY
from support.small_project import tree

CI = REPOSITORY / "examples" / "ci"


def checked(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script on a folder, with this checkout as the installed command."""
    surroundings = {**os.environ, "PYTHONPATH": str(REPOSITORY), "ECOCSME": f"{sys.executable} -m ecocsme", **environment}
    command = ["/bin/sh", str(CI / "check.sh"), str(folder)]
    return subprocess.run(command, env=surroundings, capture_output=True, encoding="utf-8", check=False, timeout=120)


def test_a_good_project_passes_and_stays_as_it_is(example: Path) -> None:
    """The example passes, its plan could be built, and no file of it is added or changed."""
    before = tree(example)
    done = checked(example)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "out/tm/action-plan.ro.docx" in done.stdout
    assert tree(example) == before


def test_a_project_without_its_private_sheets_passes(example: Path) -> None:
    """On a server the sheets are missing, as git leaves them out: that is said, and stops nothing."""
    import shutil

    shutil.rmtree(example / "events/tm-lll4-r1/sheets")
    done = checked(example)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" in done.stdout


def test_a_mistake_stops_it_and_is_shown_beside_its_line(example: Path) -> None:
    """An error of `check` ends the script with 1; on GitHub it is a note with file and line."""
    event = example / "events/tm-lll4-r1/event.yaml"
    event.write_text(event.read_text("utf-8").replace("date: 2020-10-20", "date: 2020-10-32"), "utf-8")
    done = checked(example, FORMAT="github")
    assert done.returncode == 1
    assert re.search(r"^::error file=events/tm-lll4-r1/event.yaml,line=\d+,", done.stdout, re.MULTILINE)


def test_a_document_that_cannot_be_built_stops_it(example: Path) -> None:
    """What only shows when a document is built, such as a template of one's own with a mistake, ends the script with 1."""
    own = example / "templates/documents/action-plan.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{{ no_such_thing }}\n", "utf-8")
    done = checked(example)
    assert done.returncode == 1
    assert "action-plan.md.j2" in done.stderr


def test_the_workflow_runs_the_script_with_few_rights() -> None:
    """It is YAML, has no rights but to read, runs the script, and names no place to install from."""
    workflow = yaml.load((CI / "check.yml").read_text("utf-8"), Loader=yaml.BaseLoader)  # all scalars stay text
    assert workflow["permissions"] == {}
    (job,) = workflow["jobs"].values()
    assert job["permissions"] == {"contents": "read"}
    steps = job["steps"]
    assert [step["run"] for step in steps if "run" in step][-1] == "sh check.sh"
    assert all(re.fullmatch(r"actions/[a-z-]+@(v\d+|[0-9a-f]{40})", step["uses"]) for step in steps if "uses" in step)


@pytest.mark.parametrize("name", ["check.sh", "check.yml", "README.md"])
def test_any_shell_and_server_reads_the_files_alike(name: str) -> None:
    """Each is plain ASCII with Unix line ends."""
    data = (CI / name).read_bytes()
    assert data.isascii()
    assert b"\r" not in data
