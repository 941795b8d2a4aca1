"""The minutes of a day: on the two days a year on which the clocks change, what lasts an hour is not what the clock shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ecocsme.files.values import Clock

_DAY = 24 * 60
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Daytime:
    """A day, and how its clock times follow each other; without a zone the clocks do not change."""

    day: date = date.min
    zone: ZoneInfo | None = None

    @classmethod
    def of(cls, day: date, zone: str) -> Daytime:
        """The day in a time zone."""
        found = cls(day, ZoneInfo(zone))
        return found if found.length != _DAY else cls()

    @property
    def length(self) -> int:
        """How many minutes the day has."""
        return self.minutes(Clock(_DAY))

    def minutes(self, clock: Clock) -> int:
        """How many minutes pass from midnight to a clock time; the first time it is shown, where it is shown twice."""
        if self.zone is None:
            return clock.minutes
        return (self._moment(clock.minutes) - self._moment(0)) // _MINUTE

    def clock(self, minutes: int) -> Clock:
        """What the clock shows so many minutes after midnight; at most the end of the day."""
        if self.zone is None:
            return Clock(min(minutes, _DAY))
        if minutes >= self.length:
            return Clock(_DAY)
        shown = (self._moment(0) + minutes * _MINUTE).astimezone(self.zone)
        return Clock(shown.hour * 60 + shown.minute)

    def exists(self, clock: Clock) -> bool:
        """Whether the clock ever shows this time on this day."""
        return self.clock(self.minutes(clock)) == clock

    def _moment(self, minutes: int) -> datetime:
        days, rest = divmod(minutes, _DAY)
        shown = datetime(self.day.year, self.day.month, self.day.day, rest // 60, rest % 60, tzinfo=self.zone)
        return (shown + timedelta(days=days)).astimezone(UTC)


ORDINARY = Daytime()
