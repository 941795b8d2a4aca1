"""Whole-or-nothing writing: many files or none, through failing disks, kills and crafted leftovers."""

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

from ecocsme.errors import EcocsmeError, WouldOverwrite
from ecocsme.files import writing
from ecocsme.files.writing import STAGE, change, finish, in_the_way, publish
from support.small_project import leftovers, tree

FILES = {"a.txt": b"a", "in/b.txt": b"b", "in/deep/c.txt": "ș".encode()}
CALLS = ("open", "write", "fsync", "mkdir", "replace", "link", "unlink", "rmdir", "close")


def contents(root: Path) -> dict[str, bytes]:
    """Every file below a folder, but for locks and leftovers."""
    return {name: (root / name).read_bytes() for name in tree(root)}


def test_all_files_are_written(tmp_path: Path) -> None:
    """Files are written with the folders they need, and nothing else is left behind."""
    assert publish(tmp_path / "new", FILES) == tuple(FILES)
    assert (contents(tmp_path / "new"), leftovers(tmp_path)) == (FILES, [])


def test_one_file_gets_the_folders_it_needs(tmp_path: Path) -> None:
    """A single file in a folder that is new is written as well."""
    publish(tmp_path / "not" / "yet", {"in/deep/c.txt": b"c"})
    assert contents(tmp_path / "not" / "yet") == {"in/deep/c.txt": b"c"}


def test_what_is_the_same_is_not_written(tmp_path: Path) -> None:
    """Only files that change are named and touched."""
    publish(tmp_path, FILES)
    stamp = (tmp_path / "a.txt").stat().st_mtime_ns
    assert publish(tmp_path, {**FILES, "in/b.txt": b"new"}, may_replace=FILES) == ("in/b.txt",)
    assert publish(tmp_path, {"a.txt": b"a"}) == ()
    assert (tmp_path / "a.txt").stat().st_mtime_ns == stamp


@pytest.mark.parametrize("more", [{}, {"other.txt": b"x"}])
def test_nothing_is_overwritten_unasked(tmp_path: Path, more: dict[str, bytes]) -> None:
    """A file in the way is named and stays, alone or among others."""
    publish(tmp_path, FILES)
    with pytest.raises(WouldOverwrite, match=r"a\.txt: is there already; .*; nothing was written"):
        publish(tmp_path, {"a.txt": b"new", **more})
    assert (contents(tmp_path), leftovers(tmp_path)) == (FILES, [])
    assert in_the_way(tmp_path, ["a.txt", "x"]) == ("a.txt",)
    (tmp_path / "link").symlink_to("nowhere")
    assert in_the_way(tmp_path, ["link"]) == ("link",)


def test_what_may_be_replaced_is_replaced(tmp_path: Path) -> None:
    """Files that are named as replaceable are, alone or among others."""
    publish(tmp_path, FILES)
    publish(tmp_path, {"a.txt": b"new"}, may_replace=["a.txt"])
    publish(tmp_path, {"in/b.txt": b"new", "d.txt": b"d"}, may_replace=["in/b.txt"])
    assert contents(tmp_path) == {**FILES, "a.txt": b"new", "in/b.txt": b"new", "d.txt": b"d"}


@pytest.mark.parametrize("name", ["../out.txt", "in/../../out.txt", "/etc/out.txt", "", "C:/out.txt", "in\\..\\out.txt", "a\0b"])
def test_no_path_leads_out(tmp_path: Path, name: str) -> None:
    """Paths that leave the folder on any system are refused, and nothing beside them is written."""
    with pytest.raises(EcocsmeError, match="is not inside the project folder"):
        publish(tmp_path / "p", {"good.txt": b"x", name: b"x"})
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("name", ["link/x.txt", "file.txt", "dangling.txt"])
def test_no_link_is_followed(tmp_path: Path, name: str) -> None:
    """A link that leads elsewhere is named and not written through, even where the file may be replaced."""
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim" / "x.txt").write_bytes(b"mine")
    root = tmp_path / "p"
    root.mkdir()
    (root / "link").symlink_to(tmp_path / "victim")
    (root / "file.txt").symlink_to(tmp_path / "victim" / "x.txt")
    (root / "dangling.txt").symlink_to(tmp_path / "nowhere")
    with pytest.raises(WouldOverwrite, match="is a link to another place"):
        publish(root, {name: b"theirs"}, may_replace=[name])
    assert contents(tmp_path / "victim") == {"x.txt": b"mine"}
    assert not (tmp_path / "nowhere").exists()


def test_a_file_where_a_folder_is_needed_is_named(tmp_path: Path) -> None:
    """A file in the place of a folder is refused in one line, and what was moved is moved back."""
    (tmp_path / "in").write_bytes(b"a file")
    with pytest.raises(EcocsmeError, match=r"^in.*cannot be written .*nothing was changed$"):
        publish(tmp_path, FILES)
    assert (contents(tmp_path), leftovers(tmp_path)) == ({"in": b"a file"}, [])


def test_a_folder_where_a_file_is_written_is_named(tmp_path: Path) -> None:
    """A folder in the place of a file is in the way."""
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(WouldOverwrite):
        publish(tmp_path, FILES)
    assert contents(tmp_path) == {}


def test_files_are_for_everybody_whom_the_system_lets(tmp_path: Path) -> None:
    """New files have the rights that any new file has, so that a shared folder stays shared."""
    publish(tmp_path, FILES)
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    assert {(tmp_path / name).stat().st_mode for name in FILES} == {plain.stat().st_mode}


def test_large_files_are_written_whole(tmp_path: Path) -> None:
    """Files that the system takes in pieces are whole."""
    data = os.urandom(5_000_000)
    publish(tmp_path, {"big": data, "empty": b""})
    assert contents(tmp_path) == {"big": data, "empty": b""}


@pytest.mark.parametrize("files", [FILES, {"a.txt": b"a"}], ids=["many", "one"])
def test_everything_is_on_the_disk_before_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]) -> None:
    """Each file is flushed before it is moved, its folder after it, and no file stays open."""
    events: list[tuple[str, int]] = []
    stage: list[int] = []
    real = {name: getattr(os, name) for name in ("fsync", "replace", "link")}

    def flush(handle: int) -> None:
        events.append(("flushed", os.fstat(handle).st_ino))
        real["fsync"](handle)

    def move(name: str, source: Path, target: Path) -> None:
        events.append(("moved", os.stat(source).st_ino))
        stage.append(os.stat(os.path.dirname(source)).st_ino)
        real[name](source, target)

    monkeypatch.setattr(os, "fsync", flush)
    for name in ("replace", "link"):
        monkeypatch.setattr(os, name, lambda source, target, name=name: move(name, source, target))
    opened = len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0
    publish(tmp_path, files)
    assert opened == (len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0)
    for name in files:
        moved = events.index(("moved", (tmp_path / name).stat().st_ino))
        assert ("flushed", (tmp_path / name).stat().st_ino) in events[:moved]
        assert ("flushed", (tmp_path / name).parent.stat().st_ino) in events[moved:]
        assert ("flushed", tmp_path.stat().st_ino) in events[moved:]
    if len(files) > 1:
        moves = [index for index, (what, _) in enumerate(events) if what == "moved"]
        assert ("flushed", stage[0]) in events[: moves[0]], "all parts are on the disk before the journal"
        assert ("flushed", stage[0]) in events[moves[0] : moves[1]], "the journal is on the disk before the first move"


class TestChange:
    """A file that is made from what it held."""

    def test_a_change_sees_what_is_there(self, tmp_path: Path) -> None:
        """The function gets the bytes of the file, or None where there is none."""
        change(tmp_path, "log", lambda before: b"" if before is not None else b"1")
        change(tmp_path, "log", lambda before: (before or b"") + b"2")
        assert (contents(tmp_path), leftovers(tmp_path)) == ({"log": b"12"}, [])

    def test_a_refused_change_changes_nothing(self, tmp_path: Path) -> None:
        """An error of the function leaves the file alone and gives the lock back."""
        publish(tmp_path, {"log": b"1"})

        def refuse(before: bytes | None) -> bytes:
            raise EcocsmeError(f"{before!r} is damaged")

        with pytest.raises(EcocsmeError, match="is damaged"):
            change(tmp_path, "log", refuse)
        assert (contents(tmp_path), leftovers(tmp_path)) == ({"log": b"1"}, [])

    def test_a_link_is_not_changed(self, tmp_path: Path) -> None:
        """A link to another place is not followed."""
        (tmp_path / "other").write_bytes(b"mine")
        (tmp_path / "log").symlink_to(tmp_path / "other")
        with pytest.raises(WouldOverwrite):
            change(tmp_path, "log", lambda _before: b"theirs")
        assert (tmp_path / "other").read_bytes() == b"mine"


class Failing:
    """Makes the n-th call of one function of `os` fail, or every call from the n-th on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, call: str, nth: int, *, lasting: bool = False, code: int = errno.ENOSPC) -> None:
        """Put itself into the place of the function."""
        self.count = 0
        self.fired = False
        real: Callable[..., Any] = getattr(os, call)

        def fail(*arguments: Any, **options: Any) -> Any:
            self.count += 1
            if self.count == nth or (lasting and self.count > nth):
                self.fired = True
                if call == "close":
                    real(*arguments)  # a system that reports a fault here has closed the file all the same
                names = [str(one) for one in arguments[:2] if isinstance(one, (str, os.PathLike))]
                raise OSError(code, os.strerror(code), *names[:1], *([None, names[1]] if len(names) > 1 else []))
            return real(*arguments, **options)

        monkeypatch.setattr(os, call, fail)


BEFORE = {"a.txt": b"old", "in/kept.txt": b"kept", "in/b.txt": b"old, too"}
AFTER = {**FILES, "in/kept.txt": b"kept"}


def _runs(call: str, *, lasting: bool, tmp_path: Path, files: dict[str, bytes]) -> Iterator[tuple[int, str, Path]]:
    """Publish with the first call failing, then with the second, until one run needs no further call."""
    for nth in itertools.count(1):
        root = tmp_path / f"{call}-{nth}-{lasting}"
        for name, data in BEFORE.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        with pytest.MonkeyPatch.context() as patch:
            failing = Failing(patch, call, nth, lasting=lasting)
            try:
                publish(root, files, may_replace=BEFORE)
                said = ""
            except EcocsmeError as error:
                said = str(error)
        if not failing.fired:
            assert contents(root) == {**BEFORE, **files}
            return
        yield nth, said, root


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("files", [FILES, {"a.txt": b"a"}], ids=["many", "one"])
def test_a_disk_that_refuses_once(tmp_path: Path, call: str, files: dict[str, bytes]) -> None:
    """Whichever call fails, the folder is as before, with one line that says so, or as after; the next run heals it."""
    for nth, said, root in _runs(call, lasting=False, tmp_path=tmp_path, files=files):
        state = contents(root)
        if said:
            assert said.endswith("nothing was changed"), (nth, said)
            assert "\n" not in said
            assert state == BEFORE, (nth, said)
        else:
            assert state == {**BEFORE, **files}, nth
        finish(root)
        assert contents(root) == state, nth
        publish(root, files, may_replace=BEFORE)
        assert (contents(root), [name for name in leftovers(root) if STAGE in name]) == ({**BEFORE, **files}, []), nth


@pytest.mark.parametrize("call", CALLS)
def test_a_disk_that_refuses_from_now_on(tmp_path: Path, call: str) -> None:
    """A disk that fails for good leaves the state before or after, or says that the next command completes it, which it does."""
    for nth, said, root in _runs(call, lasting=True, tmp_path=tmp_path, files=FILES):
        state = contents(root)
        if said.endswith("the next ecocsme command completes it"):
            finish(root)
            assert contents(root) == AFTER, nth
        elif said:
            assert (state, said.endswith("nothing was changed")) == (BEFORE, True), (nth, said)
            finish(root)
            assert contents(root) == BEFORE, nth
        else:
            assert state == AFTER, nth
        publish(root, FILES, may_replace=BEFORE)
        assert contents(root) == AFTER, nth


@pytest.mark.parametrize(("code", "cure"), [(errno.ENOSPC, "free some space"), (errno.EACCES, "close the file"), (errno.EROFS, "ask for")])
def test_the_cure_fits_the_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, cure: str) -> None:
    """A full disk, a file that another program holds and a folder that is read-only have different cures; the file is named."""
    publish(tmp_path, FILES)
    said = f"^b.txt: cannot be written .*{cure}.*; nothing was changed$"
    real = os.replace

    def held(source: Path, target: Path) -> None:
        if target == tmp_path / "in/b.txt":
            raise OSError(code, os.strerror(code), str(source), None, str(target))
        real(source, target)

    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(EcocsmeError, match=said):
        change(tmp_path, "in/b.txt", lambda _before: b"new")
    with pytest.raises(EcocsmeError, match=said):
        publish(tmp_path, {"a.txt": b"new", "in/b.txt": b"new"}, may_replace=FILES)
    assert contents(tmp_path) == FILES


def test_an_interrupted_write_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while files are moved moves them back."""
    for name, data in BEFORE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    real, moved = os.replace, []

    def interrupt(source: Path, target: Path) -> None:
        if target == tmp_path / "in/deep/c.txt":
            raise KeyboardInterrupt
        moved.append(target)
        real(source, target)

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, FILES, may_replace=BEFORE)
    assert tmp_path / "a.txt" in moved
    assert (contents(tmp_path), leftovers(tmp_path)) == (BEFORE, [])


def test_without_links_files_are_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file system has no links, new files are still not written over others, and old ones come back after a fault."""
    Failing(monkeypatch, "link", 1, lasting=True, code=errno.EPERM)
    publish(tmp_path, {"a.txt": b"a"})
    assert contents(tmp_path) == {"a.txt": b"a"}
    publish(tmp_path, FILES)
    with pytest.raises(WouldOverwrite):
        publish(tmp_path, {"a.txt": b"new"})
    Failing(monkeypatch, "replace", 3)
    with pytest.raises(EcocsmeError, match="nothing was changed"):
        publish(tmp_path, {"a.txt": b"new", "in/b.txt": b"new"}, may_replace=FILES)
    assert contents(tmp_path) == FILES


def test_a_program_that_knows_no_lock_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that appears at the last moment stays."""
    real = writing._move_new

    def late(root: Path, stage: Path, name: str) -> None:
        (root / name).write_bytes(b"theirs")
        real(root, stage, name)

    monkeypatch.setattr(writing, "_move_new", late)
    with pytest.raises(WouldOverwrite, match="is there already"):
        publish(tmp_path, {"a.txt": b"ours"})
    assert contents(tmp_path) == {"a.txt": b"theirs"}


def _left(root: Path, journal: object, **files: bytes) -> Path:
    """What a killed command may leave behind: a folder with a journal and files."""
    stage = root / STAGE / "x"
    stage.mkdir(parents=True)
    (stage / "journal.json").write_text(journal if isinstance(journal, str) else json.dumps(journal), encoding="utf-8")
    for name, data in files.items():
        (stage / name.removeprefix("n")).write_bytes(data)
    return stage


def test_a_journal_is_finished(tmp_path: Path) -> None:
    """After the commit the next command moves the rest, whatever was moved before; without a journal it clears away."""
    (tmp_path / "a.txt").write_bytes(b"moved before the kill")
    _left(tmp_path, {"0": "a.txt", "1": "in/b.txt"}, n1=b"b")
    stray = tmp_path / STAGE / "aborted"
    stray.mkdir()
    (stray / "0").write_bytes(b"never committed")
    (tmp_path / STAGE / ".DS_Store").write_bytes(b"x")
    finish(tmp_path)
    assert (contents(tmp_path), leftovers(tmp_path)) == ({"a.txt": b"moved before the kill", "in/b.txt": b"b"}, [])
    finish(tmp_path)


def test_every_publication_finishes_first(tmp_path: Path) -> None:
    """What was committed before is in place before anything new is judged."""
    _left(tmp_path, {"0": "a.txt"}, n0=b"a")
    with pytest.raises(WouldOverwrite):
        publish(tmp_path, {"a.txt": b"other"})
    _left(tmp_path, {"0": "log"}, n0=b"1")
    change(tmp_path, "log", lambda before: (before or b"") + b"2")
    assert contents(tmp_path) == {"a.txt": b"a", "log": b"12"}


@pytest.mark.parametrize(
    "journal", [{"../../secret": "a.txt"}, {"0": "../out.txt"}, {"0": "/out.txt"}, {"0": 1}, ["0"], "{broken", {"0": "link/x"}]
)
def test_a_crafted_journal_moves_nothing(tmp_path: Path, journal: object) -> None:
    """A journal that this tool did not write cannot move files in or out of the project."""
    (tmp_path / "secret").write_bytes(b"s")
    root = tmp_path / "p"
    _left(root, journal, n0=b"x")
    (root / "link").symlink_to(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(EcocsmeError):
        finish(root)
    assert contents(tmp_path) == before


def test_links_among_what_is_left_are_refused(tmp_path: Path) -> None:
    """A link in the folder of unfinished writing, or in its place, leads nowhere."""
    (tmp_path / "secret").write_bytes(b"s")
    root = tmp_path / "p"
    stage = _left(root, {"0": "a.txt"})
    (stage / "0").symlink_to(tmp_path / "secret")
    with pytest.raises(WouldOverwrite, match="is not what ecocsme left behind"):
        publish(root, {"b.txt": b"b"})
    shutil.rmtree(root / STAGE)
    (tmp_path / "else").mkdir()
    (root / STAGE).symlink_to(tmp_path / "else")
    with pytest.raises(WouldOverwrite, match="is not what ecocsme left behind"):
        publish(root, {"b.txt": b"b"})
    assert (contents(root), list((tmp_path / "else").iterdir())) == ({}, [])


def test_a_limit_of_the_system_is_said(tmp_path: Path) -> None:
    """A real refusal in the middle of a file is one line, and the folder is as before."""
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from ecocsme.errors import EcocsmeError; from ecocsme.files.writing import publish\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n    publish(Path(sys.argv[1]), {'a': b'x' * 50_000, 'b': b'x' * 200_000})\n"
        "except EcocsmeError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"{tmp_path.name}: cannot be written (File too large); ")
    assert done.stdout.endswith("; nothing was changed\n")
    assert (contents(tmp_path), leftovers(tmp_path)) == ({}, [])


_KILLED = """
import sys; from pathlib import Path
from ecocsme.files.writing import publish
root = Path(sys.argv[1])
files = {f"in/{n}.txt": f"{sys.argv[2]} {n} ".encode() * 20_000 for n in range(40)}
print("go", flush=True)
publish(root, files, may_replace=files)
"""


@pytest.mark.slow
def test_a_killed_command_leaves_all_or_nothing(tmp_path: Path) -> None:
    """Killed at forty moments of replacing forty files, and finished by the next command: all are old, or all are new."""
    fates = {"old": 0, "new": 0}
    subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path / "p"), "old"], check=True, capture_output=True)
    old = contents(tmp_path / "p")
    for number in range(40):
        root = tmp_path / str(number)
        shutil.copytree(tmp_path / "p", root)
        with subprocess.Popen([sys.executable, "-c", _KILLED, str(root), "new"], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(number**2 * 0.0004)  # more than half a second in the end: a machine may be busy
            child.send_signal(signal.SIGKILL)
        finish(root)
        words = {data.split()[0].decode() for data in contents(root).values()}
        assert (len(words), contents(root).keys()) == (1, old.keys())
        fates[words.pop()] += 1
        assert [name for name in leftovers(root) if STAGE in name] == []
    assert all(fates.values()), fates


def test_ctrl_c_while_it_is_cleared_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who presses Ctrl+C when the files are in their places stops the command; nothing is left behind all the same."""
    real, pressed = shutil.rmtree, []

    def interrupted(path: Path) -> None:
        if not pressed:
            pressed.append(path)
            raise KeyboardInterrupt
        real(path)

    monkeypatch.setattr("ecocsme.files.moving.shutil.rmtree", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, {"a.txt": b"a", "b.txt": b"b"})
    assert pressed
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != ".ecocsme-lock") == ["a.txt", "b.txt"]
