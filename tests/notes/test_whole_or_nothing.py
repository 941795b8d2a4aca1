"""An import is whole or has not been: through kills, full disks, and other imports at the same time."""

from __future__ import annotations

import errno
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ecocsme.errors import EcocsmeError
from ecocsme.files.writing import STAGE, finish
from ecocsme.notes import store
from ecocsme.notes.importing import import_sheets
from ecocsme.project.folder import Folder
from support import small_project
from support.small_project import EVENT, HEADER, ROWS, leftovers, sheet, tree

CHILD = """
import json, sys
from pathlib import Path
from ecocsme.errors import EcocsmeError
from ecocsme.files import writing
from ecocsme.notes.importing import import_sheets
from ecocsme.project.folder import Folder
publish = writing.publish
def told(*arguments, **options):
    print("writing", flush=True)
    return publish(*arguments, **options)
writing.publish = told
print("reading", flush=True)
try:
    report = import_sheets(Folder(Path(sys.argv[1])), "lab-1", [Path(name) for name in sys.argv[3:]], **json.loads(sys.argv[2]))
    print("fates", *(one.fate for one in report.sheets), flush=True)
except EcocsmeError as error:
    print("refused", error, flush=True)
"""


def start(folder: Folder, *paths: Path, **options: object) -> subprocess.Popen[str]:
    """Start an import in a process of its own."""
    command = [sys.executable, "-c", CHILD, str(folder.root), json.dumps(options), *map(str, paths)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")


def said(child: subprocess.Popen[str]) -> str:
    """Wait for a process and return its last line."""
    out, _ = child.communicate(timeout=120)
    assert child.returncode == 0
    return out.splitlines()[-1]


def rows(count: int, word: str) -> list[tuple[str, str, str, str]]:
    """Many rows of six tables."""
    return [(str(n % 6 + 1), str(n % 3 + 1), f"{word} {n}, cu virgulă", f"{word} și {n}") for n in range(count)]


def _copies(folder: Folder) -> set[str]:
    """The sheets that are in their place though no notes name them: an import that was killed between the two."""
    named = {note.sheet for note in store.load(folder).notes}
    kept = folder.sheets(EVENT)
    return {f"events/{EVENT}/sheets/{path.name}" for path in kept.iterdir() if path.name not in named} if kept.is_dir() else set()


def _kill(folder: Folder, path: Path, after: str, seconds: float, **options: object) -> None:
    with start(folder, path, **options) as child:
        assert child.stdout is not None
        while child.stdout.readline().strip() not in (after, ""):
            pass
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)


def _moments(duration: float) -> Iterator[tuple[str, float]]:
    yield from (("reading", duration * n / 9) for n in range(9))
    yield from (("writing", 0.002 * n) for n in range(16))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["first import", "correction"])
def test_a_killed_import_has_been_or_has_not(tmp_path: Path, kind: str) -> None:
    """Killed at 25 moments, the notes are those of before or of after, and the same import again heals everything."""
    start_folder = small_project.make(tmp_path / "start")
    path = sheet(tmp_path / "inbox", rows=rows(1_500, "vechi"))
    import_sheets(start_folder, EVENT, [sheet(tmp_path / "inbox", "alta.csv", ROWS)])
    options: dict[str, Any] = {}
    if kind == "correction":
        import_sheets(start_folder, EVENT, [path])
        path = sheet(tmp_path / "inbox", rows=rows(1_500, "nou"))
        options = {"replaces": "masa.csv", "accept_withdrawn": True}
    before = tree(start_folder.root)
    shutil.copytree(start_folder.root, tmp_path / "end")
    began = time.monotonic()
    assert said(start(Folder(tmp_path / "end"), path, **options)).startswith("fates")
    duration = time.monotonic() - began
    after = tree(tmp_path / "end")
    fates = {"before": 0, "after": 0}
    for number, (mark, seconds) in enumerate(_moments(duration)):
        folder = Folder(tmp_path / str(number))
        shutil.copytree(start_folder.root, folder.root)
        _kill(folder, path, mark, seconds, **options)
        state = tree(folder.root)
        assert store.load(folder).problems == ()
        if {name: state[name] for name in state.keys() - _copies(folder)} == before:
            fates["before"] += 1
        else:
            assert state == after, (mark, seconds)
            fates["after"] += 1
        import_sheets(folder, EVENT, [path], **options)
        assert (tree(folder.root), [name for name in leftovers(folder.root) if STAGE in name]) == (after, []), (mark, seconds)
        shutil.rmtree(folder.root)
    assert all(fates.values()), fates


def test_a_journal_that_was_left_is_finished_before_numbers_are_given(tmp_path: Path) -> None:
    """An import that was committed, but killed before its notes were in place, counts when the next one gives numbers."""
    folder = small_project.make(tmp_path / "p")
    import_sheets(folder, EVENT, [sheet(tmp_path / "inbox", "a.csv", [("1", "1", "unu", "")])])
    stage = folder.root / STAGE / "x"
    stage.mkdir(parents=True)
    (store.files(folder, EVENT)[0]).rename(stage / "0")
    (stage / "journal.json").write_text(json.dumps({"0": f"events/{EVENT}/notes/a.csv.csv"}), encoding="utf-8")
    import_sheets(folder, EVENT, [sheet(tmp_path / "inbox", "b.csv", [("1", "1", "doi", "")])])
    assert [(note.number, note.text) for note in store.load(folder).notes] == [(1, "unu"), (2, "doi")]


class Failing:
    """Makes the n-th call of a function of `os` fail."""

    def __init__(self, patch: pytest.MonkeyPatch, call: str, nth: int, code: int) -> None:
        """Put itself into the place of the function."""
        self.count = 0
        real: Callable[..., Any] = getattr(os, call)

        def fail(*arguments: Any, **options: Any) -> Any:
            self.count += 1
            if self.count == nth:
                raise OSError(code, os.strerror(code))
            return real(*arguments, **options)

        patch.setattr(os, call, fail)
        self.nth = nth


def _refusal(folder: Folder, corrected: Path) -> str:
    try:
        import_sheets(folder, EVENT, [corrected], replaces="masa.csv", accept_withdrawn=True)
    except EcocsmeError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("call", ["write", "fsync", "replace", "link", "open", "mkdir"])
def test_a_disk_that_refuses(tmp_path: Path, call: str, code: int) -> None:
    """Whichever call fails while a correction is imported, the folder is as before, with one line that says so, or as after."""
    start_folder = small_project.make(tmp_path / "start")
    import_sheets(start_folder, EVENT, [sheet(tmp_path / "inbox")])
    corrected = sheet(tmp_path / "corrected", "masa.csv", ROWS[1:])
    before = tree(start_folder.root)
    shutil.copytree(start_folder.root, tmp_path / "end")
    import_sheets(Folder(tmp_path / "end"), EVENT, [corrected], replaces="masa.csv", accept_withdrawn=True)
    after = tree(tmp_path / "end")
    for nth in itertools.count(1):
        folder = Folder(tmp_path / str(nth))
        shutil.copytree(start_folder.root, folder.root)
        with pytest.MonkeyPatch.context() as patch:
            failing = Failing(patch, call, nth, code)
            message = _refusal(folder, corrected)
            assert tree(folder.root) == (before if message else after), (nth, message)
            assert message.endswith("nothing was changed" if message else ""), (nth, message)
            assert "\n" not in message
        import_sheets(folder, EVENT, [corrected], replaces="masa.csv", accept_withdrawn=True)
        assert (tree(folder.root), [name for name in leftovers(folder.root) if STAGE in name]) == (after, []), nth
        if failing.count < nth:
            break
    assert nth > 1


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A file where the notes belong is one line, and no copy of the sheet is left."""
    folder = small_project.make(tmp_path / "p")
    folder.notes(EVENT).write_bytes(b"a file")
    before = tree(folder.root)
    with pytest.raises(EcocsmeError, match=r"^notes: cannot be written .*nothing was changed$"):
        import_sheets(folder, EVENT, [sheet(tmp_path / "inbox")])
    finish(folder.root)
    assert tree(folder.root) == before


def _together(folder: Folder, *orders: tuple[Path, dict[str, Any]]) -> list[str]:
    return [said(child) for child in [start(folder, path, **options) for path, options in orders]]


@pytest.mark.slow
def test_different_sheets_at_the_same_time(tmp_path: Path) -> None:
    """Eight processes import eight sheets of the same tables: all are there, and no number is given twice."""
    folder = small_project.make(tmp_path / "p")
    paths = [sheet(tmp_path / "inbox", f"masa-{n}.csv", rows(300, f"foaia {n}")) for n in range(8)]
    assert _together(folder, *((path, {}) for path in paths)) == ["fates new"] * 8
    read = store.load(folder)
    assert (read.problems, len(read.notes), len({note.id for note in read.notes})) == ((), 4_800, 4_800)
    highest: dict[str, list[int]] = {}
    for note in read.notes:
        highest.setdefault(note.prefix, []).append(note.number)
    assert all(sorted(numbers) == list(range(1, len(numbers) + 1)) for numbers in highest.values())


@pytest.mark.slow
def test_the_same_sheet_at_the_same_time(tmp_path: Path) -> None:
    """Four processes import one sheet: one wins, the others say that it is known."""
    folder = small_project.make(tmp_path / "p")
    path = sheet(tmp_path / "inbox", rows=rows(1_000, "la fel"))
    fates = _together(folder, *((path, {}) for _ in range(4)))
    assert sorted(fates) == ["fates known"] * 3 + ["fates new"]
    assert len(store.load(folder).notes) == 2_000


@pytest.mark.slow
def test_two_sheets_of_one_name_at_the_same_time(tmp_path: Path) -> None:
    """The first is imported; the second is refused in one line with both flags, or with --new kept under another name."""
    folder = small_project.make(tmp_path / "p")
    paths = [sheet(tmp_path / name, "fisa.csv", rows(300, name)) for name in ("ana", "ion")]
    answers = sorted(_together(folder, *((path, {}) for path in paths)))
    assert (answers[0], answers[1].startswith("refused ")) == ("fates new", True)
    assert ("--replaces fisa.csv" in answers[1], "--new" in answers[1]) == (True, True)
    assert len(store.load(folder).notes) == 600
    others = [sheet(tmp_path / name, "alta.csv", rows(300, name)) for name in ("eva", "dan")]
    assert _together(folder, *((path, {"new": True}) for path in others)) == ["fates new", "fates new"]
    assert {note.sheet for note in store.load(folder).notes} == {"fisa.csv", "alta.csv", "alta-2.csv"}


def test_a_person_is_asked_before_the_lock_is_taken(tmp_path: Path) -> None:
    """While a person thinks, another import goes through; what was answered then counts for the folder as it is now."""
    folder = small_project.make(tmp_path / "p")
    import_sheets(folder, EVENT, [sheet(tmp_path / "inbox")])

    def ask(_shown: str, _known: str) -> str:
        import_sheets(folder, EVENT, [sheet(tmp_path / "inbox", "alta.csv", [("1", "1", "între timp", "")])])
        return "replaces"

    report = import_sheets(folder, EVENT, [sheet(tmp_path / "corrected", "masa.csv", [*ROWS, ("1", "1", "la urmă", "")])], ask=ask)
    assert report.sheets[0].added == (f"{EVENT}/q1/t1/r1/4",)
    assert [note.text for note in store.load(folder).notes if note.id == f"{EVENT}/q1/t1/r1/3"] == ["între timp"]


def test_what_was_removed_while_it_was_read_is_said(tmp_path: Path) -> None:
    """If the notes of a known sheet vanish while another file is read, the command stops and can be run again."""
    folder = small_project.make(tmp_path / "p")
    known = sheet(tmp_path / "inbox")
    import_sheets(folder, EVENT, [known])
    other = sheet(tmp_path / "inbox", "alta.csv", [("1", "1", "x", "")], header=HEADER)

    def remove(_shown: str, _number: int, _total: int) -> None:
        shutil.rmtree(folder.notes(EVENT), ignore_errors=True)
        shutil.rmtree(folder.sheets(EVENT), ignore_errors=True)

    with pytest.raises(EcocsmeError, match="import it again"):
        import_sheets(folder, EVENT, [known, other], progress=remove)
    assert [one.fate for one in import_sheets(folder, EVENT, [known, other]).sheets] == ["new", "new"]
