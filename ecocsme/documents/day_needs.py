"""What an event must have for the papers of its day; each answer is what is missing and what to do about it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from ecocsme.documents import word_timeline
from ecocsme.event import running
from ecocsme.event.day_plan import DayPlan, Stretch, day_plans
from ecocsme.event.model import Event
from ecocsme.event.timetable import Slot
from ecocsme.language.texts import Texts
from ecocsme.project import model as project_model
from ecocsme.project.folder import Folder

# what the rows of a page have beside one line for the title and two for day and place; the widths of their columns and of a letter
_ROOM, _LINE, _WIDE, _TITLE, _LEAD, _LETTER = 9_300, 280, 9_072, 4_900, 2_100, 112
_TIMES = 12  # letters of the times before a block of a track


def no_day(folder: Folder, name: str, event: Event) -> tuple[str, str] | None:
    """What an event lacks for a paper about its day."""
    if not event.agenda and event.method is None:
        return "`agenda` is missing", "write the blocks of the day into the event file, or a `method`"
    if not any(slot.start for slot in _slots(folder, event)):
        return "`start` is missing", f"write into the event file when {name} begins"
    return None


def no_page(folder: Folder, name: str, event: Event) -> tuple[str, str] | None:
    """What an event lacks for an agenda on one page, be it room."""
    lacks = no_day(folder, name, event)
    if lacks:
        return lacks
    slots = [slot for slot in _slots(folder, event) if slot.minutes]
    languages = dict.fromkeys(lang for slot in slots for lang in slot.title)
    for day in day_plans(event, slots):
        if not all(fits(event, day, lang) for lang in languages):
            of_day = f" of day {day.number}" if len(event.each_day) > 1 else ""
            return f"its {len(day.slots)} blocks{of_day} do not fit on one page", "join blocks or shorten their titles, or print the agenda"
    return None


def fits(event: Event, day: DayPlan, lang: str, *, whole: bool = False) -> bool:
    """Whether a day fits on one page in a language: with the blocks of tracks where it is to be there as a whole, else without."""
    return sum(_height(stretch, lang, whole=whole) for stretch in day.stretches) <= _room(event, lang)


def no_leads(folder: Folder, name: str, event: Event) -> tuple[str, str] | None:
    """What an event lacks for sheets of those who lead."""
    lacks = no_day(folder, name, event)
    if lacks or event.facilitator or any(table.host for table in event.tables) or any(slot.lead for slot in _slots(folder, event)):
        return lacks
    return "nobody leads a block", "write `lead` into the blocks of the agenda"


def _slots(folder: Folder, event: Event) -> Sequence[Slot]:
    return running.run(folder, event, project_model.load(folder).value.timezone).slots


def _room(event: Event, lang: str) -> int:
    venue = event.venue
    place = [text.said(lang)[0] for text in (venue.name, venue.address, venue.city) if text] if venue else []
    more = [
        word_timeline.lines(len(event.title.said(lang)[0]), _WIDE, _LETTER) - 1,
        word_timeline.lines(len(", ".join(place)) + 50, _WIDE, _LETTER) - 2,
    ]
    return _ROOM - _LINE * sum(number for number in more if number > 0)


def _height(stretch: Stretch, lang: str, *, whole: bool) -> int:
    if not stretch.parallel:
        rows = [max(_lines(lang, _TITLE, slot.title), _lines(lang, _LEAD, slot.lead)) for slot in stretch.slots]
    else:
        heads = sum(_lines(lang, _TITLE, lane.track.title, lane.track.room, lane.lead) for lane in stretch.lanes if lane.track)
        blocks = sum(_lines(lang, _TITLE, slot.title, slot.lead, more=_TIMES) for slot in stretch.slots)
        rows = [heads + blocks * whole]
    return sum(rows) * word_timeline.LINE + len(rows) * word_timeline.PADDING


def _lines(lang: str, wide: int, *texts: Texts | None, more: int = 0) -> int:
    said = " · ".join(text.said(lang)[0] for text in texts if text)
    return word_timeline.lines(len(said) + more, wide, _LETTER)


def no_materials(_: Folder, __: str, event: Event) -> tuple[str, str] | None:
    """What an event lacks for a packing list."""
    if event.agenda or event.method:
        return None
    return "`agenda` is missing", "write the blocks of the day with their `materials` into the event file, or a `method`"


def no_place(_: Folder, __: str, event: Event) -> tuple[str, str] | None:
    """What an event lacks for an invitation."""
    if event.venue is None and event.mode == "in-person":
        return "`venue` is missing", "write into the event file where it takes place"
    return None
