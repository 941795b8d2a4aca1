"""From a kind and a subject to the files of a document: rendered whole, in every language and format, before any is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ecocsme.documents import manifest, rendering
from ecocsme.documents.context import Subject
from ecocsme.documents.markdown import for_people
from ecocsme.documents.orders import AGENDA, CALENDAR, QUESTIONNAIRE, Document, Order, documents
from ecocsme.documents.publishing import Placed, place
from ecocsme.documents.reference import open_reference
from ecocsme.documents.speech import Speech
from ecocsme.documents.word import Properties, write_word
from ecocsme.errors import EcocsmeError, UnknownName
from ecocsme.files.progress import Progress, silent, told
from ecocsme.files.text import read_bytes
from ecocsme.language import words as words_file
from ecocsme.language.letters import printable
from ecocsme.language.words import Words
from ecocsme.project.folder import Folder

REFERENCE = "reference.docx"


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as Markdown with marks, and what the writers of formats need to know."""

    markdown: str
    template: str
    title: str
    words: Words
    subject: Subject
    folder: Folder


def _as_markdown(draft: Draft) -> bytes:
    return for_people(draft.markdown, draft.template).encode("utf-8")


def _as_word(draft: Draft) -> bytes:
    path = draft.folder.shelves.find("word", REFERENCE)
    if path is None:
        raise EcocsmeError(f"templates/word/{REFERENCE}: is missing; install ecocsme again")
    shown = f"word/{REFERENCE}"
    reference = open_reference(read_bytes(path, shown), shown)
    organisation = draft.subject.project.organisation
    lang = draft.words.lang
    properties = Properties(
        title=printable(draft.title, romanian=lang == "ro"),
        language=draft.words.tag,
        author=printable(organisation.name.said(lang)[0], romanian=lang == "ro") if organisation else "",
        subject=printable(draft.subject.project.label, romanian=lang == "ro"),
        keywords=printable(draft.subject.project.acronym, romanian=lang == "ro"),
        created=draft.subject.dated,
    )
    return write_word(draft.markdown, reference, properties, draft.template, draft.folder.shelves)


FORMATS: Mapping[str, Callable[[Draft], bytes]] = {"md": _as_markdown, "docx": _as_word}


def build(
    folder: Folder, subject: Subject, order: Order, *, force: bool = False, dry_run: bool = False, progress: Progress = silent
) -> Placed:
    """Render a document in every language and format asked for, then write all of it, or with `dry_run` nothing."""
    made = rendered(folder, subject, order, progress)
    return place(folder, documents(order, subject.name, subject.languages, folder.own), made, force=force, dry_run=dry_run)


def rendered(folder: Folder, subject: Subject, order: Order, progress: Progress = silent) -> dict[str, bytes]:
    """Render a document without writing anything: bytes by path below the project folder."""
    _refuse_unknown(order)
    asked = documents(order, subject.name, subject.languages)
    packs = {lang: words_file.load(folder.shelves, lang) for document in asked for lang in document.languages}
    texts = [document for document in asked if document.format != CALENDAR]
    parts = {lang: _markdown(folder, subject, order, packs[lang]) for lang in packs if texts}
    drafts: dict[tuple[str, ...], Draft] = {}
    for document in texts:
        if document.languages not in drafts:
            drafts[document.languages] = _draft(folder, subject, order, [(packs[lang], parts[lang]) for lang in document.languages])
    made: dict[str, bytes] = {}
    for document in told(asked, lambda document: document.path, progress):
        if document.format == CALENDAR:
            made[document.path] = _calendar(folder, subject, document)
        else:
            made[document.path] = FORMATS[document.format](drafts[document.languages])
    return made


def _refuse_unknown(order: Order) -> None:
    """Only an agenda has a calendar file; all other formats serve every kind."""
    known = (*FORMATS, CALENDAR) if order.kind == AGENDA.kind else tuple(FORMATS)
    for name in order.formats:
        if name not in known:
            raise UnknownName("document format", name, known)


def _calendar(folder: Folder, subject: Subject, document: Document) -> bytes:
    from ecocsme.documents.calendar_file import write_calendar

    packs = [words_file.load(folder.shelves, lang) for lang in document.languages]
    return write_calendar(subject, packs, manifest.read(folder).get(document.path))


def in_all_languages(folder: Folder, subject: Subject, document: Document) -> bytes:
    """Render a document whose lines speak all of its languages, the main one first, without writing anything."""
    packs = tuple(words_file.load(folder.shelves, lang) for lang in document.languages)
    markdown = _markdown(folder, subject, document.order, packs[0], packs)
    return FORMATS[document.format](_draft(folder, subject, document.order, [(packs[0], markdown)]))


def alone(folder: Folder, subject: Subject, document: Document) -> bytes:
    """Render one document of an order without writing anything."""
    asked = document.order
    together = len(document.languages) > 1
    order = Order(document.kind, document.languages, (document.format,), together=together, template=asked.template)
    return rendered(folder, subject, order)[document.path]


def _draft(folder: Folder, subject: Subject, order: Order, parts: Sequence[tuple[Words, str]]) -> Draft:
    """One file: its languages bound together, titled in the first."""
    words = parts[0][0]
    template = f"{rendering.ROOM}/{order.template.name if order.template else order.kind + rendering.ENDING}"
    title = f"{words.say(f'{_called(order, subject)}.title')}: {subject.title.said(words.lang)[0]}"
    return Draft(_bound(parts), template, title, words, subject, folder)


def _called(order: Order, subject: Subject) -> str:
    """Under which name the title of a document stands: the agenda of a questionnaire is the letter that goes with it."""
    event = subject.values.get("event")
    return QUESTIONNAIRE if order.kind == AGENDA.kind and event and event.in_writing else order.kind


def _markdown(folder: Folder, subject: Subject, order: Order, words: Words, together: tuple[Words, ...] = ()) -> str:
    tags = {lang: words_file.load(folder.shelves, lang).tag for lang in sorted(folder.languages)}
    speech = Speech(words, tags, subject.project.terms, subject.programme.labels, together)
    return rendering.render(rendering.Request(order.kind, speech, folder.shelves, subject.values, order.template))


def _bound(parts: Sequence[tuple[Words, str]]) -> str:
    """All languages in one document: each on a page of its own, those after the first marked as another language."""
    (_, main), *others = parts
    if not others:
        return main
    bound = [main.rstrip("\n")]
    for words, markdown in others:
        bound += ["::: page-break\n:::", f"::: {{lang={words.tag}}}\n\n{markdown.strip()}\n\n:::"]
    return "\n\n".join(bound) + "\n"
