"""One tab of an Excel workbook: its cells as a person sees them, where they are merged, and what is hidden."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ecocsme.errors import InvalidFile, visible
from ecocsme.files.archives import Container
from ecocsme.notes import xlsx_walk
from ecocsme.notes.grid import Cell, NotRead, blank, letters
from ecocsme.notes.number_formats import shown as number_shown
from ecocsme.notes.tabs import Area, Seen
from ecocsme.notes.xlsx_parts import Words

_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
FULL = 32_767  # characters of a cell; Excel keeps no more
_PLAIN = re.compile(r"-?[1-9][0-9]{0,14}|0")
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Book:
    """What all tabs of a workbook share: its texts, its number formats, and the day from which its dates count."""

    container: Container
    shown: str
    texts: Sequence[str] = ()
    formats: Sequence[str] = ()
    since_1904: bool = False


class Tab(Words):
    """Listens to one tab, and keeps what it holds in `seen`; `full` are the cells that Excel may have cut off."""

    def __init__(self, book: Book, seen: Seen) -> None:
        """Begin above the first row."""
        super().__init__()
        self.book = book
        self.seen = seen
        self.full: list[str] = []
        self.line = 0
        self.ending = ""
        self.column = -1
        self.cells: dict[int, Cell] = {}
        self.cell: dict[str, str] = {}
        self.value: list[str] | None = None
        self.formula: list[str] | None = None
        self.inline = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell or a text."""
        if name == "c":
            self._begin_cell(attributes)
        elif name == "v":
            self.text = self.value = []
        elif name == "f":
            self.text = self.formula = []
        elif name == "row":
            self._begin_row(attributes)
        elif name == "col" and (xlsx_walk.true(attributes.get("hidden")) or attributes.get("width") == "0"):
            self.seen.hidden_columns.append((xlsx_walk.number(attributes.get("min")) - 1, xlsx_walk.number(attributes.get("max")) - 1))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        else:
            self.inline = self.inline or name == "is"
            super().opened(name, attributes)

    def closed(self, name: str) -> None:
        """End a row, a cell or a text."""
        if name == "c":
            self._end_cell()
        elif name in ("v", "f"):
            self.text = None
        elif name == "row":
            self._end_row()
        else:
            super().closed(name)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        line = xlsx_walk.number(attributes.get("r", str(self.line + 1)))
        if not self.line < line <= _LAST_ROW:
            raise self._damaged(f"row {visible(attributes.get('r'), 20)} stands in the wrong place")
        self.line, self.ending, self.column, self.cells = line, str(line), -1, {}
        if xlsx_walk.true(attributes.get("hidden")) or attributes.get("ht") == "0":
            self.seen.hidden_rows.append(line)

    def _end_row(self) -> None:
        if self.cells:
            self.seen.put(self.line, self.cells)

    def _merge(self, reference: str) -> None:
        corners = [(_column(found[0]), int(found[1])) for found in _PLACE.findall(reference)]
        if len(corners) == 2:  # noqa: PLR2004  # from here to there
            (left, top), (right, bottom) = corners
            self.seen.merged.append(Area(top, left, bottom, right))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self.cell, self.value, self.formula, self.inline = attributes, None, None, False
        place = attributes.get("r")
        column = self.column + 1 if place is None else _column(place.removesuffix(self.ending))
        if not self.column < column < _LAST_COLUMN:
            raise self._damaged(f"the cell {visible(place, 20)} stands in the wrong place")
        self.column = column

    def _end_cell(self) -> None:
        if self.value is None and self.formula is None and not self.inline:
            return
        value = "".join(self.value or ())
        kind = self.cell.get("t", "n")
        address = self.cell.get("r") or f"{letters(self.column)}{self.line}"
        # a formula that gave an empty text says so by its kind
        if self.formula is not None and not value and not self.inline and (kind != "str" or self.value is None):
            reason = "is a formula whose result was not saved; open the sheet in Excel, save it, and import it again"
            self.seen.not_read.append(NotRead(address, f"={''.join(self.formula)}", reason, self.seen.title))
            return
        self._keep(self._text(kind, value, address), address)

    def _keep(self, text: str, address: str) -> None:
        if blank(text):
            return
        cell = Cell(text, address)
        self.seen.refuse_long(cell)
        if len(text) == FULL:
            self.full.append(address)
        self.cells[self.column] = cell

    def _text(self, kind: str, value: str, address: str) -> str:
        if self.inline:
            return xlsx_walk.unescaped("".join(self.runs))
        if not value or kind in ("str", "e", "inlineStr"):
            return xlsx_walk.unescaped(value)
        if kind == "s":
            return self._shared(value, address)
        if kind == "b":
            return "TRUE" if xlsx_walk.true(value) else "FALSE"
        return self._number(_serial(value, since_1904=self.book.since_1904) if kind == "d" else value)

    def _number(self, value: str) -> str:
        code = self._code()
        if code == "General" and _PLAIN.fullmatch(value):
            return value
        return number_shown(value, code, since_1904=self.book.since_1904)

    def _shared(self, value: str, address: str) -> str:
        number = xlsx_walk.number(value) if value.isdecimal() else -1
        if not 0 <= number < len(self.book.texts):
            raise self._damaged(f"the text of {address} is missing")
        return self.book.texts[number]

    def _code(self) -> str:
        number = xlsx_walk.number(self.cell.get("s"))
        return self.book.formats[number] if number < len(self.book.formats) else "General"

    def _damaged(self, detail: str) -> InvalidFile:
        return self.book.container.damaged(f"{detail} (tab {visible(self.seen.title, 40)})")


@lru_cache(maxsize=32_768)
def _column(name: str) -> int:
    """The number (from 0) of a column named by letters; -1 where it is none."""
    if not re.fullmatch("[A-Z]{1,3}", name):
        return -1
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _serial(value: str, *, since_1904: bool) -> str:
    """Turn the written-out date or time of a strict workbook into the number that others store."""
    first = dt.datetime(1904, 1, 1) if since_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a wall clock has no zone
    try:
        if "-" in value:
            moment = dt.datetime.fromisoformat(value.removesuffix("Z"))
        else:
            moment = dt.datetime.combine(first.date(), dt.time.fromisoformat(value.removeprefix("T").removesuffix("Z")))
        return repr((moment - first) / dt.timedelta(days=1))
    except (ValueError, TypeError):
        return value
