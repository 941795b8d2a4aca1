"""Answers by question, table and round, as `status` and `import-notes` show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecocsme.cli import console

if TYPE_CHECKING:
    from ecocsme.notes.coverage import Coverage


def show(event: str, found: Coverage) -> None:
    """Print one line for each question, one column for each table and one for all respondents, one number for each round."""
    tables = [name for name in found.tables if name.startswith("t")]
    others = [name for name in found.tables if not name.startswith("t")]
    columns = [(name, [name]) for name in tables] + ([(f"{len(others)} respondents", others)] if others else [])
    rows = [(question, *(_cell(found, question, names) for _, names in columns)) for question in found.questions]
    title = f"{event}: answers by question and table (rounds {', '.join(found.rounds)})"
    console.table(title, ("question", *(name for name, _ in columns)), rows)


def holes(found: Coverage) -> dict[str, list[str]]:
    """The questions that each table has not answered; respondents may leave out what they like."""
    by_table: dict[str, list[str]] = {}
    for question, table in found.holes:
        if table.startswith("t"):
            by_table.setdefault(table, []).append(question)
    return by_table


def as_data(found: Coverage) -> dict[str, object]:
    """The counts and the holes for a program."""
    coverage = [{"question": q, "table": t, "round": r, "notes": n} for (q, t, r), n in sorted(found.counts.items())]
    return {"coverage": coverage, "holes": [{"question": question, "table": table} for question, table in found.holes]}


def _cell(found: Coverage, question: str, names: list[str]) -> str:
    return " ".join(str(sum(found.counts.get((question, name, round_), 0) for name in names)) for round_ in found.rounds)
