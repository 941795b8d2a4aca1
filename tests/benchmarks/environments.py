"""Two environments: one with the package and what it runs with, one with the peers; both compiled before anything is timed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from measuring import NOT_FOR_FIGURES, Command

REPOSITORY = Path(__file__).resolve().parents[2]
REQUIREMENTS = REPOSITORY / "requirements"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row works: a folder for its files, and the two environments."""

    folder: Path
    ours: Path
    peers: Path

    def command(self, *arguments: str | Path) -> Command:
        """Our installed command."""
        return [self.ours / "bin" / "ecocsme", *arguments]

    def python(self, script: str, *arguments: str | Path) -> Command:
        """A script of a few lines, run where our package is."""
        return [self.ours / "bin" / "python", "-c", script, *arguments]

    def peer(self, name: str, *arguments: str | Path) -> Command:
        """A peer's command, or `python`; `pandoc` is the one that comes with its package."""
        if name == "pandoc":
            (found,) = self.peers.glob("lib/python*/site-packages/pypandoc/files/pandoc")
            return [found, *arguments]
        return [self.peers / "bin" / name, *arguments]

    def answer(self, command: Command) -> str:
        """What a command says that is not timed, such as one that reads a result back."""
        return subprocess.run(list(map(str, command)), capture_output=True, encoding="utf-8", check=True).stdout.strip()


def prepared(folder: Path) -> Place:
    """Make both environments, or bring them up to the requirements of this checkout."""
    ours = _environment(folder / "ours", REQUIREMENTS / "run.txt", ["--no-deps", "--editable", str(REPOSITORY)])
    peers = _environment(folder / "peers", REQUIREMENTS / "peers.txt")
    _compiled(ours, REPOSITORY / "ecocsme")
    (folder / "files").mkdir(exist_ok=True)
    return Place(folder / "files", ours, peers)


def versions(place: Place) -> list[str]:
    """What was compared with what, a line for each."""
    script = "import sys, importlib.metadata as m; print('Python', sys.version.split()[0]); [print(n, m.version(n)) for n in sys.argv[1:]]"
    ours = place.answer(place.python(script, "typer", "pyyaml", "openpyxl", "lxml", "markdown-it-py"))
    peers = place.answer(place.peer("python", "-c", script, "csvkit", "docxtpl", "python-docx", "pypandoc-binary"))
    return [*ours.splitlines(), *peers.splitlines()[1:], place.answer(place.peer("pandoc", "--version")).splitlines()[0]]


def _environment(folder: Path, requirements: Path, *installs: list[str]) -> Path:
    key = hashlib.sha256(requirements.read_bytes() + sys.version.encode() + repr(installs).encode()).hexdigest()
    made = folder / "made"
    if made.is_file() and made.read_text(encoding="utf-8") == key:
        return folder
    sys.stderr.write(f"installing {requirements.name} into {folder}\n")
    venv.create(folder, with_pip=True, clear=True)
    for install in (["--require-hashes", "-r", str(requirements)], *installs):
        _run(folder, "-m", "pip", "install", "-qqq", "--disable-pip-version-check", *install)
    for packages in folder.glob("lib/python*/site-packages"):
        _compiled(folder, packages)
    made.write_text(key, encoding="utf-8")
    return folder


def _compiled(environment: Path, packages: Path) -> None:
    """Without compiled modules either side would pay for what only the first run after an installation pays."""
    _run(environment, "-m", "compileall", "-q", "-x", "/tests?/", str(packages), codes=(0, 1))  # some packages ship templates of modules


def _run(environment: Path, *arguments: str, codes: tuple[int, ...] = (0,)) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name not in NOT_FOR_FIGURES}
    done = subprocess.run([environment / "bin" / "python", *arguments], env=surroundings, stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in codes:
        raise SystemExit(f"{' '.join(arguments[:3])}: ended with {done.returncode}")
