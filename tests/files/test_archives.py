"""ZIP containers from strangers: opened whole within limits, or refused in plain words before anything is lost."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import warnings
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecocsme.errors import InvalidFile
from ecocsme.files import archives
from ecocsme.files.archives import members, opened
from ecocsme.files.packing import packed
from support.made_xlsx import TYPES, relation, relations
from support.refusals import refusal

SOUND = {"[Content_Types].xml": TYPES.encode(), "word/document.xml": "<a>Ștefan &amp; co.</a>".encode()}


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return stream.getvalue()


def refused(data: bytes, *, linked: bool = False, kind: str = "Word file") -> str:
    """The message with which a container is refused."""
    with pytest.raises(InvalidFile) as caught:
        members(data, "a.docx", kind=kind, linked=linked)
    return str(caught.value)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8})?\.(xml|bin)", fullmatch=True), st.binary(max_size=300), max_size=6))
def test_a_sound_container_gives_back_its_members(parts: dict[str, bytes]) -> None:
    """Whatever a program packs, with or without compression, comes out byte for byte."""
    parts = {name: content for name, content in parts.items() if b"<!" not in content and b"<?" not in content}
    assert members(zipped(parts), "a.docx") == parts
    assert members(packed(parts), "a.docx") == parts


def test_members_larger_than_one_piece_come_out_whole() -> None:
    """A member is inflated piece by piece, and no piece is lost between two."""
    content = b"".join(struct.pack(">I", number * 2_654_435_761 % 2**32) for number in range(200_000))
    container = opened(zipped({"a/b.bin": content, "c.xml": b"<c/>"}), "a.docx", kind="Word file")
    assert container.read("a/b.bin") == content
    assert len(list(container.pieces("a/b.bin"))) > 1


def test_a_folder_inside_a_container_is_no_fault() -> None:
    """Some programs pack the folders, too, as empty members that claim to be compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        container.writestr("xl/", b"")
        container.writestr("xl/a.xml", b"<a/>")
    data = stream.getvalue()
    first = data.index(b"PK\x01\x02")
    claimed = data[:8] + b"\x08\x00" + data[10 : first + 10] + b"\x08\x00" + data[first + 12 :]
    assert members(claimed, "a.docx") == {"xl/": b"", "xl/a.xml": b"<a/>"}


def bomb() -> bytes:
    """300 MB of zeros in one member."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container, container.open("word/document.xml", "w") as member:
        for _ in range(300):
            member.write(bytes(1_000_000))
    return stream.getvalue()


def test_a_bomb_is_refused_at_once_and_in_little_memory() -> None:
    """300 MB in 300 kB never come into being."""
    data = bomb()
    tracemalloc.start()
    begun = time.process_time()
    said = refused(data)
    seconds, (_, peak) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "word/document.xml inflates more than 100 times" in said
    assert seconds < 2
    assert peak < 5_000_000


def test_many_members_below_the_ratio_are_refused_by_their_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    """What no single member betrays, their sum does."""
    monkeypatch.setattr(archives, "MAX_INFLATED", 150_000)
    parts = {f"{number}.bin": bytes(90_000) for number in range(2)}
    assert "inflates to more than" in refused(zipped(parts))


def test_small_members_may_repeat_themselves() -> None:
    """A ratio says nothing about a member of less than 100 kB."""
    parts = {"a.bin": bytes(archives.RATIO_ABOVE)}
    assert members(zipped(parts), "a.docx") == parts
    assert "inflates more than" in refused(zipped({"a.bin": bytes(archives.RATIO_ABOVE + 1)}))


@pytest.mark.parametrize("count", [1_001, 12_000])
def test_too_many_members_are_refused(count: int) -> None:
    """More than 1,000 members are refused, and very many before their list is even read."""
    assert "more than 1,000 parts" in refused(zipped({f"{number}.bin": b"" for number in range(count)}, zipfile.ZIP_STORED))


def test_a_thousand_members_are_taken() -> None:
    """Exactly 1,000 members are within the limit."""
    assert len(members(zipped({f"{number}.bin": b"" for number in range(1_000)}, zipfile.ZIP_STORED), "a.docx")) == 1_000


def lying(field: int, value: int) -> bytes:
    """A container whose directory claims another size or checksum than its member has."""
    data = bytearray(zipped({"a.bin": b"x" * 50}))
    first = data.index(b"PK\x01\x02")
    data[first + field : first + field + 4] = struct.pack("<I", value)
    return bytes(data)


def twice() -> bytes:
    """Two members of one name."""
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as container:
        warnings.simplefilter("ignore")
        container.writestr("a.xml", b"<a/>")
        container.writestr("a.xml", b"<b/>")
    return stream.getvalue()


def flagged() -> bytes:
    """A member that says that it is encrypted."""
    data = bytearray(zipped({"a.bin": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def renamed() -> bytes:
    """A member whose own header has another name than the directory."""
    data = zipped({"a.bin": b"x"}, zipfile.ZIP_STORED)
    return data.replace(b"a.bin", b"b.bin", 1)


def trailing() -> bytes:
    """A member whose packed bytes go on long after its end."""
    data = bytearray(zipped({"a.bin": b"x" * 50, "b.bin": bytes(5_000_000)}, zipfile.ZIP_STORED))
    packed_first = zlib.compress(b"x" * 50, wbits=-15)
    begins = 30 + len("a.bin") + 50
    second = data.rindex(b"PK\x01\x02")
    data[second + 10 : second + 12] = struct.pack("<H", zipfile.ZIP_DEFLATED)
    data[begins + 30 + len("b.bin") : begins + 30 + len("b.bin") + len(packed_first)] = packed_first
    return bytes(data)


DAMAGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a size that is not true": (lambda: lying(24, 10), "is not what was saved"),
    "a checksum that is not true": (lambda: lying(16, 10), "is not what was saved"),
    "a packed size that is too small": (lambda: lying(20, 2), "is cut off"),
    "packed bytes behind the end of a member": (trailing, "b.bin is cut off"),
    "a packed size that goes into the directory": (lambda: lying(20, 4_000), "overlap"),
    "half of the file": (lambda: zipped(SOUND)[: len(zipped(SOUND)) // 2], "is no complete Word file"),
    "no container at all": (lambda: b"PK\x03\x04" + bytes(100), "is no complete Word file"),
    "two members of one name": (twice, "have the same name"),
    "two members of one name but for capitals": (lambda: zipped({"a.xml": b"", "A.xml": b""}), "have the same name"),
    "a member of another name": (renamed, "table of contents does not fit"),
    "a password": (flagged, "is protected by a password; save it as .docx without a password"),
    "a packing that Office does not use": (lambda: zipped({"a.bin": b"x"}, zipfile.ZIP_BZIP2), "is packed in a way"),
    "no ZIP but an old file": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "is in the old format of Office"),
    "no ZIP but a file with a password": (
        lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "is protected by a password",
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_damaged_is_refused_in_words(name: str) -> None:
    """Each kind of damage is said, with the file, and never read past."""
    make, said = DAMAGED[name]
    message = refused(make())
    assert said in message
    assert message.startswith("a.docx: ")


def test_entries_that_share_bytes_are_refused() -> None:
    """Members that lie over each other are refused even when each has its own name."""
    inner = zipped({"b.bin": b"y" * 20}, zipfile.ZIP_STORED)
    data = bytearray(zipped({"a.bin": inner, "b.bin": b"y" * 20}, zipfile.ZIP_STORED))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", bytes(data).index(b"PK\x03\x04", 4))  # the one inside of a.bin
    assert "its parts overlap" in refused(bytes(data))


@pytest.mark.parametrize("name", ["../a.xml", "/a.xml", "a/../../b.xml", "a\\b.xml", "C:a.xml", "a//b.xml", "./a.xml", "a\x1bb.xml"])
def test_unsafe_names_are_refused(name: str) -> None:
    """A name that leads anywhere else, or that a terminal would obey, is refused and shown harmlessly."""
    message = refused(zipped({name: b"<a/>"}))
    assert "has an unsafe name" in message
    assert "\x1b" not in message


@pytest.mark.parametrize("declaration", ["<!DOCTYPE a>", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>', "<!ENTITY b 'c'>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("name", ["word/document.xml", "_rels/.rels", "a.VML"])
def test_a_document_type_is_refused_in_every_encoding(declaration: str, encoding: str, name: str) -> None:
    """No part that is XML may declare types or entities, in whatever way its signs are stored."""
    assert "holds a document type" in refused(zipped({name: f"<?xml version='1.0'?>{declaration}<a/>".encode(encoding)}))


def test_a_document_type_is_found_between_two_pieces() -> None:
    """The piece at whose end it begins does not hide it."""
    for spaces in range(65_520, 65_540):
        assert "holds a document type" in refused(zipped({"a.xml": b" " * spaces + b"<!DOCTYPE a><a/>"}, zipfile.ZIP_STORED))


def test_a_document_type_in_what_is_no_xml_is_none() -> None:
    """A picture may hold any bytes."""
    assert members(zipped({"a.png": b"<!DOCTYPE a>"}), "a.docx")


def test_an_exotic_encoding_is_refused() -> None:
    """An encoding that no Office program writes could hide anything from this look."""
    assert "in an encoding that Office does not use" in refused(zipped({"a.xml": b"<?xml version='1.0' encoding='cp037'?><a/>"}))
    assert members(zipped({"a.xml": b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?><a/>"}), "a.docx")


def declared(kind: str, more: dict[str, bytes]) -> bytes:
    """A container that declares a type for one member."""
    types = TYPES.replace("</Types>", f"{kind}</Types>").encode()
    return zipped({"[Content_Types].xml": types, **more})


MACROS = {
    "by its name": lambda: zipped({"word/vbaProject.bin": b"x"}),
    "by its name in capitals": lambda: zipped({"word/VBAPROJECT.BIN": b"x"}),
    "by a sheet of macros": lambda: zipped({"xl/macrosheets/sheet1.xml": b"<a/>"}),
    "by the type of the document": lambda: declared(
        '<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>', {}
    ),
    "by the type of a member with another name": lambda: declared(
        '<Default Extension="dat" ContentType="application/vnd.ms-office.vbaProject"/>', {"word/a.dat": b"x"}
    ),
}


@pytest.mark.parametrize("name", MACROS)
def test_macros_are_refused_as_what_they_are(name: str) -> None:
    """A file with macros is not called damaged: it is asked for without them."""
    assert "holds a macro; save it as .docx without macros" in refused(MACROS[name]())


def test_a_type_that_no_member_has_is_no_macro() -> None:
    """Programs declare what they might write; what is not there is no danger."""
    assert members(declared('<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>', {}), "a.docx")


def linking(kind: str) -> bytes:
    """A container with a relationship to something outside of it."""
    target = relation("r1", kind, "http://127.0.0.1:9/a", ' TargetMode="External"')
    return zipped({"word/_rels/document.xml.rels": relations(target).encode()})


def test_links_that_office_would_follow_are_refused() -> None:
    """A picture, template or object from outside is refused, unless the reader never follows links; hyperlinks are fine."""
    assert "is linked to something outside of the file (attachedTemplate)" in refused(linking("attachedTemplate"))
    assert members(linking("attachedTemplate"), "a.docx", linked=True)
    assert members(linking("hyperlink"), "a.docx")


@pytest.mark.parametrize("content", [b"<a>" * 300, b"<a><b></a>", b"no xml", b"<a/>" + b" " * 2_000_001])
def test_lists_of_links_and_types_that_cannot_be_read_are_refused(content: bytes) -> None:
    """What says where everything lies must be sound, flat and short."""
    for name in ("[Content_Types].xml", "_rels/.rels"):
        assert "is damaged" in refused(zipped({name: content}, zipfile.ZIP_STORED))


def test_the_cure_names_the_kind_of_file() -> None:
    """A workbook is asked for as .xlsx."""
    assert "save it as .xlsx without macros" in refused(zipped({"xl/vbaProject.bin": b"x"}), kind="Excel workbook")


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_change_of_bytes_gives_anything_but_the_members_or_a_refusal(data: st.DataObject) -> None:
    """One byte changed or the end cut off: the same members, or a refusal in words."""
    sound = zipped(SOUND)
    place = data.draw(st.integers(0, len(sound) - 1))
    changed = sound[:place] + bytes([data.draw(st.integers(0, 255))]) + sound[place + 1 :] if data.draw(st.booleans()) else sound[:place]
    problems = refusal(members, changed, "a.docx")
    if problems:
        assert len(problems) == 1
    else:
        assert list(members(changed, "a.docx").values()) == list(SOUND.values())
