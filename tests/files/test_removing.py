"""Files are removed with the same promise as they are written: all of it happens, or nothing does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ecocsme.errors import EcocsmeError, WouldOverwrite
from ecocsme.files import moving
from ecocsme.files.writing import STAGE, finish, publish


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with two files."""
    publish(tmp_path / "p", {"a/old.txt": b"old", "b.txt": b"before"})
    return tmp_path / "p"


def contents(root: Path) -> dict[str, bytes]:
    """Every file by its path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_file_is_removed_while_others_are_written(root: Path) -> None:
    """None in the place of bytes removes a file; one that is not there is no change."""
    changed = publish(root, {"a/old.txt": None, "b.txt": b"after", "c.txt": None}, may_replace=["a/old.txt", "b.txt"])
    assert changed == ("a/old.txt", "b.txt")
    assert contents(root) == {"b.txt": b"after"}


def test_one_file_alone_is_removed(root: Path) -> None:
    """Also where nothing is written beside; twice is once."""
    assert publish(root, {"b.txt": None}, may_replace=["b.txt"]) == ("b.txt",)
    assert publish(root, {"b.txt": None}, may_replace=["b.txt"]) == ()
    assert contents(root) == {"a/old.txt": b"old"}


def test_only_what_may_be_replaced_is_removed(root: Path) -> None:
    """A file that is not named as ours stays, and so does everything else."""
    with pytest.raises(WouldOverwrite):
        publish(root, {"b.txt": b"after", "a/old.txt": None}, may_replace=["b.txt"])
    assert contents(root) == {"a/old.txt": b"old", "b.txt": b"before"}


def test_killed_after_the_commit_the_next_command_removes_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the journal is there, the file goes; before, it stays."""

    class KilledError(BaseException):
        pass

    def killed(*_: object) -> None:
        raise KilledError

    monkeypatch.setattr("ecocsme.files.writing._move", killed)
    monkeypatch.setattr("ecocsme.files.writing._undo", killed)
    with pytest.raises(KilledError):
        publish(root, {"b.txt": b"after", "a/old.txt": None}, may_replace=["a/old.txt", "b.txt"])
    monkeypatch.undo()
    assert contents(root)["a/old.txt"] == b"old"
    finish(root)
    assert contents(root) == {"b.txt": b"after"}
    assert not (root / STAGE).exists()


@pytest.mark.parametrize("order", [("a/old.txt", "b.txt"), ("b.txt", "a/old.txt")])
def test_a_disk_that_refuses_gives_everything_back(root: Path, monkeypatch: pytest.MonkeyPatch, order: tuple[str, str]) -> None:
    """Where a move or a removal fails in the middle, what was removed is there again."""
    files = {name: None if name == "a/old.txt" else b"after" for name in order}
    replace, unlink = moving.replace, Path.unlink

    def refusing(source: Path, target: Path) -> None:
        if target.name == "b.txt" and source.name in ("0", "1"):
            raise OSError(5, "disk")
        replace(source, target)

    def stuck(path: Path, *, missing_ok: bool = False) -> None:
        if path.name == "old.txt":
            raise OSError(5, "disk")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(moving, "replace", refusing) if order[0] == "a/old.txt" else monkeypatch.setattr(Path, "unlink", stuck)
    with pytest.raises(EcocsmeError, match="disk"):
        publish(root, files, may_replace=list(order))
    monkeypatch.undo()
    assert contents(root) == {"a/old.txt": b"old", "b.txt": b"before"}
    assert os.listdir(root) == [name for name in os.listdir(root) if STAGE not in name]
