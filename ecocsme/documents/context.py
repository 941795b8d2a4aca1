"""What templates may print: the event or plan and all around it, gathered once for all languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ecocsme.event import methods, running
from ecocsme.event import model as event_model
from ecocsme.event.day_plan import day_plans
from ecocsme.event.model import Event
from ecocsme.event.replies import recipient
from ecocsme.event.timetable import Slot
from ecocsme.language.texts import Texts
from ecocsme.plan import model as plan_model
from ecocsme.plan.evidence import load_sources, resolve
from ecocsme.project import model as project_model
from ecocsme.project import practices as practices_file
from ecocsme.project import programmes
from ecocsme.project.folder import Folder
from ecocsme.project.model import Partner, Project, Standing
from ecocsme.project.programmes import Programme


@dataclass(frozen=True, slots=True)
class City:
    """A partner city that is or was a European Capital of Culture, with the organisations there."""

    name: Texts
    country: Texts | None
    year: int
    standing: Standing
    partners: tuple[Partner, ...]


@dataclass(frozen=True)
class Subject:
    """What a document is about: its values for templates, its languages, and what Word wants to know of it."""

    name: str
    title: Texts
    languages: tuple[str, ...]
    values: Mapping[str, Any]
    project: Project
    programme: Programme
    dated: date | None


def of_event(folder: Folder, name: str) -> Subject:
    """Gather what a document about an event may print; raise InvalidFile where a file cannot be read."""
    event, project = event_model.load(folder, name).value, project_model.load(folder).value
    programme = programmes.load(folder, project.programme).value
    known = practices_file.load(folder).value
    shown = (known.find(practice) for practice in event.practices)
    on = event.press.date if event.press else event.date
    slots = agenda(folder, event, project.timezone)
    values = {
        "event": event,
        "previous": event_model.load(folder, event.previous).value if event.previous else None,
        "project": project,
        "programme": programme,
        "method": methods.load(folder, event.method).value if event.method else None,
        "agenda": slots,
        "days": day_plans(event, slots),
        "seating": None,  # read where it is printed: a faulty one shall not keep the agenda from being built
        "practices": tuple(practice for practice in shown if practice),
        "cities": cities(project, on),
        "lead": _partner(project, "lead"),
        "ourselves": _partner(project, "self"),
        "recipient": recipient(project, event) if event.in_writing else None,
    }
    return Subject(name, event.title, event.spoken(project.languages), values, project, programme, on)


def of_plan(folder: Folder, name: str) -> Subject:
    """Gather what an action plan may print, its evidence resolved; raise InvalidFile where a file cannot be read."""
    plan, project = plan_model.load(folder, name).value, project_model.load(folder).value
    programme = programmes.load(folder, plan.programme or project.programme).value
    sources = load_sources(folder)
    values = {
        "plan": plan,
        "project": project,
        "programme": programme,
        "evidence": resolve(plan, sources),
        "themes": sources.themes,
        "events": {event: event_model.load(folder, event).value for event in folder.events()},
        "ourselves": _partner(project, "self"),
        "partners": {partner.id: partner for partner in project.partners},
    }
    dated = plan.status[-1].date if plan.status else None
    return Subject(name, plan.title, (plan.language,), values, project, programme, dated)


def agenda(folder: Folder, event: Event, zone: str) -> tuple[Slot, ...]:
    """The agenda with clock times on the event's days: its own blocks, or those of its method; without what was shortened to nothing."""
    return tuple(slot for slot in running.run(folder, event, zone).slots if slot.minutes != 0)


def cities(project: Project, on: date) -> tuple[City, ...]:
    """The capitals among the partner cities but our own, each once, by year, with their standing on a day."""
    found: dict[str, list[Partner]] = {}
    for partner in project.partners:
        if partner.capital and partner.city and partner.role != "self":
            found.setdefault("/".join(partner.city.every()), []).append(partner)
    made = (_city(partners, on) for partners in found.values())
    return tuple(sorted(made, key=lambda city: city.year))


def _city(partners: list[Partner], on: date) -> City:
    first = partners[0]
    capital, name = first.capital, first.city
    if capital is None or name is None:
        raise ValueError("a city without a name or a title year")
    return City(name, first.country, capital.year, capital.standing(on), tuple(partners))


def _partner(project: Project, role: str) -> Partner | None:
    return next((partner for partner in project.partners if partner.role == role), None)
