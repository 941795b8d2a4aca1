"""What a person should know of the answers of a sheet although they were kept as typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ecocsme.errors import Problem, visible
from ecocsme.language.letters import unprintable
from ecocsme.notes.answers import Draft
from ecocsme.notes.encodings import mojibake
from ecocsme.notes.model import content_of

_LISTED = 10


def cautions(drafts: Sequence[Draft], shown: str) -> Iterator[Problem]:
    """Name the cells that a spreadsheet would run, that were decoded wrongly before, or that hold signs nobody can see."""
    formulas = [
        draft for draft in drafts if draft.text.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) and content_of(draft.text) == "yes"
    ]
    if formulas:
        yield _said(shown, formulas, "a spreadsheet would take these answers for formulas", "do not open the notes file in one", "formula")
    garbled = [draft for draft in drafts if mojibake(draft.text)]
    if garbled:
        cure = "if they are garbled (mojibake), ask for the sheet again, saved as UTF-8"
        yield _said(shown, garbled, "these answers look as if they had been decoded wrongly before the sheet was saved", cure, "mojibake")
    unseen = [draft for draft in drafts if unprintable(draft.text)]
    if unseen:
        signs = ", ".join(dict.fromkeys(sign for draft in unseen for sign in unprintable(draft.text)))
        cure = "they are kept as typed; documents leave these characters out"
        yield _said(shown, unseen, f"these answers hold characters that cannot be printed ({visible(signs, 100)})", cure, "unprintable")


def _said(shown: str, drafts: Sequence[Draft], message: str, cure: str, code: str) -> Problem:
    cells = [f"{draft.tab}!{draft.cell}" if draft.tab else draft.cell for draft in drafts]
    further = f" and {len(cells) - _LISTED} more" if len(cells) > _LISTED else ""
    return Problem(shown, f"{message}: {', '.join(cells[:_LISTED])}{further}", cure, severity="warning", code=code)
