"""Templates in the sandbox: they print fields, and can do nothing else; every refusal names the template and the line."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from ecocsme.errors import InvalidFile
from ecocsme.files.models import from_text
from ecocsme.files.places import Shelves
from ecocsme.files.sandbox import Sandbox, Shelf, render, sandbox
from ecocsme.files.values import Clock
from ecocsme.plan.model import Plan
from support.written import LANGUAGES, PLAN

ROOM = "documents"


def environment(folder: Path, **given: Path) -> Sandbox:
    """A sandbox over the templates of a folder."""
    return sandbox(Shelf(Shelves((folder,)), ROOM, given), lambda value: value, {"shout": lambda text: str(text).upper()})


def rendered(folder: Path, template: str, **values: Any) -> str:
    """Render a template that stands in a folder as the user's own."""
    path = folder / ROOM / "plan.md.j2"
    path.parent.mkdir(exist_ok=True)
    path.write_text(template, "utf-8")
    plan = from_text(PLAN, "plans/tm.yaml", Plan, LANGUAGES).value
    return render(environment(folder), ROOM, ["plan.md.j2"], {"plan": plan, "things": [1, 2], **values})


def refused(folder: Path, template: str, **values: Any) -> str:
    """The refusal of a template."""
    with pytest.raises(InvalidFile) as error:
        rendered(folder, template, **values)
    assert len(error.value.problems) == 1
    assert error.value.problems[0].code == "template"
    return str(error.value)


def test_a_template_prints_fields_and_calls_what_it_is_given(tmp_path: Path) -> None:
    """Fields of models, properties, loops and the functions handed in are what a template may use."""
    assert rendered(tmp_path, "{% for a in plan.actions %}{{ a.id }} {{ shout(a.status) }}\n{% endfor %}") == "A1 STARTED\n"


UNSAFE = (
    "{{ plan.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ plan.model_dump() }}",
    "{{ plan.model_construct }}",
    "{{ plan.parse_file('/etc/passwd') }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ shout.__globals__ }}",
    "{{ shout.__code__ }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(plan) }}",
    "{{ '{0.__class__}'.format_map({'0': plan}) }}",
    "{{ '%s' % plan }}",
    "{{ '%s'|format(plan) }}",
    "{{ plan|attr('__class__') }}",
    "{{ ([plan]|map(attribute='__class__')|list)[0] }}",
    "{{ plan.actions.__len__() }}",
    "{% set x = plan.actions[0].evidence.__class__ %}{{ x }}",
    "{{ dict(a=1) }}",
    "{{ plan['__class__'] }}",
)


@pytest.mark.parametrize("template", UNSAFE)
def test_nothing_but_fields_can_be_reached(tmp_path: Path, template: str) -> None:
    """Classes, globals, formatting and the methods of models are closed, and the refusal names template and line."""
    assert refused(tmp_path, f"# Plan\n\n{template}\n").startswith("documents/plan.md.j2:3: ")


def test_of_a_row_of_values_only_its_fields_and_properties_can_be_reached(tmp_path: Path) -> None:
    """What is handed in as rows of values shows its fields and properties, and nothing else."""
    assert rendered(tmp_path, "{{ time.minutes }} {{ time.hour }}", time=Clock(90)) == "90 1"
    for hidden in ("__slots__", "__str__", "__init__"):
        assert "this is not allowed in a template" in refused(tmp_path, f"{{{{ time.{hidden} }}}}", time=Clock(90))


CHANGES = ("{{ things.append(3) }}", "{{ things.clear() }}", "{{ things.sort() }}", "{% do things %}", "{% set plan.title = 1 %}")
SUMS = ("{{ 300 * 400 }}", "{{ 7 % 4 }}", "{{ '-' * 40 }}", "{{ 3 * [1] }}", "{% for i in range(500) %}x{% endfor %}")


@pytest.mark.parametrize("template", CHANGES)
def test_nothing_can_be_changed(tmp_path: Path, template: str) -> None:
    """A template cannot change what it is handed."""
    things = [2, 1]
    assert refused(tmp_path, template, things=things).startswith("documents/plan.md.j2:1: ")
    assert things == [2, 1]


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'A' * 10**9 }}",
        "{{ 'A' * 1000000000 }}",
        "{{ 1000000000 * [1] }}",
        "{{ 9**(9**9) }}",
        "{% if 9**9**9 %}{% endif %}",
        "{% for i in range(1000000000) %}x{% endfor %}",
        "{% for i in range(90000) %}{{ 'A' * 1000 }}{% endfor %}",
        "{{ 'A'|center(1000000000) }}",
        "{{ 'A'.ljust(1000000000) }}",
        "{{ 'A'.zfill(1000000000) }}",
        "{% include 'plan.md.j2' %}",
        "{% import 'plan.md.j2' as plan %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% set ns = namespace(x=9) %}{% for i in range(60) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
    ],
)
def test_bombs_are_refused_at_once(tmp_path: Path, template: str) -> None:
    """Products, powers, paddings, ranges and templates inside themselves are refused before they cost anything."""
    began = time.process_time()
    assert refused(tmp_path, template).startswith("documents/plan.md.j2")
    assert time.process_time() - began < 2


@pytest.mark.parametrize("template", SUMS)
def test_what_a_document_needs_is_let_through(tmp_path: Path, template: str) -> None:
    """Sums, rules and short loops work as in any template."""
    assert rendered(tmp_path, template)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\x", "shipped/../../x", "documents/../x", "n" * 300])
def test_only_templates_can_be_included(tmp_path: Path, name: str) -> None:
    """An include finds templates of its own room only, never a path."""
    assert "documents/plan.md.j2:1: there is no template" in refused(tmp_path, '{% include "' + name.replace("\\", "\\\\") + '" %}')


def test_a_link_that_leads_out_of_the_shelf_is_not_followed(tmp_path: Path) -> None:
    """A template that is a link to a file elsewhere is as if it were not there."""
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    shelf = tmp_path / "shelf"
    (shelf / ROOM).mkdir(parents=True)
    (shelf / ROOM / "leak.md.j2").symlink_to(tmp_path / "secret.txt")
    assert "there is no template leak.md.j2" in refused(shelf, '{% include "leak.md.j2" %}')


def test_a_users_template_may_extend_the_shipped_one(tmp_path: Path) -> None:
    """`shipped/NAME` is always the shipped template, so that one of the same name can change a block of it."""
    shelf = Shelf(Shelves((tmp_path,)), ROOM, {})
    source, path, _ = shelf.get_source(environment(tmp_path), "shipped/agenda.md.j2")
    assert "{% block" in source
    assert not Path(path).is_relative_to(tmp_path)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("a\nb\n\n{% for x in %}\n", "documents/plan.md.j2:4: this tag cannot be read: "),
        ("a\n{{ plan.title", "documents/plan.md.j2:2: this tag cannot be read: "),
        ("a\n{% endif %}", "documents/plan.md.j2:2: this tag cannot be read: "),
        ("{{ plan.titel }}", "documents/plan.md.j2:1: 'Plan' has no attribute 'titel'; check the name"),
        ("\n\n{{ titel }}", "documents/plan.md.j2:3: 'titel' is undefined; check the name"),
        ("\n{{ 1 / 0 }}", "documents/plan.md.j2:2: this cannot be printed: division by zero; "),
        ("{{ 1 + 'a' }}", "documents/plan.md.j2:1: this cannot be printed: "),
        ("{% include 'none.md.j2' %}", "documents/plan.md.j2:1: there is no template none.md.j2; "),
    ],
)
def test_every_fault_names_template_and_line(tmp_path: Path, template: str, said: str) -> None:
    """A broken tag, a misspelt name and a sum that fails are said with the template, the line and the cure."""
    assert refused(tmp_path, template).startswith(said)


def test_a_fault_in_an_included_template_names_that_one(tmp_path: Path) -> None:
    """The line is that of the template in which the fault stands."""
    (tmp_path / ROOM).mkdir()
    (tmp_path / ROOM / "part.md.j2").write_text("\n\n{{ none_such }}\n", "utf-8")
    assert refused(tmp_path, '\n{% include "part.md.j2" %}').startswith("documents/part.md.j2:3: ")


def test_a_template_given_by_name_is_named_literally(tmp_path: Path) -> None:
    """A template whose name looks like code is named as it is, and nothing of the name is evaluated."""
    path = tmp_path / "{x.__class__}.md.j2"
    path.write_text("{{ oops", "utf-8")
    with pytest.raises(InvalidFile) as error:
        render(environment(tmp_path, **{path.name: path}), ROOM, [path.name], {"x": "x"})
    assert str(error.value).startswith("documents/{x.__class__}.md.j2:1: ")


def test_windows_files_are_templates_too(tmp_path: Path) -> None:
    """A mark of Notepad and Windows line ends leave no trace in what is printed."""
    (tmp_path / ROOM).mkdir()
    (tmp_path / ROOM / "plan.md.j2").write_bytes(b"\xef\xbb\xbf# {{ plan.id }}\r\n\r\nx\r\n")
    plan = from_text(PLAN, "plans/tm.yaml", Plan, LANGUAGES).value
    assert render(environment(tmp_path), ROOM, ["plan.md.j2"], {"plan": plan}) == "# tm\n\nx\n"


def test_a_template_in_an_old_encoding_is_refused(tmp_path: Path) -> None:
    """A template that is not UTF-8 is refused with its line and the way to save it."""
    (tmp_path / ROOM).mkdir()
    (tmp_path / ROOM / "plan.md.j2").write_bytes("# Acțiuni\nș".encode("iso8859_16"))
    with pytest.raises(InvalidFile, match=r"documents/plan.md.j2:1: is not saved as UTF-8; save the file as UTF-8"):
        render(environment(tmp_path), ROOM, ["plan.md.j2"], {})


def test_text_of_a_person_is_never_a_template(tmp_path: Path) -> None:
    """Template signs inside a value are printed, not evaluated."""
    assert rendered(tmp_path, "{{ words|safe }}", words="{{ 7*7 }}{% for x in y %}{# c #}") == "{{ 7*7 }}{% for x in y %}{# c #}"
