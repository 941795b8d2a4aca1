"""Which tabs of a workbook are read: the one that was named, or all; columns named by their place must say of which."""

from __future__ import annotations

from ecocsme.errors import visible
from ecocsme.language.letters import fold
from ecocsme.notes.column_names import EVERY, by_place
from ecocsme.notes.grid import Grid, Sheet, refusal
from ecocsme.notes.wishes import Wishes


def is_meant(grid: Grid, said: Wishes) -> bool:
    """Whether a table stands in a tab that is to be read."""
    return said.tab in (None, EVERY) or fold(grid.tab) == fold(said.tab or "")


def refuse(sheet: Sheet, said: Wishes, shown: str) -> None:
    """Refuse a tab that the workbook does not have, and columns that were named by their place in more than one tab."""
    tabs = list(dict.fromkeys(grid.tab for grid in sheet.grids if grid.rows))
    listed = ", ".join(visible(tab, 40) for tab in tabs if tab)
    if not any(is_meant(grid, said) for grid in sheet.grids) and said.tab is not None:
        raise refusal(shown, f"there is no tab {visible(said.tab, 40)}", f"it has: {listed}" if listed else "it has no tabs")
    placed = said.header_rows is not None or any(by_place(one.column) or one.column == EVERY for one in said.assigned)
    if placed and said.tab is None and len(tabs) > 1:
        cure = "say --tab NAME for the one that is meant, or --tab * for all of them"
        raise refusal(shown, f"has several tabs ({listed}), and columns were named by their place", cure)
