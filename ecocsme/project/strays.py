"""Files that look like ours and are not read: hidden endings, copies of sync clients, leftovers of a merge, unknown data.

Only the places in which this tool keeps its own files are looked at; folders and documents that people keep are theirs.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ecocsme.errors import Check, Problem, Severity, check, visible
from ecocsme.files.places import shipped
from ecocsme.project.folder import Folder, is_safe_name
from ecocsme.project.stray_names import Kind, composed, meant

OF_PROJECT = ("project.yaml", "themes.yaml", "practices.yaml", "decisions.csv", "grouping.csv", "updates.csv")
OF_EVENT = ("event.yaml", "mapping.yaml", "participants.csv", "names.csv", "seating.csv", "forgotten.csv")
_FOLDERS = ("events", "plans", "templates", "out", "archive")
_FOLDERS_OF_EVENT = ("sheets", "notes")
_TEMPLATES = {"documents": ".md.j2", "words": ".yaml", "methods": ".yaml", "programmes": ".yaml", "word": ".docx"}
_ZOOM = re.compile(r"zoom-r[0-9]+\.csv")  # made by `plan-seating --zoom`
_DATA = re.compile(r".*\.(ya?ml|csv)(\.txt)?", re.IGNORECASE)
_ALIKE = 0.84  # one or two letters of a name
_WRONG = re.compile(r"(.+?)\.(yml|ya?ml\.[a-z0-9]+|md\.j2\.[a-z0-9]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of ours: what belongs into it, and whether other data there is taken for a mistake."""

    path: Path
    files: tuple[str, ...]
    folders: tuple[str, ...] = ()
    data: bool = True

    def entries(self) -> tuple[os.DirEntry[str], ...]:
        """All that lies there, in order, but for hidden files and those of Office; nothing where it cannot be read."""
        try:
            with os.scandir(self.path) as found:
                return tuple(sorted((one for one in found if not one.name.startswith((".", "~"))), key=lambda one: one.name))
        except OSError:
            return ()


def places(folder: Folder) -> Iterator[Place]:
    """Every folder in which this tool keeps files that people write."""
    root = folder.root
    yield Place(root, OF_PROJECT, _FOLDERS)
    safe = tuple(name for name in folder.events() if is_safe_name(name))
    yield Place(root / "events", (), safe)
    yield from (Place(folder.event_folder(name), OF_EVENT, _FOLDERS_OF_EVENT) for name in safe)
    plans = tuple(f"{name}.yaml" for name in folder.plans() if is_safe_name(name))
    yield _with_wrong_endings(Place(root / "plans", plans), ".yaml")
    yield Place(root / "templates", (), tuple(_TEMPLATES), data=False)
    for room, ending in _TEMPLATES.items():
        known = tuple(sorted(path.name for path in (shipped() / room).iterdir())) if (shipped() / room).is_dir() else ()
        yield _with_wrong_endings(Place(root / "templates" / room, known, data=False), ending)


def is_copy(name: str, known: tuple[str, ...]) -> bool:
    """Whether a name of an event's folder or a plan is that of a copy, which is no event or plan of its own."""
    found = meant(name, [one for one in known if one != name and is_safe_name(one)])
    return found is not None and found[0] in ("conflict", "copy")


def renamed(folder: Path, own: str) -> str | None:
    """The file in a folder that was meant to have this name, if there is one."""
    found = (one.name for one in Place(folder, (own,)).entries() if one.is_file())
    return next((name for name in found if (meant(name, [own]) or ("", ""))[0] in ("ending", "spelling")), None)


@check("stray", "a file that looks like one of the project's own and is not read: a hidden ending, a copy, a leftover, unknown data")
def stray(folder: Folder) -> Iterator[Problem]:
    """Name what lies among our files and is not read, with its own name where that can be told."""
    for place in places(folder):
        entries = place.entries()
        names = {entry.name for entry in entries}
        for entry in entries:
            ours = place.folders if entry.is_dir() else place.files
            found = None if entry.name in ours else meant(entry.name, ours)
            if found and not _said_elsewhere(entry.name, found[1], names):
                yield _named(folder, place, entry, *found, there=found[1] in names)
            elif not found and not entry.is_dir() and place.data and _unknown(folder, place, entry.name):
                yield _unread(folder, place, entry)


def _said_elsewhere(name: str, own: str, names: set[str]) -> bool:
    """An event without its file is named when events are loaded, two names that are one elsewhere by their own check."""
    if own in names:
        return composed(name) == composed(own)
    return own == "event.yaml"


def _unknown(folder: Folder, place: Place, name: str) -> bool:
    if (
        name in place.files
        or _ZOOM.fullmatch(name)
        or not _DATA.fullmatch(name)
        or (place.path == folder.root / "plans" and name.endswith(".yaml"))
    ):
        return False
    # people put the answer sheets that they receive beside project.yaml: only a CSV file that is called nearly like ours is a slip
    return place.path != folder.root or not name.casefold().endswith(".csv") or bool(_alike(name))


def _alike(name: str) -> list[str]:
    return difflib.get_close_matches(name.casefold(), (*OF_PROJECT, *OF_EVENT), n=1, cutoff=_ALIKE)


def _with_wrong_endings(place: Place, ending: str) -> Place:
    """Add the names that files would have if their endings were right, though no file has them yet."""
    wrong = (_WRONG.fullmatch(entry.name) for entry in place.entries() if entry.is_file())
    right = {f"{match[1]}{ending}" for match in wrong if match and is_safe_name(match[1])}
    return Place(place.path, tuple(sorted({*place.files, *right})), place.folders, place.data)


def _named(folder: Folder, place: Place, entry: os.DirEntry[str], kind: Kind, own: str, *, there: bool) -> Problem:
    shown, name = folder.shown(Path(entry.path)), visible(own, 80)
    message, cure, severity = _SAID[kind, there if kind in ("ending", "spelling") else True]
    if kind == "spelling" and not there and (place.path / own).exists():
        severity = "warning"  # this disk ignores capitals: the file is read here
    return Problem(shown, message.format(own=name), cure.format(own=name), severity=severity)


def _unread(folder: Folder, place: Place, entry: os.DirEntry[str]) -> Problem:
    near = _alike(entry.name)
    if near:
        cure = f"did you mean {near[0]}?" if near[0] in place.files else f"{near[0]} belongs into the folder of an event"
    elif entry.name.casefold().endswith(".csv"):
        cure = "import an answer sheet with `ecocsme import-notes`; keep other files in a folder of your own"
    else:
        cure = "keep it in a folder of your own"
    return Problem(folder.shown(Path(entry.path)), "is not read: no file of this name belongs here", cure, severity="warning")


_HIDDEN = "rename it to {own} (in the Explorer: View, Show, File name extensions)"
_JOIN = "put what is missing into {own}, and remove this one"
_SAID: dict[tuple[Kind, bool], tuple[str, str, Severity]] = {
    ("ending", False): ("is not read: it is not called {own}", _HIDDEN, "error"),
    ("ending", True): ("is not read: {own} is", _JOIN, "warning"),
    ("spelling", False): ("is not called {own}: many systems do not find it", "rename it to {own}", "error"),
    ("spelling", True): ("is not read: {own} is", _JOIN, "warning"),
    ("conflict", True): ("is not read: a sync program or git put it beside {own}, because two people had changed it", _JOIN, "error"),
    ("copy", True): ("is not read: it is a copy of {own}", "put what is to count into {own}, and keep copies elsewhere", "warning"),
    ("leftover", True): ("is not read: a merge left it beside {own}", _JOIN, "warning"),
}
CHECKS: tuple[Check, ...] = (stray,)
