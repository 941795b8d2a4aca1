"""The package of a Word document: what is damaged, not safe or no document is refused in plain words, and nothing is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest

from ecocsme.errors import UnreadableSheet
from ecocsme.notes import docx_flow, docx_walk
from support import answer_sheets
from support.answer_sheets import FIRST, read, short
from support.made_docx import STRICT, TYPES, W, docx, p, part, parts, run, style, styles, tbl, tc, tr
from support.made_xlsx import packed, relation, relations, rows, xlsx

NAME = "masa.docx"
BODY = p(FIRST) + p("a")
REPOSITORY = Path(__file__).resolve().parents[2]


def refused(data: bytes) -> str:
    """The message with which a document is refused."""
    with pytest.raises(UnreadableSheet) as caught:
        read(data, NAME)
    return str(caught.value)


def changed(old: str, new: str, name: str = "word/document.xml") -> bytes:
    """An ordinary document with another text in one of its parts."""
    made = parts(BODY)
    assert old in made[name]
    return packed({**made, name: made[name].replace(old, new)})


def test_a_strict_document_is_read() -> None:
    """Word saves the same document with other names of its name spaces, if it is asked to."""
    made = parts(BODY + tbl(tr("Masa", "q2"), tr("3", "b")))
    strict = {
        name: text.replace(W, STRICT).replace("openxmlformats.org/officeDocument/2006", "openxmlformats.org/x")
        for name, text in made.items()
    }
    assert short(read(packed(strict), NAME)) == ["q2/t3 table 1, row 2, column 2: b", "q1 paragraph 2: a"]


def test_the_text_may_be_called_anything() -> None:
    """The relationships say where it is, not its name."""
    made = parts(BODY)
    made["word/text2.xml"] = made.pop("word/document.xml")
    made["_rels/.rels"] = relations(relation("r1", "officeDocument", "word/text2.xml"))
    made["[Content_Types].xml"] = TYPES.replace("document.xml", "text2.xml")
    assert short(read(packed(made), NAME)) == ["q1 paragraph 2: a"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (docx(BODY)[:-400], "is damaged"),
        (changed("<w:body>", "<w:body><w:p>"), "is damaged: word/document.xml cannot be read"),
        (packed({**parts(BODY), "word/vbaProject.bin": "x"}), "holds a macro; save it as .docx without macros"),
        (changed("document.main+xml", "x.macroEnabled.main+xml", "[Content_Types].xml"), "holds a macro"),
        (changed("<w:document", "<!DOCTYPE x [<!ENTITY a 'b'>]><w:document"), "holds a document type (DOCTYPE)"),
        (packed({"_rels/.rels": parts("")["_rels/.rels"], "[Content_Types].xml": TYPES}), "has no text (word/document.xml is missing)"),
        (packed({**parts(BODY), "word/media/a.xml": "x" * 200_000}), "is packed like a ZIP bomb"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
        (b"text", "is damaged, or is not a Word document at all"),
        (xlsx(rows(("q1",), ("a",))), "is no Word document, whatever its name says"),
        (packed({**parts(""), "word/document.xml": part("hdr", BODY)}), "is no Word document, whatever its name says"),
    ],
)  # fmt: skip
def test_what_is_no_sound_document_is_refused_in_plain_words(data: bytes, said: str) -> None:
    """Damaged, cut off, with macros, a password or a document type, or something else under this name."""
    message = refused(data)
    assert message.startswith(f"{NAME}: ")
    assert said in message


def test_links_to_the_outside_are_never_followed() -> None:
    """A document with a linked picture, object or template is read; nothing of it is fetched."""
    outside = relation("x1", "attachedTemplate", "https://example.org/t.dotm", ' TargetMode="External"')
    assert short(read(packed(parts(BODY, None, outside)), NAME)) == ["q1 paragraph 2: a"]


def test_pictures_are_counted() -> None:
    """A photograph of a sheet cannot be read, and whoever imports it should know."""
    made = {**parts(BODY, None, relation("i1", "image", "media/a.png")), "word/media/a.png": "x"}
    assert read(packed(made), NAME).said == ("1 pictures were not read; if answers stand on them, type these",)


def test_a_blank_document_is_refused() -> None:
    """Without any text there is nothing to import."""
    assert "it has neither columns nor headings" in refused(docx(p("")))
    assert "no answers found; write the answers below the heading of their question" in refused(docx(p(FIRST)))


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """More elements, paragraphs or characters than a person could have made are refused."""
    monkeypatch.setattr(docx_flow, "MAX_TEXT", 10)
    assert "paragraph 2 has more than 10 characters" in refused(docx(p(FIRST), p("x" * 11)))
    monkeypatch.setattr(docx_flow, "MAX_ROWS", 1)
    assert "has more than 1 answers in paragraphs" in refused(docx(p(FIRST), p("a"), p("b")))
    monkeypatch.setattr(docx_walk, "MAX_TAGS", 10)
    assert "has far more parts inside than a person could have made" in refused(docx(p(FIRST), p("a")))


def test_deep_nesting_ends_in_a_sentence_or_in_a_note() -> None:
    """Three thousand elements inside each other overflow nothing."""
    deep = 3_000
    assert short(read(docx(p(FIRST), p("<w:ins>" * deep + run("a") + "</w:ins>" * deep)), NAME)) == ["q1 paragraph 2: a"]
    looped = {"styles styles.xml": styles(style("A", "a", '<w:basedOn w:val="B"/>'), style("B", "b", '<w:basedOn w:val="A"/>'))}
    assert short(read(docx(p(FIRST), p("a", "A"), beside=looped), NAME)) == ["q1 paragraph 2: a"]
    inside = tbl(tr("adânc"))
    for _ in range(300):
        inside = tbl(tr(tc(inside + p(""))))
    assert [draft.text for draft in read(docx(p("q1"), inside), NAME).drafts] == ["adânc"]


def test_a_large_table_is_read_in_little_time_and_memory() -> None:
    """Ten thousand rows are a few seconds at most, and the text of the part is never in memory as a whole."""
    data = docx(tbl(tr("Masa", "q1", "q2"), *(tr(str(n % 9), f"răspunsul {n}", f"altul {n}") for n in range(10_000))))
    begun = time.process_time()
    found = answer_sheets.sheet(data, NAME)
    assert time.process_time() - begun < 5
    assert found.grids[0].size == 30_003
    blank = docx(p(FIRST), *(p("", f"{n * 2654435761 % 2**32:x}") for n in range(50_000)), p("a"))
    tracemalloc.start()
    answer_sheets.sheet(blank, NAME)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_500_000  # the part alone has three times as much


def test_no_library_for_word_is_loaded_to_read(tmp_path: Path) -> None:
    """Reading needs nothing but what Python brings."""
    (tmp_path / "a.docx").write_bytes(docx(BODY))
    code = (
        "import sys; from ecocsme.notes.readers import read; from ecocsme.notes.grid import Hints;"
        " print(read(open(sys.argv[1], 'rb').read(), 'a.docx', Hints()).size, {'docx', 'lxml'} & set(sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.docx")], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout == "2 set()\n"


@pytest.mark.parametrize("step", range(0, 100, 7))
def test_damage_ends_in_a_refusal(step: int) -> None:
    """Whatever byte is wrong, there are answers or a sentence, never a traceback."""
    data = bytearray(docx(BODY + tbl(tr("Masa", "q2"), tr("1", "b"))))
    data[len(data) * step // 100] ^= 0x55
    said = ""
    try:
        read(bytes(data), NAME)
    except UnreadableSheet as error:
        said = str(error)
    assert said == "" or said.startswith(f"{NAME}: ")
