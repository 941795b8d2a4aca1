"""Titles that are nearly a question: how alike they are, and whether that is enough to go by."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import combining, normalize

from ecocsme.notes.matching import Known, bare

SURE = 90  # per cent from which a title is taken for a question without asking
ASKED = 75  # per cent from which it may be one
_APART = 10  # per cent by which the second best question must be less alike
_SHORT = 12  # letters that a title must have: short ones are alike by chance


@dataclass(frozen=True, slots=True)
class Likeness:
    """A question that a title is like, in per cent; `sure` where it is high and no other comes near."""

    question: str
    score: int
    sure: bool


def best(title: Sequence[str], known: Known, free: Collection[str]) -> Likeness | None:
    """The question that a title is most like, among those that no other column answers; None where none comes near."""
    scores: dict[str, float] = {}
    for question, score in _scored(title, known):
        scores[question] = max(score, scores.get(question, 0))
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < ASKED or ranked[0][0] not in free:
        return None
    (question, score), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0
    return Likeness(question, int(score), score >= SURE and score - second >= _APART)


def _scored(title: Sequence[str], known: Known) -> Iterator[tuple[str, float]]:
    """Each question with its likeness to the whole title, or to a part of it."""
    from rapidfuzz import fuzz, process

    asked = [(question, _plain(text)) for text, question in known.texts.items() if question]
    choices = [text for _, text in asked]
    for part in dict.fromkeys((*title, " ".join(title))):
        plain = _plain(part)
        if len(plain) < _SHORT:
            continue
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
            for _, score, index in process.extract_iter(plain, choices, scorer=scorer, score_cutoff=ASKED // 2):
                yield asked[index][0], score


def _plain(text: str) -> str:
    """A text without the signs above and below its letters: forms are typed on all keyboards."""
    return "".join(sign for sign in normalize("NFD", bare(text)) if not combining(sign))
