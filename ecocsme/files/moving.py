"""Move a file to its place on a disk that other programs use: a sync client or a virus scanner holds files for a moment."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import time
from collections.abc import Collection, Iterable
from pathlib import Path

# two seconds in all: as long as OneDrive, an indexer or a virus scanner looks at a file that has just been written
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.63)


def replace(source: Path, target: Path) -> None:
    """Move a file over another one; where a program holds one of them, try again for about two seconds."""
    for pause in _PAUSES:
        try:
            os.replace(source, target)
        except PermissionError as error:
            if error.errno == errno.EPERM:  # a right that is missing; Windows says EACCES for a file that is held
                raise
            time.sleep(pause)
        else:
            return
    os.replace(source, target)


def linked(source: Path, target: Path) -> bool:
    """Give a file its name unless something has it; say False on a disk without links (FAT, some shares).

    Raise FileExistsError where something has the name.
    """
    try:
        os.link(source, target)
    except OSError:
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        return False
    return True


def claim(source: Path, target: Path) -> None:
    """Give a file its name on a disk without links: take the name first, which fails where something has it, then move."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    try:
        replace(source, target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def missing(root: Path, names: Collection[str]) -> list[Path]:
    """The folders that are still to be made for files of these names, the innermost first."""
    return sorted({way for name in names for way in (root / name).parents if root in way.parents and not way.exists()}, reverse=True)


def remove_empty(folders: Iterable[Path]) -> None:
    """Remove folders that hold nothing; one that does, stays."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def remove(path: Path) -> None:
    """Remove a link, or a folder with all that is in it; Ctrl+C while that goes on does not leave half of it."""
    try:
        _gone(path)
    except KeyboardInterrupt:
        _gone(path)
        raise


def _gone(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif os.path.lexists(path):
        path.unlink()
