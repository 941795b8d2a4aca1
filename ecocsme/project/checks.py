"""Checks of project.yaml and practices.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from ecocsme.errors import Problem, check, nearest, visible
from ecocsme.files.models import FromFile, twins
from ecocsme.project import portable_names, programmes, strays
from ecocsme.project.folder import Folder
from ecocsme.project.model import Project
from ecocsme.project.practices import Practices


@check("programme", "a programme without a profile, or a project code that does not have its form")
def programme(folder: Folder, project: FromFile[Project]) -> Iterator[Problem]:
    """Name a programme that has no profile, and a code that does not fit it."""
    name, code = project.value.programme, project.value.code
    known = folder.shelves.names("programmes", ".yaml")
    if name not in known:
        near = nearest(name, known)
        cure = f"did you mean {near}?" if near else f"known: {', '.join(known)}"
        yield project.problem(("programme",), f"there is no programme profile {visible(name)}", cure)
        return
    profile = programmes.load(folder, name).value
    if code is not None and not profile.knows(code):
        cure = f"write it as the programme does, e.g. {profile.code_example}" if profile.code_example else "correct it"
        yield project.problem(("code",), f"{visible(code, 60)} is not a code of this programme", cure, severity="warning")


@check("project-dates", "a project that ends before it begins")
def project_dates(project: FromFile[Project]) -> Iterator[Problem]:
    """Compare the first and the last day of the project."""
    start, end = project.value.start, project.value.end
    if start is not None and end is not None and end < start:
        yield project.problem(("end",), f"is {end}, before the project starts on {start}", "correct one of the two")


@check("language", "a language that has no words")
def language(folder: Folder, project: FromFile[Project]) -> Iterator[Problem]:
    """Name every language of the project that has no words pack."""
    yield from unknown_languages(folder, project, project.value.languages)


@check("partner-id", "two partners with one ID, or two that are ourselves")
def partner_id(project: FromFile[Project]) -> Iterator[Problem]:
    """Name partners that cannot be told apart."""
    yield from twins(project, "partners", project.value.partners)
    ours = [index for index, partner in enumerate(project.value.partners) if partner.role == "self"]
    for index in ours[1:]:
        yield project.problem(("partners", index, "role"), "a second partner is marked as self", "mark only your own organisation")


@check("practice-id", "two practices with one ID, or a practice of a partner that does not exist")
def practice_id(project: FromFile[Project], practices: FromFile[Practices]) -> Iterator[Problem]:
    """Name practices that cannot be told apart, or whose partner is unknown."""
    yield from twins(practices, "practices", practices.value.practices)
    known = [partner.id for partner in project.value.partners]
    for index, practice in enumerate(practices.value.practices):
        if practice.partner is not None and practice.partner not in known:
            yield from unknown(practices, ("practices", index, "partner"), "partner", practice.partner, known)


def unknown_languages(folder: Folder, source: FromFile[Project], languages: tuple[str, ...]) -> Iterator[Problem]:
    """Name languages of a file that have no words pack."""
    for index, lang in enumerate(languages):
        if lang not in folder.languages:
            yield from unknown(source, ("languages", index), "language", lang, sorted(folder.languages))


def unknown(source: FromFile, place: tuple[str | int, ...], kind: str, name: str, known: list[str]) -> Iterator[Problem]:  # type: ignore[type-arg]  # of any model
    """A name that nothing in the folder has, with the nearest that something has."""
    near = nearest(name, known)
    cure = f"did you mean {near}?" if near else (f"known: {', '.join(known[:12])}" if known else f"there is no {kind} yet")
    yield source.problem(place, f"there is no {kind} {visible(name, 100)}", cure)


CHECKS = (programme, project_dates, language, partner_id, practice_id, *strays.CHECKS, *portable_names.CHECKS)
