"""Whole imports, from the sheet to the notes in the project: time, and memory that does not grow with the sheet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from environments import Place
from made import HEADER, csv_sheet, project, rows, sentences
from measuring import Case, Ended, WrongResult


def _wide(count: int) -> Iterator[Sequence[str]]:
    texts = sentences(count, 6)
    yield from ((str(number % 12 + 1), str(number % 3 + 1), text) for number, text in enumerate(texts))


def _case(folder: Path, place: Place, title: str, sheet: Path, notes: int, seconds: float | None, megabytes: float, *flags: str) -> Case:
    def fresh() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        project(folder)

    def made(_ended: Ended) -> None:
        _counted(folder, notes)

    command = place.command("import-notes", "lab-1", sheet, *flags)
    return Case(title, command, seconds=seconds, megabytes=megabytes, before=fresh, ours_made=made, cwd=folder, pairs=3, refusal=True)


def _counted(folder: Path, notes: int) -> None:
    (path,) = (folder / "events" / "lab-1" / "notes").glob("*.csv")
    with path.open(encoding="utf-8") as stream:
        found = sum(1 for _ in stream) - 1
    if found != notes:
        raise WrongResult(f"{notes} notes were asked for, but {found} lines were written")


def cases(place: Place) -> Iterator[Case]:
    """90,000 notes, and a sheet of 2 million rows, which is read piece by piece."""
    folder = place.folder / "importing"
    sheet = csv_sheet(place.folder, 45_000, rows)
    yield _case(folder, place, "import of 90,000 notes", sheet, 90_000, 30, 300)
    long = csv_sheet(place.folder, 2_000_000, _wide, HEADER[:3])
    yield _case(folder, place, "import of 2,000,000 rows", long, 2_000_000, None, 500, "--large")
