"""Hostile and odd input through the real command: refused in one line, or taken exactly; nothing runs, nothing else is written."""

from __future__ import annotations

import re
import shutil
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from ecocsme.notes.readers import READERS
from support.hostile import EVENT, HOSTILE, PLAN, Trial, body, cases, judge, readable, run, scratch, tree

Holds = Callable[[Trial, str], None]
BASELINES = {"event-yaml": "event/ev00_baseline.yaml", "template": "templates/tp00_baseline.md.j2", "plan-yaml": "plans/pl00_baseline.yaml"}
READABLE = tuple(READERS)


def commands(trial: Trial) -> list[Sequence[str]]:
    """The commands that the conventions name for a kind of case."""
    case = trial.case
    if case["kind"] == "event-yaml":
        return [("check",), ("build-agenda", Path(case["place"]).parent.name)]
    if case["kind"] == "plan-yaml":
        return [("check",), ("build-plan", PLAN)]
    if case["kind"] == "answer-sheet":
        return [("import-notes", EVENT, "--", f"../{case['place']}")]
    if case["place"] == "--template":
        return [("build-plan", PLAN, "--format", "md", "--template", str(trial.target))]
    return [("build-plan", PLAN, "--format", "docx" if case["file"].endswith(".docx") else "md")]


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, bytes]]:
    """The documents that the ordinary case of a kind gives, built once."""
    built: dict[str, dict[str, bytes]] = {}

    def of(kind: str) -> dict[str, bytes]:
        if kind not in built:
            (case,) = [case for case in cases(kind) if case["file"] == BASELINES[kind]]
            trial = scratch(tmp_path_factory.mktemp("baseline"), case)
            assert judge(trial, commands(trial)) == "accept"
            built[kind] = trial.documents
        return built[kind]

    return of


# --- conditions, as small functions that tables below combine ---


def says(*texts: str) -> Holds:
    """The messages hold these texts."""

    def holds(trial: Trial, _: str) -> None:
        for text in texts:
            assert text in trial.said, trial.said

    return holds


def on_line(line: int, *texts: str) -> Holds:
    """A message names the file with this line, and holds these texts."""

    def holds(trial: Trial, _: str) -> None:
        named = [said for said in trial.said.splitlines() if f"{trial.target.name}:{line}:" in said]
        assert any(all(text in said for text in texts) for said in named), trial.said

    return holds


def shows(*texts: str, ending: str = "") -> Holds:
    """Every document (of an ending) shows these texts, where the case was taken."""

    def holds(trial: Trial, outcome: str) -> None:
        for name, data in trial.documents.items() if outcome == "accept" else ():
            for text in texts if name.endswith(ending) else ():
                assert text in body(name, data), f"{name}: {body(name, data)[:3000]}"

    return holds


def hides(*texts: str) -> Holds:
    """No document shows any of these texts; they may be patterns."""

    def holds(trial: Trial, _: str) -> None:
        for name, data in trial.documents.items():
            for text in texts:
                assert not re.search(text, body(name, data)), f"{name} shows {text}"

    return holds


def holds_nowhere(*texts: str) -> Holds:
    """No byte of any unzipped document, and no message, holds any of these texts."""

    def holds(trial: Trial, _: str) -> None:
        for name, data in trial.documents.items():
            for text in texts:
                assert text not in readable(name, data), f"{name} holds {text}"
        assert not [text for text in texts if text in trial.said]

    return holds


def below(megabytes: int) -> Holds:
    """No command used more memory."""

    def holds(trial: Trial, _: str) -> None:
        assert max(ran.megabytes for ran in trial.ran) < megabytes

    return holds


def nothing_beside(trial: Trial, _: str) -> None:
    """Nothing was written outside the project folder."""
    assert {path.name for path in trial.root.parent.iterdir()} <= {"guard", "inbox", "project", "said"}


def in_every_document(check: Callable[[str, str], bool]) -> Holds:
    """Each document, by its name and all of its unzipped text, passes a test."""

    def holds(trial: Trial, _: str) -> None:
        for name, data in trial.documents.items():
            assert check(name, readable(name, data)), name

    return holds


def phone_with_its_sign(name: str, text: str) -> bool:
    """Wherever the telephone number is printed, its plus sign is."""
    return bool(name) and "40256408300" in text and text.count("40256408300") == text.count("+40256408300")


def comma_letters_only(name: str, text: str) -> bool:
    """A Romanian document has no cedilla letter."""
    return ".ro." not in name or not set("şţŞŢ") & set(text)


def one_paragraph(trial: Trial, outcome: str) -> None:
    """The venue stays on one line of each document."""
    for name, data in trial.documents.items() if outcome == "accept" else ():
        lines = [line for line in re.split("[\n\r\x85\u2028\u2029]", body(name, data)) if "Fosta Cancelarie" in line]
        assert lines, name
        assert all("ter" in line.split("nr. 1, par", 1)[1] for line in lines if "nr. 1, par" in line), name


SAME = ("ev01", "ev06", "ev08", "ev30", "ev35", "tp21")
MUST_HOLD: dict[str, tuple[Holds, ...]] = {
    "ev00": (shows("11:00", "11:15", "12:45", "13:00"),),
    "ev01": (hides("660"),),
    "ev02": (shows("9:30", "11:15"), hides("570", "675")),
    "ev04": (hides("1440"),),
    "ev05": (on_line(16, "25:61"),),
    "ev09": (says("20.10;"),),
    "ev10": (shows("NO", ending=".ro.md"), shows("Yes", ending=".en.md"), hides("False", "True")),
    "ev12": (in_every_document(phone_with_its_sign),),
    "ev15": (says("on line 5 and on line 21"),),
    "ev16": (on_line(3, "a tab stands"),),
    "ev18": (below(200),),
    "ev20": (below(200),),
    "ev33": (
        says("U+000B", "U+0007", "warning"),
        in_every_document(lambda _, text: not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)),
    ),
    "ev36": (says("U+202E", "warning"), in_every_document(lambda _, text: not re.search("[\u202a-\u202e\u2066-\u2069]", text))),
    "ev37": (says("U+200B"),),
    "ev40": (nothing_beside,),
    "ev41": (nothing_beside,),
    "ev46": (shows("{{ 7*7 }}", "{% for x in y %}", "{# c #}"), hides("49")),
    "ev48": (in_every_document(comma_letters_only),),
    "ev50": (shows("02:30", "03:30", "04:30"), says("the clocks change on this day", "warning")),
    "ev53": (nothing_beside,),
    "ev59": (one_paragraph,),
    "tp00": (shows("Plan de acțiune", "Fond de micro-granturi", "Program de mentorat"),),
    "tp17": (on_line(4),),
    "tp19": (says("save the file as UTF-8"),),
    "tp20": (says("{x.__class__}.md.j2"),),
    "tp21": (in_every_document(lambda _, text: "\ufeff" not in text),),
    "tp30": (holds_nowhere("CORP DE PROBĂ"),),
    "tp32": (hides("49"), nothing_beside),
    "tp33": (holds_nowhere("Ana Popescu"),),
    "tp36": (holds_nowhere(socket.gethostname()) if len(socket.gethostname()) > 3 else nothing_beside,),
    "tp37": (says("macro"),),
    "pl00": (shows("Municipiul Timișoara", "31 martie 2021", "10.000 EUR", "Cowork Timișoara", "30 iunie 2021", "5.000 EUR"),),
    "pl01": (shows("31 martie 2021", "NO"), hides("False", "datetime")),
    "pl02": (shows("10_000", "5.000"), hides("10000", r"5\.0[^0]")),
    "pl03": (says("on line 5 and on line 6"),),
    "pl06": (shows("{{ 7*7 }}{% raw %}"), hides("49")),
    "pl10": (says("there are no actions"),),
    "pl13": (says("tm-2020-10-20/q9/t9/r9/99"),),
    "pl15": (on_line(5, "A1", "tm-2020-10-20/q1/t2/r0/1"),),
    "pl16": (shows("Spații de co-working"), holds_nowhere("Spaţii")),
}  # fmt: skip


def prepare(trial: Trial) -> None:
    """Do what a case asks for before it is judged."""
    name = trial.case["file"].split("/")[-1]
    if name.startswith(("pl15", "pl16")):
        assert run(trial, "import-notes", EVENT, str(HOSTILE / "sheets" / "cs00_baseline.csv")).code == 0
        trial.before = tree(trial.root)
    if name.startswith("ev45"):
        assert run(trial, "build-agenda", "link").code == 0
        victim = trial.root.parent / "victim.txt"
        victim.write_text("victim", "utf-8")
        for path in [path for path in (trial.root / "out").rglob("*") if path.is_file()]:
            path.unlink()
            path.symlink_to(victim)
        trial.before, trial.named = tree(trial.root), "out/link/agenda.ro.md"


def tried(folder: Path, case: dict[str, Any]) -> tuple[Trial, str]:
    """Run a case and judge it by what holds for all cases and by its own table."""
    trial = scratch(folder, case)
    prepare(trial)
    judged = [("build-agenda", "link")] if case["file"].startswith("event/ev45") else commands(trial)
    outcome = judge(trial, judged)
    for holds in MUST_HOLD.get(case["file"].split("/")[-1][:4], ()):
        holds(trial, outcome)
    return trial, outcome


def test_the_hostile_files_are_there(shared: Path) -> None:
    """Where the shared material is demanded, its hostile cases are found and run below."""
    assert shared / "hostile" == HOSTILE
    assert all(cases(kind) for kind in ("event-yaml", "template", "plan-yaml", "answer-sheet"))


@pytest.mark.parametrize("case", [*cases("event-yaml"), *cases("template"), *cases("plan-yaml")], ids=lambda case: case["file"])
def test_hostile_event_plan_and_template(tmp_path: Path, case: dict[str, Any], baseline: Callable[[str], dict[str, bytes]]) -> None:
    """An event, a plan or a template is refused in one line and leaves no trace, or gives exactly the documents it should."""
    trial, outcome = tried(tmp_path, case)
    if case["file"].split("/")[-1][:4] in SAME and outcome == "accept":
        assert trial.documents == baseline(case["kind"])
    if "/ev48" in case["file"]:
        romanian = {name for name in trial.documents if ".ro." in name}
        assert {name: trial.documents[name] for name in romanian} == {name: baseline(case["kind"])[name] for name in romanian}


def test_a_link_in_out_never_reaches_its_target(tmp_path: Path) -> None:
    """A file that a link in `out/` points to is never written through it."""
    for case in [case for case in cases("event-yaml") if case["file"].startswith("event/ev45")]:
        trial, _ = tried(tmp_path, case)
        assert (trial.root.parent / "victim.txt").read_text("utf-8") == "victim"


def test_markdown_in_a_title_leaves_the_structure_of_a_plan(tmp_path: Path, baseline: Callable[[str], dict[str, bytes]]) -> None:
    """A title full of Markdown gives as many headings, rows and bullets as an ordinary one, and no rule."""
    marks = (r"^#", r"^\|", r"^[-*+] ", r"^\d+\. ", r"^>", r"^(---|\*\*\*|___)+$")

    def counted(text: str) -> list[int]:
        return [len(re.findall(mark, text, re.MULTILINE)) for mark in marks]

    for case in [case for case in cases("plan-yaml") if case["file"].startswith("plans/pl07")]:
        trial, _ = tried(tmp_path, case)
        for name, data in trial.documents.items():
            if name.endswith(".md"):
                assert counted(data.decode()) == counted(baseline("plan-yaml")[name].decode())
            else:
                assert body(name, data).count("\n") == body(name, baseline("plan-yaml")[name]).count("\n")


def test_a_word_reference_gives_its_header_and_footer(tmp_path: Path) -> None:
    """The plan in Word carries the header and footer of the user's own reference."""
    for case in [case for case in cases("template") if "/tp30" in case["file"]]:
        trial, _ = tried(tmp_path, case)
        ((name, data),) = trial.documents.items()
        wanted = readable("reference.docx", (HOSTILE / case["file"]).read_bytes())
        parts = {
            text
            for part in re.findall(r"<w:(?:hdr|ftr)[ >].*?</w:(?:hdr|ftr)>", wanted, re.DOTALL)
            for text in re.findall(r"<w:t[^>]*>([^<]+)", part)
        }
        assert parts
        assert all(text in readable(name, data) for text in parts)


# --- answer sheets ---


def stored(*texts: str) -> Holds:
    """The notes hold these texts, each as typed."""

    def holds(trial: Trial, outcome: str) -> None:
        for text in texts if outcome == "accept" else ():
            assert text in [note["text"] for note in trial.notes]

    return holds


def no_content(number: int) -> Holds:
    """So many notes are flagged as answering nothing."""

    def holds(trial: Trial, outcome: str) -> None:
        assert outcome == "reject" or sum(note["content"] == "none" for note in trial.notes) == number

    return holds


def no_note(*texts: str) -> Holds:
    """No note holds any of these texts."""

    def holds(trial: Trial, _: str) -> None:
        assert not [note for note in trial.notes if any(text in note["text"] for text in texts)]

    return holds


SHEETS_MUST_HOLD: dict[str, tuple[Holds, ...]] = {
    "cs01": (no_note("\ufeff"),),
    "cs03": (stored("Vouchere pentru „IMM-uri” – 5.000 €"), no_note("\ufffd", "ã"), says("1250")),
    "cs08": (says("encod"),),
    "cs09": (on_line(4), no_note("\ufffd")),
    "cs10": (says("warning"),),
    "cs18": (on_line(3),),
    "cs40": (no_content(6),),
    "cs41": (says("no answers"),),
    "cs46": (says("Excel workbook"),),
    "cs50": (no_content(4),),
    "cs51": (
        says("warning", "personal data in answers", "e-mail: B2", "phone: C2", "CNP: D2", "IBAN: B3"),
        holds_nowhere("ana.popescu@", "0722 000 000", "1990101350001", "RO49AAAA1B31007593840000"),
    ),
    "cs60": (stored("007", "NaN", "None", "null", "0", "1e5"),),
    "cs66": (says("Răspuns"),),
    "cs67": (says("Nume", "Oraș", "Părere"),),
    "xl06": (says("B2"),),
    "xl07": (stored("Vouchere noi"),),
    "xl11": (below(200),),
    "xl14": (no_note(socket.gethostname()) if len(socket.gethostname()) > 3 else nothing_beside,),
    "xl18": (says("password"),),
    "xl24": (stored("11:00", "007", "0", "FALSE"),),
    "xl25": (stored("Vouchere noi"), no_note("FONETIC")),
    "xl26": (no_note("_x000D_"), stored("_x0041_ literal")),
    "xl37": (says("hidden"),),
    "dx04": (stored("răspuns 1\nrăspuns 2"),),
    "dx06": (stored("comun pe orizontală", "comun pe verticală"),),
    "dx10": (no_note(socket.gethostname()) if len(socket.gethostname()) > 3 else nothing_beside,),
    "dx12": (below(200),),
    "dx13": (says("password"),),
    "dx15": (stored("etichetă inteligentă", "câmp", "e-mail\nrând 2\ttab"), no_note("ASCUNS"), says("hidden text")),
    "dx16": (says("embedded file 1", "not read"),),
    "dx18": (says("header 1", "footer 1"), no_note("Antet", "Pagina")),
    "md01": (stored('Liceul "de Arte" & R\'D'),),
    "md04": (stored("a | b"),),
    "md05": (says("not read"),),
}


@pytest.mark.parametrize("case", cases("answer-sheet"), ids=lambda case: case["file"])
def test_hostile_answer_sheet(tmp_path: Path, case: dict[str, Any]) -> None:
    """A sheet is refused in one line and leaves no trace, or gives exactly as many notes as it holds answers."""
    ending = Path(case["file"]).suffix
    if ending not in READABLE:
        pytest.skip(f"sheets of the format {ending} are not read yet")
    trial = scratch(tmp_path, case)
    name = case["file"].split("/")[-1]
    if name.startswith("cs39"):
        trial.target = trial.target.with_name("sheet.csv")
        case = trial.case = {**case, "place": "inbox/sheet.csv"}
        shutil.copyfile(HOSTILE / "sheets" / "cs00_baseline.csv", trial.target)
        assert run(trial, *commands(trial)[0]).code == 0
        first = {note["text"]: note["id"] for note in trial.notes}
        shutil.copyfile(HOSTILE / "sheets" / name, trial.target)
        assert judge(trial, [("import-notes", EVENT, "../inbox/sheet.csv", "--replaces", "sheet.csv")]) == "accept"
        assert first.items() <= {note["text"]: note["id"] for note in trial.notes}.items()
        return
    outcome = judge(trial, commands(trial))
    for holds in SHEETS_MUST_HOLD.get(name[:4], ()):
        holds(trial, outcome)
    if outcome == "accept":
        before = tree(trial.root)
        again = run(trial, *commands(trial)[0])
        assert again.code == 0
        assert tree(trial.root) == before, "the second import wrote something"


@pytest.mark.parametrize("case", [case for case in cases("answer-sheet") if "cs65" in case["file"]], ids=lambda case: case["file"])
def test_a_file_whose_name_looks_like_an_option(tmp_path: Path, case: dict[str, Any]) -> None:
    """A sheet called `-cs65.csv` is read as `./-cs65.csv`, and alone after `--`."""
    for number, arguments in enumerate((["./-cs65.csv"], ["--", "-cs65.csv"])):
        trial = scratch(tmp_path / str(number), case) if not (tmp_path / str(number)).mkdir() else None
        assert trial is not None
        shutil.copyfile(trial.target, trial.root / "-cs65.csv")
        assert judge(trial, [("import-notes", *arguments)]) == "accept"
