"""`new-lab`: by flags in a script, by questions in a terminal, from an earlier event; never over anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import REPOSITORY, Run
from support.terminal import typed

PROJECT = ("--language", "ro", "--language", "en", "--acronym", "Atlas", "--project-title", "Atlasul ideilor / The atlas of ideas")
EVENT = ("--title", "Atelier Local / Local Lab", "--date", "20.10.2020", "--start", "11:00", "--method", "world-cafe", "--tables", "4")
QUESTIONS = ("--question", "De ce? / Why?", "--question", "Cum? / How?")


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    """A project that was begun with its first event, by flags."""
    done = run("new-lab", "lab-1", "--no-input", *PROJECT, *EVENT, *QUESTIONS, cwd=tmp_path)
    assert done.code == 0, done.said
    return tmp_path


def test_the_first_event_brings_a_project_that_check_accepts_without_a_word(folder: Path, run: Run) -> None:
    """What new-lab writes passes `check --strict`."""
    checked = run("check", "--strict", cwd=folder)
    assert (checked.code, checked.out) == (0, "")


def test_it_names_the_files_it_has_written(tmp_path: Path, run: Run) -> None:
    """The paths of all new files stand on stdout, and exist."""
    done = run("new-lab", "lab-1", "--no-input", *PROJECT, *EVENT, cwd=tmp_path)
    schemas = [f".schemas/{kind}.json" for kind in ("event", "mapping", "plan", "practices", "project", "themes")]
    assert done.out.split() == ["project.yaml", ".gitignore", ".gitattributes", *schemas, "events/lab-1/event.yaml"]
    assert all((tmp_path / name).is_file() for name in done.out.split())


def test_a_script_is_told_every_flag_that_is_missing(tmp_path: Path, run: Run) -> None:
    """Without a terminal all missing flags are named at once, with exit code 2, and nothing is written."""
    done = run("new-lab", "lab-1", "--no-input", cwd=tmp_path)
    assert done.code == 2
    assert all(flag in done.err for flag in ("--language", "--acronym", "--project-title", "--title", "--date"))
    assert not list(tmp_path.iterdir())


def test_a_pipe_is_no_terminal(tmp_path: Path, run: Run) -> None:
    """Without --no-input a script is not asked either."""
    assert run("new-lab", "lab-1", cwd=tmp_path, stdin="x\n").code == 2


def test_nothing_is_overwritten(folder: Path, run: Run) -> None:
    """A second event of the same name is refused, and the first stays byte for byte."""
    before = (folder / "events/lab-1/event.yaml").read_bytes()
    again = run("new-lab", "lab-1", "--no-input", *EVENT, cwd=folder)
    assert again.code == 1
    assert "events/lab-1/event.yaml: is there already" in again.err
    assert (folder / "events/lab-1/event.yaml").read_bytes() == before


@pytest.mark.parametrize("name", ["CON", "con", "../x", "Lab 1", "-x", "a" * 61, "țară"])
def test_unsafe_names_are_refused(tmp_path: Path, run: Run, name: str) -> None:
    """A name that some system could not hold is refused, and nothing is written."""
    done = run("new-lab", "--no-input", *PROJECT, *EVENT, "--", name, cwd=tmp_path)
    assert done.code == 1
    assert "cannot be the name of this event" in done.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("flag", "value"), [("--date", "31.02.2020"), ("--start", "25:61"), ("--timezone", "Bucuresti")])
def test_a_flag_that_makes_no_sense_is_wrong_usage(tmp_path: Path, run: Run, flag: str, value: str) -> None:
    """A date, time or zone that does not exist ends with exit code 2 and names the flag and the value."""
    done = run("new-lab", "lab-1", "--no-input", *PROJECT, *EVENT, flag, value, cwd=tmp_path)
    assert done.code == 2
    assert flag in done.err
    assert value in done.err


@pytest.mark.parametrize(("flag", "value"), [("--method", "world-caffe"), ("--programme", "interreg"), ("--previous", "lab-0")])
def test_unknown_names_are_refused_with_the_nearest(tmp_path: Path, run: Run, flag: str, value: str) -> None:
    """A method, programme or event that does not exist is named, and nothing is written."""
    done = run("new-lab", "lab-1", "--no-input", *PROJECT, *EVENT, flag, value, cwd=tmp_path)
    assert done.code == 1
    assert value in done.err
    assert not list(tmp_path.iterdir())


def test_texts_that_could_break_yaml_come_through(tmp_path: Path, run: Run) -> None:
    """Colons, quotes, hashes and braces in a title are kept as typed."""
    title = 'Idei: "bani" # și {spații} [2020] \\ 100 %'
    project = ("--language", "ro", "--acronym", "A", "--project-title", "T")
    done = run("new-lab", "lab-1", "--no-input", *project, "--title", title, "--date", "2020-10-20", cwd=tmp_path)
    assert done.code == 0, done.said
    assert run("check", "--strict", cwd=tmp_path).code == 0
    run("build-agenda", "lab-1", "--format", "md", cwd=tmp_path)
    assert "100 %" in (tmp_path / "out/lab-1/agenda.ro.md").read_text("utf-8")


def test_the_next_event_links_the_one_before(folder: Path, run: Run) -> None:
    """Without a flag, `previous` is the last event before the day."""
    done = run("new-lab", "lab-2", "--no-input", "--title", "Atelier / Lab", "--date", "2020-11-20", cwd=folder)
    assert done.code == 0, done.said
    assert "previous: lab-1" in (folder / "events/lab-2/event.yaml").read_text("utf-8")


def test_like_takes_over_the_event_but_not_who_where_and_when(example: Path, run: Run) -> None:
    """`--like` keeps questions and agenda, and leaves out date, venue, facilitator, press and participants; check accepts it."""
    done = run("new-lab", "tm-lll5-r1", "--no-input", "--like", "tm-lll4-r1", "--date", "2021-02-09", "--lab", "5", cwd=example)
    assert done.code == 0, done.said
    text = (example / "events/tm-lll5-r1/event.yaml").read_text("utf-8")
    keys = [line.split(":")[0] for line in text.splitlines() if line and line[0].isalpha()]
    assert {"id", "lab", "date", "previous", "title", "topic", "agenda", "questions", "measures"} <= set(keys)
    assert not {"venue", "facilitator", "press", "participants"} & set(keys)
    assert len(keys) == len(set(keys))
    assert "date: 2021-02-09" in text
    assert "previous: tm-lll4-r1" in text
    assert "Cancelarie" not in text
    assert "presa@example.org" not in text
    assert "events/tm-lll5-r1" not in run("check", cwd=example).out


def test_like_leaves_the_hosts_of_tables_behind(folder: Path, run: Run) -> None:
    """A host is a person: the next event has as many tables, without their names."""
    file = folder / "events/lab-1/event.yaml"
    file.write_text(file.read_text("utf-8").replace("tables: 4", 'tables: [{id: t1, host: "Ana P."}, {id: t2}]'), "utf-8")
    assert run("new-lab", "lab-2", "--no-input", "--like", "lab-1", "--date", "2020-11-20", cwd=folder).code == 0
    text = (folder / "events/lab-2/event.yaml").read_text("utf-8")
    assert "Ana" not in text
    assert "tables: 2" in text


def test_a_terminal_is_asked_for_everything(tmp_path: Path, run: Run) -> None:
    """The wizard asks for project, event and questions, asks again after a wrong date, and ends in files that check accepts."""
    answers = [
        "ro en", "Atlas", "Atlasul ideilor", "The atlas of ideas", "", "", "", "",
        "Atelier Local", "Local Lab", "", "31.02.2020", "20.10.2020", "11:00", "Sala Mare", "Great Hall", "", "world-cafe", "4", "3",
        "De ce?", "Why?", "Cum?", "How?", "",
    ]  # fmt: skip
    code, screen = typed(["new-lab", "lab-1"], answers, cwd=tmp_path, environment={"PYTHONPATH": str(REPOSITORY)})
    assert code == 0, screen
    assert "a day that does not exist" in screen
    event = (tmp_path / "events/lab-1/event.yaml").read_text("utf-8")
    assert 'venue: {name: {ro: "Sala Mare", en: "Great Hall"}}' in event
    assert event.count("- id: q") == 2
    assert run("check", "--strict", cwd=tmp_path).code == 0


def test_an_event_like_one_of_several_days_has_several_days(folder: Path, run: Run) -> None:
    """The days are as far apart as they were, each with its times, the first with those that are given; tracks are taken over."""
    path = folder / "events/lab-1/event.yaml"
    days = "days:\n- {date: 2020-10-20, start: 09:00, end: 10:00}\n- {date: 2020-10-22, end: 12:30}\n"
    tracks = "tracks:\n- {id: a, ro: A, en: A}\nagenda:\n- {title: {ro: x, en: x}, track: a, minutes: 60}\n"
    more = "- {title: {ro: x, en: x}, day: 2, start: 11:30, minutes: 60}\n"
    text = path.read_text("utf-8").replace("date: 2020-10-20\nstart: 11:00\n", days) + tracks + more
    path.write_text(text, "utf-8")
    done = run("new-lab", "lab-2", "--like", "lab-1", "--date", "2020-12-30", "--start", "8:30", "--no-input", cwd=folder)
    assert done.code == 0, done.said
    made = (folder / "events/lab-2/event.yaml").read_text("utf-8")
    moved = "  - date: 2020-12-30\n    start: 08:30\n    end: 10:00\n  - date: 2021-01-01\n    end: 12:30\n"
    assert f"\ndays:\n{moved}" in made
    assert "\ndate:" not in made
    assert tracks + more in made
