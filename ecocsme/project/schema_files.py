"""The schemas that editors check our files by while they are typed: kept in `.schemas/` of the project, so that no network is needed."""

from __future__ import annotations

from pathlib import Path

from ecocsme.files.places import shipped
from ecocsme.project.folder import Folder

FOLDER = ".schemas"
MARK = "Made by ecocsme"  # stands in each of our schemas, so that a file of somebody else's is never replaced


def to_write(folder: Folder) -> dict[str, bytes]:
    """The schemas that the project lacks, or has from another version of ecocsme; a file that is not ours is left alone."""
    newest = {f"{FOLDER}/{path.name}": path.read_bytes() for path in sorted((shipped() / "schemas").glob("*.json"))}
    return {name: data for name, data in newest.items() if _is_lacking(folder.root / name, data)}


def _is_lacking(path: Path, data: bytes) -> bool:
    if path.is_symlink() or path.parent.is_symlink() or path.parent.is_file():
        return False
    if not path.exists():
        return True
    before = path.read_bytes() if path.is_file() else data
    return before != data and MARK.encode() in before
