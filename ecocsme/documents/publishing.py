"""Documents into their places: all or none, never over what a person changed, never under a program that holds one open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ecocsme import __version__
from ecocsme.documents import calendar_marks, changes, manifest, origins
from ecocsme.documents.inputs import Inputs
from ecocsme.documents.manifest import Beside, Entry
from ecocsme.documents.orders import ANSWER_SHEET, CALENDAR, Document
from ecocsme.documents.reasons import reason
from ecocsme.errors import EcocsmeError, Problem, WouldOverwrite, visible
from ecocsme.files.writing import foresee, publish
from ecocsme.project.folder import Folder

_PROGRAMS = {"docx": "Word", "xlsx": "Excel"}
_HELD = frozenset({5, 32, 33})  # Windows: access denied, sharing violation, lock violation


@dataclass(frozen=True, slots=True)
class Placed:
    """What a build has come to: the files written, in order, what is to be said of documents that people changed, and why each was due."""

    paths: tuple[str, ...]
    said: tuple[Problem, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Build:
    """One document as rendered, and what it was made from."""

    document: Document
    data: bytes
    inputs: Mapping[str, str]

    def entry(self, folder: Folder, beside: Beside | None) -> Entry:
        """What the manifest keeps of it."""
        kept = calendar_marks.marks(self.data) if self.document.format == CALENDAR else calendar_marks.Marks()
        return Entry(
            sha256=manifest.digest(self.data),
            version=__version__,
            order=manifest.ordered(folder, self.document),
            inputs=dict(self.inputs),
            paragraphs=self.marks,
            beside=beside,
            **kept._asdict(),
        )

    @property
    def marks(self) -> tuple[str, ...]:
        """A mark for each of its paragraphs."""
        return changes.marks(changes.paragraphs(self.data, self.document.format))


def place(folder: Folder, documents: Iterable[Document], made: Mapping[str, bytes], *, force: bool, dry_run: bool) -> Placed:
    """Write documents and their manifest, all or none; what a person changed stays, and the new build is put beside it.

    Raise WouldOverwrite for a file that is not ours, EcocsmeError for one that another program holds open. `dry_run` goes
    as far as that, and writes nothing.
    """
    inputs, built = Inputs(folder), manifest.read(folder)
    builds = [Build(document, made[document.path], inputs.hashes(document)) for document in documents]
    files: dict[str, bytes] = {}
    said: list[Problem] = []
    why: dict[str, str] = {}
    for build in builds:
        path, known = build.document.path, built.get(build.document.path)
        free = _is_free(folder, path, build.data, known)
        why[path] = reason(inputs, build.document, known) or "unchanged" if free else "is replaced, whoever wrote it (--force)"
        if force or free:
            built[path] = build.entry(folder, known.beside if known else None)
            files[path] = build.data
        elif known is None or not (folder.root / path).is_file():
            raise WouldOverwrite(f"{visible(path)}: was not built by ecocsme; rename it, or build with --force; nothing was written")
        else:
            new = _beside(folder, build, known)
            files[new] = build.data
            said += _kept(folder, build, known, new)
            why[path] = f"changed by hand and kept; the new build goes to {new}"
            beside = Beside(sha256=manifest.digest(build.data), paragraphs=build.marks)
            built[path] = build.entry(folder, beside).model_copy(update={"sha256": known.sha256, "paragraphs": known.paragraphs})
    _refuse_held_open(folder, files)
    if dry_run:
        foresee(folder.root, files, may_replace=files)
    else:
        _publish(folder, files, manifest.written(built))
    return Placed(tuple(files), tuple(said), why)


def _is_free(folder: Folder, name: str, data: bytes, known: Entry | None) -> bool:
    """Whether a place is empty, or holds a build of ours, or the very bytes that are to go there."""
    if not (folder.root / name).is_file():
        return not (folder.root / name).exists()
    there = _read(folder, name)
    return there == data or (known is not None and known.is_ours(there))


def _beside(folder: Folder, build: Build, known: Entry) -> str:
    """The name of the new build beside a document that a person changed; a build that lies there may be replaced."""
    stem, _, ending = build.document.path.rpartition(".")
    name = f"{stem}.new.{ending}"
    if not _is_free(folder, name, build.data, known):
        raise WouldOverwrite(f"{visible(name)}: was changed by hand, too; rename it; nothing was written")
    return name


def _kept(folder: Folder, build: Build, known: Entry, new: str) -> Iterator[Problem]:
    """Say that a person's document was kept, and name every paragraph that the person changed."""
    path = build.document.path
    yield Problem(path, "was changed by hand and is kept", f"the new build is {new}", severity="warning", code="by-hand")
    if build.document.kind == ANSWER_SHEET:
        return  # it was filled in, and what people typed is for `import-notes` alone
    before = {*known.paragraphs, *(known.beside.paragraphs if known.beside else ())}
    changed = changes.compare(_read(folder, path), build.data, build.document.format, before)
    own = Folder(folder.root, build.document.own)
    yield from origins.told(own, build.document, changed) if changed else ()


def _refuse_held_open(folder: Folder, files: Mapping[str, bytes]) -> None:
    """Refuse to replace what Word, Excel or LibreOffice shows: it would write its own version over ours, or keep us out."""
    owned = {name: _owner(folder.root / name) for name in files if (folder.root / name).is_file()}
    held = [(name, owner) for name, owner in owned.items() if owner and _read(folder, name) != files[name]]
    if held:
        raise EcocsmeError("\n".join(_held_open(name, owner) for name, owner in held))


def _owner(path: Path) -> str:
    """The owner file beside an open document: Word writes `~$` over the first one or two letters of longer names."""
    name = path.name
    owners = (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~lock.{name}#")
    return next((owner for owner in owners if (path.parent / owner).exists()), "")


def _held_open(name: str, owner: str = "") -> str:
    program = "LibreOffice" if owner.endswith("#") else _PROGRAMS.get(name.rpartition(".")[2], "another program")
    said = f" (its mark is {owner})" if owner else ""
    crashed = "; if no program has it open any more, delete that mark" if owner else ""
    return f"{visible(name)}: is open in {program}{said}; close it and build again{crashed}; nothing was changed"


def _read(folder: Folder, name: str) -> bytes:
    """The bytes of a document; some programs let nobody read what they hold open."""
    try:
        return (folder.root / name).read_bytes()
    except PermissionError as error:
        if _is_held(error):
            raise EcocsmeError(_held_open(name)) from error
        raise EcocsmeError(
            f"{visible(name)}: cannot be read ({error.strerror}); ask for the right to read it; nothing was changed"
        ) from error


def _is_held(error: BaseException | None) -> bool:
    return isinstance(error, PermissionError) and getattr(error, "winerror", None) in _HELD


def _publish(folder: Folder, files: Mapping[str, bytes], kept: bytes) -> None:
    try:
        publish(folder.root, {**files, manifest.NAME: kept}, may_replace={*files, manifest.NAME})
    except EcocsmeError as error:
        cause = error.__cause__
        if not isinstance(cause, PermissionError) or not _is_held(cause):
            raise
        named = {Path(str(name)).name for name in (cause.filename, cause.filename2) if name is not None}
        held = [name for name in files if name.rpartition("/")[2] in named and (folder.root / name).is_file()]
        if not held:
            raise
        raise EcocsmeError("\n".join(_held_open(name) for name in held)) from cause
