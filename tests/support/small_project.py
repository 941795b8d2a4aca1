"""A small project with one event, sheets made on the spot, and the state of a folder as a test compares it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

from ecocsme.notes.report import SheetReport
from ecocsme.project.folder import Folder

EVENT = "lab-1"
PROJECT = 'acronym: "P"\ntitle: "T"\nlanguages: [ro, en]\n'
EVENT_FILE = """\
id: lab-1
title: {ro: "Atelier", en: "Lab"}
date: 2020-10-20
tables: 6
rounds: 3
questions:
  - id: q1
    ro: "De ce au nevoie firmele mici?"
    en: "What do small firms need?"
  - id: q2
    ro: "Ce parteneri ne lipsesc?"
    en: "What partners do we lack?"
"""
HEADER = ("Masa", "Runda", "q1", "q2")
ROWS = (
    ("1", "1", "granturi mici", "școlile"),
    ("1", "1", "mentorat", ""),
    ("2", "1", "spații accesibile", "băncile locale"),
    ("2", "2", "mai puțină birocrație", "clusterul IT"),
)


def make(root: Path) -> Folder:
    """Write the project and its event."""
    (root / "events" / EVENT).mkdir(parents=True)
    (root / "project.yaml").write_text(PROJECT, encoding="utf-8")
    (root / "events" / EVENT / "event.yaml").write_text(EVENT_FILE, encoding="utf-8")
    return Folder(root.resolve())


def csv_bytes(rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> bytes:
    """A sheet as a form tool would export it: every value quoted."""
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return stream.getvalue().encode()


def sheet(folder: Path, name: str = "masa.csv", rows: Sequence[Sequence[str]] = ROWS, header: Sequence[str] = HEADER) -> Path:
    """Write a sheet into a folder that is made where needed."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(csv_bytes(rows, header))
    return folder / name


def tree(root: Path) -> dict[str, str]:
    """Every file below a folder with its hash, but for locks and what a killed command leaves behind."""
    files = (path for path in root.rglob("*") if path.is_file())
    named = ((path.relative_to(root).as_posix(), path) for path in files)
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sorted(named) if ".ecocsme" not in name}


def leftovers(root: Path) -> list[str]:
    """The locks and temporary files below a folder."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob(".ecocsme*"))


def accounted(report: SheetReport) -> int:
    """The sum over all fates of the cells of a sheet: equals `cells`."""
    return report.kept + len(report.not_read) + report.headers + report.context + sum(report.left_out.values())
