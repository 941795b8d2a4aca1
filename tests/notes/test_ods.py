"""OpenDocument sheets: cells as people see them, repeats that cost nothing, and no word that is not an answer."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecocsme.errors import UnreadableSheet
from ecocsme.notes import readers
from ecocsme.notes.grid import Sheet, blank
from support.answer_sheets import hints

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (("office", "office"), ("table", "table"), ("text", "text"), ("draw", "drawing"), ("style", "style"))
)
SHEET = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</m:manifest>'
ENCRYPTED = MANIFEST.format("<m:encryption-data/>")
FILLED = "<text:p>a</text:p>"


def content(body: str, styles: str = "", before: str = "") -> str:
    """The main part of a sheet."""
    return (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{before}{body}</office:spreadsheet></office:body></office:document-content>"
    )


def packed(parts: Mapping[str, str]) -> bytes:
    """Pack parts as a program does."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, text in parts.items():
            container.writestr(name, text)
    return stream.getvalue()


def ods(body: str, styles: str = "", before: str = "") -> bytes:
    """A sheet with these tabs."""
    return packed({"mimetype": SHEET, "content.xml": content(body, styles, before), "META-INF/manifest.xml": MANIFEST.format("")})


def tab(rows: str, attributes: str = "") -> str:
    """A tab with these rows."""
    return f'<table:table table:name="Note"{attributes}>{rows}</table:table>'


def row(*cells: str, more: str = "") -> str:
    """A row with these cells."""
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def cell(inner: str, more: str = ' office:value-type="string"') -> str:
    """A cell."""
    return f"<table:table-cell{more}>{inner}</table:table-cell>"


def text(words: str) -> str:
    """A cell with one paragraph."""
    return cell(f"<text:p>{words}</text:p>")


def read(data: bytes) -> Sheet:
    """Read a sheet."""
    return readers.read(data, "masa.ods", hints())


def texts(rows: str, **more: str) -> dict[str, str]:
    """The cells of the only tab, by their address."""
    grid = read(ods(tab(rows), **more)).grids[0]
    return {cell.address: cell.text for row in grid.rows for cell in row.cells.values()}


def refused(data: bytes, name: str = "masa.ods") -> str:
    """The message with which a file is refused."""
    with pytest.raises(UnreadableSheet) as caught:
        readers.read(data, name, hints())
    return str(caught.value)


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<text:p>a</text:p><text:p/><text:p>b</text:p>", "a\n\nb"),
        ('<text:p><text:s/>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>', " a   b\tc\nd"),
        ("<text:p>a <text:span>b<text:span>c</text:span></text:span><text:a>d</text:a>  e</text:p>", "a bcd  e"),
        ("<office:annotation><text:p>no</text:p></office:annotation><text:p>a</text:p>", "a"),
        ("<text:p>a<office:annotation><text:p>no</text:p></office:annotation>b</text:p>", "ab"),
        ("<text:p><text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>no</text:ruby-text></text:ruby>b</text:p>", "ab"),
        ("<draw:frame><draw:text-box><text:p>no</text:p></draw:text-box></draw:frame><text:p>a</text:p>", "a"),
        ("\n  <text:p>a</text:p>\n  ", "a"),
    ],
)
def test_a_text_is_what_its_cell_shows(inner: str, said: str) -> None:
    """Blanks, tabs, line breaks, links and paragraphs are kept; comments, readings and text boxes are not part of it."""
    assert texts(row(cell(inner))) == {"A1": said}


@pytest.mark.parametrize(
    ("attributes", "words", "said"),
    [
        ('office:value-type="float" office:value="0"', "0", "0"),
        ('office:value-type="float" office:value="1234.5"', "1.234,50 lei", "1.234,50 lei"),
        ('office:value-type="float" office:value="0.1"', "", "0.1"),
        ('office:value-type="percentage" office:value="0.5"', "", "50%"),
        ('office:value-type="date" office:date-value="2020-10-20"', "20.10.2020", "20.10.2020"),
        ('office:value-type="date" office:date-value="2020-10-20"', "", "2020-10-20"),
        ('office:value-type="date" office:date-value="2020-10-20T09:30:00"', "", "2020-10-20 9:30"),
        ('office:value-type="time" office:time-value="PT11H00M00S"', "11:00", "11:00"),
        ('office:value-type="time" office:time-value="PT11H05M00S"', "", "11:05"),
        ('office:value-type="time" office:time-value="PT30H00M01.5S"', "", "30:00:01"),
        ('office:value-type="boolean" office:boolean-value="true"', "ADEVĂRAT", "TRUE"),
        ('office:value-type="string" office:string-value="text"', "", "text"),
        ('office:value-type="string" office:string-value=""', "#DIV/0!", "#DIV/0!"),
        ('table:formula="of:=1+1" office:value-type="float" office:value="2"', "2", "2"),
        ('office:value-type="date" office:date-value="ieri"', "", "ieri"),
        ('office:value-type="percentage" office:value="mult"', "", "mult"),
        ('office:value-type="time" office:time-value="acum"', "", "acum"),
    ],
)
def test_a_value_is_what_its_cell_shows(attributes: str, words: str, said: str) -> None:
    """The words count; where a program has left them out, the value is written as in a workbook of Excel."""
    assert texts(row(cell(f"<text:p>{words}</text:p>" if words else "", f" {attributes}"))) == {"A1": said}


def test_a_formula_without_a_result_is_named() -> None:
    """What was never calculated is no answer and is not lost either; an empty result is empty."""
    found = read(
        ods(tab(row(cell("", ' table:formula="of:=A9"'), cell("", ' table:formula="of:=B9" office:value-type="string"'), text("a"))))
    )
    assert [(one.address, one.text) for one in found.not_read] == [("A1", "of:=A9")]
    assert found.not_read[0].reason.startswith("is a formula whose result was not saved")


def test_what_is_repeated_counts_each_time() -> None:
    """Equal neighbours are stored once, with a number; the empty ones between are passed over."""
    repeated = cell("<text:p>x</text:p>", ' table:number-columns-repeated="2"')
    gap = cell("", ' table:number-columns-repeated="3"')
    rows = (
        row(repeated, gap, text("y"), more=' table:number-rows-repeated="2"')
        + row(gap, more=' table:number-rows-repeated="5"')
        + row(text("z"))
    )
    assert texts(rows) == {"A1": "x", "B1": "x", "F1": "y", "A2": "x", "B2": "x", "F2": "y", "A8": "z"}


def test_millions_of_empty_cells_cost_nothing() -> None:
    """Programs fill a tab up to its last row; nobody waits for that."""
    begun = time.process_time()
    wide = cell("", ' table:number-columns-repeated="16384"')
    rows = row(text("a")) + "".join(row(wide, more=' table:number-rows-repeated="1048576"') for _ in range(300))
    assert texts(rows) == {"A1": "a"}
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (row(text("a"), more=' table:number-rows-repeated="1048575"'), "has more than 100,000 filled rows (tab Note)"),
        (row(cell("<text:p>a</text:p>", ' table:number-columns-repeated="16384"')), "has more than 1,000 filled columns (tab Note)"),
        (row(cell(FILLED, ' table:number-columns-repeated="999"'), more=' table:number-rows-repeated="99999"'), "1,000,000 filled cells"),
        (row(*[text(f'a<text:s text:c="{9 * 10**8}"/>b')] * 3), "A1 holds more than 1,000,000 characters"),
    ],
)  # fmt: skip
def test_repeats_beyond_any_person_are_refused_at_once(rows: str, said: str) -> None:
    """A few bytes never become millions of answers."""
    begun = time.process_time()
    assert said in refused(ods(tab(rows)))
    assert time.process_time() - begun < 2


def test_what_is_hidden_is_read_and_said() -> None:
    """Hidden tabs, rows and columns are read like the others, and named."""
    styles = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    rows = columns + row(text("a"), text("b")) + row(text("c"), more=' table:visibility="filter"')
    found = read(ods(tab(rows, ' table:style-name="ta2"'), styles))
    assert found.said == (
        "tab Note is hidden; it was read like the others",
        "tab Note: column B is hidden; it was read like the others",
        "tab Note: 1 hidden rows were read like the others (2)",
    )


def test_comments_and_text_boxes_are_named() -> None:
    """Comments are counted; what stands in a text box is named with its place."""
    note = "<office:annotation><text:p>notă</text:p></office:annotation>"
    box = "<draw:custom-shape><text:p>cutie</text:p></draw:custom-shape>"
    found = read(ods(tab(f"<table:shapes>{box}</table:shapes>" + row(text("a"), cell(note + box + "<text:p>b</text:p>")))))
    assert found.said == ("tab Note: 1 comments on cells are no answers and were not read",)
    assert [(one.address, one.text) for one in found.not_read] == [("text box", "cutie"), ("text box at B1", "cutie")]


def test_merged_cells_show_their_text_everywhere() -> None:
    """A title or a table that was merged over several cells counts for all of them; covered cells keep what they hold."""
    covered = "<table:covered-table-cell><text:p>sub</text:p></table:covered-table-cell>"
    spanned = cell("<text:p>Masa 1</text:p>", ' table:number-rows-spanned="2" table:number-columns-spanned="2"')
    grid = read(
        ods(tab(row(spanned, covered, text("a")) + row("<table:covered-table-cell/>", "<table:covered-table-cell/>", text("b"))))
    ).grids[0]
    assert {place: cell.text for place, cell in grid.spread.items()} == {(1, 1): "Masa 1", (2, 0): "Masa 1", (2, 1): "Masa 1"}
    assert grid.rows[0].cells[1].text == "sub"


def test_what_was_deleted_or_belongs_to_other_files_is_no_text() -> None:
    """Recorded changes, and copies of tabs of other files, are not there for anybody."""
    old = f"<table:tracked-changes><table:deletion>{row(text('vechi'))}</table:deletion></table:tracked-changes>"
    linked = f"<table:dde-links><table:table>{row(text('altul'))}</table:table></table:dde-links>"
    copied = f"<table:table table:name=\"'file:///a.ods'#$Foaie1\">{row(text('copie'))}</table:table>"
    found = read(ods(tab(row(text("a"))) + copied + linked, before=old))
    assert [cell.text for grid in found.grids for row_ in grid.rows for cell in row_.cells.values()] == ["a"]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"mimetype": SHEET, "content.xml": "x", "META-INF/manifest.xml": ENCRYPTED}, "is protected by a password"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, "is an OpenDocument text (.odt), not a sheet"),
        ({"mimetype": "application/vnd.oasis.opendocument.chart", "content.xml": "<a/>"}, "is another kind of OpenDocument file"),
        ({"mimetype": SHEET}, "is no OpenDocument sheet, whatever its name says"),
        ({"content.xml": content("")}, "has no tab with cells"),
        ({"content.xml": "<a>"}, "is damaged: content.xml cannot be read"),
        ({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "holds a document type"),
        ({"content.xml": content(tab(row(text("<text:span>" * 300 + "</text:span>" * 300))))}, "nested too deep"),
        ({"content.xml": content(tab(row(text("a" * 9_000_000))))}, "is packed like a ZIP bomb"),
        ({"content.xml": content(tab("")), "Basic/Standard/Module1.xml": "<a/>"}, "holds a macro"),
    ],
)  # fmt: skip
def test_what_is_no_safe_sheet_is_refused_by_name(parts: dict[str, str], said: str) -> None:
    """Passwords, other documents, macros, bombs and damage are each told apart."""
    assert said in refused(packed(parts))


def test_a_flat_sheet_is_refused_with_advice() -> None:
    """The flat form is one file of XML; it can be saved as the usual one."""
    assert refused(b"<?xml version='1.0'?><a/>", "masa.fods") == "masa.fods: is a flat OpenDocument sheet (.fods); save it as .ods"


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.lists(st.tuples(st.sampled_from(["", "a", "ș b"]), st.integers(1, 4)), max_size=4)), max_size=5
    )
)
def test_repeats_are_the_rows_that_were_meant(rows: list[tuple[int, list[tuple[str, int]]]]) -> None:
    """Written with repeats or without, a sheet says the same."""

    def made(*, short: bool) -> bytes:
        lines = []
        for down, cells in rows:
            written = "".join(
                cell(f"<text:p>{said}</text:p>", f' table:number-columns-repeated="{right}"')
                if short
                else cell(f"<text:p>{said}</text:p>") * right
                for said, right in cells
            )
            lines.append(row(written, more=f' table:number-rows-repeated="{down}"') if short else row(written) * down)
        return ods(tab("".join(lines)))

    assert read(made(short=True)) == read(made(short=False))


def test_a_real_sheet_is_read_whole(shared: Path) -> None:
    """Seventeen answers of a real survey come out as they were counted, and so do the marks beside them."""
    (path,) = (shared / "sheets").glob("*/sq2.ods")
    (grid,) = read(path.read_bytes()).grids
    answers = [row.cells[0].text for row in grid.rows[1:] if 0 in row.cells]
    assert len(answers) == 17
    assert sum(map(len, answers)) == 2334
    assert not any(map(blank, answers))
    assert sum(cell.text == "1" for row in grid.rows[1:18] for column, cell in row.cells.items() if column) == 17
