"""What a Word document tells, in order: its paragraphs, its tables with their cells, and what lies in text boxes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial


class Paragraph:
    """One paragraph: its text, what of it is hidden, what our own sheets had printed in it, its style and its list."""

    # the defaults are the class's: most paragraphs have nothing but a text, and there may be very many
    hidden: list[str] | None = None
    ours: list[str] | None = None
    style = outline = numbered = level = ""
    goes_on = False

    def __init__(self) -> None:
        """Begin with no text."""
        self.texts: list[str] = []

    def take(self, before: Paragraph) -> None:
        """Put the texts of the paragraph before in front of this one's; its own look stays."""
        self.texts = before.texts + self.texts
        self.hidden = (before.hidden or []) + (self.hidden or []) or None
        self.ours = (before.ours or []) + (self.ours or []) or None


class Story:
    """Hears what a part tells; whoever wants to know overrides the methods that matter to it.

    What lies in a text box is told after the paragraph that the box is tied to.
    """

    def __init__(self) -> None:
        """Begin outside of everything."""
        self.boxes = 0
        self.boxed: list[Callable[[], None]] = []
        self.before: Paragraph | None = None

    def paragraph(self, paragraph: Paragraph) -> None:
        """A paragraph ends."""
        if self.before is not None:
            paragraph.take(self.before)
            self.before = None
        if paragraph.goes_on:
            self.before = paragraph
        elif self.boxes:
            self.boxed.append(partial(self.text, paragraph))
        else:
            self.text(paragraph)
            if self.boxed:
                self._unpack()

    def _unpack(self) -> None:
        boxed, self.boxed = self.boxed, []
        for tell in boxed:
            tell()

    def open_box(self, attributes: Mapping[str, str]) -> None:  # noqa: ARG002  # what listeners are told
        """A text box begins."""
        self.boxes += 1

    def close_box(self) -> None:
        """A text box ends."""
        self.boxes -= 1

    def text(self, paragraph: Paragraph) -> None:
        """A paragraph, in its place."""

    def open_table(self, attributes: Mapping[str, str]) -> None:
        """A table begins."""

    def close_table(self) -> None:
        """A table ends."""

    def open_row(self, attributes: Mapping[str, str]) -> None:
        """A row begins."""

    def close_row(self) -> None:
        """A row ends."""

    def close_cell(self) -> None:
        """A cell ends."""

    def indent(self, columns: str) -> None:
        """The row begins so many columns to the right."""

    def span(self, columns: str) -> None:
        """The cell is so many columns wide."""

    def merged(self, how: str) -> None:
        """The cell is merged with those below (`restart`), or with the one above."""

    def chunk(self, relation: str) -> None:
        """Another file is embedded here, which only Word would unfold."""

    def printed(self, relation: str) -> None:
        """A picture that our own sheet had printed."""

    def part(self, key: str) -> None:
        """A footnote or a comment begins."""
