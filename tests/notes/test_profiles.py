"""Form tools: each profile has a small sheet of its shape, is told apart by it, and eats no row of answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import REPOSITORY
from ecocsme.errors import InvalidFile
from ecocsme.files.places import Shelves
from ecocsme.notes import profiles
from ecocsme.notes.grid import Cell, Row
from support.answer_sheets import FIRST, SECOND, left, listed, read, sheet, short

SHAPES = Path(__file__).parent / "shapes"
PROFILES = sorted(path.stem for path in (REPOSITORY / "templates" / profiles.ROOM).glob("*.yaml"))
TOOLS = profiles.load(Shelves())


def titles(name: str) -> dict[int, str]:
    """The first row of an example."""
    return {column: cell.text for column, cell in sheet((SHAPES / f"{name}.csv").read_bytes()).grids[0].rows[0].cells.items()}


def test_every_profile_has_an_example() -> None:
    """Whoever adds a profile adds a sheet that shows its shape."""
    assert [path.stem for path in sorted(SHAPES.glob("*.csv")) if not path.name.endswith(".expected.csv")] == PROFILES


@pytest.mark.parametrize("name", PROFILES)
def test_an_example_is_recognised_as_the_sheet_of_its_tool(name: str) -> None:
    """The titles that only this tool writes tell it from all others."""
    own = next(tool for tool, stem in zip(TOOLS, PROFILES, strict=True) if stem == name)
    assert [tool.title for tool in profiles.recognise(titles(name), TOOLS)] == [own.title]


@pytest.mark.parametrize("name", PROFILES)
def test_an_example_is_read_as_its_table_says(name: str, golden: Callable[[Path, str], None]) -> None:
    """Every answer with its place; headers and what the tool adds are no notes, as a person has checked it."""
    golden(SHAPES / f"{name}.csv.expected.csv", listed(read((SHAPES / f"{name}.csv").read_bytes(), f"{name}.csv")))


def test_a_profile_of_the_users_own_counts_before_the_shipped_one(tmp_path: Path) -> None:
    """A file in the project's templates adds a tool, or replaces one of the same name."""
    folder = tmp_path / profiles.ROOM
    folder.mkdir()
    (folder / "forum.yaml").write_text('title: "Forum"\nmarks: [["nr mesaj"]]\nmetadata: ["nr mesaj", "x*y"]\n', "utf-8")
    (folder / "polis.yaml").write_text('title: "Alt Polis"\nmarks: [["a"]]\n', "utf-8")
    tools = {tool.title: tool for tool in profiles.load(Shelves((tmp_path,)))}
    assert "Alt Polis" in tools
    assert "Polis" not in tools
    assert [tools["Forum"].field(title) for title in ("Nr  mesaj", "x12y", "x12", "q1")] == ["metadata", "metadata", None, None]


def test_a_profile_with_a_fault_is_named_with_its_line(tmp_path: Path) -> None:
    """A misspelt key is a message about the file, as everywhere."""
    (tmp_path / profiles.ROOM).mkdir()
    (tmp_path / profiles.ROOM / "forum.yaml").write_text('title: "Forum"\nmark: [["nr"]]\n', "utf-8")
    with pytest.raises(InvalidFile, match=r"sheet-profiles/forum\.yaml:2: mark: the key mark is unknown here; did you mean marks"):
        profiles.load(Shelves((tmp_path,)))


def test_a_row_of_answers_below_one_header_row_is_never_eaten() -> None:
    """Somebody has deleted the second header row of SurveyMonkey: what stands there now is an answer."""
    found = read(f"Respondent ID,Collector ID,{FIRST}\n101,9,granturi\n102,9,mentorat\n")
    assert short(found) == ["q1 C2: granturi", "q1 C3: mentorat"]


def test_qualtrics_without_its_third_row_still_has_a_header() -> None:
    """Where only the names and texts are left, the row of texts names the questions, and the first answer is one."""
    found = read(f"StartDate,ResponseId,Q7\nStart Date,Response ID,{FIRST}\n2020-10-20,R_1,granturi\n")
    assert short(found) == ["q1 C3: granturi"]


def test_times_per_question_are_no_answers() -> None:
    """LimeSurvey writes a column of seconds for each question; a pattern of its profile leaves them out."""
    found = read(f"id,submitdate,{FIRST},q2,Question time: q2\n1,2020,a,b,3.2\n")
    assert short(found) == ["q1 C2: a", "q2 D2: b"]
    assert ("Question time: q2", 1) in found.left_out


def test_numbers_of_rows_without_a_title_are_left_out() -> None:
    """Programs write 0, 1, 2 ... before each row; a column of other texts without a title is refused as ever."""
    found = read(f",{FIRST}\n0,a\n1,b\n")
    assert (short(found), found.left_out) == (["q1 B2: a", "q1 B3: b"], (("A", 2),))


def test_two_rows_of_which_both_are_needed_are_the_header() -> None:
    """A question and its parts in two rows: proved by the texts of the event, and by nothing less."""
    from ecocsme.notes.matching import knowledge, synonyms
    from support.answer_sheets import event, packs

    asked = event(questions=[{"id": "q1", "text": "Ce vă lipsește? Bani"}, {"id": "q2", "text": "Ce vă lipsește? Timp"}])
    about = knowledge(asked, synonyms(packs()), TOOLS)
    found = read("Ce vă lipsește?,\nBani,Timp\nda,nu\nnu,-\n", about=about)
    assert short(found) == ["q1 A3: da", "q2 B3: nu", "q1 A4: nu", "q2 B4: -"]
    assert left(found.not_read) == []


def test_a_row_of_signs_is_no_part_of_a_header() -> None:
    """`-` below a question adds no word to its text: it is an answer."""
    assert short(read(f"{FIRST},{SECOND}\n-,?\n")) == ["q1 A2: -", "q2 B2: ?"]


def test_a_tool_says_nothing_below_its_own_titles() -> None:
    """Only where the row below is silent in the columns of the tool does it belong to the header."""
    (monkey,) = [tool for tool in TOOLS if tool.title == "SurveyMonkey"]
    header = {0: "Respondent ID", 1: FIRST}
    assert monkey.continues(header, Row(2, {1: Cell("Open-Ended Response", "B2")}))
    assert not monkey.continues(header, Row(2, {0: Cell("101", "A2"), 1: Cell("granturi", "B2")}))


def test_codes_of_a_tool_that_are_ids_of_questions_are_read_as_ids() -> None:
    """A form whose codes were taken from the event needs no text: `q2[SQ001]`, `group/q1`."""
    found = read("id,submitdate,lastpage,grup/q1,q2[SQ001],q2[other],q7[a]\n1,2020,3,a,b,c,d\n")
    assert short(found) == ["q1 D2: a", "q2 E2: b", "q2 F2: c"]
    assert left(found.not_read) == ["G2: d"]
