"""practices.yaml: good practices of the partners."""

from __future__ import annotations

from ecocsme.files.models import FromFile, Written, from_text, read
from ecocsme.files.values import Identifier, Text
from ecocsme.language.texts import LocalText
from ecocsme.project.folder import Folder

NAME = "practices.yaml"


class Practice(Written):
    """A good practice of a partner city."""

    id: Identifier
    title: LocalText
    city: LocalText | None = None
    partner: Identifier | None = None
    summary: LocalText | None = None
    link: Text | None = None


class Practices(Written):
    """All practices, as practices.yaml lists them."""

    practices: tuple[Practice, ...] = ()

    def find(self, practice_id: str) -> Practice | None:
        """The practice of an ID."""
        return next((practice for practice in self.practices if practice.id == practice_id), None)


def load(folder: Folder) -> FromFile[Practices]:
    """Read practices.yaml, which may be absent; raise InvalidFile with all of its problems."""
    path = folder.root / NAME
    if not path.exists():
        return from_text("practices: []", NAME, Practices, folder.languages)
    return read(path, NAME, Practices, folder.languages)
