"""The invitation: who invites to what, when, where and why, and where to say that one comes."""

from __future__ import annotations

from dataclasses import replace

from ecocsme.documents import building, context, day_shown
from ecocsme.documents.day_shown import Forms
from ecocsme.documents.orders import Document
from ecocsme.event import running
from ecocsme.event.model import Event
from ecocsme.language import words as words_file
from ecocsme.project.folder import Folder
from ecocsme.project.model import Contact, Project

_SHORT = 10  # minutes; what takes less is left to the agenda


def write_invitation(folder: Folder, document: Document) -> bytes:
    """Write the invitation to an event in one language; the place of the addressee is left blank."""
    subject = context.of_event(folder, document.subject)
    event: Event = subject.values["event"]
    packs = [words_file.load(folder.shelves, lang) for lang in subject.languages]
    zone = subject.project.timezone
    shown = day_shown.entries(folder, event, zone, packs)
    rows = {day.number: day_shown.in_rows(day, shown, running.daytime(event, zone, day.number).minutes) for day in subject.values["days"]}
    values = {
        "blocks": {day: [row for row in found if row.start and row.minutes >= _SHORT] for day, found in rows.items()},
        "contact": contact(subject.project, Forms(packs)),
    }
    return building.alone(folder, replace(subject, values={**subject.values, **values}), document)


def contact(project: Project, forms: Forms) -> Contact | None:
    """Whom to write to in order to come: the contact whose role is registration, else the last one that is not for the press."""
    for_it = [one for one in project.contacts if one.role and forms.holds("registration", one.role)]
    others = [one for one in project.contacts if not (one.role and forms.holds("press", one.role))]
    return next(iter(for_it), None) or next(reversed(others), None)
