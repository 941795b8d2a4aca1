"""A new event (and the project, the first time) as files that `check` accepts at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ecocsme.errors import EcocsmeError, UnknownName
from ecocsme.event import model as event_model
from ecocsme.event.days import EventDay
from ecocsme.event.model import Event
from ecocsme.files import sandbox
from ecocsme.files.models import FromFile, from_text
from ecocsme.files.places import Shelves
from ecocsme.files.text import read_text
from ecocsme.files.values import Clock, refuse_identifier
from ecocsme.files.writing import foresee, publish
from ecocsme.files.yaml_text import quoted
from ecocsme.language.texts import Texts
from ecocsme.project import schema_files
from ecocsme.project.folder import Folder
from ecocsme.project.model import Project

_ROOM = "labs"
_BARE = re.compile(r"[a-z][a-z0-9-]*")
_NEVER_KEPT = frozenset({"id", "date", "days", "replies_by", "venue", "facilitator", "press", "participants", "previous"})


@dataclass(frozen=True, slots=True)
class NewProject:
    """What is known of a project that is begun."""

    acronym: str
    title: Texts
    languages: tuple[str, ...]
    programme: str = "plain"
    code: str | None = None
    timezone: str = "Europe/Bucharest"
    organisation: Texts | None = None


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What is known of a new event; `like` names the event it starts from, `kept` is what is taken over of that."""

    name: str
    date: dt.date
    title: Texts | None = None
    topic: Texts | None = None
    start: Clock | None = None
    end: Clock | None = None
    mode: str | None = None
    replies_by: dt.date | None = None
    venue: Texts | None = None
    facilitator: str | None = None
    languages: tuple[str, ...] = ()
    previous: str | None = None
    method: str | None = None
    tables: int | None = None
    rounds: int | None = None
    lab: int | None = None
    lab_round: int | None = None
    questions: tuple[Texts, ...] = ()
    like: str | None = None
    days: tuple[EventDay, ...] = ()
    kept: Markup | None = None


def scaffold(
    root: Path, project: NewProject | None, event: NewEvent, *, beside: Mapping[str, str] | None = None, dry_run: bool = False
) -> tuple[str, ...]:
    """Write the files of a new event, and of its project where one is begun; return their paths. `dry_run` writes nothing.

    `beside` are the texts of further files of the event, by their names.
    Raise WouldOverwrite where a file exists already, UnknownName or InvalidFile for what `check` would not accept.
    """
    folder = Folder(root)
    refuse_identifier("event", event.name)
    files = _project_files(folder, project) if project is not None else {}
    schemas = schema_files.to_write(folder)
    name = folder.shown(folder.event_file(event.name))
    text = _event_text(folder, event)
    from_text(text, name, Event, folder.languages)
    write = foresee if dry_run else publish
    others = {folder.shown(folder.event_folder(event.name) / other): text.encode() for other, text in (beside or {}).items()}
    return write(root, {**files, **schemas, **others, name: text.encode()}, may_replace=schemas)


def said(text: str, languages: Sequence[str]) -> Texts:
    """Read `Text românesc / English text` as a text per language, in the order of the languages; else as the first one's."""
    sides = [side.strip() for side in text.split(" / ")]
    if len(languages) > 1 and len(sides) == len(languages):
        return Texts(dict(zip(languages, sides, strict=True)))
    return Texts({languages[0]: text.strip()})


def earlier(folder: Folder, before: dt.date) -> str | None:
    """The last event of the folder before a day: the one that a press release looks back on."""
    events = [event_model.load(folder, name).value for name in folder.events()]
    past = [(event.date, event.id) for event in events if event.date < before]
    return max(past)[1] if past else None


def _event_text(folder: Folder, event: NewEvent) -> str:
    if event.method is not None and event.method not in folder.shelves.names("methods", ".yaml"):
        raise UnknownName("method", event.method, folder.shelves.names("methods", ".yaml"))
    if event.previous is not None and event.previous not in folder.events():
        raise UnknownName("event", event.previous, folder.events())
    return _rendered("event.yaml.j2", _like(folder, event))


def _project_files(folder: Folder, project: NewProject) -> dict[str, bytes]:
    if project.programme not in folder.shelves.names("programmes", ".yaml"):
        raise UnknownName("programme", project.programme, folder.shelves.names("programmes", ".yaml"))
    for lang in project.languages:
        if lang not in folder.languages:
            raise UnknownName("language", lang, folder.languages)
    text = _rendered("project.yaml.j2", project)
    from_text(text, "project.yaml", Project, folder.languages)
    return {
        "project.yaml": text.encode(),
        **{f".{name}": _plain_file(name) for name in ("gitignore", "gitattributes") if not (folder.root / f".{name}").exists()},
    }


def _plain_file(name: str) -> bytes:
    path = Shelves().find(_ROOM, name)
    if path is None:
        raise EcocsmeError(f"templates/labs/{name}: is missing; install ecocsme again")
    return path.read_bytes()


def _rendered(template: str, new: NewProject | NewEvent) -> str:
    """Fill a shipped template; one of the user's own would run here without the limits that documents have."""
    environment = sandbox.sandbox(sandbox.Shelf(Shelves(), _ROOM, {}), _as_yaml, {})
    return sandbox.render(environment, _ROOM, [template], {"new": new})


def _as_yaml(value: Any) -> Markup:
    """Write a value so that a YAML file holds exactly it."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, Texts):
        texts = ", ".join(f"{lang}: {quoted(text)}" for lang, text in value.items())
        return Markup(f"{{{texts}}}")  # noqa: S704  # YAML, not HTML
    if isinstance(value, str) and not _BARE.fullmatch(value):
        return Markup(quoted(value))  # noqa: S704  # YAML, not HTML
    return Markup(value)  # noqa: S704  # YAML, not HTML


def _like(folder: Folder, event: NewEvent) -> NewEvent:
    """Take over what an earlier event has and the new one does not say, but never who, where and when."""
    like = event.like
    if like is None:
        return event
    if like not in folder.events():
        raise UnknownName("event", like, folder.events())
    source = event_model.load(folder, like)
    if event.tables is None and any(table.host for table in source.value.tables):
        event = replace(event, tables=len(source.value.tables))  # hosts are persons, too
    spoken = {name for name in NewEvent.__slots__ if getattr(event, name) not in (None, ())}
    text = read_text(folder.event_file(like), source.file)
    kept = "".join(_blocks(text, source, spoken | _NEVER_KEPT))
    return replace(event, kept=Markup(kept), days=tuple(_days(source.value, event)))  # noqa: S704  # YAML that was just read


def _days(earlier: Event, event: NewEvent) -> Iterator[EventDay]:
    """The days of an earlier event as far apart as they were, from the first day of the new one on."""
    for number, day in enumerate(earlier.days):
        start, end = (day.start, day.end) if number else (event.start or day.start, event.end or day.end)
        yield EventDay(date=event.date + (day.date - earlier.date), start=start, end=end)


def _blocks(text: str, source: FromFile[Event], without: set[str] | frozenset[str]) -> list[str]:
    """The lines of each key of an event file, the comments right above it with it, in the order written."""
    lines = text.replace("\r\n", "\n").splitlines(keepends=True)
    keys = sorted((line, str(place[0])) for place, line in source.parsed.lines.items() if len(place) == 1)
    if any(source.parsed.columns[(key,)] != 0 for _, key in keys):
        raise EcocsmeError(f"{source.file}: cannot be taken as a model; write each key at the beginning of a line")
    begins = [_with_comments(lines, line - 1) for line, _ in keys]
    ends = [*begins[1:], len(lines)]
    return ["".join(lines[b:e]) for (_, key), b, e in zip(keys, begins, ends, strict=True) if key not in without]


def _with_comments(lines: Sequence[str], line: int) -> int:
    while line > 0 and lines[line - 1].startswith("#"):
        line -= 1
    return line
