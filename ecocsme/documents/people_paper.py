"""The papers that name people, made from their private list: the list on which they sign, and the badges."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from ecocsme.documents import building, context
from ecocsme.documents.orders import Document
from ecocsme.documents.room_needs import expected
from ecocsme.event import names, participants, seating_file, seating_shown
from ecocsme.event.model import Event
from ecocsme.event.names import Named
from ecocsme.event.participants import Participant
from ecocsme.language.letters import fold
from ecocsme.language.texts import Texts
from ecocsme.project import model as project_model
from ecocsme.project.folder import Folder

_LONG = 32  # letters of a name that have room on two lines of a badge


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is expected: the number, and the name, organisation and sector where they are known."""

    id: str
    name: str = ""
    organisation: str = ""
    sector: Texts | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """The badge of one person, and the table of each round (None where the person is not there)."""

    person: Person
    way: tuple[int | None, ...]

    @property
    def long(self) -> bool:
        """Whether the name is set smaller, as it would fill half of the badge."""
        return len(self.person.name) > _LONG


def write_sign_in_list(folder: Folder, document: Document) -> bytes:
    """Write the list on which people sign: their names where they are known, and a fifth more lines than people."""
    subject = context.of_event(folder, document.subject)
    everybody = people(folder, document.subject, subject.values["event"])
    named = sorted(
        (one for one in everybody if one.name), key=lambda one: (unicodedata.normalize("NFD", fold(one.name)), one.id)
    )  # Ș after S
    blank = max(0, lines(len(everybody)) - len(named))
    values = {**subject.values, "people": (*named, *(Person("") for _ in range(blank)))}
    return building.in_all_languages(folder, replace(subject, values=values), document)


def write_badges(folder: Folder, document: Document) -> bytes:
    """Write the badges, each with the way of its person through the rounds where the seating is planned."""
    subject = context.of_event(folder, document.subject)
    shown = seating_shown.load(folder, document.subject)
    ways = shown.ways if shown else {}
    everybody = people(folder, document.subject, subject.values["event"])
    badges = tuple(Badge(one, ways.get(one.id, ())) for one in everybody)
    return building.in_all_languages(folder, replace(subject, values={**subject.values, "badges": badges}), document)


def people(folder: Folder, name: str, event: Event) -> tuple[Person, ...]:
    """Everybody of an event, by number: the participants, else those who are seated, else as many as are expected."""
    project = project_model.load(folder).value
    called = {one.id: one for one in names.load(folder, name)}
    known = {one.id: one for one in participants.load(folder, name)}
    seated, _ = seating_file.load(folder, name)
    numbers = {*known, *called, *(person for tables in seated for table in tables for person in table)}
    numbers = numbers or {one.id for one in participants.numbered(expected(event))}
    in_order = sorted(numbers, key=lambda number: (len(number), number))
    return tuple(_person(called.get(one, Named(one)), known.get(one, Participant(one)), project.sectors) for one in in_order)


def _person(named: Named, about: Participant, sectors: dict[str, Texts]) -> Person:
    sector = sectors.get(about.sector) or (Texts({"": about.sector}) if about.sector else None)
    return Person(about.id, named.name.strip(), named.organisation.strip(), sector)


def lines(number: int) -> int:
    """The lines of a list for so many people: a fifth more, rounded up."""
    return (6 * number + 4) // 5


def write_form(folder: Folder, document: Document) -> bytes:
    """Write the form on which people say how it was; it asks for no name."""
    return building.in_all_languages(folder, context.of_event(folder, document.subject), document)
