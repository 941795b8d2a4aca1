"""mapping.yaml: which column of a sheet answers which question, kept for the next sheet with the same header."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from ecocsme.errors import InvalidFile, visible
from ecocsme.files.models import FromFile, Written, from_text, read
from ecocsme.files.text import read_text
from ecocsme.files.values import Positive, Text, fault
from ecocsme.files.yaml_text import quoted
from ecocsme.language.letters import fold
from ecocsme.notes import column_names
from ecocsme.project.folder import Folder

FILE = "mapping.yaml"
FIELDS = ("question", "answer", "table", "round", "respondent", "language", "votes")
_TOP = """\
# yaml-language-server: $schema=../../.schemas/mapping.json
# Which column of a sheet answers which question: written by `import-notes --map`, chosen again by equal headers.
layouts:
"""


def _columns(value: object) -> object:
    """Read the columns of one key: letters, numbers or ranges, one or a list of them."""
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, (list, tuple)):
        raise fault("found keys where columns are expected", "write letters, such as [B] or [H:JX]")
    return tuple(names)


def _column(name: object) -> object:
    if not isinstance(name, str) or column_names.by_place(name) is None:
        raise fault(f"found {visible(name, 60)}", "name columns by their letters, such as B or H:JX")
    return name


def _header(value: object) -> object:
    if not isinstance(value, (str, type(None))):
        raise fault("found a list or keys", "write the text of one header")
    return value or ""


_NAMES = {"type": ["string", "number"], "pattern": "^\\s*([A-Za-z]{1,3}|[0-9]{1,5})(\\s*:\\s*([A-Za-z]{1,3}|[0-9]{1,5}))?\\s*$"}
Column = Annotated[str, BeforeValidator(_column)]
Columns = Annotated[tuple[Column, ...], BeforeValidator(_columns), WithJsonSchema({"anyOf": [_NAMES, {"type": "array", "items": _NAMES}]})]
Header = Annotated[str, BeforeValidator(_header), WithJsonSchema({"type": ["string", "number", "boolean", "null"]})]


class SavedLayout(Written):
    """The columns of one kind of sheet, chosen where its headers are equal."""

    headers: Annotated[tuple[Header, ...], Field(min_length=1)]
    header_rows: Positive = 1
    tab: Text | None = None
    encoding: Text | None = None
    delimiter: Text | None = None
    questions: dict[str, Columns] = Field(default_factory=dict)
    question: Columns = ()
    answer: Columns = ()
    table: Columns = ()
    round: Columns = ()
    respondent: Columns = ()
    language: Columns = ()
    votes: Columns = ()
    left_out: Columns = ()

    @property
    def key(self) -> tuple[str, ...]:
        """The headers as they are compared."""
        return folded(self.headers)

    def means(self) -> dict[int, str]:
        """What each column that is named here holds."""
        named = [*self.questions.items(), *((name, getattr(self, name)) for name in FIELDS), ("-", self.left_out)]
        return {column: meant for meant, names in named for name in names for column in column_names.by_place(name) or ()}


class Mappings(Written):
    """All layouts of the sheets of an event."""

    layouts: tuple[SavedLayout, ...] = ()


def folded(headers: Sequence[str]) -> tuple[str, ...]:
    """Headers as they are compared: capitals and spaces aside, without empty ones at the end."""
    keys = [fold(text) for text in headers]
    while keys and not keys[-1]:
        keys.pop()
    return tuple(keys)


def load(folder: Folder, event: str) -> FromFile[Mappings] | None:
    """Read the mappings of an event, None where it has none; raise InvalidFile with all of their problems."""
    file = path(folder, event)
    return read(file, folder.shown(file), Mappings, frozenset()) if file.exists() else None


def path(folder: Folder, event: str) -> Path:
    """The file of the mappings of an event."""
    return folder.event_folder(event) / FILE


def to_write(folder: Folder, event: str, new: Sequence[SavedLayout]) -> dict[str, bytes]:
    """The file with new layouts, by its path; nothing where it says all of them already."""
    file = path(folder, event)
    before = read_text(file, folder.shown(file)) if file.exists() else ""
    after = with_layouts(before, new, folder.shown(file))
    return {folder.shown(file): after.encode()} if after != before else {}


def with_layouts(before: str, new: Sequence[SavedLayout], shown: str) -> str:
    """The text of the file with new layouts, in the place of those with equal headers; what people wrote beside stays."""
    text = before
    for layout in new:
        text = _with(text, layout, shown)
    return text


def _with(text: str, layout: SavedLayout, shown: str) -> str:
    source = from_text(text, shown, Mappings, frozenset()) if text.strip() else None
    kept = source.value.layouts if source else ()
    others = tuple(one for one in kept if one.key != layout.key)
    if layout in kept:
        return text
    block = written(layout)
    if source is not None and len(others) == len(kept):
        longer = text.rstrip("\n") + "\n" + block
        if kept and _holds(longer, (*kept, layout), shown):
            return longer
    return _TOP + "".join(map(written, (*others, layout)))


def _holds(text: str, layouts: tuple[SavedLayout, ...], shown: str) -> bool:
    """Whether a text that was put together says what it should: people write YAML in many ways."""
    try:
        return from_text(text, shown, Mappings, frozenset()).value.layouts == layouts
    except InvalidFile:
        return False


def written(layout: SavedLayout) -> str:
    """One layout as YAML."""
    lines = [f"  - headers: [{', '.join(map(quoted, layout.headers))}]"]
    if layout.header_rows != 1:
        lines.append(f"    header_rows: {layout.header_rows}")
    lines += [f"    {name}: {quoted(value)}" for name in ("tab", "encoding", "delimiter") if (value := getattr(layout, name))]
    if layout.questions:
        lines.append("    questions:")
        lines += [f"      {question}: [{', '.join(names)}]" for question, names in layout.questions.items()]
    lines += [f"    {name}: [{', '.join(names)}]" for name in (*FIELDS, "left_out") if (names := getattr(layout, name))]
    return "\n".join(lines) + "\n"
