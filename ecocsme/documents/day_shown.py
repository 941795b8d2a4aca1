"""The day of an event as its papers show it: blocks with their times, what is a break, which round it is, and who leads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from ecocsme.event import running
from ecocsme.event.day_plan import DayPlan, Lane, Stretch
from ecocsme.event.model import Block, Event, Track
from ecocsme.event.timetable import Slot
from ecocsme.files.values import Clock
from ecocsme.language.letters import fold
from ecocsme.language.texts import Texts
from ecocsme.language.words import Words
from ecocsme.project.folder import Folder

_ROUND = "seating-plan.round"


@dataclass(frozen=True, slots=True)
class Entry:
    """One block of the day, or a time for which nothing is planned: its title is None then.

    `least` and `most` are the minutes that it may last, `round` is 0 where it is no round at the tables.
    Where it stands for all that goes on side by side, `lanes` are the tracks.
    """

    title: Texts | None
    start: Clock | None
    end: Clock | None
    minutes: int
    least: int = 0
    most: int = 0
    lead: Texts | None = None
    materials: tuple[Texts, ...] = ()
    pause: bool = False
    round: int = 0
    day: int = 1
    track: Track | None = None
    lanes: tuple[Lane, ...] = ()

    @property
    def flexible(self) -> bool:
        """Whether it may be shorter or longer."""
        return self.least < self.most


class Forms:
    """What the words of some languages call things of the day: `breaks`, `hosts`, `facilitator`, `registration`."""

    def __init__(self, packs: Sequence[Words]) -> None:
        """Take the forms from words packs; a pack of a user's that has none says nothing."""
        self._packs = packs

    def said(self, name: str) -> tuple[str, ...]:
        """The forms of a thing in all languages, as they are compared."""
        key = f"agenda_forms.{name}"
        listed = ";".join(pack.say(key) for pack in self._packs if pack.has(key))
        return tuple(dict.fromkeys(fold(one) for one in listed.split(";") if one.strip()))

    def named(self, name: str, text: Texts) -> bool:
        """Whether a text in any language is one of the forms, or begins or ends with one."""
        forms = self.said(name)
        return any(_bounded(fold(one), form) for one in text.every() for form in forms)

    def holds(self, name: str, text: Texts) -> bool:
        """Whether one of the forms stands anywhere in a text."""
        forms = self.said(name)
        return any(form in fold(one) for one in text.every() for form in forms)

    def round_of(self, title: Texts, rounds: int) -> int:
        """The number of the round that a block is, by its title; 0 for none."""
        patterns = [pack.say(_ROUND) for pack in self._packs]
        words = [fold(one) for one in title.every()]
        for number in range(1, rounds + 1):
            said = [fold(pattern.replace("{round}", str(number))) for pattern in patterns]
            if any(_bounded(word, one) for one in said for word in words):
                return number
        return 0


def _bounded(text: str, form: str) -> bool:
    at = text.find(form)
    begins = at == 0 and not text[len(form) : len(form) + 1].isalnum()
    return begins or text.endswith(f" {form}")


def entries(folder: Folder, event: Event, zone: str, packs: Sequence[Words]) -> tuple[Entry, ...]:
    """The blocks of all days as they begin, without those that were shortened to nothing; `zone` is that of the project."""
    forms, rounds = Forms(packs), event.rounds or 0
    slots = running.run(folder, event, zone).slots
    made = tuple(zip(running.blocks(folder, event), slots, strict=True))
    ordered = (made[place] for place in by_clock(slots))
    return tuple(_entry(block, slot, forms, rounds, event.track(slot.track)) for block, slot in ordered if slot.minutes != 0)


def by_clock(slots: Sequence[Slot]) -> list[int]:
    """The places of slots in the order in which they begin: what goes on side by side is written one track after the other."""
    found: list[int] = []
    for (_, in_track), run in groupby(range(len(slots)), lambda place: (slots[place].day, slots[place].track is not None)):
        places = list(run)
        found += sorted(places, key=lambda place: slots[place].start or Clock(0)) if in_track else places
    return found


def _entry(block: Block, slot: Slot, forms: Forms, rounds: int, track: Track | None) -> Entry:
    minutes = slot.minutes or 0
    least, most = (block.minutes.least, block.minutes.most) if block.minutes is not None else (minutes, minutes)
    pause, number = forms.named("breaks", slot.title), forms.round_of(slot.title, max(rounds, _most_rounds(block)))
    return Entry(slot.title, slot.start, slot.end, minutes, least, most, slot.lead, slot.materials, pause, number, slot.day, track)


def _most_rounds(block: Block) -> int:
    """The highest number in a title: a method has rounds of its own where the event names none."""
    found = (int(number) for text in block.title.every() for number in re.findall(r"\b[0-9]{1,2}\b", text))
    return max(found, default=0)


def in_rows(plan: DayPlan, shown: Iterable[Entry], minutes: Callable[[Clock], int]) -> tuple[Entry, ...]:
    """A day as entries that follow each other: all that goes on side by side is one of them."""
    made: list[Entry] = []
    rest = (entry for entry in shown if entry.day == plan.number)
    for stretch in plan.stretches:
        these = tuple(islice(rest, len(stretch.slots)))
        made += [_side(stretch, minutes)] if stretch.parallel else these
    return tuple(made)


def _side(stretch: Stretch, minutes: Callable[[Clock], int]) -> Entry:
    lasts = minutes(stretch.end) - minutes(stretch.start) if stretch.start and stretch.end else 0
    return Entry(None, stretch.start, stretch.end, lasts, lanes=stretch.lanes)


def filled(day: Sequence[Entry], minutes: Callable[[Clock], int]) -> tuple[Entry, ...]:
    """The day with the times between its blocks for which nothing is planned; `minutes` counts those of a clock time."""
    made: list[Entry] = []
    last: Clock | None = None
    for entry in day:
        if last is not None and entry.start is not None and (free := minutes(entry.start) - minutes(last)) > 0:
            made.append(Entry(None, last, entry.start, free))
        made.append(entry)
        last = _later(last, entry.end, minutes)
    return tuple(made)


def _later(one: Clock | None, other: Clock | None, minutes: Callable[[Clock], int]) -> Clock | None:
    return max((clock for clock in (one, other) if clock is not None), key=minutes, default=None)


def people(lead: str) -> tuple[str, ...]:
    """The people that a text names who leads a block: the first, and each further one that is written like a name."""
    first, *others = [part.strip() for part in re.split(r"[,;]| (?:și|şi|and|și|&) ", lead) if part.strip()] or [""]
    return (first, *(other for other in others if _is_name(other)))


def _is_name(text: str) -> bool:
    words = re.split(r"[ -]", text)
    return len(words) > 1 and all(word[:1].isupper() for word in words)


def leads(day: Iterable[Entry]) -> dict[str, list[tuple[str, Entry]]]:
    """Who leads blocks, in the order of the day: by the compared form of the name, what it is written like, and each block."""
    found: dict[str, list[tuple[str, Entry]]] = {}
    for entry in day:
        for name in people(next(iter(entry.lead.every()))) if entry.lead else ():
            found.setdefault(fold(name), []).append((name, entry))
    return found
