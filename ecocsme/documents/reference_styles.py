"""The styles and lists of a Word reference: those that our documents need are found by name, or added from the shipped reference."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from ecocsme.documents.word_xml import W, name

Element = etree._Element  # noqa: SLF001  # lxml's type has no public name
Key = tuple[str, str]

NEEDED: tuple[Key, ...] = (
    *(("paragraph", f"heading {level}") for level in range(1, 7)),
    *(
        ("paragraph", style)
        for style in ("List Bullet", "List Number", "Quote", "Letterhead", "Small", "Sign", "Sign Words", "Table Text", "Source Code")
    ),
    *(("character", style) for style in ("Hyperlink", "Cross-Reference", "Verbatim Char")),
    ("table", "Table"),
)
_LEVELS = 9
_KINDS = {"bullet": "List Bullet", "decimal": "List Number"}


@dataclass(frozen=True, slots=True)
class Numbering:
    """A definition of lists: its ID, and how far each level is indented."""

    abstract: int
    indents: tuple[int, ...]


def style_ids(styles: Element) -> dict[Key, str]:
    """The ID of every style by its kind and its name in small letters, as programs differ in capitals."""
    found: dict[Key, str] = {}
    for style in styles.iterchildren(name("style")):
        called = style.find(name("name"))
        if called is not None:
            key = (style.get(name("type"), "paragraph"), called.get(name("val"), "").lower())
            found.setdefault(key, style.get(name("styleId"), ""))
    return found


def missing(ids: dict[Key, str]) -> tuple[Key, ...]:
    """The styles that our documents need and this reference does not have."""
    return tuple(key for key in NEEDED if (key[0], key[1].lower()) not in ids)


def add_styles(styles: Element, ours: Element, wanted: Sequence[Key]) -> None:
    """Add styles of ours, each based on the style of the same name where there is one."""
    theirs, our_ids = style_ids(styles), style_ids(ours)
    named = {style_id: key for key, style_id in our_ids.items()}
    by_id = {style.get(name("styleId")): style for style in ours.iterchildren(name("style"))}
    for kind, called in wanted:
        style = copy.deepcopy(by_id[our_ids[kind, called.lower()]])
        taken = set(theirs.values())
        new_id = our_ids[kind, called.lower()]
        while new_id in taken:
            new_id += "x"
        style.set(name("styleId"), new_id)
        for tag in ("basedOn", "next", "link"):
            _follow(style, tag, named, theirs)
        for number in style.iter(name("numPr")):
            _drop(number)
        styles.append(style)
        theirs[kind, called.lower()] = new_id


def _follow(style: Element, tag: str, named: dict[str, Key], theirs: dict[Key, str]) -> None:
    link = style.find(name(tag))
    if link is None:
        return
    target = theirs.get(named.get(link.get(name("val"), ""), ("", "")))
    if target is None:
        style.remove(link)
    else:
        link.set(name("val"), target)


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def set_language(styles: Element, tag: str) -> None:
    """Make a language that of the whole document; no style may speak another."""
    for lang in list(styles.iter(name("lang"))):
        _drop(lang)
    defaults = _child(styles, "docDefaults", first=True)
    properties = _child(_child(defaults, "rPrDefault", first=True), "rPr", first=True)
    lang = etree.Element(name("lang"))
    lang.set(name("val"), tag)
    lang.set(name("eastAsia"), tag)
    lang.set(name("bidi"), tag)
    after = [child for child in properties if etree.QName(child).localname in ("eastAsianLayout", "specVanish", "oMath")]
    properties.insert(properties.index(after[0]) if after else len(properties), lang)


def _child(parent: Element, tag: str, *, first: bool) -> Element:
    found = parent.find(name(tag))
    if found is None:
        found = etree.Element(name(tag), nsmap={"w": W})
        parent.insert(0 if first else len(parent), found)
    return found


def numbering_of(numbering: Element, ours: Element, kind: str, styles: Element) -> Numbering:
    """The definition of lists of a kind (bullet or decimal): that of the reference's list style if it knows nine levels, else ours."""
    theirs = _of_style(numbering, styles, _KINDS[kind])
    if theirs is not None and _format(theirs) == kind:
        return _described(theirs)
    added = copy.deepcopy(next(one for one in _definitions(ours) if _format(one) == kind))
    taken = {_int(one.get(name("abstractNumId"))) for one in _definitions(numbering)}
    added.set(name("abstractNumId"), str(max(taken, default=-1) + 1))
    for style in list(added.iter(name("pStyle"))):
        _drop(style)
    # definitions stand before the lists that use them
    first = numbering.find(name("num"))
    numbering.insert(numbering.index(first) if first is not None else len(numbering), added)
    return _described(added)


def add_list(numbering: Element, list_id: int, abstract: int, level: int, start: int | None) -> None:
    """Declare a list; one of numbers starts where it is told to."""
    made = etree.Element(name("num"), {name("numId"): str(list_id)})
    etree.SubElement(made, name("abstractNumId"), {name("val"): str(abstract)})
    if start is not None:
        override = etree.SubElement(made, name("lvlOverride"), {name("ilvl"): str(level)})
        etree.SubElement(override, name("startOverride"), {name("val"): str(start)})
    numbering.append(made)


def first_free_list(numbering: Element) -> int:
    """The first ID that no list has."""
    return max((_int(num.get(name("numId"))) for num in numbering.iterchildren(name("num"))), default=0) + 1


def _definitions(numbering: Element) -> Iterator[Element]:
    return numbering.iterchildren(name("abstractNum"))


def _of_style(numbering: Element, styles: Element, called: str) -> Element | None:
    style_id = style_ids(styles).get(("paragraph", called.lower()))
    style = next((one for one in styles.iterchildren(name("style")) if one.get(name("styleId")) == style_id), None)
    number = style.find(f"{name('pPr')}/{name('numPr')}/{name('numId')}") if style is not None else None
    if number is None:
        return None
    used = next((num for num in numbering.iterchildren(name("num")) if num.get(name("numId")) == number.get(name("val"))), None)
    link = used.find(name("abstractNumId")) if used is not None else None
    if link is None:
        return None
    found = next((one for one in _definitions(numbering) if one.get(name("abstractNumId")) == link.get(name("val"))), None)
    return found if found is not None and len(found.findall(name("lvl"))) == _LEVELS else None


def _format(definition: Element) -> str:
    found = definition.find(f"{name('lvl')}/{name('numFmt')}")
    return found.get(name("val"), "") if found is not None else ""


def _described(definition: Element) -> Numbering:
    indents = []
    for level in definition.iterchildren(name("lvl")):
        indent = level.find(f"{name('pPr')}/{name('ind')}")
        left = (indent.get(name("left")) or indent.get(name("start"))) if indent is not None else None
        indents.append(_int(left))
    return Numbering(_int(definition.get(name("abstractNumId"))), tuple(indents))


def _int(value: str | None) -> int:
    return int(value) if value and re.fullmatch(r"-?[0-9]{1,9}", value) else 0
