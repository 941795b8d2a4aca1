"""Checks of an event file: its agenda adds up, its dates are real, everything it names exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ecocsme.errors import InvalidFile, Problem, check, visible
from ecocsme.event import day_checks, method_blocks, methods, names, participants, running, seating_file, weekdays
from ecocsme.event.model import Event
from ecocsme.files.models import FromFile, leaves, twins
from ecocsme.files.yaml_text import Place
from ecocsme.language import formats
from ecocsme.language.texts import Texts
from ecocsme.language.words import load as load_words
from ecocsme.project.checks import unknown
from ecocsme.project.folder import Folder
from ecocsme.project.model import Project
from ecocsme.project.practices import Practices


@check("event-id", "an event whose ID is not the name of its folder")
def event_id(event: FromFile[Event]) -> Iterator[Problem]:
    """Compare the ID with the folder's name."""
    folder = event.file.split("/")[-2]
    if event.value.id != folder:
        message = f"found {visible(event.value.id)}, but the folder is called {visible(folder)}"
        yield event.problem(("id",), message, "give both the same name")


@check("question-id", "two questions, tables or tracks with one ID")
def question_id(event: FromFile[Event]) -> Iterator[Problem]:
    """Name questions, tables and tracks that cannot be told apart."""
    yield from twins(event, "questions", event.value.questions)
    yield from twins(event, "tables", event.value.tables)
    yield from twins(event, "tracks", event.value.tracks)


@check("agenda-overlap", "two blocks of the agenda at the same time")
def agenda_overlap(folder: Folder, project: FromFile[Project], event: FromFile[Event]) -> Iterator[Problem]:
    """Name blocks that start before the block before them has ended."""
    yield from _clashes(folder, project, event, "agenda-overlap")


@check("agenda-over-run", "an agenda that is longer than the event")
def agenda_over_run(folder: Folder, project: FromFile[Project], event: FromFile[Event]) -> Iterator[Problem]:
    """Say by how many minutes the agenda runs over the end of the event."""
    yield from _clashes(folder, project, event, "agenda-over-run")


@check("agenda-length", "a block without a start or a length, or with times that contradict each other")
def agenda_length(folder: Folder, project: FromFile[Project], event: FromFile[Event]) -> Iterator[Problem]:
    """Name blocks whose times cannot be worked out."""
    yield from _clashes(folder, project, event, "agenda-length")
    for index, entry in enumerate(event.value.agenda if running.has_times(folder, event.value) else ()):
        wrong = method_blocks.misfit(methods.load(folder, entry.method).value, entry, event.value) if entry.method else ""
        if wrong:
            yield event.problem(("agenda", index), wrong, "change its minutes, or take another method")


@check("agenda-gap", "a time within the event for which nothing is planned")
def agenda_gap(folder: Folder, project: FromFile[Project], event: FromFile[Event]) -> Iterator[Problem]:
    """Name the block before which, or the event at the end of which, some minutes are left."""
    for problem in _clashes(folder, project, event, "agenda-gap"):
        yield replace(problem, severity="warning")


def _clashes(folder: Folder, project: FromFile[Project], event: FromFile[Event], kind: str) -> Iterator[Problem]:
    if not running.has_times(folder, event.value) or any(day_checks.misplaced(event.value)):
        return
    table = running.run(folder, event.value, project.value.timezone)
    for clash in (*table.clashes, *table.gaps):
        if clash.kind == kind:
            yield event.problem(running.place(folder, event.value, clash.index, clash.day), clash.message, clash.cure)


@check("weekday", "a weekday in a text that is not the weekday of the date beside it")
def weekday(folder: Folder, project: FromFile[Project], event: FromFile[Event]) -> Iterator[Problem]:
    """Compare every weekday that stands before a date with the calendar."""
    for lang in event.value.spoken(project.value.languages):
        if lang in folder.languages:
            locale = load_words(folder.shelves, lang).locale
            for place, text in _texts_for(lang, event.value):
                for said, meant in weekdays.wrong(text, locale, event.value.date):
                    right = formats.day(meant, locale, "full")
                    yield event.problem(place, f"says {visible(said, 60)}", f"that day is {right}: correct the weekday or the date")


def _texts_for(lang: str, event: Event) -> Iterator[tuple[Place, str]]:
    """Every text that is read in a language, with the line of that language."""
    for place, value in leaves(event):
        if isinstance(value, Texts):
            yield from (((*place, written), text) for written, text in value.items() if written in ("", lang))


@check("clock-change", "an event in a night in which the clocks change")
def clock_change(project: FromFile[Project], event: FromFile[Event]) -> Iterator[Problem]:
    """Warn when a day of an event does not have 24 hours."""
    zone = ZoneInfo(event.value.timezone or project.value.timezone)
    for place, day in _dates(event.value):
        midnight = datetime.combine(day, datetime.min.time(), zone)
        if midnight.utcoffset() != (midnight + timedelta(days=1)).utcoffset():
            message = f"the clocks change on this day in {zone.key}"
            yield event.problem(place, message, "check times at night; they are printed as written", severity="warning")


def _dates(event: Event) -> Iterator[tuple[Place, date]]:
    """Each day of an event, with the place where it is written."""
    for index, day in enumerate(event.dates):
        yield (("days", index, "date") if event.days else ("date",)), day


@check("event-date", "an event before the project begins or after it ends")
def event_date(project: FromFile[Project], event: FromFile[Event]) -> Iterator[Problem]:
    """Compare each day of an event with those of the project."""
    start, end = project.value.start, project.value.end
    for place, day in _dates(event.value):
        if start is not None and day < start:
            yield event.problem(place, f"is before the project starts on {start}", "look at the year", severity="warning")
        elif end is not None and day > end:
            yield event.problem(place, f"is after the project ends on {end}", "look at the year", severity="warning")


@check("previous", "an earlier event that does not exist or is not earlier")
def previous(event: FromFile[Event], events: Mapping[str, FromFile[Event]], event_names: tuple[str, ...]) -> Iterator[Problem]:
    """Follow the link to the event that the press release looks back on."""
    name = event.value.previous
    if name is None:
        return
    if name not in event_names:
        yield from unknown(event, ("previous",), "event", name, list(event_names))
    elif name == event.value.id or (name in events and events[name].value.date > event.value.date):
        yield event.problem(("previous",), f"{name} is not an earlier event", "name the event before this one")


@check("event-names", "a method, practice, question, sector or language that does not exist")
def event_names_known(
    folder: Folder, project: FromFile[Project], practices: FromFile[Practices], event: FromFile[Event]
) -> Iterator[Problem]:
    """Name everything in an event file that nothing in the folder answers to."""
    known: Mapping[str, list[str]] = {
        "method": list(folder.shelves.names("methods", ".yaml")),
        "language": sorted(folder.languages),
        "practice": [practice.id for practice in practices.value.practices],
        "question": [question.id for question in event.value.questions],
        "sector": list(project.value.sectors),
    }
    for place, kind, name in _named(event.value):
        # a project that lists no sectors leaves them to its events
        if name not in known[kind] and (kind != "sector" or known[kind]):
            yield from unknown(event, place, kind, name, known[kind])


def _named(event: Event) -> Iterator[tuple[Place, str, str]]:
    """Every name in an event that something else must answer to, with its place and kind."""
    if event.method is not None:
        yield ("method",), "method", event.method
    yield from ((("agenda", index, "method"), "method", block.method) for index, block in enumerate(event.agenda) if block.method)
    yield from ((("languages", index), "language", lang) for index, lang in enumerate(event.languages or ()))
    yield from ((("practices", index), "practice", name) for index, name in enumerate(event.practices))
    for number, table in enumerate(event.tables):
        yield from ((("tables", number, "questions", index), "question", name) for index, name in enumerate(table.questions))
    sectors = event.participants.sectors if event.participants else ()
    yield from ((("participants", "sectors", name), "sector", name) for name in sectors)


@check("seating", "a seating plan, or a list of participants or names, that cannot be read, or that contradict each other")
def seating(folder: Folder, event: FromFile[Event]) -> Iterator[Problem]:
    """Everybody sits once in each round, and everybody who sits is a participant, where there is a list of them."""
    name = event.value.id
    try:
        seated, _ = seating_file.load(folder, name)
        known = {one.id for one in participants.load(folder, name)}
        names.load(folder, name)
    except InvalidFile as wrong:
        yield from (replace(problem, code=seating.code) for problem in wrong.problems)
        return
    strangers = sorted({person for round_ in seated for table in round_ for person in table} - known) if known else []
    if strangers:
        shown = folder.shown(folder.event_folder(name) / seating_file.NAME)
        message = f"{', '.join(strangers[:8])} {'sits' if len(strangers) == 1 else 'sit'} here, but not in {participants.NAME}"
        yield Problem(shown, message, "add the line, or plan the seating again", severity="warning", code=seating.code)


CHECKS = (
    event_id,
    question_id,
    agenda_overlap,
    agenda_over_run,
    agenda_length,
    agenda_gap,
    weekday,
    clock_change,
    event_date,
    previous,
    event_names_known,
    seating,
    *day_checks.CHECKS,
)
