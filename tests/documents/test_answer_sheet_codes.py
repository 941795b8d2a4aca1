"""The QR codes of an answer sheet: each printed ID is read back from paper, however the sheet lies and however badly it is copied."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import docx
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from conftest import EXAMPLE
from ecocsme.documents import answer_paper, kit
from ecocsme.documents.orders import ANSWER_SHEET, answer_sheets, documents
from ecocsme.event import model
from ecocsme.notes import incoming, readers
from ecocsme.notes.answers import Answers, answers
from ecocsme.project.folder import Folder
from support import paper

EVENT = "tm-lll4-r1"


def sheet(table: str = "t2") -> bytes:
    """The answer sheet of a table of the example."""
    order = next(order for order in answer_sheets(["t1", "t2"]) if order.part == table)
    (document,) = documents(order, EVENT, ("ro", "en"))
    return answer_paper.write_paper(Folder(EXAMPLE), document)


def codes(data: bytes) -> list[str]:
    """The IDs that stand above the rows of a sheet."""
    return [table.rows[0].cells[1].text.rpartition(" ")[2] for table in docx.Document(io.BytesIO(data)).tables]


def read(data: bytes) -> Answers:
    """A sheet read back."""
    folder = Folder(EXAMPLE)
    seen = incoming.eyes(folder, model.load(folder, EVENT).value, None, None)
    return answers(readers.read(data, "fisa.docx", seen.hints), seen.known, "fisa.docx")


def seen(page: Image.Image) -> list[str]:
    """The codes that a reader finds on a page."""
    return [found.text for found in zxingcpp.read_barcodes(page)]


def test_each_id_has_its_code_and_says_it_to_those_who_do_not_see_it() -> None:
    """Beside every printed ID stands the code of just that ID."""
    data = sheet()
    printed = codes(data)
    assert len(set(printed)) == len(printed) == 6 * 3
    shown = [one._inline.docPr.get("descr") for one in docx.Document(io.BytesIO(data)).inline_shapes]
    assert shown[0] == "Uniunea Europeană | Fondul European de Dezvoltare Regională / European Union | European Regional Development Fund"
    assert shown[1:] == printed


def test_what_was_printed_is_no_picture_of_a_person(tmp_path: Path) -> None:
    """Emblem and codes are not reported as unread; a photograph that somebody put into a row is."""
    document = docx.Document(io.BytesIO(sheet()))
    document.tables[0].rows[1].cells[1].text = "granturi mici"
    stream = io.BytesIO()
    document.save(stream)
    found = read(stream.getvalue())
    assert [draft.text for draft in found.drafts] == ["granturi mici"]
    assert (found.not_read, found.said) == ((), ())
    Image.new("RGB", (9, 9)).save(tmp_path / "photo.png")
    document.tables[0].rows[2].cells[1].paragraphs[0].add_run().add_picture(str(tmp_path / "photo.png"))
    stream = io.BytesIO()
    document.save(stream)
    assert read(stream.getvalue()).said == ("1 pictures were not read; if answers stand on them, type these",)


def test_funding_is_said_in_both_languages() -> None:
    """The statement of the programme closes the sheet, in Romanian and in English."""
    last = [paragraph.text for paragraph in docx.Document(io.BytesIO(sheet())).paragraphs if paragraph.text][-1]
    assert "este cofinanțat de Uniunea Europeană" in last
    assert "is co-financed by the European Union" in last


def test_the_sheet_is_a_part_of_the_kit() -> None:
    """Whoever asks for answer sheets gets these."""
    assert [order.part for order in kit.asked(Folder(EXAMPLE), EVENT, [ANSWER_SHEET]).orders][:3] == ["", "t1", "t2"]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sheet on paper."""
    return paper.pdf(sheet(), tmp_path_factory.mktemp("sheet"))


@pytest.mark.slow
def test_every_code_is_read_from_paper_turned_and_blurred(printed: Path) -> None:
    """Printed and scanned at 200 dots an inch, lying askew, sideways or upside down, or out of focus: all are read, none is misread."""
    assert paper.faults(printed) == []
    pages, known = paper.pictures(printed), sorted(codes(sheet()))
    for angle in (0, 7, 90, 180):
        for blur in (0, 1):
            turned = (page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255) for page in pages)
            found = [code for page in turned for code in seen(page.filter(ImageFilter.GaussianBlur(blur)))]
            assert sorted(found) == known, (angle, blur)


@pytest.mark.slow
def test_two_sets_of_rows_are_on_each_page_that_has_no_title(printed: Path) -> None:
    """The codes take no row away: six questions of a round are on three pages, on four where the head of the sheet stands."""
    pages = paper.texts(printed)
    sets = Counter(page.count("Răspunsul / Answer") for page in pages)
    assert sets == {2: 8, 1: 2}
