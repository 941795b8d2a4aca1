"""From a kind and a subject to the files of a document: rendered whole, in every language and format, before any is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecocsme.documents import manifest, rendering
from ecocsme.documents.context import Subject
from ecocsme.documents.markdown import for_people
from ecocsme.documents.reference import open_reference
from ecocsme.documents.speech import Speech
from ecocsme.documents.word import Properties, write_word
from ecocsme.errors import EcocsmeError, UnknownName
from ecocsme.files.text import read_bytes
from ecocsme.files.writing import publish
from ecocsme.language import words as words_file
from ecocsme.language.letters import printable
from ecocsme.language.words import Words
from ecocsme.project.folder import Folder

REFERENCE = "reference.docx"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built: a kind, in which languages and formats, all languages in one file or one file each."""

    kind: str
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("md", "docx")
    together: bool = False
    template: Path | None = None
    force: bool = False


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
    return write_word(draft.markdown, reference, properties, draft.template)


FORMATS: Mapping[str, Callable[[Draft], bytes]] = {"md": _as_markdown, "docx": _as_word}


def build(folder: Folder, subject: Subject, order: Order, inputs: Collection[Path]) -> tuple[str, ...]:
    """Render a document in every language and format asked for, then write all of it; return the paths, in order."""
    return put(folder, rendered(folder, subject, order), inputs, force=order.force)


def put(folder: Folder, files: Mapping[str, bytes], inputs: Collection[Path], *, force: bool) -> tuple[str, ...]:
    """Write documents and their manifest, all or none; raise WouldOverwrite for one that a person changed."""
    may_replace = manifest.replaceable(folder, files, force=force)
    publish(folder.root, {**files, manifest.NAME: manifest.updated(folder, files, inputs)}, may_replace=may_replace)
    return tuple(files)


def rendered(folder: Folder, subject: Subject, order: Order) -> dict[str, bytes]:
    """Render a document without writing anything: bytes by path below the project folder."""
    for name in order.formats:
        if name not in FORMATS:
            raise UnknownName("document format", name, FORMATS)
    languages = order.languages or subject.languages
    packs = [words_file.load(folder.shelves, lang) for lang in dict.fromkeys(languages)]
    parts = [(words, _markdown(folder, subject, order, words)) for words in packs]
    drafts = {"-".join(w.lang for w in packs): _bound(parts)} if order.together else {w.lang: text for w, text in parts}
    first = {"-".join(w.lang for w in packs): packs[0]} if order.together else {w.lang: w for w in packs}
    template = f"{rendering.ROOM}/{order.template.name if order.template else order.kind + rendering.ENDING}"
    files: dict[str, bytes] = {}
    for code, markdown in drafts.items():
        words = first[code]
        title = f"{words.say(f'{order.kind}.title')}: {subject.title.said(words.lang)[0]}"
        draft = Draft(markdown, template, title, words, subject, folder)
        for name in order.formats:
            files[f"out/{subject.name}/{order.kind}.{code}.{name}"] = FORMATS[name](draft)
    return files


def _markdown(folder: Folder, subject: Subject, order: Order, words: Words) -> str:
    tags = {lang: words_file.load(folder.shelves, lang).tag for lang in sorted(folder.languages)}
    speech = Speech(words, tags, subject.project.terms, subject.programme.labels)
    return rendering.render(rendering.Request(order.kind, speech, folder.shelves, subject.values, order.template))


def _bound(parts: Sequence[tuple[Words, str]]) -> str:
    """All languages in one document: each on a page of its own, those after the first marked as another language."""
    (_, main), *others = parts
    bound = [main.rstrip("\n")]
    for words, markdown in others:
        bound += ["::: page-break\n:::", f"::: {{lang={words.tag}}}\n\n{markdown.strip()}\n\n:::"]
    return "\n\n".join(bound) + "\n"
