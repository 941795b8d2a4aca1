"""Word documents: what is said above an answer, what its text is once all changes are accepted, and what is no answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecocsme.errors import UnreadableSheet
from ecocsme.notes.answers import Answers
from ecocsme.notes.grid import blank
from support import answer_sheets
from support.answer_sheets import FIRST, SECOND, known, left, short
from support.made_docx import docx, item, p, part, run, style, styles, tbl, tc, tr

NAME = "masa.docx"
ASKED = p(FIRST)


def read(*body: str, beside: dict[str, str] | None = None) -> Answers:
    """Read a document; every text must be accounted for."""
    return answer_sheets.read(docx(*body, beside=beside), NAME)


def texts(*body: str) -> list[str]:
    """The texts of all answers below the first question."""
    return [draft.text for draft in read(ASKED, *body).drafts]


def within(inside: str, **more: str) -> str:
    """The text of one paragraph below a question."""
    (text,) = texts(p(inside, **more))
    return text


def test_headings_say_what_paragraphs_and_items_answer() -> None:
    """A heading names question, table or round until one of its level or above ends it; blank paragraphs are nothing."""
    found = read(
        p("Masa 2, runda 1", "Heading1"), p("q1", "Heading2"), p("granturi mici"), item("spații"), p(""), p("\u200b "),
        p("What partners do we lack?", "Heading2"), item("clusterul IT"), p("Masa 3", "Heading1"), p("q1", "Heading2"), p("mentorat"),
    )  # fmt: skip
    assert short(found) == [
        "q1/t2/r1 paragraph 3: granturi mici", "q1/t2/r1 paragraph 4: spații", "q2/t2/r1 paragraph 6: clusterul IT",
        "q1/t3 paragraph 9: mentorat",
    ]  # fmt: skip
    assert found.headers == 5


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("Heading2", "heading 2"), ("Titlu2", "heading 2"), ("berschrift2", "heading 2"), ("x1", "Titlu 2"), ("x1", "Überschrift 2"),
        ("x1", "Titre 2"), ("Titolo2", "Titolo 2"), ("Otsikko2", ""), ("Titlu2", ""), ("Heading2", ""), ("Title", "Title"),
    ],
)  # fmt: skip
def test_a_heading_is_known_by_its_style_in_any_language(key: str, name: str) -> None:
    """By the name of the style, which Word translates, or by its ID alone."""
    made = {"styles styles.xml": styles(style(key, name))} if name else None
    found = read(ASKED, p("un răspuns"), p("Ceva", key), p("altceva"), beside=made)
    assert left(found.not_read)[-1:] != []
    assert "Ceva" not in [draft.text for draft in found.drafts]


def test_a_style_inherits_its_level_and_an_outline_makes_a_heading() -> None:
    """What is based on a heading is one; level 9 of an outline is ordinary text, whatever the style."""
    made = {
        "styles styles.xml": styles(
            style("Heading1", "heading 1"),
            style("Mine", "Întrebare", '<w:basedOn w:val="Heading1"/>'),
            style("Flat", "Plat", '<w:basedOn w:val="Heading1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
        )
    }
    outlined = p("q2", properties='<w:outlineLvl w:val="0"/>')
    found = read(p("q1", "Mine"), p("unu", "Flat"), outlined, p("doi"), beside=made)
    assert short(found) == ["q1 paragraph 2: unu", "q2 paragraph 4: doi"]


def test_a_line_that_is_a_question_a_table_or_a_round_is_a_heading() -> None:
    """Without any style: the text of a question in one or two languages, its ID, a table, a round; one that says more is an answer."""
    found = read(
        p("Masa 2"), p("Round 1"), p(f"1. {FIRST} / What do small firms in culture need?"), p("a"),
        p("Masa 3"), p("b"), p("Runda 2:"), p("c"),
        p("Masa 2 a propus vouchere"), p("Q2"), p("Răspunsuri:"), p("d"), p("q1 e prea vagă"), p("Limba"),
    )  # fmt: skip
    assert short(found) == [
        "q1/t2/r1 paragraph 4: a", "q1/t3/r1 paragraph 6: b", "q1/t3/r2 paragraph 8: c", "q1/t3/r2 paragraph 9: Masa 2 a propus vouchere",
        "q2/t3/r2 paragraph 12: d", "q2/t3/r2 paragraph 13: q1 e prea vagă", "q2/t3/r2 paragraph 14: Limba",
    ]  # fmt: skip


def test_what_stands_under_no_question_is_named() -> None:
    """Before the first question, under a heading that ends it, and the heading itself, which might be an answer in the wrong style."""
    found = read(p("Introducere", "Heading1"), p("Bine ați venit"), p("q1", "Heading1"), p("a"), p("Concluzii", "Heading1"), p("gata"))
    assert short(found) == ["q1 paragraph 4: a"]
    assert sorted(left(found.not_read)) == ["paragraph 2: Bine ați venit", "paragraph 5: Concluzii", "paragraph 6: gata"]
    assert found.headers == 2


def test_an_item_inside_of_an_item_has_it_as_its_parent() -> None:
    """A list in a list keeps its place; a paragraph ends both."""
    found = read(ASKED, item("spații"), item("la teatru", 1), item("la școală", 1), p("altele"), item("singur", 1))
    assert [draft.parent for draft in found.drafts] == [None, 0, 0, None, None]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("a") + run(" b"), "a b"),
        (f"<w:ins>{run('nou')}</w:ins>" + "<w:del><w:r><w:delText>vechi</w:delText></w:r></w:del>", "nou"),
        (f"<w:del>{run('vechi')}</w:del>{run('rest')}", "rest"),
        (f"<w:moveTo>{run('mutat')}</w:moveTo><w:moveFrom>{run('de aici')}</w:moveFrom>", "mutat"),
        (f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{run('completat')}</w:sdtContent></w:sdt>", "completat"),
        (f"<w:smartTag w:element='x'>{run('etichetă')}</w:smartTag>", "etichetă"),
        (f"<w:hyperlink r:id='r9'>{run('o legătură')}</w:hyperlink>", "o legătură"),
        (f"<w:fldSimple w:instr=' DATE '>{run('câmp')}</w:fldSimple>", "câmp"),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>HYPERLINK x</w:instrText></w:r>" + run("INSTR")
            + "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" + run("rezultat")
            + "<w:r><w:fldChar w:fldCharType='end'/></w:r>" + run("!"),
            "rezultat!",
        ),
        ("<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t><w:br/><w:t>2</w:t></w:r>", "e-mail\n2"),
        ("<w:r><w:t>2</w:t><w:tab/><w:t>3</w:t><w:cr/><w:t>4</w:t></w:r>", "2\t3\n4"),
        ("<w:r><w:t>a</w:t><w:softHyphen/><w:t>b</w:t></w:r>", "ab"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:t> da</w:t><w:sym w:font='x' w:char='20AC'/></w:r>", "✓ da€"),
        (f"<w:ruby><w:rt>{run('cum se citește')}</w:rt><w:rubyBase>{run('bază')}</w:rubyBase></w:ruby>", "bază"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>se vede</w:t></w:r>", "se vede"),
        (run(" 007 ") + run("=1+1 &amp; &lt;b&gt; 😀"), " 007 =1+1 & <b> 😀"),
    ],
)  # fmt: skip
def test_the_text_is_what_word_shows(inside: str, text: str) -> None:
    """Insertions, content controls, tags, links, results of fields and signs are text; deletions, instructions and hints are not."""
    assert within(inside) == text


def test_tabs_and_hidden_marks_of_a_paragraph_are_no_text() -> None:
    """The properties of a paragraph declare tabs, and how its mark looks; former properties say nothing of today."""
    before = "<w:pPrChange><w:pPr><w:pStyle w:val='Heading1'/></w:pPr></w:pPrChange>"
    looks = f"<w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs><w:rPr><w:vanish/></w:rPr>{before}"
    assert within("text", properties=looks) == "text"


def test_hidden_text_is_named_and_not_read() -> None:
    """What is hidden in an answer, in a paragraph or in a cell, is reported with its place."""
    hidden = run("vizibil") + run("ASCUNS", "<w:vanish/>") + run(" iar")
    found = read(ASKED, p(hidden), tbl(tr("Masa", "q2"), tr("2", tc(p(hidden)))))
    assert [draft.text for draft in found.drafts] == ["vizibil iar", "vizibil iar"]
    assert sorted(left(found.not_read)) == ["paragraph 2: ASCUNS", "table 1, row 2, column 2: ASCUNS"]


def test_a_placeholder_is_not_an_answer() -> None:
    """A content control in which nothing was typed shows what to do; one that was filled in is an answer."""
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Faceți clic pentru a introduce text.')}</w:sdtContent></w:sdt>"
    assert texts(empty, empty.replace("<w:showingPlcHdr/>", "").replace("Faceți clic pentru a introduce text.", "scris"), p("b")) == [
        "scris",
        "b",
    ]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    """As in Word once the change is accepted."""
    assert texts(p("mai multe ", properties="<w:rPr><w:del/></w:rPr>"), p("spații"), p("altul")) == ["mai multe spații", "altul"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    """Both versions of a drawing hold the same text; a box beside a question belongs to that question."""
    box = f"<w:txbxContent>{p('în casetă')}{tbl(tr('x', 'y'))}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = read(ASKED, p("a"), p(run(SECOND) + drawing + run("")), p("b"))
    assert short(found) == [
        "q1 paragraph 2: a", "q2 paragraph 4: în casetă", "q2 paragraph 5: x", "q2 paragraph 6: y", "q2 paragraph 7: b",
    ]  # fmt: skip


def test_a_field_that_never_ends_swallows_nothing_after_its_paragraph() -> None:
    """An instruction that was cut off hides its own paragraph at most."""
    assert texts(p("<w:r><w:fldChar w:fldCharType='begin'/></w:r>" + run("IF")), p("b"))[-1] == "b"


def test_what_lies_beside_the_body_is_named() -> None:
    """Headers, footers, footnotes, comments and embedded files are never answers."""
    beside = {
        "header header1.xml": part("hdr", p("Antet: Masa 5")),
        "footer footer1.xml": part("ftr", p("Pagina 1") + p("")),
        "footnotes footnotes.xml": part(
            "footnotes", f"<w:footnote w:id='-1'>{p('')}</w:footnote><w:footnote w:id='1'>{p('o notă')}</w:footnote>"
        ),
        "comments comments.xml": part("comments", f"<w:comment w:id='0' w:author='X'>{p('cine a scris?')}{p('și când?')}</w:comment>"),
        "aFChunk chunk.html": "<p>lipit</p>",
    }
    found = read(ASKED, p("a"), "<w:altChunk r:id='b4'/>", beside=beside)
    assert short(found) == ["q1 paragraph 2: a"]
    assert left(found.not_read) == [
        "embedded file 1: word/chunk.html", "header 1: Antet: Masa 5", "footer 1: Pagina 1", "footnote 1: o notă",
        "comment 1: cine a scris?\nși când?",
    ]  # fmt: skip


def test_without_any_heading_the_only_question_is_what_paragraphs_answer() -> None:
    """An event with one question needs no heading, and the report says so; with two it is refused with what to do."""
    about = known(answer_sheets.event(questions=[{"id": "q1", "text": "Ce spuneți?"}]))
    body = docx(p("unu"), p(""), p("doi"))
    under = docx(p("Răspunsuri", "Heading1"), p("unu"))
    assert short(answer_sheets.read(under, NAME, given=about.hints(("ro",)), about=about)) == ["q1 paragraph 2: unu"]
    found = answer_sheets.read(body, NAME, given=about.hints(("ro",)), about=about)
    assert short(found) == ["q1 paragraph 1: unu", "q1 paragraph 2: doi"]
    assert found.said == ("no heading names a question; 2 paragraphs were read as answers to q1, the only one",)
    with pytest.raises(
        UnreadableSheet, match=r"write the ID of a question of event\.yaml \(q1, q2\) on a line of its own above its answers"
    ):
        answer_sheets.read(body, NAME)


def test_beside_a_table_of_answers_other_paragraphs_are_none() -> None:
    """An introduction above a table that names the only question is not an answer to it."""
    about = known(answer_sheets.event(questions=[{"id": "q1", "text": "Ce spuneți?"}]))
    found = answer_sheets.read(docx(p("Introducere"), tbl(tr("Masa", "q1"), tr("1", "a"))), NAME, given=about.hints(("ro",)), about=about)
    assert short(found) == ["q1/t1 table 1, row 2, column 2: a"]
    assert left(found.not_read) == ["paragraph 1: Introducere"]


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PLAIN, st.sampled_from(["q1", SECOND, "Masa 2", "Runda 1:", "Răspunsuri:", "N/A", "-"])), max_size=8))
def test_every_paragraph_has_a_fate(typed: list[str]) -> None:
    """Whatever is typed is a note, a heading, or named; nothing is lost, nothing is there twice."""
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;") for text in typed]
    found = read(ASKED, *(p(run(text)) for text in escaped), p("la urmă"))
    assert found.size == 2 + sum(not blank(text) for text in typed)
    assert found.drafts[-1].text == "la urmă"
