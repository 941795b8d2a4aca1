"""Letters: comma and cedilla, composed and decomposed, what is never printed, what counts as equal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecocsme.language.letters import comma, fold, printable, unprintable, verbatim

TEXTS = st.text(max_size=60)
SAME = ("Spații ieftine", "Spaţii ieftine", unicodedata.normalize("NFD", "Spații ieftine"), unicodedata.normalize("NFD", "Spaţii ieftine"))
SPACED = ("Spații  ieftine ", "Spații\u00a0ieftine", "Spa\u200bții\nieftine", "\ufeffSpații ieftine", "Spa\u00adții ieftine")
OTHER = ("Spatii ieftine", "Spații ieftine.", "spații ieftine", "Spații ieftin", "Spаții ieftine", "Spațiiieftine")


@pytest.mark.parametrize("text", [*SAME, *SPACED])
def test_spellings_of_one_text_are_verbatim_the_same(text: str) -> None:
    """Cedilla and comma, composed and decomposed, spaces of any kind and invisible signs make no difference."""
    assert verbatim(text) == "Spații ieftine"
    assert fold(text.upper()) == "spații ieftine"


@pytest.mark.parametrize(
    "text", ["Spatii ieftine", "Spații ieftine.", "spații ieftine", "Spații ieftin", "Spаții ieftine", "Spațiiieftine"]
)
def test_every_other_letter_is_another_text(text: str) -> None:
    """A letter, a full stop, a capital, a space or a letter of another alphabet more or less is another text."""
    assert verbatim(text) != "Spații ieftine"


def test_romanian_is_printed_with_comma_letters() -> None:
    """Old files in cedilla letters, decomposed ones too, come out in comma letters; other languages keep their own."""
    assert printable("Învăţare, Timişoara, ŞŢ", romanian=True) == "Învățare, Timișoara, ȘȚ"
    assert printable("s\u0327t\u0327 s\u0326", romanian=True) == "șț ș"
    assert printable("Şişli", romanian=False) == "Şişli"


def test_control_and_direction_signs_are_not_printed() -> None:
    """What Word cannot hold and what turns a line around is left out; old line breaks of Word become line breaks."""
    assert printable("a\x0bb\x07c\u202ed\u2066e\ufffef\x1b[0m", romanian=True) == "a\nbcdef[0m"
    assert unprintable("a\x0bb\u202ec\u202ed\t\r\n") == ("U+000B", "U+202E")


@given(TEXTS)
def test_what_is_printed_holds_nothing_unprintable(text: str) -> None:
    """Nothing that is named as unprintable is ever printed, and nothing XML refuses."""
    for romanian in (True, False):
        shown = printable(text, romanian=romanian)
        assert unprintable(shown) == ()
        assert not set(shown) & set("şţŞŢ") or not romanian
        shown.encode("utf-8")


@given(TEXTS)
def test_doing_it_twice_is_doing_it_once(text: str) -> None:
    """Each form is final: bringing a text into it again changes nothing."""
    for form in (comma, verbatim, fold):
        assert form(form(text)) == form(text)
    assert printable(printable(text, romanian=True), romanian=True) == printable(text, romanian=True)


@given(TEXTS)
def test_the_normal_form_in_which_a_text_was_typed_does_not_count(text: str) -> None:
    """A Mac's decomposed text and a PC's composed one compare equal."""
    for form in ("NFC", "NFD"):
        assert verbatim(unicodedata.normalize(form, text)) == verbatim(text)
        assert fold(unicodedata.normalize(form, text)) == fold(text)


@given(TEXTS, TEXTS)
def test_a_part_of_a_text_stays_a_part(left: str, right: str) -> None:
    """A quote cut out of a note between two words is found in it again."""
    assert verbatim(left) in verbatim(f"{left} {right}")
    assert verbatim(right) in verbatim(f"{left} {right}")


@given(st.text(st.sampled_from("aĂșşŢțßİıǰ\u0301\u0345\u00ad\u200b\ufeff\u00a0\u2003 \x1f\nﬃᾳ"), max_size=12) | TEXTS)
def test_the_quick_way_of_folding_is_the_whole_way(text: str) -> None:
    """Whatever short cut is taken, a folded text is the verbatim one without capitals, composed again."""
    assert fold(text) == unicodedata.normalize("NFC", verbatim(text).casefold())
