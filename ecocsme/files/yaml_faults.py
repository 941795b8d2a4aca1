"""What a syntax error of a YAML file means to a person who never heard of YAML: the line to look at, and the cure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ecocsme.errors import visible

Said = tuple[int, str, str]

_KEY = re.compile(r"\s*(?:- +)*[\w-]+:")
_NO_SPACE = re.compile(r"\s*(?:- +)*[A-Za-z_][\w-]*:[^\s:/]")
_CLOSE = 'end the text with " on its line; inside it write \\" for a quotation mark'
_CLOSE_EACH = 'end each text with ", before the comma or bracket behind it; inside it write \\" for a quotation mark'
_WHOLE = 'put the whole text in double quotes, and write \\" for a quotation mark inside it'
_UNDER = "put keys of one level exactly under each other"
_QUOTE_IT = "put this text in double quotes"

_BRACKETS = "put each text in double quotes and close every { and ["
_SPACE = 'write `key: "text"`, with a space after the colon'

# how the parsers begin their sentences, with what it means (followed by the line itself) and what helps
_WORDS: tuple[tuple[str, str, str], ...] = (
    (r"tab character|'\\t'", "a tab stands where spaces are expected", "replace the tab by two spaces"),
    (r"mapping values are not allowed", "a colon stands inside an unquoted text", _QUOTE_IT),
    (r"unknown escape|escape code|hexadecimal", "a backslash stands in a text in double quotes", "write \\\\ for a backslash"),
    (r"flow (sequence|mapping)", "a bracket is not closed, or a text needs quotes", _BRACKETS),
    (r"cannot start any token|node content|alias|anchor", "a text begins with a special character", _QUOTE_IT),
    (r"directive|incompatible", "a line begins with %", _QUOTE_IT),
    (r"\btag\b", 'a text begins with "!"', _QUOTE_IT),
    (r"block scalar", "a text after | or > begins on the wrong line", "begin it on the next line, two spaces further in"),
    (r"sequence entries", "a list begins on the line of its key", "begin it on the next line, or put the text in double quotes"),
    (r"block (mapping|sequence|collection)|<document start>", "the indentation does not fit here", _UNDER),
    (r"", "cannot be read here", f"put texts in double quotes, and {_UNDER}"),
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """The lines on which the last text in quotes began and ended."""

    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What a parser says: its words, the place (lines from 1, columns from 0), the line around it, the last text in quotes."""

    said: str
    line: int
    column: int
    around: int | None
    quote: Quoted | None


def explain(fault: Fault, lines: Sequence[str]) -> Said:
    """Find the line to look at and the words for it."""
    return next(_guesses(fault, lines))


def _guesses(fault: Fault, lines: Sequence[str]) -> Iterator[Said]:
    here = _text(lines, fault.line)
    opened = fault.around if fault.around is not None else fault.line
    if "\t" in here[: len(here) - len(here.lstrip())]:
        yield fault.line, "a tab stands where spaces are expected", "replace the tab by two spaces"
    yield from _about_quotes(fault, here, lines, opened)
    yield from _about_colons(fault, here, lines, opened)
    yield from _about_brackets(fault, here, lines)
    line = opened if "flow" in fault.said else fault.line
    for pattern, message, cure in _WORDS:
        if re.search(pattern, fault.said):
            yield line, f"{message}: {_near(lines, line)}", cure


def _about_quotes(fault: Fault, here: str, lines: Sequence[str], opened: int) -> Iterator[Said]:
    if "quoted scalar" in fault.said and "end of stream" in fault.said:
        yield opened, f"a text in quotes is not closed: {_near(lines, opened)}", _CLOSE
    if fault.quote is None or fault.quote.ends != fault.line or not here[: fault.column].rstrip().endswith(('"', "'")):
        return
    if fault.quote.begins < fault.quote.ends:
        yield fault.quote.begins, f"a text in quotes is not closed on its line: {_near(lines, fault.quote.begins)}", _CLOSE
    if "flow" in fault.said and _quotes(here) % 2:
        yield fault.line, f"a closing quote is missing: {_near(lines, fault.line)}", _CLOSE_EACH
    message = (
        "a comma is missing, or a text goes on after its closing quote"
        if "flow" in fault.said
        else "a text goes on after its closing quote"
    )
    yield fault.line, f"{message}: {_near(lines, fault.line)}", _WHOLE


def _about_colons(fault: Fault, here: str, lines: Sequence[str], opened: int) -> Iterator[Said]:
    if "could not find expected ':'" in fault.said:
        run_on = _NO_SPACE.match(_text(lines, opened))
        message = "a space is missing after the colon" if run_on else "a key without a colon, or a text without quotes"
        yield opened, f"{message}: {_near(lines, opened)}", _SPACE
    key = _KEY.match(here)
    if "mapping values" not in fault.said or key is None or key.end() - 1 != fault.column:
        return
    before = _written_before(lines, fault.line - 1)
    if _NO_SPACE.match(_text(lines, before)):
        yield before, f"a space is missing after the colon: {_near(lines, before)}", _SPACE
    yield fault.line, f"this line stands further in than it may: {_near(lines, fault.line)}", f"{_UNDER}, and texts in double quotes"


def _about_brackets(fault: Fault, here: str, lines: Sequence[str]) -> Iterator[Said]:
    if here[fault.column : fault.column + 1] in ("]", "}") and "flow" not in fault.said:
        yield (
            fault.line,
            f"a bracket closes that was never opened: {_near(lines, fault.line)}",
            "remove it, or put the text in double quotes",
        )
    last = _written_before(lines, fault.line)
    if last < fault.line and re.search("flow|node content", fault.said):
        yield last, f"a bracket is not closed: {_near(lines, last)}", "close every { and ["


def _written_before(lines: Sequence[str], line: int) -> int:
    """The nearest line, upwards from this one, that holds anything."""
    return next((number for number in range(min(line, len(lines)), 0, -1) if lines[number - 1].strip()), 1)


def _quotes(line: str) -> int:
    return line.count('"') - line.count('\\"')


def _text(lines: Sequence[str], line: int) -> str:
    return lines[line - 1] if line <= len(lines) else ""


def _near(lines: Sequence[str], line: int) -> str:
    return visible(_text(lines, line).strip(), 60)
