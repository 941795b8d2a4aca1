"""What is open while a part of a Word document is walked, and what each element changes in it.

Insertions count and deletions do not; a field is its result; of two versions of one drawing the first counts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from xml.parsers import expat

from ecocsme.notes import docx_names as names
from ecocsme.notes.docx_story import Paragraph, Story

Opening = Callable[[dict[str, str]], object]
Closing = Callable[[], object]
_OURS = "answer_sheet_"  # the bookmarks around what our own answer sheets print
_RUNS = tuple(f"{space} r" for space in names.MAIN)


class Walker:
    """What is open while a part is walked."""

    def __init__(self, story: Story, parser: expat.XMLParserType) -> None:
        """Listen to a parser from its first element on."""
        self.story, self.parser = story, parser
        self.paragraph = Paragraph()
        self.around: list[Paragraph] = []
        self.root = ""
        self.in_properties = self.hidden = False
        self.ours: str | None = None
        self.fields: list[bool] = []  # whether each open field still says its instruction
        self.entries: list[str] = []  # of the drop-down list of an old form
        self.picked = ""  # the number of the one that was chosen; nothing where nobody chose
        self.controls: list[bool] = []  # whether each open content control shows its placeholder
        self.choices: list[bool] = []  # whether one version of each open drawing was taken
        self.muted = self.skipped = 0
        self.plain = True  # whether texts are texts, and nothing above says otherwise
        self.tables: tuple[dict[str, Opening], dict[str, Closing]] = ({}, {})
        self.end_text: Closing = partial(setattr, parser, "CharacterDataHandler", None)
        self.opening: dict[str, Opening] = {}
        self.closing: dict[str, Closing] = {}
        self._opened, self._closed = self._listeners()
        parser.StartElementHandler = self._first

    def hear(self, opening: dict[str, Opening], closing: dict[str, Closing], tables: tuple[dict[str, Opening], dict[str, Closing]]) -> None:
        """Listen to these elements; those of tables apart, because text boxes have none."""
        self.tables = tables
        self.opening.update({**opening, **tables[0]})
        self.closing.update({**closing, **tables[1]})

    def _listeners(self) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
        opening, closing = self.opening.get, self.closing.get

        def opened(tag: str, attributes: dict[str, str]) -> None:
            take = opening(tag)
            if take is not None:
                take(attributes)

        def closed(tag: str) -> None:
            take = closing(tag)
            if take is not None:
                take()

        return opened, closed

    def _first(self, tag: str, attributes: dict[str, str]) -> None:
        self.root = tag
        self._listen()
        self._opened(tag, attributes)

    def _listen(self) -> None:
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._opened, self._closed

    def skip(self, _: dict[str, str]) -> None:
        """Pass over an element and all inside it."""
        self.skipped = 1
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._deeper, self._higher

    def _deeper(self, _tag: str, _attributes: dict[str, str]) -> None:
        self.skipped += 1

    def _higher(self, _tag: str) -> None:
        self.skipped -= 1
        if not self.skipped:
            self._listen()

    def text(self, _: dict[str, str]) -> None:
        """A text begins: what follows belongs to the paragraph."""
        self.parser.CharacterDataHandler = self.paragraph.texts.append if self.plain else self._sink()

    def _sink(self) -> Callable[[str], object]:
        """Where the text at hand goes."""
        if self.muted or (self.fields and any(self.fields)):
            return _nowhere
        if self.hidden:
            self.paragraph.hidden = self.paragraph.hidden or []
            return self.paragraph.hidden.append
        if self.ours is not None:
            self.paragraph.ours = self.paragraph.ours or []
            return self.paragraph.ours.append
        return self.paragraph.texts.append

    def sign(self, text: str) -> None:
        """A sign that is an element of its own; the properties of a paragraph declare tabs by the same name."""
        if not self.in_properties:
            self._sink()(text)

    def vanish(self, attributes: dict[str, str]) -> None:
        """A run is hidden; said of the mark at the end of a paragraph, it says nothing about its text."""
        if not self.in_properties:
            self.hidden, self.plain = names.on(attributes), False
            self.closing.update(dict.fromkeys(_RUNS, self.end_hidden))

    def end_hidden(self) -> None:
        """The hidden run ends."""
        self.hidden = False
        for run in _RUNS:
            self.closing.pop(run, None)

    def open_paragraph(self, _: dict[str, str]) -> None:
        """A paragraph begins, perhaps in a text box inside of another one."""
        self.around.append(self.paragraph)
        self.paragraph = Paragraph()

    def close_paragraph(self) -> None:
        """A paragraph ends."""
        done = self.paragraph
        self.paragraph = self.around.pop()
        if not self.plain:
            # an instruction that never ends must not swallow the rest of the document
            self.fields = [False] * len(self.fields)
            self.plain = not (self.muted or self.hidden or self.ours is not None)
        self.story.paragraph(done)

    def box(self, attributes: dict[str, str]) -> None:
        """A text box begins: its tables are told as their paragraphs."""
        self.story.open_box(attributes)
        for name in self.tables[0]:
            self.opening.pop(name, None)
        for name in self.tables[1]:
            self.closing.pop(name, None)

    def end_box(self) -> None:
        """A text box ends."""
        self.story.close_box()
        if not self.story.boxes:
            self.opening.update(self.tables[0])
            self.closing.update(self.tables[1])

    def bookmark(self, attributes: dict[str, str]) -> None:
        """A bookmark begins; those of our own answer sheets stand around what these had printed."""
        if names.value(attributes, "name").startswith(_OURS):
            self.ours, self.plain = names.value(attributes, "id"), False

    def end_bookmark(self, attributes: dict[str, str]) -> None:
        """A bookmark ends."""
        if names.value(attributes, "id") == self.ours:
            self.ours = None

    def picture(self, attributes: dict[str, str]) -> None:
        """A picture is shown; inside a bookmark of our own answer sheets it is one that these had printed."""
        if self.ours is not None:
            self.story.printed(next((value for key, value in attributes.items() if key.endswith(" embed")), ""))

    def field(self, attributes: dict[str, str]) -> None:
        """A field begins, comes to its result, or ends."""
        self.plain = False
        kind = names.value(attributes, "fldCharType")
        if kind == "begin":
            self.fields.append(True)
            self.entries, self.picked = [], ""
        elif self.fields and kind == "separate":
            self.fields[-1] = False
        elif self.fields and kind == "end":
            self.fields.pop()
            at = names.number(self.picked, len(self.entries), len(self.entries))
            self.entries, self.picked, chosen = [], "", self.entries[at : at + 1]
            for text in chosen:
                self.sign(text)

    def content(self, _: dict[str, str]) -> None:
        """The content of a content control begins; a placeholder is no text."""
        self.muted += bool(self.controls and self.controls[-1])
        self.plain = self.plain and not self.muted

    def end_content(self) -> None:
        """The content of a content control ends."""
        self.muted -= bool(self.controls and self.controls[-1])

    def placeholder(self, attributes: dict[str, str]) -> None:
        """A content control shows its placeholder."""
        if self.controls:
            self.controls[-1] = names.on(attributes)

    def choice(self, attributes: dict[str, str]) -> None:
        """One version of a drawing begins; the first one counts."""
        if self.choices and self.choices[-1]:
            self.skip(attributes)
        elif self.choices:
            self.choices[-1] = True

    def deleted(self, attributes: dict[str, str]) -> None:
        """A deletion; of the mark at the end of a paragraph it means that the next paragraph goes on in it."""
        if self.in_properties:
            self.paragraph.goes_on = True
        self.skip(attributes)


def _nowhere(_: str) -> None:
    """Take a text that is none: the instruction of a field, a placeholder."""
