"""Dates in their order: actions, events and the project; only what is certainly wrong is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecocsme.checks.run import check_folder
from ecocsme.project.folder import Folder
from support.folders import EARLIER, PLAN, change, good

ACTIONS = [
    ("2021-03", "2021-02", "error"),
    ("2021-03-01", "2021-02", "error"),
    ("2021-03", "2021-02-28", "error"),
    ("2021-03-15", "14.03.2021", "error"),
    ("2021-03-15", "2021-03", None),
    ("2021-03", "2021-03-01", None),
    ("2021-03-15", "2021-03-15", None),
    ("2021-03", "2021-03", None),
    ("2021-12", "2022-01", None),
]


@pytest.mark.parametrize(("start", "due", "severity"), ACTIONS)
def test_an_action_that_is_due_before_it_starts(tmp_path: Path, start: str, due: str, severity: str | None) -> None:
    """An action may start and be due in one month, but its end never lies before its start."""
    root = good(tmp_path / "p").root
    line = change(root, PLAN, '  owner: "Orașul"', f'  start: {start}\n  due: {due}\n  owner: "Orașul"') + 1
    found = [(p.code, p.file, p.line, p.severity) for p in check_folder(Folder(root))]
    assert found == ([("action-dates", PLAN, line, severity)] if severity else [])


@pytest.mark.parametrize(("due", "warned"), [("2019-12", True), ("2020-01-14", True), ("2020-01", False), ("2020-01-15", False)])
def test_an_action_that_is_due_before_the_project(tmp_path: Path, due: str, warned: bool) -> None:  # noqa: FBT001  # a case of the table
    """An action that is due before the project starts is most likely a slip of the year: a warning."""
    root = good(tmp_path / "p").root
    change(root, "project.yaml", "programme: plain", "programme: plain\nstart: 2020-01-15")
    change(root, PLAN, '  owner: "Orașul"', f'  due: {due}\n  owner: "Orașul"')
    assert [(p.code, p.severity) for p in check_folder(Folder(root))] == ([("action-dates", "warning")] if warned else [])


@pytest.mark.parametrize(("start", "end", "said"), [("2020-10-08", "2020-10-20", []), ("2020-10-09", "2021-01-01", ["before"])])
def test_an_event_outside_the_time_of_the_project(tmp_path: Path, start: str, end: str, said: list[str]) -> None:
    """An event on the first or the last day of the project is inside; before or after it is a warning."""
    root = good(tmp_path / "p").root
    change(root, "project.yaml", "programme: plain", f"programme: plain\nstart: {start}\nend: {end}")
    found = list(check_folder(Folder(root)))
    assert [p.message.split()[1] for p in found] == said
    assert {p.severity for p in found} <= {"warning"}
    change(root, EARLIER, "date: 2020-10-08", "date: 2022-10-08")
    assert "event-date" in {p.code for p in check_folder(Folder(root)) if "is after the project ends" in p.message}


def test_a_project_that_ends_before_it_begins(tmp_path: Path) -> None:
    """A project that ends before its start is an error; one of a single day is none."""
    root = good(tmp_path / "p").root
    change(root, "project.yaml", "programme: plain", "programme: plain\nstart: 2021-01-02\nend: 2021-01-01")
    assert ("project-dates", "error") in {(p.code, p.severity) for p in check_folder(Folder(root))}
    change(root, "project.yaml", "start: 2021-01-02", "start: 2021-01-01")
    assert "project-dates" not in {p.code for p in check_folder(Folder(root))}
