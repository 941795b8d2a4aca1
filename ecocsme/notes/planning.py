"""What an import would change: file by file, each is known, new, a correction, or in doubt; nothing is written here."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from ecocsme.errors import Ambiguous, EcocsmeError, Problem, UnknownName, visible
from ecocsme.files.text import digest
from ecocsme.notes import correcting, duplicates, fates, naming, personal_cells, respondents, splitting
from ecocsme.notes.answers import Answers, Draft
from ecocsme.notes.fates import Changed
from ecocsme.notes.forgotten import Forgotten
from ecocsme.notes.incoming import Incoming
from ecocsme.notes.kept import Kept
from ecocsme.notes.model import Note
from ecocsme.notes.numbering import Numbers, first_parts, made
from ecocsme.notes.report import SheetReport
from ecocsme.notes.settling import Settling, taken_out
from ecocsme.notes.store import NotesFile, serialise

_ALIKE = 5  # shared answers from which a sheet of another name is said to look like one that was imported


@dataclass(slots=True)
class Plan:
    """The bytes of all sheets and notes files that are to be written, by name of the sheet, and the report on each file.

    `after` are the notes that the event has then.
    """

    sheets: dict[str, bytes] = field(default_factory=dict)
    notes: dict[str, bytes] = field(default_factory=dict)
    reports: list[SheetReport] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    after: tuple[Note, ...] = ()


class Planning:
    """Takes one file after the other; each sees what those before it have added."""

    def __init__(
        self, event: str, files: Iterable[NotesFile], folder: Path, settling: Settling, forgotten: Forgotten, people: Callable[[], int]
    ) -> None:
        """Start from the notes files of an event, the folder of its sheets, what was forgotten, and the last number of a participant."""
        self._event = event
        self._settling = settling
        self._forgotten = forgotten
        self._people = people
        self._plan = Plan()
        self._looked = 0
        self._all = [Kept(file.sheet, file.notes) for file in files if file.notes]
        self._numbers = Numbers((note for kept in self._all for note in kept.notes), forgotten.notes)
        paths = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
        self._on_disk = {unicodedata.normalize("NFC", path.name): path for path in paths}
        self._hashes: dict[str, tuple[Kept, str]] = dict(self._superseded())
        for kept in sorted(self._all, key=lambda one: bool(one.current)):  # one that stands comes after one that was taken back
            self._remember(kept)

    @property
    def settled(self) -> frozenset[str]:
        """The hashes of the sheets that need not be read again: nothing would become of them."""
        if self._settling.replaces is not None:
            return self._forgotten.sheets
        return self._forgotten.sheets | {hashed for hashed, known in self._hashes.items() if not self._again(*known)}

    def take_all(self, incoming: Sequence[Incoming]) -> Plan:
        """Plan all files; raise Ambiguous with every one that nobody has settled."""
        for one in incoming:
            self._take(one)
        if self._plan.doubts:
            raise Ambiguous("\n".join(self._plan.doubts))
        self._plan.after = tuple(note for kept in self._all for note in kept.notes)
        return self._plan

    def _superseded(self) -> Iterator[tuple[str, tuple[Kept, str]]]:
        """Earlier versions, which no note names any more, by the hash of their copies."""
        for kept in self._all:
            for name, path in sorted(self._on_disk.items()):
                if name != kept.newest.sheet and kept.goes_by(name):
                    yield _hash(path), (kept, name)

    def _remember(self, kept: Kept) -> None:
        self._hashes.update({note.sheet_sha256: (kept, note.sheet) for note in kept.notes})

    def _again(self, kept: Kept, name: str) -> bool:
        """Whether known bytes still change something: the sheet was taken back, or masks are wanted now."""
        return not kept.current or (self._settling.redact and name == kept.newest.sheet)

    def _take(self, one: Incoming) -> None:
        known = self._hashes.get(one.sha256)
        if one.sha256 in self._forgotten.sheets:
            self._plan.reports.append(fates.of_stones(one))
        elif self._settling.replaces is not None and self._may_correct(known, self._named(self._settling.replaces)):
            self._correct(one, _read(one), self._named(self._settling.replaces))
        elif known is not None and self._again(*known):
            self._correct(one, _read(one), known[0])
        elif known is not None:
            self._known(one, *known)
        elif not self._brings_back(one, _read(one)):
            self._unknown(one, _read(one))

    @staticmethod
    def _may_correct(known: tuple[Kept, str] | None, target: Kept) -> bool:
        """Whether bytes may correct a sheet: not where they stand as another one."""
        return known is None or known[0] is target or not known[0].current

    def _unknown(self, one: Incoming, found: Answers) -> None:
        family = [kept for kept in self._all if kept.goes_by(one.name)]
        if not family:
            self._new(one, found)
            return
        family += [kept for kept in self._all if naming.is_numbered(kept.sheet, one.name)]
        self._doubtful(one, found, family)

    def _doubtful(self, one: Incoming, found: Answers, family: Sequence[Kept]) -> None:
        """A known name with other bytes: what stands in it says which sheet is meant, and a person says what it is."""
        counts = [correcting.shared(kept.notes, self._wholes(self._seated(found, kept), kept), self._event) for kept in family]
        likely, count = max(zip(family, counts, strict=True), key=lambda pair: pair[1])
        if respondents.is_form(found.drafts) and all(respondents.another(self._wholes(found, kept), kept.answers) for kept in family):
            self._new(one, found)  # everybody's form has the same name
            return
        described = f"{visible(likely.sheet)} ({count} of its {len(likely.answers)} answers stand in this file, too)"
        meant = self._settling.settle(one.shown, likely.sheet, described)
        if meant == "replaces":
            self._correct(one, found, likely)
        elif meant == "new":
            self._new(one, found)
        else:
            flag = f'"{visible(likely.sheet)}"' if " " in likely.sheet else visible(likely.sheet)
            cure = f"say --replaces {flag} if it corrects that sheet, or --new if it is another one; nothing was imported"
            self._plan.doubts.append(f"{visible(one.shown)}: a sheet of this name was imported before: {described}; {cure}")

    def _brings_back(self, one: Incoming, found: Answers) -> bool:
        """Whether a sheet answers for a respondent who was forgotten, and nobody has said that this is somebody else."""
        gone = self._forgotten.respondents()
        cells = [draft.cell for draft in found.drafts if first_parts(self._event, draft) in gone] if gone else []
        if not cells or self._settling.new:
            return False
        self._plan.doubts.append(str(fates.brought_back(one.shown, cells)))
        return True

    def _known(self, one: Incoming, kept: Kept, name: str) -> None:
        """The same bytes under any name are nothing new; a copy that is missing is put back."""
        missing = name not in self._on_disk and name not in self._plan.sheets
        if missing:
            self._plan.sheets[name] = one.data
        self._plan.reports.append(fates.of_known(one, kept, name, put_back=missing))

    def _new(self, one: Incoming, found: Answers) -> None:
        name = self._free_name(one)
        ids: list[str] = []
        notes: list[Note] = []
        warnings = tuple(self._lookalikes(one, found))
        found = self._seated(found)
        for draft in self._drafts(found):
            ids.append(self._numbers.give(first_parts(self._event, draft)))
            parent = ids[draft.parent] if draft.parent is not None else ""
            notes.append(made(draft, ids[-1], self._event, sheet=name, sha256=one.sha256, parent=parent))
        self._all.append(Kept(name, tuple(notes)))
        self._write(one, self._all[-1], name)
        self._report(one, found, Changed(self._all[-1], "new", warnings=warnings))

    def _correct(self, one: Incoming, found: Answers, target: Kept) -> None:
        if self._brings_back(one, found):
            return
        found = self._seated(found, target)
        again = target.newest.sheet_sha256 == one.sha256
        sheet = target.newest.sheet if again else naming.version(target.sheet, PurePath(one.name).suffix, self._taken())
        before = personal_cells.masked_notes(target.notes) if self._masks(target) else target.notes
        corrected = correcting.correct(
            before, self._drafts(found, target), self._numbers, event=self._event, sheet=sheet, sha256=one.sha256
        )
        if again and corrected.notes == target.notes:
            self._known(one, target, sheet)
            return
        if not self._settling.may_withdraw(one.shown, corrected.withdrawn):
            cure = "if they are to go, say --accept-withdrawn; nothing was imported"
            self._plan.doubts.append(f"{visible(one.shown)}: {taken_out(corrected.withdrawn)}; {cure}")
            return
        changed = Changed.by(corrected, target)
        target.notes = corrected.notes
        self._write(one, target, sheet)
        self._report(one, found, changed)

    def _seated(self, found: Answers, kept: Kept | None = None) -> Answers:
        """The same answers, everybody who has no number yet with one."""
        if not respondents.unnamed(found.drafts):
            return found
        highest = max(self._people(), self._numbers.respondent)
        return replace(found, drafts=respondents.seated(found.drafts, kept.notes if kept else (), highest))

    def _write(self, one: Incoming, kept: Kept, name: str) -> None:
        self._plan.sheets[name] = one.data
        self._plan.notes[kept.sheet] = serialise(kept.notes)
        self._remember(kept)

    def _report(self, one: Incoming, found: Answers, changed: Changed) -> None:
        self._looked += sum(len(kept.notes) for kept in self._all)
        others = (note for kept in self._all if kept is not changed.kept for note in kept.notes)
        current = changed.kept.current
        alike = duplicates.look(current, others) if self._looked <= duplicates.ENOUGH else duplicates.not_looked_at(current)
        masked, asked = self._masks(changed.kept), bool(self._settling.split)
        report = fates.of_sheet(one, found, changed, alike, masked=masked, split=asked)
        self._plan.reports.append(replace(report, votes=self._votes(found, changed.kept)))

    def _votes(self, found: Answers, kept: Kept) -> dict[str, int]:
        """The votes of each note; its notes stand in the order of its answers."""
        if all(draft.votes is None for draft in found.drafts):
            return {}
        pairs = zip(kept.current, self._drafts(found, kept), strict=True)
        return {note.id: draft.votes for note, draft in pairs if draft.votes is not None}

    def _masks(self, kept: Kept | None) -> bool:
        """Whether personal data is masked: asked for, or masked in the sheet before."""
        return self._settling.redact or (kept is not None and personal_cells.is_masked(kept.notes))

    def _drafts(self, found: Answers, kept: Kept | None = None) -> Sequence[Draft]:
        drafts = self._wholes(found, kept)
        wished = self._settling.split
        remembered = wished is None and kept is not None and splitting.is_split(kept)
        return splitting.split_drafts(drafts) if wished or remembered else drafts

    def _wholes(self, found: Answers, kept: Kept | None) -> Sequence[Draft]:
        return personal_cells.masked_drafts(found.drafts) if self._masks(kept) else found.drafts

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
        left = {one.name} if path is not None and _hash(path) == one.sha256 else set()
        named = {name for kept in self._all for name in (kept.sheet, *(note.sheet for note in kept.notes))}
        taken = (self._taken() - left) | named
        return naming.numbered(one.name, taken) if any(naming.same(one.name, name) for name in taken) else one.name

    def _lookalikes(self, one: Incoming, found: Answers) -> Iterator[Problem]:
        """A sheet of another name that shares most of its answers with one that was imported: said, not refused."""
        for kept in self._all:
            count = correcting.shared(kept.notes, self._wholes(self._seated(found, kept), kept), self._event)
            if count >= _ALIKE and count * 2 >= len(found.drafts):
                message = f"{count} of its {len(found.drafts)} answers stand in {visible(kept.sheet)}, too, which was imported before"
                cure = f"if it corrects that sheet, take it back (`ecocsme withdraw`) and import it with --replaces {visible(kept.sheet)}"
                yield Problem(one.shown, message, cure, severity="warning", code="lookalike")


def _hash(path: Path) -> str:
    return digest(path, f"sheets/{path.name}")


def _read(one: Incoming) -> Answers:
    if one.answers is None:
        raise EcocsmeError(f"{visible(one.shown)}: its notes were removed while this was read; import it again")
    return one.answers
