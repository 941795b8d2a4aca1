"""Headers, footers and the pictures in them, taken over from a person's Word reference without what is private or fetches."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from ecocsme.documents.word_xml import RELATIONS, TYPES, R, name, relationships
from ecocsme.errors import InvalidFile, Problem, visible

Element = etree._Element  # noqa: SLF001  # lxml's type has no public name

_FIELDS = frozenset("PAGE NUMPAGES SECTION SECTIONPAGES TITLE SUBJECT STYLEREF DATE TIME HYPERLINK SYMBOL SEQ IF =".split())  # noqa: SIM905
_LINK = re.compile(r"(https?|mailto):", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|\\\\|//")
_PATH = re.compile(r"[A-Za-z]:\\|\\\\|/|file:", re.IGNORECASE)
_KEPT_INSIDE = ("ins", "moveTo")
_REMOVED = frozenset(
    {
        *("del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange", "tblGridChange"),
        *("numberingChange", "cellIns", "cellDel", "cellMerge", "commentRangeStart", "commentRangeEnd", "commentReference"),
        *("permStart", "permEnd", "proofErr", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic"),
        "numIdMacAtCleanup",  # would have to stay behind the lists that are added
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    }
)
_NAMING = {"name", "descr", "title", "alt"}
_FETCHING_DRAWING = re.compile(rb"(href|src)\s*=\s*[\"']\s*(?!#|data:|[\"'])|<script|@import|url\(\s*[\"']?(?!#)", re.IGNORECASE)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {kind: f"{_OFFICE}.wordprocessingml.{kind}+xml" for kind in ("header", "footer", "fontTable")} | {"theme": f"{_OFFICE}.theme+xml"}


class Package:
    """The members of a Word file, read by the names of their relationships."""

    def __init__(self, members: Mapping[str, bytes], shown: str) -> None:
        """Open the list of content types; raise InvalidFile where this is no Word file."""
        self._members, self._shown = members, shown
        self._names = {part.casefold(): part for part in members}
        types = self.xml("[Content_Types].xml")
        self._overrides = {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in types.iter(f"{{{TYPES}}}Override")}
        self._defaults = {one.get("Extension", "").lower(): one.get("ContentType", "") for one in types.iter(f"{{{TYPES}}}Default")}

    def refusal(self, message: str, cure: str = "open it in Word, save it again as .docx, and use that") -> InvalidFile:
        """Say what is wrong with this file."""
        return InvalidFile([Problem(self._shown, message, cure)])

    def xml(self, part: str) -> Element:
        """Parse a part; nothing is fetched and no entity is resolved."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(self.data(part), parser)
        except etree.XMLSyntaxError:
            raise self.refusal(f"is damaged: {visible(part, 80)} cannot be read") from None

    def data(self, part: str) -> bytes:
        """The bytes of a part; programs differ in the capitals and the escapes of its name."""
        named = self._names.get(part.casefold()) or self._names.get(unquote(part).casefold())
        if named is None:
            raise self.refusal(f"is damaged: {visible(part, 80)} is missing")
        return self._members[named]

    def type_of(self, part: str) -> str:
        """The content type of a part."""
        return self._overrides.get(part) or self._defaults.get(part.rpartition(".")[2].lower(), "")

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part: by ID the last word of the type, and the part or the address it leads to."""
        folder, base = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        if path not in self._members:
            return {}
        found = {}
        for one in self.xml(path).iter(f"{{{RELATIONS}}}Relationship"):
            kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
            if one.get("TargetMode", "").lower() == "external":
                self._check_outside(kind, target)
            else:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[one.get("Id", "")] = (kind, target)
        return found

    def check_all(self) -> None:
        """Raise InvalidFile if any part, used or not, leads to another computer."""
        for path in self._members:
            folder, base = posixpath.split(path)
            if base.endswith(".rels") and posixpath.basename(folder) == "_rels":
                self.related(posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels")))

    def _check_outside(self, kind: str, target: str) -> None:
        # the template it was made from is not carried over; a link is followed by a reader's own click only
        if kind not in ("hyperlink", "attachedTemplate"):
            what = "a picture" if kind == "image" else "something"
            raise self.refusal(f"fetches {what} from {visible(target, 100)}", "put it into the file itself instead of linking to it")


class Carrier:
    """Carries parts over under plain names, each with the pictures and links it needs and nothing else."""

    def __init__(self, package: Package) -> None:
        """Begin with nothing carried."""
        self.parts: dict[str, bytes] = {}
        self.types: dict[str, str] = {}
        self._package = package
        self._carried: dict[str, str] = {}

    def carry(self, part: str, kind: str) -> str:
        """Carry a part (`header`, `footer`, `theme`, `fontTable`) over; return its new name."""
        if part not in self._carried:
            count = sum(1 for new in self.parts if new.startswith(f"word/{kind}")) + 1
            new = self._carried[part] = f"word/{kind}{count}.xml"
            root = self._package.xml(part)
            clean(root)
            self._check_fields(root, kind)
            self._check_addresses(root, kind)
            entries = self._relations(part, root, kind)
            self.parts[new] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            self.types[new] = _TYPES[kind]
            if entries:
                self.parts[f"word/_rels/{kind}{count}.xml.rels"] = relationships(entries)
        return self._carried[part]

    def _relations(self, part: str, root: Element, kind: str) -> dict[str, tuple[str, str]]:
        used = {value for element in root.iter(etree.Element) for key, value in _attributes(element) if key.startswith(f"{{{R}}}")}
        used.discard("")
        related = self._package.related(part)
        entries = {}
        for key in sorted(used):
            what, target = related.get(key, ("", ""))
            if what == "image":
                entries[key] = (what, self._picture(target))
            elif what == "hyperlink" and _LINK.match(target):
                entries[key] = (what, target)
            else:
                held = (
                    f"the link {visible(target, 80)}" if what == "hyperlink" else "something that is neither text nor a picture nor a link"
                )
                raise self._package.refusal(f"its {kind} holds {held}", f"take it out of the {kind}")
        return entries

    def _picture(self, part: str) -> str:
        if part not in self._carried:
            data, content = self._package.data(part), self._package.type_of(part)
            if content == "image/svg+xml" and _FETCHING_DRAWING.search(data):
                raise self._package.refusal("holds a drawing (SVG) that fetches something", "save the drawing as PNG")
            if not content.startswith("image/"):
                raise self._package.refusal(f"holds a picture of an unknown kind: {visible(part, 80)}", "save the picture as PNG or JPEG")
            count = sum(1 for new in self.parts if new.startswith("word/media/")) + 1
            ending = re.sub("[^a-z0-9]", "", re.split("[+-]", content.removeprefix("image/"))[-1 if "x-" in content else 0])
            new = self._carried[part] = f"word/media/image{count}.{ending}"
            self.parts[new], self.types[new] = data, content
        return self._carried[part].removeprefix("word/")

    def _check_fields(self, root: Element, kind: str) -> None:
        for said in _fields(root):
            field = said.split()[0].upper() if said.split() else "="
            if field not in _FIELDS and not field.startswith("="):
                raise self._package.refusal(
                    f"its {kind} holds the field {visible(field, 40)}", f"take the field out of the {kind}, or write its text in its place"
                )

    def _check_addresses(self, root: Element, kind: str) -> None:
        """Refuse pictures that old drawings name by an address; other names that are paths on somebody's disk are dropped."""
        for element in root.iter(etree.Element):
            for key, value in _attributes(element):
                local = etree.QName(key).localname
                if local in ("src", "href") and _ELSEWHERE.match(value):
                    raise self._package.refusal(f"its {kind} fetches {visible(value, 100)}", f"put the picture itself into the {kind}")
                if local in _NAMING and _PATH.match(value):
                    element.set(key, "")


def _attributes(element: Element) -> list[tuple[str, str]]:
    return [(str(key), str(value)) for key, value in element.items()]


def clean(root: Element) -> None:
    """Accept tracked changes and remove comments, with the names of whoever made them."""
    for element in list(root.iter(etree.Element)):
        # drawings have elements of the same names in a namespace of their own
        local = etree.QName(element).localname if element.tag.startswith(name("")) else ""
        if local in _REMOVED:
            _replace(element, [])
        elif local in _KEPT_INSIDE:
            _replace(element, list(element))
        for key, _ in _attributes(element):
            if etree.QName(key).localname in ("author", "initials", "userId"):
                del element.attrib[key]


def _replace(element: Element, others: list[Element]) -> None:
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = others


def _fields(root: Element) -> Iterator[str]:
    """What every field of a part says, also where it is split over runs or stands inside another field."""
    open_fields: list[list[str]] = []
    for element in root.iter(name("fldSimple"), name("fldChar"), name("instrText")):
        kind = element.get(name("fldCharType"))
        if element.tag == name("fldSimple"):
            yield element.get(name("instr"), "")
        elif element.tag == name("instrText"):
            open_fields = open_fields or [[]]
            open_fields[-1].append(element.text or "")
        elif kind == "begin":
            open_fields.append([])
        elif kind == "end" and open_fields:
            yield "".join(open_fields.pop())
    yield from ("".join(said) for said in open_fields)
