"""The Word writer: every word arrives with its style and its language, and the same document is the same bytes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import docx
import pytest
from hypothesis import given

from conftest import REPOSITORY
from ecocsme.documents.markdown import plain, typed
from ecocsme.documents.word import Properties, write_word
from ecocsme.errors import InvalidFile
from support import word_files
from support.people_texts import folded, texts
from support.word_files import R, W, paragraphs, parts, values, written, xml

EVERYTHING = Path(__file__).with_name("everything.md")
ILLEGAL = "\x00\x01\x08\x0b\x1f\ufffe\uffff\ud800"


def everything() -> bytes:
    """The document that shows every element, written."""
    return written(EVERYTHING.read_text("utf-8"))


def test_everything_has_its_style(golden: Callable[[Path, str], None]) -> None:
    """Headings, lists, tables, quotes, code, links, marks and languages come out as the golden file lists them."""
    golden(EVERYTHING.with_name("everything.md.expected.txt"), word_files.dump(everything()))


@given(text=texts)
def test_a_text_comes_through_to_word(text: str) -> None:
    """From a person's hand to the Word file a text is not changed: as paragraph, item, heading, cell, quote and in bold."""
    value = plain(text)
    markdown = f"{value}\n\n- {value}\n\n# {value}\n\n> {value}\n\n| a |\n|---|\n| {value} |\n\n- **{value}** b\n"
    found = [folded(paragraph) for paragraph in paragraphs(written(markdown))]
    word = folded(text)
    assert found == [word, word, word, word, "a", word, f"{word} b"]


@given(text=texts)
def test_python_docx_reads_the_same(text: str) -> None:
    """Another program that reads Word files finds the same text."""
    document = docx.Document(io.BytesIO(written(f"# {plain(text)}\n\n| a |\n|---|\n| {typed(text)} |\n")))
    assert folded(document.paragraphs[0].text) == folded(text)
    assert folded(document.tables[0].rows[1].cells[0].text) == folded(text)


def test_lines_of_a_note_are_lines_of_a_cell() -> None:
    """A line break of a note is a line break in Word, also inside a table."""
    note = "unu\ndoi\n\ntrei"
    assert paragraphs(written(f"| a |\n|---|\n| {typed(note)} |\n"))[1] == note


def test_what_xml_cannot_hold_is_left_out() -> None:
    """Control characters, halves of characters and non-characters vanish; everything around them stays."""
    found = written(f"a{ILLEGAL[1:]}b\n\n| c{ILLEGAL[1:]}d |\n|---|\n| e |\n", title=f"x{ILLEGAL}y")
    assert paragraphs(found)[:2] == ["ab", "cd"]
    assert b"<dc:title>xy</dc:title>" in parts(found)["docProps/core.xml"]


def test_heading_rows_repeat_and_rows_stay_whole() -> None:
    """The first row of a table stands again on every page, in bold, and no row is broken over two pages."""
    tables = xml(everything()).findall(f".//{W}tbl")
    for table in tables:
        first, *others = table.findall(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in others)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (first, *others))
        assert all(run.find(f"{W}rPr/{W}b") is not None for run in first.iter(f"{W}r"))
    assert len(tables) == 3


def widths(markdown: str) -> list[int]:
    """The widths of the columns of the first table, in parts of a thousand."""
    columns = [int(one.get(f"{W}w")) for one in xml(written(markdown)).iter(f"{W}gridCol")]
    return [round(column * 1000 / sum(columns)) for column in columns]


def test_columns_are_as_wide_as_their_texts() -> None:
    """A column of labels is narrow, short columns take what they need, an empty form is even, and the page is filled."""
    label, value = widths(f"| a | b |\n|---|---|\n| **Instrumentul de politică publică** | {'text lung ' * 30}|\n")
    assert 200 < label < 350 < value
    assert widths("| Data | Numele întreg | Semnătura și ștampila organizației |\n|---|---|---|\n|  |  |  |\n") == [333, 333, 333]
    hour, what = widths("| Ora | Activitatea |\n|---|---|\n| 11:00–11:15 | Bun venit |\n")
    assert hour < 200 < what
    many = widths(f"|{'a long heading|' * 12}\n|{'---|' * 12}\n|{'some words here|' * 12}\n")
    assert min(many) > 60
    narrow, _ = widths("| Masa | Cine stă la masă |\n|---|---|\n| 1 | p03, p09, p16, p22 |\n")
    assert narrow > 80  # 36 points: the bold title stands on one line


def test_columns_to_be_signed_have_room_for_a_hand() -> None:
    """They take what the printed ones leave; a title that is longer than what stands below it runs over several lines."""
    rows = "| 1. | Ana Popescu |   | yes no |\n| 2. |   |   | yes no |\n"
    number, name, signature, photo = widths(f"| No. | Name | Signature | Photo, if at all |\n|---|---|---|---|\n{rows}")
    assert number < photo < name < signature
    crowded = widths(f"| No. |{' By hand |' * 12}\n|---|{'---|' * 12}\n| 1. |{'   |' * 12}\n")
    assert max(crowded) - min(crowded) < 30


def test_a_document_is_wide_as_its_page() -> None:
    """A table has exactly the width of the text of an A4 page with margins of 2.5 cm."""
    columns = [int(one.get(f"{W}w")) for one in xml(written("| a | b |\n|---|---|\n| c | d |\n")).iter(f"{W}gridCol")]
    assert sum(columns) == 11906 - 2 * 1417


def numbers(data: bytes) -> dict[str, tuple[str, str]]:
    """The first number of every list of numbers by its ID: its level, and where it starts."""
    found = {}
    for number in xml(data, "word/numbering.xml").iter(f"{W}num"):
        for override in number.iter(f"{W}lvlOverride"):
            found[number.get(f"{W}numId")] = (override.get(f"{W}ilvl"), values(override, "w:startOverride")[0])
    return found


def test_every_list_of_numbers_begins_anew() -> None:
    """Two lists are two lists of Word, the second begins with its own number, and a nested one begins anew each time."""
    data = written("1. a\n2. b\n\ntext\n\n7. c\n\n- d\n  1. e\n- f\n  1. g\n")
    used = [values(one, "w:pPr/w:numPr/w:numId")[0] for one in xml(data).iter(f"{W}p") if one.find(f"{W}pPr/{W}numPr") is not None]
    first, same, second, bullet, nested, bullet_too, nested_too = used
    assert first == same
    assert bullet == bullet_too
    assert len({first, second, bullet, nested, nested_too}) == 5
    found = numbers(data)
    assert (found[first], found[second], found[nested], found[nested_too]) == (("0", "1"), ("0", "7"), ("1", "1"), ("1", "1"))


def test_an_item_without_text_still_has_its_number() -> None:
    """Empty items, and items that begin with a list or a table, keep their place in the numbering."""
    data = written("1.\n2. - a\n3. | b |\n   |---|\n   | c |\n4. d\n")
    listed = [one for one in xml(data).iter(f"{W}p") if one.find(f"{W}pPr/{W}numPr") is not None]
    assert [(word_files.text_of(one), values(one, "w:pPr/w:numPr/w:ilvl")[0]) for one in listed] == [
        ("", "0"),
        ("", "0"),
        ("a", "1"),
        ("", "0"),
        ("d", "0"),
    ]


def links(data: bytes) -> tuple[list[str], list[str]]:
    """Where the inner links lead, and the bookmarks there are."""
    document = xml(data)
    anchors = [one.get(f"{W}anchor") for one in document.iter(f"{W}hyperlink") if one.get(f"{W}anchor")]
    return anchors, [one.get(f"{W}name") for one in document.iter(f"{W}bookmarkStart")]


def test_inner_links_resolve_both_ways() -> None:
    """From an action to its notes and from a note to its actions: every link has exactly one bookmark, which ends again."""
    anchors, marks = links(everything())
    assert set(anchors) <= set(marks)
    assert {"note_3_1", "action_A1"} <= set(anchors)
    assert len(marks) == len(set(marks))
    document = xml(everything())
    starts = [one.get(f"{W}id") for one in document.iter(f"{W}bookmarkStart")]
    assert starts == [one.get(f"{W}id") for one in document.iter(f"{W}bookmarkEnd")]
    assert len(set(starts)) == len(starts)


def test_a_bilingual_document_links_within_each_language() -> None:
    """The English part of a bound document leads to its own annex, not to the Romanian one."""
    part = "[a](#x)\n\n[b]{#x}\n"
    anchors, marks = links(written(f"{part}\n::: {{lang=en-GB}}\n{part}\n:::\n"))
    assert anchors == marks
    assert len(set(marks)) == 2


def test_outer_links_are_relationships() -> None:
    """A link to the web or to a mailbox is a relationship of the document, one for each address."""
    data = written("[a](https://example.org/b?c=d&e=f) [g](https://example.org/b?c=d&e=f) <presa@example.org>\n")
    outside = [one for one in xml(data, "word/_rels/document.xml.rels") if one.get("TargetMode") == "External"]
    assert [(one.get("Target"), one.get("Type").rpartition("/")[2]) for one in outside] == [
        ("https://example.org/b?c=d&e=f", "hyperlink"),
        ("mailto:presa@example.org", "hyperlink"),
    ]
    ids = [one.get(f"{R}id") for one in xml(data).iter(f"{W}hyperlink")]
    assert ids == [outside[0].get("Id"), outside[0].get("Id"), outside[1].get("Id")]


def languages(data: bytes) -> dict[str, set[str]]:
    """The words of each language that runs are tagged with."""
    found: dict[str, set[str]] = {}
    for run in xml(data).iter(f"{W}r"):
        found.setdefault("".join(values(run, "w:rPr/w:lang")), set()).add(word_files.text_of(run).strip())
    return found


def test_languages_are_tagged() -> None:
    """Word and screen readers know the language of the document, and of every run in another one."""
    data = written("unu [two]{lang=en-GB} trei\n\n::: {lang=en-GB}\nfour [cinci]{lang=ro-RO}\n\n| six |\n|---|\n| seven |\n:::\n\nopt\n")
    assert languages(data) == {"": {"unu", "trei", "cinci", "opt"}, "en-GB": {"two", "four", "six", "seven"}}
    assert values(xml(data, "word/styles.xml"), "w:docDefaults/w:rPrDefault/w:rPr/w:lang") == ["ro-RO"]
    assert docx.Document(io.BytesIO(data)).core_properties.language == "ro-RO"


def test_properties_are_the_documents_own() -> None:
    """Title, author, subject, keywords, language and date are those handed in; nothing says which program wrote the file."""
    data = written("a\n", "en-GB", title="T & t", author="Municipiul", subject="S", keywords="K")
    found = docx.Document(io.BytesIO(data)).core_properties
    assert (found.title, found.author, found.subject, found.keywords, found.language) == ("T & t", "Municipiul", "S", "K", "en-GB")
    assert found.created is not None
    assert found.created.date() == date(2020, 10, 15)
    assert (found.last_modified_by, found.comments) == ("", "")
    everything_inside = b"".join(parts(data).values()).lower()
    assert b"python" not in everything_inside
    assert not [name for name in parts(data) if "thumbnail" in name or "app.xml" in name or "custom" in name.lower()]


@pytest.mark.parametrize(("epoch", "expected"), [("", "1980-01-01T00:00:00Z"), ("1604188800", "2020-11-01T00:00:00Z")])
def test_a_document_without_a_date_does_not_read_the_clock(monkeypatch: pytest.MonkeyPatch, epoch: str, expected: str) -> None:
    """Without a date of its own a document has that of SOURCE_DATE_EPOCH, or the first day a ZIP file knows."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert expected.encode() in parts(written("a\n", created=None))["docProps/core.xml"]
    assert b"2020-10-15T00:00:00Z" in parts(written("a\n"))["docProps/core.xml"]


_ELSEWHERE = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from support.word_files import written
data = written(open(sys.argv[2], encoding="utf-8").read())
print(hashlib.sha256(data).hexdigest())
"""


def test_the_same_document_is_the_same_bytes() -> None:
    """Another process, hash seed, time zone and language of the computer write the same bytes."""

    def run(**environment: str) -> bytes:
        command = [sys.executable, "-c", _ELSEWHERE, str(REPOSITORY / "tests"), str(EVERYTHING)]
        known = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment}
        return subprocess.run(command, env=known, capture_output=True, check=True).stdout

    first = run(PYTHONHASHSEED="1", TZ="Europe/Bucharest", LC_ALL="C")
    assert first == run(PYTHONHASHSEED="2", TZ="Pacific/Auckland", LC_ALL="C.UTF-8")
    assert len(first) == 65


def test_a_page_break_is_no_empty_paragraph() -> None:
    """What follows a page break begins the page; a break that nothing follows is none."""
    data = written("a\n\n::: page-break\n:::\n\n## b\n\n::: page-break\n:::\n\n| c |\n|---|\n| d |\n\n::: page-break\n:::\n")
    broken = [word_files.text_of(one) for one in xml(data).iter(f"{W}p") if one.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert broken == ["b", ""]


def test_labels_and_introductions_stay_with_what_follows() -> None:
    """A bold label, and a sentence before a list or a table, are never the last line of a page."""
    data = written("**Activități**\n\ntext\n\nIată:\n\n- a\n\n**b** c\n")
    kept = [word_files.text_of(one) for one in xml(data).iter(f"{W}p") if one.find(f"{W}pPr/{W}keepNext") is not None]
    assert kept == ["Activități", "Iată:"]


@pytest.mark.parametrize("markdown", ["![a](https://example.org/b.png)\n", "::: foo\na\n:::\n", "[a](#b)\n"])
def test_what_word_cannot_show_is_refused(markdown: str) -> None:
    """An element or a mark that is not known raises an error that names the template; nothing vanishes in silence."""
    with pytest.raises(InvalidFile, match=r"documents/x\.md\.j2: line 1 of its Markdown"):
        write_word(markdown, word_files.reference(), Properties("a", "ro-RO"), "documents/x.md.j2")


def test_html_in_markdown_is_text() -> None:
    """A tag in a template is printed as it stands, never interpreted."""
    assert paragraphs(written("<b>a</b> &amp; <script>\n\n<div>\n\nb\n")) == ["<b>a</b> & <script>", "<div>", "b"]


def test_word_finds_every_part_it_is_promised() -> None:
    """All relationships lead to parts, all parts have a type, every style and list that is used is declared."""
    data = everything()
    members = parts(data)
    for name in members:
        if name.endswith(".rels"):
            base = name.replace("_rels/", "").rpartition("/")[0]
            inner = [one for one in xml(data, name) if one.get("TargetMode") != "External"]
            assert all(f"{base}/{one.get('Target')}".lstrip("/") in members for one in inner)
    types = {one.get("PartName") for one in xml(data, "[Content_Types].xml") if one.get("PartName")}
    assert {f"/{name}" for name in members if not name.endswith(".rels") and name != "[Content_Types].xml"} <= types
    document, styles = xml(data), xml(data, "word/styles.xml")
    used = {one.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for one in document.iter(f"{W}{tag}")}
    assert used <= {one.get(f"{W}styleId") for one in styles.iter(f"{W}style")}
    lists = {"0", *(one.get(f"{W}numId") for one in xml(data, "word/numbering.xml").iter(f"{W}num"))}
    assert {one.get(f"{W}val") for one in document.iter(f"{W}numId")} <= lists


def steps(work: Callable[[], Any]) -> int:
    """How many lines of Python some work runs, and how many functions it calls: the same number on every machine, unlike time."""
    count = 0

    def line(_frame: FrameType, event: str, _value: object) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(_frame: FrameType, event: str, _value: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.gettrace(), sys.getprofile()
    sys.settrace(line)
    sys.setprofile(call)
    try:
        work()
    finally:
        sys.setprofile(before[1])
        sys.settrace(before[0])
    return count


def test_the_work_grows_with_length_only() -> None:
    """Each further action, with its lists and rows, takes as many steps as those before it, give or take a hundredth."""

    def plan(actions: int) -> str:
        return "".join(f"## A{n}\n\n1. a\n2. *b*\n\n| c | d |\n|---|---|\n| **e** | f {n} |\n\n" for n in range(actions))

    written(plan(1))  # what is read once is read before
    few, some, many = (steps(lambda number=number: written(plan(number))) for number in (20, 60, 180))  # type: ignore[misc]
    assert (many - some) / (180 - 60) < 1.01 * (some - few) / (60 - 20)
