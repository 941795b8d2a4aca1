"""CSV and TSV as they really arrive: encodings, delimiters, quotes, line ends; nothing is guessed that would lose a letter."""

from __future__ import annotations

import codecs
import csv
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecocsme.errors import UnreadableSheet
from ecocsme.notes import delimited, encodings
from ecocsme.notes.grid import blank
from support.answer_sheets import FIRST, SECOND, hints, read, sheet, short, texts

PLAIN = "Masa,q1,q2\nMasa 1,granturi mici,școlile\nMasa 2,mentorat și spații,băncile\n"
ANSWERS = ["granturi mici", "școlile", "mentorat și spații", "băncile"]


def refused(data: bytes | str, name: str = "masa.csv", **given: object) -> str:
    """The message with which a file is refused."""
    with pytest.raises(UnreadableSheet) as caught:
        read(data, name, hints(**given))  # type: ignore[arg-type]  # passed on as they are
    return str(caught.value)


# --- delimiters ---


@pytest.mark.parametrize(("sign", "named"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")])
def test_the_delimiter_is_found_and_said(sign: str, named: str) -> None:
    """What stands between the titles separates; the report says so."""
    found = read(PLAIN.replace(",", sign))
    assert [draft.text for draft in found.drafts] == ANSWERS
    assert found.said[0] == f"read as UTF-8, separated by {named}"


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_other_delimiters_inside_answers_do_no_harm(sign: str) -> None:
    """Answers are full of commas, semicolons and bars."""
    rows = [("Masa", FIRST, SECOND), *((f"Masa {n}", "unu, doi; trei | patru", "a;b,c\td|e") for n in range(1, 30))]
    stream = io.StringIO()
    csv.writer(stream, delimiter=sign).writerows(rows)
    assert len(read(stream.getvalue()).drafts) == 58


def test_one_column_is_one_column_whatever_its_answers_hold() -> None:
    """A file with a single column has no delimiter, even when each of its answers has a comma."""
    found = read("q1\nunu, doi\ntrei, patru\ncinci, șase\n")
    assert [draft.text for draft in found.drafts] == ["unu, doi", "trei, patru", "cinci, șase"]
    assert found.said[0] == "read as UTF-8, one column"


def test_a_single_column_without_a_known_title_is_refused_by_its_title() -> None:
    """Prose never makes a delimiter out of its signs."""
    assert "it has: Răspuns;" in refused("Răspuns\nUn răspuns, cu virgulă\nAltul; cu punct și virgulă\nAl treilea\tcu tab\n")


@pytest.mark.parametrize("marker", ["sep=;\n", "sep=;\r\n", '"sep=;"\r\n', "SEP=;\r"])
def test_the_line_with_which_excel_names_the_delimiter_is_obeyed(marker: str) -> None:
    """`sep=;` counts, is no row, and lines are still counted from the first one of the file."""
    assert texts(f"{marker}Masa;q1\n1;a,b\n") == ["a,b"]
    assert "masa.csv:3: has 3 fields, but the header has 2" in refused(f"{marker}Masa;q1\n1;a;b\n")


def test_a_delimiter_can_be_forced() -> None:
    """A person may name any sign, or `tab`."""
    assert texts("Masa:q1\n1:a,b\n", given=hints(delimiter=":")) == ["a,b"]
    assert texts("Masa\tq1\n1\ta,b\n", given=hints(delimiter="tab")) == ["a,b"]


@pytest.mark.parametrize("sign", [";;", '"', " ", "\n"])
def test_a_delimiter_that_cannot_be_one_is_refused(sign: str) -> None:
    """More than one sign, or a sign that means something else, separates nothing."""
    assert "cannot be separated by" in refused(PLAIN, delimiter=sign)


# --- quotes and rows ---


def test_quoted_answers_keep_their_line_ends_delimiters_and_quotes() -> None:
    """What is quoted comes out as it was typed."""
    assert texts('Masa,q1\r\n1,"rând 1\r\nrând 2, cu ""ghilimele"""\r\n') == ['rând 1\r\nrând 2, cu "ghilimele"']


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('Masa,q1\n1,a\n2,"b\n3,c\n', 3, "opens here and is never closed"),
        ('Masa,q1\n1,"a\nb"\n2,"Acasă" e departe\n', 4, "text stands after a closing quotation mark"),
        ('Masa,q1\r1,a\r2,"b" c\r', 3, "text stands after a closing quotation mark"),
        ('Masa,q1\n1,"a"b\n', 2, "text stands after a closing quotation mark"),
        ('Masa,q1,q2\n1,"a\nb","c" d\n', 3, "text stands after a closing quotation mark"),
    ],
)
def test_quotes_that_do_not_fit_are_refused_with_their_line(text: str, line: int, said: str) -> None:
    """A quotation mark that swallows the rest of a file, or vanishes, is named where it stands."""
    message = refused(text)
    assert message.startswith(f"masa.csv:{line}: ")
    assert said in message


def test_a_row_with_too_many_fields_is_refused_with_both_counts() -> None:
    """An unquoted comma would shift every later answer; too few fields shift nothing."""
    assert "masa.csv:3: has 4 fields, but the header has 3" in refused("Masa,q1,q2\n1,a,b\n2,c,d,e\n")
    assert texts("Masa,q1,q2\n1,a\n2,b,c\n") == ["a", "b", "c"]
    assert texts("Masa,q1,q2\n1,a,b,,\n") == ["a", "b"]


def test_lines_end_in_any_way_but_not_at_every_sign_that_ends_lines_elsewhere() -> None:
    """CRLF, LF and CR may be mixed; U+2028, U+0085 and their like are letters of an answer."""
    assert texts("Masa,q1\r\n1,a\n2,b\r3,c\u2028d\x85e\x0cf\x1cg") == ["a", "b", "c\u2028d\x85e\x0cf\x1cg"]


def test_blank_lines_count_for_addresses_and_for_nothing_else() -> None:
    """A spreadsheet shows the same cell under the same address."""
    assert short(read("Masa,q1\n\n1,a\n,\n2,b\n")) == ["q1/t1 B3: a", "q1/t2 B5: b"]


def test_answers_are_texts() -> None:
    """Nothing is a number, a date or a missing value."""
    typed = ["11:00", "2020-10-20", "007", "1e5", "TRUE", "NaN", "None", "null", "0", "=1+1", "N/A", " două  blancuri "]
    stream = io.StringIO()
    csv.writer(stream).writerows([("q1",), *((text,) for text in typed)])
    assert texts(stream.getvalue()) == typed


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",)), max_size=9), min_size=2, max_size=2),
        max_size=6,
    )
)
def test_what_a_program_has_written_comes_back(lines: list[list[str]]) -> None:
    """Every filled cell of a well-formed file is read exactly, at its place."""
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([("q1", "q2"), *lines])
    found = sheet(stream.getvalue()).grids[0]
    got = {(row.line, column): cell.text for row in found.rows[1:] for column, cell in row.cells.items()}
    assert list(got.values()) == [text for line in lines for text in line if not blank(text)]


# --- TSV ---


def test_quotes_in_a_tab_separated_text_are_letters() -> None:
    """Google writes quotation marks as they are, even an odd one at the beginning."""
    assert texts('Masa\tq1\n1\t"Acasă" e departe\n2\t"unu\n3\tdoi"\n', "masa.tsv") == ['"Acasă" e departe', '"unu', 'doi"']


def test_quotes_of_excel_in_a_tab_separated_text_are_taken_off() -> None:
    """Excel quotes what holds a line break, a tab or a quotation mark."""
    assert texts('Masa\tq1\n1\t"a\nb"\n2\t"c ""d"" e"\n3\t"f\tg"\n', "masa.tsv") == ["a\nb", 'c "d" e', "f\tg"]
    assert texts('q1\n"a\nb"\nc\n', "masa.tsv") == ["a\nb", "c"]


def test_two_quotes_on_two_lines_are_no_quotation() -> None:
    """Where every line has all its fields, nothing is swallowed between two quotation marks."""
    assert texts('Masa\tq1\n1\t"unu\n2\tdoi\n3\ttrei"\n', "masa.tsv") == ['"unu', "doi", 'trei"']


# --- encodings ---


@pytest.mark.parametrize(("encoding", "said"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16")])
def test_an_encoding_is_found_and_said(encoding: str, said: str) -> None:
    """The mark counts, then strict UTF-8, then the old sets of the event's languages."""
    found = read(PLAIN.encode(encoding))
    assert [draft.text for draft in found.drafts] == ANSWERS
    assert found.said[0] == f"read as {said}, separated by commas"


def test_big_endian_utf_16_has_a_mark_too() -> None:
    """UTF-16 in either order is read."""
    assert texts(codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be")) == ANSWERS


def test_the_old_set_made_for_romanian_is_known_by_its_quotation_marks() -> None:
    """ISO 8859-16 has the quotation marks where Windows-1250 has other letters."""
    found = read("q1\n„școală” și țară\n".encode("iso8859-16"))
    assert [draft.text for draft in found.drafts] == ["„școală” și țară"]
    assert found.said[0] == "read as ISO-8859-16 (judged by its letters), one column"


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2"])
def test_romanian_in_old_encodings_has_cedillas_and_is_no_other_language(encoding: str) -> None:
    """Excel in Romania writes Windows-1250, which has no comma letters; ă never becomes ã."""
    old = PLAIN.replace("ș", "ş").replace("ț", "ţ") + "Masa 3,Ţară în „ghilimele” – â î Ă,\n"
    data = (old if encoding == "cp1250" else old.replace("„", '""').replace("”", '""').replace(" –", "")).encode(encoding, "ignore")
    assert texts(data)[:4] == [text.replace("ș", "ş").replace("ț", "ţ") for text in ANSWERS]


@pytest.mark.parametrize(
    ("language", "encoding", "text"),
    [
        ("hr", "cp1250", "više žena u kulturi, čuvati baštinu, đaci"),
        ("hu", "cp1250", "több tűzoltó és művész, ősszel"),
        ("lt", "cp1257", "daugiau žmonių, šokėjų ąžuolų"),
        ("fi", "cp1252", "enemmän yhteistyötä ja tiloja käyttöön"),
        ("it", "cp1252", "più società e attività per la città"),
        ("nl", "cp1252", "meer financiële coördinatie"),
        ("el", "cp1253", "περισσότερα κονδύλια για τον πολιτισμό"),
        ("bg", "cp1251", "повече средства за култура"),
        ("de", "cp850", "mehr Räume für Künstler, größere Bühnen"),
        ("xx", "cp1252", "façade à Genève"),
    ],
)
def test_the_languages_of_the_event_tell_the_encoding(language: str, encoding: str, text: str) -> None:
    """The same bytes are other letters in another language; the event knows which are meant."""
    data = f"q1\n{text}\n".encode(encoding)
    assert texts(data, given=hints(languages=(language,))) == [text]


def test_a_file_of_two_encodings_is_refused_with_the_line() -> None:
    """A line pasted from elsewhere cannot be read with the rest."""
    data = "q1\nș\n".encode() + "ăîş\n".encode("cp1250") + "ț\n".encode()
    assert refused(data).startswith("masa.csv:3: mixes encodings")


@pytest.mark.parametrize(("encoding", "said"), [("utf-16-le", "UTF-16 LE"), ("utf-16-be", "UTF-16 BE")])
def test_utf_16_without_its_mark_is_told_by_its_zero_bytes(encoding: str, said: str) -> None:
    """Where nearly every second byte is zero, and always the same one, nothing is guessed; a report says why."""
    found = read(PLAIN.encode(encoding))
    assert [draft.text for draft in found.drafts] == ANSWERS
    assert found.said[:2] == (f"read as {said}, separated by commas", "its encoding, UTF-16 without a mark, was told by its zero bytes")


@pytest.mark.parametrize("data", [PLAIN.encode("utf-16-le")[:-1], "ԱԲԳ,q1\nդեզ,ա\n".encode("utf-16-le"), b"q1\0\n\xffa\n"])
def test_zero_bytes_that_do_not_tell_an_encoding_are_refused(data: bytes) -> None:
    """What cannot be told is asked for, not guessed."""
    assert "encoding" in refused(data)


def test_letters_that_fit_no_encoding_of_the_event_are_refused() -> None:
    """Cyrillic in an old set is no Romanian."""
    assert "its letters fit no older encoding of the event's languages" in refused("q1\nповече средства\n".encode("cp1251"))


def test_a_zero_byte_is_refused_with_its_line() -> None:
    """A zero byte is damage, or another encoding."""
    assert refused("q1\na\nb\0c\n").startswith("masa.csv:3: holds a zero byte")


def test_an_encoding_can_be_forced_and_is_never_bent() -> None:
    """A forced encoding is taken at its word: strictly, or with the line that does not fit; an unknown one is said."""
    assert texts(PLAIN.encode("cp852", "ignore"), given=hints(encoding="cp852"))[3] == "băncile"
    assert texts(PLAIN.encode("utf-8-sig"), given=hints(encoding="UTF-8")) == ANSWERS
    assert refused("q1\na\nș\n".encode("cp1250", "replace") + b"\xff", encoding="utf-8").startswith("masa.csv:4: cannot be read as UTF-8")
    assert "the encoding klingon is unknown" in refused(PLAIN, encoding="klingon")
    assert "is no encoding of texts" in refused(PLAIN.encode().hex(), encoding="hex")


@pytest.mark.parametrize(
    ("text", "garbled"), [("È™coală", True), ("Ã®nvÄƒÈ›are", True), ("școală", False), ("„Învățăm” – €", False), ("ÎN ÎȚI", False)]
)
def test_garbled_letters_are_noticed(text: str, garbled: bool) -> None:  # noqa: FBT001  # a table
    """A text that was decoded wrongly before it was saved is kept, and can be warned of."""
    assert encodings.mojibake(text) is garbled


# --- limits ---


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [
        ("MAX_ROWS", 2, "has more than 2 rows"),
        ("MAX_COLUMNS", 2, "has more than 2 columns"),
        ("MAX_CELLS", 5, "has more than 5 filled cells"),
    ],
)
def test_what_is_beyond_a_limit_is_refused_and_not_cut(limit: str, value: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit never drops anything in silence."""
    monkeypatch.setattr(delimited, limit, value)
    assert said in refused(PLAIN)


def test_a_field_that_is_too_long_is_refused_with_its_line() -> None:
    """A million characters are an answer; more are an accident."""
    assert len(texts(f"q1\n{'x' * 1_000_000}\n")[0]) == 1_000_000
    assert refused(f"Masa,q1\n1,a\n2,{'x' * 1_000_001}\n").startswith("masa.csv:3: a field is longer than 1,000,000 characters")
    assert csv.field_size_limit() == 131_072


def test_a_long_file_is_read_in_time() -> None:
    """90,000 answers take seconds, not minutes."""
    lines = "".join(f"Masa {n % 12 + 1},răspunsul unu {n},răspunsul doi {n},al treilea {n}\n" for n in range(30_000))
    begun = time.process_time()
    assert len(read(f"Masa,q1,q2,q1\n{lines}").drafts) == 90_000
    assert time.process_time() - begun < 15


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60) | st.text('q12Masa,;\t|"\n\r ăș=', max_size=60).map(lambda text: ("q1,q2\n" + text).encode()))
def test_any_bytes_are_answers_or_a_sentence(data: bytes) -> None:
    """Nothing but a refusal in words leaves the reader; every cell of what is taken is accounted for."""
    for name in ("masa.csv", "masa.tsv"):
        try:
            found = read(data, name)
        except UnreadableSheet:
            continue
        assert found.size == len(found.drafts) + len(found.not_read) + found.headers + found.context + sum(n for _, n in found.left_out)
