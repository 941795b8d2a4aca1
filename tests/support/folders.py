"""A small project folder in which everything is right, and ways to make one thing in it wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ecocsme.notes import store
from ecocsme.notes.importing import import_sheets
from ecocsme.project.folder import Folder
from ecocsme.themes import decisions

EVENT, EARLIER, PLAN = "events/lab-2/event.yaml", "events/lab-1/event.yaml", "plans/oras.yaml"
NOTE = "lab-2/q1/t1/r0/1"

_FILES = {
    "project.yaml": """\
code: X-1
acronym: ORAȘ
title: {ro: "Orașul creativ", en: "The creative city"}
programme: plain
languages: [ro, en]
timezone: Europe/Bucharest
sectors: {business: {ro: "mediul de afaceri", en: "business"}}
partners:
- {id: oras, name: "Orașul", role: self}
- {id: vecini, name: "Vecinii"}
""",
    "themes.yaml": """\
themes:
- {id: spaces, name: {ro: "Spații", en: "Spaces"}}
- {id: rents, name: {ro: "Chirii", en: "Rents"}, parent: spaces}
""",
    "practices.yaml": """\
practices:
- {id: joc, title: "Jocul lansării", partner: vecini}
""",
    EARLIER: """\
id: lab-1
title: {ro: "Primul atelier", en: "First lab"}
date: 2020-10-08
""",
    EVENT: """\
id: lab-2
title: {ro: "Al doilea atelier", en: "Second lab"}
date: 2020-10-20
start: 11:00
end: 13:00
method: world-cafe
previous: lab-1
practices: [joc]
tables: [{id: t1, questions: [q1]}, {id: t2}]
participants: {expected: 8, sectors: {business: 8}}
agenda:
- {start: 11:00, end: 11:30, title: {ro: "Deschidere", en: "Opening"}}
- {minutes: 60, title: {ro: "Mesele", en: "Tables"}}
- {minutes: 30, title: {ro: "Închidere", en: "Close"}}
questions:
- {id: q1, ro: "De ce este nevoie?", en: "What is needed?"}
- {id: q2, ro: "Cine ajută?", en: "Who helps?"}
measures: {ro: "Ne vedem marți, 20 octombrie 2020.", en: "See you on Tuesday 20 October."}
""",
    PLAN: f"""\
id: oras
title: {{ro: "Plan de acțiune", en: "Action plan"}}
language: ro
programme: plain
not_taken_up:
- theme: rents
  reason: "Nu ține de noi."
actions:
- id: A1
  title: "Ateliere în spații goale"
  owner: "Orașul"
  evidence: [theme:spaces, practice:joc, note:{NOTE}]
  quotes:
  - note: {NOTE}
    text: "Spații ieftine în centru"
""",
}
_SHEET = """\
Masa,De ce este nevoie?,Cine ajută?
1,Spații ieftine în centru; măcar 3 luni,Primăria
2,-,Vecinii
"""


def good(root: Path) -> Folder:
    """Write a folder in which every check finds nothing: two events, notes, themes, a decision, a plan."""
    for name, text in _FILES.items():
        write(root, name, text)
    write(root.parent, "raspunsuri.csv", _SHEET)
    folder = Folder(root)
    import_sheets(folder, "lab-2", [root.parent / "raspunsuri.csv"])
    note = next(note for note in store.load(folder).notes if note.id == NOTE)
    decisions.append(folder, decisions.new(note, "assign", theme="spaces", who="Ana", why="", when=date(2020, 10, 21)))
    return folder


def write(root: Path, name: str, text: str) -> None:
    """Write a file as a person's editor does."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def change(root: Path, name: str, old: str, new: str) -> int:
    """Change one place of a file; return the line of the change."""
    text = (root / name).read_bytes().decode()
    assert text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times"
    write(root, name, text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1
