"""The form of a question: closed, double, too long, or none at all; how closed ones begin is said by the words of each language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ecocsme.language.letters import fold
from ecocsme.language.words import Words

MOST_WORDS = 25
_MARKS = "?\u037e\u061f\uff1f"  # also the Greek, the Arabic and the full-width one
_SENTENCE = re.compile(f"[^.!…{_MARKS}]*[.!…{_MARKS}]+|[^.!…{_MARKS}]+$")
_OPENING = re.compile(r"[\W_]+")
_WORD = re.compile(r"\S*\w\S*")
_FEW = 2  # words that a whole question has at least: `How and why did ...` is one question


@dataclass(frozen=True, slots=True)
class Forms:
    """How closed questions begin in some languages, and what joins a second question to a first one."""

    closed: tuple[str, ...]
    joined: tuple[str, ...]

    @classmethod
    def of(cls, packs: Iterable[Words]) -> Forms:
        """Take the forms from words packs; a pack of a user's that has none says nothing."""
        said = [pack.under("question_forms") for pack in packs]
        return cls(_phrases(one.get("closed", "") for one in said), _phrases(one.get("joined", "") for one in said))


def _phrases(texts: Iterable[str]) -> tuple[str, ...]:
    found = {fold(phrase) for text in texts for phrase in text.split(";")}
    return tuple(sorted(found - {""}, key=lambda phrase: (-len(phrase), phrase)))


def asks(text: str) -> bool:
    """Whether a text has a question mark."""
    return any(mark in text for mark in _MARKS)


def length(text: str) -> int:
    """How many words a text has; `start-up-uri` and `IT&C` are one each."""
    return len(_WORD.findall(text))


def bare(text: str) -> str:
    """A text as it is compared with another one: letters and digits only, capitals and cedillas aside."""
    return _OPENING.sub(" ", fold(text)).strip()


def closed(text: str, forms: Forms) -> str:
    """The words with which a question begins that can be answered with yes or no; '' where it is open."""
    # `Three years are left: what is to be done?` asks behind the colon only
    clauses = [f"{bare(sentence.rpartition(':')[2])} " for sentence in _questions(text)]
    return next((phrase for clause in clauses for phrase in forms.closed if clause.startswith(f"{bare(phrase)} ")), "")


def double(text: str, forms: Forms) -> str:
    """What makes two questions of one: a second question mark, or words such as `and why`; '' where it is one."""
    asked = _questions(text)
    if len(asked) > 1:
        return f"{len(asked)} question marks"
    words = [f" {bare(one)} " for one in asked]
    return next((phrase for one in words for phrase in forms.joined if _is_joined(one, f" {bare(phrase)} ")), "")


def _is_joined(words: str, phrase: str) -> bool:
    before, found, _ = words.partition(phrase)
    return bool(found) and length(before) >= _FEW


def _questions(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.findall(text) if asks(sentence)]
