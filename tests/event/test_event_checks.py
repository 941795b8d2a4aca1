"""Checks of event files: the agenda adds up, weekdays are right, all that is named exists."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecocsme.checks.run import check_folder
from ecocsme.event import weekdays
from ecocsme.language import formats
from ecocsme.project.folder import Folder
from support.folders import EARLIER, EVENT, change, good

TUESDAY = date(2020, 10, 20)


def lines(root: Path) -> list[str]:
    """What `check` prints."""
    return [str(problem) for problem in check_folder(Folder(root))]


def changed(root: Path, old: str, new: str, name: str = EVENT) -> list[str]:
    """What `check` prints of the good folder with one change in its event."""
    good(root)
    change(root, name, old, new)
    return lines(root)


OVERLAP = "start it later or shorten the block before it"
UNKNOWN = (
    ("previous: lab-1", "previous: lab1", "7: previous: there is no event lab1; did you mean lab-1?"),
    ("method: world-cafe", "method: word-cafe", "6: method: there is no method word-cafe; did you mean world-cafe?"),
    ("practices: [joc]", "practices: [joc, jok]", "8: practices[2]: there is no practice jok; did you mean joc?"),
    ("questions: [q1]", "questions: [q1, q7]", "9: tables[1].questions[2]: there is no question q7; known: q1, q2"),
    ("{business: 8}", "{buisness: 8}", "10: participants.sectors.buisness: there is no sector buisness; did you mean business?"),
)
CLASHES = (
    ("id: lab-2", "id: lab-3", "1: id: found lab-3, but the folder is called lab-2; give both the same name"),
    ("{minutes: 60,", "{start: 11:20, end: 12:30,", f"13: agenda[2]: starts at 11:20, before block 1 (until 11:30) has ended; {OVERLAP}"),
    ("end: 13:00", "end: 12:45", "5: end: the agenda ends at 13:00, 15 minutes after the event (12:45); shorten blocks or end later"),
    ("{minutes: 60,", "{end: 11:10,", "13: agenda[2]: ends at 11:10, not after its start at 11:30; correct the times"),
    ("{id: q2,", "{id: q1,", "17: questions[2].id: the ID q1 stands twice: on line 16 and on line 17; give each its own ID"),
    ("previous: lab-1", "previous: lab-2", "7: previous: lab-2 is not an earlier event; name the event before this one"),
)


@pytest.mark.parametrize(("old", "new", "said"), [*UNKNOWN, *CLASHES])
def test_each_problem_of_an_event_has_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    """What does not add up or does not exist is named with line, field and cure."""
    assert f"{EVENT}:{said}" in changed(tmp_path / "p", old, new)


def test_an_event_may_not_look_back_on_a_later_one(tmp_path: Path) -> None:
    """The event that a press release looks back on must not be later."""
    said = changed(tmp_path / "p", "date: 2020-10-08", "date: 2020-11-08", EARLIER)
    assert said == [f"{EVENT}:7: previous: lab-1 is not an earlier event; name the event before this one"]


def test_an_agenda_of_the_method_is_checked_too(tmp_path: Path) -> None:
    """Where the method gives the blocks, an event that is too short for it is named at its end."""
    root = tmp_path / "p"
    good(root)
    change(root, EARLIER, "date: 2020-10-08", "date: 2020-10-08\nstart: 11:00\nend: 12:00\nmethod: world-cafe\ntables: 6")
    (line,) = lines(root)
    assert line.startswith(f"{EARLIER}:5: end: the agenda ends at ")


def test_an_event_that_ends_before_it_begins(tmp_path: Path) -> None:
    """An end before the start is named, with or without an agenda."""
    said = changed(tmp_path / "p", "date: 2020-10-08", "date: 2020-10-08\nstart: 11:00\nend: 10:00", EARLIER)
    assert said == [f"{EARLIER}:5: end: the event ends at 10:00, not after its start at 11:00; correct the times"]


def test_the_line_of_a_wrong_weekday_is_that_of_its_language(tmp_path: Path) -> None:
    """A weekday is read in the language of its text, and the right one is said in that language."""
    root = tmp_path / "p"
    good(root)
    change(root, EVENT, 'measures: {ro: "Ne vedem marți, ', 'measures:\n  ro: "Ne vedem luni, ')
    change(
        root, EVENT, ' octombrie 2020.", en: "See you on Tuesday 20 October."}', ' octombrie 2020."\n  en: "See you on Monday 20 October."'
    )
    assert lines(root) == [
        f"{EVENT}:19: measures.ro: says luni, 20 octombrie 2020; that day is marți, 20 octombrie 2020: correct the weekday or the date",
        f"{EVENT}:20: measures.en: says monday 20 october; that day is Tuesday, 20 October 2020: correct the weekday or the date",
    ]


RIGHT = (
    ("ro", "marți, 20 octombrie 2020"),
    ("ro", "Marţi 20 octombrie"),
    ("ro", "MARȚI, 20.10.2020"),
    ("ro", "marți (20/10/2020)"),
    ("ro", "joi, 7 ianuarie"),
    ("ro", "marți, 11.10"),
    ("ro", "luni sau marți"),
    ("ro", "marți, 30 februarie"),
    ("en_GB", "Tuesday 20 October 2020"),
    ("en_GB", "Tuesday, October 20, 2020"),
    ("en_GB", "Tuesday, 20th October"),
    ("en_GB", "on Friday 1 January"),
)
WRONG = (
    ("ro", "luni, 20 octombrie 2020", TUESDAY),
    ("ro", "Miercuri 20.10", TUESDAY),
    ("ro", "vineri,\u00a020\u00a0octombrie", TUESDAY),
    ("ro", "luni, 27.10", date(2020, 10, 27)),
    ("en_GB", "Monday 20 October", TUESDAY),
    ("en_GB", "Monday, October 20, 2020", TUESDAY),
    ("en_GB", "Monday 1 January", date(2021, 1, 1)),
)


@pytest.mark.parametrize(("locale", "text"), RIGHT)
def test_right_weekdays_and_times_of_day_are_let_through(locale: str, text: str) -> None:
    """A right weekday, a weekday alone, and a time of day written with a full stop are no problem."""
    assert list(weekdays.wrong(f"Ne vedem {text}.", locale, TUESDAY)) == []


@pytest.mark.parametrize(("locale", "text", "day"), WRONG)
def test_wrong_weekdays_are_found(locale: str, text: str, day: date) -> None:
    """A wrong weekday before a date is found in each way of writing the date, in the nearest year."""
    assert [meant for _, meant in weekdays.wrong(f"Ne vedem {text}!", locale, TUESDAY)] == [day]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 6), st.sampled_from(["ro", "en_GB"]))
def test_a_full_date_is_right_with_one_weekday_only(day: date, shift: int, locale: str) -> None:
    """Every date as CLDR writes it is right, and wrong with each of the six other weekdays."""
    named, other = formats.day(day, locale, "full"), formats.day(day + timedelta(days=shift), locale, "full")
    text = other.split(",")[0] + named[named.index(",") :]
    assert len(list(weekdays.wrong(text, locale, day))) == (1 if shift else 0)


@pytest.mark.parametrize(
    ("day", "warned"), [("2020-03-29", True), ("2020-10-25", True), ("2020-10-24", False), ("2199-12-31", False), ("1900-01-01", False)]
)
def test_nights_in_which_the_clocks_change(tmp_path: Path, day: str, warned: bool) -> None:  # noqa: FBT001  # the table's second column
    """An event on a day of 23 or 25 hours is a warning; the ends of the calendar are no trap."""
    said = changed(tmp_path / "p", "date: 2020-10-08", f"date: {day}", EARLIER)
    assert any("the clocks change on this day in Europe/Bucharest" in line and ": warning: " in line for line in said) is warned


def test_checks_of_names_speak_only_where_there_are_names(tmp_path: Path) -> None:
    """A project without sectors lets an event use its own."""
    root = tmp_path / "p"
    good(root)
    change(root, "project.yaml", 'sectors: {business: {ro: "mediul de afaceri", en: "business"}}\n', "")
    assert lines(root) == []
