"""Letters: Romanian comma and cedilla, what counts as equal when texts are compared, what no document may print."""

from __future__ import annotations

import re
import unicodedata

_COMMA = str.maketrans("ŞşŢţ", "ȘșȚț")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# what `verbatim` changes in composed text, besides spaces; `\s` without the space would be slower
_RARE = re.compile(f"[ŞşŢţ\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000{_UNSEEN.pattern[1:]}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


def comma(text: str) -> str:
    """Replace the cedilla letters of old Romanian files by the comma letters that Romanian is written with."""
    return unicodedata.normalize("NFC", text).translate(_COMMA)


def verbatim(text: str) -> str:
    """Bring a quote into the form in which it is compared with its note: only spaces and cedillas aside."""
    return " ".join(comma(_UNSEEN.sub("", text)).split())


def fold(text: str) -> str:
    """Bring a text into the form in which two texts are compared: as `verbatim`, and capitals aside."""
    if "  " in text or _RARE.search(text) or not unicodedata.is_normalized("NFC", text):
        text = verbatim(text)
    folded = text.strip(" ").casefold()  # nearly every text needs no more: five times as fast
    if folded == text or unicodedata.is_normalized("NFC", folded):
        return folded
    return unicodedata.normalize("NFC", folded)


def unprintable(text: str) -> tuple[str, ...]:
    """The code points of a text that no document may print, as `U+202E`, each once, in order."""
    if text.isprintable():  # nearly every text
        return ()
    found = [c for c in text if _BIDI.match(c) or _CONTROL.match(c)]
    return tuple(dict.fromkeys(f"U+{ord(c):04X}" for c in found))


def printable(text: str, *, romanian: bool) -> str:
    """Prepare a text for a document: no control or direction signs, and comma letters where it is Romanian."""
    clean = _CONTROL.sub("", _BIDI.sub("", text.replace("\x0b", "\n").replace("\x0c", "\n")))
    return comma(clean) if romanian else unicodedata.normalize("NFC", clean)
