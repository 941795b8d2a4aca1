"""The content of an OpenDocument sheet, element by element: tabs, rows and cells; what is repeated costs nothing while it is empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ecocsme.notes.grid import MAX_CELLS, MAX_COLUMNS, NotRead, blank, letters
from ecocsme.notes.ods_cell import Words, written
from ecocsme.notes.tabs import Area, Seen
from ecocsme.notes.xlsx_walk import Part, number

SPACES = tuple(f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "drawing", "style"))
_LAST = 1 << 24  # no program has so many rows or columns
_ELSEWHERE = re.compile(r"'.*'#", re.DOTALL)  # how a copy of a tab of another file is named; nobody sees it
_NOT_SHOWN = ("tracked-changes", "dde-links")  # what was there once, and what other files hold
_CELLS = ("table-cell", "covered-table-cell", "shapes")
_NO_RESULT = "is a formula whose result was not saved; open the sheet in LibreOffice, save it, and import it again"
_FLOATS = "stands in a text box, not in a cell"


class Content(Part):
    """Listens to content.xml and keeps what its tabs hold."""

    def __init__(self, shown: str) -> None:
        """Begin above the first tab."""
        super().__init__()
        self.tabs: list[Seen] = []
        self.left = MAX_CELLS
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.tab = Seen(shown, "", 0)
        self.unseen = 0
        self.line = self.column = self.columns = 0  # how many lie before
        self.row: Mapping[str, str] = {}
        self.texts: dict[int, str] = {}
        self.formulas: dict[int, str] = {}
        self.cell: Mapping[str, str] | None = None
        self.words = Words()

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a tab, a row, a cell or a text."""
        self.unseen += name in _NOT_SHOWN
        if self.unseen:
            return
        known = {key.rpartition(" ")[2]: value for key, value in attributes.items() if key.startswith(SPACES)}
        if self.cell is not None:
            self.words.opened(name, known)
            self.text = self.words.into
        elif name in _CELLS:  # what floats above a whole tab is like a cell without a place
            self.cell, self.words = known, Words()
        elif name in _BEGINS:
            _BEGINS[name](self, known)

    def closed(self, name: str) -> None:
        """End a tab, a row, a cell or a text."""
        if self.unseen:
            self.unseen -= name in _NOT_SHOWN
        elif self.cell is not None and self.words.deep:
            self.words.closed(name)
            self.text = self.words.into
        elif self.cell is not None:
            self._end_cell(self.cell, placed=name != "shapes")
            self.cell = None
        elif name == "table-row":
            self._end_row()
        elif name == "table" and not _ELSEWHERE.match(self.tab.title):
            self.left -= self.tab.size
            self.tabs.append(self.tab)

    def _begin_style(self, attributes: Mapping[str, str]) -> None:
        self.style = attributes.get("name", "")

    def _look(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("display") == "false":
            self.hidden_styles.add(self.style)

    def _begin_tab(self, attributes: Mapping[str, str]) -> None:
        hidden = attributes.get("style-name") in self.hidden_styles
        self.tab = Seen(self.tab.shown, attributes.get("name", ""), self.left, hidden=hidden)
        self.line = self.columns = 0

    def _begin_column(self, attributes: Mapping[str, str]) -> None:
        before = self.columns
        self.columns = min(before + _times(attributes, "columns-repeated"), _LAST)
        if _hidden(attributes):
            self.tab.hidden_columns.append((before, self.columns - 1))

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self.row, self.texts, self.formulas, self.column = attributes, {}, {}, 0

    def _end_row(self) -> None:
        times, first = _times(self.row, "rows-repeated"), self.line + 1
        self.line = min(self.line + times, _LAST)
        filled = len(self.texts) + len(self.formulas)
        if not filled:
            return
        self.tab.refuse_beyond(len(self.tab.rows) + times, filled, self.tab.size + times * filled)
        for line in range(first, first + times):
            self.tab.keep(line, self.texts)
            self.tab.not_read += (NotRead(f"{letters(c)}{line}", text, _NO_RESULT, self.tab.title) for c, text in self.formulas.items())
            if _hidden(self.row):
                self.tab.hidden_rows.append(line)

    def _end_cell(self, attributes: Mapping[str, str], *, placed: bool) -> None:
        first, line = self.column, self.line + 1
        where = f"text box at {letters(first)}{line}" if placed else "text box"
        self.tab.comments += self.words.comments
        self.tab.not_read += (NotRead(where, text, _FLOATS, self.tab.title) for text in self.words.boxes if not blank(text))
        if not placed:
            return
        times = _times(attributes, "columns-repeated")
        self.column = min(first + times, _LAST)
        text, formula = written(attributes, self.words.said), attributes.get("formula", "")
        unsaved = bool(formula) and blank(text) and "value-type" not in attributes
        if unsaved or not blank(text):
            kept = self.formulas if unsaved else self.texts
            kept.update(dict.fromkeys(range(first, first + min(times, MAX_COLUMNS + 1)), formula if unsaved else text))
            self.tab.refuse_beyond(0, len(kept), 0)
            down, right = _times(attributes, "rows-spanned"), _times(attributes, "columns-spanned")
            if max(down, right) > 1:
                self.tab.merged.append(Area(line, first, line + down - 1, first + right - 1))


def _times(attributes: Mapping[str, str], what: str) -> int:
    written = attributes.get(f"number-{what}", "1")
    return _LAST if written.isdecimal() and len(written) > len(str(_LAST)) else max(number(written), 1)


def _hidden(attributes: Mapping[str, str]) -> bool:
    return attributes.get("visibility", "visible") != "visible"


_BEGINS: Mapping[str, Callable[[Content, Mapping[str, str]], None]] = {
    "style": Content._begin_style,  # noqa: SLF001  # the listener's own table
    "table-properties": Content._look,  # noqa: SLF001
    "table": Content._begin_tab,  # noqa: SLF001
    "table-column": Content._begin_column,  # noqa: SLF001
    "table-row": Content._begin_row,  # noqa: SLF001
}
