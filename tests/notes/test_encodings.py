"""The old sets of letters: a sheet in any of them is read letter by letter as it was typed, or the report says where it is in doubt."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ecocsme.language.letters import comma
from ecocsme.notes import encodings
from ecocsme.notes.cautions import cautions
from ecocsme.notes.letter_sets import SETS, judge
from support.answer_sheets import hints, read

# what people write about, in the languages of the regions that use the tool
WORDS = {
    "ro": [
        "școlile",
        "învață",
        "țările",
        "băncile",
        "își",
        "găsesc",
        "spații",
        "și",
        "câștigă",
        "încredere",
        "împreună",
        "târgul",
        "fără",
        "plată",
    ],
    "nl": ["financiële", "coördinatie", "ideeën", "geïnteresseerd", "één", "patiënt", "reünie", "vóór", "officiële"],
    "fy": [
        "kultuer",
        "mei",
        "sûkses",
        "tûzen",
        "skûtsjes",
        "bûten",
        "wêr",
        "frijwilligers",
        "dúdlik",
        "jûn",
        "ûnderwiis",
        "tiid",
        "moai",
        "wy",
        "hawwe",
        "genôch",
    ],
    "it": ["città", "perché", "più", "università", "può", "attività", "così", "già", "società", "è", "cioè"],
    "hr": ["više", "žena", "čuvati", "baštinu", "đaci", "općina", "škole", "mladež", "grad", "riječ", "događaji", "moći"],
    "lt": ["žmonių", "šokėjų", "ąžuolų", "įmonės", "ūkis", "daugiau", "kultūros", "švietimas", "miestų", "ėjimas", "čia"],
    "hu": ["több", "tűzoltó", "művész", "ősszel", "jövő", "könyv", "együttműködés", "kávézó", "új", "út", "főváros"],
    "de": ["Räume", "für", "Künstler", "größere", "Bühnen", "Förderung", "schöne", "Straße", "Gebäude", "übrig"],
}
BELIEVED = [(lang, name) for lang in WORDS for name in SETS[lang][0]]


@pytest.mark.parametrize(("lang", "name"), BELIEVED, ids=lambda value: value)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_sheet_in_an_old_set_is_read_as_typed_or_is_in_doubt(lang: str, name: str, data: st.DataObject) -> None:
    """Three rows in a language, in any set in which its files are found, come back letter by letter; nothing is wrong in silence."""
    rows = data.draw(st.lists(st.lists(st.sampled_from(WORDS[lang]), min_size=4, max_size=12).map(" ".join), min_size=3, max_size=8))
    text = "Masa,q1\n" + "".join(f"Masa {n},{row}\n" for n, row in enumerate(rows, 1))
    if lang == "ro" and name != "iso8859-16":
        text = text.translate(str.maketrans("șțȘȚ", "şţŞŢ"))
    saved = text.encode(name)
    assume(not saved.isascii())
    found = judge(saved, (lang, "en"))
    assert found is not None
    if comma(found.text) != comma(text):
        assert found.doubt, (found.name, found.text)


@pytest.mark.parametrize(("lang", "name"), BELIEVED, ids=lambda value: value)
def test_a_sheet_with_all_letters_of_its_language_leaves_no_doubt(lang: str, name: str) -> None:
    """With the letters of a real sheet, the set is found, whatever other languages the event has."""
    text = "Masa,q1\n" + "".join(f"Masa {n},{word}\n" for n, word in enumerate(WORDS[lang], 1))
    if lang == "ro" and name != "iso8859-16":
        text = text.translate(str.maketrans("șțȘȚ", "şţŞŢ"))
    for languages in ((lang,), (lang, "en"), ("en", lang), (lang, "ro")):
        found = judge(text.encode(name), languages)
        assert found is not None
        assert comma(found.text) == comma(text), (found.name, languages)
        assert not found.doubt


def test_the_report_says_why_an_encoding_was_chosen() -> None:
    """The letters that speak for it are named."""
    said = read("q1\nmai multe școli și bănci\n".replace("ș", "ş").encode("cp1250")).said
    assert said[:2] == (
        "read as Windows-1250 (judged by its letters), one column",
        "the encoding Windows-1250 was chosen because the letters ş, ă belong to the event's languages",
    )


def test_where_two_encodings_fit_alike_the_report_says_so() -> None:
    """Nothing is chosen in silence: the line, both readings and the way out are named."""
    found = read("q1\nla citt\x85\n".encode("latin-1"), given=hints(languages=("it",)))
    assert found.said[-1].startswith(
        "the encoding is in doubt: line 2 reads “citt…”, but “città” in CP850; if that is right, name the encoding"
    )


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Timi?oara", True), ("înv??are", True), ("?coala", True), ("b\ufffdnci", True), ("De ce?", False), ("Ce? Unde?", False),
        ("De ce?Pentru că", False),
        ("https://exemplu.ro/a?b=c", False), ("? - nu știm", False), ("(?)", False), ("2?3", False), ("da/nu?poate", False),
    ],
)  # fmt: skip
def test_lost_letters_are_noticed(text: str, lost: bool) -> None:  # noqa: FBT001  # a table
    """A question mark inside of a word stands for a letter that a program could not save; other question marks ask."""
    assert encodings.letters_lost(text) is lost


def test_lost_letters_are_a_warning_with_their_cells() -> None:
    """The answers are kept as typed, and named."""
    found = read("Masa,q1\n1,Timi?oara\n2,De ce?\n3,înv??are\n")
    (said,) = [str(problem) for problem in cautions(found.drafts, "masa.csv")]
    assert said.startswith("masa.csv: warning: in these answers a question mark stands inside of a word")
    assert "B2, B4" in said
