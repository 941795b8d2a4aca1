"""The shipped templates: what they print reads as a person would write it, with much or with little data, and data stays data."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ecocsme.documents import building, context
from ecocsme.documents.building import Order
from ecocsme.documents.context import Subject
from ecocsme.notes import store
from ecocsme.notes.model import Note, sealed
from ecocsme.project.folder import Folder
from support import small_project, word_files
from support.reading import blemishes, empty_headings
from support.word_files import W, xml

EVENT = """\
id: lab-1
title: {ro: "Atelier", en: "Lab"}
topic: {ro: "Cultura", en: "Culture"}
lab: 4
lab_round: 2
date: 2020-10-20
start: 11:00
end: 13:45
venue: {name: "Sala Mică", address: {ro: "str. Lungă nr. 1", en: "1 Long Street"}, city: Timișoara}
facilitator: {name: "Ana Pop", role: {ro: "moderatoare", en: "facilitator"}, organisation: "Cowork"}
aims: [{ro: "o listă de idei", en: "a list of ideas"}, {ro: "un plan", en: "a plan"}]
previous: lab-0
method: world-cafe
tables: 6
rounds: 3
practices: [launch-game]
questions:
- {id: q1, ro: "Ce lipsește?", en: "What is missing?"}
- {id: q2, ro: "Cine ajută?", en: "Who helps?"}
measures: {ro: "Se poartă mască.", en: "Masks are worn."}
press:
  date: 2020-10-15
  headline: {ro: "Cultura la masă", en: "Culture at the table"}
  quotes: [{by: {ro: "Ana Pop", en: "Ana Pop"}, text: {ro: "Venim.", en: "We come."}}]
  contact: {name: {ro: "Biroul", en: "The office"}, phone: "+40 256 408 300", email: presa@example.org}
  embargo: 2020-10-16
"""
PROJECT = """\
code: PGI06047
acronym: P
title: {ro: "Titlul", en: "The title"}
description: {ro: "Despre proiect.", en: "About the project."}
aim: {ro: "orașe mai vii", en: "livelier cities"}
programme: interreg-europe-2014-2020
languages: [ro, en]
terms: {ECoC: {ro: CEaC, en: ECoC}}
partners:
- {id: l, name: "Universitatea", city: Joensuu, country: {ro: "Finlanda", en: "Finland"}, role: lead}
- {id: a, name: "A", city: Matera, country: {ro: "Italia", en: "Italy"}, capital: 2019}
- {id: b, name: "B", city: Leeuwarden, country: {ro: "Olanda", en: "Netherlands"}, capital: 2018}
- {id: c, name: "C", city: Kaunas, country: {ro: "Lituania", en: "Lithuania"}, capital: 2022}
- {id: t, name: {ro: "Municipiul", en: "The City"}, city: Timișoara, role: self}
organisation: {name: {ro: "Municipiul", en: "The City"}, address: "bd. Mare nr. 1"}
"""
PLAN = """\
id: tm
title: {ro: "Planul orașului", en: "The plan of the city"}
language: ro
programme: interreg-europe-2014-2020
instrument: {name: {ro: "Strategia", en: "The strategy"}, history: [{from: 2019-08, name: {ro: "Programul", en: "The programme"}}]}
status: [{date: 2021-07-01, is: submitted}]
summary: {en: "The plan in brief."}
not_taken_up: [{theme: parking, reason: {ro: "Nu ține de cultură.", en: "Not about culture."}}]
actions:
- id: A1
  title: {ro: "Hackathon", en: "Hackathon"}
  background: {ro: "Am învățat.", en: "We learnt."}
  activities: [{ro: "una", en: "one"}, {ro: "alta", en: "another"}]
  owner: {ro: "Municipiul", en: "The City"}
  partners: [{name: "Firma", role: {ro: "mentori", en: "mentors"}}, {name: "Alta"}]
  start: 2021-05
  due: 2021-08-25
  cost: "10.000 EUR"
  funding: [{source: {ro: "bugetul", en: "the budget"}, percent: 60}, {source: {ro: "altele", en: "others"}, amount: "4.000 EUR"}]
  indicator: {text: {ro: "echipe", en: "teams"}, target: 12}
  phase: preparation
  evidence: [theme:funding, note:lab-1/q1/t2/r1/1, practice:launch-game]
  quotes: [{note: lab-1/q1/t1/r1/1, text: "granturi mici", translation: {en: "small grants"}}]
- id: A2
  title: {ro: "Spații", en: "Spaces"}
  cost: "none"
"""
THEMES = 'themes: [{id: funding, name: {ro: "Bani", en: "Money"}}, {id: parking, name: {ro: "Parcare", en: "Parking"}}]\n'
PRACTICES = 'practices: [{id: launch-game, title: "Launch Game", city: Leeuwarden, summary: {ro: "Un joc.", en: "A game."}}]\n'
NOTES = (("q1", "1", "granturi mici,\nrepede", "ro"), ("q1", "2", "small grants", "en"), ("q2", "2", "școlile", "ro"))
KINDS = {"agenda": "lab-1", "press-release": "lab-1", "action-plan": "tm"}


@pytest.fixture
def full(tmp_path: Path) -> Folder:
    """A project with everything that a document can print."""
    folder = small_project.make(tmp_path)
    texts = {
        "project.yaml": PROJECT,
        "events/lab-1/event.yaml": EVENT,
        "plans/tm.yaml": PLAN,
        "themes.yaml": THEMES,
        "practices.yaml": PRACTICES,
    }
    texts["events/lab-0/event.yaml"] = EVENT.replace("lab-1", "lab-0").replace("previous: lab-0\n", "").replace("2020-10-20", "2020-10-08")
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    notes = [sealed(note) for note in made_notes()]
    folder.notes("lab-1").mkdir()
    (folder.notes("lab-1") / "masa.md.csv").write_bytes(store.serialise(notes))
    lines = [f'2020-11-01,Ana,assign,{note.id},funding,"",x\n' for note in notes if note.question == "q1"]
    (tmp_path / "decisions.csv").write_text("when,who,do,subject,target,why,text_sha256\n" + "".join(lines), "utf-8")
    return folder


def made_notes() -> list[Note]:
    """Three notes of two tables, one of them of two lines, one in English."""
    return [
        Note(
            f"lab-1/{q}/t{t}/r1/1",
            "lab-1",
            q,
            f"t{t}",
            "r1",
            "",
            text,
            lang,
            "yes",
            "current",
            "",
            "masa.md",
            "",
            f"line {row}, column B",
            "0" * 64,
        )
        for row, (q, t, text, lang) in enumerate(NOTES, 2)
    ]


def subject(folder: Folder, kind: str) -> Subject:
    """What a document of a kind is about."""
    return (context.of_plan if kind == "action-plan" else context.of_event)(folder, KINDS[kind])


def markdown(folder: Folder, kind: str, *languages: str) -> str:
    """A document as people read it."""
    order = Order(kind, languages or ("ro",), ("md",), together=len(languages) > 1)
    (data,) = building.rendered(folder, subject(folder, kind), order).values()
    return data.decode()


def word(folder: Folder, kind: str, *languages: str) -> bytes:
    """A document as Word file."""
    order = Order(kind, languages or ("ro",), ("docx",), together=len(languages) > 1)
    (data,) = building.rendered(folder, subject(folder, kind), order).values()
    return data


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("languages", [("ro",), ("en",), ("ro", "en")])
def test_a_document_reads_well(full: Folder, golden: Callable[[Path, str], None], kind: str, languages: tuple[str, ...]) -> None:
    """No dangling comma, doubled blank or blank line, no word of Python, and each text is the golden one."""
    text = markdown(full, kind, *languages)
    assert blemishes(text) == []
    golden(Path(__file__).with_name("shipped") / f"{kind}.{'-'.join(languages)}.md", text)


@pytest.mark.parametrize("kind", KINDS)
def test_romanian_quotes_are_romanian(full: Folder, kind: str) -> None:
    """In Romanian every quotation opens with „ and closes with ”; in English with “ and ”."""
    romanian, english = markdown(full, kind), markdown(full, kind, "en")
    assert romanian.count("„") == romanian.count("”")
    assert not set('"“ŞşŢţ') & set(romanian)
    assert english.count("“") == english.count("”")
    assert not set('"„') & set(english)


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_of_little_data_reads_well(tmp_path: Path, kind: str) -> None:
    """An event with a title, a date and a question, or a plan with one action, leaves no empty heading, label or bracket."""
    folder = small_project.make(tmp_path)
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "tm.yaml").write_text('id: tm\ntitle: "Plan"\nlanguage: ro\nactions: [{id: A1, title: "Una"}]\n', "utf-8")
    text = markdown(folder, kind)
    assert blemishes(text) == []
    assert empty_headings(text) == []


def test_a_partner_without_a_country_reads_well(full: Folder) -> None:
    """Where less is known about the partners, no bracket is left open and no comma stands alone."""
    path = full.root / "project.yaml"
    path.write_text(re.sub(r"country: \{[^}]*\}, ", "", path.read_text("utf-8")), "utf-8")
    text = markdown(full, "press-release")
    assert "Leeuwarden (CEaC 2018) și Matera (CEaC 2019)" in text
    assert blemishes(text) == []


def shape(data: bytes) -> list[str]:
    """The styles of all paragraphs and the number of cells of all rows."""
    document = xml(data)
    styles = [one.get(f"{W}val") for one in document.iter(f"{W}pStyle", f"{W}tblStyle")]
    return [*styles, *(str(len(row.findall(f"{W}tc"))) for row in document.iter(f"{W}tr"))]


ODD = "# x | y *z* [a](b) {{ 7*7 }}{% raw %} R&D <b> ::: {#a} `c` &amp; 1_000\\"


@pytest.mark.parametrize("kind", KINDS)
def test_signs_in_data_change_nothing(full: Folder, kind: str) -> None:
    """Texts full of the signs of Markdown, Jinja and our marks are printed as they are, in the same structure as plain ones."""
    usual = shape(word(full, kind))
    swapped = {
        "Atelier": ODD,
        "Cultura": f"- {ODD}",
        "Ce lipsește?": f"1. {ODD}",
        "Hackathon": ODD,
        "una": f"> {ODD}",
        "Municipiul": f"---{ODD}",
        "Bani": ODD,
    }
    for name in ("project.yaml", "events/lab-1/event.yaml", "plans/tm.yaml", "themes.yaml"):
        path = full.root / name
        text = path.read_text("utf-8")
        for old, new in swapped.items():
            text = re.sub(rf'"{re.escape(old)}"', lambda _, new=new: f"'{new}'", text)
        path.write_text(text, "utf-8")
    found = word(full, kind)
    assert shape(found) == usual
    said = "\n".join(word_files.paragraphs(found))
    assert ODD in said
    assert "49" not in said
    plain = re.sub(r"\\(?=[^\sa-z0-9])", "", markdown(full, kind))
    assert ODD.rstrip("\\") in plain


def test_the_notes_of_a_plan_are_linked_both_ways(full: Folder) -> None:
    """Every action leads to its notes and every note to its actions, in both languages of a bound plan."""
    document = xml(word(full, "action-plan", "ro", "en"))
    marks = [one.get(f"{W}name") for one in document.iter(f"{W}bookmarkStart")]
    leads = {one.get(f"{W}anchor") for one in document.iter(f"{W}hyperlink") if one.get(f"{W}anchor")}
    assert leads <= set(marks)
    assert {"note_1", "note_2", "action_A1", "note_1_1", "note_2_1", "action_A1_1"} <= leads
    assert len(marks) == len(set(marks))


def test_each_note_is_in_its_language(full: Folder) -> None:
    """An English answer in a Romanian plan is tagged as English, the summary too."""
    document = xml(word(full, "action-plan"))
    tagged = [word_files.text_of(run) for run in document.iter(f"{W}r") if run.find(f"{W}rPr/{W}lang") is not None]
    assert "small grants" in tagged
    assert "The plan in brief." in tagged
    assert not [text for text in tagged if "granturi" in text]


def test_a_plan_prints_a_note_as_typed(full: Folder) -> None:
    """The two lines of a note are two lines in the annex, and cited notes stand there once, in the order of their IDs."""
    rows = [[word_files.text_of(cell) for cell in row.findall(f"{W}tc")] for row in xml(word(full, "action-plan")).iter(f"{W}tr")]
    annex = [row for row in rows if len(row) == 4 and row[0].isdigit()]
    assert [(row[0], row[1], row[3]) for row in annex] == [("1", "granturi mici,\nrepede", "A1"), ("2", "small grants", "A1")]
    assert "masa 1, runda 1" in annex[0][2]
    assert "lab-1/q1/t1/r1/1" in annex[0][2]


def test_file_names_and_titles(full: Folder) -> None:
    """A document is named by kind, languages and format; its title is in the first of its languages."""
    order = Order("agenda", ("en", "ro"), ("md", "docx"), together=True)
    files: dict[str, Any] = dict(building.rendered(full, subject(full, "agenda"), order))
    assert list(files) == ["out/lab-1/agenda.en-ro.md", "out/lab-1/agenda.en-ro.docx"]
    core = word_files.parts(files["out/lab-1/agenda.en-ro.docx"])["docProps/core.xml"].decode()
    assert "<dc:title>Agenda: Lab</dc:title>" in core
    assert "<dc:language>en-GB</dc:language>" in core
    assert "<dc:creator>The City</dc:creator>" in core
    assert "2020-10-15T00:00:00Z" in core
