"""A text, or a text per language."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from ecocsme.language.texts import LocalText, Texts

BOTH = Texts({"ro": "Atelier", "en": "Lab"})
ONE = Texts({"": "Launch Game"})


def test_a_text_in_a_language_or_the_one_that_there_is() -> None:
    """A text is given in the language asked for, else in another one that is named, so that documents can say so."""
    assert BOTH.said("en") == ("Lab", "en")
    assert BOTH.said("lt") == ("Atelier", "ro")
    assert ONE.said("en") == ("Launch Game", "")


def test_missing_languages() -> None:
    """One text serves every language; of several, those that are not there are missing."""
    assert ONE.missing(("ro", "en")) == ()
    assert BOTH.missing(("ro", "lt", "en", "fi")) == ("lt", "fi")


def test_texts_behave_as_a_mapping_that_cannot_be_changed() -> None:
    """Texts compare and hash by what they say, and list it in the order written."""
    assert Texts({"ro": "Atelier", "en": "Lab"}) == BOTH
    assert hash(Texts({"ro": "Atelier", "en": "Lab"})) == hash(BOTH)
    assert (list(BOTH), len(BOTH), BOTH["en"], BOTH.every()) == (["ro", "en"], 2, "Lab", ("Atelier", "Lab"))
    assert repr(ONE) == "Texts({'': 'Launch Game'})"
    with pytest.raises(TypeError):
        BOTH["en"] = "x"  # type: ignore[index]  # that it is refused is the point


def test_texts_are_taken_as_they_are() -> None:
    """A model may be made from texts that were read before."""
    assert TypeAdapter(LocalText).validate_python(BOTH) is BOTH


def test_the_schema_for_editors_offers_both_ways() -> None:
    """An editor is told that a text or a mapping may be written."""
    schema = TypeAdapter(LocalText).json_schema()
    assert [form["type"] for form in schema["anyOf"]] == [["string", "number", "boolean"], "object"]
