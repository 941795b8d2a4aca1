"""What a document is made from: the files whose faults forbid it, and those whose hashes the manifest keeps."""

from __future__ import annotations

from pathlib import Path

from ecocsme.event import model as event_model
from ecocsme.notes import store
from ecocsme.project.folder import Folder

_SHARED = ("project.yaml", "practices.yaml")
_PLAN = (*_SHARED, "themes.yaml", "decisions.csv")


def about_event(folder: Folder, event: str) -> tuple[str, ...]:
    """The files that a document about an event says something from, relative to the folder."""
    previous = event_model.load(folder, event).value.previous
    names = [event] + ([previous] if previous in folder.events() and previous else [])
    return (*_SHARED, *(folder.shown(folder.event_file(name)) for name in names))


def about_plan(folder: Folder, plan: str) -> tuple[str, ...]:
    """The files that an action plan says something from; a name that ends with a slash stands for all below it."""
    return (*_PLAN, "events/", folder.shown(folder.plan_file(plan)))


def of_event(folder: Folder, event: str, kind: str) -> tuple[Path, ...]:
    """The files that a document about an event is made from."""
    return (*(folder.root / name for name in about_event(folder, event)), *_templates(folder, kind))


def of_plan(folder: Folder, plan: str, kind: str) -> tuple[Path, ...]:
    """The files that an action plan is made from."""
    events = [folder.event_file(event) for event in folder.events()]
    notes = [path for event in folder.events() for path in store.files(folder, event)]
    return (*(folder.root / name for name in _PLAN), folder.plan_file(plan), *events, *notes, *_templates(folder, kind))


def _templates(folder: Folder, kind: str) -> tuple[Path, ...]:
    """The templates of the project that take part; the shipped ones change only with the tool itself."""
    own = folder.root / "templates"
    return tuple(sorted(path for path in own.rglob("*") if path.is_file() and (path.parent.name != "documents" or kind in path.name)))
