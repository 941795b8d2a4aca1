"""themes.yaml: the codebook."""

from __future__ import annotations

from ecocsme.files.models import FromFile, Written, from_text, read
from ecocsme.files.values import Identifier, Text
from ecocsme.language.texts import LocalText
from ecocsme.project.folder import Folder

NAME = "themes.yaml"


class Theme(Written):
    """A named group of notes: what it means, and what belongs to it."""

    id: Identifier
    name: LocalText
    definition: LocalText | None = None
    keywords: tuple[Text, ...] = ()
    include: LocalText | None = None
    exclude: LocalText | None = None
    parent: Identifier | None = None


class Codebook(Written):
    """All themes, as themes.yaml lists them."""

    themes: tuple[Theme, ...] = ()

    def find(self, theme_id: str) -> Theme | None:
        """The theme of an ID."""
        return next((theme for theme in self.themes if theme.id == theme_id), None)


def load(folder: Folder) -> FromFile[Codebook]:
    """Read themes.yaml, which may be absent; raise InvalidFile with all of its problems."""
    path = folder.root / NAME
    if not path.exists():
        return from_text("themes: []", NAME, Codebook, folder.languages)
    return read(path, NAME, Codebook, folder.languages)
