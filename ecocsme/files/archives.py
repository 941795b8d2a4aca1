"""ZIP containers (Excel, Word, OpenDocument) from strangers: opened within limits, or refused in plain words.

Nothing that a header claims is trusted: sizes and checksums are those of the bytes that really come out, and every
byte of the file belongs to one member only. Nothing is ever written to a disk, fetched or run.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ecocsme.errors import InvalidFile, visible
from ecocsme.files.archive_contents import Markup, Refusal, refuse_links, refuse_macros

MAX_MEMBERS = 1_000
MAX_INFLATED = 200_000_000
MAX_RATIO = 100
RATIO_ABOVE = 100_000  # smaller members may be as repetitive as they like

_STEP = 1 << 16
_LONGEST_LIST = 2_000_000  # bytes of a list of relationships or content types
_LOCAL = struct.Struct("<4s22xHH")
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_COUNTED_ELSEWHERE = 0xFFFF  # very large containers have a second record
_XML = re.compile(r"\.(xml|rels|vml|rdf)\Z", re.IGNORECASE)
_MACRO_NAME = re.compile(r"(^|/)(vbaproject[^/]*|vbadata\.xml|(intl)?macrosheets/.*|(basic|scripts)/.+)\Z", re.IGNORECASE)


def members(data: bytes, shown: str, *, kind: str = "Word file", linked: bool = False) -> dict[str, bytes]:
    """Inflate all members of a container by name; raise InvalidFile where it is a bomb, damaged or not safe."""
    container = opened(data, shown, kind=kind, linked=linked)
    return {name: container.read(name) for name in container.names}


def opened(data: bytes, shown: str, *, kind: str, linked: bool = False) -> Container:
    """Check every member of a container and keep none; raise InvalidFile where it is a bomb, damaged or not safe.

    `linked` allows relationships that point outside of the file, for readers that never follow them; hyperlinks are
    always allowed.
    """
    refusal = Refusal(shown, kind)
    container = Container(refusal, _found(data, refusal))
    total = 0
    for name in container.names:
        total += container.checked(name, MAX_INFLATED - total, linked=linked)
    return container


@dataclass(frozen=True)
class Container:
    """A container whose members were all checked; each is inflated when it is asked for."""

    refusal: Refusal
    found: Mapping[str, tuple[zipfile.ZipInfo, memoryview]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its members, in the order in which they lie in the file."""
        return tuple(self.found)

    def read(self, name: str) -> bytes:
        """Inflate one member."""
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """Inflate one member piece by piece, so that a large one never fills the memory."""
        info, packed = self.found[name]
        return _pieces(packed, info, self.refusal)

    def damaged(self, detail: str) -> InvalidFile:
        """The refusal of a container in which a reader has found something wrong."""
        return self.refusal.damaged(detail)

    def checked(self, name: str, left: int, *, linked: bool) -> int:
        """Inflate a member without keeping it and refuse what is wrong with it; return its size."""
        info, packed = self.found[name]
        size = checksum = 0
        markup = Markup(name, self.refusal) if _XML.search(name) else None
        for piece in self.pieces(name):
            size += len(piece)
            if size > RATIO_ABOVE and size > MAX_RATIO * len(packed):
                raise self.refusal.bomb(f"{visible(name, 60)} inflates more than {MAX_RATIO} times")
            if size > left:
                raise self.refusal.bomb(f"it inflates to more than {MAX_INFLATED // 1_000_000} MB")
            checksum = zlib.crc32(piece, checksum)
            if markup:
                markup.take(piece)
        if size != info.file_size or checksum != info.CRC:
            raise self.refusal.damaged(f"{visible(name, 60)} is not what was saved")
        self._refuse_listed(name.lower(), name, size, linked=linked)
        return size

    def _refuse_listed(self, lower: str, name: str, size: int, *, linked: bool) -> None:
        types, relations = lower == "[content_types].xml", lower.endswith(".rels")
        if (types or relations) and size > _LONGEST_LIST:
            raise self.refusal.damaged(f"{visible(name, 60)} is far too long")
        if types:
            refuse_macros(self.read(name), self.found, self.refusal)
        if relations and not linked:
            refuse_links(self.read(name), name, self.refusal)


def _found(data: bytes, refusal: Refusal) -> dict[str, tuple[zipfile.ZipInfo, memoryview]]:
    """Find every member and its packed bytes; names, number, overlaps and passwords are looked at before any is inflated."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        protected = "EncryptedPackage".encode("utf-16-le") in data
        message = "is protected by a password" if protected else "is in the old format of Office (.doc, .xls)"
        raise refusal(message, f"save it as {refusal.ending} without a password" if protected else f"save it as {refusal.ending}")
    infos, end = _directory(data, refusal)
    _refuse_names(infos, refusal)
    view = memoryview(data)
    free = 0
    found = {}
    for info in sorted(infos, key=lambda member: member.header_offset):
        start = _start(data, info, refusal)
        if info.header_offset < free or start + info.compress_size > end:
            raise refusal.bomb("its parts overlap")
        free = start + info.compress_size
        found[info.filename] = (info, view[start:free])
    return found


def _directory(data: bytes, refusal: Refusal) -> tuple[list[zipfile.ZipInfo], int]:
    """The members that a container lists, and where the list begins."""
    many = f"it holds more than {MAX_MEMBERS:,} parts"
    # counted before it is read: a million entries would take a while
    if data.count(b"PK\x01\x02") > 10 * MAX_MEMBERS:
        raise refusal.bomb(many)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos, end = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OverflowError):
        raise refusal.damaged(f"it is no complete {refusal.kind}") from None
    if len(infos) > MAX_MEMBERS:
        raise refusal.bomb(many)
    # zipfile does not mind when one entry of the list swallows the next
    last = data.rfind(b"PK\x05\x06")
    if int.from_bytes(data[last + 10 : last + 12], "little") not in (len(infos), _COUNTED_ELSEWHERE):
        raise refusal.damaged("its table of contents does not fit")
    return infos, end


def _refuse_names(infos: Iterable[zipfile.ZipInfo], refusal: Refusal) -> None:
    seen: set[str] = set()
    for info in infos:
        name = info.orig_filename
        inner = name.removesuffix("/").split("/")
        if not name.isprintable() or "\\" in name or ":" in name or any(part in ("", ".", "..") for part in inner):
            raise refusal(f"a part of it has an unsafe name ({visible(name, 60)})")
        if name.casefold() in seen:
            raise refusal.damaged(f"two of its parts have the same name ({visible(name, 60)})")
        seen.add(name.casefold())
        if info.flag_bits & _ENCRYPTED:
            raise refusal("is protected by a password", f"save it as {refusal.ending} without a password")
        if _MACRO_NAME.search(name):
            raise refusal.macro()


def _start(data: bytes, info: zipfile.ZipInfo, refusal: Refusal) -> int:
    """Where the packed bytes of a member begin, by its own header; its name must be the one of the directory."""
    try:
        sign, name_length, extra_length = _LOCAL.unpack_from(data, info.header_offset)
    except struct.error:
        raise refusal.damaged("a part of it is missing") from None
    begins = info.header_offset + _LOCAL.size
    encoding = "utf-8" if info.flag_bits & _UTF8_NAME else "cp437"
    name = data[begins : begins + name_length].decode(encoding, "replace")
    if sign != b"PK\x03\x04" or name != info.orig_filename:
        raise refusal.damaged("its table of contents does not fit")
    return begins + int(name_length) + int(extra_length)


def _pieces(packed: memoryview, info: zipfile.ZipInfo, refusal: Refusal) -> Iterator[bytes]:
    shown = visible(info.filename, 60)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refusal.damaged(f"{shown} is packed in a way that Office does not use")
    taken = (bytes(packed[start : start + _STEP]) for start in range(0, len(packed), _STEP))
    # folders are empty members that some programs call compressed
    if info.compress_type == zipfile.ZIP_STORED or not (packed or info.file_size):
        yield from taken
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for waiting in chain(taken, (b"",)):  # at last what zlib still holds back
            yield from _inflated(inflate, waiting)
            if inflate.unused_data:
                break
    except zlib.error:
        raise refusal.damaged(f"{shown} cannot be unpacked") from None
    if not inflate.eof or inflate.unused_data:
        raise refusal.damaged(f"{shown} is cut off")


def _inflated(inflate: Any, waiting: bytes) -> Iterator[bytes]:
    while piece := inflate.decompress(waiting, _STEP):
        yield piece
        waiting = inflate.unconsumed_tail
