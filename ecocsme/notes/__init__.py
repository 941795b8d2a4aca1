"""Answer sheets become notes: one reader per format, header and matching, import, store, and the blank workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from ecocsme.project.folder import Folder


def frame(folder: Folder | Path | str) -> pd.DataFrame:
    """All notes of a project as a pandas table, every value as text; raise InvalidFile where a notes file is damaged."""
    from ecocsme.notes import store

    return store.frame(folder)
