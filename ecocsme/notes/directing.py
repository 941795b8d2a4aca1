"""Bring together what the header of a table says of its columns and what a person has said; doubts are asked or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ecocsme.errors import EcocsmeError, visible
from ecocsme.notes import column_names, columns, doubts, header, wishes
from ecocsme.notes.grid import Grid, Row
from ecocsme.notes.header import WITHIN
from ecocsme.notes.layouts import LEFT_OUT, Layout
from ecocsme.notes.mapping import SavedLayout, folded
from ecocsme.notes.matching import Known
from ecocsme.notes.tally import Tally
from ecocsme.notes.wishes import Assigned, Wishes


@dataclass(frozen=True, slots=True)
class Directed:
    """A layout, which wishes no column fits, and whether a person decided something that is worth keeping."""

    layout: Layout | None
    unmet: tuple[Assigned, ...] = ()
    decided: bool = False


def direct(grid: Grid, tally: Tally, said: Wishes, *, headed: bool) -> Directed:
    """Say what the columns of a table hold; raise UnreadableSheet where that is in doubt and nobody can be asked."""
    if not said.spoken and (kept := _saved(grid, tally, said)):
        return Directed(kept)
    layout = header.find(grid, tally.known, headed=headed)
    if said.header_rows is not None or (layout is None and _is_meant(grid, said)):
        layout = _told_rows(grid, tally, said, layout)
    if layout is None:
        nearly = _nearly(grid, tally, said)
        return replace(nearly, unmet=said.assigned)
    unmet: list[Assigned] = []
    if said.assigned:
        layout, unmet = _assigned(grid, layout, said)
        layout = doubts.settle_rows(grid, layout, tally, said)
    settled = doubts.settle(grid, layout, tally, said)
    if not settled.layout.answers:
        return Directed(None, tuple(unmet))
    return Directed(settled.layout, tuple(unmet), said.spoken or settled.decided)


def _is_meant(grid: Grid, said: Wishes) -> bool:
    """Whether a person has named columns of this table: by their place, or by a title that it has."""
    by_place = any(column_names.by_place(one.column) or one.column == column_names.EVERY for one in said.assigned)
    return by_place or any(_named(row, said) for row in grid.rows[:WITHIN])


def _nearly(grid: Grid, tally: Tally, said: Wishes) -> Directed:
    """A table in which no title is a known question: one may be like it."""
    if not grid.rows:
        return Directed(None)
    top = likely_top(grid.rows, wishes.NOTHING, tally)
    found = columns.layout(grid.rows, top, header.count_at(grid, top, tally.known), tally.known, grid.spread)
    if found.questions or any(header.lists_questions(column, grid.rows, tally.known) for column in found.titles):
        return Directed(None)  # the questions stand in rows: nothing is answered here
    settled = doubts.settle(grid, found, tally, said)
    return Directed(settled.layout if settled.layout.questions else None, (), settled.decided)


def _saved(grid: Grid, tally: Tally, said: Wishes) -> Layout | None:
    """The layout of an earlier mapping whose headers are these."""
    for saved in said.saved:
        layout = fits(saved, grid, tally.known)
        if layout is not None:
            tally.say(f"the columns are those of events/{tally.known.event}/mapping.yaml, by equal headers")
            return with_means(layout, saved.means())
    return None


def fits(saved: SavedLayout, grid: Grid, known: Known) -> Layout | None:
    """The layout of a table whose headers are those of an earlier mapping; None where they are others."""
    for index in range(min(len(grid.rows), WITHIN)):
        layout = columns.layout(grid.rows, index, saved.header_rows, known, grid.spread)
        if folded(headers(layout)) == saved.key:
            return layout
    return None


def headers(layout: Layout) -> list[str]:
    """The titles of all columns, in order, empty where a column has none."""
    return [layout.titles.get(column, "") for column in range(max(layout.titles, default=-1) + 1)]


def with_means(layout: Layout, means: Mapping[int, str]) -> Layout:
    """Let columns hold what was said of them."""
    questions = {column: question for column, question in layout.questions.items() if column not in means}
    fields = {column: field for column, field in layout.fields.items() if column not in means}
    for column, meant in means.items():
        if meant.startswith("q") and meant[1:].isdecimal():
            questions[column] = meant
        else:
            fields[column] = LEFT_OUT if meant == wishes.LEAVE_OUT else meant
    return replace(layout, questions=questions, fields=fields)


def _told_rows(grid: Grid, tally: Tally, said: Wishes, found: Layout | None) -> Layout:
    """The layout of as many header rows as were said, from where the header begins."""
    top = found.top if found is not None else likely_top(grid.rows, said, tally)
    count = said.header_rows if said.header_rows is not None else header.count_at(grid, top, tally.known)
    if count == 0:
        used = sorted({column for row in grid.rows for column in row.cells})
        return Layout(0, 0, {}, {}, {}, max((row.width for row in grid.rows), default=0)) if used else Layout(0, 0, {}, {}, {}, 0)
    told = grid.rows[top : top + count]
    if said.header_rows is not None and told:
        tally.say(f"the header is line {told[0].line}" if len(told) == 1 else f"the header is lines {told[0].line} to {told[-1].line}")
    return columns.layout(grid.rows, top, count, tally.known, grid.spread)


def likely_top(rows: Sequence[Row], said: Wishes, tally: Tally) -> int:
    """The row, among ten, that is most likely the header: one that names what is known or was said, else the first wide one."""
    first = rows[:WITHIN]
    named = [tally.known.questions_in([cell.text for cell in row.cells.values()]) + _named(row, said) for row in first]
    if max(named, default=0):
        return named.index(max(named))
    widest = max((len(row.cells) for row in first), default=0)
    top = next((index for index, row in enumerate(first) if 2 * len(row.cells) >= widest), 0)
    for _ in range((said.header_rows or 1) - 1):  # titles of groups stand above, a title of the whole sheet is one cell
        top -= 1 if top and len(first[top - 1].cells) > 1 else 0
    return top


def _named(row: Row, said: Wishes) -> int:
    titles = {column: cell.text for column, cell in row.cells.items()}
    return sum(bool(column_names.by_title(one.column, titles)) for one in said.assigned)


def _assigned(grid: Grid, layout: Layout, said: Wishes) -> tuple[Layout, list[Assigned]]:
    used = {column for row in grid.rows for column in row.cells}
    means, unmet = wishes.resolved(said.assigned, layout.titles, used)
    return with_means(layout, means), unmet


def refuse_unmet(unmet: Sequence[Sequence[Assigned]], shown: str) -> None:
    """Refuse a wish that no table of a sheet fits; raise EcocsmeError."""
    for wish in unmet[0] if unmet else ():
        if all(wish in of_grid for of_grid in unmet):
            cure = "name a column by its letter, its number or its title; `--dry-run` without --map shows them"
            raise EcocsmeError(f"{visible(shown)}: --map {visible(wish.column, 60)}: there is no such column; {cure}")


def to_save(layout: Layout, tab: str, said: Wishes) -> SavedLayout | None:
    """The layout as it is kept in mapping.yaml; None where there are no headers to choose it by."""
    named = headers(layout)
    if not any(named):
        return None
    by_meaning: dict[str, list[int]] = {}
    for column, meant in sorted((*layout.questions.items(), *layout.fields.items())):
        by_meaning.setdefault("left_out" if layout.left_out(column) else meant, []).append(column)
    spans = {meant: tuple(column_names.spans(of)) for meant, of in by_meaning.items()}
    questions = {meant: names for meant, names in spans.items() if meant in layout.questions.values()}
    others = {meant: names for meant, names in spans.items() if meant in SavedLayout.model_fields and meant not in questions}
    rows = {"header_rows": str(layout.below - layout.top)}
    read = {"tab": tab or None, "encoding": said.encoding, "delimiter": "tab" if said.delimiter == "\t" else said.delimiter}
    return SavedLayout.model_validate({"headers": tuple(named), **rows, **read, "questions": questions, **others})
