"""Exports of form tools, made up: whatever the questions, the rows and the languages are, each answer comes once and nothing else does."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecocsme.files.places import Shelves
from ecocsme.notes import profiles, readers
from ecocsme.notes.answers import answers
from ecocsme.notes.grid import letters
from ecocsme.notes.matching import knowledge, synonyms
from support import answer_sheets

WORDS = (
    "orașe",
    "școli",
    "piață",
    "muncă",
    "örökség",
    "città",
    "Kultūra",
    "ţară",
    "naïve",
    "IT&C",
    "30 %",
    "„ghilimele”",
    'cu "citat"',
    "ateliere",
)
ANSWERS = (
    "007",
    "11:00",
    "N/A",
    "-",
    "=1+1",
    "IT;arte;",
    "da, nu",
    "două\nrânduri",
    'a zis "da"',
    "😀",
    "2020-10-20",
    "x; y",
    "nu\tștiu",
    "Da",
)
Row = Sequence[str]


@dataclass(frozen=True)
class Form:
    """A made-up form: the text of each column of answers in the language of the form, with its ID, and the answers of each person."""

    language: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    questions: tuple[dict[str, str], ...]
    choice: int

    @property
    def texts(self) -> list[str]:
        """The titles of the columns of answers."""
        return [text for _, text in self.columns]

    def pick(self, *names: str) -> str:
        """One of several names, for instance of one title in several languages."""
        return names[self.choice % len(names)]


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """One to four questions in two languages, one of them perhaps in two columns; one to six people, who may leave cells empty."""
    questions = []
    for number in range(draw(st.integers(1, 4))):
        some = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
        joint = draw(st.sampled_from((" ", ", ", "\n", ": ", "/")))
        questions.append(
            {"ro": f"Întrebarea {'abcd'[number]}, ce {joint.join(some)}?", "en": f"Question {'abcd'[number]}, what {joint.join(some)}?"}
        )
    language = draw(st.sampled_from(("ro", "en")))
    columns = [(f"q{number}", texts[language]) for number, texts in enumerate(questions, 1)]
    columns += [columns[0]] * draw(st.integers(0, 1))
    word = st.sampled_from(ANSWERS) | st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
    row = st.tuples(*[st.just("") | word] * len(columns))
    rows = draw(st.lists(row, min_size=1, max_size=6).filter(lambda rows: any(any(row) for row in rows)))
    return Form(language, tuple(columns), tuple(rows), tuple(questions), draw(st.integers(0, 11)))


def google(form: Form) -> Iterator[Row]:
    """Google Forms: a time stamp in the language of the owner, perhaps the address."""
    mail = form.choice % 2
    yield [form.pick("Marcaj de timp", "Timestamp", "Időbélyeg", "Aikaleima"), *["Adresă de e-mail"] * mail, *form.texts]
    yield from (["20.10.2020 11:02:11", *["ana@example.org"] * mail, *row] for row in form.rows)


def microsoft(form: Form) -> Iterator[Row]:
    """Microsoft Forms: five columns of its own, in two languages."""
    yield [*form.pick("ID|Start time|Completion time|Email|Name", "ID|Ora de începere|Ora finalizării|E-mail|Nume").split("|"), *form.texts]
    yield from ([str(n), "10/20/20 11:00:01", "10/20/20 11:03:09", "anonymous", "", *row] for n, row in enumerate(form.rows, 1))


def limesurvey_codes(form: Form) -> Iterator[Row]:
    """LimeSurvey with codes, which are the IDs of the questions."""
    yield ["id", "submitdate", "lastpage", "startlanguage", "seed", *(name for name, _ in form.columns)]
    yield from ([str(n), "2020-10-20 11:00:00", "3", form.language, "81", *row] for n, row in enumerate(form.rows, 1))


def limesurvey_texts(form: Form) -> Iterator[Row]:
    """LimeSurvey with the full texts, times at the end."""
    own = ["Response ID", "Date submitted", "Last page", "Start language", "Seed"]
    yield [*own, *form.texts, "Total time", "Group time: Una"]
    yield from ([str(n), "2020-10-20 11:00:00", "3", form.language, "81", *row, "61.2", "30.1"] for n, row in enumerate(form.rows, 1))


def limesurvey_both(form: Form) -> Iterator[Row]:
    """LimeSurvey with codes before the texts, in one of its two notations."""
    sign = form.pick(". ", ": ")
    own = {"id": "Response ID", "submitdate": "Date submitted", "startlanguage": "Start language"}
    yield [*(f"{code}{sign}{text}" for code, text in own.items()), *(f"G01Q{n:02}{sign}{text}" for n, text in enumerate(form.texts, 1))]
    yield from ([str(n), "2020-10-20 11:00:00", form.language, *row] for n, row in enumerate(form.rows, 1))


def qualtrics(form: Form) -> Iterator[Row]:
    """Qualtrics: three rows of header, the last one for programs."""
    own = ["StartDate", "EndDate", "Status", "IPAddress", "ResponseId", "RecipientEmail", "UserLanguage"]
    yield [*own, *(f"Q{n + 6}" for n in range(len(form.columns)))]
    yield ["Start Date", "End Date", "Response Type", "IP Address", "Response ID", "Recipient Email", "User Language", *form.texts]
    yield [*(f'{{"ImportId":"{one}"}}' for one in own), *(f'{{"ImportId":"QID{n}_TEXT"}}' for n in range(len(form.columns)))]
    for n, row in enumerate(form.rows, 1):
        yield ["2020-10-20 11:00:00", "2020-10-20 11:05:00", "0", "192.0.2.1", f"R_{n}", "", form.language.upper(), *row]


def surveymonkey(form: Form) -> Iterator[Row]:
    """SurveyMonkey: what kind of answer it is stands in a second row."""
    own = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name"]
    yield [*own, *form.texts]
    yield [*[""] * len(own), *[form.pick("Open-Ended Response", "Răspuns deschis")] * len(form.columns)]
    yield from ([str(100 + n), "9", "10/20/2020", "10/20/2020", "192.0.2.1", "", "Ana", *row] for n, row in enumerate(form.rows))


def kobo(form: Form) -> Iterator[Row]:
    """KoBoToolbox: the texts of the questions, with or without their group before them."""
    group = form.pick("", "ateliere/")
    yield ["start", "end", *(group + text for text in form.texts), "_id", "_uuid", "_submission_time", "meta/instanceID"]
    for n, row in enumerate(form.rows, 1):
        yield ["2020-10-20T11:00", "2020-10-20T11:05", *row, str(n), f"{n}f", "2020-10-20T11:06", f"uuid:{n}f"]


def typeform(form: Form) -> Iterator[Row]:
    """Typeform: its own columns stand around the questions."""
    yield ["#", *form.texts, "Response Type", "Start Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags"]
    yield from ([f"x{n}", *row, "completed", "2020-10-20 08:00:00", "2020-10-20 08:05:00", "n1", ""] for n, row in enumerate(form.rows, 1))


def decidim(form: Form) -> Iterator[Row]:
    """Decidim: columns with a slash in their names, the address at the end."""
    yield ["id", "category/id", "category/name/ro", "component/id", *form.texts, "published_at", "url"]
    yield from ([str(n), "3", "Cultură", "7", *row, "2020-10-20", f"https://example.org/{n}"] for n, row in enumerate(form.rows, 1))


def consul(form: Form) -> Iterator[Row]:
    """CONSUL Democracy, as saved with the numbers of the rows in a column without a title: two rows at least, or it could be anything."""
    yield ["" if len(form.rows) > 1 else "id", "id", "title", "summary", "code", *form.texts, "date", "numComments"]
    yield from ([str(n), str(n + 7), "", "", f"TM-{n}", *row, "2020-10-20", "188"] for n, row in enumerate(form.rows))


def polis(form: Form) -> Iterator[Row]:
    """Polis: counts beside each statement."""
    yield ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", *form.texts]
    yield from (["1651071094558", "Wed", str(n), str(n), "59", "63", "-1", *row] for n, row in enumerate(form.rows))


def talk_to_the_city(form: Form) -> Iterator[Row]:
    """Talk to the City: who was interviewed, and attributes."""
    yield ["id", "interview", "comment", *form.texts, "attribute_oras"]
    yield from ([str(n), "Ana", "", *row, "Timișoara"] for n, row in enumerate(form.rows, 1))


TOOLS: dict[str, tuple[Callable[[Form], Iterator[Row]], ...]] = {
    "google-forms": (google,),
    "microsoft-forms": (microsoft,),
    "limesurvey": (limesurvey_codes, limesurvey_texts, limesurvey_both),
    "qualtrics": (qualtrics,),
    "surveymonkey": (surveymonkey,),
    "kobo": (kobo,),
    "typeform": (typeform,),
    "decidim": (decidim,),
    "consul": (consul,),
    "polis": (polis,),
    "talk-to-the-city": (talk_to_the_city,),
}


def test_every_profile_has_a_generator() -> None:
    """A new tool needs one, too."""
    assert sorted(TOOLS) == sorted(name.removesuffix(".yaml") for name in Shelves().names(profiles.ROOM, ".yaml"))


@cache
def tools() -> tuple[profiles.Tool, ...]:
    """The shipped profiles."""
    return profiles.load(Shelves())


@pytest.mark.parametrize("tool", [one for shapes in TOOLS.values() for one in shapes], ids=lambda one: one.__name__)
@settings(max_examples=25, deadline=None)
@given(form=forms())
def test_each_answer_comes_once_and_nothing_else_does(tool: Callable[[Form], Iterator[Row]], form: Form) -> None:
    """Diacritics, commas, quotes and line breaks in titles, a title that stands twice, answers that look like something else."""
    rows = list(tool(form))
    stream = io.StringIO()
    csv.writer(stream, delimiter=form.pick(",", ";"), lineterminator="\r\n").writerows(rows)
    data = stream.getvalue().encode(form.pick("utf-8", "utf-8-sig", "utf-16"))
    event = answer_sheets.event(questions=[{"id": f"q{n}", "text": texts} for n, texts in enumerate(form.questions, 1)])
    known = knowledge(event, synonyms(answer_sheets.packs()), tools())
    found = answers(readers.read(data, "export.csv", known.hints(("ro", "en"), None, None)), known, "export.csv")
    titles = next(row for row in rows if set(form.texts) <= {title.removeprefix("ateliere/") for title in row} or tool in CODED)
    first = min(place for place, title in enumerate(titles) if title in own_titles(tool, form))
    top = len(rows) - len(form.rows) + 1
    expected = {
        f"{letters(first + column)}{top + number}": (form.columns[column][0], text)
        for number, row in enumerate(form.rows)
        for column, text in enumerate(row)
        if text
    }
    assert {draft.cell: (draft.origin.question, draft.text) for draft in found.drafts} == expected
    assert len(found.drafts) == len(expected)
    assert [one.address for one in found.not_read] == []


CODED = (limesurvey_codes, limesurvey_both)


def own_titles(tool: Callable[[Form], Iterator[Row]], form: Form) -> set[str]:
    """The titles under which answers stand."""
    if tool is limesurvey_codes:
        return {name for name, _ in form.columns}
    signs = [f"G01Q01{sign}{form.texts[0]}" for sign in (". ", ": ")]
    return {*form.texts, *signs, *(f"ateliere/{text}" for text in form.texts)}
