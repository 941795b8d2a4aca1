"""`build`: what is out of date is built again as it was ordered, what is not is left alone, and nothing is rendered to find out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import EXAMPLE, REPOSITORY, Ended, Run

AGENDA, RELEASE, SHEET = ("out/tm-lll4-r1/" + name for name in ("agenda", "press-release", "answer-sheet.ro-en.xlsx"))
PLAN = "out/tm/action-plan.ro"
ALL = {f"{kind}.{lang}.{ending}" for kind in (AGENDA, RELEASE) for lang in ("ro", "en") for ending in ("md", "docx")}
PAPER = "out/tm-lll4-r1/answer-sheet-t"
ICS = f"{AGENDA}.ics"
ALL |= {ICS, SHEET, *(f"{PAPER}{table}.ro-en.docx" for table in range(1, 7)), f"{PLAN}.md", f"{PLAN}.docx"}
EVENT = "events/tm-lll4-r1/event.yaml"


def seen(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder with its time and bytes, and every folder with its time."""
    paths = [folder, *folder.rglob("*")]
    return {path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"") for path in paths}


def due(done: Ended) -> dict[str, str]:
    """The documents of a build, each with its reason."""
    assert done.code == 0, done.said
    return dict(line.split(": ", 1) for line in done.out.splitlines())


def changed(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built once."""
    folder = tmp_path_factory.mktemp("built") / "timisoara"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("out", ".ecocsme*"))
    surroundings = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    subprocess.run([sys.executable, "-m", "ecocsme", "build"], cwd=folder, check=True, capture_output=True, env=surroundings)
    return folder


@pytest.fixture
def built(once: Path, tmp_path: Path) -> Path:
    """A copy of the example with all of its documents."""
    shutil.copytree(once, tmp_path / "timisoara")
    return tmp_path / "timisoara"


def test_the_first_build_makes_all_that_the_files_speak_of(example: Path, run: Run) -> None:
    """Agenda, release, answer sheet and plan are built, each with the reason that it was not there."""
    assert due(run("build", cwd=example)) == dict.fromkeys(ALL, "not built yet")
    assert all((example / name).is_file() for name in ALL)


def test_from_unchanged_files_nothing_is_written(built: Path, run: Run) -> None:
    """A second build says that everything is up to date, and touches no file and no folder."""
    before = seen(built)
    done = run("build", cwd=built)
    assert (done.code, done.out, done.err) == (0, "", "everything is up to date\n")
    assert seen(built) == before


def test_what_is_up_to_date_is_known_without_a_library_for_documents(built: Path, run: Run, tmp_path: Path) -> None:
    """No library for templates, Word, workbooks or tables is loaded to find out that there is nothing to do."""
    witness = tmp_path / "witness"
    witness.mkdir()
    report = "import atexit, sys\natexit.register(lambda: open('loaded', 'w', encoding='utf-8').write(' '.join(sys.modules)))\n"
    (witness / "sitecustomize.py").write_text(report, "utf-8")
    assert run("build", cwd=built, PYTHONPATH=os.pathsep.join((str(witness), str(REPOSITORY)))).code == 0
    modules = set((built / "loaded").read_text("utf-8").split())
    assert "ecocsme.chain.outdated" in modules
    assert modules & {"docx", "openpyxl", "pandas", "jinja2", "lxml", "babel", "ecocsme.documents.building"} == set()


@pytest.mark.parametrize(
    ("file", "old", "new", "stale"),
    [
        ("plans/tm.yaml", "Parter deschis", "Parterul deschis", {PLAN}),
        ("practices.yaml", "Matera", "Matera (IT)", {AGENDA, RELEASE, PLAN}),
        ("themes.yaml", "Spații", "Spațiile", {PLAN}),
        ("events/tm-lll3-r1/event.yaml", "title:", "title: ", {RELEASE, AGENDA, PLAN}),
        (EVENT, "title:", "title: ", {AGENDA, RELEASE, PLAN, SHEET, PAPER}),
        ("project.yaml", "title:", "title: ", {AGENDA, RELEASE, PLAN, SHEET, PAPER}),
        ("README.md", "#", "# ", set()),
    ],
)
def test_a_change_makes_stale_what_rests_on_the_file(built: Path, run: Run, file: str, old: str, new: str, stale: set[str]) -> None:
    """Exactly the documents that are made from a file are built again, and the file is the reason."""
    changed(built / file, old, new)
    found = due(run("build", "--dry-run", cwd=built))
    assert found == {name: f"{file} changed" for name in ALL if name.startswith(tuple(stale))}


def test_a_new_notes_file_makes_the_plan_stale(built: Path, run: Run) -> None:
    """An input that was not there before is a reason, too; and so is one that is gone."""
    (built / "in").mkdir()
    (built / "in/alt.csv").write_text('Masa,Runda,q1\n6,3,"ateliere deschise"\n', "utf-8")
    assert run("import-notes", "tm-lll4-r1", "in/alt.csv", cwd=built).code == 0
    notes = "events/tm-lll4-r1/notes/alt.csv.csv"
    assert due(run("build", cwd=built)) == {f"{PLAN}.{ending}": f"{notes} is new" for ending in ("docx", "md")}
    (built / notes).unlink()
    assert due(run("build", cwd=built)) == {f"{PLAN}.{ending}": f"{notes} was removed" for ending in ("docx", "md")}


@pytest.mark.parametrize(
    ("template", "stale"),
    [
        ("documents/agenda.md.j2", {f"{AGENDA}.{lang}.{ending}" for lang in ("ro", "en") for ending in ("md", "docx")}),
        ("documents/agenda.ro.md.j2", {f"{AGENDA}.ro.md", f"{AGENDA}.ro.docx"}),
        ("documents/part.md.j2", ALL - {SHEET, ICS}),
        ("word/reference.docx", {name for name in ALL if name.endswith(".docx")}),
        ("methods/world-cafe.yaml", {name for name in ALL if name.startswith((AGENDA, RELEASE))}),
        ("methods/another.yaml", set()),
        ("words/ro.yaml", ALL),
        ("notes.txt", set()),
    ],
)
def test_a_template_of_ones_own_makes_stale_what_it_serves(built: Path, run: Run, template: str, stale: set[str]) -> None:
    """A template that appears in the project is an input of the documents that may use it, and of no other."""
    shipped = REPOSITORY / "templates" / template.replace(".ro.", ".").replace("another", "world-cafe").replace("part", "agenda")
    (built / "templates" / template).parent.mkdir(parents=True, exist_ok=True)
    (built / "templates" / template).write_bytes(shipped.read_bytes() if shipped.is_file() else b"x")
    found = due(run("build", "--dry-run", cwd=built))
    assert found == dict.fromkeys(stale, f"templates/{template} is new")


def test_a_document_that_was_deleted_or_built_by_another_version_is_built_again(built: Path, run: Run) -> None:
    """Both are reasons of their own, and only the documents concerned are written."""
    (built / f"{PLAN}.md").unlink()
    manifest = built / "out/manifest.json"
    kept = json.loads(manifest.read_bytes())
    kept["documents"][f"{AGENDA}.ro.md"]["version"] = "0.0.1"
    manifest.write_text(json.dumps(kept), "utf-8")
    assert due(run("build", cwd=built)) == {f"{PLAN}.md": "was deleted", f"{AGENDA}.ro.md": "built by another version"}
    assert run("build", cwd=built).out == ""


def test_what_was_ordered_otherwise_is_built_again_in_the_same_way(built: Path, run: Run, tmp_path: Path) -> None:
    """Both languages in one file, a template of one's own and a folder of templates are remembered with the document."""
    own = tmp_path / "own"
    (own / "documents").mkdir(parents=True)
    (own / "documents/press-release.md.j2").write_text('{% extends "shipped/press-release.md.j2" %}{% block measures %}MINE{% endblock %}')
    (tmp_path / "brief.md.j2").write_text("# {{ event.title }}\n\nBRIEF")
    assert run("build-release", "tm-lll4-r1", "--together", "--format", "md", "--templates", own, cwd=built).code == 0
    assert run("build-agenda", "tm-lll4-r1", "--language", "en", "--format", "md", "--template", "../brief.md.j2", cwd=built).code == 0
    assert run("build", cwd=built).out == ""
    changed(built / EVENT, "Timișoara aduce", "Timișoara ne aduce")
    found = due(run("build", cwd=built))
    assert found[f"{RELEASE}.ro-en.md"] == f"{EVENT} changed"
    together = (built / f"{RELEASE}.ro-en.md").read_text("utf-8")
    assert "Timișoara ne aduce" in together
    assert "MINE" in together
    assert (built / f"{AGENDA}.en.md").read_text("utf-8").endswith("BRIEF\n")
    (tmp_path / "brief.md.j2").write_text("# {{ event.title }}\n\nBRIEFER")
    assert list(due(run("build", cwd=built))) == [f"{AGENDA}.en.md"]


def test_a_document_whose_plan_or_press_is_gone_is_left_over_and_stays(built: Path, run: Run) -> None:
    """It is named with the reason, and never deleted."""
    (built / "plans/tm.yaml").unlink()
    event = built / EVENT
    event.write_text(re.sub(r"(?ms)^press:\n.*?(?=^\S|\Z)", "", event.read_text("utf-8")), "utf-8")
    done = run("build", cwd=built)
    assert set(due(done)) == {name for name in ALL if name.startswith((AGENDA, SHEET, PAPER))}
    assert f"{PLAN}.docx: left over: there is no plan tm any more; delete it if you do not need it" in done.err
    assert f"{RELEASE}.ro.md: left over: its event has no `press` any more" in done.err
    assert all((built / name).is_file() for name in ALL)


def test_one_faulty_file_and_nothing_is_written(built: Path, run: Run) -> None:
    """All that is wrong is named, with exit code 1, also where other documents could have been built."""
    changed(built / "plans/tm.yaml", "Spații goale la parter", "Spații pline la parter")
    changed(built / EVENT, "Timișoara aduce", "Timișoara ne aduce")
    before = seen(built / "out")
    done = run("build", cwd=built)
    assert (done.code, done.out) == (1, "")
    assert "is not a verbatim part of the note" in done.err
    assert seen(built / "out") == before


def test_a_template_that_fails_is_named_and_nothing_is_written(built: Path, run: Run) -> None:
    """What only rendering finds out stops the whole build as well."""
    (built / "templates/documents").mkdir(parents=True)
    (built / "templates/documents/agenda.md.j2").write_text("{{ nothing.here }}")
    changed(built / "plans/tm.yaml", "Parter deschis", "Parterul deschis")
    before = seen(built)
    done = run("build", cwd=built)
    assert (done.code, done.out) == (1, "")
    assert "documents/agenda.md.j2" in done.err
    assert seen(built) == before


@pytest.mark.parametrize(
    "text", ["", "[]", '{"documents": []}', '{"documents": {"out/tm/action-plan.ro.md": 1, "out/x.md": {"sha256": 1}}}']
)
def test_a_manifest_that_is_not_ours_loses_nothing(built: Path, run: Run, text: str) -> None:
    """Documents that are as they would be built are taken for ours again; any other is refused and stays."""
    (built / "out/manifest.json").write_text(text, "utf-8")
    assert set(due(run("build", cwd=built))) == ALL
    (built / "out/manifest.json").write_text(text, "utf-8")
    (built / f"{PLAN}.md").write_text("al meu", "utf-8")
    done = run("build", cwd=built)
    assert done.code == 1
    assert done.err == f"{PLAN}.md: was not built by ecocsme; rename it, or build with --force; nothing was written\n"
    assert (built / f"{PLAN}.md").read_text("utf-8") == "al meu"


def test_an_order_in_the_manifest_cannot_lead_out_of_the_folder(built: Path, run: Run) -> None:
    """A manifest that somebody has altered makes `build` write nothing outside of `out/`."""
    kept = json.loads((built / "out/manifest.json").read_bytes())
    entry = kept["documents"][f"{AGENDA}.ro.md"]
    entry["order"]["kind"] = "../../agenda"
    kept["documents"]["out/tm-lll4-r1/../../agenda.ro.md"] = entry
    (built / "out/manifest.json").write_text(json.dumps(kept), "utf-8")
    done = run("build", cwd=built)
    assert done.code == 1
    assert "Traceback" not in done.said
    assert not (built / "agenda.ro.md").exists()


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (("build",), f"{PLAN}.md: plans/tm.yaml changed"),
        (("build-agenda", "tm-lll4-r1", "--together"), f"{AGENDA}.ro-en.docx"),
        (("build-release", "tm-lll4-r1", "--together"), f"{RELEASE}.ro-en.md"),
        (("build-kit", "tm-lll4-r1"), SHEET),
        (("build-plan", "tm"), f"{PLAN}.docx"),
        (("decide", "leave-out", "tm-lll4-r1/q1/t3/r1/1"), "decisions.csv"),
        (("draft-plan", "first"), "plans/first.yaml"),
        (("new-lab", "lab-5", "--no-input", "--title", "L", "--date", "2021-02-01"), "events/lab-5/event.yaml"),
        (("templates", "words/ro.yaml"), "templates/words/ro.yaml"),
    ],
)
def test_a_dry_run_shows_the_paths_and_writes_nothing(built: Path, run: Run, command: tuple[str, ...], shown: str) -> None:
    """Every command that writes says with --dry-run what it would write, and leaves every file and every time as it was."""
    changed(built / "plans/tm.yaml", "Parter deschis", "Parterul deschis")
    before = seen(built)
    done = run(*command, "--dry-run", cwd=built)
    assert done.code == 0, done.said
    assert shown in done.out.splitlines()
    assert done.err.endswith("nothing was written (--dry-run)\n")
    assert seen(built) == before


@pytest.mark.parametrize("command", [("draft-plan", "tm"), ("templates", "words/ro.yaml"), ("decide", "leave-out", "x")])
def test_a_dry_run_refuses_what_the_command_would_refuse(built: Path, run: Run, command: tuple[str, ...]) -> None:
    """A plan or template that is there already, and a note that nobody wrote, are refused in a dry run as well."""
    (built / "templates/words").mkdir(parents=True)
    (built / "templates/words/ro.yaml").write_text("agenda: {title: Program}\n", "utf-8")
    done = run(*command, "--dry-run", cwd=built)
    assert (done.code, done.out) == (1, "")
    assert done.err == run(*command, cwd=built).err


def test_status_says_how_many_documents_are_out_of_date(built: Path, run: Run) -> None:
    """The documents that `build` would build are counted by event and plan, for people and for programs."""
    assert json.loads(run("status", "--format", "json", cwd=built).out)["result"]["to_build"] == {}
    assert "out of date" not in run("status", cwd=built).err
    changed(built / "plans/tm.yaml", "Parter deschis", "Parterul deschis")
    (built / f"{AGENDA}.ro.md").unlink()
    assert json.loads(run("status", "--format", "json", cwd=built).out)["result"]["to_build"] == {"tm-lll4-r1": 1, "tm": 2}
    said = run("status", cwd=built).err
    assert "tm-lll4-r1: 1 document is out of date or not built yet: ecocsme build\n" in said
    assert "tm: 2 documents are out of date or not built yet: ecocsme build\n" in said
