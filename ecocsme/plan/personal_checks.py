"""No plan prints personal data: the notes that it quotes or lists are looked at once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ecocsme.errors import Problem, check
from ecocsme.files.models import FromFile
from ecocsme.files.yaml_text import Place
from ecocsme.notes.model import Note
from ecocsme.notes.personal import found
from ecocsme.plan.model import Plan
from ecocsme.themes.decisions import Grouping


@check("personal-data", "personal data (an e-mail address, a telephone number, an account ...) in a note that a plan prints")
def personal_data(plan: FromFile[Plan], notes_by_id: Mapping[str, Note], grouping: Grouping) -> Iterator[Problem]:
    """Name the notes with personal data that a plan quotes, or lists as evidence; what they say is not repeated."""
    said: set[str] = set()
    for place, action, name in _printed(plan.value, grouping):
        note = notes_by_id.get(name)
        if note is None or note.state != "current" or note.content == "none" or name in grouping.left_out or name in said:
            continue
        kinds = ", ".join(dict.fromkeys(finding.kind for finding in found(note.text)))
        if kinds:
            said.add(name)
            cure = "import its sheet again with --redact, or leave the note out with `ecocsme decide leave-out`"
            yield plan.problem(place, f"{action}: the note {name}, which is printed, holds personal data ({kinds})", cure)


def _printed(plan: Plan, grouping: Grouping) -> Iterator[tuple[Place, str, str]]:
    for number, action in enumerate(plan.actions):
        for index, item in enumerate(action.evidence):
            kind, _, name = item.partition(":")
            for note in {"note": (name,), "theme": grouping.members.get(name, ())}.get(kind, ()):
                yield ("actions", number, "evidence", index), action.id, note
        for index, quote in enumerate(action.quotes):
            yield ("actions", number, "quotes", index, "note"), action.id, quote.note


CHECKS = (personal_data,)
