"""The project folder and its files: how it is found, what is meant by a name, what project.yaml and its profiles say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ecocsme.errors import Ambiguous, EcocsmeError, InvalidFile, UnknownName
from ecocsme.files.models import from_text
from ecocsme.project import folder as folder_file
from ecocsme.project import model, practices, programmes
from ecocsme.project.folder import Folder
from ecocsme.project.model import Project
from support.folders import good, write
from support.written import LANGUAGES


def begun(root: Path, *names: str) -> Folder:
    """A folder with a project file and these other files."""
    for name in ("project.yaml", *names):
        write(root, name, 'acronym: X\ntitle: "x"\n')
    return Folder(root)


def test_the_project_is_found_from_any_folder_below(tmp_path: Path) -> None:
    """Standing anywhere inside a project, its folder is found."""
    begun(tmp_path / "p", "events/lab-1/sheets/a.csv")
    for standing in (tmp_path / "p", tmp_path / "p" / "events" / "lab-1" / "sheets"):
        assert folder_file.find(standing).root == (tmp_path / "p").resolve()


def test_a_project_may_be_named(tmp_path: Path) -> None:
    """A project named on the command line counts, wherever one stands."""
    begun(tmp_path / "p")
    assert folder_file.find(tmp_path, tmp_path / "p").root == (tmp_path / "p").resolve()
    with pytest.raises(InvalidFile, match=r"this folder holds no project.yaml; name the folder that holds project.yaml"):
        folder_file.find(tmp_path, tmp_path / "q")


def test_without_a_project_the_way_to_begin_one_is_said(tmp_path: Path) -> None:
    """Where there is no project, the message says how to name or start one."""
    with pytest.raises(InvalidFile, match=r"^project.yaml: there is no project here or above; go to the project folder"):
        folder_file.find(tmp_path)


def test_events_and_plans_are_listed_by_name(tmp_path: Path) -> None:
    """Events are folders and plans are files; hidden ones and other files are neither."""
    folder = begun(
        tmp_path, "events/b/event.yaml", "events/a/event.yaml", "events/.git/x", "events/readme.txt", "plans/z.yaml", "plans/z.docx"
    )
    assert folder.events() == ("a", "b")
    assert folder.plans() == ("z",)
    assert begun(tmp_path / "empty").events() == ()
    assert begun(tmp_path / "empty").plans() == ()


def test_paths_are_shown_from_the_project_on(tmp_path: Path) -> None:
    """Messages name files from the project folder on, with forward slashes; what lies outside keeps its path."""
    folder = Folder(tmp_path)
    assert folder.shown(folder.event_file("a")) == "events/a/event.yaml"
    assert folder.shown(Path("/elsewhere/x")) == "/elsewhere/x"
    assert [folder.shown(path) for path in (folder.sheets("a"), folder.notes("a"), folder.plan_file("p"), folder.out("a"))] == [
        "events/a/sheets",
        "events/a/notes",
        "plans/p.yaml",
        "out/a",
    ]


def test_the_event_that_is_meant(tmp_path: Path) -> None:
    """The event is the one named, the one stood in, or the only one."""
    folder = begun(tmp_path, "events/a/sheets/x", "events/b/event.yaml")
    assert folder.one_event("b", tmp_path) == "b"
    assert folder.one_event(None, tmp_path / "events" / "a") == "a"
    assert folder.one_event(None, tmp_path / "events" / "a" / "sheets") == "a"
    with pytest.raises(Ambiguous, match=r"^there are several events; name one of them: a, b$"):
        folder.one_event(None, tmp_path)
    with pytest.raises(UnknownName, match=r"^c: there is no event of this name; known: a, b$"):
        folder.one_event("c", tmp_path)


def test_the_plan_that_is_meant(tmp_path: Path) -> None:
    """The plan is the one named, or the only one; without any the way to begin one is said."""
    folder = begun(tmp_path / "p", "plans/tm.yaml")
    assert folder.one_plan(None) == "tm"
    with pytest.raises(EcocsmeError, match=r"^there is no plan in this folder yet; start one with `ecocsme draft-plan`$"):
        begun(tmp_path / "q").one_plan(None)
    with pytest.raises(EcocsmeError, match=r"^there is no event in this folder yet; start one with `ecocsme new-lab`$"):
        begun(tmp_path / "q").one_event(None, tmp_path)


@pytest.mark.parametrize("name", ["../p", "/etc", "a/b", "", "."])
def test_a_path_is_no_name(tmp_path: Path, name: str) -> None:
    """A path in place of a name is an unknown name, whatever lies there."""
    folder = begun(tmp_path / "p", "events/a/b/event.yaml")
    with pytest.raises(UnknownName):
        folder.one_event(name, tmp_path)


def test_an_unsafe_name_that_exists_is_refused_with_the_rule(tmp_path: Path) -> None:
    """A folder whose name no other system could hold is refused, though it is there."""
    with pytest.raises(InvalidFile, match=r"^events/CON: CON is no safe name; rename it"):
        begun(tmp_path, "events/CON/event.yaml").one_event("CON", tmp_path)


def test_project_file_of_the_smallest_kind(tmp_path: Path) -> None:
    """An acronym and a title are enough; the rest has a default."""
    project = model.load(begun(tmp_path)).value
    assert (project.languages, project.timezone, project.programme, project.label) == (("en",), "Europe/Bucharest", "plain", "X")


def test_label_and_capitals() -> None:
    """The project is named with its code, and a city is a former, current or future capital on a day."""
    partners = "partners:\n- {id: a, name: A, capital: 2021}\n- {id: b, name: B, capital: {year: 2023, was: 2021}}\n"
    project = from_text(f"code: PGI1\nacronym: X\ntitle: x\n{partners}", "project.yaml", Project, LANGUAGES).value
    assert project.label == "PGI1 X"
    capitals = [partner.capital for partner in project.partners if partner.capital]
    assert [capital.standing(date(2021, 5, 1)) for capital in capitals] == ["current", "future"]
    assert capitals[0].standing(date(2022, 1, 1)) == "former"


def test_practices_may_be_absent(tmp_path: Path) -> None:
    """A folder without practices has none; those of a file are found by their ID."""
    assert practices.load(begun(tmp_path / "q")).value.practices == ()
    known = practices.load(good(tmp_path / "p")).value
    assert known.find("joc") is known.practices[0]
    assert known.find("x") is None


def test_programme_profiles(tmp_path: Path) -> None:
    """A profile is found by its name, the user's before the shipped one, and knows the form of its project codes."""
    folder = begun(tmp_path)
    profile = programmes.load(folder, "interreg-europe-2014-2020").value
    assert profile.knows("PGI06047")
    assert not profile.knows("PGI6047")
    assert programmes.load(folder, "plain").value.knows("anything")
    write(tmp_path, "templates/programmes/plain.yaml", 'name: "Ours"\n')
    assert programmes.load(Folder(tmp_path), "plain").value.name.said("ro") == ("Ours", "")
    with pytest.raises(UnknownName, match="did you mean plain"):
        programmes.load(folder, "plane")


@pytest.mark.parametrize("name", ["plain", "interreg-europe-2014-2020"])
def test_shipped_profiles_are_read(tmp_path: Path, name: str) -> None:
    """Every shipped profile has its texts in both shipped languages, and only blanks that documents fill."""
    profile = programmes.load(begun(tmp_path), name).value
    texts = [text for text in (profile.name, profile.statement, profile.disclaimer, *profile.labels.values()) if text is not None]
    assert all(text.missing(("ro", "en")) == () for text in texts)
