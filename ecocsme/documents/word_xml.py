"""The XML that Word reads: its names, the one place where text becomes XML, and the package around it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_IMPOSSIBLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def text(value: str) -> str:
    """Write a text as XML, for elements and attributes, without the characters that XML cannot hold."""
    return escape(_IMPOSSIBLE.sub("", value))


def name(tag: str) -> str:
    """The full name of one of Word's elements or attributes, as lxml writes it."""
    return f"{{{W}}}{tag}"


def relationships(entries: Mapping[str, tuple[str, str]]) -> bytes:
    """Write a part's relationships: by ID its type and its target; a target with a colon lies outside."""
    lines = [
        f'<Relationship Id="{key}" Type="{kind if ":" in kind else f"{R}/{kind}"}" Target="{text(target)}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for key, (kind, target) in entries.items()
    ]
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{"".join(lines)}</Relationships>'.encode()


def content_types(types: Mapping[str, str]) -> bytes:
    """Write the list of content types, by part."""
    lines = [f'<Override PartName="/{text(part)}" ContentType="{text(kind)}"/>' for part, kind in sorted(types.items())]
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return (
        f'{HEAD}<Types xmlns="{TYPES}">{default}<Default Extension="xml" ContentType="application/xml"/>{"".join(lines)}</Types>'.encode()
    )


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Put parts into a package whose bytes depend on nothing but them."""
    stream = io.BytesIO()
    # not compressed: two builds of zlib may compress the same text to different bytes
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
        for part in sorted(parts, key=lambda part: (part != "[Content_Types].xml", part)):
            entry = zipfile.ZipInfo(part, _FIRST_DAY)
            entry.create_system = 0
            entry.external_attr = 0
            package.writestr(entry, parts[part])
    return stream.getvalue()
