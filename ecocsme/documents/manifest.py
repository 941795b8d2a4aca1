"""out/manifest.json: what was built from what, with hashes, so that a document changed by hand is never overwritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ecocsme.documents.orders import Document, Order
from ecocsme.project.folder import Folder

NAME = "out/manifest.json"


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)


class Ordered(_Kept):
    """How a document was ordered, so that it can be built again in the same way; paths are relative to the project folder."""

    kind: str
    subject: str
    languages: tuple[str, ...] = ()
    together: bool = False
    format: str
    template: str | None = None
    part: str = ""
    templates: tuple[str, ...] = ()


class Beside(_Kept):
    """A newer build that was put beside a document changed by hand."""

    sha256: str
    paragraphs: tuple[str, ...] = ()


class Entry(_Kept):
    """What is known of one document: its bytes and paragraphs as built, from what, by which version, on which order.

    Of a calendar file it is its SEQUENCE and a hash of what a reader `seen` in it, so that the next one is taken as newer.
    """

    sha256: str
    version: str = ""
    order: Ordered | None = None
    inputs: dict[str, str] = {}
    paragraphs: tuple[str, ...] = ()
    beside: Beside | None = None
    sequence: int = 0
    seen: str = ""

    def is_ours(self, data: bytes) -> bool:
        """Whether these bytes are a build of ours, be it the one that a person took over from beside."""
        return digest(data) in (self.sha256, self.beside.sha256 if self.beside else "")


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def read(folder: Folder) -> dict[str, Entry]:
    """What the tool has built so far, by path; nothing where the manifest is absent or not ours."""
    path = folder.root / NAME
    if not path.is_file() or path.is_symlink():
        return {}
    try:
        kept = json.loads(path.read_bytes())["documents"].items()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    read_one = ((name, _entry(data)) for name, data in kept)
    return {name: entry for name, entry in read_one if entry is not None}


def written(entries: Mapping[str, Entry]) -> bytes:
    """The manifest as a file: the same entries give the same bytes."""
    kept = {name: entry.model_dump(mode="json", exclude_defaults=True) for name, entry in sorted(entries.items())}
    return (json.dumps({"format": 1, "documents": kept}, ensure_ascii=False, indent=1) + "\n").encode()


def ordered(folder: Folder, document: Document) -> Ordered:
    """How a document was ordered, as the manifest keeps it."""
    order = document.order
    return Ordered(
        kind=order.kind,
        subject=document.subject,
        languages=order.languages,
        together=order.together,
        format=document.format,
        template=folder.shown(order.template) if order.template else None,
        part=order.part,
        templates=tuple(folder.shown(path) for path in document.own),
    )


def order_of(folder: Folder, kept: Ordered) -> tuple[Order, tuple[Path, ...]]:
    """The order that the manifest keeps, and the folders of templates that it was given."""
    template = folder.root / kept.template if kept.template else None
    order = Order(kept.kind, kept.languages, (kept.format,), kept.together, template, kept.part)
    return order, tuple(folder.root / name for name in kept.templates)


def _entry(data: object) -> Entry | None:
    try:
        return Entry.model_validate(data)
    except ValidationError:
        return None
