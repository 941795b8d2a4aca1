"""The words packs: every language says everything, documents say nothing that is missing, and no word is left over."""

from __future__ import annotations

import ast
import fnmatch
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
import yaml
from jinja2 import nodes

from house.repository import PACKAGE, REPOSITORY, modules

TEMPLATES = REPOSITORY / "templates"
WORDS = TEMPLATES / "words"
PLURALS = {"zero", "one", "two", "few", "many", "other"}
OTHER = ".other"
SAYING = {
    "say": "{}",
    "everywhere": "{}",
    "each": "{}",
    "has": "{}",
    "count": "{}.other",
    "label": "action-plan.{}",
}  # the functions of templates, and the keys they mean
_TEXTS = ("everywhere", "each")  # they also say a text of the event or the programme, which is no key
PACKS = sorted(WORDS.glob("*.yaml"))
DOCUMENTS = sorted((TEMPLATES / "documents").glob("*.md.j2"))  # the parts that they share have no words of their own
Node = dict[str, "Node"] | list["Node"] | str


def pack(path: Path) -> dict[str, str]:
    """The words of a pack by their dotted keys."""
    loaded: Node = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # all scalars stay text
    return dict(_flat(loaded, ""))


def _flat(node: Node, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for name, inner in node.items():
            yield from _flat(inner, f"{key}.{name}".lstrip("."))
    else:
        yield key, "; ".join(map(str, node)) if isinstance(node, list) else node


def same_everywhere(keys: set[str]) -> set[str]:
    """The keys of a pack with its plural forms as one: languages differ in how many they have."""
    return {key.rpartition(".")[0] + OTHER if key.rpartition(".")[2] in PLURALS and "." in key else key for key in keys}


def gaps(english: dict[str, str], other: dict[str, str]) -> list[str]:
    """What one of two packs says and the other does not, and what is said with nothing."""
    differing = same_everywhere(set(english)) ^ same_everywhere(set(other))
    unsaid = {
        key
        for words in (english, other)
        for key in words
        if key.endswith((".one", ".few", ".many")) and key.rpartition(".")[0] + OTHER not in words
    }
    return sorted(differing | unsaid | {key for key, text in other.items() if not text.strip()})


def said_by(template: str) -> tuple[set[str], set[str]]:
    """The keys that a template says, and the patterns of those that it puts together (`a.*`)."""
    tree = jinja2.Environment(autoescape=True).parse(template)
    assigned = {node.target.name: node.node for node in tree.find_all(nodes.Assign) if isinstance(node.target, nodes.Name)}
    calls = [call for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name) and call.node.name in SAYING and call.args]
    found = {
        SAYING[call.node.name].format(text)
        for call in calls
        if isinstance(call.node, nodes.Name)
        for text in _texts(call.args[0], assigned)
        if not (text == "*" and call.node.name in _TEXTS)
    }
    return {text for text in found if "*" not in text}, {text for text in found if "*" in text}


def _texts(node: nodes.Node | None, assigned: dict[str, nodes.Node]) -> Iterator[str]:
    """The texts that an expression may be, with a star for what is put in when it is rendered."""
    if isinstance(node, nodes.Const):
        yield str(node.value)
    elif isinstance(node, nodes.CondExpr):
        yield from _texts(node.expr1, assigned)
        yield from _texts(node.expr2, assigned)
    elif isinstance(node, nodes.Concat):
        yield "".join(next(_texts(part, assigned)) for part in node.nodes)
    elif isinstance(node, nodes.Name) and node.name in assigned:
        yield from _texts(assigned[node.name], assigned)
    else:
        yield "*"


def said_by_code(source: str) -> tuple[set[str], set[str]]:
    """The texts in Python code that may be keys, and the patterns of those that it puts together; `label` counts where it is called."""
    keys: set[str] = set()
    patterns: set[str] = set()
    tree = ast.parse(source)
    passed = {inner for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "label" for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if node in passed:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            keys.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            patterns.add("".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values))
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "under" and isinstance(node.args[0], ast.Constant):
            patterns.add(f"{node.args[0].value!s}.*")
    kinds = [path.name.partition(".")[0] for path in DOCUMENTS]
    of_kinds = {kind + pattern[1:] for kind in kinds for pattern in patterns if re.fullmatch(r"\*\.[a-z_]+", pattern)}
    return keys | of_kinds, {pattern for pattern in patterns if re.match(r"[a-z_-]+\.", pattern)}


def left_over(words: dict[str, str], keys: set[str], patterns: set[str]) -> list[str]:
    """The keys of a pack that nothing says."""
    return sorted(
        key for key in same_everywhere(set(words)) if key not in keys and not any(fnmatch.fnmatchcase(key, one) for one in patterns)
    )


def everything_said() -> tuple[set[str], set[str]]:
    """The keys and patterns of keys that documents and code say."""
    said = [said_by(path.read_text(encoding="utf-8")) for path in DOCUMENTS]
    said += [said_by_code(path.read_text(encoding="utf-8")) for path in modules(PACKAGE)]
    return {key for keys, _ in said for key in keys}, {pattern for _, patterns in said for pattern in patterns}


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_each_language_says_everything(path: Path) -> None:
    """A pack has the keys of the English one, its plural forms aside, and no empty word."""
    assert gaps(pack(WORDS / "en.yaml"), pack(path)) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_each_document_says_only_what_there_are_words_for(path: Path) -> None:
    """Every key in a template is in every pack, and every key put together looks like some of the pack."""
    keys, patterns = said_by(path.read_text(encoding="utf-8"))
    assert keys
    assert "*" not in patterns  # a key that is put together whole cannot be looked up
    for words in map(same_everywhere, map(set, map(pack, PACKS))):
        assert keys - words == set()
        assert [pattern for pattern in patterns if not fnmatch.filter(words, pattern)] == []


def test_no_word_is_left_over() -> None:
    """Every key of the English pack is said by a document or by the code."""
    assert left_over(pack(WORDS / "en.yaml"), *everything_said()) == []


def test_a_gap_in_a_pack_is_found() -> None:
    """A key too few, a key too many, an empty word and a plural without its common form are named."""
    english = {"a.title": "T", "notes.one": "1", "notes.other": "n"}
    assert gaps(english, english) == []
    assert gaps(english, {**english, "notes.few": "n"}) == []
    assert gaps(english, {"notes.other": "n"}) == ["a.title"]
    assert gaps(english, {**english, "b": "x"}) == ["b"]
    assert gaps(english, {**english, "a.title": " "}) == ["a.title"]
    assert gaps(english, {"a.title": "T", "notes.one": "1"}) == ["notes.one"]


@pytest.mark.parametrize(
    ("template", "keys", "patterns"),
    [
        ('{{ say("a.b") }}', {"a.b"}, set()),
        ('{{ joined((1, say("a.b", x=say("a.c")))) }}', {"a.b", "a.c"}, set()),
        ('{{ say("a.b" if x else "a.c") }}', {"a.b", "a.c"}, set()),
        ('{% set k = "a.b" if x else "a.c" %}{{ say(k) }}', {"a.b", "a.c"}, set()),
        ('{{ say("a.b." ~ x) }}', set(), {"a.b.*"}),
        ('{{ count("a." ~ x, 3) }}', set(), {"a.*.other"}),
        ('{{ count("notes", 3) }}', {"notes.other"}, set()),
        ('{{ label("owner") }}', {"action-plan.owner"}, set()),
        ("{{ say(x) }}", set(), {"*"}),
    ],
)
def test_what_a_template_says_is_found(template: str, keys: set[str], patterns: set[str]) -> None:
    """Keys are seen in every way of writing them in a template."""
    assert said_by(template) == (keys, patterns)


def test_a_left_over_word_is_found() -> None:
    """A key that neither a template nor the code says is named; one that fits what they put together is not."""
    code = 'words.say("a.b")\nwords.say(f"c.{x}")\nwords.under("d")\nopen(f"a.{x}.csv")\ndef label(name):\n    return f"e.{name}"\n'
    keys, patterns = said_by_code(code)
    assert (keys >= {"a.b"}, patterns) == (True, {"c.*", "d.*", "a.*.csv"})
    assert left_over({"a.b": "1", "a.c": "2", "c.x": "3", "d.y": "4", "e.z": "5"}, keys, patterns) == ["a.c", "e.z"]
