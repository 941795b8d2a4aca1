"""Where the replies to a questionnaire are sent, and whether they may still come."""

from __future__ import annotations

from datetime import date

from ecocsme.event.model import Event
from ecocsme.project.model import Contact, Project


def recipient(project: Project, event: Event) -> Contact | None:
    """To whom people send their replies: whom the event names, else the project's first contact with an address, else the organisation."""
    named = (event.replies_to, *(contact for contact in project.contacts if contact.email))
    found = next((contact for contact in named if contact is not None), None)
    if found is None and project.organisation is not None:
        office = project.organisation
        return Contact(name=office.name, phone=office.phone, email=office.email)
    return found


def is_over(event: Event, today: date) -> bool:
    """Whether the last day for replies is past."""
    return event.replies_by is not None and event.replies_by < today
