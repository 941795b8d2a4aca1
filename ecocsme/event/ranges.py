"""Ranges: `20`, or `15-25` where a number may give way; the usual number is used until something asks for more or less."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import BeforeValidator, WithJsonSchema

from ecocsme.errors import visible
from ecocsme.files.values import fault

_RANGE = re.compile(r"([0-9]{1,4})\s*(?:[-–]\s*([0-9]{1,4}))?")
_ROUND = 5  # people think in five minutes


class Range(int):
    """A usual number that can be used as any number, with the least and the most it may be; those of one `kin` give way alike."""

    least: int
    most: int
    kin: int

    def __new__(cls, usual: int, least: int | None = None, most: int | None = None, kin: int = 0) -> Self:
        """Give a usual number its bounds; without them it is fixed."""
        made = super().__new__(cls, usual)
        made.kin = kin
        made.least = usual if least is None else least
        made.most = usual if most is None else most
        return made

    def __repr__(self) -> str:
        """Show the range for a debugger."""
        return f"Range({int(self)}, {self.least}, {self.most})"

    def __str__(self) -> str:
        """Write it as a person does."""
        return str(int(self)) if self.least == self.most else f"{self.least}-{self.most}"

    def times(self, number: int) -> Range:
        """So many of it."""
        return Range(self * number, self.least * number, self.most * number)

    def plus(self, number: int, kin: int) -> Range:
        """So much more of it, as one of a kin."""
        return Range(self + number, self.least + number, self.most + number, kin)


def between(least: int, most: int) -> Range:
    """The range from one number to another; its usual number is the middle, a multiple of five where there is one."""
    middle = (least + most) // 2
    even = middle - middle % _ROUND
    return Range(even if even >= max(least, 1) else max(middle, 1), least, most)


def _range(value: object) -> Range:
    if isinstance(value, int):
        return value if isinstance(value, Range) else Range(value)
    text = value.strip() if isinstance(value, str) else value
    match = _RANGE.fullmatch(text) if isinstance(text, str) else None
    found = f"found {visible(text, 60)}" if isinstance(text, str) else "is no number"
    if match is None:
        raise fault(found, "write a whole number in digits, e.g. 45, or a range such as 15-25")
    least, most = int(match[1]), int(match[2] or match[1])
    if most == 0:
        raise fault(found, "write a number of at least 1, e.g. 45, or a range such as 0-10")
    if least > most:
        raise fault(found, f"write the smaller number first: {most}-{least}")
    return between(least, most) if least < most else Range(least)


_PATTERN = rf"^\s*{_RANGE.pattern}\s*$"
Minutes = Annotated[
    Range, BeforeValidator(_range), WithJsonSchema({"type": ["integer", "string"], "minimum": 1, "maximum": 9999, "pattern": _PATTERN})
]
People = Minutes
