"""What a person means by a text in a YAML file: dates, times, numbers, IDs. Everything arrives as text."""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError

from ecocsme.errors import EcocsmeError, visible

MAX_TEXT = 20_000
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(-.*)?$", re.IGNORECASE)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DOTS = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})|([0-9]{1,2})\.([0-9]{4})")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::00)?")
_NO_PLACE = ("localtime", "posixrules")  # files beside the zones: each machine has its own
_YEARS = range(1900, 2200)
_MOST = 999_999
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]*")


def fault(message: str, cure: str) -> PydanticCustomError:
    """A fault of a value in our words, with its cure."""
    return PydanticCustomError("ours", "{message}", {"message": message, "cure": cure})


def _found(value: object) -> str:
    if isinstance(value, dict):
        return "found keys where one value is expected"
    if isinstance(value, (list, tuple)):
        return "found a list where one value is expected"
    if value is None:
        return "has no value"
    return f"found {visible(value, 60)}"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise fault(_found(value), "write one text in double quotes")
    if _UNSEEN.fullmatch(value):
        raise fault("is empty", "write a text, or leave the key out")
    if len(value) > MAX_TEXT:
        raise fault(f"has {len(value)} characters", f"shorten it to at most {MAX_TEXT}")
    return value.strip()


def _identifier(value: object) -> str:
    text = _text(value)
    if not _ID.fullmatch(text):
        raise fault(_found(text), "use small letters, digits and hyphens only, at most 60, beginning with a letter or digit")
    if RESERVED.match(text):
        raise fault(_found(text), "Windows keeps this name for a device; choose another")
    return text


def refuse_identifier(kind: str, name: str) -> None:
    """Refuse a name from the command line that is no safe ID; raise EcocsmeError with the rule."""
    try:
        _identifier(name)
    except PydanticCustomError as error:
        context = error.context or {}
        raise EcocsmeError(f"{visible(name)}: cannot be the name of this {kind}; {context['cure']}") from None


def read_day(value: object) -> date:
    """Read `2020-10-20` or `20.10.2020` as a day."""
    if isinstance(value, date):
        return value
    text = _text(value)
    iso, dots = _ISO.fullmatch(text), _DOTS.fullmatch(text)
    if iso:
        return _day(text, iso[1], iso[2], iso[3])
    if dots:
        return _day(text, dots[3], dots[2], dots[1])
    raise fault(_found(text), "write a date such as 2020-10-20 or 20.10.2020")


def _day(text: str, year: str, month: str, day: str) -> date:
    _refuse_year(text, int(year))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise fault(f"{_found(text)}, a day that does not exist", "write a date such as 2020-10-20") from None


def _refuse_year(text: str, year: int) -> None:
    if year not in _YEARS:
        raise fault(f"{_found(text)}, a year that cannot be meant", f"write a year from {_YEARS.start} to {_YEARS.stop - 1}")


@dataclass(frozen=True, slots=True, order=True)
class Clock:
    """A time of day on the wall, in minutes after midnight; 24:00 is the end of the day."""

    minutes: int

    def __str__(self) -> str:
        """Write it as `09:30`."""
        return f"{self.minutes // 60:02d}:{self.minutes % 60:02d}"

    @property
    def hour(self) -> int:
        """The hour, 0 to 24."""
        return self.minutes // 60

    @property
    def minute(self) -> int:
        """The minute, 0 to 59."""
        return self.minutes % 60


def read_clock(value: object) -> Clock:
    """Read `11:00`, `9:30` or `24:00` as a time of day."""
    if isinstance(value, Clock):
        return value
    text = _text(value)
    match = _CLOCK.fullmatch(text)
    if match and int(match[2]) < 60 and int(match[1]) * 60 + int(match[2]) <= 24 * 60:  # noqa: PLR2004  # minutes, hours
        return Clock(int(match[1]) * 60 + int(match[2]))
    raise fault(_found(text), "write a time between 0:00 and 24:00, e.g. 11:00")


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A day, or a month where the day is not fixed (`day` is None)."""

    year: int
    month: int
    day: int | None = None

    @property
    def first_day(self) -> date:
        """The day itself, or the first of the month."""
        return date(self.year, self.month, self.day or 1)


def _moment(value: object) -> Moment:
    if isinstance(value, Moment):
        return value
    text = _text(value)
    match = _MONTH.fullmatch(text)
    if match:
        year, month = int(match[1] or match[4]), int(match[2] or match[3])
        _refuse_year(text, year)
        if not 1 <= month <= 12:  # noqa: PLR2004  # months
            raise fault(f"{_found(text)}, a month that does not exist", "write a month such as 2021-03")
        return Moment(year, month)
    if not (_ISO.fullmatch(text) or _DOTS.fullmatch(text)):
        raise fault(_found(text), "write a day such as 2021-03-31, or a month such as 2021-03")
    day = read_day(text)
    return Moment(day.year, day.month, day.day)


def _count(value: object) -> int:
    text = _text(str(value) if isinstance(value, int) else value)
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise fault(_found(text), "write a whole number in digits, e.g. 45")
    return int(text)


def _positive(value: object) -> int:
    number = _count(value)
    if number == 0:
        raise fault("found 0", "write a number of at least 1, e.g. 45")
    return number


def _year(value: object) -> int:
    number = _count(value)
    _refuse_year(str(number), number)
    return number


def _percent(value: object) -> Decimal:
    text = _text(str(value) if isinstance(value, Decimal) else value).removesuffix("%").strip()
    if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,2})?", text) or Decimal(text.replace(",", ".")) > 100:  # noqa: PLR2004  # per cent
        raise fault(_found(text), "write a number from 0 to 100, e.g. 85")
    return Decimal(text.replace(",", "."))


def read_zone(value: object) -> str:
    """Read the name of a time zone, e.g. `Europe/Bucharest`."""
    text = _text(value)
    try:
        if text in _NO_PLACE:
            raise ValueError(text)
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise fault(f"{_found(text)}, which is no time zone", "write one such as Europe/Bucharest") from None
    return text


# What an editor is told. It reads `45` as a number and "45" as a text, and both are meant: a schema may be milder than
# these functions, never stricter, since a value that is right must not be underlined.
_SPACE = r"\s*"


def in_schema(*patterns: str) -> WithJsonSchema:
    """Tell an editor that a text of one of these patterns is meant."""
    return WithJsonSchema({"type": "string", "pattern": f"^{_SPACE}({'|'.join(patterns)}){_SPACE}$"})


def number_in_schema(least: int, most: int) -> dict[str, Any]:
    """Tell an editor that a whole number is meant, with or without quotes."""
    return {"type": ["integer", "string"], "minimum": least, "maximum": most, "pattern": f"^{_SPACE}[0-9]{{1,6}}{_SPACE}$"}


@dataclass(frozen=True, slots=True)
class OrInSchema:
    """Tell an editor of a short form that is read besides what the type holds."""

    short: dict[str, Any]

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Offer the short form first."""
        return {"anyOf": [self.short, handler(core)]}


TEXT_IN_SCHEMA: dict[str, Any] = {"type": ["string", "number", "boolean"], "pattern": r"\S", "maxLength": MAX_TEXT}
_DAYS = (_ISO.pattern, _DOTS.pattern)
_MOMENT = {"type": ["string", "number"], "pattern": f"^{_SPACE}({'|'.join((*_DAYS, _MONTH.pattern))}){_SPACE}$"}
_TIME = {"type": ["string", "number"], "pattern": f"^{_SPACE}({_CLOCK.pattern}){_SPACE}$"}
_SHARE = {"type": ["string", "number"], "minimum": 0, "maximum": 100, "pattern": r"^\s*[0-9]{1,3}([.,][0-9]{1,2})?\s*%?\s*$"}
_NAME = {"type": ["string", "number"], "pattern": f"^{_SPACE}{_ID.pattern}{_SPACE}$"}

Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(TEXT_IN_SCHEMA)]
Identifier = Annotated[str, BeforeValidator(_identifier), WithJsonSchema(_NAME)]
Day = Annotated[date, BeforeValidator(read_day), in_schema(*_DAYS)]
Time = Annotated[Clock, BeforeValidator(read_clock), WithJsonSchema(_TIME)]
DayOrMonth = Annotated[Moment, BeforeValidator(_moment), WithJsonSchema(_MOMENT)]
Count = Annotated[int, BeforeValidator(_count), Field(ge=0), WithJsonSchema(number_in_schema(0, _MOST))]
Year = Annotated[
    int, BeforeValidator(_year), Field(ge=_YEARS.start, lt=_YEARS.stop), WithJsonSchema(number_in_schema(_YEARS.start, _YEARS.stop - 1))
]
Positive = Annotated[int, BeforeValidator(_positive), Field(ge=1), WithJsonSchema(number_in_schema(1, _MOST))]
Zone = Annotated[str, BeforeValidator(read_zone), in_schema("[A-Za-z][A-Za-z0-9_+/-]*")]
Percent = Annotated[Decimal, BeforeValidator(_percent), WithJsonSchema(_SHARE)]
