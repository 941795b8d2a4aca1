"""Our own CSV files as a spreadsheet program saves them again: other delimiters, old encodings, empty columns.

What kind of file it is stands here; what its values must be, and how that is proved, is for the rooms that own the files.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_DELIMITERS = {",": "", ";": "semicolons between the values", "\t": "tabs between the values"}
_ENCODINGS = {"utf-8": "", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1250": "Windows-1250", "cp1252": "Windows-1252"}
# what Excel and LibreOffice write where they are not told to write UTF-8, the Romanian ones first
_OLD = ("cp1250", "cp1252", "iso8859-16", "iso8859-2", "cp852")
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF8, "utf-8"), (b"", "utf-8"))
_LONGEST = 2**31 - 1  # more is refused by the csv module on Windows


@dataclass(frozen=True, slots=True)
class Form:
    """How a file of ours is saved now; the default is how we write it."""

    delimiter: str = ","
    encoding: str = "utf-8"

    @property
    def ours(self) -> bool:
        """Whether it is saved as we write it, marks and line ends aside."""
        return self == Form()

    @property
    def signs(self) -> tuple[str, ...]:
        """What shows that a spreadsheet program has saved it."""
        named = (_DELIMITERS[self.delimiter], _ENCODINGS.get(self.encoding, self.encoding.upper()))
        return tuple(sign for sign in named if sign)


@contextlib.contextmanager
def long_values(most: int = _LONGEST) -> Iterator[None]:
    """Let the csv module read values of any length: it stops at 131,072 characters, for the whole process, unless it is told."""
    limit = csv.field_size_limit(most)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def decodings(data: bytes) -> Iterator[tuple[str, str]]:
    """Every text that the bytes may be, with its encoding: one where they are Unicode, else one for each old encoding."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = _decoded(data[len(mark) :], name)
            if text is not None:
                yield text, name
                return
    for name in _OLD:
        text = _decoded(data, name)
        if text is not None:
            yield text, name


def delimiter_of(text: str, header: Sequence[str]) -> str | None:
    """The delimiter with which the first line is this header, empty columns behind it aside."""
    first = text.split("\n", 1)[0].rstrip("\r")
    for sign in _DELIMITERS:
        try:
            rows = list(csv.reader([first], delimiter=sign, strict=True))
        except csv.Error:
            continue
        if rows and trimmed(rows[0], len(header)) == list(header):
            return sign
    return None


def trimmed(row: list[str], columns: int) -> list[str]:
    """Take away empty values behind the last column, which a spreadsheet program adds."""
    return row if any(row[columns:]) else row[:columns]


def line(values: Iterable[object], delimiter: str = ",") -> str:
    """One line of CSV; a lone carriage return is quoted as well, which the csv module does not do."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerow([str(value) for value in values])
    return stream.getvalue().removesuffix("\r\n") + "\n"


def _decoded(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return text.replace("\r", "\n") if "\r" in text and "\n" not in text else text
