"""What no file of the repository may hold: traces of the place it was written in, old letters, wrong quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from house.repository import REPOSITORY, trackable

# each pattern is written so that it does not find itself
FOREIGN = {
    "a registry": r"pyp[i]\.(org|python)|pythonh[o]sted|npm[j]s|crates\.i[o]|deb\.debi[a]n|/opt/py[p]i|proxy\.g[o]lang",
    "a folder of the machine": r"(?<![\w.~])/w[o]rk(?![\w-])|/r[o]ot/",
    "a working day": r"(?<!scope=\")\bsess[i]ons?\b",
    "tools that are not here": r"\bshar[e]d tools?\b",
    "a writer that is no person": r"\b(cl[a]ude|anthr[o]pic|chat[g]pt|op[e]nai|cop[i]lot|sub-?ag[e]nts?)\b",
}
CEDILLA = re.compile("[\u015e\u015f\u0162\u0163]")
DATA_AND_CODE = re.compile(r"examples/.+\.csv|tests/.+|ecocsme/.+\.py")  # what people send, and what must know how they write
NOT_ROMANIAN = '"\u201c'
Node = dict[str, "Node"] | list["Node"] | str


def foreign(root: Path) -> Iterator[str]:
    """The lines that name something which only the writer of the repository knew."""
    for path in trackable(root):
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            shown = f"{path.relative_to(root).as_posix()}:{number}"
            yield from (f"{shown}: {what}: {line.strip()[:80]}" for what, sign in FOREIGN.items() if re.search(sign, line, re.IGNORECASE))


def cedillas(root: Path) -> Iterator[str]:
    """The files with texts of ours that write Romanian with cedillas."""
    for path in trackable(root):
        shown = path.relative_to(root).as_posix()
        if not DATA_AND_CODE.fullmatch(shown) and CEDILLA.search(path.read_bytes().decode("utf-8", "replace")):
            yield shown


def misquoted(root: Path) -> Iterator[str]:
    """The Romanian texts of packs and examples that do not quote „as Romanian does”."""
    for path in trackable(root):
        shown = path.relative_to(root).as_posix()
        if path.suffix == ".yaml" and shown.startswith(("templates/", "examples/")):
            loaded: Node = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # all scalars stay text
            for text in _romanian(loaded, inside=shown == "templates/words/ro.yaml"):
                if any(mark in text for mark in NOT_ROMANIAN):
                    yield f"{shown}: {text[:80]}"


def _romanian(node: Node, *, inside: bool) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _romanian(value, inside=inside or key == "ro")
    elif isinstance(node, list):
        for value in node:
            yield from _romanian(value, inside=inside)
    elif inside:
        yield node


def test_nothing_foreign_is_named() -> None:
    """No file names a registry, a folder of somebody's machine, or how the repository came to be."""
    assert list(foreign(REPOSITORY)) == []


def test_romanian_is_written_with_commas() -> None:
    """Cedilla letters stand only in what people send and in the code that reads it, never in a text for people."""
    assert list(cedillas(REPOSITORY)) == []


def test_romanian_texts_quote_as_romanian_does() -> None:
    """Romanian texts of packs and examples hold no straight and no English quotation mark."""
    assert list(misquoted(REPOSITORY)) == []


@pytest.mark.parametrize(
    "line",
    [
        "pip install -i https://pyp" + "i.org/simple",
        "see /w" + "ork/notes.md",
        "as agreed in the last ses" + "sion",
        "found with the sha" + "red tools",
        "written by Cla" + "ude",
    ],
)
def test_a_foreign_name_is_found(tmp_path: Path, line: str) -> None:
    """Each kind of trace is seen, in any file that git would track, and only there."""
    (tmp_path / ".gitignore").write_text("build/\n", encoding="utf-8")
    (tmp_path / "build").mkdir()
    for name in ("README.md", "build/README.md"):
        (tmp_path / name).write_text(f"fine: the workshop, networks, framework/work, passion\n{line}\n", encoding="utf-8")
    assert [text.split(": ")[0] for text in foreign(tmp_path)] == ["README.md:2"]


def test_a_cedilla_is_found(tmp_path: Path) -> None:
    """A cedilla letter is seen in a template, an example and a page, and passed over in a sheet of the example."""
    (tmp_path / ".gitignore").write_text("", encoding="utf-8")
    for name in ("templates/words/ro.yaml", "examples/a/event.yaml", "examples/a/answers.csv", "README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Timi\u015foara", encoding="utf-8")
    assert sorted(cedillas(tmp_path)) == ["README.md", "examples/a/event.yaml", "templates/words/ro.yaml"]


def test_a_wrong_quotation_mark_is_found(tmp_path: Path) -> None:
    """A straight or English mark is seen in a Romanian text, and none is missed in a list; English texts are left alone."""
    (tmp_path / ".gitignore").write_text("", encoding="utf-8")
    text = 'title: {ro: \'Planul "A"\', en: \'Plan "A"\'}\naims: [{ro: "Planul \u201cB\u201d"}, {ro: "Planul \u201eC\u201d"}]\n'
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "event.yaml").write_text(text, encoding="utf-8")
    assert [line.partition(": ")[2] for line in misquoted(tmp_path)] == ['Planul "A"', "Planul \u201cB\u201d"]
