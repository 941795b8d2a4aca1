"""Definitions of a questionnaire, from which form tools make a form: XLSForm for KoBoToolbox and ODK, and LimeSurvey's own structure.

Each question is named by its ID, so that what the tool exports is known by its titles, as codes or as texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from ecocsme.event.model import Event, Question
from ecocsme.language.letters import printable
from ecocsme.language.texts import Texts
from ecocsme.language.words import Words
from ecocsme.notes.workbook_saving import put, saved

Lines = list[list[str]]
_LONG_TEXT = "T"  # LimeSurvey's type of a question that is answered in several lines
_LIMESURVEY = (
    "id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation", "mandatory", "other", "default",
    "same_default",
)  # fmt: skip
_WIDTHS = (12.0, 14.0, 60.0)


def write_xlsform(event: Event, words: Sequence[Words], texts: Mapping[str, Texts]) -> bytes:
    """Write the XLSForm of a questionnaire in all languages of the words given; the same event gives the same bytes."""
    import openpyxl

    tabs = {"survey": list(_survey(event, words, texts)), "choices": [["list_name", "name", *_columns(words, "label")]]}
    title = " · ".join(texts[name].every()[0] for name in ("title", "event"))
    settings = [title, event.id, _version(event, [*tabs["survey"], [title]]), _language(words[0])]
    tabs["settings"] = [["form_title", "form_id", "version", "default_language"], settings]
    book = openpyxl.Workbook()
    for number, (name, lines) in enumerate(tabs.items()):
        tab = book.worksheets[0] if number == 0 else book.create_sheet()
        tab.title = name
        for row, values in enumerate(lines, 1):
            for column, value in enumerate(values, 1):
                if value:
                    put(tab, row, column, value)
        for letter, width in zip("ABC", _WIDTHS, strict=True):
            tab.column_dimensions[letter].width = width
    return saved(book, event, f"{title}: {event.id}", words[0].tag)


def _survey(event: Event, words: Sequence[Words], texts: Mapping[str, Texts]) -> Iterator[list[str]]:
    yield ["type", "name", *_columns(words, "label"), "appearance"]
    intro = {pack.lang: _lines([_said(texts[name], pack) for name in ("topic", "how", "until")]) for pack in words}
    yield ["note", "intro", *(_plain(intro[pack.lang]) for pack in words), ""]
    for question in _in_order(event):
        yield ["text", question.id, *(_plain(_said(question.text, pack)) for pack in words), "multiline"]
    for name in ("privacy", "statement"):
        said = [_plain(_said(texts[name], pack)) for pack in words]
        if any(said):
            yield ["note", name, *said, ""]


def _columns(words: Sequence[Words], kind: str) -> list[str]:
    return [f"{kind}::{_language(pack)}" for pack in words]


def _language(words: Words) -> str:
    called = words.say("language.name")
    return f"{called[:1].upper()}{called[1:]} ({words.lang})"


def _plain(text: str) -> str:
    """A text in which the tool finds no reference to another question."""
    return text.replace("${", "$ {")


def _version(event: Event, lines: Lines) -> str:
    """A version that changes with what is asked, and with nothing else."""
    said = hashlib.sha256("\n".join("\t".join(line) for line in lines).encode()).hexdigest()
    return f"{event.date:%Y%m%d}-{said[:8]}"


def write_limesurvey(event: Event, words: Sequence[Words], texts: Mapping[str, Texts]) -> bytes:
    """Write the survey structure that LimeSurvey imports (tab-separated, all languages); the same event gives the same bytes."""
    lines = [list(_LIMESURVEY), *_settings(event, words), *_titles(words, texts)]
    for pack in words:
        lines += _group(event, pack, texts)
    return b"\xef\xbb\xbf" + "".join("\t".join(line) + "\n" for line in lines).encode()


def _settings(event: Event, words: Sequence[Words]) -> Iterator[list[str]]:
    """Nothing is kept of who answers; the survey ends with the last day for replies."""
    others = " ".join(pack.lang for pack in words[1:])
    expires = f"{event.replies_by:%Y-%m-%d} 23:59:59" if event.replies_by else ""
    named = {"language": words[0].lang, "additional_languages": others, "format": "A", "anonymized": "Y", "ipaddr": "N", "refurl": "N"}
    yield from (_row(name=name, text=value, **{"class": "S"}) for name, value in {**named, "expires": expires}.items() if value)


def _titles(words: Sequence[Words], texts: Mapping[str, Texts]) -> Iterator[list[str]]:
    for pack in words:
        said = {
            "surveyls_title": _html(" · ".join(_said(texts[name], pack) for name in ("title", "event"))),
            "surveyls_description": _html(_said(texts["topic"], pack)),
            "surveyls_welcometext": _html(_lines([_said(texts[name], pack) for name in ("how", "until", "privacy")])),
            "surveyls_endtext": _html(_lines([pack.say("questionnaire.thanks"), _said(texts["statement"], pack)])),
        }
        yield from (_row(name=name, text=text, language=pack.lang, **{"class": "SL"}) for name, text in said.items() if text)


def _group(event: Event, words: Words, texts: Mapping[str, Texts]) -> Iterator[list[str]]:
    """The one page of the survey in one language: LimeSurvey takes rows with one ID for the same page or question."""
    named = _html(_said(texts["title"], words))
    yield _row(id="1", name=named, relevance="1", language=words.lang, **{"class": "G", "type/scale": "G1"})
    for number, question in enumerate(_in_order(event), 1):
        text = _html(_said(question.text, words))
        kind = {"class": "Q", "type/scale": _LONG_TEXT}
        yield _row(id=str(number), name=question.id, relevance="1", text=text, language=words.lang, mandatory="N", other="N", **kind)


def _row(**values: str) -> list[str]:
    return [values.get(column, "") for column in _LIMESURVEY]


def _html(text: str) -> str:
    """A text as LimeSurvey takes it: HTML on one line, in which it finds no expression of its own."""
    marked = escape(text, quote=False).replace("{", "&#123;").replace("}", "&#125;")
    return "<br />".join(marked.splitlines()).replace("\t", " ").replace('"', "&quot;")


def _lines(parts: Sequence[str]) -> str:
    return "\n\n".join(filter(None, parts))


def _said(texts: Texts, words: Words) -> str:
    text, lang = texts.said(words.lang)
    return printable(text.strip(), romanian=(lang or words.lang) == "ro")


def _in_order(event: Event) -> list[Question]:
    return sorted(event.questions, key=lambda one: int(one.id[1:]))
