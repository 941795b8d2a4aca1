"""What a person says about the columns of a sheet: by flags, by an earlier mapping, or when asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ecocsme.errors import EcocsmeError, UnknownName, visible
from ecocsme.files.models import FromFile
from ecocsme.language.letters import fold
from ecocsme.notes import column_names
from ecocsme.notes.mapping import FIELDS, Mappings, SavedLayout

Choose = Callable[[str, Sequence[str]], str]  # a question in words and the answers to it; "" is none of them
LEAVE_OUT = "-"
_SPAN = re.compile(r"(q[1-9][0-9]{0,2})\s*:\s*(q[1-9][0-9]{0,2})")


@dataclass(frozen=True, slots=True)
class Assigned:
    """One `--map COLUMN=QUESTION`: the column as it was named, and the questions or the field it holds."""

    column: str
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """All that a person has said: assigned columns, the rows of the header, the tab; saved layouts; how to ask."""

    assigned: tuple[Assigned, ...] = ()
    header_rows: int | None = None
    tab: str | None = None
    saved: tuple[SavedLayout, ...] = ()
    choose: Choose | None = None
    encoding: str | None = None
    delimiter: str | None = None

    def knows(self, known: Callable[[Sequence[str]], int]) -> Callable[[Sequence[str]], int]:
        """Let the titles of earlier mappings, and those that columns were named by, count as known, too."""
        titles = {fold(text) for saved in self.saved for text in saved.headers if text} | {fold(one.column) for one in self.assigned}
        return (lambda record: known(record) + sum(fold(text) in titles for text in record)) if titles else known

    @property
    def spoken(self) -> bool:
        """Whether flags say something about the columns."""
        return bool(self.assigned) or self.header_rows is not None

    def every(self) -> str:
        """The question that `*` stands for, if it was said."""
        return next((one.means[0] for one in self.assigned if one.column == column_names.EVERY and one.means[0] != LEAVE_OUT), "")


NOTHING = Wishes()


@dataclass(frozen=True, slots=True)
class Said:
    """The flags about columns, as they were typed, and how to ask."""

    columns: tuple[str, ...] = ()
    header_rows: int | None = None
    tab: str | None = None
    choose: Choose | None = None

    def wishes(self, ids: frozenset[str], kept: FromFile[Mappings] | None, encoding: str | None, delimiter: str | None) -> Wishes:
        """Read the flags by the questions of the event; raise EcocsmeError where one is none."""
        saved = kept.value.layouts if kept is not None else ()
        return Wishes(assigned(self.columns, ids), self.header_rows, self.tab, saved, self.choose, encoding, delimiter)


UNSAID = Said()


def assigned(flags: Iterable[str], ids: frozenset[str]) -> tuple[Assigned, ...]:
    """Read every `COLUMN=QUESTION`; raise EcocsmeError or UnknownName for what is none."""
    return tuple(_assigned(flag, ids) for flag in flags)


def _assigned(flag: str, ids: frozenset[str]) -> Assigned:
    column, equals, meant = (part.strip() for part in flag.rpartition("="))
    if not equals or not column or not meant:
        cure = "write COLUMN=QUESTION, e.g. B=q1, H:JX=q2 or “Adresa”=-"
        raise EcocsmeError(f"--map {visible(flag, 80)}: is no column and question; {cure}")
    span = _SPAN.fullmatch(meant.casefold())
    means = tuple(_between(span[1], span[2])) if span else (meant.casefold(),)
    for one in means:
        if one not in ids and one not in FIELDS and one != LEAVE_OUT:
            raise UnknownName("question", one, [*sorted(ids, key=lambda q: int(q[1:])), *FIELDS, LEAVE_OUT])
    return Assigned(column.strip("“”„\"'") or column, means)


def _between(first: str, last: str) -> Iterator[str]:
    yield from (f"q{number}" for number in range(int(first[1:]), int(last[1:]) + 1))


def resolved(wishes: Sequence[Assigned], titles: Mapping[int, str], columns: Iterable[int]) -> tuple[dict[int, str], list[Assigned]]:
    """What each column of a table was said to hold, and the wishes that no column of it fits; raise EcocsmeError in doubt."""
    present = sorted({*titles, *columns})
    found: dict[int, str] = {}
    unmet: list[Assigned] = []
    said = {column for wish in wishes if wish.column != column_names.EVERY for column in _columns(wish, titles, present)}
    for wish in wishes:
        meant = _columns(wish, titles, present)
        if len(wish.means) > 1 and len(meant) != len(wish.means):
            raise EcocsmeError(
                f"--map {visible(wish.column, 60)}: names {len(meant)} columns and {len(wish.means)} questions; name as many of both"
            )
        means = wish.means if len(wish.means) > 1 else wish.means * len(meant)
        every = wish.column == column_names.EVERY  # all that nothing else is said of
        found.update({column: one for column, one in zip(meant, means, strict=True) if not every or column not in said})
        unmet += [] if meant or wish.column == column_names.EVERY else [wish]
    return found, unmet


def _columns(wish: Assigned, titles: Mapping[int, str], present: Sequence[int]) -> tuple[int, ...]:
    if wish.column == column_names.EVERY:
        return tuple(present)
    named = column_names.by_title(wish.column, titles)
    place = column_names.by_place(wish.column)
    placed = tuple(column for column in place or () if column in present)
    if named and placed and named != placed:
        cure = "write the number of the column instead"
        raise EcocsmeError(f"--map {visible(wish.column, 60)}: is the title of one column and the letter of another; {cure}")
    return named or placed
