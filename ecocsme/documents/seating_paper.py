"""The seating plan as documents: lists of tables in each language, and the picture of who meets whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ecocsme.documents import building, context
from ecocsme.documents.heat_map import heat_map
from ecocsme.documents.orders import PICTURE, Document
from ecocsme.errors import InvalidFile, Problem
from ecocsme.event import seating_file, seating_shown
from ecocsme.event.seating_shown import Shown
from ecocsme.language import words as words_file
from ecocsme.project.folder import Folder


def write_seating(folder: Folder, document: Document) -> bytes:
    """Make one document about the seating of an event; raise InvalidFile where nobody has planned it."""
    shown = planned(folder, document.subject)
    if document.format == PICTURE:
        return heat_map(shown, [words_file.load(folder.shelves, lang) for lang in document.languages])
    subject = context.of_event(folder, document.subject)
    subject = replace(subject, values={**subject.values, "seating": printed(shown)})
    return building.alone(folder, subject, document)


def printed(shown: Shown) -> Mapping[str, Any]:
    """What the template may print of a seating, counted before: templates are given values, never what computes them."""
    quality = shown.quality
    least, most, fewest = shown.counts
    counted = {"repeats": quality.repeats, "bound": quality.bound, "again": quality.again, "missed": dict(quality.missed)}
    met = {"least": least, "most": most, "fewest": fewest, "others": len(shown.people) - 1}
    return {"rounds": shown.rounds, "ways": dict(shown.ways), "badges": dict(shown.badges), **counted, **met}


def planned(folder: Folder, event: str) -> Shown:
    """The seating of an event; raise InvalidFile where there is none."""
    shown = seating_shown.load(folder, event)
    if shown is None:
        name = folder.shown(folder.event_folder(event) / seating_file.NAME)
        raise InvalidFile([Problem(name, "is missing", f"plan who sits where: ecocsme plan-seating {event}")])
    return shown
