"""`build-agenda`, `build-release`, `build-kit`, `build-plan`, `build`: documents in `out/`, rendered whole before any is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecocsme.cli import console, opening, options
from ecocsme.errors import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecocsme.documents.orders import Order
    from ecocsme.documents.publishing import Placed
    from ecocsme.project.folder import Folder


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("build-agenda")(build_agenda)
    app.command("build-release")(build_release)
    app.command("build-kit")(build_kit)
    app.command("build-plan")(build_plan)
    app.command("build")(build)


def build_agenda(
    event: options.Event = None,
    language: options.Language = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", metavar="FORMAT", help="md, docx or ics; may be given several times. Default: all.")
    ] = None,
    *,
    together: options.Together = False,
    template: options.Template = None,
    templates: options.Templates = None,
    force: options.Force = False,
    dry_run: options.DryRun = False,
    open_: options.Open = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Build the agenda and its calendar file.

    agenda.ics has one entry for each day, in all languages, for Google, Outlook and Apple calendars; changed ones replace those sent.
    """
    order = _order("agenda", language, formats or ("md", "docx", "ics"), template, together=together)
    folder = options.here(project, templates, quiet=quiet)
    name = folder.one_event(event, Path.cwd())
    _build_about_event(folder, name, order, force=force, dry_run=dry_run, open_=open_)


def build_release(
    event: options.Event = None,
    language: options.Language = None,
    formats: options.Formats = None,
    *,
    together: options.Together = False,
    template: options.Template = None,
    templates: options.Templates = None,
    force: options.Force = False,
    dry_run: options.DryRun = False,
    open_: options.Open = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Build the press release of an event.

    It looks back on the previous event and announces this one; its date is `press: {date: ...}` of the event file.
    """
    order = _order("press-release", language, formats, template, together=together)
    folder = options.here(project, templates, quiet=quiet)
    name = folder.one_event(event, Path.cwd())
    _build_about_event(folder, name, order, released=True, force=force, dry_run=dry_run, open_=open_)


def build_kit(
    event: options.Event = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="KIND", help="A part of the kit; may be given several times. Default: all.")
    ] = None,
    *,
    templates: options.Templates = None,
    force: options.Force = False,
    dry_run: options.DryRun = False,
    open_: options.Open = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Build what the room needs, ready to be printed.

    Answer sheets among it: a workbook, and a Word document for each table. Print them or fill in any of the files; `import-notes` reads
    them back. What an event has no data for is left out and named.
    """
    from ecocsme.checks.run import demand
    from ecocsme.documents import inputs, kit

    folder = options.here(project, templates, quiet=quiet)
    name = folder.one_event(event, Path.cwd())
    with console.waiting("building") as progress:
        console.warn(demand(folder, inputs.about_event(folder, name)))
        left_out = kit.asked(folder, name, only or ()).left_out
        placed = kit.build(folder, name, only or (), force=force, dry_run=dry_run, progress=progress)
    for kind, why in left_out.items():
        console.say(f"{kind}: left out: {why}")
    _show(folder, placed, dry_run=dry_run, open_=open_)


def build_plan(
    plan: options.Plan = None,
    language: options.Language = None,
    formats: options.Formats = None,
    *,
    together: options.Together = False,
    template: options.Template = None,
    templates: options.Templates = None,
    force: options.Force = False,
    dry_run: options.DryRun = False,
    open_: options.Open = False,
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
    order = _order("action-plan", language, formats, template, together=together)
    with console.waiting("building") as progress:
        console.warn(demand(folder, inputs.about_plan(folder, name), notes=True))
        placed = building.build(folder, context.of_plan(folder, name), order, force=force, dry_run=dry_run, progress=progress)
    _show(folder, placed, dry_run=dry_run, open_=open_)


def build(
    *,
    force: options.Force = False,
    dry_run: options.DryRun = False,
    open_: options.Open = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Build everything that is out of date, and say why.

    A document is built when it is not there yet, or when a file that it is made from has changed; in the way it was ordered.
    """
    from ecocsme.chain.outdated import outdated

    folder = options.here(project, quiet=quiet)
    found = outdated(folder)
    for path, reason in found.left_over.items():
        console.say(f"{visible(path)}: left over: {reason}; delete it if you do not need it")
    if not found.due:
        console.say("everything is up to date")
        return
    from ecocsme.chain.rebuilding import rebuild, refuse_faulty

    documents = [due.document for due in found.due]
    with console.waiting("building") as progress:
        console.warn(refuse_faulty(folder, documents))
        placed = rebuild(folder, documents, force=force, dry_run=dry_run, progress=progress)
    reasons = [f"{due.document.path}: {due.reason}" for due in found.due]
    _show(folder, placed, dry_run=dry_run, open_=open_, told=reasons)


def _order(kind: str, language: Sequence[str] | None, formats: Sequence[str] | None, template: Path | None, *, together: bool) -> Order:
    from ecocsme.documents.orders import Order

    given = template.resolve() if template else None
    return Order(kind, tuple(language or ()), tuple(formats or ("md", "docx")), together, given)


def _build_about_event(folder: Folder, name: str, order: Order, *, released: bool = False, force: bool, dry_run: bool, open_: bool) -> None:
    from ecocsme.checks.run import demand
    from ecocsme.documents import building, context, inputs
    from ecocsme.event.model import demand_release

    with console.waiting("building") as progress:
        console.warn(demand(folder, inputs.about_event(folder, name)))
        if released:
            demand_release(folder, name)
        placed = building.build(folder, context.of_event(folder, name), order, force=force, dry_run=dry_run, progress=progress)
    _show(folder, placed, dry_run=dry_run, open_=open_)


def _show(folder: Folder, placed: Placed, *, dry_run: bool, open_: bool, told: Sequence[str] = ()) -> None:
    """Say what was written, and what people had changed; then open it where that was asked for."""
    console.wrote(told or placed.paths)
    console.warn(placed.said)
    if dry_run:
        for path, why in () if told else placed.why.items():
            console.say(f"{visible(path)}: {why}")
        console.would()
    elif open_:
        opening.open_built(folder.root, placed.paths)
