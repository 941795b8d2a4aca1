"""What each action of a plan rests on: notes with their origin, quotes proved verbatim, practices, and an annex of it all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ecocsme.language.letters import verbatim
from ecocsme.language.texts import Texts
from ecocsme.notes import store
from ecocsme.notes.model import Note
from ecocsme.notes.splitting import with_ideas
from ecocsme.plan.model import Action, Plan
from ecocsme.project import practices as practices_file
from ecocsme.project.folder import Folder
from ecocsme.project.practices import Practice
from ecocsme.themes import decisions as decisions_file
from ecocsme.themes import model as themes_model
from ecocsme.themes.model import Theme


@dataclass(frozen=True, slots=True)
class ThemeEvidence:
    """A theme as evidence: how many notes speak for it, and from how many tables of which events."""

    theme: Theme
    notes: tuple[Note, ...]

    @property
    def tables(self) -> int:
        """How many different tables or respondents wrote these notes."""
        return len({(note.event, note.table or note.respondent, note.sheet if not note.table else "") for note in self.notes})


@dataclass(frozen=True, slots=True)
class Quoted:
    """A verbatim part of a note, as the plan prints it."""

    text: str
    translation: Texts | None
    note: Note


@dataclass(frozen=True, slots=True)
class ActionEvidence:
    """All evidence of one action."""

    themes: tuple[ThemeEvidence, ...]
    notes: tuple[Note, ...]
    practices: tuple[Practice, ...]
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A note in the annex: its number there, and the actions that rest on it."""

    number: int
    note: Note
    actions: tuple[str, ...]
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence of a whole plan: by action, every cited note once, and the number of each in the annex by its ID."""

    by_action: Mapping[str, ActionEvidence]
    annex: tuple[Cited, ...]
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that evidence may name, by ID; `members` are the notes of each theme."""

    notes: Mapping[str, Note]
    themes: Mapping[str, Theme]
    members: Mapping[str, tuple[str, ...]]
    practices: Mapping[str, Practice]
    left_out: frozenset[str] = frozenset()

    def current(self, note_id: str) -> Note | None:
        """A note that may be shown: known, not withdrawn, not left out."""
        note = self.notes.get(note_id)
        return note if note is not None and note.state == "current" and note_id not in self.left_out else None

    def speaking(self, theme_id: str) -> tuple[Note, ...]:
        """The notes of a theme that may be shown and that say something; an answer that was split only where none of its ideas is there."""
        found = [note for note_id in self.members.get(theme_id, ()) if (note := self.current(note_id)) and note.content != "none"]
        ideas_of = {note.parent for note in found}
        return tuple(note for note in found if not (note.split and note.id in ideas_of))


def load_sources(folder: Folder) -> Sources:
    """Read everything that evidence may name; raise InvalidFile where a file cannot be read."""
    grouping = decisions_file.grouping(decisions_file.load(folder)[0])
    notes = store.load(folder).notes
    return Sources(
        {note.id: note for note in notes},
        {theme.id: theme for theme in themes_model.load(folder).value.themes},
        grouping.members,
        {practice.id: practice for practice in practices_file.load(folder).value.practices},
        with_ideas(grouping.left_out, notes),
    )


def is_verbatim(quote: str, note: str) -> bool:
    """Whether a quote is a part of a note, letter for letter; a cedilla equals a comma, spaces are not counted."""
    return verbatim(quote) in verbatim(note)


def resolve(plan: Plan, sources: Sources) -> Evidence:
    """Find the notes, themes and practices behind every action; what does not exist is left to the checks."""
    by_action = {action.id: _of(action, sources) for action in plan.actions}
    annex = tuple(_annex(by_action, sources))
    return Evidence(by_action, annex, {cited.note.id: cited.number for cited in annex})


def _of(action: Action, sources: Sources) -> ActionEvidence:
    themes = [sources.themes[name] for name in action.names("theme") if name in sources.themes]
    quoted = [(quote, sources.current(quote.note)) for quote in action.quotes]
    return ActionEvidence(
        tuple(ThemeEvidence(theme, _ordered(sources.speaking(theme.id))) for theme in themes),
        _ordered(note for note in map(sources.current, action.names("note")) if note is not None),
        tuple(sources.practices[name] for name in action.names("practice") if name in sources.practices),
        tuple(Quoted(quote.text, quote.translation, note) for quote, note in quoted if note is not None),
    )


def _annex(by_action: Mapping[str, ActionEvidence], sources: Sources) -> Iterable[Cited]:
    actions: dict[str, dict[str, None]] = {}
    for action_id, evidence in by_action.items():
        for note in _every_note(evidence):
            actions.setdefault(note.id, {})[action_id] = None
    themes = {theme_id: set(notes) for theme_id, notes in sources.members.items()}
    for number, note_id in enumerate(sorted(actions, key=_order), 1):
        of = tuple(theme for theme in sources.themes.values() if note_id in themes.get(theme.id, ()))
        yield Cited(number, sources.notes[note_id], tuple(actions[note_id]), of)


def _every_note(evidence: ActionEvidence) -> Iterable[Note]:
    yield from (note for theme in evidence.themes for note in theme.notes)
    yield from evidence.notes
    yield from (quoted.note for quoted in evidence.quotes)


def _ordered(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Notes in the order of their numbers in the annex."""
    return tuple(sorted(notes, key=lambda note: _order(note.id)))


def _order(note_id: str) -> tuple[tuple[int, int | str], ...]:
    """Sort IDs as people count: q2 before q10."""
    parts: list[tuple[int, int | str]] = []
    for part in note_id.split("/"):
        digits = part.lstrip("qtrp")
        parts.append((0, int(digits)) if digits.isdigit() else (1, part))
    return tuple(parts)
