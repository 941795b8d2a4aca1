"""The sectors that an event wants at its tables, held against those who registered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ecocsme.event.model import Event
from ecocsme.event.participants import Participant


@dataclass(frozen=True, slots=True)
class Quota:
    """One sector: how many were wanted and how many there are."""

    sector: str
    wanted: int
    there: int

    @property
    def lacking(self) -> int:
        """How many are still to be found."""
        return max(self.wanted - self.there, 0)


def quotas(event: Event, people: Sequence[Participant], *, came: bool = False) -> tuple[Quota, ...]:
    """Each sector that is wanted, in the order of the event file, then those that nobody asked for; `came` counts who was there."""
    wanted = event.participants.sectors if event.participants else {}
    counted = Counter(one.sector for one in people if _counts(one, came=came))
    others = [sector for sector in sorted(counted) if sector and sector not in wanted]
    return tuple(Quota(sector, wanted.get(sector, 0), counted[sector]) for sector in (*wanted, *others))


def sentences(event: Event, people: Sequence[Participant], *, came: bool = False) -> Iterator[str]:
    """Say it: how many there are, and whom to look for."""
    there = [one for one in people if _counts(one, came=came)]
    done = "came" if came else "registered"
    expected = event.participants.expected if event.participants else None
    yield f"{len(there)} {done}" + (f" of {expected} expected" if expected else "")
    found = quotas(event, people, came=came)
    if found:
        yield f"{done} by sector: {', '.join(map(_said, found))}"
    lacking = ", ".join(f"{one.lacking} of {one.sector}" for one in found if one.lacking)
    if lacking:
        yield f"{'fewer than planned' if came else 'still to be found'}: {lacking}"
    unknown = sum(not one.sector for one in there)
    if unknown and found:  # a project without sectors asks nobody for one
        yield f"{unknown} without a sector"


def _said(one: Quota) -> str:
    return f"{one.sector} {one.there}" + (f" of {one.wanted}" if one.wanted else "")


def _counts(one: Participant, *, came: bool) -> bool:
    return (one.came if came else one.registered) not in ("", "no")
