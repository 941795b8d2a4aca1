"""The command line as a whole: help, exit codes, streams, and what a person sees who does something wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import REPOSITORY, Run

COMMANDS = ("demo", "new-lab", "check", "build-agenda", "build-release", "build-kit", "build-plan", "build")
COMMANDS += ("import-participants", "plan-seating", "late-start")
COMMANDS += ("import-notes", "withdraw", "forget", "decide", "draft-plan", "status", "trace", "templates")


def test_help_lists_the_commands_in_the_order_of_the_chain(tmp_path: Path, run: Run) -> None:
    """`ecocsme --help` names every command, none cut off, in the order in which a lab needs them."""
    shown = run("--help", cwd=tmp_path).out
    found = [line.split()[0] for line in shown.split("Commands:")[1].splitlines() if line.strip()]
    assert tuple(found) == COMMANDS
    assert "..." not in shown.split("Commands:")[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_outside_of_any_project(tmp_path: Path, run: Run, command: str) -> None:
    """`--help` works anywhere, and every option has words of its own."""
    shown = run(command, "--help", cwd=tmp_path, COLUMNS="200")
    assert shown.code == 0
    options = [line for line in shown.out.splitlines() if line.strip().startswith("-")]
    assert options
    assert all(len(line.split()) > 3 for line in options)


@pytest.mark.parametrize("command", ["check", "build-agenda", "build-release", "build-kit", "build-plan"])
def test_outside_of_a_project_one_line_says_what_to_do(tmp_path: Path, run: Run, command: str) -> None:
    """Without a project folder the exit code is 1, and the one line names the ways out."""
    done = run(command, cwd=tmp_path)
    assert done.code == 1
    cure = "go to the project folder, name it with --project, or start one with `ecocsme new-lab`"
    assert done.err == f"project.yaml: there is no project here or above; {cure}\n"


def test_wrong_usage_ends_with_two(tmp_path: Path, run: Run) -> None:
    """An unknown command or option, and no command at all, are wrong usage."""
    assert run("chekc", cwd=tmp_path).code == 2
    assert run("check", "--stict", cwd=tmp_path).code == 2
    assert run(cwd=tmp_path).code == 2


def test_results_go_to_stdout_and_talk_to_stderr(example: Path, run: Run) -> None:
    """A script that reads stdout gets the paths of documents and nothing else; --quiet leaves out the rest."""
    done = run("build-agenda", "tm-lll4-r1", "--quiet", cwd=example)
    assert done.code == 0, done.said
    assert [(example / line).is_file() for line in done.out.splitlines()] == [True] * 5
    assert done.err == ""


def test_an_event_is_found_by_where_one_stands(example: Path, run: Run) -> None:
    """Inside an event's folder its name may be left out; outside, with several events, it is asked for."""
    inside = run("build-agenda", "--format", "md", cwd=example / "events/tm-lll4-r1")
    assert inside.code == 0, inside.said
    outside = run("build-agenda", "--format", "md", cwd=example)
    assert outside.code == 1
    assert "tm-lll3-r1" in outside.err
    assert "tm-lll4-r1" in outside.err


def test_a_misspelt_event_gets_the_nearest_name(example: Path, run: Run) -> None:
    """Unknown names are answered with the nearest known one."""
    done = run("build-agenda", "tm-lll4", cwd=example)
    assert done.code == 1
    assert "did you mean tm-lll4-r1?" in done.err


def test_an_unknown_format_or_language_is_named_with_what_there_is(example: Path, run: Run) -> None:
    """A format or language that does not exist is refused before anything is written."""
    for flag, value, known in (("--format", "odt", "docx"), ("--language", "xx", "ro")):
        done = run("build-agenda", "tm-lll4-r1", flag, value, cwd=example)
        assert done.code == 1
        assert value in done.err
        assert known in done.err
    assert not (example / "out").exists()


def test_a_reader_who_has_seen_enough_is_no_error(example: Path) -> None:
    """`ecocsme check --codes | head -1` leaves no traceback."""
    command = f"{sys.executable} -m ecocsme check --codes | head -1"
    environment = {"PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, shell=True, cwd=example, capture_output=True, env=environment, check=False)  # noqa: S602  # a pipe is the point
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which only Linux has")
def test_a_full_disk_behind_the_output_is_one_line(example: Path) -> None:
    """When the results cannot be written, the command says so in one line and ends with 1."""
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ecocsme", "check", "--codes"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=example,
            env={"PYTHONPATH": str(REPOSITORY)},
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert "cannot be written" in done.stderr.decode()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp852"])
def test_no_console_is_too_old_for_our_words(example: Path, run: Run, encoding: str) -> None:
    """Whatever the code page, a problem with Romanian letters is shown and ends with 1, not with a traceback."""
    event = example / "events/tm-lll4-r1/event.yaml"
    event.write_text(event.read_text("utf-8").replace("previous: tm-lll3-r1", 'previous: "țară-ș"'), "utf-8")
    done = run("check", cwd=example, PYTHONIOENCODING=encoding, PYTHONUTF8="0", LANG="C", LC_ALL="C")
    assert done.code == 1
    assert "Traceback" not in done.said
    assert "previous" in done.out
