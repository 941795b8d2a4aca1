"""`import-notes`: sheets become notes; what became of every cell is shown."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecocsme.cli import console, options

if TYPE_CHECKING:
    from ecocsme.notes.report import Report, SheetReport
    from ecocsme.project.folder import Folder


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import-notes")(import_notes)


def import_notes(
    arguments: Annotated[list[str], typer.Argument(metavar="[EVENT] FILES...", help="The event (where there are several) and its sheets.")],
    *,
    dry_run: options.DryRun = False,
    replaces: Annotated[str | None, typer.Option("--replaces", metavar="SHEET", help="The file is a correction of this sheet.")] = None,
    new: Annotated[bool, typer.Option("--new", help="The file is another sheet, though its name is known.")] = False,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Read text files in this encoding, e.g. cp1250.")] = None,
    delimiter: Annotated[str | None, typer.Option("--delimiter", help="Read CSV files with this delimiter, e.g. ';'.")] = None,
    form: options.Form = options.Printed.text,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask; where two answers are possible, stop.")] = False,
    project: options.Project = None,
    templates: options.Templates = None,
    quiet: options.Quiet = False,
) -> None:
    """Import answer sheets (Excel, CSV, Markdown).

    Each answer becomes a note with an ID, or is named as not read and why. All sheets of one command are imported, or none.
    """
    from ecocsme.notes.importing import import_sheets

    folder = options.here(project, templates, quiet=quiet)
    event, files = _meant(folder, arguments)
    ask = None if no_input or not sys.stdin.isatty() else _ask
    report = import_sheets(
        folder, event, files, dry_run=dry_run, replaces=replaces, new=new, encoding=encoding, delimiter=delimiter, ask=ask
    )
    if form is options.Printed.json:
        console.envelope("import-notes", report.problems(), _as_data(event, report))
    else:
        _show(event, report)


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
    return {"c": "replaces", "n": "new"}.get(typer.prompt(text, default="x", err=True).strip().casefold())


def _show(event: str, report: Report) -> None:
    columns = ("sheet", "notes", "no content", "header", "table, round ...", "left out", "not read", "cells", "fate")
    console.table(f"{event}: {'would be imported' if report.dry_run else 'imported'}", columns, [_row(sheet) for sheet in report.sheets])
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
        "header": sheet.headers,
        "context": sheet.context,
        "left_out": dict(sheet.left_out),
        "not_read": not_read,
        "questions": dict(sheet.per_question),
        "said": sheet.said,
        "added": sheet.added,
        "changed": sheet.changed,
        "withdrawn": sheet.withdrawn,
    }


def _row(sheet: SheetReport) -> tuple[str, ...]:
    counted = (sheet.kept, sheet.no_content, sheet.headers, sheet.context, sum(sheet.left_out.values()), len(sheet.not_read), sheet.cells)
    fates = {"new": "new", "known": "known: nothing new", "corrected": "correction"}
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
