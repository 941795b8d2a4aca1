"""What a calendar entry says: its title, its place and, in each language, what the agenda says, all as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ecocsme.documents.context import Subject
from ecocsme.event.day_plan import DayPlan, Lane
from ecocsme.event.model import Event
from ecocsme.event.reply_texts import deadline
from ecocsme.event.timetable import Slot
from ecocsme.language import formats
from ecocsme.language.letters import printable
from ecocsme.language.texts import Texts
from ecocsme.language.words import Words, fill

_BETWEEN_LANGUAGES = "\n\n— — —\n\n"


def title(event: Event, day: DayPlan, words: Words) -> str:
    """The title with the number and round of the lab, as the agenda is headed, which of several days it is, or the last day for replies."""
    lab = fill(words.say("agenda.lab"), {"lab": str(event.lab)}) if event.lab else ""
    again = fill(words.say("agenda.lab_round"), {"round": str(event.lab_round)}) if event.lab_round else ""
    which = f"{day.number}/{len(event.each_day)}" if len(event.each_day) > 1 else ""
    called = _joined((_said(event.title, words), lab, again, which), " · ")
    return fill(words.say("questionnaire.calendar"), {"event": called}) if event.in_writing else called


def place(event: Event, words: Words) -> str:
    """The venue with its address and city; nothing where none is known yet."""
    venue = event.venue
    return _joined(_said(text, words) for text in (venue.name, venue.address, venue.city)) if venue else ""


def description(subject: Subject, day: DayPlan, packs: Sequence[Words]) -> str:
    """What the agenda says of a day, in each language one after the other."""
    return _BETWEEN_LANGUAGES.join("\n\n".join(filter(None, _parts(subject, day, words))) for words in packs)


def _parts(subject: Subject, day: DayPlan, words: Words) -> Iterator[str]:
    event: Event = subject.values["event"]
    yield "\n".join(_facts(event, words))
    if event.in_writing:
        yield deadline(subject.project, event, words, file=False)
    yield "\n".join(line for stretch in day.stretches for lane in stretch.lanes for line in _lane(lane, words))
    if event.questions:
        asked = [f"{number}. {_said(question.text, words)}" for number, question in enumerate(event.questions, 1)]
        yield "\n".join([words.say("questionnaire.questions" if event.in_writing else "agenda.questions"), *asked])
    yield _said(event.measures, words)
    statement = subject.programme.statement
    if statement:
        yield fill(_said(statement, words), {"project": subject.project.label})


def _facts(event: Event, words: Words) -> Iterator[str]:
    if event.topic:
        yield f"{words.say('agenda.topic')} {_said(event.topic, words)}"
    leader = event.facilitator
    if leader:
        more = _joined((_said(leader.role, words), _said(leader.organisation, words)))
        yield f"{words.say('agenda.facilitator')} {leader.name}" + (f" ({more})" if more else "")


def _lane(lane: Lane, words: Words) -> Iterator[str]:
    """The blocks of a lane; those of a track begin with its title and its room."""
    track = lane.track
    before = _joined((_said(track.title, words), _said(track.room, words))) + ": " if track else ""
    yield from (_slot(slot, words, before) for slot in lane.slots)


def _slot(slot: Slot, words: Words, before: str) -> str:
    times = "–".join(formats.clock(time, words.locale) for time in (slot.start, slot.end) if time)
    lead = _said(slot.lead, words)
    return f"{times} {before}{_said(slot.title, words)}".strip() + (f" ({lead})" if lead else "")


def _said(texts: Texts | None, words: Words) -> str:
    """A text in a language, or as it is written where that one is lacking; letters as all documents print them."""
    if texts is None:
        return ""
    text, lang = texts.said(words.lang)
    return printable(text.strip(), romanian=(lang or words.lang) == "ro")


def _joined(texts: Iterable[str], by: str = ", ") -> str:
    return by.join(filter(None, texts))
