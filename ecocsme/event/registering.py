"""Who registered, put together with who is known: numbers stay, nothing that a person wrote is replaced, nobody is merged by guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ecocsme.event.names import Named
from ecocsme.event.participants import Participant

_ANOTHER = "counted as another person; see names.csv"
_NAMESAKE = "has the name of a person who is known, and another e-mail"
_CONSENTS = ("consent_quote", "consent_photo")


@dataclass(frozen=True, slots=True)
class Registration:
    """One line of a list of people: who it is, as typed, and what is known of them; `line` is where it stands."""

    line: int
    named: Named
    about: Participant


@dataclass(frozen=True, slots=True)
class Register:
    """Everybody of an event after a list was put in, who of them is new, was known, and what is to be looked at; it names nobody."""

    people: tuple[Participant, ...]
    names: tuple[Named, ...]
    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    said: tuple[tuple[int, str, str], ...] = ()


def put_together(
    people: Sequence[Participant], names: Sequence[Named], rows: Sequence[Registration], taken: Iterable[str] = ()
) -> Register:
    """Match a list with the people who are known, by e-mail, else by name; `taken` are further numbers that no new person may get."""
    said: list[tuple[int, str, str]] = []
    once = _without_repeats(rows, said)
    numbers = _matched(names, once, said)
    known = [*(one.id for one in people), *(one.id for one in names)]
    free = _free([*known, *taken])
    placed = [(numbers.get(place) or next(free), row) for place, row in enumerate(once)]
    listed, old = [number for number, _ in placed], set(numbers.values())
    about = {number: Participant(number) for number in (*known, *listed)} | {one.id: one for one in people}
    called = {number: Named(number) for number in listed} | {one.id: one for one in names}
    for number, row in placed:
        about[number] = _completed(about[number], row, said)
        called[number] = _named(called[number], row.named)
    return Register(
        tuple(sorted(about.values(), key=_order)),
        tuple(sorted(called.values(), key=_order)),
        new=_of(listed, lambda number: number not in old),
        known=_of(listed, lambda number: number in old),
        missing=_of([one.id for one in people], lambda number: number not in listed),
        said=tuple(sorted(set(said))),
    )


def _of(numbers: Sequence[str], which: Callable[[str], bool]) -> tuple[str, ...]:
    return tuple(filter(which, numbers))


def _order(one: Participant | Named) -> tuple[int, str]:
    number = one.id.removeprefix("p")
    return (int(number) if number.isdecimal() else 0, one.id)


def _free(taken: Iterable[str]) -> Iterator[str]:
    """Numbers after the highest that was ever given here."""
    number = max((int(one[1:]) for one in taken if one[:1] == "p" and one[1:].isdecimal()), default=0)
    while True:
        number += 1
        yield f"p{number:02d}"


def _without_repeats(rows: Sequence[Registration], said: list[tuple[int, str, str]]) -> list[Registration]:
    """One line for each person of a list; who stands there twice counts once, with all that the lines say."""
    found: dict[tuple[str, tuple[str, ...]], int] = {}
    once: list[Registration] = []
    for row in rows:
        key = (row.named.address, row.named.called)
        if key in found:
            first = once[found[key]]
            once[found[key]] = replace(first, about=_completed(first.about, row, said), named=_named(first.named, row.named))
            said.append((row.line, f"is the person of row {first.line} again", "counted once"))
        else:
            found[key] = len(once)
            once.append(row)
    shared = Counter(row.named.address for row in once if row.named.address)
    said += [
        (row.line, f"{shared[row.named.address]} rows have this e-mail and different names", "counted as different people")
        for row in once
        if shared[row.named.address] > 1
    ]
    return once


def _matched(names: Sequence[Named], rows: Sequence[Registration], said: list[tuple[int, str, str]]) -> dict[int, str]:
    """The known person of each row: the same e-mail and name, then the same e-mail of one person, then the same name of one person."""
    found: dict[int, str] = {}
    waiting = {one.id: one for one in names}
    for place, row in enumerate(rows):
        same = [one.id for one in waiting.values() if (one.called, one.address) == (row.named.called, row.named.address)]
        if same:
            found[place] = waiting.pop(same[0]).id
    for key in ("address", "called"):
        _match_by(key, waiting, {place: row for place, row in enumerate(rows) if place not in found}, found, said)
    said += [(row.line, _NAMESAKE, _ANOTHER) for place, row in enumerate(rows) if place not in found and _is_called(row, waiting.values())]
    return found


def _match_by(
    key: str, waiting: dict[str, Named], rows: Mapping[int, Registration], found: dict[int, str], said: list[tuple[int, str, str]]
) -> None:
    """Match by one of the two where it is the same of one known person and one row only; whoever else may be meant is said."""
    left = {place: row for place, row in rows.items() if getattr(row.named, key)}
    for place, row in left.items():
        people = [one.id for one in waiting.values() if _may_be(one, row.named, key)]
        rivals = sum(getattr(other.named, key) == getattr(row.named, key) for other in left.values())
        if len(people) == rivals == 1:
            found[place] = waiting.pop(people[0]).id
        elif people:
            said.append((row.line, "may be one of several people who are known", _ANOTHER))


def _is_called(row: Registration, known: Iterable[Named]) -> bool:
    return bool(row.named.called) and any(one.called == row.named.called for one in known)


def _may_be(known: Named, row: Named, key: str) -> bool:
    """Whether two are one person: with one name and two different addresses they may be namesakes."""
    same = getattr(known, key) == getattr(row, key)
    return same and (key == "address" or known.address == row.address or not (known.address and row.address))


def _completed(known: Participant, row: Registration, said: list[tuple[int, str, str]]) -> Participant:
    """Fill what is empty; what stands there stays and is named where the list says otherwise. Of a consent, a no wins."""
    values: dict[str, str] = {}
    for column in ("sector", "language", "registered", "came", *_CONSENTS):
        old, new = getattr(known, column), getattr(row.about, column)
        if not new or old == new:
            continue
        if not old or (column in _CONSENTS and new == "no"):
            values[column] = new
        elif column in ("sector", "language") or (column in _CONSENTS and old != "no"):
            said.append((row.line, f"{known.id or 'this person'}: {column} is {new} here, and {old} before", "kept as it was"))
    return replace(known, **values)


def _named(known: Named, row: Named) -> Named:
    """A person by name: the newest name and address that are written."""
    return Named(known.id, row.name or known.name, row.organisation or known.organisation, row.email or known.email)
