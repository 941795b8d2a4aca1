"""The screen in the room: one page that works offline, from a USB stick, with a clock, the questions, and the way to the next table."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from ecocsme.documents import room_plan
from ecocsme.documents.orders import Document
from ecocsme.documents.pictures import picture
from ecocsme.documents.room_plan import Move, Part
from ecocsme.errors import InvalidFile, Problem
from ecocsme.event import model as event_model
from ecocsme.event.model import Event, Question
from ecocsme.files.places import Shelves, shipped
from ecocsme.files.text import read_text
from ecocsme.language import formats
from ecocsme.language import words as words_file
from ecocsme.language.letters import printable
from ecocsme.language.texts import Texts
from ecocsme.language.words import Words, fill
from ecocsme.project import model as project_model
from ecocsme.project import programmes
from ecocsme.project.folder import Folder
from ecocsme.project.model import Project
from ecocsme.project.programmes import Programme

ROOM = "room-screen"  # what runs in a browser is always our own: no folder of templates is asked for it
STYLES, STYLE = "styles", "room-screen.css"
_LIMIT = 1_000_000
# in a script, a browser would end it or hide its end; older ones took the two signs for the end of a line
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_HEADINGS = ("hour", "now", "keys")
_LABELS = (
    *("left", "space", "start", "pause", "more", "back", "next", "help"),
    *("help_start", "help_more", "help_next", "help_back", "help_one", "help_all", "help_move", "sound", "dark", "full", "again", "close"),
)
Said = list[list[str]]  # a text in each language that it is written in: its tag, and what it says


def write_screen(folder: Folder, document: Document) -> bytes:
    """Make the page of an event; the same event gives the same bytes."""
    event, project = event_model.load(folder, document.subject).value, project_model.load(folder).value
    packs = [words_file.load(folder.shelves, lang) for lang in document.languages]
    programme = programmes.load(folder, project.programme).value
    style, clock, screen = _style(folder.shelves), _own("clock.js"), _own("screen.js")
    parts = room_plan.parts(folder, event, project.timezone, packs)
    values = {name: _spans(_words(name, packs), " / " if name in _HEADINGS else " ") for name in (*_HEADINGS, *_LABELS)}
    values |= _about(event, project, programme, packs)
    values |= {
        "policy": policy(style, (clock, screen)),
        "timetable": _timetable(parts, packs),
        "emblem": _emblem(programme, packs[0], folder.shelves),
        "style": style,
        "data": data(_plan(folder, event, project, packs, parts)),
        "clock": clock,
        "screen": screen,
        "nothing": "",
    }
    return fill(_own("page.html"), values).encode()


def policy(style: str, scripts: Iterable[str]) -> str:
    """What the page may do: be drawn by its own style and scripts, and nothing else; it can fetch and send nothing."""
    ours = " ".join(_hash(script) for script in scripts)
    return f"default-src 'none'; style-src {_hash(style)}; script-src {ours}; img-src data:; base-uri 'none'; form-action 'none'"


def data(plan: Mapping[str, Any]) -> str:
    """A plan as JSON in which nothing ends the element that it stands in."""
    return json.dumps(plan, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _own(name: str) -> str:
    return read_text(shipped() / ROOM / name, f"{ROOM}/{name}").replace("\r\n", "\n")


def _style(shelves: Shelves) -> str:
    """The style, a person's own before the shipped one; one that would end its element is refused."""
    shown = f"{STYLES}/{STYLE}"
    text = read_text(shelves.find(STYLES, STYLE) or shipped() / shown, shown, limit=_LIMIT).replace("\r\n", "\n").replace("\r", "\n")
    found = re.search("</style|<!--", text, re.IGNORECASE)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise InvalidFile([Problem(shown, f"holds {found[0]}", "leave it out: this is a style, and no HTML", line)])
    return text


def _about(event: Event, project: Project, programme: Programme, packs: Sequence[Words]) -> dict[str, str]:
    main = packs[0]
    title = _said(event.title, packs)
    lines = [_said(line, packs) for line in (programme.emblem_line, programme.statement) if line]
    filled = [[[tag, fill(text, {"project": _clean(project.label, main)})] for tag, text in line] for line in lines]
    money = "".join(f"<p>{_spans(line, ' / ')}</p>" for line in filled)
    return {
        "lang": escape(main.tag),
        "title": escape(f"{_words('title', packs)[0][1]}: {title[0][1]}"),
        "event": _spans(title, " / "),
        "heading": _spans(title),
        "statement": money,
        "coming": escape(_words("then", packs)[0][1]),
        "controls": escape(_words("keys", packs)[0][1]),
    }


def _plan(folder: Folder, event: Event, project: Project, packs: Sequence[Words], parts: Sequence[Part]) -> dict[str, Any]:
    """All that the scripts are told."""
    moving = room_plan.rule(folder, event)
    tables = len(event.tables) > 1
    plan: dict[str, Any] = {
        "zone": event.timezone or project.timezone,
        "blocks": [_block(part, packs) for part in parts],
        "questions": [_question(question, event, packs) for question in event.questions],
        "moves": {str(number): _move(move) for number, move in room_plan.moves(folder, event.id).items()},
        "rule": _said(moving, packs) if moving else _words("change_tables", packs) if tables else [],
        "words": [{"tag": words.tag, "say": _all_words(words, event)} for words in packs],
    }
    return {"key": f"{event.id}/{hashlib.sha256(data(plan).encode()).hexdigest()[:16]}", **plan}


def _block(part: Part, packs: Sequence[Words]) -> dict[str, Any]:
    return {
        "title": _said(part.slot.title, packs),
        "minutes": part.slot.minutes,
        "opens": part.opens * 1000,
        "closes": part.closes * 1000,
        "start": str(part.slot.start),
        "span": _span(part),
        "round": part.round,
        "move": part.move,
        "questions": list(part.questions),
        "seats": part.seats,
    }


def _question(question: Question, event: Event, packs: Sequence[Words]) -> dict[str, Any]:
    tables = [table.id[1:] for table in event.tables if question.id in table.questions]
    return {"number": int(question.id[1:]), "text": _said(question.text, packs), "tables": tables}


def _move(move: Move) -> dict[str, Any]:
    return {"hosts": move.hosts, "groups": list(move.groups)} if move.groups else {"hosts": move.hosts, "tables": list(move.tables)}


def _all_words(words: Words, event: Event) -> dict[str, str]:
    """The words of the page; the day of the event is put in here, as browsers need not know how a language writes it."""
    said = words.under("room-screen")
    said["rehearsal"] = fill(said["rehearsal"], {"day": formats.days(event.dates, words.locale)})
    return said


def _span(part: Part) -> str:
    return f"{part.slot.start}–{part.slot.end}"


def _words(name: str, packs: Sequence[Words]) -> Said:
    return _unique([words.tag, words.say(f"{ROOM}.{name}")] for words in packs)


def _said(texts: Texts, packs: Sequence[Words]) -> Said:
    """A text in all languages of the event, each tagged as what it really is; one that is the same in several stands there once."""
    tags = {words.lang: words.tag for words in packs}
    found = ((words, *texts.said(words.lang)) for words in packs)
    return _unique(
        [tags.get(lang or words.lang, lang or words.tag), printable(text, romanian=(lang or words.lang) == "ro")]
        for words, text, lang in found
    )


def _unique(lines: Iterable[list[str]]) -> Said:
    return list({text: [tag, text] for tag, text in reversed([*lines])}.values())[::-1]


def _clean(text: str, words: Words) -> str:
    return printable(text, romanian=words.lang == "ro")


def _spans(lines: Said, between: str = " ") -> str:
    kinds = ["main", *["other"] * (len(lines) - 1)]
    spans = (f'<span class="{kind}" lang="{escape(tag)}">{escape(text)}</span>' for kind, (tag, text) in zip(kinds, lines, strict=True))
    return between.join(spans)


def _timetable(parts: Sequence[Part], packs: Sequence[Words]) -> str:
    """What is seen where no script may run, as in the preview of a phone."""
    rows = (f"<li>{escape(_span(part))} {_spans(_said(part.slot.title, packs), ' / ')}</li>" for part in parts)
    return f"<ol>{''.join(rows)}</ol>"


def _emblem(programme: Programme, main: Words, shelves: Shelves) -> str:
    """The emblem of the programme inside the page, described by the line that must stand beside it."""
    if programme.emblem is None:
        return ""
    drawn = picture(f"emblem:{programme.emblem}", shelves)
    said = programme.emblem_line.said(main.lang)[0] if programme.emblem_line else programme.emblem
    return f'<img src="data:image/png;base64,{base64.b64encode(drawn.data).decode()}" alt="{escape(said)}">\n'
