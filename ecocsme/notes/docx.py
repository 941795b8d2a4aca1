"""Read Word documents: headings say what is answered, paragraphs and list items below them are answers, tables are tables.

The text is what Word shows once all changes are accepted. Nothing is fetched, evaluated or unfolded; whatever holds
text and is no answer is named.
"""

from __future__ import annotations

from collections.abc import Iterable

from ecocsme.errors import visible
from ecocsme.files.archives import Container, opened
from ecocsme.files.places import Shelves
from ecocsme.notes import docx_styles
from ecocsme.notes.docx_beside import beside
from ecocsme.notes.docx_body import Body
from ecocsme.notes.docx_flow import Flow
from ecocsme.notes.docx_names import MAIN
from ecocsme.notes.docx_walk import walk
from ecocsme.notes.grid import Hints, Sheet, refusal
from ecocsme.notes.xlsx_parts import Relation, member_of, relations

_ROOTS = frozenset(f"{space} document" for space in MAIN)
_PAGE = ("header", "footer")


def read_docx(data: bytes, shown: str, hints: Hints) -> Sheet:
    """Read the answers of a Word document; raise InvalidFile where it is damaged, not safe, or no document at all."""
    # links to what lies outside are allowed, because nobody here follows them
    container = opened(data, shown, kind="Word file", linked=True)
    member = _main(container, shown)
    related = relations(container, member)
    by_kind = {relation.kind: member_of(container, relation.target) for relation in related.values()}
    flow = Flow(shown, hints)
    body = Body(flow, docx_styles.read(container, by_kind.get("styles")), {key: one.target for key, one in related.items()})
    if walk(container, member, body) not in _ROOTS:
        raise refusal(shown, "is no Word document, whatever its name says", "save it as .docx in Word, or give it its right ending")
    for one in beside(container, related.values()):
        if flow.ours and one.kind in _PAGE:
            flow.header(one.text, one.address)
        else:
            flow.skip(one.text, one.address, one.reason)
    others = [one for key, one in related.items() if key not in body.ours]
    pictures = _pictures(container, others) - (_printed(container, others) if flow.ours else 0)
    if pictures:
        flow.said.append(f"{pictures} pictures were not read; if answers stand on them, type these")
    return flow.sheet()


def _main(container: Container, shown: str) -> str:
    target = next((r.target for r in relations(container, "").values() if r.kind == "officeDocument"), "word/document.xml")
    member = member_of(container, target)
    if member is None or not member.lower().endswith(".xml"):
        what = f"has no text ({visible(target, 60)} is missing)" if member is None else "is no Word document, whatever its name says"
        raise refusal(shown, what, "save it as .docx in Word, or give it its right ending")
    return member


def _pictures(container: Container, related: Iterable[Relation]) -> int:
    return len({relation.target for relation in related if relation.kind == "image" and member_of(container, relation.target)})


def _printed(container: Container, related: Iterable[Relation]) -> int:
    """How many of the pictures are emblems that we print ourselves, whatever program has saved them since."""
    shelves = Shelves()
    paths = (shelves.find("emblems", f"{name}.png") for name in shelves.names("emblems", ".png"))
    ours = {path.read_bytes() for path in paths if path is not None}
    targets = {member for one in related if one.kind == "image" and (member := member_of(container, one.target))}
    return sum(container.read(member) in ours for member in targets)
