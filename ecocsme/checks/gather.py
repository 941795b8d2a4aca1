"""What the checks need, loaded once each and only when asked for; a file that cannot be read is a problem, not an end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TypeVar, cast

from ecocsme.errors import InvalidFile, Problem, visible
from ecocsme.event import model as event_model
from ecocsme.event.model import Event
from ecocsme.files.models import FromFile, Written
from ecocsme.language.checks import Spoken
from ecocsme.notes import mapping as mapping_file
from ecocsme.notes import store
from ecocsme.notes.mapping import Mappings
from ecocsme.notes.model import Note
from ecocsme.notes.splitting import with_ideas
from ecocsme.notes.store import NotesRead
from ecocsme.plan import model as plan_model
from ecocsme.plan.model import Plan
from ecocsme.project import model as project_model
from ecocsme.project import practices as practices_file
from ecocsme.project import strays
from ecocsme.project.folder import Folder, is_safe_name, unsafe_name
from ecocsme.project.model import Project
from ecocsme.project.practices import Practices
from ecocsme.themes import decisions as decisions_file
from ecocsme.themes import model as themes_model
from ecocsme.themes.decisions import Decision, Grouping
from ecocsme.themes.model import Codebook

T = TypeVar("T")


class Everything:
    """The whole folder, as the checks ask for it by the names of their parameters; None where it cannot be read."""

    def __init__(self, folder: Folder) -> None:
        """Load nothing yet."""
        self.folder = folder
        self.problems: list[Problem] = []

    def _try(self, load: Callable[[], T]) -> T | None:
        try:
            return load()
        except InvalidFile as refused:
            self.problems += refused.problems
            return None

    def _safe(self, kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
        # a copy is no event or plan of its own: the check of strays says what to do with it
        self.problems += [unsafe_name(kind, name) for name in names if not (is_safe_name(name) or strays.is_copy(name, names))]
        return tuple(name for name in names if is_safe_name(name))

    @cached_property
    def project(self) -> FromFile[Project] | None:
        """project.yaml."""
        return self._try(lambda: project_model.load(self.folder))

    @cached_property
    def practices(self) -> FromFile[Practices] | None:
        """practices.yaml."""
        return self._try(lambda: practices_file.load(self.folder))

    @cached_property
    def themes(self) -> FromFile[Codebook] | None:
        """themes.yaml."""
        return self._try(lambda: themes_model.load(self.folder))

    @cached_property
    def event_names(self) -> tuple[str, ...]:
        """The names of all event folders that can be used."""
        names = self._safe("event", self.folder.events())
        for name in names:
            if not self.folder.event_file(name).exists():
                shown = self.folder.shown(self.folder.event_file(name))
                meant = strays.renamed(self.folder.event_folder(name), "event.yaml")
                cure = f"rename {visible(meant)} to event.yaml" if meant else "add one, or move the folder away"
                self.problems.append(Problem(shown, "there is no event file in this folder", cure))
        return tuple(name for name in names if self.folder.event_file(name).exists())

    @cached_property
    def events(self) -> Mapping[str, FromFile[Event]]:
        """Every event that can be read."""
        loaded = {name: self._try(lambda name=name: event_model.load(self.folder, name)) for name in self.event_names}  # type: ignore[misc]  # a default binds the name
        return {name: event for name, event in loaded.items() if event is not None}

    @cached_property
    def mappings(self) -> Mapping[str, FromFile[Mappings]]:
        """What was said of the columns of sheets, event by event."""
        loaded = {name: self._try(lambda name=name: mapping_file.load(self.folder, name)) for name in self.event_names}  # type: ignore[misc]  # a default binds the name
        return {name: mappings for name, mappings in loaded.items() if mappings is not None}

    @cached_property
    def plans(self) -> Mapping[str, FromFile[Plan]]:
        """Every plan that can be read."""
        names = self._safe("plan", self.folder.plans())
        loaded = {name: self._try(lambda name=name: plan_model.load(self.folder, name)) for name in names}  # type: ignore[misc]  # a default binds the name
        return {name: plan for name, plan in loaded.items() if plan is not None}

    @cached_property
    def notes(self) -> NotesRead:
        """The notes of all events."""
        return store.load(self.folder)

    @cached_property
    def notes_by_id(self) -> Mapping[str, Note]:
        """The notes of all events, by ID."""
        return {note.id: note for note in self.notes.notes}

    @cached_property
    def _decided(self) -> tuple[tuple[Decision, ...], tuple[int, ...]] | None:
        return self._try(lambda: decisions_file.load(self.folder))

    @cached_property
    def decisions(self) -> tuple[Decision, ...] | None:
        """The decisions of people, in their order."""
        return self._decided[0] if self._decided else None

    @cached_property
    def decision_lines(self) -> tuple[int, ...] | None:
        """The line of each decision."""
        return self._decided[1] if self._decided else None

    @cached_property
    def grouping(self) -> Grouping | None:
        """Which notes belong to which theme."""
        if self.decisions is None:
            return None
        found = decisions_file.grouping(self.decisions)
        return replace(found, left_out=with_ideas(found.left_out, self.notes.notes))

    @cached_property
    def written(self) -> tuple[Spoken, ...]:
        """Every file with texts for people, and the languages it is printed in."""
        project = self.project
        ours = project.value.languages if project else ()
        shared = [(file, ours) for file in (project, self.practices, self.themes) if file is not None]
        events = [(event, event.value.spoken(ours)) for event in self.events.values()]
        plans = [(plan, (plan.value.language,)) for plan in self.plans.values()]
        every = (*shared, *events, *plans)
        return tuple((cast("FromFile[Written]", file), self._known(languages)) for file, languages in every)

    def _known(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(lang for lang in languages if lang in self.folder.languages)

    def about(self, need: str) -> Iterator[object]:
        """What is handed in for one parameter of a check: one thing, or each event or plan in turn."""
        if need == "event":
            yield from self.events.values()
        elif need == "plan":
            yield from self.plans.values()
        else:
            found = getattr(self, need)
            if found is not None:
                yield found
