"""Answers are taken out of the copy of a sheet: their cells are emptied where they stand, so that every other cell keeps its place.

What was written is read again: if anything else has changed, or the format is none of these, nobody relies on it (None).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath

from ecocsme.errors import InvalidFile
from ecocsme.notes import incoming
from ecocsme.notes.answers import Answers, Draft
from ecocsme.notes.incoming import Eyes

Gone = Callable[[Draft], bool]
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")
_LINE = re.compile(r"line ([0-9]+)")
_MARKER = re.compile('\\A(?:\ufeff|ï»¿)?"?sep=[;,|\t]"?(?:\r\n|\r|\n)', re.IGNORECASE)
_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def drafts_of(data: bytes, name: str, eyes: Eyes) -> tuple[Draft, ...]:
    """The answers of a copy; none where it cannot be read."""
    found = _read(data, name, eyes)
    return found.drafts if found else ()


def erased(data: bytes, name: str, eyes: Eyes, gone: Gone, *, rows: bool) -> bytes | None:
    """The copy without the answers that are gone, or without their whole rows; None where that cannot be done safely."""
    before = _read(data, name, eyes)
    if before is None or not any(map(gone, before.drafts)):
        return None
    ways = {".csv": _delimited, ".tsv": _delimited, ".md": _lines, ".xlsx": _workbook}.get(PurePath(name).suffix.casefold())
    places = [(draft.tab, draft.cell) for draft in before.drafts if gone(draft)]
    for candidate in ways(data, places, rows=rows) if ways else ():
        after = _read(candidate, name, eyes)
        if after is not None and _true(before, after, gone):
            return candidate
    return None


def _read(data: bytes, name: str, eyes: Eyes) -> Answers | None:
    try:
        return incoming.found_in(data, name, eyes)
    except InvalidFile:
        return None


def _true(before: Answers, after: Answers, gone: Gone) -> bool:
    """Whether all other answers stand where they stood, and nothing stands where nothing was."""
    left = [_said(draft) for draft in before.drafts if not gone(draft)]
    strays = {(one.tab, one.address, one.text) for one in before.not_read}
    return left == [_said(draft) for draft in after.drafts] and strays >= {(one.tab, one.address, one.text) for one in after.not_read}


def _said(draft: Draft) -> tuple[object, ...]:
    return draft.origin, draft.text, draft.tab, draft.cell, draft.language


def _delimited(data: bytes, places: Sequence[tuple[str, str]], *, rows: bool) -> Iterator[bytes]:
    """Every way to read the rows; bytes are kept as they are, for delimiters and line ends are the same in every old encoding."""
    mark, encoding = next(((mark, name) for mark, name in _WIDE if data.startswith(mark)), (b"", "latin-1"))
    text = data[len(mark) :].decode(encoding)
    cells = {(_column(match[1]), int(match[2])) for _, cell in places if (match := _ADDRESS.fullmatch(cell))}
    above = _MARKER.match(text)
    head = above[0] if above else ""
    for quoted in (r'"(?:[^"]|"")*+"|', ""):
        for delimiter in ";,\t|":
            yield mark + (head + _emptied(text[len(head) :], delimiter, quoted, cells, rows=rows)).encode(encoding)


def _emptied(text: str, delimiter: str, quoted: str, cells: set[tuple[int, int]], *, rows: bool) -> str:
    sign = re.escape(delimiter)
    field = re.compile(rf"({quoted}[^{sign}\r\n]*)({sign}|\r\n|\r|\n|\Z)")
    whole = {row for _, row in cells}
    made: list[str] = []
    row, column = 1, 0
    for match in field.finditer(text):
        emptied = row in whole if rows else (column, row) in cells
        made += [_hollow(match[1]) if emptied else match[1], match[2]]
        row, column = (row, column + 1) if match[2] == delimiter else (row + 1, 0)
    return "".join(made)


def _hollow(field: str) -> str:
    """A field without its text; quotation marks and line breaks stay, for a reader may judge the whole file by them."""
    breaks = "".join(sign for sign in field if sign in "\r\n")
    return f'"{breaks}"' if field.startswith('"') else ""


def _lines(data: bytes, places: Sequence[tuple[str, str]], *, rows: bool) -> Iterator[bytes]:  # noqa: ARG001  # a line is a row
    numbers = {int(match[1]) for _, cell in places if (match := _LINE.fullmatch(cell))}
    lines = re.split(rb"(\r\n|\r|\n)", data)
    yield b"".join(b"" if index % 2 == 0 and index // 2 + 1 in numbers else line for index, line in enumerate(lines))


def _workbook(data: bytes, places: Sequence[tuple[str, str]], *, rows: bool) -> Iterator[bytes]:
    from ecocsme.notes.erasing_workbooks import emptied

    cells = [(tab, _column(match[1]), int(match[2])) for tab, cell in places if (match := _ADDRESS.fullmatch(cell))]
    yield from emptied(data, cells, rows=rows)


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1
