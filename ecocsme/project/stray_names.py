"""What the name of a file that does not belong says: whose copy it is, and how its own name would be written.

The names that editors, sync clients and systems give are data here; what is said about them stands in strays.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import Literal

Kind = Literal["conflict", "copy", "leftover", "ending", "spelling"]

# what a name may carry behind its stem, and who writes it so; from the surest to the widest
_MARKS: tuple[tuple[Kind, str, str], ...] = (
    ("conflict", r"(?i:[ _]*\([^()]*(conflict|conflit|konflikt|ütközés)[^()]*\))", "Dropbox, Nextcloud, pCloud, Seafile"),
    ("conflict", r"(?i:\.sync-conflict-[0-9]{8}-[0-9]{6}(-[a-z0-9]+)?)", "Syncthing"),
    ("conflict", r"(?i:[ ._-]+conflict(ed copy)?([ ._-].*)?)", "ownCloud, Google Drive"),
    ("conflict", r"[._](LOCAL|REMOTE|BASE|BACKUP)[._][0-9]+", "git mergetool"),
    ("copy", r"(?i:( - (copy|copie|copia|cópia|kopie|kopia|kopio|másolat))+( ?\([0-9]+\))?)", "Windows"),
    ("copy", r"(?i:[ _]*(copy|copie|copia|cópia|kopie|kopia)( [0-9]+)?)", "macOS"),
    ("copy", r"[ _]*\([0-9]{1,3}\)", "browsers, Google Drive"),
    ("conflict", r"-(?=[^/]*[A-Z])[\w'’ .-]{1,60}", "OneDrive, with the name of the computer"),
)
_BEFORE = re.compile(r"(copy of|copie a|copie de|copia de|cópia de|kopie von|kopia) +", re.IGNORECASE)
_ENDINGS = (".txt", ".yaml", ".yml", ".csv", ".j2", ".md")
_LEFT = (".orig", ".rej", ".mine", ".theirs")


def composed(name: str) -> str:
    """A name in the form in which systems that ignore capitals and the composing of letters compare it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def meant(name: str, ours: Collection[str]) -> tuple[Kind, str] | None:
    """Which of our names a file was meant to have, or is a copy of, and why it has not; None where nothing says so."""
    return next(_guesses(unicodedata.normalize("NFC", name), ours), None)


def _guesses(name: str, ours: Collection[str]) -> Iterator[tuple[Kind, str]]:
    plain = {composed(own): own for own in ours}
    if composed(name.strip(" .")) in plain:
        yield "spelling", plain[composed(name.strip(" ."))]
    for left in _LEFT:
        bare = name.casefold().removesuffix(left)
        if bare != name.casefold() and bare in plain:
            yield "leftover", plain[bare]
    yield from (("ending", own) for own in ours if composed(name) in map(composed, _endings(*_split(own))))
    yield from _copies(name, ours)


def _copies(name: str, ours: Collection[str]) -> Iterator[tuple[Kind, str]]:
    bare = _BEFORE.sub("", name, count=1)
    if bare in ours and bare != name:
        yield "copy", bare
    for own in sorted(ours, key=len, reverse=True):  # `lab-2 - Copy` is a copy of `lab-2`, not of `lab`
        kind = _mark(name, *_split(own))
        if kind:
            yield kind, own


def _split(name: str) -> tuple[str, str]:
    """The stem and all endings: `agenda` and `.md.j2`."""
    ending = "".join(PurePosixPath(name).suffixes)
    return name.removesuffix(ending), ending


def _endings(stem: str, ending: str) -> Iterator[str]:
    """How a name is written where Windows hides endings, or where another one was thought right."""
    if ending == ".yaml":
        yield from (f"{stem}.yml", f"{stem}.yml.txt", f"{stem}.yml.yaml", f"{stem}.yaml.yml", f"{stem}.txt")
    if ending == ".md.j2":
        yield from (f"{stem}.md", f"{stem}.j2")
    yield from (f"{stem}{ending}{more}" for more in _ENDINGS)


def _mark(name: str, stem: str, ending: str) -> Kind | None:
    """The kind of mark that stands between stem and ending, or behind the ending."""
    start, end = re.escape(stem), re.escape(ending)
    for kind, mark, _ in _MARKS:
        if re.fullmatch(f"{start}{mark}{end}|{start}{end}{mark}({end})?", name):
            return kind
    return None
