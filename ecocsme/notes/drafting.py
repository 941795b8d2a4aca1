"""The questions that a sheet asks, before there is an event: every title that is no metadata, and the mapping to go with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ecocsme.errors import visible
from ecocsme.files.text import read_bytes
from ecocsme.language import words as words_file
from ecocsme.notes import columns, directing, header, mapping, profiles, readers
from ecocsme.notes.grid import Grid, Hints, letters, refusal
from ecocsme.notes.layouts import Layout
from ecocsme.notes.matching import Known, bare, fields_of, synonyms
from ecocsme.notes.store import MAX_SHEET
from ecocsme.notes.tally import Tally
from ecocsme.notes.wishes import NOTHING, Wishes
from ecocsme.project.folder import Folder

_MOST = 999  # questions that an event can have


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a sheet asks: its questions, the text of the mapping file, and what was taken as no question."""

    questions: tuple[str, ...]
    mapping: str
    said: tuple[str, ...]


def drafted(folder: Folder, path: Path, said: Wishes = NOTHING, *, after: int = 0) -> Drafted:
    """Read the header of a sheet as the questions of a new event, after so many others; raise UnreadableSheet where there is none."""
    shown = path.as_posix()
    packs = (words_file.load(folder.shelves, lang) for lang in sorted(folder.languages))
    fields = {word: name for word, name in fields_of(synonyms(packs)).items() if name != "answer"}
    known = Known("", frozenset(), {}, fields, tools=profiles.load(folder.shelves))
    data = read_bytes(path, shown, limit=MAX_SHEET)
    sheet = readers.read(data, shown, Hints(tuple(folder.languages), said.encoding, said.delimiter, known.questions_in))
    grids = [grid for grid in sheet.grids if said.tab is None or grid.tab == said.tab]
    if not grids:
        raise refusal(shown, "has no table, and so no titles to take questions from", "name a table, or write the questions")
    grid = max(grids, key=lambda one: one.size)
    layout = _layout(grid, Tally(shown, known), said)
    return _drafted(grid, layout, said, shown, after)


def _layout(grid: Grid, tally: Tally, said: Wishes) -> Layout:
    top = directing.likely_top(grid.rows, said, tally)
    count = said.header_rows or header.count_at(grid, top, tally.known)
    found = columns.layout(grid.rows, top, count, tally.known, grid.spread)
    if said.header_rows is None and _is_continued(grid, found):
        cure = "say --header-rows 2 if its second row belongs to the header, --header-rows 1 if not"
        raise refusal(tally.shown, "has columns without a title", cure, grid.rows[top].line)
    return found


def _is_continued(grid: Grid, layout: Layout) -> bool:
    """Whether columns without a title are filled: the row below may be a second header row."""
    filled = {column for row in grid.rows[layout.below :] for column in row.cells}
    return len(filled - layout.titles.keys() - layout.fields.keys()) > 1


def _drafted(grid: Grid, layout: Layout, said: Wishes, shown: str, after: int) -> Drafted:
    if layout.columns("question"):
        raise refusal(shown, "names its questions in a column, not in its header", "write the questions into event.yaml")
    asked: dict[str, tuple[str, list[int]]] = {}
    for column, title in sorted(layout.titles.items()):
        if column not in layout.fields:
            asked.setdefault(bare(title) or title, (title, []))[1].append(column)
    if not asked:
        raise refusal(shown, "has no title that could be a question", "write the questions into event.yaml")
    if after + len(asked) > _MOST:
        raise refusal(shown, f"has {len(asked)} titles, and an event has at most {_MOST} questions", "leave out the columns that are none")
    questions = {column: f"q{number}" for number, (_, held) in enumerate(asked.values(), after + 1) for column in held}
    saved = directing.to_save(replace(layout, questions=questions), grid.tab, said)
    text = mapping.with_layouts("", [saved], mapping.FILE) if saved else ""
    return Drafted(tuple(" ".join(title.split()) for title, _ in asked.values()), text, tuple(_said(layout)))


def _said(layout: Layout) -> list[str]:
    named: Mapping[str, str] = {"time": "left out", "metadata": "left out"}
    return [
        f"column {letters(column)} “{visible(layout.titles.get(column, ''), 60)}” is no question: {named.get(field, field)}"
        for column, field in sorted(layout.fields.items())
    ]
