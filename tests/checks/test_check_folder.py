"""Every check on a folder: the good one passes all, and each check has an example that only it names."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ecocsme.checks.run import CHECKS, check_folder, demand
from ecocsme.errors import InvalidFile, Problem
from ecocsme.notes import store
from ecocsme.notes.importing import import_sheets
from ecocsme.project.folder import Folder
from ecocsme.themes import decisions
from support.folders import EARLIER, EVENT, NOTE, PLAN, change, good, write

NOTES = "events/lab-2/notes/raspunsuri.csv.csv"
Break = Callable[[Path], object]


def found(root: Path) -> tuple[Problem, ...]:
    """Everything that `check` finds in a folder."""
    return check_folder(Folder(root))


def edited(name: str, old: str, new: str) -> Break:
    """Change one place of one file."""
    return lambda root: change(root, name, old, new)


def lost_note(root: Path) -> None:
    """Take the last line off a notes file."""
    lines = (root / NOTES).read_bytes().splitlines(keepends=True)
    (root / NOTES).write_bytes(b"".join(lines[:-1]))


def doubled_note(root: Path) -> None:
    """Leave the notes of a sheet under two names, as a merge of two copies of the folder does."""
    write(root, "events/lab-2/notes/altele.csv.csv", (root / NOTES).read_bytes().decode().replace("raspunsuri.csv", "altele.csv"))


def wrong_mapping(root: Path) -> None:
    """Give a column to a question that the event does not ask."""
    write(root, "events/lab-2/mapping.yaml", 'layouts:\n  - headers: ["Nevoi"]\n    questions: {q9: [A]}\n')


def stray_sheet(root: Path) -> None:
    """Put a sheet into `sheets/` without importing it."""
    write(root, "events/lab-2/sheets/uitat.csv", "x\n")


def stray_copy(root: Path) -> None:
    """Leave the copy that OneDrive makes where two computers changed a file."""
    write(root, "themes-DESKTOP-AB12.yaml", "themes: []\n")


def two_names(root: Path) -> None:
    """Give a second template a name that is the same on Windows."""
    write(root, "templates/methods/fishbowl.yaml", 'name: "x"\nsteps: [{title: "x", minutes: 5}]\n')
    write(root, "templates/methods/Fishbowl.yaml", 'name: "x"\nsteps: [{title: "x", minutes: 5}]\n')


def resaved_decisions(root: Path) -> None:
    """Save the decisions again with semicolons."""
    (root / "decisions.csv").write_bytes((root / "decisions.csv").read_bytes().replace(b",", b";"))


def no_actions(root: Path) -> None:
    """Leave a plan without actions."""
    write(root, PLAN, "id: oras\ntitle: x\nlanguage: ro\nactions: []\n")


def same_action(root: Path) -> None:
    """Give a second action the ID of the first."""
    with (root / PLAN).open("ab") as stream:
        stream.write(b"- {id: A1, title: x}\n")


def seated_twice(root: Path) -> None:
    """Let one person sit at two tables in a round."""
    write(root, "events/lab-2/seating.csv", "round,table,participant,role\nr1,t1,p01,guest\nr1,t2,p01,guest\n")


def e_mail_in_a_note(root: Path) -> None:
    """Correct the sheet so that the quoted note holds an e-mail address."""
    sheet = root.parent / "raspunsuri.csv"
    sheet.write_text(sheet.read_text("utf-8").replace("măcar 3 luni", "ana@example.org"), "utf-8")
    import_sheets(Folder(root), "lab-2", [sheet], replaces="raspunsuri.csv")


def two_at_once(root: Path) -> None:
    """One person leads both of two tracks."""
    tables = '- {minutes: 60, title: {ro: "Mesele", en: "Tables"}}'
    both = "\n".join(tables.replace("minutes", f'track: {track}, lead: "Ana Pop", minutes') for track in "ab")
    edited(EVENT, tables, both)(root)
    edited(EVENT, "questions:\n", 'tracks: [{id: a, ro: "Sala A", en: "Room A"}, {id: b, ro: "Sala B", en: "Room B"}]\nquestions:\n')(root)


# code of the check: the file and the line it is to name, and what makes the good folder wrong
BAD: dict[str, tuple[str, int | None, Break]] = {
    "translation": (EVENT, 12, edited(EVENT, '{ro: "Deschidere", en: "Opening"}', '{ro: "Deschidere"}')),
    "character": (EVENT, 17, edited(EVENT, 'ro: "Cine ajută?"', 'ro: "Cine \\u202eajută?"')),
    "programme": ("project.yaml", 4, edited("project.yaml", "programme: plain", "programme: plian")),
    "project-dates": (
        "project.yaml",
        4,
        edited("project.yaml", "programme: plain", "end: 2020-10-07\nstart: 2020-10-08\nprogramme: plain"),
    ),
    "stray": ("themes-DESKTOP-AB12.yaml", None, stray_copy),
    "file-name": ("templates/methods/fishbowl.yaml", None, two_names),
    "decisions-saved": ("decisions.csv", None, resaved_decisions),
    "language": ("project.yaml", 5, edited("project.yaml", "languages: [ro, en]", "languages: [ro, en, xx]")),
    "partner-id": (
        "project.yaml",
        10,
        edited("project.yaml", 'name: "Vecinii"}', 'name: "Vecinii", role: self}'),
    ),
    "practice-id": ("practices.yaml", 2, edited("practices.yaml", "partner: vecini", "partner: vecin")),
    "event-id": (EARLIER, 1, edited(EARLIER, "id: lab-1", "id: lab-11")),
    "question-id": (EVENT, 9, edited(EVENT, "{id: t2}", "{id: t1}")),
    "event-days": (EVENT, 14, edited(EVENT, '{minutes: 30, title: {ro: "Închidere"', '{day: 2, minutes: 30, title: {ro: "Închidere"')),
    "track": (EVENT, 13, edited(EVENT, "{minutes: 60,", "{track: a, minutes: 60,")),
    "agenda-lead": (EVENT, 14, two_at_once),
    "agenda-overlap": (EVENT, 13, edited(EVENT, "{minutes: 60,", "{start: 11:20, minutes: 60,")),
    "agenda-over-run": (EVENT, 5, edited(EVENT, "end: 13:00", "end: 12:45")),
    "agenda-length": (EVENT, 12, edited(EVENT, "{start: 11:00, end: 11:30,", "{start: 11:00, end: 11:30, minutes: 20,")),
    "agenda-gap": (EVENT, 13, edited(EVENT, "{minutes: 60,", "{start: 11:40, minutes: 50,")),
    "weekday": (EVENT, 18, edited(EVENT, "marți, 20 octombrie", "luni, 20 octombrie")),
    "clock-change": (EARLIER, 3, edited(EARLIER, "date: 2020-10-08", "date: 2020-03-29")),
    "event-date": (EARLIER, 3, edited("project.yaml", "programme: plain", "programme: plain\nstart: 2020-10-09\nend: 2020-10-20")),
    "previous": (EVENT, 7, edited(EVENT, "previous: lab-1", "previous: lab-3")),
    "event-names": (EVENT, 8, edited(EVENT, "practices: [joc]", "practices: [jocuri]")),
    "seating": ("events/lab-2/seating.csv", 3, seated_twice),
    "question-closed": (EVENT, 17, edited(EVENT, 'ro: "Cine ajută?"', 'ro: "Există cineva care ajută?"')),
    "question-double": (EVENT, 17, edited(EVENT, 'en: "Who helps?"', 'en: "Who helps us here, and why?"')),
    "question-long": (EVENT, 17, edited(EVENT, 'en: "Who helps?"', f'en: "Who {"really " * 24}helps?"')),
    "question-mark": (EVENT, 17, edited(EVENT, 'en: "Who helps?"', 'en: "Helpers"')),
    "question-twice": (EVENT, 17, edited(EVENT, 'en: "Who helps?"', 'en: "What is needed ?"')),
    "replies": (EARLIER, 4, edited(EARLIER, "date: 2020-10-08", "date: 2020-10-08\nreplies_by: 2020-10-22")),
    "notes-file": (NOTES, None, lost_note),
    "note-changed": (NOTES, 3, edited(NOTES, "Primăria", "Primaria")),
    "note-id": (NOTES, None, doubled_note),
    "note-origin": (NOTES, 3, edited(EVENT, '- {id: q2, ro: "Cine ajută?", en: "Who helps?"}\n', "")),
    "note-sheet": (NOTES, 2, edited("events/lab-2/sheets/raspunsuri.csv", "Vecinii", "Altcineva")),
    "sheet-not-imported": ("events/lab-2/sheets/uitat.csv", None, stray_sheet),
    "mapping": ("events/lab-2/mapping.yaml", 3, wrong_mapping),
    "theme-id": ("themes.yaml", 3, edited("themes.yaml", "parent: spaces", "parent: space")),
    "decision": ("decisions.csv", 2, edited("decisions.csv", NOTE, "lab-2/q1/t1/r0/9")),
    "plan-id": (PLAN, 1, edited(PLAN, "id: oras", "id: orase")),
    "action-id": (PLAN, 16, same_action),
    "plan-actions": (PLAN, 4, no_actions),
    "action-dates": (PLAN, 12, edited(PLAN, '  owner: "Orașul"', '  start: 2021-03\n  due: 2021-02-28\n  owner: "Orașul"')),
    "plan-names": (PLAN, 6, edited(PLAN, "theme: rents", "theme: rent")),
    "evidence": (PLAN, 12, edited(PLAN, f"note:{NOTE}", "note:lab-2/q9/t9/r9/99")),
    "quote": (PLAN, 15, edited(PLAN, '"Spații ieftine în centru"', '"Spatii ieftine în centru"')),
    "personal-data": (PLAN, 12, e_mail_in_a_note),
    "plan-open": (PLAN, 11, edited(PLAN, 'owner: "Orașul"', 'owner: "(...)"')),
    "plan-summary": (PLAN, None, edited(PLAN, "programme: plain", "programme: interreg-europe-2014-2020")),
}
# damage of notes has more than one side: the notes that are there twice also lack their sheet
ALSO = {"personal-data": {"decision"}, "note-id": {"note-sheet", "note-changed"}, "project-dates": {"event-date"}}


def test_a_good_folder_has_no_problems(tmp_path: Path) -> None:
    """A folder in which everything is right passes every check without a word."""
    assert check_folder(good(tmp_path / "p")) == ()


def test_the_example_of_every_check_is_here() -> None:
    """A new check comes with an example of what it finds; each code is given once."""
    codes = [check.code for check in CHECKS]
    assert set(BAD) == set(codes)
    assert len(codes) == len(set(codes))
    assert all(check.about for check in CHECKS)


@pytest.mark.parametrize("code", BAD)
def test_each_check_finds_its_example_and_nothing_else_does(tmp_path: Path, code: str) -> None:
    """One change makes the folder wrong in one way: that check names the file and the line, and no other speaks."""
    root = tmp_path / "p"
    good(root)
    file, line, break_it = BAD[code]
    break_it(root)
    problems = found(root)
    assert {problem.code for problem in problems} <= {code, *ALSO.get(code, ())}, "\n".join(map(str, problems))
    assert (file, line) in {(p.file, p.line if line else None) for p in problems if p.code == code}, "\n".join(map(str, problems))
    assert all(problem.message and problem.cure for problem in problems)


@pytest.mark.parametrize("index", range(24))
def test_one_letter_of_a_quote_is_enough(tmp_path: Path, index: int) -> None:
    """Whichever letter of a quote is changed, `check` names the line of the quote and shows the note."""
    root = tmp_path / "p"
    good(root)
    quote = "Spații ieftine în centru"
    if quote[index] == " ":
        changed = quote[:index] + quote[index + 1 :]
    else:
        changed = quote[:index] + ("x" if quote[index] != "x" else "y") + quote[index + 1 :]
    line = change(root, PLAN, f'"{quote}"', f'"{changed}"')
    (problem,) = found(root)
    assert (problem.code, problem.severity, problem.file, problem.line) == ("quote", "error", PLAN, line)
    assert NOTE in problem.message
    assert "A1" in problem.message
    assert "Spații ieftine în centru; măcar 3 luni" in problem.cure


@pytest.mark.parametrize(
    "quote", ["Spaţii ieftine în centru", "Spații  ieftine în centru", "Spat\u0326ii ieftine i\u0302n centru", "ieftine în centru; măcar 3"]
)
def test_cedilla_spaces_and_normal_form_do_not_make_a_quote_wrong(tmp_path: Path, quote: str) -> None:
    """A quote typed in old letters, with other spaces or on a Mac is still a verbatim part."""
    root = tmp_path / "p"
    good(root)
    change(root, PLAN, '"Spații ieftine în centru"', f'"{quote}"')
    assert found(root) == ()


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("lab-2/q1/t1/r0/9", "there is no note lab-2/q1/t1/r0/9"),
        ("lab-2/q1/t2/r0/1", "the note lab-2/q1/t2/r0/1 answers nothing"),
        ("somewhere", "there is no note somewhere"),
    ],
)
def test_a_quote_of_a_note_that_cannot_be_quoted(tmp_path: Path, note: str, said: str) -> None:
    """A quote of a note that is not there, or that holds a mere dash, is an error at the line of the note."""
    root = tmp_path / "p"
    good(root)
    line = change(root, PLAN, f"- note: {NOTE}\n", f"- note: {note}\n")
    (problem,) = found(root)
    assert (problem.code, problem.line, problem.message) == ("quote", line, said)


def test_what_a_person_left_out_is_no_evidence(tmp_path: Path) -> None:
    """A note that was left out can be neither evidence nor quoted."""
    root = tmp_path / "p"
    folder = good(root)
    note = next(note for note in store.load(folder).notes if note.id == NOTE)
    decisions.append(folder, decisions.new(note, "leave-out", theme="", who="Ana", why="personal", when=date(2020, 10, 22)))
    assert [(p.code, p.line, p.message) for p in found(root)] == [
        ("evidence", 12, f"the note {NOTE} is to be left out"),
        ("quote", 14, f"the note {NOTE} is to be left out"),
    ]


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    """Files that cannot be read do not hide what is wrong elsewhere; all is sorted by file and line."""
    root = tmp_path / "p"
    good(root)
    change(root, EARLIER, "date: 2020-10-08", "date: 2020-30-10\nstart: soon")
    change(root, "themes.yaml", "parent: spaces", "parent: space")
    change(root, "practices.yaml", "partner: vecini", "partner: vecini: x")
    change(root, PLAN, "id: oras", "id: altul")
    change(root, "project.yaml", "acronym: ORAȘ", "acronim: ORAȘ")
    assert [(p.file, p.line) for p in found(root)] == [
        (EARLIER, 3),
        (EARLIER, 4),
        (PLAN, 1),
        ("practices.yaml", 2),
        ("project.yaml", None),
        ("project.yaml", 2),
        ("themes.yaml", 3),
    ]


def missing(path: Path) -> None:
    """Remove a file."""
    path.unlink()


def folder_in_its_place(path: Path) -> None:
    """Put a folder where the file was."""
    path.unlink()
    path.mkdir()


def empty(path: Path) -> None:
    """Leave nothing in a file."""
    path.write_bytes(b"")


def old_encoding(path: Path) -> None:
    """Save a file as an old editor does."""
    path.write_bytes(path.read_bytes().decode().replace("ș", "ş").replace("ț", "ţ").replace("Ș", "Ş").encode("cp1250"))


def unquoted_colon(path: Path) -> None:
    """Write a colon into a text without quotes."""
    path.write_bytes(path.read_bytes() + b"x: y: z\n")


@pytest.mark.parametrize("name", [EVENT, PLAN, "project.yaml", "themes.yaml", "practices.yaml"])
@pytest.mark.parametrize("spoil", [folder_in_its_place, empty, old_encoding, unquoted_colon], ids=lambda spoil: spoil.__name__)
def test_a_spoilt_file_is_one_line_that_names_it(tmp_path: Path, name: str, spoil: Callable[[Path], None]) -> None:
    """A folder in place of a file, an empty file, an old encoding and an unquoted colon are one line about that file."""
    root = tmp_path / "p"
    good(root)
    spoil(root / name)
    about = [problem for problem in found(root) if problem.file == name]
    assert len(about) == 1
    assert about[0].severity == "error"


def test_a_folder_without_an_event_file_is_named(tmp_path: Path) -> None:
    """An event's folder without its file is said to have none, and nothing else is complained of there."""
    root = tmp_path / "p"
    good(root)
    (root / "events" / "lab-3").mkdir()
    assert [str(p) for p in found(root)] == [
        "events/lab-3/event.yaml: there is no event file in this folder; add one, or move the folder away"
    ]


def test_a_shorter_ending_is_recognised(tmp_path: Path) -> None:
    """An event file that was saved as event.yml is asked to be renamed."""
    root = tmp_path / "p"
    good(root)
    write(root, "events/lab-3/event.yml", "id: lab-3\n")
    assert [str(p) for p in found(root)] == [
        "events/lab-3/event.yaml: there is no event file in this folder; rename event.yml to event.yaml"
    ]


def test_a_flood_of_problems_of_one_kind_is_cut(tmp_path: Path) -> None:
    """Fifty thousand pieces of evidence that do not exist are refused in time: two hundred lines, and that there are more."""
    root = tmp_path / "p"
    good(root)
    items = ", ".join(f"theme:x{n}" for n in range(50_000))
    write(root, PLAN, f"id: oras\ntitle: x\nlanguage: ro\nactions:\n- {{id: A1, title: x, evidence: [{items}]}}\n")
    began = time.process_time()
    problems = found(root)
    assert time.process_time() - began < 8
    assert len(problems) == 201
    assert f"{PLAN}: more of this kind were found; mend these first" in [str(p) for p in problems]


@pytest.mark.parametrize("name", ["Lab 4", "con", "lab_4", "-lab", "ș", "x" * 61])
def test_unsafe_names_of_events_and_plans_are_named(tmp_path: Path, name: str) -> None:
    """A folder or file whose name is no safe ID is named, and not read."""
    root = tmp_path / "p"
    good(root)
    write(root, f"events/{name}/event.yaml", "id: x: y")
    write(root, f"plans/{name}.yaml", "id: x: y")
    assert {(p.file, p.message) for p in found(root)} == {
        (f"events/{name}", f"{name} is no safe name"),
        (f"plans/{name}", f"{name} is no safe name"),
    }


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("words/ro.yaml", "language: {locale: xx}\n", "words/ro.yaml: language.locale: found xx, which is no locale"),
        ("programmes/plain.yaml", "name: x: y\n", "programmes/plain.yaml:1: a colon stands inside an unquoted text"),
        ("programmes/plain.yaml", 'name: x\ncode_pattern: "(a"\n', "programmes/plain.yaml:2: code_pattern: found (a, which is no pattern"),
    ],
)
def test_a_wrong_pack_of_the_users_does_not_stop_the_other_checks(tmp_path: Path, name: str, text: str, said: str) -> None:
    """A pack of words or a profile that is wrong is named, and everything else is checked all the same."""
    root = tmp_path / "p"
    good(root)
    write(root, f"templates/{name}", text)
    change(root, "themes.yaml", "parent: spaces", "parent: space")
    lines = [str(problem) for problem in found(root)]
    assert any(line.startswith(said) for line in lines), lines
    assert any(line.startswith("themes.yaml:3:") for line in lines)


def test_a_wrong_method_of_the_users_is_named(tmp_path: Path) -> None:
    """A method whose words leave an unknown blank is named with its line, by the events that use it."""
    root = tmp_path / "p"
    good(root)
    write(root, "templates/methods/world-cafe.yaml", 'name: x\nsteps:\n- {title: "Runda {m}", minutes: 5, per: round}\n')
    change(root, EARLIER, "date: 2020-10-08", "date: 2020-10-08\nstart: 11:00\nmethod: world-cafe")
    (problem,) = found(root)
    assert str(problem).startswith("methods/world-cafe.yaml:3: steps[1].title: {m}: nothing is known to put here")


def test_demand_refuses_errors_of_the_files_named_and_returns_their_warnings(tmp_path: Path) -> None:
    """Before a document is built its own files are checked: errors stop it, warnings are handed on, others do not count."""
    root = tmp_path / "p"
    folder = good(root)
    assert demand(folder, ["project.yaml", "events/lab-2/"]) == ()
    change(root, "themes.yaml", "parent: spaces", "parent: space")
    change(root, EVENT, '{ro: "Deschidere", en: "Opening"}', '{ro: "Deschidere"}')
    assert [p.code for p in demand(Folder(root), ["project.yaml", "events/lab-2/"])] == ["translation"]
    change(root, EVENT, "end: 13:00", "end: 12:45")
    with pytest.raises(InvalidFile) as refused:
        demand(Folder(root), ["project.yaml", "events/lab-2/"])
    assert [p.code for p in refused.value.problems] == ["agenda-over-run"]


def test_demand_looks_at_notes_only_where_they_are_printed(tmp_path: Path) -> None:
    """An agenda can be built while a plan or a notes file is wrong; a plan cannot."""
    root = tmp_path / "p"
    good(root)
    lost_note(root)
    change(root, PLAN, '"Spații ieftine în centru"', '"Spatii ieftine în centru"')
    assert demand(Folder(root), [EVENT]) == ()
    with pytest.raises(InvalidFile) as refused:
        demand(Folder(root), [PLAN, "events/"], notes=True)
    assert {p.code for p in refused.value.problems} == {"quote", "notes-file"}


def test_a_thousand_actions_are_checked_in_time(tmp_path: Path) -> None:
    """A plan of a thousand actions, each with a quote, is checked within a few seconds."""
    root = tmp_path / "p"
    good(root)
    action = f'- {{id: A%d, title: x, evidence: [theme:spaces, note:{NOTE}], quotes: [{{note: {NOTE}, text: "Spații"}}]}}\n'
    write(root, PLAN, "id: oras\ntitle: x\nlanguage: ro\nactions:\n" + "".join(action % n for n in range(1, 1001)))
    began = time.process_time()
    assert found(root) == ()
    assert time.process_time() - began < 8


def test_the_command_prints_one_line_per_problem_and_ends_with_1(tmp_path: Path, run: Callable[..., Any]) -> None:
    """Five faults in one event file are five lines on stdout, in the order of the file, and the exit code is 1."""
    root = tmp_path / "p"
    good(root)
    change(root, EVENT, "date: 2020-10-20", "date: 2020-02-30")
    change(root, EVENT, "start: 11:00\nend", "start: 25:61\nend")
    change(root, EVENT, "practices: [joc]", "practice: [joc]")
    change(root, EVENT, "{minutes: 60,", "{minutes: soon,")
    change(root, EVENT, 'en: "Who helps?"', 'eng: "Who helps?"')
    ended = run("check", cwd=root)
    assert ended.code == 1
    assert ended.out.splitlines() == [
        f"{EVENT}:3: date: found 2020-02-30, a day that does not exist; write a date such as 2020-10-20",
        f"{EVENT}:4: start: found 25:61; write a time between 0:00 and 24:00, e.g. 11:00",
        f"{EVENT}:8: practice: the key practice is unknown here; did you mean practices?",
        f"{EVENT}:13: agenda[2].minutes: found soon; write a whole number in digits, e.g. 45, or a range such as 15-25",
        f"{EVENT}:17: questions[2].eng: the key eng is unknown here; did you mean en?",
    ]


def test_the_command_on_a_good_folder_and_on_a_wrong_quote(tmp_path: Path, run: Callable[..., Any]) -> None:
    """A good folder ends with 0 and prints nothing on stdout; one letter of a quote changed, and it ends with 1 and the line."""
    root = tmp_path / "p"
    good(root)
    ended = run("check", cwd=root)
    assert (ended.code, ended.out) == (0, "")
    line = change(root, PLAN, "Spații ieftine în centru", "Spații ieftine in centru")
    ended = run("check", cwd=root)
    assert ended.code == 1
    assert ended.out.startswith(f"{PLAN}:{line}: actions[1].quotes[1].text: A1: this quote is not a verbatim part of the note {NOTE}; ")
