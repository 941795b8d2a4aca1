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
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from ecocsme.errors import InvalidFile, Problem, visible

MAX_MEMBERS = 1_000
MAX_INFLATED = 200_000_000
MAX_RATIO = 100
RATIO_ABOVE = 100_000  # smaller members may be as repetitive as they like
MAX_DEPTH = 200  # elements inside elements

_STEP = 1 << 16
_LONGEST_LIST = 2_000_000  # bytes of a list of relationships or content types
_ENDINGS = {"Word file": ".docx", "Excel workbook": ".xlsx", "OpenDocument sheet": ".ods"}
_LOCAL = struct.Struct("<4s22xHH")
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_XML = re.compile(r"\.(xml|rels|vml|rdf)\Z", re.IGNORECASE)
_MACRO_NAME = re.compile(r"(^|/)(vbaproject[^/]*|vbadata\.xml|(intl)?macrosheets/.*|(basic|scripts)/.+)\Z", re.IGNORECASE)
_MACRO_TYPE = re.compile(r"macroenabled|vbaproject|macrosheet", re.IGNORECASE)
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_DECLARED = re.compile(rb"""[^<]{0,9}<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"'>]{1,40})["']""")
_ENCODINGS = frozenset({b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1"})


def members(data: bytes, shown: str, *, kind: str = "Word file", linked: bool = False) -> dict[str, bytes]:
    """Inflate all members of a container by name; raise InvalidFile where it is a bomb, damaged or not safe."""
    container = opened(data, shown, kind=kind, linked=linked)
    return {name: container.read(name) for name in container.names}


def opened(data: bytes, shown: str, *, kind: str, linked: bool = False) -> Container:
    """Check every member of a container and keep none; raise InvalidFile where it is a bomb, damaged or not safe.

    `linked` allows relationships that point outside of the file, for readers that never follow them; hyperlinks are
    always allowed.
    """
    refusal = _Refusal(shown, kind)
    container = Container(refusal, _found(data, refusal))
    total = 0
    for name in container.names:
        total += container.checked(name, MAX_INFLATED - total, linked=linked)
    return container


class _Refusal:
    """Words the refusals of one file."""

    def __init__(self, shown: str, kind: str) -> None:
        self.shown = shown
        self.kind = kind
        self.ending = _ENDINGS.get(kind, "a file of its own kind")

    def __call__(self, message: str, cure: str = "") -> InvalidFile:
        again = f"open it, save it again as {self.ending}, and use that"
        return InvalidFile([Problem(self.shown, message, cure or again)])

    def damaged(self, detail: str) -> InvalidFile:
        return self(f"is damaged: {detail}")

    def bomb(self, detail: str) -> InvalidFile:
        return self(f"is packed like a ZIP bomb: {detail}")

    def macro(self) -> InvalidFile:
        return self("holds a macro", f"save it as {self.ending} without macros")


@dataclass(frozen=True)
class Container:
    """A container whose members were all checked; each is inflated when it is asked for."""

    refusal: _Refusal
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
        markup = _Markup(name, self.refusal) if _XML.search(name) else None
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
            _refuse_macros(self.read(name), self.found, self.refusal)
        if relations and not linked:
            _refuse_links(self.read(name), name, self.refusal)


def _found(data: bytes, refusal: _Refusal) -> dict[str, tuple[zipfile.ZipInfo, memoryview]]:
    """Find every member and its packed bytes; names, number, overlaps and passwords are looked at before any is inflated."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        protected = "EncryptedPackage".encode("utf-16-le") in data
        message = "is protected by a password" if protected else "is in the old format of Office (.doc, .xls)"
        raise refusal(message, f"save it as {refusal.ending} without a password" if protected else f"save it as {refusal.ending}")
    # the directory is counted before it is read: a million entries would take a while
    infos: list[zipfile.ZipInfo] = []
    end = 0
    many = data.count(b"PK\x01\x02") > 10 * MAX_MEMBERS
    if not many:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos, end = archive.infolist(), archive.start_dir
        except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OverflowError):
            raise refusal.damaged(f"it is no complete {refusal.kind}") from None
    if many or len(infos) > MAX_MEMBERS:
        raise refusal.bomb(f"it holds more than {MAX_MEMBERS:,} parts")
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


def _refuse_names(infos: Iterable[zipfile.ZipInfo], refusal: _Refusal) -> None:
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


def _start(data: bytes, info: zipfile.ZipInfo, refusal: _Refusal) -> int:
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


def _pieces(packed: memoryview, info: zipfile.ZipInfo, refusal: _Refusal) -> Iterator[bytes]:
    steps = range(0, len(packed), _STEP)
    if not packed and not info.file_size:
        return
    if info.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[start : start + _STEP]) for start in steps)
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise refusal.damaged(f"{visible(info.filename, 60)} is packed in a way that Office does not use")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in steps:
            waiting = bytes(packed[start : start + _STEP])
            # zlib may hold back what does not fit into a piece even when all its input is taken
            while waiting or not start + _STEP < len(packed):
                piece = inflate.decompress(waiting, _STEP)
                waiting = inflate.unconsumed_tail
                if piece:
                    yield piece
                elif not waiting:
                    break
    except zlib.error:
        raise refusal.damaged(f"{visible(info.filename, 60)} cannot be unpacked") from None
    if not inflate.eof or inflate.unused_data:
        raise refusal.damaged(f"{visible(info.filename, 60)} is cut off")


class _Markup:
    """Looks at an XML member as it comes out: no document type, no entity, no exotic encoding."""

    def __init__(self, name: str, refusal: _Refusal) -> None:
        self.name = name
        self.refusal = refusal
        self.wide: bool | None = None
        self.before = b""

    def take(self, piece: bytes) -> None:
        first = self.wide is None
        if first:
            # UTF-16 and UTF-32 hold the same signs with zero bytes between them
            self.wide = b"\0" in piece[:4] or piece[:2] in (b"\xff\xfe", b"\xfe\xff")
        seen = self.before + (piece.replace(b"\0", b"") if self.wide else piece)
        if _FORBIDDEN.search(seen):
            raise self.refusal("holds a document type (DOCTYPE), which no Office program writes")
        declared = _DECLARED.match(seen) if first else None
        if declared and declared[1].lower() not in _ENCODINGS:
            raise self.refusal.damaged(f"{visible(self.name, 60)} is in an encoding that Office does not use")
        self.before = seen[-16:]


def _refuse_macros(content: bytes, names: Iterable[str], refusal: _Refusal) -> None:
    """Refuse a container one of whose members is a macro by its declared type, whatever its name is."""
    defaults: dict[str, str] = {}
    declared: dict[str, str] = {}

    def element(_: str, attributes: dict[str, str]) -> None:
        if "PartName" in attributes:
            declared[attributes["PartName"].lstrip("/").lower()] = attributes.get("ContentType", "")
        elif "Extension" in attributes:
            defaults[attributes["Extension"].lower()] = attributes.get("ContentType", "")

    _walk(content, element, "[Content_Types].xml", refusal)
    types = [declared.get(name.lower(), defaults.get(name.rpartition(".")[2].lower(), "")) for name in names]
    if any(_MACRO_TYPE.search(kind) for kind in (*types, *declared.values())):
        raise refusal.macro()


def _refuse_links(content: bytes, name: str, refusal: _Refusal) -> None:
    """Refuse what Office would fetch by itself: attached templates, linked pictures, objects and workbooks."""
    linked: list[str] = []

    def element(_: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rsplit("/", 1)[-1]
        if attributes.get("TargetMode", "").lower() == "external" and kind.lower() != "hyperlink":
            linked.append(kind)

    _walk(content, element, name, refusal)
    if linked:
        cure = f"in its program, break the link (or embed what is linked) and save it again as {refusal.ending}"
        raise refusal(f"is linked to something outside of the file ({visible(linked[0], 40)})", cure)


def _walk(content: bytes, element: Callable[[str, dict[str, str]], None], name: str, refusal: _Refusal) -> None:
    depth = 0

    def opening(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise refusal.damaged(f"{visible(name, 60)} is nested too deep")
        element(tag, attributes)

    def closing(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = opening
    parser.EndElementHandler = closing
    try:
        parser.Parse(content, True)  # noqa: FBT003  # expat knows no keyword
    except expat.ExpatError:
        raise refusal.damaged(f"{visible(name, 60)} cannot be read") from None
