"""Templates of a user: one block changed, one language changed, or a whole file from a stranger that must not do harm."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ecocsme.documents import building, context, rendering
from ecocsme.documents.building import Order
from ecocsme.errors import InvalidFile
from ecocsme.project.folder import Folder
from support import small_project


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A small project."""
    return small_project.make(tmp_path)


def own(folder: Folder, text: str, name: str = "agenda.md.j2") -> Path:
    """A template in the project's own folder."""
    path = folder.root / "templates" / "documents" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def built(folder: Folder, language: str = "ro", template: Path | None = None) -> str:
    """The agenda in Markdown."""
    order = Order("agenda", (language,), ("md",), template=template)
    (data,) = building.rendered(folder, context.of_event(folder, small_project.EVENT), order).values()
    return data.decode()


def refusal(folder: Folder, text: str) -> str:
    """What is said about a template that fails."""
    own(folder, text)
    with pytest.raises(InvalidFile) as refused:
        built(folder)
    return str(refused.value)


def test_one_block_of_a_shipped_template_can_be_changed(folder: Folder) -> None:
    """A template that extends the shipped one changes a block, may keep what stood there, and inherits the rest."""
    own(folder, '{% extends "shipped/agenda.md.j2" %}\n{% block questions %}\n{{ super() }}\nScrieți-ne!\n{% endblock %}\n')
    text = built(folder)
    assert text.startswith("# Agendă\n")
    assert "2. Ce parteneri ne lipsesc?\n\nScrieți-ne!\n" in text


def test_a_language_can_have_a_template_of_its_own(folder: Folder) -> None:
    """The template named by the language serves that language only."""
    own(folder, "# Doar română: {{ event.title }}\n", "agenda.ro.md.j2")
    assert built(folder, "ro") == "# Doar română: Atelier\n"
    assert built(folder, "en").startswith("# Agenda\n")


def test_a_template_can_be_given_for_one_document(folder: Folder, tmp_path: Path) -> None:
    """A file given on the command line is used, whatever its name is, and its name is shown as it is."""
    odd = tmp_path / "{x.__class__}.md.j2"
    odd.write_text("# {{ event.title }}", "utf-8")
    assert built(folder, template=odd) == "# Atelier\n"
    odd.write_text("{% if %}", "utf-8")
    with pytest.raises(InvalidFile, match=r"^documents/\{x\.__class__\}\.md\.j2:1: "):
        built(folder, template=odd)


def test_windows_files_are_the_same_templates(folder: Folder) -> None:
    """A byte order mark and the line ends of Windows change nothing, and no mark reaches the document."""
    text = "# {{ event.title }}\n\n{% for q in event.questions %}\n- {{ q.text }}\n{% endfor %}\n"
    own(folder, text)
    usual = built(folder)
    own(folder, "\ufeff" + text.replace("\n", "\r\n"))
    assert built(folder) == usual
    assert "\ufeff" not in usual


def test_values_that_are_absent_print_nothing(folder: Folder) -> None:
    """What the event does not say is an empty place, never `None`."""
    own(folder, "a{{ event.topic }}b\n")
    assert built(folder) == "ab\n"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("# a\n{{ event.titel }}", "documents/agenda.md.j2:2: "),
        ("a\n\n{% for %}", "documents/agenda.md.j2:3: this tag cannot be read"),
        ("a\n\n{# never closed", "documents/agenda.md.j2:3: this tag cannot be read"),
        ("{{ event.__class__ }}", "documents/agenda.md.j2:1: this is not allowed in a template"),
        ("{{ cycler.__init__.__globals__.os.popen('touch PWNED') }}", "documents/agenda.md.j2:1: "),
        ("{{ event.questions.append('x') }}", "documents/agenda.md.j2:1: "),
        ("{% include 'agenda.md.j2' %}", "this template includes itself without end; remove the include"),
        ("{% include '../../../etc/passwd' %}", "there is no template"),
        ("{{ 'A' * 10**9 }}", "documents/agenda.md.j2:1: "),
        ("{{ 9**(9**9) }}", "documents/agenda.md.j2:1: "),
        ("{{ say('agenda.nothing') }}", "words/ro.yaml: agenda.nothing: is missing"),
        ("::: foo\na\n:::\n", "documents/agenda.md.j2: line 1 of its Markdown: the mark .foo is unknown"),
    ],
)
def test_a_template_that_fails_is_named_with_its_line(folder: Folder, template: str, expected: str) -> None:
    """Whatever a template does wrong is one line that names it; no path of this computer and no traceback is shown."""
    said = refusal(folder, template)
    assert expected in said
    assert str(folder.root) not in said
    assert "Traceback" not in said
    assert not (folder.root / "PWNED").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% set n = namespace(s='xxxxxxxxxx') %}{% for i in range(60) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
        "{% set n = namespace(s=[1]) %}{% for i in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}",
    ],
)
def test_a_template_that_never_ends_is_ended(folder: Folder, template: str) -> None:
    """Neither time nor memory nor the length of a document is without limit; the message says what to do."""
    begun = time.monotonic()
    said = refusal(folder, template)
    assert time.monotonic() - begun < 20
    assert "documents/agenda.md.j2" in said
    assert "never ends or fills the memory" in said or "grows beyond 10 MB" in said


def test_only_a_strangers_template_costs_a_process(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shipped templates are rendered here and now; the worker is started only where a folder or a file of a user takes part."""
    started: list[str] = []
    monkeypatch.setattr(rendering.subprocess, "run", lambda *_, **__: started.append("worker"))
    assert built(folder)
    assert started == []
    own(folder, "a\n")
    with pytest.raises(AttributeError):
        built(folder)
    assert started == ["worker"]


def test_a_worker_that_breaks_is_a_bug_and_not_a_fault_of_the_template(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure of our own in the worker is not blamed on the template: it keeps its traceback."""
    own(folder, "a\n")
    monkeypatch.setattr(rendering, "_WORKER", "raise ValueError('ours')")
    with pytest.raises(RuntimeError, match="ours"):
        built(folder)
