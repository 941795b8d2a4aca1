"""One text file too large to be held in memory becomes notes: read, numbered and written piece by piece, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

from ecocsme.errors import Ambiguous, EcocsmeError, visible
from ecocsme.event import participants
from ecocsme.event.model import Event
from ecocsme.files import own_csv, writing
from ecocsme.files.locking import held
from ecocsme.files.text import digest
from ecocsme.files.writing import Content
from ecocsme.notes import fates, forgotten, imported, incoming, mapping, naming, respondents, store, streams
from ecocsme.notes.imported import Imported, One
from ecocsme.notes.incoming import Incoming, Progress
from ecocsme.notes.model import Note, sealed
from ecocsme.notes.numbering import first_parts, made
from ecocsme.notes.pieces import Pieces
from ecocsme.notes.report import Fate, Report, SheetReport
from ecocsme.notes.streams import Stream
from ecocsme.notes.tally import Draft
from ecocsme.notes.wishes import UNSAID, Said
from ecocsme.project.folder import Folder

_COPIED = 1 << 20
_ENDINGS = (".csv", ".txt")
_UNSEEN = "nobody looked for personal data, nearly equal answers, lost letters or voices (x3); votes are summed up alone"


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


def import_large(  # noqa: PLR0913  # one for each option of the command
    folder: Folder,
    event: Event,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    new: bool = False,
    encoding: str | None = None,
    delimiter: str | None = None,
    said: Said = UNSAID,
    progress: Progress | None = None,
) -> Report:
    """Import one large CSV file into an event, or with `dry_run` only say what would become of it.

    What is held in memory does not grow with the file. It is a new sheet or a known one, never a correction; where its name
    is known, `new` says that it is another one.
    """
    path = Path(paths[0])
    if len(paths) != 1 or path.suffix.casefold() not in _ENDINGS:
        raise EcocsmeError("--large: takes one CSV file (.csv, .txt) at a time; import all others without it")
    shown = path.as_posix()
    if progress:
        progress(shown, 1, 1)
    eyes = incoming.eyes(folder, event, encoding, delimiter, said)
    stream = streams.opened(path, shown, eyes.hints)
    pieces = Pieces(stream, eyes.known, eyes.wishes)
    with held(folder.event_folder(event.id)):
        if not dry_run:
            writing.finish(folder.root)
        return _Importing(folder, event.id, stream, pieces, new=new).done(dry_run=dry_run)


class _Importing:
    """One import, from what is there to what is written."""

    def __init__(self, folder: Folder, event: str, stream: Stream, pieces: Pieces, *, new: bool) -> None:
        self._folder, self._event, self._stream, self._pieces, self._settled = folder, event, stream, pieces, new
        self._sha256, self._size = digest(stream.path, stream.shown), stream.path.stat().st_size
        self._received = naming.kept_name(stream.path.name, stream.shown)
        self._name = self._received
        self._copy = stream.path
        self._gone = forgotten.load(folder, event)

    def done(self, *, dry_run: bool) -> Report:
        """Import, unless these bytes are known."""
        if self._sha256 in self._gone.sheets:
            one = Incoming(self._stream.shown, self._received, b"", self._sha256, None)
            return Report((fates.of_stones(one),), dry_run=dry_run)
        before = imported.look(self._folder, self._event)
        known = before.by_hash(self._sha256, self._size)
        if known is not None and known[0].standing:
            return self._known(*known, before, dry_run=dry_run)
        if known is not None and not self._settled:
            return self._revived(*known, dry_run=dry_run)
        self._name = self._free_name(before)
        self._numbers = before.numbers
        if dry_run:
            for _ in self._drafts():
                pass
            return Report((self._report("new"),), dry_run=True)
        notes = self._folder.shown(self._folder.notes(self._event) / f"{self._name}.csv")
        return self._publish({self._sheet(self._name): self._copied, notes: self._written}, "new")

    def _known(self, one: One, name: str, before: Imported, *, dry_run: bool) -> Report:
        """The same bytes under any name are nothing new; a copy that is missing is put back."""
        said = [f"these bytes were imported before, as {visible(name)}"]
        if name != one.newest:
            said.append(f"the sheet was corrected since: {visible(one.newest)}")
        missing = name not in before.on_disk
        if missing:
            said.append("the copy of the sheet was missing and is put back")
        report = LargeReport(self._stream.shown, one.sheet, "known", said=tuple(said), cells=one.standing, counted=one.standing)
        files: dict[str, Content] = {self._sheet(name): self._copied} if missing and not dry_run else {}
        return Report((report,), writing.publish(self._folder.root, files), dry_run=dry_run)

    def _revived(self, one: One, name: str, *, dry_run: bool) -> Report:
        """Let the notes of a sheet that was taken back stand again, where it still gives the very same ones."""
        self._name = one.sheet
        with own_csv.long_values():  # two readers in turn: the first to end may not lower the limit of the other
            for draft, note in zip_longest(self._drafts(), imported.notes(one)):
                if draft is None or note is None or not self._gave(draft, note):
                    raise EcocsmeError(
                        f"{visible(self._stream.shown)}: was taken back ({visible(one.sheet)}), and reads differently now; "
                        "say --new to import it as another sheet; nothing was imported"
                    )
        if dry_run:
            return Report((self._report("revived"),), dry_run=True)
        return self._publish({self._sheet(name): self._copied, one.shown: lambda target: _stand(one, target)}, "revived")

    def _gave(self, draft: Draft, note: Note) -> bool:
        here = respondents.unnamed([draft]) or first_parts(self._event, draft) == note.prefix
        return here and (draft.text, draft.cell) == (note.text, note.cell) and note.sheet_sha256 == self._sha256

    def _publish(self, files: dict[str, Content], fate: Fate) -> Report:
        decided = mapping.to_write(self._folder, self._event, self._pieces.decided)
        written = writing.publish(self._folder.root, {**decided, **files}, may_replace=[*decided, *files])
        return Report((self._report(fate),), written)

    def _free_name(self, before: Imported) -> str:
        """The name as received, or with a short suffix where another sheet has it; a copy of the same bytes is reused."""
        family = next((one for one in before.ones if one.goes_by(self._received)), None)
        if family is not None and not self._settled:
            cure = "say --new if it is another sheet; a large file is never a correction; nothing was imported"
            raise Ambiguous(f"{visible(self._stream.shown)}: a sheet of this name was imported before ({visible(family.sheet)}); {cure}")
        left = {self._received} & set(before.copies(self._sha256, self._size))
        taken = ({*before.names, *before.on_disk} - left) | before.names
        return naming.numbered(self._received, taken) if any(naming.same(self._received, name) for name in taken) else self._received

    def _drafts(self, copy: Stream | None = None) -> Iterator[Draft]:
        """Every answer; raise Ambiguous at the end where some are those of a respondent who was forgotten."""
        gone = self._gone.respondents() if not self._settled else frozenset()
        cells: list[str] = []
        for draft in self._pieces.drafts(copy):
            if gone and first_parts(self._event, draft) in gone:
                cells.append(draft.cell)
            yield draft
        if cells:
            raise fates.brought_back(self._stream.shown, cells)

    def _copied(self, target: BinaryIO) -> None:
        """Copy the file, and refuse it where it is another one by now."""
        copied = hashlib.sha256()
        with open(self._stream.path, "rb") as source:
            while piece := source.read(_COPIED):
                copied.update(piece)
                target.write(piece)
        if copied.hexdigest() != self._sha256:
            raise EcocsmeError(f"{visible(self._stream.shown)}: was changed while it was read; import it again; nothing was imported")
        self._copy = Path(target.name)

    def _written(self, target: BinaryIO) -> None:
        """Number the answers of the copy, and write their notes."""
        people = participants.highest(self._folder, self._event)
        drafts = self._drafts(replace(self._stream, path=self._copy))
        notes = (
            made(draft, self._numbers.give(first_parts(self._event, draft)), self._event, sheet=self._name, sha256=self._sha256, parent="")
            for draft in respondents.one_after_another(drafts, lambda: max(people, self._numbers.respondent))
        )
        size = 0
        for line in store.lines(notes):
            size += target.write(line.encode())
            if size > store.MAX_NOTES:
                cure = "split it into several files; nothing was imported"
                raise EcocsmeError(
                    f"{visible(self._stream.shown)}: its notes would be more than {store.MAX_NOTES // 1_000_000:,} MB; {cure}"
                )

    def _sheet(self, name: str) -> str:
        return self._folder.shown(self._folder.sheets(self._event) / name)

    def _report(self, fate: Fate) -> SheetReport:
        pieces, tally = self._pieces, self._pieces.tally
        kept = (f"kept as {visible(self._name)}",) if fate == "new" and self._name != self._received else ()
        return LargeReport(
            self._stream.shown,
            self._name,
            fate,
            not_read=tuple(tally.not_read),
            headers=tally.headers,
            context=tally.context,
            left_out=dict(tally.left_out),
            said=(*tally.said, *kept, _UNSEEN),
            cells=pieces.cells,
            counted=pieces.notes,
            empty=pieces.no_content,
            by_question=pieces.per_question,
        )


def _stand(one: One, target: BinaryIO) -> None:
    """Write the notes of a sheet that was taken back, all of them current."""
    stand = (sealed(replace(note, state="current")) for note in imported.notes(one))
    target.writelines(line.encode() for line in store.lines(stand))
