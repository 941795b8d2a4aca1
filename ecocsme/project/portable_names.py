"""Names and paths that one system takes and another one does not: a folder is shared by Windows, macOS and Linux."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator

from ecocsme.errors import Check, Problem, check, visible
from ecocsme.files.models import FromFile
from ecocsme.files.values import RESERVED
from ecocsme.project.folder import Folder
from ecocsme.project.model import Project
from ecocsme.project.stray_names import composed
from ecocsme.project.strays import Place, places

_WINDOWS = os.name == "nt"
_LONGEST = 200  # below the project: Windows takes 260 with all that stands before it
_WHOLE = 259
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]')


@check("file-name", "a name that Windows cannot hold or that some systems take for another one, and paths that are too long for it")
def file_name(folder: Folder, project: FromFile[Project]) -> Iterator[Problem]:
    """Name what cannot be shared as it is called."""
    looked_at = [*places(folder), *_with_sheets(folder)]
    for place in looked_at:
        yield from _unfit(folder, place)
        yield from _alike(folder, place)
    paths = [*_built(folder, project.value), *(_shown(folder, place, name) for place in looked_at for name in _names(place))]
    for path in paths:
        if len(path) > _LONGEST:
            message = f"has a path of {len(path)} characters; Windows and some sync programs stop at 260 with the folders before it"
            yield Problem(path, message, f"use shorter names: at most {_LONGEST} characters below the project", severity="warning")
    longest = max(paths, key=len)
    whole = len(str(folder.root)) + 1 + len(longest)
    if _WINDOWS and whole > _WHOLE:
        message = f"lies so deep that {visible(longest)} has a path of {whole} characters, and Windows stops at 260"
        yield Problem(project.file, message, "move the project nearer to the top of the disk, e.g. to C:\\labs", severity="warning")


def _with_sheets(folder: Folder) -> Iterator[Place]:
    for event in folder.events():
        yield from (Place(path, ()) for path in (folder.sheets(event), folder.notes(event)))


def _names(place: Place) -> list[str]:
    return [entry.name for entry in place.entries()]


def _shown(folder: Folder, place: Place, name: str) -> str:
    return folder.shown(place.path / name)


def _unfit(folder: Folder, place: Place) -> Iterator[Problem]:
    """Names that Windows refuses; those of events and plans are refused as such."""
    if place.path in (folder.root / "events", folder.root / "plans"):
        return
    for name in _names(place):
        if name.strip(" .") in place.files:
            continue  # it is named with its right name already
        stem = name.partition(".")[0].strip()
        if _FORBIDDEN.search(name) or name != name.rstrip(" .") or (RESERVED.fullmatch(stem) and "-" not in stem):
            cure = 'rename it: no < > : " | ? * \\, no dot or blank at its end, not CON, PRN, AUX, NUL, COM1 or LPT1'
            yield Problem(_shown(folder, place, name), "has a name that Windows cannot hold", cure, severity="warning")


def _alike(folder: Folder, place: Place) -> Iterator[Problem]:
    """Names that are one name where capitals, or letters put together of two signs, do not count."""
    first: dict[str, str] = {}
    for name in _names(place):
        other = first.setdefault(composed(name), name)
        if other != name:
            yield Problem(_shown(folder, place, name), _differs(other, name), "join the two, and keep one name", severity="error")


def _differs(other: str, name: str) -> str:
    if unicodedata.normalize("NFC", other) != unicodedata.normalize("NFC", name):
        return f"differs from {visible(other)} in capital letters only: Windows and macOS keep one of them"
    return f"is called {visible(other)} like another one, only with letters put together otherwise (ă of one sign or two): macOS keeps one"


def _built(folder: Folder, project: Project) -> Iterator[str]:
    """The longest path that is built for each event and plan."""
    kind = max(folder.shelves.names("documents", ".md.j2"), key=len)
    for name in (*folder.events(), *folder.plans()):
        yield folder.shown(folder.out(name) / f"{kind}.{'-'.join(project.languages)}.new.docx")


CHECKS: tuple[Check, ...] = (file_name,)
