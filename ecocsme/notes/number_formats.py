"""What a person sees in a cell of numbers: dates, times, percentages, units and leading zeros by the cell's number format.

Two things are left out on purpose, because they depend on the computer and not on the file: thousands are not grouped,
and dates with names in them, or in the order of the computer's region, are written as 2020-10-20.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from ecocsme.notes.date_formats import Token, is_moment, moment

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@",
    **dict.fromkeys((14, 15, 16, 17, *range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
}  # fmt: skip

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<half>AM/PM|A/P)|(?P<general>General)'
    r"|(?P<date>y+|m+|d+|h+|s+|e(?![+-])|g+|b+)|(?P<power>E[+-])|(?P<place>[0#?])|(?P<sign>[.,%])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(E[+-]?[0-9]+)?", re.IGNORECASE)
_DIGITS = 15  # that many a spreadsheet keeps
_SMALLEST = -10  # below, a number is written with a power of ten


def shown(value: str, code: str, *, since_1904: bool = False) -> str:
    """Write a stored number as its cell shows it; a text that is no number comes back as it is."""
    if not _NUMBER.fullmatch(value):
        return value
    number = Decimal(f"{float(value):.{_DIGITS}g}")
    if not number.is_finite():
        return value
    try:
        written = _formatted(number, float(value), code, since_1904=since_1904)
    except (InvalidOperation, OverflowError, ValueError):
        written = ""  # further from zero than its format can show
    # the accountant's sign for zero says nothing to anybody else
    return written if any(char.isalnum() for char in written) else general(number)


def general(number: Decimal) -> str:
    """Write a number without a format: at most 15 digits, no needless zeros, a point before decimals."""
    if not number:
        return "0"
    exponent = number.adjusted()
    if _SMALLEST < exponent < _DIGITS:
        text = f"{number:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return f"{number.normalize():E}"


def _formatted(number: Decimal, exact: float, code: str, *, since_1904: bool) -> str:
    sections = _sections(code)
    if is_moment(sections[0]):
        return moment(exact, sections[0], since_1904=since_1904)
    tokens, number = _chosen(sections, number)
    return _number(number, tokens)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[Token, ...], ...]:
    """Split a format into its parts for positive, negative, zero and text, each as tokens."""
    sections: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code[:255]):
        kind = match.lastgroup or "padding"
        if kind == "other" and match[0] == ";":
            sections.append([])
        else:
            sections[-1].append((kind, match[kind] if match.lastgroup else ""))
    return tuple(tuple(section) for section in sections)


def _chosen(sections: Sequence[tuple[Token, ...]], number: Decimal) -> tuple[tuple[Token, ...], Decimal]:
    if number < 0 and len(sections) > 1 and sections[1]:
        return sections[1], -number
    if not number and len(sections) > 2 and sections[2]:  # noqa: PLR2004  # the third part is that of zero
        return sections[2], number
    return sections[0], number


def _number(number: Decimal, tokens: Sequence[Token]) -> str:
    """Fill the digits of a number into the places of its format; nothing where the format is beyond us."""
    kinds = [kind for kind, _ in tokens]
    if "general" in kinds:
        return _around(tokens, "general", general(number))
    if ("other", "/") in tokens or any(kind == "bracket" and text[:1] in "<>=" for kind, text in tokens):
        return ""
    if ("other", "@") in tokens:
        return general(number)
    if "place" not in kinds:
        return _around(tokens, "", "")
    if "power" in kinds:
        power = kinds.index("power")
        digits, _, exponent = f"{number:.{kinds[_point(tokens) : power].count('place')}E}".partition("E")
        return f"{digits}E{exponent[0]}{exponent[1:].zfill(kinds[power:].count('place'))}"
    return _digits(number, tokens)


def _around(tokens: Sequence[Token], kind: str, middle: str) -> str:
    return "".join(middle if found == kind else _literal(found, text) for found, text in tokens).strip()


def _literal(kind: str, text: str) -> str:
    if kind == "bracket":  # a currency: [$lei-418]
        return text[1:].split("-", 1)[0] if text.startswith("$") else ""
    return text if kind in ("quoted", "escaped", "other") or text == "%" else ""


def _point(tokens: Sequence[Token]) -> int:
    """The index of the decimal point, or the end."""
    return next((index for index, token in enumerate(tokens) if token == ("sign", ".")), len(tokens))


def _digits(number: Decimal, tokens: Sequence[Token]) -> str:
    point = _point(tokens)
    places = sum(kind == "place" for kind, _ in tokens[point:])
    scaled = number * 100 ** sum(token == ("sign", "%") for token in tokens) / 1000 ** _trailing_commas(tokens)
    rounded = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, decimals = f"{abs(rounded):f}".partition(".")
    before = _filled(tokens[:point], whole.lstrip("0"))
    after = _decimals(tokens[point + 1 :], decimals)
    sign = "-" if rounded < 0 else ""
    return (sign + before + after).strip()


def _filled(tokens: Sequence[Token], whole: str) -> str:
    """Put the digits before the point into their places, from the right; the first place takes all that is left."""
    first = next((index for index, (kind, _) in enumerate(tokens) if kind == "place"), None)
    pieces = [] if first is not None else [whole]
    for index in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[index]
        if kind != "place":
            pieces.append(_literal(kind, text))
        elif index == first:
            pieces.append(whole or ("0" if text == "0" else ""))
        else:
            pieces.append(whole[-1:] or ("0" if text == "0" else ""))
            whole = whole[:-1]
    return "".join(reversed(pieces))


def _decimals(tokens: Sequence[Token], decimals: str) -> str:
    pieces = []
    used = 0
    for kind, text in tokens:
        if kind != "place":
            pieces.append(_literal(kind, text))
            continue
        if text == "0" or decimals[used:].strip("0"):
            pieces.append(decimals[used])
        used += 1
    joined = "".join(pieces)
    return f".{joined}" if joined[:1].isdigit() else joined


def _trailing_commas(tokens: Sequence[Token]) -> int:
    """Count the commas behind the last place: each divides by a thousand."""
    last = max((index for index, (kind, _) in enumerate(tokens) if kind == "place"), default=0)
    return sum(token == ("sign", ",") for token in tokens[last:])
