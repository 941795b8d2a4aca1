"""R4: many commands at the same time in one folder: nothing is lost, nothing is numbered twice, who loses says so in a line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ecocsme.notes import store
from ecocsme.project.folder import Folder
from faults.scratch import Ended, Outcome, built, copied, ecocsme, surroundings
from support import small_project
from support.small_project import EVENT, leftovers, sheet, tree

SHEETS, SAME = 8, 4
TRY_AGAIN = "another ecocsme command is writing here; wait until it ends and try again"
DECIDE = ("decide", "assign", "--theme", "spaces", "--when", "2020-10-27")


def cases(scratch: Path, reduced: bool) -> Iterator[Outcome]:  # noqa: FBT001  # as every recipe is called
    """All cases of the recipe."""
    rows = 60 if reduced else 300
    start = small_project.make(scratch / "start").root
    original = built(scratch / "original")
    for number in range(1 if reduced else 20):
        yield from _imports(copied(start, scratch / "work"), scratch / f"inbox-{number}", number, rows)
        if reduced or number < 5:
            yield from _decisions(copied(original, scratch / "example"), number)
            yield from _builds(copied(original, scratch / "example"), number)


def _imports(root: Path, inbox: Path, number: int, rows: int) -> Iterator[Outcome]:
    """Eight sheets, one sheet four times, and two sheets of one name, all at once."""
    different = [_sheet(inbox, f"masa-{n}.csv", f"foaia {n}", rows) for n in range(SHEETS)]
    same = _sheet(inbox, "la-fel.csv", "la fel", rows)
    named = [_sheet(inbox / who, "fisa.csv", who, rows) for who in ("ana", "ion")]
    ended = _together(root, [("import-notes", EVENT, str(path)) for path in [*different, *[same] * SAME, *named]])
    first, equal, rivals = ended[:SHEETS], ended[SHEETS : SHEETS + SAME], ended[SHEETS + SAME :]
    case = f"round {number}"
    yield Outcome(f"{case}: {SHEETS} sheets", _first([one.fault(0) for one in first]))
    yield Outcome(f"{case}: one sheet {SAME} times", _first([one.fault(0) for one in equal]) or _known(equal))
    yield Outcome(f"{case}: two sheets of one name", _one_refused(rivals))
    yield Outcome(f"{case}: the sum", _sum(root, (SHEETS + 1 + 1) * rows * 2) or _checked(root))


def _decisions(root: Path, number: int) -> Iterator[Outcome]:
    """Two people decide at once, four times each: eight lines are added, each of them whole."""
    ids = [note.id for note in store.load(Folder(root)).notes if note.counts][:8]
    before = (root / "decisions.csv").read_bytes()
    ended = _together(root, [(*DECIDE[:2], note, *DECIDE[2:], "--who", f"p{turn % 2}") for turn, note in enumerate(ids)])
    added = (root / "decisions.csv").read_bytes().removeprefix(before).decode().splitlines()
    whole = sorted(line.split(",")[3] for line in added) == sorted(ids) and (root / "decisions.csv").read_bytes().startswith(before)
    fault = _first([one.fault(0) for one in ended]) or ("" if whole else f"{len(added)} lines were added: {added[:3]}")
    yield Outcome(f"round {number}: {len(ids)} decisions", fault or _checked(root))


def _builds(root: Path, number: int) -> Iterator[Outcome]:
    """Two builds at once come to the same as one; one may be told that the other is writing."""
    event = root / "events" / "tm-lll4-r1" / "event.yaml"
    event.write_text(event.read_text("utf-8").replace("Fosta Cancelarie", "Vechea Cancelarie"), "utf-8")
    alone = copied(root, root.parent / "alone")
    expected = ecocsme("build", cwd=alone).fault(0)
    ended = _together(root, [("build",), ("build",)])
    fault = expected or _first([one.fault(0) for one in ended])
    yield Outcome(
        f"round {number}: two builds",
        fault or ("" if tree(root) == tree(alone) else "came to other bytes than one build") or _checked(root),
    )


def _together(root: Path, commands: Sequence[Sequence[str]]) -> list[Ended]:
    """Start all commands, then wait for each; one that was told to try again on a slow machine does so."""
    given = surroundings()
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", "ecocsme", *command],
            cwd=root,
            env=given,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for command in commands
    ]
    ended = [Ended(child.returncode, out, err) for child, (out, err) in [(child, child.communicate(timeout=300)) for child in begun]]
    return [ecocsme(*command, cwd=root) if one.fault(1, TRY_AGAIN, 1) == "" else one for command, one in zip(commands, ended, strict=True)]


def _sheet(folder: Path, name: str, word: str, rows: int) -> Path:
    return sheet(folder, name, [(str(n % 6 + 1), str(n % 3 + 1), f"{word} {n}, cu virgulă", f"{word} și {n}") for n in range(rows)])


def _first(faults: Sequence[str]) -> str:
    return next((fault for fault in faults if fault), "")


def _known(ended: Sequence[Ended]) -> str:
    """One import of a sheet wins, the others say that it is known."""
    known = sum("nothing new" in one.out for one in ended)
    return "" if known == len(ended) - 1 else f"{known} of {len(ended)} said that the sheet is known"


def _one_refused(ended: Sequence[Ended]) -> str:
    """One of two sheets of one name is imported; the other is refused in one line that names both flags."""
    refused = [one for one in ended if one.code]
    if len(refused) != 1:
        return f"{len(refused)} of {len(ended)} were refused: {[one.err for one in refused]}"
    return refused[0].fault(1, "--replaces", 1) or refused[0].fault(1, "--new", 1)


def _sum(root: Path, expected: int) -> str:
    """Every note is there once, and the numbers of each place follow each other without a gap."""
    read = store.load(Folder(root))
    ids = {note.id for note in read.notes}
    if (len(read.notes), len(ids)) != (expected, expected):
        return f"{len(read.notes)} notes with {len(ids)} IDs instead of {expected}"
    highest: dict[str, int] = {}
    for note in read.notes:
        highest[note.prefix] = max(highest.get(note.prefix, 0), note.number)
    return "" if sum(highest.values()) == expected else "numbers were left out"


def _checked(root: Path) -> str:
    done = ecocsme("check", cwd=root)
    return done.fault(0) or (f"leaves {leftovers(root)[0]}" if leftovers(root) else "")
