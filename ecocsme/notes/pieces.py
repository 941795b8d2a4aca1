"""The rows of a large table piece by piece: what a small table gives at once, with no more than a piece of it in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ecocsme.notes import answers, directing
from ecocsme.notes import chosen_tabs as tabs
from ecocsme.notes.delimited import Record
from ecocsme.notes.directing import Directed
from ecocsme.notes.grid import MAX_COLUMNS, Cell, Grid, Row, Sheet, blank, letters, refusal
from ecocsme.notes.mapping import SavedLayout
from ecocsme.notes.matching import Known
from ecocsme.notes.model import content_of
from ecocsme.notes.streams import Stream
from ecocsme.notes.table_rows import Rows
from ecocsme.notes.tally import Draft, Tally
from ecocsme.notes.wishes import Wishes

ROWS = 5_000  # that are held at a time
_NAMED = 100_000  # cells not read that are named one by one


@dataclass(slots=True)
class Pieces:
    """Reads a stream as answers; `tally` and the counts are whole when all drafts have been taken."""

    stream: Stream
    known: Known
    said: Wishes
    tally: Tally = field(init=False)
    directed: Directed = field(init=False)
    cells: int = 0
    notes: int = 0
    no_content: int = 0
    per_question: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Find the header in the first piece; raise an error of ours where there is none, or a doubt that nobody settles."""
        self.tally = Tally(self.stream.shown, self.known)
        self.tally.say(self.stream.said)
        grid = Grid(tuple(self._piece(enumerate(self.stream.records(), 1))))
        self.cells = 0
        tabs.refuse(Sheet(grids=(grid,)), self.said, self.stream.shown)
        self.directed = directing.direct(grid, self.tally, self.said, headed=False)
        directing.refuse_unmet([self.directed.unmet], self.stream.shown)
        if self.directed.layout is None:
            raise answers.unknown(Sheet(grids=(grid,)), self.known, self.stream.shown)
        if self.directed.layout.own:
            raise refusal(self.stream.shown, "is an answer workbook of ours, saved as CSV", "import it without --large")

    @property
    def decided(self) -> Sequence[SavedLayout]:
        """What a person has decided of the columns, as it is kept."""
        layout = self.directed.layout
        saved = directing.to_save(layout, "", self.said) if layout is not None and self.directed.decided else None
        return [saved] if saved is not None else []

    def drafts(self, copy: Stream | None = None) -> Iterator[Draft]:
        """Every answer in its order; raise UnreadableSheet as soon as something cannot be read."""
        records = enumerate((copy or self.stream).records(), 1)
        first = self._piece(records)
        rows = self._begin(first)
        layout, line = self.directed.layout, first[rows.layout.top].line if rows.layout else 0
        yield from self._taken()
        while piece := self._piece(records):
            if layout is not None and rows.layout is layout:
                answers.refuse_beside(piece, layout, self.tally, line=line)
            rows.go_on(piece)
            yield from self._taken()
        rows.end()
        if not self.notes:
            raise answers.nothing(self.tally)
        answers.refuse_lost(self.tally, self.notes, self.cells)

    def _begin(self, first: Sequence[Row]) -> Rows:
        """Read what stands below the header in the first piece."""
        grid, layout = Grid(tuple(first)), self.directed.layout
        if layout is None:
            raise answers.unknown(Sheet(grids=(grid,)), self.known, self.stream.shown)
        answers.above(grid, layout, self.tally)
        answers.refuse_untitled(grid, layout, self.tally)
        rows = Rows(grid, layout, self.known.around(layout.headings), self.tally)
        rows.begin()
        return rows

    def _piece(self, records: Iterator[tuple[int, Record]]) -> list[Row]:
        """The next rows that hold anything."""
        found: list[Row] = []
        for number, (line, record) in islice(records, ROWS):
            cells = {c: Cell(value, f"{letters(c)}{number}") for c, value in enumerate(record) if not blank(value)}
            if cells:
                if max(cells) >= MAX_COLUMNS:
                    raise refusal(self.stream.shown, f"has more than {MAX_COLUMNS:,} columns", "split it into several files", line)
                self.cells += len(cells)
                found.append(Row(line, cells, len(record)))
        return found

    def _taken(self) -> Iterator[Draft]:
        """Hand the drafts of a piece over, and count them."""
        drafts, self.tally.drafts = self.tally.drafts, []
        if len(self.tally.not_read) > _NAMED:
            message = f"has more than {_NAMED:,} cells in columns that no question asks for"
            raise refusal(self.stream.shown, message, "name those columns with --map COLUMN=-")
        self.notes += len(drafts)
        for draft in drafts:
            self.per_question[draft.origin.question] += 1
            self.no_content += content_of(draft.text) == "none"
            yield draft
