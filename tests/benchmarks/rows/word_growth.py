"""How the time for a Word file grows: ten times the actions must not take more than eleven times as long."""

from __future__ import annotations

from collections.abc import Iterator

from environments import Place
from measuring import Case
from rows.word_against_peers import OURS, SHAPES, counted, read_back


def cases(place: Place) -> Iterator[Case]:
    """10,000 actions in turn with 1,000, in both shapes."""
    for shape, (make, _, _) in SHAPES.items():
        sides = []
        for count in (10_000, 1_000):
            out = place.folder / f"{count}.docx"
            markdown = make(place.folder, count)
            sides.append((place.python(OURS, markdown, out), read_back(place, out, markdown, *counted(shape, count))))
        (ours, mine), (peer, theirs) = sides
        yield Case(f"Word, {shape}, 10,000 / 1,000", ours, peer, ratio=11, ours_made=mine, peer_made=theirs)
