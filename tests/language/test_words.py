"""Packs of words: the shipped ones, a user's own over them, and what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecocsme.errors import EcocsmeError, InvalidFile, UnknownName
from ecocsme.files.places import Shelves
from ecocsme.language import words
from ecocsme.language.words import fill

SHIPPED = Shelves()
LANGUAGES = sorted(words.languages(SHIPPED))


def own(folder: Path, name: str, text: str) -> Shelves:
    """A shelf with one pack of the user's."""
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / name).write_text(text, "utf-8")
    return Shelves((folder,))


def test_romanian_and_british_english_are_shipped() -> None:
    """Two languages come with the tool, each with its locale and its tag."""
    assert {"ro", "en"} <= set(LANGUAGES)
    assert (words.load(SHIPPED, "ro").locale, words.load(SHIPPED, "ro").tag) == ("ro", "ro-RO")
    assert (words.load(SHIPPED, "en").locale, words.load(SHIPPED, "en").tag) == ("en_GB", "en-GB")


def test_a_users_words_are_laid_over_the_shipped_ones(tmp_path: Path) -> None:
    """A user who wants one word otherwise writes that one only."""
    shelves = own(tmp_path, "ro.yaml", 'agenda:\n  title: "Programul zilei"\n')
    assert words.load(shelves, "ro").say("agenda.title") == "Programul zilei"
    assert words.load(shelves, "ro").locale == "ro"


def test_a_new_language_is_one_file(tmp_path: Path) -> None:
    """A pack of a new language makes it known at once."""
    shelves = own(tmp_path, "fi.yaml", "language: {name: suomi, locale: fi, tag: fi-FI}\n")
    assert "fi" in words.languages(shelves)
    assert words.load(shelves, "fi").locale == "fi"


@pytest.mark.parametrize("name", ["._ro.yaml", "ro (conflicted copy).yaml", "~$ro.yaml", "ro.yaml~", "Ro.yaml", "copy of ro.yaml"])
def test_what_lies_beside_a_pack_is_no_language(tmp_path: Path, name: str) -> None:
    """Copies that Macs, Dropbox and editors leave are no languages."""
    assert words.languages(own(tmp_path, name, "x: y\n")) == words.languages(SHIPPED)


@pytest.mark.parametrize("lang", ["xx", "../ro", "words/ro", "", "RO"])
def test_a_language_without_a_pack(lang: str) -> None:
    """A language that has no pack is unknown, and a path is no language."""
    with pytest.raises(UnknownName, match="there is no language of this name"):
        words.load(SHIPPED, lang)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("language: {locale: xx_YY}\n", "words/fi.yaml: language.locale: found xx_YY, which is no locale; "),
        ("language: {name: suomi}\n", "words/fi.yaml: language.locale: is missing; "),
        ("language: {locale: fi}\nagenda:\n  title:\n", "words/fi.yaml:3: agenda.title: has no words; "),
        ("language: {locale: fi}\nagenda: [{a: b}]\n", "words/fi.yaml:2: agenda: has no words; "),
        ("agenda: x: y\n", "words/fi.yaml:1: a colon stands inside an unquoted text"),
    ],
)
def test_a_pack_that_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    """What is wrong with a user's pack is said with its line, before any document is built."""
    with pytest.raises(InvalidFile) as refused:
        words.load(own(tmp_path, "fi.yaml", text), "fi")
    assert str(refused.value).startswith(said)


def test_words_that_are_missing_are_named(tmp_path: Path) -> None:
    """A word that a pack lacks is asked for by its key."""
    pack = words.load(own(tmp_path, "fi.yaml", "language: {locale: fi}\n"), "fi")
    assert not pack.has("agenda.title")
    with pytest.raises(InvalidFile, match=r"^words/fi.yaml: agenda.title: is missing; add it to the words of this language"):
        pack.say("agenda.title")


def test_words_under_a_key() -> None:
    """All words under a key are given by the rest of their key."""
    assert {"one", "few", "other"} == set(words.load(SHIPPED, "ro").under("tables"))


def test_fill_puts_values_into_blanks() -> None:
    """A value goes into its blank as it is: it is not searched for blanks, and nothing is evaluated."""
    assert fill("{a} și {b}", {"a": "{b}", "b": "{a.__class__}"}) == "{b} și {a.__class__}"
    assert fill("{} {a-b} {0} {a.b}", {}) == "{} {a-b} {0} {a.b}"
    assert fill("x {a} y", {"a": "<1>"}, str.upper) == "X <1> Y"


def test_an_unknown_blank_is_named() -> None:
    """A blank that nothing fills is named, with those that are known."""
    with pytest.raises(EcocsmeError, match=r"^\{m\}: nothing is known to put here; known: n"):
        fill("Runda {m}", {"n": "1"})


@given(st.text(max_size=40), st.text(max_size=20))
def test_a_value_always_comes_out_whole(around: str, value: str) -> None:
    """Whatever a value holds, it stands in the sentence unchanged."""
    plain = around.replace("{", "(")
    assert fill(plain + "{n}" + plain, {"n": value}) == plain + value + plain
