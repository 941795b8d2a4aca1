"""One clean answer sheet, and the ways in which a CSV file is spoiled, after the list of the Pollock benchmark (VLDB 2023)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Rows = tuple[tuple[str, ...], ...]
HEADER = ("Masa", "Runda", "q1", "q2")
_WORDS = (
    "școli",
    "spații, gratuite",
    'un „hub” sau "casă"',
    "granturi; mici",
    "băncile",
    "rând 1\nrând 2",
    "mentorat",
    "5.000 lei",
    "ore 11:00",
)


def _answer(number: int, column: int) -> str:
    return f"{_WORDS[(number * 5 + column * 4) % len(_WORDS)]} {number}"


CLEAN: Rows = (HEADER, *((f"Masa {n % 6 + 1}", f"Runda {n % 3 + 1}", _answer(n, 0), _answer(n, 1)) for n in range(84)))


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    end: str = "\r\n"
    always: bool = False

    def field(self, text: str) -> str:
        """Write one field."""
        special = {self.delimiter, self.quote, "\r", "\n"}
        if not self.always and not special & set(text):
            return text
        return self.quote + text.replace(self.quote, self.escape + self.quote) + self.quote

    def row(self, row: Sequence[str]) -> str:
        """Write one row with its end."""
        return self.delimiter.join(self.field(text) for text in row) + self.end

    def table(self, rows: Rows) -> str:
        """Write all rows."""
        return "".join(map(self.row, rows))


@dataclass(frozen=True, slots=True)
class Polluted:
    """A spoiled file; `means` are the rows that a person sees in it, where anybody can tell."""

    group: Literal["file", "table", "row"]
    name: str
    data: bytes
    means: Rows | None = CLEAN


PLAIN = Dialect()
_LINES = tuple(PLAIN.row(row) for row in CLEAN)
_MIDDLE = 40  # the row that is spoiled where one is


def _with(at: int, line: str) -> bytes:
    return "".join((*_LINES[:at], line, *_LINES[at + 1 :])).encode()


def _rows(at: int, row: tuple[str, ...]) -> Rows:
    return (*CLEAN[:at], row, *CLEAN[at + 1 :])


def files() -> Iterator[Polluted]:
    """The whole file: its size, its encoding."""
    text = PLAIN.table(CLEAN)
    yield Polluted("file", "clean", text.encode())
    yield Polluted("file", "no payload", b"", None)
    yield Polluted("file", "header only", _LINES[0].encode(), CLEAN[:1])
    yield Polluted("file", "one row", "".join(_LINES[:2]).encode(), CLEAN[:2])
    yield Polluted("file", "large", PLAIN.table((*CLEAN, *CLEAN[1:] * 20)).encode(), (*CLEAN, *CLEAN[1:] * 20))
    yield Polluted("file", "no last line end", text.rstrip("\r\n").encode())
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso8859-16"):
        yield Polluted("file", f"encoding {encoding}", text.encode(encoding))
    old = tuple(tuple(cell.replace("ș", "ş").replace("ț", "ţ") for cell in row) for row in CLEAN)
    yield Polluted("file", "encoding cp1250", PLAIN.table(old).encode("cp1250"), old)


def tables() -> Iterator[Polluted]:
    """The table: its header, what stands above and below it, several tables."""
    text = PLAIN.table(CLEAN)
    below = PLAIN.table(CLEAN[1:])
    yield Polluted("table", "no header", below.encode(), CLEAN[1:])
    yield Polluted("table", "header twice", (_LINES[0] + text).encode(), (HEADER, *CLEAN))
    yield Polluted(
        "table",
        "header of two rows",
        (PLAIN.row(("Locul", "", "Răspunsuri", "")) + text).encode(),
        (("Locul", "", "Răspunsuri", ""), *CLEAN),
    )
    double = ("Masa", "Runda", "q1", "q1")
    yield Polluted("table", "equal titles", (PLAIN.row(double) + below).encode(), (double, *CLEAN[1:]))
    untitled = ("Masa", "Runda", "q1", "")
    yield Polluted("table", "empty title", (PLAIN.row(untitled) + below).encode(), (untitled, *CLEAN[1:]))
    special = ("Masa", "Runda", "q1\nuna", "q2; „două”")
    yield Polluted("table", "odd signs in titles", (PLAIN.row(special) + below).encode(), (special, *CLEAN[1:]))
    for count in (1, 3):
        above = tuple((f"Raport {n}",) for n in range(count))
        yield Polluted("table", f"{count} lines above", (PLAIN.table(above) + text).encode(), (*above, *CLEAN))
        yield Polluted("table", f"{count} lines below", (text + PLAIN.table(above)).encode(), (*CLEAN, *above))
    yield Polluted("table", "lines above with empty line", f"Raport\r\n\r\n{text}".encode(), (("Raport",), (), *CLEAN))
    second = (("Nume", "Oraș"), ("Ana", "Arad"))
    yield Polluted("table", "second table", f"{text}\r\n{PLAIN.table(second)}".encode(), (*CLEAN, (), *second))
    narrow = tuple((row[2],) for row in CLEAN)
    yield Polluted("table", "one column", PLAIN.table(narrow).encode(), narrow)
    wide = tuple((*row, *(f"x{n}" for n in range(96))) for row in CLEAN)
    yield Polluted("table", "a hundred columns", PLAIN.table(wide).encode(), wide)
    yield Polluted("table", "line that names the delimiter", f"sep=;\r\n{Dialect(';').table(CLEAN)}".encode())


def dialects() -> Iterator[Polluted]:
    """The signs of the whole file: delimiter, line end, quotation mark, escape."""
    for name, sign in (("semicolon", ";"), ("tab", "\t"), ("bar", "|"), ("colon", ":"), ("space", " "), ("comma and space", ", ")):
        yield Polluted("row", f"delimiter {name}", Dialect(sign).table(CLEAN).encode())
    for name, end in (("CR", "\r"), ("LF", "\n"), ("CRLF", "\r\n")):
        yield Polluted("row", f"line end {name}", Dialect(end=end).table(CLEAN).encode())
    mixed = "".join(Dialect(end=("\r", "\n", "\r\n")[n % 3]).row(row) for n, row in enumerate(CLEAN))
    yield Polluted("row", "line ends mixed", mixed.encode())
    yield Polluted("row", "quoted throughout", Dialect(always=True).table(CLEAN).encode())
    for name, sign in (("apostrophe", "'"), ("typographic", "”")):
        yield Polluted("row", f"quotation mark {name}", Dialect(quote=sign, escape=sign).table(CLEAN).encode())
    yield Polluted("row", "quotation marks escaped by a backslash", Dialect(escape="\\").table(CLEAN).encode())
    yield Polluted("row", "quotation marks not escaped", Dialect(escape="", always=True).table(CLEAN).encode())


def single_rows() -> Iterator[Polluted]:
    """One row in the middle, in the first or in the last place."""
    for at in (1, _MIDDLE, len(CLEAN) - 1):
        row = CLEAN[at]
        for name, sign in (("semicolon", ";"), ("tab", "\t"), ("space", " ")):
            yield Polluted("row", f"row {at} with {name}", _with(at, Dialect(sign).row(row)))
        for name, end in (("CR", "\r"), ("LF", "\n")):
            yield Polluted("row", f"row {at} ends in {name}", _with(at, Dialect(end=end).row(row)))
        yield Polluted("row", f"row {at} with an apostrophe", _with(at, Dialect(quote="'", escape="'", always=True).row(row)))
        yield Polluted(
            "row",
            f"row {at} with backslashes",
            _with(at, Dialect(escape="\\", always=True).row((*row[:3], 'un "hub" aici'))),
            _rows(at, (*row[:3], 'un "hub" aici')),
        )
        yield Polluted(
            "row",
            f"row {at} quotes not escaped",
            _with(at, f'{row[0]},{row[1]},"un "hub" aici",x\r\n'),
            _rows(at, (*row[:2], 'un "hub" aici', "x")),
        )
        yield Polluted("row", f"row {at} quote never closed", _with(at, f'{row[0]},{row[1]},"un hub,x\r\n'), None)
        yield Polluted(
            "row",
            f"row {at} quotes inside plain",
            _with(at, f'{row[0]},{row[1]},un "hub" aici,x\r\n'),
            _rows(at, (*row[:2], 'un "hub" aici', "x")),
        )
        yield Polluted("row", f"row {at} a field more", _with(at, PLAIN.row((*row, "în plus"))), _rows(at, (*row, "în plus")))
        yield Polluted("row", f"row {at} an empty field more", _with(at, PLAIN.row((*row, ""))), _rows(at, (*row, "")))
        yield Polluted("row", f"row {at} a field less", _with(at, PLAIN.row(row[:3])), _rows(at, row[:3]))
        yield Polluted("row", f"row {at} one field", _with(at, PLAIN.row(row[:1])), _rows(at, row[:1]))
        yield Polluted(
            "row",
            f"row {at} comma not quoted",
            _with(at, f"{row[0]},{row[1]},unu, doi,trei\r\n"),
            _rows(at, (*row[:2], "unu, doi", "trei")),
        )
        yield Polluted("row", f"row {at} empty", _with(at, "\r\n"), _rows(at, ()))
        yield Polluted("row", f"row {at} empty fields", _with(at, ",,,\r\n"), _rows(at, ("", "", "", "")))
        yield Polluted(
            "row",
            f"row {at} blanks around",
            _with(at, f"{row[0]} , {row[1]},  unu , doi\r\n"),
            _rows(at, (f"{row[0]} ", f" {row[1]}", "  unu ", " doi")),
        )


def every() -> tuple[Polluted, ...]:
    """All spoiled files."""
    return (*files(), *tables(), *dialects(), *single_rows())
