"""What the fuzz recipe does to a sheet: to its bytes, to the parts of its container, to the nodes of its XML; the seed says what."""

from __future__ import annotations

import io
import random
import warnings
import zipfile
from collections.abc import Callable, Sequence

from lxml import etree

_BYTES = (
    b"\0",
    b"\xff",
    b'"',
    b"<",
    b"&",
    b"\xc2",
    b"\r",
    b"\n",
    b";",
    b",",
    b"\t",
    b"|",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"]]>",
    b"# ",
    b"- ",
    b"```\n",
)
_NUMBERS = (
    "-1",
    "0",
    "1e9",
    "65535",
    "2147483648",
    "99999999999999999999",
    "9" * 5000,
    "NaN",
    "",
    "x",
    "A0",
    "XFE1",
    "A1:XFD1048576",
    "0.5",
    "\u0663",
)
_TEXTS = ("", " ", "q1", "=1+1", "_x0000_", "_xD800_", "\u202e", "\u200b", "x" * 40_000, "lab-1/q9/t99/r9", "Masa 999", "]]>", "-1")
_PARSER = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)  # what was wrapped before is deep
_Parts = list[tuple[str, bytes]]


def mutated(data: bytes, seed: int, *, zipped: bool) -> bytes:
    """Damage a file in one to four ways; of a container mostly its parts, which are packed again with the right sums."""
    chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
    if not zipped or chance.random() < 0.1:  # of ten containers one is damaged from outside
        return torn(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts = [(name, container.read(name)) for name in container.namelist()]
    for _ in range(chance.randint(1, 3)):
        parts = _repacked(parts, chance)
    return _packed(parts)


def torn(data: bytes, chance: random.Random) -> bytes:
    """Damage bytes in one to four ways."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_ON_BYTES)(data, chance)
    return data


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 2, 5, 20, 200)))


def _flipped(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def _inserted(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_BYTES) * chance.choice((1, 1, 1, 2, 50)) + data[at:]


def _cut_out(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 1, 3, 40)) + data[end:]


def _swapped(data: bytes, chance: random.Random) -> bytes:
    (a, b), (c, d) = sorted((_span(data, chance), _span(data, chance)))
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


_ON_BYTES: Sequence[Callable[[bytes, random.Random], bytes]] = (_flipped, _inserted, _cut_out, _truncated, _doubled, _swapped)


def _repacked(parts: _Parts, chance: random.Random) -> _Parts:
    """Damage one part of a container, leave it out, take it twice, or exchange it for another."""
    if not parts:
        return parts
    at = chance.randrange(len(parts))
    name, data = parts[at]
    kind = chance.randrange(20)
    if kind == 0:
        return [*parts[:at], *parts[at + 1 :]]
    if kind == 1:
        return [*parts, (name, torn(data, chance))]
    if kind == 2:  # the third of the ways
        return [*parts[:at], (name, chance.choice(parts)[1]), *parts[at + 1 :]]
    if kind == 3:  # the fourth
        return [*parts[:at], (torn(name.encode(), chance).decode("utf-8", "replace") or "x", data), *parts[at + 1 :]]
    return [*parts[:at], (name, torn(data, chance) if kind < 6 else _grown(data, chance)), *parts[at + 1 :]]  # two in twenty


def _packed(parts: _Parts) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        warnings.simplefilter("ignore")  # a name that is there twice is what is meant
        for name, data in parts:
            container.writestr(name.replace("\0", "x"), data)
    return stream.getvalue()


def _grown(data: bytes, chance: random.Random) -> bytes:
    """Damage XML so that it stays XML: nodes, attributes and texts; other parts are damaged as bytes."""
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError:
        return torn(data, chance)
    for _ in range(chance.randint(1, 3)):
        nodes = [node for node in root.iter() if isinstance(node.tag, str)]
        chance.choice(_ON_NODES)(chance.choice(nodes), nodes, chance)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


Node = etree._Element  # lxml names its nodes nowhere else


def _gone(node: Node, _: Sequence[Node], __: random.Random) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _repeated(node: Node, _: Sequence[Node], chance: random.Random) -> None:
    parent = node.getparent()
    for _turn in range(chance.choice((1, 1, 2, 60)) if parent is not None else 0):
        parent.insert(parent.index(node), etree.fromstring(etree.tostring(node, with_tail=False), _PARSER))


def _moved(node: Node, nodes: Sequence[Node], chance: random.Random) -> None:
    other = chance.choice(nodes)
    if node.getparent() is not None and node not in (other, *other.iterancestors()):
        other.insert(chance.randrange(len(other) + 1), node)


def _wrapped(node: Node, nodes: Sequence[Node], chance: random.Random) -> None:
    parent, tag = node.getparent(), chance.choice(nodes).tag
    if parent is None:
        return
    place = outer = etree.Element(tag)
    for _turn in range(chance.choice((0, 0, 3, 300))):
        place = etree.SubElement(place, tag)
    parent.replace(node, outer)
    place.append(node)


def _renamed(node: Node, nodes: Sequence[Node], chance: random.Random) -> None:
    node.tag = chance.choice(nodes).tag if chance.random() < 0.8 else "x"  # mostly a name that means something


def _counted(node: Node, _: Sequence[Node], chance: random.Random) -> None:
    if node.attrib:
        node.set(chance.choice(list(node.attrib)), chance.choice(_NUMBERS))


def _other_key(node: Node, nodes: Sequence[Node], chance: random.Random) -> None:
    keys = [key for other in (node, *chance.sample(nodes, min(len(nodes), 9))) for key in other.attrib]
    if not keys:
        return
    value = node.attrib.pop(chance.choice(list(node.attrib)), "1") if node.attrib else chance.choice(_NUMBERS)
    node.set(chance.choice(keys), value)


def _other_text(node: Node, _: Sequence[Node], chance: random.Random) -> None:
    node.text = chance.choice((*_TEXTS, *_NUMBERS))


_ON_NODES: Sequence[Callable[[Node, Sequence[Node], random.Random], None]] = (
    _gone, _repeated, _moved, _wrapped, _renamed, _counted, _counted, _other_key, _other_text,
)  # fmt: skip
