# ruff: noqa: E501  # the lines of the page that is made here
"""docs/commands.md is made from the commands themselves: their help, their exit codes, what they print for programs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from conftest import REPOSITORY, Run

PAGE = REPOSITORY / "docs" / "commands.md"
INSTALLED = "import sys; sys.argv[0] = 'ecocsme'; from ecocsme.cli import main; main()"  # as the installed script starts it
SHOWN = ("check", "import-participants", "plan-seating", "import-notes", "status", "trace")
HEAD = """\
# Every command

Made from the commands themselves by `pytest --update-golden tests/docs/test_commands.py`; do not change it by hand. How they are used in a lab, step by
step: [the guide](guide/README.md). All of it also runs as `python -m ecocsme` (Windows: `py -m ecocsme`).

"""
CODES = """
## Exit codes

| code | what it means |
|---|---|
| 0 | done; `check` found no errors (with `--strict`: no warnings either) |
| 1 | your files have a problem, a name is not known or ambiguous, or something would be overwritten; nothing was written |
| 2 | wrong usage: an option, a value of an option, or a flag that is missing with `--no-input` |
| 130 | interrupted with Ctrl+C; nothing was left half done |

Results go to standard output, talk and refusals to standard error. `--quiet` leaves out the talk, never a result, a problem or a warning.

## For programs: `--format json`

`check`, `import-participants`, `plan-seating`, `import-notes`, `status` and `trace` print one JSON object, in UTF-8, with four keys:

| key | what it holds |
|---|---|
| `format` | `1`; another number means that keys changed their meaning or went away. New keys may come without a new number |
| `command` | the command |
| `problems` | a list; each has `code` ([checks.md](checks.md); `file` for one that cannot be read, `not-read` for a cell), `severity` (`error`, `warning`), `file`, `line` (or null), `field`, `message`, `cure` |
| `result` | what the command found, as below |

The same as a JSON Schema, with what each command finds: [result.schema.json](result.schema.json). A command that is refused prints no JSON, only its message on standard error, and ends with 1 or 2. What `check` finds is its result, not a refusal. `check --format github` prints
each problem as GitHub shows it beside the line of a change.
"""
ABOUT = {
    "check": "`result` is empty; all that is found stands under `problems`. Here a day does not exist:",
    "import-participants": (
        "`new` and `known` are the numbers of those who stand in the list, `missing` of those who do not any more; `columns` says as what each title was read, `sectors`\n"
        "how many of each are `wanted`, `there` and `lacking`. No name and no address is ever printed:"
    ),
    "plan-seating": (
        "`rounds` holds for each round its tables, for each table who sits there; `repeats` counts meetings that are repeats, `repeats_at_least` what no plan can go\n"
        "below; `met` says how many others each person meets, `tables_twice` how many people come to a table twice, `missed` which questions nobody of a sector sees:"
    ),
    "import-notes": (
        "For each sheet: `cells` is the sum of `notes`, `header`, `context`, the numbers under `left_out`, and the entries of `not_read`; `no_content` is a\n"
        "part of `notes`. `fate` is `new`, `known`, `corrected` or `revived` (taken back before); `added`, `changed` and `withdrawn` list the IDs that a correction\n"
        "touches. `personal` names cells with personal data (`masked`: whether masks stand in the notes), `nearly_equal` pairs of notes, `repeated` how many notes\n"
        "say the same as another one of their sheet. `ideas` are notes below an answer that was split, besides those that `notes` counts; `voices` says of which\n"
        "note how many said it, where its text does (`x3`); `votes` are those of a column of votes, by note. `coverage` and `holes`, as in `status`,\n"
        "are those of the event after the import (`null` with `--large`):"
    ),
    "status": (
        "`stage` is `planned`, `held`, `imported`, `grouped` or `in the plan`; `coverage` counts answers (notes without those of\nno content, withdrawn or left out) by question, table and round; `holes` are tables without an\n"
        "answer to a question that they were asked. A questionnaire has `replies`: how many people have `come`, of how many `expected`, `by` when, whether that is\n"
        "`over`, and how many answered each question:"
    ),
    "trace": "A tree: each link has its `kind`, `id`, `text`, and where it `leads`:",
}


def test_the_page_of_commands_is_up_to_date(tmp_path: Path, golden: Any, run: Run) -> None:
    """It shows the help of every command, in the order of the chain, and one real result of each that programs read."""
    parts = [HEAD, "## ecocsme\n\n", fenced("text", helped())]
    for name in names():
        parts += [f"\n## {name}\n\n", fenced("text", helped(name))]
    shown = results(tmp_path, run)
    parts.append(CODES)
    for name in SHOWN:
        parts += [f"\n### {name}\n\n{ABOUT[name]}\n\n", fenced("json", shown[name])]
    golden(PAGE, "".join(parts))


def test_every_command_with_json_is_shown() -> None:
    """No other command has the choice of json than the four that are described."""
    assert {name for name in names() if re.search(r"--format[^\n]*json", helped(name))} == set(SHOWN)


def test_each_result_keeps_its_four_keys(tmp_path: Path, run: Run) -> None:
    """The envelope is the one that the page describes."""
    for name, text in results(tmp_path, run).items():
        envelope = json.loads(text)
        assert list(envelope) == ["format", "command", "problems", "result"]
        assert (envelope["format"], envelope["command"]) == (1, name)


def test_the_stages_and_fates_are_those_of_the_code() -> None:
    """The words that a program may meet are all named."""
    from typing import get_args

    from ecocsme.chain.status import Stage
    from ecocsme.notes.report import Fate

    page = PAGE.read_text("utf-8")
    assert [word for word in (*get_args(Stage), *get_args(Fate)) if f"`{word}`" not in page] == []


def test_a_shell_can_complete_commands_and_options(tmp_path: Path) -> None:
    """Bash is told the commands that begin with what was typed, and the options of a command."""
    assert completed("ecocsme build-", 1, tmp_path) >= {"build-agenda", "build-plan"}
    assert "check" not in completed("ecocsme build-", 1, tmp_path)
    assert "--language" in completed("ecocsme build-agenda --l", 2, tmp_path)


def names() -> list[str]:
    """The commands, in the order in which the help lists them."""
    listed = helped().split("Commands:\n")[1]
    return re.findall(r"^  ([a-z][a-z-]*)  ", listed, re.MULTILINE)


def helped(*command: str) -> str:
    """The help as the installed script prints it, on a screen of 80 columns."""
    return started(*command, "--help", COLUMNS="80")


def completed(line: str, word: int, folder: Path) -> set[str]:
    """What bash is told when the Tab key is pressed in the given word of a line."""
    told = started(cwd=folder, COMP_WORDS=line, COMP_CWORD=str(word), _ECOCSME_COMPLETE="complete_bash")
    return set(told.split())


def started(*arguments: str, cwd: Path = REPOSITORY, **environment: str) -> str:
    """Start the command line under its own name; return what it prints."""
    surroundings = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1", **environment}
    command = [sys.executable, "-c", INSTALLED, *arguments]
    done = subprocess.run(command, cwd=cwd, env=surroundings, capture_output=True, encoding="utf-8", check=True, timeout=60)
    return done.stdout


def results(folder: Path, run: Run) -> dict[str, str]:
    """One result of each command that speaks JSON, from a small project that is made on the way."""
    folder = folder / "small"
    folder.mkdir(exist_ok=True)
    begun = ("--no-input", "--language", "en", "--acronym", "Atlas", "--project-title", "The atlas of ideas", "--title", "Local lab")
    event = ("--date", "2020-10-20", "--tables", "2", "--rounds", "1", "--question", "What do small firms need?")
    assert run("new-lab", "lab-1", *begun, *event, cwd=folder).code == 0
    (folder / "table-1.csv").write_text("table,round,q1,Comments\n1,1,Small grants,\n1,1,N/A,late\n", encoding="utf-8")
    (folder / "people.csv").write_text("Name,E-mail,Sector\nAda Example,ada@example.org,business\n", encoding="utf-8")
    shown = {"import-participants": run("import-participants", "people.csv", "--dry-run", "--format", "json", cwd=folder).out}
    shown |= {"plan-seating": run("plan-seating", "--people", "4", "--format", "json", cwd=folder).out}
    shown |= {"import-notes": run("import-notes", "table-1.csv", "--format", "json", cwd=folder).out}
    (folder / "themes.yaml").write_text('themes:\n  - {id: funding, name: "Funding"}\n', encoding="utf-8")
    decided = ("--theme", "funding", "--why", "it is about money", "--who", "ana", "--when", "2020-10-27")
    assert run("decide", "assign", "lab-1/q1/t1/r1/1", *decided, cwd=folder).code == 0
    shown["status"] = run("status", "--today", "2020-11-01", "--format", "json", cwd=folder).out
    shown["trace"] = run("trace", "lab-1/q1/t1/r1/1", "--format", "json", cwd=folder).out
    file = folder / "events/lab-1/event.yaml"
    file.write_text(file.read_text("utf-8").replace("2020-10-20", "2020-10-32"), "utf-8")
    shown["check"] = run("check", "--format", "json", cwd=folder).out
    return shown


def fenced(language: str, text: str) -> str:
    """A block of a page."""
    return f"```{language}\n{text.rstrip()}\n```\n"
