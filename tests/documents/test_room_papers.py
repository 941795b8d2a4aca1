"""What lies on the tables and what people sign, wear and fill in: host cards, table signs, sign-in list, badges, evaluation form."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from conftest import EXAMPLE, Run
from ecocsme.documents import kit, people_paper
from ecocsme.documents.kit import KIT
from ecocsme.documents.orders import BADGES, EVALUATION, HOST_CARDS, SIGN_IN, TABLE_SIGNS, documents
from ecocsme.errors import InvalidFile
from ecocsme.event import model
from ecocsme.project.folder import Folder
from support import paper, word_files

EVENT = "tm-lll4-r1"
KINDS = (HOST_CARDS, TABLE_SIGNS, SIGN_IN, BADGES, EVALUATION)
SECTORS = ("culture", "business", "education", "it")
ORGANISATIONS = ("Asociația „Casa Tinerilor”", "Atelier Nord SRL", "Universitatea de Vest", "Code Hub")
FIRST = ["Ana", "Ioana", "Mihai", "Andrei", "Elena", "Ștefan", "Țica", "Radu", "Sorin", "Dana", "Luminița", "Gheorghe"]
LAST = ["Popescu", "Ionescu", "Munteanu", "Șerban", "Dumitrescu", "Țurcanu", "Rus", "Pop", "Stan", "Kovács", "Müller", "Lazăr"]


def people(
    folder: Path, number: int = 24, name: Callable[[int], str] = lambda n: f"{FIRST[n % 12]} {LAST[(n * 5 + n // 12) % 12]}"
) -> None:
    """Let so many people be registered, by number and by name."""
    place = folder / "events" / EVENT
    known = [f"p{n + 1:02d},{SECTORS[n % 4]},ro,yes,,,\n" for n in range(number)]
    (place / "participants.csv").write_text("id,sector,language,registered,came,consent_quote,consent_photo\n" + "".join(known), "utf-8")
    called = [f'p{n + 1:02d},"{name(n)}","{ORGANISATIONS[n % 4]}",p{n}@example.org\n' for n in range(number)]
    (place / "names.csv").write_text("id,name,organisation,email\n" + "".join(called), "utf-8")


def seats(folder: Path, number: int = 24, tables: int = 6, rounds: int = 3) -> None:
    """Seat everybody: the first at each table is its host, everybody else moves on by a step of their own."""
    lines = ["round,table,participant,role\n"]
    for turn in range(rounds):
        for one in range(number):
            row, column = divmod(one, tables)
            lines.append(f"r{turn + 1},t{(column + turn * row) % tables + 1},p{one + 1:02d},{'guest' if row else 'host'}\n")
    (folder / "events" / EVENT / "seating.csv").write_text("".join(lines), "utf-8")


def changed(folder: Path, old: str, new: str) -> None:
    """Change a line of the event file."""
    path = folder / "events" / EVENT / "event.yaml"
    text = path.read_text("utf-8")
    assert re.search(old, text, re.MULTILINE)
    path.write_text(re.sub(old, new, text, flags=re.MULTILINE), "utf-8")


@pytest.fixture
def room(example: Path) -> Path:
    """The example with 24 people who are registered and seated."""
    people(example)
    seats(example)
    return example


def made(root: Path, kind: str, ending: str = "docx") -> dict[str, bytes]:
    """A part of the kit, by the languages in each of its files."""
    folder = Folder(root)
    event = model.load(folder, EVENT).value
    orders = (replace(order, formats=(ending,)) for order in kit.asked(folder, EVENT, [kind]).orders)
    found = (document for order in orders for document in documents(order, EVENT, event.spoken(("ro",))))
    return {"-".join(document.languages): KIT[kind].write(folder, document) for document in found}


def markdown(root: Path, kind: str) -> str:
    """A part of the kit, which has one file in both languages, as people would read it."""
    (data,) = made(root, kind, "md").values()
    return data.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_reads_as_it_should(room: Path, golden: Callable[[Path, str], None], kind: str) -> None:
    """Each text is the golden one, in both languages at once or one after the other."""
    for languages, data in made(room, kind, "md").items():
        golden(Path(__file__).with_name("shipped") / f"{kind}.{languages}.md", data.decode())


@pytest.mark.parametrize("kind", KINDS)
def test_romanian_letters_and_quotes_are_romanian(room: Path, kind: str) -> None:
    """Comma letters, and „ with ”."""
    for languages, data in made(room, kind, "md").items():
        said = data.decode()
        assert not set('"ŞşŢţ') & set(said)
        assert said.count("”") == said.count("„") + said.count("“"), languages


@pytest.mark.parametrize("kind", KINDS)
def test_emblem_line_and_funding_are_on_every_paper(room: Path, kind: str) -> None:
    """Whatever participants see; a badge has room for the emblem and its line."""
    for data in made(room, kind).values():
        assert docx.Document(io.BytesIO(data)).inline_shapes or b"word/media" in data
        said = "\n".join(word_files.paragraphs(data))
        assert "European Regional Development Fund" in said or "Fondul European de Dezvoltare Regională" in said
        assert kind == BADGES or "Interreg Europe" in said


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_a_programme_is_on_the_papers_of_a_project_without_one(room: Path, kind: str) -> None:
    """No emblem, no empty line in its place."""
    path = room / "project.yaml"
    path.write_text(path.read_text("utf-8").replace("programme: interreg-europe-2014-2020", "programme: plain"), "utf-8")
    for data in made(room, kind).values():
        assert b"word/media" not in data
        assert "Regional" not in "\n".join(word_files.paragraphs(data)).replace("Regionale", "")


def test_a_host_card_says_questions_times_and_moves(room: Path) -> None:
    """Both languages side by side, the times of the rounds, who stays and who moves where; only a host whom the event names is named."""
    said = markdown(room, HOST_CARDS)
    first, second = said.split("# Masa 1 / Table 1")[1].split("# Masa 2 / Table 2")[0], said.split("# Masa 2 / Table 2")[1]
    assert "| 4 | Ce a schimbat pandemia" in first
    assert "| What has the pandemic changed" in first
    assert "| **1** | 11:40–12:00 | gazdă / host: p01; p07 → 2; p13 → 3; p19 → 4 |" in first
    assert "| **3** | 12:30–12:50 | ultima rundă / last round |" in first
    assert "Gazda / Host" not in said
    assert "p02; p08 → 3" in second
    changed(room, "^tables: 6", 'tables: [{id: t2, host: "Ana Pop", questions: [q2]}, {id: t1}]')
    said = markdown(room, HOST_CARDS)
    assert said.count("Gazda / Host: **Ana Pop**") == 1
    assert said.index("Masa 1") < said.index("Masa 2")
    assert "| 1 | De ce au nevoie" not in said.split("Masa 2 / Table 2")[1]


def test_a_host_card_without_seats_or_times_leaves_room_for_them(room: Path) -> None:
    """Where the agenda does not name a round once, its time is a blank; where nobody is seated yet, people are told to move."""
    (room / "events" / EVENT / "seating.csv").unlink()
    changed(room, "Runda 2: întrebările 3 și 4", "Tura a doua")
    changed(room, "Round 2: questions 3 and 4", "Second turn")
    said = markdown(room, HOST_CARDS)
    assert "| **1** | 11:40–12:00 | Gazda rămâne, ceilalți trec la alte mese. / The host stays" in said
    (data,) = made(room, HOST_CARDS).values()
    assert [row.cells[1].text for row in docx.Document(io.BytesIO(data)).tables[1].rows[1:]] == [
        "11:40–12:00",
        "_____–_____",
        "12:30–12:50",
    ]


def test_a_sign_has_the_questions_of_its_table_only_where_it_has_its_own(room: Path) -> None:
    """A page for each table, with its number by itself."""
    said = markdown(room, TABLE_SIGNS)
    assert re.findall(r"^\d+$", said, re.MULTILINE) == ["1", "2", "3", "4", "5", "6"]
    assert "?" not in said
    changed(room, "^tables: 6", "tables: [{id: t1, questions: [q6]}, {id: t2}]")
    first, second = markdown(room, TABLE_SIGNS).split("\n---\n")
    assert "## 6. Ce trebuie să facem" in first
    assert "What must we do" in first
    assert "?" not in second


def test_a_list_has_the_names_in_order_and_a_fifth_more_lines(room: Path) -> None:
    """Ș follows S, as in a Romanian dictionary; photographs are agreed to by themselves."""
    (data,) = made(room, SIGN_IN).values()
    table, notice = docx.Document(io.BytesIO(data)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0][0] == "Nr. / No."
    assert len(rows) == 1 + 29
    names = [row[1] for row in rows[1:25]]
    firsts = list(dict.fromkeys(name.split()[0] for name in names))
    assert firsts == ["Ana", "Andrei", "Dana", "Elena", "Gheorghe", "Ioana", "Luminița", "Mihai", "Radu", "Sorin", "Ștefan", "Țica"]
    assert rows[1][2:5] == ["Asociația „Casa Tinerilor”", "sectorul cultural și creativ", ""]
    assert [row[1].strip() for row in rows[25:]] == [""] * 5
    assert {row[5] for row in rows[1:]} == {"☐ da / yes\n☐ nu / no"}
    assert [cell.text for cell in notice.rows[0].cells] == ["Informare privind datele personale", "Privacy notice"]
    assert "<w:tblHeader/>" in word_files.parts(data)["word/document.xml"].decode()


def test_a_notice_says_what_is_known_and_leaves_the_rest_to_be_filled_in(room: Path) -> None:
    """Controller and contact come from the project; how long data are kept is a blank, and so is a controller whom it does not name."""
    said = markdown(room, SIGN_IN)
    assert "(operatorul): Municipiul Timișoara, bd. C. D. Loga nr. 1, Timișoara." in said
    assert "(controller): Municipality of Timișoara, 1 C. D. Loga Boulevard, Timișoara." in said
    assert "presa@example.org, ateliere@example.org" in said
    assert re.search("until _{10,}", said)
    assert "Interreg Europe 2014–2020" in said
    assert said.count("Regulation (EU) 2016/679") == 1
    path = room / "project.yaml"
    path.write_text(path.read_text("utf-8").split("\norganisation:")[0] + "\n", "utf-8")
    assert re.search(r"\(controller\): _{10,}\.", markdown(room, SIGN_IN))


@pytest.mark.parametrize(("number", "lines"), [(1, 2), (5, 6), (10, 12), (11, 14), (22, 27), (24, 29)])
def test_a_list_without_names_has_lines_for_all_who_are_expected_and_a_fifth_more(example: Path, number: int, lines: int) -> None:
    """A fifth of a person is a whole line."""
    changed(example, "expected: 24", f"expected: {number}")
    table = docx.Document(io.BytesIO(made(example, SIGN_IN)["ro-en"])).tables[0]
    assert len(table.rows) - 1 == lines == people_paper.lines(number)
    assert {cell.text.strip() for row in table.rows[1:] for cell in row.cells[1:5]} == {""}


def test_each_day_has_a_list_of_its_own(room: Path) -> None:
    """Who comes on the second day signs for the second day."""
    changed(
        room,
        "^date: .*\nstart: .*\nend: .*\n",
        'days: [{date: 2020-10-20, start: "11:00", end: "13:45"}, {date: 2020-10-21, start: "9:00"}]\n',
    )
    said = markdown(room, SIGN_IN)
    assert said.count("# Listă de prezență / Sign-in list\n") == said.count("| 29. |") == 2
    assert "20 octombrie 2020 / 20 October 2020, 11:00–13:45" in said
    assert "21 octombrie 2020 / 21 October 2020, 09:00" in said


def test_a_badge_shows_the_way_from_table_to_table(room: Path) -> None:
    """Name, organisation and the table of each round; who is not there in a round has none."""
    said = markdown(room, BADGES)
    assert "# Ana Popescu\n\nAsociația „Casa Tinerilor”\n\nMasa / Table: **1 → 1 → 1**\n\np01" in said
    assert "Masa / Table: **2 → 4 → 6**" in said
    path = room / "events" / EVENT / "seating.csv"
    path.write_text(path.read_text("utf-8").replace("r2,t1,p01,host\n", ""), "utf-8")
    assert "**1 → – → 1**" in markdown(room, BADGES)


def test_a_badge_without_a_name_has_its_number_and_a_line_to_write_on(room: Path) -> None:
    """Where the private list is not on this computer, or says nothing."""
    (room / "events" / EVENT / "names.csv").unlink()
    (data,) = made(room, BADGES).values()
    said = word_files.paragraphs(data)
    assert said.count("_" * 16) == 24
    assert "Nume și prenume / Name · p07" in said
    assert "Popescu" not in "".join(said)


def test_badges_of_an_event_without_tables_show_no_way(example: Path) -> None:
    """They need no seating."""
    people(example, 3)
    changed(example, "^(tables|rounds|method): .*\n", "")
    said = markdown(example, BADGES)
    assert "# Ana Popescu" in said
    assert "Masa" not in said


def test_a_form_asks_for_no_name_and_for_practices_only_where_some_were_shown(room: Path) -> None:
    """Five boxes for each statement, lines below each question."""
    romanian = made(room, EVALUATION)["ro"]
    first, *questions = docx.Document(io.BytesIO(romanian)).tables
    assert {tuple(cell.text for cell in row.cells[1:]) for row in first.rows[1:]} == {("☐",) * 5}
    assert [len(table.rows) for table in questions] == [3, 3, 3]
    assert any("Bunele practici" in row.cells[0].text for row in first.rows)
    changed(room, "^practices: .*\n", "")
    assert "Bunele practici" not in "\n".join(word_files.paragraphs(made(room, EVALUATION)["ro"]))


@pytest.mark.parametrize(
    ("kind", "old", "new", "said", "cure"),
    [
        (HOST_CARDS, "^tables: 6\n", "", "`tables` is missing", "tables: 6"),
        (TABLE_SIGNS, "^tables: 6\n", "", "`tables` is missing", "tables: 6"),
        (BADGES, "^rounds", "rounds", "seating.csv is missing", "ecocsme plan-seating tm-lll4-r1"),
        (BADGES, "^participants: .*\n", "", "participants.csv are missing", "ecocsme import-participants tm-lll4-r1 FILE"),
        (SIGN_IN, "^participants: .*\n", "", "participants.csv are missing", "ecocsme import-participants tm-lll4-r1 FILE"),
        (SIGN_IN, "^mode: in-person", "mode: online", "nobody comes into a room", "for events in a room only"),
        (EVALUATION, "^mode: in-person", "mode: online", "nobody comes into a room", "for events in a room only"),
    ],
)
def test_what_a_paper_lacks_is_said_with_its_cure(example: Path, kind: str, old: str, new: str, said: str, cure: str) -> None:
    """Asked for by name it is refused; among all the parts it is left out, with the same reason."""
    changed(example, old, new)
    folder = Folder(example)
    with pytest.raises(InvalidFile) as refused:
        kit.asked(folder, EVENT, [kind])
    assert said in str(refused.value)
    assert cure in str(refused.value)
    assert cure in kit.asked(folder, EVENT).left_out[kind]


def test_papers_with_names_are_out_of_date_when_a_name_changes(room: Path, run: Run) -> None:
    """`build` makes them again, and leaves those that name nobody alone."""
    parts = [word for kind in KINDS for word in ("--only", kind)]
    assert run("build-kit", EVENT, *parts, cwd=room).code == 0
    path = room / "events" / EVENT / "names.csv"
    path.write_text(path.read_text("utf-8").replace("Ana Popescu", "Ana Pop-Popescu"), "utf-8")
    done = run("build", "--dry-run", cwd=room)
    assert done.code == 0
    named = [name for name in ("host-cards", "table-signs", "sign-in-list", "badges", "evaluation-form") if name in done.said]
    assert named == ["sign-in-list", "badges"]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All papers on paper: in both languages and in one, for 22 people and five tables, for very long names, without tables."""
    root = tmp_path_factory.mktemp("papers")
    files: dict[str, bytes] = {}
    for name, prepare in ROOMS.items():
        shutil.copytree(EXAMPLE, root / name, ignore=shutil.ignore_patterns("out", ".ecocsme*"))
        prepare(root / name)
        left_out = kit.asked(Folder(root / name), EVENT).left_out
        for kind in KINDS:
            if kind not in left_out:
                files |= {f"{name}.{kind}.{languages}": data for languages, data in made(root / name, kind).items()}
    return paper.pdfs(files, root / "pages")


def _full(folder: Path) -> None:
    people(folder)
    seats(folder)


def _in_one_language(lang: str) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        _full(folder)
        changed(folder, r"^languages: \[ro, en\]", f"languages: [{lang}]")

    return prepare


def _uneven(folder: Path) -> None:
    seats(folder, 22, 5, 5)
    owns = ", ".join(f'{{id: t{n}, host: "Maria-Magdalena Constantinescu-Vlădescu", questions: [q{n}]}}' for n in range(1, 6))
    changed(folder, "^tables: 6", f"tables: [{owns}]")
    changed(folder, "^rounds: 3", "rounds: 5")


def _long(folder: Path) -> None:
    people(folder, 24, lambda n: f"Wolfeschlegelsteinhausenbergerdorff Maria-Magdalena Constantinescu-Vlădescu {n}")
    seats(folder)


def _without_tables(folder: Path) -> None:
    changed(folder, "^(tables|rounds|method): .*\n", "")


ROOMS: dict[str, Callable[[Path], None]] = {
    "full": _full,
    "ro": _in_one_language("ro"),
    "en": _in_one_language("en"),
    "uneven": _uneven,
    "long": _long,
    "bare": _without_tables,
}


@pytest.mark.slow
def test_every_paper_prints_on_a4_without_an_empty_page_or_a_cut_line(printed: dict[str, Path]) -> None:
    """No word stands beyond the margins, whatever the people, tables and languages."""
    assert len(printed) == 6 + 5 + 5 + 6 + 6 + 4
    assert {name: found for name, path in printed.items() if (found := paper.faults(path))} == {}


@pytest.mark.slow
def test_papers_have_the_pages_that_a_facilitator_expects(printed: dict[str, Path]) -> None:
    """Eight badges to a page, a sign for each table, a form on one page, a card for each host on one sheet, a list whose titles repeat."""
    pages = {name: paper.texts(path) for name, path in printed.items()}
    assert [page.count("Masa / Table") for page in pages["full.badges.ro-en"]] == [8, 8, 8]
    assert len(pages["uneven.badges.ro-en"]) == len(pages["bare.badges.ro-en"]) == 3
    assert sum(page.count("Wolfeschlegelstein") for page in pages["long.badges.ro-en"]) == 24
    assert (len(pages["full.table-signs.ro-en"]), len(pages["uneven.table-signs.ro-en"])) == (6, 5)
    assert all(len(found) == 1 for name, found in pages.items() if "evaluation-form" in name)
    assert (len(pages["full.host-cards.ro-en"]), len(pages["uneven.host-cards.ro-en"])) == (12, 5)
    assert all("Signature" in page for page in pages["full.sign-in-list.ro-en"][:-1])
    assert "Privacy notice" in pages["full.sign-in-list.ro-en"][-1]
