"""What becomes of the cells of a sheet while it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ecocsme.notes.grid import Cell, NotRead
from ecocsme.notes.matching import Known, Origin


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that has no ID yet; `parent` is the index of the draft around a nested list item, or of the one that was split.

    `votes` are those of its row, as far as the sheet has a column of them.
    """

    origin: Origin
    text: str
    tab: str
    cell: str
    language: str = ""
    parent: int | None = None
    split: bool = False
    votes: int | None = None


@dataclass(slots=True)
class Tally:
    """What is gathered while a sheet is read: drafts, and the fate of every other cell."""

    shown: str
    known: Known
    drafts: list[Draft] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    headers: int = 0
    context: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    said: dict[str, None] = field(default_factory=dict)
    recognised: bool = False

    def skip(self, cells: Iterable[Cell], tab: str, reason: str) -> None:
        """Name cells as not read."""
        self.not_read.extend(NotRead(cell.address, cell.text, reason, tab) for cell in cells)

    def pass_over(self, cells: Iterable[Cell], tab: str, reason: str) -> None:
        """Skip cells beside the answers; those that only say what is known (questions, titles) are no loss and are not named."""
        news = [cell for cell in cells if not self._is_known(cell)]
        self.skip(news, tab, reason)

    def _is_known(self, cell: Cell) -> bool:
        known = self.known.says(cell.text)
        self.headers += known
        return known

    def say(self, text: str) -> None:
        """Keep a sentence for the report, once."""
        self.said[text] = None
