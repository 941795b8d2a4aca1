"""The press release of the example carries every fact of the real one, in each language, in Markdown and in Word."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from conftest import Run

# what a release of this event must carry: a fact, and how it reads in Romanian and in English
FACTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "organiser": (("Municipiul Timișoara",), ("Municipality of Timișoara",)),
    "partner": (("partener în proiectul",), ("project partner", "as part of the project")),
    "project": (("PGI06047 ECoC-SME",), ("PGI06047 ECoC-SME",)),
    "title": (
        ("Acțiuni de stimulare a creșterii și inovării IMM-urilor prin evenimentul Capitală Europeană a Culturii și moștenirea acestuia",),
        ("Actions for inducing SME growth and innovation via the ECoC event and legacy",),
    ),
    "past event": (("Atelier Local de Învățare", "8 octombrie 2020"), ("Local Learning Lab", "8 October 2020")),
    "past venue": (("Cowork Timișoara Garden",), ("Cowork Timișoara Garden",)),
    "past topic": (("rețele și clustere", "mega-eveniment", "CEaC"), ("networks and clusters", "mega-event", "ECoC")),
    "facilitator": (
        ("Andrei Munteanu", "CEO și cofondator", "Cowork Timișoara"),
        ("Andrei Munteanu", "CEO and co-founder", "Cowork Timișoara"),
    ),
    "past aims": (
        ("situației din oraș și din regiune", "așteptărilor", "cooperare", "mediul de afaceri", "industriile creative", "IT&C", "educație"),
        ("situation in the city and the region", "expect", "cooperation", "business", "creative industries", "IT", "education"),
    ),
    "next date": (("20 octombrie 2020", "11:00"), ("20 October 2020", "11:00")),
    "next venue": (
        ("Fosta Cancelarie de Război", "str. V. Alecsandri nr. 1", "parter"),
        ("Fosta Cancelarie de Război", "1 V. Alecsandri Street", "ground floor"),
    ),
    "next topic": (
        ("industriile creative din Timișoara și din regiune", "pandemiei de Covid-19", "pregătire", "titlului", "moștenire"),
        ("creative industries in Timișoara and the region", "Covid-19 pandemic", "preparation", "title year", "legacy"),
    ),
    "method": (("world café",), ("world café",)),
    "question 1": (("start-up-urile și IMM-urile",), ("start-ups and SMEs",)),
    "question 2": (("Asociația Timișoara Capitală Europeană a Culturii",), ("Timișoara European Capital of Culture Association",)),
    "question 3": (("Ce parteneri și ce moduri de lucru",), ("What partners and ways of working",)),
    "question 4": (("Ce a schimbat pandemia",), ("What has the pandemic changed",)),
    "question 5": (("pentru a face față pandemiei",), ("to cope with the pandemic",)),
    "question 6": (("să dureze și după ea",), ("outlast it",)),
    "purpose": (
        ("schimbul de bune practici", "Plan de acțiune", "IMM-urilor", "inovare"),
        ("exchange of good practices", "Action Plan", "SME", "innovation"),
    ),
    "safety": (("Covid-19", "mască", "distanța"), ("Covid-19", "masks", "distance")),
    "former capitals": (
        ("fostele Capitale Europene ale Culturii Leeuwarden (CEaC 2018, Olanda) și Matera (CEaC 2019, Italia)",),
        ("the former European Capitals of Culture Leeuwarden (ECoC 2018, Netherlands) and Matera (ECoC 2019, Italy)",),
    ),
    "current capital": (
        ("actuala Capitală Europeană a Culturii Rijeka (CEaC 2020, Croația)",),
        ("the current European Capital of Culture Rijeka (ECoC 2020, Croatia)",),
    ),
    "future capital": (
        ("viitoarea Capitală Europeană a Culturii Kaunas (CEaC 2022, Lituania)",),
        ("the future European Capital of Culture Kaunas (ECoC 2022, Lithuania)",),
    ),
    "lead partner": (("Universitatea Finlandei de Est",), ("University of Eastern Finland",)),
    "funding": (
        ("cofinanțat de Uniunea Europeană", "Fondul European de Dezvoltare Regională", "Interreg Europe"),
        ("co-financed by the European Union", "European Regional Development Fund", "Interreg Europe"),
    ),
    "contact": (("Biroul de presă", "presa@example.org"), ("Press office", "presa@example.org")),
    "date line": (("Timișoara, 15 octombrie 2020",), ("Timișoara, 15 October 2020",)),
}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The words of the release by language and format, in one line each."""
    import shutil
    import subprocess
    import sys

    from conftest import EXAMPLE, REPOSITORY

    folder = tmp_path_factory.mktemp("release") / "timisoara"
    shutil.copytree(EXAMPLE, folder)
    subprocess.run(
        [sys.executable, "-m", "ecocsme", "build-release", "tm-lll4-r1"], cwd=folder, check=True, env={"PYTHONPATH": str(REPOSITORY)}
    )
    found = {}
    for lang in ("ro", "en"):
        stem = folder / f"out/tm-lll4-r1/press-release.{lang}"
        found[f"{lang}.md"] = " ".join(Path(f"{stem}.md").read_text("utf-8").split())
        found[f"{lang}.docx"] = " ".join(" ".join(p.text for p in docx.Document(f"{stem}.docx").paragraphs).split())
    return found


@pytest.mark.parametrize("form", ["md", "docx"])
@pytest.mark.parametrize(("lang", "side"), [("ro", 0), ("en", 1)])
@pytest.mark.parametrize("fact", FACTS)
def test_the_release_carries_every_fact(texts: dict[str, str], fact: str, lang: str, side: int, form: str) -> None:
    """Each fact of the real release stands in ours, in each language and format."""
    lacking = [words for words in FACTS[fact][side] if words not in texts[f"{lang}.{form}"]]
    assert lacking == []


def test_romanian_is_printed_with_comma_letters_and_its_own_quotes(texts: dict[str, str]) -> None:
    """No cedilla letter, no straight quote and no English closing quote at the start in the Romanian release."""
    for form in ("ro.md", "ro.docx"):
        assert not set(texts[form]) & set('\u015e\u015f\u0162\u0163"“')
        assert "„" in texts[form]


def test_the_capitals_follow_the_date_of_the_release(example: Path, run: Run) -> None:
    """Dated a year later, Rijeka is a former capital, and nobody is the current one."""
    event = example / "events/tm-lll4-r1/event.yaml"
    event.write_text(event.read_text("utf-8").replace("date: 2020-10-15", "date: 2021-10-15"), "utf-8")
    assert run("build-release", "tm-lll4-r1", "--language", "en", "--format", "md", cwd=example).code == 0
    text = (example / "out/tm-lll4-r1/press-release.en.md").read_text("utf-8")
    assert "Matera (ECoC 2019, Italy) and Rijeka (ECoC 2020, Croatia)" in text
    assert "current" not in text


def test_an_event_without_a_press_date_gets_no_release(example: Path, run: Run) -> None:
    """What a release is dated by is asked for, with the file."""
    done = run("build-release", "tm-lll3-r1", cwd=example)
    assert done.code == 1
    assert done.err.startswith("events/tm-lll3-r1/event.yaml: press: is missing; ")
    assert not (example / "out").exists()
