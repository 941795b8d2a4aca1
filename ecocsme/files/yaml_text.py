"""The one module that knows YAML: every scalar stays text, every key keeps its line, every bomb is refused.

One pass over the parser's events builds plain data and line marks and enforces the caps, so nothing is ever
composed that was not counted first. An empty value is None; nothing else is ever guessed.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from ecocsme.errors import InvalidFile, Problem, visible
from ecocsme.files.yaml_faults import Fault, Quoted, explain

Place = tuple[str | int, ...]
Tree = dict[str, "Tree"] | list["Tree"] | str | None

MAX_DEPTH = 20
MAX_NODES = 200_000
_MANY = 100
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CONFLICT = re.compile(r"^(<{7} |={7}\r?$|>{7} )", re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BREAK = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A YAML file as plain data, with the line (from 1) on which each place begins."""

    file: str
    data: dict[str, Tree]
    lines: Mapping[Place, int]
    columns: Mapping[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int | None:
        """The line of a place, or of the nearest thing around it."""
        for end in range(len(place), 0, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
            # a text per language may be folded into its key by the model: `questions[1].text.ro` is `questions[1].ro`
            folded = (*place[: end - 2], place[end - 1])
            if end > 1 and place[: end - 1] not in self.lines and folded in self.lines:
                return self.lines[folded]
        return None


def parse(text: str, shown: str) -> Parsed:
    """Read one YAML mapping; raise InvalidFile with every duplicate key, or with the first thing that is no YAML."""
    _refuse_text(text, shown)
    builder = _Builder(shown, _Lines(text))
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, text, builder) from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        raise _refusal(shown, None, "is not readable as YAML", "put texts in double quotes") from None
    return builder.finish()


def quoted(text: str) -> str:
    """Write a text as a YAML scalar in double quotes, on one line."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def written(place: Sequence[str | int]) -> str:
    """Write a place as `agenda[3].minutes`; lists count from 1, as a person counts."""
    said = ""
    for part in place:
        if isinstance(part, int):
            said += f"[{part + 1}]"
        else:
            said += ("." if said else "") + visible(part, 60)
    return said


class _Lines:
    """Counts lines as editors do; the parser also counts at U+0085, U+2028 and U+2029, which stand inside texts."""

    def __init__(self, text: str) -> None:
        odd = any(sign in text for sign in "\x85\u2028\u2029")
        self._ends = [found.end() for found in _BREAK.finditer(text)] if odd else None

    def of(self, mark: Any) -> int:
        """The line of a mark, from 1."""
        if self._ends is None:
            return int(mark.line) + 1
        return bisect_left(self._ends, mark.index + 1) + 1


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read."""

    node: dict[str, Tree] | list[Tree]
    place: Place
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Builds data and marks from the parser's events, and refuses what is more than a person writes."""

    shown: str
    counted: _Lines
    stack: list[_Open] = field(default_factory=list)
    lines: dict[Place, int] = field(default_factory=dict)
    columns: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    root: Tree = None
    documents: int = 0
    nodes: int = 0
    quote: Quoted | None = None

    def take(self, event: Any) -> None:
        """Read one event of the parser."""
        line = self.counted.of(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(line, "uses an alias (*)", 'write the text out, or put it in double quotes if it begins with "*"')
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._refuse(line, "a second document begins here (---)", "keep one document per file")
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._node(event, line)

    def _node(self, event: Any, line: int) -> None:
        self._refuse_bad(event, line)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
            return
        node: dict[str, Tree] | list[Tree] = {} if isinstance(event, yaml.MappingStartEvent) else []
        place = self._put(node, line, event)
        self.stack.append(_Open(node, place))

    def _scalar(self, event: Any, line: int) -> None:
        plain = event.style in (None, "")
        self.quote = None if plain else Quoted(line, self.counted.of(event.end_mark))
        self._put(None if plain and event.value == "" else event.value, line, event)

    def _refuse_bad(self, event: Any, line: int) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._refuse(line, f"holds more than {MAX_NODES} values", "split the file")
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(line, f"is nested more than {MAX_DEPTH} levels deep", "write it flatter")
        if event.tag is not None:
            self._refuse(line, f"uses a tag ({visible(event.tag, 60)})", 'remove it; put a text that begins with "!" in double quotes')
        if getattr(event, "anchor", None) is not None:
            self._refuse(line, "uses an anchor (&)", 'put a text that begins with "&" in double quotes')
        if isinstance(event, yaml.ScalarEvent) and _SURROGATE.search(event.value):
            self._refuse(line, "holds half a character", "type the text again")

    def _put(self, value: Tree, line: int, event: Any) -> Place:
        if not self.stack:
            self.root = value
            return ()
        top = self.stack[-1]
        if isinstance(top.node, list):
            place: Place = (*top.place, len(top.node))
            top.node.append(value)
            self.lines[place] = line
            return place
        if top.key is None:
            self._key(top, value, line, event)
            return top.place
        place = (*top.place, top.key)
        top.node[top.key] = value
        top.key = None
        return place

    def _key(self, top: _Open, value: Tree, line: int, event: Any) -> None:
        if not isinstance(value, str):
            self._refuse(line, "a key is missing before the colon", 'put a text that begins with "{", "[" or ":" in double quotes')
        place = (*top.place, value)
        if value in top.node:
            self._twice(place, line)
        else:
            self.lines[place] = line
            self.columns[place] = event.start_mark.column
        top.key = value

    def _twice(self, place: Place, line: int) -> None:
        first = self.lines[place]
        message = f"the key {visible(place[-1], 60)} stands twice: on line {first} and on line {line}"
        self.problems.append(Problem(self.shown, message, "keep one of them", line, written(place)))
        if len(self.problems) >= _MANY:
            raise InvalidFile(self.problems)

    def _refuse(self, line: int, message: str, cure: str) -> NoReturn:
        raise _refusal(self.shown, line, message, cure)

    def finish(self) -> Parsed:
        """Hand over what was read, or refuse it."""
        if self.problems:
            raise InvalidFile(self.problems)
        if self.root is None:
            raise _refusal(self.shown, None, "is empty", "write the keys that the guide lists, or start with `ecocsme new-lab`")
        if not isinstance(self.root, dict):
            raise _refusal(self.shown, 1, "holds a list or a text where keys are expected", "begin each line with `key: value`")
        return Parsed(self.shown, self.root, self.lines, self.columns)


def _refuse_text(text: str, shown: str) -> None:
    """Refuse what is wrong before it is YAML: marks of git, and signs that no parser takes."""
    conflict, unreadable = _CONFLICT.search(text), _UNREADABLE.search(text)
    if conflict:
        raise _refusal(shown, _line(text, conflict.start()), "unresolved merge", "keep one of the two versions and remove the marks of git")
    if unreadable:
        message = f"holds U+{ord(unreadable[0]):04X}, which no text file may hold"
        raise _refusal(shown, _line(text, unreadable.start()), message, "type the line again")


def _line(text: str, index: int) -> int:
    return sum(1 for _ in _BREAK.finditer(text, 0, index)) + 1


def _refusal(shown: str, line: int | None, message: str, cure: str) -> InvalidFile:
    return InvalidFile([Problem(shown, message, cure, line)])


def _syntax(error: yaml.MarkedYAMLError, text: str, builder: _Builder) -> InvalidFile:
    """Say a syntax error in a facilitator's words; a key that stood twice before it is named first."""
    at, around = error.problem_mark or error.context_mark, error.context_mark
    fault = Fault(
        said=f"{error.context or ''} {error.problem or ''}",
        line=builder.counted.of(at) if at else 1,
        column=at.column if at else 0,
        around=builder.counted.of(around) if around else None,
        quote=builder.quote,
    )
    line, message, cure = explain(fault, _BREAK.split(text))
    return InvalidFile([*builder.problems, Problem(builder.shown, message, cure, line)])
