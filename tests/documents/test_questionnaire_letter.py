"""A questionnaire has no agenda: its date is the last day for replies, in the letter, the release, the calendar and `status`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conftest import Run
from ecocsme.checks.run import check_folder
from ecocsme.project.folder import Folder
from support import small_project
from support.small_project import csv_bytes

ASKED = """\
id: lab-1
title: {ro: "Atelierul", en: "Lab"}
topic: {ro: "Sprijinul", en: "Support"}
lab: 2
date: 2026-11-12
mode: questionnaire
replies_by: 2026-11-27
replies_to: {name: "Biroul", phone: "0256", email: "birou@example.org"}
method: questionnaire
participants: {expected: 4}
press: {date: 2026-11-12}
questions:
- {id: q1, ro: "Ce lipsește?", en: "What is missing?"}
- {id: q2, ro: "Cine ajută?", en: "Who helps?"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with one questionnaire."""
    made = small_project.make(tmp_path / "p")
    made.event_file("lab-1").write_text(ASKED, "utf-8")
    return made.root


def said(folder: Path, name: str) -> str:
    """A document that was built."""
    return (folder / "out/lab-1" / name).read_text("utf-8")


def edit(folder: Path, old: str, new: str) -> None:
    """Change the event file."""
    path = folder / "events/lab-1/event.yaml"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_the_agenda_is_the_letter_that_goes_with_the_form(folder: Path, run: Run) -> None:
    """Why, how, to whom and until when, the questions, what becomes of the answers; no timetable."""
    assert run("build-agenda", "lab-1", "--format", "md", cwd=folder).code == 0
    english, romanian = said(folder, "agenda.en.md"), said(folder, "agenda.ro.md")
    assert english.splitlines()[0] == "# Questionnaire"
    assert "**Save the file and send it to birou@example.org, by Friday, 27 November 2026 at the latest.**" in english
    assert "The form has 2 questions; you may leave out any of them." in english
    assert "If you have questions, please write to Biroul, 0256, birou@example.org." in english
    assert "**Salvați fișierul și trimiteți-l la birou@example.org, cel târziu vineri, 27 noiembrie 2026.**" in romanian
    assert "Formularul are 2 întrebări" in romanian
    assert "Timetable" not in english


@pytest.mark.parametrize(
    ("without", "line"),
    [
        ("replies_by: 2026-11-27\n", "2. Save the file and send it to birou@example.org."),
        (
            'replies_to: {name: "Biroul", phone: "0256", email: "birou@example.org"}\n',
            "2. **Save the file and send it back by Friday, 27 Nov",
        ),
    ],
)
def test_the_letter_says_what_is_known(folder: Path, run: Run, without: str, line: str) -> None:
    """Without a last day, or without an address, it says the rest."""
    edit(folder, without, "")
    assert run("build-agenda", "lab-1", "--format", "md", cwd=folder).code == 0
    assert line in said(folder, "agenda.en.md")


def test_the_release_says_until_when_and_where_to_ask(folder: Path, run: Run) -> None:
    """Nothing is held anywhere: answers are gathered until a day."""
    assert run("build-release", "lab-1", "--format", "md", cwd=folder).code == 0
    english = said(folder, "press-release.en.md")
    assert (
        "is gathering answers to the questionnaire “Lab”. Whoever wishes to take part can ask for the form at birou@example.org." in english
    )
    assert "Until Friday, 27 November 2026, P " in english
    assert "The questionnaire asks 2 questions:" in english
    assert "will be held" not in english
    assert "Până vineri, 27 noiembrie 2026, P adună răspunsuri la chestionarul „Atelierul”." in said(folder, "press-release.ro.md")


def test_the_calendar_file_is_the_last_day(folder: Path, run: Run) -> None:
    """One entry that takes the whole last day; another day is a newer entry."""
    assert run("build-agenda", "lab-1", "--format", "ics", cwd=folder).code == 0
    entry = re.sub("\r?\n[ \t]", "", said(folder, "agenda.ics"))
    assert "SUMMARY;LANGUAGE=ro-RO:Ultima zi pentru răspunsuri: Atelierul · atelierul 2" in entry
    assert "DTSTART;VALUE=DATE:20261127" in entry
    assert "Please reply by Friday\\, 27 November 2026\\, to birou@example.org." in entry
    assert "SEQUENCE:0" in entry
    edit(folder, "replies_by: 2026-11-27", "replies_by: 2026-11-30")
    assert run("build-agenda", "lab-1", "--format", "ics", cwd=folder).code == 0
    assert "SEQUENCE:1" in said(folder, "agenda.ics")


NO_ADDRESS = "no e-mail address for the replies is known; write to whom people send their replies: `replies_to: {name: ..., email: ...}`"
WRONG = (
    ("replies_by: 2026-11-27\n", "", ": replies_by: warning: is missing; write until when people may reply, e.g. `replies_by: 2026-11-26`"),
    (
        "replies_by: 2026-11-27",
        "replies_by: 2026-11-01",
        ":7: replies_by: is before the date of the event (2026-11-12); the date is the day on which it is sent: correct one",
    ),
    (', email: "birou@example.org"', "", f":8: replies_to: warning: {NO_ADDRESS}"),
    (
        "topic:",
        "tables: 3\ntopic:",
        ":3: tables: warning: a questionnaire has none: each person replies alone; take it out, or write another `mode`",
    ),
)


@pytest.mark.parametrize(("old", "new", "problem"), WRONG)
def test_what_a_questionnaire_needs_is_checked(folder: Path, old: str, new: str, problem: str) -> None:
    """A last day that is not before the event, an address, and nothing of a room."""
    edit(folder, old, new)
    assert [str(one) for one in check_folder(Folder(folder))] == [f"events/lab-1/event.yaml{problem}"]


def test_an_address_of_the_project_serves(folder: Path) -> None:
    """Where the event names nobody, the first contact of the project that has an address is asked, else the organisation."""
    edit(folder, 'replies_to: {name: "Biroul", phone: "0256", email: "birou@example.org"}\n', "")
    project = folder / "project.yaml"
    before = project.read_text("utf-8")
    for more in ('organisation: {name: "O", email: "o@example.org"}', 'contacts: [{name: "A"}, {name: "B", email: "b@example.org"}]'):
        project.write_text(f"{before}{more}\n", "utf-8")
        assert check_folder(Folder(folder)) == ()


def test_status_counts_the_replies(folder: Path, run: Run) -> None:
    """How many of those expected, until when, whether that is past; a question that somebody left out is no gap."""
    header = ["_id", "_uuid", "q1", "q2"]
    (folder.parent / "k.csv").write_bytes(csv_bytes([["1", "a", "unu", "-"], ["2", "b", "doi", "trei"]], header))
    assert run("import-notes", "lab-1", folder.parent / "k.csv", cwd=folder).code == 0
    for day, until in (("2026-11-27", "they may come until 2026-11-27"), ("2026-11-28", "replies were due by 2026-11-27")):
        done = run("status", "--today", day, cwd=folder)
        assert f"lab-1: 2 of 4 expected replies have come; {until}" in done.err
        assert "has not answered" not in done.err
    (found,) = json.loads(run("status", "--today", "2026-11-28", "--format", "json", cwd=folder).out)["result"]["events"]
    assert found["replies"] == {"come": 2, "expected": 4, "by": "2026-11-27", "over": True, "per_question": {"q1": 2, "q2": 1}}


def test_a_questionnaire_is_planned_until_its_last_day(folder: Path, run: Run) -> None:
    """It is held when nobody may reply any more."""
    stages = []
    for day in ("2026-11-13", "2026-11-27", "2026-11-28"):
        (found,) = json.loads(run("status", "--today", day, "--format", "json", cwd=folder).out)["result"]["events"]
        stages.append(found["stage"])
    assert stages == ["planned", "planned", "held"]


def test_the_kit_of_a_questionnaire_has_no_room(folder: Path, run: Run) -> None:
    """Its parts are forms; tables and rounds that were left in the file make no sheets, and other events have no questionnaire."""
    edit(folder, "topic:", "tables: 3\nrounds: 2\ntopic:")
    done = run("build-kit", "lab-1", "--only", "seating-plan", cwd=folder)
    assert done.code == 1
    assert "seating-plan: a questionnaire is answered in writing, without a room; build its form: ecocsme build-kit lab-1" in done.err
    assert "left out" not in run("build-kit", "lab-1", cwd=folder).err
    names = sorted(path.name for path in (folder / "out/lab-1").iterdir())
    assert names == [
        "answer-sheet.ro-en.docx", "answer-sheet.ro-en.xlsx", "questionnaire.limesurvey.txt", "questionnaire.ro-en.docx",
        "questionnaire.ro-en.xlsx", "questionnaire.xlsform.xlsx",
    ]  # fmt: skip
    edit(folder, "mode: questionnaire\n", "")
    done = run("build-kit", "lab-1", "--only", "questionnaire", cwd=folder)
    assert done.code == 1
    assert "questionnaire: the mode of this event is in-person; write `mode: questionnaire` where people reply by e-mail" in done.err


def test_a_new_event_with_this_method_is_a_questionnaire(tmp_path: Path, run: Run) -> None:
    """The method says how it is answered; the last day is given by its flag, and printed at once."""
    given = (
        "--title",
        "T",
        "--date",
        "12.11.2026",
        "--method",
        "questionnaire",
        "--replies-by",
        "27.11.2026",
        "--question",
        "Ce lipsește?",
    )
    done = run("new-lab", "lab-9", *given, "--language", "ro", "--acronym", "P", "--project-title", "T", "--no-input", cwd=tmp_path)
    assert done.code == 0, done.said
    text = (tmp_path / "events/lab-9/event.yaml").read_text("utf-8")
    assert "mode: questionnaire\nreplies_by: 2026-11-27" in text
    assert run("build-kit", "lab-9", "--only", "questionnaire", cwd=tmp_path).code == 0
