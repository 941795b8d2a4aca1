"""Pack the parts of an Office file into a ZIP container: the same parts give the same bytes, on any machine, at any time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_TYPES = "[Content_Types].xml"


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts by name, the list of content types first; nothing is compressed, for versions of zlib differ."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as container:
        for name in sorted(parts, key=lambda part: (part != _TYPES, part)):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system = 0
            entry.external_attr = 0
            container.writestr(entry, parts[name])
    return stream.getvalue()
