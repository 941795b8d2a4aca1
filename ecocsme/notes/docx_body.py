"""The body of a Word document: paragraphs into the flow, tables by what they are, tables inside of cells with them."""

from __future__ import annotations

from collections.abc import Mapping

from ecocsme.errors import visible
from ecocsme.notes import docx_forms
from ecocsme.notes.docx_flow import Flow
from ecocsme.notes.docx_story import Paragraph, Story
from ecocsme.notes.docx_styles import Styles
from ecocsme.notes.docx_tables import Table
from ecocsme.notes.grid import MAX_CELLS, blank

_HIDDEN = "is hidden text"
_HEADING = "is a heading that names no question, table or round"
_EMBEDDED = "is a file that is embedded here and that only Word would show; open the document in Word, save it again, and import that"


class Body(Story):
    """Hears the body, and hands each text to the flow with its address."""

    def __init__(self, flow: Flow, styles: Styles, embedded: Mapping[str, str]) -> None:
        """Begin with an empty flow; `embedded` are the names of other parts by their relations."""
        super().__init__()
        self.flow, self.styles, self.embedded = flow, styles, embedded
        self.tables: list[Table] = []
        self.ours: set[str] = set()  # the relations of the pictures that our own sheets print
        self.paragraphs = self.count = self.chunks = 0
        self.left = MAX_CELLS

    def text(self, paragraph: Paragraph) -> None:
        """A paragraph: a line of a cell, or a part of the flow."""
        text = "".join(paragraph.texts)
        if self.tables:
            if paragraph.ours or paragraph.hidden:
                self._in_cell(text, paragraph)
            else:
                self.tables[-1].lines.append(text)
            return
        ours, hidden = "".join(paragraph.ours or ()), "".join(paragraph.hidden or ())
        if blank(text) and blank(ours) and blank(hidden):
            return
        self.paragraphs += 1
        address = f"paragraph {self.paragraphs}"
        level = self.styles.heading(paragraph)
        if not blank(ours):
            self._ours(ours, address, level)
            level = None
        self.flow.skip(hidden, address, _HIDDEN)
        if not blank(text):
            self._theirs(text, address, level, paragraph)

    def _in_cell(self, text: str, paragraph: Paragraph) -> None:
        table = self.tables[-1]
        table.lines.append("".join((*(paragraph.ours or ()), text)))
        self.flow.skip("".join(paragraph.hidden or ()), table.address, _HIDDEN)

    def _ours(self, text: str, address: str, level: int | None) -> None:
        """What our own answer sheet had printed: never an answer."""
        if level is not None:
            self.flow.heading(text, address, level)
        elif not self.flow.line(text, address):
            self.flow.header(text, address)

    def _theirs(self, text: str, address: str, level: int | None, paragraph: Paragraph) -> None:
        flow = self.flow
        if level is not None:
            if flow.asked and not flow.hints.heads(text):
                flow.skip(text, address, _HEADING)
                flow.under(level, text)
            else:
                flow.heading(text, address, level)
        elif flow.line(text, address):
            return
        elif text.rstrip().endswith(":") and flow.names(text) == "field":
            flow.header(text, address)
        else:
            flow.answer(text, address, self.styles.level(paragraph))

    def open_table(self, attributes: Mapping[str, str]) -> None:  # noqa: ARG002  # what listeners are told
        """Begin a table, or one inside of a cell."""
        if self.tables:
            around = self.tables[-1]
            around.inner += 1
            name = f"{around.name}.{around.inner}"
        else:
            self.count += 1
            name = f"table {self.count}"
        self.tables.append(Table(name, self.flow.shown, self.left))

    def close_table(self) -> None:
        """End a table: one inside of a cell that asks nothing is a part of the text of the cell."""
        table = self.tables.pop()
        self.left = table.left
        if not self.tables:
            docx_forms.tell(table, self.flow)
            return
        self.tables[-1].left = self.left
        if docx_forms.asks(table, self.flow):
            docx_forms.tell(table, self.flow)
        else:
            self.tables[-1].lines += table.joined()

    def open_row(self, attributes: Mapping[str, str]) -> None:  # noqa: ARG002  # what listeners are told
        """Begin a row."""
        self.tables[-1].open_row()

    def close_row(self) -> None:
        """End a row."""
        self.tables[-1].close_row()

    def close_cell(self) -> None:
        """End a cell."""
        self.tables[-1].close_cell()

    def indent(self, columns: str) -> None:
        """Leave columns out on the left of a row."""
        self.tables[-1].indent(columns)

    def span(self, columns: str) -> None:
        """A cell that is several columns wide."""
        self.tables[-1].widen(columns)

    def merged(self, how: str) -> None:
        """A cell that is merged with others above or below."""
        self.tables[-1].how = how

    def printed(self, relation: str) -> None:
        """Keep in mind which pictures are none that a person put in."""
        self.ours.add(relation)

    def chunk(self, relation: str) -> None:
        """Name an embedded file."""
        self.chunks += 1
        self.flow.skip(visible(self.embedded.get(relation) or "?", 60), f"embedded file {self.chunks}", _EMBEDDED)
