"""Every check there is, and the running of them: over the whole folder, or for what one command is about to print."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import product

import ecocsme.event.checks
import ecocsme.event.question_checks
import ecocsme.event.reply_checks
import ecocsme.language.checks
import ecocsme.notes.checks
import ecocsme.plan.checks
import ecocsme.plan.personal_checks
import ecocsme.project.checks
import ecocsme.themes.checks
from ecocsme.checks.gather import Everything
from ecocsme.errors import Check, InvalidFile, Problem
from ecocsme.files.progress import Progress, silent, told
from ecocsme.project.folder import Folder

CHECKS: tuple[Check, ...] = (
    *ecocsme.language.checks.CHECKS,
    *ecocsme.project.checks.CHECKS,
    *ecocsme.event.checks.CHECKS,
    *ecocsme.event.question_checks.CHECKS,
    *ecocsme.event.reply_checks.CHECKS,
    *ecocsme.notes.checks.CHECKS,
    *ecocsme.themes.checks.CHECKS,
    *ecocsme.plan.checks.CHECKS,
    *ecocsme.plan.personal_checks.CHECKS,
)
_MANY = 200  # of one kind in one file: they have one cause
_NOTES = {"notes", "notes_by_id", "decisions", "decision_lines", "grouping", "plan"}


def check_folder(folder: Folder, progress: Progress = silent) -> tuple[Problem, ...]:
    """Find all problems of the whole folder, sorted by file and line."""
    everything = Everything(folder)
    found = [problem for check in told(CHECKS, lambda check: check.about, progress) for problem in _run(check, everything)]
    return _sorted([*everything.problems, *found])


def demand(folder: Folder, about: Collection[str], *, notes: bool = False) -> tuple[Problem, ...]:
    """Refuse to print what is wrong: raise InvalidFile with the errors of the files named, return their warnings.

    `about` names files relative to the folder; a name that ends with a slash stands for all below it.
    """
    everything = Everything(folder)
    checks = [check for check in CHECKS if notes or not _NOTES & set(check.needs)]
    found = [problem for check in checks for problem in _run(check, everything)]
    ours = [problem for problem in _sorted([*everything.problems, *found]) if _is_about(problem.file, about)]
    errors = [problem for problem in ours if problem.severity == "error"]
    if errors:
        raise InvalidFile(errors)
    return tuple(ours)


def _is_about(file: str, about: Collection[str]) -> bool:
    return any(file == name or (name.endswith("/") and file.startswith(name)) for name in about)


def _run(check: Check, everything: Everything) -> Iterator[Problem]:
    for handed in product(*(tuple(everything.about(need)) for need in check.needs)):
        try:
            for number, problem in enumerate(check.run(*handed)):
                if number == _MANY:
                    yield replace(
                        problem, message="more of this kind were found", cure="mend these first", line=None, field="", code=check.code
                    )
                    break
                yield replace(problem, code=check.code)
        except InvalidFile as refused:
            # a pack of the user's (words, a method, a programme) cannot be read: one problem more, and the other checks go on
            yield from refused.problems


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.file, p.line or 0, p.field, p.message)))
