"""Text files as a person saves them, and the sentences about those that cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecocsme.errors import InvalidFile
from ecocsme.files import text
from support.refusals import refusal


def said(path: Path, **options: int) -> str:
    """The refusal of a file."""
    with pytest.raises(InvalidFile) as refused:
        text.read_text(path, "event.yaml", **options)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_reads_utf8_and_utf16_with_its_mark(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with or without a mark and UTF-16 with one give the same text, line ends as saved."""
    saved = "titlu: „Atelier”\r\nșță 😀\n"
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    (tmp_path / "event.yaml").write_bytes(mark + saved.encode(encoding))
    assert text.read_text(tmp_path / "event.yaml", "event.yaml") == saved


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A file that is not there is said so, with the name the user knows."""
    assert said(tmp_path / "no.yaml") == "event.yaml: there is no such file; check the name and the folder"


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    """A folder where a file is expected is called a folder."""
    assert said(tmp_path) == "event.yaml: this is a folder, not a file; name the file inside it"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    """A pipe is refused before it is opened: reading it would wait for ever."""
    os.mkfifo(tmp_path / "pipe")
    assert "this is not an ordinary file" in said(tmp_path / "pipe")


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    """A link that leads to itself is refused in one line."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert said(tmp_path / "loop").startswith("event.yaml: cannot be read (")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"a: b\nc: \xba\xfe\n", 2),
        ("title: Timișoara\n".encode() + b"x\n\nc: \xff", 4),
        (b"\xef\xbb\xbfa\n\xff", 2),
        (b"\xef\xbb\xbf\xff", 1),
        ("ș\n".encode() + "ș\n".encode("cp1252", "replace") + b"\xe2\x82", 3),
    ],
)
def test_what_is_not_utf8_is_refused_with_its_line(tmp_path: Path, data: bytes, line: int) -> None:
    """A file in an old encoding is refused with the line of the first byte that is no UTF-8, and the way to save it."""
    (tmp_path / "event.yaml").write_bytes(data)
    expected = f"event.yaml:{line}: is not saved as UTF-8; save the file as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"
    assert said(tmp_path / "event.yaml") == expected


@given(st.binary(max_size=60))
def test_decoding_never_raises_anything_else(data: bytes) -> None:
    """Any bytes are text or a refusal that names a line of the file."""
    for problem in refusal(text.decode, data, "f"):
        assert 1 <= (problem.line or 0) <= data.count(b"\n") + 1


def test_zero_bytes_are_refused_with_their_line(tmp_path: Path) -> None:
    """A zero byte (UTF-16 without a mark, a damaged disk) is named with its line."""
    (tmp_path / "event.yaml").write_bytes(b"a: b\nc: \x00d\n")
    assert said(tmp_path / "event.yaml") == "event.yaml:2: holds a zero byte; save it again as plain text in UTF-8"


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    """At most the limit is read, and the limit is said in megabytes."""
    (tmp_path / "event.yaml").write_bytes(b"x" * 8_000_001)
    assert "is larger than 8 MB" in said(tmp_path / "event.yaml")


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    """A file of exactly the limit is read whole."""
    (tmp_path / "event.yaml").write_bytes(b"x" * 1000)
    assert len(text.read_text(tmp_path / "event.yaml", "event.yaml", limit=1000)) == 1000
