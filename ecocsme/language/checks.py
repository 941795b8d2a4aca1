"""Checks of every text that a person wrote: translated where promised, and free of what no document may print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ecocsme.errors import Problem, check
from ecocsme.files.models import FromFile, Written, leaves
from ecocsme.language.letters import unprintable
from ecocsme.language.texts import Texts

Spoken = tuple[FromFile[Written], tuple[str, ...]]


@check("translation", "a text that is missing in a language the file is to be printed in")
def translation(written: Iterable[Spoken]) -> Iterator[Problem]:
    """Name every text that has no version in one of the languages declared."""
    for source, languages in written:
        for place, value in leaves(source.value):
            for lang in value.missing(languages) if isinstance(value, Texts) and place[-1] not in source.value.for_others else ():
                cure = f'write {lang}: "..."; until then documents show another language and say so'
                yield source.problem(place, f"has no text in {lang}", cure, severity="warning")


@check("character", "a control or direction sign inside a text, which documents leave out")
def character(written: Iterable[Spoken]) -> Iterator[Problem]:
    """Name the code points of every sign that no document prints."""
    for source, _ in written:
        for place, value in leaves(source.value):
            texts = value.every() if isinstance(value, Texts) else (value,)
            for text in texts:
                found = unprintable(text) if isinstance(text, str) else ()
                if found:
                    message = f"holds {', '.join(found)}, which no document prints"
                    yield source.problem(place, message, "type the text again without it", severity="warning")


CHECKS = (translation, character)
