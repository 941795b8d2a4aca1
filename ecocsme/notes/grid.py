"""What a reader makes of a sheet: text cells in tables, list items under headings, and what it could not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from ecocsme.errors import Problem, UnreadableSheet

_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff]")
_HIDDEN = "\u200b\u200c\u200d\u2060\ufeff"

MAX_ROWS = 100_000
MAX_COLUMNS = 1_000
MAX_TEXT = 1_000_000
MAX_CELLS = 1_000_000  # filled ones, of all tables of a sheet together


class Cell(NamedTuple):  # a sheet has a hundred thousand: tuples are made three times as fast as frozen dataclasses
    """One non-blank cell or list item: its text as typed, and where it stands (`B7`, `line 14`)."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class NotRead:
    """A text that did not become a note, with its place and the reason."""

    address: str
    text: str
    reason: str
    tab: str = ""


class Row(NamedTuple):
    """The non-blank cells of one row by column (from 0); `width` is its number of fields where the format counts them."""

    line: int
    cells: Mapping[int, Cell]
    width: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of text cells: a tab of a workbook, a CSV file, a table in a text.

    `headings` stand around the table (the tab's name, the headings above). `spread` gives, for a place inside merged
    cells (line, column), the cell that is shown there.
    """

    rows: tuple[Row, ...]
    tab: str = ""
    headings: tuple[str, ...] = ()
    spread: Mapping[tuple[int, int], Cell] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many cells are not blank."""
        return sum(len(row.cells) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Item:
    """One list item with the headings it stands under, outermost first; `parent` is the index of the item around it."""

    cell: Cell
    headings: tuple[str, ...]
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that stands in a sheet: tables, items, headings, what was not read, and what the reader chose."""

    grids: tuple[Grid, ...] = ()
    items: tuple[Item, ...] = ()
    headings: tuple[Cell, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    said: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many cells, items, headings and other texts are not blank."""
        return sum(grid.size for grid in self.grids) + len(self.items) + len(self.headings) + len(self.not_read)


def _knows_nothing(_: Sequence[str]) -> int:
    return 0


def _names_nothing(_: str) -> str:
    return ""


def _heads_nothing(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Hints:
    """What helps a reader: the event's languages, what the user forced, and how many known questions a row holds.

    `line` says what a line names that says nothing else, `heads` whether a heading names anything, `prompts` whether a text
    only says where to type; `only` is the ID of the question that all answers belong to where no heading says another one.
    """

    languages: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    knows: Callable[[Sequence[str]], int] = _knows_nothing
    line: Callable[[str], str] = _names_nothing
    heads: Callable[[str], bool] = _heads_nothing
    prompts: Callable[[str], bool] = _heads_nothing
    only: str = ""


def blank(text: str) -> bool:
    """Say whether a text has no character that a person can see."""
    seen = text.strip()
    return not seen or (seen[0] in _HIDDEN and not _UNSEEN.sub("", seen).strip())


@lru_cache(maxsize=MAX_COLUMNS)
def letters(column: int) -> str:
    """Name a column (from 0) as a spreadsheet does: A, B, ... Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def refusal(shown: str, message: str, cure: str, line: int | None = None, place: str = "") -> UnreadableSheet:
    """Build the refusal of a whole sheet."""
    return UnreadableSheet([Problem(shown, message, cure, line, place, code="sheet")])
