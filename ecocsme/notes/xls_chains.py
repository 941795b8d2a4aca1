"""The chains of small sectors in an old Office file: one that runs in a circle would keep its library reading for ever."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

STREAM = 2  # how the directory of such a file names what is no folder


def circular(data: bytes) -> bool:
    """Whether the chain of any small stream comes back to a sector of its own; what else is wrong, its library finds."""
    from xlrd.compdoc import CompDoc  # type: ignore[import-untyped]  # it has no types

    container: Any = CompDoc(data, logfile=io.StringIO())
    small = (one for one in container.dirlist if one.etype == STREAM and one.tot_size < container.min_size_std_stream)
    return any(_circles(one.first_SID, container.SSAT) for one in small)


def _circles(sector: int, following: Sequence[int]) -> bool:
    """Follow a chain for as many steps as there are sectors: one that goes on has been everywhere."""
    for _ in range(len(following) + 1):
        if not 0 <= sector < len(following):
            return False
        sector = following[sector]
    return True
