"""Lists of people in sheets: registrations and signed lists, their columns told by what the languages call them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ecocsme.errors import Problem, UnreadableSheet, visible
from ecocsme.language.words import Words
from ecocsme.notes import column_names, readers
from ecocsme.notes.grid import Grid, Hints, Row, blank, refusal
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
    headers = [(grid, place) for grid in sheet.grids for place in _header(grid, known)]
    if not headers and said and sheet.grids and sheet.grids[0].rows:
        headers = [(sheet.grids[0], 0)]
    if not headers:
        cure = "call the columns name, e-mail, organisation, sector ..., or say what one is: --map B=name"
        raise refusal(shown, "has no row that names a column for names or for e-mail addresses", cure)
    grid, top = headers[0]
    titles = {column: " ".join(cell.text.split()) for column, cell in grid.rows[top].cells.items()}
    fields = _fields(titles, known, said, shown)
    lines = tuple(_lines(grid.rows[top + 1 :], fields, shown))
    others = [one.tab or "another table" for one in sheet.grids if one is not grid and one.rows]
    passed = [f"{visible(tab, 60)}: is not read, the list was found before it" for tab in others]
    left_out = tuple(title for column, title in titles.items() if column not in fields)
    return People(lines, {field: titles.get(column, "") for column, field in fields.items()}, left_out, (*sheet.said, *passed))


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
        name, _, field = one.rpartition("=")
        place = column_names.by_place(name)
        columns = column_names.by_title(name, titles) or (tuple(place) if place else ())
        if len(columns) != 1 or (field not in FIELDS and field != "-"):
            cure = f"write it as COLUMN=FIELD, e.g. C=sector; fields: {', '.join(FIELDS)}, or - to leave it out"
            raise refusal(shown, f"--map {visible(one, 60)}: names no column and field", cure)
        found = {column: other for column, other in found.items() if other != field and column != columns[0]}
        found |= {columns[0]: field} if field != "-" else {}
    twice = sorted({field for field in found.values() if list(found.values()).count(field) > 1})
    if twice:
        raise refusal(shown, f"has several columns for {', '.join(twice)}", f"say which one counts: --map B={twice[0]}")
    return found


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
