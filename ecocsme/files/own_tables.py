"""Small tables of ours (participants, seating), read line by line, however a spreadsheet program has saved them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from ecocsme.errors import InvalidFile, Problem
from ecocsme.files import own_csv
from ecocsme.files.text import read_bytes


def rows(path: Path, shown: str, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
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
