"""Who answers: a form, or a row of an export, names nobody; its respondent is a number that is given when it is imported."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ecocsme.notes.model import SOMEBODY, Note, content_of
from ecocsme.notes.tally import Draft

_DIGITS = re.compile("[0-9]+")
_ALIKE = 60  # per cent from which two texts may be one answer, corrected
_MANY = 50
Answer = tuple[str, str]  # the question, and the text


@dataclass(frozen=True, slots=True)
class _Before:
    """A respondent of the sheet before: what was answered, and in which rows."""

    name: str
    said: Counter[Answer]
    rows: frozenset[int]


def unnamed(drafts: Iterable[Draft]) -> bool:
    """Whether some answers are of somebody who has no number yet."""
    return any(_is_somebody(draft.origin.respondent) for draft in drafts)


def is_form(drafts: Sequence[Draft]) -> bool:
    """Whether a sheet is one form, filled in by one person."""
    return bool(drafts) and all(draft.origin.respondent == SOMEBODY for draft in drafts)


def seated(drafts: Sequence[Draft], before: Iterable[Note], highest: int) -> tuple[Draft, ...]:
    """Give everybody a number: the one of the sheet before to who says the same or stands in the same row, else the next one."""
    said: dict[str, Counter[Answer]] = {}
    for draft in drafts:
        if _is_somebody(draft.origin.respondent):
            said.setdefault(draft.origin.respondent, Counter())[draft.origin.question, draft.text] += 1
    if not said:
        return tuple(drafts)
    numbers = _continued(said, _before(before))
    fresh = (f"p{number:02d}" for number in itertools.count(highest + 1))
    numbers |= {somebody: next(fresh) for somebody in said if somebody not in numbers}
    return tuple(
        replace(draft, origin=replace(draft.origin, respondent=numbers.get(draft.origin.respondent, draft.origin.respondent)))
        for draft in drafts
    )


def one_after_another(drafts: Iterable[Draft], highest: Callable[[], int]) -> Iterator[Draft]:
    """Give everybody a number while rows are read piece by piece: the next one after the highest that is given by then."""
    before = name = ""
    for draft in drafts:
        somebody = draft.origin.respondent
        if not _is_somebody(somebody):
            yield draft
            continue
        if somebody != before:
            before, name = somebody, f"p{highest() + 1:02d}"
        yield replace(draft, origin=replace(draft.origin, respondent=name))


def another(drafts: Sequence[Draft], before: Sequence[Note]) -> bool:
    """Whether a form is surely another person's than the sheet before: fewer than half of its answers are like those."""
    from rapidfuzz.fuzz import ratio

    answers = [(draft.origin.question, draft.text) for draft in drafts if content_of(draft.text) == "yes"]
    theirs: dict[str, list[str]] = {}
    for note in before:
        theirs.setdefault(note.question, []).append(note.text)
    alike = sum(any(ratio(text, other) >= _ALIKE for other in theirs.get(question, ())) for question, text in answers)
    return 2 * alike < len(answers)


def _is_somebody(respondent: str) -> bool:
    return respondent == SOMEBODY or respondent.startswith(f"{SOMEBODY}:")


def _before(notes: Iterable[Note]) -> list[_Before]:
    found: dict[str, list[Note]] = {}
    for note in notes:
        if note.respondent and not note.table:
            found.setdefault(note.respondent, []).append(note)
    return [
        _Before(name, Counter((n.question, n.text) for n in theirs), frozenset(row for n in theirs for row in _rows(n.cell)))
        for name, theirs in sorted(found.items())
    ]


def _rows(cell: str) -> Iterator[int]:
    return (int(digits) for digits in _DIGITS.findall(cell)[:1])


def _continued(said: Mapping[str, Counter[Answer]], before: Sequence[_Before]) -> dict[str, str]:
    """Who goes on as whom: first who stands in the same row and says the same, then who shares most answers, then who stands there.

    A form has no row: it goes on as the only person there was.
    """
    at = {row: other for other in reversed(before) for row in other.rows}
    beside = {one: at.get(int(row)) if (row := one.partition(":")[2]) else next(iter(before), None) for one in said}
    pairs = [(one, other.name) for one, other in beside.items() if other and said[one] & other.said]
    numbers: dict[str, str] = {}
    taken: set[str] = set()
    for one, name in (*pairs, *_alike(said, before), *((one, other.name) for one, other in beside.items() if other)):
        if one not in numbers and name not in taken:
            numbers[one] = name
            taken.add(name)
    return numbers


def _alike(said: Mapping[str, Counter[Answer]], before: Sequence[_Before]) -> Iterator[tuple[str, str]]:
    """Pairs that share an answer, those that share most of them first; what very many say tells nobody apart."""
    known: dict[Answer, list[str]] = {}
    for other in before:
        for answer in other.said:
            known.setdefault(answer, []).append(other.name)
    shared = Counter(
        (order, one, name)
        for order, (one, answers) in enumerate(said.items())
        for answer in answers
        for name in known.get(answer, ())[:_MANY]
    )
    return ((one, name) for _, _, one, name in sorted((-count, order, one, name) for (order, one, name), count in shared.items()))
