"""A list of people into participants.csv, which names nobody, and names.csv, which never leaves this computer: both or neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from ecocsme.errors import InvalidFile, Problem, visible
from ecocsme.event import model as event_model
from ecocsme.event import names, participants, quotas, registering, seating_file
from ecocsme.event.model import Event
from ecocsme.event.names import Named
from ecocsme.event.participants import Participant
from ecocsme.event.quotas import Quota
from ecocsme.event.registering import Registration
from ecocsme.files import writing
from ecocsme.files.locking import held
from ecocsme.files.text import read_bytes
from ecocsme.language import formats
from ecocsme.language import words as words_file
from ecocsme.language.words import Words
from ecocsme.notes import people_lists
from ecocsme.notes.grid import Hints
from ecocsme.notes.matching import bare
from ecocsme.notes.people_lists import Line
from ecocsme.project import model as project_model
from ecocsme.project import private
from ecocsme.project.folder import Folder

_PERSON = re.compile(r"/p([0-9]{1,6})/")


@dataclass(frozen=True, slots=True)
class Registered:
    """What a list has come to: files written, who is new or was known by number, what is to be looked at, how the sectors stand."""

    written: tuple[str, ...]
    rows: int
    new: tuple[str, ...]
    known: tuple[str, ...]
    missing: tuple[str, ...]
    columns: Mapping[str, str]
    left_out: tuple[str, ...]
    quotas: tuple[Quota, ...]
    sentences: tuple[str, ...]
    problems: tuple[Problem, ...]
    said: tuple[str, ...] = ()


def register(
    folder: Folder, event_name: str, path: Path, *, came: bool = False, said: Sequence[str] = (), dry_run: bool = False
) -> Registered:
    """Put a list of registrations, or with `came` of those who signed, into the files of an event; it is written whole or not at all."""
    event = event_model.load(folder, event_name).value
    shown = path.as_posix() if folder.root not in path.resolve().parents else folder.shown(path.resolve())
    spoken = event.spoken(project_model.load(folder).value.languages)
    packs = _packs(folder, spoken)
    found = people_lists.read(read_bytes(path, shown), shown, Hints(spoken), people_lists.meanings(packs), said)
    reading = _Reading(folder, packs, shown, came=came, signs="signature" in found.columns)
    rows = tuple(row for line in found.lines if (row := reading.registration(line)))
    if not rows:
        raise InvalidFile([Problem(shown, "names nobody", "check that the right file was sent", code="sheet"), *reading.problems])
    with nullcontext() if dry_run else held(folder.event_folder(event_name)):
        known = participants.load(folder, event_name)
        merged = registering.put_together(known, names.load(folder, event_name), rows, _taken(folder, event_name))
        files = {participants.NAME: participants.serialised(merged.people), names.NAME: names.serialised(merged.names)}
        inside = {folder.shown(folder.event_folder(event_name) / name): data for name, data in files.items()}
        everything = {**private.ignoring(folder, names.NAME), **inside}
        put = writing.foresee if dry_run else writing.publish
        written = put(folder.root, everything, may_replace=everything)
    warned = [Problem(shown, message, cure, line, severity="warning", code="participants") for line, message, cure in merged.said]
    return Registered(
        written,
        len(found.lines),
        merged.new,
        merged.known,
        () if came else merged.missing,
        found.columns,
        found.left_out,
        quotas.quotas(event, merged.people, came=came),
        tuple(_sentences(event, merged.people, came=came)),
        (*reading.problems, *warned),
        found.said,
    )


def _sentences(event: Event, people: Sequence[Participant], *, came: bool) -> Iterator[str]:
    yield from quotas.sentences(event, people)
    if came:
        yield from quotas.sentences(event, people, came=True)


def _packs(folder: Folder, spoken: Iterable[str]) -> list[Words]:
    """The words of all languages, those of the event first."""
    ordered = dict.fromkeys((*(one for one in spoken if one in folder.languages), *sorted(folder.languages)))
    return [words_file.load(folder.shelves, lang) for lang in ordered]


def _taken(folder: Folder, event: str) -> set[str]:
    """Numbers of people who sit somewhere, answered or were forgotten: none is given to somebody else."""
    seated, _ = seating_file.load(folder, event)
    found = {person for round_ in seated for table in round_ for person in table}
    forgotten = folder.event_folder(event) / "forgotten.csv"
    text = read_bytes(forgotten, folder.shown(forgotten)).decode("utf-8", "replace") if forgotten.is_file() else ""
    return found | {f"p{number}" for number in _PERSON.findall(text)}


class _Reading:
    """One list being read: texts to values that participants.csv keeps, and what could not be understood, naming nobody."""

    def __init__(self, folder: Folder, packs: Sequence[Words], shown: str, *, came: bool, signs: bool) -> None:
        self.shown, self.came, self.signs = shown, came, signs
        self.problems: list[Problem] = []
        self.sectors = {
            bare(text): sector for sector, texts in project_model.load(folder).value.sectors.items() for text in (sector, *texts.every())
        }
        self.languages = {
            bare(name): lang
            for lang in sorted({*folder.languages})
            for name in (lang, *(formats.language_name(lang, words.locale) for words in packs), *_names(packs, lang))
        }
        self.yes = {bare(word): answer for answer in ("no", "yes") for words in packs for word in _words(words, answer)}

    def registration(self, line: Line) -> Registration | None:
        """One row as a person; None for one that names nobody, which is said."""
        texts = line.texts
        name = " ".join(filter(None, (texts.get("first_name", ""), texts.get("name", ""))))
        if not name and "email" not in texts:
            self._warn(line, "has neither a name nor an e-mail", "it is not counted; complete it and import the list again")
            return None
        signed = "signature" in texts or not self.signs
        about = Participant(
            "",
            sector=self._one_of(line, "sector", self.sectors),
            language=self._one_of(line, "language", self.languages),
            registered="" if self.came else "yes",
            came="yes" if self.came and signed else "",
            consent_quote=self._one_of(line, "consent_quote", self.yes),
            consent_photo=self._one_of(line, "consent_photo", self.yes),
        )
        return Registration(line.line, Named("", name, texts.get("organisation", ""), texts.get("email", "")), about)

    def _one_of(self, line: Line, field: str, known: Mapping[str, str]) -> str:
        text = line.texts.get(field, "")
        if not text:
            return ""
        found = known.get(bare(text))
        if found is None and field == "sector" and not known:
            return text
        if found is None:
            self._warn(line, f"{field}: {visible(text, 40)} is not known", _CURES[field])
        return found or ""

    def _warn(self, line: Line, message: str, cure: str) -> None:
        self.problems.append(Problem(self.shown, message, cure, line.line, severity="warning", code="participants"))


_UNSAID = "it is left empty; write yes or no"
_CURES = {
    "sector": "it is left empty; use a sector of project.yaml, by its ID or its name",
    "language": "it is left empty; use a language that has a words pack",
    "consent_quote": _UNSAID,
    "consent_photo": _UNSAID,
}


def _names(packs: Sequence[Words], lang: str) -> Iterator[str]:
    yield from (words.say("language.name") for words in packs if words.lang == lang)


def _words(words: Words, answer: str) -> list[str]:
    return words.say(f"registrations.{answer}").split(";")
