"""The whole chain on the example project: from its event file and answer sheets to a plan in Word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ecocsme.checks.run import check_folder
from ecocsme.documents import building, context, kit
from ecocsme.documents.orders import AGENDA, Order
from ecocsme.errors import InvalidFile, WouldOverwrite
from ecocsme.files.places import examples
from ecocsme.files.writing import publish
from ecocsme.notes.importing import import_sheets
from ecocsme.project.folder import Folder

EVENT, PLAN, RECEIVED = "tm-lll4-r1", "tm", "answer-sheets"
STEPS = 7
_NOT_COPIED = frozenset({"out", "notes", "sheets"})


@dataclass(frozen=True, slots=True)
class Made:
    """What the example has come to: how many notes, and the documents to open, relative to its folder."""

    notes: int
    to_open: tuple[str, ...]


def run_example(target: Path, step: Callable[[str], None]) -> Made:
    """Make the example project in a new or empty folder and run the chain on it; `step` is told what is being done."""
    _refuse_used(target)
    step("making the example project: two labs in Timișoara, October 2020")
    publish(target, dict(_files()))
    folder = Folder(target.resolve())
    step("importing the answer sheets: a workbook, a CSV from Excel, a Markdown file")
    report = import_sheets(folder, EVENT, [folder.root / RECEIVED])
    step("checking every file")
    errors = [problem for problem in check_folder(folder) if problem.severity == "error"]
    if errors:
        raise InvalidFile(errors)
    built = [*_about_event(folder, step), *_plan(folder, step)]
    return Made(report.kept, tuple(name for name in built if name.endswith((".docx", ".xlsx"))))


def rehearse(target: Path, step: Callable[[str], None]) -> Made:
    """Do the same in a folder of its own that is removed again, and write nothing where it was meant to be."""
    _refuse_used(target)
    with TemporaryDirectory(prefix="ecocsme-") as scratch:
        return run_example(Path(scratch), step)


def _refuse_used(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WouldOverwrite(f"{target.name}: is there already and not empty; name a new folder; nothing was written")


def _about_event(folder: Folder, step: Callable[[str], None]) -> Iterator[str]:
    subject = context.of_event(folder, EVENT)
    step("building the agenda, in Romanian and English")
    yield from building.build(folder, subject, AGENDA).paths
    step("building the press release, in both languages in one file")
    yield from building.build(folder, subject, Order("press-release", together=True)).paths
    step("building the kit for the room: answer sheets and all that is printed")
    yield from _one_of_each(kit.build(folder, EVENT).paths)


def _one_of_each(paths: Sequence[str]) -> Iterator[str]:
    """The first file of each part of the kit: what is to be opened is a choice, all that was built a long list."""
    names = [(path.rsplit("/", 1)[-1], path) for path in paths if path.endswith((".docx", ".xlsx", ".html"))]
    for kind in kit.KIT:
        yield from [path for name, path in names if name.startswith((f"{kind}.", f"{kind}-"))][:1]


def _plan(folder: Folder, step: Callable[[str], None]) -> Iterator[str]:
    step("building the action plan")
    yield from building.build(folder, context.of_plan(folder, PLAN), Order("action-plan")).paths


def _files() -> Iterator[tuple[str, bytes]]:
    """The files that people wrote; the sheets are put where they might arrive, and everything else is made again."""
    root = examples() / "timisoara"
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root)
        if path.is_file() and not any(part in _NOT_COPIED or part.startswith(".ecocsme") for part in place.parts):
            yield place.as_posix(), path.read_bytes()
    for path in sorted((root / "events" / EVENT / "sheets").iterdir()):
        yield f"{RECEIVED}/{path.name}", path.read_bytes()
