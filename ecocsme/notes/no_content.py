"""What stands in a cell although nobody answered: signs, what form tools and spreadsheets write, and what people type for it."""

from __future__ import annotations

import re
import unicodedata

from ecocsme.language.letters import fold

_SIGNS = re.compile(r"[\s\-‐‑‒–—−_.…·,;:?!¿¡*/\\|~]*\Z")
_AROUND = " .…!?*-–—()[]<>\"'„“”«»"
_BLANKS = re.compile(r"(?<=[./]) | (?=/)")
_LONGEST = 30
_EVERYWHERE = (
    "n/a", "n.a", "n/d", "n.d", "n/r", "#n/a", "#null!", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#getting_data",
    "#spill!", "#calc!", "#blocked!", "#connect!", "#field!", "#unknown!",
)  # fmt: skip
# an answer that only means "none" in its question (nimic, nothing, nichts) is an answer
_BY_LANGUAGE = {
    "en": ("not applicable", "no answer", "no response", "no comment", "don't know", "i don't know", "prefer not to say"),
    "ro": ("nu e cazul", "nu este cazul", "nu se aplică", "fără răspuns", "niciun răspuns", "nu am răspuns", "nu știu", "ns/nr", "nș/nr"),
    "nl": ("n.v.t", "nvt", "niet van toepassing", "geen antwoord", "niets", "weet niet", "weet ik niet", "geen mening"),
    "it": ("nessuna risposta", "senza risposta", "non pertinente", "non so", "non saprei", "n.p"),
    "hr": ("nema", "nema odgovora", "bez odgovora", "nije primjenjivo", "ne znam", "n/p"),
    "lt": ("nėra", "nėra atsakymo", "be atsakymo", "netaikoma", "nežinau"),
    "hu": ("nincs", "nincs válasz", "nem tudom", "nem alkalmazható", "nem releváns"),
    "de": ("k.a", "k.a.", "keine angabe", "keine antwort", "nicht zutreffend", "entfällt", "weiß nicht", "weiss nicht", "trifft nicht zu"),
    "fi": ("ei vastausta", "en tiedä", "en osaa sanoa", "eos", "e.o.s", "ei sovellu"),
}  # fmt: skip


def says_nothing(text: str) -> bool:
    """Whether a whole cell says nothing; a word inside an answer never counts."""
    folded = fold(text)
    if _SIGNS.match(folded):
        return True
    return folded in _WORDS or (len(folded) <= _LONGEST and _plain(folded) in _WORDS)


def _plain(folded: str) -> str:
    """Without what stands around it, without marks on letters, with one kind of apostrophe and no blank after a dot or a stroke."""
    bare = folded.strip(_AROUND).replace("’", "'")
    if not bare.isascii():
        bare = "".join(char for char in unicodedata.normalize("NFD", bare) if not unicodedata.combining(char))
    return _BLANKS.sub("", bare) if "." in bare or "/" in bare else bare


_WORDS = frozenset(_plain(word) for words in (_EVERYWHERE, *_BY_LANGUAGE.values()) for word in words).union(_EVERYWHERE)
