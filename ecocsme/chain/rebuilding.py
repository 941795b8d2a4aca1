"""Build again what is out of date, each document as it was ordered: all is rendered before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ecocsme.checks.run import demand
from ecocsme.documents import building, context, inputs, kit
from ecocsme.documents.orders import OF_PLANS, Document, Order
from ecocsme.documents.publishing import Placed, place
from ecocsme.errors import InvalidFile, Problem
from ecocsme.files.progress import Progress, silent, told
from ecocsme.project.folder import Folder

Unit = tuple[str, str, tuple[str, ...], bool, Path | None, tuple[Path, ...], str]


def refuse_faulty(folder: Folder, documents: Iterable[Document]) -> tuple[Problem, ...]:
    """Refuse to build from files with errors: raise InvalidFile with all of them, return their warnings."""
    listed = tuple(documents)
    about: set[str] = set()
    for subject, of_plan in {(document.subject, document.of_plan) for document in listed}:
        about.update(inputs.about_plan(folder, subject) if of_plan else inputs.about_event(folder, subject))
    return demand(folder, about, notes=any(document.of_plan for document in listed))


def rebuild(
    folder: Folder, documents: Sequence[Document], *, force: bool = False, dry_run: bool = False, progress: Progress = silent
) -> Placed:
    """Render all documents, then write all of them, or with `dry_run` nothing; raise InvalidFile with what any of them refuses."""
    made: dict[str, bytes] = {}
    problems: dict[Problem, None] = {}
    units = tuple(dict.fromkeys(_unit(document) for document in documents))
    for unit in told(units, _named, progress):
        formats = tuple(document.format for document in documents if _unit(document) == unit)
        try:
            made |= _rendered(folder, unit, formats)
        except InvalidFile as refused:
            problems |= dict.fromkeys(refused.problems)
    if problems:
        raise InvalidFile(problems)
    return place(folder, documents, made, force=force, dry_run=dry_run)


def _unit(document: Document) -> Unit:
    """What is rendered together: the formats of one file."""
    order = document.order
    return order.kind, document.subject, document.languages, order.together, order.template, document.own, order.part


def _named(unit: Unit) -> str:
    kind, name, languages, *_ = unit
    return f"{name}/{kind}.{'-'.join(languages)}"


def _rendered(folder: Folder, unit: Unit, formats: tuple[str, ...]) -> dict[str, bytes]:
    kind, name, languages, together, template, own, part = unit
    used = Folder(folder.root, own)
    if kind in kit.KIT:
        return kit.rendered(used, name, [Order(kind, languages, formats, together, template, part)])
    subject = context.of_plan(used, name) if kind in OF_PLANS else context.of_event(used, name)
    return building.rendered(used, subject, Order(kind, languages, formats, together, template))
