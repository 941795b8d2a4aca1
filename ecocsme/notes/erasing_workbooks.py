"""Cells are taken out of an Excel workbook: out of the tab, the shared texts and the comments; all other parts stay byte for byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from html import unescape
from posixpath import join, normpath

from lxml import etree

from ecocsme.files.packing import packed

_MAIN = "{*}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHORT = 4  # letters of a text that may stand anywhere
Parts = dict[str, bytes]
Place = tuple[str, int, int]  # tab, column from 0, row from 1


def emptied(data: bytes, cells: Sequence[Place], *, rows: bool) -> Iterator[bytes]:
    """The workbook without these cells, or without all cells of their rows; nothing where their texts stand elsewhere, too."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts = {info.filename: container.read(info) for info in container.infolist() if not info.is_dir()}
    book = _Book(parts)
    tabs = {tab for tab, _, _ in cells} or {""}
    if not tabs <= book.tabs.keys():
        return
    for tab in sorted(tabs):
        book.empty(book.tabs[tab], {(column, row) for name, column, row in cells if name == tab}, rows=rows)
    book.forget_shared()
    if not book.formulas and not book.left_behind():
        yield packed(parts)


class _Book:
    """The parts of a workbook while cells are taken out."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.removed: set[str] = set()
        self.formulas = False
        self.texts: set[str] = set()
        targets = self._targets("xl/workbook.xml")
        sheets = _parsed(parts["xl/workbook.xml"]).iterfind(f"{_MAIN}sheets/{_MAIN}sheet")
        self.tabs = {str(sheet.get("name")): targets[str(sheet.get(_RELATION))] for sheet in sheets if sheet.get(_RELATION) in targets}
        shared = parts.get("xl/sharedStrings.xml")
        self.shared = _parsed(shared) if shared else None

    def _targets(self, part: str) -> dict[str, str]:
        folder, name = part.rsplit("/", 1)
        relations = self.parts.get(f"{folder}/_rels/{name}.rels")
        found = _parsed(relations) if relations else ()
        return {str(one.get("Id")): normpath(join("/" + folder, str(one.get("Target")))).lstrip("/") for one in found}

    def empty(self, part: str, cells: set[tuple[int, int]], *, rows: bool) -> None:
        """Take the cells out of one tab, and their comments."""
        root = _parsed(self.parts[part])
        whole = {row for _, row in cells}
        for cell in list(root.iterfind(f"{_MAIN}sheetData/{_MAIN}row/{_MAIN}c")):
            place = _place(cell.get("r") or "")
            if (place[1] in whole) if rows else (place in cells):
                self._note(cell)
                _drop(cell)
        self.parts[part] = _written(root)
        for target in self._targets(part).values():
            if "comments" in target.lower() and target in self.parts:
                self.parts[target] = self._uncommented(_parsed(self.parts[target]), whole)

    def _uncommented(self, comments: etree._Element, rows: set[int]) -> bytes:
        for comment in [one for one in comments.iter() if isinstance(one.tag, str) and one.get("ref")]:
            if _place(str(comment.get("ref")))[1] in rows:
                self.texts.add("".join(str(text) for text in comment.itertext()))
                _drop(comment)
        return _written(comments)

    def _note(self, cell: etree._Element) -> None:
        value = cell.findtext(f"{_MAIN}v") or ""
        self.formulas = self.formulas or cell.find(f"{_MAIN}f") is not None  # others may be computed from it
        if cell.get("t") == "s":
            self.removed.add(value)
        self.texts.add(value if cell.get("t") == "str" else "".join(str(text) for text in cell.itertext(f"{_MAIN}t")))

    def forget_shared(self) -> None:
        """Empty the shared texts that no cell of any tab uses any more; their numbers stay."""
        if self.shared is None or not self.removed:
            return
        used = {
            cell.findtext(f"{_MAIN}v")
            for part in self.tabs.values()
            for cell in _parsed(self.parts[part]).iter(f"{_MAIN}c")
            if cell.get("t") == "s"
        }
        texts = list(self.shared.iterfind(f"{_MAIN}si"))
        for number in sorted(self.removed - used):
            if number and number.isdecimal() and int(number) < len(texts):
                item = texts[int(number)]
                self.texts.add("".join(str(text) for text in item.itertext()))
                namespace = etree.QName(item).namespace
                for child in list(item):
                    item.remove(child)
                etree.SubElement(item, f"{{{namespace}}}t")
        self.parts["xl/sharedStrings.xml"] = _written(self.shared)

    def left_behind(self) -> bool:
        """Whether a text that was taken out still stands in a part that is no tab: a pivot table's memory, a chart, a name."""
        texts = [text for text in self.texts if len(text.strip()) > _SHORT]
        beside = [unescape(data.decode("utf-8", "replace")) for name, data in self.parts.items() if self._is_beside(name)]
        return any(text in part for text in texts for part in beside)

    def _is_beside(self, name: str) -> bool:
        return name not in (*self.tabs.values(), "xl/sharedStrings.xml")


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _place(address: str) -> tuple[int, int]:
    """The column (from 0) and the row (from 1) of `B7`."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(address[len(letters) :] or 0)
