"""`new-lab`: a new event, and the project the first time, by questions in a terminal or by flags in a script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecocsme.cli import asking, console, options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ecocsme.event.scaffolding import NewEvent, NewProject
    from ecocsme.language.texts import Texts
    from ecocsme.project.folder import Folder

_BOTH = 'Several languages: "Text românesc / English text".'
_FromSheet = Annotated[
    Path | None,
    typer.Option("--from-sheet", metavar="FILE", help="Take the questions from the header of this sheet, and remember its columns."),
]
_HeaderRows = Annotated[int | None, typer.Option("--header-rows", min=1, max=9, help="How many rows the header of that sheet has.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("new-lab")(new_lab)


def new_lab(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the event: small letters, digits, hyphens, e.g. tm-lll4-r1.")],
    title: Annotated[str | None, typer.Option("--title", help=f"The title. {_BOTH}")] = None,
    topic: Annotated[str | None, typer.Option("--topic", help="What it is about, in the same way.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="The day, e.g. 2020-10-20 or 20.10.2020.")] = None,
    start: Annotated[str | None, typer.Option("--start", help="When it begins, e.g. 11:00.")] = None,
    end: Annotated[str | None, typer.Option("--end", help="When it ends.")] = None,
    venue: Annotated[str | None, typer.Option("--venue", help="Where it takes place.")] = None,
    facilitator: Annotated[str | None, typer.Option("--facilitator", help="Who leads it.")] = None,
    method: Annotated[str | None, typer.Option("--method", help="How it is run, e.g. world-cafe.")] = None,
    replies_by: Annotated[str | None, typer.Option("--replies-by", help="Of a questionnaire: the last day for replies.")] = None,
    tables: Annotated[int | None, typer.Option("--tables", min=1, max=200, help="How many tables.")] = None,
    rounds: Annotated[int | None, typer.Option("--rounds", min=1, max=50, help="How many rounds.")] = None,
    lab: Annotated[int | None, typer.Option("--lab", min=1, help="Which lab of the series.")] = None,
    lab_round: Annotated[int | None, typer.Option("--lab-round", min=1, help="Which round of the lab.")] = None,
    question: Annotated[list[str] | None, typer.Option("--question", help="A question for the tables; may be given several times.")] = None,
    from_sheet: _FromSheet = None,
    header_rows: _HeaderRows = None,
    previous: Annotated[str | None, typer.Option("--previous", help="The event before. Default: the last one before this day.")] = None,
    like: Annotated[
        str | None, typer.Option("--like", metavar="EVENT", help="Start from this event, without its day, place and people.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option("--language", help="A language, the main one first; may be given several times.")
    ] = None,
    acronym: Annotated[str | None, typer.Option("--acronym", help="The first time: the project's short name.")] = None,
    project_title: Annotated[str | None, typer.Option("--project-title", help="The first time: the project's title.")] = None,
    code: Annotated[str | None, typer.Option("--code", help="The first time: the project's number.")] = None,
    programme: Annotated[str | None, typer.Option("--programme", help="The first time: the funding programme's profile, or plain.")] = None,
    organisation: Annotated[str | None, typer.Option("--organisation", help="The first time: your organisation.")] = None,
    timezone: Annotated[str | None, typer.Option("--timezone", help="The first time: e.g. Europe/Bucharest.")] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask; name every flag that is missing.")] = False,
    dry_run: options.DryRun = False,
    project: options.Project = None,
    quiet: options.Quiet = False,
) -> None:
    """Start a new event (and the project, the first time).

    In a terminal, what is missing is asked for; in a script, give the flags and --no-input. Nothing is overwritten.
    """
    given = {key: value for key, value in locals().items() if key not in ("name", "project", "quiet", "no_input", "dry_run")}
    console.hush(quiet=quiet)
    from ecocsme.event.scaffolding import scaffold

    folder = options.here_or_nowhere(project)
    begun = not folder.project_file.is_file()
    interactive = console.can_ask() and not no_input
    languages = _languages(folder, given["language"], begun=begun, interactive=interactive)
    wanted = [*(_project_wanted(folder, languages) if begun else []), *_event_wanted(folder, languages, like=like is not None)]
    known = asking.complete(wanted, given, languages=languages, interactive=interactive)
    known |= _in_writing(known, interactive=interactive)
    known["languages"] = languages
    questions, beside = _questions(folder, question or (), languages, from_sheet, header_rows)
    event = _new_event(folder, name, known, questions, own_languages=bool(language) and not begun, interactive=interactive and not like)
    console.wrote(scaffold(folder.root, _new_project(known) if begun else None, event, beside=beside, dry_run=dry_run))
    if dry_run:
        console.would()
        return
    console.say(f"next: look at events/{name}/event.yaml, then: ecocsme check, ecocsme build-agenda {name}")


def _languages(folder: Folder, given: list[str] | None, *, begun: bool, interactive: bool) -> tuple[str, ...]:
    """The languages of the texts: given, the project's, or asked; none where a script gave none, which is then missed."""
    if given:
        return tuple(given)
    if not begun:
        from ecocsme.project import model as project_model

        return project_model.load(folder).value.languages
    if not interactive:
        return ()
    ask = f"Languages, the main one first ({', '.join(sorted(folder.languages))})"
    wanted = asking.Wanted("--languages", ask, lambda text: tuple(text.replace(",", " ").split()), required=True)
    return tuple(asking.complete([wanted], {}, languages=(), interactive=True)["languages"])


def _project_wanted(folder: Folder, languages: Sequence[str]) -> list[asking.Wanted]:
    from ecocsme.files.values import read_zone

    text = _texts(languages)
    return [
        *([] if languages else [asking.Wanted("--language", "", str, required=True)]),
        asking.Wanted("--acronym", "Project: short name", str, required=True),
        asking.Wanted("--project-title", "Project: title", text, required=True, per_language=True),
        asking.Wanted("--code", "Project: number, if it has one", str),
        asking.Wanted("--programme", f"Project: programme ({_known(folder, 'programmes')})", str, default="plain"),
        asking.Wanted("--organisation", "Your organisation", text, per_language=True),
        asking.Wanted("--timezone", "Time zone", read_zone, default="Europe/Bucharest"),
    ]


def _event_wanted(folder: Folder, languages: Sequence[str], *, like: bool) -> list[asking.Wanted]:
    """What an event needs; one that is like another is asked only for what it does not take over."""
    from ecocsme.files.values import read_clock, read_day

    text = _texts(languages)
    return [
        asking.Wanted("--title", "" if like else "Title", text, required=not like, per_language=True),
        asking.Wanted("--topic", "" if like else "Topic", text, per_language=True),
        asking.Wanted("--date", "Date, e.g. 20.10.2020", read_day, required=True),
        asking.Wanted("--start", "" if like else "Begins at, e.g. 11:00", read_clock),
        asking.Wanted("--end", "", read_clock),
        asking.Wanted("--venue", "Venue, if it is known", text, per_language=True),
        asking.Wanted("--facilitator", "Facilitator, if it is known", str),
        asking.Wanted("--method", "" if like else f"Method ({_known(folder, 'methods')}; empty: none)", str),
        asking.Wanted("--tables", "" if like else "Number of tables", _number),
        asking.Wanted("--rounds", "" if like else "Number of rounds", _number),
        asking.Wanted("--replies-by", "", read_day),
        *(asking.Wanted(option, "", _number) for option in ("--lab", "--lab-round")),
        *(asking.Wanted(option, "", str) for option in ("--previous", "--like")),
    ]


def _in_writing(known: dict[str, Any], *, interactive: bool) -> dict[str, Any]:
    """What follows from the method: a questionnaire is answered in writing, by a last day that a person is asked for."""
    from ecocsme.files.values import read_day

    if known["method"] != "questionnaire" and known["replies_by"] is None:
        return {}
    ask = interactive and known["replies_by"] is None
    wanted = asking.Wanted("--replies-by", "Replies until, e.g. 27.11.2026", read_day)
    return {"mode": "questionnaire", **(asking.complete([wanted], {}, languages=(), interactive=True) if ask else {})}


def _known(folder: Folder, room: str) -> str:
    return ", ".join(folder.shelves.names(room, ".yaml"))


def _number(text: str | int) -> int:
    if isinstance(text, str) and not text.isdecimal():
        raise ValueError(f"found {text}; write a whole number in digits")
    return int(text)


def _texts(languages: Sequence[str]) -> Callable[[str], Texts]:
    from ecocsme.event.scaffolding import said

    return lambda text: said(text, tuple(languages) or ("en",))


def _new_project(known: dict[str, Any]) -> NewProject:
    from ecocsme.event.scaffolding import NewProject

    names = ("acronym", "languages", "programme", "code", "timezone", "organisation")
    return NewProject(title=known["project_title"], **{name: known[name] for name in names})


def _questions(
    folder: Folder, given: Sequence[str], languages: Sequence[str], sheet: Path | None, header_rows: int | None
) -> tuple[tuple[Texts, ...], dict[str, str]]:
    """The questions that were given, and those that a sheet asks, with the mapping of its columns as a file beside the event."""
    from ecocsme.language.texts import Texts

    questions = tuple(map(_texts(languages), given))
    if sheet is None:
        return questions, {}
    from ecocsme.notes.drafting import drafted
    from ecocsme.notes.wishes import Wishes

    found = drafted(folder, sheet, Wishes(header_rows=header_rows), after=len(questions))
    for text in found.said:
        console.say(f"{sheet.name}: {text}")
    asked = tuple(Texts({languages[0]: text}) for text in found.questions)
    return (*questions, *asked), {"mapping.yaml": found.mapping} if found.mapping else {}


def _new_event(
    folder: Folder, name: str, known: dict[str, Any], questions: tuple[Texts, ...], *, own_languages: bool, interactive: bool
) -> NewEvent:
    """Put the event together; its questions are asked for last, since there may be many."""
    from dataclasses import fields

    from ecocsme.event.scaffolding import NewEvent, earlier

    if interactive and not questions:
        questions = asking.questions(known["languages"])
    previous = known["previous"] or earlier(folder, known["date"])
    languages = known["languages"] if own_languages else ()
    taken = {field.name for field in fields(NewEvent)} & known.keys() - {"previous", "languages"}
    return NewEvent(name=name, previous=previous, questions=questions, languages=languages, **{key: known[key] for key in taken})
