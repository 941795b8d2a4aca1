"""The chain of one event, question, note, theme, practice or action: down to the cell of the sheet, up to the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ecocsme.documents import manifest
from ecocsme.errors import Ambiguous, UnknownName
from ecocsme.event import model as event_model
from ecocsme.language.texts import Texts
from ecocsme.notes.model import Note
from ecocsme.notes.splitting import parts_among
from ecocsme.plan import model as plan_model
from ecocsme.plan.evidence import Sources, load_sources
from ecocsme.plan.model import Action
from ecocsme.project import model as project_model
from ecocsme.project.folder import Folder
from ecocsme.themes import decisions as decisions_file
from ecocsme.themes.decisions import Decision


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain: what it is, its ID, what it says, and where it leads."""

    kind: str
    id: str
    text: str = ""
    leads: tuple[Link, ...] = ()


def trace(folder: Folder, name: str) -> Link:
    """Follow the chain of an ID; raise UnknownName for one that nothing has, Ambiguous for one that several things have.

    A prefix (`event:`, `question:`, `note:`, `theme:`, `practice:`, `action:`) settles what is meant; an action is
    `action:PLAN/A1`, or `A1` where one plan has it; a question is `EVENT/q1`.
    """
    chain = _Chain(folder)
    found = [(kind, known) for kind, known in chain.names if name in (known, f"{kind}:{known}")]
    found += [(kind, known) for kind, known in chain.names if kind == "action" and known.split("/")[1] == name.removeprefix("action:")]
    if not found:
        raise UnknownName("event, question, note, theme, practice or action", name, [known for _, known in chain.names])
    if len(found) > 1:
        raise Ambiguous(f"{name}: is {' and '.join(f'{kind}:{known}' for kind, known in found)}; say which is meant")
    ((kind, known),) = found
    follow = {"event": chain.event, "question": chain.question, "note": chain.note, "theme": chain.theme, "practice": chain.practice}
    return chain.action(known) if kind == "action" else follow[kind](known)


class _Chain:
    """Everything that can be followed, read once."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.sources: Sources = load_sources(folder)
        self.lang = project_model.load(folder).value.languages[0]
        self.actions = {f"{plan}/{a.id}": a for plan in folder.plans() for a in plan_model.load(folder, plan).value.actions}
        self.events = {name: event_model.load(folder, name).value for name in folder.events()}
        self.questions = {f"{name}/{question.id}": question for name, event in self.events.items() for question in event.questions}

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        sources = self.sources
        above = (("event", self.events), ("question", self.questions), ("note", sources.notes))
        below = (("theme", sources.themes), ("practice", sources.practices), ("action", self.actions))
        return [(kind, name) for kind, names in (*above, *below) for name in names]

    @cached_property
    def ideas(self) -> dict[str, list[Note]]:
        ideas = parts_among(self.sources.notes.values())
        found: dict[str, list[Note]] = {}
        for name, note in self.sources.notes.items():
            if name in ideas:
                found.setdefault(note.parent, []).append(note)
        return found

    @cached_property
    def decisions(self) -> dict[str, list[Decision]]:
        made: dict[str, list[Decision]] = {}
        for decision in decisions_file.load(self.folder)[0]:
            made.setdefault(decision.subject, []).append(decision)
        return made

    def event(self, name: str) -> Link:
        questions = (self.question(f"{name}/{question.id}") for question in self.events[name].questions)
        return Link("event", name, self._said(self.events[name].title), tuple(questions))

    def question(self, name: str) -> Link:
        """The notes of a question, each with its themes and its ideas: what one needs in order to decide."""
        event, question = name.split("/")
        notes = (note for note in self.sources.notes.values() if (note.event, note.question) == (event, question))
        current = (note for note in notes if self.sources.current(note.id) and not self._is_below(note))
        return Link("question", name, self._said(self.questions[name].text), tuple(self._grouped(note) for note in current))

    def _grouped(self, note: Note) -> Link:
        themes = (self._theme(theme, ()) for theme in self._themes_of(note.id))
        return Link("note", note.id, note.text, (*themes, *map(self._grouped, self._ideas_of(note))))

    def _is_below(self, note: Note) -> bool:
        """Whether it is shown below the whole answer of which it is an idea."""
        return note.parent in self.ideas and self.sources.current(note.parent) is not None

    def _ideas_of(self, note: Note) -> Iterator[Note]:
        """The ideas of an answer that was split."""
        return (idea for idea in self.ideas.get(note.id, ()) if self.sources.current(idea.id))

    def note(self, note_id: str) -> Link:
        note = self.sources.notes[note_id]
        around = [self._short(self.sources.notes[note.parent])] if note.parent in self.ideas else []
        beside = [Link("note", idea.id, idea.text) for idea in self._ideas_of(note)]
        up = [self._decided(decision) for decision in self.decisions.get(note_id, ())]
        up += [self._theme(theme, self._actions_on(f"theme:{theme}")) for theme in self._themes_of(note_id)]
        up += self._actions_on(f"note:{note_id}")
        return Link("note", note_id, note.text, (*(around or [self._cell(note)]), *beside, *up))

    def theme(self, theme_id: str) -> Link:
        notes = (self._short(note) for note in self.sources.speaking(theme_id))
        return self._theme(theme_id, (*notes, *self._actions_on(f"theme:{theme_id}")))

    def practice(self, practice_id: str) -> Link:
        practice = self.sources.practices[practice_id]
        return Link("practice", practice_id, self._said(practice.title), tuple(self._actions_on(f"practice:{practice_id}")))

    def action(self, name: str) -> Link:
        action = self.actions[name]
        themes = [theme for theme in action.names("theme") if theme in self.sources.themes]
        below = [self._theme(theme, map(self._short, self.sources.speaking(theme))) for theme in themes]
        shown = {note.id for theme in themes for note in self.sources.speaking(theme)} - {quote.note for quote in action.quotes}
        below += [self._short(self.sources.notes[note]) for note in _cited(action) if note in self.sources.notes.keys() - shown]
        below += [
            Link("practice", name, self._said(self.sources.practices[name].title))
            for name in action.names("practice")
            if name in self.sources.practices
        ]
        return Link("action", name, self._said(action.title), (*below, *self._documents(name.split("/", maxsplit=1)[0])))

    def _theme(self, theme_id: str, leads: Iterable[Link]) -> Link:
        return Link("theme", theme_id, self._said(self.sources.themes[theme_id].name), tuple(leads))

    def _short(self, note: Note) -> Link:
        return Link("note", note.id, note.text, (self._cell(note),))

    def _cell(self, note: Note) -> Link:
        """Where a note was typed: sheet, tab and cell; and the question, table and round it belongs to."""
        sheet = self.folder.shown(self.folder.sheets(note.event) / note.sheet)
        seats = (
            note.question,
            f"table {note.table[1:]}" if note.table else note.respondent,
            f"round {note.round[1:]}" if note.round else "",
        )
        where = f"{note.tab}!{note.cell}" if note.tab else note.cell
        return Link("cell", f"{sheet}, {where}", ", ".join(seat for seat in seats if seat))

    def _decided(self, decision: Decision) -> Link:
        made = " ".join(part for part in (decision.do, decision.target) if part)
        why = f": {decision.why}" if decision.why else ""
        return Link("decision", made, f"{decision.when.isoformat()}, {decision.who}{why}")

    def _themes_of(self, note_id: str) -> Iterator[str]:
        return (theme for theme, notes in self.sources.members.items() if note_id in notes and theme in self.sources.themes)

    def _actions_on(self, evidence: str) -> Iterator[Link]:
        for name, action in self.actions.items():
            quoted = evidence.startswith("note:") and evidence.removeprefix("note:") in {quote.note for quote in action.quotes}
            if evidence in action.evidence or quoted:
                yield Link("action", name, self._said(action.title), tuple(self._documents(name.split("/")[0])))

    def _documents(self, plan: str) -> Iterator[Link]:
        """The documents that were built from a plan; those that are older than it are for `build` to say."""
        return (Link("document", name) for name in manifest.read(self.folder) if name.startswith(f"out/{plan}/"))

    def _said(self, text: Texts) -> str:
        return text.said(self.lang)[0]


def _cited(action: Action) -> Iterable[str]:
    return dict.fromkeys((*action.names("note"), *(quote.note for quote in action.quotes)))
