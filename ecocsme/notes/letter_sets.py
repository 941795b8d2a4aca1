"""The letters of languages, the old sets of 256 signs in which their files are found, and how well a text fits a language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ecocsme.errors import visible
from ecocsme.language.letters import comma

_CENTRAL = ("cp1250", "iso8859-2", "cp852")
_BALTIC = ("cp1257", "iso8859-13", "cp775")
_WESTERN = ("cp1252", "iso8859-15", "cp850", "mac_roman")
# the sets in which files of a language are found, most frequent first, and the letters that tell them apart
SETS: Mapping[str, tuple[tuple[str, ...], str]] = {
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
    "fy": (_WESTERN, "âêîôûúäëïöüàé"),
    "es": (_WESTERN, "áéíóúñü¿¡"),
    "pt": (_WESTERN, "áâãàçéêíóôõú"),
    "el": (("cp1253", "iso8859-7", "cp737"), "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώς"),
    "bg": (("cp1251", "iso8859-5", "cp866"), "абвгдежзийклмнопрстуфхцчшщъьюя"),
}
_UNKNOWN = (_WESTERN, "".join(own for sets, own in SETS.values() if sets == _WESTERN))  # for a language that is not listed
_SIGNS = frozenset("„“”‘’‚«»–—…•€°§©®£·\u00a0")
_SHARED = frozenset("äöüéèáóíúßçñ")
_INSIDE = "’‘–\u00a0"  # signs that stand inside of words
_NAMES = {"cp1250": "Windows-1250", "cp1252": "Windows-1252", "cp1257": "Windows-1257", "utf-8-sig": "UTF-8", "utf-16": "UTF-16"}
_TRIED_ON = 200_000  # bytes by which a set is judged
_LISTED = 6  # letters that are given as a reason
_BEYOND = re.compile("[^\\x00-\\x7f]")


class Judged(NamedTuple):
    """A text, the set it was saved in, the letters that speak for it, and what another set would make of it."""

    text: str
    name: str
    reason: str
    doubt: str


class _Candidate(NamedTuple):
    name: str
    text: str
    all_fit: float  # how well it fits all languages of the event together
    one_fits: float  # and the one that it fits best


def judge(data: bytes, languages: Iterable[str]) -> Judged | None:
    """Find the set whose letters fit the languages best, the most frequent one where several fit alike; None where none fits."""
    known = [SETS.get(lang, _UNKNOWN) for lang in languages] or [_UNKNOWN]
    names = dict.fromkeys(name for sets, _ in known for name in sets)
    tried = [found for name in names if (found := _tried(data, name, [own for _, own in known]))]
    best = max(tried, key=lambda one: (one.all_fit, one.one_fits), default=None)
    if best is None or best.all_fit < 0.5:  # noqa: PLR2004  # less than half of the letters belong to the event's languages
        return None
    rival = next((one for one in tried if _rivals(one, best)), None)
    return Judged(best.text, best.name, _reason(best.text, "".join(own for _, own in known)), _doubt(best, rival) if rival else "")


def _reason(text: str, own: str) -> str:
    known = frozenset(own + own.upper())
    letters = list(dict.fromkeys(char for char in text if char in known))[:_LISTED]
    return f"the letters {', '.join(letters)} belong to the event's languages" if letters else ""


def _rivals(one: _Candidate, best: _Candidate) -> bool:
    alike = (one.all_fit, one.one_fits) == (best.all_fit, best.one_fits)
    return alike and comma(one.text) != comma(best.text)


def _doubt(best: _Candidate, rival: _Candidate) -> str:
    line = 1
    for number, (first, second) in enumerate(zip(best.text.splitlines(), rival.text.splitlines(), strict=False), start=1):
        if comma(first) != comma(second):
            line = number
            break
    words = [(a, b) for a, b in zip(best.text.split(), rival.text.split(), strict=False) if comma(a) != comma(b)]
    first, second = words[0] if words else ("", "")
    return f"line {line} reads “{visible(first, 40)}”, but “{visible(second, 40)}” in {named(rival.name)}"


def _tried(data: bytes, name: str, known: Iterable[str]) -> _Candidate | None:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    owns = [frozenset(own + own.upper()) for own in known]
    seen = text[:_TRIED_ON] if _BEYOND.search(text, 0, _TRIED_ON) else text
    return _Candidate(name, text, _fit(seen, frozenset().union(*owns)), max(_fit(seen, own) for own in owns))


def _fit(text: str, own: frozenset[str]) -> float:
    """How well the letters beyond ASCII fit, at most 1: own letters count fully, shared ones half, signs of damage against."""
    weights = [_weight(text, match.start(), own) for match in _BEYOND.finditer(text)]
    return sum(weights) / len(weights) if weights else 0.0


def _weight(text: str, at: int, own: frozenset[str]) -> float:
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char.isupper() and before.islower():  # a capital inside of a word
        return -1.0
    if char in own:
        return 1.0
    if char in _SIGNS:
        return -1.0 if before.isalpha() and after.isalpha() and char not in _INSIDE else 1.0
    if char.lower() in _SHARED:
        return 0.5
    return 0.0 if unicodedata.category(char).startswith("L") else -1.0


def named(name: str) -> str:
    """The name of a set, as programs that save texts call it."""
    return _NAMES.get(name, re.sub("^iso8859-", "ISO-8859-", name) if name.startswith("iso8859-") else name.upper())
