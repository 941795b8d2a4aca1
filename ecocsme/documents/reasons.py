"""Why a document is to be built: its manifest's hashes say it, nothing is rendered to find out."""

from __future__ import annotations

from collections.abc import Mapping

from ecocsme import __version__
from ecocsme.documents.inputs import Inputs
from ecocsme.documents.manifest import Entry
from ecocsme.documents.orders import Document
from ecocsme.errors import visible

_NAMED = 3


def reason(inputs: Inputs, document: Document, entry: Entry | None) -> str:
    """Why a document is out of date; nothing where it is not."""
    if entry is None:
        return "not built yet"
    if not (inputs.folder.root / document.path).exists():
        return "was deleted"
    if entry.version != __version__:
        return "built by another version"
    return _said(entry.inputs, inputs.hashes(document))


def _said(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Which inputs have changed, come or gone since; nothing where all is as it was."""
    different = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
    words = {(True, True): "changed", (False, True): "is new", (True, False): "was removed"}
    said = [f"{visible(name)} {words[name in before, name in now]}" for name in different[:_NAMED]]
    more = [f"{len(different) - _NAMED} more"] if len(different) > _NAMED else []
    return ", ".join([*said, *more])
