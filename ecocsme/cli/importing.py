"""`import-notes`: sheets become notes; what became of every cell is shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecocsme.cli import console, covering, options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecocsme.errors import Problem
    from ecocsme.notes.report import Report, SheetReport
    from ecocsme.project.folder import Folder


_AcceptWithdrawn = Annotated[bool, typer.Option("--accept-withdrawn", help="Let a correction withdraw the notes that it no longer holds.")]
_Redact = Annotated[
    bool, typer.Option("--redact", help="Put masks such as [e-mail] in the place of personal data; the copy in sheets/ keeps it.")
]
_Split = Annotated[
    bool | None,
    typer.Option(
        "--split/--no-split",
        help="Make a note of each of several ideas in one answer: lists, lines, ideas between semicolons. Corrections go on as before.",
    ),
]
_Large = Annotated[bool, typer.Option("--large", help="Import one CSV file of any size; without it, a sheet has at most 100,000 rows.")]
_Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="COLUMN=QUESTION",
        help="What a column holds: B=q1, H:JX=q2, Title=table, C=- to leave it out; may be given several times. Kept in mapping.yaml.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import-notes")(import_notes)


def import_notes(
    arguments: Annotated[list[str], typer.Argument(metavar="[EVENT] FILES...", help="The event (where there are several) and its sheets.")],
    *,
    dry_run: options.DryRun = False,
    replaces: Annotated[str | None, typer.Option("--replaces", metavar="SHEET", help="The file is a correction of this sheet.")] = None,
    new: Annotated[bool, typer.Option("--new", help="The file is another sheet, though its name is known.")] = False,
    accept_withdrawn: _AcceptWithdrawn = False,
    redact: _Redact = False,
    split: _Split = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Read text files in this encoding, e.g. cp1250.")] = None,
    delimiter: Annotated[str | None, typer.Option("--delimiter", help="Read CSV files with this delimiter, e.g. ';'.")] = None,
    columns: _Columns = None,
    header_rows: Annotated[int | None, typer.Option("--header-rows", min=0, max=9, help="How many rows the header has; 0: none.")] = None,
    tab: Annotated[str | None, typer.Option("--tab", metavar="NAME", help="Read this tab of a workbook alone.")] = None,
    large: _Large = False,
    form: options.Form = options.Printed.text,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask; where two answers are possible, stop.")] = False,
    project: options.Project = None,
    templates: options.Templates = None,
    quiet: options.Quiet = False,
) -> None:
    """Import answer sheets: Excel, Word, CSV, Markdown.

    Each answer becomes a note with an ID, or is named as not read and why. All sheets of one command are imported, or none.
    """
    from ecocsme.chain import resting
    from ecocsme.notes.importing import import_sheets
    from ecocsme.notes.wishes import Said

    folder = options.here(project, templates, quiet=quiet)
    event, files = _meant(folder, arguments)
    ask = None if no_input or not console.can_ask() else _ask
    said = Said(tuple(columns or ()), header_rows, tab, _choose if ask else None)
    with console.waiting("importing") as progress:
        report = import_sheets(
            folder,
            event,
            files,
            dry_run=dry_run,
            replaces=replaces,
            new=new,
            accept_withdrawn=accept_withdrawn,
            redact=redact,
            split=split,
            encoding=encoding,
            delimiter=delimiter,
            ask=ask,
            agree=_agree if ask else None,
            said=said,
            large=large,
            progress=progress,
        )
    review = () if dry_run else resting.after(folder, report)
    _print(event, report, review, form)


def _print(event: str, report: Report, review: Sequence[Problem], form: options.Printed) -> None:
    if form is options.Printed.json:
        console.envelope("import-notes", (*report.problems(), *review), _as_data(event, report))
    else:
        _show(event, report)
        console.warn(review)


def _meant(folder: Folder, arguments: list[str]) -> tuple[str, list[Path]]:
    """Tell the event from the files: the first word is the event if one is called so and no file is."""
    first, *rest = arguments
    if rest and first in folder.events():
        return first, [Path(name) for name in rest]
    if rest and not Path(first).exists():
        folder.one_event(first, Path.cwd())
    return folder.one_event(None, Path.cwd()), [Path(name) for name in arguments]


def _ask(shown: str, known: str) -> str | None:
    """Ask whether a file of a known name corrects that sheet or is another one."""
    text = (
        f"{shown}: a sheet called {known} was imported before. Is this its correction (c), another sheet (n), or shall nothing be done (x)?"
    )
    console.still()
    return {"c": "replaces", "n": "new"}.get(typer.prompt(text, default="x", err=True).strip().casefold())


def _choose(question: str, choices: Sequence[str]) -> str:
    """Ask until one of the choices is typed; Enter is the first of them."""
    console.still()
    while True:
        typed: str = typer.prompt(question, default=choices[0], show_default=False, err=True).strip().casefold()
        if typed in choices:
            return typed
        console.refuse(f"{typed} is none of {', '.join(choice for choice in choices if choice)}")


def _agree(what: str) -> bool:
    """Ask whether a correction may withdraw notes."""
    console.still()
    return typer.confirm(f"{what}. Shall they be withdrawn?", default=False, err=True)


def _show(event: str, report: Report) -> None:
    columns = ("sheet", "notes", "no content", "header", "table, round ...", "left out", "not read", "cells", "fate")
    console.table(f"{event}: {'would be imported' if report.dry_run else 'imported'}", columns, [_row(sheet) for sheet in report.sheets])
    if report.coverage is not None and any(sheet.fate in ("new", "revived") for sheet in report.sheets):
        covering.show(event, report.coverage)
        for table, questions in covering.holes(report.coverage).items():
            console.say(f"{event}: {table} has not answered {', '.join(questions)} yet")
    for sheet in report.sheets:
        _details(sheet)
    for name in report.skipped:
        console.say(f"{name}: passed over: no sheet, but what Office or the system leaves behind")
    console.warn(report.problems())
    if report.dry_run:
        console.would()


def _as_data(event: str, report: Report) -> dict[str, object]:
    return {
        "event": event,
        "dry_run": report.dry_run,
        "written": report.written,
        "skipped": report.skipped,
        "sheets": [_sheet_as_data(sheet) for sheet in report.sheets],
        **(covering.as_data(report.coverage) if report.coverage is not None else {"coverage": None, "holes": None}),
    }


def _sheet_as_data(sheet: SheetReport) -> dict[str, object]:
    """The fate of one sheet: cells = notes + header + context + left out + not read."""
    not_read = [{"tab": one.tab, "cell": one.address, "reason": one.reason} for one in sheet.not_read]
    return {
        "sheet": sheet.sheet,
        "fate": sheet.fate,
        "cells": sheet.cells,
        "notes": sheet.kept,
        "no_content": sheet.no_content,
        "votes": dict(sheet.votes),
        "voices": dict(sheet.voices),
        "ideas": [note.id for note in sheet.notes if note.id in sheet.parts],
        "header": sheet.headers,
        "context": sheet.context,
        "left_out": dict(sheet.left_out),
        "not_read": not_read,
        "questions": dict(sheet.per_question),
        "personal": [{"tab": one.tab, "cell": one.cell, "kinds": one.kinds} for one in sheet.personal],
        "masked": sheet.masked,
        "nearly_equal": [{"notes": [first.id, second.id], "question": first.question} for first, second in sheet.alike.pairs],
        "repeated": sheet.alike.repeated,
        "said": sheet.said,
        "added": sheet.added,
        "changed": sheet.changed,
        "withdrawn": sheet.withdrawn,
    }


def _row(sheet: SheetReport) -> tuple[str, ...]:
    counted = (sheet.kept, sheet.no_content, sheet.headers, sheet.context, sum(sheet.left_out.values()), len(sheet.not_read), sheet.cells)
    fates = {"new": "new", "known": "known: nothing new", "corrected": "correction", "revived": "stands again"}
    return (sheet.sheet, *(str(number) for number in counted), fates[sheet.fate])


def _details(sheet: SheetReport) -> None:
    per_question = ", ".join(f"{question}: {count}" for question, count in sorted(sheet.per_question.items(), key=lambda q: int(q[0][1:])))
    if per_question:
        console.say(f"{sheet.sheet}: {per_question}")
    for text in sheet.said:
        console.say(f"{sheet.sheet}: {text}")
    for title, count in sheet.left_out.items():
        console.say(f"{sheet.sheet}: left out, {count} cells of the column “{title}”")
    for word, ids in (("added", sheet.added), ("changed", sheet.changed), ("withdrawn", sheet.withdrawn)):
        for note_id in ids:
            console.say(f"{sheet.sheet}: {word}: {note_id}")
