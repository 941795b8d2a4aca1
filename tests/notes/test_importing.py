"""Sheets become notes: every cell accounted for, IDs that stay, and nothing assumed about a file of a known name."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecocsme.errors import Ambiguous, EcocsmeError, InvalidFile, UnknownName, UnreadableSheet
from ecocsme.language.letters import fold
from ecocsme.notes import store
from ecocsme.notes.grid import blank
from ecocsme.notes.importing import import_sheets
from ecocsme.notes.model import Note
from ecocsme.notes.report import SheetReport
from ecocsme.project.folder import Folder
from support import small_project
from support.small_project import EVENT, HEADER, ROWS, accounted, sheet, tree


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A small project without notes."""
    return small_project.make(tmp_path / "p")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder outside of the project, in which sheets arrive."""
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def take(folder: Folder, *paths: Path, **options: object) -> SheetReport:
    """Import and return the report on the only sheet; a correction may withdraw notes."""
    options.setdefault("accept_withdrawn", True)
    (report,) = import_sheets(folder, EVENT, paths, **options).sheets  # type: ignore[arg-type]  # passed on as they are
    return report


def notes(folder: Folder) -> tuple[Note, ...]:
    """All notes of the project; none of the files may be damaged."""
    read = store.load(folder)
    assert read.problems == ()
    return read.notes


def texts(folder: Folder) -> dict[str, str]:
    """The texts of the current notes by the end of their ID."""
    return {note.id.removeprefix(f"{EVENT}/"): note.text for note in notes(folder) if note.state == "current"}


def rows(*answers: str) -> list[tuple[str, str, str, str]]:
    """Rows of table 1, round 1, that answer the first question."""
    return [("1", "1", answer, "") for answer in answers]


def test_a_sheet_becomes_notes(folder: Folder, inbox: Path) -> None:
    """Every answer is a note with its ID and origin; the sheet is kept byte for byte, and nothing else is written."""
    path = sheet(inbox)
    report = import_sheets(folder, EVENT, [path])
    assert texts(folder) == {
        "q1/t1/r1/1": "granturi mici",
        "q2/t1/r1/1": "școlile",
        "q1/t1/r1/2": "mentorat",
        "q1/t2/r1/1": "spații accesibile",
        "q2/t2/r1/1": "băncile locale",
        "q1/t2/r2/1": "mai puțină birocrație",
        "q2/t2/r2/1": "clusterul IT",
    }
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    first = notes(folder)[0]
    assert (first.event, first.question, first.table, first.round, first.respondent) == (EVENT, "q1", "t1", "r1", "")
    assert (first.sheet, first.tab, first.cell, first.sheet_sha256) == ("masa.csv", "", "C2", digest)
    assert (first.language, first.content, first.state, first.parent) == ("", "yes", "current", "")
    assert report.written == (f"events/{EVENT}/sheets/masa.csv", f"events/{EVENT}/notes/masa.csv.csv")
    assert set(tree(folder.root)) == {"project.yaml", f"events/{EVENT}/event.yaml", *report.written}
    assert (folder.sheets(EVENT) / "masa.csv").read_bytes() == path.read_bytes()
    assert small_project.leftovers(folder.root) == []


def test_every_cell_has_its_fate(folder: Folder, inbox: Path) -> None:
    """Notes, headers, table and round, metadata and what was not read add up to all cells that are not blank."""
    header = ("Masa", "Runda", "q1", "Timestamp", "E-mail", "Alt ceva")
    path = sheet(inbox, rows=[("1", "1", "da", "2020-10-20", "ana@example.org", "?"), ("1", "", "N/A", "", "", " ")], header=header)
    report = take(folder, path)
    assert (report.kept, report.headers, report.context, dict(report.left_out)) == (2, 6, 3, {"Timestamp": 1, "E-mail": 1})
    assert [(cell.address, cell.text) for cell in report.not_read] == [("F2", "?")]
    assert (accounted(report), report.cells, report.no_content) == (14, 14, 1)
    stored = b"".join(path.read_bytes() for path in store.files(folder, EVENT))
    assert b"ana@example.org" not in stored


def test_what_is_unknown_is_zero(folder: Folder, inbox: Path) -> None:
    """Without table and round a note is filed under t0 and r0; a respondent takes the place of the table."""
    take(folder, sheet(inbox, "a.csv", [("x",)], header=("q1",)))
    take(folder, sheet(inbox, "b.csv", [("17", "y")], header=("Participant", "q1")))
    assert [(note.id, note.table, note.round, note.respondent) for note in notes(folder)] == [
        (f"{EVENT}/q1/t0/r0/1", "", "", ""),
        (f"{EVENT}/q1/p17/r0/1", "", "", "p17"),
    ]


def test_a_nested_item_names_the_note_around_it(folder: Folder, inbox: Path) -> None:
    """`parent` is the ID of the note of the list item around."""
    path = inbox / "masa.md"
    path.write_text("# q1\n\n- granturi\n  - mici\n  - rapide\n- mentorat\n", encoding="utf-8")
    take(folder, path)
    assert [(note.text, note.parent.removeprefix(f"{EVENT}/")) for note in notes(folder)] == [
        ("granturi", ""),
        ("mici", "q1/t0/r0/1"),
        ("rapide", "q1/t0/r0/1"),
        ("mentorat", ""),
    ]


def test_the_language_is_what_the_sheet_says(folder: Folder, inbox: Path) -> None:
    """A column of languages fills the language of a note; nothing else does."""
    take(folder, sheet(inbox, rows=[("da", "RO"), ("yes", "en"), ("oui", "")], header=("q1", "Language")))
    assert [note.language for note in notes(folder)] == ["ro", "en", ""]


UNICODE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
MEANT = {fold(text) for text in ("q1", "De ce au nevoie firmele mici", "What do small firms need", "Masa")}


@given(answers=st.lists(UNICODE.filter(lambda text: not blank(text) and fold(text) not in MEANT), min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_any_text_is_kept_as_typed(folder: Folder, inbox: Path, answers: list[str]) -> None:
    """Any texts written as CSV come back from the notes unchanged and in order, and importing twice adds nothing."""
    shutil.rmtree(folder.notes(EVENT), ignore_errors=True)
    shutil.rmtree(folder.sheets(EVENT), ignore_errors=True)
    path = sheet(inbox, rows=[("1", answer) for answer in answers], header=("Masa", "q1"))
    assert accounted(take(folder, path)) == 2 + 2 * len(answers)
    assert [note.text for note in notes(folder)] == answers
    before = tree(folder.root)
    assert take(folder, path).fate == "known"
    assert tree(folder.root) == before


def test_importing_twice_is_importing_once(folder: Folder, inbox: Path) -> None:
    """The same bytes under the same or another name are nothing new, and the report says as what they are known."""
    path = sheet(inbox)
    take(folder, path)
    before = tree(folder.root)
    twin = shutil.copy(path, inbox / "copie.csv")
    for again in (path, twin):
        report = import_sheets(folder, EVENT, [again])
        (one,) = report.sheets
        assert (one.fate, one.sheet, one.kept, report.kept, report.written) == ("known", "masa.csv", 7, 0, ())
        assert one.said == ("these bytes were imported before, as masa.csv",)
        assert accounted(one) == one.cells
    assert tree(folder.root) == before


def test_the_same_bytes_twice_in_one_command_are_imported_once(folder: Folder, inbox: Path) -> None:
    """Of two equal files named together the first is imported."""
    paths = [sheet(inbox, "a.csv"), sheet(inbox, "b.csv")]
    assert [one.fate for one in import_sheets(folder, EVENT, paths).sheets] == ["new", "known"]
    assert len(notes(folder)) == 7


def test_equal_answers_of_different_tables_are_votes(folder: Folder, inbox: Path) -> None:
    """The same text at twelve tables is twelve notes."""
    take(folder, sheet(inbox, rows=[(str(n), "1", "mai mult sprijin", "") for n in range(1, 13)]))
    assert [note.table for note in notes(folder)] == [f"t{n}" for n in range(1, 13)]


def test_numbers_go_on_over_all_sheets(folder: Folder, inbox: Path) -> None:
    """A second sheet of the same table begins after the highest number, withdrawn notes included."""
    take(folder, sheet(inbox, "a.csv", rows("unu", "doi", "trei")))
    take(folder, sheet(inbox, "a.csv", rows("unu")), replaces="a.csv")
    take(folder, sheet(inbox, "b.csv", rows("patru")))
    assert texts(folder) == {"q1/t1/r1/1": "unu", "q1/t1/r1/4": "patru"}


def test_a_folder_stands_for_its_files(folder: Folder, inbox: Path) -> None:
    """Files in a folder and below are read in order; what Office and systems leave behind is passed over and said."""
    sheet(inbox, "b.csv", rows("b"))
    sheet(inbox / "mese", "a.csv", rows("a"))
    sheet(inbox / ".git", "index.csv")
    for name in ("~$b.xlsx", "desktop.ini", ".ascuns.csv"):
        (inbox / name).write_bytes(b"x")
    report = import_sheets(folder, EVENT, [inbox])
    assert [one.sheet for one in report.sheets] == ["b.csv", "a.csv"]
    assert report.skipped == tuple(f"{inbox.as_posix()}/{name}" for name in (".ascuns.csv", ".git", "desktop.ini", "~$b.xlsx"))


def test_a_folder_that_is_not_read_is_not_passed_over(folder: Folder, inbox: Path, tmp_path: Path) -> None:
    """A link to another folder is refused, not skipped in silence: there may be answers in it."""
    sheet(inbox)
    (inbox / "alte mese").symlink_to(sheet(tmp_path / "elsewhere").parent)
    with pytest.raises(InvalidFile, match="alte mese: this is a folder, not a file"):
        import_sheets(folder, EVENT, [inbox])


def test_only_leftovers_are_no_sheets(folder: Folder, inbox: Path) -> None:
    """Where nothing but leftovers was named, that is said."""
    (inbox / "~$masa.xlsx").write_bytes(b"x")
    for path in (inbox, inbox / "~$masa.xlsx"):
        with pytest.raises(InvalidFile, match="is no sheet and holds none"):
            import_sheets(folder, EVENT, [path])


def test_files_inside_the_project_are_named_from_its_root(folder: Folder) -> None:
    """A sheet that lies in the project is named as the other files of the project."""
    path = sheet(folder.root / "primite")
    assert take(folder, path).shown == "primite/masa.csv"


def test_a_file_that_was_put_among_the_sheets_is_imported_there(folder: Folder) -> None:
    """A copy in sheets/ that no notes file names is reused, not doubled."""
    report = import_sheets(folder, EVENT, [sheet(folder.sheets(EVENT))])
    assert report.written == (f"events/{EVENT}/notes/masa.csv.csv",)
    assert [path.name for path in folder.sheets(EVENT).iterdir()] == ["masa.csv"]


def test_another_file_among_the_sheets_is_not_overwritten(folder: Folder, inbox: Path) -> None:
    """A stray file in sheets/ with other bytes stays; the new sheet gets a short suffix, and the report says so."""
    stray = sheet(folder.sheets(EVENT), rows=rows("altceva"))
    before = stray.read_bytes()
    report = take(folder, sheet(inbox))
    assert (report.sheet, stray.read_bytes()) == ("masa-2.csv", before)
    assert "kept as masa-2.csv" in report.said


def test_nothing_is_written_if_one_file_is_refused(folder: Folder, inbox: Path) -> None:
    """All problems of all files are named at once, and the good file beside them is not imported."""
    good = sheet(inbox)
    unknown = sheet(inbox, "alt.csv", [("x",)], header=("Nume",))
    torn = inbox / "rupt.csv"
    torn.write_bytes(b'Masa,q1\n1,"deschis\n')
    before = tree(folder.root)
    with pytest.raises(UnreadableSheet) as refused:
        import_sheets(folder, EVENT, [good, unknown, torn])
    assert [problem.file for problem in refused.value.problems] == [unknown.as_posix(), torn.as_posix()]
    assert (tree(folder.root), small_project.leftovers(folder.root)) == (before, [])


def test_a_missing_file_is_named_with_the_others(folder: Folder, inbox: Path) -> None:
    """A file that is not there and a file that is no sheet are two problems of one refusal."""
    (inbox / "poza.jpg").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(InvalidFile) as refused:
        import_sheets(folder, EVENT, [inbox / "lipsa.csv", inbox / "poza.jpg"])
    assert len(refused.value.problems) == 2
    assert "there is no such file" in str(refused.value)


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "con.csv", "a\u200bb.csv", " a.csv"])
def test_a_name_that_no_system_holds_is_refused(folder: Folder, inbox: Path, name: str) -> None:
    """Sheets whose names would not survive on another system are refused with a cure."""
    if len(name) < 255:
        sheet(inbox, name)
    with pytest.raises(InvalidFile):
        import_sheets(folder, EVENT, [inbox / name])
    assert not folder.sheets(EVENT).exists()


@pytest.mark.parametrize("name", ["con-urban.csv", "Răspunsuri (Responses) – copie.csv", "o\u00a0fișă.csv", "-x.csv", "fără"])
def test_a_name_that_is_only_odd_is_kept(folder: Folder, inbox: Path, name: str) -> None:
    """Blanks, dashes, brackets and hard blanks in names are kept; a file without an ending is refused for that alone."""
    path = sheet(inbox, name)
    if "." not in name:
        with pytest.raises(UnreadableSheet, match="ending"):
            take(folder, path)
    else:
        assert take(folder, path).sheet == name


def test_an_empty_folder_is_refused(folder: Folder, inbox: Path) -> None:
    """A folder without files is most likely the wrong one."""
    with pytest.raises(InvalidFile, match="is no sheet and holds none"):
        import_sheets(folder, EVENT, [inbox])


def test_an_unknown_event_is_named(folder: Folder, inbox: Path) -> None:
    """An event that the folder does not have is refused with the nearest name; so is a way out of the folder."""
    for name in ("lab-2", "../lab-1"):
        with pytest.raises(UnknownName):
            import_sheets(folder, name, [sheet(inbox)])


def test_an_event_under_a_wrong_name_is_refused(folder: Folder, inbox: Path) -> None:
    """IDs begin with the event's ID: while folder and file disagree, nothing is numbered."""
    folder.event_folder(EVENT).rename(folder.event_folder("lab-2"))
    with pytest.raises(InvalidFile, match="but the folder is called"):
        import_sheets(folder, "lab-2", [sheet(inbox)])


def test_a_dry_run_writes_nothing(folder: Folder, inbox: Path) -> None:
    """A dry run reports all that an import would, and leaves not even a lock behind."""
    before = sorted(path.as_posix() for path in folder.root.rglob("*"))
    dry = import_sheets(folder, EVENT, [sheet(inbox)], dry_run=True)
    assert sorted(path.as_posix() for path in folder.root.rglob("*")) == before
    real = import_sheets(folder, EVENT, [sheet(inbox)])
    assert dry == replace(real, dry_run=True)


def test_a_dry_run_works_in_a_folder_that_is_read_only(folder: Folder, inbox: Path) -> None:
    """Nothing is even tried to be written: the folder's times stay as they were."""
    sheet(inbox)
    stamp = folder.event_folder(EVENT).stat().st_mtime_ns
    import_sheets(folder, EVENT, [inbox], dry_run=True)
    assert folder.event_folder(EVENT).stat().st_mtime_ns == stamp


def test_progress_is_told_file_by_file(folder: Folder, inbox: Path) -> None:
    """The callback hears of each file before it is read, with its number and how many there are."""
    heard: list[tuple[str, int, int]] = []
    paths = [sheet(inbox, "a.csv", rows("a")), sheet(inbox, "b.csv", rows("b"))]
    import_sheets(folder, EVENT, paths, progress=lambda *said: heard.append(said))
    assert heard == [(paths[0].as_posix(), 1, 2), (paths[1].as_posix(), 2, 2)]


class TestKnownName:
    """A file of a known name with other bytes."""

    @pytest.fixture(autouse=True)
    def imported(self, folder: Folder, inbox: Path) -> None:
        """The sheet is known."""
        take(folder, sheet(inbox))

    def changed(self, inbox: Path, *answers: str) -> Path:
        """The same name with other bytes."""
        return sheet(inbox, rows=[*ROWS[:3], *rows(*answers)])

    def test_nothing_is_assumed(self, folder: Folder, inbox: Path) -> None:
        """Without a flag and a person, both flags are named and nothing is written."""
        before = tree(folder.root)
        path = self.changed(inbox, "altul")
        with pytest.raises(Ambiguous) as doubt:
            take(folder, path)
        assert str(doubt.value) == (
            f"{path.as_posix()}: a sheet of this name was imported before: masa.csv (5 of its 7 answers stand in this file, too); "
            "say --replaces masa.csv if it corrects that sheet, or --new if it is another one; nothing was imported"
        )
        assert (tree(folder.root), small_project.leftovers(folder.root)) == (before, [])

    def test_every_doubt_is_named_at_once(self, folder: Folder, inbox: Path) -> None:
        """Two files in doubt are two lines."""
        paths = [sheet(inbox / name, rows=rows(name)) for name in ("x", "y")]
        with pytest.raises(Ambiguous) as doubt:
            import_sheets(folder, EVENT, paths)
        assert [line.split(":")[0] for line in str(doubt.value).split("\n")] == [path.as_posix() for path in paths]

    @pytest.mark.parametrize("name", ["MASA.csv", "masa.v2.csv"])
    def test_a_name_that_another_system_takes_for_the_same_is_known(self, folder: Folder, inbox: Path, name: str) -> None:
        """Capitals do not make another name; neither does the name under which a correction is kept."""
        take(folder, self.changed(inbox, "x"), replaces="masa.csv")
        with pytest.raises(Ambiguous):
            take(folder, sheet(inbox / "alt", name, rows("y")))

    @pytest.mark.parametrize(("answer", "fate"), [("replaces", "corrected"), ("new", "new")])
    def test_a_person_is_asked(self, folder: Folder, inbox: Path, answer: str, fate: str) -> None:
        """The question names the file, the sheet, and how much of it stands in the file; the answer counts."""
        asked: list[tuple[str, str]] = []

        def ask(shown: str, known: str) -> str | None:
            asked.append((shown, known))
            return answer

        path = self.changed(inbox, "altul")
        assert take(folder, path, ask=ask).fate == fate
        assert asked == [(path.as_posix(), "masa.csv (5 of its 7 answers stand in this file, too)")]

    def test_a_person_who_does_not_know_is_not_overruled(self, folder: Folder, inbox: Path) -> None:
        """No answer leaves everything as it was."""
        with pytest.raises(Ambiguous):
            take(folder, self.changed(inbox, "x"), ask=lambda _shown, _known: None)

    def test_nobody_is_asked_where_a_flag_settles_it(self, folder: Folder, inbox: Path) -> None:
        """Flags come before questions."""
        asked: list[str] = []
        take(folder, self.changed(inbox, "x"), new=True, ask=lambda shown, _known: asked.append(shown))
        assert asked == []

    def test_another_sheet_gets_a_short_suffix(self, folder: Folder, inbox: Path) -> None:
        """With --new, every further sheet of the name is kept beside the first, and their notes add up."""
        for number in (2, 3):
            path = sheet(inbox, rows=rows(f"masa {number}"))
            assert take(folder, path, new=True).sheet == f"masa-{number}.csv"
            assert (folder.sheets(EVENT) / f"masa-{number}.csv").read_bytes() == path.read_bytes()
        assert len(notes(folder)) == 9

    def test_the_likely_sheet_is_named(self, folder: Folder, inbox: Path) -> None:
        """Among several sheets of one name, the one that shares most answers is proposed."""
        take(folder, sheet(inbox, rows=rows("unu", "doi", "trei")), new=True)
        with pytest.raises(Ambiguous, match=r"--replaces masa-2\.csv"):
            take(folder, sheet(inbox, rows=rows("unu", "doi", "trei", "patru")))

    def test_files_of_one_name_in_one_command_are_told_apart(self, folder: Folder, inbox: Path) -> None:
        """Each helper's file is called alike: with --new all are kept."""
        paths = [sheet(inbox / name, "fisa.csv", rows(name)) for name in ("ana", "ion", "eva")]
        with pytest.raises(Ambiguous):
            import_sheets(folder, EVENT, paths)
        report = import_sheets(folder, EVENT, paths, new=True)
        assert [one.sheet for one in report.sheets] == ["fisa.csv", "fisa-2.csv", "fisa-3.csv"]

    def test_a_sheet_to_replace_must_be_known(self, folder: Folder, inbox: Path) -> None:
        """A misspelt name is refused with the nearest one."""
        with pytest.raises(UnknownName, match=r"did you mean masa\.csv"):
            take(folder, self.changed(inbox, "x"), replaces="mase.csv")

    def test_flags_that_contradict_each_other_are_refused(self, folder: Folder, inbox: Path) -> None:
        """--replaces takes one file, and not together with --new."""
        path = self.changed(inbox, "x")
        with pytest.raises(EcocsmeError, match="one of them"):
            take(folder, path, replaces="masa.csv", new=True)
        with pytest.raises(EcocsmeError, match="2 files were named"):
            import_sheets(folder, EVENT, [path, sheet(inbox, "b.csv", rows("b"))], replaces="masa.csv")


class TestCorrection:
    """A corrected sheet."""

    FIRST = rows("granturi mici", "mentorat", "spatii accesibile", "da", "da")

    @pytest.fixture(autouse=True)
    def imported(self, folder: Folder, inbox: Path) -> None:
        """The first version is known."""
        take(folder, sheet(inbox, rows=self.FIRST))

    def correct(self, folder: Folder, inbox: Path, corrected: Sequence[Sequence[str]], name: str = "masa.csv") -> SheetReport:
        """Import a correction."""
        return take(folder, sheet(inbox, name, corrected), replaces="masa.csv")

    def ids(self, *numbers: int) -> tuple[str, ...]:
        """IDs of table 1, round 1, question 1."""
        return tuple(f"{EVENT}/q1/t1/r1/{number}" for number in numbers)

    def test_rows_that_did_not_change_keep_their_ids(self, folder: Folder, inbox: Path) -> None:
        """Added, changed and withdrawn rows are listed by their IDs; all others stay, wherever they stand now."""
        report = self.correct(folder, inbox, rows("nou, pus la început", "granturi mici", "spații accesibile", "da", "da"))
        assert (report.fate, report.sheet) == ("corrected", "masa.csv")
        assert (report.added, report.changed, report.withdrawn) == (self.ids(6), self.ids(3), self.ids(2))
        assert texts(folder) == {
            "q1/t1/r1/6": "nou, pus la început",
            "q1/t1/r1/1": "granturi mici",
            "q1/t1/r1/3": "spații accesibile",
            "q1/t1/r1/4": "da",
            "q1/t1/r1/5": "da",
        }
        assert (accounted(report), report.kept) == (report.cells, 5)

    def test_the_correction_is_kept_beside_the_first(self, folder: Folder, inbox: Path) -> None:
        """Both versions stay byte for byte; current notes name the new one, withdrawn ones the version they stood in."""
        first = (inbox / "masa.csv").read_bytes()
        report = self.correct(folder, inbox, rows("granturi mici"))
        assert (folder.sheets(EVENT) / "masa.csv").read_bytes() == first
        assert (folder.sheets(EVENT) / "masa.v2.csv").read_bytes() == (inbox / "masa.csv").read_bytes()
        assert "kept as masa.v2.csv" in report.said
        assert [(n.number, n.state, n.sheet, n.sheet_sha256) for n in notes(folder)][:2] == [
            (1, "current", "masa.v2.csv", hashlib.sha256((inbox / "masa.csv").read_bytes()).hexdigest()),
            (2, "withdrawn", "masa.csv", hashlib.sha256(first).hexdigest()),
        ]
        assert [path.name for path in folder.notes(EVENT).iterdir()] == ["masa.csv.csv"]

    def test_a_row_less_changes_nothing_but_itself(self, folder: Folder, inbox: Path) -> None:
        """One of two equal answers is taken back: the other keeps its ID."""
        report = self.correct(folder, inbox, self.FIRST[:-1])
        assert (report.added, report.changed, report.withdrawn) == ((), (), self.ids(5))

    def test_equal_answers_are_told_apart_by_their_cells(self, folder: Folder, inbox: Path) -> None:
        """Of two equal answers, the one whose cell still holds it keeps its ID."""
        report = self.correct(folder, inbox, [*self.FIRST[:3], *rows("cu totul altceva", "da")])
        assert (report.added, report.changed, report.withdrawn) == (self.ids(6), (), self.ids(4))

    def test_the_same_letters_come_before_the_same_word(self, folder: Folder, inbox: Path) -> None:
        """`Da` and `da` that change places keep their IDs: an equal text is found before one that differs in capitals."""
        take(folder, sheet(inbox, "mic.csv", [("9", "1", "Da", ""), ("9", "1", "da", "")]))
        report = take(folder, sheet(inbox, "mic.csv", [("9", "1", "da", ""), ("9", "1", "Da", "")]), replaces="mic.csv")
        assert (report.added, report.changed, report.withdrawn) == ((), (), ())

    def test_another_way_of_typing_comes_before_likeness(self, folder: Folder, inbox: Path) -> None:
        """A text that only got its comma letters is that note, though a similar one stands in its old cell."""
        take(folder, sheet(inbox, "mic.csv", [("9", "1", "\u015fcoala veche", "")]))
        report = take(folder, sheet(inbox, "mic.csv", [("9", "1", "școala vechi", ""), ("9", "1", "școala veche", "")]), replaces="mic.csv")
        assert [(note.number, note.text) for note in report.notes] == [(2, "școala vechi"), (1, "școala veche")]

    def test_only_the_order_changed(self, folder: Folder, inbox: Path) -> None:
        """A sorted sheet adds, changes and withdraws nothing."""
        report = self.correct(folder, inbox, sorted(self.FIRST))
        assert (report.fate, report.added, report.changed, report.withdrawn) == ("corrected", (), (), ())
        assert {f"q1/t1/r1/{n}": row[2] for n, row in enumerate(self.FIRST, 1)} == texts(folder)

    def test_another_answer_in_the_same_cell_is_another_note(self, folder: Folder, inbox: Path) -> None:
        """A text that has nothing in common with what stood there gets a number of its own."""
        report = self.correct(folder, inbox, [*self.FIRST[:1], *rows("ceva cu totul diferit"), *self.FIRST[2:]])
        assert (report.added, report.changed, report.withdrawn) == (self.ids(6), (), self.ids(2))

    def test_another_table_is_another_note(self, folder: Folder, inbox: Path) -> None:
        """The table is a part of the ID: a row that moves to another table is withdrawn and added."""
        report = self.correct(folder, inbox, [("2", "1", "granturi mici", ""), *self.FIRST[1:]])
        assert (report.added, report.withdrawn) == ((f"{EVENT}/q1/t2/r1/1",), self.ids(1))

    def test_a_changed_row_that_moved_is_found(self, folder: Folder, inbox: Path) -> None:
        """A corrected spelling is recognised although a row was put above it."""
        report = self.correct(folder, inbox, [*rows("sus"), *self.FIRST[:1], *rows("mentoratul"), *self.FIRST[2:]])
        assert (report.added, report.changed, report.withdrawn) == (self.ids(6), self.ids(2), ())

    def test_what_comes_back_gets_its_id_back(self, folder: Folder, inbox: Path) -> None:
        """An answer that a wrong correction had withdrawn has its old ID again in the next one."""
        self.correct(folder, inbox, rows("granturi mici"))
        report = self.correct(folder, inbox, rows("granturi mici", "mentorat"))
        assert (report.added, report.changed, report.withdrawn) == (self.ids(2), (), ())
        assert (folder.sheets(EVENT) / "masa.v3.csv").is_file()

    def test_the_first_version_can_be_asked_for_again(self, folder: Folder, inbox: Path) -> None:
        """Its bytes are known, but --replaces is a person's word: all IDs are as they were."""
        before = texts(folder)
        self.correct(folder, inbox, rows("altul"))
        report = self.correct(folder, inbox, self.FIRST)
        assert (report.fate, texts(folder)) == ("corrected", before)
        assert self.correct(folder, inbox, self.FIRST).fate == "known"

    def test_an_earlier_version_is_nothing_new(self, folder: Folder, inbox: Path) -> None:
        """The superseded sheet, offered again under any name, is known and changes nothing."""
        self.correct(folder, inbox, [*self.FIRST, *rows("încă una")])
        before = tree(folder.root)
        report = take(folder, sheet(inbox, "veche.csv", self.FIRST))
        assert (report.fate, report.sheet, report.said[1]) == ("known", "masa.csv", "the sheet was corrected since: masa.v2.csv")
        assert tree(folder.root) == before

    def test_a_correction_in_another_format_keeps_its_ending(self, folder: Folder, inbox: Path) -> None:
        """A CSV that is corrected by a TSV is followed by `masa.v2.tsv`."""
        path = inbox / "corectat.tsv"
        path.write_bytes(b"Masa\tRunda\tq1\n1\t1\tgranturi mici\n")
        report = take(folder, path, replaces="masa.csv")
        assert (report.withdrawn, (folder.sheets(EVENT) / "masa.v2.tsv").is_file()) == (self.ids(2, 3, 4, 5), True)
        assert self.correct(folder, inbox, self.FIRST).said[-1] == "kept as masa.v3.csv"

    def test_bytes_of_another_sheet_replace_nothing(self, folder: Folder, inbox: Path) -> None:
        """A file that was imported as another sheet is known, even where it is named as a correction."""
        other = sheet(inbox, "alta.csv", rows("altceva"))
        take(folder, other)
        before = tree(folder.root)
        report = take(folder, other, replaces="masa.csv")
        assert (report.fate, report.sheet, tree(folder.root)) == ("known", "alta.csv", before)

    def test_a_sheet_that_was_read_wrongly_can_be_read_again(self, folder: Folder, inbox: Path) -> None:
        """The same bytes with another encoding and --replaces correct the notes; the sheet is not kept twice."""
        path = inbox / "vechi.csv"
        path.write_bytes("Masa,q1\n3,\u015fcoală\n3,\u0163esături\n".encode("cp1250"))
        take(folder, path, encoding="cp1252")
        assert texts(folder)["q1/t3/r0/1"] == "ºcoalã"
        report = take(folder, path, encoding="cp1250", replaces="vechi.csv")
        assert (texts(folder)["q1/t3/r0/1"], report.fate, report.cells) == ("\u015fcoală", "corrected", 6)
        assert not (folder.sheets(EVENT) / "vechi.v2.csv").exists()

    def test_many_corrected_rows_take_no_time(self, folder: Folder, inbox: Path) -> None:
        """Ten thousand rows of one table, each with one letter corrected, keep their IDs."""
        before = [f"răspunsul numărul {n} al mesei" for n in range(10_000)]
        take(folder, sheet(inbox, "mare.csv", [("9", "1", text, "") for text in before]))
        report = take(folder, sheet(inbox, "mare.csv", [("9", "1", text + ".", "") for text in before]), replaces="mare.csv")
        assert (len(report.changed), len(report.added), len(report.withdrawn)) == (10_000, 0, 0)


def test_a_missing_copy_is_put_back(folder: Folder, inbox: Path) -> None:
    """In a clone without sheets/, importing a sheet again restores the copy and adds no notes."""
    path = sheet(inbox)
    take(folder, path)
    before = tree(folder.root)
    shutil.rmtree(folder.sheets(EVENT))
    report = import_sheets(folder, EVENT, [path])
    assert (report.sheets[0].fate, report.written) == ("known", (f"events/{EVENT}/sheets/masa.csv",))
    assert tree(folder.root) == before


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data.replace(b"mentorat", b"mentorate")])
def test_damaged_notes_are_not_written_over(folder: Folder, inbox: Path, damage: object) -> None:
    """While a notes file of the event is damaged or changed by hand, nothing is imported into it, not even a correction."""
    take(folder, sheet(inbox))
    (path,) = store.files(folder, EVENT)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]  # one of the two above
    before = tree(folder.root)
    for options in ({}, {"replaces": "masa.csv"}, {"dry_run": True}):
        with pytest.raises(InvalidFile, match=r"notes/masa\.csv\.csv:"):
            take(folder, sheet(inbox, "alta.csv", rows("x")), **options)
    assert tree(folder.root) == before


def test_damaged_notes_of_another_event_do_not_matter(folder: Folder, inbox: Path) -> None:
    """Events do not stand in each other's way."""
    other = folder.event_folder("lab-0")
    other.mkdir()
    (other / "notes").mkdir()
    (other / "notes" / "x.csv.csv").write_bytes(b"damaged")
    assert take(folder, sheet(inbox)).kept == 7


def test_a_sheet_that_looks_like_another_is_said(folder: Folder, inbox: Path) -> None:
    """A new export under a new name is imported, with a warning that names the sheet it shares most answers with."""
    take(folder, sheet(inbox))
    report = take(folder, sheet(inbox, "masa (1).csv", [*ROWS, *rows("nou")]))
    assert [(p.code, p.severity, p.message) for p in report.warnings] == [
        ("lookalike", "warning", "7 of its 8 answers stand in masa.csv, too, which was imported before")
    ]
    assert take(folder, sheet(inbox, "alta.csv", rows("unu", "doi", "granturi mici"))).warnings == ()


def test_answers_to_be_careful_with_are_named_by_their_cells(folder: Folder, inbox: Path) -> None:
    """Formulas, texts that were decoded wrongly and signs that cannot be printed are kept as typed, with a warning."""
    odd = ["=1+1", "@x", "-", "ÈcoalÄƒ È™i", "ab\u202ecd", "bun"]
    report = take(folder, sheet(inbox, rows=rows(*odd)))
    assert [(p.code, p.message.rsplit(": ", 1)[1]) for p in report.warnings] == [
        ("formula", "C2, C3"),
        ("mojibake", "C5"),
        ("unprintable", "C6"),
    ]
    assert "U+202E" in report.warnings[2].message
    assert [note.text for note in notes(folder)] == odd
    many = take(folder, sheet(inbox, "multe.csv", rows(*[f"={n}" for n in range(15)])))
    assert many.warnings[0].message.endswith("C11 and 5 more")


def test_columns_are_known_in_every_language(folder: Folder, inbox: Path) -> None:
    """The event is Romanian and English: a column is known by the words of either."""
    for name, header in (("a.csv", ("Masa", "Runda", "q1")), ("b.csv", ("Table no.", "Round", "q1"))):
        take(folder, sheet(inbox, name, [("4", "2", "x")], header=header))
    assert [note.id for note in notes(folder)] == [f"{EVENT}/q1/t4/r2/1", f"{EVENT}/q1/t4/r2/2"]


def test_printed_ids_count_and_those_of_another_event_are_refused(folder: Folder, inbox: Path) -> None:
    """The code that is printed on a sheet files its answers; a sheet of another event is refused."""
    good = sheet(inbox, "a.csv", [(f"{EVENT}/q2/t5/r3", "x")], header=("Code", "Answer"))
    assert [note.prefix for note in take(folder, good).notes] == [f"{EVENT}/q2/t5/r3"]
    with pytest.raises(UnreadableSheet, match="was printed for the event lab-9"):
        take(folder, sheet(inbox, "b.csv", [("lab-9/q2/t5/r3", "x")], header=("Code", "Answer")))


def test_a_sheet_read_with_options(folder: Folder, inbox: Path) -> None:
    """An encoding or a delimiter that the user names is used."""
    path = inbox / "a.csv"
    stream = io.StringIO()
    csv.writer(stream, delimiter="^").writerows([HEADER, ("1", "1", "învățare; școală, bani", "")])
    path.write_bytes(stream.getvalue().encode("utf-16-le"))
    take(folder, path, encoding="utf-16-le", delimiter="^")
    assert texts(folder) == {"q1/t1/r1/1": "învățare; școală, bani"}


def test_the_same_sheets_give_the_same_bytes(tmp_path: Path) -> None:
    """Two projects that import the same sheets hold the same bytes."""
    trees = []
    for name in ("x", "y"):
        folder = small_project.make(tmp_path / name)
        import_sheets(folder, EVENT, [sheet(tmp_path / "inbox"), sheet(tmp_path / "inbox", "b.csv", rows("b"))])
        trees.append(tree(folder.root))
    assert trees[0] == trees[1]
