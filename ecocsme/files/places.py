"""Where the templates and the examples are: the one place that knows, in a checkout and in a wheel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped() -> Path:
    """The templates folder: inside an installed package, beside it in a checkout."""
    return _beside("templates")


def examples() -> Path:
    """The examples folder: inside an installed package, beside it in a checkout."""
    return _beside("examples")


def _beside(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


@dataclass(frozen=True, slots=True)
class Shelves:
    """The folders in which a template is looked for, the user's first, the shipped one last."""

    own: tuple[Path, ...] = ()

    def folders(self, room: str) -> tuple[Path, ...]:
        """All existing folders of one kind of template (`documents`, `words` ...), the user's first."""
        return tuple(f for f in (*(own / room for own in self.own), shipped() / room) if f.is_dir())

    def find(self, room: str, name: str) -> Path | None:
        """The file that counts for this name: the user's if there is one."""
        return next((folder / name for folder in self.folders(room) if (folder / name).is_file()), None)

    def names(self, room: str, ending: str) -> tuple[str, ...]:
        """The names (without their ending) of all files of one kind, sorted."""
        return tuple(sorted({path.name.removesuffix(ending) for path in self._files(room, ending)}))

    def _files(self, room: str, ending: str) -> Iterator[Path]:
        for folder in self.folders(room):
            yield from (path for path in folder.iterdir() if path.name.endswith(ending) and path.is_file())
