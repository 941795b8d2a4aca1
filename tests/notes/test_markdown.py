"""Notes in Markdown: list items under the heading of a question are answers, and every other text is named."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecocsme.errors import UnreadableSheet
from ecocsme.notes import markdown
from ecocsme.notes.grid import Sheet
from support import answer_sheets
from support.answer_sheets import FIRST, left, read, short

NAME = "masa.md"


def sheet(text: str) -> Sheet:
    """Read a text."""
    return answer_sheets.sheet(text, NAME)


def items(text: str) -> list[str]:
    """The list items of a text."""
    return [item.cell.text for item in sheet(text).items]


def test_list_items_are_answers_to_the_heading_above_them() -> None:
    """Headings give question, table and round; the nearest one counts, and an address is a line."""
    text = f"# Masa 2, runda 1\n\n## {FIRST}\n\n- granturi\n- mentorat\n\n## q2\n\n1. școlile\n\n# Masa 3\n\n## q1\n- spații\n"
    assert short(read(text, NAME)) == [
        "q1/t2/r1 line 5: granturi", "q1/t2/r1 line 6: mentorat", "q2/t2/r1 line 10: școlile", "q1/t3 line 15: spații",
    ]  # fmt: skip


ITEMS = {
    "entities": ("- Liceul &quot;de Arte&quot; &amp; R&#39;D", ['Liceul "de Arte" & R\'D']),
    "escapes": ("- 5\\*3 \\# C:\\teatru", ["5*3 # C:\\teatru"]),
    "emphasis": ("- **Important**: *mai* multe `piste`", ["Important: mai multe piste"]),
    "a sum that is no emphasis": ("- 2*3*4 = 24, Timi**șoara**, o_scenă_mică", ["2*3*4 = 24, Timi**șoara**, o_scenă_mică"]),
    "links and pictures as typed": ("- [a](http://b.ro) ![c](d.png) <http://e.ro> [f]", ["[a](http://b.ro) ![c](d.png) <http://e.ro> [f]"]),
    "a text that looks like the target of a link": ("- [notă]: vouchere", ["[notă]: vouchere"]),
    "HTML as typed": ("- <b>mult</b> <!-- x --> 3 < 5", ["<b>mult</b> <!-- x --> 3 < 5"]),
    "a line break of HTML": ("- unu<br>doi<BR />trei", ["unu\ndoi\ntrei"]),
    "a wrapped line": ("- un răspuns\n  lung", ["un răspuns lung"]),
    "a hard break": ("- un rând  \n  altul\\\n  al treilea", ["un rând\naltul\nal treilea"]),
    "paragraphs inside": ("- unu\n\n  doi", ["unu\ndoi"]),
    "code inside": ("- unu\n\n  ```py\n  - doi\n  ```", ["unu\npy\n- doi"]),
    "a quotation inside": ("- unu\n  > doi", ["unu\ndoi"]),
    "a heading inside": ("- # unu", ["unu"]),
    "tasks": ("- [ ] unu\n- [x] doi", ["[ ] unu", "[x] doi"]),
    "numbers": ("1. unu\n2. doi\n\n7) trei", ["unu", "doi", "trei"]),
    "a year at the beginning of a line": ("2020. Un an greu", ["2020. Un an greu"]),
    "a year at the beginning of an item": ("- 2020. Un an greu", ["2020. Un an greu"]),
    "a sign at the beginning of an item": ("- + 20 % buget\n- - 5 grade", ["+ 20 % buget", "- 5 grade"]),
    "a list in a list on one line": ("- - unu\n  - doi", ["unu", "doi"]),
    "bullets of word processors": ("• unu\n● doi\n– trei\n\t▪patru", ["unu", "doi", "trei", "patru"]),
    "characters that are kept": ("- =1+1 🎤 007 N/A -", ["=1+1 🎤 007 N/A -"]),
    "empty items": ("- \n-\n- unu", ["unu"]),
    "old and foreign line ends": ("- unu\r- doi\r\n- trei\u2028patru", ["unu", "doi", "trei\u2028patru"]),
}


@pytest.mark.parametrize("name", ITEMS)
def test_an_item_is_read_as_a_reader_of_markdown_sees_it(name: str) -> None:
    """One item, one text; what the notation means is resolved, and whatever else was typed stays."""
    text, expected = ITEMS[name]
    assert items(text) == expected


def test_nested_items_know_the_item_around_them() -> None:
    """An item below another one is an answer of its own, with its parent; an item without a text is nobody's parent."""
    found = sheet("- unu\n  - doi\n    1. trei\n- \n  - patru\n- cinci\n\n  - șase\n")
    texts = [item.cell.text for item in found.items]
    parents = [None if item.parent is None else texts[item.parent] for item in found.items]
    assert list(zip(texts, parents, strict=True)) == [
        ("unu", None), ("doi", "unu"), ("trei", "doi"), ("patru", None), ("cinci", None), ("șase", "cinci"),
    ]  # fmt: skip


def test_deep_lists_lose_nothing() -> None:
    """A parser gives up somewhere; what lies deeper is named."""
    text = "".join(f"{'  ' * depth}- w{depth}w\n" for depth in range(120))
    found = sheet(text)
    assert [item.cell.text for item in found.items][:40] == [f"w{depth}w" for depth in range(40)]
    said = "\n".join([item.cell.text for item in found.items] + [one.text for one in found.not_read])
    assert all(f"w{depth}w" in said for depth in range(120))


NOT_READ = {
    "a paragraph": ("# q1\n\nText liber.\n\n- unu", ["line 3: Text liber."], "is no list item"),
    "a quotation": ("# q1\n> - citat\n\n- unu", ["line 2: citat"], "is a quotation"),
    "code": ("# q1\n```\n## nu\n- nu\n```\n- unu", ["line 2: ## nu\n- nu"], "is a block of code or HTML"),
    "indented code": ("# q1\n\n    - nu\n\n- unu", ["line 3: - nu"], "is a block of code or HTML"),
    "HTML": ("# q1\n<!--\n- nu\n-->\n\n- unu", ["line 2: <!--\n- nu\n-->"], "is a block of code or HTML"),
    "front matter": ("---\nautor: x\n---\n# q1\n- unu", ["line 1: ---\nautor: x\n---"], "is the front matter"),
    "an item before the first question": ("- fără\n\n# q1\n- unu", ["line 1: fără"], "stands under no question"),
    "deep quotations": (f"# q1\n- unu\n\n{'>' * 20_000} nu", [f"line 4: {'>' * 20_000} nu"], "is nested too deep"),
    "a hyphen without a blank": ("# q1\n\n-fără\n\n- unu", ["line 3: -fără"], "begin it with “- ”"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_READ)
def test_what_is_no_list_item_is_named_with_its_line_and_reason(name: str) -> None:
    """Prose, quotations, code and what stands under no question are no notes, and never vanish."""
    text, expected, reason = NOT_READ[name]
    found = read(text, NAME)
    assert [draft.text for draft in found.drafts] == ["unu"]
    assert left(found.not_read) == expected
    assert reason in found.not_read[0].reason


def test_a_line_in_bold_type_or_with_a_colon_counts_as_a_heading() -> None:
    """People write `Masa 2:` or a question above a list without a number sign; the line is obeyed, and named."""
    text = f"**Masa 2**\n\n{FIRST}\n\n- unu\n\nMasa 3:\n\n- doi\n\n**q2**\n\n- trei\n"
    found = read(text, NAME)
    assert short(found) == ["q1/t2 line 5: unu", "q1/t3 line 9: doi", "q2/t3 line 13: trei"]
    assert left(found.not_read) == ["line 1: Masa 2", "line 7: Masa 3:"]
    assert all("counts as its heading" in skipped.reason for skipped in found.not_read)


def test_a_heading_ends_what_the_lines_above_have_said() -> None:
    """A label above one list does not reach into the next chapter."""
    assert short(read("# q1\n\nMasa 2:\n\n- unu\n\n# q2\n\n- doi\n", NAME)) == ["q1/t2 line 5: unu", "q2 line 9: doi"]


def test_a_line_that_only_seems_to_be_a_heading_goes_on_with_the_item_and_is_said() -> None:
    """Without an empty line a paragraph belongs to the item above it: a reader of Markdown joins them, and we say so."""
    found = read("# q1\n- unu\nMasa 3:\n- doi\n", NAME)
    assert [draft.text for draft in found.drafts] == ["unu Masa 3:", "doi"]
    assert "these lines go on with the item above them, as no empty line or hyphen parts them: 3" in found.said


def test_tables_are_tables() -> None:
    """A table is read as in any other format; its cells have a line and a column, and a bar can be written in them."""
    found = read("# Runda 2\n\n| Masa | q1 | q2 |\n|---|:-:|--:|\n| Masa 1 | a \\| b | c<br>d |\n| 2 | | *e*\n", NAME)
    assert short(found) == ["q1/t1/r2 line 5, column B: a | b", "q2/t1/r2 line 5, column C: c\nd", "q2/t2/r2 line 6, column C: e"]


def test_a_table_below_the_heading_of_a_question_may_be_long() -> None:
    """A heading asks for the whole table."""
    assert short(read("# q2\n\nMasa | Răspuns\n--|--\n1 | unu\n2 | doi\n", NAME)) == [
        "q2/t1 line 5, column B: unu", "q2/t2 line 6, column B: doi",
    ]  # fmt: skip


def test_a_row_with_more_cells_than_the_header_is_refused() -> None:
    """A bar inside an answer would move every later answer; Markdown itself drops what is too much."""
    with pytest.raises(UnreadableSheet, match=r"masa\.md:3: has 3 fields, but the header has 2"):
        read("| q1 | q2 |\n|---|---|\n| a | b | c |\n", NAME)


def test_a_table_inside_a_list_or_quotation_loses_no_cell() -> None:
    """Tables at odd places are texts of the item, or named; so is what is too much in them."""
    found = sheet("- | a | b |\n  |---|---|\n  | c | d | e |\n\n> | f | g |\n> |---|---|\n> | h | i | j |\n")
    said = "\n".join([item.cell.text for item in found.items] + [one.text for one in found.not_read])
    assert sorted(word for word in said.split() if len(word) == 1 and word != "|") == list("abcdefghij")


def test_a_text_without_answers_says_what_to_do() -> None:
    """Paragraphs below a question are the commonest mistake."""
    with pytest.raises(UnreadableSheet, match="no answers found; write the answers as list items"):
        read(f"# {FIRST}\n\nun răspuns\n", NAME)


def test_a_zero_byte_and_too_long_texts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What no text holds, and what nobody types, is refused with its line."""
    with pytest.raises(UnreadableSheet, match=r"masa\.md:2: holds a zero byte"):
        sheet("# q1\n- a\0b\n")
    monkeypatch.setattr(markdown, "MAX_FILE", 10)
    with pytest.raises(UnreadableSheet, match="has more than 10 characters"):
        sheet("- " + "x" * 20)


def test_an_item_that_is_too_long_and_too_many_items_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits of every format hold here, too."""
    monkeypatch.setattr(markdown, "MAX_TEXT", 5)
    with pytest.raises(UnreadableSheet, match=r"masa\.md:2: an item has more than 5 characters"):
        sheet("- unu\n- cuvinte\n")
    monkeypatch.setattr(markdown, "MAX_ROWS", 1)
    with pytest.raises(UnreadableSheet, match="has more than 1 items"):
        sheet("- unu\n- doi\n")


@pytest.mark.parametrize(
    "piece", ["[", "![", "*a ", "*a **a ", "_a ", "`", "<", "&", "> ", "- ", "1. ", "<a b='", "\\", "***a", "(", "~", "[a]("]
)
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    """No run of signs makes the parser go back and forth."""
    begun = time.process_time()
    sheet(f"# q1\n- {piece * 20_000}\n")
    assert time.process_time() - begun < 4


PIECES = [
    "- ", "* ", "+ ", "  - ", "    - ", "1. ", "2020. ", "> ", "# ", "## ", "  ", "\t", "| ", "```", "~~~", "---", "- - ", "- > ", "- # ",
    "> - ", "- | ", "<div>", "<!-- ", "-->", "[x]: ", "**", "- [ ] ", "• ", "1) ", "- 1. ", "===", "\\", "|--|--|", "| a | b |", ": ",
    "<br>", "&amp;", "`",
]  # fmt: skip
LINE = st.lists(st.tuples(st.sampled_from(PIECES), st.booleans()), max_size=4)


@settings(max_examples=250, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=14))
def test_every_word_of_a_text_is_somewhere_exactly_once(lines: list[list[tuple[str, bool]]]) -> None:
    """Whatever a text looks like, each of its words is in an item, a heading, a cell or among what was not read."""
    count = 0
    written = []
    for line in lines:
        pieces = ""
        for piece, worded in line:
            pieces += piece + (f"w{count}w " if worded else "")
            count += worded
        written.append(pieces)
    found = sheet("\n".join([*written, "- end"]))
    texts = [item.cell.text for item in found.items] + [cell.text for cell in found.headings] + [one.text for one in found.not_read]
    texts += [cell.text for grid in found.grids for row in grid.rows for cell in row.cells.values()]
    said = "\n".join(texts)
    assert [said.count(f"w{number}w") for number in range(count)] == [1] * count
