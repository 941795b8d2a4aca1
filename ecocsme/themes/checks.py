"""Checks of the codebook and of the decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ecocsme.errors import Problem, check, visible
from ecocsme.files.models import FromFile, twins
from ecocsme.notes.model import Note
from ecocsme.project.checks import unknown
from ecocsme.project.folder import Folder
from ecocsme.themes import decisions as decisions_file
from ecocsme.themes.decision import NAME, Decision, fingerprint
from ecocsme.themes.model import Codebook, Theme


@check("theme-id", "two themes with one ID, or a parent theme that does not exist or stands below it")
def theme_id(themes: FromFile[Codebook]) -> Iterator[Problem]:
    """Name themes that cannot be told apart, or whose parent is unknown."""
    yield from twins(themes, "themes", themes.value.themes)
    known = [theme.id for theme in themes.value.themes]
    for index, theme in enumerate(themes.value.themes):
        if theme.parent is not None and theme.parent not in known:
            yield from unknown(themes, ("themes", index, "parent"), "theme", theme.parent, known)
        elif theme.id in _above(theme, themes.value):
            message = "following the parents upwards leads back to this theme"
            yield themes.problem(("themes", index, "parent"), message, "name another theme, or leave the key out")


def _above(theme: Theme, codebook: Codebook) -> set[str]:
    """The IDs of the themes above one, each once, though they may run in a circle."""
    found: set[str] = set()
    parent = theme.parent
    while parent is not None and parent not in found:
        found.add(parent)
        above = codebook.find(parent)
        parent = above.parent if above else None
    return found


@check("decision", "a decision about a note or theme that does not exist, or about a note that changed since")
def decision(
    decisions: tuple[Decision, ...],
    decision_lines: tuple[int, ...],
    themes: FromFile[Codebook],
    notes_by_id: Mapping[str, Note],
) -> Iterator[Problem]:
    """Name decisions whose note or theme is gone, and those to be looked at again."""
    known = {theme.id for theme in themes.value.themes}
    for made, line in zip(decisions, decision_lines, strict=True):
        note = notes_by_id.get(made.subject)
        if note is None:
            yield _said(line, f"there is no note {visible(made.subject)}", "import its sheet, or decide again")
        elif fingerprint(note.text) != made.text_sha256:
            yield _said(line, f"the note {made.subject} reads differently since this decision", "look at it again")
        if made.do == "assign" and made.target not in known:
            yield _said(line, f"there is no theme {visible(made.target)}", "add it to themes.yaml, or decide again")


@check("decisions-saved", "decisions.csv saved again by a spreadsheet program, and the letters that it destroyed")
def decisions_saved(folder: Folder, decision_lines: tuple[int, ...]) -> Iterator[Problem]:  # noqa: ARG001  # so that it runs only where the file can be read
    """Say what a spreadsheet program did to decisions.csv."""
    yield from decisions_file.cautions(folder)


def _said(line: int, message: str, cure: str) -> Problem:
    return Problem(NAME, message, cure, line, severity="warning")


CHECKS = (theme_id, decision, decisions_saved)
