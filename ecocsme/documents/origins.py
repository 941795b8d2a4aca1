"""Where a paragraph of a document comes from: the field of a person's file, or the words, whose text it prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from ecocsme.documents.changes import Changed
from ecocsme.documents.orders import Document
from ecocsme.errors import InvalidFile, Problem
from ecocsme.event import methods
from ecocsme.event import model as event_model
from ecocsme.files.models import FromFile, leaves
from ecocsme.files.values import Clock, Moment
from ecocsme.language import formats
from ecocsme.language import words as words_file
from ecocsme.language.letters import comma
from ecocsme.language.texts import Texts
from ecocsme.language.words import Words
from ecocsme.notes import store
from ecocsme.plan import model as plan_model
from ecocsme.project import model as project_model
from ecocsme.project import practices as practices_file
from ecocsme.project import programmes
from ecocsme.project.folder import Folder
from ecocsme.themes import model as themes_model

_BLANK = re.compile(r"\{[A-Za-z_]+\}")
_MARKS = re.compile(r"\\(?=[!-/:-@\[-`{-~])|\*\*|\\?<br>")
_FEW, _TWINS, _SHORT, _SHOWN, _AROUND = 40, 2, 3, 120, 30
_ALIKE = 80


@dataclass(frozen=True, slots=True)
class Origin:
    """A text that a document may print, and where it is written."""

    text: str
    problem: Callable[[str, str], Problem]


def told(folder: Folder, document: Document, changed: Iterable[Changed]) -> Iterator[Problem]:
    """Say of every paragraph that a person changed where its text is written, so that the correction can move there."""
    known = sorted(_origins(folder, document), key=lambda origin: -len(origin.text))
    many = tuple(changed)
    for one in many[:_FEW]:
        origin = _origin(one, known) if one.built else None
        if origin is None:
            yield Problem(
                document.path,
                _said(one),
                "it stands in no file yet: put it where it belongs, or keep it here",
                severity="warning",
                code="by-hand",
            )
        else:
            twins = [other.problem("", "") for other in known if other.text == origin.text and other is not origin][:_TWINS]
            also = "".join(f", or at {twin.file}:{twin.line or twin.field}" for twin in twins)
            yield origin.problem(_said(one), f"if it is to stay, change it here{also}")
    if len(many) > _FEW:
        yield Problem(document.path, f"{len(many) - _FEW} paragraphs more were changed by hand", severity="warning", code="by-hand")


def _origin(one: Changed, known: list[Origin]) -> Origin | None:
    """The longest text that holds what was changed; else the longest in the paragraph; else the one most alike."""
    from rapidfuzz import fuzz, process

    plain = Changed(_plain(one.now), _plain(one.built))
    start, end = plain.span if one.now else (0, len(plain.built))
    inside = [(origin, at, at + len(origin.text)) for origin in known for at in _places(origin.text, plain.built)]
    holding = (origin for origin, begins, ends in inside if begins <= start and end <= ends)
    touched = (origin for origin, begins, ends in inside if begins <= end and start <= ends)
    found = next(chain(holding, touched, (origin for origin, _, _ in inside)), None)
    if found is not None:
        return found
    texts = [origin.text for origin in known]
    alike = process.extractOne(plain.built, texts, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return known[alike[2]] if alike else None


def _places(part: str, whole: str) -> Iterator[int]:
    """Where a text stands as whole words in another."""
    at = whole.find(part)
    while at >= 0:
        after = whole[at + len(part) : at + len(part) + 1]
        if not (whole[:at][-1:].isalnum() and part[:1].isalnum()) and not (after.isalnum() and part[-1:].isalnum()):
            yield at
        at = whole.find(part, at + 1)


def _said(one: Changed) -> str:
    now, built = _window(one.now, one.span_now), _window(one.built, one.span)
    if not one.built:
        return f"added by hand: “{now}”"
    return f"changed by hand: “{now}” instead of “{built}”" if one.now else f"removed by hand: “{built}”"


def _window(text: str, span: tuple[int, int]) -> str:
    """The part of a text that differs, with a little around it."""
    if len(text) <= _SHOWN:
        return text
    start = max(0, min(span[0] - _AROUND, len(text) - _SHOWN))
    end = max(start + _SHOWN, min(len(text), span[1] + _AROUND, start + 2 * _SHOWN))
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _plain(text: str) -> str:
    """A text without the marks of Markdown, spaces folded, letters as documents print them."""
    return " ".join(comma(_MARKS.sub("", text)).split())


def _origins(folder: Folder, document: Document) -> Iterator[Origin]:
    packs = [words_file.load(folder.shelves, lang) for lang in document.languages]
    for source in _sources(folder, document):
        yield from _of_model(source, packs)
    if document.of_plan:
        for note, file, line in store.load(folder).placed():
            yield Origin(_plain(note.text), _at(file, line, note.id))
    for words in packs:
        for key, pattern in words.entries.items():
            parts = map(_plain, _BLANK.split(pattern)) if _is_for(folder, key.split(".")[0], document) else ()
            yield from (Origin(text, _at(f"words/{words.lang}.yaml", None, key)) for text in parts if len(text) > _SHORT)


def _is_for(folder: Folder, about: str, document: Document) -> bool:
    """Whether words may stand in a document: those of its own kind, and those of no kind."""
    return about == document.kind or folder.shelves.find("documents", f"{about}.md.j2") is None


def _at(file: str, line: int | None, field: str) -> Callable[[str, str], Problem]:
    return lambda message, cure: Problem(file, message, cure, line, field, "warning", "by-hand")


def _of_model(source: FromFile[Any], packs: Iterable[Words]) -> Iterator[Origin]:
    for place, value in leaves(source.value):
        if source.parsed.line(place) is None:
            continue  # nobody wrote it: it was left out, or follows from what is written elsewhere
        texts: Mapping[str, str] = value if isinstance(value, Texts) else dict(_printed(value, packs))
        for lang, text in texts.items():
            where = (*place, lang) if isinstance(value, Texts) and lang else place
            if _plain(text):
                yield Origin(_plain(text), _in(source, where))


def _in(source: FromFile[Any], place: tuple[str | int, ...]) -> Callable[[str, str], Problem]:
    return lambda message, cure: source.problem(place, message, cure, severity="warning")


def _printed(value: object, packs: Iterable[Words]) -> Iterator[tuple[str, str]]:
    """How documents print a value that is no text: a day, a month, a time, a number."""
    for words in packs:
        if isinstance(value, date):
            yield words.lang, formats.day(value, words.locale)
        elif isinstance(value, Moment):
            yield words.lang, formats.moment(value, words.locale)
        elif isinstance(value, Clock):
            yield words.lang, formats.clock(value, words.locale)
        elif isinstance(value, Decimal):
            yield words.lang, formats.number(value, words.locale)
        else:
            yield words.lang, str(value)


def _sources(folder: Folder, document: Document) -> Iterator[FromFile[Any]]:
    """The files of people that a document prints; one that cannot be read is passed over, `check` names it."""
    name = document.subject
    if document.of_plan:
        plan = plan_model.load(folder, name)
        loads: list[Callable[[], FromFile[Any]]] = [lambda: plan, lambda: themes_model.load(folder)]
        loads += [lambda event=event: event_model.load(folder, event) for event in folder.events()]  # type: ignore[misc]  # a default binds it
        programme = plan.value.programme
    else:
        event = event_model.load(folder, name)
        earlier, programme = event.value.previous, None
        loads = [lambda: event]
        loads += [lambda: event_model.load(folder, earlier)] if earlier else []
        loads += [lambda method=method: methods.load(folder, method) for method in event.value.methods()]  # type: ignore[misc]  # a default binds it
    project = project_model.load(folder)
    loads += [lambda: project, lambda: practices_file.load(folder)]
    loads += [lambda: programmes.load(folder, programme or project.value.programme)]
    for load in loads if document.kind == "agenda" else reversed(loads):
        try:
            yield load()
        except InvalidFile:
            continue
