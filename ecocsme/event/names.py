"""names.csv: the private key to participants.csv, who is called how and written to where; it never leaves this computer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

from ecocsme.files import own_tables
from ecocsme.language.letters import fold
from ecocsme.project.folder import Folder

NAME = "names.csv"


@dataclass(frozen=True, slots=True)
class Named:
    """One person by name; the fields are the columns of names.csv, in their order, as typed."""

    id: str
    name: str = ""
    organisation: str = ""
    email: str = ""

    @property
    def called(self) -> tuple[str, ...]:
        """The words of the name whatever their order: lists write the family name first or last."""
        return tuple(sorted(fold(self.name.replace("-", " ")).split()))

    @property
    def address(self) -> str:
        """The e-mail address as it is compared."""
        return fold(self.email)


COLUMNS = tuple(column.name for column in fields(Named))


def load(folder: Folder, event: str) -> tuple[Named, ...]:
    """Read the names of an event; none where there is no file; raise InvalidFile with every line that is wrong, naming nobody."""
    path = folder.event_folder(event) / NAME
    found: dict[str, Named] = {}

    def take(_line: int, row: list[str]) -> None:
        if len(row) > len(COLUMNS) or not row[0].strip():
            cure = "begin it with the number of the person"
            raise own_tables.WrongLine("is no line of id, name, organisation and e-mail", cure)
        if row[0] in found:
            raise own_tables.WrongLine("this person is there already", "keep one line for each person", "id")
        found[row[0]] = Named(*row)

    own_tables.read(path, folder.shown(path), COLUMNS, take)
    return tuple(found.values())


def serialised(people: Iterable[Named]) -> bytes:
    """Write the file, sorted by nothing: the order of people is that of their numbers."""
    return own_tables.written(COLUMNS, map(astuple, people))
