"""Excel workbooks: every tab, hidden or not, each cell as a person sees it, and what cannot be read is named."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecocsme.errors import UnreadableSheet
from ecocsme.notes import grid, tabs, xlsx_walk
from ecocsme.notes.grid import Sheet, blank
from ecocsme.notes.xlsx import read_xlsx
from support import answer_sheets
from support.answer_sheets import left, read, short
from support.made_xlsx import MAIN, packed, parts, relation, relations, rows, styles, tab, xlsx
from support.refusals import refusal

HEADER = ("Masa", "q1", "q2")
STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def sheet(data: bytes) -> Sheet:
    """Read a workbook."""
    return answer_sheets.sheet(data, "masa.xlsx")


def cells(data: bytes) -> dict[str, str]:
    """All cells of the first tab by their address."""
    return {cell.address: cell.text for row in sheet(data).grids[0].rows for cell in row.cells.values()}


def one(cell: str, **more: object) -> str:
    """The text of a single cell, `<c r="A1">...`; the rest of the workbook is ordinary."""
    return cells(xlsx(f'<row r="1">{cell}</row>', **more))["A1"]  # type: ignore[arg-type]  # passed on as they are


def refused(data: bytes) -> str:
    """The message with which a workbook is refused."""
    with pytest.raises(UnreadableSheet) as caught:
        sheet(data)
    return str(caught.value)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_an_ordinary_workbook_gives_its_answers() -> None:
    """What a program saves is read: header, tables, answers with their cells."""
    book = openpyxl.Workbook()
    for line in (HEADER, ("Masa 1", "granturi mici", "școlile"), ("Masa 2", None, "băncile")):
        book.active.append(line)  # type: ignore[union-attr]  # a new workbook has a tab
    assert short(read(saved(book), "masa.xlsx")) == ["q1/t1 B2: granturi mici", "q2/t1 C2: școlile", "q2/t2 C3: băncile"]


TYPED = {
    "a text of its own": ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> Ștefan </t></is></c>', " Ștefan "),
    "leading zeros": ('<c r="A1" t="inlineStr"><is><t>007</t></is></c>', "007"),
    "a text that looks like a formula": ('<c r="A1" t="inlineStr"><is><t>=1+1</t></is></c>', "=1+1"),
    "rich text, and how it is pronounced": (
        '<c r="A1" t="inlineStr"><is><r><t>Vou</t></r><r><rPr><b/></rPr><t>chere</t></r><rPh sb="0" eb="1"><t>FON</t></rPh></is></c>',
        "Vouchere",
    ),
    "line breaks, escaped and plain": ('<c r="A1" t="inlineStr"><is><t>a_x000D_\nb_x0009_c</t></is></c>', "a\r\nb\tc"),
    "an escape that was typed": ('<c r="A1" t="inlineStr"><is><t>_x005F_x0041_ literal</t></is></c>', "_x0041_ literal"),
    "an escaped half of a character": ('<c r="A1" t="inlineStr"><is><t>_xD83D_ _x0000_</t></is></c>', "_xD83D_ _x0000_"),
    "a whole number": ('<c r="A1"><v>1.0</v></c>', "1"),
    "zero": ('<c r="A1"><v>0</v></c>', "0"),
    "a number beyond its digits": ('<c r="A1"><v>0.30000000000000004</v></c>', "0.3"),
    "a number that is none": ('<c r="A1"><v>abc</v></c>', "abc"),
    "true": ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
    "false": ('<c r="A1" t="b"><v>0</v></c>', "FALSE"),
    "an error": ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
    "a formula with its result": ('<c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>', "ab"),
    "a formula with a number": ('<c r="A1"><f>1+1</f><v>2</v></c>', "2"),
    "a date that is written out": ('<c r="A1" t="d"><v>2020-10-20</v></c>', "44124"),
    "a style that is not there": ('<c r="A1" s="99"><v>5</v></c>', "5"),
    "a cell without a place": ("<c><v>5</v></c>", "5"),
}


@pytest.mark.parametrize("name", TYPED)
def test_a_cell_is_read_as_a_person_sees_it(name: str) -> None:
    """Texts as typed, numbers as shown, results of formulas as they were saved."""
    cell, text = TYPED[name]
    assert one(cell) == text


@pytest.mark.parametrize(
    ("code", "value", "text"), [("hh:mm", "0.458333333333333", "11:00"), ("dd.mm.yyyy", "44124", "20.10.2020"), ("000", "7", "007")]
)
def test_a_number_follows_the_format_of_its_cell(code: str, value: str, text: str) -> None:
    """Times, dates and leading zeros live in the style of a cell."""
    assert one(f'<c r="A1" s="1"><v>{value}</v></c>', extra={"xl/styles.xml": styles("General", code)}) == text


def test_dates_follow_the_first_day_of_the_workbook() -> None:
    """Workbooks of old Macs count from 1904."""
    found = one('<c r="A1" s="0"><v>42662</v></c>', extra={"xl/styles.xml": styles("yyyy-mm-dd")}, workbook='<workbookPr date1904="1"/>')
    assert found == "2020-10-20"


def test_a_strict_workbook_is_read_like_others() -> None:
    """Excel's strict format has other names for the same things, and writes dates and times out."""
    written = '<c r="B2" s="0" t="d"><v>2020-10-20T11:00:00</v></c><c r="C2" s="1" t="d"><v>T11:30:00</v></c>'
    made = parts({"Note": tab(rows(HEADER) + f'<row r="2">{written}</row>')}, {"xl/styles.xml": styles("yyyy-mm-dd hh:mm", "h:mm")})
    for old, new in STRICT.items():
        made = {name: part.replace(old, new) for name, part in made.items()}
    assert short(read(packed(made), "masa.xlsx")) == ["q1 B2: 2020-10-20 11:00", "q2 C2: 11:30"]


def test_texts_that_cells_share_are_found_by_number() -> None:
    """Most programs store each text once."""
    shared = f'<sst xmlns="{MAIN}"><si><t>unu</t></si><si><r><t>do</t></r><r><t>i</t></r></si></sst>'
    body = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>'
    assert cells(xlsx(body, extra={"xl/sharedStrings.xml": shared})) == {"A1": "doi", "B1": "unu"}
    assert "the text of A1 is missing" in refused(
        xlsx('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', extra={"xl/sharedStrings.xml": shared})
    )


def test_formulas_without_a_result_are_named_and_never_computed() -> None:
    """What Excel never saved is said with its cell and its formula; an empty result is an empty cell."""
    line = '<row r="2"><c r="B2"><f>1+1</f></c><c r="C2"><f>2+2</f><v/></c><c r="D2" t="str"><f>""</f><v></v></c></row>'
    found = sheet(xlsx(rows(HEADER) + line))
    assert left(found.not_read) == ["B2: =1+1", "C2: =2+2"]
    assert all("whose result was not saved" in skipped.reason and skipped.tab == "Note" for skipped in found.not_read)


def test_a_formula_of_openpyxl_is_named() -> None:
    """Programs that cannot compute save formulas without results."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "q1"
    book.active["A2"] = '=CONCATENATE("a","b")'
    book.active["A3"] = "un răspuns"
    found = read(saved(book), "masa.xlsx")
    assert left(found.not_read) == ['A2: =CONCATENATE("a","b")']
    assert short(found) == ["q1 A3: un răspuns"]


def test_every_tab_is_read_and_its_name_may_name_the_table() -> None:
    """One tab per table, an empty tab before them, a chart among them."""
    made = parts({"Foaie1": tab(""), "Masa 2": tab(rows(("q1",), ("granturi",))), "Masa 3": tab(rows(("q1",), ("mentorat",)))})
    found = read(packed(made), "masa.xlsx")
    assert short(found) == ["q1/t2 A2: granturi", "q1/t3 A2: mentorat"]
    assert [draft.tab for draft in found.drafts] == ["Masa 2", "Masa 3"]


def test_charts_on_tabs_of_their_own_are_passed_over() -> None:
    """A tab that holds no cells is no damage."""
    links = relations(relation("r1", "chartsheet", "chartsheets/sheet1.xml"), relation("r2", "worksheet", "worksheets/sheet2.xml"))
    made = parts({"Grafic": "<a/>", "Note": tab(rows(("q1",), ("granturi",)))}, {"xl/_rels/workbook.xml.rels": links})
    assert short(read(packed(made), "masa.xlsx")) == ["q1 A2: granturi"]


def test_what_is_hidden_is_read_and_said() -> None:
    """Hidden tabs, columns and rows count like others, and the report says which."""
    body = rows(HEADER, ("Masa 1", "a", "b"), ("Masa 1", "c", "d")).replace('<row r="3">', '<row r="3" hidden="1">')
    columns = '<cols><col min="3" max="9" hidden="1"/></cols>'
    made = parts({"Note": tab(body, columns), "Ascunsă": tab(rows(("q1",), ("e",)))}, state={"Ascunsă": ' state="veryHidden"'})
    found = read(packed(made), "masa.xlsx")
    assert sorted(draft.text for draft in found.drafts) == ["a", "b", "c", "d", "e"]
    assert found.said[:3] == (
        "tab Note: column C is hidden; it was read like the others",
        "tab Note: 1 hidden rows were read like the others (3)",
        "tab Ascunsă is hidden; it was read like the others",
    )


def test_what_is_hidden_and_empty_is_not_said() -> None:
    """Only what a person would miss is worth a line."""
    made = parts(
        {"Note": tab(rows(("q1",), ("a",)), '<cols><col min="5" max="5" hidden="1"/></cols>'), "Gol": tab("")},
        state={"Gol": ' state="hidden"'},
    )
    assert read(packed(made), "masa.xlsx").said == ()


def test_merged_cells_are_shown_everywhere_and_counted_once() -> None:
    """A table label over three rows serves them all; an answer over two columns is one answer; a title may span columns."""
    body = rows(("Masa", "q1", "", "q2"), ("Masa 1", "a", "b", "c"), ("", "d", "", "e"), ("", "", "", "f"))
    merged = '<mergeCells><mergeCell ref="A2:A4"/><mergeCell ref="B1:C1"/><mergeCell ref="B3:C3"/></mergeCells>'
    found = read(xlsx(body, after=merged), "masa.xlsx")
    assert short(found) == ["q1/t1 B2: a", "q1/t1 C2: b", "q2/t1 D2: c", "q1/t1 B3: d", "q2/t1 D3: e", "q2/t1 D4: f"]


def test_comments_headers_and_footers_are_no_answers() -> None:
    """Comments are counted and said; what is printed around the page is nothing."""
    comments = f'<comments xmlns="{MAIN}"><commentList><comment ref="A1"><text><t>TAINA</t></text></comment></commentList></comments>'
    extra = {
        "xl/comments1.xml": comments,
        "xl/worksheets/_rels/sheet1.xml.rels": relations(relation("r1", "comments", "../comments1.xml")),
    }
    after = "<headerFooter><oddHeader>&amp;LANTET</oddHeader></headerFooter>"
    found = read(xlsx(rows(("q1",), ("a",)), after=after, extra=extra), "masa.xlsx")
    assert short(found) == ["q1 A2: a"]
    assert found.said == ("tab Note: 1 comments on cells are no answers and were not read",)


def test_text_boxes_are_named_as_not_read() -> None:
    """A text over the cells may be an answer: it is said where it lies, once, though it is stored twice."""
    space = "http://schemas.openxmlformats.org/drawingml/2006"
    runs = "<a:p><a:r><a:t>Mai </a:t></a:r><a:r><a:t>mult</a:t></a:r></a:p><a:p><a:r><a:t>loc</a:t></a:r></a:p>"
    box = f"<xdr:sp><xdr:txBody>{runs}</xdr:txBody></xdr:sp>"
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{space}/spreadsheetDrawing" xmlns:a="{space}/main"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><xdr:twoCellAnchor>'
        "<xdr:from><xdr:col>3</xdr:col><xdr:row>6</xdr:row></xdr:from><xdr:to><xdr:col>5</xdr:col><xdr:row>9</xdr:row></xdr:to>"
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></xdr:twoCellAnchor></xdr:wsDr>"
    )
    extra = {
        "xl/drawings/drawing1.xml": drawing,
        "xl/worksheets/_rels/sheet1.xml.rels": relations(relation("r1", "drawing", "../drawings/drawing1.xml")),
    }
    found = read(xlsx(rows(("q1",), ("a",)), extra=extra), "masa.xlsx")
    assert left(found.not_read) == ["text box at D7: Mai mult\nloc"]


def test_a_full_cell_is_said_to_be_cut_off_perhaps() -> None:
    """Excel keeps 32,767 characters; a text of exactly that length has probably lost its end."""
    assert "B2 has 32,767 characters" in " ".join(read(xlsx(rows(("Masa", "q1"), ("1", "x" * 32_767))), "masa.xlsx").said)


def test_links_to_other_workbooks_are_never_followed_and_do_no_harm() -> None:
    """A workbook that refers to another one is read without it."""
    link = relations(relation("r1", "externalLinkPath", "http://127.0.0.1:9/x.xlsx", ' TargetMode="External"'))
    data = xlsx(rows(("q1",), ("a",)), extra={"xl/externalLinks/_rels/externalLink1.xml.rels": link})
    assert short(read(data, "masa.xlsx")) == ["q1 A2: a"]


ONE_TWICE = relations(*(relation(key, "worksheet", "worksheets/sheet1.xml") for key in ("r1", "r2")))
BINARY = {"_rels/.rels": relations(relation("r1", "officeDocument", "xl/workbook.bin")), "xl/workbook.bin": ""}
REFUSED = {
    "a tab that is missing": (packed(parts({"Note": ""}, {"xl/_rels/workbook.xml.rels": relations()})), "the tab Note is missing"),
    "a tab that is named twice": (
        packed(parts({"A": tab(""), "B": tab("")}, {"xl/_rels/workbook.xml.rels": ONE_TWICE})), "the tab B is missing"
    ),
    "no tab": (packed(parts({})), "has no tab with cells"),
    "a Word file": (packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"}), "is no Excel workbook"),
    "a binary workbook": (packed(parts({"A": ""}, BINARY)), "is a binary workbook"),
    "XML that ends too early": (packed(parts({"A": "<worksheet>"})), "cannot be read"),
    "rows out of order": (xlsx('<row r="2"/><row r="1"/>'), "row 1 stands in the wrong place"),
    "a row without a number": (xlsx('<row r="x"/>'), "row x stands in the wrong place"),
    "a row beyond the last": (xlsx('<row r="1048577"/>'), "row 1048577 stands in the wrong place"),
    "a cell in another row": (xlsx('<row r="1"><c r="A2"/></row>'), "the cell A2 stands in the wrong place"),
    "a cell that is there twice": (xlsx('<row r="1"><c r="A1"/><c r="A1"/></row>'), "the cell A1 stands in the wrong place"),
    "a column beyond the last": (xlsx('<row r="1"><c r="XFE1"/></row>'), "the cell XFE1 stands in the wrong place"),
    "elements without end": (xlsx("<x>" * 300), "is nested too deep"),
    "a macro": (packed({**parts({"A": tab("")}), "xl/vbaProject.bin": "x"}), "holds a macro; save it as .xlsx without macros"),
    "a document type": (packed(parts({"A": f"<!DOCTYPE a>{tab('')}"})), "holds a document type"),
    "a password": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + bytes(512), "is an old Excel or Word file"),
    "no container": (b"q1\na\n", "is damaged, or is not an Excel workbook at all"),
    "nothing": (b"", "is empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_sound_workbook_is_refused_in_words(name: str) -> None:
    """Each kind of damage or disguise is said in a sentence that names the file."""
    data, said = REFUSED[name]
    message = refused(data)
    assert said in message
    assert message.startswith("masa.xlsx: ")


def test_a_stray_blank_in_the_last_cell_costs_nothing() -> None:
    """Only cells that exist are walked, not the 17 thousand million between them; what the file says of its size is ignored."""
    body = rows(HEADER, ("1", "a", "b")) + '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t> </t></is></c></row>'
    begun = time.process_time()
    assert short(read(xlsx(body, before='<dimension ref="A1"/>'), "masa.xlsx")) == ["q1/t1 B2: a", "q2/t1 C2: b"]
    assert time.process_time() - begun < 2


def test_a_merged_sheet_costs_nothing() -> None:
    """Merged cells are looked at only where something is filled."""
    merged = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 1_000 + "</mergeCells>"
    begun = time.process_time()
    assert short(read(xlsx(rows(("q1",), ("a",)), after=merged), "masa.xlsx")) == ["q1 A2: a"]
    assert time.process_time() - begun < 2


LIMITS = {
    "filled rows": (tabs, "MAX_ROWS", 2, "filled rows"),
    "filled columns": (tabs, "MAX_COLUMNS", 1, "filled columns"),
    "a long text": (tabs, "MAX_TEXT", 4, "B2 holds more than"),
    "merged cells": (tabs, "MAX_CELLS", 2, "merged cells"),
    "elements": (xlsx_walk, "MAX_ELEMENTS", 20, "cells and other elements"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_what_is_beyond_a_limit_is_refused_and_not_cut(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit never drops anything in silence."""
    module, constant, value, said = LIMITS[name]
    data = xlsx(rows(("Masa", "q1"), ("1", "abcde"), ("1", "b")), after='<mergeCells><mergeCell ref="A1:B3"/></mergeCells>')
    assert sheet(data)
    monkeypatch.setattr(module, constant, value)
    assert said in refused(data)


def test_all_tabs_share_one_limit_of_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many tabs of few cells are as many cells as one tab of many."""
    made = packed(parts({f"T{n}": tab(rows(("q1",), ("a",))) for n in range(5)}))
    monkeypatch.setattr("ecocsme.notes.xlsx.MAX_CELLS", 10)
    assert len(sheet(made).grids) == 5
    monkeypatch.setattr("ecocsme.notes.xlsx.MAX_CELLS", 9)
    assert "filled cells" in refused(made)


def test_a_long_sheet_of_empty_cells_never_fills_the_memory() -> None:
    """A sheet of many megabytes is walked piece by piece; what it does not hold is not kept."""
    padding = f"<!--{os.urandom(30_000).hex()}-->"
    data = xlsx(rows(("q1",), ("a",)) + '<row><c s="1"/></row>' * 60_000, before=padding)
    tracemalloc.start()
    assert read_xlsx(data, "masa.xlsx").size == 2
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_200_000


TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff") | st.sampled_from("\n\t"), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_every_filled_cell_of_a_saved_workbook_is_read_as_typed(lines: list[list[str]]) -> None:
    """Whatever is typed into a workbook, nothing is lost, nothing is added, nothing is changed."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for r, line in enumerate(lines, 1):
        for c, text in enumerate(line, 1):
            cell = book.active.cell(r, c)
            cell.value, cell.data_type = text, "s"
    typed = {(r, c): text for r, line in enumerate(lines, 1) for c, text in enumerate(line) if not blank(text)}
    found = sheet(saved(book))
    got = {(row.line, column): cell.text for one in found.grids for row in one.rows for column, cell in row.cells.items()}
    assert {place: text.replace("\r\n", "\n") for place, text in got.items()} == {
        place: text.replace("\r\n", "\n") for place, text in typed.items()
    }
    assert found.not_read == ()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_changed_workbook_is_read_or_refused_in_words(data: st.DataObject) -> None:
    """Whatever happens to the XML of a tab, a person gets cells or a sentence."""
    xml = tab(rows(HEADER, ("Masa 1", "a", "b")), after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>')
    start, end = sorted((data.draw(st.integers(0, len(xml))), data.draw(st.integers(0, len(xml)))))
    put = data.draw(st.sampled_from(["", "<", "&", '"', 'r="', 's="9"', "<v>1e999</v>", '<c r="ZZ9">', "</c>", "9" * 30, "\x00"]))
    for problem in refusal(sheet, packed(parts({"Note": xml[:start] + put + xml[end:]}))):
        assert str(problem).startswith("masa.xlsx: ")


def test_the_limits_are_those_that_are_promised() -> None:
    """100,000 rows, 1,000 columns, a million characters, a million cells."""
    assert (grid.MAX_ROWS, grid.MAX_COLUMNS, grid.MAX_TEXT, grid.MAX_CELLS) == (100_000, 1_000, 1_000_000, 1_000_000)


def test_reading_needs_no_openpyxl(tmp_path: Path) -> None:
    """The reader walks the XML itself: quicker by half, and every formula, merge and hidden row is seen."""
    (tmp_path / "a.xlsx").write_bytes(xlsx(rows(("q1",), ("a",))))
    script = (
        "import sys; from ecocsme.notes.readers import read; from ecocsme.notes.grid import Hints;"
        " print(read(open(sys.argv[1], 'rb').read(), 'a.xlsx', Hints()).size, 'openpyxl' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "a.xlsx")], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2", "False"]
