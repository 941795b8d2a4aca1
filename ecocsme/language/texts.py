"""A text meant for people: one text, or a text per language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, ValidationInfo, ValidatorFunctionWrapHandler, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from ecocsme.errors import nearest, visible
from ecocsme.files.models import Reading
from ecocsme.files.values import TEXT_IN_SCHEMA, Text, fault


class Texts(Mapping[str, str]):
    """A text per language; a single text stands under the key '' and serves every language."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Keep the texts in the order written."""
        self._texts = dict(texts)

    def __getitem__(self, lang: str) -> str:
        """The text written for exactly this language."""
        return self._texts[lang]

    def __iter__(self) -> Iterator[str]:
        """The languages written, in order."""
        return iter(self._texts)

    def __len__(self) -> int:
        """How many texts were written."""
        return len(self._texts)

    def __hash__(self) -> int:
        """Equal texts hash equally."""
        return hash(tuple(self._texts.items()))

    def __repr__(self) -> str:
        """Show the texts for a debugger."""
        return f"Texts({self._texts!r})"

    def said(self, lang: str) -> tuple[str, str]:
        """The text for a language and the language it is really in ('' where one text serves all)."""
        if lang in self._texts:
            return self._texts[lang], lang
        if "" in self._texts:
            return self._texts[""], ""
        other = next(iter(self._texts))
        return self._texts[other], other

    def missing(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """The languages that have no text."""
        return () if "" in self._texts else tuple(lang for lang in languages if lang not in self._texts)

    def every(self) -> tuple[str, ...]:
        """All texts, in the order written."""
        return tuple(self._texts.values())


def _read(value: object, read: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Texts:
    """Read one text, or each text under its language; an empty value counts as not written, as it does elsewhere."""
    if isinstance(value, Texts):
        return value
    if not isinstance(value, dict):
        return Texts(read({"": value}))
    written = {lang: text for lang, text in value.items() if text is not None}
    # a word after a comma in an unquoted text arrives as a language without a text: only its name is to be complained of
    strangers = {lang: "-" for lang in value if lang not in written and not _is_language(lang, info)}
    if "" in value or not (written or strangers):
        raise fault("is empty", 'write a text, or a text per language such as {ro: "...", en: "..."}')
    return Texts(read({**written, **strangers}))


def _language(lang: str, info: ValidationInfo) -> str:
    if lang == "" or _is_language(lang, info):
        return lang
    known = sorted(_languages(info))
    near = nearest(lang, known)
    cure = f"did you mean {near}?" if near else f"known: {', '.join(known)}; put a text with a comma or a colon in double quotes"
    raise fault(f"{visible(lang, 60)} is no language", cure)


def _is_language(lang: str, info: ValidationInfo) -> bool:
    return lang in _languages(info) or not isinstance(info.context, Reading)


def _languages(info: ValidationInfo) -> frozenset[str]:
    return info.context.languages if isinstance(info.context, Reading) else frozenset()


class _PerLanguage:
    """How pydantic reads a text: as a mapping of languages, so that a fault stands on the line of its language."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Wrap a mapping from languages to texts."""
        key = core_schema.with_info_after_validator_function(_language, core_schema.str_schema())
        return core_schema.with_info_wrap_validator_function(_read, core_schema.dict_schema(key, handler.generate_schema(Text)))


# an editor cannot know the languages of a project: the names that a words pack may have, the shipped ones as proposals
LANGUAGES_IN_SCHEMA: dict[str, Any] = {
    "properties": {lang: {"type": [*TEXT_IN_SCHEMA["type"], "null"]} for lang in ("en", "ro")},
    "patternProperties": {"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": {**TEXT_IN_SCHEMA, "type": [*TEXT_IN_SCHEMA["type"], "null"]}},
    "additionalProperties": False,
}
LOCAL_TEXT_IN_SCHEMA: dict[str, Any] = {"anyOf": [TEXT_IN_SCHEMA, {"type": "object", "minProperties": 1, **LANGUAGES_IN_SCHEMA}]}
LocalText = Annotated[Texts, _PerLanguage, WithJsonSchema(LOCAL_TEXT_IN_SCHEMA)]
