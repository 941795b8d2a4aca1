"""The rows of one table, top to bottom: which question, table and round each answer belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ecocsme.errors import visible
from ecocsme.notes import form_codes, header, matching
from ecocsme.notes.grid import Cell, Grid, Row, letters, refusal
from ecocsme.notes.header import Above
from ecocsme.notes.layouts import ORIGIN, Layout
from ecocsme.notes.matching import Origin
from ecocsme.notes.model import SOMEBODY
from ecocsme.notes.tally import Draft, Tally

_PLACE = re.compile(r"\s*[a-z]?\s*[0-9]{1,3}\s*", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*")

_NAMELESS = dict.fromkeys(ORIGIN, "")
_VOTES = re.compile(r"([0-9]{1,6})(?:[.,]0+)?")
_DOTS = re.compile(r"([●•*✓✔])(?:\s*\1)*")


@dataclass(slots=True)
class Rows:
    """Reads the rows of one table, top to bottom; `layout` is None in a second table that asks nothing known."""

    grid: Grid
    layout: Layout | None
    around: Origin
    tally: Tally
    above: Above = field(default_factory=Above)
    nameless: int = 0
    followed: int = 0
    in_order: float = 0
    until: int = 0
    votes: int | None = None
    voted: list[int] = field(default_factory=list)

    def read(self) -> None:
        """Read all rows below the header."""
        self.begin()
        self.end()

    def begin(self) -> None:
        """Read the rows that are there; more of the same table may follow."""
        start = self.layout.below if self.layout else 0
        if self.layout:
            self.in_order = header.in_order_until(self.grid.rows, self.layout)
        for index in range(start, len(self.grid.rows)):
            self._row(index)

    def go_on(self, rows: Sequence[Row]) -> None:
        """Read further rows of the same table."""
        self.grid, self.until = replace(self.grid, rows=tuple(rows)), 0
        for index in range(len(rows)):
            self._row(index)

    def end(self) -> None:
        """Say what was taken from other rows, and what was counted."""
        if self.followed:
            what = "answers take their question, table or round from the row above, as their own row leaves it empty"
            self.tally.say(f"{self.followed} {what}")
        if self.voted:
            self.tally.say(f"{sum(self.voted)} votes on {len(self.voted)} answers were read; they are in this report, and in no note")
        if self.nameless:
            self.tally.say(f"{self.nameless} rows name no table; their notes are filed under t0")

    def _row(self, index: int) -> None:
        row = self.grid.rows[index]
        if index < self.until:  # the header of a second table
            return
        if self.layout is None or self.layout.repeated_in(row):
            self._another_table(index)
            return
        self._refuse_ragged(row, self.layout)
        kind = form_codes.row_kind(self._codes(row, self.layout)) if self.layout.by_field.get("id") else ""
        if kind:
            self._form_row(row, kind, self.layout)
            return
        origin, language, asked = self._origin(row, self.layout)
        alone = not self.layout.answered(row)
        self.votes = None if alone else self._votes(row, self.layout)
        for column, cell in row.cells.items():
            if alone and self._stray(cell, self.layout.fields.get(column)):
                self.tally.skip([cell], self.grid.tab, "stands in a row without answers, and names no question, table or round")
            else:
                self._cell(column, cell, self.layout, origin, language, asked)

    @staticmethod
    def _codes(row: Row, layout: Layout) -> list[str]:
        return [row.cells[column].text for column in layout.columns("id") if column in row.cells]

    def _form_row(self, row: Row, kind: str, layout: Layout) -> None:
        """A row of a form that asks nothing: what was printed is known, what was typed is private or stands in the wrong place."""
        printed = {*layout.columns("question"), *layout.columns("id")}
        self.tally.headers += sum(column in printed for column in row.cells)
        why = form_codes.PRIVATE if kind == "contact" else "stands in a row that only says how the form is filled in"
        self.tally.skip((cell for column, cell in row.cells.items() if column not in printed), self.grid.tab, why)

    def _stray(self, cell: Cell, name: str | None) -> bool:
        """Whether a cell beside no answer is no label either: a remark below the table, perhaps."""
        if name == "votes":  # a total, perhaps
            return True
        label = {"question": self.tally.known.question, "table": _place, "round": _place, "id": matching.printed}
        return (
            name in label and label[name](cell.text) is None and not (self.tally.known.says(cell.text) or self.tally.known.line(cell.text))
        )

    def _another_table(self, index: int) -> None:
        row = self.grid.rows[index]
        found = header.at(self.grid, index, self.tally.known, headed=bool(self.around.question))
        if found is not None and (self.layout is None or found.questions or self.layout.columns("answer")):
            self.layout, self.until = found, found.below
            self.tally.headers += sum(len(one.cells) for one in self.grid.rows[found.top : found.below])
            return
        self.layout = None
        self.tally.skip(row.cells.values(), self.grid.tab, "belongs to a second table, no column of which is a question of the event")

    def _refuse_ragged(self, row: Row, layout: Layout) -> None:
        if layout.width and any(column >= layout.width for column in row.cells):
            message = f"has {row.width} fields, but the header has {layout.width}"
            marked = self.tally.shown.casefold().endswith(".md")
            cure = "write \\| for a bar in an answer" if marked else "put an answer that contains the delimiter in double quotes"
            raise refusal(self.tally.shown, message, cure, row.line)

    def _value(self, row: Row, layout: Layout, name: str) -> str:
        for column in layout.columns(name):
            cell = row.cells.get(column) or self.grid.spread.get((row.line, column))
            if cell:
                return cell.text
        return ""

    def _origin(self, row: Row, layout: Layout) -> tuple[Origin, str, str]:
        """The origin of a row's answers, their language, and the text of its question column."""
        found = _NAMELESS | {name: self._value(row, layout, name) for name in layout.origin}
        code = matching.printed(found["id"]) if found["id"] else None
        if code:
            self._refuse_contradiction(row, layout, code, found)
            self.above.take({"question": code[1].question, "table": code[1].table, "round": code[1].round})
            return code[1], self._language(found["language"]), found["id"]
        if layout.own:
            found = self._followed(row, layout, found)
        asked = self.tally.known.question(found["question"]) if found["question"] else self.around.question
        table = self._read(found["table"], "table", matching.table_of) or self.around.table
        respondent = self._respondent(row, layout, found["respondent"], table)
        round_ = self._read(found["round"], "round", matching.round_of) or self.around.round
        self.nameless += self._is_nameless(row, layout, seat=table or respondent, asked=asked)
        return Origin(asked or "", table, round_, respondent), self._language(found["language"]), found["question"]

    @staticmethod
    def _is_nameless(row: Row, layout: Layout, *, seat: str, asked: str | None) -> bool:
        """Whether a row answers something, and its column of tables does not say for whom."""
        return not seat and bool(layout.columns("table")) and layout.answered(row) and bool(asked or layout.questions)

    def _respondent(self, row: Row, layout: Layout, label: str, table: str) -> str:
        """Who answers; of a questionnaire each row is one person: a tool counts its own rows, and our number is given at the import."""
        found = self._read(label, "respondent", matching.respondent_of)
        named = table or not layout.questions or label.strip().casefold().startswith("p")
        return f"{SOMEBODY}:{row.line}" if self.tally.known.in_writing and not named else found

    def _followed(self, row: Row, layout: Layout, found: dict[str, str]) -> dict[str, str]:
        """Let an empty question, table or round mean: as above; but not where the rows were sorted since they were printed."""
        if row.line > self.in_order:
            return found
        filled = self.above.filled(found)
        self.followed += filled != found and layout.answered(row)
        return filled

    def _refuse_contradiction(self, row: Row, layout: Layout, code: tuple[str, Origin], found: Mapping[str, str]) -> None:
        """Refuse a row whose printed code says another event, question, table or round than its columns."""
        event, origin = code
        if event != self.tally.known.event:
            raise refusal(self.tally.shown, f"was printed for the event {event}", "import it into that event", row.line)
        if not layout.answered(row):
            return
        said = {
            "question": (self.tally.known.question(found["question"]), origin.question),
            "table": (matching.table_of(found["table"]), origin.table),
            "round": (matching.round_of(found["round"]), origin.round),
        }
        for name, (typed, printed) in said.items():
            if typed and typed != printed:
                message = f"the code of this row says {name} {printed or '(none)'}, its column says {visible(found[name], 40)}"
                raise refusal(self.tally.shown, message, "correct the one that is wrong, or empty the code", row.line)

    def _read(self, label: str, name: str, read: matching.Label) -> str:
        value = read(label) if label else ""
        if value is None and name == "respondent":
            self.tally.say("respondents that are not numbered p01, p02 ... are not stored: they may be names")
        elif value is None:
            self.tally.say(f"the {name} “{visible(label, 60)}” has no number; its notes are filed under {name[0]}0")
        return value or ""

    def _votes(self, row: Row, layout: Layout) -> int | None:
        """The votes of a row: a number, or as many dots."""
        label = next((row.cells[column].text.strip() for column in layout.columns("votes") if column in row.cells), "")
        number = _VOTES.fullmatch(label)
        if number or not label:
            return int(number[1]) if number else None
        if _DOTS.fullmatch(label):
            return len("".join(label.split()))
        self.tally.say(f"the votes “{visible(label, 40)}” are no number, and are not counted")
        return None

    def _language(self, label: str) -> str:
        code = label.strip().casefold()
        found = _LANGUAGE.fullmatch(code)
        if code and not found:
            self.tally.say(f"the language “{visible(label, 40)}” is no code such as ro or en, and is not stored")
        return found[1] if found else ""

    def _cell(self, column: int, cell: Cell, layout: Layout, origin: Origin, language: str, asked: str) -> None:
        tally, tab = self.tally, self.grid.tab
        question = layout.questions.get(column) or self._spread_question(column, layout)
        if question is None and layout.fields.get(column) == "answer":
            question = origin.question
            if not question:
                reason = f"its question “{visible(asked, 80)}” is not one of the event" if asked else "its row names no question"
                tally.skip([cell], tab, reason)
                return
        if question:
            if not origin.question or origin.question != question:
                origin = Origin(question, origin.table, origin.round, origin.respondent)
            self._answer(cell, origin, language)
        elif layout.left_out(column):
            tally.left_out[layout.titles.get(column, letters(column))] += 1
        elif column in layout.fields:
            tally.context += 1
        else:
            title = layout.titles.get(column, letters(column))
            tally.skip([cell], tab, f"its column “{visible(title, 80)}” is no question of the event")

    def _spread_question(self, column: int, layout: Layout) -> str | None:
        """A question whose title is merged over several columns asks for all of them."""
        if not self.grid.spread:
            return None
        merged = self.grid.spread.get((self.grid.rows[layout.top].line, column))
        return self.tally.known.question(merged.text) if merged and column not in layout.titles else None

    def _answer(self, cell: Cell, origin: Origin, language: str) -> None:
        if self.tally.known.asks(cell.text) and self.tally.known.texted(cell.text) in (origin.question, None):
            self.tally.skip([cell], self.grid.tab, "is the text of a question, not an answer")
        else:
            self.voted += [] if self.votes is None else [self.votes]
            self.tally.drafts.append(Draft(origin, cell.text, self.grid.tab, cell.address, language, votes=self.votes))


def _place(text: str) -> str | None:
    """A bare number of a table or a round, in a row that says nothing else: any other text with a number may be a remark."""
    return text if _PLACE.fullmatch(text) else None
