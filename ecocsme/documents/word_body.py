"""The body of a Word document: one method for each kind of block that Markdown knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ecocsme.documents import word_controls, word_tables, word_timeline
from ecocsme.documents.mark_reading import TIMELINE, Mark
from ecocsme.documents.marks import starts_part
from ecocsme.documents.reference import Reference
from ecocsme.documents.word_cards import GRIDS, cards
from ecocsme.documents.word_pictures import Pictures
from ecocsme.documents.word_runs import Runs, bookmarks, run
from ecocsme.documents.word_tables import Cell

if TYPE_CHECKING:
    from markdown_it.token import Token

_QUOTE_INDENT = 567
_AFTER_LIST = 140  # the distance of a list from what follows is that of a paragraph, not of its items
_DEEPEST = 8  # Word counts nine levels of lists
_DIV_STYLES = {"letterhead": "Letterhead", "small": "Small", "sign": "Sign", "sign-words": "Sign Words"}
_FOLLOWERS = ("bullet_list_open", "ordered_list_open", "table_open")


@dataclass(frozen=True, slots=True)
class Number:
    """One list: the numbering of the reference it follows, its level, and the number it starts with (None for bullets)."""

    id: int
    abstract: int
    level: int
    start: int | None
    loose: bool = False


@dataclass(slots=True)
class _List:
    number: Number
    style: str
    indents: tuple[int, ...]
    waiting: bool = False  # an item was opened and nothing of it is written yet

    @property
    def indent(self) -> int:
        return self.indents[min(self.number.level, len(self.indents) - 1)]


class Body:
    """Writes the blocks of one document; `numbers` and `runs.links` are what the rest of the package must declare."""

    def __init__(self, tokens: Sequence[Token], reference: Reference, language: str, pictures: Pictures) -> None:
        """Begin with all tokens of the document."""
        self.numbers: list[Number] = []
        self.runs = Runs(
            language, lambda name: reference.ids.get(("character", name.lower()), word_controls.STYLE), bookmarks(tokens), pictures
        )
        self._tokens, self._reference = tokens, reference
        self._at = 0
        self._first_number = reference.first_number
        self._bullets: int | None = None
        self._out: list[str] = []
        self._lists: list[_List] = []
        self._divs: list[tuple[str, str]] = []
        self._quotes = 0
        self._new_page = False
        self._after_table = False
        self._width = reference.width
        self._around: list[list[str]] = []  # what was written before the cards and the card that are open
        self._cards: list[str] = []

    def written(self) -> str:
        """Write all blocks."""
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            _WRITERS[token.type](self, token)
        self._separate_table()
        return "".join(self._out)

    def paragraph(self, _token: Token) -> None:
        """Write a paragraph; one that introduces a list or a table, or is a label, stays with what follows."""
        children = self._line()
        following = self._tokens[self._at].type if self._at < len(self._tokens) else ""
        style = next((_DIV_STYLES[name] for name, _ in reversed(self._divs) if name in _DIV_STYLES), "")
        style = style or ("Quote" if self._quotes else self._lists[-1].style if self._lists else "")
        self._put(style, self.runs.written(children), keep=following in _FOLLOWERS or _is_label(children))

    def heading(self, token: Token) -> None:
        """Write a heading, with the style of its level."""
        self._put(f"heading {token.tag[1:]}", self.runs.written(self._line()))

    def code(self, token: Token) -> None:
        """Write a block of code, line by line as it is."""
        self._put("Source Code", run(token.content.rstrip("\n"), ""))

    def rule(self, _token: Token) -> None:
        """Write a line across the page."""
        self._put("", "", border='<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>')

    def open_list(self, token: Token) -> None:
        """Begin a list of bullets or numbers; a list of numbers begins anew, whatever came before it."""
        self._flush_item()
        level = min(len(self._lists), _DEEPEST)
        ordered = token.type == "ordered_list_open"
        numbering = self._reference.numbers if ordered else self._reference.bullets
        number = Number(0, numbering.abstract, level, int(token.attrGet("start") or 1) if ordered else None, self._is_loose())
        self._lists.append(_List(self._numbered(number), "List Number" if ordered else "List Bullet", numbering.indents))

    def _numbered(self, number: Number) -> Number:
        """Give a list its ID; all lists of bullets share one."""
        if number.start is None and self._bullets is not None:
            return replace(number, id=self._bullets)
        number = replace(number, id=self._first_number + len(self.numbers))
        self._bullets = number.id if number.start is None else self._bullets
        self.numbers.append(number)
        return number

    def _is_loose(self) -> bool:
        first = self._tokens[self._at + 1]
        return first.type == "paragraph_open" and not first.hidden

    def close_list(self, _token: Token) -> None:
        """End a list."""
        self._lists.pop()

    def open_item(self, _token: Token) -> None:
        """Begin an item; its number goes to its first paragraph."""
        self._lists[-1].waiting = True

    def close_item(self, _token: Token) -> None:
        """End an item; an empty one still has its number."""
        self._flush_item()

    def _flush_item(self) -> None:
        if self._lists and self._lists[-1].waiting:
            self._put(self._lists[-1].style, "")

    def open_quote(self, _token: Token) -> None:
        """Begin a block quote."""
        self._quotes += 1

    def close_quote(self, _token: Token) -> None:
        """End a block quote."""
        self._quotes -= 1

    def open_div(self, token: Token) -> None:
        """Begin a div: a style, a language, a new page."""
        mark = token.meta["mark"]
        if mark.name in GRIDS or mark.name == "card":
            self._separate_table()
            self._around.append(self._out)
            self._out = []
            self._width = GRIDS[mark.name].inner(self._reference.width) if mark.name in GRIDS else self._width
        self.runs.part += starts_part(token)
        self._divs.append((mark.name, self.runs.lang))
        self.runs.lang = mark.lang or self.runs.lang
        self._new_page = self._new_page or mark.name == "page-break"

    def close_div(self, _token: Token) -> None:
        """End a div."""
        name, self.runs.lang = self._divs.pop()
        if name == "card":
            self._separate_table()
            self._cards.append("".join(self._out))
            self._out = self._around.pop()
        elif name in GRIDS:
            self._width = self._reference.width
            self._out = [*self._around.pop(), cards(GRIDS[name], self._cards, self._width)]
            self._cards = []
            self._after_table = True

    def table(self, _token: Token) -> None:
        """Write a table whose first row is repeated on every page."""
        self._flush_item()
        self._separate_table()
        if self._new_page:
            self._put("", "")
        rows: list[list[Cell]] = []
        align = ""
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                align = str(token.attrGet("style") or "").removeprefix("text-align:")
            elif token.type == "inline":
                children = token.children or []
                runs = self.runs.written(children, bold=len(rows) == 1)
                rows[-1].append(Cell(runs, _plain(children), align, _first_mark(children)))
        self._at += 1
        indent = self._indent()
        styles = (self._reference.style("table", "Table"), self._style("Table Text"))
        page = word_timeline.same_page(self._tokens, self._at) if self._in_timeline() else ()
        room = word_timeline.room(page, self._reference.height, self._width) if page else 0
        self._out.append(word_tables.table(rows[0], rows[1:], self._width - indent, indent, styles, room))
        self._after_table = True

    def _in_timeline(self) -> bool:
        return any(name == TIMELINE for name, _ in self._divs)

    def _style(self, name: str) -> str:
        return self._reference.style("paragraph", name)

    def _line(self) -> Sequence[Token]:
        """The tokens of the line that comes next; its closing token is passed by."""
        self._at += 2
        return self._tokens[self._at - 2].children or []

    def _indent(self) -> int:
        return (self._lists[-1].indent if self._lists else 0) + self._quotes * _QUOTE_INDENT

    def _put(self, style: str, runs: str, *, keep: bool = False, border: str = "") -> None:
        """Write a paragraph; its properties stand in the order that Word's schema asks for."""
        close = self._after_table and not self._new_page and not style.startswith("heading")
        spacing = '<w:spacing w:before="200"/>' if close else ""
        spacing = f'<w:spacing w:after="{_AFTER_LIST}"/>' if self._ends_list() else spacing
        inside = (
            f'<w:pStyle w:val="{self._style(style)}"/>' if style else "",
            "<w:keepNext/>" if keep else "",
            "<w:pageBreakBefore/>" if self._new_page else "",
            *self._place(border + spacing),
        )
        self._out.append(f"<w:p><w:pPr>{''.join(inside)}</w:pPr>{runs}</w:p>")
        self._new_page = self._after_table = False

    def _ends_list(self) -> bool:
        """Whether the paragraph at hand is the last one of a list and of all lists around it."""
        closing = iter(self._tokens[self._at : self._at + 2 * len(self._lists)])
        return bool(self._lists) and all(token.type.endswith(("list_close", "item_close")) for token in closing)

    def _place(self, between: str) -> tuple[str, ...]:
        """The number of a paragraph in a list or its indent, before and after what Word wants between them."""
        if not self._lists:
            return (between, f'<w:ind w:left="{self._indent()}"/>' if self._quotes > 1 else "")
        listed = self._lists[-1]
        number, listed.waiting = listed.waiting, False
        # the style has a number of its own, which a further paragraph of an item must not show
        level, list_id = (listed.number.level, listed.number.id) if number else (0, 0)
        return (
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>',
            between,
            f'<w:ind w:left="{self._indent()}"/>' if not number or self._quotes else "",
            '<w:contextualSpacing w:val="0"/>' if listed.number.loose else "",
        )

    def _separate_table(self) -> None:
        """Put a line of hardly any height after a table that would otherwise touch another one, or the end."""
        if self._after_table:
            self._out.append('<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>')
            self._after_table = False


def _is_label(tokens: Sequence[Token]) -> bool:
    """Whether a line is set in bold from its beginning to its end, as labels above lists are."""
    # the parser leaves empty texts beside emphasis
    return [token.type for token in tokens if token.level == 0 and (token.nesting or token.content)] == ["strong_open", "strong_close"]


def _first_mark(tokens: Sequence[Token]) -> Mark:
    return tokens[0].meta["mark"] if tokens and tokens[0].type == "span_open" else Mark()


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(token.content or ("\n" if token.type == "hardbreak" else " ") for token in tokens if not token.nesting)


_WRITERS: dict[str, Callable[[Body, Token], None]] = {
    "paragraph_open": Body.paragraph,
    "heading_open": Body.heading,
    "fence": Body.code,
    "code_block": Body.code,
    "hr": Body.rule,
    "bullet_list_open": Body.open_list,
    "ordered_list_open": Body.open_list,
    "bullet_list_close": Body.close_list,
    "ordered_list_close": Body.close_list,
    "list_item_open": Body.open_item,
    "list_item_close": Body.close_item,
    "blockquote_open": Body.open_quote,
    "blockquote_close": Body.close_quote,
    "div_open": Body.open_div,
    "div_close": Body.close_div,
    "table_open": Body.table,
}
