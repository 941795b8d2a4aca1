"""out/manifest.json: what was built from what, with hashes, so that a document changed by hand is never overwritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ecocsme.errors import WouldOverwrite, visible
from ecocsme.project.folder import Folder

NAME = "out/manifest.json"


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def read(folder: Folder) -> dict[str, Any]:
    """What the tool has built so far, by path; nothing where the manifest is absent or not ours."""
    path = folder.root / NAME
    if not path.is_file() or path.is_symlink():
        return {}
    try:
        built = json.loads(path.read_text("utf-8"))["documents"]
    except (ValueError, KeyError, TypeError):
        return {}
    return built if isinstance(built, dict) else {}


def replaceable(folder: Folder, names: Collection[str], *, force: bool) -> frozenset[str]:
    """The documents that may be replaced: ours and unchanged since; raise WouldOverwrite for any other that exists."""
    built = read(folder)
    changed = [name for name in names if (folder.root / name).exists() and not _ours(folder.root / name, built.get(name))]
    if changed and not force:
        said = "was changed since it was built, or was not built by ecocsme; rename it, or build with --force"
        raise WouldOverwrite("\n".join(f"{visible(name)}: {said}; nothing was written" for name in changed))
    return frozenset((*names, NAME))


def updated(folder: Folder, documents: Mapping[str, bytes], inputs: Collection[Path]) -> bytes:
    """The manifest with these documents and the hashes of what they were built from."""
    used = {folder.shown(path): digest(path.read_bytes()) for path in sorted(inputs) if path.is_file()}
    built = read(folder)
    for name, data in documents.items():
        built[name] = {"sha256": digest(data), "inputs": used}
    return (json.dumps({"format": 1, "documents": dict(sorted(built.items()))}, ensure_ascii=False, indent=1) + "\n").encode()


def _ours(path: Path, entry: object) -> bool:
    known = entry.get("sha256") if isinstance(entry, dict) else None
    return path.is_file() and digest(path.read_bytes()) == known
