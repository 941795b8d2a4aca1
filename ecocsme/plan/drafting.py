"""A first draft of a plan: one action per theme, its evidence filled in, everything else marked as open."""

from __future__ import annotations

from collections.abc import Sequence

from ecocsme.errors import UnknownName
from ecocsme.files.values import refuse_identifier
from ecocsme.files.writing import foresee, publish
from ecocsme.files.yaml_text import quoted
from ecocsme.plan.evidence import Sources, load_sources
from ecocsme.project import model as project_model
from ecocsme.project import schema_files
from ecocsme.project.folder import Folder
from ecocsme.themes.model import Theme

OPEN = "(...)"


def write(folder: Folder, plan: str, *, language: str | None, title: str | None, dry_run: bool = False) -> tuple[str, ...]:
    """Write a new plan file, or with `dry_run` nothing; raise InvalidFile for an unsafe name, WouldOverwrite where the plan exists."""
    refuse_identifier("plan", plan)
    if language is not None and language not in folder.languages:
        raise UnknownName("language", language, folder.languages)
    project, sources = project_model.load(folder).value, load_sources(folder)
    text = draft(
        plan, language or project.languages[0], tuple(sources.themes.values()), sources, programme=project.programme, title=title or OPEN
    )
    name = folder.shown(folder.plan_file(plan))
    schemas = schema_files.to_write(folder)
    put = foresee if dry_run else publish
    return put(folder.root, {**schemas, name: text.encode()}, may_replace=schemas)


def draft(plan: str, language: str, themes: Sequence[Theme], sources: Sources, *, programme: str, title: str) -> str:
    """Write the YAML of a plan with one action per theme, the most spoken-of theme first."""
    ranked = sorted(themes, key=lambda theme: -len(sources.speaking(theme.id)))
    lines = [
        "# yaml-language-server: $schema=../.schemas/plan.json",
        f"# Everything marked {OPEN} is still open: replace it or remove the line; `ecocsme check` names what is left.",
        f"id: {plan}",
        f"title: {quoted(title)}",
        f"language: {language}",
        f"programme: {programme}",
        f"summary: {{en: {quoted(OPEN)}}}",
        "actions:" if ranked else "actions: []",
    ]
    for number, theme in enumerate(ranked, 1):
        lines += _action(number, theme, language, sources)
    return "\n".join(lines) + "\n"


def _action(number: int, theme: Theme, language: str, sources: Sources) -> list[str]:
    notes = sources.speaking(theme.id)
    name = theme.name.said(language)[0]
    definition = theme.definition.said(language)[0] if theme.definition else OPEN
    background = f"{definition} {OPEN}" if definition != OPEN else OPEN
    return [
        f"- id: A{number}",
        f"  title: {quoted(f'{name}: {OPEN}')}",
        f"  background: {quoted(background)}",
        f"  activities: [{quoted(OPEN)}]",
        f"  owner: {quoted(OPEN)}",
        f"  cost: {quoted(OPEN)}",
        f"  indicator: {{text: {quoted(OPEN)}}}",
        "  evidence:",
        f"  - theme:{theme.id}   # notes: {len(notes)}",
        *(f"  - note:{note.id}" for note in notes),
    ]
