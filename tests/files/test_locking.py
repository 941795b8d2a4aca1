"""One lock per folder: one command at a time, and no lock outlives its command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from ecocsme.errors import EcocsmeError
from ecocsme.files import locking
from ecocsme.files.locking import LOCK, held

HOLD = """
import sys, time; from pathlib import Path
from ecocsme.files.locking import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""
COUNT = """
import sys; from pathlib import Path
from ecocsme.files.locking import held
counter = Path(sys.argv[1]) / "counter"
for _ in range(50):
    with held(Path(sys.argv[1])):
        counter.write_text(str(int(counter.read_text()) + 1))
"""


def holding(folder: Path, seconds: float) -> subprocess.Popen[bytes]:
    """Start a process that holds the lock; return when it does."""
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(folder), str(seconds)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"held\n"
    child.stdout.close()
    return child


def test_a_lock_leaves_no_trace(tmp_path: Path) -> None:
    """The lock is a file while it is held, and nothing afterwards, whatever happened meanwhile."""
    with held(tmp_path):
        assert (tmp_path / LOCK).exists()
    with pytest.raises(ZeroDivisionError), held(tmp_path):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_second_command_waits(tmp_path: Path) -> None:
    """Whoever comes second goes on when the first has ended."""
    child = holding(tmp_path, 0.5)
    start = time.monotonic()
    with held(tmp_path):
        waited = time.monotonic() - start
    assert child.wait() == 0
    assert waited > 0.2


def test_nobody_waits_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its patience the second command says in one line what to do."""
    monkeypatch.setattr(locking, "_PATIENCE", 0.1)
    child = holding(tmp_path, 30)
    with pytest.raises(EcocsmeError, match=f"{tmp_path.name}: another ecocsme command is writing here; wait until it ends"), held(tmp_path):
        pass
    child.kill()
    child.wait()


def test_a_killed_command_gives_its_lock_back(tmp_path: Path) -> None:
    """The lock of a killed process is free at once, and its file goes with the next one."""
    child = holding(tmp_path, 30)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert (tmp_path / LOCK).exists()
    start = time.monotonic()
    with held(tmp_path):
        pass
    assert time.monotonic() - start < 1
    assert list(tmp_path.iterdir()) == []


def test_threads_wait_for_each_other(tmp_path: Path) -> None:
    """The lock also holds within one process."""
    inside: list[str] = []

    def work(name: str) -> None:
        with held(tmp_path):
            inside.append(f"{name} in")
            time.sleep(0.05)
            inside.append(f"{name} out")

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [pair[0].split()[0] for pair in zip(inside[::2], inside[1::2], strict=True)] == [one.split()[0] for one in inside[1::2]]


@pytest.mark.slow
def test_no_two_processes_are_inside_at_once(tmp_path: Path) -> None:
    """Six processes that count to fifty each lose no step, although each removes the lock file behind it."""
    (tmp_path / "counter").write_text("0")
    children = [subprocess.Popen([sys.executable, "-c", COUNT, str(tmp_path)]) for _ in range(6)]
    assert [child.wait(60) for child in children] == [0] * 6
    assert (tmp_path / "counter").read_text() == "300"


@pytest.mark.parametrize("what", ["a link", "a folder", "no folder"])
def test_a_lock_that_cannot_be_made_is_said(tmp_path: Path, what: str) -> None:
    """A link or a folder in the lock's place, or no folder at all, is refused in one line."""
    folder = tmp_path / "p"
    if what != "no folder":
        folder.mkdir()
        (tmp_path / "victim").write_bytes(b"")
        (folder / LOCK).symlink_to(tmp_path / "victim") if what == "a link" else (folder / LOCK).mkdir()
    with pytest.raises(EcocsmeError, match=r"^p: cannot be written .*; nothing was changed$"), held(folder):
        pass


def test_a_lock_that_was_left_can_be_taken_by_others(tmp_path: Path) -> None:
    """The file of a lock has the rights of any new file, so that a leftover keeps nobody out of a shared folder."""
    before = os.umask(0o002)
    try:
        with held(tmp_path):
            assert (tmp_path / LOCK).stat().st_mode & 0o777 == 0o664
    finally:
        os.umask(before)
