"""A seating plan as it is shown to people, read back from seating.csv: tables per round, the way of each person, how good it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ecocsme.event import model as event_model
from ecocsme.event import participants as participants_file
from ecocsme.event import seating_file
from ecocsme.event.participants import Participant
from ecocsme.event.rotations import Built
from ecocsme.event.seating_plan import groups_of, questions_of
from ecocsme.event.seating_quality import Quality, routes
from ecocsme.project.folder import Folder


@dataclass(frozen=True)
class Seat:
    """One person at a table."""

    id: str
    host: bool


@dataclass(frozen=True)
class Shown:
    """Who sits where: IDs of people, the people of each table in each round as numbers, and what can be counted."""

    people: tuple[str, ...]
    rotation: Built
    quality: Quality

    @cached_property
    def rounds(self) -> tuple[tuple[tuple[Seat, ...], ...], ...]:
        """Who sits at each table of each round."""
        hosts = self.quality.hosts
        return tuple(tuple(tuple(Seat(self.people[one], one in hosts) for one in table) for table in seats) for seats in self.rotation)

    @cached_property
    def ways(self) -> Mapping[str, tuple[int | None, ...]]:
        """The table of each person in each round (from 1); None for a round in which the person is not there."""
        places = [{person: table for table, group in enumerate(seats, 1) for person in group} for seats in self.rotation]
        return {name: tuple(place.get(person) for place in places) for person, name in enumerate(self.people)}

    @cached_property
    def badges(self) -> Mapping[str, str]:
        """The code for the badge of each person (`3+2`: begin at table 3, then two tables on); nothing where there is no such step."""
        return badges(self.people, self.rotation)

    @property
    def counts(self) -> tuple[int, int, tuple[str, ...]]:
        """The fewest and the most whom somebody meets, of those in the last round, and who they are that meet the fewest."""
        there = sorted(person for table in self.rotation[-1] for person in table)
        met = {self.people[person]: self.quality.met[person] for person in there}
        least = min(met.values())
        return least, max(met.values()), tuple(name for name, number in met.items() if number == least)


def badges(people: tuple[str, ...], rotation: Built) -> Mapping[str, str]:
    """The codes of the badges by person, where everybody is there in each round and moves by a step of their own."""
    whole = all(sum(map(len, seats)) == len(people) for seats in rotation)
    found = routes(rotation, len(people)) if whole and len(rotation) > 1 else None
    return dict(zip(people, found, strict=True)) if found else {}


def load(folder: Folder, event: str) -> Shown | None:
    """Read the seating plan of an event; None where there is none; raise InvalidFile where its files cannot be read."""
    seated, hosts = seating_file.load(folder, event)
    if not seated:
        return None
    people = tuple(sorted({person for seats in seated for table in seats for person in table}))
    number = {name: place for place, name in enumerate(people)}
    rotation = [[[number[person] for person in table] for table in seats] for seats in seated]
    known = {one.id: one for one in participants_file.load(folder, event)}
    everybody = [known.get(name, Participant(name)) for name in people]
    described = event_model.load(folder, event).value
    still = frozenset(number[host] for host in hosts)
    return Shown(people, rotation, Quality(people, rotation, still, groups_of(everybody), questions_of(described, len(rotation[0]))))
