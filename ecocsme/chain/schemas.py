"""JSON Schemas (draft-07) of the files that people write, made from the models that read them and from the guide.

An editor underlines by them while somebody types. They are milder than `check`, never stricter: what is right must not
be underlined.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from ecocsme.event.model import Event
from ecocsme.files.models import Written
from ecocsme.language.texts import LANGUAGES_IN_SCHEMA, LOCAL_TEXT_IN_SCHEMA
from ecocsme.notes.mapping import Mappings
from ecocsme.plan.model import Plan
from ecocsme.project.model import Project
from ecocsme.project.practices import Practices
from ecocsme.project.schema_files import MARK
from ecocsme.themes.model import Codebook

Schema = dict[str, Any]
Rows = dict[str, dict[str, str]]

# each kind of file: its model, and its name in the headings of the guide
KINDS: Mapping[str, tuple[type[Written], str]] = {
    "project": (Project, "project.yaml"),
    "event": (Event, "event.yaml"),
    "themes": (Codebook, "themes.yaml"),
    "practices": (Practices, "practices.yaml"),
    "plan": (Plan, "PLAN.yaml"),
    "mapping": (Mappings, "mapping.yaml"),
}
_DEFINED = "#/definitions/"
_TEXT = {"$ref": f"{_DEFINED}text"}
_NOTHING: Schema = {"type": "null"}
_ROW = re.compile(r"\| (`[^|]*`) \| (.*) \|")
_HEAD = re.compile(r"\| key(?: of an? (\w+))? \|")


def schemas(guide: str) -> dict[str, str]:
    """The schema of each kind of file as JSON text, by its kind; `guide` is the text that describes every key."""
    return {kind: _dumped(_schema(model, _rows(guide, heading))) for kind, (model, heading) in KINDS.items()}


def _dumped(schema: Schema) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _schema(model: type[Written], rows: Rows) -> Schema:
    made = model.model_json_schema(by_alias=True, ref_template=f"{_DEFINED}{{model}}")
    definitions: Schema = made.pop("$defs", {})
    parts = {**definitions, model.__name__: made}
    _describe(parts, model.__name__, rows, "")
    ready = {inner.__name__: _mapping(inner, parts[inner.__name__]) for inner in _models(model)}
    root = ready.pop(model.__name__)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": f"{MARK} from its models and its guide; another version renews this file.",
        **root,
        "definitions": {"text": LOCAL_TEXT_IN_SCHEMA, **dict(sorted(ready.items()))},
    }


def _models(model: type[Written]) -> Iterator[type[Written]]:
    """A model and all models inside it."""
    yield model
    for info in model.model_fields.values():
        for inner in _written(info.annotation):
            yield from _models(inner)


def _written(annotation: Any) -> Iterator[type[Written]]:
    if isinstance(annotation, type) and issubclass(annotation, Written):
        yield annotation
    for argument in get_args(annotation):
        yield from _written(argument)


def _describe(parts: Mapping[str, Schema], name: str, rows: Rows, around: str) -> None:
    """Say of every key what the guide says of it, or of the key around it."""
    own = rows.get(name.removeprefix("Saved").lower(), {}) if around else rows[""]
    for key, schema in parts[name]["properties"].items():
        if "description" in schema:
            continue
        schema["description"] = own.get(key, around)
        for inner in sorted(_named(schema)):
            _describe(parts, inner, rows, schema["description"])


def _named(schema: object) -> set[str]:
    """The definitions that a schema refers to."""
    if isinstance(schema, list):
        return {name for item in schema for name in _named(item)}
    if not isinstance(schema, dict):
        return set()
    names = {name for item in schema.values() for name in _named(item)}
    return names | ({str(schema["$ref"]).removeprefix(_DEFINED)} if "$ref" in schema else set())


def _mapping(model: type[Written], schema: Schema) -> Schema:
    """The schema of one model, its short forms included; a key that may be left out may also be left empty."""
    required = set(schema.get("required", ())) - {model.per_language}
    properties = {key: _property(value, needed=key in required) for key, value in schema["properties"].items()}
    full: Schema = {"description": schema["description"], "type": "object", "additionalProperties": False}
    if model.per_language:
        properties |= LANGUAGES_IN_SCHEMA["properties"]
        full |= {"patternProperties": LANGUAGES_IN_SCHEMA["patternProperties"], "minProperties": len(required) + 1}
    full |= {"required": [key for key in properties if key in required]} if required else {}
    full |= {"anyOf": schema["anyOf"]} if "anyOf" in schema else {}  # one of several keys is required
    full["properties"] = properties
    if not model.one_line:
        return full
    line = schema["properties"][model.one_line]
    return {"anyOf": [_bare(line.get("anyOf", [line])[0]), full]}


def _property(schema: Schema, *, needed: bool) -> Schema:
    """The schema of one key, its description beside it (beside `$ref` it would not be read)."""
    description, default = schema["description"], schema.get("default")
    value = _tidy(_bare(schema))
    if not needed and _NOTHING not in value.get("anyOf", ()):
        value = {"anyOf": [*value.get("anyOf", [value]), _NOTHING]}
    said = {"description": description, **({"default": default} if isinstance(default, str) else {})}
    return {**said, "allOf": [value]} if "$ref" in value else {**said, **value}


def _bare(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key not in ("description", "title", "default")}


def _tidy(schema: Any) -> Any:
    """Let the many texts per language refer to one definition."""
    if isinstance(schema, list):
        return [_tidy(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    forms, text = schema.get("anyOf", []), LOCAL_TEXT_IN_SCHEMA["anyOf"]
    if forms[: len(text)] != text:
        return {key: _tidy(value) for key, value in schema.items()}
    rest = forms[len(text) :]
    return {"anyOf": [_TEXT, *rest]} if rest else _TEXT


def _rows(guide: str, heading: str) -> Rows:
    """The rows of the tables under a heading of the guide: of the file ('') and of its parts, by their name."""
    rows: Rows = {}
    inside, of = False, ""
    for line in guide.splitlines():
        if line.startswith("## "):
            inside = heading in line
        elif inside and (head := _HEAD.match(line)):
            of = head[1] or ""
        elif inside and (row := _ROW.fullmatch(line)):
            names = re.findall(r"`([^`]+)`", row[1])
            said = row[2] if len(names) == 1 else f"{row[1]}: {row[2]}"
            rows.setdefault(of, {}).update(dict.fromkeys(names, said))
    return rows
