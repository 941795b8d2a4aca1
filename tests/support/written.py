"""For each kind of YAML file one text that uses every key there is, and the model that reads it."""

from __future__ import annotations

from ecocsme.event.methods import Method
from ecocsme.event.model import Event
from ecocsme.files.models import Written
from ecocsme.notes.mapping import Mappings
from ecocsme.notes.profiles import Profile
from ecocsme.plan.model import Plan
from ecocsme.project.model import Project
from ecocsme.project.practices import Practices
from ecocsme.project.programmes import Programme
from ecocsme.themes.model import Codebook

LANGUAGES = frozenset({"ro", "en"})

EVENT = """\
id: lab-1
title: {ro: "Atelier", en: "Lab"}
topic: "Cultură"
lab: 4
lab_round: 1
date: 2020-10-20
start: 11:00
end: 13:00
days: [{date: 2020-10-20, start: 11:00, end: 13:00}, {date: 2020-10-21}]
timezone: Europe/Bucharest
mode: hybrid
replies_by: 2020-10-30
replies_to: {name: "Birou", role: "secretariat", organisation: "Primăria", phone: +40256408300, email: lab@example.org}
venue: {name: "Sala", address: {ro: "str. X", en: "X Street"}, city: Timișoara}
languages: [ro, en]
facilitator: {name: "Ana Pop", role: {ro: "moderatoare", en: "facilitator"}, organisation: "Cowork"}
aims: [{ro: "a", en: "b"}, "c"]
previous: lab-0
method: world-cafe
tables: [{id: t1, host: "Ion", questions: [q1]}, {id: t2}]
rounds: 3
participants: {expected: 24, sectors: {business: 8, culture: 0}}
practices: [launch-game]
guests: ["Leeuwarden"]
agenda:
- {start: 11:00, end: 11:15, title: {ro: "Deschidere", en: "Opening"}}
- {minutes: 15-25, title: "Runda 1", lead: "gazdele", materials: ["foi", {ro: "carioci", en: "pens"}]}
- {method: w3, minutes: 40}
- {day: 2, track: a, minutes: 30, title: "Discuție"}
tracks: [{id: a, title: {ro: "Sala mică", en: "Small room"}, room: "12", lead: "Ion"}]
questions:
- {id: q1, ro: "Ce lipsește?", en: "What is missing?"}
- {id: q2, text: "Cine?"}
measures: "Masca se poartă."
press:
  date: 2020-10-15
  headline: {ro: "Știre", en: "News"}
  quotes: [{by: "Ana Pop", text: "Venim."}]
  contact: {name: "Birou", role: "presă", organisation: "Primăria", phone: +40256408300, email: presa@example.org}
  embargo: 2020-10-16
"""

PROJECT = """\
code: PGI06047
acronym: ECoC-SME
title: {ro: "Acțiuni", en: "Actions"}
description: "..."
aim: "..."
programme: interreg-europe-2014-2020
start: 2019-08-01
end: 31.07.2022
languages: [ro, en]
timezone: Europe/Bucharest
sectors: {business: {ro: "afaceri", en: "business"}, culture: "cultură"}
terms: {ECoC: {ro: CEaC, en: ECoC}}
partners:
- {id: tm, name: "Timișoara", city: Timișoara, country: {ro: "România", en: "Romania"}, role: self, capital: {year: 2023, was: 2021}}
- {id: lw, name: "Leeuwarden", capital: 2018}
organisation: {name: "Primăria", role: "partener", address: "bd. X", phone: 0256408300, email: a@example.org, logo: logo.png}
contacts:
- {name: "Birou", role: "presă", organisation: "Primăria", phone: 0256408300, email: presa@example.org}
"""

PLAN = """\
id: tm
title: {ro: "Plan", en: "Plan"}
language: ro
programme: plain
instrument:
  name: "Strategie"
  kind: "altul"
  history: [{from: 2019-08, name: "Program", reason: "început"}]
status: [{date: 2021-03-01, is: draft}]
summary: {en: "Summary"}
not_taken_up: [{theme: parking, reason: "nu"}]
actions:
- id: A1
  title: "Fond"
  background: "De ce"
  activities: ["una", {ro: "două", en: "two"}]
  owner: NO
  partners: [{name: "Cowork", role: "gazdă"}]
  start: 2021-01
  due: 31.03.2021
  cost: 10_000
  funding: [{source: "buget", percent: 85}, {source: "sponsor", amount: 5.000}]
  indicator: {text: "firme", target: 12}
  phase: title-year
  evidence: [theme:funding, note:lab-1/q1/t1/r1/1, practice:launch-game]
  quotes: [{note: lab-1/q1/t1/r1/1, text: "bani", translation: {en: "money"}}]
  status: started
"""

THEMES = """\
themes:
- {id: funding, name: {ro: "Bani", en: "Money"}, definition: "...", keywords: [bani], include: "...", exclude: "...", parent: skills}
- {id: skills, name: "Competențe"}
"""

PRACTICES = """\
practices:
- {id: launch-game, title: "Launch Game", city: Leeuwarden, partner: lw, summary: {ro: "...", en: "..."}, link: "https://example.org"}
"""

MAPPING = """\
layouts:
- headers: ["Marcaj de timp", "Ce lipsește?", "", "Masa", "Runda", "Nr.", "Limba", "Cod", "Întrebare", "Răspuns"]
  header_rows: 1
  tab: "Răspunsuri"
  encoding: cp1250
  delimiter: ";"
  questions: {q1: [B], q2: [C]}
  table: [D]
  round: [E]
  respondent: [F]
  language: [G]
  question: [I]
  answer: [J]
  votes: [K]
  left_out: [A, H]
"""

METHOD = """\
name: {ro: "world café", en: "world café"}
people: 12-100
seats: 4
rounds: 3
roles: ["gazdele"]
steps:
- {minutes: 5, part: frame, title: "Deschidere"}
- {minutes: 15-25, per: round, move: 3, moving: "Gazda rămâne.", title: {ro: "Runda {n}", en: "Round {n}"}, materials: ["foi"]}
- {minutes: 4, per: table, title: "Gazdele", lead: "gazdele", materials: [{ro: "foi", en: "sheets", per: table, count: 5}]}
outputs: [{ro: "idei", en: "ideas"}]
"""

PROGRAMME = """\
name: "Interreg"
emblem: eu
emblem_line: {ro: "Uniunea Europeană", en: "European Union"}
statement: "Proiectul {project}"
disclaimer: "..."
code_pattern: "PGI[0-9]{5}"
code_example: PGI06047
english_summary: required
labels: {cost: {ro: "Costuri", en: "Costs"}}
"""

PROFILE = """\
title: "Formulare"
marks: [["Ora", "Adresa"]]
header_rows: 2
continued: ["Response"]
respondent: ["Număr"]
language: ["Limba"]
metadata: ["Ora", "Adresa*"]
"""

FULL: dict[type[Written], str] = {
    Event: EVENT,
    Project: PROJECT,
    Plan: PLAN,
    Codebook: THEMES,
    Practices: PRACTICES,
    Mappings: MAPPING,
    Method: METHOD,
    Programme: PROGRAMME,
    Profile: PROFILE,
}
