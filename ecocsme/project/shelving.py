"""The templates that a project can make its own: which there are, which are the project's, and copying one out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ecocsme.errors import UnknownName
from ecocsme.files.places import shipped
from ecocsme.files.writing import foresee, publish
from ecocsme.project.folder import Folder

# not those that only this tool uses: what new-lab starts from, the schemas for editors, what runs in the room screen
ROOMS = ("documents", "words", "methods", "programmes", "sheet-profiles", "emblems", "styles", "word")


@dataclass(frozen=True, slots=True)
class Shelved:
    """A template by its name below the templates folder, and whether the project has its own."""

    name: str
    own: bool


def listed(folder: Folder) -> tuple[Shelved, ...]:
    """Every template there is, room by room; one that the project has itself is its own."""
    own = folder.root / "templates"
    names = {(room, path.name) for room in ROOMS for shelf in folder.shelves.folders(room) for path in _files(shelf)}
    ordered = sorted(names, key=lambda found: (ROOMS.index(found[0]), found[1]))
    return tuple(Shelved(f"{room}/{name}", (own / room / name).is_file()) for room, name in ordered)


def copy_out(folder: Folder, name: str, *, dry_run: bool = False) -> tuple[str, ...]:
    """Copy a shipped template into the project, or with `dry_run` write nothing; raise UnknownName or WouldOverwrite."""
    known = [f"{room}/{path.name}" for room in ROOMS for path in _files(shipped() / room)]
    if name not in known:
        raise UnknownName("template", name, known)
    put = foresee if dry_run else publish
    put(folder.root, {f"templates/{name}": (shipped() / name).read_bytes()})
    return (f"templates/{name}",)


def _files(shelf: Path) -> tuple[Path, ...]:
    return tuple(path for path in shelf.iterdir() if path.is_file() and not path.name.startswith((".", "~"))) if shelf.is_dir() else ()
