"""The seating plan on paper: tables, ways and quality in each language, a picture of who meets whom, and rooms for Zoom."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import docx
import pytest
from defusedxml.ElementTree import parse

from conftest import Run
from ecocsme.event.breakout_rooms import rooms
from ecocsme.project.folder import Folder

EVENT = "tm-lll4-r1"
PLACE = Path("events") / EVENT
OUT = Path("out") / EVENT
SVG = "{http://www.w3.org/2000/svg}"


def stepping(root: Path, people: int = 9, tables: int = 3, rounds: int = 3) -> None:
    """Seat people so that each moves on by a step of their own."""
    lines = ["round,table,participant,role\n"]
    for number in range(rounds):
        for person in range(people):
            row, column = divmod(person, tables)
            lines.append(f"r{number + 1},t{(column + number * (row + 1)) % tables + 1},p{person + 1:02d},guest\n")
    (root / PLACE / "seating.csv").write_text("".join(lines), "utf-8")


def names(root: Path, *more: str) -> None:
    """The private key of nine people."""
    lines = ["id,name,organisation,email\n", *(f"p{number:02d},N{number},,n{number}@example.org\n" for number in range(1, 10)), *more]
    (root / PLACE / "names.csv").write_text("".join(lines), "utf-8")


def test_each_language_has_tables_ways_and_quality(example: Path, run: Run) -> None:
    """Lists per round with hosts, the way of each person, and in words what the plan reaches, in Romanian and in English."""
    assert run("plan-seating", EVENT, "--hosts", "p01,p02,p03,p04,p05,p06", cwd=example).code == 0
    done = run("build-kit", EVENT, "--only", "seating-plan", cwd=example)
    assert done.code == 0, done.said
    endings = ("ro.md", "ro.docx", "en.md", "en.docx", "svg")
    assert done.out.split() == [f"{OUT.as_posix()}/seating-plan.{ending}" for ending in endings]
    romanian, english = ((example / OUT / f"seating-plan.{lang}.md").read_text("utf-8") for lang in ("ro", "en"))
    with (example / PLACE / "seating.csv").open(encoding="utf-8", newline="") as stream:
        first = [row["participant"] for row in csv.DictReader(stream) if (row["round"], row["table"]) == ("r1", "t1")]
    assert f"| 1 | {first[0]} (gazdă), {', '.join(first[1:])} |" in romanian
    assert f"| 1 | {first[0]} (host), {', '.join(first[1:])} |" in english
    assert "| p01 | 1 | 1 | 1 |" in english
    assert "- Nimeni nu întâlnește pe nimeni de două ori." in romanian
    assert "- Everybody meets 9 of 23 others." in english
    tables = docx.Document(str(example / OUT / "seating-plan.ro.docx")).tables
    assert [len(table.rows) for table in tables] == [7, 7, 7, 25]


def test_the_plan_is_built_again_when_the_seats_change(example: Path, run: Run) -> None:
    """`build` makes it where seats are planned, knows seating.csv as its input, and calls it left over when that is gone."""
    assert "seating-plan" not in run("build", "--dry-run", cwd=example).out
    stepping(example)
    assert run("build-kit", EVENT, "--only", "seating-plan", cwd=example).code == 0
    assert "seating-plan" not in run("build", "--dry-run", cwd=example).out
    stepping(example, 12)
    due = run("build", "--dry-run", cwd=example).out
    assert due.count(f": {PLACE.as_posix()}/seating.csv changed") == 5
    (example / PLACE / "seating.csv").unlink()
    assert "left over: seating.csv is missing" in run("build", "--dry-run", cwd=example).err


def test_without_seats_the_cure_is_said(example: Path, run: Run) -> None:
    """Nobody has planned yet: one line, and nothing is written."""
    done = run("build-kit", EVENT, "--only", "seating-plan", cwd=example)
    cure = f"seating.csv is missing; plan who sits where: ecocsme plan-seating {EVENT}"
    assert (done.code, done.err) == (1, f"{PLACE.as_posix()}/event.yaml: seating-plan: {cure}\n")
    assert not (example / "out").exists()


def test_codes_for_badges_where_everybody_steps(example: Path, run: Run) -> None:
    """Where each person moves by a step of their own, the code for the badge stands in the document; else there is no such column."""
    stepping(example)
    assert run("build-kit", EVENT, "--only", "seating-plan", cwd=example).code == 0
    text = (example / OUT / "seating-plan.en.md").read_text("utf-8")
    assert "| p01 | 1 | 2 | 3 | 1+1 |" in text
    assert "| p04 | 1 | 3 | 2 | 1+2 |" in text
    assert "| p09 | 3 | 3 | 3 | 3+0 |" in text
    seats = (example / PLACE / "seating.csv").read_text("utf-8")
    (example / PLACE / "seating.csv").write_text(seats.replace("r3,t3,p01", "r3,t1,p01").replace("r3,t1,p03", "r3,t3,p03"), "utf-8")
    assert run("build-kit", EVENT, "--only", "seating-plan", cwd=example).code == 0
    assert "Badge" not in (example / OUT / "seating-plan.en.md").read_text("utf-8")


def test_badges_are_told_by_the_command(example: Path, run: Run) -> None:
    """Talk and JSON hold the codes of a plan that is modular, and none of one that is not."""
    said = ("plan-seating", EVENT, "--people", "12", "--tables", "12", "--rounds", "2", "--format", "json", "--dry-run")
    found = json.loads(run(*said, cwd=example).out)["result"]
    assert set(found["badges"]) == set(found["met"])
    for person, code in found["badges"].items():
        start, step = map(int, code.split("+"))
        places = [next(table for table, group in enumerate(seats) if person in group) for seats in found["rounds"]]
        assert places == [start - 1, (start - 1 + step) % 12]
    assert "codes for badges" in run(*said[:-3], "--dry-run", cwd=example).err
    assert (
        json.loads(run("plan-seating", EVENT, "--hosts", "p01,p02,p03,p04,p05,p06", "--format", "json", cwd=example).out)["result"][
            "badges"
        ]
        == {}
    )


def test_the_picture_shows_every_pair(example: Path, run: Run) -> None:
    """A square for each two people, as dark as they meet often; nothing in it is fetched or runs."""
    stepping(example)
    assert run("build-kit", EVENT, "--only", "seating-plan", cwd=example).code == 0
    root = parse(example / OUT / "seating-plan.svg").getroot()
    squares = {title.text: rect.get("fill") for rect in root.iter(f"{SVG}rect") if (title := rect.find(f"{SVG}title")) is not None}
    assert len(squares) == 81
    times = {(name[:3], name[6:9]): name.rsplit(" ", 1)[1] for name in squares}
    assert (times["p01", "p06"], times["p06", "p01"], times["p07", "p08"], times["p01", "p02"]) == ("1", "1", "0", "0")
    assert {(number, squares[f"{one} – {other}: {number}"]) for (one, other), number in times.items() if one != other} == {
        ("0", "#f2f2f2"),
        ("1", "#9ecae1"),
    }
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {"svg", "title", "rect", "g", "text"}
    assert not [value for element in root.iter() for value in element.attrib.values() if "//" in value]


def test_a_name_is_in_no_document(example: Path, run: Run) -> None:
    """names.csv is no input of what is printed."""
    stepping(example)
    names(example)
    assert run("build-kit", EVENT, "--only", "seating-plan", cwd=example).code == 0
    assert not [path for path in (example / "out").rglob("*.*") if b"example.org" in path.read_bytes() and b"N1" in path.read_bytes()]
    assert "names.csv" not in (example / "out/manifest.json").read_text("utf-8")


def test_zoom_gets_a_list_for_each_round(example: Path, run: Run) -> None:
    """One file per round with Zoom's header, rooms named as tables, private; who has no address is named by number."""
    names(example, "p10,Z,,\n", '"p11",F,,=cmd@example.org\n', "p12,S,,n1@example.org\n")
    done = run("plan-seating", EVENT, "--people", "12", "--tables", "3", "--rounds", "2", "--zoom", cwd=example)
    assert done.code == 0, done.said
    assert done.out.count("example.org") + done.err.count("example.org") == 0
    assert "no room: p10, p11" in done.err
    assert "share an e-mail, Zoom takes them for one person: p01, p12" in done.err
    with (example / PLACE / "zoom-r1.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["Pre-assign Room Name", "Email Address"]
    assert len(rows) == 11
    assert {room for room, _ in rows[1:]} == {"Masa 1", "Masa 2", "Masa 3"}
    assert sorted(path.name for path in (example / PLACE).glob("zoom-*")) == ["zoom-r1.csv", "zoom-r2.csv"]
    assert "zoom-r*.csv" in (example / ".gitignore").read_text("utf-8").splitlines()
    assert "zoom" not in run("check", cwd=example).said


def test_zoom_without_names_or_on_a_dry_run_writes_nothing(example: Path, run: Run) -> None:
    """Without names.csv the cure is said; a dry run leaves no file; a plan that may not be replaced leaves the rooms alone, too."""
    refused = run("plan-seating", EVENT, "--zoom", cwd=example)
    assert (refused.code, "import-participants" in refused.err) == (1, True)
    assert not (example / PLACE / "seating.csv").exists()
    names(example)
    assert run("plan-seating", EVENT, "--zoom", "--dry-run", cwd=example).code == 0
    assert not list((example / PLACE).glob("zoom-*"))
    assert run("plan-seating", EVENT, cwd=example).code == 0
    assert run("plan-seating", EVENT, "--seed", "7", "--zoom", cwd=example).code == 1
    assert not list((example / PLACE).glob("zoom-*"))


def test_who_is_forgotten_is_in_no_room(example: Path, run: Run) -> None:
    """`forget` removes the lists of rooms, since nothing in them says whose an address is."""
    names(example)
    assert run("plan-seating", EVENT, "--people", "9", "--tables", "3", "--rounds", "2", "--zoom", cwd=example).code == 0
    done = run("forget", "p03", "--yes", cwd=example)
    assert done.code == 0, done.said
    assert not list((example / PLACE).glob("zoom-*"))
    assert b"n3@" not in (example / PLACE / "names.csv").read_bytes()


@pytest.mark.parametrize("address", ["=1+1@a.ro", "+x@a.ro", "-x@a.ro", "@a.ro", "a@b.ro,c", "a b@c.ro", "a@b", ""])
def test_no_cell_can_run_as_a_formula(tmp_path: Path, address: str) -> None:
    """What a spreadsheet would take for a formula, or is no address, is in no file."""
    place = tmp_path / "events/e"
    place.mkdir(parents=True)
    (place / "names.csv").write_text(f'id,name,organisation,email\np01,A,,"{address}"\np02,B,,b@a.ro\n', "utf-8")
    found = rooms(Folder(tmp_path), "e", ("p01", "p02"), [[[0, 1]]], "Table")
    assert found.files == {"zoom-r1.csv": b"Pre-assign Room Name,Email Address\nTable 1,b@a.ro\n"}
    assert found.without == ("p01",)
    assert not re.search(rb"(^|,)[=+@-]", found.files["zoom-r1.csv"], re.MULTILINE)
