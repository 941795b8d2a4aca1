"""`plan-seating`: from the event file to seats on paper, with what they reach said in words."""

from __future__ import annotations

import csv
import json
from collections import Counter
from itertools import combinations
from pathlib import Path

from conftest import Run

EVENT = "tm-lll4-r1"
SEATING = Path("events") / EVENT / "seating.csv"
HOSTS = "p01,p02,p03,p04,p05,p06"


def _seats(root: Path) -> dict[tuple[str, str], list[str]]:
    """Who sits where, by round and table, as the file says it."""
    found: dict[tuple[str, str], list[str]] = {}
    with (root / SEATING).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault((row["round"], row["table"]), []).append(row["participant"])
    return found


def _twice(seats: dict[tuple[str, str], list[str]]) -> int:
    met = Counter(pair for group in seats.values() for pair in combinations(sorted(group), 2))
    return sum(count - 1 for count in met.values())


def test_the_example_is_seated_so_that_nobody_meets_twice(example: Path, run: Run) -> None:
    """24 people, six tables, three rounds as the event file says: no repeat, and what nobody can have is said."""
    done = run("plan-seating", cwd=example / "events" / EVENT)
    assert done.code == 0, done.said
    seats = _seats(example)
    assert len(seats) == 18
    assert _twice(seats) == 0
    assert "nobody meets anybody twice" in done.err
    assert "with 3 rounds everybody sees 3 of 6 questions" in done.err
    assert "p01" in done.out
    assert run("check", cwd=example).code == 0


def test_hosts_stay_and_wishes_hold(example: Path, run: Run) -> None:
    """Hosts keep their table, some never meet, some always do, and the file says who is a host."""
    wishes = ("--hosts", HOSTS, "--apart", "p07,p08", "--together", "p09,p10")
    assert run("plan-seating", EVENT, "--people", "30", *wishes, cwd=example).code == 0
    seats = _seats(example)
    for (_, table), group in seats.items():
        assert f"p0{table[1:]}" in group
        assert ("p09" in group) is ("p10" in group)
        assert not {"p07", "p08"} <= set(group)
    assert (example / SEATING).read_text(encoding="utf-8").count(",host\n") == 18


def test_a_plan_that_is_there_stays_until_force_is_given(example: Path, run: Run) -> None:
    """The printed badges may rest on it: another plan replaces it only by --force, the same one changes nothing."""
    assert run("plan-seating", EVENT, cwd=example).code == 0
    before = (example / SEATING).read_bytes()
    assert run("plan-seating", EVENT, cwd=example).code == 0
    refused = run("plan-seating", EVENT, "--seed", "3", cwd=example)
    assert refused.code == 1
    assert "--force replaces it" in refused.err
    assert (example / SEATING).read_bytes() == before
    assert run("plan-seating", EVENT, "--seed", "3", "--force", cwd=example).code == 0
    assert (example / SEATING).read_bytes() != before


def test_after_a_round_the_rest_is_planned_for_those_who_are_there(example: Path, run: Run) -> None:
    """Two have left and three came late: what was played stands, the rest seats exactly who is there, nobody meets again."""
    assert run("plan-seating", EVENT, cwd=example).code == 0
    first = {key: group for key, group in _seats(example).items() if key[0] == "r1"}
    done = run("plan-seating", EVENT, "--after", "1", "--absent", "p03,p08", "--more", "3", cwd=example)
    assert done.code == 0, done.said
    seats = _seats(example)
    assert {key: group for key, group in seats.items() if key[0] == "r1"} == first
    there = sorted({f"p{number:02d}" for number in range(1, 28)} - {"p03", "p08"})
    for number in ("r2", "r3"):
        assert sorted(person for key, group in seats.items() if key[0] == number for person in group) == there
    assert _twice(seats) == 0


def test_sectors_are_spread_over_the_tables(example: Path, run: Run) -> None:
    """With a list of participants, --even sector gives every table its share, and says which questions a sector misses."""
    lines = ["id,sector,language,registered,came,consent_quote,consent_photo"]
    lines += [f"p{number:02d},{'business' if number <= 2 else 'culture'},ro,yes,,," for number in range(1, 25)]
    (example / "events" / EVENT / "participants.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("plan-seating", EVENT, "--even", "sector", "--format", "json", cwd=example)
    assert done.code == 0, done.said
    found = json.loads(done.out)["result"]
    assert found["repeats"] == 0
    assert all(len({"p01", "p02"} & set(group)) <= 1 for seated in found["rounds"] for group in seated)
    assert set(found["missed"]) <= {"business", "culture"}


def test_people_of_one_organisation_are_spread(example: Path, run: Run) -> None:
    """With names.csv, --even organisation leaves no table with two of a house that sends no more people than there are tables."""
    folder = example / "events" / EVENT
    lines = ["id,sector,language,registered,came,consent_quote,consent_photo", *(f"p{number:02d},,,yes,,," for number in range(1, 25))]
    (folder / "participants.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("plan-seating", EVENT, "--even", "organisation", cwd=example)
    assert (done.code, "names.csv of tm-lll4-r1 names none" in done.err) == (1, True)
    houses = {f"p{number:02d}": ("Casa Artelor", "CASA ARTELOR", "")[number % 3] for number in range(1, 13)}
    named = "".join(f"{person},Ana {person},{house},\n" for person, house in houses.items())
    (folder / "names.csv").write_text(f"id,name,organisation,email\n{named}", encoding="utf-8")
    done = run("plan-seating", EVENT, "--even", "organisation", "--format", "json", cwd=example)
    assert done.code == 0, done.said
    tables = [table for seats in json.loads(done.out)["result"]["rounds"] for table in seats]
    assert max(sum(bool(houses.get(person)) for person in table) for table in tables) <= 2  # eight people at six tables


def test_what_cannot_be_is_refused_with_its_reason(example: Path, run: Run) -> None:
    """Too many who belong together, contradicting wishes, hosts for some tables only, strangers: one line each, nothing written."""
    for options, said in (
        (("--together", "p01,p02,p03,p04,p05"), "5 people shall sit together, but a table has 4 seats"),
        (("--together", "p01,p02", "--apart", "p02,p01"), "they shall never and always sit together"),
        (("--hosts", "p01,p02"), "2 hosts for 6 tables"),
        (("--apart", "p01,p99"), "p99: there is no participant of this name"),
        (("--people", "5"), "5 people at 6 tables"),
        (("--after", "1"), "plan the seating first"),
        (("--even", "colour"), "colour"),
    ):
        refused = run("plan-seating", EVENT, *options, cwd=example)
        assert refused.code == 1, refused.said
        assert said in refused.err
        assert "Traceback" not in refused.err
        assert not (example / SEATING).exists()
