"""Odd sheets that fuzzing and guessing have found: each is read to the last answer, or refused with what to do."""

from __future__ import annotations

import random
import struct
import time
from pathlib import Path

import pytest

from ecocsme.errors import UnreadableSheet
from support.answer_sheets import FIRST, known, left, read, short, texts
from support.made_docx import docx, p, tbl, tr
from support.made_xlsx import packed

SPACES = tuple(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
XLS = Path(__file__).parent / "sheets" / "masa-1-2.xls"


def ods(rows: str) -> bytes:
    """An OpenDocument sheet with one tab."""
    tab = f'<table:table table:name="Note">{rows}</table:table>'
    content = f"<office:document-content {' '.join(SPACES)}><office:body><office:spreadsheet>{tab}</office:spreadsheet></office:body>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": f"{content}</office:document-content>"})


def row(*cells: str, more: str = "") -> str:
    """A row of texts; `more` is said of its last cell."""
    last = len(cells) - 1
    written = (f"<table:table-cell{more if n == last else ''}><text:p>{text}</text:p></table:table-cell>" for n, text in enumerate(cells))
    return f"<table:table-row>{''.join(written)}</table:table-row>"


@pytest.mark.parametrize("sign", [" ", "\t", "\n", "a", "1", "[", "A1[", "q1", "_x", "0-", "\u200b"])
def test_a_title_of_many_equal_signs_is_read_at_once(sign: str) -> None:
    """No pattern that looks at titles goes over them again from each of their letters."""
    long = (sign * 60_000)[:60_000]
    begin = time.process_time()
    assert texts(f'Masa,q1,"x{long}","{long}x"\n1,a,,\n') == ["a"]
    assert time.process_time() - begin < 3  # seconds; it was minutes


def test_a_number_within_a_title_is_no_number_of_a_question() -> None:
    """Only a number at the beginning of a title is put aside: `1. De ce ...`, not `De 1. ce ...`."""
    assert short(read(f"1. {FIRST},q2\na,b\n")) == ["q1 A2: a", "q2 B2: b"]
    assert known().question(FIRST.replace("nevoie", "3. nevoie")) is None


@pytest.mark.parametrize("name", ["masa.csv", "masa.tsv", "masa.md"])
def test_half_of_a_merge_is_refused_with_its_line(name: str) -> None:
    """Marks of git between answers are no answers: nobody has said yet which side counts."""
    head, separated = ("## q1\n", "- ") if name.endswith(".md") else (f"{FIRST}\n", "")
    data = f"{head}\n<<<<<<< HEAD\n{separated}a\n=======\n{separated}b\n>>>>>>> other\n"
    with pytest.raises(UnreadableSheet, match=rf"{name}:3: unresolved merge; keep one side whole"):
        read(data, name)


def test_one_line_that_looks_like_a_mark_of_git_is_an_answer() -> None:
    """People underline: only all three marks in their order are half of a merge."""
    assert texts(f"{FIRST}\na\n=======\n") == ["a", "======="]


def test_a_remark_with_a_number_below_the_table_is_named() -> None:
    """`Total: 9 răspunsuri` names no table, but somebody wrote it; a bare number and `Masa 4` are places."""
    found = read("Masa,q1\n1,a\nTotal: 9 răspunsuri,\nMasa 4,\n5,\n")
    assert (short(found), left(found.not_read)) == (["q1/t1 B2: a"], ["A3: Total: 9 răspunsuri"])


def test_a_repeat_beyond_all_numbers_is_refused() -> None:
    """Four hundred digits of equal neighbours are no single answer."""
    with pytest.raises(UnreadableSheet, match="filled columns"):
        read(ods(row("Masa", "q1") + row("1", "da", more=f' table:number-columns-repeated="{"9" * 400}"')), "masa.ods")


def test_what_was_chosen_in_an_old_drop_down_list_is_an_answer() -> None:
    """Word keeps it as a number in the field; a list that nobody touched says nothing."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{}<w:listEntry w:val="Da"/><w:listEntry w:val="Nu"/></w:ddList>'
        '</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    data = docx(p("q1", "Heading1"), p(field.format('<w:result w:val="1"/>')), p(field.format("")), p("x"))
    assert texts(data, "masa.docx") == ["Nu", "x"]
    beyond = docx(tbl(tr("Masa", "q1"), tr("1", p(field.format('<w:result w:val="7"/>') + "<w:r><w:t>y</w:t></w:r>"))))
    assert texts(beyond, "masa.docx") == ["y"]


def test_a_bar_too_many_in_a_table_of_markdown_is_told_how_to_be_written() -> None:
    """Quotation marks help in CSV; Markdown needs a backslash."""
    with pytest.raises(UnreadableSheet, match=r"masa\.md:3: has 3 fields, but the header has 2; write \\\| for a bar"):
        read("| Masa | q1 |\n|---|---|\n| 1 | a | b |\n", "masa.md")


def test_a_chain_of_small_sectors_in_a_circle_is_refused_at_once() -> None:
    """The library that reads old workbooks would follow it until the memory is full."""
    data = bytearray(XLS.read_bytes())
    small = struct.unpack_from("<i", data, 60)[0]
    at = 512 + small * 512
    sectors = struct.unpack_from("<128i", data, at)
    struct.pack_into("<128i", data, at, *(0 if following == -2 else following for following in sectors))  # the end of a chain
    begin = time.process_time()
    with pytest.raises(UnreadableSheet, match="is damaged"):
        read(bytes(data), "masa.xls")
    assert time.process_time() - begin < 3  # seconds


def test_a_zero_in_a_text_of_an_old_workbook_is_damage() -> None:
    """A text that no file can hold is refused by the reader, not found when the notes are written."""
    data = XLS.read_bytes()
    text = next(text.encode("latin-1") for text in texts(data, "masa.xls") if text.isascii() and len(text) > 6)
    assert text in data
    with pytest.raises(UnreadableSheet, match="is damaged"):
        read(data.replace(text, text[:-1] + b"\0"), "masa.xls")


def test_codes_with_a_colon_are_codes_of_limesurvey_too() -> None:
    """The sign between code and text can be chosen when answers are exported."""
    header = f"id: Response ID;submitdate: Date submitted;lastpage: Last page;A1: {FIRST};A2[SQ001]: Ce parteneri ne lipsesc? [Bani]"
    found = read(f"{header}\n4;2020-10-20;3;granturi;da\n")
    assert short(found) == ["q1 D2: granturi", "q2 E2: da"]
    assert left(found.not_read) == []


def test_random_bytes_never_leave_the_wall() -> None:
    """Of every format, whatever the bytes: an error of ours."""
    chance = random.Random(1)  # noqa: S311  # repeatable
    for ending in ("csv", "tsv", "md", "xlsx", "ods", "docx", "xls"):
        start = b"PK\x03\x04" if ending in ("xlsx", "ods", "docx") else b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" if ending == "xls" else b""
        with pytest.raises(UnreadableSheet):
            read(start + chance.randbytes(3_000), f"a.{ending}")
