"""Files that hold names: each project tells git to leave them alone, also one that was made before they were known."""

from __future__ import annotations

from ecocsme.files.text import read_bytes
from ecocsme.project.folder import Folder

_NAME = ".gitignore"


def ignoring(folder: Folder, *patterns: str) -> dict[str, bytes]:
    """The .gitignore of the project with these patterns in it, as a file to write; nothing where it has them all."""
    path = folder.root / _NAME
    before = read_bytes(path, _NAME) if path.is_file() else b""
    there = {line.strip() for line in before.decode("utf-8", "replace").splitlines()}
    lacking = [one for one in patterns if one not in there]
    if not lacking:
        return {}
    joint = b"" if not before or before.endswith(b"\n") else b"\n"
    return {_NAME: before + joint + "".join(f"{one}\n" for one in lacking).encode()}
