"""The papers about the time and the things of a day: agenda on one page, run sheets, packing list, invitation."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import EXAMPLE, Run
from ecocsme.documents import kit
from ecocsme.project.folder import Folder
from support.papers import PAPERS, rows, text, word
from support.printing import printed
from support.reading import blemishes, empty_headings

EVENT = "tm-lll4-r1"
PROJECT = """\
acronym: "P"
title: "T"
languages: [ro, en]
contacts:
- {name: "Presa", role: {ro: "contact pentru presă", en: "press enquiries"}, email: presa@example.org}
- {name: "Echipa", role: {ro: "înscrieri la ateliere", en: "registration"}, email: echipa@example.org, phone: "0256 100"}
- {name: "Direcția", email: directia@example.org}
"""
HEAD = """\
id: lab
title: {ro: "Atelier", en: "Lab"}
date: 2026-11-20
venue: "Sala Mică"
"""
CAFE = f"""\
{HEAD}start: 17:00
end: 19:15
facilitator: {{name: "Ana Pop"}}
method: world-cafe
tables:
- {{id: t1, host: "Ștefan Țîrlea", questions: [q1]}}
- {{id: t2, questions: [q2]}}
participants: {{expected: 10}}
questions:
- {{id: q1, ro: "Ce lipsește?", en: "What is missing?"}}
- {{id: q2, ro: "Cine ajută?", en: "Who helps?"}}
"""
DAY = f"""\
{HEAD}start: 09:00
end: 12:00
agenda:
- {{minutes: 30-40, title: {{ro: "Deschidere", en: "Opening"}}, lead: "Ana Pop și Ion Ionescu"}}
- {{minutes: 0-10, title: {{ro: "Rezervă", en: "Buffer"}}}}
- {{minutes: 80, title: {{ro: "Prezentare", en: "Talk"}}, lead: {{ro: "Ion Ionescu, câte 5 minute", en: "Ion Ionescu, 5 minutes each"}}}}
- {{start: 11:00, minutes: 60, title: {{ro: "Masa de prânz", en: "Lunch"}}}}
"""


def made(root: Path, event: str, project: str = PROJECT) -> Folder:
    """A project with one event."""
    (root / "events" / "lab").mkdir(parents=True)
    (root / "project.yaml").write_text(project, "utf-8")
    (root / "events" / "lab" / "event.yaml").write_text(event, "utf-8")
    return Folder(root.resolve())


def why_left_out(folder: Folder, kind: str) -> str:
    """Why a part of the kit is left out; nothing where it is built."""
    return kit.asked(folder, "lab").left_out.get(kind, "")


@pytest.mark.parametrize("kind", PAPERS)
@pytest.mark.parametrize("lang", ["ro", "en"])
def test_a_paper_reads_well(golden: Callable[[Path, str], None], kind: str, lang: str) -> None:
    """The paper of the example is the golden one, without a doubled sign, an empty heading or a word of Python."""
    said = text(Folder(EXAMPLE), kind, lang, EVENT)
    assert blemishes(said) == []
    assert empty_headings(said) == []
    golden(Path(__file__).with_name("shipped") / f"{kind}.{lang}.md", said)


@pytest.mark.parametrize("kind", PAPERS)
@pytest.mark.parametrize("event", [CAFE, DAY], ids=["café", "day"])
def test_a_paper_of_another_event_reads_well(tmp_path: Path, kind: str, event: str) -> None:
    """Whether a method or blocks of its own, with tables or without: nothing is empty, and both languages have their own quotes."""
    folder = made(tmp_path, event)
    romanian, english = text(folder, kind), text(folder, kind, "en")
    assert blemishes(romanian) == blemishes(english) == []
    assert empty_headings(romanian) == empty_headings(english) == []
    assert romanian.count("„") == romanian.count("”")
    assert not set('"“ŞşŢţ') & set(romanian)
    assert not set('"„') & set(english)


def test_the_agenda_names_breaks_and_free_time(tmp_path: Path) -> None:
    """A break is known by its title and marked, a buffer has its time, and a time without a plan is a row without a title."""
    folder = made(tmp_path, DAY.replace('minutes: 80, title: {ro: "Prezentare"', 'minutes: 30, title: {ro: "Prezentare"'))
    said = text(folder, "one-page-agenda")
    assert [row[:2] for row in rows(said)[1:]] == [
        ["09:00–09:40", "Deschidere"],
        ["09:40–09:50", "Rezervă"],
        ["09:50–10:20", "Prezentare"],
        ["10:20–11:00", ""],
        ["11:00–12:00", "Masa de prânz"],
    ]


def test_what_is_called_like_a_break_is_none() -> None:
    """Only a whole word at the beginning or the end of a title makes a break of a block."""
    from ecocsme.documents.day_shown import Forms
    from ecocsme.language import words as words_file
    from ecocsme.language.texts import Texts

    shelves = Folder(EXAMPLE).shelves
    forms = Forms([words_file.load(shelves, lang) for lang in ("ro", "en")])
    for title in ("Pauză", "Pauză de cafea", "O scurtă pauză", "Coffee break", "Lunch", "Prânz"):
        assert forms.named("breaks", Texts({"": title})), title
    for title in ("Breakout groups", "Breakfast talk", "Ice-breaker", "Fără pauză în program", "Discuție"):
        assert not forms.named("breaks", Texts({"": title})), title


def test_too_many_blocks_for_a_page_are_said(tmp_path: Path, run: Run) -> None:
    """An agenda that cannot fit on one page is left out with its reason, and refused where it was asked for."""
    blocks = "".join(f'- {{minutes: 5, title: "Activitatea {number}, cu un titlu de câteva cuvinte"}}\n' for number in range(40))
    folder = made(tmp_path, f"{HEAD}start: 09:00\nagenda:\n{blocks}")
    assert why_left_out(folder, "one-page-agenda").startswith("its 40 blocks do not fit on one page; ")
    done = run("build-kit", "lab", "--only", "one-page-agenda", cwd=tmp_path)
    assert done.code == 1
    assert "one-page-agenda: its 40 blocks do not fit on one page; join blocks" in done.said


def days() -> dict[str, str]:
    """Days of 4 to 20 blocks: even and uneven ones, with short and with long titles, with and without leads."""
    found = {}
    for count in (4, 7, 11, 16, 20):
        for style, title, lead in (
            ("short", "Bloc {n}", ""),
            ("long", "Prezentarea numărul {n} despre cultura și orașul nostru de mâine", "Ana Maria Pop"),
        ):
            blocks = [
                f'- {{minutes: {(5, 60, 15, 20)[n % 4]}, title: "{title.format(n=n)}"{f", lead: {lead}" if lead else ""}}}'
                for n in range(count)
            ]
            found[f"{style}-{count}"] = f"{HEAD}start: 08:00\nagenda:\n" + "\n".join(blocks) + "\n"
    return found


@pytest.mark.slow
def test_the_agenda_is_one_page(tmp_path: Path) -> None:
    """From four to twenty blocks the agenda fills one page, in each language, and every title is on it."""
    names = days()
    folders = {name: made(tmp_path / name, event, EXAMPLE.joinpath("project.yaml").read_text("utf-8")) for name, event in names.items()}
    assert {name for name, folder in folders.items() if why_left_out(folder, "one-page-agenda")} == {"long-20"}
    del folders["long-20"]
    files = {f"{name}-{lang}": word(folder, "one-page-agenda", lang) for name, folder in folders.items() for lang in ("ro", "en")}
    files |= {f"example-{lang}": word(Folder(EXAMPLE), "one-page-agenda", lang, EVENT) for lang in ("ro", "en")}
    for name, pages in printed(tmp_path, files).items():
        assert len(pages) == 1, name
        assert max(one.bottom for one in pages[0].body()) > 0.8 * pages[0].height, name  # the day fills the page
        assert pages[0].beyond() == [], name


def test_the_run_sheet_says_what_a_late_start_costs(tmp_path: Path) -> None:
    """Ranges are printed; what they make up is a column of new times, what they cannot is a row to be decided."""
    cells = rows(text(made(tmp_path, DAY), "run-sheet", "en"))
    assert ["09:00–09:35<br>35 min<br>(30–40)", "**Opening**<br>Led by: Ana Pop și Ion Ionescu", ""] in cells
    assert ["Activity", "Planned", "10 minutes late"] in cells
    assert ["Opening", "09:00–09:35", "09:10–09:40<br>5 min less"] in cells
    assert ["Buffer", "09:35–09:40", "**left out**"] in cells
    assert ["20 minutes late", "11:00, Lunch", ""] in cells
    assert ["30 minutes late", "11:00, Lunch", ""] in cells


def test_each_table_has_its_questions_on_the_run_sheet(tmp_path: Path) -> None:
    """Where tables have questions of their own, the run sheet says which; roles and outputs are those of the method."""
    said = text(made(tmp_path, CAFE), "run-sheet", "en")
    assert "- Table 1: no. 1\n- Table 2: no. 2" in said
    assert "- the hosts: stay at their table, write down, report at the end" in said
    assert "- Echipa, registration, 0256 100, echipa@example.org" in said


def test_everybody_who_leads_has_a_page(tmp_path: Path) -> None:
    """Two people who lead together have a page each; what follows a comma and is no name is nobody."""
    said = text(made(tmp_path, DAY), "personal-run-sheets")
    assert re.findall(r"^# (.*)$", said, re.MULTILINE) == ["Ana Pop", "Ion Ionescu"]
    first, second = said.split("\n# ")
    assert [row[1].split("<br>")[0] for row in rows(first)[1:]] == ["**Deschidere**"]
    assert [row[1].split("<br>")[0] for row in rows(second)[1:]] == ["**Deschidere**", "**Prezentare**"]


def test_facilitator_and_named_hosts_have_pages(tmp_path: Path) -> None:
    """The facilitator leads what nobody else does; a host has the rounds, what lies on one table, and its questions."""
    said = text(made(tmp_path, CAFE), "personal-run-sheets")
    facilitator, host = said.split("\n# ")
    assert facilitator.startswith("# Ana Pop\n\nDesfășurător personal · facilitator\n")
    assert host.startswith("Ștefan Țîrlea\n\nDesfășurător personal · Masa 1\n")
    assert [row[1].split("<br>")[0] for row in rows(host)[1:]] == [f"**Runda {number} la mese**" for number in (1, 2, 3)]
    assert "De avut la îndemână: fișe de răspunsuri; foi de flipchart; carioci" in host
    assert "- Întrebarea 1: Ce lipsește?" in host
    assert "Cine ajută?" not in host


def test_the_packing_list_counts_by_people_and_tables(tmp_path: Path) -> None:
    """Answer sheets are tables times rounds, paper and pens lie on each table once, dots are counted by person."""
    event = CAFE.replace(
        'tables:\n- {id: t1, host: "Ștefan Țîrlea", questions: [q1]}\n- {id: t2, questions: [q2]}\n', "tables: 20\nrounds: 3\n"
    )
    event = event.replace("expected: 10", "expected: 120")
    said = text(made(tmp_path, event), "packing-list")
    cells = rows(said)
    assert "Cantitățile sunt socotite pentru: 120 de persoane, 20 de mese, 3 runde." in said
    assert ["☐", "60", "Fișă de răspunsuri", "câte un set de masă și de rundă"] in cells
    assert ["☐", "120", "Agendă", "câte un exemplar de persoană"] in cells
    assert ["☐", "2", "40", "foi de flipchart", "Runda 1–3 la mese"] in cells
    assert ["☐", "5", "100", "carioci", "Runda 1–3 la mese"] in cells
    assert ["☐", "3", "360", "buline autocolante", "Vot cu buline"] in cells
    assert not [row for row in cells if "fișe de răspunsuri" in row]
    assert "Invitație" not in said


def test_the_same_material_stands_once(tmp_path: Path) -> None:
    """A material that several blocks need is one line with all of them; a number said per person is counted for all."""
    materials = 'materials: [{ro: "Coli A4, 2 de persoană", en: "A4 paper, 2 per person"}, {ro: "video", en: "video"}]'
    blocks = "".join(f'- {{minutes: 10, title: "Partea {number}", {materials}}}\n' for number in (1, 2))
    folder = made(tmp_path, f"{HEAD}start: 09:00\nparticipants: {{expected: 7}}\nagenda:\n{blocks}")
    cells = rows(text(folder, "packing-list"))
    assert ["☐", "4", "28", "Coli A4, 2 de persoană", "Partea 1; Partea 2"] in cells
    assert ["☐", "", "video", "Partea 1; Partea 2"] in cells


def test_nobody_is_invented_in_an_invitation(tmp_path: Path) -> None:
    """The addressee is blank, the contact is the one for registration, never the press; without any, one replies."""
    said = text(made(tmp_path / "a", CAFE), "invitation")
    assert "Către: \\_\\_\\_" in said or "Către: ___" in said
    assert "Echipa; Telefon: 0256 100; E-mail: echipa@example.org" in said
    assert "presa@" not in said
    assert "Ana Pop" not in said
    bare = text(made(tmp_path / "b", CAFE, 'acronym: "P"\ntitle: "T"\nlanguages: [ro]\n'), "invitation")
    assert "Vă rugăm să răspundeți la această invitație" in bare


def test_an_invitation_to_an_online_event_needs_no_venue(tmp_path: Path) -> None:
    """Where people meet in a room its venue is asked for; online there is none."""
    room = CAFE.replace('venue: "Sala Mică"\n', "")
    assert why_left_out(made(tmp_path / "a", room), "invitation") == "`venue` is missing; write into the event file where it takes place"
    online = made(tmp_path / "b", f"{room}mode: online\n")
    assert why_left_out(online, "invitation") == ""
    assert "between" not in text(online, "invitation", "en")
    assert "from 17:00 to 19:15, online, as part of" in text(online, "invitation", "en")


def test_what_an_event_lacks_is_said(tmp_path: Path) -> None:
    """Without a start, or where nobody leads, the papers say what to write."""
    without_start = made(tmp_path / "a", f'{HEAD}agenda:\n- {{minutes: 10, title: "A"}}\n')
    assert why_left_out(without_start, "run-sheet") == "`start` is missing; write into the event file when lab begins"
    nobody = made(tmp_path / "b", f'{HEAD}start: 09:00\nagenda:\n- {{minutes: 10, title: "A"}}\n')
    assert why_left_out(nobody, "personal-run-sheets") == "nobody leads a block; write `lead` into the blocks of the agenda"
