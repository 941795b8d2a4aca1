"""R6: what happens to a project's tables between two commands: flipped bytes, lost lines, half merges, spreadsheet programs."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecocsme.errors import EcocsmeError
from ecocsme.notes import store
from ecocsme.project.folder import Folder
from ecocsme.themes import decisions
from faults.forks import Forks
from faults.scratch import Outcome, copied
from support import small_project
from support.small_project import EVENT, sheet

THEMES = 'themes:\n  - id: spaces\n    name: {ro: "Spații", en: "Spaces"}\n'
DECIDE = ("decide", "assign", "--theme", "spaces", "--why", 'așa, "da"; țin minte', "--who", "Ana Știucă", "--when", "2020-11-27")
FIRST = f"{EVENT}/q1/t1/r1/1"


@dataclass(frozen=True, slots=True)
class Harmed:
    """A file with a damage: what was done to it, and its bytes."""

    what: str
    data: bytes


def cases(scratch: Path, reduced: bool) -> Iterator[Outcome]:  # noqa: FBT001  # as every recipe is called
    """All cases of the recipe."""
    original = small_project.make(scratch / "original").root
    (original / "themes.yaml").write_text(THEMES, encoding="utf-8")
    late = sheet(scratch / "inbox", "late.csv", [("6", "1", "o gară", "")])
    with Forks() as run:
        said = [run(original, ("import-notes", EVENT, str(sheet(scratch / "inbox")))).err]
        said += [run(original, (*DECIDE, note.id)).err for note in store.load(Folder(original)).notes]
        commands = ((*DECIDE, FIRST), ("import-notes", EVENT, str(late)), ("withdraw", "masa.csv", "--yes"), ("forget", FIRST, "--yes"))
        for name in (f"events/{EVENT}/notes/masa.csv.csv", "decisions.csv", f"events/{EVENT}/sheets/masa.csv"):
            if not (original / name).is_file():
                raise RuntimeError(f"cannot be prepared: {said}")
            yield from _each(original, scratch / "copy", name, run, commands[: 2 if reduced else 4], few=reduced)
    yield Outcome("decisions.csv: a line is dropped", skipped="decisions have no seals; only git shows that a whole line is gone")


def _each(original: Path, root: Path, name: str, run: Forks, commands: Sequence[Sequence[str]], *, few: bool) -> Iterator[Outcome]:
    """Do everything to one file: `check` names it, or its meaning is what it was; and no command rewrites it."""
    copied(original, root)
    meant = _meaning(root)
    for harmed in _damages((original / name).read_bytes(), few=few):
        if name == "decisions.csv" and "dropped" in harmed.what and "line 1 " not in harmed.what:
            continue
        (root / name).write_bytes(harmed.data)
        checked = run(root, ("check",))
        said = checked.out + checked.err
        faults = [_traceback("check", said)]
        if not _named(name, said) and _meaning(root) != meant:
            faults.append(f"means something else now, and check does not name it: {said.strip()[:200]}")
        faults += [_used(root, name, harmed.data, run, command, bad=checked.code != 0) for command in commands]
        yield Outcome(f"{name}: {harmed.what}", next((fault for fault in faults if fault), ""))
        copied(original, root)


def _used(root: Path, name: str, data: bytes, run: Forks, command: Sequence[str], *, bad: bool) -> str:
    """What is wrong when a command meets a damaged file: it must not end in a traceback, nor write over it."""
    ended = run(root, command)
    kept = (root / name).is_file() and (root / name).read_bytes().startswith(data)
    if bad and not kept:
        return f"{command[0]} has written over the damaged file"
    (root / name).write_bytes(data)
    return _traceback(command[0], ended.err)


def _traceback(command: str, said: str) -> str:
    return f"{command}: traceback: {said.strip().splitlines()[-1]}" if "Traceback" in said else ""


def _named(name: str, said: str) -> bool:
    """Whether a message names the file, with a line where it is no sheet: a sheet is named by the notes that were made of it."""
    short = name.rpartition("/")[2]
    if "/sheets/" in name:
        return short in said
    return re.search(rf"^{re.escape(name)}:\d+: ", said, re.MULTILINE) is not None


def _meaning(root: Path) -> object:
    """What the notes and decisions of a project say; nothing where they cannot be read."""
    folder = Folder(root)
    try:
        read = store.load(folder)
        sheets = {path.name: path.read_bytes() for path in (root / "events" / EVENT / "sheets").iterdir()}
        return read.notes, decisions.grouping(decisions.load(folder)[0]), sheets
    except EcocsmeError:
        return None


def _damages(data: bytes, *, few: bool) -> Iterator[Harmed]:
    """Every damage of the recipe."""
    chance = random.Random(7)  # noqa: S311  # the same places each time
    for place in sorted(chance.sample(range(len(data)), min(len(data), 8 if few else 100))):
        bit = 1 << chance.randrange(8)
        yield Harmed(f"byte {place} flipped by {bit}", data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :])
    for cut in (1, 2, 60, 200) if few else range(1, 201):
        yield Harmed(f"the last {cut} bytes are cut off", data[:-cut])
    lines = data.splitlines(keepends=True)
    for number in sorted({0, 1, len(lines) // 2, len(lines) - 1} if few else range(len(lines))):
        yield Harmed(f"line {number + 1} is dropped", b"".join(lines[:number] + lines[number + 1 :]))
        yield Harmed(f"line {number + 1} is doubled", b"".join(lines[: number + 1] + lines[number:]))
    half = len(lines) // 2
    ours, theirs = b"<<<<<<< HEAD\n" + lines[half], b"=======\n" + lines[half].replace(b"a", b"e") + b">>>>>>> other\n"
    yield Harmed("both sides of a merge stand in it", b"".join([*lines[:half], ours, theirs, *lines[half + 1 :]]))
    yield Harmed(
        "a newer version has one more column",
        b"".join([lines[0].rstrip(b"\n") + b",later\n", *(line.rstrip(b"\n") + b",x\n" for line in lines[1:])]),
    )
    yield from _saved_again(data)


def _saved_again(data: bytes) -> Iterator[Harmed]:
    """As spreadsheet programs save it: other delimiters and encodings, the rows as they were."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return
    for delimiter in ";\t":
        for encoding in ("cp1250", "utf-8-sig", "utf-16"):
            stream = io.StringIO()
            csv.writer(stream, delimiter=delimiter).writerows(rows)
            yield Harmed(f"saved again with {delimiter!r} as {encoding}", stream.getvalue().encode(encoding, "replace"))
