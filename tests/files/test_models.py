"""Models of YAML files: every fault has our words, its own line and its cure, and all of them come at once."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from ecocsme.errors import InvalidFile, Problem
from ecocsme.event.model import Event
from ecocsme.files import models, yaml_text
from ecocsme.files.models import Written, from_text, leaves, read, twins
from ecocsme.files.yaml_text import quoted
from ecocsme.language.texts import Texts
from ecocsme.plan.model import Plan
from ecocsme.project.model import Project
from ecocsme.themes.model import Codebook
from support.refusals import refusal
from support.written import EVENT, FULL, LANGUAGES, PLAN, PROJECT, THEMES

ODD: tuple[Any, ...] = (
    *(None, "", " ", "\u200b", "soon", "-1", "x" * 30_000),
    *([], [None], ["x"], [{}], {}, {"x": "y"}, {"ro": None}, {"ro": ["x"]}),
)
TREES = st.recursive(
    st.none() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def said(text: str, model: type[Written] = Event) -> list[str]:
    """The lines in which a text is refused, without the file's name."""
    return [str(problem).removeprefix("f.yaml:") for problem in refusal(from_text, text, "f.yaml", model, LANGUAGES)]


def all_models() -> list[type[Written]]:
    """Every model there is, also those inside others."""
    found, waiting = [], list(Written.__subclasses__())
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        if model.__module__.startswith("ecocsme."):
            found.append(model)
    return found


@pytest.mark.parametrize("model", FULL, ids=lambda model: model.__name__)
def test_every_key_can_be_written(model: type[Written]) -> None:
    """A file that uses every key there is is read without a problem."""
    assert from_text(FULL[model], "f.yaml", model, LANGUAGES).value


def test_the_full_files_use_every_key() -> None:
    """The files above leave out no key of any model, so that the tests below walk over all of them."""
    seen: set[tuple[str, str]] = set()

    def look(value: object) -> None:
        if isinstance(value, BaseModel):
            for name in type(value).model_fields:
                if getattr(value, name) not in (None, ()):
                    seen.add((type(value).__name__, name))
                look(getattr(value, name))
        elif isinstance(value, tuple):
            for item in value:
                look(item)

    for model, text in FULL.items():
        look(from_text(text, "f.yaml", model, LANGUAGES).value)
    ours = [model for model in all_models() if model.__module__.split(".")[1] in ("event", "notes", "plan", "project", "themes")]
    assert {(model.__name__, name) for model in ours for name in model.model_fields} == seen


def test_five_faults_give_five_lines() -> None:
    """Five faults of one file are five lines, each with its own line number, field, message and cure, in the order of the file."""
    text = (
        "id: Lab 1\n"
        'title:\n  ro: "Atelier"\n  eng: "Lab"\n'
        "date: 2020-02-30\n"
        "start: 25:61\n"
        "agenda:\n"
        '- {start: 11:00, minutes: soon, title: "Deschidere"}\n'
        'venu: "Sala"\n'
    )
    assert said(text) == [
        "1: id: found Lab 1; use small letters, digits and hyphens only, at most 60, beginning with a letter or digit",
        "4: title.eng: eng is no language; did you mean en?",
        "5: date: found 2020-02-30, a day that does not exist; write a date such as 2020-10-20",
        "6: start: found 25:61; write a time between 0:00 and 24:00, e.g. 11:00",
        f"8: agenda[1].minutes: found soon; {DIGITS}, or a range such as 15-25",
        "9: venu: the key venu is unknown here; did you mean venue?",
    ]


BEGUN = 'id: lab-1\ntitle: "Lab"\ndate: 2020-10-20\n'
KEYS = "write `key: value` pairs, one per line"
LIST = "begin each entry with a hyphen, or write [a, b]"
DIGITS = "write a whole number in digits, e.g. 45"
ONE = "write one text in double quotes"
LEFT_OUT = "write a text, or leave the key out"
EITHER = 'write a text, or a text per language such as {ro: "...", en: "..."}'
SPACE = "write a space after the colon"
HOW_MANY = "write how many tables there are, at most 200, or a list of tables"
STRANGE = "known: en, ro; put a text with a comma or a colon in double quotes"

FAULTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ven\u200bue: x\n", ("4: ven<U+200B>ue: the key ven<U+200B>ue is unknown here (it holds U+200B); did you mean venue?",)),
    ("venue\u00a0: x\n", ("4: venue\u00a0: the key venue\u00a0 is unknown here (it holds U+00A0); did you mean venue?",)),
    ("v\u0435nue: x\n", ("4: v\u0435nue: the key v\u0435nue is unknown here (it holds U+0435); did you mean venue?",)),
    ("timez: x\n", ("4: timez: the key timez is unknown here; did you mean timezone?",)),
    ("mode: onlin\n", ("4: mode: found onlin; did you mean online?",)),
    ("mode: zoom\n", ("4: mode: found zoom; write one of in-person, online, hybrid, questionnaire",)),
    ("mode: [online]\n", ("4: mode: found a list; write one of in-person, online, hybrid, questionnaire",)),
    ("venue:\n  address: x\n", ("4: venue.name: is missing; add this key",)),
    ("venue:\n  name:\n", ("5: venue.name: has no value; write one",)),
    ("press:\n  headline: x\n", ("4: press.date: is missing; add this key",)),
    ("languages: []\n", ("4: languages: is an empty list; write at least one entry, or leave the key out",)),
    ("languages: ['']\n", (f"4: languages[1]: is empty; {LEFT_OUT}",)),
    ("aims: x\n", (f"4: aims: found x where a list is expected; {LIST}",)),
    ("aims: {ro: x}\n", (f"4: aims: found keys where a list is expected; {LIST}",)),
    ("aims:\n- x\n-\n", (f"6: aims[2]: has no value; {ONE}",)),
    ("participants: 24\n", (f"4: participants: found 24 where keys are expected; {KEYS}",)),
    ("participants:\n- 24\n", (f"4: participants: found a list where keys are expected; {KEYS}",)),
    ("participants: {sectors: [x]}\n", (f"4: participants.sectors: found a list where keys are expected; {KEYS}",)),
    ("participants:\n  sectors:\n    it: many\n", (f"6: participants.sectors.it: found many; {DIGITS}",)),
    ("tables: 0\n", (f"4: tables: found 0; {HOW_MANY}",)),
    ("tables: 201\n", (f"4: tables: found 201; {HOW_MANY}",)),
    ("tables: [{id: T1}]\n", ("4: tables[1].id: found T1; number the tables t1, t2, t3 ...",)),
    ("questions:\n- {id: 1, ro: x}\n", ("5: questions[1].id: found 1; number the questions q1, q2, q3 ...",)),
    ("questions:\n- id: q1\n  ro: x\n  ne: y\n", ("7: questions[1].ne: the key ne is unknown here; did you mean en?",)),
    ("questions:\n- id: q1\n  ro: x\n  en: ''\n", (f"7: questions[1].en: is empty; {LEFT_OUT}",)),
    ("questions:\n- id: q1\n", ("5: questions[1].text: is missing; add this key",)),
    (
        "agenda:\n- {start:11:00, title: x}\n",
        ("5: agenda[1].start:11:00: the key start:11:00 is unknown here; write a space after the colon",),
    ),
    (
        "facilitator: {name: Ana Pop, director}\n",
        ("4: facilitator.director: the key director is unknown here; put a text that contains a comma in double quotes",),
    ),
    ("topic: {ro: Bun venit, tuturor, en: x}\n", (f"4: topic.tuturor: tuturor is no language; {STRANGE}",)),
    (
        "topic:\n  ro: [x]\n  en: {a: b}\n",
        (f"5: topic.ro: found a list where one value is expected; {ONE}", f"6: topic.en: found keys where one value is expected; {ONE}"),
    ),
    ('topic: {"": x}\n', (f"4: topic: is empty; {EITHER}",)),
    ("topic: {}\n", (f"4: topic: is empty; {EITHER}",)),
    ("measures: '\u200b'\n", (f"4: measures: is empty; {LEFT_OUT}",)),
    ("lab: 10_000\nrounds: 1.0\n", (f"4: lab: found 10_000; {DIGITS}", f"5: rounds: found 1.0; {DIGITS}")),
)


@pytest.mark.parametrize(("more", "lines"), FAULTS)
def test_each_fault_has_its_line_and_its_cure(more: str, lines: tuple[str, ...]) -> None:
    """Each fault of an event file is said with its line, its field, what was found and what to write instead."""
    assert said(BEGUN + more) == list(lines)


def test_a_text_of_a_megabyte_is_counted_and_not_printed() -> None:
    """A huge value is refused by its length; the message does not hold it."""
    (line,) = said(f'id: lab-1\ntitle: "{"x" * 1_000_000}"\ndate: 2020-10-20\n')
    assert line == "2: title: has 1000000 characters; shorten it to at most 20000"


def test_ten_thousand_blocks_are_one_problem() -> None:
    """An agenda that no day could hold is refused as one problem, at once."""
    began = time.process_time()
    assert said(BEGUN + "agenda:\n" + "- {minutes: 1, title: x}\n" * 10_080) == ["4: agenda: has 10080 entries; keep at most 500"]
    assert time.process_time() - began < 5


def test_a_flood_of_faults_is_cut() -> None:
    """A file of 50,000 unknown keys is refused in time, with the first hundred and the number of the others."""
    began = time.process_time()
    lines = said(BEGUN + "".join(f"k{n}: x\n" for n in range(50_000)))
    assert time.process_time() - began < 5
    assert len(lines) == 101
    assert lines[-1] == " has 49900 problems more; mend these first"


def test_an_empty_value_counts_as_not_written() -> None:
    """A key that was left empty is as if it were not there, also a language."""
    event = from_text(
        BEGUN + "end:\nvenue:\nquestions:\n- {id: q1, ro: , en: x}\ntopic:\n  ro: y\n  en:\n", "f.yaml", Event, LANGUAGES
    ).value
    assert event.end is None
    assert event.venue is None
    assert dict(event.questions[0].text) == {"en": "x"}
    assert event.topic is not None
    assert event.topic.missing(("ro", "en")) == ("en",)


def test_a_whole_file_is_read_typed_as_a_person_means_it() -> None:
    """Times, dates, post codes, telephone numbers, money and the word NO come through as they were typed."""
    event = from_text(EVENT, "f.yaml", Event, LANGUAGES).value
    plan = from_text(PLAN, "f.yaml", Plan, LANGUAGES).value
    project = from_text(PROJECT, "f.yaml", Project, LANGUAGES).value
    assert (str(event.start), str(event.date), event.press and event.press.contact and event.press.contact.phone) == (
        "11:00",
        "2020-10-20",
        "+40256408300",
    )
    assert str(project.end) == "2022-07-31"
    action = plan.actions[0]
    assert action.owner is not None
    assert action.cost is not None
    assert (action.owner.said("ro")[0], action.cost.said("ro")[0]) == ("NO", "10_000")
    assert action.funding[1].amount == Texts({"": "5.000"})


def test_a_file_that_is_not_there_is_said_by_its_name(tmp_path: Path) -> None:
    """Reading a missing file refuses it by the name the user knows, not by a path of this machine."""
    assert [str(p) for p in refusal(read, tmp_path / "event.yaml", "events/a/event.yaml", Event, LANGUAGES)] == [
        "events/a/event.yaml: there is no such file; check the name and the folder"
    ]


def test_twins_name_both_lines() -> None:
    """Two entries of one ID are one problem at the second, naming both lines."""
    source = from_text("themes:\n- {id: a, name: x}\n- {id: b, name: x}\n- {id: a, name: y}\n", "themes.yaml", Codebook, LANGUAGES)
    assert list(twins(source, "themes", source.value.themes)) == [
        Problem("themes.yaml", "the ID a stands twice: on line 2 and on line 4", "give each its own ID", 4, "themes[3].id")
    ]


def test_leaves_give_every_value_with_its_written_place() -> None:
    """Walking a model gives each value with the place at which it was written, aliases included."""
    source = from_text(PLAN, "plans/tm.yaml", Plan, LANGUAGES)
    places = {yaml_text.written(place): place for place, _ in leaves(source.value)}
    assert "instrument.history[1].from" in places
    assert "status[1].is" in places
    assert source.parsed.line(places["actions[1].quotes[1].translation"]) == PLAN[: PLAN.index("translation")].count("\n") + 1


# --- every fault that pydantic can raise has words of ours ---

_RAISED: dict[str, frozenset[str]] = {
    "model": frozenset({"model_type"}),
    "model-fields": frozenset({"missing", "extra_forbidden"}),
    "tuple": frozenset({"tuple_type", "too_long", "too_short"}),
    "dict": frozenset({"dict_type"}),
    "literal": frozenset({"literal_error"}),
    "function-before": frozenset({"ours"}),
    "function-after": frozenset({"ours"}),
    "function-wrap": frozenset({"ours"}),
    "nullable": frozenset(),
    "default": frozenset(),
    "definitions": frozenset(),
    "definition-ref": frozenset(),
}
# their faults cannot arise: a function of ours stands before them and hands them the right type
_BEHIND_OURS = ("str", "int", "date", "decimal", "dataclass", "is-instance")


def schemas(schema: Any, around: str = "") -> Iterator[tuple[str, str]]:
    """Every kind of schema inside a schema of pydantic's, each with the kind of the one around it."""
    if isinstance(schema, dict):
        kind = str(schema.get("type", around))
        if "type" in schema:
            yield kind, around
        if kind in _BEHIND_OURS:
            return
        for key, inner in schema.items():
            if key not in ("metadata", "serialization", "default", "expected", "config", "type", "function", "cls"):
                yield from schemas(inner, kind)
    elif isinstance(schema, (list, tuple)):
        for inner in schema:
            yield from schemas(inner, around)


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model.__name__)
def test_every_kind_of_fault_a_model_can_raise_has_words(model: type[Written]) -> None:
    """Every schema inside a model raises only faults that have words of ours, or stands behind a function of ours."""
    for kind, around in schemas(model.__pydantic_core_schema__):
        if kind == "model-field":
            continue
        if kind in _BEHIND_OURS:
            assert around in ("function-before", "function-after", "dict", "definitions"), f"{kind} stands in {around}"
        else:
            assert _RAISED[kind] <= models._IN_OUR_WORDS.keys()


def places(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of everything in a tree, the tree itself aside."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, inner in items:
        yield (*place, key)
        yield from places(inner, (*place, key))


def replaced(data: Any, place: tuple[Any, ...], value: Any) -> Any:
    """A copy of a tree with another value at one place."""
    changed = copy.deepcopy(data)
    inside = changed
    for part in place[:-1]:
        inside = inside[part]
    inside[place[-1]] = value
    return changed


def as_yaml(data: Any) -> str:
    """A tree as YAML; JSON is YAML, but an empty value is nothing at all."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{quoted(key)}: {as_yaml(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join("{a: }" if item is None else as_yaml(item) for item in data) + "]"
    return "" if data is None else json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize("model", FULL, ids=lambda model: model.__name__)
def test_no_odd_value_anywhere_brings_up_words_of_pydantic(model: type[Written]) -> None:
    """Whatever stands at any place of a file is read, or refused in our words with a line and a cure."""
    data = yaml_text.parse(FULL[model], "f.yaml").data
    for place in places(data):
        for value in ODD:
            for problem in refusal(from_text, as_yaml(replaced(data, place, value)), "f.yaml", model, LANGUAGES):
                assert problem.cure
                assert "cannot be used here" not in problem.message, f"{place}: {problem}"
                assert "Input should" not in problem.message
                assert len(str(problem)) < 1000


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([*FULL]), st.data())
def test_no_tree_at_any_place_brings_up_another_exception(model: type[Written], data: st.DataObject) -> None:
    """Any tree at any place of any file is read or refused in our words."""
    tree = yaml_text.parse(FULL[model], "f.yaml").data
    place = data.draw(st.sampled_from(sorted(places(tree), key=str)))
    changed = as_yaml(replaced(tree, place, data.draw(TREES)))
    assert all("cannot be used here" not in problem.message for problem in refusal(from_text, changed, "f.yaml", model, LANGUAGES))


def test_the_fallback_is_there_and_can_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The two tests above can fail: a kind of fault without words is said by the fallback that they look for."""
    monkeypatch.delitem(models._IN_OUR_WORDS, "literal_error")  # type: ignore[arg-type]  # read-only by its type
    assert said(BEGUN + "mode: x\n") == ["4: mode: cannot be used here: x; see the guide for what this key may hold"]


def test_models_are_frozen() -> None:
    """What was read from a file cannot be changed afterwards."""
    event = from_text(EVENT, "f.yaml", Event, LANGUAGES).value
    with pytest.raises(ValueError, match="frozen"):
        event.id = "x"
    with pytest.raises(InvalidFile):
        from_text(THEMES + "x: y\n", "f.yaml", Codebook, LANGUAGES)
