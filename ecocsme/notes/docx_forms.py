"""What a table of a Word document is: one with a header, one of our own sheets, a form, or a list of answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ecocsme.notes import form_codes
from ecocsme.notes.docx_flow import CODE, Flow
from ecocsme.notes.docx_tables import COVERED, Table
from ecocsme.notes.grid import Cell, Grid, Row
from ecocsme.notes.matching import coded

_WITHIN = 10  # rows among which a header is looked for
_NUMBER = re.compile(r"[0-9]{1,3}[.)]?")
_PRINTED = re.compile(r"[0-9]{1,3}\.[ \t]*")
_TITLE = 20  # characters that the title of our column of numbers has at most
_AROUND = " \t\r\n·:|/–—-"


def tell(table: Table, flow: Flow) -> None:
    """Tell the flow of a table that has ended."""
    for cell in table.covered:
        flow.skip(cell.text, cell.address, COVERED)
    if not table.rows:
        return
    if form_codes.is_contact(cell.text for cell in table.rows[0].cells.values()):
        _as_contact(table, flow)
    elif _has_header(table, flow):
        flow.asked = True
        _as_grid(table, flow)
    elif any(_codes(row, table, flow) is not None for row in table.rows[:_WITHIN]):
        _as_ours(table, flow)
    elif _is_form(table, flow):
        _as_form(table, flow)
    elif _is_list(table, flow):
        _as_list(table, flow)
    else:
        flow.asked = flow.asked or any(flow.hints.knows(texts) for texts in _first(table))
        _as_grid(table, flow)


def asks(table: Table, flow: Flow) -> bool:
    """Whether a table inside of a cell is one by itself: it names a question, or holds a printed code."""
    cells = [cell for row in table.rows for cell in row.cells.values()]
    asking = any(_codes(row, table, flow) is not None for row in table.rows) or any(flow.names(cell.text) == "question" for cell in cells)
    return asking or _has_header(table, flow)


def _first(table: Table) -> Iterator[list[str]]:
    return ([cell.text for cell in row.cells.values()] for row in table.rows[:_WITHIN])


def _has_header(table: Table, flow: Flow) -> bool:
    """Whether a row names several questions, or a question beside the title of another column."""
    for texts in _first(table):
        kinds = [flow.names(text) for text in texts]
        if kinds.count("question") > 1 or flow.hints.knows(texts) > 1 or ("question" in kinds and "field" in kinds):
            return True
    return False


def _as_grid(table: Table, flow: Flow) -> None:
    flow.grids.append(Grid(tuple(table.rows), headings=flow.above, spread=table.spread))


def _code(cell: Cell) -> str | None:
    return coded(cell.text) if "/q" in cell.text.casefold() else None


def _codes(row: Row, table: Table, flow: Flow) -> int | None:
    """The column in which a row has a printed code beside the title of the answers; in an answer a code is a text like any other."""
    for column, cell in row.cells.items():
        code = _code(cell)
        if code and (row is table.rows[0] or flow.names(_beside(cell.text, code)) == "field"):
            return column
    return None


def _beside(text: str, code: str) -> str:
    """What stands beside a code in its cell."""
    start = text.casefold().find(code)
    return f"{text[:start]} {text[start + len(code) :]}".strip(_AROUND)


def _as_ours(table: Table, flow: Flow) -> None:
    """A table of our own answer sheet: below its printed code every text is an answer, but for the printed numbers."""
    flow.ours = True
    beside = 0
    for row in table.rows:
        at = _codes(row, table, flow)
        if at is not None:
            beside = at
            _printed_row(row, at, flow)
            continue
        for column, cell in row.cells.items():
            text = _without_numbers(cell.text) if column < beside else cell.text
            if text and not flow.hints.prompts(text):
                flow.answer(text, cell.address)
            else:
                flow.header(cell.text, cell.address)


def _as_contact(table: Table, flow: Flow) -> None:
    """Name and address of whoever filled the form in: only the place is named, the text goes nowhere."""
    for row in table.rows:
        for cell in row.cells.values():
            if row is table.rows[0] or flow.names(cell.text) == "field" or flow.hints.prompts(cell.text):
                flow.header(cell.text, cell.address)
            else:
                flow.skip(cell.text, cell.address, form_codes.PRIVATE)


def _printed_row(row: Row, at: int, flow: Flow) -> None:
    cell = row.cells[at]
    code = _code(cell) or ""
    flow.header(cell.text, cell.address)
    flow.under(CODE, code)
    rest = _beside(cell.text, code)
    if rest and flow.names(rest) != "field":
        flow.skip(rest, cell.address, "stands beside the printed code, in the title of the answers")
    for column, other in row.cells.items():
        if column == at:
            continue
        if len(other.text) <= _TITLE:
            flow.header(other.text, other.address)
        else:
            flow.skip(other.text, other.address, "stands in the row of the printed code, above the answers")


def _without_numbers(text: str) -> str:
    """What was typed into the column of printed numbers, or into a cell that was merged with it."""
    lines = [_PRINTED.sub("", line, count=1) if _PRINTED.match(line) else line for line in text.split("\n")]
    return "\n".join(lines).strip("\n") if any(line.strip() for line in lines) else ""


def _is_form(table: Table, flow: Flow) -> bool:
    """Whether questions stand beside or above their answers, or inside of a cell with them, as in a form."""
    found: dict[int, list[int]] = {}
    for index, row in enumerate(table.rows):
        for column, cell in row.cells.items():
            if flow.names(cell.text) == "question":
                found.setdefault(column, []).append(index)
            elif "\n" in cell.text and any(flow.names(line) == "question" for line in cell.text.split("\n")):
                return True
    if not found:
        return False
    column, indexes = max(found.items(), key=lambda one: len(one[1]))
    below = [row for row in table.rows[indexes[0] + 1 :] if column in row.cells]
    return len(indexes) > 1 or (not below and len(table.rows[indexes[0]].cells) > 1)


def _as_form(table: Table, flow: Flow) -> None:
    for row in table.rows:
        cells = [row.cells[column] for column in sorted(row.cells)]
        if len(cells) == 2 and flow.names(cells[0].text) == "field" and flow.line(f"{cells[0].text} {cells[1].text}", cells[0].address):  # noqa: PLR2004  # a label and its value
            continue
        for cell in cells:
            _form_cell(cell, flow)


def _form_cell(cell: Cell, flow: Flow) -> None:
    """Lines that name something are headings; those between them are one answer."""
    if flow.line(cell.text, cell.address):
        return
    if flow.names(cell.text) == "field":
        flow.header(cell.text, cell.address)
        return
    answer: list[str] = []
    for line in (*cell.text.split("\n"), None):
        if line is None or flow.names(line) in ("question", "table", "round", "table round"):
            flow.answer("\n".join(answer).strip("\n"), cell.address)
            answer = []
            if line is not None:
                flow.line(line, cell.address)
        else:
            answer.append(line)


def _is_list(table: Table, flow: Flow) -> bool:
    """Whether a table under a question has one column of answers, perhaps with a column of numbers before it."""
    if flow.hints.knows(flow.above) == 0:
        return False
    columns = sorted({column for row in table.rows for column in row.cells})
    numbered = all(_NUMBER.fullmatch(row.cells[columns[0]].text.strip()) for row in table.rows if columns[0] in row.cells)
    return len(columns) == 1 or (len(columns) == 2 and numbered)  # noqa: PLR2004  # numbers and answers


def _as_list(table: Table, flow: Flow) -> None:
    last = max(column for row in table.rows for column in row.cells)
    for row in table.rows:
        for column, cell in row.cells.items():
            if column < last or (row is table.rows[0] and flow.names(cell.text) == "field"):
                flow.header(cell.text, cell.address)
            else:
                flow.answer(cell.text, cell.address)
