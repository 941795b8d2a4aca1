"""Read CSV and TSV: the encoding, the delimiter by what fits below the header, strict quotes; columns count by position."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from ecocsme.errors import visible
from ecocsme.notes.encodings import Decoded, whole_text
from ecocsme.notes.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Cell, Grid, Hints, Row, Sheet, blank, letters, refusal

QUOTES = 'write "" for a quotation mark inside a quoted text, or save the file again as CSV from Excel'
_NAMES = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "vertical bars"}
_ALONE = "\x1f"  # a delimiter that no text holds: the file is one column
_MARKER = re.compile('\\A"?sep=([;,|\t])"?(\r\n|\r|\n)', re.IGNORECASE)
_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_QUOTED = re.compile('"(?:[^"]++|"")*+"')
_APOSTROPHES = re.compile("'.*'", re.DOTALL)  # some programs write them for quotation marks; a person hardly around a whole row
_HEADER_WITHIN = 10
_JUDGED = 1_000  # records by which a delimiter is judged
_cell, _row = partial(tuple.__new__, Cell), partial(tuple.__new__, Row)  # as the two themselves do it, in half the time
Record = tuple[int, list[str]]  # the line (from 1) on which a record begins, and its fields


@dataclass(frozen=True, slots=True)
class Layer:
    """A text read with one delimiter and one reading of quotation marks; `skipped` lines stand above it."""

    text: str
    delimiter: str
    skipped: int = 0
    quotes: bool = True

    @property
    def separated(self) -> str:
        """The delimiter in words."""
        return "one column" if self.delimiter == _ALONE else f"separated by {_NAMES.get(self.delimiter, visible(self.delimiter))}"

    def records(self) -> Iterator[Record]:
        """Read record by record; raise _Fault where the quotation marks do not fit."""
        quoting = csv.QUOTE_MINIMAL if self.quotes else csv.QUOTE_NONE
        lines = (match[0] for match in _LINE.finditer(self.text))  # splitlines() would tear cells at U+2028 and its like
        strict = csv.reader(lines, delimiter=self.delimiter, strict=True, quoting=quoting)  # type: ignore[arg-type]  # typeshed wants its own literals
        line = 1
        limit = csv.field_size_limit(MAX_TEXT)
        try:
            for record in strict:
                yield line + self.skipped, record
                line = strict.line_num + 1
        except csv.Error as error:
            raise self._fault(line, str(error)) from None
        finally:
            csv.field_size_limit(limit)

    def first(self) -> tuple[list[list[str]], _Fault | None]:
        """The first records, up to the first fault."""
        found: list[list[str]] = []
        try:
            for _, record in islice(self.records(), _JUDGED):
                found.append(record)
        except _Fault as fault:
            return found, fault
        return found, None

    def _fault(self, line: int, error: str) -> _Fault:
        if "limit" in error:
            return _Fault(line + self.skipped, f"a field is longer than {MAX_TEXT:,} characters")
        rest = "".join(match[0] for match in islice(_LINE.finditer(self.text), line - 1, None))
        opened = _opened(rest, self.delimiter)
        said = "a quotation mark opens here and is never closed" if "end of data" in error else "text stands after a closing quotation mark"
        return _Fault(line + opened + self.skipped, said)


class _Fault(Exception):
    """The quotation marks of a text do not fit; never leaves this module."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def read_csv(data: bytes, shown: str, hints: Hints) -> Sheet:
    """Read a file of separated values with strict quotes."""
    found = whole_text(data, shown, hints)
    return _sheet(judged(found.text, shown, hints), shown, found)


def judged(text: str, shown: str, hints: Hints) -> Layer:
    """Judge by a text, or by its beginning, with which delimiter it is to be read."""
    marker = _MARKER.match(text)
    skipped = 1 if marker else 0
    text = text[marker.end() :] if marker else text
    forced = _forced(hints, shown) or (marker[1] if marker else "")
    found = forced or [delimiter for delimiter in ";,\t|" if delimiter in text] + [_ALONE]
    layers = [Layer(text, delimiter, skipped) for delimiter in found]
    return layers[0] if forced else max(layers, key=lambda one: _trust(one, hints))


def read_tsv(data: bytes, shown: str, hints: Hints) -> Sheet:
    """Read tab-separated values: quotation marks are text, unless they hold together what Excel puts into them."""
    found = whole_text(data, shown, hints)
    text = found.text
    delimiter = _forced(hints, shown) or "\t"
    plain = Layer(text, delimiter, quotes=False)
    quoted = Layer(text, delimiter)
    return _sheet(quoted if _as_excel(quoted, plain) else plain, shown, found)


def _forced(hints: Hints, shown: str) -> str:
    delimiter = "\t" if hints.delimiter in ("tab", "\\t") else hints.delimiter or ""
    if len(delimiter) > 1 or delimiter in ('"', "\r", "\n", " "):
        raise refusal(shown, f"cannot be separated by {visible(delimiter, 20)}", "name one sign, such as ';'")
    return delimiter


def _as_excel(quoted: Layer, plain: Layer) -> bool:
    """Whether quotation marks in a tab-separated text are Excel's: they hold line breaks, tabs or doubled quotation marks.

    Where every line has the same number of fields anyway, a quotation that goes over several lines is two that were typed.
    """
    try:
        values = [value for _, record in quoted.records() for value in record if any(sign in value for sign in '\n\r\t"')]
    except _Fault:
        return False
    if any("\n" in value or "\r" in value for value in values):
        widths = {len(record) for _, record in plain.records() if any(not blank(value) for value in record)}
        return len(widths) > 1 or widths == {1}
    return bool(values)


def _trust(layer: Layer, hints: Hints) -> tuple[int, float, int]:
    """How much speaks for a delimiter: known questions in a row, then how many rows fit below it, then more columns."""
    records, _ = layer.first()
    filled = [record for record in records if any(not blank(value) for value in record)]
    known = [hints.knows(record) for record in filled[:_HEADER_WITHIN]]
    most = max(known, default=0)
    top = known.index(most) if most else 0
    width = len(filled[top]) if most else _usual(filled)
    if width <= 1:
        return most, _share(filled[top:], width) if layer.delimiter == _ALONE else 0.0, width
    return most, _share(filled[top:], width), width


def _usual(records: Sequence[Sequence[str]]) -> int:
    return Counter(len(record) for record in records).most_common(1)[0][0] if records else 0


def _share(records: Sequence[Sequence[str]], width: int) -> float:
    """The share of records that have no more fields than there are columns."""
    return sum(len(record) <= width for record in records) / max(len(records), 1)


def _opened(rest: str, delimiter: str) -> int:
    """Count the line breaks before the last quotation mark that opened a field."""
    position, at_start, opened = 0, True, 0
    while position < len(rest):
        char = rest[position]
        if at_start and char == '"':
            opened = position
            closed = _QUOTED.match(rest, position)
            if closed is None:
                break
            position = closed.end()
            if position < len(rest) and rest[position] not in (delimiter, "\r", "\n"):
                break
            at_start = False
            continue
        at_start = char in (delimiter, "\r", "\n")
        position += 1
    return len(re.findall("\r\n|\r|\n", rest[:opened]))


def _sheet(layer: Layer, shown: str, found: Decoded) -> Sheet:
    try:
        rows = tuple(row for row in _rows(layer, shown) if row.cells)
    except _Fault as fault:
        raise refusal(shown, fault.message, QUOTES, fault.line) from None
    return Sheet(grids=(Grid(rows),), said=(f"read as {found.encoding}, {layer.separated}", *found.said))


def _rows(layer: Layer, shown: str) -> Iterator[Row]:
    total = 0
    names: list[str] = []
    for number, (line, record) in enumerate(layer.records(), start=1):
        names += map(letters, range(len(names), len(record)))
        cells = _cells(record, names, number)
        total += len(cells)
        if number > MAX_ROWS and cells:
            raise refusal(shown, f"has more than {MAX_ROWS:,} rows", "split it into several files", line)
        if len(record) > MAX_COLUMNS and cells and max(cells) >= MAX_COLUMNS:
            raise refusal(shown, f"has more than {MAX_COLUMNS:,} columns", "split it into several files", line)
        if total > MAX_CELLS:
            raise refusal(shown, f"has more than {MAX_CELLS:,} filled cells", "split it into several files", line)
        if _between_apostrophes(cells):
            cure = "write double quotation marks instead, or none where the values hold no delimiter"
            raise refusal(shown, "all values of this line stand between apostrophes", cure, line)
        yield _row((line, cells, len(record)))


def _cells(record: Sequence[str], names: Sequence[str], number: int) -> dict[int, Cell]:
    return {
        column: _cell((value, f"{names[column]}{number}"))
        for column, value in enumerate(record)
        if value and (value[0].isalnum() or not blank(value))  # most values need no closer look
    }


def _between_apostrophes(cells: Mapping[int, Cell]) -> bool:
    for cell in cells.values():  # nearly always the first one says it
        if cell.text[0] != "'" or not _APOSTROPHES.fullmatch(cell.text):
            return False
    return len(cells) > 1
