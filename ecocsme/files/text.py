"""Read a text file a person saved, or say in their words why it cannot be read."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import os
import stat
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

from ecocsme.errors import InvalidFile, Problem

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_bytes(path: Path, shown: str, *, limit: int = 50_000_000) -> bytes:
    """Read a regular file once, at most `limit` bytes of it; raise InvalidFile otherwise."""
    with _opened(path, shown) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise _refusal(shown, f"is larger than {limit // 1_000_000} MB", "split it or remove what does not belong")
    return data


def digest(path: Path, shown: str) -> str:
    """The SHA-256 of a regular file of any size, in hexadecimal digits; raise InvalidFile where it cannot be read."""
    with _opened(path, shown) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextlib.contextmanager
def _opened(path: Path, shown: str) -> Iterator[BufferedReader]:
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise _refusal(shown, "this is a folder, not a file", "name the file inside it")
        if not stat.S_ISREG(mode):
            raise _refusal(shown, "this is not an ordinary file", "save it as a file first")
        with open(path, "rb") as stream:
            yield stream
    except FileNotFoundError:
        raise _refusal(shown, "there is no such file", "check the name and the folder") from None
    except OSError as error:
        cure = "close it in other programs, or ask for the right to read it"
        raise _refusal(shown, f"cannot be read ({error.strerror})", cure) from None


def read_text(path: Path, shown: str, *, limit: int = 8_000_000) -> str:
    """Read UTF-8 (or UTF-16 with its mark) as text without the mark, line ends as saved."""
    data = read_bytes(path, shown, limit=limit)
    text = decode(data, shown)
    zero = text.find("\0")
    if zero >= 0:
        raise InvalidFile([Problem(shown, "holds a zero byte", "save it again as plain text in UTF-8", _line(text, zero))])
    return text


def decode(data: bytes, shown: str) -> str:
    """Decode a whole file; what is not UTF-8 is refused with the line of the first bad byte."""
    try:
        if data.startswith(_UTF16):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1  # the decoder counts after the mark it took off
        cure = "save the file as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"
        raise InvalidFile([Problem(shown, "is not saved as UTF-8", cure, line)]) from None


def _line(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1


def _refusal(shown: str, message: str, cure: str) -> InvalidFile:
    return InvalidFile([Problem(shown, message, cure)])
