"""What a person should know of the answers of a sheet although they were kept as typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ecocsme.errors import Problem, visible
from ecocsme.language.letters import unprintable
from ecocsme.notes.answers import Draft
from ecocsme.notes.duplicates import Alike
from ecocsme.notes.encodings import letters_lost, mojibake
from ecocsme.notes.model import Note, content_of

_LISTED, _PAIRS = 10, 4


def cautions(drafts: Sequence[Draft], shown: str) -> Iterator[Problem]:
    """Name the cells that a spreadsheet would run, that were decoded wrongly before, have lost letters, or hold signs nobody can see."""
    formulas = [
        draft for draft in drafts if draft.text.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) and content_of(draft.text) == "yes"
    ]
    if formulas:
        yield _said(shown, formulas, "a spreadsheet would take these answers for formulas", "do not open the notes file in one", "formula")
    garbled = [draft for draft in drafts if mojibake(draft.text)]
    if garbled:
        cure = "if they are garbled (mojibake), ask for the sheet again, saved as UTF-8"
        yield _said(shown, garbled, "these answers look as if they had been decoded wrongly before the sheet was saved", cure, "mojibake")
    lost = [draft for draft in drafts if letters_lost(draft.text)]
    if lost:
        cure = "if letters were lost, ask for the sheet again, saved as UTF-8 by the program in which it was typed"
        yield _said(
            shown,
            lost,
            "in these answers a question mark stands inside of a word, as where a program could not save a letter",
            cure,
            "lost",
        )
    unseen = [draft for draft in drafts if unprintable(draft.text)]
    if unseen:
        signs = ", ".join(dict.fromkeys(sign for draft in unseen for sign in unprintable(draft.text)))
        cure = "they are kept as typed; documents leave these characters out"
        yield _said(shown, unseen, f"these answers hold characters that cannot be printed ({visible(signs, 100)})", cure, "unprintable")


def nearly_equal(alike: Alike, shown: str) -> Iterator[Problem]:
    """Name the notes of a sheet that are nearly equal to another note, and the questions where nobody looked."""
    if alike.pairs:
        pairs = [f"{_place(first)} and {_place(second)}" for first, second in alike.pairs]
        counts = ", ".join(f"{question}: {count}" for question, count in alike.per_question.items())
        message = f"these answers are nearly equal ({counts}): {some(pairs, _PAIRS)}"
        cure = "all are kept; where one was typed twice, leave one out with `ecocsme decide leave-out`"
        yield Problem(shown, message, cure, severity="warning", code="nearly-equal")
    if alike.skipped:
        message = f"so many answers were not compared with each other: {', '.join(alike.skipped)}"
        yield Problem(shown, message, "look for answers that were typed twice yourself", severity="warning", code="nearly-equal")


def _place(note: Note) -> str:
    cell = f"{note.tab}!{note.cell}" if note.tab else note.cell
    return f"{note.id} ({visible(note.sheet, 60)}, {visible(cell, 40)})"


def some(places: Sequence[str], listed: int = _LISTED) -> str:
    """Name the first of many places, and how many more there are."""
    further = f" and {len(places) - listed} more" if len(places) > listed else ""
    return ", ".join(places[:listed]) + further


def _said(shown: str, drafts: Sequence[Draft], message: str, cure: str, code: str) -> Problem:
    cells = [f"{draft.tab}!{draft.cell}" if draft.tab else draft.cell for draft in drafts]
    return Problem(shown, f"{message}: {some(cells)}", cure, severity="warning", code=code)
