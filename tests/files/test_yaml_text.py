"""YAML as text with lines: nothing is guessed, every bomb is refused, and every refusal names the line to look at."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ecocsme.errors import InvalidFile
from ecocsme.files import yaml_text
from ecocsme.files.yaml_text import parse, quoted
from support.refusals import refusal

WRONG = sorted((Path(__file__).parent / "wrong").glob("*.yaml"))


def said(text: str) -> str:
    """The refusal of a text."""
    with pytest.raises(InvalidFile) as refused:
        parse(text, "f.yaml")
    return str(refused.value)


@pytest.mark.parametrize(
    "scalar",
    [
        *("11:00", "9:30", "24:00", "no", "NO", "yes", "on", "true", "null", "~", "010011", "+40256408300", "2020-10-20"),
        *("20.10.2020", "10_000", "5.000", "1e5", "0x1F", "007", ".inf", "=1+1", "<<", "20.10", "1" * 5000),
    ],
)
def test_every_scalar_stays_as_typed(scalar: str) -> None:
    """Whatever YAML 1.1 thinks of a scalar, it arrives as the text that was typed."""
    assert parse(f"a: {scalar}\nb: [{scalar}]\n", "f").data == {"a": scalar, "b": [scalar]}


def test_an_empty_value_is_none_and_an_empty_text_is_a_text() -> None:
    """A key without a value is told apart from a key with an empty text."""
    assert parse("a:\nb: ''\nc: \"\"\n", "f").data == {"a": None, "b": "", "c": ""}


def test_every_place_knows_its_line() -> None:
    """Keys, entries of lists and what lies inside them carry the line on which they begin."""
    parsed = parse("a: 1\n\n# comment\nb:\n  - c: 2\n    d: {e: 3,\n      f: 4}\n  -\n    g: 5\n", "f")
    assert parsed.lines == {
        ("a",): 1,
        ("b",): 4,
        ("b", 0): 5,
        ("b", 0, "c"): 5,
        ("b", 0, "d"): 6,
        ("b", 0, "d", "e"): 6,
        ("b", 0, "d", "f"): 7,
        ("b", 1): 9,
        ("b", 1, "g"): 9,
    }


def test_a_place_that_is_not_written_has_the_line_of_what_is_around_it() -> None:
    """A missing key is looked for where it should stand, and never on a line of the same name elsewhere."""
    parsed = parse('date: 2020-10-20\npress:\n  headline: "x"\nquestions:\n- id: q1\n  ro: "x"\n', "f")
    assert parsed.line(("press", "date")) == 2
    assert parsed.line(("questions", 0, "text", "ro")) == 6
    assert parsed.line(("questions", 0, "text")) == 5
    assert parsed.line(("title",)) is None


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_signs_that_only_yaml_takes_for_line_ends_do_not_shift_lines(sign: str) -> None:
    """Lines are counted as editors count them, also after a text that holds one of Unicode's other line ends."""
    parsed = parse(f'a: "x{sign}y"\r\nb: "{sign}z"\nc: d\n', "f")
    assert parsed.lines == {("a",): 1, ("b",): 2, ("c",): 3}
    assert said(f'a: "x{sign}y"\nb: c: d\n').startswith("f.yaml:2: a colon")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(end: str) -> None:
    """Files of Windows, Unix and old Macs have the same lines and the same data."""
    parsed = parse(end.join(["a: 1", "b:", "  c: 2", ""]), "f")
    assert parsed.data == {"a": "1", "b": {"c": "2"}}
    assert parsed.lines == {("a",): 1, ("b",): 2, ("b", "c"): 3}


def test_duplicate_keys_name_both_lines_all_at_once() -> None:
    """Each key that stands twice is named with both of its lines, wherever it stands."""
    assert said("a: 1\nb:\n- c: 2\n  c: 3\na: 4\n").splitlines() == [
        "f.yaml:4: b[1].c: the key c stands twice: on line 3 and on line 4; keep one of them",
        "f.yaml:5: a: the key a stands twice: on line 1 and on line 5; keep one of them",
    ]


def test_a_flood_of_duplicate_keys_is_cut() -> None:
    """Thousands of duplicate keys have one cause; a hundred of them are enough to see it."""
    assert len(said("a: 1\n" * 50_000).splitlines()) == 100


def test_duplicate_keys_before_a_syntax_error_are_not_lost() -> None:
    """A syntax error does not hide what was found before it."""
    assert [line.split(":")[1] for line in said("a: 1\na: 2\nb: c: d\n").splitlines()] == ["2", "3"]


BOMBS: dict[str, Callable[[], str]] = {
    "aliases": lambda: "a: &a x\n" + "".join(f"k{n}: *a\n" for n in range(20_000)),
    "laughs": lambda: "a: &a [x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a,*a]\n" for n in range(50)),
    "brackets": lambda: "a: " + "[" * 100_000,
    "nested": lambda: "a: " + "[" * 5000 + "]" * 5000,
    "nested blocks": lambda: "".join(" " * n + "a:\n" for n in range(3000)),
    "nodes": lambda: "a: [" + "x," * 250_000 + "x]",
    "braces": lambda: "{a: " * 50_000,
    "question marks": lambda: "? " * 50_000,
    "an error at the end": lambda: "".join(f"k{n}: x\n" for n in range(90_000)) + "\tz",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_at_once(name: str) -> None:
    """Whatever multiplies or nests without end is refused in one short line within two seconds."""
    text = BOMBS[name]()
    began = time.process_time()
    message = said(text)
    assert time.process_time() - began < 2
    assert len(message) < 1000


def test_depth_is_capped_at_twenty() -> None:
    """Twenty levels are read, one more is refused with its line."""
    assert parse("a: " + "[" * 19 + "]" * 19, "f")
    assert said("b: c\na: " + "[" * 20 + "]" * 20) == "f.yaml:2: is nested more than 20 levels deep; write it flatter"


def test_nodes_are_capped_at_two_hundred_thousand() -> None:
    """A file of 200,000 values is read, one more is refused."""
    assert parse("a: [" + ",".join("x" * 199_997) + "]", "f")
    assert said("a: [" + ",".join("x" * 199_998) + "]") == "f.yaml:1: holds more than 200000 values; split the file"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: b\nc: *d\n", "f.yaml:2: uses an alias (*)"),
        ("a: &b c\n", "f.yaml:1: uses an anchor (&)"),
        ("a: !!python/object/apply:os.system [x]\n", "f.yaml:1: uses a tag (tag:yaml.org,2002:python/object/apply:os.system)"),
        ("a: b\nc: !!binary aGk=\n", "f.yaml:2: uses a tag (tag:yaml.org,2002:binary)"),
        ("a: !important\n", "f.yaml:1: uses a tag (!important)"),
        ("a: ! Atenție\n", "f.yaml:1: uses a tag (!)"),
        ("!!map {a: b}\n", "f.yaml:1: uses a tag"),
        ("a: b\n---\nc: d\n", "f.yaml:2: a second document begins here (---)"),
        ("a: b\n--- {}\n", "f.yaml:2: a second document begins here (---)"),
        ("%YAML 1.3\n---\na: b\n", "f.yaml:1: a line begins with %"),
        ("", "f.yaml: is empty"),
        ("# only a comment\n", "f.yaml: is empty"),
        ("---\n", "f.yaml: is empty"),
        ("- a\n- b\n", "f.yaml:1: holds a list or a text where keys are expected"),
        ("just words\n", "f.yaml:1: holds a list or a text where keys are expected"),
        ("a: {{ x }}\n", "f.yaml:1: a key is missing before the colon"),
        ("a: b\n[c]: d\n", "f.yaml:2: a key is missing before the colon"),
        ("a: b\nc: x\x07y\n", "f.yaml:2: holds U+0007, which no text file may hold"),
        ("a: x\x9fy\n", "f.yaml:1: holds U+009F, which no text file may hold"),
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n", "f.yaml:2: unresolved merge"),
        ("a: b\r\n=======\r\nc: d\r\n", "f.yaml:2: unresolved merge"),
    ],
)
def test_what_no_event_file_needs_is_refused(text: str, message: str) -> None:
    """Aliases, tags, second documents, empty files, lists and half merges are refused with their line."""
    assert said(text).startswith(message)


@pytest.mark.parametrize("loader", [yaml_text._LOADER, yaml.BaseLoader])
@pytest.mark.parametrize("text", ['a: "\\ud800"\n', 'a: "\\UFFFFFFFF"\n', 'a: "\\U00110000"\n', '"\\ud800": a\n'])
def test_half_a_character_is_refused_by_either_parser(text: str, loader: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a character, or one that does not exist, is a refusal and not a crash, with and without the fast parser."""
    monkeypatch.setattr(yaml_text, "_LOADER", loader)
    assert said(text).startswith("f.yaml")


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
@pytest.mark.parametrize("loader", [yaml_text._LOADER, yaml.BaseLoader])
def test_syntax_errors_in_a_facilitators_words(
    path: Path, loader: object, golden: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each small wrong file gives the expected line: the place to look at and the cure, with either parser."""
    monkeypatch.setattr(yaml_text, "_LOADER", loader)
    text = path.read_bytes().decode()
    golden(path.with_suffix(".expected.txt"), said(text).replace("f.yaml", path.name) + "\n")


def test_bombs_are_refused_without_the_fast_parser_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML was built without its fast parser, bombs are refused as well."""
    monkeypatch.setattr(yaml_text, "_LOADER", yaml.BaseLoader)
    for name in ("brackets", "laughs", "braces"):
        assert said(BOMBS[name]()).startswith("f.yaml")


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=80))
def test_a_quoted_text_is_read_back_unchanged(text: str) -> None:
    """What the tool writes in double quotes is read back letter for letter, on one line."""
    line = quoted(text)
    assert parse(f"a: {line}\nb: [{line}, {line}]\n", "f").data == {"a": text, "b": [text, text]}
    assert len(line.splitlines()) == 1


@given(st.text(max_size=80))
def test_no_text_gives_anything_but_data_or_a_refusal(text: str) -> None:
    """Any text is data or one of our refusals, never another exception."""
    lines = text.count("\n") + text.count("\r") + 1
    assert all(problem.line is None or 1 <= problem.line <= lines for problem in refusal(parse, text, "f"))


@given(st.text(alphabet=" \n\t:-[]{}\"'#|>&*!%@`,?a0ș\\", max_size=40))
def test_no_tangle_of_signs_gives_anything_but_data_or_a_refusal(text: str) -> None:
    """Tangles of YAML's own signs are data or a refusal, with either parser."""
    for loader in ("CBaseLoader", "BaseLoader"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yaml_text, "_LOADER", getattr(yaml, loader, yaml.BaseLoader))
            assert len(refusal(parse, text, "f")) <= 100
