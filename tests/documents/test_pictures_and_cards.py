"""Pictures, cards and signs in Word: the code of a sheet, the emblem of a programme, what is cut apart."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
import zxingcpp
from PIL import Image

from ecocsme.documents.markdown import for_people
from ecocsme.documents.reference import open_reference
from ecocsme.documents.word import Properties, write_word
from ecocsme.errors import InvalidFile, UnknownName
from ecocsme.files.places import Shelves, shipped

CODE = "tm-lll4-r1/q1/t2/r1"


def word(markdown: str, own: tuple[Path, ...] = ()) -> bytes:
    """A Word file of some Markdown, with the shipped look."""
    reference = open_reference((shipped() / "word" / "reference.docx").read_bytes(), "reference.docx")
    return write_word(markdown, reference, Properties("Title", "en-GB"), shelves=Shelves(own))


def pictures(data: bytes) -> list[bytes]:
    """The pictures inside a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [package.read(name) for name in sorted(package.namelist()) if name.startswith("word/media/")]


def test_a_code_is_read_back_from_its_picture() -> None:
    """What a QR code says is what the template named."""
    (picture,) = pictures(word(f"![code](qr:{CODE})"))
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))] == [CODE]


def test_a_picture_is_kept_once_however_often_it_is_shown() -> None:
    """Two lines with the same emblem hold one file; the same Markdown gives the same bytes."""
    markdown = f"![EU](emblem:eu) one\n\n![EU](emblem:eu) two\n\n![code](qr:{CODE})"
    assert len(pictures(word(markdown))) == 2
    assert word(markdown) == word(markdown)


def test_an_emblem_is_a_centimetre_high_and_says_what_it_shows() -> None:
    """Programmes ask for at least one; who does not see it hears its words."""
    shape = docx.Document(io.BytesIO(word("![European Union](emblem:eu) European Union"))).inline_shapes[0]
    assert shape.height.cm == 1
    assert shape.width.cm == 1.5
    assert shape._inline.docPr.get("descr") == "European Union"


def test_an_emblem_of_ones_own_is_found(tmp_path: Path) -> None:
    """A picture in templates/emblems/ of a project comes before the shipped one; one that is nowhere is named with what there is."""
    (tmp_path / "emblems").mkdir()
    Image.new("RGB", (30, 10)).save(tmp_path / "emblems/eu.png")
    assert docx.Document(io.BytesIO(word("![EU](emblem:eu)", (tmp_path,)))).inline_shapes[0].width.cm == 3
    with pytest.raises(UnknownName, match="eu"):
        word("![?](emblem:moon)")


def test_people_read_the_code_and_not_the_emblem() -> None:
    """Beside an emblem stands what it says; in place of a code, its words."""
    assert for_people(f"![European Union](emblem:eu) European Union\n\n![{CODE}](qr:{CODE})") == f"European Union\n\n{CODE}\n"


def test_cards_are_cells_of_one_table_and_the_last_row_is_filled_up() -> None:
    """Three badges are two rows of two; what stands on a card is in its cell, tables included."""
    cards = "".join(f"::: card\n## Card {number}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n:::\n" for number in range(1, 4))
    (table,) = docx.Document(io.BytesIO(word(f"::: badges\n{cards}:::\n"))).tables
    assert [[cell.paragraphs[0].text for cell in row.cells] for row in table.rows] == [["Card 1", "Card 2"], ["Card 3", ""]]
    assert [len(cell.tables) for row in table.rows for cell in row.cells] == [1, 1, 1, 0]


@pytest.mark.parametrize(
    "markdown",
    [
        "::: badges\nlost between the cards\n\n::: card\na\n:::\n:::",
        "::: card\na\n:::",
        "::: badges\n::: card\n::: half-pages\n::: card\na\n:::\n:::\n:::\n:::",
        "::: badges\n::: card\n::: page-break\n:::\n:::\n:::",
        "- ::: badges\n  ::: card\n  a\n  :::\n  :::",
    ],
)
def test_cards_lie_where_cards_may_lie(markdown: str) -> None:
    """Nothing stands between cards, where it would vanish, and no card lies elsewhere."""
    with pytest.raises(InvalidFile, match="cards lie in a div of cards"):
        word(markdown)


@pytest.mark.parametrize("source", ["photo.png", "https://example.org/a.png", "emblem:../words/en", "qr:"])
def test_no_other_picture_is_taken_into_a_document(source: str) -> None:
    """Nothing is fetched, and no file is read but the emblems."""
    with pytest.raises(InvalidFile):
        word(f"![x]({source})")


def test_an_address_of_a_file_is_only_words() -> None:
    """It is printed as it stands."""
    data = word("![x](file:///etc/passwd)")
    assert pictures(data) == []
    assert docx.Document(io.BytesIO(data)).paragraphs[0].text == "![x](file:///etc/passwd)"
