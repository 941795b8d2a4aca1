"""The words of documents: one YAML pack per language, a user's pack merged over the shipped one key by key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ecocsme.errors import EcocsmeError, InvalidFile, Problem, UnknownName, visible
from ecocsme.files import text as text_file
from ecocsme.files import yaml_text
from ecocsme.files.places import Shelves
from ecocsme.files.yaml_text import Parsed, Place, Tree, written
from ecocsme.language import formats

_BLANK = re.compile(r"\{([A-Za-z_]+)\}")
_LANG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LOCALE = "language.locale"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, by dotted key; `locale` is CLDR's name for it, `tag` Word's."""

    lang: str
    entries: Mapping[str, str]

    @property
    def locale(self) -> str:
        """The locale that dates, numbers, lists and plurals follow, e.g. `en_GB`."""
        return self.say(_LOCALE)

    @property
    def tag(self) -> str:
        """The language tag that Word and browsers know, e.g. `ro-RO`."""
        return self.say("language.tag")

    def say(self, key: str) -> str:
        """The words under a key; raise InvalidFile naming the pack and the key if there are none."""
        try:
            return self.entries[key]
        except KeyError:
            missing = Problem(f"words/{self.lang}.yaml", "is missing", "add it to the words of this language", field=key)
            raise InvalidFile([missing]) from None

    def has(self, key: str) -> bool:
        """Whether there are words under a key."""
        return key in self.entries

    def under(self, key: str) -> dict[str, str]:
        """All words under a key, by the rest of their key."""
        start = f"{key}."
        return {name.removeprefix(start): words for name, words in self.entries.items() if name.startswith(start)}


def fill(pattern: str, values: Mapping[str, str], show: Callable[[str], str] = str) -> str:
    """Put values into the blanks `{name}` of a pattern, each through `show`; raise EcocsmeError for an unknown blank.

    Neither the pattern nor a value is ever evaluated, and a value is not searched for blanks.
    """

    def one(blank: re.Match[str]) -> str:
        name = blank[1]
        if name not in values:
            raise EcocsmeError(f"{{{name}}}: nothing is known to put here; known: {', '.join(sorted(values))}")
        return values[name]

    pieces, end = [], 0
    for blank in _BLANK.finditer(pattern):
        pieces += [show(pattern[end : blank.start()]), one(blank)]
        end = blank.end()
    return "".join([*pieces, show(pattern[end:])])


def load(shelves: Shelves, lang: str) -> Words:
    """Read the words of a language, the user's over the shipped ones; raise UnknownName if it has no pack."""
    if lang not in languages(shelves):
        raise UnknownName("language", lang, languages(shelves))
    paths = [folder / f"{lang}.yaml" for folder in reversed(shelves.folders("words"))]
    entries = {key: words for path in paths if path.is_file() for key, words in _read(path).items()}
    locale = entries.get(_LOCALE, "")
    if not formats.is_locale(locale):
        message = f"found {visible(locale, 60)}, which is no locale" if locale else "is missing"
        cure = "write the name that CLDR has for this language, e.g. en_GB or ro"
        raise InvalidFile([Problem(f"words/{lang}.yaml", message, cure, field=_LOCALE)])
    return Words(lang, entries)


def languages(shelves: Shelves) -> frozenset[str]:
    """Every language that has a words pack; what Dropbox or a Mac puts beside it is none."""
    return frozenset(name for name in shelves.names("words", ".yaml") if _LANG.fullmatch(name))


def _read(path: Path) -> dict[str, str]:
    shown = f"words/{path.name}"
    parsed = yaml_text.parse(text_file.read_text(path, shown), shown)
    return dict(_flat(parsed, parsed.data, ()))


def _flat(parsed: Parsed, tree: Tree, place: Place) -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for name, inner in tree.items():
            yield from _flat(parsed, inner, (*place, name))
    elif isinstance(tree, list) and all(isinstance(item, str) for item in tree):
        yield written(place), "\n".join(str(item) for item in tree)
    elif isinstance(tree, str):
        yield written(place), tree
    else:
        raise InvalidFile([Problem(parsed.file, "has no words", "write them in double quotes", parsed.line(place), written(place))])
