"""The room screen as a file: what is in it, what it may do, and that nobody's words can make it do more."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from conftest import REPOSITORY, Run
from support.browsing import Screen, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EVENT = "tm-lll4-r1"
PLACE = Path("events") / EVENT
OUT = f"out/{EVENT}/room-screen.html"
ELEVEN = datetime(2020, 10, 20, 11, tzinfo=ZoneInfo("Europe/Bucharest"))
HOSTILE = (
    "</script><script>window.PWNED = 1</script>",
    "<!--<script>",
    "<img src=x onerror='window.PWNED=1'>",
    "\u2028window.PWNED = 1//\u2029",
    "{nothing} {policy} ${PWNED} {{ 7*7 }}",
    '" onclick="window.PWNED=1" lang="',
    "'; window.PWNED = 1; '",
    "]]> &lt;b&gt; &amp; \\u003c \\",
    "Ș" * 300,
)


def built(run: Run, root: Path, **surroundings: str) -> Path:
    """Build the screen of the example's event."""
    done = run("build-kit", EVENT, "--only", "room-screen", cwd=root, **surroundings)
    assert (done.code, done.out) == (0, f"{OUT}\n"), done.said
    return root / OUT


def plan(path: Path) -> Any:
    """What the scripts of a page are told."""
    found = re.search(r'<script type="application/json" id="plan">(.*?)</script>', path.read_text("utf-8"), re.DOTALL)
    assert found
    return json.loads(found[1])


def change(root: Path, old: str, new: str, name: str = "event.yaml") -> None:
    """Replace a text of a file of the event."""
    path = root / PLACE / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def by_method(root: Path) -> None:
    """Leave the agenda to the method."""
    path = root / PLACE / "event.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("# 165 minutes")] + text[text.index("questions:\n") :], "utf-8")


def seat(root: Path, *rounds: dict[int, str], hosts: str = "") -> None:
    """Write who sits where: the people of each table in each round."""
    lines = ["round,table,participant,role"]
    for number, tables in enumerate(rounds, 1):
        for table, people in tables.items():
            lines += [f"r{number},t{table},{one},{'host' if one in hosts else 'guest'}" for one in people.split()]
    (root / PLACE / "seating.csv").write_text("\n".join(lines) + "\n", "utf-8")


def show(browser: Browser, path: Path, minutes: float, *keys: str) -> Screen:
    """Open a page so many minutes into its event and press keys."""
    return opened(browser, path, ELEVEN + timedelta(minutes=minutes)).press(*keys)


def test_one_file_speaks_all_languages_and_is_always_the_same(example: Path, run: Run) -> None:
    """The same event gives the same bytes, in any time zone, and they are one file for all languages of the event."""
    first = built(run, example).read_bytes()
    assert built(run, example, TZ="Asia/Tokyo", PYTHONHASHSEED="7").read_bytes() == first
    page = first.decode()
    assert [words["tag"] for words in plan(example / OUT)["words"]] == ["ro-RO", "en-GB"]
    assert '<html lang="ro-RO">' in page
    assert "Proiectul PGI06047 ECoC-SME este cofinanțat de Uniunea Europeană" in page
    assert "The project PGI06047 ECoC-SME is co-financed by the European Union" in page
    assert re.search(r'<img src="data:image/png;base64,[^"]{100,}" alt="Uniunea Europeană \| Fondul European', page)


def test_an_event_of_one_language_says_nothing_twice(example: Path, run: Run) -> None:
    """Only Romanian is on the page of a Romanian event."""
    change(example, "languages: [ro, en]", "languages: [ro]")
    path = built(run, example)
    assert [words["tag"] for words in plan(path)["words"]] == ["ro-RO"]
    assert 'lang="en' not in path.read_text("utf-8")
    assert "Next part" not in path.read_text("utf-8")


def test_the_page_asks_for_nothing_and_the_policy_would_not_let_it(example: Path, run: Run, browser: Browser) -> None:
    """From a folder, without a network: no request but the page, no fault in a whole round, no other script, style, picture or call."""
    path = built(run, example)
    screen = show(browser, path, 0, "Space", "ArrowRight", "?", "d", "s", "Escape", "+").wait(30)
    assert (screen.asked, screen.faults) == ([path.as_uri()], [])
    screen.page.evaluate("""() => {
      const script = document.createElement('script');
      script.textContent = 'window.PWNED = 1';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<p id="styled" style="color: red" onclick="window.PWNED = 1">x</p><img src="https://example.org/a.png">');
      document.getElementById('styled').click();
      return fetch('https://example.org/').catch(() => 0);
    }""")
    assert screen.page.evaluate("[typeof window.PWNED, getComputedStyle(styled).color]") == ["undefined", "rgb(255, 255, 255)"]  # not red
    assert [url for url in screen.asked if "example.org" in url and not screen.faults] == []
    assert len([fault for fault in screen.faults if "Content Security Policy" in fault]) >= 4


def test_the_policy_names_the_hash_of_each_part_and_nothing_else(example: Path, run: Run) -> None:
    """Nothing by default; the style and the two scripts by their hashes; pictures inside the page."""
    page = built(run, example).read_text("utf-8")
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0])
    parts = [re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL) for name in ("style", "script")]
    style, scripts = (
        [f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'" for part in found] for found in parts
    )
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src {style[0]}",
        f"script-src {' '.join(scripts)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert (len(style), len(scripts)) == (1, 2)
    assert not re.search(r"\son\w+=|\sstyle=|javascript:|https?://|\beval\(|innerHTML|insertAdjacentHTML|document\.write", page)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_words_stay_words(example: Path, run: Run, browser: Browser, text: str) -> None:
    """Whatever people write into titles, questions, the project or the programme is shown as written and does nothing."""
    quoted = json.dumps(text, ensure_ascii=False)
    path = example / PLACE / "event.yaml"
    event = path.read_text("utf-8")
    event = re.sub(r"(?m)^title: .*$", lambda _: f"title: {quoted}", event)
    event = re.sub(r"    title: \{ro: \"Bun venit.*", lambda _: f"    title: {quoted}", event)
    event = re.sub(r"    ro: \"De ce au nevoie.*", lambda _: f"    ro: {quoted}", event)
    path.write_text(event, "utf-8")
    project = example / "project.yaml"
    project.write_text(re.sub(r"(?m)^acronym: .*$", lambda _: f"acronym: {quoted}", project.read_text("utf-8")), "utf-8")
    screen = show(browser, built(run, example), 0, "Space")
    shown = " ".join(text.split())
    assert screen.text("block") == shown
    assert " ".join(screen.page.inner_text("header .event").split()) == shown
    screen.press("1")
    assert shown in screen.text("asked")
    assert shown in " ".join(screen.page.inner_text(".statement").split())
    assert screen.page.evaluate("typeof window.PWNED") == "undefined"
    assert screen.page.evaluate("document.querySelectorAll('script').length") == 3
    assert screen.faults == []


def test_signs_that_turn_a_line_around_are_not_shown(example: Path, run: Run) -> None:
    """No direction sign of a title reaches the page, and cedillas become commas."""
    change(example, 'ro: "Bun venit; proiectul pe scurt"', 'ro: "Bun\u202e ven\u015fit"')
    page = built(run, example).read_text("utf-8")
    assert "\u202e" not in page
    assert "Bun venșit" in page


def test_a_round_shows_the_questions_that_its_title_names(example: Path, run: Run, browser: Browser) -> None:
    """`Runda 2: întrebările 3 și 4` asks the third and the fourth; a key shows one alone, or all, and takes it back."""
    path = built(run, example)
    assert [block["questions"] for block in plan(path)["blocks"]] == [[]] * 4 + [[1, 2], [], [3, 4], [], [5, 6]] + [[]] * 4
    screen = show(browser, path, 65, "Space", *["ArrowRight"] * 6)
    numbers = "[...document.querySelectorAll('.question .number')].map((one) => one.textContent)"
    assert screen.page.evaluate(numbers) == ["3", "4"]
    assert "Ce parteneri și ce moduri de lucru" in screen.text("asked")
    assert "What partners and ways of working" in screen.text("asked")
    for key, shown in (("5", ["5"]), ("0", ["1", "2", "3", "4", "5", "6"]), ("0", ["3", "4"]), ("9", ["3", "4"])):
        screen.press(key)
        assert screen.page.evaluate(numbers) == shown


@pytest.mark.parametrize(
    ("title", "questions", "number"),
    [
        ("Runda 2: întrebarea 3", [3], 2),
        ("Întrebările 1, 2 și 5", [1, 2, 5], 0),
        ("Întrebările 2–4 la mese", [2, 3, 4], 0),
        ("Runda 1", [1, 2, 3, 4, 5, 6], 1),
        ("Întrebările 7 și 8", [], 0),
        ("Întrebări și răspunsuri", [], 0),
        ("Runda a doua", [], 0),
    ],
)
def test_what_a_title_tells(example: Path, run: Run, title: str, questions: list[int], number: int) -> None:
    """Numbers after the words for a question or a round count; other words and numbers that are none are left alone."""
    change(example, 'title: {ro: "Bun venit; proiectul pe scurt", en: "Welcome; the project in brief"}', f'title: "{title}"')
    block = plan(built(run, example))["blocks"][0]
    assert (block["questions"], block["round"]) == (questions, number)


def test_tables_with_questions_of_their_own_are_named(example: Path, run: Run, browser: Browser) -> None:
    """Each question says at which tables it is asked."""
    change(example, "tables: 6\n", "tables: [{id: t1, questions: [q1]}, {id: t2, questions: [q2]}, {id: t3, questions: [q1, q2]}]\n")
    screen = show(browser, built(run, example), 40, "Space", *["ArrowRight"] * 4)
    assert screen.text("asked").startswith("1 Masa / Table 1, 3 De ce au nevoie")


def test_a_method_gives_rounds_their_rule_and_their_last_minutes(example: Path, run: Run, browser: Browser) -> None:
    """World café without an agenda: three rounds ask everything, and the last minutes of a round are for going to the next table."""
    by_method(example)
    path = built(run, example)
    blocks = [block for block in plan(path)["blocks"] if block["round"]]
    assert [(block["round"], block["move"], block["seats"]) for block in blocks] == [(1, 3, 2), (2, 3, 3), (3, 0, 0)]
    assert all(block["questions"] == [1, 2, 3, 4, 5, 6] for block in blocks)
    screen = show(browser, path, 0, "Space", "ArrowRight", "ArrowRight", "ArrowRight")
    assert screen.text("phase") == "Acum / Now"
    assert screen.text("move").startswith("Spre runda 2 / On to round 2 Gazdele rămân la mesele lor;")
    screen.wait(blocks[0]["minutes"] - 2.5)
    assert screen.text("phase") == "Schimbăm locurile / Time to change places"
    assert screen.text("asked").startswith("Spre runda 2 On to round 2 Gazdele rămân la mesele lor;")
    assert screen.text("move") == ""


def test_a_method_without_rounds_asks_in_its_own_steps(example: Path, run: Run) -> None:
    """A decision jam has no rounds: the questions stand in all of its steps, and nobody changes places."""
    by_method(example)
    change(example, "method: world-cafe", "method: decision-jam")
    change(example, "end: 13:45", "end: 12:20")
    change(example, "rounds: 3\n", "")
    blocks = plan(built(run, example))["blocks"]
    assert {tuple(block["questions"]) for block in blocks} == {(1, 2, 3, 4, 5, 6)}
    assert {(block["round"], block["seats"]) for block in blocks} == {(0, 0)}


def test_where_each_person_goes(example: Path, run: Run, browser: Browser) -> None:
    """With a seating plan each table of the next round names its people by number; hosts stay, and no name is in the page."""
    seat(example, {1: "p01 p03 p05", 2: "p02 p04 p06"}, {1: "p01 p04 p05", 2: "p02 p03 p06"}, hosts="p01 p02")
    (example / PLACE / "names.csv").write_text("id,name,organisation,email\np03,Ana Popescu,Casa,ana@example.org\n", "utf-8")
    path = built(run, example)
    screen = show(browser, path, 40, "Space", *["ArrowRight"] * 3)
    assert (
        screen.text("asked")
        == "Unde stăm în prima rundă Where you sit in the first round Masa / Table 1 p01 p03 p05 Masa / Table 2 p02 p04 p06"
    )
    screen.press("ArrowRight")
    said = "Gazdele rămân la mesele lor. / The hosts stay at their tables. Masa / Table 1 p04 p05 Masa / Table 2 p03 p06"
    assert screen.text("move") == f"Spre runda 2 / On to round 2 {said}"
    screen.press("m")
    assert screen.text("asked").startswith("Spre runda 2 On to round 2 Gazdele rămân la mesele lor. The hosts stay at their tables. Masa")
    screen.press("m", "ArrowRight")
    assert screen.text("asked").startswith("Spre runda 2")
    assert b"Popescu" not in path.read_bytes()
    assert b"ana@" not in path.read_bytes()
    assert "names.csv" not in (example / "out/manifest.json").read_text("utf-8")


def test_whole_tables_that_move_together_are_said_so(example: Path, run: Run, browser: Browser) -> None:
    """Where the people of each table stay together, one arrow per table is enough."""
    seat(example, {1: "p01 p02", 2: "p03 p04", 3: "p05 p06"}, {1: "p05 p06", 2: "p01 p02", 3: "p03 p04"})
    screen = show(browser, built(run, example), 60, "Space", *["ArrowRight"] * 5)
    assert screen.text("asked") == "Spre runda 2 On to round 2 Masa / Table 1 → 2 Masa / Table 2 → 3 Masa / Table 3 → 1"


def test_many_people_are_sent_on_when_it_is_time(example: Path, run: Run, browser: Browser) -> None:
    """Of a hundred people it is not said beside the questions where they go, but when they go; a key shows it before."""
    people = [f"p{number:02d}" for number in range(1, 97)]
    seat(
        example,
        *(
            {table: " ".join(people[(table + turn) % 6 :: 6]) for table in range(1, 7)} | {7: "p97", 8: f"p9{8 + turn}"}
            for turn in range(2)
        ),
    )
    screen = show(browser, built(run, example), 40, "Space", *["ArrowRight"] * 4)
    assert screen.text("move").endswith("Tables are shown here in large letters when it is time to go.")
    screen.press("m")
    assert all(one in screen.text("asked") for one in people)
    spills = "[...document.querySelectorAll('#now, #coming')].map((one) => one.scrollHeight > one.clientHeight + 1)"
    assert screen.page.evaluate(spills) == [False, False]


def test_a_style_of_the_project_counts(example: Path, run: Run, browser: Browser) -> None:
    """A copied style is taken and makes the page due again; scripts and page are always our own."""
    built(run, example)
    assert run("templates", "styles/room-screen.css", cwd=example).code == 0
    own = example / "templates/styles/room-screen.css"
    own.write_bytes(own.read_bytes().replace(b"--ground: #ffffff", b"--ground: #ffffee").replace(b"\n", b"\r\n"))
    (example / "templates/room-screen").mkdir()
    (example / "templates/room-screen/screen.js").write_text("window.PWNED = 1;", "utf-8")
    assert f"{OUT}: templates/styles/room-screen.css is new" in run("build", "--dry-run", cwd=example).out
    path = built(run, example)
    assert b"PWNED" not in path.read_bytes()
    assert show(browser, path, 0).page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 238)"


@pytest.mark.parametrize("text", ["</STYLE><script>", "<!-- x -->"])
def test_a_style_that_is_more_than_a_style_is_refused(example: Path, run: Run, text: str) -> None:
    """What would end the style is named with its line, and nothing is written."""
    (example / "templates/styles").mkdir(parents=True)
    (example / "templates/styles/room-screen.css").write_text(f"p {{}}\n/* {text} */\n", "utf-8")
    done = run("build-kit", EVENT, "--only", "room-screen", cwd=example)
    assert done.code == 1
    assert done.err == f"styles/room-screen.css:2: holds {re.match('</STYLE|<!--', text)[0]}; leave it out: this is a style, and no HTML\n"  # type: ignore[index]
    assert not (example / "out").exists()


def test_it_is_built_again_when_the_seats_change(example: Path, run: Run) -> None:
    """`build` makes it again once it has been ordered, with the reason; what a person changed in it is kept."""
    assert OUT not in run("build", "--dry-run", cwd=example).out
    path = built(run, example)
    assert OUT not in run("build", "--dry-run", cwd=example).out
    seat(example, {1: "p01", 2: "p02"}, {1: "p02", 2: "p01"})
    assert f"{OUT}: {PLACE.as_posix()}/seating.csv is new" in run("build", "--dry-run", cwd=example).out
    path.write_text(path.read_text("utf-8").replace("Atelier", "Al nostru"), "utf-8")
    done = run("build-kit", EVENT, "--only", "room-screen", cwd=example)
    assert (done.code, done.out) == (0, f"{OUT.replace('.html', '.new.html')}\n")
    assert f"{OUT}: warning: was changed by hand and is kept" in done.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("mode: in-person", "mode: questionnaire", "room-screen: a questionnaire is answered in writing, without a room; "),
        ("method: world-cafe\n", "", "room-screen: `agenda` is missing; write the blocks of the day into the event file, or a `method`"),
    ],
)
def test_what_an_event_needs_for_it(example: Path, run: Run, old: str, new: str, said: str) -> None:
    """Without a room or a timetable there is no screen: one line with the cure."""
    by_method(example)
    change(example, old, new)
    done = run("build-kit", EVENT, "--only", "room-screen", cwd=example)
    assert done.code == 1
    assert f"{PLACE.as_posix()}/event.yaml: {said}" in done.err


def test_every_word_of_the_screen_is_said() -> None:
    """No word of the pack is left over, and no script or page asks for one that is not there."""
    room = REPOSITORY / "templates/room-screen"
    page, scripts = (room / "page.html").read_text("utf-8"), (room / "screen.js").read_text("utf-8")
    words = yaml.load((REPOSITORY / "templates/words/en.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)["room-screen"]
    code = (REPOSITORY / "ecocsme/documents/room_plan.py").read_text("utf-8") + (REPOSITORY / "ecocsme/documents/room_screen.py").read_text(
        "utf-8"
    )
    said = {word for word in words if f"{{{word}}}" in page or re.search(rf'"{word}"|\b{word}: "', scripts) or f'{word}"' in code}
    assert set(words) - said == set()
    asked = set(re.findall(r'(?:words|counted)\("(\w+)"', scripts))
    assert asked - set(words) == set()
