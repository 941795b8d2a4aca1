"""Telephone numbers: national forms (RO, NL, IT, HR, LT, HU, DE, FI) and those with a country's prefix."""

from __future__ import annotations

import re
from collections.abc import Iterator

_APART = "[ \u00a0\u2009\u202f./()–‑-]"  # dashes as people type them
_RUN = re.compile(rf"(?<![\w/+#@-])(?<!\d[.,])(?:\+|\(\+?|)\d(?:{_APART}{{0,3}}+\d){{5,19}}(?![^\W_])")
_GROUP = re.compile(r"\d+")
_NO_PHONE = re.compile(
    r"(?<!\d)(?:\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}"  # dates
    r"|[0-2]?\d\.[0-5]\d ?[–-] ?[0-2]?\d\.[0-5]\d|\d\d\.\d\d ?[–-] ?\d\d\.\d\d)(?!\d)"  # times, days
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([. \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*")
_COMPACT_DATE = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d")
_SAID = re.compile(
    r"(?:\b(?:tel|mob|fax|gsm|cell|phone|handy|whatsapp|viber|sms|sun[aă]|call|bel|chiama|nazov|zovi|skambin|hívj|ruf|soit)|telef|puhelin)"
    r"[^\W\d]*[^\w+]{0,3}(?:[^\W\d]+[^\w+]{1,2}){0,2}\Z",
    re.IGNORECASE,
)
# how many digits follow the prefix of a country (those of the labs and their neighbours); all others: 7 to 12
_AFTER = {
    "40": range(9, 10), "31": range(9, 10), "39": range(6, 12), "385": range(8, 10), "370": range(8, 9), "36": range(8, 10),
    "49": range(6, 12), "358": range(5, 12), "1": range(10, 11), "44": range(10, 11), "33": range(9, 10), "34": range(9, 10),
    "7": range(10, 11), "43": range(6, 13), "41": range(9, 10), "381": range(8, 10), "32": range(8, 10), "48": range(9, 10),
}  # fmt: skip
_OTHER = re.compile(r"2[07]|2\d\d|3[0-9]|35\d|37\d|38\d|4[0-9]|42\d|5[1-8]|5\d\d|6[0-6]|6[79]\d|8[1246]|8[05-8]\d|9[0-58]|9[679]\d")
_NATIONAL = re.compile(r"0[1-9]\d{6,10}|3[1-9]\d{7,8}|8[3-7]\d{7}")
_ALONE = frozenset("012345679")  # an area has two digits or more, but for the 8 of Lithuania
_SUM = re.compile(r"\+[1-9]\d{0,2}(?:\.\d{3}){1,2}")  # +10.000.000
_GROUPS = 8  # that a number is written in, at most
_WITH_NAME = re.compile(r"\d{6,13}")


def phones(text: str) -> Iterator[tuple[int, int, str]]:
    """Find telephone numbers; dates, times, prices, years and post codes are none."""
    for match in _RUN.finditer(text):
        if not _NO_PHONE.search(match[0]):
            said = bool(_SAID.search(text, max(0, match.start() - 40), match.start()))
            yield from _within(match[0], match.start(), said=said)


def _within(run: str, offset: int, *, said: bool) -> Iterator[tuple[int, int, str]]:
    """Find the numbers in a run of groups of digits: from the left, the longest first."""
    groups = [group.span() for group in _GROUP.finditer(run)]
    first = 0
    while first < len(groups):
        start = groups[first][0]
        signed = start - (run[max(0, start - 1) : start] == "+")
        begins = said or run[signed] in "+038"
        for last in range(min(len(groups), first + _GROUPS) - 1, first - 1, -1) if begins else ():
            if _is_phone(run[signed : groups[last][1]], said=said):
                yield offset + signed, offset + groups[last][1], "phone"
                first = last
                break
        first += 1


def _is_phone(written: str, *, said: bool) -> bool:
    digits = re.sub(r"\D", "", written)
    if len(digits) not in range(6, 18):
        return False
    if written.startswith("+") or digits.startswith("00"):
        return _is_international(written)
    groups = _GROUP.findall(written)
    if _THOUSANDS.fullmatch(written) and not said:
        return False
    if said:
        return bool(_WITH_NAME.fullmatch(digits))
    return bool(_NATIONAL.fullmatch(digits)) and _is_grouped(groups) and not _COMPACT_DATE.fullmatch(digits)


def _is_grouped(groups: list[str]) -> bool:
    """Whether the digits are grouped as numbers are read out: the area first, and not digit by digit."""
    if groups[0].startswith("3") and groups[1:]:
        return len(groups[0]) in range(3, 4) and len(groups) in range(5)
    new_lithuanian = groups[:1] == ["0"] and re.fullmatch(r"6\d\d", groups[1]) is not None
    return (groups[0] not in _ALONE or new_lithuanian) and len(groups) in range(7) and all(group[1:] for group in groups[2:])


def _is_international(written: str) -> bool:
    if _SUM.fullmatch(written):
        return False
    number = re.sub(r"\(0\)|\D", "", written)
    number = number if written.startswith("+") else number[2:]
    for length in (3, 2, 1):
        if number[:length] in _AFTER:
            return len(number) - length in _AFTER[number[:length]]
    return any(_OTHER.fullmatch(number[:length]) and len(number) - length in range(7, 13) for length in (3, 2))
