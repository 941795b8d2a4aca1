"""How a longer piece of work tells how far it is; only `cli/` knows who listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Progress = Callable[[str, int, int], None]  # what is worked on, the number of this piece, and of how many


def silent(what: str, number: int, total: int) -> None:
    """Tell nobody."""


def told(pieces: Sequence[T], name: Callable[[T], str], progress: Progress) -> Iterator[T]:
    """Hand out piece after piece, and tell of each before it is worked on."""
    for number, piece in enumerate(pieces, 1):
        progress(name(piece), number, len(pieces))
        yield piece
