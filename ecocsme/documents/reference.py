"""A Word reference: of the shipped one or a person's own, the styles, lists, page, header and footer, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ecocsme.documents import reference_styles as styles_of
from ecocsme.documents.reference_parts import Carrier, Element, Package, clean
from ecocsme.documents.reference_styles import Key, Numbering
from ecocsme.documents.word_xml import R, W, name
from ecocsme.files import archives
from ecocsme.files.places import shipped
from ecocsme.files.text import read_bytes

NAME = "reference.docx"

_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}document"
_SETTINGS = frozenset(
    {
        *("mirrorMargins", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "autoHyphenation"),
        *("evenAndOddHeaders", "defaultTabStop", "characterSpacingControl", "compat", "clrSchemeMapping", "decimalSymbol", "listSeparator"),
    }
)
_SECTION = frozenset(
    {
        *("headerReference", "footerReference", "type", "pgSz", "pgMar", "pgBorders", "pgNumType", "cols", "vAlign", "titlePg"),
        *("textDirection", "bidi", "rtlGutter", "docGrid"),
    }
)
_A4 = {"w": 11906, "left": 1417, "right": 1417, "gutter": 0, "h": 16838, "top": 1417, "bottom": 1417}
_NARROWEST = 2000


@dataclass(frozen=True)
class Reference:
    """What a document takes over: parts as they are, and XML that the document completes.

    `related` are the relationships of the document to the parts, by ID: their kind and their name.
    """

    parts: Mapping[str, bytes]
    types: Mapping[str, str]
    related: Mapping[str, tuple[str, str]]
    styles: Element
    numbering: Element
    settings: Element
    section: Element
    bullets: Numbering
    numbers: Numbering
    ids: Mapping[Key, str]

    @property
    def first_number(self) -> int:
        """The first ID that a list of the document may have."""
        return styles_of.first_free_list(self.numbering)

    @property
    def width(self) -> int:
        """The width of the text on a page, in twentieths of a point."""
        size = _numbers(self.section, ("pgSz", "pgMar"))
        return max(size["w"] - size["left"] - size["right"] - size["gutter"], _NARROWEST)

    @property
    def height(self) -> int:
        """The height of the text on a page, in twentieths of a point."""
        size = _numbers(self.section, ("pgSz", "pgMar"))
        return max(size["h"] - size["top"] - size["bottom"], _NARROWEST)

    def style(self, kind: str, called: str) -> str:
        """The ID of a style by its kind and its name."""
        return self.ids[kind, called.lower()]


def open_reference(data: bytes, shown: str) -> Reference:
    """Open a Word reference; raise InvalidFile where it is damaged, holds a macro, or fetches anything."""
    package = Package(archives.members(data, shown, kind="Word file", linked=True), shown)
    package.check_all()
    main = next((target for kind, target in package.related("").values() if kind == "officeDocument"), "")
    document = package.xml(main)
    if document.tag == _STRICT:
        raise package.refusal("is saved as Strict Open XML", "save it as Word document (.docx), not as Strict Open XML document")
    if document.tag != name("document"):
        raise package.refusal("is no Word document", "use a file that Word has saved as .docx")
    carried = package.related(main)
    found = {kind: target for kind, target in carried.values() if kind in ("styles", "numbering", "settings")}
    styles = package.xml(found["styles"]) if "styles" in found else etree.Element(name("styles"), nsmap={"w": W})
    numbering = package.xml(found["numbering"]) if "numbering" in found else etree.Element(name("numbering"), nsmap={"w": W})
    settings = package.xml(found["settings"]) if "settings" in found else etree.Element(name("settings"), nsmap={"w": W})
    for root in (styles, numbering, settings, document):
        clean(root)
    _keep(settings, _SETTINGS)
    ids = _completed(styles)
    bullets, numbers = (styles_of.numbering_of(numbering, _shipped_part("numbering"), kind, styles) for kind in ("bullet", "decimal"))
    section = _section(document)
    carrier = Carrier(package)
    related = _carry(carrier, carried, section)
    return Reference(carrier.parts, carrier.types, related, styles, numbering, settings, section, bullets, numbers, ids)


def _completed(styles: Element) -> dict[Key, str]:
    lacking = styles_of.missing(styles_of.style_ids(styles))
    if lacking:
        styles_of.add_styles(styles, _shipped_part("styles"), lacking)
    return styles_of.style_ids(styles)


def _shipped_part(kind: str) -> Element:
    path = shipped() / "word" / NAME
    package = Package(archives.members(read_bytes(path, NAME), NAME, kind="Word file"), NAME)
    return package.xml(f"word/{kind}.xml")


def _carry(carrier: Carrier, carried: Mapping[str, tuple[str, str]], section: Element) -> dict[str, tuple[str, str]]:
    """Carry over theme, fonts, and the headers and footers that the section names; the section gets their new IDs."""
    related: dict[str, tuple[str, str]] = {}
    for kind, target in carried.values():
        if kind in ("theme", "fontTable"):
            related[kind] = (kind, carrier.carry(target, kind))
    for place in list(section):
        kind = etree.QName(place).localname.removesuffix("Reference")
        if kind in ("header", "footer"):
            known, target = carried.get(place.get(f"{{{R}}}id", ""), ("", ""))
            if known != kind:
                section.remove(place)
                continue
            key = f"{kind}{sum(1 for other in related.values() if other[0] == kind) + 1}"
            related[key] = (kind, carrier.carry(target, kind))
            place.set(f"{{{R}}}id", key)
    return related


def _section(document: Element) -> Element:
    """The page setup: size, margins, columns, and which header and footer stand where."""
    found = next(reversed(list(document.iter(name("sectPr")))), None)
    section = etree.Element(name("sectPr"), nsmap={"w": W, "r": R})
    if found is not None:
        section.extend(list(found))
    _keep(section, _SECTION)
    for element in section.iter(etree.Element):
        for key in list(element.attrib):
            if etree.QName(key).namespace not in (W, R):
                del element.attrib[key]
    return section


def _keep(root: Element, wanted: frozenset[str]) -> None:
    for child in list(root):
        if child.tag not in {name(local) for local in wanted}:
            root.remove(child)
    root.attrib.clear()


def _numbers(section: Element, tags: tuple[str, ...]) -> dict[str, int]:
    found = dict(_A4)
    for tag in tags:
        element = section.find(name(tag))
        for key in _A4:
            value = element.get(name(key), "") if element is not None else ""
            if value.isdigit():
                found[key] = int(value)
    return found
