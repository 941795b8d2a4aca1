"""Which questions have been answered by which tables in which rounds, and where a hole is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ecocsme.event.model import Event
from ecocsme.notes.model import Note


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many answers with content each question has from each table (or respondent) in each round."""

    questions: tuple[str, ...]
    tables: tuple[str, ...]
    rounds: tuple[str, ...]
    counts: Mapping[tuple[str, str, str], int]

    @property
    def holes(self) -> tuple[tuple[str, str], ...]:
        """The questions that a table has not answered in any round."""
        answered = {(question, table) for (question, table, _), count in self.counts.items() if count}
        return tuple((q, t) for q in self.questions for t in self.tables if (q, t) not in answered)


def of(event: Event, notes: Iterable[Note]) -> Coverage:
    """Count the answers of an event that say something and stand; an answer that was split is counted by its ideas."""
    counts = Counter((note.question, note.table or note.respondent or "t0", note.round or "r0") for note in notes if note.counts)
    tables = {table.id for table in event.tables} | {table for _, table, _ in counts}
    planned = {f"r{number}" for number in range(1, (event.rounds or 0) + 1)}
    rounds = planned | {round_ for _, _, round_ in counts}
    questions = tuple(question.id for question in event.questions)
    return Coverage(questions, _in_order(tables), _in_order(rounds), counts)


def _in_order(names: set[str]) -> tuple[str, ...]:
    """Sort `t2` before `t10`, tables before respondents."""
    return tuple(sorted(names, key=lambda name: (name[0] != "t", name[0], int(name[1:]))))
