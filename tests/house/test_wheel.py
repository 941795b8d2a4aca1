"""The wheel: built from the source archive, installed where no checkout is, run without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from ecocsme import __version__
from house.repository import REPOSITORY, trackable

pytestmark = pytest.mark.slow

JUNK = (
    "templates/documents/~$plan.docx",
    "templates/words/old.bak",
    "examples/timisoara/.~lock.answers.csv#",
    "examples/timisoara/.DS_Store",
    "examples/Thumbs.db",
    "ecocsme/notes/half.tmp",
    "ecocsme/__pycache__/stale.cpython-311.pyc",
)
NO_NETWORK = """
import os, sys
def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        os.write(2, f"the network was asked for: {event}\\n".encode())
        os._exit(97)
sys.addaudithook(refuse)
"""


def done(*command: str | Path, cwd: Path, code: int = 0) -> str:
    """Run a command to its end without a network, and return what it said; its exit code must be the given one."""
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://0.0.0.0:1")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    ended = subprocess.run(
        list(map(str, command)), cwd=cwd, capture_output=True, encoding="utf-8", check=False, env={**kept, **nowhere, "PYTHONUTF8": "1"}
    )
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def built(tree: Path, target: str, to: Path) -> Path:
    """Build the source archive (`sdist`) or the wheel of a tree."""
    done(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", to, cwd=tree)
    (path,) = to.glob("*.tar.gz" if target == "sdist" else "*.whl")
    return path


def held(wheel: Path) -> set[str]:
    """The files in a wheel, but for its metadata."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def meant() -> set[str]:
    """The files that the wheel must hold: package, templates and examples as git knows them."""
    names = (path.relative_to(REPOSITORY).as_posix() for path in trackable(REPOSITORY))
    moved = (f"ecocsme/{name}" if name.startswith(("templates/", "examples/")) else name for name in names)
    return {name for name in moved if name.startswith("ecocsme/")}


@dataclass(frozen=True)
class Installed:
    """An environment in which only the wheel was installed; what it needs is lent by the environment of the tests."""

    folder: Path

    def command(self, name: str) -> Path:
        """A command of this environment."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin") / (f"{name}.exe" if os.name == "nt" else name)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout without git, as from an unpacked archive, with junk in it."""
    copy = tmp_path_factory.mktemp("tree")
    for path in trackable(REPOSITORY):
        there = copy / path.relative_to(REPOSITORY)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, there)
    for name in JUNK:
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_bytes(b"junk")
    return copy


@pytest.fixture(scope="module")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the unpacked source archive."""
    work = tmp_path_factory.mktemp("build")
    done(sys.executable, "-m", "tarfile", "-e", built(tree, "sdist", work / "sdist"), work, cwd=work)
    return built(work / f"ecocsme-{__version__}", "wheel", work / "wheel")


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A fresh environment with the wheel in it, cut off from the network and from the checkout."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    done(sys.executable, "-m", "venv", "--without-pip", folder, cwd=wheel.parent)
    fresh = Installed(folder)
    target: list[str | Path] = ["--python", fresh.command("python"), "install", "--disable-pip-version-check"]
    done(sys.executable, "-m", "pip", *target, "--no-deps", "--no-index", wheel, cwd=wheel.parent)
    (packages,) = {path.parent for path in folder.rglob("ecocsme") if path.is_dir()}
    lent = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    (packages / "lent.pth").write_text("\n".join(lent), encoding="utf-8")  # a path in a .pth file: the .pth files over there are not read
    (packages / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    return fresh


def test_the_wheel_holds_package_templates_and_examples(wheel: Path) -> None:
    """Every file that the command needs is in the wheel, and no junk of editors, systems or Python."""
    assert held(wheel) == meant()
    assert {name.split("/")[1] for name in held(wheel)} >= {"cli", "templates", "examples", "py.typed"}


def test_a_wheel_built_without_the_archive_is_the_same(wheel: Path, tree: Path, tmp_path: Path) -> None:
    """`pip install .` in an unpacked folder, without git, gets the very wheel that the source archive gives."""
    assert all((tree / name).is_file() for name in JUNK)
    assert held(built(tree, "wheel", tmp_path / "wheel")) == held(wheel)


def test_junk_in_a_wheel_is_found(tree: Path, tmp_path: Path) -> None:
    """Where nothing says what is junk, it is packed, and the comparison sees it."""
    copy = tmp_path / "tree"
    shutil.copytree(tree, copy)
    (copy / ".gitignore").write_text("", encoding="utf-8")
    assert "ecocsme/templates/documents/~$plan.docx" in held(built(copy, "wheel", tmp_path / "wheel")) - meant()


def test_the_installed_command_says_its_version(installed: Installed, tmp_path: Path) -> None:
    """The command runs from its own environment, not from this checkout."""
    where = done(installed.command("python"), "-c", "import ecocsme; print(ecocsme.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.folder)
    assert done(installed.command("ecocsme"), "--version", cwd=tmp_path).strip() == f"ecocsme {__version__}"


def test_the_demo_runs_in_an_empty_folder_without_a_network(installed: Installed, tmp_path: Path) -> None:
    """The README's demo runs with nothing but the wheel: it checks, imports and builds, and asks for no network."""
    said = done(installed.command("ecocsme"), "demo", "demo", cwd=tmp_path)
    built_files = {path.suffix for path in (tmp_path / "demo" / "out").rglob("*") if path.is_file()}
    assert built_files >= {".md", ".docx"}, said
    assert "no problems found" in done(installed.command("ecocsme"), "check", "--project", "demo", cwd=tmp_path)


@pytest.mark.parametrize("call", ["getaddrinfo('localhost', 80)", "create_connection(('127.0.0.1', 9))"])
def test_asking_for_the_network_is_found(installed: Installed, tmp_path: Path, call: str) -> None:
    """In this environment a program that asks for the network ends at once."""
    said = done(installed.command("python"), "-c", f"import socket; socket.{call}", cwd=tmp_path, code=97)
    assert "the network was asked for" in said
