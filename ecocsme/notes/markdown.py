"""Read notes typed in Markdown: headings say what is answered, each list item is an answer, tables are tables.

A note keeps what was typed: links, HTML and code stay as they are; only what a Markdown reader resolves (entities,
escapes, emphasis between words, line ends inside an item) is resolved. Whatever is no list item is named as not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from ecocsme.notes.encodings import text_of
from ecocsme.notes.grid import MAX_CELLS, MAX_ROWS, MAX_TEXT, Cell, Grid, Hints, Item, NotRead, Row, Sheet, blank, letters, refusal
from ecocsme.notes.markdown_lines import bold, fields_of, inline, line_of, parser, plain

MAX_FILE = 5_000_000  # characters
# what a word processor writes for a bullet, at the beginning of a line; a dash only with a blank after it
_BULLET = re.compile(r"^([ \t]*)(?:[•●▪■◦○‣·][ \t]*|[–—][ \t]+)(?=\S)", re.MULTILINE)
_FRONT = re.compile(r"\A---[ \t]*\n(?:(?!(?:---|\.\.\.)[ \t]*\n).*\n){0,1000}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_ONLY_MARKS = re.compile(r"[\s>*+\-#=|:`~_.)\d]*")
_LABEL = 60  # characters that a line above a list, taken as its heading, has at most
_LEAF = frozenset({"inline", "fence", "code_block", "html_block", "hr", "tr_open", "heading_open"})
_CODE = "is a block of code or HTML, not a list item"
_QUOTE = "is a quotation, not a list item"
_PARAGRAPH = "is no list item; begin it with “- ” if it is an answer"
_ABOVE = "is a line above a list and counts as its heading; " + _PARAGRAPH
_ASKED, _LABELLED = 7, 8  # levels below those of headings: a question and a label that were typed as plain lines


def read_markdown(data: bytes, shown: str, hints: Hints) -> Sheet:
    """Read the list items and tables of a Markdown text with the headings above them."""
    text, encoding = text_of(data, shown, hints)
    if len(text) > MAX_FILE:
        raise refusal(shown, f"has more than {MAX_FILE:,} characters", "split it into several files")
    text = re.sub("\r\n?", "\n", text)
    reading = _Reading(shown, hints, text.split("\n"))
    text = _BULLET.sub(r"\1- ", reading.without_front(text))
    tokens = parser().parse(text)
    for token in tokens:
        reading.take(token)
    reading.name_the_rest(tokens)
    return reading.sheet(f"read as {encoding}")


@dataclass(slots=True, eq=False)
class _Entry:
    """A list item that is being read; `inside` is the entry to which its text went, where it is no item of its own."""

    line: int
    headings: tuple[str, ...]
    parent: _Entry | None
    marker: str
    texts: list[str] = field(default_factory=list)
    inside: _Entry | None = None

    def whole(self) -> str:
        return "\n".join(self.texts)


@dataclass(slots=True)
class _List:
    """A list that is being read."""

    ordered: bool
    entries: list[_Entry] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """Walks the tokens of a text once."""

    shown: str
    hints: Hints
    lines: Sequence[str]
    headings: list[tuple[int, str]] = field(default_factory=list)
    named: list[Cell] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)
    open: list[_Entry] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    quotes: int = 0
    heading: int = 0
    grids: list[Grid] = field(default_factory=list)
    rows: list[Row] | None = None
    width: int = 0
    not_read: list[NotRead] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)

    def without_front(self, text: str) -> str:
        """Name the front matter as not read, and put as many empty lines in its place."""
        front = _FRONT.match(text)
        if front is None or ":" not in front[0]:
            return text
        self._skip(1, front[0].strip(), "is the front matter of the file")
        return "\n" * front[0].count("\n") + text[front.end() :]

    def take(self, token: Token) -> None:
        """Take the next token."""
        kind = token.type
        take = _TAKES.get(kind)
        if take is not None:
            take(self, token)

    def take_list(self, token: Token) -> None:
        self.lists.append(_List(token.type.startswith("ordered")))

    def end_list(self, _: Token) -> None:
        ended = self.lists.pop()
        if len(ended.entries) != 1:
            return
        # `- 2020. A year` and `- + 20 %` are no lists in a list: what looks like a marker was typed as a text
        entry = ended.entries[0]
        around = entry.parent
        if around is not None and around.line == entry.line and not around.texts:
            text = entry.whole()
            around.texts = [text if text.startswith(entry.marker) else f"{entry.marker} {text}".rstrip()]
            entry.inside = around

    def take_item(self, token: Token) -> None:
        ordered = self.lists[-1].ordered
        marker = f"{token.info}{token.markup}" if ordered else token.markup
        parent = self.open[-1] if self.open else None
        entry = _Entry(line_of(token), tuple(text for _, text in self.headings), parent, marker)
        if ordered and len(token.info) > 2:  # noqa: PLR2004  # no list counts to 100: it is a year, or a number that was typed
            entry.texts.append(marker)
        self.lists[-1].entries.append(entry)
        self.open.append(entry)
        if not self.quotes:
            self.entries.append(entry)

    def end_item(self, _: Token) -> None:
        self.open.pop()

    def take_quote(self, _: Token) -> None:
        self.quotes += not self.open

    def end_quote(self, _: Token) -> None:
        self.quotes -= not self.open

    def take_heading(self, token: Token) -> None:
        self.heading = int(token.tag[1:])

    def end_heading(self, _: Token) -> None:
        self.heading = 0

    def take_table(self, _: Token) -> None:
        self.width = 0
        if not self.open and not self.quotes:
            self.rows = []

    def end_table(self, _: Token) -> None:
        if self.rows:
            self.grids.append(Grid(tuple(self.rows), headings=tuple(text for _, text in self.headings)))
        self.rows = None

    def take_title(self, _: Token) -> None:
        self.width += 1

    def take_row(self, token: Token) -> None:
        """Read a row from its line: the parser drops every cell beyond the header, and with it an answer."""
        number = line_of(token)
        fields = fields_of(self.lines[number - 1], inside=self.rows is None)
        if self.rows is None:
            beyond = fields[self.width :] if self.width else []  # the row of the titles comes before they are counted
            self._skip(number, " | ".join(beyond), "stands beyond the header of its table")
            return
        texts = (inline(field.strip()) for field in fields)
        cells = {c: Cell(text, f"line {number}, column {letters(c)}") for c, text in enumerate(texts) if not blank(text)}
        if cells:
            self.rows.append(Row(number, cells, len(fields)))

    def take_code(self, token: Token) -> None:
        opening = token.info.strip() if token.type == "fence" else ""
        text = f"{opening}\n{token.content}".strip("\n")
        if self.open and not self.quotes:
            self._add(self.open[-1], text)
        else:
            self._skip(line_of(token), text, _QUOTE if self.quotes else _CODE)

    def take_inline(self, token: Token) -> None:
        if self.rows is not None:
            return
        line = line_of(token)
        text = plain(token.children or ())
        if self.quotes:
            self._skip(line, text, _QUOTE)
        elif self.open:
            lines = range(line + 1, (token.map or (0, 0))[1] + 1)
            self.joined += [number for number in lines if self.lines[number - 1][:1].strip()]
            self._add(self.open[-1], text)
        elif self.heading:
            self._begin(self.heading, line, text)
        elif not self._stands_above(line, text, token.children or ()):
            self._skip(line, text, _PARAGRAPH)

    def _begin(self, level: int, line: int, text: str) -> None:
        self._under(level, text)
        if not blank(text):
            self.named.append(Cell(text, f"line {line}"))

    def _stands_above(self, line: int, text: str, children: Sequence[Token]) -> bool:
        """Whether a paragraph is meant as a heading: the text of a question, a line in bold type, or one that ends with a colon."""
        if self.hints.knows([text]):
            self._begin(_ASKED, line, text)
            return True
        if len(text) > _LABEL or not (bold(children) or text.endswith(":")):
            return False
        self._under(_LABELLED, text)
        self._skip(line, text, _ABOVE)
        return True

    def _under(self, level: int, text: str) -> None:
        """Begin what stands under a heading; a line above a list does not end the other kind of such lines."""
        self.headings = [(above, title) for above, title in self.headings if above < level or {above, level} == {_ASKED, _LABELLED}]
        self.headings.append((level, text))

    def _add(self, entry: _Entry, text: str) -> None:
        number = [entry.marker] if entry.texts == [entry.marker] else []
        entry.texts = [" ".join([*number, text])] if number else [*entry.texts, text]

    def _skip(self, line: int, text: str, reason: str) -> None:
        if not blank(text):
            self.not_read.append(NotRead(f"line {line}", text, reason))

    def name_the_rest(self, tokens: Iterable[Token]) -> None:
        """Name each line that no token speaks of: a parser gives up where lists or quotations are nested too deep."""
        read = {line for token in tokens if token.map and token.type in _LEAF for line in range(*token.map)}
        if self.not_read and self.not_read[0].reason.startswith("is the front"):
            read.update(range(self.not_read[0].text.count("\n") + 1))
        for number, line in enumerate(self.lines):
            if number not in read and not _ONLY_MARKS.fullmatch(line):
                self._skip(number + 1, line, "is nested too deep")

    def sheet(self, said: str) -> Sheet:
        """Everything that was found, in the order of the text."""
        items: list[Item] = []
        index: dict[int, int] = {}
        for entry in self.entries:
            text = entry.whole()
            if len(text) > MAX_TEXT:
                raise refusal(self.shown, f"an item has more than {MAX_TEXT:,} characters", "shorten it", entry.line)
            if entry.inside is None and not blank(text):
                index[id(entry)] = len(items)
                items.append(Item(Cell(text, f"line {entry.line}"), entry.headings, self._around(entry, index)))
        if len(items) > MAX_ROWS or sum(grid.size for grid in self.grids) > MAX_CELLS:
            raise refusal(self.shown, f"has more than {MAX_ROWS:,} items or {MAX_CELLS:,} cells", "split it into several files")
        spoken = [said]
        if self.joined:
            listed = ", ".join(map(str, self.joined[:10])) + (" ..." if len(self.joined) > 10 else "")  # noqa: PLR2004  # enough to find them
            spoken.append(f"these lines go on with the item above them, as no empty line or hyphen parts them: {listed}")
        ordered = sorted(self.not_read, key=lambda left: int(left.address.removeprefix("line ")))
        return Sheet(tuple(self.grids), tuple(items), tuple(self.named), tuple(ordered), tuple(spoken))

    def _around(self, entry: _Entry, index: dict[int, int]) -> int | None:
        """The nearest item around an entry that has a text of its own."""
        around = entry.parent
        while around is not None:
            around = around.inside or around
            if id(around) in index:
                return index[id(around)]
            around = around.parent
        return None


_TAKES: dict[str, Callable[[_Reading, Token], None]] = {
    "bullet_list_open": _Reading.take_list, "ordered_list_open": _Reading.take_list,
    "bullet_list_close": _Reading.end_list, "ordered_list_close": _Reading.end_list,
    "list_item_open": _Reading.take_item, "list_item_close": _Reading.end_item,
    "blockquote_open": _Reading.take_quote, "blockquote_close": _Reading.end_quote,
    "heading_open": _Reading.take_heading, "heading_close": _Reading.end_heading,
    "th_open": _Reading.take_title, "table_open": _Reading.take_table, "table_close": _Reading.end_table, "tr_open": _Reading.take_row,
    "fence": _Reading.take_code, "code_block": _Reading.take_code, "html_block": _Reading.take_code,
    "inline": _Reading.take_inline,
}  # fmt: skip
