"""What Windows, OneDrive, Dropbox and git leave in a project folder: named with what to do, and people's own files left alone."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from ecocsme.checks.run import check_folder
from ecocsme.errors import Problem
from ecocsme.project import portable_names, strays
from ecocsme.project.folder import Folder
from ecocsme.project.stray_names import meant
from support.folders import EVENT, change, good, write


def found(root: Path) -> list[Problem]:
    """Everything that `check` finds in a folder."""
    return list(check_folder(Folder(root)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project in which everything is right."""
    return good(tmp_path / "p").root


CONFLICTS = [
    "themes (Ana's conflicted copy 2020-10-20).yaml",
    "themes (conflicted copy 2020-10-20 101112).yaml",
    "themes (Copie în conflict a lui Ana 2020-10-20).yaml",
    "themes.sync-conflict-20201020-101112-ABC.yaml",
    "themes_conflict-20201020.yaml",
    "themes_conflict-20201020-101112.yaml",
    "themes-DESKTOP-AB12.yaml",
    "themes-ANA-PC.yaml",
    "themes-ANA-PC-2.yaml",
    "themes-Ana’s MacBook Air.yaml",
    "themes_LOCAL_1234.yaml",
    "themes (SFConflict ana@example.org 2020-10-20-10-11-12).yaml",
]
COPIES = ["themes (1).yaml", "themes(2).yaml", "themes - Copy.yaml", "themes - Copie.yaml", "themes - Copy (2).yaml", "themes copy.yaml"]
MORE_COPIES = ["themes - Copy - Copy.yaml", "Copy of themes.yaml", "Copie a themes.yaml", "themes.yaml (1)", "themes copie 2.yaml"]


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_conflict_copy_is_an_error(root: Path, name: str) -> None:
    """What one of two people changed and nobody reads is named, with the file to put it into."""
    write(root, name, "themes: []\n")
    (problem,) = found(root)
    assert (problem.file, problem.severity, problem.code) == (name, "error", "stray")
    assert problem.message == "is not read: a sync program or git put it beside themes.yaml, because two people had changed it"
    assert problem.cure == "put what is missing into themes.yaml, and remove this one"


@pytest.mark.parametrize("name", [*COPIES, *MORE_COPIES])
def test_a_copy_that_a_person_made_is_a_warning(root: Path, name: str) -> None:
    """A copy of one of our files is said to be one, and stops nothing."""
    write(root, name, "themes: []\n")
    assert [(p.file, p.severity, p.message) for p in found(root)] == [(name, "warning", "is not read: it is a copy of themes.yaml")]


@pytest.mark.parametrize("name", ["themes.yaml.orig", "themes.yaml.rej", "decisions.csv.orig"])
def test_what_a_merge_left_is_a_warning(root: Path, name: str) -> None:
    """The leftovers of a merge are named with the file they belong to."""
    write(root, name, "x\n")
    (problem,) = found(root)
    assert (problem.file, problem.severity) == (name, "warning")
    assert problem.message == f"is not read: a merge left it beside {name.rpartition('.')[0]}"


@pytest.mark.parametrize("ending", [".yaml.txt", ".yml", ".yaml.yaml", ".yml.txt", ".YAML", ".txt", ".yaml "])
def test_a_hidden_or_other_ending_is_an_error_where_nothing_else_is_read(root: Path, ending: str) -> None:
    """themes.yaml.txt in the place of themes.yaml is not read, and the person believes it is; beside it, it is a warning."""
    name = f"themes{ending}"
    text = (root / "themes.yaml").read_text("utf-8")
    (root / "themes.yaml").unlink()
    write(root, name, text)
    about = [p for p in found(root) if p.file == name and p.code == "stray"]
    assert [(p.severity, p.cure.startswith("rename it to themes.yaml")) for p in about] == [("error", True)]
    write(root, "themes.yaml", text)
    (only,) = [p for p in found(root) if "themes" in p.file]
    if ending == ".YAML":
        assert (only.code, only.severity) == ("file-name", "error")
    else:
        assert (only.file, only.severity, only.message) == (name, "warning", "is not read: themes.yaml is")


@pytest.mark.parametrize("name", ["event.yaml.txt", "event.yml", "Event.yaml", "EVENT.YAML"])
def test_an_event_file_under_another_name(root: Path, name: str) -> None:
    """An event file that only Windows would find, or nobody, is asked to be renamed in one line; beside the right one it is named."""
    write(root, f"events/lab-3/{name}", "id: lab-3\n")
    said = f"events/lab-3/event.yaml: there is no event file in this folder; rename {name} to event.yaml"
    assert [str(p) for p in found(root)] == [said]
    (root / "events/lab-3" / name).unlink()
    (root / "events/lab-3").rmdir()
    write(root, f"events/lab-2/{name}", "id: lab-2\n")
    (only,) = found(root)
    assert only.severity == ("error" if name.casefold() == "event.yaml" else "warning")
    assert name in str(only)


def test_a_conflict_copy_of_an_event(root: Path) -> None:
    """OneDrive's copy of an event file is an error of the event."""
    write(root, "events/lab-2/event-ANA-PC.yaml", "id: lab-2\n")
    assert [(p.file, p.severity, p.code) for p in found(root)] == [("events/lab-2/event-ANA-PC.yaml", "error", "stray")]


@pytest.mark.parametrize("name", ["altul.yml", "altul.yaml.txt", "altul.yml.txt", "altul.yaml.yml"])
def test_a_plan_with_another_ending_is_an_error(root: Path, name: str) -> None:
    """A plan that is not read because of its ending is named with its right name; beside the plan that is read it is a warning."""
    write(root, f"plans/{name}", "id: altul\n")
    (problem,) = found(root)
    assert (problem.file, problem.severity, problem.cure.split(" (")[0]) == (f"plans/{name}", "error", "rename it to altul.yaml")
    (root / "plans" / name).rename(root / "plans" / name.replace("altul", "oras"))
    assert [p.severity for p in found(root)] == ["warning"]


OF_PLAN = {"oras (1).yaml": "warning", "oras-DESKTOP-AB12.yaml": "error", "oras - Copie.yaml": "warning"}


@pytest.mark.parametrize(("name", "severity"), OF_PLAN.items())
def test_a_copy_of_a_plan_is_a_copy_and_no_plan(root: Path, name: str, severity: str) -> None:
    """A copy of a plan is named as that, and not as a plan with an unsafe name."""
    write(root, f"plans/{name}", "id: oras\n")
    assert [(p.file, p.severity, p.code) for p in found(root)] == [(f"plans/{name}", severity, "stray")]


@pytest.mark.parametrize("name", ["lab-2 - Copy", "lab-2 (1)", "lab-2-DESKTOP-AB12", "lab-2 - Copie"])
def test_a_copy_of_an_events_folder(root: Path, name: str) -> None:
    """A copied folder of an event is said to be a copy of that event, once."""
    write(root, f"events/{name}/event.yaml", "id: lab-2\n")
    (problem,) = found(root)
    assert (problem.file, problem.code) == (f"events/{name}", "stray")
    assert " lab-2" in problem.message


@pytest.mark.parametrize("name", ["Templates", "events/lab-1/Sheets", "events/lab-1/NOTES", "OUT"])
def test_a_folder_in_other_capitals_is_found_by_windows_only(root: Path, name: str) -> None:
    """Our folders in other capitals are not found on Linux; beside the right one, both are one name elsewhere."""
    (root / name).mkdir()
    assert [(p.file, p.severity, p.code) for p in found(root)] == [(name, "error", "stray")]
    (root / name).with_name((root / name).name.casefold()).mkdir()
    assert [(p.severity, p.code) for p in found(root)] == [("error", "file-name")]


@pytest.mark.parametrize("name", ["words/ro.yml", "words/ro.yaml.txt", "documents/agenda.md", "methods/cerc.yml"])
def test_a_template_that_is_not_read_is_an_error(root: Path, name: str) -> None:
    """A template of the project whose ending is wrong does not shadow the shipped one, and is named."""
    write(root, f"templates/{name}", "x\n")
    assert [(p.file, p.severity) for p in found(root)] == [(f"templates/{name}", "error")]


UNKNOWN = {
    "decision.csv": "did you mean decisions.csv?",
    "desicions.csv": "did you mean decisions.csv?",
    "participants.csv": "participants.csv belongs into the folder of an event",
    "teme.yaml": "did you mean themes.yaml?",
    "mkdocs.yml": "keep it in a folder of your own",
    "grouping2.csv": "did you mean grouping.csv?",
    "events/lab-2/participant.csv": "did you mean participants.csv?",
    "events/lab-2/altele.csv": "import an answer sheet with `ecocsme import-notes`; keep other files in a folder of your own",
    "events/lab-2/setari.yml": "keep it in a folder of your own",
    "events/lista.yaml": "keep it in a folder of your own",
    "plans/costuri.csv": "import an answer sheet with `ecocsme import-notes`; keep other files in a folder of your own",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_unknown_data_is_a_warning(root: Path, name: str) -> None:
    """YAML and CSV files that nothing reads are named where ours lie, with the nearest name or another place."""
    write(root, name, "x\n")
    (problem,) = found(root)
    assert (problem.file, problem.severity, problem.cure) == (name, "warning", UNKNOWN[name])


THEIRS = [
    *("README.md", "README", ".gitignore", ".gitattributes", ".git/config", ".github/workflows/check.yml"),
    *("photos/IMG (1).jpg", "docs/plan.yaml", "docs/date.csv", "Buget.xlsx", "Invitație - Copie.docx", "~$Buget.xlsx", "desktop.ini"),
    *(
        "Thumbs.db",
        ".DS_Store",
        "events/lab-2/poze/1.jpg",
        "events/lab-2/afiș.pdf",
        "plans/note.md",
        "LICENSE.txt",
        "notes.txt",
        "event.ics",
    ),
    *(
        "answer-sheets/raspunsuri.csv",
        "events/lab-2/program-2020.docx",
        "archive/2020/plan.docx",
        "out/lab-2/agenda.ro.md",
        "themes.xlsx",
        "table-3.csv",
        "raspunsuri.csv",
    ),
    *(".vscode/settings.json", "notes.txt", "event.ics"),
    *("templates/README.md", "templates/documents/agenda.md.j2.bak", "Makefile", ".pre-commit-config.yaml", "events/README.md"),
]


def test_what_people_keep_is_theirs(root: Path) -> None:
    """Readmes, git's files, pictures, office documents and folders of people's own are not complained about."""
    for name in THEIRS:
        write(root, name, "x\n")
    assert found(root) == []


def test_names_that_are_one_name_elsewhere(root: Path) -> None:
    """Two names that differ in capitals, or in how letters are put together, are an error: another system keeps one of them."""
    name = "atelier-învățare"
    for form in ("NFC", "NFD"):
        write(root, f"events/{unicodedata.normalize(form, name)}/event.yaml", "id: x\n")
    write(root, "events/lab-2/sheets/.keep", "")
    about = [p for p in found(root) if p.code == "file-name"]
    assert [(p.severity, "put together otherwise" in p.message) for p in about] == [("error", True)]


WINDOWS = ["aux.txt", "con", "lpt1.docx", "de ce?.docx", "plan: final.docx", "docs ", "draft."]


@pytest.mark.parametrize("name", WINDOWS)
def test_names_that_windows_cannot_hold(root: Path, name: str) -> None:
    """A name that keeps the folder from being copied to Windows is a warning."""
    write(root, name, "x\n")
    assert [(p.file, p.severity, p.message) for p in found(root)] == [(name, "warning", "has a name that Windows cannot hold")]


def test_paths_that_get_too_long(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path of more than 200 characters is named; on Windows a project that lies too deep is, too."""
    name = f"events/lab-2/notes/{'ă' * 190}.txt"
    (root / "events/lab-2/notes" / ("a" * 190 + ".txt")).write_bytes(b"x")
    about = [p for p in found(root) if p.code == "file-name"]
    assert [(p.file, p.severity, "213 characters" in p.message) for p in about] == [(name.replace("ă", "a"), "warning", True)]
    (root / "events/lab-2/notes" / ("a" * 190 + ".txt")).unlink()
    deep = root.parent / ("x" * 120) / ("y" * 120)
    deep.parent.mkdir()
    root.rename(deep)
    assert found(deep) == []
    monkeypatch.setattr(portable_names, "_WINDOWS", True)
    (problem,) = found(deep)
    assert problem.message.startswith("lies so deep that out/lab-1/")


@pytest.mark.parametrize("name", ["event.yaml", "event-2.yaml", "events.yaml", "eventual.yaml", "event-old.yaml", "my-event.yaml"])
def test_other_names_are_no_copies(name: str) -> None:
    """A name that only resembles one of ours is not taken for a copy of it."""
    assert (meant(name, ["event.yaml"]) or ("spelling", ""))[0] == "spelling"


def test_every_file_that_a_project_has_belongs(root: Path) -> None:
    """All files that the good project holds are known; what a removed list would not know is named, so the list counts."""
    assert found(root) == []
    assert change(root, EVENT, "id: lab-2", "id: lab-2 ") == 1
    assert {place.path.name for place in strays.places(Folder(root))} >= {"p", "events", "lab-1", "lab-2", "plans", "templates"}
