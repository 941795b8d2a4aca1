"""Walk a part of a Word document: one pass, no tree in memory, and the table of the elements that are listened to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar
from xml.parsers import expat

from ecocsme.errors import visible
from ecocsme.files.archives import Container
from ecocsme.notes import docx_names as names
from ecocsme.notes.docx_story import Story
from ecocsme.notes.docx_walker import Closing, Opening, Walker

MAX_TAGS = 12_000_000  # of one part: a million filled cells have about as many
Take = TypeVar("Take", Opening, Closing)


def walk(container: Container, member: str, story: Story) -> str:
    """Walk one part, tell its story, and return the name of its root; raise InvalidFile where it is damaged or far too large."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    walker = Walker(story, parser)
    walker.hear(_opening(walker), _closing(walker), _tables(story))
    left = MAX_TAGS
    try:
        for piece in container.pieces(member):
            left -= piece.count(b"<")
            if left < 0:
                raise container.refusal("has far more parts inside than a person could have made", "copy what is filled into a new file")
            parser.Parse(piece, False)  # noqa: FBT003  # expat knows no keyword
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise container.damaged(f"{visible(member, 60)} cannot be read (line {error.lineno})") from None
    return walker.root


def _opening(walker: Walker) -> dict[str, Opening]:
    """What to do where an element begins."""
    main: dict[str, Opening] = {
        "t": walker.text, "p": walker.open_paragraph, "pPr": lambda _: setattr(walker, "in_properties", True),
        "pStyle": lambda a: setattr(walker.paragraph, "style", names.value(a)),
        "outlineLvl": lambda a: setattr(walker.paragraph, "outline", names.value(a)),
        "ilvl": lambda a: setattr(walker.paragraph, "level", names.value(a)),
        "numId": lambda a: setattr(walker.paragraph, "numbered", names.value(a)),
        "vanish": walker.vanish,
        "tab": lambda _: walker.sign("\t"), "ptab": lambda _: walker.sign("\t"),
        "br": lambda _: walker.sign("\n"), "cr": lambda _: walker.sign("\n"),
        "noBreakHyphen": lambda _: walker.sign("-"), "sym": lambda a: walker.sign(names.symbol(a)),
        "bookmarkStart": walker.bookmark, "bookmarkEnd": walker.end_bookmark, "fldChar": walker.field,
        "listEntry": lambda a: walker.entries.append(names.value(a)), "result": lambda a: setattr(walker, "picked", names.value(a)),
        "sdt": lambda _: walker.controls.append(False), "showingPlcHdr": walker.placeholder, "sdtContent": walker.content,
        "del": walker.deleted, **dict.fromkeys(names.SKIPPED, walker.skip),
        "txbxContent": walker.box, "altChunk": lambda a: walker.story.chunk(next(iter(a.values()), "")),
        **dict.fromkeys(("footnote", "endnote", "comment"), lambda a: walker.story.part(names.value(a, "id"))),
    }  # fmt: skip
    return {
        **_in(names.MAIN, main),
        **_in(names.MATHS, {"t": walker.text}),
        **_in(names.DRAWINGS, {"blip": walker.picture}),
        f"{names.CHOICES} AlternateContent": lambda _: walker.choices.append(False),
        f"{names.CHOICES} Choice": walker.choice,
        f"{names.CHOICES} Fallback": walker.choice,
    }


def _closing(walker: Walker) -> dict[str, Closing]:
    """What to do where an element ends."""
    main: dict[str, Closing] = {
        "t": walker.end_text, "p": walker.close_paragraph, "pPr": lambda: setattr(walker, "in_properties", False),
        "sdt": walker.controls.pop, "sdtContent": walker.end_content, "txbxContent": walker.end_box,
    }  # fmt: skip
    return {
        **_in(names.MAIN, main),
        **_in(names.MATHS, {"t": walker.end_text}),
        f"{names.CHOICES} AlternateContent": walker.choices.pop,
    }


def _tables(story: Story) -> tuple[dict[str, Opening], dict[str, Closing]]:
    """What to do where tables, their rows and cells begin and end."""
    begins: dict[str, Opening] = {
        "tbl": story.open_table, "tr": story.open_row,
        "gridBefore": lambda a: story.indent(names.value(a)),
        "gridSpan": lambda a: story.span(names.value(a)),
        "vMerge": lambda a: story.merged(names.value(a)),
    }  # fmt: skip
    ends: dict[str, Closing] = {"tbl": story.close_table, "tr": story.close_row, "tc": story.close_cell}
    return _in(names.MAIN, begins), _in(names.MAIN, ends)


def _in(spaces: tuple[str, ...], named: Mapping[str, Take]) -> dict[str, Take]:
    return {f"{space} {name}": take for space in spaces for name, take in named.items()}
