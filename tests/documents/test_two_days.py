"""An event of two days with two tracks, in Romanian and English: its agenda, its calendar file, and the days in other documents."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from conftest import REPOSITORY, Run
from ecocsme.documents import room_plan
from ecocsme.event import model, running
from ecocsme.event.model import Event
from ecocsme.files import archives
from ecocsme.files.models import from_text
from ecocsme.language import words as words_file
from ecocsme.project.folder import Folder
from support.papers import PAPERS, text, word
from support.printing import printed
from support.reading import blemishes, empty_headings
from support.written import LANGUAGES

SOURCE = Path(__file__).with_name("two-days")
FILE = Path("events/forum/event.yaml")
OUT = Path("out/forum")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project, to be changed at will."""
    return Path(shutil.copytree(SOURCE, tmp_path / "p", ignore=shutil.ignore_patterns("*.md")))


def entries(root: Path) -> list[icalendar.Event]:
    """The entries of the calendar file."""
    return list(icalendar.Calendar.from_ical((root / OUT / "agenda.ics").read_bytes()).events)


def change(root: Path, old: str, new: str) -> None:
    """Replace a text of the event file."""
    text = (root / FILE).read_text("utf-8")
    assert old in text
    (root / FILE).write_text(text.replace(old, new, 1), "utf-8")


def test_every_command_takes_an_event_of_several_days(folder: Path, run: Run) -> None:
    """Nothing is wrong with it, and each command that reads its agenda works on it."""
    checked = run("check", "--strict", cwd=folder)
    assert (checked.code, checked.out) == (0, "")
    for command in ("build-agenda", "build-release", "build-kit", "status", "plan-seating --people 16", "build", "late-start --day 2"):
        ended = run(*command.split(), cwd=folder)
        assert ended.code == 0, ended.said
    assert "up to date" in run("build", cwd=folder).said


def test_documents_have_a_part_for_each_day_and_a_column_for_each_track(
    folder: Path, run: Run, golden: Callable[[Path, str], None]
) -> None:
    """The agenda has a heading and a table for each day, and a table with a column for each track; the release says both days."""
    assert run("build-agenda", "--format", "md", cwd=folder).code == 0
    assert run("build-release", "--format", "md", cwd=folder).code == 0
    for kind in ("agenda", "press-release"):
        for lang in ("ro", "en"):
            built = (folder / OUT / f"{kind}.{lang}.md").read_text("utf-8")
            golden(SOURCE / f"{kind}.{lang}.md", built)


@pytest.mark.parametrize("kind", PAPERS)
@pytest.mark.parametrize("lang", ["ro", "en"])
def test_papers_of_the_day_are_papers_of_each_day(golden: Callable[[Path, str], None], kind: str, lang: str) -> None:
    """Each day has its part, and each block of a track says which; nothing is empty, doubled or a word of Python."""
    said = text(Folder(SOURCE), kind, lang, "forum")
    assert blemishes(said) == []
    assert empty_headings(said) == []
    golden(SOURCE / f"{kind}.{lang}.md", said)


def test_the_hosts_of_tables_and_the_order_of_a_person_follow_the_days(folder: Path) -> None:
    """A host who also leads a block of the second day has it after the rounds of the first."""
    change(folder, "tables: 4", "tables:\n- {id: t1, host: Ioana Marin}\n- {id: t2}")
    host = text(Folder(folder), "personal-run-sheets", "en", "forum").split("\n# Ioana Marin\n")[1]
    assert re.findall(r"(?:## (Day \d)|\*\*(.*?)\*\*)", host) == [
        ("Day 1", ""),
        *(("", title) for title in ("Who does not come, and why", "Shows in the neighbourhoods")),
        *(("", f"Round {number} at the tables") for number in (1, 2)),
        ("Day 2", ""),
        ("", "Work plan: audiences"),
    ]
    assert "Led by" not in host


def test_what_cannot_be_made_up_is_said_of_its_day_and_track(folder: Path) -> None:
    """A block of a track is named with it, and of several days it is the end of the day that is missed."""
    change(folder, "minutes: 30-60", "minutes: 60")
    change(folder, "minutes: 45-60", "minutes: 60")
    change(folder, 'minutes: 60-90\n- title: {ro: "Plan de lucru: publicuri"', 'minutes: 90\n- title: {ro: "Plan de lucru: publicuri"')
    change(folder, 'minutes: 15-30\n- title: {ro: "Plan', 'minutes: 30\n- title: {ro: "Plan')
    change(folder, "minutes: 15-30", "minutes: 30")
    first, second = text(Folder(folder), "run-sheet", "en", "forum").split("## If we begin late")[1].split("### Day 2")
    assert "| 10 minutes late | 12:30, Lunch |  |" in first
    assert "| 10 minutes late | the end of the day |  |" in second


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_of_one_day_with_tracks_says_no_number_of_a_day(folder: Path, kind: str) -> None:
    """Of a single day there is no number to be said, and a day without blocks has no part."""
    read = (folder / FILE).read_text("utf-8")
    one = re.sub(r'(?ms)^- title: \{ro: "Cafea de dim.*?^questions', "questions", read)
    (folder / FILE).write_text(one, "utf-8")
    with_empty_day = text(Folder(folder), kind, "ro", "forum")
    assert "Ziua 2" not in with_empty_day
    (folder / FILE).write_text(re.sub(r"(?ms)^days:.*?^venue", "date: 2026-11-20\nstart: 09:45\nend: 16:00\nvenue", one), "utf-8")
    said = text(Folder(folder), kind, "ro", "forum")
    assert "Ziua" not in said
    assert "vineri, 20 noiembrie 2026" in said
    assert blemishes(said) == blemishes(with_empty_day) == []
    if kind != "packing-list":
        assert "Finanțare" in said


def many_blocks(root: Path, many: int) -> None:
    """Fill both tracks of the second day with blocks."""
    blocks = "".join(
        f"- {{title: {{ro: Discuția {number}, en: Talk {number}}}, track: {track}, minutes: 4-5}}\n"
        for track in ("bani", "public")
        for number in range(many)
    )
    change(root, '- title: {ro: "Concluzii"', f'{blocks}- title: {{ro: "Concluzii"')
    change(root, "end: 12:30", "end: 16:00")


def test_blocks_of_tracks_for_which_a_page_has_no_room_are_left_to_the_agenda(folder: Path, run: Run) -> None:
    """Their tracks are still named with their rooms; a day that does not fit even so is named."""
    many_blocks(folder, 20)
    said = text(Folder(folder), "one-page-agenda", "en", "forum").split("Day 2")
    assert "11:30–12:30 The budget of a small festival" in said[0]
    assert "| **Funding** · Main hall · Dan Rusu<br>**New audiences** · Library, first floor · Ioana Marin |" not in said[0]
    assert "<br>**New audiences** · Library, first floor" in said[1]
    assert "Talk" not in said[1]
    more = "".join(f"- {{title: Partea {number}, minutes: 4-5}}\n" for number in range(40))
    change(folder, "questions:\n", f"{more}questions:\n")
    done = run("build-kit", "--only", "one-page-agenda", cwd=folder)
    assert "one-page-agenda: its 84 blocks of day 2 do not fit on one page; join blocks" in done.said


@pytest.mark.slow
def test_each_day_is_one_page(folder: Path, tmp_path: Path) -> None:
    """In each language each day fills a page of its own, with the blocks of its tracks or without, and nothing reaches into the margins."""
    files = {f"two-{lang}": word(Folder(folder), "one-page-agenda", lang, "forum") for lang in ("ro", "en")}
    for many in (8, 20):
        root = Path(shutil.copytree(SOURCE, tmp_path / str(many), ignore=shutil.ignore_patterns("*.md")))
        many_blocks(root, many)
        files |= {f"{many}-{lang}": word(Folder(root), "one-page-agenda", lang, "forum") for lang in ("ro", "en")}
    for name, pages in printed(tmp_path, files).items():
        assert len(pages) == 2, name
        for page in pages:
            assert max(one.bottom for one in page.body()) > 0.65 * page.height, name
            assert page.beyond() == [], name


def test_more_tracks_than_a_page_is_wide_stand_in_several_tables(folder: Path, run: Run) -> None:
    """Six tracks are two tables of three columns."""
    names = [f"t{number}" for number in range(6)]
    change(folder, "tracks:\n", "tracks:\n" + "".join(f"- {{id: {name}, ro: Tema {name}, en: Topic {name}}}\n" for name in names))
    blocks = "".join(f"- {{title: {{ro: Discuția {name}, en: Talk {name}}}, track: {name}, minutes: 45-60}}\n" for name in names)
    change(folder, "questions:\n", f"{blocks}questions:\n")
    change(folder, "end: 12:30", "end: 13:30")
    assert run("build-agenda", "--format", "md", "--language", "en", cwd=folder).code == 0
    built = (folder / OUT / "agenda.en.md").read_text("utf-8")
    heads = re.findall(r"^\| Time \| (Topic.*) \|$", built, re.MULTILINE)
    assert heads == ["Topic t0 | Topic t1 | Topic t2", "Topic t3 | Topic t4 | Topic t5"]


def test_the_calendar_has_an_entry_for_each_day(folder: Path, run: Run) -> None:
    """Each has its own UID and the blocks of its day, the first that of the event; a change raises the SEQUENCE of both."""
    assert run("build-agenda", cwd=folder).code == 0
    first, second = entries(folder)
    zone = ZoneInfo("Europe/Bucharest")
    assert (first.uid, second.uid) == ("forum@x-1", "forum.2@x-1")
    assert (first["SUMMARY"], second["SUMMARY"]) == ("Forumul creativ · 1/2", "Forumul creativ · 2/2")
    assert (datetime(2026, 11, 20, 9, 45, tzinfo=zone), datetime(2026, 11, 20, 16, tzinfo=zone)) == (first.DTSTART, first.DTEND)
    assert (datetime(2026, 11, 21, 9, 30, tzinfo=zone), datetime(2026, 11, 21, 12, 30, tzinfo=zone)) == (second.DTSTART, second.DTEND)
    assert "10:45–11:30 Finanțare, Sala mare: Ce granturi există (Dan Rusu)\n" in first["DESCRIPTION"]
    assert "Concluzii" not in first["DESCRIPTION"]
    assert "11:30–12:30 Concluzii (Ana Pop)" in second["DESCRIPTION"]
    change(folder, 'ro: "Concluzii"', 'ro: "Încheiere"')
    assert run("build-agenda", cwd=folder).code == 0
    assert [entry["SEQUENCE"] for entry in entries(folder)] == [1, 1]


def test_an_event_that_gets_a_second_day_keeps_its_entry(folder: Path, run: Run) -> None:
    """The UID of an event of one day is that of its first day when it has several."""
    text = (folder / FILE).read_text("utf-8")
    head = re.sub(r"(?ms)^days:.*?^venue", "date: 2026-11-20\nstart: 09:45\nend: 16:00\nvenue", text)
    (folder / FILE).write_text(re.sub(r'(?ms)^- title: \{ro: "Cafea de dim.*?^questions', "questions", head), "utf-8")
    assert run("build-agenda", cwd=folder).code == 0
    (one,) = entries(folder)
    (folder / FILE).write_text(text, "utf-8")
    assert run("build-agenda", cwd=folder).code == 0
    assert [(entry.uid, entry["SEQUENCE"]) for entry in entries(folder)] == [(one.uid, 1), ("forum.2@x-1", 1)]
    assert one["SUMMARY"] == "Forumul creativ"


def test_a_release_looks_back_on_several_days(folder: Path, run: Run) -> None:
    """Of an earlier event of several days it says all of them."""
    more = "id: next\ntitle: {ro: Urmează, en: Next}\ndate: 2026-12-04\nprevious: forum\npress: {date: 2026-12-01}\n"
    (folder / "events/next").mkdir()
    (folder / "events/next/event.yaml").write_text(more, "utf-8")
    assert run("build-release", "next", "--format", "md", cwd=folder).code == 0
    romanian, english = ((folder / f"out/next/press-release.{lang}.md").read_text("utf-8") for lang in ("ro", "en"))
    assert "a organizat în zilele de 20–21 noiembrie 2026, la Casa Artelor, Lunca, evenimentul „Forumul creativ”." in romanian
    assert "On 20–21 November 2026, project partner the City of Lunca held the event “Creative Forum” at" in english


def test_other_papers_say_all_days(folder: Path, run: Run) -> None:
    """The seating plan and the answer sheets are dated with the span; an event is held when its last day is over."""
    assert run("plan-seating", "--people", "16", cwd=folder).code == 0
    assert run("build-kit", cwd=folder).code + run("build-kit", "--only", "seating-plan", cwd=folder).code == 0
    assert "20–21 noiembrie 2026" in (folder / OUT / "seating-plan.ro.md").read_text("utf-8")
    sheet = archives.members((folder / OUT / "answer-sheet-t1.ro-en.docx").read_bytes(), "sheet.docx")["word/document.xml"].decode()
    assert "20–21 noiembrie 2026" in sheet
    stages = [run("status", "--today", day, cwd=folder).out for day in ("2026-11-21", "2026-11-22")]
    assert ["planned" in stages[0], "held" in stages[1]] == [True, True]


def test_a_late_start_shows_the_day_that_is_asked_for(folder: Path, run: Run) -> None:
    """The first day unless another one is named; the title says which."""
    first, second = run("late-start", cwd=folder), run("late-start", "--day", "2", "--by", "10", cwd=folder)
    assert "forum, day 1: a late start" in first.out
    assert "Concluzii" not in first.out
    assert "forum, day 2: a late start" in second.out
    assert "bani: Plan de lucru: finanțare" in second.out
    assert "Prânz" not in second.out


def test_the_example_of_the_guide_is_an_event() -> None:
    """What the guide shows of days and tracks is read, fills its days, and begins as the guide says."""
    page = (REPOSITORY / "docs/guide/2-first-event.md").read_text("utf-8")
    (shown,) = re.findall(r"(?s)```yaml\n(days:.*?)```", page)
    event = from_text(f"id: a\ntitle: x\n{shown}", "f.yaml", Event, LANGUAGES).value
    table = running.run(Folder(SOURCE), event, "Europe/Bucharest")
    assert (table.clashes, table.gaps) == ((), ())
    assert {str(slot.start) for slot in table.slots if slot.track} == {"16:30", "17:15"}


def test_a_day_that_was_changed_by_hand_leads_to_its_line(folder: Path, run: Run) -> None:
    """The date of a day stands under `days`, and the date of the event, which follows from it, is not named."""
    assert run("build-agenda", "--format", "md", "--language", "ro", cwd=folder).code == 0
    built = folder / OUT / "agenda.ro.md"
    built.write_text(built.read_text("utf-8").replace("vineri, 20 noiembrie", "joi, 19 noiembrie"), "utf-8")
    said = run("build-agenda", "--format", "md", "--language", "ro", cwd=folder).said
    assert f"{FILE.as_posix()}:5: days[1].date: warning: changed by hand: " in said
    assert f"{FILE.as_posix()}: date: " not in said


def test_the_screen_in_the_room_goes_through_both_days(folder: Path, run: Run) -> None:
    """Each part has the moments of its day; tracks side by side are one part with the titles of all."""
    here = Folder(folder)
    event = model.load(here, "forum").value
    found = room_plan.parts(here, event, "Europe/Bucharest", [words_file.load(here.shelves, "en")])
    zone = ZoneInfo("Europe/Bucharest")
    days = [datetime.fromtimestamp(part.opens, zone).date() for part in found]
    assert (days, sorted(set(days))) == (sorted(days), sorted(event.dates))
    assert all(before.closes <= after.opens for before, after in pairwise(found))
    titles = [track.title.said("en")[0] for track in event.tracks]
    assert " · ".join(titles) in [part.slot.title.said("en")[0] for part in found]
    assert run("build-kit", "--only", "room-screen", cwd=folder).code == 0
    assert str(event.dates[-1].day) in (folder / OUT / "room-screen.html").read_text("utf-8")
