"""What people must have of a seating: wishes that cannot be met are named, before the search or after it."""

from __future__ import annotations

from collections.abc import Sequence

from ecocsme.errors import EcocsmeError
from ecocsme.event.rotations import Built
from ecocsme.event.seating import Party


def refuse_impossible(party: Party, people: Sequence[str]) -> None:
    """Refuse a wish that no seating can meet; raise EcocsmeError naming who is in its way."""
    both = party.apart & party.together
    if both:
        first, second = min(both)
        raise EcocsmeError(f"{people[first]}, {people[second]}: they shall never and always sit together; take one of the two wishes back")
    size = -(-party.people // party.tables)
    for person in range(party.people):
        beside = {other for pair in party.together if person in pair for other in pair}
        if len(beside) > size:
            raise EcocsmeError(f"{people[person]}: {len(beside)} people shall sit together, but a table has {size} seats")
        if len(beside & set(party.hosts)) > 1:
            raise EcocsmeError(f"{people[person]}: shall sit with two hosts, who are at different tables")
    for host in party.hosts:
        if any(host in pair for pair in party.together):
            raise EcocsmeError(f"{people[host]}: is a host and stays; whoever shall always sit there never moves")


def refuse_broken(party: Party, rotation: Built, people: Sequence[str], played: int = 0) -> None:
    """Refuse a seating in which something does not hold that must; raise EcocsmeError naming the first."""
    for number, seated in enumerate(rotation[played:], played + 1):
        place = {person: table for table, group in enumerate(seated) for person in group}
        for pairs, said, right in ((party.apart, "never", False), (party.together, "always", True)):
            for first, second in sorted(pairs):
                if first in place and second in place and (place[first] == place[second]) is not right:
                    names = f"{people[first]}, {people[second]}"
                    raise EcocsmeError(
                        f"{names}: that they {said} sit together could not be met in round {number}; take back a wish, or add a table"
                    )
