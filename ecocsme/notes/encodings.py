"""Find the encoding of a text sheet: its mark, strict UTF-8, UTF-16 without a mark, then the old sets of the event's languages."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import NamedTuple

from ecocsme.errors import visible
from ecocsme.notes.grid import Hints, refusal
from ecocsme.notes.letter_sets import judge, named

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MANY_BYTES = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_CURE = "save it as UTF-8 (in Excel: CSV UTF-8), or name the encoding with --encoding"
_MOSTLY = 0.6  # of the signs of a text in UTF-16 that have a zero byte: those of every language written in Latin letters
_LOST = re.compile(r"[^\W\d_]\?+[^\W\d_A-Z]|(?<!\w)\?+[^\W\d_A-Z]{2}")
_ADDRESS = re.compile(r"[/=&@]|www\.")  # a question mark is at home in addresses of the web
_MERGE = tuple(re.compile(mark, re.MULTILINE) for mark in (r"^<{7} ", r"^={7}\r?$", r"^>{7} "))
_CONTROL = re.compile("[\0-\x08\x0e-\x1f\ufffe\uffff]")


class Decoded(NamedTuple):
    """A whole text, its encoding in words, and what a person should know of how that was chosen."""

    text: str
    encoding: str
    said: tuple[str, ...] = ()


def decoded(data: bytes, shown: str, languages: tuple[str, ...], forced: str | None = None) -> Decoded:
    """Decode a whole sheet; raise UnreadableSheet rather than guess badly."""
    if forced:
        return Decoded(_strictly(data, shown, forced), named(forced))
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, shown, name), named(name))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" not in data:
            _refuse_mixed(data, shown, error)
            return _eight_bit(data, shown, languages)
        text = "\0"
    wide = _wide(data) if "\0" in text else None
    if wide:
        return wide
    if text == "\0":
        raise refusal(shown, "its encoding is not clear (it may be UTF-16 without its mark)", _CURE)
    return Decoded(text, "UTF-8")


def decode(data: bytes, shown: str, languages: tuple[str, ...], forced: str | None = None) -> tuple[str, str]:
    """Decode a whole sheet; return its text and the encoding in words; raise UnreadableSheet rather than guess badly."""
    return decoded(data, shown, languages, forced)[:2]


def whole_text(data: bytes, shown: str, hints: Hints) -> Decoded:
    """Decode a sheet of plain text, with what there is to say about it; raise UnreadableSheet for a zero byte in it."""
    found = decoded(data, shown, hints.languages, hints.encoding)
    zero = found.text.find("\0")
    if zero >= 0:
        line = found.text.count("\n", 0, zero) + 1
        cure = "type the line again and save the file in UTF-8"
        raise refusal(shown, "holds a zero byte, which no text has; its encoding may be UTF-16 without its mark", cure, line)
    _refuse_merge(found.text, shown)
    return found


def _refuse_merge(text: str, shown: str) -> None:
    """Refuse half of a merge: all three marks of git in their order, one after the other."""
    if "<<<<<<< " not in text:
        return
    places, at = [], 0
    for mark in _MERGE:
        found = mark.search(text, at)
        if found is None:
            return
        places.append(found.start())
        at = found.end()
    line = text.count("\n", 0, places[0]) + 1
    raise refusal(shown, "unresolved merge", "keep one side whole and remove the marks of git", line)


def text_of(data: bytes, shown: str, hints: Hints) -> tuple[str, str]:
    """Decode a sheet of plain text; return it and the encoding in words; raise UnreadableSheet for a zero byte in it."""
    return whole_text(data, shown, hints)[:2]


def _wide(data: bytes) -> Decoded | None:
    """Read UTF-16 without its mark, where the zero bytes leave no doubt: nearly every second byte, and always the same one."""
    if len(data) % 2:
        return None
    even, odd = data[::2].count(0), data[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) or max(even, odd) < _MOSTLY * len(data) / 2:
        return None
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    if _CONTROL.search(text):
        return None
    return Decoded(text, f"UTF-16 {name[-2:].upper()}", ("its encoding, UTF-16 without a mark, was told by its zero bytes",))


def _eight_bit(data: bytes, shown: str, languages: tuple[str, ...]) -> Decoded:
    found = judge(data, languages)
    if found is None:
        raise refusal(shown, "is not saved as UTF-8, and its letters fit no older encoding of the event's languages", _CURE)
    said = []
    if found.reason:
        said.append(f"the encoding {named(found.name)} was chosen because {found.reason}")
    if found.doubt:
        said.append(f"the encoding is in doubt: {found.doubt}; if that is right, name the encoding with --encoding")
    return Decoded(found.text, f"{named(found.name)} (judged by its letters)", tuple(said))


def mojibake(text: str) -> bool:
    """Say whether a text was decoded wrongly before it was saved (`È™` for `ș`)."""
    return any(_twice(run) for run in re.findall("[\u0080-\uffff]{2,}", text))


def letters_lost(text: str) -> bool:
    """Say whether a question mark stands where a letter should (`Timi?oara`), or a sign that decoders write for what they cannot read."""
    return "\ufffd" in text or any(_LOST.search(word) for word in text.split() if "?" in word and not _ADDRESS.search(word))


@lru_cache(maxsize=4096)  # the same few pairs of letters again and again
def _twice(run: str) -> bool:
    for name in ("cp1252", "cp1250", "latin-1"):
        try:
            run.encode(name).decode("utf-8")
        except UnicodeError:
            continue
        return True
    return False


def _strictly(data: bytes, shown: str, name: str) -> str:
    try:
        codec = codecs.lookup(name)
        if codec.name == "utf-8":
            codec = codecs.lookup("utf-8-sig")
        text, _ = codec.decode(data, "strict")
    except LookupError:
        raise refusal(shown, f"the encoding {visible(name, 60)} is unknown", "name one such as utf-8, cp1250 or cp1252") from None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refusal(shown, f"cannot be read as {named(name)}", _CURE, line) from None
    if not isinstance(text, str):
        raise refusal(shown, f"{visible(name, 60)} is no encoding of texts", "name one such as utf-8, cp1250 or cp1252")
    return text


def _refuse_mixed(data: bytes, shown: str, error: UnicodeDecodeError) -> None:
    """Refuse a file that is UTF-8 on some lines and something else on others: no single set reads both."""
    for line in data.split(b"\n"):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if _MANY_BYTES.search(line):
            number = data[: error.start].count(b"\n") + 1
            cure = "type this line again and save the file as UTF-8, or name the encoding with --encoding"
            raise refusal(shown, "mixes encodings: most of it is UTF-8, this line is not", cure, number)
