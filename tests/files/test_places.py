"""Where templates are looked for: the user's shelf first, the shipped one last."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecocsme.files import places
from ecocsme.files.places import Shelves


def test_shipped_templates_and_examples_are_there() -> None:
    """The shipped templates and the example are found from wherever the package lies."""
    assert (places.shipped() / "words" / "ro.yaml").is_file()
    assert (places.examples() / "timisoara" / "project.yaml").is_file()


def test_inside_an_installed_package_the_folders_lie_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package holds the folder itself, as in a wheel, that one counts."""
    (tmp_path / "templates").mkdir()
    monkeypatch.setattr(places, "_PACKAGE", tmp_path)
    assert places.shipped() == tmp_path / "templates"
    assert places.examples() == tmp_path.parent / "examples"


def test_the_users_file_shadows_the_shipped_one(tmp_path: Path) -> None:
    """The first shelf that has a file gives it; the shipped one gives what no other has."""
    first, second = tmp_path / "first", tmp_path / "second"
    for shelf in (first, second):
        (shelf / "methods").mkdir(parents=True)
        (shelf / "methods" / "jam.yaml").write_text("x", "utf-8")
    shelves = Shelves((first, second))
    assert shelves.find("methods", "jam.yaml") == first / "methods" / "jam.yaml"
    assert shelves.find("methods", "world-cafe.yaml") == places.shipped() / "methods" / "world-cafe.yaml"
    assert shelves.find("methods", "none.yaml") is None
    shipped = {path.stem for path in (places.shipped() / "methods").iterdir()}
    assert shelves.names("methods", ".yaml") == tuple(sorted({"jam"} | shipped))


def test_shelves_that_are_not_there_are_passed_over(tmp_path: Path) -> None:
    """A project without own templates uses the shipped ones."""
    assert Shelves((tmp_path / "none",)).folders("words") == (places.shipped() / "words",)


def test_only_files_of_the_ending_are_names(tmp_path: Path) -> None:
    """Folders and files of another ending are no templates."""
    (tmp_path / "methods" / "folder.yaml").mkdir(parents=True)
    (tmp_path / "methods" / "notes.txt").write_text("x", "utf-8")
    names = Shelves((tmp_path,)).names("methods", ".yaml")
    assert "world-cafe" in names
    assert not {"folder", "notes"} & set(names)
