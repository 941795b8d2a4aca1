"""What a heading means: a question of the event, a table, a round, or another field. Equal texts only, nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from ecocsme.language.letters import fold
from ecocsme.notes.grid import Hints
from ecocsme.notes.model import parts
from ecocsme.notes.profiles import uncoded

if TYPE_CHECKING:  # whoever reads a sheet needs no model of an event
    from ecocsme.event.model import Event
    from ecocsme.language.words import Words
    from ecocsme.notes.profiles import Tool

_ID = re.compile(r"(q[1-9][0-9]{0,2})(?![0-9a-z])[\s.:)\]\-–—·|]*(.*)", re.DOTALL)
_PRINTED = re.compile(r"([a-z0-9][a-z0-9-]{0,59})/(q[1-9][0-9]{0,2})/(t[0-9]{1,3}|p[0-9]{1,6})/(r[0-9]{1,3})")
_CODED = re.compile(rf"(?<![a-z0-9/-]){_PRINTED.pattern}(?![a-z0-9-])", re.IGNORECASE)
_COUNTED = re.compile(r"\s*\(?[0-9]{1,3}\s*[.)\]:]\s*")  # `1. `, as people and form tools number their questions
_NUMBER = re.compile(r"[0-9]+")
_WORDS = re.compile(r"[^\W_]+")
_RESPONDENT = re.compile(r"p?([0-9]{1,6})(?:\.0)?")
Label = Callable[[str], "str | None"]
PRINTED = ("question", "table", "round", "answer", "language", "id")  # the columns of our own workbook, in order
PROMPT = "prompt"
_AROUND = " \t\r\n.:?!…;*\"'„”“"  # what may stand around a heading
_SHORT = 8  # characters that a shortened question must at least have
_HEADING = 5_000  # characters up to which the sides and lines of a heading are looked at one by one
_LABEL = 80  # characters that a line which only names a table or a round has at most


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer belongs, as far as it is known: question, table, round, respondent."""

    question: str = ""
    table: str = ""
    round: str = ""
    respondent: str = ""


@dataclass(frozen=True)
class Known:
    """What an event and the words of its languages know about headings."""

    event: str
    ids: frozenset[str]
    texts: Mapping[str, str]
    fields: Mapping[str, str] = field(default_factory=dict)
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tools: tuple[Tool, ...] = ()
    in_writing: bool = False  # each sheet, or each row of one, is one person's

    @cached_property
    def bare(self) -> Mapping[str, str]:
        """The questions by their texts without the signs between their words."""
        named = ((bare(text), question) for text, question in self.texts.items())
        return {text: question for text, question in named if text and question and text not in self.shared}

    @cached_property
    def _of_tools(self) -> frozenset[str]:
        """All that any tool writes beside the questions."""
        return frozenset(name for tool in self.tools for name in tool.names)

    def texted(self, text: str) -> str | None:
        """Find the question that has this text, signs aside; its ID does not count."""
        return self.texts.get(_key(text)) or self.bare.get(bare(text))

    def question(self, heading: str) -> str | None:
        """Find the question that a heading names by its ID, its text, or both."""
        found = {q for part in _sides(heading) if (q := self._one_question(part))}
        return found.pop() if len(found) == 1 else None

    def _one_question(self, heading: str) -> str | None:
        for key in _keys(heading):
            if key in self.texts:
                return self.texts[key] or None
        match = _ID.match(fold(heading))
        if not match or match[1] not in self.ids:
            return None
        rest = _key(match[2])
        if not rest or self.texts.get(rest) in (match[1], ""):
            return match[1]
        # a number with another text is another question: form tools number their questions, too
        own = [text for text, question in self.texts.items() if question == match[1]]
        return match[1] if len(rest) >= _SHORT and any(text.startswith(rest) for text in own) else None

    def field(self, heading: str) -> str | None:
        """Find the field (table, round, answer ...) that a heading names in any language."""
        found = {name for part in _sides(heading) if (name := self.fields.get(_key(part)))}
        return found.pop() if len(found) == 1 else None

    def line(self, text: str) -> str:
        """What a line names and nothing else: `question`, `table`, `round`, `table round`, `field` (the title of a column), or nothing."""
        if self._asked(text):
            return "question"
        if len(text) > _LABEL:
            return ""
        rest = fold(text)
        named: set[str] = set()
        if any(sign.isdecimal() for sign in rest):
            for name, pattern in self._places.items():
                rest, count = pattern.subn("", rest)
                named.update({name} if count else ())
            if named and not re.search(r"\w", rest):
                return " ".join(sorted(named, reverse=True))
        return "field" if self.field(text) else ""

    def hints(self, languages: tuple[str, ...], encoding: str | None = None, delimiter: str | None = None) -> Hints:
        """All of this as hints for a reader."""
        only = next(iter(self.ids)) if len(self.ids) == 1 else ""
        return Hints(languages, encoding, delimiter, self.questions_in, self.line, self.heads, self.prompts, only)

    def prompts(self, text: str) -> bool:
        """Whether a text is the one that an empty control of our own forms shows: `Type your answer here`."""
        return len(text) <= _LABEL and self.field(text) == PROMPT

    def _asked(self, text: str) -> bool:
        """Whether a whole text is a question, or one question in several languages."""
        first = text.lstrip(_AROUND)[:1].casefold()
        if first.isascii() and first not in self._initials and first not in "q(0123456789":
            return False
        if self._one_question(text):
            return True
        sides = [side for side in _sides(text)[1:] if side.strip()]
        return len({self._one_question(side) for side in sides} - {None}) == 1 and all(map(self._one_question, sides))

    @cached_property
    def _places(self) -> Mapping[str, re.Pattern[str]]:
        """What tables and rounds look like when they are named with their number."""
        called = {
            name: sorted((re.escape(word) for word, of in self.fields.items() if of == name), key=len, reverse=True)
            for name in ("table", "round")
        }
        return {name: re.compile(rf"(?<!\w)(?:{'|'.join(words)})\W{{0,3}}[0-9]{{1,3}}(?!\w)") for name, words in called.items() if words}

    def heads(self, heading: str) -> bool:
        """Say whether a heading names a question, a table or a round, whatever else it says."""
        return self.around([heading]) != Origin()

    def says(self, text: str) -> bool:
        """Say whether a text is no news: a question, the title of a column, or a text of our own workbook."""
        return self.asks(text) or self.question(text) is not None or self.field(text) is not None

    def asks(self, text: str) -> bool:
        """Say whether a text is the full text of a question."""
        first = text.lstrip(_AROUND)[:1].casefold()
        if first.isascii() and first not in self._initials:  # most answers need no closer look
            return False
        return _key(text) in self.texts

    @cached_property
    def _initials(self) -> frozenset[str]:
        """With which letters the texts of questions begin, signs above and below them aside."""
        return frozenset(normalize("NFD", text)[0] for text in self.texts if text)

    def questions_in(self, record: Sequence[str]) -> int:
        """Count the cells of a row that name a question, with a tool's code before it or without, or the fields of a long sheet."""
        fields = {self.field(text) for text in record}
        bare = [uncoded(text) for text in record]
        beside = sum(fold(one) in self._of_tools or fold(text) in self._of_tools for text, one in zip(record, bare, strict=True))
        named = sum(self.question(text) is not None or self.question(one) is not None for text, one in zip(record, bare, strict=True))
        return named + len(fields & {"question", "answer"}) + beside

    def around(self, headings: Iterable[str]) -> Origin:
        """Read question, table and round from the headings around an answer; the nearest one counts."""
        question = table = round_ = respondent = ""
        for heading in headings:
            code = printed(heading)
            if code:
                question, table, round_, respondent = code[1].question, code[1].table, code[1].round, code[1].respondent
                continue
            named = self.question(heading)
            question = named or question
            if not named:
                table = self._numbered(heading, "table", "t") or table
                round_ = self._numbered(heading, "round", "r") or round_
        return Origin(question, table, round_, respondent)

    def _numbered(self, heading: str, name: str, letter: str) -> str:
        """Read `Masa 2`, `Table 2 – Round 1` or `2. asztal` in a heading as a number of the named field."""
        for synonym in (key for key, value in self.fields.items() if value == name):
            match = re.search(rf"(?<!\w){re.escape(synonym)}\W{{0,3}}([0-9]{{1,3}})(?!\w)", fold(heading))
            if match:
                return f"{letter}{int(match[1])}"
        return ""


def synonyms(packs: Iterable[Words]) -> dict[str, list[str]]:
    """What columns are called in several languages; where two use one word differently, the first pack counts."""
    meaning: dict[str, tuple[str, str]] = {}
    for words in packs:
        for name, word in _words_of(words):
            meaning.setdefault(_key(word), (name, word))
    found: dict[str, list[str]] = {}
    for name, word in meaning.values():
        found.setdefault(name, []).append(word)
    return found


def _words_of(words: Words) -> Iterator[tuple[str, str]]:
    """Everything that a words pack says about sheets, as pairs of a field and what it may be called.

    The field `own` stands for the texts that our own workbook prints besides.
    """
    for name, variants in words.under("columns").items():
        yield from (("metadata" if name == "private" else name, variant.strip()) for variant in variants.split(";"))
    for name, text in words.under("answer-sheet").items():
        yield name if name in PRINTED else PROMPT if name == "write" else "own", text
    more = {"questionnaire.write": PROMPT, "questionnaire.name": "metadata", "questionnaire.email": "metadata", "language.name": "own"}
    yield from ((name, words.say(key)) for key, name in more.items() if words.has(key))


def knowledge(event: Event, synonyms: Mapping[str, Sequence[str]], tools: Iterable[Tool] = ()) -> Known:
    """Gather what an event's questions, the words packs and the profiles of form tools say about headings."""
    texts: dict[str, str] = {}
    askers: dict[str, dict[str, None]] = {}
    for question in event.questions:
        for text in (*question.text.every(), " / ".join(question.text.every())):
            # a text that two questions share names neither
            texts[_key(text)] = question.id if texts.get(_key(text), question.id) == question.id else ""
            askers.setdefault(bare(text), {})[question.id] = None
    fields = fields_of(synonyms)
    shared = {key: tuple(ids) for key, ids in askers.items() if key and len(ids) > 1}
    return Known(event.id, frozenset(q.id for q in event.questions), texts, fields, shared, tuple(tools), event.in_writing)


def fields_of(synonyms: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What each word means above a column, as titles are compared."""
    return {_key(word): name for name, words in synonyms.items() for word in words}


def table_of(label: str) -> str | None:
    """Read `Masa 2`, `t2` or `2` as `t2`; None where a label has no number or more than one."""
    return _one_number(label, "t")


def round_of(label: str) -> str | None:
    """Read `Runda 1`, `r1` or `1` as `r1`; None where a label has no number or more than one."""
    return _one_number(label, "r")


def respondent_of(label: str) -> str | None:
    """Read `p17` or `17` as `p17`, with at least two digits; None for names and codes, which are not stored."""
    match = _RESPONDENT.fullmatch(fold(label))
    return f"p{int(match[1]):02d}" if match else None


def printed(text: str) -> tuple[str, Origin] | None:
    """Read a printed ID (`event/q1/t2/r1`, with or without a number) as event and origin; t0 and r0 are none."""
    bare = text.strip().casefold()
    match = _PRINTED.fullmatch(bare) or _PRINTED.fullmatch(bare.rsplit("/", 1)[0] if parts(bare) else "")
    if not match:
        return None
    seat, round_ = match[3], match[4]
    table = seat if seat[0] == "t" and seat != "t0" else ""
    return match[1], Origin(match[2], table, round_ if round_ != "r0" else "", seat if seat[0] == "p" else "")


def coded(text: str) -> str | None:
    """Find the printed ID that stands somewhere in a text."""
    match = _CODED.search(text)
    return match[0].casefold() if match else None


@lru_cache(maxsize=4096)
def _one_number(label: str, letter: str) -> str | None:
    numbers = _NUMBER.findall(fold(label).removesuffix(".0"))
    return f"{letter}{int(numbers[0])}" if len(numbers) == 1 and len(numbers[0]) <= 3 else None  # noqa: PLR2004  # t999


def _sides(heading: str) -> tuple[str, ...]:
    """A bilingual heading counts as a whole and by its sides."""
    if len(heading) > _HEADING:
        return (heading,)
    return (heading, *(side for side in re.split(r"\s/\s|\n", heading) if side != heading))


def _keys(heading: str) -> Iterator[str]:
    """A heading as it is compared, and without the number before it."""
    yield _key(heading)
    if counted := _COUNTED.match(heading):
        yield _key(heading[counted.end() :])


def bare(text: str) -> str:
    """Bring a text into the form in which titles of several parts are compared: words only."""
    return " ".join(_WORDS.findall(fold(text)))


def _key(text: str) -> str:
    return fold(text).strip(_AROUND).strip()
