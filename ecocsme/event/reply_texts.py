"""What a questionnaire says to whoever fills it in, in each language: until when and to whom, how, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from ecocsme.event.model import Event
from ecocsme.event.replies import recipient
from ecocsme.language import formats
from ecocsme.language.letters import printable
from ecocsme.language.texts import Texts
from ecocsme.language.words import Words, fill
from ecocsme.project.model import Project
from ecocsme.project.programmes import Programme


def texts(project: Project, programme: Programme, event: Event, packs: Sequence[Words], how: str) -> Mapping[str, Texts]:
    """All that a form says beside its questions, by name; `how` is the key of the sentence that says how it is filled in."""

    def each(say: Callable[[Words], str]) -> Texts:
        found = {printable(say(words), romanian=words.lang == "ro"): words.lang for words in reversed(packs)}
        return Texts({lang: text for text, lang in reversed(found.items())})  # what reads the same is said once

    said = {name: each(partial(_say, name)) for name in ("title", "contact", "contact_why", "name", "email")}
    said["how"] = each(partial(_say, how))
    said["event"] = each(lambda words: event.title.said(words.lang)[0])
    said["topic"] = each(lambda words: event.topic.said(words.lang)[0] if event.topic else "")
    said["deadline"] = each(lambda words: deadline(project, event, words))
    until = event.replies_by
    said["until"] = each(
        lambda words: fill(words.say("questionnaire.deadline"), {"by": formats.day(until, words.locale, "full")}) if until else ""
    )
    said["privacy"] = each(lambda words: privacy(project, event, words))
    for name in ("statement", "emblem_line"):
        said[name.partition("_")[0]] = each(partial(_of_programme, getattr(programme, name), project.label))
    return said


def _of_programme(text: Texts | None, label: str, words: Words) -> str:
    return fill(text.said(words.lang)[0], {"project": label}) if text else ""


def _say(name: str, words: Words) -> str:
    return words.say(f"questionnaire.{name}")


def deadline(project: Project, event: Event, words: Words, *, file: bool = True) -> str:
    """Until when and to whom to reply, as far as it is known; `file` where it stands in the file that is sent."""
    by = formats.day(event.replies_by, words.locale, "full") if event.replies_by else ""
    to = _address(project, event)
    both, address = ("deadline_to", "to") if file else ("deadline_mail", "")
    key = {(True, True): both, (True, False): "deadline", (False, True): address}.get((bool(by), bool(to)))
    return fill(words.say(f"questionnaire.{key}"), {"by": by, "to": to}) if key else ""


def privacy(project: Project, event: Event, words: Words) -> str:
    """What becomes of the answers, and where to ask for one to be taken out."""
    to = _address(project, event)
    return fill(words.say("questionnaire.privacy"), {"to": to}) if to else words.say("questionnaire.privacy_no_one")


def _address(project: Project, event: Event) -> str:
    to = recipient(project, event)
    return to.email or "" if to else ""
