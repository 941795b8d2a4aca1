"""The bare Jinja sandbox: strict, closed to everything but the values handed in, bounded where Jinja is not."""

from __future__ import annotations

import dataclasses
import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from ecocsme.errors import InvalidFile, Problem, visible
from ecocsme.files import text as text_file
from ecocsme.files.places import Shelves, shipped

MAX_OUTPUT = 10_000_000
_MAX_TEMPLATE = 1_000_000
_MAX_PRODUCT = 100_000
_MAX_BITS = 256
_MAX_NAME = 200
_WITHDRAWN = ("lipsum", "dict", "cycler")
# they fill the memory, show our insides, or give other bytes each time
_WITHDRAWN_FILTERS = ("attr", "center", "format", "pprint", "random", "urlize", "xmlattr")
_FILLING_METHODS = frozenset({"center", "expandtabs", "ljust", "rjust", "zfill"})
_OUR_CLASS = re.compile(r"'ecocsme\.[\w.]*?(\w+) object'")


class Shelf(jinja2.BaseLoader):
    """Loads templates of one room from the shelves, the user's first; `shipped/NAME` is always the shipped one."""

    def __init__(self, shelves: Shelves, room: str, given: Mapping[str, Path]) -> None:
        """Serve the files of a room, and the files given by name."""
        self._shelves, self._room, self._given = shelves, room, given

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002  # Jinja's signature
        """Find a template by its name; links that lead out of its folder are not followed."""
        path = self._path(template)
        if path is None:
            raise jinja2.TemplateNotFound(template)
        text = text_file.read_text(path, shown_name(self._room, template), limit=_MAX_TEMPLATE)
        return text.replace("\r\n", "\n"), str(path), lambda: True

    def _path(self, template: str) -> Path | None:
        if template in self._given:
            return self._given[template]
        if ".." in template.split("/") or template.startswith(("/", "\\")) or len(template) > _MAX_NAME:
            return None
        if template.startswith("shipped/"):
            path: Path | None = shipped() / self._room / template.removeprefix("shipped/")
        else:
            path = self._shelves.find(self._room, template)
        if path is None or not path.is_file():
            return None
        inside = any(path.resolve().is_relative_to(folder.resolve()) for folder in (*self._shelves.folders(self._room), shipped()))
        return path if inside else None


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates see fields, never methods, of what is handed in, and cannot multiply their way out of memory."""

    # an intercepted operator is not folded while the template is compiled either: `9**9**9` would hang there
    intercepted_binops = frozenset({"*", "**", "%"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow the fields and properties of our models: pydantic's own methods read files and pickles."""
        if isinstance(obj, BaseModel):
            return attr in type(obj).model_fields or isinstance(getattr(type(obj), attr, None), property)
        if dataclasses.is_dataclass(obj):
            named = {field.name for field in dataclasses.fields(obj)}
            return attr in named or isinstance(getattr(type(obj), attr, None), property)
        if isinstance(obj, str) and attr in _FILLING_METHODS:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse a product that has no place in a document."""
        if operator == "%" and isinstance(left, str):
            raise SecurityError("formatting with % is not available; join texts with ~")
        if operator == "**" or (operator == "*" and _is_too_much(left, right)):
            raise SecurityError("a product of this size is not available")
        return super().call_binop(context, operator, left, right)


def _is_too_much(left: object, right: object) -> bool:
    """Whether a product of numbers has no end, or a text or list is repeated beyond what a document holds."""
    if isinstance(left, int) and isinstance(right, int):
        return left.bit_length() + right.bit_length() > _MAX_BITS
    return _size(left) * _size(right) > _MAX_PRODUCT


def _size(value: object) -> int:
    if isinstance(value, (str, bytes, tuple, list)):
        return len(value)
    return abs(value) if isinstance(value, int) else 1


def sandbox(loader: jinja2.BaseLoader, finalize: Callable[[Any], Any], functions: Mapping[str, Any]) -> Sandbox:
    """Make an environment in which every value passes through `finalize`, and only `functions` can be called."""
    environment = Sandbox(
        loader=loader,
        autoescape=True,
        finalize=finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for name in _WITHDRAWN:
        environment.globals.pop(name, None)
    for name in _WITHDRAWN_FILTERS:
        environment.filters.pop(name, None)
    environment.globals.update(functions)
    return environment


def render(environment: Sandbox, room: str, names: Iterable[str], values: Mapping[str, Any]) -> str:
    """Render the first template that exists; raise InvalidFile naming template and line for whatever goes wrong in it."""
    wanted = list(names)
    try:
        template = environment.select_template(wanted)
        pieces, size = [], 0
        for piece in template.generate(**values):
            size += len(piece)
            if size > MAX_OUTPUT:
                raise SecurityError("the document grows beyond 10 MB")
            pieces.append(piece)
        return "".join(pieces)
    except InvalidFile:
        raise
    except Exception as error:  # noqa: BLE001  # a template may raise anything; all of it is said in words
        raise _said(error, room, wanted[-1]) from None


def shown_name(room: str, template: str) -> str:
    """A template as messages name it."""
    return template if "/" in template else f"{room}/{template}"


def _said(error: Exception, room: str, wanted: str) -> InvalidFile:
    name, line = _where(error, room, wanted)
    message, cure = _words(error)
    return InvalidFile([Problem(name, message, cure, line, code="template")])


def _where(error: Exception, room: str, wanted: str) -> tuple[str, int | None]:
    if isinstance(error, jinja2.TemplateSyntaxError):
        # where a tag is never closed, Jinja gives the path in place of the name
        name = error.name or wanted
        return shown_name(room, Path(name).name if Path(name).is_absolute() else name), error.lineno
    # Jinja puts the templates into the traceback under their own files
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith((".py", ">"))]
    if frames:
        return shown_name(room, Path(frames[-1].filename).name), frames[-1].lineno
    return shown_name(room, wanted), None


_WORDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str, str], ...] = (
    (jinja2.TemplateSyntaxError, "this tag cannot be read: {}", "compare it with the shipped template (`ecocsme templates`)"),
    (jinja2.TemplateNotFound, "there is no template {}", "check the name; `ecocsme templates` lists them"),
    (SecurityError, "this is not allowed in a template: {}", "print fields of the data only"),
    (jinja2.UndefinedError, "{}", "check the name; `ecocsme templates` shows what a template may use"),
    (RecursionError, "this template includes itself without end", "remove the include"),
    ((MemoryError, OverflowError), "this template never ends or fills the memory", "shorten its loops"),
    (Exception, "this cannot be printed: {}", "compare it with the shipped template (`ecocsme templates`)"),
)


def _words(error: Exception) -> tuple[str, str]:
    message, cure = next((message, cure) for kind, message, cure in _WORDS if isinstance(error, kind))
    said = _OUR_CLASS.sub(r"'\1'", str(error)).rstrip(".")
    return message.replace("{}", visible(said, 300)), cure
