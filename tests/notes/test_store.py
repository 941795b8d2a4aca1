"""The notes files: read back as written, and no damage passes unnamed."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ecocsme.notes
from ecocsme.errors import InvalidFile
from ecocsme.notes import store
from ecocsme.notes.model import COLUMNS, Note, sealed
from ecocsme.notes.sealed_lines import CHANGED
from ecocsme.project.folder import Folder
from support import small_project
from support.small_project import EVENT

NAME = f"events/{EVENT}/notes/masa.csv.csv"
TEXTS = ("007", "", "N/A", "=1+1", 'un "citat", cu virgulă', "două\nrânduri", "rând\rvechi", "\u2028\u0085\x1c", "🙂", " margini ", "-")
UNICODE = st.text(st.characters(exclude_categories=["Cs"]))


def note(number: int, text: str) -> Note:
    """One sealed note."""
    return sealed(
        Note(f"{EVENT}/q1/t1/r1/{number}", EVENT, "q1", "t1", "r1", "", text, "ro", "yes", "current", "", "masa.csv", "", "C2", "0" * 64)
    )


def notes(*texts: str) -> list[Note]:
    """Notes of these texts, numbered from 1."""
    return [note(number, text) for number, text in enumerate(texts, 1)]


def write(folder: Folder, data: bytes, name: str = "masa.csv.csv") -> Path:
    """Put a notes file in its place."""
    folder.notes(EVENT).mkdir(exist_ok=True)
    path = folder.notes(EVENT) / name
    path.write_bytes(data)
    return path


def problems(folder: Folder) -> list[str]:
    """What is wrong with the notes, as a person reads it."""
    return [str(problem) for problem in store.load(folder).problems]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A small project without notes."""
    return small_project.make(tmp_path / "p")


def test_what_is_written_is_read(folder: Folder) -> None:
    """Notes come back unchanged and in order, whatever stands in their texts."""
    write(folder, store.serialise(notes(*TEXTS)))
    read = store.load(folder)
    assert (read.notes, read.problems) == (tuple(notes(*TEXTS)), ())


@given(texts=st.lists(UNICODE, min_size=1, max_size=8), tab=UNICODE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_survives(folder: Folder, texts: list[str], tab: str) -> None:
    """Every text without half characters is read as it was written, and nothing is taken for damage."""
    written = [sealed(replace(one, tab=tab)) for one in notes(*texts)]
    write(folder, store.serialise(written))
    assert (store.load(folder).notes, problems(folder)) == (tuple(written), [])


def test_the_same_notes_give_the_same_bytes() -> None:
    """A notes file is UTF-8 with LF, quotes only what needs it, and counts its notes behind the last seal."""
    one, two = note(1, "ș, ț"), note(2, "x")
    lines = [
        ",".join(COLUMNS),
        f'{EVENT}/q1/t1/r1/1,{EVENT},q1,t1,r1,,"ș, ț",ro,yes,current,,masa.csv,,C2,{"0" * 64},{one.seal}',
        f"{EVENT}/q1/t1/r1/2,{EVENT},q1,t1,r1,,x,ro,yes,current,,masa.csv,,C2,{'0' * 64},{two.seal}/2",
    ]
    assert store.serialise([one, two]) == ("\n".join(lines) + "\n").encode()


def test_every_note_has_its_line(folder: Folder) -> None:
    """Lines are counted as an editor counts them, also after texts of several lines."""
    path = write(folder, store.serialise(notes("a\r\nb\nc", "d\re", "f")))
    placed = [(one.text, file, line) for one, file, line in store.load(folder).placed()]
    assert placed == [("a\r\nb\nc", NAME, 2), ("d\re", NAME, 5), ("f", NAME, 6)]
    assert path.read_bytes().split(b"\n")[5].startswith(f"{EVENT}/q1/t1/r1/3,".encode())


def test_notes_of_all_events_are_read(folder: Folder) -> None:
    """Every event gives its notes, its files in the order of their names."""
    write(folder, store.serialise(notes("b")), "b.csv.csv")
    write(folder, store.serialise(notes("a")), "a.csv.csv")
    other = folder.notes("another")
    other.mkdir(parents=True)
    (other / "c.csv.csv").write_bytes(store.serialise(notes("c")))
    assert [one.text for one in store.load(folder).notes] == ["c", "a", "b"]
    assert [one.text for one in store.load_event(folder, EVENT).notes] == ["a", "b"]
    assert [path.name for path in store.files(folder, EVENT)] == ["a.csv.csv", "b.csv.csv"]


GOOD = store.serialise(notes("unu", "doi\ndouă", "trei", "ș, ț", "cinci"))
LINES = GOOD.decode().split("\n")


def _lines(*changed: str) -> bytes:
    return "\n".join(changed).encode()


DAMAGES = {
    "empty": (b"", f"{NAME}:1: is cut off in its last line; restore the file from a copy (git, a backup)"),
    "only the header": (
        _lines(LINES[0], ""),
        f"{NAME}:1: is cut off: the last lines are missing; restore the file from a copy (git, a backup)",
    ),
    "no header": (_lines(*LINES[1:]), f"{NAME}:1: does not begin with the header of a notes file"),
    "last line lost": (_lines(*LINES[:-2], ""), f"{NAME}:6: is cut off: the last lines are missing"),
    "cut within the last line": (GOOD[:-1], f"{NAME}:7: is cut off in its last line"),
    "cut within a text of two lines": (GOOD[: GOOD.index(b"dou\xc4\x83")], f"{NAME}:3: is no CSV from here on (unexpected end of data)"),
    "a line lost": (_lines(*LINES[:4], *LINES[5:]), f"{NAME}:6: has 4 notes where 5 were written"),
    "a note of two lines lost": (
        _lines(*LINES[:2], *LINES[4:]),
        f"{NAME}:5: has 4 notes where 5 were written: lines were lost, doubled or moved",
    ),
    "a note doubled": (_lines(*LINES[:2], *LINES[1:]), f"{NAME}:8: has 6 notes where 5 were written: lines were lost, doubled or moved"),
    "the last note doubled": (_lines(*LINES[:-1], *LINES[-2:]), f"{NAME}:8: has 6 notes where 5 were written"),
    "the last note moved": (_lines(LINES[0], LINES[-2], *LINES[1:-2], ""), f"{NAME}:7: has 5 notes where 5 were written"),
    "a line that says nothing": (_lines(*LINES[:2], "", *LINES[2:]), f"{NAME}:3: has 0 values where 16 are expected"),
    "one value too many": (_lines(LINES[0], LINES[1] + ",x", *LINES[2:]), f"{NAME}:2: has 17 values where 16 are expected"),
    "no ID": (_lines(LINES[0], LINES[1].replace("/q1/", "/Q1/", 1), *LINES[2:]), f"{NAME}:2: lab-1/Q1/t1/r1/1 is no ID of a note"),
    "other columns": (_lines(",".join(reversed(COLUMNS)), *LINES[1:]), f"{NAME}:1: does not begin with the header of a notes file"),
    "newer": (
        _lines(LINES[0] + ",mood", *LINES[1:]),
        f"{NAME}:1: was written by a newer version of ecocsme (columns mood); install the newer version",
    ),
    "a merge": (
        _lines(*LINES[:2], "<<<<<<< HEAD", *LINES[2:5], "=======", LINES[4], ">>>>>>> other", *LINES[5:]),
        f"{NAME}:3: unresolved merge; keep one side whole and remove the marks of git",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_is_named(folder: Folder, name: str) -> None:
    """Each damage is one line with the file, the line and what to do."""
    data, said = DAMAGES[name]
    write(folder, data)
    (found,) = problems(folder)
    assert found.startswith(said)
    assert {problem.severity for problem in store.load(folder).problems} == {"error"}


def test_marks_of_git_inside_a_text_are_a_text(folder: Folder) -> None:
    """A note that quotes a merge is no merge."""
    write(folder, store.serialise(notes("<<<<<<< HEAD\n=======\n>>>>>>> x")))
    assert problems(folder) == []


def _harmless(folder: Folder) -> bool:
    return store.load(folder).notes == tuple(notes("unu", "doi\ndouă", "trei", "ș, ț", "cinci"))


def test_no_flipped_bit_passes(folder: Folder) -> None:
    """Wherever one bit of a notes file is turned, the file is named, or its notes are the same."""
    for place in range(len(GOOD)):
        for bit in (1, 32):
            write(folder, GOOD[:place] + bytes([GOOD[place] ^ bit]) + GOOD[place + 1 :])
            assert any(one.startswith(NAME + ":") for one in problems(folder)) or _harmless(folder), place


def test_no_cut_passes(folder: Folder) -> None:
    """Wherever a notes file is cut off, it is named."""
    for length in range(len(GOOD)):
        write(folder, GOOD[:length])
        assert any(one.startswith(NAME + ":") for one in problems(folder)), length


def test_a_mark_and_other_line_ends_change_nothing(folder: Folder) -> None:
    """A byte order mark and CRLF, as some editors save, are no damage while every note is the same."""
    plain = notes("unu", "doi")
    write(folder, b"\xef\xbb\xbf" + store.serialise(plain).replace(b"\n", b"\r\n"))
    assert (store.load(folder).notes, problems(folder)) == (tuple(plain), [])


def test_a_note_changed_by_hand_is_named(folder: Folder) -> None:
    """A changed text is named with its line and its ID, and what to do; the note is read as it stands."""
    write(folder, GOOD.replace(b"trei", b"treizeci"))
    read = store.load(folder)
    assert read.notes[2].text == "treizeci"
    assert [(p.code, p.line, p.severity) for p in read.problems] == [(CHANGED, 5, "error")]
    assert str(read.problems[0]) == (
        f"{NAME}:5: the note {EVENT}/q1/t1/r1/3 was changed since it was imported; take the change back or restore the file from a copy "
        "(git, a backup); to correct an answer, correct its sheet and import it again"
    )


def test_what_a_spreadsheet_destroys_is_named(folder: Folder) -> None:
    """`007` saved as `7` is a changed note, and the spreadsheet program is named."""
    data = store.serialise(notes("007", "x")).replace(b",007,", b",7,").replace(b"\n", b"\r\n")
    write(folder, data)
    assert [one.split(";")[0] for one in problems(folder)] == [
        f"{NAME}:2: the note {EVENT}/q1/t1/r1/1 was changed since it was imported (a spreadsheet program has saved the file again)"
    ]


def test_many_changed_notes_are_summed_up(folder: Folder) -> None:
    """Twenty changed notes are named one by one, the others by their number."""
    write(folder, store.serialise(notes(*["vechi"] * 50)).replace(b"vechi", b"nou"))
    found = problems(folder)
    assert (len(found), found[20].split(";")[0]) == (21, f"{NAME}:22: 30 further notes were changed")


def test_the_notes_before_a_damage_are_read(folder: Folder) -> None:
    """A damage costs the notes after it, not those before."""
    write(folder, GOOD[:-1])
    assert len(store.load(folder).notes) == 5
    write(folder, GOOD[: GOOD.index(b"trei") + 2])
    assert [one.text for one in store.load(folder).notes] == ["unu", "doi\ndouă"]


def test_strangers_among_the_notes_are_named(folder: Folder) -> None:
    """A file or folder that is no notes file is a warning; what Office and systems leave behind is not."""
    write(folder, GOOD)
    for name in ("vechi.xlsx", ".DS_Store", "~$masa.csv.csv", ".ecocsme-lock"):
        (folder.notes(EVENT) / name).write_bytes(b"x")
    (folder.notes(EVENT) / "arhiva.csv").mkdir()
    assert problems(folder) == [
        f"events/{EVENT}/notes/{name}: warning: is no notes file; move it out of this folder" for name in ("arhiva.csv", "vechi.xlsx")
    ]


def test_a_notes_file_that_cannot_be_opened_is_named(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be read at all is a problem of this file, not an end of everything."""
    monkeypatch.setattr(store, "MAX_NOTES", len(GOOD) - 1)
    write(folder, GOOD)
    write(folder, store.serialise([note(9, "alt")]), "alt.csv.csv")
    read = store.load(folder)
    assert ([one.text for one in read.notes], [(p.file, p.message) for p in read.problems]) == (["alt"], [(NAME, "is larger than 0 MB")])


def test_long_texts_are_read(folder: Folder) -> None:
    """A text of a million characters comes back, and the limit of the csv module is left as it was."""
    csv.field_size_limit(limit := 131_072)
    write(folder, store.serialise(notes("x" * 1_000_000)))
    assert (len(store.load(folder).notes[0].text), csv.field_size_limit()) == (1_000_000, limit)


def test_a_frame_holds_everything_as_text(folder: Folder) -> None:
    """A table gets every note and every value as typed: no numbers, no missing values."""
    write(folder, store.serialise(notes(*TEXTS, "NA", "null")))
    for table in (ecocsme.notes.frame(folder), ecocsme.notes.frame(folder.root), ecocsme.notes.frame(str(folder.notes(EVENT)))):
        assert list(table.columns) == list(COLUMNS)
        assert list(table["text"]) == [*TEXTS, "NA", "null"]
        assert set(table.dtypes.astype(str)) == {"str"}
        assert not table.isna().any().any()


def test_a_frame_of_nothing_has_its_columns(folder: Folder) -> None:
    """A project without notes gives an empty table with all columns."""
    table = ecocsme.notes.frame(folder)
    assert (list(table.columns), len(table)) == (list(COLUMNS), 0)


def test_a_frame_of_damaged_notes_is_refused(folder: Folder) -> None:
    """Nobody counts notes of which some are missing."""
    write(folder, GOOD[:-1])
    with pytest.raises(InvalidFile, match="is cut off in its last line"):
        ecocsme.notes.frame(folder)


def test_pandas_is_loaded_only_when_asked_for() -> None:
    """Importing the room, the store or the checks of notes loads neither pandas nor openpyxl nor docx."""
    code = (
        "import sys, ecocsme.notes, ecocsme.notes.store, ecocsme.notes.checks, ecocsme.notes.importing\n"
        "print(sorted({'pandas', 'numpy', 'openpyxl', 'docx', 'rapidfuzz', 'rich', 'typer'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
