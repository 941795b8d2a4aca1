"""What an event must have for the papers on its tables and for those that people sign, wear and fill in; no document is made to know it."""

from __future__ import annotations

from ecocsme.event import names, participants, seating_file
from ecocsme.event.model import Event
from ecocsme.project.folder import Folder


def expected(event: Event) -> int:
    """How many people an event expects; 0 where it does not say."""
    return (event.participants.expected or 0) if event.participants else 0


def nobody(folder: Folder, name: str, event: Event) -> tuple[str, str] | None:
    """What is missing where nobody knows who comes, or where nobody comes into a room."""
    lacks = no_room(folder, name, event)
    if (
        lacks
        or expected(event)
        or any((folder.event_folder(name) / one).is_file() for one in (participants.NAME, names.NAME, seating_file.NAME))
    ):
        return lacks
    said = f"`participants` and {participants.NAME} are missing"
    return said, f"write `participants: {{expected: 24}}`, or read in who registered: ecocsme import-participants {name} FILE"


def no_way(folder: Folder, name: str, event: Event) -> tuple[str, str] | None:
    """What is missing for badges: people, and their seats where there are tables to go to."""
    lacks = nobody(folder, name, event)
    if lacks or not (event.tables and event.rounds) or (folder.event_folder(name) / seating_file.NAME).is_file():
        return lacks
    return f"{seating_file.NAME} is missing, and badges show the way from table to table", f"plan it: ecocsme plan-seating {name}"


def no_room(_: Folder, __: str, event: Event) -> tuple[str, str] | None:
    """What is missing for a form that is filled in by hand at the end: a room."""
    if event.mode not in ("questionnaire", "online"):
        return None
    return f"`mode` is {event.mode}: nobody comes into a room", "it is printed for events in a room only"


def no_tables(_: Folder, __: str, event: Event) -> tuple[str, str] | None:
    """What is missing where a room has no tables."""
    return None if event.tables else ("`tables` is missing", "write how many there are into the event file: `tables: 6`")


def no_hosts(folder: Folder, name: str, event: Event) -> tuple[str, str] | None:
    """What is missing for the cards of hosts: tables, and questions to ask at them."""
    lacks = no_tables(folder, name, event)
    return lacks or (None if event.questions else ("`questions` is missing", "write them into the event file"))
