"""What templates can say: words, dates, lists and texts in the language of one document, escaped once for Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from ecocsme.documents.escaping import BREAK
from ecocsme.documents.markdown import plain, typed
from ecocsme.event.model import Facilitator, Venue
from ecocsme.files.values import Clock, Moment
from ecocsme.language import formats
from ecocsme.language.letters import printable
from ecocsme.language.texts import Texts
from ecocsme.language.words import Words, fill
from ecocsme.notes.model import Note


@dataclass(frozen=True)
class Speech:
    """One language's voice; `tags` are the language tags of all languages, `labels` those of the programme.

    `together` are the packs of all languages, where each line of a document speaks all of them.
    """

    words: Words
    tags: Mapping[str, str]
    terms: Mapping[str, Texts]
    labels: Mapping[str, Texts]
    together: tuple[Words, ...] = ()

    def functions(self) -> dict[str, Callable[..., Any]]:
        """The functions that templates may call."""
        named = (self.say, self.has, self.count, self.day, self.clock, self.span, self.listed, self.label, self.term)
        more = (self.place, self.person, self.joined, self.typed, self.fill, self.period, self.written, self.spoken, self.share, self.money)
        last = (self.language_name, self.everywhere, self.each, self.dates, self.stacked)
        return {function.__name__: function for function in (*named, *more, *last)}

    def finalize(self, value: Any) -> Any:
        """Turn any value into Markdown in which nothing that a person wrote is read as a mark."""
        if isinstance(value, Markup):
            return value
        if isinstance(value, Texts):
            return self._texts(value)
        return self._plain(self._said(value))

    def _said(self, value: Any) -> str:
        if isinstance(value, date):
            return formats.day(value, self.words.locale)
        if isinstance(value, Moment):
            return formats.moment(value, self.words.locale)
        if isinstance(value, Decimal):
            return formats.number(value, self.words.locale)
        return "" if value is None else str(value)

    def say(self, key: str, **values: Any) -> Markup:
        """The words under a key, with values in its blanks."""
        return self._filled(self.words.say(key), values)

    def everywhere(self, key: str | Texts, number: int | None = None, *, lines: bool = False, **values: str) -> Markup:
        """Words under a key, or a text, in all languages of a document whose lines speak all of them: `Masa 2 / Table 2`."""
        packs = reversed(self.together or (self.words,))
        known = {words.lang: key.said(words.lang)[0] if isinstance(key, Texts) else words.say(key) for words in packs}
        said = {fill(text, values): lang for lang, text in known.items()}
        shown = (self._in(text if number is None else f"{text} {number}", lang) for text, lang in reversed(said.items()))
        return Markup("\\\n" if lines else " / ").join(shown)  # noqa: S704  # ours, and nothing in it is a person's

    def each(self, key: str | Texts | date, **values: Any) -> tuple[Markup, ...]:
        """Words under a key, a text or a day, in each language of the document by itself, for columns that stand side by side."""
        packs = self.together or (self.words,)
        return tuple(self._in(_in_words(words, words.say(key) if isinstance(key, str) else key, values), words.lang) for words in packs)

    def has(self, key: str) -> bool:
        """Whether there are words under a key."""
        return self.words.has(key)

    def fill(self, text: Texts, **values: Any) -> Markup:
        """A text of a profile, with values in its blanks."""
        return self._filled(text.said(self.words.lang)[0], values)

    def count(self, key: str, number: int) -> Markup:
        """A number with its noun, as the plural rules of the language ask: `6 mese`, `20 de mese`."""
        category = formats.plural(number, self.words.locale)
        found = f"{key}.{category}" if self.words.has(f"{key}.{category}") else f"{key}.other"
        return self.say(found, n=formats.number(number, self.words.locale))

    def day(self, value: date, style: formats.Style = "long") -> Markup:
        """A day in one of CLDR's four lengths."""
        return self._plain(formats.day(value, self.words.locale, style))

    def dates(self, values: Sequence[date], style: formats.Style = "long") -> Markup:
        """The days of an event: a day in one of CLDR's four lengths, or several as a span or a list."""
        return self._plain(formats.days(values, self.words.locale, style))

    def clock(self, value: Clock) -> Markup:
        """A time of day."""
        return self._plain(formats.clock(value, self.words.locale))

    def span(self, start: Clock, end: Clock | None) -> Markup:
        """A span of time, or its start alone."""
        first = self.clock(start)
        return first if end is None else Markup(f"{first}–{self.clock(end)}")  # noqa: S704  # both are escaped

    def period(self, start: Moment | None, end: Moment | None) -> Markup:
        """A span of days or months; one end may be open."""
        ends = [str(self.finalize(moment)) for moment in (start, end) if moment is not None]
        if len(ends) == 1 and end is not None:
            return self.say("period.until", end=Markup(ends[0]))  # noqa: S704  # escaped by finalize
        return Markup(" – ".join(ends))  # noqa: S704  # escaped by finalize

    def listed(self, values: Iterable[Any]) -> Markup:
        """Values as a sentence lists them: `A, B și C`."""
        return Markup(formats.listed([str(self.finalize(value)) for value in values], self.words.locale))  # noqa: S704  # escaped by finalize

    def joined(self, values: Iterable[Any], by: str = ", ") -> Markup:
        """The values that are there, joined."""
        return Markup(self._inside(by)).join(self.finalize(value) for value in values if value)  # noqa: S704  # escaped by _inside

    def stacked(self, values: Iterable[Any]) -> Markup:
        """The values that are there, one below the other, wherever they are printed, also in the cell of a table."""
        return Markup(BREAK).join(self.finalize(value) for value in values if value)  # noqa: S704  # ours

    def label(self, name: str) -> Any:
        """What the programme calls a part of a plan, or our own word for it."""
        return self.labels[name] if name in self.labels else self.say(f"action-plan.{name}")

    def term(self, name: str) -> Any:
        """A term as the project translates it."""
        return self.terms.get(name, name)

    def place(self, venue: Venue) -> Markup:
        """A venue with its address and city."""
        return self.joined((venue.name, venue.address, venue.city))

    def person(self, facilitator: Facilitator) -> Markup:
        """A facilitator with role and organisation: `Ana Pop (moderator, Casa Artelor)`."""
        name, more = self.finalize(facilitator.name), self.joined((facilitator.role, facilitator.organisation))
        return Markup(f"{name} ({more})" if more else name)  # noqa: S704  # escaped by finalize

    def typed(self, note: Note | str) -> Markup:
        """A note as typed, its line breaks kept; its language is marked where that is not the document's."""
        if isinstance(note, str):
            return typed(printable(note, romanian=self.words.lang == "ro"))
        return self._marked(typed(printable(note.text, romanian=(note.language or self.words.lang) == "ro")), note.language)

    def spoken(self, text: str, lang: str) -> Markup:
        """Words that a person wrote in a language, as in a quote."""
        return self._in(text, lang)

    def written(self, texts: Texts, lang: str) -> Markup:
        """A text in exactly one language, whatever the language of the document."""
        text, found = texts.said(lang)
        return self._in(text, found or lang)

    def language_name(self, lang: str) -> Markup:
        """The name of a language in the language of the document."""
        return self._plain(formats.language_name(lang, self.words.locale))

    def share(self, value: Decimal) -> Markup:
        """A share in per cent."""
        return self._plain(formats.percent(value, self.words.locale))

    def money(self, cost: Texts) -> Any:
        """An amount as written; `none` is said in words."""
        return self.say("action-plan.no_cost") if cost.every() == ("none",) else self.finalize(cost)

    def _filled(self, pattern: str, values: Mapping[str, Any]) -> Markup:
        shown = {name: str(self.finalize(value)) for name, value in values.items()}
        return Markup(fill(pattern, shown, lambda text: str(self._inside(text))))  # noqa: S704  # every part is escaped

    def _inside(self, text: str) -> str:
        """A part of a sentence, its outer spaces kept."""
        core = text.strip()
        if not core:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{before}{self._plain(core)}{after}"

    def _plain(self, text: str) -> Markup:
        clean = plain(printable(text, romanian=self.words.lang == "ro"))
        return Markup(clean)  # noqa: S704  # escaped by plain

    def _texts(self, texts: Texts) -> Markup:
        text, lang = texts.said(self.words.lang)
        if lang in ("", self.words.lang):
            return self._plain(text)
        mark = self.say("language.untranslated", language=self.language_name(lang))
        return Markup("{} {}").format(self._in(text, lang), mark)

    def _in(self, text: str, lang: str) -> Markup:
        """A text in a language of its own, marked where that is not the document's."""
        return self._marked(Markup(plain(printable(text, romanian=(lang or self.words.lang) == "ro"))), lang)  # noqa: S704  # escaped by plain

    def _marked(self, text: Markup, lang: str) -> Markup:
        if lang == self.words.lang or lang not in self.tags:
            return text
        return Markup(f"[{text}]{{lang={self.tags[lang]}}}")  # noqa: S704  # a part that is escaped already


def _in_words(words: Words, value: Any, values: Mapping[str, Any]) -> str:
    """A pattern with values in its blanks, or a text or day, or several of them, in one language and without marks."""
    if isinstance(value, Texts):
        return value.said(words.lang)[0]
    if isinstance(value, date):
        return formats.day(value, words.locale)
    if isinstance(value, tuple | list):
        return ", ".join(_in_words(words, one, {}) for one in value if one)
    return fill(str(value), {name: _in_words(words, one, {}) for name, one in values.items()}) if values else str(value)
