"""Read Excel workbooks: every tab, shown or hidden, each cell as a person sees it; formulas are never evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ecocsme.errors import visible
from ecocsme.files.archives import Container, opened
from ecocsme.notes import xlsx_beside, xlsx_walk
from ecocsme.notes import xlsx_parts as parts
from ecocsme.notes.grid import MAX_CELLS, Grid, NotRead, Sheet, blank, letters, refusal
from ecocsme.notes.tabs import Seen
from ecocsme.notes.xlsx_tab import FULL, Book, Tab


def read_xlsx(data: bytes, shown: str) -> Sheet:
    """Read every tab of a workbook; raise InvalidFile where it is damaged, not safe, or no workbook at all."""
    # links to other workbooks are allowed, because nobody here follows them
    container = opened(data, shown, kind="Excel workbook", linked=True)
    book, tabs = _book(container, shown)
    grids: list[Grid] = []
    not_read: list[NotRead] = []
    said: list[str] = []
    left, elements = MAX_CELLS, xlsx_walk.MAX_ELEMENTS
    for place in tabs:
        seen = Seen(shown, place.title, left, hidden=place.hidden)
        tab = Tab(book, seen)
        elements = xlsx_walk.walk(container, place.member, tab, left=elements)
        left -= seen.size
        if seen.rows:
            grids.append(seen.grid())
        not_read += [*seen.not_read, *_text_boxes(container, place)]
        seen.comments = _comments(container, place)
        said += [*seen.said(), *_full(tab)]
    return Sheet(tuple(grids), not_read=tuple(not_read), said=tuple(said))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a tab lies in the container, and what lies beside it."""

    title: str
    member: str
    hidden: bool
    drawings: tuple[str, ...]
    comments: tuple[str, ...]


class _Workbook(xlsx_walk.Part):
    """Listens to the list of tabs."""

    def __init__(self, container: Container, relations: Mapping[str, parts.Relation]) -> None:
        super().__init__()
        self.container = container
        self.relations = relations
        self.places: list[_Place] = []
        self.seen: set[str] = set()
        self.since_1904 = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.since_1904 = xlsx_walk.true(attributes.get("date1904"))
        elif name == "sheet":
            key = next((value for attribute, value in attributes.items() if attribute.endswith(" id")), "")
            self._tab(attributes.get("name", ""), self.relations.get(key), hidden=attributes.get("state", "visible") != "visible")

    def _tab(self, title: str, relation: parts.Relation | None, *, hidden: bool) -> None:
        if relation is not None and relation.kind != "worksheet":
            return  # a chart on a tab of its own
        member = parts.member_of(self.container, relation.target) if relation else None
        if member is None or member in self.seen:
            raise self.container.damaged(f"the tab {visible(title, 40)} is missing")
        self.seen.add(member)
        beside = parts.relations(self.container, member).values()
        found = {kind: self._once(r.target for r in beside if r.kind == kind) for kind in ("drawing", "comments")}
        self.places.append(_Place(title, member, hidden, found["drawing"], found["comments"]))

    def _once(self, targets: Iterator[str]) -> tuple[str, ...]:
        """The members that no other tab has: nothing is walked twice, however often it is named."""
        named = [member for target in targets if (member := parts.member_of(self.container, target))]
        fresh = tuple(member for member in dict.fromkeys(named) if member not in self.seen)
        self.seen.update(fresh)
        return fresh


def _book(container: Container, shown: str) -> tuple[Book, list[_Place]]:
    start = next((r.target for r in parts.relations(container, "").values() if r.kind == "officeDocument"), "xl/workbook.xml")
    name = parts.member_of(container, start)
    if name is None or not name.lower().endswith("workbook.xml"):
        what = "is a binary workbook (.xlsb)" if name and name.endswith(".bin") else "is no Excel workbook, whatever its name says"
        raise refusal(shown, what, "save it as .xlsx in Excel, or give it its right ending")
    relations = parts.relations(container, name)
    workbook = _Workbook(container, relations)
    xlsx_walk.walk(container, name, workbook)
    if not workbook.places:
        raise refusal(shown, "has no tab with cells", "save it again as .xlsx in Excel, and use that")
    by_kind = {relation.kind: parts.member_of(container, relation.target) for relation in relations.values()}
    texts = parts.shared_texts(container, by_kind.get("sharedStrings"))
    formats = parts.formats(container, by_kind.get("styles"))
    return Book(container, shown, texts, formats, workbook.since_1904), workbook.places


def _text_boxes(container: Container, place: _Place) -> Iterator[NotRead]:
    for member in place.drawings:
        for box in xlsx_beside.text_boxes(container, member):
            if not blank(box.text):
                address = f"text box at {letters(box.column)}{box.row + 1}"
                yield NotRead(address, box.text, "stands in a text box, not in a cell", place.title)


def _comments(container: Container, place: _Place) -> int:
    return sum(xlsx_beside.count(container, member, "comment") for member in place.comments)


def _full(tab: Tab) -> Iterator[str]:
    for address in tab.full:
        yield f"tab {visible(tab.seen.title, 40)}: {address} has {FULL:,} characters, the most that Excel keeps; its end may be missing"
