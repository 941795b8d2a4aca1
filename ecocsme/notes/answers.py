"""From a sheet's cells and list items to answers: every one becomes a draft of a note or is named as not read."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ecocsme.errors import visible
from ecocsme.notes import header
from ecocsme.notes.grid import Grid, Item, NotRead, Sheet, letters, refusal
from ecocsme.notes.header import Layout
from ecocsme.notes.matching import Known
from ecocsme.notes.table_rows import Rows
from ecocsme.notes.tally import Draft, Tally

__all__ = ["Answers", "Draft", "answers"]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a sheet comes to: its drafts, and the fate of every other cell.

    `size` cells = drafts + `not_read` + `headers` + `context` (table, round ...) + `left_out` (metadata by column).
    """

    drafts: tuple[Draft, ...]
    not_read: tuple[NotRead, ...]
    headers: int
    context: int
    left_out: tuple[tuple[str, int], ...]
    said: tuple[str, ...]
    size: int


def answers(sheet: Sheet, known: Known, shown: str) -> Answers:
    """Turn a sheet into answers; raise UnreadableSheet where no question is known or no answer is found."""
    tally = Tally(shown, known, not_read=list(sheet.not_read), headers=len(sheet.headings))
    for text in sheet.said:
        tally.say(text)
    for grid in sheet.grids:
        _grid(grid, tally)
    _items(sheet.items, tally)
    if not tally.recognised:
        raise _unknown(sheet, known, shown)
    if not tally.drafts:
        first = tally.not_read[0] if tally.not_read else None
        named = f" (not read: {visible(first.address)}, {first.reason})" if first else ""
        raise refusal(shown, f"no answers found{named}", "check that this is the right file, and that it was saved after typing")
    left_out = tuple(tally.left_out.items())
    return Answers(tuple(tally.drafts), tuple(tally.not_read), tally.headers, tally.context, left_out, tuple(tally.said), sheet.size)


def _grid(grid: Grid, tally: Tally) -> None:
    around = tally.known.around(grid.headings)
    layout = header.find(grid.rows, tally.known, headed=bool(around.question))
    if layout is None:
        where = f"this tab ({visible(grid.tab, 40)})" if grid.tab else "this table"
        tally.pass_over((c for row in grid.rows for c in row.cells.values()), grid.tab, f"no column of {where} is a question of the event")
        return
    tally.recognised = True
    _above(grid, layout, tally)
    _refuse_untitled(grid, layout, tally)
    if layout.headings:
        around = tally.known.around((*grid.headings, *layout.headings))
    Rows(grid, layout, around, tally).read()


def _above(grid: Grid, layout: Layout, tally: Tally) -> None:
    cells = [cell for row in grid.rows[: layout.top] for cell in row.cells.values()]
    if layout.headings:
        tally.headers += len(cells)
    else:
        tally.pass_over(cells, grid.tab, "stands above the header of the table")
    tally.headers += sum(len(row.cells) for row in grid.rows[layout.top : layout.below])


def _refuse_untitled(grid: Grid, layout: Layout, tally: Tally) -> None:
    """A column of answers without a title is refused: nobody can say what was asked, and dropping it would lose them."""
    untitled = _untitled(grid, layout)
    if untitled:
        listed = ", ".join(f"column {letters(column)} has no title and {count} answers" for column, count in sorted(untitled.items()))
        where = f" (tab {visible(grid.tab, 40)})" if grid.tab else ""
        cure = "write the question's ID (q1, q2 ...) above it, or any other title if it is not an answer"
        raise refusal(tally.shown, f"{listed}{where}", cure, grid.rows[layout.top].line if layout.width else None)


def _untitled(grid: Grid, layout: Layout) -> Counter[int]:
    """Count the cells of each column that has no title, not even in merged cells, down to a second header."""
    titled = {*layout.titles, *(column for line, column in grid.spread if line == grid.rows[layout.top].line)}
    end = layout.width or math.inf  # what lies beyond the width of a text file is refused with its row
    untitled: Counter[int] = Counter()
    for row in grid.rows[layout.below :]:
        beside = [column for column in row.cells if column not in titled and column < end]
        if beside and layout.repeated_in(row):
            break
        untitled.update(beside)
    return untitled


def _items(items: Sequence[Item], tally: Tally) -> None:
    drafted: dict[int, int] = {}
    around = cache(tally.known.around)
    for index, item in enumerate(items):
        origin = around(item.headings)
        if not origin.question:
            tally.skip([item.cell], "", "stands under no question of the event")
            continue
        tally.recognised = True
        parent = drafted.get(item.parent) if item.parent is not None else None
        drafted[index] = len(tally.drafts)
        tally.drafts.append(Draft(origin, item.cell.text, "", item.cell.address, parent=parent))


def _unknown(sheet: Sheet, known: Known, shown: str) -> Exception:
    listed = [f"{visible(cell.text, 60)}" for grid in sheet.grids for row in grid.rows[:1] for cell in row.cells.values()]
    listed += [visible(cell.text, 60) for cell in sheet.headings]
    if any(known.question(cell.text) for cell in sheet.headings):
        cure = "write the answers as list items (- ...) below the heading of their question"
        return refusal(shown, "no answers found", cure)
    found = f"it has: {', '.join(listed[:20])}" if listed else "it has neither columns nor headings"
    ids = ", ".join(sorted(known.ids, key=lambda q: int(q[1:]))[:6]) or "none yet"
    cure = f"write the ID of a question of event.yaml ({ids}) as the title of its column"
    return refusal(shown, f"no column is a known question of the event; {found}", cure)
