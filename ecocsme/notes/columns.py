"""What each column of a table is: a question by its title or a part of it, or a field; equal texts only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ecocsme.notes import header_rows, profiles
from ecocsme.notes.grid import Cell, Row
from ecocsme.notes.header_rows import Parts
from ecocsme.notes.layouts import Layout
from ecocsme.notes.matching import Known, bare
from ecocsme.notes.profiles import Tool

_CODED = re.compile(r"[A-Za-z][\w-]*(?:\[[^\]]*\])?[.:]\s+(.+)", re.DOTALL)  # `A1[SQ001]. Which of these ...`

_GROUPS = 6  # one in the other, around a question


def layout(rows: Sequence[Row], top: int, count: int, known: Known, spread: Mapping[tuple[int, int], Cell]) -> Layout:
    """Take `count` rows as a header, and say what each column is; nothing is demanded of it."""
    taken = rows[top : top + count]
    named = header_rows.parts(taken, spread)
    tools = profiles.recognise(_texts(rows[top]), known.tools) if count and known.tools else ()
    questions = {column: question for column, texts in named.items() if (question := _question(texts, known))}
    questions.update(_shared(named, known, questions))
    fields = {column: field for column, texts in named.items() if column not in questions and (field := _field(texts, known, tools))}
    if count and 0 not in named and _counts(rows[top + count :]):
        fields[0] = "metadata"
    titles = {column: header_rows.title(texts) for column, texts in named.items()}
    width = max((row.width for row in (taken or rows[:1])), default=0)
    return Layout(top, top + count, titles, questions, fields, width)


def _counts(rows: Sequence[Row]) -> bool:
    """Whether the first column only counts the rows, as programs write it: 0, 1, 2 ... without a title."""
    numbers = [row.cells[0].text if 0 in row.cells else "" for row in rows]
    return (
        len(numbers) > 1 and numbers[0] in ("0", "1") and all(text == str(number) for number, text in enumerate(numbers, int(numbers[0])))
    )


def _texts(row: Row) -> dict[int, str]:
    return {column: cell.text for column, cell in row.cells.items()}


def _question(texts: Sequence[str], known: Known) -> str | None:
    """The question that a column asks: by all of its title, by the last part that names one, or without what a tool adds."""
    for whole in (texts, texts[::-1]) if len(texts) > 1 else ():
        if found := known.bare.get(bare(" ".join(whole))):
            return found
    for text in reversed(texts):
        if found := known.question(text) or known.bare.get(bare(text)):
            return found
    stems = (stem for text in reversed(texts) for stem in _stems(text))
    return next((found for stem in stems if (found := known.texted(stem) or _code(stem, known))), None)


def _code(stem: str, known: Known) -> str | None:
    """The question whose ID is the code of a question in a tool, as in `q2[SQ001]` or `group/q2`."""
    code = stem.strip().casefold()
    return code if code in known.ids else None


def _stems(title: str) -> Iterator[str]:
    """A title without a tool's code before it, without the choice behind it, without the group around it."""
    coded = _CODED.fullmatch(title)
    text = coded[1] if coded else title
    yield from (stem for stem in (text if coded else "", _unchosen(text)) if stem)
    if "/" in title:
        parts = title.split("/", _GROUPS)  # a text may hold a slash itself
        yield from ("/".join(parts[number:]) for number in range(1, len(parts)))
        yield title.rsplit("/", 1)[1]


def _unchosen(title: str) -> str:
    """`Which of these ...` of `Which of these ... [Other]`; by hand, as a pattern takes for ever where spaces are many."""
    text = title.rstrip()
    start = text.rfind("[")
    return text[:start].rstrip() if text.endswith("]") and start > 0 and "]" not in text[start:-1] else ""


def _shared(named: Parts, known: Known, questions: Mapping[int, str]) -> dict[int, str]:
    """Pair equal titles with the questions of equal text, in their order, where there are as many of both."""
    alike: dict[str, list[int]] = defaultdict(list)
    for column, texts in named.items():
        key = bare(" ".join(texts))
        if column not in questions and key in known.shared:
            alike[key].append(column)
    pairs = ((columns, known.shared[key]) for key, columns in alike.items())
    return {c: q for columns, ids in pairs if len(columns) == len(ids) for c, q in zip(columns, ids, strict=True)}


def _field(texts: Sequence[str], known: Known, tools: Sequence[Tool]) -> str | None:
    """The field that a column holds, to the tool that wrote the sheet, or by the words of any language."""
    for tool in tools:
        for text in texts:
            if found := tool.field(text):
                return found
    return next((found for text in reversed(texts) if (found := known.field(text))), None)
