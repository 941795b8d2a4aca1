"""Questions in a terminal; in a script, every flag that is missing is named at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from ecocsme.cli import console
from ecocsme.errors import MissingInput

if TYPE_CHECKING:
    from ecocsme.language.texts import Texts


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to be known: its option, how it is asked (`""`: by its flag only), how an answer is read, whether it must be there."""

    option: str
    ask: str
    read: Callable[[str], Any]
    required: bool = False
    default: str = ""
    per_language: bool = False

    @property
    def name(self) -> str:
        """The name under which the answer is kept."""
        return self.option.removeprefix("--").replace("-", "_")


def complete(wanted: Sequence[Wanted], given: Mapping[str, Any], *, languages: Sequence[str], interactive: bool) -> dict[str, Any]:
    """Take what was given by flags and ask for the rest; raise MissingInput naming every flag that a script lacks."""
    missing = [one.option for one in wanted if one.required and given.get(one.name) is None and not one.default]
    if missing and not interactive:
        raise MissingInput(f"missing: {', '.join(missing)}; give them, or leave out --no-input to be asked")
    found: dict[str, Any] = {}
    for one in wanted:
        value = given.get(one.name)
        if value is None and interactive and one.ask:
            found[one.name] = _asked(one, languages)
        elif value is None:
            found[one.name] = one.read(one.default) if one.default else None
        else:
            found[one.name] = _read(one, value)
    return found


def questions(languages: Sequence[str]) -> tuple[Texts, ...]:
    """Ask for the questions, a text per language each, until one is left empty."""
    asked: list[Texts] = []
    console.say("The questions for the tables; an empty line ends them.")
    while (text := _per_language(f"Question {len(asked) + 1}", languages)) is not None:
        asked.append(text)
    return tuple(asked)


def _asked(one: Wanted, languages: Sequence[str]) -> Any:
    while True:
        answer = _per_language(one.ask, languages) if one.per_language else _prompt(one.ask, one.default)
        if not answer and not one.required:
            return None
        try:
            if answer:
                return one.read(answer) if isinstance(answer, str) else answer
            console.refuse("this cannot be left empty")
        except ValueError as error:
            console.refuse(_words(error))


def _per_language(text: str, languages: Sequence[str]) -> Texts | None:
    """Ask for a text in each language; an empty first one means that there is none."""
    from ecocsme.language.texts import Texts

    first, *others = languages
    said = {first: _prompt(f"{text} ({first})")}
    if not said[first]:
        return None
    said.update({lang: _prompt(f"{text} ({lang})") for lang in others})
    return Texts({lang: side for lang, side in said.items() if side})


def _read(one: Wanted, value: str) -> Any:
    try:
        return one.read(value)
    except ValueError as error:
        raise typer.BadParameter(_words(error), param_hint=one.option) from None


def _words(error: ValueError) -> str:
    context = getattr(error, "context", None) or {}
    return f"{context['message']}; {context['cure']}" if "cure" in context else str(error)


def _prompt(text: str, default: str = "") -> str:
    answer: str = typer.prompt(text, default=default, show_default=bool(default), err=True)
    return answer.strip()
