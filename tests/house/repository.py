"""What the guards of the house look at: the files a clone holds, the modules of the package, the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pathspec

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = REPOSITORY / "ecocsme"


def trackable(root: Path) -> Iterator[Path]:
    """The files that git tracks or would track, found without git: an unpacked archive has none."""
    ignored = pathspec.GitIgnoreSpec.from_lines((root / ".gitignore").read_text(encoding="utf-8").splitlines())
    for folder, inner, names in os.walk(root):
        here = Path(folder).relative_to(root)
        inner[:] = sorted(name for name in inner if name != ".git" and not ignored.match_file((here / name).as_posix() + "/"))
        yield from (root / here / name for name in sorted(names) if name != ".git" and not ignored.match_file((here / name).as_posix()))


def modules(root: Path) -> list[Path]:
    """The Python files under a folder, in order."""
    return sorted(path for path in root.rglob("*.py") if "__pycache__" not in path.parts)
