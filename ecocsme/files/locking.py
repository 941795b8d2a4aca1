"""One lock per folder, held while something in it is numbered or written, given back even when killed."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ecocsme.errors import EcocsmeError, visible

_PATIENCE = 30.0  # fourteen imports at once on two busy processors have taken longer than ten seconds
LOCK = ".ecocsme-lock"


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; wait at most 30 seconds for another command that holds it."""
    path = folder / LOCK
    handle = _acquire(path)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()  # while still held: whoever waits notices that its file is gone and asks again
        with contextlib.suppress(OSError):
            os.close(handle)


def clear(folder: Path) -> None:
    """Remove a lock that a killed command left behind; one that is held stays."""
    path = folder / LOCK
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        try:
            if _try(handle) and _still_there(handle, path):
                path.unlink()
        finally:
            os.close(handle)


def unwritable(name: str, error: OSError) -> EcocsmeError:
    """Say in one line that the disk refused to write something."""
    full = error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
    cure = "free some space" if full else "close the file in other programs, or ask for the right to write here"
    return EcocsmeError(f"{visible(name)}: cannot be written ({error.strerror or error}); {cure}; nothing was changed")


def _acquire(path: Path) -> int:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            # for everybody: a lock that a killed command left behind must not keep another person out of a shared folder
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        except OSError as error:
            raise unwritable(path.parent.name, error) from error
        if _try(handle) and _still_there(handle, path):
            return handle
        os.close(handle)
        if time.monotonic() > deadline:
            raise EcocsmeError(f"{visible(path.parent.name)}: another ecocsme command is writing here; wait until it ends and try again")
        time.sleep(0.02)


def _still_there(handle: int, path: Path) -> bool:
    try:
        mine, named = os.fstat(handle), os.stat(path)
    except OSError:
        return False
    return (mine.st_dev, mine.st_ino) == (named.st_dev, named.st_ino)


def _try(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
