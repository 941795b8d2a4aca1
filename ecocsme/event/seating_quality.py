"""How good a seating is, counted and said in words that a facilitator can use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ecocsme.event.meetings import Rotation, fewest_repeats, meetings, met, visited


@dataclass(frozen=True, slots=True)
class Quality:
    """What can be counted: repeats and what they cannot go below, people met, tables visited, questions that a group misses.

    `met` gives for each person how many others; `again` how many come to a table twice, hosts aside; `missed` the
    questions that nobody of a group sees, by group.
    """

    people: Sequence[str]
    rotation: Rotation
    hosts: frozenset[int] = frozenset()
    groups: Mapping[str, Sequence[int]] = field(default_factory=dict)
    questions: Sequence[str] = ()
    together: frozenset[tuple[int, int]] = frozenset()

    @property
    def repeats(self) -> int:
        """How many meetings are repeats, of those who do not sit together by wish."""
        return sum(count - 1 for pair, count in meetings(self.rotation).items() if pair not in self.together)

    @property
    def bound(self) -> int:
        """What the repeats cannot go below."""
        return fewest_repeats(len(self.people), len(self.rotation[0]), len(self.rotation))

    @property
    def met(self) -> tuple[int, ...]:
        """How many others each person meets."""
        return met(self.rotation, len(self.people))

    @property
    def again(self) -> int:
        """How many people who move come to a table twice."""
        rounds = [sum(person in group for seated in self.rotation for group in seated) for person in range(len(self.people))]
        been = visited(self.rotation, len(self.people))
        return sum(len(been[person]) < rounds[person] for person in range(len(self.people)) if person not in self.hosts)

    @property
    def missed(self) -> Mapping[str, tuple[str, ...]]:
        """The questions that nobody of a group sees, where each table has a question of its own."""
        if len(self.questions) != len(self.rotation[0]):
            return {}
        been = visited(self.rotation, len(self.people))
        seen = {group: {table for person in people for table in been[person]} for group, people in self.groups.items()}
        missed = {group: tuple(q for table, q in enumerate(self.questions) if table not in tables) for group, tables in seen.items()}
        return {group: questions for group, questions in missed.items() if questions}

    def sentences(self) -> Iterator[str]:
        """Say it."""
        others = len(self.people) - 1
        if self.repeats:
            bound = f"; fewer than {self.bound} are impossible" if self.bound else ""
            yield f"{self.repeats} meetings are repeats{bound}"
        else:
            yield "nobody meets anybody twice" + (", but for those who shall sit together" if self.together else "")
        there = {person for group in self.rotation[-1] for person in group}  # who left early has met fewer
        counts = {self.people[person]: number for person, number in enumerate(self.met) if person in there}
        least, most = min(counts.values()), max(counts.values())
        worst = ", ".join(one for one, number in counts.items() if number == least)
        if least == most:
            yield f"everybody meets {most} of {others} others"
        else:
            yield f"everybody meets {least} to {most} of {others} others; the fewest: {_some(worst)}"
        yield f"{self.again} people come to a table twice" if self.again else "nobody comes to a table twice"
        yield from self._about_questions()

    def _about_questions(self) -> Iterator[str]:
        rounds, tables = len(self.rotation), len(self.rotation[0])
        if len(self.questions) != tables or rounds >= tables:
            return
        yield f"each table has a question of its own: with {rounds} rounds everybody sees {rounds} of {tables} questions"
        for group, questions in self.missed.items():
            yield f"nobody of {group} sees {', '.join(questions)}"
        half = -(-tables // rounds)
        yield f"so that everybody sees every question: {tables} rounds, or {half} questions for each table and round, in shorter turns"


def _some(names: str, limit: int = 8) -> str:
    listed = names.split(", ")
    return names if len(listed) <= limit else f"{', '.join(listed[:limit])} and {len(listed) - limit} more"


def routes(rotation: Rotation, people: int) -> tuple[str, ...] | None:
    """The route of each person as a code for a badge: `3+2` begins at table 3 and moves on by two each round.

    None where not everybody moves by the same step each time.
    """
    tables = len(rotation[0])
    places = [[next(t for t, group in enumerate(seated) if person in group) for seated in rotation] for person in range(people)]
    steps = [{(after - before) % tables for before, after in pairwise(row)} or {0} for row in places]
    if any(len(step) > 1 for step in steps):
        return None
    return tuple(f"{row[0] + 1}+{step.pop()}" for row, step in zip(places, steps, strict=True))
