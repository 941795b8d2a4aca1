"""Personal data in answers: found by kind and place, masked where that is asked for; the value itself is never handed on."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ecocsme.notes import personal_accounts, personal_addresses, personal_numbers, personal_phones

Find = Callable[[str], Iterator[tuple[int, int, str]]]  # where each begins and ends, and what it is called


@dataclass(frozen=True, slots=True)
class Family:
    """One family of personal data: its mask in every language, what a text must hold to be worth a look, and what finds it."""

    mask: str
    worth: re.Pattern[str]
    find: Find


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data in a text: what it is (`e-mail`, `CNP` ...), where it stands, and its mask."""

    kind: str
    start: int
    end: int
    mask: str


_DIGITS = re.compile(r"[0-9](?:[^0-9]{0,5}[0-9]){5}")  # the shortest number that counts has six, not far from each other
# where two families find the same place, the earlier one has it
FAMILIES = (
    Family("[e-mail]", re.compile(r"@|[(\[] ?[aA][tT]"), personal_addresses.mails),
    Family("[IP]", re.compile(r"\.[0-9]+\.[0-9]+\.|:[0-9A-Fa-f]*:"), personal_addresses.computers),
    Family("[IBAN]", _DIGITS, personal_accounts.accounts),
    Family("[ID]", _DIGITS, personal_numbers.national),
    Family("[tel.]", _DIGITS, personal_phones.phones),
)
_WORTH = re.compile(r"[0-9@(\[:]")
_MASKS = tuple(family.mask for family in FAMILIES)


def found(text: str) -> tuple[Finding, ...]:
    """Find the personal data in a text, in the order in which it stands there."""
    if not _WORTH.search(text):
        return ()
    taken: list[Finding] = []  # in order, none over another
    for family in (family for family in FAMILIES if family.worth.search(text)):
        for start, end, kind in family.find(text):
            place = bisect(taken, start, key=lambda finding: finding.start)
            free = (place == 0 or taken[place - 1].end <= start) and (place == len(taken) or end <= taken[place].start)
            if free:
                taken.insert(place, Finding(kind, start, end, family.mask))
    return tuple(taken)


def masked(text: str) -> str:
    """Put a mask in the place of all personal data; masking twice is masking once."""
    while findings := found(text):  # what overlapped with one that is masked now may come to light
        for finding in reversed(findings):
            text = text[: finding.start] + finding.mask + text[finding.end :]
    return text


def has_mask(text: str) -> bool:
    """Whether a text holds a mask, so that it was imported with its personal data taken out."""
    return "[" in text and any(mask in text for mask in _MASKS)
