"""R5: folders that may not be written, a full disk, and things that are not what they seem to be."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from faults.scratch import EVENT, ROWS, Ended, Outcome, built, changed, copied, ecocsme
from support.small_project import leftovers, tree

NOTES = f"events/{EVENT}/notes"
AGENDA = f"out/{EVENT}/agenda.ro.md"
IMPORT, BUILD = ("import-notes", EVENT, "late.csv"), ("build", "--force")
DECIDE = ("decide", "assign", f"{EVENT}/q1/t1/r1/1", "--theme", "spaces", "--who", "ana", "--when", "2020-10-27")
DRAFT, COPY_OUT = ("draft-plan", "next"), ("templates", "words/en.yaml")
NEW_LAB = ("new-lab", "next", "--no-input", "--title", "Lab", "--date", "2021-01-20")
WRITING: tuple[Sequence[str], ...] = (IMPORT, BUILD, DECIDE, DRAFT, COPY_OUT, NEW_LAB)
READING: tuple[Sequence[str], ...] = (("check",), ("status",), ("trace", EVENT), ("build", "--dry-run"))


def cases(scratch: Path, reduced: bool) -> Iterator[Outcome]:  # noqa: FBT001  # as every recipe is called
    """All cases of the recipe."""
    original = built(scratch / "original")
    event = original / "events" / EVENT / "event.yaml"
    event.write_text(event.read_text("utf-8").replace("Fosta Cancelarie de Război", "Fosta Cancelarie"), "utf-8")
    root = scratch / "copy"
    yield from _read_only(original, root)
    yield from _full_disk(original, scratch, steps=6 if reduced else 40)
    yield from _size_limit(original, root, steps=4 if reduced else 20)
    yield from _odd_places(original, root, scratch)
    yield from _odd_inputs(original, root)
    yield _edited(copied(original, root))
    yield from _removed(original, root)


def _tried(case: str, root: Path, command: Sequence[str], words: str = "", before: Callable[[], None] | None = None) -> Outcome:
    """A command that must be refused in a line or more, and must leave everything as it is."""
    was = tree(root)
    done = ecocsme(*command, cwd=root, before=before, seconds=20)
    return Outcome(f"{case}: {' '.join(command[:2])}", done.fault(1, words) or changed(was, root))


def _read_only(original: Path, root: Path) -> Iterator[Outcome]:
    """Folders without the right to write; root has it everywhere unless it gives that power away."""
    if os.geteuid() == 0 and not _can_be_ordinary():
        yield Outcome("folders that may not be written", skipped="root cannot give its rights away here")
        return
    for folder, commands in (("out", [BUILD]), (NOTES, [IMPORT]), (".", [*WRITING, *READING])):
        for command in commands:
            copied(original, root)
            closed = [root / folder, *(path for path in (root / folder).rglob("*") if path.is_dir())]
            for path in closed:
                path.chmod(0o555)
            try:
                if command in READING:
                    done, was = ecocsme(*command, cwd=root, before=_be_ordinary), tree(root)
                    yield Outcome(f"{folder} read-only: {command[0]}", done.fault(0) or changed(was, root))
                else:
                    yield _tried(f"{folder} read-only", root, command, "cannot be written", _be_ordinary)
            finally:
                for path in closed:
                    path.chmod(0o755)


def _be_ordinary() -> None:
    """Give away root's power over all files (on Linux, for this process and what it starts)."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            if libc.prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP
                os._exit(3)


def _can_be_ordinary() -> bool:
    return sys.platform == "linux" and subprocess.run(["true"], check=False, preexec_fn=_be_ordinary).returncode == 0  # noqa: S607  # no threads are running


def _full_disk(original: Path, scratch: Path, steps: int) -> Iterator[Outcome]:
    """A small disk with less and less room: everything is written, or nothing."""
    disk = scratch / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], capture_output=True, check=False).returncode:  # noqa: S607  # where root may
        yield Outcome("a full disk", skipped="no disk can be mounted here")
        return
    try:
        for command in WRITING:
            for room in range(0, 400_000, 400_000 // steps):
                yield _with_room(original, disk, command, room)
    finally:
        subprocess.run(["umount", str(disk)], capture_output=True, check=False)  # noqa: S607  # as it was mounted


def _with_room(original: Path, disk: Path, command: Sequence[str], room: int) -> Outcome:
    for path in disk.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    root = copied(original, disk / "project")
    left = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "filler").write_bytes(b"\0" * max(left - room, 0))
    return _whole_or_not(f"{room // 1000} kB left", root, command, None)


def _whole_or_not(case: str, root: Path, command: Sequence[str], before: Callable[[], None] | None) -> Outcome:
    """A command that may succeed or be refused, and leaves a folder that agrees with what it says."""
    was = tree(root)
    done = ecocsme(*command, cwd=root, before=before)
    difference = changed(was, root)
    if done.code == 0:
        fault = "" if difference else "says that it is done, and has written nothing"
    else:
        fault = done.fault(1, "cannot be written") or difference or (f"leaves {leftovers(root)[0]}" if leftovers(root) else "")
    return Outcome(f"{case}: {command[0]}", fault)


def _size_limit(original: Path, root: Path, steps: int) -> Iterator[Outcome]:
    """No file may grow beyond a size (`ulimit -f`), as a quota has it."""
    for command in WRITING:
        for size in range(0, 80_000, 80_000 // steps):
            copied(original, root)
            yield _whole_or_not(f"files up to {size} bytes", root, command, _limited(size))


def _limited(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _odd_places(original: Path, root: Path, scratch: Path) -> Iterator[Outcome]:
    """What is to be written is something else already: a file where a folder should be, or a link to a victim."""
    copied(original, root)
    shutil.rmtree(root / "out")
    (root / "out").write_text("mine", encoding="utf-8")
    yield _tried("out is a file", root, BUILD)
    victim = scratch / "victim"
    links = (
        (AGENDA, BUILD),
        ("out", BUILD),
        (f"out/{EVENT}", BUILD),
        ("out/manifest.json", BUILD),
        (NOTES, IMPORT),
        ("decisions.csv", DECIDE),
    )
    links += ((f"{NOTES}/late.csv.csv", IMPORT), (f"events/{EVENT}/sheets", IMPORT), ("plans/next.yaml", DRAFT), ("templates", COPY_OUT))
    for name, command in links:
        copied(original, root)
        path = root / name
        shutil.rmtree(victim, ignore_errors=True)
        victim.unlink(missing_ok=True)
        if path.exists():
            shutil.move(path, victim)
        else:
            victim.mkdir() if name == "templates" else victim.write_text("mine", encoding="utf-8")
        path.parent.mkdir(exist_ok=True)
        path.symlink_to(victim)
        was = tree(victim) if victim.is_dir() else {"": victim.read_text("utf-8")}
        tried = _tried(f"{name} is a link", root, command)
        harmed = was != (tree(victim) if victim.is_dir() else {"": victim.read_text("utf-8")})
        yield Outcome(tried.case, "what the link leads to was changed" if harmed else tried.fault)


def _odd_inputs(original: Path, root: Path) -> Iterator[Outcome]:
    """A pipe or a folder where a file should be is refused at once; nothing waits for it."""
    inputs: tuple[tuple[str, Sequence[str]], ...] = (
        ("late.csv", IMPORT),
        ("project.yaml", ("check",)),
        (f"events/{EVENT}/event.yaml", ("check",)),
        (f"events/{EVENT}/event.yaml", ("build-agenda", EVENT)),
        ("themes.yaml", ("check",)),
        ("decisions.csv", DECIDE),
        ("plans/tm.yaml", ("build-plan", "tm")),
        (f"{NOTES}/notite-mesele-5-6.md.csv", ("check",)),
        ("own.md.j2", ("build-agenda", EVENT, "--template", "own.md.j2", "--force")),
    )
    for name, command in inputs:
        for what, make in (("a pipe", os.mkfifo), ("a folder", os.mkdir)):
            copied(original, root)
            (root / name).unlink(missing_ok=True)
            make(root / name)
            yield _tried(f"{name} is {what}", root, command)


def _edited(root: Path) -> Outcome:
    """A document that a person changed is kept, and named."""
    text = (root / AGENDA).read_text("utf-8") + "\nscris de mână\n"
    (root / AGENDA).write_text(text, encoding="utf-8")
    done = ecocsme("build", cwd=root)
    kept = (root / AGENDA).read_text("utf-8") == text
    return Outcome("a document changed by hand: build", done.fault(0, "was changed by hand") or ("" if kept else "was overwritten"))


def _removed(original: Path, root: Path) -> Iterator[Outcome]:
    """A file that is there when the command begins, and gone or changed when its turn comes."""
    from ecocsme.errors import EcocsmeError
    from ecocsme.notes.importing import import_sheets
    from ecocsme.project.folder import Folder

    for what in ("removed", "made a folder"):
        copied(original, root)
        sheets = [root / "first.csv", root / "second.csv"]
        for number, sheet in enumerate(sheets):
            sheet.write_text(ROWS.replace("răspunsul", f"răspunsul {number}"), encoding="utf-8")
        before = {name: digest for name, digest in tree(root).items() if name != "second.csv"}

        def harm(_name: str, number: int, _total: int, what: str = what, second: Path = sheets[1]) -> None:
            if number == 1:
                second.unlink()
                if what != "removed":
                    second.mkdir()

        try:
            import_sheets(Folder(root), EVENT, sheets, progress=harm)
            said = "was not refused"
        except EcocsmeError as error:
            said = Ended(1, "", str(error)).fault(1, "second.csv", 1)
        yield Outcome(f"a sheet is {what} while the one before is read", said or changed(before, root))
