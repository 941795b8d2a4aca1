"""agenda.ics: one entry that every calendar takes, read back with its own library and against the system's time zones."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from ecocsme.documents.calendar_file import uid
from ecocsme.documents.calendar_marks import marks
from ecocsme.documents.calendar_zone import add_zone
from ecocsme.language.texts import Texts
from ecocsme.project.model import Project

EVENT = "tm-lll4-r1"
FILE = Path("events") / EVENT / "event.yaml"
ICS = Path("out") / EVENT / "agenda.ics"


def entry(root: Path, name: Path = ICS) -> icalendar.Event:
    """The one entry of a calendar file."""
    (found,) = icalendar.Calendar.from_ical((root / name).read_bytes()).events
    return found


def change(root: Path, old: str, new: str) -> None:
    """Replace a text of the event file."""
    text = (root / FILE).read_text("utf-8")
    assert old in text
    (root / FILE).write_text(text.replace(old, new, 1), "utf-8")


def built(run: Run, root: Path, *more: str, **surroundings: str) -> bytes:
    """Build the calendar file alone."""
    done = run("build-agenda", EVENT, "--format", "ics", *more, cwd=root, **surroundings)
    assert done.code == 0, done.said
    return (root / ICS).read_bytes()


def test_the_entry_says_what_the_event_file_says(example: Path, run: Run) -> None:
    """One entry with title, times, place and the agenda in both languages, known by project and event, dated by the event."""
    done = run("build-agenda", EVENT, cwd=example)
    assert ICS.as_posix() in done.out.split()
    found = entry(example)
    bucharest = ZoneInfo("Europe/Bucharest")
    assert datetime(2020, 10, 20, 11, tzinfo=bucharest) == found.DTSTART
    assert datetime(2020, 10, 20, 13, 45, tzinfo=bucharest) == found.DTEND
    assert datetime(2020, 10, 20, tzinfo=UTC) == found.DTSTAMP
    assert (found.uid, found["SEQUENCE"]) == ("tm-lll4-r1@pgi06047", 0)
    assert found["SUMMARY"] == "Atelier Local de Învățare · atelierul 4 · runda 1"
    assert found["SUMMARY"].params["LANGUAGE"] == "ro-RO"
    assert found["LOCATION"] == "Fosta Cancelarie de Război, str. V. Alecsandri nr. 1, parter, Timișoara"
    romanian, english = found["DESCRIPTION"].split("— — —")
    assert "11:00–11:15 Bun venit; proiectul pe scurt (Municipiul Timișoara)\n11:15" in romanian
    assert "Proiectul PGI06047 ECoC-SME este cofinanțat de Uniunea Europeană" in romanian
    assert "6. What must we do so that initiatives born of the pandemic outlast it?" in english


def test_the_file_keeps_to_the_rules_of_the_format(example: Path, run: Run) -> None:
    """CRLF at each line, no line over 75 octets, no letter torn apart, nothing that makes it a message to be answered."""
    data = built(run, example)
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert all(line.decode() is not None for line in lines)
    assert not re.search(rb"^(METHOD|ORGANIZER|ATTENDEE)", data, re.MULTILINE)


def test_one_language_gives_a_calendar_in_that_language(example: Path, run: Run) -> None:
    """The file has the same name whatever its languages, and another build replaces it."""
    built(run, example)
    data = built(run, example, "--language", "en").decode()
    assert "SUMMARY;LANGUAGE=en-GB:Local Learning Lab" in data
    assert "Tema" not in data
    assert sorted(path.name for path in (example / ICS).parent.iterdir()) == ["agenda.ics"]


ZONES = ("Europe/Bucharest", "Europe/Lisbon", "Europe/Dublin", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "Africa/Casablanca")


@pytest.mark.parametrize("year", [2007, 2020, 2021, 2026])
@pytest.mark.parametrize("zone", ZONES)
def test_the_zone_in_the_file_agrees_with_the_real_one(zone: str, year: int) -> None:
    """Read by the rules in the file alone, every day of the year has the offset that the zone really has, also where clocks change."""
    made = icalendar.Calendar()
    add_zone(made, ZoneInfo(zone), year)
    (rules,) = icalendar.Calendar.from_ical(made.to_ical()).timezones
    own = rules.to_tz(lookup_tzid=False)
    for hour in range(-12, 366 * 24 - 24, 6):
        wall = datetime.fromisoformat(f"{year}-01-01T12:30") + timedelta(hours=hour)
        assert wall.replace(tzinfo=own).utcoffset() == wall.replace(tzinfo=ZoneInfo(zone)).utcoffset(), (wall, made.to_ical())
    parts = [part.name for part in rules.subcomponents]
    if year != 2007 and zone != "Africa/Casablanca":  # rules that had just changed, and a zone without any
        assert parts.count("STANDARD") == 1  # Outlook takes no zone with two of them
        assert parts.count("DAYLIGHT") <= 1


def test_on_the_day_on_which_clocks_change_the_hours_are_those_on_the_wall(example: Path, run: Run) -> None:
    """A meeting across the change keeps its printed times, and lasts an hour less than they differ."""
    change(example, "date: 2020-10-20\nstart: 11:00", "date: 2021-03-28\nstart: 1:30")
    change(example, "end: 13:45", "end: 14:45")
    text = (example / FILE).read_text("utf-8")
    (example / FILE).write_text(re.sub(r"(?ms)^agenda:.*?(?=^questions:)", 'agenda: [{minutes: 30, title: "a"}]\n\n', text), "utf-8")
    data = built(run, example)
    assert b"DTSTART;TZID=Europe/Bucharest:20210328T013000\r\nDTEND;TZID=Europe/Bucharest:20210328T144500\r\n" in data
    found = entry(example)
    assert found.DTEND.astimezone(UTC) - found.DTSTART.astimezone(UTC) == timedelta(hours=12, minutes=15)


def test_an_event_in_utc_needs_no_rules(example: Path, run: Run) -> None:
    """A zone without rules of its own is written as UTC, not as a name that the file does not explain."""
    change(example, "start: 11:00", "start: 11:00\ntimezone: UTC")
    data = built(run, example)
    assert b"DTSTART:20201020T110000Z\r\n" in data
    assert b"TZID" not in data


def test_the_end_is_that_of_the_agenda_where_none_is_written_and_may_be_midnight(example: Path, run: Run) -> None:
    """Without `end` the last block ends the event; 24:00 is the next day's first moment."""
    change(example, "end: 13:45   # illustration: no end time was announced\n", "")
    built(run, example)
    assert entry(example).DTEND.time().isoformat() == "13:45:00"
    change(example, "start: 11:00\nmode", "start: 11:00\nend: 24:00\nmode")
    built(run, example)
    assert datetime(2020, 10, 21, tzinfo=ZoneInfo("Europe/Bucharest")) == entry(example).DTEND


def test_an_event_without_a_start_is_there_all_day(example: Path, run: Run) -> None:
    """No time is invented: the entry takes the day, and needs no time zone."""
    assert run("build-agenda", "tm-lll3-r1", "--format", "ics", cwd=example).code == 0
    found = entry(example, Path("out/tm-lll3-r1/agenda.ics"))
    assert (date(2020, 10, 8), date(2020, 10, 9)) == (found.DTSTART, found.DTEND)
    assert b"TZID" not in (example / "out/tm-lll3-r1/agenda.ics").read_bytes()


def test_what_a_reader_sees_raises_the_sequence_once(example: Path, run: Run) -> None:
    """Another place is a higher SEQUENCE, the same files again are the same bytes; what the entry does not show raises nothing."""
    first = built(run, example)
    assert built(run, example) == first
    change(example, "press:", "press: # nothing that a calendar shows")
    assert built(run, example) == first
    change(example, "nr. 1, parter", "nr. 2, parter")
    second = built(run, example)
    assert (marks(first).sequence, marks(second).sequence) == (0, 1)
    assert built(run, example) == second
    change(example, "start: 11:00\nend: 13:45", "start: 11:00\nend: 14:00")
    assert marks(built(run, example)).sequence == 2
    assert entry(example).uid == "tm-lll4-r1@pgi06047"


def test_the_clock_is_not_asked(example: Path, run: Run) -> None:
    """SOURCE_DATE_EPOCH dates the entry where it is set, and dates alone are no news."""
    assert b"DTSTAMP:20201020T000000Z" in built(run, example)
    data = built(run, example, SOURCE_DATE_EPOCH="1600000000", TZ="Pacific/Auckland")
    assert b"DTSTAMP:20200913T122640Z" in data
    assert b"SEQUENCE:0" in data


def test_a_file_changed_by_hand_stays_and_the_new_one_counts_on(example: Path, run: Run) -> None:
    """The build beside it has the next SEQUENCE, and building again changes nothing."""
    data = built(run, example)
    (example / ICS).write_bytes(data.replace(b"END:VEVENT", b"PRIORITY:1\r\nEND:VEVENT"))
    change(example, "nr. 1, parter", "nr. 2, parter")
    done = run("build", cwd=example)
    assert "agenda.ics: warning: was changed by hand and is kept" in done.err
    beside = (example / ICS).with_name("agenda.new.ics")
    assert b"PRIORITY:1" in (example / ICS).read_bytes()
    before = beside.read_bytes()
    assert marks(before).sequence == 1
    built(run, example)
    assert beside.read_bytes() == before


def test_a_dry_run_writes_nothing_and_build_knows_when_it_is_due(example: Path, run: Run) -> None:
    """The file is one of the documents: due when an input changes, up to date after, removed for nobody."""
    assert ICS.as_posix() in run("build", "--dry-run", cwd=example).out
    assert not (example / "out").exists()
    built(run, example)
    assert ICS.as_posix() not in run("build", "--dry-run", cwd=example).out
    change(example, "nr. 1, parter", "nr. 2, parter")
    assert f"{ICS.as_posix()}: {FILE.as_posix()} changed" in run("build", "--dry-run", cwd=example).out.splitlines()
    kept = json.loads((example / "out/manifest.json").read_bytes())["documents"][ICS.as_posix()]
    assert set(kept) >= {"seen", "inputs", "order"}


def test_only_an_agenda_has_a_calendar(example: Path, run: Run) -> None:
    """A press release as `ics` is refused with the formats that there are."""
    done = run("build-release", EVENT, "--format", "ics", cwd=example)
    assert done.code == 1
    assert "ics" in done.err
    assert not (example / "out").exists()


@pytest.mark.parametrize(
    ("code", "acronym", "expected"),
    [("PGI06047", "X", "e@pgi06047"), (None, "ECoC-SME", "e@ecoc-sme"), ("NR. 5 / 2", "X", "e@nr.-5-2")],
)
def test_the_name_of_an_entry_comes_from_project_and_event(code: str | None, acronym: str, expected: str) -> None:
    """Code or acronym, in letters that every calendar keeps."""
    assert uid(Project(code=code, acronym=acronym, title=Texts({"": "t"})), "e") == expected


def test_a_project_whose_name_has_no_latin_letter_has_a_name_of_its_own() -> None:
    """Two such projects differ."""
    names = {uid(Project(acronym=name, title=Texts({"": "t"})), "e") for name in ("Развитие", "Ανάπτυξη")}
    assert len(names) == 2
    assert all(re.fullmatch("e@[0-9a-f]{12}", name) for name in names)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_any_text_comes_back_from_its_folded_line(text: str) -> None:
    """What the marks are taken from is the whole text, wherever the line was folded."""
    made = icalendar.Event()
    made.add("summary", text)
    made.add("dtstart", datetime(2020, 1, 1, tzinfo=UTC))
    other = icalendar.Event()
    other.add("summary", text + "x")
    other.add("dtstart", datetime(2020, 1, 1, tzinfo=UTC))
    assert marks(made.to_ical()) == marks(made.to_ical())
    assert marks(made.to_ical()).seen != marks(other.to_ical()).seen
