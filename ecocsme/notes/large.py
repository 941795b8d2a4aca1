"""One text file too large to be held in memory becomes notes: read, numbered and written piece by piece, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from ecocsme.errors import Ambiguous, EcocsmeError, InvalidFile, Problem, visible
from ecocsme.event import participants
from ecocsme.event.model import Event
from ecocsme.files import writing
from ecocsme.files.locking import held
from ecocsme.notes import forgotten, incoming, naming, respondents, store, streams
from ecocsme.notes.incoming import Eyes
from ecocsme.notes.model import COLUMNS
from ecocsme.notes.numbering import Numbers, first_parts, made
from ecocsme.notes.pieces import Pieces
from ecocsme.notes.report import Report, SheetReport
from ecocsme.notes.streams import Stream
from ecocsme.notes.wishes import UNSAID, Said
from ecocsme.project.folder import Folder

_COPIED = 1 << 20
_ENDINGS = (".csv", ".txt")


@dataclass(frozen=True, slots=True)
class LargeReport(SheetReport):
    """The fate of a large sheet, whose notes are counted and not kept."""

    counted: int = 0
    empty: int = 0
    by_question: Mapping[str, int] = field(default_factory=dict)

    @property
    def kept(self) -> int:
        """How many notes the sheet has given."""
        return self.counted

    @property
    def no_content(self) -> int:
        """How many of them say nothing."""
        return self.empty

    @property
    def per_question(self) -> Mapping[str, int]:
        """How many notes each question has been given."""
        return self.by_question


@dataclass(slots=True)
class _Before:
    """What an event has, as far as a new sheet must know it: hashes with the names of their sheets, and the numbers given."""

    hashes: dict[str, str] = field(default_factory=dict)
    numbers: Numbers = field(default_factory=lambda: Numbers(()))


def import_large(
    folder: Folder,
    event: Event,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    encoding: str | None = None,
    delimiter: str | None = None,
    said: Said = UNSAID,
) -> Report:
    """Import one large CSV file into an event, or with `dry_run` only say what would become of it.

    What is held in memory does not grow with the file. It is a new sheet or a known one, never a correction.
    """
    path = Path(paths[0])
    if len(paths) != 1 or path.suffix.casefold() not in _ENDINGS:
        raise EcocsmeError("--large: takes one CSV file (.csv, .txt) at a time; import all others without it")
    eyes: Eyes = incoming.eyes(folder, event, encoding, delimiter, said)
    stream = streams.opened(path, path.as_posix(), eyes.hints)
    sha256 = streams.digest(path)
    if sha256 in forgotten.load(folder, event.id).sheets:
        raise EcocsmeError(f"{visible(path.name)}: these bytes hold answers that were forgotten; nothing of them is imported")
    with held(folder.event_folder(event.id)):
        if not dry_run:
            writing.finish(folder.root)
        return _Importing(folder, event, stream, sha256, eyes).done(dry_run=dry_run)


class _Importing:
    """One import, from what is there to what is written."""

    def __init__(self, folder: Folder, event: Event, stream: Stream, sha256: str, eyes: Eyes) -> None:
        self._folder, self._event, self._stream, self._sha256 = folder, event, stream, sha256
        self._pieces = Pieces(stream, eyes.known, eyes.wishes)
        self._name = naming.kept_name(stream.path.name, stream.shown)
        self._copy = stream.path

    def done(self, *, dry_run: bool) -> Report:
        """Import, unless these bytes are known."""
        before = _before(self._folder, self._event.id)
        if self._sha256 in before.hashes:
            known = before.hashes[self._sha256]
            said = f"these bytes were imported before, as {visible(known)}"
            return Report((LargeReport(self._stream.shown, known, "known", said=(said,)),), dry_run=dry_run)
        if any(naming.same(self._name, name) for name in (*before.hashes.values(), *_sheets(self._folder, self._event.id))):
            raise Ambiguous(f"{visible(self._stream.shown)}: a sheet of this name is there already; rename the file; nothing was imported")
        self._numbers = before.numbers
        if dry_run:
            for _ in self._pieces.drafts():
                pass
            return Report((self._report(),), dry_run=True)
        sheet = self._folder.shown(self._folder.sheets(self._event.id) / self._name)
        notes = self._folder.shown(self._folder.notes(self._event.id) / f"{self._name}.csv")
        written = writing.publish(self._folder.root, {sheet: self._copied, notes: self._written})
        return Report((self._report(),), written)

    def _copied(self, target: BinaryIO) -> None:
        """Copy the file, and refuse it where it is another one by now."""
        digest = hashlib.sha256()
        with open(self._stream.path, "rb") as source:
            while piece := source.read(_COPIED):
                digest.update(piece)
                target.write(piece)
        if digest.hexdigest() != self._sha256:
            raise EcocsmeError(f"{visible(self._stream.shown)}: was changed while it was read; import it again; nothing was imported")
        self._copy = Path(target.name)

    def _written(self, target: BinaryIO) -> None:
        """Number the answers of the copy, and write their notes."""
        event = self._event.id
        people = participants.highest(self._folder, event)
        drafts = respondents.one_after_another(
            self._pieces.drafts(replace(self._stream, path=self._copy)), lambda: max(people, self._numbers.respondent)
        )
        notes = (
            made(draft, self._numbers.give(first_parts(event, draft)), event, sheet=self._name, sha256=self._sha256, parent="")
            for draft in drafts
        )
        target.writelines(line.encode() for line in store.lines(notes))

    def _report(self) -> SheetReport:
        pieces, tally = self._pieces, self._pieces.tally
        return LargeReport(
            self._stream.shown,
            self._name,
            "new",
            not_read=tuple(tally.not_read),
            headers=tally.headers,
            context=tally.context,
            left_out=dict(tally.left_out),
            said=tuple(tally.said),
            cells=pieces.cells,
            counted=pieces.notes,
            empty=pieces.no_content,
            by_question=pieces.per_question,
        )


def _before(folder: Folder, event: str) -> _Before:
    """Look through the notes of an event without keeping them."""
    found = _Before()
    found.numbers = Numbers((), _ids(folder, event, found.hashes))
    return found


def _ids(folder: Folder, event: str, hashes: dict[str, str]) -> Iterator[str]:
    sheet, sha256 = COLUMNS.index("sheet"), COLUMNS.index("sheet_sha256")
    for path in store.files(folder, event):
        with open(path, encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            if tuple(next(reader, ())) != COLUMNS:
                raise InvalidFile([Problem(folder.shown(path), "does not begin with the header of a notes file", "see `ecocsme check`", 1)])
            for row in reader:
                hashes[row[sha256]] = row[sheet]
                yield row[0]
    yield from forgotten.load(folder, event).notes


def _sheets(folder: Folder, event: str) -> list[str]:
    path = folder.sheets(event)
    return [one.name for one in path.iterdir()] if path.is_dir() else []
