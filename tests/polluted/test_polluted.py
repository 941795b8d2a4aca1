"""Spoiled CSV files: each is read exactly, or refused in a sentence; none is read wrongly without a word."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Literal

import pytest

from ecocsme.errors import UnreadableSheet
from ecocsme.notes.answers import Answers, answers
from ecocsme.notes.grid import blank
from polluted.pollutions import CLEAN, Polluted, Rows, every
from support.answer_sheets import known, sheet

Fate = Literal["exact", "refused", "told", "wrong"]


def cells(rows: Rows) -> list[tuple[int, str]]:
    """The filled cells of a table, row by row, each with its column."""
    return [(column, text) for row in rows for column, text in enumerate(row) if not blank(text)]


def fate(case: Polluted) -> tuple[Fate, str]:
    """How a file is read: exactly as a person sees it, refused, read with everything that is not exact named, or wrongly."""
    try:
        read = sheet(case.data)
        found = answers(read, known(), "masa.csv")
    except UnreadableSheet as refused:
        return "refused", str(refused)
    got = [(column, cell.text) for grid in read.grids for row in grid.rows for column, cell in row.cells.items()]
    if case.means is not None and got == cells(case.means):
        return "exact", ""
    return ("told" if _told(found, case) else "wrong"), f"{case.name}: {set(got) ^ set(cells(case.means or ()))}"[:300]


def _told(found: Answers, case: Polluted) -> bool:
    """Whether every answer that is stored is one of the clean ones, and every other cell is named as not read."""
    meant = {text for _, text in cells(case.means or CLEAN)}
    return bool(found.not_read) and all(draft.text in meant for draft in found.drafts)


@pytest.mark.parametrize("case", every(), ids=lambda case: case.name)
def test_a_spoiled_file_is_read_exactly_or_refused(case: Polluted) -> None:
    """Nothing is read wrongly without a word; a refusal names the file, and a line where there is one."""
    judged, said = fate(case)
    assert judged != "wrong", said
    if judged == "refused":
        assert said.startswith("masa.csv")


def test_the_score_is_no_worse_than_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    """Most spoiled files are read exactly; the score is printed, so that a change of it is seen."""
    counts = Counter(fate(case)[0] for case in every())
    with capsys.disabled():
        sys.stdout.write(f"\nspoiled CSV files: {', '.join(f'{count} {name}' for name, count in counts.most_common())}\n")
    assert counts["exact"] >= 58
    assert counts["told"] <= 6
    assert len({case.name for case in every()}) == counts.total()


def test_a_wrong_reading_would_be_seen() -> None:
    """A file that says something else than its rows is judged as read wrongly."""
    assert fate(Polluted("row", "another", b"Masa,q1\r\n1,altceva\r\n"))[0] == "wrong"
