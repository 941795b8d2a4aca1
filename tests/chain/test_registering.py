"""`import-participants`: people become numbers that stay, names go to one private file and are never printed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from ecocsme.event.names import Named
from ecocsme.event.participants import Participant
from ecocsme.event.registering import Registration, put_together

EVENT = "tm-lll4-r1"
PLACE = Path("events") / EVENT
LIST = """Nume și prenume;Instituția;Adresa de e-mail;Domeniul de activitate;Limba;Acord foto
Ana Pop;Casa Artelor;ana@example.org;sectorul cultural și creativ;română;da
Ion Ionescu;Firma Unu;ion@example.org;business;ro;nu
Vlad Șerban;;vlad@example.org;Mediul educațional;engleză;
"""


def put(root: Path, text: str, name: str = "lista.csv") -> str:
    """Write a list beside the project file."""
    (root / name).write_text(text, "utf-8")
    return name


def table(root: Path, name: str) -> list[dict[str, str]]:
    """The rows of a file of the event."""
    with (root / PLACE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_registrations_become_numbers_and_a_private_key(example: Path, run: Run) -> None:
    """A semicolon list with Romanian titles and sector names gives both files, and nobody's name is printed."""
    done = run("import-participants", EVENT, put(example, LIST), cwd=example)
    assert done.code == 0, done.said
    people = table(example, "participants.csv")
    assert [(one["id"], one["sector"], one["language"], one["registered"], one["came"]) for one in people] == [
        ("p01", "culture", "ro", "yes", ""),
        ("p02", "business", "ro", "yes", ""),
        ("p03", "education", "en", "yes", ""),
    ]
    assert [one["consent_photo"] for one in people] == ["yes", "no", ""]
    assert table(example, "names.csv")[0] == {"id": "p01", "name": "Ana Pop", "organisation": "Casa Artelor", "email": "ana@example.org"}
    assert not any(word in done.said for word in ("Ana", "Ionescu", "example.org", "Casa"))
    assert "3 registered of 24 expected" in done.err
    assert "still to be found: 7 of business, 7 of culture, 4 of it, 3 of education" in done.err
    assert run("check", cwd=example).code == 0


def test_git_is_told_to_leave_the_names_alone(example: Path, run: Run) -> None:
    """A project without the line in .gitignore gets it, one that has it is left alone."""
    (example / ".gitignore").write_text("out/", "utf-8")
    assert ".gitignore" in run("import-participants", EVENT, put(example, LIST), cwd=example).out.split()
    assert (example / ".gitignore").read_text("utf-8") == "out/\nnames.csv\n"
    assert ".gitignore" not in run("import-participants", EVENT, put(example, LIST + "Ema Rus;;e@example.org;it;ro;\n"), cwd=example).out


def test_importing_again_changes_nothing_and_new_people_come_after(example: Path, run: Run) -> None:
    """The same list is the same bytes; a longer one in another order keeps all numbers; who is missing stays."""
    put(example, LIST)
    run("import-participants", EVENT, "lista.csv", cwd=example)
    before = [(example / PLACE / name).read_bytes() for name in ("participants.csv", "names.csv")]
    done = run("import-participants", EVENT, "lista.csv", cwd=example)
    assert (done.out, "0 new, 3 known" in done.err) == ("", True)
    assert [(example / PLACE / name).read_bytes() for name in ("participants.csv", "names.csv")] == before
    head, first, second, _ = LIST.splitlines()
    moved = "\n".join([head, "Zoe Nou;;zoe@example.org;it;ro;da", second.replace("ion@", "ION@"), first.replace("Ana Pop", "Pop Ana")])
    done = run("import-participants", EVENT, put(example, moved), cwd=example)
    assert "1 new, 2 known" in done.err
    assert "1 who were known are not in this list; they stay" in done.err
    assert [one["id"] for one in table(example, "participants.csv")] == ["p01", "p02", "p03", "p04"]
    assert table(example, "names.csv")[3]["name"] == "Zoe Nou"


def test_the_signed_list_marks_who_came(example: Path, run: Run) -> None:
    """A workbook with a letterhead: a name with a signature came, one without did not, a stranger who signed gets a number."""
    run("import-participants", EVENT, put(example, LIST), cwd=example)
    book = openpyxl.Workbook()
    for row in (
        ["Listă de prezență"],
        ["Nr. crt.", "Nume / Name", "Prenume / First name", "E-mail", "Semnătura / Signature"],
        [1, "POP", "Ana", None, "x"],
        [2, "Ionescu", "Ion", None, None],
        [3, "Marin", "Ema", "ema@example.org", "x"],
    ):
        book.active.append(row)
    book.save(example / "semnaturi.xlsx")
    done = run("import-participants", EVENT, "semnaturi.xlsx", "--came", cwd=example)
    assert done.code == 0, done.said
    people = table(example, "participants.csv")
    assert [(one["registered"], one["came"]) for one in people] == [("yes", "yes"), ("yes", ""), ("yes", ""), ("", "yes")]
    assert "2 came of 24 expected" in done.err
    assert not any(word in done.said for word in ("Pop", "POP", "Marin", "ema@"))


def test_what_a_person_wrote_in_the_file_stays_but_a_withdrawn_consent_counts(example: Path, run: Run) -> None:
    """Another sector in the list is named and not taken; a consent that is now a no is a no."""
    run("import-participants", EVENT, put(example, LIST), cwd=example)
    text = (example / PLACE / "participants.csv").read_text("utf-8")
    (example / PLACE / "participants.csv").write_text(text.replace("p01,culture", "p01,it"), "utf-8")
    done = run("import-participants", EVENT, put(example, LIST.replace("română;da", "română;nu")), cwd=example)
    assert "lista.csv:2: warning: p01: sector is culture here, and it before; kept as it was" in done.err
    first = table(example, "participants.csv")[0]
    assert (first["sector"], first["consent_photo"]) == ("it", "no")


def test_people_who_share_an_address_are_people_of_their_own(example: Path, run: Run) -> None:
    """One office registers three: three numbers, said so, the same again; a line that stands there twice counts once."""
    text = "Name,E-mail\nAna Pop,office@example.org\nDan Pop,office@example.org\nIon Rus,office@example.org\nAna Pop,office@example.org\n"
    done = run("import-participants", EVENT, put(example, text), cwd=example)
    assert "4 rows: 3 new, 0 known" in done.err
    assert "3 rows have this e-mail and different names; counted as different people" in done.err
    assert "lista.csv:5: warning: is the person of row 2 again; counted once" in done.err
    assert "0 new, 3 known" in run("import-participants", EVENT, "lista.csv", cwd=example).err


def test_namesakes_are_not_merged_and_a_new_address_is_said(example: Path, run: Run) -> None:
    """The same name with another e-mail is another person, and the facilitator is told to look."""
    run("import-participants", EVENT, put(example, "Name,E-mail\nIon Pop,a@example.org\n"), cwd=example)
    done = run("import-participants", EVENT, put(example, "Name,E-mail\nIon Pop,b@example.org\n"), cwd=example)
    assert "1 new, 0 known" in done.err
    assert "counted as another person; see names.csv" in done.err
    assert len(table(example, "names.csv")) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "has no row that names a column for names or for e-mail addresses"),
        ("Nume,E-mail\n", "names nobody"),
        ("", "is empty"),
        ("Nume,Name\nx,y\n", "has several columns for name"),
    ],
)
def test_a_list_that_is_none_is_refused_whole(example: Path, run: Run, text: str, said: str) -> None:
    """What cannot be read leaves no file behind, and says what to do."""
    done = run("import-participants", EVENT, put(example, text), cwd=example)
    assert (done.code, said in done.err) == (1, True), done.said
    assert not (example / PLACE / "participants.csv").exists()
    assert not (example / PLACE / "names.csv").exists()


def test_columns_may_be_said(example: Path, run: Run) -> None:
    """A title that no language knows is settled by --map, by letter or title; a wrong one is refused."""
    text = "Cum vă cheamă?,Adresa,Unde lucrați\nAna Pop,ana@example.org,culture\n"
    said = ("--map", "A=name", "--map", "Adresa=email", "--map", "C=sector")
    assert run("import-participants", EVENT, put(example, text), *said, cwd=example).code == 0
    assert table(example, "participants.csv")[0]["sector"] == "culture"
    assert table(example, "names.csv")[0]["email"] == "ana@example.org"
    assert "names no column and field" in run("import-participants", EVENT, "lista.csv", "--map", "Z9=age", cwd=example).err


def test_what_is_not_known_is_left_empty_and_named(example: Path, run: Run) -> None:
    """A sector of nobody, a row without a person: each is a warning with its line, and the rest is imported."""
    text = "Nume,Sector,E-mail\nAna Pop,astronomie,\n,it,\nIon Rus,it,\n"
    done = run("import-participants", EVENT, put(example, text), cwd=example)
    assert "lista.csv:2: warning: sector: astronomie is not known; it is left empty" in done.err
    assert "lista.csv:3: warning: has neither a name nor an e-mail" in done.err
    assert [one["sector"] for one in table(example, "participants.csv")] == ["", "it"]
    assert "1 without a sector" in done.err


def test_a_dry_run_writes_nothing_and_programs_get_no_name_either(example: Path, run: Run) -> None:
    """The JSON has numbers, columns and sectors, and no byte of a person."""
    put(example, LIST)
    done = run("import-participants", EVENT, "lista.csv", "--dry-run", "--format", "json", cwd=example)
    found = json.loads(done.out)
    assert found["command"] == "import-participants"
    assert found["result"]["new"] == ["p01", "p02", "p03"]
    assert found["result"]["sectors"][0] == {"sector": "business", "wanted": 8, "there": 1, "lacking": 7}
    assert not any(word in done.said for word in ("Ana", "example.org", "Casa"))
    assert not (example / PLACE / "participants.csv").exists()
    assert not (example / ".gitignore").exists()


def test_a_number_is_never_given_twice(example: Path, run: Run) -> None:
    """Who sits somewhere or was forgotten keeps the number, though no list has it any more."""
    (example / PLACE / "forgotten.csv").write_text(f"note,sheet_sha256\n{EVENT}/q1/p41/r0/1,{'0' * 64}\n", "utf-8")
    run("import-participants", EVENT, put(example, LIST), cwd=example)
    assert [one["id"] for one in table(example, "participants.csv")] == ["p42", "p43", "p44"]


def test_a_person_can_be_forgotten(example: Path, run: Run) -> None:
    """`forget` finds the person in both files."""
    run("import-participants", EVENT, put(example, LIST), cwd=example)
    assert run("forget", "p02", "--yes", cwd=example).code == 0
    assert b"Ionescu" not in (example / PLACE / "names.csv").read_bytes()
    assert [one["id"] for one in table(example, "participants.csv")] == ["p01", "p03"]


_NAMES = st.sampled_from(["Ana Pop", "Pop Ana", "Ion Rus", "Șerban Vlad", ""])
_MAILS = st.sampled_from(["a@x", "A@x", "b@x", "c@x", ""])


@given(st.lists(st.tuples(_NAMES, _MAILS).filter(any), max_size=8), st.lists(st.tuples(_NAMES, _MAILS).filter(any), max_size=8))
def test_numbers_stay_whatever_comes(first: list[tuple[str, str]], second: list[tuple[str, str]]) -> None:
    """After any two lists every number of the first is there once, and the second list again brings nobody new."""
    one = put_together((), (), _rows(first))
    two = put_together(one.people, one.names, _rows(second))
    again = put_together(two.people, two.names, _rows(second))
    assert {person.id for person in one.people} <= {person.id for person in two.people}
    assert len({person.id for person in two.people}) == len(two.people)
    assert again.new == ()
    assert (again.people, again.names) == (two.people, two.names)


def _rows(people: list[tuple[str, str]]) -> list[Registration]:
    return [Registration(line, Named("", name, "", mail), Participant("", registered="yes")) for line, (name, mail) in enumerate(people, 2)]
