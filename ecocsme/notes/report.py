"""What an import did, or would do, with every cell of every sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ecocsme.errors import Problem
from ecocsme.notes.coverage import Coverage
from ecocsme.notes.duplicates import Alike
from ecocsme.notes.grid import NotRead
from ecocsme.notes.model import Note
from ecocsme.notes.multipliers import many_voices
from ecocsme.notes.personal_cells import Personal
from ecocsme.notes.splitting import parts_among

Fate = Literal["new", "known", "corrected", "revived"]


@dataclass(frozen=True, slots=True)
class SheetReport:
    """The fate of one sheet: its notes, what was not read and why, what was left out, and what was chosen.

    `cells` non-blank cells = kept + not read + headers + context (table, round ...) + left out (metadata); the ideas of an
    answer that was split are further notes, and no cells. `personal`
    names the cells with personal data, which stand as masks in the notes where `masked` says so. `votes` are those of each
    note, by ID, where the sheet has a column of them.
    """

    shown: str
    sheet: str
    fate: Fate
    notes: tuple[Note, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    headers: int = 0
    context: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    cells: int = 0
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    personal: tuple[Personal, ...] = ()
    masked: bool = False
    votes: Mapping[str, int] = field(default_factory=dict)
    alike: Alike = Alike()  # noqa: RUF009  # frozen

    @property
    def kept(self) -> int:
        """How many answers became notes; their ideas are not counted again."""
        return len(self.notes) - len(self.parts)

    @property
    def parts(self) -> frozenset[str]:
        """The IDs of the notes that are one idea of an answer that was split."""
        return parts_among(self.notes)

    @property
    def no_content(self) -> int:
        """How many of them say nothing (`N/A`, `-` ...); they are kept, but never counted or quoted."""
        return sum(note.content == "none" for note in self.notes)

    @property
    def voices(self) -> Mapping[str, int]:
        """The notes that say that several people said them, with how many."""
        return many_voices(self.notes)

    @property
    def per_question(self) -> Mapping[str, int]:
        """How many of these answers each question has been given."""
        parts = self.parts
        return Counter(note.question for note in self.notes if note.id not in parts)

    def problems(self) -> tuple[Problem, ...]:
        """The cells that were not read and other warnings, as messages."""
        named = (Problem(self.shown, f"not read: {n.reason}", field=_place(n), severity="warning", code="not-read") for n in self.not_read)
        return (*self.warnings, *named)


@dataclass(frozen=True, slots=True)
class Report:
    """What one import did: sheet by sheet, which files it wrote, and which it passed over; what the event has answered by then."""

    sheets: tuple[SheetReport, ...]
    written: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    dry_run: bool = False
    coverage: Coverage | None = None

    @property
    def kept(self) -> int:
        """How many notes were taken from new and corrected sheets."""
        return sum(sheet.kept for sheet in self.sheets if sheet.fate != "known")

    def problems(self) -> tuple[Problem, ...]:
        """All warnings, sheet by sheet."""
        return tuple(problem for sheet in self.sheets for problem in sheet.problems())


def _place(left: NotRead) -> str:
    return f"{left.tab}!{left.address}" if left.tab else left.address
