"""The budgets of the house: small modules, short and plain functions, documented names, tests that can fail."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import indent

import pytest

from house import measures
from house.repository import PACKAGE, REPOSITORY, modules

VAGUE = re.compile(r"(.*_)?(utils?|helpers?|base|common|misc|managers?|handlers?|processors?|tools?|lib|stuff|core)")
Guard = Callable[[Path], list[str]]


def big_modules(root: Path) -> list[str]:
    """Modules over 300 lines."""
    return [f"{name}: {lines} lines" for name, lines in measures.lengths(root).items() if lines > 300]


def big_middle(root: Path) -> list[str]:
    """A median over 110 lines."""
    return [f"median {measures.middle(root)} lines"] if measures.middle(root) > 110 else []


def long_functions(root: Path) -> list[str]:
    """Functions over 60 lines."""
    return [f"{found.place}: {found.lines} lines" for found in measures.functions(root) if found.lines > 60]


def many_long_functions(root: Path) -> list[str]:
    """More than a tenth of the functions over 30 lines."""
    found = sorted(found.lines for found in measures.functions(root))
    return [f"nine tenths of the functions have up to {found[len(found) * 9 // 10]} lines"] if found[len(found) * 9 // 10] > 30 else []


def branchy_functions(root: Path) -> list[str]:
    """Functions over complexity 12, counting branches, loops, handlers, comprehensions, and/or."""
    return [f"{found.place}: {found.complexity}" for found in measures.functions(root) if found.complexity > 12]


def branchy_for_ruff(root: Path) -> list[str]:
    """Functions over complexity 10 as ruff counts it, with the settings of this repository and no exception."""
    ruff = shutil.which("ruff", path=str(Path(sys.executable).parent))
    assert ruff, "ruff is missing: pip install --require-hashes -r requirements/test.txt"
    options = ["--select", "C901", "--ignore-noqa", "--no-cache", "--quiet", "--output-format", "concise"]
    command = [ruff, "check", "--config", str(REPOSITORY / "pyproject.toml"), *options, str(root)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout.splitlines()


def vague_names(root: Path) -> list[str]:
    """Modules and rooms named for their vagueness."""
    names = {part for path in modules(root) for part in (path.stem, *path.relative_to(root).parts[:-1])}
    return sorted(name for name in names if VAGUE.fullmatch(name))


def silent_tests(root: Path) -> list[str]:
    """Tests that expect nothing."""
    return [place for place, function, module in measures.tests(root) if not measures.asserts(function, module)]


def untold_tests(root: Path) -> list[str]:
    """Tests without the one sentence that states the behaviour."""
    return [place for place, function, _ in measures.tests(root) if not measures.told(function)]


ON_PACKAGE: dict[Guard, dict[str, str]] = {  # and what each must find
    big_modules: {"big.py": "x = 1\n" * 301},
    big_middle: {"a.py": "x = 1\n" * 111, "b.py": "x = 1\n" * 111, "c.py": "x = 1\n", "d.py": '"""Nothing."""\n'},
    long_functions: {"long.py": "def f():\n" + "    x = 1\n" * 60},
    many_long_functions: {"long.py": "def f():\n" + "    x = 1\n" * 30},
    branchy_functions: {"a.py": "def f(a):\n" + "    a = [b for b in a if a and b]\n" * 6},
    branchy_for_ruff: {"a.py": "def f(a):  # noqa: C901  # no excuse\n" + "    if a:\n        a = 1\n" * 10},
    vague_names: {"room/utils.py": "", "room/text_helpers.py": "", "common/__init__.py": ""},
    measures.undocumented: {"a.py": "class A:\n    def told(self):\n        return 1\n"},
}
ON_TESTS: dict[Guard, dict[str, str]] = {
    silent_tests: {"test_a.py": 'def test_it():\n    """It works."""\n    print(1)\n'},
    untold_tests: {"test_a.py": "def test_it():\n    assert True\n"},
}
BAD = ON_PACKAGE | ON_TESTS


@pytest.mark.parametrize("guard", ON_PACKAGE, ids=lambda guard: guard.__name__)
def test_the_package_keeps_its_budgets(guard: Guard) -> None:
    """No module or function of the package breaks this budget."""
    assert guard(PACKAGE) == []


@pytest.mark.parametrize("guard", ON_TESTS, ids=lambda guard: guard.__name__)
def test_every_test_says_and_expects_something(guard: Guard) -> None:
    """Every test states one behaviour in a sentence and can fail by it."""
    assert len(list(measures.tests(REPOSITORY / "tests"))) > 10
    assert guard(REPOSITORY / "tests") == []


@pytest.mark.parametrize("guard", BAD, ids=lambda guard: guard.__name__)
def test_the_guard_finds_a_bad_case(tmp_path: Path, guard: Guard) -> None:
    """The same guard fails on a folder that breaks the budget."""
    for name, text in BAD[guard].items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert guard(tmp_path)


@pytest.mark.parametrize(
    ("body", "fails"),
    [
        ("assert f()", True),
        ("with pytest.raises(ValueError):\n    f()", True),
        ("golden(path, f())", True),
        ("must_be_one(f())", True),
        ("f()", False),
        ("nothing(f())", False),
        ("try:\n    f()\nexcept ValueError:\n    assert False", False),
        ("with suppress(SystemExit):\n    f()\n    assert g()", False),
    ],
)
def test_an_assertion_counts_only_where_it_is_reached(tmp_path: Path, body: str, *, fails: bool) -> None:
    """An assertion in an except clause, or behind a call that raises into the void, proves nothing."""
    own = "def must_be_one(x):\n    assert x == 1\n\n\ndef nothing(x):\n    return x\n\n\n"
    (tmp_path / "test_a.py").write_text(f"{own}def test_it():\n{indent(body, '    ')}\n", encoding="utf-8")
    assert (silent_tests(tmp_path) == []) == fails
