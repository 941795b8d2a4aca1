"""Sheets become notes: all files are read, then planned, then written under the lock of the event, or nothing is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from ecocsme.errors import EcocsmeError, InvalidFile, visible
from ecocsme.event import checks as event_checks
from ecocsme.event import model as event_model
from ecocsme.event import participants
from ecocsme.event.model import Event
from ecocsme.files import writing
from ecocsme.files.locking import held
from ecocsme.notes import coverage, forgotten, incoming, mapping, store
from ecocsme.notes.collecting import paused
from ecocsme.notes.incoming import Incoming, Progress
from ecocsme.notes.large import import_large
from ecocsme.notes.personal import masked
from ecocsme.notes.planning import Plan, Planning
from ecocsme.notes.report import Report, SheetReport
from ecocsme.notes.settling import Agree, Ask, Settling
from ecocsme.notes.store import NotesRead
from ecocsme.notes.wishes import UNSAID, Said
from ecocsme.project.folder import Folder, entry


def import_sheets(  # noqa: PLR0913  # one for each option of the command
    folder: Folder,
    event_name: str,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    replaces: str | None = None,
    new: bool = False,
    accept_withdrawn: bool = False,
    redact: bool = False,
    split: bool | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    ask: Ask | None = None,
    agree: Agree | None = None,
    said: Said = UNSAID,
    large: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Import answer sheets into an event, all or none of them, and report the fate of every cell.

    A file of a known name with other bytes is a correction (`replaces` names the sheet) or another sheet (`new`). Where
    neither is said, `ask(file, known sheet)` answers "replaces", "new" or None; without an answer Ambiguous is raised.
    So it is where a correction withdraws notes, unless `accept_withdrawn` or `agree(what)` allows it. `redact` puts masks
    in the place of personal data; `split` makes a note of each of several ideas in one answer. `said` are the flags about
    columns; what they decide is kept in mapping.yaml.
    `large` reads one CSV file of any size piece by piece. `progress(file, number, total)` is told of each file before.
    """
    event = _event(folder, event_name)
    if large:
        _refuse_with_large(
            {"--replaces": replaces is not None, "--accept-withdrawn": accept_withdrawn, "--redact": redact, "--split": split}
        )
        return import_large(
            folder, event, paths, dry_run=dry_run, new=new, encoding=encoding, delimiter=delimiter, said=said, progress=progress
        )
    files, skipped = incoming.gather(folder, [Path(path) for path in paths])
    _refuse_flags(files, replaces, new=new)
    if not dry_run:
        writing.finish(folder.root)
    before = _sound(folder, event.id)
    settling = Settling(replaces, new, accept_withdrawn or dry_run, redact, split, ask, agree)
    planning = _planning(folder, event.id, before, settling)
    seen = incoming.eyes(folder, event, encoding, delimiter, said)
    with paused():
        arrived = _read(files, seen, planning.settled, progress)
        plan = planning.take_all(arrived)
    plan.reports = [_in_vain(report, said, split) if report.fate == "known" else report for report in plan.reports]
    if dry_run:
        would = tuple(_named(folder, event.id, plan, arrived))
        return Report(tuple(plan.reports), would, tuple(skipped), dry_run=True, coverage=coverage.of(event, plan.after))
    written: tuple[str, ...] = ()
    if plan.sheets or plan.notes:
        plan, written = _write(folder, event.id, arrived, before, plan, settling)
    return Report(tuple(plan.reports), written, tuple(skipped), coverage=coverage.of(event, plan.after))


def _in_vain(report: SheetReport, said: Said, split: bool | None) -> SheetReport:  # noqa: FBT001  # None: nothing was said
    """Say that flags about columns and ideas do nothing to a sheet that was imported before."""
    named = f'"{visible(report.sheet)}"' if " " in report.sheet else visible(report.sheet)
    asked = split is not None and split != bool(report.parts)
    flags = ["--map"] * bool(said.columns) + ["--split" if split else "--no-split"] * asked
    vain = tuple(f"{flag} changed nothing; to read the sheet again by it, say --replaces {named}, too" for flag in flags)
    return replace(report, said=(*report.said, *vain))


def _refuse_with_large(flags: Mapping[str, bool | None]) -> None:
    """Refuse the flags that a file cannot follow which is read piece by piece."""
    why = {
        "--redact": ("personal data is not looked for", "import the file without --large, in parts of at most 100,000 rows"),
        "--split": ("answers are not split", "import the file without --large, in parts of at most 100,000 rows"),
    }
    correction = ("a large file is never a correction", "take the earlier sheet back (`ecocsme withdraw`) and import this one with --new")
    for flag, given in flags.items():
        if given:
            reason, cure = why.get(flag, correction)
            raise EcocsmeError(f"--large, {flag}: {reason} where a file is read piece by piece; {cure}; nothing was imported")


def _planning(folder: Folder, event: str, read: NotesRead, settling: Settling) -> Planning:
    people = partial(participants.highest, folder, event)
    return Planning(event, read.files, folder.sheets(event), settling, forgotten.load(folder, event), people)


def _read(
    files: Sequence[tuple[Path, str]], seen: incoming.Eyes, known: Collection[str], progress: Progress | None
) -> tuple[Incoming, ...]:
    """Read all files; a refusal quotes what stands where titles should stand, and that may be personal."""
    try:
        return incoming.read_all(files, seen, known, progress)
    except InvalidFile as refused:
        raise type(refused)(replace(problem, message=masked(problem.message)) for problem in refused.problems) from None


def _write(
    folder: Folder, event: str, arrived: Sequence[Incoming], before: NotesRead, plan: Plan, settling: Settling
) -> tuple[Plan, tuple[str, ...]]:
    """Number and write under the lock of the event; where another command was quicker, plan again with what it wrote."""
    with held(folder.event_folder(event)):
        writing.finish(folder.root)
        now = _sound(folder, event)
        if now != before:
            settling.nobody_waits()
            plan = _planning(folder, event, now, settling).take_all(arrived)
        replaced = [*(file.shown for file in now.files), folder.shown(mapping.path(folder, event))]
        return plan, writing.publish(folder.root, _named(folder, event, plan, arrived), may_replace=replaced)


def _named(folder: Folder, event: str, plan: Plan, arrived: Sequence[Incoming]) -> dict[str, bytes]:
    """All files to be written by their paths: what was said of columns and the sheets first, the notes last."""
    decided = [layout for one in arrived if one.answers is not None for layout in one.answers.layouts]
    sheets = mapping.to_write(folder, event, decided) if plan.notes else {}
    sheets |= {folder.shown(entry(folder.sheets(event), name)): data for name, data in plan.sheets.items()}
    return sheets | {folder.shown(entry(folder.notes(event), f"{name}.csv")): data for name, data in plan.notes.items()}


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
