"""The formats that can be read, one function each; adding a format means adding one function here.

Around every reader stands one wall: whatever a library raises becomes a refusal in plain words.
"""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath

from ecocsme.errors import InvalidFile, UnreadableSheet, visible
from ecocsme.notes.collecting import paused
from ecocsme.notes.grid import Hints, Sheet, refusal

Read = Callable[[bytes, str, Hints], Sheet]


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: the ending of its files, its name for people, whether it is a ZIP container, and its function."""

    ending: str
    name: str
    zipped: bool
    read: Read


READERS: dict[str, Reader] = {}


def reader(ending: str, *, name: str, zipped: bool = False) -> Callable[[Read], Read]:
    """Register a function as the reader of all files with this ending."""

    def register(function: Read) -> Read:
        READERS[ending] = Reader(ending, name, zipped, function)
        return function

    return register


@reader(".csv", name="CSV")
def _csv(data: bytes, shown: str, hints: Hints) -> Sheet:
    from ecocsme.notes.delimited import read_csv

    return read_csv(data, shown, hints)


@reader(".tsv", name="tab-separated text")
def _tsv(data: bytes, shown: str, hints: Hints) -> Sheet:
    from ecocsme.notes.delimited import read_tsv

    return read_tsv(data, shown, hints)


@reader(".xlsx", name="Excel workbook", zipped=True)
def _xlsx(data: bytes, shown: str, hints: Hints) -> Sheet:  # noqa: ARG001  # a workbook says its encoding itself
    from ecocsme.notes.xlsx import read_xlsx

    return read_xlsx(data, shown)


@reader(".ods", name="OpenDocument sheet", zipped=True)
def _ods(data: bytes, shown: str, hints: Hints) -> Sheet:  # noqa: ARG001  # a sheet of this kind says its encoding itself
    from ecocsme.notes.ods import read_ods

    return read_ods(data, shown)


@reader(".xls", name="old Excel workbook")
def _xls(data: bytes, shown: str, hints: Hints) -> Sheet:  # noqa: ARG001  # as above
    from ecocsme.notes.xls import read_xls

    return read_xls(data, shown)


@reader(".docx", name="Word document", zipped=True)
def _docx(data: bytes, shown: str, hints: Hints) -> Sheet:
    from ecocsme.notes.docx import read_docx

    return read_docx(data, shown, hints)


@reader(".md", name="Markdown")
def _md(data: bytes, shown: str, hints: Hints) -> Sheet:
    from ecocsme.notes.markdown import read_markdown

    return read_markdown(data, shown, hints)


# what libraries raise on damaged files, measured on damaged samples; anything else is a bug of ours and keeps its traceback
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, csv.Error, SyntaxError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError,
    OSError, EOFError, RecursionError, MemoryError, NotImplementedError, RuntimeError,
)  # fmt: skip


_OLD = b"\xd0\xcf\x11\xe0"  # the old files of Office, and new ones with a password
_PROTECTED = "EncryptedPackage".encode("utf-16-le")


def read(data: bytes, shown: str, hints: Hints) -> Sheet:
    """Read a sheet by its ending; raise UnreadableSheet where it is damaged, or is not what its name says."""
    ending = PurePath(shown).suffix.casefold()
    found = READERS.get(ending)
    _refuse_disguised(data, shown, found)
    if ending == ".fods":
        raise refusal(shown, "is a flat OpenDocument sheet (.fods)", "save it as .ods")
    if found is None:
        known = ", ".join(f"{r.name} ({r.ending})" for r in READERS.values())
        raise refusal(shown, f"{visible(ending, 20) or 'a file without an ending'} is no sheet that can be read", f"save it as {known}")
    try:
        with paused():
            return found.read(data, shown, hints)
    except UnreadableSheet:
        raise
    except InvalidFile as refused:
        raise UnreadableSheet(replace(problem, code="sheet") for problem in refused.problems) from None
    except _DAMAGE as error:
        raise refusal(shown, f"is damaged ({type(error).__name__})", f"open it, save it again as {found.name}, and import that") from None


def _refuse_disguised(data: bytes, shown: str, found: Reader | None) -> None:
    """Look at the first bytes: a wrong ending is said before a reader stumbles over it."""
    if not data.strip():
        raise refusal(shown, "is empty", "check that the right file was sent")
    disguise = _first_bytes(data)
    old = found is not None and found.ending == ".xls" and data.startswith(_OLD)  # its reader tells old files apart
    if disguise and (not old or _PROTECTED in data):
        raise refusal(shown, *disguise)
    zipped = data.startswith(b"PK\x03\x04")
    if found is None or zipped == found.zipped:
        return
    if zipped:
        what = "is an Excel workbook, a Word file or another ZIP container, not plain text"
        raise refusal(shown, what, "give it its right ending (.xlsx for an Excel workbook, .docx for a Word document)")
    article = "an" if found.name[0] in "AEIOU" else "a"
    raise refusal(shown, f"is damaged, or is not {article} {found.name} at all", f"open it, save it again as {found.name}, and import that")


def _first_bytes(data: bytes) -> tuple[str, str] | None:
    """What a file is that no reader reads, and what to do about it."""
    start = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(_OLD):
        if _PROTECTED in data:
            return "is protected by a password", "save it without a password (.xlsx, .docx)"
        return "is an old Excel or Word file (.xls, .doc)", "open it in its program and save it as .xlsx or .docx"
    if data.startswith(b"%PDF"):
        return "is a PDF", "ask for the file it was made from, or type the answers into the answer workbook"
    if re.match(rb"<!doctype html|<html", start):
        return "is a web page (perhaps a login page), not a sheet", "sign in and download the sheet again"
    if start.startswith(b"version https://git-lfs"):
        return "is a Git LFS pointer; the sheet itself was not fetched", "run `git lfs pull`"
    return None
