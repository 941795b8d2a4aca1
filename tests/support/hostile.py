"""Runs the real command on hostile files: in a process of its own that is watched, limited in time and memory, and compared."""

from __future__ import annotations

import csv
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
HOSTILE = REPOSITORY.parent / "shared" / "hostile"
EVENT, PLAN = "tm-2020-10-20", "tm-2021"
SECONDS, MEGABYTES = 10, 300
_ADDRESS_SPACE = 4_000_000_000  # numerical libraries reserve much and use little; what is used is measured
_PROJECT = 'acronym: PROBA\ntitle: {ro: "Probă", en: "Trial"}\nprogramme: plain\nlanguages: [ro, en]\n'

# every process of a command, its workers too, ends at once where it touches the network or starts anything but a worker
_GUARD = """
import os, sys
FORBIDDEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "os.system", "os.exec", "os.posix_spawn", "os.fork")
def watch(event, arguments):
    if event in FORBIDDEN or (event == "subprocess.Popen" and not is_worker(arguments)):
        os.write(2, ("FORBIDDEN " + event + "\\n").encode())
        os._exit(97)
def is_worker(arguments):
    command = list(arguments[1] or ())
    return command[:3] == [sys.executable, "-P", "-c"] and "from ecocsme.documents.rendering import answer" in command[3]
sys.addaudithook(watch)
"""


@dataclass(frozen=True)
class Ran:
    """A command that has ended: its exit code, all that it printed, the most memory it used, and its seconds."""

    code: int
    said: str
    megabytes: float


@dataclass
class Trial:
    """One case in a scratch project: what was run, and what there is afterwards."""

    case: dict[str, Any]
    root: Path
    target: Path
    before: dict[str, str] = field(default_factory=dict)
    ran: list[Ran] = field(default_factory=list)
    named: str = ""

    @property
    def said(self) -> str:
        """All that the commands printed."""
        return "".join(ran.said for ran in self.ran)

    @property
    def documents(self) -> dict[str, bytes]:
        """All that was built, by its path below `out/`."""
        out = self.root / "out"
        return {
            p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file() and p.suffix in (".md", ".docx")
        }

    @property
    def notes(self) -> list[dict[str, str]]:
        """The notes of the one event, file by file, line by line."""
        return [note for path in sorted((self.root / "events" / EVENT / "notes").glob("*.csv")) for note in records(path)]


def cases(kind: str) -> list[dict[str, Any]]:
    """The hostile cases of one kind; none in a plain clone."""
    if not HOSTILE.is_dir():
        return []
    listed = json.loads((HOSTILE / "manifest.json").read_text("utf-8"))["cases"]
    return [case for case in listed if case["kind"] == kind]


def records(path: Path) -> list[dict[str, str]]:
    """The lines of a CSV file by its header."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def tree(root: Path) -> dict[str, str]:
    """The hash of every file below a folder, and the target of every link."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            found[name] = "folder"
    return found


def scratch(folder: Path, case: dict[str, Any]) -> Trial:
    """Make a fresh project folder as the conventions say, with the file of the case in its place."""
    root = folder / "project"
    place = case["place"]
    for name, source in (
        ("project.yaml", None),
        (f"events/{EVENT}/event.yaml", HOSTILE / "_base_event.yaml"),
        (f"plans/{PLAN}.yaml", HOSTILE / "_base_plan.yaml"),
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.read_bytes() if source else _PROJECT.encode())
    target = folder / "{x.__class__}.md.j2" if place == "--template" else (folder if place.startswith("inbox/") else root) / place
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HOSTILE / case["file"], target)
    guard = folder / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(_GUARD, "utf-8")
    return Trial(case, root, target, tree(root))


def run(trial: Trial, *arguments: str) -> Ran:
    """Run one command in the project, watched and limited; what it printed is kept with the trial."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(trial.root.parent / "guard"), str(REPOSITORY)))}
    import resource  # Windows has none, and none of the shared material

    folder = trial.root.parent
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "ecocsme", *arguments],
            cwd=trial.root,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env=environment,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE)),  # noqa: PLW1509  # one thread
        )
        late = threading.Timer(SECONDS, process.kill)
        late.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        late.cancel()
    ran = Ran(process.returncode, (folder / "said").read_bytes().decode("utf-8", "backslashreplace"), used.ru_maxrss / 1024)
    trial.ran.append(ran)
    assert ran.code in (0, 1), f"exit code {ran.code}:\n{ran.said[-2000:]}"
    assert "Traceback" not in ran.said, ran.said[-2000:]
    assert "FORBIDDEN" not in ran.said
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", ran.said), "a control sign reaches the terminal"
    assert ran.megabytes < MEGABYTES
    return ran


def judge(trial: Trial, commands: Sequence[Sequence[str]]) -> str:
    """Run the commands and compare the outcome with what is expected or also tolerable; return `accept` or `reject`."""
    for command in commands:
        run(trial, *command)
    codes = {ran.code for ran in trial.ran[-len(commands) :]}
    assert len(codes) == 1, f"the commands disagree: {[ran.code for ran in trial.ran]}\n{trial.said}"
    outcome = "reject" if codes == {1} else "accept"
    if outcome == "reject":
        for ran in trial.ran[-len(commands) :]:
            assert (trial.named or trial.target.name) in ran.said
            assert all(len(line) <= 1000 for line in ran.said.splitlines())
        assert tree(trial.root) == trial.before
    allowed = [trial.case, *trial.case.get("also_ok", ())]
    fitting = [one for one in allowed if one["expected"] == outcome and (outcome == "reject" or one.get("answers") in (None, count(trial)))]
    assert fitting, f"{outcome} with {count(trial)} notes:\n{trial.said}"
    assert not list(trial.root.parent.rglob("*PWNED*"))
    return outcome


def count(trial: Trial) -> int:
    """How many notes there are."""
    return len(trial.notes)


def readable(name: str, data: bytes) -> str:
    """A document as text: Markdown as it is, of a Word file every part, unzipped, entities resolved."""
    if not name.endswith(".docx"):
        return data.decode()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = [archive.read(part).decode("utf-8", "replace") for part in archive.namelist()]
    return html.unescape("\n".join(parts))


def body(name: str, data: bytes) -> str:
    """What a reader of a document sees: of a Word file the text of its body, one paragraph per line."""
    if not name.endswith(".docx"):
        return data.decode()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    lines = xml.replace("<w:br/>", "\n").replace("<w:noBreakHyphen/>", "-").split("</w:p>")
    return html.unescape("\n".join("".join(re.findall(r"<w:t[ >][^<]*|\n", line)) for line in lines)).replace("<w:t>", "")


Condition = Callable[[Trial, str], None]
