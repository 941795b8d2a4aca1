"""The pinned requirements: complete, inside the ranges of pyproject.toml, and naming no place to get them from."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from house.repository import PACKAGE, REPOSITORY, modules

_WHOLE = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = _WHOLE["project"]
EXTRAS = PROJECT["optional-dependencies"]
FILES = {
    "run": PROJECT["dependencies"],
    "test": [*PROJECT["dependencies"], *EXTRAS["test"]],
    "dev": [*PROJECT["dependencies"], *EXTRAS["test"], *(one for one in EXTRAS["dev"] if not one.startswith("ecocsme"))],
    "lowest": [*PROJECT["dependencies"], *EXTRAS["test"]],
    "peers": _WHOLE["dependency-groups"]["benchmarks"],
}
_PIN = re.compile(
    r"([a-z0-9][a-z0-9-]*)(?:\[[a-z0-9,-]+\])?==([0-9][0-9a-z.]*)(?: ; ([a-zA-Z0-9_.'=<>! ]+))?((?: --hash=sha256:[0-9a-f]{64})+)"
)
_MACHINES = [
    {"python_version": version, "python_full_version": f"{version}.8", "sys_platform": platform, "platform_system": system, "os_name": kind}
    for version in ("3.11", "3.12", "3.13", "3.14")
    for platform, system, kind in (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
]


def read(name: str) -> str:
    """The text of a requirements file."""
    return (REPOSITORY / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def pins(text: str) -> dict[str, Requirement]:
    """The pinned requirements of a file, by name; all else but comments is refused."""
    lines = [re.sub(r"\s+", " ", line).strip() for line in re.sub(r"\\\n", " ", text).splitlines() if not line.startswith("#")]
    found = {line: _PIN.fullmatch(line) for line in lines if line}
    assert all(found.values()), [line for line, match in found.items() if not match]
    made = (Requirement(f"{m[1]}=={m[2]}" + (f" ; {m[3]}" if m[3] else "")) for m in found.values() if m)
    return {canonicalize_name(one.name): one for one in made}


def outside(wanted: list[str], pinned: dict[str, Requirement]) -> Iterator[str]:
    """The requirements that are not pinned, or pinned outside their range."""
    for one in map(Requirement, wanted):
        pin = pinned.get(canonicalize_name(one.name))
        if pin is None or not one.specifier.contains(next(iter(pin.specifier)).version):
            yield f"{one}: {pin}"


def missing(pinned: dict[str, Requirement], machine: dict[str, str]) -> Iterator[str]:
    """What the pinned packages themselves need on a machine and what is not pinned for it, as far as they are installed here."""
    for name, pin in pinned.items():
        if pin.marker is not None and not pin.marker.evaluate(machine):
            continue
        try:
            needs = [Requirement(text) for text in requires(name) or ()]
        except PackageNotFoundError:  # another system's package
            continue
        here = [one for one in needs if one.marker is None or one.marker.evaluate({"extra": "", **machine})]
        held = {other: them for other, them in pinned.items() if them.marker is None or them.marker.evaluate(machine)}
        yield from (f"{name} needs {text}" for text in outside([f"{one.name}{one.specifier}" for one in here], held))


def above(wanted: list[str], pinned: dict[str, Requirement]) -> Iterator[str]:
    """The requirements that have no lower end, or are not pinned at it."""
    for one in map(Requirement, wanted):
        floors = [Version(part.version).release for part in one.specifier if part.operator == ">="]
        pin = pinned[canonicalize_name(one.name)]
        release = Version(next(iter(pin.specifier)).version).release
        if not floors or release[: len(floors[0])] != floors[0]:
            yield f"{one}: {pin}"


def names_a_place(text: str) -> list[str]:
    """The lines that say where packages are to be got."""
    place = re.compile(
        r"://|index-url|find-links|trusted-host|extra-index|no-index|(?<![-\w])-[if]\s|\b[a-z0-9-]+\.(org|com|io|net|dev)\b|file:|@"
    )
    return [line for line in text.splitlines() if place.search(line.replace("--no-emit-index-url", ""))]


def unused(wanted: list[str], package: Path) -> list[str]:
    """The requirements that no module of a package imports; time zones are data, and nobody imports them."""
    nodes = [node for path in modules(package) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    shipped_by = packages_distributions()
    used = {canonicalize_name(name) for module in named for name in shipped_by.get(module.partition(".")[0], ())}
    return sorted({canonicalize_name(Requirement(one).name) for one in wanted} - used - {"tzdata"})


@pytest.mark.parametrize("name", FILES)
def test_each_direct_dependency_is_pinned_inside_its_range(name: str) -> None:
    """What pyproject.toml asks for is pinned, with hashes, in the range that it gives."""
    assert list(outside(FILES[name], pins(read(name)))) == []


@pytest.mark.parametrize("name", ["run", "test"])
def test_the_files_are_closed(name: str) -> None:
    """Whatever a pinned package needs on any supported system is pinned too."""
    pinned = pins(read(name))
    assert sorted({text for machine in _MACHINES for text in missing(pinned, machine)}) == []


def test_a_gap_is_found() -> None:
    """A dependency of a dependency that is not pinned is named, also one that only Windows needs."""
    pinned = pins(read("test"))
    windows = next(machine for machine in _MACHINES if machine["os_name"] == "nt")
    without = {name: pin for name, pin in pinned.items() if name not in ("markupsafe", "colorama")}
    assert any("jinja2 needs" in text for text in missing(without, windows))
    assert any("colorama" in text for text in missing(without, windows))


def test_the_wider_file_holds_the_narrower() -> None:
    """What is tested is what runs: the versions of run.txt are those of test.txt, and these those of dev.txt."""
    run, test, dev = (pins(read(name)) for name in ("run", "test", "dev"))
    assert {name: str(pin.specifier) for name, pin in run.items()}.items() <= {
        name: str(pin.specifier) for name, pin in test.items()
    }.items()
    assert {name: str(pin.specifier) for name, pin in test.items()}.items() <= {
        name: str(pin.specifier) for name, pin in dev.items()
    }.items()


def test_every_file_is_listed_here_and_used() -> None:
    """Each file of requirements/ is proved here, and installed by the checks, by the benchmarks, or as CONTRIBUTING.md says."""
    users = (".ci/run", "CONTRIBUTING.md", "tests/benchmarks/environments.py")
    installed = "\n".join((REPOSITORY / user).read_text(encoding="utf-8") for user in users)
    assert {path.stem for path in (REPOSITORY / "requirements").iterdir()} == FILES.keys()
    assert [name for name in FILES if f"{name}.txt" not in installed] == []


def test_the_lowest_versions_are_the_lower_ends() -> None:
    """What is proved to be enough is what pyproject.toml says is enough."""
    assert list(above(FILES["lowest"], pins(read("lowest")))) == []


def test_a_version_above_the_lower_end_is_found() -> None:
    """A pin that is newer than the range demands is named, and so is a range without a lower end."""
    pinned = pins("\n".join(f"{pin} --hash=sha256:{'0' * 64}" for pin in ("rich==15.1.0", "pandas==3.0.2", "tzdata==2024.1")))
    assert list(above(["rich>=15.0,<16", "pandas>=3.0", "tzdata"], pinned)) == ["rich<16,>=15.0: rich==15.1.0", "tzdata: tzdata==2024.1"]


def test_extras_are_proved_by_the_tests() -> None:
    """Whatever an extra brings is installed where the tests run, in the same range."""
    brought = {name: needs for name, needs in EXTRAS.items() if name not in ("test", "dev")}
    assert brought
    assert [need for needs in brought.values() for need in needs if need not in EXTRAS["test"]] == []


@pytest.mark.parametrize("path", sorted((REPOSITORY / "requirements").iterdir()), ids=lambda path: path.name)
def test_no_place_is_named(path: Path) -> None:
    """No index, host, address or folder is named: each person's own pip decides where packages come from."""
    assert names_a_place(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.invalid/simple",
        "--extra-index-url file:///opt/simple",
        "-i mirror",
        "-f /opt/wheels",
        "--trusted-host mirror",
        "pandas @ file:/opt/wheels/pandas.whl",
        "# from files.example.org",
    ],
)
def test_a_place_is_found(line: str) -> None:
    """Each way of naming a place is seen."""
    assert names_a_place(f"pandas==3.1.1\n{line}\n")


@pytest.mark.parametrize(
    "line",
    ["pandas>=3 --hash=sha256:" + "0" * 64, "pandas==3.1.1", "pandas==3.1.1 --hash=md5:0", "--no-index", "-r run.txt", "./pandas.whl"],
)
def test_anything_but_a_pin_with_hashes_is_refused(line: str) -> None:
    """A line that is not one exact version with its hashes does not pass for a pin."""
    with pytest.raises(AssertionError):
        pins(line)


def test_a_pin_outside_its_range_is_found() -> None:
    """A version that pyproject.toml does not allow, or a package that is not pinned, is named."""
    pinned = pins("typer==0.29.0 --hash=sha256:" + "0" * 64)
    assert list(outside(["typer>=0.28,<0.29", "rich>=15"], pinned)) == ["typer<0.29,>=0.28: typer==0.29.0", "rich>=15: None"]


def test_every_dependency_is_used() -> None:
    """What people must install is imported somewhere in the package."""
    assert unused(PROJECT["dependencies"], PACKAGE) == []


def test_an_unused_dependency_is_found(tmp_path: Path) -> None:
    """A dependency that no module imports is named, whatever its module is called."""
    (tmp_path / "a.py").write_text("import yaml\n\n\ndef f():\n    from rich.table import Table\n", encoding="utf-8")
    assert unused(["pyyaml>=6", "rich", "python-docx>=1.2", "tzdata"], tmp_path) == ["python-docx"]
