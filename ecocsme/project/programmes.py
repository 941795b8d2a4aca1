"""Programme profiles: what a funding programme asks documents to say, and what it calls the parts of a plan."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ecocsme.errors import UnknownName, visible
from ecocsme.files.models import FromFile, Written, read
from ecocsme.files.values import Identifier, Text, fault
from ecocsme.language.texts import LocalText
from ecocsme.project.folder import Folder


def _pattern(value: object) -> str:
    if not isinstance(value, str):
        raise fault("found more than one value", "write one pattern in double quotes")
    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError):
        raise fault(f"found {visible(value, 60)}, which is no pattern", "write a regular expression such as PGI[0-9]{5}") from None
    return value


class Programme(Written):
    """A programme profile; blanks such as {project} in its texts are filled when a document is built.

    `emblem` names a picture of `templates/emblems/`; `emblem_line` is what must stand beside it.
    """

    name: LocalText
    emblem: Identifier | None = None
    emblem_line: LocalText | None = None
    statement: LocalText | None = None
    disclaimer: LocalText | None = None
    code_pattern: Annotated[str, BeforeValidator(_pattern)] | None = None
    code_example: Text | None = None
    english_summary: Literal["required"] | None = None
    labels: dict[str, LocalText] = Field(default_factory=dict)

    def knows(self, code: str) -> bool:
        """Whether a project code has the form that the programme gives."""
        return self.code_pattern is None or re.fullmatch(self.code_pattern, code) is not None


def load(folder: Folder, name: str) -> FromFile[Programme]:
    """Read a programme profile, the user's before the shipped one; raise UnknownName if there is none."""
    path = folder.shelves.find("programmes", f"{name}.yaml")
    if path is None:
        raise UnknownName("programme", name, folder.shelves.names("programmes", ".yaml"))
    return read(path, f"programmes/{name}.yaml", Programme, folder.languages)
