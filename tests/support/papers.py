"""The papers of the day, as Markdown and as Word files."""

from __future__ import annotations

from ecocsme.documents.kit import KIT
from ecocsme.documents.orders import Document, Order
from ecocsme.project.folder import Folder

PAPERS = ("one-page-agenda", "run-sheet", "personal-run-sheets", "packing-list", "invitation")


def text(folder: Folder, kind: str, lang: str = "ro", event: str = "lab") -> str:
    """A paper as Markdown for people."""
    return KIT[kind].write(folder, Document(Order(kind, (lang,), ("md",)), event, (lang,), "md")).decode()


def word(folder: Folder, kind: str, lang: str = "ro", event: str = "lab") -> bytes:
    """A paper as Word file."""
    return KIT[kind].write(folder, Document(Order(kind, (lang,), ("docx",)), event, (lang,), "docx"))


def rows(markdown: str) -> list[list[str]]:
    """The rows of all tables, cell by cell."""
    lines = [line for line in markdown.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
