"""`build-agenda`, `build-release`, `build-kit`, `build-plan`: documents in `out/`, rendered whole before any is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecocsme.cli import console, options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecocsme.documents.building import Order


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("build-agenda")(build_agenda)
    app.command("build-release")(build_release)
    app.command("build-kit")(build_kit)
    app.command("build-plan")(build_plan)


def build_agenda(
    event: options.Event = None,
    language: options.Language = None,
    formats: options.Formats = None,
    *,
    together: options.Together = False,
    template: options.Template = None,
    templates: options.Templates = None,
    force: options.Force = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Build the participants' agenda of an event."""
    order = _order("agenda", language, formats, template, together=together, force=force)
    _about_event(event, order, project, templates, quiet=quiet)


def build_release(
    event: options.Event = None,
    language: options.Language = None,
    formats: options.Formats = None,
    *,
    together: options.Together = False,
    template: options.Template = None,
    templates: options.Templates = None,
    force: options.Force = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Build the press release of an event.

    It looks back on the previous event and announces this one; its date is `press: {date: ...}` of the event file.
    """
    order = _order("press-release", language, formats, template, together=together, force=force)
    _about_event(event, order, project, templates, quiet=quiet, released=True)


def build_kit(
    event: options.Event = None,
    only: Annotated[str, typer.Option("--only", metavar="KIND", help="The part of the kit to build.")] = "answer-sheet",
    *,
    templates: options.Templates = None,
    force: options.Force = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Build what the room needs: the blank answer workbook.

    Whoever types up the tables fills it in, and `import-notes` reads it back.
    """
    from ecocsme.checks.run import demand
    from ecocsme.documents import kit

    folder = options.here(project, templates, quiet=quiet)
    name = folder.one_event(event, Path.cwd())
    console.warn(demand(folder, kit.inputs_of_event(folder, name)))
    console.wrote(kit.build(folder, name, only, force=force))


def build_plan(
    plan: options.Plan = None,
    language: options.Language = None,
    formats: options.Formats = None,
    *,
    together: options.Together = False,
    template: options.Template = None,
    templates: options.Templates = None,
    force: options.Force = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Build an action plan, its quotes proved.

    Every note that an action rests on is printed with its origin: sheet and cell, table, round and question.
    """
    from ecocsme.checks.run import demand
    from ecocsme.documents import building, context, inputs

    folder = options.here(project, templates, quiet=quiet)
    name = folder.one_plan(plan)
    order = _order("action-plan", language, formats, template, together=together, force=force)
    console.warn(demand(folder, inputs.about_plan(folder, name), notes=True))
    console.wrote(building.build(folder, context.of_plan(folder, name), order, inputs.of_plan(folder, name, order.kind)))


def _order(
    kind: str, language: Sequence[str] | None, formats: Sequence[str] | None, template: Path | None, *, together: bool, force: bool
) -> Order:
    from ecocsme.documents.building import Order

    return Order(kind, tuple(language or ()), tuple(formats or ("md", "docx")), together, template, force)


def _about_event(
    event: str | None, order: Order, project: Path | None, templates: Path | None, *, quiet: bool, released: bool = False
) -> None:
    from ecocsme.checks.run import demand
    from ecocsme.documents import building, context, inputs
    from ecocsme.event.model import demand_release

    folder = options.here(project, templates, quiet=quiet)
    name = folder.one_event(event, Path.cwd())
    console.warn(demand(folder, inputs.about_event(folder, name)))
    if released:
        demand_release(folder, name)
    subject = context.of_event(folder, name)
    console.wrote(building.build(folder, subject, order, inputs.of_event(folder, name, order.kind)))
