"""The questionnaire as files: a form in Word and in Excel, and definitions from which form tools make one of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ecocsme.documents import building, context
from ecocsme.documents.answer_paper import Asked, rounds
from ecocsme.documents.context import Subject
from ecocsme.documents.orders import LIMESURVEY, WORKBOOK, XLSFORM, Document
from ecocsme.event.model import Event
from ecocsme.event.reply_texts import texts
from ecocsme.language import words as words_file
from ecocsme.language.texts import Texts
from ecocsme.language.words import Words
from ecocsme.notes.form_codes import code_of
from ecocsme.project.folder import Folder


@dataclass(frozen=True, slots=True)
class Form:
    """What a form is made from: its event, the words of its languages, the main one first, and what it says beside the questions."""

    event: Event
    packs: tuple[Words, ...]
    texts: Mapping[str, Texts]


def write_questionnaire(folder: Folder, document: Document) -> bytes:
    """Make one file of a questionnaire; the same event gives the same bytes."""
    subject = context.of_event(folder, document.subject)
    return WRITERS[document.format](folder, document, subject)


def _form(folder: Folder, document: Document, subject: Subject, how: str) -> Form:
    packs = tuple(words_file.load(folder.shelves, lang) for lang in document.languages)
    event: Event = subject.values["event"]
    return Form(event, packs, texts(subject.project, subject.programme, event, packs, how))


def _word(folder: Folder, document: Document, subject: Subject) -> bytes:
    form = _form(folder, document, subject, "how")
    turns = rounds(form.event, "", document.languages)
    asked: tuple[Asked, ...] = tuple(replace(one, code=code_of(form.event, one.question)) for turn in turns for one in turn.asked)
    said = {**form.texts, **{f"{name}_said": any(form.texts[name].every()) for name in ("deadline", "emblem")}}
    return building.in_all_languages(folder, replace(subject, values={**subject.values, "sheet": asked, "form": said}), document)


def _workbook(folder: Folder, document: Document, subject: Subject) -> bytes:
    from ecocsme.notes.form_workbook import write_form

    form = _form(folder, document, subject, "how_table")
    return write_form(form.event, form.packs, form.texts)


def _xlsform(folder: Folder, document: Document, subject: Subject) -> bytes:
    from ecocsme.notes.form_definitions import write_xlsform

    form = _form(folder, document, subject, "online")
    return write_xlsform(form.event, form.packs, form.texts)


def _limesurvey(folder: Folder, document: Document, subject: Subject) -> bytes:
    from ecocsme.notes.form_definitions import write_limesurvey

    form = _form(folder, document, subject, "online")
    return write_limesurvey(form.event, form.packs, form.texts)


WRITERS: Mapping[str, Callable[[Folder, Document, Subject], bytes]] = {
    "docx": _word,
    WORKBOOK: _workbook,
    XLSFORM: _xlsform,
    LIMESURVEY: _limesurvey,
}
