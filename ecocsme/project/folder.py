"""The project folder: where everything is, and how it is found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ecocsme.errors import Ambiguous, EcocsmeError, InvalidFile, Problem, UnknownName, visible
from ecocsme.files.places import Shelves
from ecocsme.files.values import RESERVED
from ecocsme.language import words

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class Folder:
    """A project folder; `own` are template folders named on the command line, before the project's own."""

    root: Path
    own: tuple[Path, ...] = ()

    @cached_property
    def shelves(self) -> Shelves:
        """Where templates are looked for: named on the command line, in the project, shipped."""
        return Shelves((*self.own, self.root / "templates"))

    @cached_property
    def languages(self) -> frozenset[str]:
        """Every language that has a words pack."""
        return words.languages(self.shelves)

    def shown(self, path: Path) -> str:
        """A path as messages show it: relative to the project folder, with forward slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()

    @property
    def project_file(self) -> Path:
        """The project file."""
        return self.root / "project.yaml"

    def events(self) -> tuple[str, ...]:
        """The names of all event folders, sorted."""
        return _subfolders(self.root / "events")

    def plans(self) -> tuple[str, ...]:
        """The names of all plans, sorted."""
        folder = self.root / "plans"
        files = folder.iterdir() if folder.is_dir() else ()
        return tuple(sorted(path.stem for path in files if path.suffix == ".yaml"))

    def event_folder(self, event: str) -> Path:
        """The folder of an event."""
        return self.root / "events" / event

    def event_file(self, event: str) -> Path:
        """The event file of an event."""
        return self.event_folder(event) / "event.yaml"

    def sheets(self, event: str) -> Path:
        """The folder of the sheets of an event, as received."""
        return self.event_folder(event) / "sheets"

    def notes(self, event: str) -> Path:
        """The folder of the notes of an event."""
        return self.event_folder(event) / "notes"

    def plan_file(self, plan: str) -> Path:
        """The file of a plan."""
        return self.root / "plans" / f"{plan}.yaml"

    def out(self, name: str) -> Path:
        """The folder of the documents of an event or a plan."""
        return self.root / "out" / name

    def one_event(self, name: str | None, standing: Path) -> str:
        """The event that is meant: named, stood in, or the only one."""
        return _one("event", name, self.events(), standing, self.root / "events")

    def one_plan(self, name: str | None) -> str:
        """The plan that is meant: named, or the only one."""
        return _one("plan", name, self.plans(), None, self.root / "plans")


def entry(folder: Path, name: str) -> Path:
    """The path of a name in a folder, in whatever way the disk puts its letters together (Macs: ă as a and its hook)."""
    path = folder / name
    if name.isascii() or path.exists() or not folder.is_dir():
        return path
    meant = unicodedata.normalize("NFC", name)
    return next((one for one in folder.iterdir() if unicodedata.normalize("NFC", one.name) == meant), path)


def is_safe_name(name: str) -> bool:
    """Whether an event or a plan may be called so on every system."""
    return _NAME.fullmatch(name) is not None and not RESERVED.match(name)


def unsafe_name(kind: str, name: str) -> Problem:
    """What is wrong with the name of a folder or a file that is no ID."""
    cure = "rename it: small letters, digits and hyphens only, at most 60, no name of a Windows device"
    return Problem(f"{kind}s/{name}", f"{visible(name)} is no safe name", cure)


def find(start: Path, project: Path | None = None) -> Folder:
    """Find the project folder: the one named, or the nearest one above `start`; raise InvalidFile if there is none."""
    if project is not None:
        return _checked(project)
    for folder in (start, *start.parents):
        if (folder / "project.yaml").is_file():
            return Folder(folder.resolve())
    cure = "go to the project folder, name it with --project, or start one with `ecocsme new-lab`"
    raise InvalidFile([Problem("project.yaml", "there is no project here or above", cure)])


def _checked(folder: Path) -> Folder:
    if not (folder / "project.yaml").is_file():
        cure = "name the folder that holds project.yaml"
        raise InvalidFile([Problem(folder.as_posix(), "this folder holds no project.yaml", cure)])
    return Folder(folder.resolve())


def _subfolders(folder: Path) -> tuple[str, ...]:
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")))


def _one(kind: str, name: str | None, known: tuple[str, ...], standing: Path | None, above: Path) -> str:
    if name is not None:
        return _named(kind, name, known)
    inside = [n for n in known if standing is not None and standing.is_relative_to(above / n)]
    if len(inside or known) == 1:
        return (inside or known)[0]
    if not known:
        start = "ecocsme new-lab" if kind == "event" else "ecocsme draft-plan"
        raise EcocsmeError(f"there is no {kind} in this folder yet; start one with `{start}`")
    raise Ambiguous(f"there are several {kind}s; name one of them: {', '.join(visible(known_name, 60) for known_name in known)}")


def _named(kind: str, name: str, known: tuple[str, ...]) -> str:
    if name not in known:
        raise UnknownName(kind, name, known)
    if not is_safe_name(name):
        raise InvalidFile([unsafe_name(kind, name)])
    return name
