"""Read the workbooks of Excel 97 to 2003 (.xls) where `xlrd` is installed: each cell as a person sees it, as in newer workbooks."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Mapping
from typing import Any

from ecocsme.errors import UnreadableSheet
from ecocsme.notes.grid import MAX_CELLS, Sheet, refusal
from ecocsme.notes.number_formats import shown as number_shown
from ecocsme.notes.tabs import Area, Seen
from ecocsme.notes.xls_chains import circular

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "open it in Excel or LibreOffice, save it as .xlsx, and import that"
# the streams that tell one kind of old file from another
_OTHERS = {
    "WordDocument": "an old Word file (.doc)",
    "PowerPoint Document": "an old PowerPoint file (.ppt)",
    "__nameid_version": "an e-mail of Outlook",
}
_FAULTS = (
    struct.error, AssertionError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, OSError, RecursionError,
    MemoryError, NotImplementedError, RuntimeError,
)  # fmt: skip


def read_xls(data: bytes, shown: str) -> Sheet:
    """Read every tab of an old workbook; raise UnreadableSheet where it is damaged, protected, or no workbook at all."""
    _refuse_others(data, shown)
    try:
        import xlrd  # type: ignore[import-untyped]  # it has no types
        from xlrd.compdoc import CompDocError  # type: ignore[import-untyped]  # as above
    except ImportError:
        raise refusal(shown, "is an old Excel file (.xls)", "save it as .xlsx, or install ecocsme[xls]") from None
    try:
        if circular(data):
            raise CompDocError("a chain of sectors runs in a circle")
        with xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO(), on_demand=True) as book:
            return _sheet(book, shown)
    except UnreadableSheet:
        raise
    except (xlrd.XLRDError, CompDocError, *_FAULTS) as error:
        if "encrypted" in str(error):
            raise refusal(shown, "is protected by a password", "save it as .xlsx without a password") from None
        raise refusal(shown, "is damaged, or is no Excel workbook", _AGAIN) from None


def _refuse_others(data: bytes, shown: str) -> None:
    if not data.startswith(_OLE):
        if re.match(rb"\s*(\xef\xbb\xbf)?\s*<\?xml", data):
            raise refusal(shown, "is XML that Excel can open, not an old workbook, whatever its name says", _AGAIN)
        if data[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04"):
            raise refusal(shown, "was saved by an Excel before 5.0", _AGAIN)
        cure = "if it is text, give it its right ending (.csv or .tsv); else open it in Excel and save it as .xlsx"
        raise refusal(shown, "is no old Excel workbook, whatever its name says", cure)
    for stream, what in _OTHERS.items():
        if stream.encode("utf-16-le") in data and "Workbook".encode("utf-16-le") not in data:
            raise refusal(shown, f"is {what}, not a workbook", "copy its answers into a sheet and save that as .xlsx")


def _sheet(book: Any, shown: str) -> Sheet:
    tabs: list[Seen] = []
    left = MAX_CELLS
    for number in range(book.nsheets):
        tab = _tab(book, book.sheet_by_index(number), shown, left)
        book.unload_sheet(number)
        left -= tab.size
        tabs.append(tab)
    return Sheet(tuple(tab.grid() for tab in tabs if tab.rows), said=tuple(text for tab in tabs for text in tab.said()))


def _tab(book: Any, found: Any, shown: str, left: int) -> Seen:
    tab = Seen(shown, found.name, left, hidden=bool(found.visibility), comments=len(found.cell_note_map))
    tab.hidden_columns = [(c, c) for c, look in sorted(found.colinfo_map.items()) if look.hidden]
    tab.hidden_rows = [r + 1 for r, look in sorted(found.rowinfo_map.items()) if look.hidden]
    tab.merged = [Area(top + 1, first, bottom, last - 1) for top, bottom, first, last in found.merged_cells]
    for row in range(found.nrows):
        tab.keep(row + 1, {c: _text(book, cell) for c, cell in enumerate(found.row(row)) if cell.ctype})
    return tab


def _text(book: Any, cell: Any) -> str:
    """What a person sees in a cell: texts as typed, numbers and dates by their format."""
    from xlrd import biffh

    if cell.ctype == biffh.XL_CELL_TEXT:
        return _whole(str(cell.value))
    if cell.ctype == biffh.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == biffh.XL_CELL_ERROR:
        return str(biffh.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype not in (biffh.XL_CELL_NUMBER, biffh.XL_CELL_DATE):
        return ""
    return number_shown(repr(cell.value), _code(book, cell), since_1904=book.datemode == 1)


def _whole(text: str) -> str:
    """A text that a file can hold; raise ValueError for half a sign or a zero, which only damage leaves in a workbook."""
    text.encode()
    if "\0" in text:
        raise ValueError("a zero in a text")
    return text


def _code(book: Any, cell: Any) -> str:
    look = book.xf_list[cell.xf_index] if cell.xf_index is not None and cell.xf_index < len(book.xf_list) else None
    known: Mapping[int, Any] = book.format_map
    found = known.get(look.format_key) if look else None
    return str(found.format_str) if found else "General"
