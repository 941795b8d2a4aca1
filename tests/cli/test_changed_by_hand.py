"""A document that a person has changed, or has open, is never lost: the new build goes beside it, or nothing is written."""

from __future__ import annotations

import html
import os
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from conftest import REPOSITORY, Ended, Run
from ecocsme.cli import opening
from ecocsme.documents import changes
from ecocsme.errors import EcocsmeError
from support.terminal import typed

WORD, TEXT = "out/tm/action-plan.ro.docx", "out/tm/action-plan.ro.md"
NEW_WORD, NEW_TEXT = "out/tm/action-plan.ro.new.docx", "out/tm/action-plan.ro.new.md"
OLD, MINE, LATER = "Parter deschis", "Parter DE-AL MEU", "Parterul deschis"


def edited(path: Path, old: str, new: str) -> None:
    """Change a text in a document as a person would; of a Word file, in the XML of its body."""
    data = path.read_bytes()
    if path.suffix != ".docx":
        assert old in data.decode()
        path.write_bytes(data.decode().replace(old, new).encode())
        return
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = before.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                assert html.escape(old, quote=False) in part
                part = part.replace(html.escape(old, quote=False), html.escape(new, quote=False))
            after.writestr(name, part.encode("utf-8", "surrogateescape"))
    path.write_bytes(made.getvalue())


def said(done: Ended) -> list[str]:
    """What a build that was done says of documents changed by hand."""
    assert done.code == 0, done.said
    return [line for line in done.err.splitlines() if "by hand" in line]


@pytest.fixture
def folder(example: Path, run: Run) -> Path:
    """The example with its plan built."""
    assert run("build-plan", "tm", cwd=example).code == 0
    return example


def words(path: Path) -> str:
    """The text of a document."""
    return "\n".join(changes.paragraphs(path.read_bytes(), path.suffix[1:]))


@pytest.mark.parametrize(("document", "new"), [(WORD, NEW_WORD), (TEXT, NEW_TEXT)])
def test_the_new_build_is_put_beside_a_document_changed_by_hand(folder: Path, run: Run, document: str, new: str) -> None:
    """The person's bytes stay, the new build has its own name, and the exit code is 0."""
    edited(folder / document, OLD, MINE)
    theirs = (folder / document).read_bytes()
    edited(folder / "plans/tm.yaml", "IT&C și organizațiile", "IT&C, dar și organizațiile")
    done = run("build-plan", "tm", cwd=folder)
    assert done.code == 0, done.said
    assert (folder / document).read_bytes() == theirs
    assert "dar și organizațiile" in words(folder / new)
    assert f"{document}: warning: was changed by hand and is kept; the new build is {new}" in done.err
    assert new in done.out.splitlines()


@pytest.mark.parametrize("document", [WORD, TEXT])
def test_each_paragraph_that_a_person_changed_is_named_with_its_field(folder: Path, run: Run, document: str) -> None:
    """What only the files have changed is not listed; what the person changed is, with file, line, field and both texts."""
    title = "plans/tm.yaml:{}: actions[2].title.ro: warning: changed by hand: "
    edited(folder / document, OLD, MINE)
    edited(folder / "plans/tm.yaml", "IT&C și organizațiile", "IT&C, dar și organizațiile")
    lines = (folder / "plans/tm.yaml").read_text("utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, 1) if OLD in line)
    _, *named = said(run("build-plan", "tm", cwd=folder))
    assert named
    assert all(line.startswith(title.format(number)) for line in named)
    assert all(MINE in line and OLD in line for line in named)
    assert all(line.endswith("if it is to stay, change it here") for line in named)


def test_a_change_in_a_note_and_in_the_words_is_traced_to_its_source(folder: Path, run: Run) -> None:
    """A note leads to its line in the notes file, a heading to the words of the language."""
    edited(folder / TEXT, "Anexă", "Adaos")
    edited(folder / TEXT, "Sunt destule în Cetate", "Sunt destule in cetate")
    named = "\n".join(said(run("build-plan", "tm", cwd=folder))[1:])
    assert re.search(r"^words/ro\.yaml: action-plan\.\w+: warning: changed by hand: “[^”]*Adaos", named, re.MULTILINE)
    assert re.search(r"^events/tm-lll4-r1/notes/[^:]+\.csv:\d+: tm-lll4-r1/q\d/t\d/r\d/\d+: warning: changed by hand", named, re.MULTILINE)


def test_what_a_person_added_or_removed_is_named_as_well(folder: Path, run: Run) -> None:
    """A paragraph of the person's own and one that the person took out are both said."""
    text = (folder / TEXT).read_text("utf-8")
    summary = next(part for part in text.split("\n\n") if "The plan contains three actions" in part)
    (folder / TEXT).write_text(text.replace(summary, "Mulțumim tuturor gazdelor de la mese."), "utf-8")
    named = said(run("build-plan", "tm", cwd=folder))[1:]
    assert [line for line in named if line.startswith(f"{TEXT}: warning: added by hand: “Mulțumim tuturor")]
    assert [line for line in named if re.match(r"plans/tm\.yaml:\d+: summary\.en: warning: removed by hand: ", line)]


def test_a_correction_that_has_moved_to_its_source_is_no_longer_named(folder: Path, run: Run) -> None:
    """When the file says what the person wrote into the document, nothing is left to be moved."""
    edited(folder / TEXT, OLD, MINE)
    edited(folder / "plans/tm.yaml", OLD, MINE)
    done = run("build-plan", "tm", "--format", "md", cwd=folder)
    assert said(done) == []
    assert done.out.splitlines() == [TEXT]
    assert not (folder / NEW_TEXT).exists()


def test_a_build_that_is_beside_is_not_made_again_and_again(folder: Path, run: Run) -> None:
    """After the new build was put beside, nothing is out of date; the next one replaces it, for it is ours."""
    edited(folder / WORD, OLD, MINE)
    run("build", cwd=folder)
    edited(folder / "plans/tm.yaml", OLD, LATER)
    assert len(said(run("build", cwd=folder))) > 1
    assert run("build", cwd=folder).out == ""
    edited(folder / "plans/tm.yaml", LATER, "Parter liber")
    assert len(said(run("build", cwd=folder))) > 1
    assert "Parter liber" in words(folder / NEW_WORD)
    assert MINE in words(folder / WORD)


def test_a_build_taken_over_from_beside_is_ours_again(folder: Path, run: Run) -> None:
    """A person who copies the new build over the old one has an unchanged document: the next build replaces it."""
    edited(folder / WORD, OLD, MINE)
    edited(folder / "plans/tm.yaml", OLD, LATER)
    run("build-plan", "tm", cwd=folder)
    (folder / NEW_WORD).replace(folder / WORD)
    edited(folder / "plans/tm.yaml", LATER, "Parter liber")
    done = run("build-plan", "tm", cwd=folder)
    assert said(done) == []
    assert "Parter liber" in words(folder / WORD)
    assert not (folder / NEW_WORD).exists()


def test_a_build_beside_that_was_changed_is_a_persons_too(folder: Path, run: Run) -> None:
    """It is refused to be replaced, in one line, and both stay; nothing else is written."""
    edited(folder / WORD, OLD, MINE)
    run("build-plan", "tm", cwd=folder)
    edited(folder / NEW_WORD, OLD, "Și aici")
    edited(folder / "plans/tm.yaml", OLD, LATER)
    before = {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
    done = run("build-plan", "tm", cwd=folder)
    assert (done.code, done.err) == (1, f"{NEW_WORD}: was changed by hand, too; rename it; nothing was written\n")
    assert {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()} == before


def test_force_replaces_the_document_and_leaves_what_lies_beside(folder: Path, run: Run) -> None:
    """With --force the document is the new build; what a person made of the one beside stays."""
    edited(folder / WORD, OLD, MINE)
    run("build-plan", "tm", cwd=folder)
    edited(folder / NEW_WORD, OLD, "Și aici")
    kept = (folder / NEW_WORD).read_bytes()
    done = run("build-plan", "tm", "--force", cwd=folder)
    assert said(done) == []
    assert MINE not in words(folder / WORD)
    assert (folder / NEW_WORD).read_bytes() == kept


def test_a_workbook_that_was_filled_in_is_kept(folder: Path, run: Run) -> None:
    """Whoever types answers into the blank workbook finds them there after the next build."""
    sheet = "out/tm-lll4-r1/answer-sheet.ro-en.xlsx"
    assert run("build-kit", "tm-lll4-r1", cwd=folder).code == 0
    filled = (folder / sheet).read_bytes() + b"\0"
    (folder / sheet).write_bytes(filled)
    assert said(run("build-kit", "tm-lll4-r1", cwd=folder))[0].startswith(f"{sheet}: warning: was changed by hand and is kept")
    assert (folder / sheet).read_bytes() == filled


@pytest.mark.parametrize("bad", [b"", b"PK\x03\x04", "DOCTYPE"])
def test_a_document_that_cannot_be_read_any_more_is_kept_all_the_same(folder: Path, run: Run, bad: bytes | str) -> None:
    """A broken Word file, or one with a document type inside, is kept like any other, without a traceback."""
    if isinstance(bad, str):
        with zipfile.ZipFile(folder / WORD, "w") as archive:
            archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    else:
        (folder / WORD).write_bytes(bad)
    theirs = (folder / WORD).read_bytes()
    first = said(run("build-plan", "tm", cwd=folder))[0]
    assert first == f"{WORD}: warning: was changed by hand and is kept; the new build is {NEW_WORD}"
    assert (folder / WORD).read_bytes() == theirs


@pytest.mark.parametrize(("owner", "program"), [("~$tion-plan.ro.docx", "Word"), (".~lock.action-plan.ro.docx#", "LibreOffice")])
def test_a_document_that_is_open_is_named_and_nothing_is_written(folder: Path, run: Run, owner: str, program: str) -> None:
    """The owner file of Word or LibreOffice beside it stops the build before anything is changed."""
    (folder / "out/tm" / owner).write_bytes(b"\x05Maria")
    edited(folder / "plans/tm.yaml", OLD, LATER)
    before = {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
    done = run("build", cwd=folder)
    assert (done.code, done.out) == (1, "")
    cure = "close it and build again; if no program has it open any more, delete that mark"
    assert done.err == f"{WORD}: is open in {program} (its mark is {owner}); {cure}; nothing was changed\n"
    assert {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()} == before
    (folder / "out/tm" / owner).unlink()
    assert run("build", cwd=folder).code == 0


def test_a_document_that_is_open_but_would_not_change_is_in_nobodys_way(folder: Path, run: Run) -> None:
    """Only what would be replaced must be closed."""
    (folder / "out/tm/~$tion-plan.ro.docx").write_bytes(b"\x05Maria")
    assert run("build-plan", "tm", cwd=folder).code == 0


def test_what_windows_holds_open_is_named_and_all_is_moved_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system refuses to replace an open file, all that was replaced before it is as it was."""
    edited(folder / "plans/tm.yaml", OLD, LATER)
    before = {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
    replace = os.replace

    def held(source: str | Path, target: str | Path) -> None:
        if Path(target) == folder / WORD and Path(source).name.isdecimal():
            error = PermissionError(13, "Access is denied", str(source), 32, str(target))
            error.winerror = 32  # as Windows has it
            raise error
        replace(source, target)

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(EcocsmeError) as refused:
        _build(folder)
    assert str(refused.value) == f"{WORD}: is open in Word; close it and build again; nothing was changed"
    assert {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()} == before


def _build(root: Path) -> None:
    """Build what is out of date, in this process."""
    from ecocsme.chain.outdated import outdated
    from ecocsme.chain.rebuilding import rebuild
    from ecocsme.project.folder import find

    folder = find(root)
    rebuild(folder, [one.document for one in outdated(folder).due])


def test_open_shows_the_word_file_and_not_its_twin(tmp_path: Path) -> None:
    """Of a document in Word and in Markdown the one in Word is opened; one that is there in Markdown only is opened, too."""
    opened: list[str] = []
    opening.open_built(tmp_path, ["a.md", "a.docx", "b.md", "c.xlsx"], terminal=True, opener=lambda path: opened.append(path.name))
    assert opened == ["a.docx", "b.md", "c.xlsx"]


def test_open_does_nothing_where_nobody_sits_at_a_terminal(folder: Path, run: Run) -> None:
    """In a script the documents are built, and one line says that none was opened."""
    done = run("build-plan", "tm", "--open", cwd=folder)
    assert done.code == 0
    assert done.err.endswith("nothing was opened: this is no terminal\n")


def test_open_hands_what_was_built_to_the_systems_program(folder: Path, tmp_path: Path) -> None:
    """In a terminal the program of the system is started with the path; where there is none, one line says so."""
    programs = tmp_path / "bin"
    programs.mkdir()
    opener = programs / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{tmp_path}/part" && mv "{tmp_path}/part" "{tmp_path}/opened"\n')
    opener.chmod(0o755)
    environment = {"PYTHONPATH": str(REPOSITORY), "PATH": f"{programs}:/usr/bin:/bin"}
    code, screen = typed(["build-plan", "tm", "--open"], [], cwd=folder, environment=environment)
    assert code == 0, screen
    assert _waited(tmp_path / "opened") == str(folder / WORD)
    opener.unlink()
    code, screen = typed(["build-plan", "tm", "--open"], [], cwd=folder, environment={**environment, "PATH": str(programs)})
    assert code == 0, screen
    assert "nothing was opened: this system has no program that opens files" in screen


def _waited(path: Path) -> str:
    """What a program that nobody waits for has written."""
    import time

    end = time.monotonic() + 10
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.02)
    return path.read_text("utf-8")
