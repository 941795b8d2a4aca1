"""Pictures in a document: the code of an answer sheet as a QR code, and the emblem of a programme."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ecocsme.errors import UnknownName
from ecocsme.files.places import Shelves
from ecocsme.files.text import read_bytes

ROOM, ENDING = "emblems", ".png"
MILLIMETRE = 36_000  # in the units of Word's drawings

_PNG = b"\x89PNG\r\n\x1a\n"
_QUIET = 4  # the white modules around a code that readers ask for
_DOTS = 8  # of each module
_MODULE = 0.38  # mm; a telephone reads it from a hand’s breadth
_EMBLEM_HEIGHT = 10.0  # mm; programmes ask for an emblem of at least 1 cm
_STORED = 65_535  # the bytes that a block of deflate can hold as they are


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG file with its width and height on paper, in mm."""

    data: bytes
    width: float
    height: float


def picture(source: str, shelves: Shelves) -> Picture:
    """Draw or find what stands after `![...](`: `qr:TEXT` or `emblem:NAME`; raise UnknownName for an emblem that no folder has."""
    kind, _, name = source.partition(":")
    return SOURCES[kind](name, shelves)


def _code(said: str, _: Shelves) -> Picture:
    """A QR code of large modules that bears a small stain: a seventh of it may be lost."""
    import segno

    code = segno.make(said, error="m", micro=False, boost_error=False)
    rows = code.matrix_iter(scale=_DOTS, border=_QUIET)
    width = _MODULE * code.symbol_size(border=_QUIET)[0]
    return Picture(_png([bytes(0 if dot else 255 for dot in row) for row in rows]), width, width)


def _emblem(name: str, shelves: Shelves) -> Picture:
    path = shelves.find(ROOM, f"{name}{ENDING}")
    if path is None:
        raise UnknownName("emblem", name, shelves.names(ROOM, ENDING))
    data = read_bytes(path, f"{ROOM}/{name}{ENDING}")
    width, height = struct.unpack(">II", data[16:24])
    return Picture(data, _EMBLEM_HEIGHT * width / height, _EMBLEM_HEIGHT)


SOURCES: Mapping[str, Callable[[str, Shelves], Picture]] = {"qr": _code, "emblem": _emblem}


def _png(rows: Iterable[bytes]) -> bytes:
    """Write rows of dots, black or white, as a PNG file.

    Two builds of zlib may compress the same dots to different bytes: they are packed eight to a byte, and not compressed.
    """
    lines = list(rows)
    packed = b"".join(b"\0" + _bits(line) for line in lines)
    blocks = [packed[at : at + _STORED] for at in range(0, len(packed), _STORED)]
    stored = b"".join(
        struct.pack("<BHH", number == len(blocks), len(block), len(block) ^ 0xFFFF) + block for number, block in enumerate(blocks, 1)
    )
    data = b"\x78\x01" + stored + struct.pack(">I", zlib.adler32(packed))
    head = struct.pack(">IIBBBBB", len(lines[0]), len(lines), 1, 0, 0, 0, 0)
    return _PNG + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _bits(line: bytes) -> bytes:
    wide = -(-len(line) // 8)
    bits = "".join("1" if dot else "0" for dot in line).ljust(8 * wide, "0")
    return int(bits, 2).to_bytes(wide, "big")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
