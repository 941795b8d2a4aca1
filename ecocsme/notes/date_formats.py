"""Dates, times of day and lengths of time, as a cell shows the number that a spreadsheet stores for them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

_DAY = 86_400
_NEVER_WAS = 60  # the number of 29 February 1900
_NAMED = ("mmm", "ddd", "e", "g", "b")  # months and days by name, and calendars of other regions
_LAST_DAY = 2_958_465  # 9999-12-31
Token = tuple[str, str]  # the kind of a sign of a format, and the sign


def is_moment(tokens: Sequence[Token]) -> bool:
    """Whether a format shows a date or a time."""
    return any(kind == "date" or (kind == "bracket" and _elapsed(text)) for kind, text in tokens)


def moment(serial: float, tokens: Sequence[Token], *, since_1904: bool) -> str:
    """Write a date, a time of day or a length of time; nothing where there is no such day."""
    if not 0 <= serial <= _LAST_DAY:
        return ""
    seconds = round(serial * _DAY)
    days, second = divmod(seconds, _DAY)
    day = _first_day(days, since_1904=since_1904) + dt.timedelta(days=days)
    dates = [text.lower() for kind, text in tokens if kind == "date"]
    if any(text.startswith(_NAMED) for text in dates) or _regional(tokens):
        timed = any(text[0] in "hs" for text in dates)
        return day.isoformat() + (f" {second // 3600}:{second // 60 % 60:02d}" if timed else "")
    return "".join(_dated(index, tokens, day, seconds) for index in range(len(tokens))).strip()


def _first_day(days: int, *, since_1904: bool) -> dt.date:
    """The day from which a workbook counts; most believe that there was a 29 February in 1900."""
    if since_1904:
        return dt.date(1904, 1, 1)
    return dt.date(1899, 12, 30 if days > _NEVER_WAS else 31)


def _regional(tokens: Sequence[Token]) -> bool:
    """Whether a date follows the region of the computer (`[$-F800]`)."""
    return any(kind == "bracket" and text.upper().startswith("$-F800") for kind, text in tokens)


def _dated(index: int, tokens: Sequence[Token], day: dt.date, seconds: int) -> str:
    kind, text = tokens[index]
    if kind == "date":
        return _part(index, tokens, day, seconds % _DAY)
    if kind == "bracket":
        return _length(text, seconds) if _elapsed(text) else ""
    if kind == "half":
        return "AM" if seconds % _DAY < _DAY // 2 else "PM"
    return "" if kind in ("place", "padding") else text


def _part(index: int, tokens: Sequence[Token], day: dt.date, second: int) -> str:
    """One part of a date or a time of day, with a leading zero where its sign is doubled."""
    sign, width = tokens[index][1][0].lower(), len(tokens[index][1])
    if sign == "y":
        return str(day.year) if width > 2 else f"{day.year % 100:02d}"  # noqa: PLR2004  # yy, yyyy
    hour = second // 3600
    if any(kind == "half" for kind, _ in tokens):
        hour = (hour - 1) % 12 + 1
    value = {"h": hour, "s": second % 60, "d": day.day, "m": second // 60 % 60 if _minutes(index, tokens) else day.month}
    return f"{value[sign]:0{min(width, 2)}d}"


def _length(text: str, seconds: int) -> str:
    unit = {"h": 3600, "m": 60, "s": 1}[text[0].lower()]
    return f"{seconds // unit:0{len(text)}d}"


def _minutes(index: int, tokens: Sequence[Token]) -> bool:
    """Whether an `m` means minutes: it stands after hours or before seconds."""
    signs = [text[0].lower() if kind == "date" or (kind == "bracket" and _elapsed(text)) else "" for kind, text in tokens]
    before = next((sign for sign in reversed(signs[:index]) if sign), "")
    after = next((sign for sign in signs[index + 1 :] if sign), "")
    return before == "h" or after == "s"


def _elapsed(text: str) -> bool:
    return re.fullmatch(r"h+|m+|s+", text, re.IGNORECASE) is not None
