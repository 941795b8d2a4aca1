"""Small tables of ours (participants, names, seating): written line by line, read however a spreadsheet program has saved them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ecocsme.errors import InvalidFile, Problem
from ecocsme.files import own_csv
from ecocsme.files.text import read_bytes


class WrongLine(ValueError):
    """A line that is none of its table: what is wrong, what to do, and which field it is about."""

    def __init__(self, message: str, cure: str, field: str = "") -> None:
        """Keep what a problem will say."""
        super().__init__(message)
        self.cure, self.field = cure, field


def read(path: Path, shown: str, columns: Sequence[str], take: Callable[[int, list[str]], None]) -> None:
    """Hand each filled line below the header to `take`; raise InvalidFile with every WrongLine that it raised."""
    problems: list[Problem] = []
    for line, row in _rows(path, shown, columns):
        try:
            take(line, row)
        except WrongLine as wrong:
            problems.append(Problem(shown, str(wrong), wrong.cure, line, wrong.field))
    if problems:
        raise InvalidFile(problems)


def written(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A table with its header."""
    return "".join(map(own_csv.line, (columns, *rows))).encode()


def _rows(path: Path, shown: str, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Each filled line below the header with its number; nothing where there is no file; raise InvalidFile where it is no such table."""
    if not path.exists():
        return
    data = read_bytes(path, shown)
    text = next((text for text, _ in own_csv.decodings(data) if own_csv.delimiter_of(text, columns)), None)
    if text is None:
        raise InvalidFile([Problem(shown, "does not begin with the header of this file", f"begin it with: {','.join(columns)}", 1)])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=own_csv.delimiter_of(text, columns) or ",", strict=True)
    line = 1
    try:
        with own_csv.long_values():
            for row in reader:
                if line > 1 and any(row):
                    yield line, own_csv.trimmed(row, len(columns))
                line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidFile([Problem(shown, f"is no CSV from here on ({error})", "restore the file from a copy", line)]) from None
