"""Columns that are in doubt: titles that are nearly a question, and columns that nobody knows; asked, or refused with the flag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ecocsme.errors import visible
from ecocsme.notes import matching, profiles, similar
from ecocsme.notes.grid import Grid, letters, refusal
from ecocsme.notes.header_rows import JOINED
from ecocsme.notes.layouts import LEFT_OUT, Layout
from ecocsme.notes.mapping import FIELDS
from ecocsme.notes.similar import Likeness
from ecocsme.notes.tally import Tally
from ecocsme.notes.wishes import LEAVE_OUT, Wishes

_ASKED_ABOUT = 12  # columns that nobody knows: more are not asked about one by one


@dataclass(frozen=True, slots=True)
class Settled:
    """A layout without doubts, and whether a person has settled some."""

    layout: Layout
    decided: bool = False


def settle_rows(grid: Grid, layout: Layout, tally: Tally, said: Wishes) -> Layout:
    """Let no row of answers pass for a header: where nothing shows that a row is one, ask, or refuse."""
    row = grid.rows[layout.top] if layout.below > layout.top else None
    cells = {c: cell for c, cell in row.cells.items() if c in layout.answers} if row is not None else {}
    if row is None or not cells or said.header_rows is not None or _shows_header(grid, layout, tally, said):
        return layout
    first = cells[min(cells)]
    about = f"{visible(first.address)} says “{visible(first.text, 60)}”"
    if said.choose is not None:
        if said.choose(f"{tally.shown}: {about}. Is this a header (h) or an answer (a)?", ("h", "a")) == "a":
            return replace(layout, top=0, below=0, titles={})
        return layout
    cure = "say --header-rows 1 if it is a header, --header-rows 0 if it is an answer"
    raise refusal(tally.shown, f"{about}: nothing shows whether this is a header or an answer", cure, row.line)


def _shows_header(grid: Grid, layout: Layout, tally: Tally, said: Wishes) -> bool:
    """Whether a row is a header for certain: it says what is known, or what a person named columns by."""
    known = tally.known
    texts = [cell.text for row in grid.rows[layout.top : layout.below] for cell in row.cells.values()]
    titles = {column: cell.text for column, cell in grid.rows[layout.top].cells.items()}
    if (
        known.questions_in(texts)
        or profiles.recognise(titles, known.tools)
        or any(known.field(text) or known.texted(text) for text in texts)
    ):
        return True
    said_of = set(map(str.casefold, (*texts, *layout.titles.values())))
    return any(one.column.casefold() in said_of for one in said.assigned) or _labelled(grid, layout)


def _labelled(grid: Grid, layout: Layout) -> bool:
    """Whether numbers of tables, rounds or respondents begin only below: then what stands above them is their title."""
    below = grid.rows[layout.below] if layout.below < len(grid.rows) else None
    for name, number in (("table", matching.table_of), ("round", matching.round_of), ("respondent", matching.respondent_of)):
        for column in layout.columns(name):
            cell = below.cells.get(column) if below is not None else None
            if cell is not None and number(cell.text) and not number(layout.titles.get(column, "1")):
                return True
    return False


def settle(grid: Grid, layout: Layout, tally: Tally, said: Wishes) -> Settled:
    """Settle every column whose title is nearly a question, or, in a terminal, is not known at all."""
    if layout.columns("answer") and not layout.questions:
        return Settled(layout)
    unknown = _unknown(grid, layout)
    free = tally.known.ids - set(layout.questions.values())
    alike = {column: found for column in unknown if (found := similar.best(_parts(layout, column), tally.known, free))}
    if said.choose is None:
        return Settled(_judged(layout, alike, tally))
    asked = unknown if layout.questions and len(unknown) <= _ASKED_ABOUT else list(alike)
    return _asked(layout, asked, alike, tally, said)


def _unknown(grid: Grid, layout: Layout) -> list[int]:
    """The columns with a title that nobody knows, where anything stands below it."""
    unknown = [column for column in layout.titles if column not in layout.questions and column not in layout.fields]
    filled = {column for row in grid.rows[layout.below :] for column in row.cells} if unknown else set()
    return [column for column in unknown if column in filled]


def _parts(layout: Layout, column: int) -> Sequence[str]:
    return layout.titles[column].split(JOINED)


def _judged(layout: Layout, alike: dict[int, Likeness], tally: Tally) -> Layout:
    """In a script: take what is sure, and refuse what may be a question."""
    counts = [found.question for found in alike.values()]
    open_ = {column: found for column, found in alike.items() if not found.sure or counts.count(found.question) > 1}
    if open_:
        listed = "; ".join(
            f"column {letters(column)} “{visible(layout.titles[column], 60)}” may be {found.question} ({found.score} % alike)"
            for column, found in open_.items()
        )
        column, found = next(iter(open_.items()))
        cure = f"say --map {letters(column)}={found.question} if it is, --map {letters(column)}=- if it is not"
        raise refusal(tally.shown, listed, cure)
    for column, found in alike.items():
        named = f"column {letters(column)} “{visible(layout.titles[column], 60)}”"
        tally.say(f"{named} is taken for {found.question} ({found.score} % alike); if it is not, say --map {letters(column)}=-")
    return replace(layout, questions={**layout.questions, **{column: found.question for column, found in alike.items()}})


def _asked(layout: Layout, columns: Sequence[int], alike: dict[int, Likeness], tally: Tally, said: Wishes) -> Settled:
    """In a terminal: ask about each column."""
    questions, fields = dict(layout.questions), dict(layout.fields)
    for column in columns:
        meant = _answer(layout, column, alike.get(column), tally, said)
        if meant in tally.known.ids:
            questions[column] = meant
        elif meant:
            fields[column] = LEFT_OUT if meant == LEAVE_OUT else meant
    decided = (questions, fields) != (layout.questions, layout.fields)
    return Settled(replace(layout, questions=questions, fields=fields), decided)


def _answer(layout: Layout, column: int, found: Likeness | None, tally: Tally, said: Wishes) -> str:
    if said.choose is None:
        return ""
    named = f"{tally.shown}: column {letters(column)} “{visible(layout.titles[column], 80)}”"
    ids = sorted(tally.known.ids, key=lambda question: int(question[1:]))
    choices = (*ids, *FIELDS, LEAVE_OUT)
    listed = f"{ids[0]} ... {ids[-1]}" if len(ids) > 1 else "".join(ids)
    what = f"{listed}, {', '.join(FIELDS)}, {LEAVE_OUT} to leave it out"
    if found is not None:
        return said.choose(
            f"{named} is {found.score} % like {found.question}. What does it hold ({what})? Enter: {found.question}",
            (found.question, *choices),
        )
    return said.choose(f"{named} is no question of the event. What does it hold ({what})? Enter: it is named as not read", ("", *choices))
