"""project.yaml: the funded project, its partners and its organisation."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ecocsme.files.models import FromFile, Written, read
from ecocsme.files.values import Day, Identifier, Text, Year, Zone
from ecocsme.language.texts import LocalText
from ecocsme.project.folder import Folder

Standing = Literal["former", "current", "future"]


class Capital(Written):
    """A title year of a European Capital of Culture, with the year first awarded where it moved."""

    one_line: ClassVar[str] = "year"

    year: Year
    was: Year | None = None

    def standing(self, on: date) -> Standing:
        """Whether the city is a former, current or future capital on a day."""
        if self.year == on.year:
            return "current"
        return "former" if self.year < on.year else "future"


class Partner(Written):
    """An organisation of the partnership; `self` is the one whose folder this is."""

    id: Identifier
    name: LocalText
    city: LocalText | None = None
    country: LocalText | None = None
    role: Literal["lead", "partner", "self"] = "partner"
    capital: Capital | None = None


class Contact(Written):
    """Whom to ask: a person or an office."""

    name: LocalText
    role: LocalText | None = None
    organisation: LocalText | None = None
    phone: Text | None = None
    email: Text | None = None


class Organisation(Written):
    """The organisation whose letterhead the documents carry."""

    name: LocalText
    role: LocalText | None = None
    address: LocalText | None = None
    phone: Text | None = None
    email: Text | None = None
    logo: Text | None = None


class Project(Written):
    """The funded project, as project.yaml describes it."""

    code: Text | None = None
    acronym: Text
    title: LocalText
    description: LocalText | None = None
    aim: LocalText | None = None
    programme: Identifier = "plain"
    start: Day | None = None
    end: Day | None = None
    languages: Annotated[tuple[Text, ...], Field(min_length=1)] = ("en",)
    timezone: Zone = "Europe/Bucharest"
    sectors: dict[str, LocalText] = Field(default_factory=dict)
    terms: dict[str, LocalText] = Field(default_factory=dict)
    partners: tuple[Partner, ...] = ()
    organisation: Organisation | None = None
    contacts: tuple[Contact, ...] = ()

    @property
    def label(self) -> str:
        """Code and acronym, as documents name the project."""
        return f"{self.code} {self.acronym}" if self.code else self.acronym


def load(folder: Folder) -> FromFile[Project]:
    """Read project.yaml; raise InvalidFile with all of its problems."""
    return read(folder.project_file, "project.yaml", Project, folder.languages)
