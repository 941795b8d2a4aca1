"""Markdown with marks: people's words stay words wherever they are printed, marks are known or refused, and people read neither."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ecocsme.documents.markdown import for_people, plain, typed
from ecocsme.documents.marks import parse
from ecocsme.errors import InvalidFile
from support.people_texts import folded, texts

# places in a template where a value may be printed, alone or beside others
PLACES = (
    "{}",
    "- {}",
    "1. {}",
    "# {}",
    "### [A1]{{#a}}: {}",
    "> {}",
    "| a | b |\n|---|---|\n| {} | c |",
    "| {} | b |\n|---|---|\n| a | c |",
    "|a|b|\n|-|-|\n|{}|c|",
    "[{}]{{#a}} x",
    "[{}]{{lang=en-GB}}",
    "[{}](https://example.org/)",
    "- **a**: {}",
    "- **{}** b",
    "a {} b",
    "({}; b)",
    "::: small\n{}\n:::",
    "{} · {}",
    "- {}\n- {}",
)


def shape(tokens: Sequence[Token]) -> list[str]:
    """The structure of a document: its tokens but for the texts."""
    every = (one for token in tokens for one in (token, *(token.children or ())))
    return [f"{one.type} {one.tag} {one.attrs}" for one in every if one.type not in ("text", "softbreak") or not one.content]


def said(tokens: Sequence[Token]) -> str:
    """All that a document says, in one line."""
    lines = (token.children or () for token in tokens if token.type == "inline")
    return folded(" ".join("".join(" " if child.type.endswith("break") else child.content for child in line) for line in lines))


def viewed(markdown: str) -> list[Token]:
    """Some Markdown as a viewer reads it, which knows nothing of our marks."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)


def read_in(place: str, value: str) -> tuple[list[str], str]:
    """The structure and the words of a place with a value in it."""
    tokens = parse(place.format(value, value) + "\n")
    return shape(tokens), said(tokens)


@pytest.mark.parametrize("place", PLACES)
@given(text=texts)
def test_a_text_stays_a_text(place: str, text: str) -> None:
    """Whatever a person typed comes back letter for letter, and the document keeps the structure that the template gave it."""
    words = folded(text)
    structure, found = read_in(place, plain(text))
    usual, around = read_in(place, "Word")
    assert structure == usual
    assert found == folded(around.replace("Word", words))


@given(lines=st.lists(texts, min_size=1, max_size=4), place=st.sampled_from(PLACES))
def test_a_note_keeps_its_lines(lines: list[str], place: str) -> None:
    """A note of several lines stays one paragraph, item, heading or cell, its lines apart by hard breaks."""
    structure, found = read_in(place, str(typed("\n".join(lines))))
    usual, around = read_in(place, "Word")
    assert [part for part in structure if not part.startswith("hardbreak")] == usual
    assert found == folded(around.replace("Word", folded("\n".join(lines))))


def test_every_line_break_of_a_note_is_a_hard_break() -> None:
    """Line feed, carriage return, vertical tab and an empty line are breaks; white space at the ends is not."""
    children = parse(str(typed("  a\nb\r\nc\vd\n\n- e\n")))[1].children or []
    assert "".join("/" if child.type == "hardbreak" else child.content for child in children) == "a/b/c/d//- e"


@pytest.mark.parametrize(
    "text", ["10_000", "IT&C", "ana_pop@example.org", "https://example.org/a_b?c=d&e=f", "7 * 7", "5 < 6", "~50 %", "a - b", "C:\\dosar"]
)
def test_what_nobody_would_misread_has_no_backslash(text: str) -> None:
    """Amounts, names and addresses stand in the template's Markdown and in that for people as they were typed."""
    assert plain(text) == text
    assert for_people(f"{plain(text)}\n") == f"{text}\n"


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{#a}", ":::", "a | b", "a*", "wow!", "[nou]", "2*3", "`", "C #"])
def test_for_people_no_backslash_is_needless(text: str) -> None:
    """A single sign that a viewer leaves alone is not escaped in the Markdown that people read."""
    assert for_people(f"{plain(text)}\n") == f"{text}\n"


def framed(place: str, value: str) -> str:
    """A place with a value in it, as people get it."""
    return for_people(place.format(value, value) + "\n")


@pytest.mark.parametrize("place", PLACES)
@given(text=texts)
def test_people_read_what_was_typed(place: str, text: str) -> None:
    """The Markdown for people says the same words in the same structure to any viewer, however full of signs they are."""
    tokens, usual = viewed(framed(place, plain(text))), viewed(framed(place, "Word"))
    assert shape(tokens) == shape(usual)
    assert said(tokens) == folded(said(usual).replace("Word", folded(text)))


@given(blocks=st.lists(st.tuples(st.sampled_from(PLACES[:-2]), texts), min_size=1, max_size=6))
def test_for_people_is_clean(blocks: list[tuple[str, str]]) -> None:
    """No mark is left, no line is blank twice, nothing but one line feed ends the file, and writing it anew changes nothing."""
    markdown = "\n\n".join(place.format(plain(text)).replace("#a}", f"#a{index}}}") for index, (place, text) in enumerate(blocks)) + "\n"
    people = for_people(markdown)
    assert people.endswith("\n")
    assert not people.endswith("\n\n")
    assert "\n\n\n" not in people
    assert "\r" not in people
    assert said(viewed(people)) == said(parse(markdown))


MARKED = """\
::: letterhead
Municipiul
:::

# [Acțiunea A1]{#action-A1}: titlu

Vezi [1](#note-1) și [pagina](https://example.org/a_(b)), scrie la <presa@example.org>.

[The city]{lang=en-GB} spune\\
pe două rânduri.

::: page-break
:::

::: {lang=en-GB}
* one
* two

- [1.]{#note-1} three ([A1](#action-A1))
:::

::: small
Mic.
:::
"""


PEOPLE = """\
Municipiul

# Acțiunea A1: titlu

Vezi 1 și [pagina](<https://example.org/a_(b)>), scrie la <presa@example.org>.

The city spune\\
pe două rânduri.

---

* one
* two

- 1\\. three (A1)

Mic.
"""


def test_marks_are_taken_out_for_people() -> None:
    """Divs and spans become their text, links inside the document become their words, a page break becomes a line."""
    assert for_people(MARKED) == PEOPLE


def test_lists_that_a_div_kept_apart_stay_apart() -> None:
    """Two lists that would become one without the div between them get different markers."""
    people = for_people("- a\n\n::: small\n- b\n:::\n\n1. c\n\n::: small\n1. d\n:::\n")
    assert people == "- a\n\n* b\n\n1. c\n\n1) d\n"


def test_page_breaks_at_the_ends_are_no_lines() -> None:
    """A line across the page stands between two things only, and only once."""
    page = "::: page-break\n:::\n"
    assert for_people(f"{page}\na\n\n{page}\n---\n\nb\n\n{page}") == "a\n\n---\n\nb\n"


def test_hyphens_in_an_item_are_no_line_across_the_page() -> None:
    """An item that says only hyphens keeps them, whatever its own marker makes of them."""
    assert for_people(f"- {plain('--')}\n") == "- \\--\n"


def test_code_is_kept_as_it_is() -> None:
    """Neither signs nor line breaks of code change, and the fence is longer than any inside."""
    assert for_people("```\n*a*  b\n\n``\n```\n") == "```\n*a*  b\n\n``\n```\n"
    assert for_people("~~~~\n```\n~~~~\n") == "````\n```\n````\n"
    assert for_people("a ``b`c`` *d*\n") == "a ``b`c`` *d*\n"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (
            "::: foo\na\n:::\n",
            "line 1 of its Markdown: the mark .foo is unknown; known around blocks: letterhead, small, sign, sign-words, page-break",
        ),
        ("a\n\n::: {color=red}\nb\n:::\n", "line 3 of its Markdown: the mark color=red is unknown"),
        ("::: {lang=română}\nb\n:::\n", "the mark lang=română is unknown"),
        ("::: {#a}\nb\n:::\n", "the mark #a is unknown"),
        ("a [b]{.small} c\n", "the mark .small is unknown; known in a line: {lang=en-GB}, {#anchor}"),
        ("a [b]{} c\n", "the mark {} is unknown"),
        ("a [b]{#1} c\n", "the mark #1 is unknown"),
        ("a\n\n::: small\nb\n", "line 3 of its Markdown: a div is opened and never closed"),
        ("a\n\n:::\n", "line 3 of its Markdown: ::: closes a div that was not opened"),
        ("- ::: small\n  a\n\n:::\n", "a div is opened and never closed"),
        ("::: small\n- a\n\n  :::\n", "::: closes a div that was opened elsewhere"),
        ("[a]{minutes=5}\n", "{minutes=} is not in front of a row of a timeline; write ::: timeline around the table"),
        ("| a |\n|---|\n| [b]{minutes=5} |\n", "line 3 of its Markdown: {minutes=} is not in front of a row of a timeline"),
        ("::: timeline\n| a |\n|---|\n| b [c]{minutes=5} |\n:::\n", "{minutes=} is not in front of a row of a timeline"),
        ("::: timeline\n| a | b |\n|---|---|\n| c | [d]{minutes=5} |\n:::\n", "{minutes=} is not in front of a row of a timeline"),
        ("::: timeline\n| a |\n|---|\n| [b]{.break} |\n:::\n", "the mark .break is unknown"),
        ("::: timeline\n| a |\n|---|\n| [b]{minutes=x} |\n:::\n", "the mark minutes=x is unknown"),
        ("::: small\n::: timeline\na\n:::\n:::\n", "a timeline lies in another div"),
        ("| a |\n|---|\n| [b]{width=20} |\n", "{width=} is not above a column; begin the title of the column with it"),
        ("| a [b]{width=20} |\n|---|\n| c |\n", "{width=} is not above a column"),
        ("| [a]{width=60} | [b]{width=60} |\n|---|---|\n| c | d |\n", "the columns of a table ask for more than there is"),
        ("::: {minutes=5}\na\n:::\n", "the mark minutes= is unknown; known around blocks"),
        ("[a](#nowhere)\n", "the link #nowhere leads nowhere; mark its target as [text]{#nowhere}"),
        ("[a](www.example.org)\n", "the link www.example.org leads nowhere; begin it with https://"),
        ("[a](ftp://example.org)\n", "the link ftp://example.org leads nowhere"),
        ("[a]()\n", "the link () leads nowhere"),
        ("[a](https://example.org 'b')\n", "a title of a link is not available in documents"),
        ("![a](https://example.org/b.png)\n", "image is not available in documents"),
        ("[a]{#x} [b]{#x}\n", "the anchor #x stands there twice"),
        (f"{'> ' * 70}a\n", "is nested too deeply"),
    ],
)
def test_what_no_writer_knows_is_refused(markdown: str, expected: str) -> None:
    """An unknown mark, a link to nowhere or an element that Word does not get is an error, never left out in silence."""
    with pytest.raises(InvalidFile) as refused:
        for_people(markdown, "documents/agenda.md.j2")
    assert str(refused.value).startswith("documents/agenda.md.j2: line ")
    assert expected in str(refused.value)


def test_all_faults_are_named_at_once() -> None:
    """Two unknown marks and a bad link are three lines of one message."""
    with pytest.raises(InvalidFile) as refused:
        parse("[a]{.b}\n\n::: c\nd\n:::\n\n[e](f)\n")
    assert [str(problem).split(" of ")[0] for problem in refused.value.problems] == [
        "Markdown: line 1",
        "Markdown: line 3",
        "Markdown: line 7",
    ]


def test_each_language_of_a_bound_document_has_its_own_anchors() -> None:
    """The same anchor may stand once in every part that is in another language."""
    part = "[a]{#x} [b](#x)\n"
    assert parse(f"{part}\n::: {{lang=en-GB}}\n{part}\n:::\n")


def test_divs_lie_in_one_another() -> None:
    """A closing line belongs to the innermost div, as in Pandoc."""
    kinds = [token.type for token in parse("::: {lang=en-GB}\n::: small\na\n:::\n\nb\n:::\n") if token.type.startswith("div")]
    assert kinds == ["div_open", "div_open", "div_close", "div_close"]


def test_signs_of_divs_inside_code_are_code() -> None:
    """A fence of code that shows a div opens none."""
    tokens: list[Any] = list(parse("```\n::: small\n```\n"))
    assert [token.type for token in tokens] == ["fence"]
