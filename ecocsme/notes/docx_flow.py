"""The flow of a Word document: which headings stand above each answer, and what becomes of every text."""

from __future__ import annotations

from dataclasses import dataclass, field

from ecocsme.notes.grid import MAX_ROWS, MAX_TEXT, Cell, Grid, Hints, Item, NotRead, Sheet, blank, refusal

CODE = 30  # levels below those of styles: a printed code, and lines that name a question, a table or a round
_LINES = {"question": 20, "table": 21, "round": 22, "table round": 23}
_LONGEST = 2_000  # characters of a line that may name a question


@dataclass(slots=True)
class Flow:
    """Gathers the texts of a document, top to bottom."""

    shown: str
    hints: Hints
    headings: list[tuple[int, str]] = field(default_factory=list)
    above: tuple[str, ...] = ()
    asked: bool = False
    ours: bool = False
    items: list[Item] = field(default_factory=list)
    named: list[Cell] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    nested: list[tuple[int, int]] = field(default_factory=list)  # level and index of the list items around

    def names(self, text: str) -> str:
        """What a text names by itself: a question, a table, a round, the title of a column; nothing where it says more."""
        return self.hints.line(text) if len(text) <= _LONGEST else ""

    def heading(self, text: str, address: str, level: int) -> None:
        """A heading: what follows stands under it."""
        self.named.append(Cell(text, address))
        self.under(level, text)

    def line(self, text: str, address: str) -> bool:
        """Take a line as a heading if it names a question, a table or a round; say whether it does."""
        kind = self.names(text)
        if kind in _LINES:
            self.heading(text, address, _LINES[kind])
        return kind in _LINES

    def under(self, level: int, text: str) -> None:
        """Begin what stands under a heading; lines that name another thing go on to count."""
        self.headings = [(at, said) for at, said in self.headings if (at < level and at != CODE) or _stays(at, level)]
        self.headings.append((level, text))
        self.above = tuple(said for _, said in self.headings)
        self.asked = self.asked or level == CODE or (self.hints.knows([text]) > 0 and self.names(text) != "field")
        self.nested.clear()

    def header(self, text: str, address: str) -> None:
        """A text that only says what is known: the title of a column, a printed number."""
        if not blank(text):
            self.named.append(Cell(text, address))

    def answer(self, text: str, address: str, level: int | None = None) -> None:
        """An answer; `level` says how deep in a list it stands."""
        if blank(text):
            return
        if len(text) > MAX_TEXT:
            raise refusal(self.shown, f"{address} has more than {MAX_TEXT:,} characters", "shorten it")
        if len(self.items) >= MAX_ROWS:
            raise refusal(self.shown, f"has more than {MAX_ROWS:,} answers in paragraphs", "split it into several files")
        while self.nested and (level is None or self.nested[-1][0] >= level):
            self.nested.pop()
        parent = self.nested[-1][1] if self.nested else None
        if level is not None:
            self.nested.append((level, len(self.items)))
        self.items.append(Item(Cell(text, address), self.above, parent))

    def skip(self, text: str, address: str, reason: str) -> None:
        """Name a text as not read."""
        if not blank(text):
            self.not_read.append(NotRead(address, text, reason))

    def sheet(self) -> Sheet:
        """Everything that was found; where one question is all there is to answer, paragraphs need no heading."""
        only = self.hints.only
        if only and not self.asked and self.items:
            self.said.append(f"no heading names a question; {len(self.items)} paragraphs were read as answers to {only}, the only one")
            self.items = [Item(item.cell, (*item.headings, only), item.parent) for item in self.items]
        return Sheet(tuple(self.grids), tuple(self.items), tuple(self.named), tuple(self.not_read), tuple(self.said))


def _stays(at: int, level: int) -> bool:
    """Whether a line that was typed goes on to count: a question below a new table, a table below a new question."""
    lines = _LINES.values()
    return level in lines and at in lines and at != level
