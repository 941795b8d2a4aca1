"""`plan-seating`: who sits where in each round, and how good that is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecocsme.cli import console, options

if TYPE_CHECKING:
    from ecocsme.event.seating_plan import Planned
    from ecocsme.project.folder import Folder


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("plan-seating")(plan_seating)


def plan_seating(
    event: options.Event = None,
    people: Annotated[
        int | None, typer.Option("--people", min=1, help="How many people. Default: participants.csv, or as expected.")
    ] = None,
    tables: Annotated[int | None, typer.Option("--tables", min=1, help="How many tables. Default: the event's.")] = None,
    rounds: Annotated[int | None, typer.Option("--rounds", min=1, help="How many rounds. Default: the event's.")] = None,
    hosts: Annotated[str, typer.Option("--hosts", metavar="P,P,...", help="Who stays: one for each table, e.g. p01,p02,p03.")] = "",
    apart: Annotated[list[str] | None, typer.Option("--apart", metavar="P,P", help="People who never share a table; repeatable.")] = None,
    rather_apart: Annotated[
        list[str] | None, typer.Option("--rather-apart", metavar="P,P", help="People who had better not share one; repeatable.")
    ] = None,
    together: Annotated[
        list[str] | None, typer.Option("--together", metavar="P,P", help="People who always share a table; repeatable.")
    ] = None,
    even: Annotated[
        list[str] | None,
        typer.Option("--even", metavar="COLUMN", help="sector, language or organisation: evenly at all tables; repeatable."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Another number gives other seats; the same one the same, on any machine.")] = 1,
    after: Annotated[int, typer.Option("--after", min=0, help="This many rounds were played already; they stand as they are.")] = 0,
    absent: Annotated[str, typer.Option("--absent", metavar="P,P,...", help="Who is not there any more, after those rounds.")] = "",
    more: Annotated[int, typer.Option("--more", min=0, help="How many have come late, after those rounds.")] = 0,
    form: options.Form = options.Printed.text,
    *,
    zoom: Annotated[bool, typer.Option("--zoom", help="Write Zoom's list of breakout rooms for each round, too; needs names.csv.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a seating plan that is there already.")] = False,
    dry_run: options.DryRun = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Plan who sits where in each round.

    Nobody meets twice where that can be had. The plan is kept as seating.csv in the folder of the event, and what it reaches is
    counted: who meets the fewest, who comes to a table twice, which questions a group does not see.
    """
    from ecocsme.event import seating_file
    from ecocsme.event.seating_plan import Wanted, plan

    folder = options.here(project, quiet=quiet)
    name = folder.one_event(event, Path.cwd())
    wanted = Wanted(
        people=people,
        tables=tables,
        rounds=rounds,
        hosts=_names(hosts),
        apart=_groups(apart),
        rather_apart=_groups(rather_apart),
        together=_groups(together),
        even=tuple(even or ()),
        seed=seed,
        after=after,
        absent=_names(absent),
        more=more,
    )
    planned = plan(folder, name, wanted)
    beside = _rooms(folder, name, planned) if zoom else {}
    written = seating_file.write(folder, name, planned.data, force=force or after > 0, dry_run=dry_run, beside=beside)
    _show(name, planned, written, form, dry_run=dry_run)


def _rooms(folder: Folder, event: str, planned: Planned) -> dict[str, bytes]:
    """The files for Zoom, and the line of .gitignore that keeps them private; say who is in none of them."""
    from ecocsme.event import breakout_rooms
    from ecocsme.event import model as event_model
    from ecocsme.language import words
    from ecocsme.project import model as project_model
    from ecocsme.project import private

    spoken = event_model.load(folder, event).value.spoken(project_model.load(folder).value.languages)
    room = words.load(folder.shelves, spoken[0]).say("seating-plan.table")
    found = breakout_rooms.rooms(folder, event, planned.people, planned.rotation, room)
    if found.without:
        console.refuse(f"{event}: warning: no e-mail that Zoom takes, in no room: {', '.join(found.without)}")
    if found.shared:
        console.refuse(f"{event}: warning: share an e-mail, Zoom takes them for one person: {', '.join(found.shared)}")
    inside = {folder.shown(folder.event_folder(event) / name): data for name, data in found.files.items()}
    return {**private.ignoring(folder, breakout_rooms.PATTERN), **inside}


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _groups(texts: list[str] | None) -> tuple[tuple[str, ...], ...]:
    return tuple(_names(text) for text in texts or ())


def _show(event: str, planned: Planned, written: tuple[str, ...], form: options.Printed, *, dry_run: bool) -> None:
    if form is options.Printed.json:
        console.envelope("plan-seating", (), _as_data(event, planned, written))
    else:
        _tell(event, planned)
    if dry_run:
        console.would()


def _tell(event: str, planned: Planned) -> None:
    from ecocsme.event.seating_shown import badges

    tables = [f"table {number}" for number in range(1, len(planned.rotation[0]) + 1)]
    rows = [
        (str(number), *(" ".join(sorted(planned.people[one] for one in group)) for group in seated))
        for number, seated in enumerate(planned.rotation, 1)
    ]
    console.table(f"{event}: who sits where", ("round", *tables), rows)
    for sentence in planned.quality.sentences():
        console.say(f"{event}: {sentence}")
    if codes := badges(planned.people, planned.rotation):
        said = ", ".join(f"{person} {code}" for person, code in codes.items())
        console.say(f"{event}: codes for badges (3+2: begin at table 3, then two tables on each round): {said}")


def _as_data(event: str, planned: Planned, written: tuple[str, ...]) -> dict[str, object]:
    from ecocsme.event.seating_shown import badges

    quality = planned.quality
    seats = [[sorted(planned.people[one] for one in group) for group in seated] for seated in planned.rotation]
    return {
        "event": event,
        "written": written,
        "rounds": seats,
        "repeats": quality.repeats,
        "repeats_at_least": quality.bound,
        "met": dict(zip(planned.people, quality.met, strict=True)),
        "tables_twice": quality.again,
        "badges": dict(badges(planned.people, planned.rotation)),
        "missed": {group: list(questions) for group, questions in quality.missed.items()},
    }
