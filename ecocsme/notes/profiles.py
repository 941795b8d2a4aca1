"""What form tools write around answers: one file per tool, told apart by the titles that only it writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from pydantic import Field

from ecocsme.files.models import Written, read
from ecocsme.files.places import Shelves
from ecocsme.files.values import Positive, Text
from ecocsme.language.letters import fold
from ecocsme.notes.grid import Row

ROOM = "sheet-profiles"
_IMPORT = re.compile(r"""\{\s*["']ImportId["']""")  # how Qualtrics imports its own export
_CODE = re.compile(r"[\w\[\]-]{1,80}[.:]\s+(?=\S)")  # LimeSurvey's `A1[SQ001]. ` or `A1[SQ001]: ` before a text


class Profile(Written):
    """One form tool: its name for people, the titles it writes beside the questions, and how many rows its header has.

    The tool is recognised where all titles of one line of `marks` stand in a row. A star in a title stands for anything.
    """

    title: Text
    marks: Annotated[tuple[tuple[Text, ...], ...], Field(min_length=1)]
    header_rows: Positive = 1
    continued: tuple[Text, ...] = ()
    respondent: tuple[Text, ...] = ()
    language: tuple[Text, ...] = ()
    metadata: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Tool:
    """A profile, made ready to be looked up by folded titles."""

    profile: Profile

    @property
    def title(self) -> str:
        """The name of the tool."""
        return self.profile.title

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each title means that is written out."""
        return {key: field for key, field in self._meant() if "*" not in key}

    @cached_property
    def _patterns(self) -> Sequence[tuple[re.Pattern[str], str]]:
        return [(re.compile(".*".join(map(re.escape, key.split("*"))), re.DOTALL), field) for key, field in self._meant() if "*" in key]

    def _meant(self) -> Iterator[tuple[str, str]]:
        for field in ("respondent", "language", "metadata"):
            yield from ((fold(title), field) for title in getattr(self.profile, field))

    @cached_property
    def _marks(self) -> Sequence[frozenset[str]]:
        return [frozenset(map(fold, line)) for line in self.profile.marks]

    @cached_property
    def _continued(self) -> frozenset[str]:
        return frozenset(map(fold, self.profile.continued))

    def field(self, title: str) -> str | None:
        """What a title means to this tool; None for a question, or for what it does not know."""
        for key in (fold(title), fold(uncoded(title))):
            found = self.names.get(key) or next((field for pattern, field in self._patterns if pattern.fullmatch(key)), None)
            if found:
                return found
        return None

    def marks_in(self, keys: Iterable[str]) -> int:
        """How many titles show that a row was written by this tool; 0 where none of its marks is whole."""
        held = set(keys)
        return max((len(line) for line in self._marks if line <= held), default=0)

    def continues(self, titles: Mapping[int, str], below: Row) -> bool:
        """Whether the row below belongs to the header: it has nothing to say in the columns of the tool itself."""
        own = [column for column, title in titles.items() if self.field(title)]
        return bool(own) and bool(below.cells) and all(c not in below.cells or self.field(below.cells[c].text) for c in own)

    def says_below(self, row: Row) -> bool:
        """Whether a row holds what this tool writes only into its second header row."""
        return any(fold(cell.text) in self._continued for cell in row.cells.values())


def load(shelves: Shelves) -> tuple[Tool, ...]:
    """Read the profiles of all tools, the user's own before the shipped ones; raise InvalidFile with the faults of one."""
    names = [(name, shelves.find(ROOM, f"{name}.yaml")) for name in shelves.names(ROOM, ".yaml")]
    return tuple(Tool(read(path, f"{ROOM}/{name}.yaml", Profile, frozenset()).value) for name, path in names if path is not None)


def recognise(titles: Mapping[int, str], tools: Sequence[Tool]) -> tuple[Tool, ...]:
    """The tools that may have written a row of titles: those with the most marks in it; several where they cannot be told apart."""
    keys = {fold(part) for title in titles.values() for part in (title, uncoded(title))}
    counted = [(tool.marks_in(keys), tool) for tool in tools]
    most = max((count for count, _ in counted), default=0)
    return tuple(tool for count, tool in counted if count == most and most)


def uncoded(title: str) -> str:
    """A title without the code that a tool puts before it; looked for at its start only, as a search in a long text takes for ever."""
    code = _CODE.match(title)
    return title[code.end() :] if code else title


def depth(rows: Sequence[Row], index: int, tools: Sequence[Tool]) -> int:
    """How many rows from this one on are the header, as far as the tools' own marks prove it."""
    for count, row in enumerate(rows[index : index + 3], 1):
        if any(_IMPORT.match(cell.text) for cell in row.cells.values()):
            return count
    titles = {column: cell.text for column, cell in rows[index].cells.items()}
    below = rows[index + 1] if index + 1 < len(rows) else None
    if below is None:
        return 1
    said = any(tool.says_below(below) for tool in tools)
    meant = any(tool.profile.header_rows > 1 and tool.continues(titles, below) for tool in recognise(titles, tools))
    return 2 if said or meant else 1


def is_import_row(texts: Iterable[str]) -> bool:
    """Whether texts are the notation by which a program imports its own export."""
    return any(_IMPORT.match(text) for text in texts)
