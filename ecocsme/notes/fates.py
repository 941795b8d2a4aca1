"""What is said of one sheet when it was read: its report with every caution, in words that repeat no personal data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ecocsme.errors import Ambiguous, Problem, visible
from ecocsme.notes import multipliers, personal_cells, splitting
from ecocsme.notes.answers import Answers
from ecocsme.notes.cautions import cautions, nearly_equal, some
from ecocsme.notes.correcting import Corrected
from ecocsme.notes.duplicates import Alike
from ecocsme.notes.incoming import Incoming
from ecocsme.notes.kept import Kept
from ecocsme.notes.personal import masked as mask
from ecocsme.notes.report import Fate, SheetReport


@dataclass(frozen=True, slots=True)
class Changed:
    """What an import made of a sheet: its notes, its fate, the IDs of the notes that it touched."""

    kept: Kept
    fate: Fate
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @classmethod
    def by(cls, corrected: Corrected, before: Kept) -> Changed:
        """Compare a corrected sheet with its notes before; a note that was masked is a changed one."""
        texts = {note.id: note.text for note in before.current}
        changed = (n.id for n in corrected.current if n.id in corrected.changed or texts.get(n.id, n.text) != n.text)
        fate: Fate = "corrected" if before.current else "revived"
        return cls(before, fate, corrected.added, tuple(changed), corrected.withdrawn)


def of_sheet(one: Incoming, found: Answers, changed: Changed, alike: Alike, *, masked: bool, split: bool = False) -> SheetReport:
    """Report on a sheet that gave notes."""
    kept, name = changed.kept, changed.kept.newest.sheet
    personal = personal_cells.look(found.drafts)
    return SheetReport(
        shown=one.shown,
        sheet=kept.sheet,
        fate=changed.fate,
        notes=kept.current,
        not_read=tuple(replace(left, reason=mask(left.reason)) for left in found.not_read),
        headers=found.headers,
        context=found.context,
        left_out=dict(found.left_out),
        said=(
            *_said(one, found, name, personal if masked else (), alike.repeated),
            *splitting.said(kept.current, asked=split),
            *multipliers.said(kept.current),
        ),
        cells=found.size,
        added=changed.added,
        changed=changed.changed,
        withdrawn=changed.withdrawn,
        warnings=(
            *changed.warnings,
            *cautions(found.drafts, one.shown),
            *((personal_cells.caution(one.shown, personal),) if personal and not masked else ()),
            *nearly_equal(alike, one.shown),
        ),
        personal=personal,
        masked=masked,
        alike=alike,
    )


def of_known(one: Incoming, kept: Kept, name: str, *, put_back: bool) -> SheetReport:
    """Report on bytes that were imported before."""
    said = [f"these bytes were imported before, as {visible(name)}"]
    if name != kept.newest.sheet:
        said.append(f"the sheet was corrected since: {visible(kept.newest.sheet)}")
    if put_back:
        said.append("the copy of the sheet was missing and is put back")
    return SheetReport(one.shown, kept.sheet, "known", kept.current, said=tuple(said), cells=len(kept.answers))


def of_stones(one: Incoming) -> SheetReport:
    """Report on bytes that hold what was forgotten."""
    message = "these bytes hold answers that were forgotten; nothing of them is imported"
    cure = "the other answers of this sheet are notes already; delete this file"
    warning = Problem(one.shown, message, cure, severity="warning", code="forgotten")
    return SheetReport(one.shown, one.name, "known", warnings=(warning,))


def brought_back(shown: str, cells: Sequence[str]) -> Ambiguous:
    """The refusal of a sheet that answers for a respondent who was forgotten."""
    cure = "take these rows out of the sheet, or say --new if this is somebody else; nothing was imported"
    return Ambiguous(f"{visible(shown)}: {some(cells)}: these are answers of a respondent who was forgotten; {cure}")


def _said(one: Incoming, found: Answers, name: str, personal: Sequence[personal_cells.Personal], repeated: int) -> Iterator[str]:
    yield from map(mask, found.said)
    if repeated:
        yield f"{repeated} {'answer says' if repeated == 1 else 'answers say'} the same to the same question as another one of this sheet"
    if personal:
        yield personal_cells.said_of_masks(personal)
    if name != one.name:
        yield f"kept as {visible(name)}"
