"""Find the encoding of a text sheet: its mark, then strict UTF-8, then the old sets of the event's languages."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Mapping

from ecocsme.errors import visible
from ecocsme.notes.grid import Hints, refusal

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CENTRAL = ("cp1250", "iso8859-2", "cp852")
_BALTIC = ("cp1257", "iso8859-13", "cp775")
_WESTERN = ("cp1252", "cp850", "mac_roman")
# the sets in which files of a language are found, most frequent first, and the letters that tell them apart
_SETS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "ro": (("cp1250", "iso8859-16", "iso8859-2", "cp852"), "ăâîșțşţ"),
    "en": (_WESTERN, ""),
    "hu": (_CENTRAL, "áéíóöőúüű"),
    "hr": (_CENTRAL, "čćđšž"),
    "sl": (_CENTRAL, "čšž"),
    "pl": (_CENTRAL, "ąćęłńóśźż"),
    "cs": (_CENTRAL, "áčďéěíňóřšťúůýž"),
    "sk": (_CENTRAL, "áäčďéíĺľňóôŕšťúýž"),
    "lt": (_BALTIC, "ąčęėįšųūž"),
    "lv": (_BALTIC, "āčēģīķļņšūž"),
    "et": (("cp1257", *_WESTERN), "äõöüšž"),
    "fi": (_WESTERN, "äöå"),
    "sv": (_WESTERN, "äöå"),
    "de": (_WESTERN, "äöüß"),
    "fr": (_WESTERN, "àâæçéèêëîïôœùûü"),
    "it": (_WESTERN, "àèéìíòóùú"),
    "nl": (_WESTERN, "äëïöüéèáóí"),
    "es": (_WESTERN, "áéíóúñü¿¡"),
    "pt": (_WESTERN, "áâãàçéêíóôõú"),
    "el": (("cp1253", "iso8859-7", "cp737"), "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώς"),
    "bg": (("cp1251", "iso8859-5", "cp866"), "абвгдежзийклмнопрстуфхцчшщъьюя"),
}
_UNKNOWN = (_WESTERN, "".join(own for sets, own in _SETS.values() if sets == _WESTERN))  # for a language that is not listed
_SIGNS = frozenset("„“”‘’‚«»–—…•€°§©®£·\u00a0")
_SHARED = frozenset("äöüéèáóíúßçñ")
_NAMES = {"cp1250": "Windows-1250", "cp1252": "Windows-1252", "cp1257": "Windows-1257", "utf-8-sig": "UTF-8", "utf-16": "UTF-16"}
_MANY_BYTES = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_CURE = "save it as UTF-8 (in Excel: CSV UTF-8), or name the encoding with --encoding"


def decode(data: bytes, shown: str, languages: tuple[str, ...], forced: str | None = None) -> tuple[str, str]:
    """Decode a whole sheet; return its text and the encoding in words; raise UnreadableSheet rather than guess badly."""
    if forced:
        return _strictly(data, shown, forced), _named(forced)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, shown, name), _named(name)
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        _refuse_mixed(data, shown, error)
    return _eight_bit(data, shown, languages)


def text_of(data: bytes, shown: str, hints: Hints) -> tuple[str, str]:
    """Decode a sheet of plain text; return it and the encoding in words; raise UnreadableSheet for a zero byte in it."""
    text, encoding = decode(data, shown, hints.languages, hints.encoding)
    zero = text.find("\0")
    if zero >= 0:
        line = text.count("\n", 0, zero) + 1
        cure = "type the line again and save the file in UTF-8"
        raise refusal(shown, "holds a zero byte, which no text has; its encoding may be UTF-16 without its mark", cure, line)
    return text, encoding


def mojibake(text: str) -> bool:
    """Say whether a text was decoded wrongly before it was saved (`È™` for `ș`)."""
    return any(_twice(run) for run in re.findall("[\u0080-\uffff]{2,}", text))


def _twice(run: str) -> bool:
    for name in ("cp1252", "cp1250", "latin-1"):
        try:
            run.encode(name).decode("utf-8")
        except UnicodeError:
            continue
        return True
    return False


def _named(name: str) -> str:
    return _NAMES.get(name, name.upper())


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
        raise refusal(shown, f"cannot be read as {_named(name)}", _CURE, line) from None
    if not isinstance(text, str):
        raise refusal(shown, f"{visible(name, 60)} is no encoding of texts", "name one such as utf-8, cp1250 or cp1252")
    return text


def _refuse_mixed(data: bytes, shown: str, error: UnicodeDecodeError) -> None:
    """Refuse a file that is UTF-8 on some lines and something else on others: no single set reads both."""
    if b"\0" in data:
        return
    for line in data.split(b"\n"):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if _MANY_BYTES.search(line):
            number = data[: error.start].count(b"\n") + 1
            cure = "type this line again and save the file as UTF-8, or name the encoding with --encoding"
            raise refusal(shown, "mixes encodings: most of it is UTF-8, this line is not", cure, number)


def _eight_bit(data: bytes, shown: str, languages: Iterable[str]) -> tuple[str, str]:
    if b"\0" in data:
        raise refusal(shown, "its encoding is not clear (it may be UTF-16 without its mark)", _CURE)
    names: dict[str, None] = {}
    allowed: set[str] = set()
    for lang in languages:
        sets, own = _SETS.get(lang, _UNKNOWN)
        names.update(dict.fromkeys(sets))
        allowed.update(own + own.upper())
    best, text, chosen = 0.0, "", ""
    for name in names or dict.fromkeys(_WESTERN):
        decoded = _tried(data, name)
        share = _fit(decoded, frozenset(allowed)) if decoded is not None else 0.0
        if decoded is not None and share > best:
            best, text, chosen = share, decoded, name
    if best < 0.5:  # noqa: PLR2004  # less than half of the letters belong to the event's languages
        raise refusal(shown, "is not saved as UTF-8, and its letters fit no older encoding of the event's languages", _CURE)
    return text, f"{_named(chosen)} (judged by its letters)"


def _tried(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _fit(text: str, allowed: frozenset[str]) -> float:
    """How well the letters beyond ASCII fit, at most 1: own letters count fully, shared ones half, signs of damage against."""
    beyond = [char for char in text if char > "\x7f"]
    return sum(_weight(char, allowed) for char in beyond) / len(beyond)


def _weight(char: str, allowed: frozenset[str]) -> float:
    if char in allowed or char in _SIGNS:
        return 1.0
    if char.lower() in _SHARED:
        return 0.5
    return 0.0 if unicodedata.category(char).startswith("L") else -1.0
