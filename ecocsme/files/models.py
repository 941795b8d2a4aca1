"""What a person wrote, as frozen models; pydantic's faults in our words, each with its line and its cure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, model_validator
from pydantic_core import ErrorDetails

from ecocsme.errors import InvalidFile, Problem, Severity, nearest, visible
from ecocsme.files import text as text_file
from ecocsme.files import yaml_text
from ecocsme.files.yaml_text import Parsed, Place, written

M = TypeVar("M", bound="Written")
_MANY = 100
_ASCII = 127


@dataclass(slots=True)
class Reading:
    """What the models of one file may ask while it is read: the languages, and who read which mapping."""

    languages: frozenset[str]
    readers: dict[int, type[Written]] = field(default_factory=dict)


class Written(BaseModel):
    """A mapping that a person wrote: frozen, unknown keys refused, an empty value counts as not written."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, protected_namespaces=())

    # keys whose texts are not for the readers of the file's own languages
    for_others: ClassVar[frozenset[str]] = frozenset()
    # short forms: the key for which one line stands; the key for which languages beside the other keys stand
    one_line: ClassVar[str] = ""
    per_language: ClassVar[str] = ""

    @model_validator(mode="before")
    @classmethod
    def _note_keys(cls, data: object, info: ValidationInfo) -> object:
        if isinstance(data, str) and cls.one_line:
            return {cls.one_line: data}
        if not isinstance(data, dict):
            return data
        reading = info.context
        if isinstance(reading, Reading):
            reading.readers[id(data)] = cls
            data = cls._folded(data, reading.languages)
        return {key: value for key, value in data.items() if value is not None or key not in cls.model_fields}

    @classmethod
    def _folded(cls, data: dict[str, Any], languages: frozenset[str]) -> dict[str, Any]:
        """Let `{id: q1, ro: "...", en: "..."}` stand for a text per language."""
        texts = {key: value for key, value in data.items() if key in languages} if cls.per_language else {}
        if not texts or cls.per_language in data:
            return data
        return {cls.per_language: texts, **{key: value for key, value in data.items() if key not in texts}}

    @classmethod
    def keys(cls, languages: frozenset[str]) -> tuple[str, ...]:
        """The keys that a person may write here."""
        names = (info.alias or name for name, info in cls.model_fields.items() if name != cls.per_language)
        return (*names, *(sorted(languages) if cls.per_language else ()))


@dataclass(frozen=True, slots=True)
class FromFile(Generic[M]):
    """A model together with the file and the lines it was read from."""

    value: M
    parsed: Parsed

    @property
    def file(self) -> str:
        """The file, relative to the project folder."""
        return self.parsed.file

    def problem(self, place: Place, message: str, cure: str, *, severity: Severity = "error") -> Problem:
        """A problem at a place of this file, with its line."""
        return Problem(self.file, message, cure, self.parsed.line(place), written(place), severity)


def read(path: Path, name: str, model: type[M], languages: frozenset[str]) -> FromFile[M]:
    """Read a YAML file into a model; raise InvalidFile with all of its problems, in the order of their lines."""
    return from_text(text_file.read_text(path, name), name, model, languages)


def from_text(text: str, name: str, model: type[M], languages: frozenset[str]) -> FromFile[M]:
    """Read YAML text into a model; raise InvalidFile with all of its problems."""
    parsed = yaml_text.parse(text, name)
    reading = Reading(languages)
    try:
        return FromFile(model.model_validate(parsed.data, context=reading), parsed)
    except ValidationError as error:
        raise InvalidFile(_problems(error.errors(include_url=False, include_input=True), parsed, reading)) from None


def leaves(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    """Walk a model down to its values, each with its place; a text per language counts as one value."""
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from leaves(getattr(value, name), (*place, info.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from leaves(item, (*place, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*place, key))
    elif value is not None:
        yield place, value


def twins(source: FromFile[Any], key: str, items: Sequence[Any]) -> Iterator[Problem]:
    """The entries of a list whose ID stands on an earlier one, each with both lines."""
    first: dict[str, int] = {}
    for index, item in enumerate(items):
        if item.id in first:
            line = source.parsed.line((key, first[item.id], "id"))
            here = source.parsed.line((key, index, "id"))
            message = f"the ID {visible(item.id, 60)} stands twice: on line {line} and on line {here}"
            yield source.problem((key, index, "id"), message, "give each its own ID")
        first.setdefault(item.id, index)


def _problems(faults: Sequence[ErrorDetails], parsed: Parsed, reading: Reading) -> tuple[Problem, ...]:
    """Every fault once, in the order of the lines; a file with hundreds of faults has one cause, and is cut."""
    # pydantic also calls a list too short when none of its entries can be read
    real = [fault for fault in faults if fault["type"] != "too_short" or not fault["input"]]
    placed = [(_written_place(fault["loc"], parsed.data), fault) for fault in real]
    placed.sort(key=lambda pair: parsed.line(pair[0]) or 0)
    found: dict[Problem, None] = {}
    for place, fault in placed[:_MANY]:
        case = _Case(fault.get("ctx", {}), fault["input"], place, parsed, reading)
        message, cure = _IN_OUR_WORDS.get(fault["type"], _unforeseen)(case)
        found[Problem(parsed.file, message, cure, parsed.line(place), written(place))] = None
    if len(placed) > _MANY:
        found[Problem(parsed.file, f"has {len(placed) - _MANY} problems more", "mend these first")] = None
    return tuple(found)


def _written_place(loc: Sequence[str | int], data: object) -> Place:
    """Keep of pydantic's place what stands in the file: names of union members and validators do not."""
    place: list[str | int] = []
    for index, part in enumerate(loc):
        inside = _inside(data, part)
        if inside is not _NOWHERE:
            place.append(part)
            data = inside
        elif index == len(loc) - 1 and part != "[key]" and isinstance(part, str) and isinstance(data, dict):
            place.append(part)
    return tuple(place)


def _at(place: Place, data: object) -> object:
    for part in place:
        data = _inside(data, part)
    return data


_NOWHERE = object()


def _inside(data: object, part: str | int) -> object:
    if isinstance(data, dict):
        return data.get(part, _NOWHERE)
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        return data[part]
    return _NOWHERE


Said = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Case:
    """One fault of pydantic's, with all that its words need."""

    context: Mapping[str, Any]
    value: object
    place: Place
    parsed: Parsed
    reading: Reading


def _ours(case: _Case) -> Said:
    return str(case.context["message"]), str(case.context["cure"])


def _missing(case: _Case) -> Said:
    return ("has no value", "write one") if case.place in case.parsed.lines else ("is missing", "add this key")


def _no_keys(case: _Case) -> Said:
    return f"found {_met(case.value)} where keys are expected", "write `key: value` pairs, one per line"


def _no_list(case: _Case) -> Said:
    return f"found {_met(case.value)} where a list is expected", "begin each entry with a hyphen, or write [a, b]"


def _too_long(case: _Case) -> Said:
    return f"has {case.context['actual_length']} entries", f"keep at most {case.context['max_length']}"


def _too_short(_: _Case) -> Said:
    return "is an empty list", "write at least one entry, or leave the key out"


def _no_choice(case: _Case) -> Said:
    choices = re.findall(r"'([^']*)'", case.context["expected"])
    near = nearest(case.value, choices) if isinstance(case.value, str) else None
    return f"found {_met(case.value)}", f"did you mean {near}?" if near else f"write one of {', '.join(choices)}"


def _unknown_key(case: _Case) -> Said:
    key, around = str(case.place[-1]), _at(case.place[:-1], case.parsed.data)
    reader = case.reading.readers.get(id(around))
    known = [name for name in (reader.keys(case.reading.languages) if reader else ()) if name != key]
    odd = dict.fromkeys(f"U+{ord(sign):04X}" for sign in key if ord(sign) > _ASCII)
    held = f" (it holds {', '.join(odd)})" if odd else ""
    message, near = f"the key {visible(key, 60)} is unknown here{held}", nearest(key, known)
    if key.partition(":")[0] in known:
        return message, "write a space after the colon"
    if near:
        return message, f"did you mean {near}?"
    if _at(case.place, case.parsed.data) is None:
        return message, "put a text that contains a comma in double quotes"
    return message, f"known here: {', '.join(known)}" if known else "remove it"


def _unforeseen(case: _Case) -> Said:
    return f"cannot be used here: {_met(case.value)}", "see the guide for what this key may hold"


# a test walks the models to prove that every kind of fault they can raise has words here
_IN_OUR_WORDS: Mapping[str, Callable[[_Case], Said]] = {
    "ours": _ours,
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "model_type": _no_keys,
    "dict_type": _no_keys,
    "tuple_type": _no_list,
    "too_long": _too_long,
    "too_short": _too_short,
    "literal_error": _no_choice,
}


def _met(value: object) -> str:
    if isinstance(value, dict):
        return "keys"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "nothing" if value is None else visible(value, 60)
