"""Schemas for editors: fresh, found from every file, true to what the models read, and milder than `check` where they differ."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import EXAMPLE, REPOSITORY, Run
from ecocsme.chain.schemas import KINDS, schemas
from ecocsme.errors import InvalidFile
from ecocsme.files import yaml_text
from ecocsme.files.models import from_text
from ecocsme.files.yaml_text import quoted
from support.written import FULL, LANGUAGES

GUIDE = REPOSITORY / "docs" / "files.md"
SHIPPED = REPOSITORY / "templates" / "schemas"
FIRST = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
PEOPLE = sorted(path for path in EXAMPLE.rglob("*.yaml") if "out" not in path.parts)
BEGUN = {
    "event": 'id: lab-1\ntitle: "Lab"\ndate: 2020-10-20\n',
    "project": "acronym: A\ntitle: T\n",
    "plan": "id: tm\ntitle: T\nlanguage: ro\n",
    "themes": "themes: []\n",
    "practices": "",
    "mapping": "",
}
ACTION = "actions:\n- id: A1\n  title: x\n  "
# what may be written, as a person types it: kind and lines
RIGHT = (
    *(
        ("event", line)
        for line in ('venue: "Sala Mare"', "venue: {name: Sala}", "venue:", "tables: 6", 'tables: "6"', "tables: [{id: t1}]")
    ),
    *(("event", line) for line in ("start: 11:00", "start: 11.00", "start: '9:30'", "end: 24:00", "mode: online", "topic: {ro: x, en: }")),
    *(("event", line) for line in ("topic: {de: x}", "topic: 2021", "topic: true", "aims: [x, {ro: y}]", "aims:", "aims: []")),
    *(("event", f"questions: [{{id: q1, {text}}}]") for text in ("ro: x, en: y", "ro: x", "text: x", "text: {ro: x}", "ro: x, en: ")),
    *(("event", line) for line in ("rounds: 3", "press: {date: 20.10.2020}", "press: {date: 2020-10-5}", "languages: [ro, en]")),
    *(("event", f"participants: {{sectors: {{business: {number}}}}}") for number in ("8", "0", "'8'")),
    *(("project", f"partners: [{{id: lw, name: x, capital: {capital}}}]") for capital in ("2018", "'2018'", "{year: 2023, was: 2021}")),
    *(("project", line) for line in ("code: 6047", "code: 007", "terms: {ECoC: {ro: CEaC}}", "start: 1.8.2019", "end: 31. 7. 2022")),
    ("project", "contacts: [{name: Birou, phone: +40256408300}]"),
    *(("plan", line) for line in ('instrument: "Strategia"', "instrument: {name: {ro: x}}", "status: [{date: 2021-07-01, is: draft}]")),
    *(("plan", f"{ACTION}{line}") for line in ("start: 2021-01", "start: 1.2021", "due: 31.03.2021", "cost: 10_000", "cost: 5.000")),
    *(("plan", f"{ACTION}funding: [{{source: x, percent: {share}}}]") for share in ("85", "85%", "'12,5'", "12.5")),
    *(("mapping", f"layouts: [{{headers: [a, '', 2020], {line}}}]") for line in ("left_out: B", "table: [B, D:F]", "questions: {q1: [2]}")),
    ("plan", ACTION + "evidence: [theme:funding, note:lab-1/q1/t1/r1/1, practice:launch-game]"),
)
# what may not: kind and lines
WRONG = (
    *(
        ("event", line)
        for line in ("venu: x", "venue: {nam: x}", "venue: [x]", "venue: {address: x}", "tables: 0", "tables: 201", "tables: many")
    ),
    *(
        ("event", line)
        for line in ("start: soon", "mode: onlin", "topic: ''", "topic: ' '", "topic: [x]", "topic: {english: x}", "topic: {}")
    ),
    *(("event", line) for line in ("aims: x", "questions: [{id: 1, ro: x}]", "questions: [{id: q1}]", "questions: [{id: q1, english: x}]")),
    *(
        ("event", line)
        for line in ("tables: [{id: T1}]", "press: {headline: x}", "press: {date: soon}", "languages: []", "lab: 0", "lab: 1.5")
    ),
    *(
        ("event", line)
        for line in ("agenda: [{minutes: soon, title: x}]", "agenda: [{minutes: 5}]", "participants: 24", "aims: [x, ]\nmode: [x]")
    ),
    *(("project", f"partners: [{{id: lw, name: x, capital: {capital}}}]") for capital in ("18", "soon", "{was: 2021}", "[2018]")),
    *(
        ("project", line)
        for line in ("acronim: A", "start: 2019", "partners: [{name: x}]", "partners: [{id: X Y, name: x}]", "languages: ro")
    ),
    *(
        ("plan", line)
        for line in ("instrument: {kind: x}", "status: [{date: 2021-07-01, is: sent}]", "actions: [{id: A1}]", "not_taken_up: [x]")
    ),
    *(
        ("plan", f"{ACTION}{line}")
        for line in ("evidence: [funding]", "evidence: [{theme: funding}]", "due: soon", "status: open", "fase: x")
    ),
    *(("plan", f"{ACTION}funding: [{{source: x, percent: {share}}}]") for share in ("120", "most", "-1")),
    *(
        ("mapping", f"layouts: [{{{line}}}]")
        for line in ("tab: x", "headers: []", "headers: [a], table: ['B-']", "headers: [a], header_rows: 0")
    ),
    ("themes", "theme: []"),
    ("practices", "practices: [{id: x}]"),
)


class AsEditors(yaml.SafeLoader):
    """Reads YAML as editors do, by the core schema of YAML 1.2: numbers, true, false and nothing; all else is text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # PyYAML's own way


for tag, pattern, first in (
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", "~nN\0"),
):
    AsEditors.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))
AsEditors.yaml_implicit_resolvers.setdefault("", []).append(("tag:yaml.org,2002:null", re.compile("^$")))
AsEditors.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))
AsEditors.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node)))

Faults = Callable[[str, str], list[str]]


@pytest.fixture(scope="session")
def faults() -> Faults:
    """What an editor would underline in the text of a file of one kind."""
    jsonschema = pytest.importorskip("jsonschema", reason="the package jsonschema is not installed: schemas are not tried on files")
    validators = {path.stem: jsonschema.Draft7Validator(json.loads(path.read_bytes())) for path in SHIPPED.glob("*.json")}

    def underlined(kind: str, text: str) -> list[str]:
        data = yaml.load(text, Loader=AsEditors) or {}  # noqa: S506  # a safe loader of our own
        return [f"{list(error.path)}: {error.message}" for error in validators[kind].iter_errors(data)]

    return underlined


def accepted(kind: str, text: str) -> bool:
    """Whether the model of a kind reads a text."""
    try:
        from_text(text or "{}", "f.yaml", KINDS[kind][0], LANGUAGES | {"de"})
    except InvalidFile:
        return False
    return True


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """Every mapping inside a schema, itself included."""
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from nodes(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from nodes(value)


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_schemas_are_up_to_date(golden: Any, kind: str) -> None:
    """Each schema, and its copy in the example, is what the models and the guide give."""
    made = schemas(GUIDE.read_text("utf-8"))[kind]
    golden(SHIPPED / f"{kind}.json", made)
    golden(EXAMPLE / ".schemas" / f"{kind}.json", made)


def test_nothing_else_lies_among_the_schemas() -> None:
    """There is one schema per kind of file and no other."""
    for folder in (SHIPPED, EXAMPLE / ".schemas"):
        assert {path.name for path in folder.iterdir()} == {f"{kind}.json" for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_schema_is_described_and_no_other_is_allowed(kind: str) -> None:
    """A schema is draft-07, refers to what it holds, refuses unknown keys and says of every key what it holds."""
    schema = json.loads((SHIPPED / f"{kind}.json").read_bytes())
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    found = list(nodes(schema))
    assert {node["$ref"] for node in found if "$ref" in node} <= {f"#/definitions/{name}" for name in schema["definitions"]}
    assert not any("prefixItems" in node or "$defs" in node for node in found)
    mappings = [node for node in found if node.get("type") == "object"]
    assert all(node["additionalProperties"] is False for node in mappings if "properties" in node)
    texts = schema["definitions"]["text"]
    described = [node for node in mappings if "properties" in node and node not in list(nodes(texts))]
    for node in described:
        for key, value in node["properties"].items():
            assert value.get("description") or key in ("ro", "en"), key


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.relative_to(EXAMPLE).as_posix())
def test_every_file_of_the_example_names_its_schema_and_follows_it(path: Path, request: pytest.FixtureRequest) -> None:
    """The first line of each file leads to a schema beside it, by which nothing is underlined."""
    text = path.read_text("utf-8")
    named = FIRST.match(text)
    assert named
    schema = (path.parent / named[1]).resolve()
    assert schema.is_file()
    assert schema.parent == EXAMPLE / ".schemas"
    assert request.getfixturevalue("faults")(schema.stem, text) == []


def test_what_new_lab_and_draft_plan_write_names_its_schema(tmp_path: Path, run: Run) -> None:
    """Project, event and plan begin with a line that leads to a schema in the project's own folder."""
    texts = ("--acronym", "A", "--project-title", "Titlu / Title", "--title", "Atelier / Lab", "--question", "De ce? / Why?")
    more = ("--venue", "Sala", "--facilitator", "Ana", "--tables", "4", "--start", "11:00", "--code", "007", "--organisation", "O")
    done = run("new-lab", "lab-1", "--no-input", "--language", "ro", "--language", "en", "--date", "1.2.2021", *texts, *more, cwd=tmp_path)
    assert done.code == 0, done.said
    (tmp_path / "themes.yaml").write_text("themes: [{id: bani, name: Bani}]\n", "utf-8")
    assert run("draft-plan", "first", cwd=tmp_path).out.split() == ["plans/first.yaml"]
    for name, kind in (("project.yaml", "project"), ("events/lab-1/event.yaml", "event"), ("plans/first.yaml", "plan")):
        named = FIRST.match((tmp_path / name).read_text("utf-8"))
        assert named
        assert (tmp_path / name).parent.joinpath(named[1]).resolve() == tmp_path.resolve() / ".schemas" / f"{kind}.json"
    assert {path.name: path.read_bytes() for path in (tmp_path / ".schemas").iterdir()} == {
        path.name: path.read_bytes() for path in SHIPPED.iterdir()
    }


def test_what_new_lab_and_draft_plan_write_is_not_underlined(tmp_path: Path, run: Run, faults: Faults) -> None:
    """The files that the tool starts follow their schemas, also an event that is like another."""
    test_what_new_lab_and_draft_plan_write_names_its_schema(tmp_path, run)
    assert run("new-lab", "lab-2", "--no-input", "--like", "lab-1", "--date", "2.2.2021", cwd=tmp_path).code == 0
    files = {"project": ["project.yaml"], "event": ["events/lab-1/event.yaml", "events/lab-2/event.yaml"], "plan": ["plans/first.yaml"]}
    for kind, names in files.items():
        for name in names:
            assert faults(kind, (tmp_path / name).read_text("utf-8")) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_may_be_written_and_a_misspelt_one_is_underlined(kind: str, faults: Faults) -> None:
    """A file that uses every key follows its schema; with one letter more in any of our keys it does not."""
    text = FULL[KINDS[kind][0]]
    assert faults(kind, text) == []
    data = yaml_text.parse(text, "f.yaml").data
    ours = {name for node in nodes(json.loads((SHIPPED / f"{kind}.json").read_bytes())) for name in node.get("properties", {})}
    tried = 0
    for place in _keys(data):
        if place[-1] in ours - {"ro", "en"} and place[-2:-1] not in (("sectors",), ("terms",)):
            changed = copy.deepcopy(data)
            inside: Any = changed
            for part in place[:-1]:
                inside = inside[part]
            inside[f"{place[-1]}xyzq"] = inside.pop(place[-1])
            assert faults(kind, _as_yaml(changed)) != [], place
            tried += 1
    assert tried >= 1


@pytest.mark.parametrize(("kind", "line"), RIGHT)
def test_what_check_reads_is_not_underlined(kind: str, line: str, faults: Faults) -> None:
    """Short forms, numbers with and without quotes, both kinds of dates: right for the model and for the editor."""
    text = f"{BEGUN[kind]}{line}\n"
    assert accepted(kind, text), line
    assert faults(kind, text) == []


@pytest.mark.parametrize(("kind", "line"), WRONG)
def test_what_check_refuses_is_underlined(kind: str, line: str, faults: Faults) -> None:
    """Misspelt keys, wrong values and missing keys: wrong for the model and for the editor."""
    text = f"{'' if line.split(':', maxsplit=1)[0] in BEGUN[kind] else BEGUN[kind]}{line}\n"
    assert not accepted(kind, text), line
    assert faults(kind, text) != []


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_stands_at_a_place_an_editor_is_never_stricter_than_check(kind: str, faults: Faults) -> None:
    """At every place of a full file any odd value that the model reads is right for the editor, too."""
    data = yaml_text.parse(FULL[KINDS[kind][0]], "f.yaml").data
    read = 0
    for place in _places(data):
        for value in (
            None,
            "",
            " x ",
            "soon",
            "7",
            "2023",
            "2021-03-04",
            "11:00",
            "x-1",
            [],
            ["x"],
            [{}],
            {},
            {"x": "y"},
            {"ro": "x"},
            {"ro": None},
        ):
            changed: Any = copy.deepcopy(data)
            inside = changed
            for part in place[:-1]:
                inside = inside[part]
            inside[place[-1]] = value
            text = _as_yaml(changed)
            if accepted(kind, text):
                read += 1
                assert faults(kind, text) == [], text
    assert read > len(list(_places(data)))


def _keys(data: Any) -> Iterator[tuple[Any, ...]]:
    yield from (place for place in _places(data) if isinstance(place[-1], str))


def _places(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, inner in items:
        yield (*place, key)
        yield from _places(inner, (*place, key))


def _as_yaml(data: Any) -> str:
    """A tree as YAML in flow style; a number stands without quotes, as a person writes it."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{quoted(key)}: {_as_yaml(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(_as_yaml, data)) + "]"
    if data is None:
        return ""
    return data if re.fullmatch(r"[0-9]+", data) else quoted(data)
