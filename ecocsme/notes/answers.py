"""From a sheet's cells and list items to answers: every one becomes a draft of a note or is named as not read."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import PurePath

from ecocsme.errors import EcocsmeError, visible
from ecocsme.notes import chosen_tabs as tabs
from ecocsme.notes import directing, form_codes, matching, wishes
from ecocsme.notes.column_names import EVERY, by_title
from ecocsme.notes.directing import Directed
from ecocsme.notes.grid import Grid, Item, NotRead, Row, Sheet, letters, refusal
from ecocsme.notes.layouts import Layout
from ecocsme.notes.mapping import SavedLayout
from ecocsme.notes.matching import Known, Origin
from ecocsme.notes.table_rows import Rows
from ecocsme.notes.tally import Draft, Tally
from ecocsme.notes.wishes import Assigned, Wishes

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
    layouts: tuple[SavedLayout, ...] = ()


def answers(sheet: Sheet, known: Known, shown: str, said: Wishes = wishes.NOTHING) -> Answers:
    """Turn a sheet into answers; raise UnreadableSheet where no question is known or no answer is found.

    `layouts` are what a person has decided of its columns, by flags or when asked.
    """
    _refuse_foreign(sheet, known, shown)
    tally = Tally(shown, known, not_read=list(sheet.not_read), headers=len(sheet.headings))
    for text in sheet.said:
        tally.say(text)
    tabs.refuse(sheet, said, shown)
    directed = [_grid(grid, tally, said) for grid in sheet.grids]
    unmet = [found.unmet for found, grid in zip(directed, sheet.grids, strict=True) if tabs.is_meant(grid, said)]
    _items(sheet.items, tally, said)
    directing.refuse_unmet([*unmet, *([_unheaded(sheet, said)] if sheet.items else [])], shown)
    if not tally.recognised:
        raise unknown(sheet, known, shown)
    if not tally.drafts:
        raise nothing(tally)
    left_out = tuple(tally.left_out.items())
    layouts = tuple(_decided(sheet, directed, said))
    refuse_lost(tally, len(tally.drafts), sheet.size)
    not_read, texts = tuple(tally.not_read), tuple(tally.said)
    return Answers(tuple(tally.drafts), not_read, tally.headers, tally.context, left_out, texts, sheet.size, layouts)


def _decided(sheet: Sheet, directed: Sequence[Directed], said: Wishes) -> Iterator[SavedLayout]:
    """The layouts that a person has decided, as they are kept."""
    for found, grid in zip(directed, sheet.grids, strict=True):
        saved = directing.to_save(found.layout, grid.tab, said) if found.layout is not None and found.decided else None
        if saved is not None:
            yield saved


def refuse_lost(tally: Tally, notes: int, size: int) -> None:
    """Refuse a sheet some cells of which are nowhere, or twice: whatever the reason is, no answer may be lost in silence."""
    found = notes + len(tally.not_read) + tally.headers + tally.context + sum(tally.left_out.values())
    if found != size:
        cure = "this is a fault of ecocsme: please report it, with the sheet if you may; nothing was imported"
        raise EcocsmeError(f"{visible(tally.shown)}: has {size} filled cells, and {found} are accounted for; {cure}")


def nothing(tally: Tally) -> Exception:
    """The refusal of a sheet in which no answer was found."""
    first = tally.not_read[0] if tally.not_read else None
    named = f" (not read: {visible(first.address)}, {first.reason})" if first else ""
    return refusal(tally.shown, f"no answers found{named}", "check that this is the right file, and that it was saved after typing")


def _refuse_foreign(sheet: Sheet, known: Known, shown: str) -> None:
    """Refuse a sheet one of whose headings is a code that was printed for another event."""
    for cell in sheet.headings:
        code = matching.printed(matching.coded(cell.text) or "")
        if code and code[0] != known.event:
            raise refusal(shown, f"was printed for the event {code[0]}", "import it into that event", place=cell.address)


def _grid(grid: Grid, tally: Tally, said: Wishes) -> Directed:
    if not tabs.is_meant(grid, said):
        where = f"stands in another tab than {visible(said.tab, 40)} (--tab)"
        tally.pass_over((c for row in grid.rows for c in row.cells.values()), grid.tab, where)
        return Directed(None)
    around = tally.known.around(grid.headings)
    directed = directing.direct(grid, tally, said, headed=bool(around.question))
    layout = directed.layout
    if layout is None:
        where = f"this tab ({visible(grid.tab, 40)})" if grid.tab else "this table"
        tally.pass_over((c for row in grid.rows for c in row.cells.values()), grid.tab, f"no column of {where} is a question of the event")
        return directed
    tally.recognised = True
    above(grid, layout, tally)
    refuse_untitled(grid, layout, tally)
    if layout.headings:
        around = tally.known.around((*grid.headings, *layout.headings))
    Rows(grid, layout, around, tally).read()
    return directed


def above(grid: Grid, layout: Layout, tally: Tally) -> None:
    """Count the header of a table, and what stands above it."""
    rows = [list(row.cells.values()) for row in grid.rows[: layout.top]]
    ours = [cells for cells in rows if form_codes.row_kind(cell.text for cell in cells)]
    tally.headers += sum(map(len, ours))
    cells = [cell for cells in rows if cells not in ours for cell in cells]
    if layout.headings:
        tally.headers += len(cells)
    else:
        tally.pass_over(cells, grid.tab, "stands above the header of the table")
    tally.headers += sum(len(row.cells) for row in grid.rows[layout.top : layout.below])


def refuse_untitled(grid: Grid, layout: Layout, tally: Tally) -> None:
    """A column of answers without a title is refused: nobody can say what was asked, and dropping it would lose them."""
    line = grid.rows[layout.top].line
    merged = {column for at, column in grid.spread if at == line}
    refuse_beside(grid.rows[layout.below :], layout, tally, line=line, titled=merged, tab=grid.tab)


def refuse_beside(rows: Sequence[Row], layout: Layout, tally: Tally, *, line: int, titled: Collection[int] = (), tab: str = "") -> None:
    """Refuse rows with cells under no title; `line` is that of the header, `titled` are further columns that have one."""
    untitled = _untitled(rows, layout, titled)
    if untitled:
        listed = ", ".join(f"column {letters(column)} has no title and {count} answers" for column, count in sorted(untitled.items()))
        where = f" (tab {visible(tab, 40)})" if tab else ""
        column = letters(min(untitled))
        cure = (
            f"write the question's ID (q1, q2 ...) above it, or say --map {column}=q1, or --map {column}=- if it is no answer; "
            "where the row below belongs to the header, say --header-rows 2"
        )
        raise refusal(tally.shown, f"{listed}{where}", cure, line if layout.width else None)


def _untitled(rows: Sequence[Row], layout: Layout, merged: Collection[int]) -> Counter[int]:
    """Count the cells of each column that has no title, not even in merged cells, down to a second header."""
    titled = {*layout.titles, *layout.questions, *layout.fields, *merged}
    end = layout.width or math.inf  # what lies beyond the width of a text file is refused with its row
    untitled: Counter[int] = Counter()
    for row in rows:
        beside = [column for column in row.cells if column not in titled and column < end]
        if beside and layout.repeated_in(row):
            break
        untitled.update(beside)
    return untitled


def _unheaded(sheet: Sheet, said: Wishes) -> tuple[Assigned, ...]:
    """The wishes that no heading of a text fits."""
    titles = dict(enumerate(cell.text for cell in sheet.headings))
    return tuple(one for one in said.assigned if one.column != EVERY and not by_title(one.column, titles))


def _around(known: Known, said: Wishes, headings: tuple[str, ...]) -> Origin:
    """Where an item belongs: by its headings, by what a person has said of them, or of everything."""
    origin = known.around(headings)
    for heading in headings if said.assigned and not origin.question else ():
        means = [one.means[0] for one in said.assigned if by_title(one.column, {0: heading}) and one.means[0] in known.ids]
        origin = replace(origin, question=means[0]) if means else origin
    return origin if origin.question else replace(origin, question=said.every())


def _items(items: Sequence[Item], tally: Tally, said: Wishes) -> None:
    drafted: dict[int, int] = {}
    around = cache(lambda headings: _around(tally.known, said, headings))
    for index, item in enumerate(items):
        origin = around(item.headings)
        if not origin.question:
            tally.skip([item.cell], "", "stands under no question of the event")
            continue
        tally.recognised = True
        parent = drafted.get(item.parent) if item.parent is not None else None
        drafted[index] = len(tally.drafts)
        tally.drafts.append(Draft(origin, item.cell.text, "", item.cell.address, parent=parent))


_LISTED = "write the answers as list items (- ...) below the heading of their question"
_BELOW = {".docx": "write the answers below the heading of their question, and save the document after typing"}


def unknown(sheet: Sheet, known: Known, shown: str) -> Exception:
    """Build the refusal of a sheet in which no question is known, with its titles and the cure."""
    listed = [f"{visible(cell.text, 60)}" for grid in sheet.grids for row in grid.rows[:1] for cell in row.cells.values()]
    listed += [visible(cell.text, 60) for cell in sheet.headings]
    if any(known.question(cell.text) or matching.coded(cell.text) for cell in sheet.headings):
        return refusal(shown, "no answers found", _BELOW.get(PurePath(shown).suffix.casefold(), _LISTED))
    found = f"it has: {', '.join(listed[:20])}" if listed else "it has neither columns nor headings"
    ids = ", ".join(sorted(known.ids, key=lambda q: int(q[1:]))[:6]) or "none yet"
    cure = f"write the ID of a question of event.yaml ({ids}) as the title of its column, or say which it is: --map COLUMN=QUESTION"
    if sheet.items and not sheet.grids:
        cure = f"write the ID of a question of event.yaml ({ids}) on a line of its own above its answers, or say --map *=q1"
    return refusal(shown, f"no column is a known question of the event; {found}", cure)
