"""Whole-or-nothing writing: one file by a rename, several by a journal that the next command finishes.

Everything is written in a folder of its own and flushed to the disk first. For several files the journal is the commit:
killed before it, nothing has changed; killed after it, `finish` moves the rest into place. A disk that refuses in the
middle has everything moved back.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ecocsme.errors import EcocsmeError, WouldOverwrite, visible
from ecocsme.files import moving
from ecocsme.files.locking import clear, held, unwritable
from ecocsme.files.text import read_bytes

Fill = Callable[[BinaryIO], None]
Content = bytes | Fill | None
MAX_CHANGED = 100_000_000
STAGE = ".ecocsme-writing"
_JOURNAL = "journal.json"
_BEFORE, _GONE = ".before", ".gone"
_OUTSIDE = re.compile(r"[\\:\0]|(^|/)\.\.(/|$)|^/")


def publish(root: Path, files: Mapping[str, Content], *, may_replace: Collection[str] = ()) -> tuple[str, ...]:
    """Write all files or none; return the paths that changed; None removes a file with the same promise.

    Paths are relative to `root`, with forward slashes; they are written and put into place in the order given. What is too
    large to be held in memory is a function that writes it into the stream it is given. Raise WouldOverwrite
    where a file is in the way that is not in `may_replace`, or where a link leads out of the folder; raise EcocsmeError
    where the disk refuses.
    """
    with _said(root):
        root.mkdir(parents=True, exist_ok=True)
        with held(root):
            _finish(root)
            return _publish(root, files, may_replace)


def foresee(root: Path, files: Mapping[str, bytes], *, may_replace: Collection[str] = ()) -> tuple[str, ...]:
    """The paths that `publish` would change; refuses what it would refuse, and writes nothing."""
    changed = tuple(name for name, data in files.items() if not _same(root / name, data))
    _refuse(root, changed, may_replace)
    return changed


def change(root: Path, name: str, changed: Callable[[bytes | None], bytes]) -> None:
    """Replace a file by what `changed` makes of its bytes (None: there is no file yet), so that no other change is lost."""
    with _said(root), held(root):
        _finish(root)
        _refuse(root, [name], [name])
        before = read_bytes(root / name, name, limit=MAX_CHANGED) if (root / name).exists() else None
        _publish(root, {name: changed(before)}, [name])


def finish(root: Path) -> None:
    """Finish or clear away what a killed command left behind."""
    if (root / STAGE).is_dir():
        with _said(root), held(root):
            _finish(root)
    else:
        clear(root)


def in_the_way(root: Path, names: Collection[str], may_replace: Collection[str] = ()) -> tuple[str, ...]:
    """The files that exist already and may not be replaced."""
    return tuple(name for name in names if name not in may_replace and os.path.lexists(root / name))


@contextlib.contextmanager
def _said(root: Path) -> Iterator[None]:
    """Say an error of the disk in one line, by the name that a person knows."""
    try:
        yield
    except OSError as error:
        named = [Path(os.fsdecode(name)) for name in (error.filename2, error.filename) if isinstance(name, (str, bytes))]
        known = [path.name for path in named if STAGE not in path.parts]
        raise unwritable(known[0] if known else root.name, error) from error


def _publish(root: Path, files: Mapping[str, Content], may_replace: Collection[str]) -> tuple[str, ...]:
    changed = {name: data for name, data in files.items() if not _same(root / name, data)}
    _refuse(root, changed, may_replace)
    if changed:
        _write(root, changed, may_replace)
    return tuple(changed)


def _same(path: Path, data: Content) -> bool:
    if data is None:
        return not os.path.lexists(path)
    if not isinstance(data, bytes):
        return False
    return path.is_file() and not path.is_symlink() and path.stat().st_size == len(data) and path.read_bytes() == data


def _refuse(root: Path, names: Collection[str], may_replace: Collection[str]) -> None:
    for name in names:
        if not name or _OUTSIDE.search(name):
            raise EcocsmeError(f"{visible(name)}: is not inside the project folder; nothing was written")
        path = root
        for part in PurePosixPath(name).parts:
            path /= part
            if path.is_symlink():
                raise WouldOverwrite(f"{visible(name)}: {visible(part)} is a link to another place; remove the link; nothing was written")
    blocked = in_the_way(root, names, may_replace)
    if blocked:
        listed = "\n".join(f"{visible(name)}: is there already; move it away or rename it; nothing was written" for name in blocked)
        raise WouldOverwrite(listed)


def _write(root: Path, files: Mapping[str, Content], may_replace: Collection[str]) -> None:
    stage = Path(tempfile.mkdtemp(prefix="", dir=_made(root / STAGE)))
    moves = {str(number): name for number, name in enumerate(files)}
    try:
        for number, name in moves.items():
            data = files[name]
            _fill(stage / (number + _GONE), b"") if data is None else _fill(stage / number, data)
        name = next(iter(files))
        # a folder that is still to be made is a second step, at which a kill would leave it empty
        if len(moves) == 1 and files[name] is not None and (root / name).parent.is_dir():
            _move_one(root, stage, name, new=name not in may_replace)
        else:
            _move_all(root, stage, moves)
    finally:
        if not (stage / _JOURNAL).exists():
            _clear(root, stage)


def _fill(path: Path, data: bytes | Fill) -> None:
    if not isinstance(data, bytes):
        with open(path, "xb") as stream:
            data(stream)
            stream.flush()
            os.fsync(stream.fileno())
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _move_one(root: Path, stage: Path, name: str, *, new: bool) -> None:
    path = root / name
    if new:
        _move_new(root, stage, name)
    else:
        moving.replace(stage / "0", path)
    _flush_ways(root, {path.parent})


def _move_new(root: Path, stage: Path, name: str) -> None:
    """Put a file where none is; this fails where a program that knows no lock has been quicker."""
    try:
        if moving.linked(stage / "0", root / name):
            return
        # the name is taken by an empty file first: killed then, the next command finds the journal and moves the real one there
        _commit(root, stage, {"0": name})
        try:
            moving.claim(stage / "0", root / name)
        except BaseException:
            (stage / _JOURNAL).unlink()
            raise
        (stage / _JOURNAL).unlink()
    except FileExistsError:
        raise WouldOverwrite(f"{visible((root / name).name)}: is there already; nothing was written") from None


def _commit(root: Path, stage: Path, moves: Mapping[str, str]) -> None:
    """Write the journal: from here on `finish` moves the files to their places."""
    for folder in (stage, stage.parent, root):
        _flush_folder(folder)
    _fill(stage / "journal", json.dumps(moves).encode())
    moving.replace(stage / "journal", stage / _JOURNAL)


def _move_all(root: Path, stage: Path, moves: Mapping[str, str]) -> None:
    for number, name in moves.items():
        if (root / name).exists():
            _keep(root / name, stage / (number + _BEFORE))
    made = moving.missing(root, moves.values())
    _commit(root, stage, moves)
    try:
        _flush_folder(stage)
        _move(root, stage, moves)
    except BaseException as error:
        _undo(root, stage, moves, error)
        moving.remove_empty(made)
        raise
    _clear(root, stage)


def _keep(path: Path, beside: Path) -> None:
    """Keep the file that will be replaced, without moving it."""
    try:
        os.link(path, beside)
    except OSError:
        shutil.copy2(path, beside)


def _move(root: Path, stage: Path, moves: Mapping[str, str]) -> None:
    _refuse(root, moves.values(), moves.values())
    folders = set()
    for number, name in moves.items():
        if (stage / number).exists():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            moving.replace(stage / number, path)
            folders.add(path.parent)
        elif (stage / (number + _GONE)).exists() and (root / name).exists():
            (root / name).unlink()
            folders.add((root / name).parent)
    _flush_ways(root, folders)


def _undo(root: Path, stage: Path, moves: Mapping[str, str], cause: BaseException) -> None:
    """Move everything back, then take the journal back; until that is done, `finish` would complete the move."""
    try:
        for number, name in moves.items():
            if not (stage / number).exists() and not (stage / (number + _GONE)).exists():
                moving.replace(root / name, stage / number)
            if (stage / (number + _BEFORE)).exists() and not (root / name).exists():
                moving.replace(stage / (number + _BEFORE), root / name)
        (stage / _JOURNAL).unlink()
    except OSError as error:
        reason = error.strerror or error
        raise EcocsmeError(
            f"{visible(root.name)}: only a part could be written ({reason}); the next ecocsme command completes it"
        ) from cause


def _finish(root: Path) -> None:
    folder = root / STAGE
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise WouldOverwrite(f"{STAGE}: is not what ecocsme left behind; move it away; nothing was written")
    for stage in sorted(folder.iterdir()) if folder.is_dir() else ():
        if (stage / _JOURNAL).is_file():
            _move(root, stage, _moves(stage))
        _clear(root, stage)
    with contextlib.suppress(OSError):
        folder.rmdir()


def _moves(stage: Path) -> Mapping[str, str]:
    """Read a journal; one that this module did not write could move any file anywhere."""
    try:
        moves = json.loads((stage / _JOURNAL).read_bytes())
        ours = all(number.isdecimal() and isinstance(name, str) for number, name in moves.items())
    except (ValueError, AttributeError):
        ours = False
    if stage.is_symlink() or not ours or any(path.is_symlink() for path in stage.iterdir()):
        raise WouldOverwrite(f"{STAGE}/{visible(stage.name)}: is not what ecocsme left behind; move it away; nothing was written")
    return dict(moves)


def _clear(root: Path, stage: Path) -> None:
    """Remove what is no longer needed, the journal last; what a busy disk keeps, the next command clears."""
    try:
        with contextlib.suppress(OSError):
            moving.remove(stage)
    finally:
        with contextlib.suppress(OSError):
            (root / STAGE).rmdir()


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


def _flush_ways(root: Path, folders: Collection[Path]) -> None:
    """Flush folders and all that lead to them: some may be new."""
    ways = {way for folder in folders for way in (folder, *folder.parents) if way == root or root in way.parents}
    for way in sorted(ways, reverse=True):
        _flush_folder(way)


def _flush_folder(folder: Path) -> None:
    """Make a rename last; Windows has no handle for a folder and needs none."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
