"""The names under which sheets are kept: as received, in one Unicode form, refused where another system could not hold them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePath

from ecocsme.errors import visible
from ecocsme.files.values import RESERVED
from ecocsme.notes.grid import refusal

_LONGEST = 230  # bytes: `.v12` and `.csv` are still to come, and file systems end at 255
_FORBIDDEN = frozenset('<>:"/\\|?*')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JUNK = frozenset({"desktop.ini", "thumbs.db", ".ds_store"})


def junk(name: str) -> bool:
    """Say whether a file is what Office, editors or systems leave behind."""
    folded = name.casefold()
    return folded in _JUNK or folded.startswith(("~$", ".~lock.", "._")) or folded.endswith((".tmp", ".bak"))


def kept_name(name: str, shown: str) -> str:
    """The name under which a sheet is kept (NFC); raise UnreadableSheet for names that are not safe everywhere."""
    kept = unicodedata.normalize("NFC", name)
    if any(char in _FORBIDDEN or unicodedata.category(char) in _UNSEEN for char in kept):
        raise _refused(shown, "its name holds a character that cannot be seen, or that Windows does not allow")
    if kept.startswith((".", "~$")) or kept != kept.strip() or kept.endswith("."):
        raise _refused(shown, "its name begins or ends with a dot, a blank or ~$")
    stem = kept.split(".", 1)[0].strip()
    if RESERVED.fullmatch(stem) and "-" not in stem:
        raise _refused(shown, "its name is that of a device on Windows")
    if len(kept.encode("utf-8", "replace")) > _LONGEST:
        raise _refused(shown, "its name is too long")
    return kept


def same(first: str, second: str) -> bool:
    """Say whether two names are one name on a file system that ignores case or Unicode form."""
    return _plain(first) == _plain(second)


def numbered(name: str, taken: Collection[str]) -> str:
    """Add the first free short suffix: `Răspunsuri.xlsx` becomes `Răspunsuri-2.xlsx`."""
    path = PurePath(name)
    number = 2
    while any(same(f"{path.stem}-{number}{path.suffix}", other) for other in taken):
        number += 1
    return f"{path.stem}-{number}{path.suffix}"


def is_numbered(name: str, from_name: str) -> bool:
    """Say whether a name is another one with a short suffix: `Răspunsuri-2.xlsx` from `Răspunsuri.xlsx`."""
    path = PurePath(_plain(from_name))
    return re.fullmatch(f"{re.escape(path.stem)}-[0-9]+{re.escape(path.suffix)}", _plain(name)) is not None


def version(first: str, ending: str, taken: Collection[str]) -> str:
    """The name of the next correction of a sheet: `sheet.csv`, `sheet.v2.csv`, `sheet.v3.xlsx` ..."""
    number = 1 + max((version_number(first, other) or 1 for other in taken), default=1)
    return f"{PurePath(first).stem}.v{number}{ending}"


def version_number(first: str, name: str) -> int | None:
    """Which version of a sheet a name stands for: 1 is the sheet itself; None where it is no version of it."""
    if same(first, name):
        return 1
    match = re.fullmatch(re.escape(_plain(PurePath(first).stem)) + r"\.v([0-9]{1,6})(\.[^.]*)?", _plain(name))
    return int(match[1]) if match else None


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _refused(shown: str, message: str) -> Exception:
    return refusal(visible(shown), message, "rename the file and import it again")
