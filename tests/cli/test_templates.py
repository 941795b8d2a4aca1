"""`templates` and templates of one's own: listed, copied out, counted first, extended, sandboxed; errors name template and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import REPOSITORY, Run

RELEASE = "documents/press-release.md.j2"


def own(folder: Path, name: str, text: str) -> Path:
    """Write a template of the project's own."""
    path = folder / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def release(folder: Path, run: Run) -> str:
    """Build the English release and read it."""
    done = run("build-release", "tm-lll4-r1", "--language", "en", "--format", "md", cwd=folder)
    assert done.code == 0, done.said
    return (folder / "out/tm-lll4-r1/press-release.en.md").read_text("utf-8")


def test_the_list_names_every_shipped_file(tmp_path: Path, run: Run) -> None:
    """Outside of a project, everything that can be made one's own is listed as shipped."""
    listed = dict(line.split() for line in run("templates", cwd=tmp_path).out.splitlines())
    files = [path.relative_to(REPOSITORY / "templates") for path in (REPOSITORY / "templates").rglob("*") if path.is_file()]
    shipped = {
        path.as_posix() for path in files if path.parts[0] not in ("labs", "schemas", "room-screen")
    }  # what runs in a browser is always ours
    assert set(listed) == shipped
    assert set(listed.values()) == {"shipped"}


def test_a_copy_is_yours_and_changes_nothing_until_you_do(example: Path, run: Run) -> None:
    """A template is copied byte for byte, is listed as yours, and gives the same document."""
    before = release(example, run)
    done = run("templates", RELEASE, cwd=example)
    assert done.out == f"templates/{RELEASE}\n"
    assert (example / "templates" / RELEASE).read_bytes() == (REPOSITORY / "templates" / RELEASE).read_bytes()
    assert f"{RELEASE:<48} yours" in run("templates", cwd=example).out
    assert release(example, run) == before


def test_a_copy_is_never_written_over(example: Path, run: Run) -> None:
    """Copying a template that the project has already is refused."""
    own(example, RELEASE, "# mine\n")
    done = run("templates", RELEASE, cwd=example)
    assert done.code == 1
    assert (example / "templates" / RELEASE).read_text("utf-8") == "# mine\n"


def test_an_unknown_template_gets_the_nearest_name(example: Path, run: Run) -> None:
    """A misspelt template is answered with the nearest one."""
    done = run("templates", "documents/pres-release.md.j2", cwd=example)
    assert done.code == 1
    assert f"did you mean {RELEASE}?" in done.err


def test_one_language_may_differ(example: Path, run: Run) -> None:
    """`press-release.en.md.j2` serves English only."""
    own(
        example, "documents/press-release.en.md.j2", '{% extends "press-release.md.j2" %}{% block measures %}Wear a mask.\n\n{% endblock %}'
    )
    assert "Wear a mask." in release(example, run)
    run("build-release", "tm-lll4-r1", "--language", "ro", "--format", "md", cwd=example)
    assert "Wear a mask." not in (example / "out/tm-lll4-r1/press-release.ro.md").read_text("utf-8")


def test_words_of_your_own_are_merged_key_by_key(example: Path, run: Run) -> None:
    """A pack with one key changes one word and leaves the others."""
    own(example, "words/en.yaml", 'press-release: {title: "News for the press"}\n')
    text = release(example, run)
    assert "\n\nMunicipality of Timișoara\n\n# News for the press" in text
    assert "About ECoC-SME" in text


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("# A\n\n{{ event.titel }}\n", 3, "titel"),
        ("# A\n{% if event %}\nB\n", 3, "endif"),
        ("# A\n{{ event.__class__ }}\n", 2, "not allowed"),
        ("{% extends 'shipped/press-release.md.j2' %}\n{% block measures %}{{ nothing }}{% endblock %}\n", 2, "nothing"),
    ],
)
def test_errors_name_the_template_and_its_line(example: Path, run: Run, template: str, line: int, words: str) -> None:
    """A misspelt field, an open tag and a forbidden attribute are said with file, line and word; nothing is written."""
    own(example, RELEASE, template)
    done = run("build-release", "tm-lll4-r1", cwd=example)
    assert done.code == 1
    assert f"{RELEASE}:{line}: " in done.err or f"press-release.md.j2:{line}: " in done.err
    assert words in done.err
    assert not (example / "out").exists()


def test_one_template_may_be_given_for_one_document(example: Path, run: Run) -> None:
    """`--template FILE` serves this document only."""
    file = example / "short.md.j2"
    file.write_text("# {{ event.title }}\n", "utf-8")
    done = run("build-agenda", "tm-lll4-r1", "--language", "en", "--format", "md", "--template", file, cwd=example)
    assert done.code == 0, done.said
    assert (example / "out/tm-lll4-r1/agenda.en.md").read_text("utf-8") == "# Local Learning Lab\n"


def test_a_template_that_is_not_there_is_named(example: Path, run: Run) -> None:
    """`--template` and `--templates` name what does not exist, with exit code 1."""
    for flag in ("--template", "--templates"):
        done = run("build-agenda", "tm-lll4-r1", flag, "none/here.md.j2", cwd=example)
        assert done.code == 1
        assert "here.md.j2" in done.err
        assert "Traceback" not in done.err
