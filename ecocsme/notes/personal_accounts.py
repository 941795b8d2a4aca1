"""Bank accounts: IBANs, with the length of their country and their check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

# how many characters an IBAN has, by country
_LENGTHS = {
    "AD": 24, "AL": 28, "AT": 20, "BA": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27,
    "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25,
    "RO": 24, "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TR": 26, "UA": 29, "VA": 22, "XK": 20,
}  # fmt: skip
_BEGIN = re.compile(r"(?<![^\W_])([A-Z]{2}) ?(\d{2})(?=[ .\u00a0-]?[A-Z0-9])", re.IGNORECASE)
_NEXT = re.compile(r"[ .\u00a0-]?([A-Z0-9])", re.IGNORECASE)


def accounts(text: str) -> Iterator[tuple[int, int, str]]:
    """Find IBANs, written in one piece or in groups."""
    for begun in _BEGIN.finditer(text):
        length = _LENGTHS.get(begun[1].upper(), 0)
        signs, end = begun[1] + begun[2], begun.end()
        while len(signs) < length and (following := _NEXT.match(text, end)):
            signs, end = signs + following[1], following.end()
        if len(signs) == length and length and not text[end : end + 1].isalnum() and _checks(signs.upper()):
            yield begun.start(), end, "IBAN"


def _checks(signs: str) -> bool:
    """Whether the number that the characters stand for leaves 1 when divided by 97."""
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1
