"""A text file of separated values that is too large to be held in memory: read record by record, as often as needed."""

from __future__ import annotations

import codecs
import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ecocsme.errors import InvalidFile, Problem, visible
from ecocsme.files import own_csv
from ecocsme.notes.delimited import QUOTES, Record, judged
from ecocsme.notes.encodings import Decoded, whole_text
from ecocsme.notes.grid import MAX_TEXT, Hints, refusal
from ecocsme.notes.letter_sets import named

_HEAD = 1 << 18  # bytes by which the delimiter is judged
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Stream:
    """A file, and how it is read: its codec, its delimiter, and how many lines stand above the table."""

    path: Path
    shown: str
    codec: str
    delimiter: str
    skipped: int
    said: str

    def records(self, path: Path | None = None) -> Iterator[Record]:
        """Read record by record, from a copy of the file if one is named; raise UnreadableSheet at the first fault."""
        line = 1 + self.skipped
        try:
            with own_csv.long_values(MAX_TEXT), open(path or self.path, encoding=self.codec, newline="") as stream:
                reader = csv.reader(islice(stream, self.skipped, None), delimiter=self.delimiter, strict=True)
                for record in reader:
                    yield line, record
                    line = reader.line_num + 1 + self.skipped
        except csv.Error as error:
            raise refusal(self.shown, f"its quotation marks do not fit ({error})", QUOTES, line) from None
        except UnicodeDecodeError:
            cure = "save it as UTF-8, or name the encoding with --encoding"
            raise refusal(self.shown, f"cannot be read to its end as {named(self.codec)}", cure, line) from None


def opened(path: Path, shown: str, hints: Hints) -> Stream:
    """Judge a file by its beginning; raise an error of ours where it is no text of separated values in UTF-8, or as was said."""
    head = _head(path, shown)
    codec = _codec(head, shown, hints)
    layer = judged(_decoded(head, codec, shown, hints).text, shown, hints)
    return Stream(path, shown, codec, layer.delimiter, layer.skipped, f"read as {named(codec)}, {layer.separated}")


def _head(path: Path, shown: str) -> bytes:
    if not os.path.isfile(path):
        raise InvalidFile([Problem(shown, "is no ordinary file", "name one CSV file")])
    try:
        with open(path, "rb") as stream:
            return stream.read(_HEAD)
    except OSError as error:
        cure = "close it in other programs, or ask for the right to read it"
        raise InvalidFile([Problem(shown, f"cannot be read ({error.strerror})", cure)]) from None


def _codec(head: bytes, shown: str, hints: Hints) -> str:
    if not hints.encoding:
        return "utf-16" if head.startswith(_WIDE) else "utf-8-sig"
    try:
        name = codecs.lookup(hints.encoding).name
    except LookupError:
        raise refusal(shown, f"the encoding {visible(hints.encoding, 60)} is unknown", "name one such as utf-8, cp1250 or cp1252") from None
    return "utf-8-sig" if name == "utf-8" else name


def _decoded(head: bytes, codec: str, shown: str, hints: Hints) -> Decoded:
    """Decode the beginning of a file up to the last whole line in it, so that no letter is cut in two."""
    if len(head) == _HEAD and codec != "utf-16":
        head = head[: head.rfind(b"\n") + 1] or head
    elif len(head) == _HEAD:
        head = head[: len(head) // 4 * 4]
    return whole_text(head, shown, hints)
