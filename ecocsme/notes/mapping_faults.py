"""What can be wrong with a mapping that reads well: questions that are not asked, columns twice, headers twice."""

from __future__ import annotations

from collections.abc import Iterator

from ecocsme.errors import Problem, visible
from ecocsme.event.model import Event
from ecocsme.files.models import FromFile
from ecocsme.notes import column_names
from ecocsme.notes.grid import letters
from ecocsme.notes.mapping import FIELDS, Mappings, SavedLayout


def mapping_faults(source: FromFile[Mappings], event: FromFile[Event]) -> Iterator[Problem]:
    """Name every fault of the mappings of an event, with its line."""
    first: dict[tuple[str, ...], int] = {}
    for index, layout in enumerate(source.value.layouts):
        place = ("layouts", index)
        if layout.key in first:
            line = source.parsed.line(("layouts", first[layout.key]))
            yield source.problem((*place, "headers"), f"these headers stand at line {line}, too", "keep one of the two layouts")
        first.setdefault(layout.key, index)
        for question in layout.questions:
            if event.value.question(question) is None:
                message = f"{event.file} has no question {visible(question, 60)}"
                yield source.problem((*place, "questions", question), message, "give the columns to a question of the event")
        for column, names in _twice(layout):
            message = f"column {letters(column)} is said to hold {' and '.join(visible(name, 60) for name in names)}"
            yield source.problem(place, message, "let it hold one of them")


def _twice(layout: SavedLayout) -> Iterator[tuple[int, list[str]]]:
    named = [*layout.questions.items(), *((name, getattr(layout, name)) for name in (*FIELDS, "left_out"))]
    held: dict[int, list[str]] = {}
    for meant, columns in named:
        for name in columns:
            for column in column_names.by_place(name) or ():
                held.setdefault(column, []).append(meant)
    yield from ((column, names) for column, names in sorted(held.items()) if len(names) > 1)
