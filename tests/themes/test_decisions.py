"""decisions.csv: what a person decided is appended whole, read back as written, and never lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecocsme.errors import EcocsmeError, InvalidFile, WouldOverwrite
from ecocsme.notes.model import Note
from ecocsme.project.folder import Folder
from ecocsme.themes import decisions as decisions_file
from ecocsme.themes.decisions import HEADER, NAME, Decision, Do, append, fingerprint, grouping, load, new
from support.small_project import leftovers, tree

DAY = date(2020, 11, 2)
NOTE = Note("lab-1/q1/t1/r1/1", "lab-1", "q1", "t1", "r1", "", "mai mult sprijin", "ro", "yes", "current", "", "s", "", "C2", "0")
HEAD = ",".join(HEADER) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder without decisions."""
    (tmp_path / "p").mkdir()
    return Folder(tmp_path / "p")


def decision(do: Do = "assign", note: int = 1, theme: str = "funding", why: str = "") -> Decision:
    """One decision about a note."""
    return new(replace(NOTE, id=f"lab-1/q1/t1/r1/{note}"), do, theme=theme, who="Ana", why=why, when=DAY)


def file(folder: Folder) -> Path:
    """Where decisions are."""
    return folder.root / NAME


def said(folder: Folder) -> list[str]:
    """What is wrong with the decisions, as a person reads it."""
    try:
        load(folder)
    except InvalidFile as refused:
        return [str(problem) for problem in refused.problems]
    return []


def test_nothing_decided_is_no_decision(folder: Folder) -> None:
    """Without a file, or with an empty one, there are no decisions."""
    assert load(folder) == ((), ())
    file(folder).write_bytes(b"")
    assert load(folder) == ((), ())
    append(folder, decision())
    assert file(folder).read_bytes().startswith(HEAD.encode())


def test_decisions_come_back_with_their_lines(folder: Folder) -> None:
    """What was appended is read in its order, each with the line an editor shows."""
    made = [decision(why="din două\nrânduri"), decision("unassign"), decision("leave-out", 2, "", 'spune „nu”, "da"')]
    append(folder, made[0])
    append(folder, *made[1:])
    assert load(folder) == (tuple(made), (2, 4, 5))
    assert file(folder).read_bytes().startswith(f'{HEAD}2020-11-02,Ana,assign,lab-1/q1/t1/r1/1,funding,"din două\nrânduri",'.encode())
    assert leftovers(folder.root) == []


def test_a_file_is_only_ever_appended_to(folder: Folder) -> None:
    """Whatever stood in the file, comments of line ends included, stands there still."""
    before = b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode() + b"2020-11-01,Ion,leave-out,x,,,abc\r\n\r\n"
    file(folder).write_bytes(before)
    append(folder, decision())
    assert file(folder).read_bytes().startswith(before)
    assert [made.who for made in load(folder)[0]] == ["Ion", "Ana"]


PRINTABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


@given(whys=st.lists(PRINTABLE, min_size=1, max_size=5), who=PRINTABLE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_any_reason_survives(folder: Folder, whys: list[str], who: str) -> None:
    """Names and reasons of any letters and line ends are read back as given, and never make the file unreadable."""
    file(folder).unlink(missing_ok=True)
    made = [replace(decision(why=why), who=who) for why in whys]
    for one in made:
        append(folder, one)
    assert load(folder)[0] == tuple(made)


@pytest.mark.parametrize("why", ["\ud800", "a\0b", "x" * 20_001])
def test_what_could_not_be_read_again_is_refused(folder: Folder, why: str) -> None:
    """Half characters, zero bytes and endless texts are refused in one line, and nothing is written."""
    with pytest.raises(EcocsmeError, match=r"^why: "):
        append(folder, decision(), decision(why=why))
    assert tree(folder.root) == {}


DAMAGES = {
    "torn": (HEAD + "2020-11-01,Ion,lea", f"{NAME}:2: the last line is cut off; complete or remove it; nothing is appended until then"),
    "torn inside a text": (HEAD + '2020-11-01,Ion,leave-out,x,,"de ce\n', f"{NAME}:2: is no CSV from here on (unexpected end of data)"),
    "a merge": (HEAD + "<<<<<<< HEAD\n=======\n>>>>>>> x\n", f"{NAME}:2: unresolved merge"),
    "half a merge": (HEAD + "2020-11-01,Ion,leave-out,x,,,a\n>>>>>>> x\n", f"{NAME}:3: unresolved merge"),
    "no header": ("2020-11-01,Ion,leave-out,x,,,a\n", f"{NAME}:1: the first line is not when,who,do,subject,target,why,text_sha256"),
    "bars": (HEAD.replace(",", "|"), f"{NAME}:1: the first line is not when,who"),
    "too few": (HEAD + "2020-11-01,Ion\n", f"{NAME}:2: has 2 values where 7 are expected"),
    "no day": (HEAD + "31.11.2020,Ion,leave-out,x,,,a\n", f"{NAME}:2: 31.11.2020 is no date such as 2020-11-02"),
    "which day": (HEAD + "01/11/2020,Ion,leave-out,x,,,a\n", f"{NAME}:2: 01/11/2020 does not say which is the day and which the month"),
    "no decision": (HEAD + "2020-11-01,Ion,drop,x,,,a\n", f"{NAME}:2: drop is no decision (known: assign, unassign, leave-out)"),
    "a zero byte": (HEAD + "2020-11-01,I\0n,leave-out,x,,,a\n", f"{NAME}:2: holds a zero byte"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_file_is_named_and_not_appended_to(folder: Folder, name: str) -> None:
    """Each damage is named with its line; the file stays as it is until a person has mended it."""
    text, message = DAMAGES[name]
    file(folder).write_text(text, encoding="utf-8", newline="")
    assert [one[: len(message)] for one in said(folder)] == [message]
    with pytest.raises(InvalidFile):
        append(folder, decision())
    assert file(folder).read_bytes() == text.encode()
    assert leftovers(folder.root) == []


def test_a_broken_byte_is_no_old_encoding(folder: Folder) -> None:
    """A file of UTF-8 with one broken byte is named with its line, and not appended to."""
    data = (HEAD + "2020-11-01,Ion,leave-out,x,,așa,a\n").encode() + b"2020-11-01,Ion,leave-out,x,,a\xc8a,a\n"
    file(folder).write_bytes(data)
    assert said(folder)[0].startswith(f"{NAME}:3: is not saved as UTF-8; restore it from a copy")
    with pytest.raises(InvalidFile):
        append(folder, decision())
    assert file(folder).read_bytes() == data


def test_all_bad_lines_are_named_at_once(folder: Folder) -> None:
    """Every line that is no decision is named, not only the first."""
    file(folder).write_text(HEAD + "a,b\n2020-11-01,Ion,drop,x,,,a\n2020-11-01,Ion,assign,x,,,a\n", encoding="utf-8")
    assert [problem.split(":")[1] for problem in said(folder)] == ["2", "3"]


def test_marks_of_git_inside_a_reason_are_a_reason(folder: Folder) -> None:
    """A line of equals signs in a reason is no merge."""
    append(folder, decision(why="Titlu\n=======\n"))
    assert len(load(folder)[0]) == 1


def test_a_link_is_not_followed(folder: Folder, tmp_path: Path) -> None:
    """decisions.csv as a link to another place is refused, and that place is left alone."""
    (tmp_path / "other.csv").write_text(HEAD, encoding="utf-8")
    file(folder).symlink_to(tmp_path / "other.csv")
    with pytest.raises(WouldOverwrite):
        append(folder, decision())
    assert (tmp_path / "other.csv").read_text(encoding="utf-8") == HEAD


MANY = """
import sys; from datetime import date; from pathlib import Path
from ecocsme.project.folder import Folder
from ecocsme.themes.decisions import Decision, append
for n in range(20):
    append(Folder(Path(sys.argv[1])), *(Decision(date(2020, 11, 2), sys.argv[2], "assign", f"x/{n}", "t", "", "a") for _ in range(3)))
"""


@pytest.mark.slow
def test_no_decision_is_lost_where_many_decide(folder: Folder) -> None:
    """Five processes that decide at the same time, from the first line on, lose nothing and tear nothing apart."""
    children = [subprocess.Popen([sys.executable, "-c", MANY, str(folder.root), str(n)]) for n in range(5)]
    assert [child.wait(60) for child in children] == [0] * 5
    made, _ = load(folder)
    assert len(made) == 300
    for n in range(5):
        assert [one.subject for one in made if one.who == str(n)] == [f"x/{m}" for m in range(20) for _ in range(3)]


@pytest.mark.slow
def test_a_killed_decision_is_whole_or_not_there(folder: Folder) -> None:
    """Killed at any moment, a batch of decisions is in the file whole, or not at all."""
    code = MANY.replace("range(3)", "range(500)").replace("for n in range(20)", "print(flush=True)\nfor n in range(10_000)")
    for number in range(12):
        with subprocess.Popen([sys.executable, "-c", code, str(folder.root), "x"], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            try:
                child.wait(0.02 + number * 0.013)
            except subprocess.TimeoutExpired:
                child.kill()
        assert len(load(folder)[0]) % 500 == 0
    append(folder, decision())
    made = load(folder)[0]
    assert (len(made) % 500, len(made) > 500, leftovers(folder.root)) == (1, True, [])


@pytest.mark.parametrize(
    ("made", "members", "left_out"),
    [
        ([], {}, set()),
        ([("assign", 1, "a"), ("assign", 1, "b")], {"a": [1], "b": [1]}, set()),
        ([("assign", 1, "a"), ("unassign", 1, "a")], {"a": []}, set()),
        ([("assign", 1, "a"), ("unassign", 1, "b")], {"a": [1]}, set()),
        ([("assign", 1, "a"), ("leave-out", 1, "")], {"a": []}, {1}),
        ([("leave-out", 1, ""), ("assign", 1, "a")], {"a": [1]}, set()),
        ([("assign", 2, "a"), ("assign", 1, "a"), ("assign", 2, "a")], {"a": [2, 1]}, set()),
    ],
)
def test_the_later_decision_wins(made: Sequence[tuple[Do, int, str]], members: dict[str, list[int]], left_out: set[int]) -> None:
    """Decisions are applied in their order; a note may be in several themes, and one that is left out is in none."""
    grouped = grouping([decision(do, note, theme) for do, note, theme in made])
    assert {theme: [int(note[-1]) for note in notes] for theme, notes in grouped.members.items()} == members
    assert {int(note[-1]) for note in grouped.left_out} == left_out


def test_a_decision_remembers_the_text_it_was_about() -> None:
    """The hash of the text is kept, so that a decision about a text that changed later is found."""
    assert decision().text_sha256 == fingerprint("mai mult sprijin") != fingerprint("mai mult sprijin.")


def test_a_full_disk_is_said(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that refuses is one line, and the decisions are as before."""
    append(folder, decision())
    before = tree(folder.root)

    def refuse(_handle: int, _data: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(decisions_file.os, "write", refuse)
    with pytest.raises(EcocsmeError, match=r"No space left on device\); free some space; nothing was changed"):
        append(folder, decision())
    assert tree(folder.root) == before
