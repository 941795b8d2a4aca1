"""What an import would change: file by file, each is known, new, a correction, or in doubt; nothing is written here."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from ecocsme.errors import Ambiguous, EcocsmeError, Problem, UnknownName, visible
from ecocsme.files.text import read_bytes
from ecocsme.notes import correcting, naming
from ecocsme.notes.answers import Answers
from ecocsme.notes.cautions import cautions
from ecocsme.notes.incoming import Incoming
from ecocsme.notes.model import Note
from ecocsme.notes.numbering import Numbers, first_parts, made
from ecocsme.notes.report import Fate, SheetReport
from ecocsme.notes.store import MAX_SHEET, NotesFile, serialise

Ask = Callable[[str, str], "str | None"]
_ALIKE = 5  # shared answers from which a sheet of another name is said to look like one that was imported


@dataclass(slots=True)
class Kept:
    """A sheet that was imported: the name it was first kept under, and its notes."""

    sheet: str
    notes: tuple[Note, ...]

    @property
    def current(self) -> tuple[Note, ...]:
        """The notes of its newest version."""
        return tuple(note for note in self.notes if note.state == "current")

    @property
    def newest(self) -> Note:
        """A note of its newest version, for the name and the hash of that."""
        return next((note for note in self.notes if note.state == "current"), self.notes[-1])

    def goes_by(self, name: str) -> bool:
        """Whether one of its versions, up to the newest, is kept under this name."""
        number = naming.version_number(self.sheet, name)
        newest = naming.version_number(self.sheet, self.newest.sheet)
        return number is not None and number <= (newest or 1)


@dataclass(slots=True)
class Settling:
    """How doubts are settled: by a flag, by asking once, or not at all."""

    replaces: str | None = None
    new: bool = False
    ask: Ask | None = None
    said: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def settle(self, shown: str, sheet: str, described: str) -> str | None:
        """Answer `replaces`, `new` or None; what was answered once is not asked again."""
        if self.new:
            return "new"
        if (shown, sheet) not in self.said and self.ask is not None:
            self.said[shown, sheet] = self.ask(shown, described)
        return self.said.get((shown, sheet))


@dataclass(slots=True)
class Plan:
    """The bytes of all sheets and notes files that are to be written, by name of the sheet, and the report on each file."""

    sheets: dict[str, bytes] = field(default_factory=dict)
    notes: dict[str, bytes] = field(default_factory=dict)
    reports: list[SheetReport] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


class Planning:
    """Takes one file after the other; each sees what those before it have added."""

    def __init__(self, event: str, files: Iterable[NotesFile], folder: Path, settling: Settling) -> None:
        """Start from the notes files of an event and the folder of its sheets."""
        self._event = event
        self._settling = settling
        self._plan = Plan()
        self._all = [Kept(file.sheet, file.notes) for file in files if file.notes]
        self._numbers = Numbers(note for kept in self._all for note in kept.notes)
        paths = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
        self._on_disk = {unicodedata.normalize("NFC", path.name): path for path in paths}
        self.hashes: dict[str, tuple[Kept, str]] = dict(self._superseded())
        for kept in self._all:
            self._remember(kept)

    def take_all(self, incoming: Sequence[Incoming]) -> Plan:
        """Plan all files; raise Ambiguous with every one that nobody has settled."""
        for one in incoming:
            self._take(one)
        if self._plan.doubts:
            raise Ambiguous("\n".join(self._plan.doubts))
        return self._plan

    def _superseded(self) -> Iterator[tuple[str, tuple[Kept, str]]]:
        """Earlier versions, which no note names any more, by the hash of their copies."""
        for kept in self._all:
            for name, path in sorted(self._on_disk.items()):
                if name != kept.newest.sheet and kept.goes_by(name):
                    yield hashlib.sha256(_bytes(path)).hexdigest(), (kept, name)

    def _remember(self, kept: Kept) -> None:
        self.hashes.update({note.sheet_sha256: (kept, note.sheet) for note in kept.notes})

    def _take(self, one: Incoming) -> None:
        known = self.hashes.get(one.sha256)
        if self._settling.replaces is not None:
            target = self._named(self._settling.replaces)
            if known is None or known[0] is target:
                self._correct(one, _read(one), target)
                return
        if known is not None:
            self._known(one, *known)
            return
        found = _read(one)
        family = [kept for kept in self._all if kept.goes_by(one.name)]
        if not family:
            self._new(one, found)
            return
        family += [kept for kept in self._all if naming.is_numbered(kept.sheet, one.name)]
        self._doubtful(one, found, family)

    def _doubtful(self, one: Incoming, found: Answers, family: Sequence[Kept]) -> None:
        """A known name with other bytes: what stands in it says which sheet is meant, and a person says what it is."""
        counts = [correcting.shared(kept.notes, found.drafts, self._event) for kept in family]
        likely, count = max(zip(family, counts, strict=True), key=lambda pair: pair[1])
        described = f"{visible(likely.sheet)} ({count} of its {len(likely.current)} answers stand in this file, too)"
        meant = self._settling.settle(one.shown, likely.sheet, described)
        if meant == "replaces":
            self._correct(one, found, likely)
        elif meant == "new":
            self._new(one, found)
        else:
            flag = f'"{visible(likely.sheet)}"' if " " in likely.sheet else visible(likely.sheet)
            cure = f"say --replaces {flag} if it corrects that sheet, or --new if it is another one; nothing was imported"
            self._plan.doubts.append(f"{visible(one.shown)}: a sheet of this name was imported before: {described}; {cure}")

    def _known(self, one: Incoming, kept: Kept, name: str) -> None:
        """The same bytes under any name are nothing new; a copy that is missing is put back."""
        said = [f"these bytes were imported before, as {visible(name)}"]
        if name != kept.newest.sheet:
            said.append(f"the sheet was corrected since: {visible(kept.newest.sheet)}")
        if name not in self._on_disk and name not in self._plan.sheets:
            self._plan.sheets[name] = one.data
            said.append("the copy of the sheet was missing and is put back")
        notes = kept.current
        self._plan.reports.append(SheetReport(one.shown, kept.sheet, "known", notes, said=tuple(said), cells=len(notes)))

    def _new(self, one: Incoming, found: Answers) -> None:
        name = self._free_name(one)
        ids: list[str] = []
        notes: list[Note] = []
        for draft in found.drafts:
            ids.append(self._numbers.give(first_parts(self._event, draft)))
            parent = ids[draft.parent] if draft.parent is not None else ""
            notes.append(made(draft, ids[-1], self._event, sheet=name, sha256=one.sha256, parent=parent))
        warnings = tuple(self._lookalikes(one, found))
        self._all.append(Kept(name, tuple(notes)))
        self._write(one, self._all[-1], name)
        self._report(one, found, "new", self._all[-1], warnings=warnings)

    def _correct(self, one: Incoming, found: Answers, target: Kept) -> None:
        again = target.newest.sheet_sha256 == one.sha256
        sheet = target.newest.sheet if again else naming.version(target.sheet, PurePath(one.name).suffix, self._taken())
        corrected = correcting.correct(target.notes, found.drafts, self._numbers, event=self._event, sheet=sheet, sha256=one.sha256)
        if again and corrected.notes == target.notes:
            self._known(one, target, sheet)
            return
        target.notes = corrected.notes
        self._write(one, target, sheet)
        self._report(one, found, "corrected", target, corrected)

    def _write(self, one: Incoming, kept: Kept, name: str) -> None:
        self._plan.sheets[name] = one.data
        self._plan.notes[kept.sheet] = serialise(kept.notes)
        self._remember(kept)

    def _report(
        self,
        one: Incoming,
        found: Answers,
        fate: Fate,
        kept: Kept,
        corrected: correcting.Corrected | None = None,
        warnings: tuple[Problem, ...] = (),
    ) -> None:
        name = kept.newest.sheet
        renamed = (f"kept as {visible(name)}",) if name != one.name else ()
        self._plan.reports.append(
            SheetReport(
                shown=one.shown,
                sheet=kept.sheet,
                fate=fate,
                notes=kept.current,
                not_read=found.not_read,
                headers=found.headers,
                context=found.context,
                left_out=dict(found.left_out),
                said=(*found.said, *renamed),
                cells=found.size,
                added=corrected.added if corrected else (),
                changed=corrected.changed if corrected else (),
                withdrawn=corrected.withdrawn if corrected else (),
                warnings=(*warnings, *cautions(found.drafts, one.shown)),
            )
        )

    def _named(self, sheet: str) -> Kept:
        for kept in self._all:
            if kept.goes_by(sheet):
                return kept
        raise UnknownName("sheet", sheet, [kept.sheet for kept in self._all])

    def _taken(self) -> set[str]:
        names = {name for kept in self._all for name in (kept.sheet, *(note.sheet for note in kept.notes))}
        return names | self._plan.sheets.keys() | self._on_disk.keys()

    def _free_name(self, one: Incoming) -> str:
        """The name as received, or with a short suffix where another sheet has it; a copy of the same bytes is reused."""
        path = self._on_disk.get(one.name)
        left = {one.name} if path is not None and _bytes(path) == one.data else set()
        named = {name for kept in self._all for name in (kept.sheet, *(note.sheet for note in kept.notes))}
        taken = (self._taken() - left) | named
        return naming.numbered(one.name, taken) if any(naming.same(one.name, name) for name in taken) else one.name

    def _lookalikes(self, one: Incoming, found: Answers) -> Iterator[Problem]:
        """A sheet of another name that shares most of its answers with one that was imported: said, not refused."""
        for kept in self._all:
            count = correcting.shared(kept.notes, found.drafts, self._event)
            if count >= _ALIKE and count * 2 >= len(found.drafts):
                message = f"{count} of its {len(found.drafts)} answers stand in {visible(kept.sheet)}, too, which was imported before"
                cure = f"if it corrects that sheet, remove its notes and import it with --replaces {visible(kept.sheet)}"
                yield Problem(one.shown, message, cure, severity="warning", code="lookalike")


def _bytes(path: Path) -> bytes:
    return read_bytes(path, f"sheets/{path.name}", limit=MAX_SHEET)


def _read(one: Incoming) -> Answers:
    if one.answers is None:
        raise EcocsmeError(f"{visible(one.shown)}: its notes were removed while this was read; import it again")
    return one.answers
