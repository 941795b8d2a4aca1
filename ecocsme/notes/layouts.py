"""What the columns of a table hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ecocsme.language.letters import fold
from ecocsme.notes.grid import Row
from ecocsme.notes.matching import PRINTED

OWN = PRINTED[:5]  # without the printed codes, which may be taken out
ORIGIN = ("question", "table", "round", "respondent", "language", "id")  # the fields that say where an answer belongs
LEFT_OUT = "left-out"
_LEFT_OUT = frozenset({"time", "metadata", LEFT_OUT})


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a table hold: questions, fields, and which rows are its header (`top` to before `below`)."""

    top: int
    below: int
    titles: Mapping[int, str]
    questions: Mapping[int, str]
    fields: Mapping[int, str]
    width: int
    headings: tuple[str, ...] = ()
    by_field: Mapping[str, tuple[int, ...]] = field(init=False)
    origin: tuple[str, ...] = field(init=False)
    answers: frozenset[int] = field(init=False)
    named: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        """Turn the fields around: for each its columns; and gather the columns that each row is asked about."""
        found: dict[str, tuple[int, ...]] = {}
        for column, name in self.fields.items():
            found[name] = (*found.get(name, ()), column)
        object.__setattr__(self, "by_field", found)
        object.__setattr__(self, "origin", tuple(name for name in ORIGIN if name in found))
        object.__setattr__(self, "answers", frozenset((*self.questions, *found.get("answer", ()))))
        object.__setattr__(self, "named", frozenset(self.titles.keys() & (self.questions.keys() | self.fields.keys())))

    @property
    def own(self) -> bool:
        """Whether this is the header of our own workbook, in which an empty cell may mean: as in the row above.

        A column that a person put in or moved changes nothing as long as the printed codes are there.
        """
        in_place = tuple(self.fields.get(column) for column in range(len(OWN))) == OWN
        return not self.questions and (in_place or set(PRINTED) <= set(self.fields.values()))

    def columns(self, name: str) -> tuple[int, ...]:
        """The columns that hold a field."""
        return self.by_field.get(name, ())

    def left_out(self, column: int) -> bool:
        """Whether a column is metadata, or was said to be left out, and is not stored."""
        return self.fields.get(column) in _LEFT_OUT

    def answered(self, row: Row) -> bool:
        """Whether a row holds anything in a column of answers."""
        return not self.answers.isdisjoint(row.cells)

    def repeated_in(self, row: Row) -> bool:
        """Whether a row below says titles again: a new page, or a second table; one answer that equals its title does not."""
        again = [column for column, cell in row.cells.items() if column in self.named and _equal(cell.text, self.titles[column])]
        if not again:
            return False
        return len(again) == len(row.cells) or (2 * len(again) >= len(row.cells) and not self.answers.issuperset(again))


def _equal(text: str, title: str) -> bool:
    """Whether two texts are equal when folded; a look at their first letters saves most of the work."""
    one, other = text[:1], title[:1]
    if one.isascii() and other.isascii() and one.isalnum() and other.isalnum() and one.casefold() != other.casefold():
        return False
    return fold(text) == _folded(title)


_folded = lru_cache(maxsize=4096)(fold)
