"""Numbers that states give to persons: the shape, the date of birth where it holds one, and the check digit must all fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_RUN = re.compile(r"(?<![\w+])(?<!\d[.,])\d(?:[ .-]?\d){7,13}(?!\w|[.,]\d)")
_ITALIAN = re.compile(r"(?<![^\W_])[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPRST][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z](?![^\W_])", re.IGNORECASE)
_FINNISH = re.compile(r"(?<!\w)(\d{2})(\d{2})(\d{2})[-+A-FU-Y](\d{3})([\dA-FHJ-NPR-Y])(?!\w)", re.IGNORECASE)
_FINNISH_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
# the value of each sign (0-9, A-Z) of a codice fiscale at odd places
_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_NEAR = 30  # characters before a number in which its name may stand


@dataclass(frozen=True, slots=True)
class _Scheme:
    """One kind of number: its name, how it is written, how its digits are proved; `named`: how it may be written beside its name."""

    name: str
    written: re.Pattern[str]
    proved: Callable[[str], bool]
    named: re.Pattern[str]


def national(text: str) -> Iterator[tuple[int, int, str]]:
    """Find national numbers of persons (RO, NL, IT, HR, LT, HU, DE, FI); one that two countries could have given names both."""
    for match in _ITALIAN.finditer(text):
        if _proved_italian(match[0].upper()):
            yield *match.span(), "codice fiscale"
    for match in _FINNISH.finditer(text):
        day, month, year, number, sign = match.groups()
        rest = int(day + month + year + number) % 31
        if _is_day(month, day) and _FINNISH_SIGNS[rest] == sign.upper():
            yield *match.span(), "henkilötunnus"
    for match in _RUN.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        names = [scheme.name for scheme in _SCHEMES if _is(scheme, match[0], before)]
        if names:
            yield *match.span(), "/".join(names)


def _is(scheme: _Scheme, run: str, before: str) -> bool:
    beside = scheme.name.split()[0].casefold() in before.casefold()
    return bool((scheme.named if beside else scheme.written).fullmatch(run)) and scheme.proved(re.sub(r"\D", "", run))


def _weighed(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _is_day(month: str, day: str) -> bool:
    return int(month) in range(1, 13) and int(day) in range(1, 32)


def _proved_romanian(digits: str) -> bool:
    rest = _weighed(digits, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return _is_day(digits[3:5], digits[5:7]) and int(digits[12]) == rest - rest // 10 * 9


def _proved_dutch(digits: str) -> bool:
    return int(digits) > 0 and _weighed(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0


def _proved_lithuanian(digits: str) -> bool:
    rest = _weighed(digits, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)) % 11
    if rest // 10:
        rest = _weighed(digits, (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)) % 11 % 10
    return _is_day(digits[3:5], digits[5:7]) and int(digits[10]) == rest


def _proved_hungarian(digits: str) -> bool:
    """Whoever was born before 1997 has weights that rise, all others weights that fall."""
    rising = tuple(range(1, 11))
    rests = (_weighed(digits, rising) % 11, _weighed(digits, rising[::-1]) % 11)
    return _is_day(digits[3:5], digits[5:7]) and int(digits[10]) in rests


def _proved_insured(digits: str) -> bool:
    return _weighed(digits, (3, 7) * 4) % 10 == int(digits[8])


def _proved_taxed(digits: str) -> bool:
    return _weighed(digits, tuple(range(1, 10))) % 11 == int(digits[9])


def _proved_croatian(digits: str) -> bool:
    """The check digit of ISO 7064, as Croatia and Germany have it."""
    rest = 10
    for digit in digits[:10]:
        rest = ((int(digit) + rest) % 10 or 10) * 2 % 11
    return (11 - rest) % 10 == int(digits[10])


def _proved_german(digits: str) -> bool:
    """One digit stands twice or three times among the first ten, and all others at most once."""
    counts = sorted((digits[:10].count(digit) for digit in set(digits[:10])), reverse=True)
    return counts[0] in (2, 3) and counts[1] == 1 and _proved_croatian(digits)


def _proved_italian(signs: str) -> bool:
    odd = sum(_ODD[int(sign, 36)] for sign in signs[:15:2])
    even = sum(int(sign, 36) - (0 if sign.isdigit() else 10) for sign in signs[1:15:2])
    return (odd + even) % 26 == ord(signs[15]) - ord("A")


def _scheme(name: str, written: str, proved: Callable[[str], bool], named: str = "") -> _Scheme:
    return _Scheme(name, re.compile(written), proved, re.compile(named or written))


# nine digits in threes are a price first, and what begins with 0 or 86 is a telephone: there the name must stand beside the number
_SCHEMES = (
    _scheme("CNP", r"[1-9]\d{12}|[1-9][ -]\d{6}[ -]\d{6}", _proved_romanian),
    _scheme("BSN", r"(?!0|86)\d{9}|(?!0)\d{4}[. ]\d{2}[. ]\d{3}", _proved_dutch, r"\d{9}|\d{3}([. -])\d{3}\1\d{3}|\d{4}[. ]\d{2}[. ]\d{3}"),
    _scheme("OIB", r"[1-9]\d{10}", _proved_croatian, r"\d{11}"),
    _scheme("asmens kodas", r"[1-6]\d{10}", _proved_lithuanian),
    _scheme("személyi szám", r"[1-8]([ -]?)\d{6}\1\d{4}", _proved_hungarian),
    _scheme("TAJ", r"(?!0|86)\d{9}|(?!0)\d{3}-\d{3}-\d{3}", _proved_insured, r"\d{3}([ -]?)\d{3}\1\d{3}"),
    _scheme("adóazonosító jel", r"8\d{9}", _proved_taxed),
    _scheme("Steuer-ID", r"[1-9]\d{10}|[1-9]\d \d{3} \d{3} \d{3}", _proved_german),
)
