"""Sheets become notes: all files are read, then planned, then written under the lock of the event, or nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ecocsme.errors import EcocsmeError, InvalidFile, visible
from ecocsme.event import checks as event_checks
from ecocsme.event import model as event_model
from ecocsme.event.model import Event
from ecocsme.files import writing
from ecocsme.files.locking import held
from ecocsme.notes import incoming, store
from ecocsme.notes.incoming import Incoming, Progress
from ecocsme.notes.planning import Ask, Plan, Planning, Settling
from ecocsme.notes.report import Report
from ecocsme.notes.store import NotesRead
from ecocsme.project.folder import Folder


def import_sheets(  # noqa: PLR0913  # one for each option of the command
    folder: Folder,
    event_name: str,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    replaces: str | None = None,
    new: bool = False,
    encoding: str | None = None,
    delimiter: str | None = None,
    ask: Ask | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import answer sheets into an event, all or none of them, and report the fate of every cell.

    A file of a known name with other bytes is a correction (`replaces` names the sheet) or another sheet (`new`). Where
    neither is said, `ask(file, known sheet)` answers "replaces", "new" or None; without an answer Ambiguous is raised.
    `progress(file, number, total)` is told of each file before it is read.
    """
    event = _event(folder, event_name)
    files, skipped = incoming.gather(folder, [Path(path) for path in paths])
    _refuse_flags(files, replaces, new=new)
    if not dry_run:
        writing.finish(folder.root)
    before = _sound(folder, event.id)
    settling = Settling(replaces, new, ask)
    planning = Planning(event.id, before.files, folder.sheets(event.id), settling)
    seen = incoming.eyes(folder, event, encoding, delimiter)
    known = planning.hashes.keys() if replaces is None else ()
    arrived = incoming.read_all(files, seen, known, progress)
    plan = planning.take_all(arrived)
    if dry_run:
        return Report(tuple(plan.reports), tuple(_named(folder, event.id, plan)), tuple(skipped), dry_run=True)
    written: tuple[str, ...] = ()
    if plan.sheets or plan.notes:
        plan, written = _write(folder, event.id, arrived, before, plan, settling)
    return Report(tuple(plan.reports), written, tuple(skipped))


def _write(
    folder: Folder, event: str, arrived: Sequence[Incoming], before: NotesRead, plan: Plan, settling: Settling
) -> tuple[Plan, tuple[str, ...]]:
    """Number and write under the lock of the event; where another command was quicker, plan again with what it wrote."""
    with held(folder.event_folder(event)):
        writing.finish(folder.root)
        now = _sound(folder, event)
        if now != before:
            settling.ask = None  # nobody else shall wait while a person thinks
            plan = Planning(event, now.files, folder.sheets(event), settling).take_all(arrived)
        replaced = [folder.shown(folder.notes(event) / f"{file.sheet}.csv") for file in now.files]
        return plan, writing.publish(folder.root, _named(folder, event, plan), may_replace=replaced)


def _named(folder: Folder, event: str, plan: Plan) -> dict[str, bytes]:
    """All files to be written by their paths: the sheets first, the notes last."""
    sheets = {folder.shown(folder.sheets(event) / name): data for name, data in plan.sheets.items()}
    return sheets | {folder.shown(folder.notes(event) / f"{name}.csv"): data for name, data in plan.notes.items()}


def _event(folder: Folder, name: str) -> Event:
    event = event_model.load(folder, folder.one_event(name, folder.root))
    problems = [*event_checks.event_id.run(event), *event_checks.question_id.run(event)]
    if problems:
        raise InvalidFile(problems)
    return event.value


def _sound(folder: Folder, event: str) -> NotesRead:
    """Read the notes of the event; where one file is damaged, nobody knows which numbers were given."""
    read = store.load_event(folder, event)
    errors = [problem for problem in read.problems if problem.severity == "error"]
    if errors:
        raise InvalidFile(errors)
    return read


def _refuse_flags(files: Sequence[tuple[Path, str]], replaces: str | None, *, new: bool) -> None:
    if replaces is not None and new:
        raise EcocsmeError("--replaces, --new: a file cannot be a correction and another sheet at once; give one of them")
    if replaces is not None and len(files) != 1:
        raise EcocsmeError(f"--replaces {visible(replaces)}: {len(files)} files were named; import the one that corrects this sheet alone")
