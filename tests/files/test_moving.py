"""Files that other programs hold for a moment, and disks without links: Windows, OneDrive and a USB stick, acted out."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ecocsme.errors import EcocsmeError, WouldOverwrite
from ecocsme.files import moving
from ecocsme.files.writing import change, finish, publish
from support.small_project import leftovers, tree


class Clock:
    """Counts the seconds that were slept, and lets none pass."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put itself into the place of the clock."""
        self.slept = 0.0
        monkeypatch.setattr(time, "sleep", self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.slept += seconds


def refuse(monkeypatch: pytest.MonkeyPatch, call: str, code: int, times: int) -> Callable[[], int]:
    """Make one function of `os` refuse some times; return how often it was called."""
    real: Callable[..., Any] = getattr(os, call)
    calls: list[int] = []

    def act(*arguments: Any, **options: Any) -> Any:
        calls.append(1)
        if len(calls) <= times:
            raise OSError(code, os.strerror(code), str(arguments[0]), None, str(arguments[1]))
        return real(*arguments, **options)

    monkeypatch.setattr(os, call, act)
    return lambda: len(calls)


@pytest.mark.parametrize("times", range(8))
def test_a_file_that_is_held_for_a_moment_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """A file that a sync client lets go within two seconds is replaced without a word."""
    (tmp_path / "a.txt").write_bytes(b"old")
    clock, calls = Clock(monkeypatch), refuse(monkeypatch, "replace", errno.EACCES, times)
    change(tmp_path, "a.txt", lambda before: (before or b"") + b" and new")
    assert (tmp_path / "a.txt").read_bytes() == b"old and new"
    assert (calls(), clock.slept > 0) == (times + 1, times > 0)


def test_a_file_that_stays_held_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that a program keeps open is named after two seconds, with what to do, and is as before."""
    (tmp_path / "a.txt").write_bytes(b"old")
    clock, _ = Clock(monkeypatch), refuse(monkeypatch, "replace", errno.EACCES, 1_000)
    with pytest.raises(EcocsmeError, match=r"^a\.txt: cannot be written .*close the file in other programs.*nothing was changed$"):
        change(tmp_path, "a.txt", lambda _before: b"new")
    assert 1.9 < clock.slept < 2.1
    assert ((tmp_path / "a.txt").read_bytes(), leftovers(tmp_path)) == (b"old", [])


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EPERM, errno.EROFS])
def test_what_does_not_pass_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """A full disk and a missing right are said at once."""
    (tmp_path / "a.txt").write_bytes(b"old")
    clock, _ = Clock(monkeypatch), refuse(monkeypatch, "replace", code, 1)
    with pytest.raises(EcocsmeError, match="nothing was changed"):
        change(tmp_path, "a.txt", lambda _before: b"new")
    assert clock.slept == 0


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP, errno.EACCES])
def test_on_a_disk_without_links_a_new_file_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """FAT and some shares have no links: a new file is written all the same, through a held moment, too, and never over another."""
    Clock(monkeypatch)
    refuse(monkeypatch, "link", code, 1_000)
    refuse(monkeypatch, "replace", errno.EACCES, 3)
    publish(tmp_path, {"in/a.txt": b"a"})
    assert ((tmp_path / "in/a.txt").read_bytes(), leftovers(tmp_path)) == (b"a", [])
    with pytest.raises(WouldOverwrite):
        publish(tmp_path, {"in/a.txt": b"b"})


def test_on_a_disk_without_links_a_refused_file_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the move itself is refused, neither the empty file that held the name nor a journal stays."""
    refuse(monkeypatch, "link", errno.EPERM, 1_000)
    real = os.replace

    def full(source: Path, target: Path) -> None:
        if target == tmp_path / "a.txt":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(EcocsmeError, match="nothing was changed"):
        publish(tmp_path, {"a.txt": b"a"})
    monkeypatch.setattr(os, "replace", real)
    finish(tmp_path)
    assert (tree(tmp_path), leftovers(tmp_path)) == ({}, [])


def test_on_a_disk_without_links_nobody_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program writes at the last moment stays, and nothing of ours is left."""
    refuse(monkeypatch, "link", errno.EPERM, 1_000)
    real = moving.claim

    def late(source: Path, target: Path) -> None:
        target.write_bytes(b"theirs")
        real(source, target)

    monkeypatch.setattr(moving, "claim", late)
    with pytest.raises(WouldOverwrite, match="is there already"):
        publish(tmp_path, {"a.txt": b"ours"})
    finish(tmp_path)
    assert ((tmp_path / "a.txt").read_bytes(), leftovers(tmp_path)) == (b"theirs", [])


KILLED = """
import os, sys
from pathlib import Path
from ecocsme.files import moving, writing
def no_links(*_):
    raise OSError(1, "no links here")
def killed(source, target):
    target.write_bytes(b"")
    os._exit(9)
os.link, moving.claim = no_links, killed
writing.publish(Path(sys.argv[1]), {"a.txt": b"whole"})
"""


def test_killed_between_the_name_and_the_move(tmp_path: Path) -> None:
    """Killed when the empty file has taken the name, the next command puts the whole file there."""
    assert subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False).returncode == 9
    assert (tmp_path / "a.txt").read_bytes() == b""
    finish(tmp_path)
    assert ((tmp_path / "a.txt").read_bytes(), leftovers(tmp_path)) == (b"whole", [])
