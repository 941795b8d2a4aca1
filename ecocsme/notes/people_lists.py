"""Lists of people in sheets: registrations and signed lists, their columns told by what the languages call them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ecocsme.errors import Problem, UnreadableSheet, visible
from ecocsme.language.words import Words
from ecocsme.notes import column_names, readers
from ecocsme.notes.grid import Grid, Hints, Row, Sheet, blank, refusal
from ecocsme.notes.matching import bare

FIELDS = (
    "name", "first_name", "organisation", "email", "sector", "language", "consent_quote", "consent_photo", "signature",
)  # fmt: skip
_WITHIN = 12  # rows among which the header is looked for: a letterhead may stand above it
_SIDES = re.compile(r"\s/\s|\n")
Meaning = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list: where it stands, and its texts by field."""

    line: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class People:
    """A list as read: its rows, the titles of its columns by field, those that are left out, and what was not read at all."""

    lines: tuple[Line, ...]
    columns: Mapping[str, str]
    left_out: tuple[str, ...]
    said: tuple[str, ...] = ()


def meanings(packs: Iterable[Words]) -> dict[str, str]:
    """What the columns of such lists are called in several languages; the first pack counts."""
    found: dict[str, str] = {}
    for words in packs:
        for field in FIELDS:
            for name in words.say(f"registrations.{field}").split(";"):
                found.setdefault(bare(name), field)
    return found


def read(data: bytes, shown: str, hints: Hints, known: Meaning, said: Sequence[str] = ()) -> People:
    """Read a list by its ending; `said` are columns as a person named them: `C=sector`. Raise UnreadableSheet where it is none."""

    def knows(texts: Sequence[str]) -> int:
        return sum(_field(text, known) is not None for text in texts)

    sheet = readers.read(data, shown, _with(hints, knows))
    grid, top = _found(sheet, known, shown, said=bool(said))
    titles = {column: " ".join(cell.text.split()) for column, cell in grid.rows[top].cells.items()}
    fields = _fields(titles, known, said, shown)
    lines = tuple(_lines(grid.rows[top + 1 :], fields, shown))
    others = [one.tab or "another table" for one in sheet.grids if one is not grid and one.rows]
    passed = [f"{visible(tab, 60)}: is not read, the list was found before it" for tab in others]
    left_out = tuple(title for column, title in titles.items() if column not in fields)
    return People(lines, {field: titles.get(column, "") for column, field in fields.items()}, left_out, (*sheet.said, *passed))


def _found(sheet: Sheet, known: Meaning, shown: str, *, said: bool) -> tuple[Grid, int]:
    """The table that is the list, and its header; where a person said what the columns are, the first row of the first table may be it."""
    headers = [(grid, place) for grid in sheet.grids for place in _header(grid, known)]
    if said:
        headers += [(grid, 0) for grid in sheet.grids[:1] if grid.rows]
    if headers:
        return headers[0]
    cure = "call the columns name, e-mail, organisation, sector ..., or say what one is: --map B=name"
    raise refusal(shown, "has no row that names a column for names or for e-mail addresses", cure)


def _with(hints: Hints, knows: Callable[[Sequence[str]], int]) -> Hints:
    return Hints(hints.languages, hints.encoding, hints.delimiter, knows)


def _header(grid: Grid, known: Meaning) -> Iterator[int]:
    """The row, if there is one, that names who people are: the one among the first that names most."""
    named = [[found for cell in row.cells.values() if (found := _field(cell.text, known))] for row in grid.rows[:_WITHIN]]
    fitting = [place for place, fields in enumerate(named) if {"name", "email"} & set(fields)]
    if fitting:
        yield max(fitting, key=lambda place: (len(set(named[place])), -place))


def _field(title: str, known: Meaning) -> str | None:
    """What a title means, as a whole or by one of the languages in it."""
    texts = (title, *_SIDES.split(title))
    return next((found for text in texts if (found := known.get(bare(text)))), None)


def _fields(titles: Mapping[int, str], known: Meaning, said: Sequence[str], shown: str) -> dict[int, str]:
    """The field of each column: what a person said goes before what its title says; two columns for one field are refused."""
    found = {column: field for column, title in titles.items() if (field := _field(title, known))}
    for one in said:
        column, field = _told(one, titles, shown)
        found = {other: its for other, its in found.items() if its != field and other != column}
        if field != "-":
            found[column] = field
    twice = [field for field, count in Counter(found.values()).items() if count > 1]
    if twice:
        raise refusal(shown, f"has several columns for {', '.join(twice)}", f"say which one counts: --map B={twice[0]}")
    return found


def _told(said: str, titles: Mapping[int, str], shown: str) -> tuple[int, str]:
    """One column and its field, as a person named them: `C=sector`."""
    name, _, field = said.rpartition("=")
    columns = column_names.by_title(name, titles) or tuple(column_names.by_place(name) or ())
    if len(columns) != 1 or field not in (*FIELDS, "-"):
        cure = f"write it as COLUMN=FIELD, e.g. C=sector; fields: {', '.join(FIELDS)}, or - to leave it out"
        raise refusal(shown, f"--map {visible(said, 60)}: names no column and field", cure)
    return columns[0], field


def _lines(rows: Sequence[Row], fields: Mapping[int, str], shown: str) -> Iterator[Line]:
    problems: list[Problem] = []
    for row in rows:
        texts = {field: row.cells[column].text.strip() for column, field in fields.items() if column in row.cells}
        texts = {field: " ".join(text.split()) for field, text in texts.items() if not blank(text)}
        if any("\ud800" <= sign <= "\udfff" for text in texts.values() for sign in text):
            problems.append(Problem(shown, "holds half a character", "type this row again", row.line, code="sheet"))
        elif texts:
            yield Line(row.line, texts)
    if problems:
        raise UnreadableSheet(problems)
