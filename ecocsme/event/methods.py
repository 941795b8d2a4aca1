"""Methods: how an event is run, as data; a method gives the blocks of an agenda that names none."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from ecocsme.errors import EcocsmeError, UnknownName
from ecocsme.event.model import Block, Event
from ecocsme.files.models import FromFile, Written, read
from ecocsme.files.values import Positive, fault
from ecocsme.language.texts import LocalText, Texts
from ecocsme.language.words import fill
from ecocsme.project.folder import Folder


def _without_unknown_blanks(title: Texts) -> Texts:
    for text in title.values():
        try:
            fill(text, {"n": "1"})
        except EcocsmeError as error:
            raise fault(str(error), "write {n} where the number of the round belongs") from None
    return title


class Step(Written):
    """One step of a method; `per` repeats it for each round, or lengthens it for each table."""

    title: Annotated[LocalText, AfterValidator(_without_unknown_blanks)]
    minutes: Positive
    per: Literal["event", "round", "table"] = "event"
    move: Positive | None = None
    materials: tuple[LocalText, ...] = ()


class Method(Written):
    """A facilitation method: its name, how many sit at a table, and its steps."""

    name: LocalText
    seats: Positive | None = None
    rounds: Positive = 1
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    def blocks(self, event: Event) -> tuple[Block, ...]:
        """The blocks of an event of this method, with their minutes."""
        rounds, tables = event.rounds or self.rounds, len(event.tables) or 1
        return tuple(block for step in self.steps for block in _blocks(step, rounds, tables))


def _blocks(step: Step, rounds: int, tables: int) -> list[Block]:
    if step.per == "table":
        return [Block(title=step.title, minutes=step.minutes * tables, materials=step.materials)]
    if step.per == "event":
        return [Block(title=step.title, minutes=step.minutes, materials=step.materials)]
    moves = [step.move or 0] * (rounds - 1) + [0]
    return [
        Block(title=_numbered(step.title, number), minutes=step.minutes + move, materials=step.materials)
        for number, move in enumerate(moves, 1)
    ]


def _numbered(title: Texts, number: int) -> Texts:
    return Texts({lang: fill(text, {"n": str(number)}) for lang, text in title.items()})


def load(folder: Folder, name: str) -> FromFile[Method]:
    """Read a method, the user's before the shipped one; raise UnknownName if there is none."""
    path = folder.shelves.find("methods", f"{name}.yaml")
    if path is None:
        raise UnknownName("method", name, folder.shelves.names("methods", ".yaml"))
    return read(path, f"methods/{name}.yaml", Method, folder.languages)
