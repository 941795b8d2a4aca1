"""A YAML file of 5,000 lines with line marks, against CSafeLoader, which keeps none."""

from __future__ import annotations

from collections.abc import Iterator

from environments import Place
from made import kept, sentences
from measuring import Case, Ended, WrongResult

QUESTIONS = 1666
_OURS = """
import sys
from ecocsme.files.yaml_text import parse
with open(sys.argv[1], encoding="utf-8") as file:
    parsed = parse(file.read(), "event.yaml")
print(len(parsed.data["questions"]), parsed.line(("questions", 1665, "en")), parsed.data["questions"][-1]["en"])
"""
_PEER = """
import sys, yaml
with open(sys.argv[1], encoding="utf-8") as file:
    data = yaml.load(file.read(), Loader=yaml.CSafeLoader)
print(len(data["questions"]), data["questions"][-1]["en"])
"""


def cases(place: Place) -> Iterator[Case]:
    """One file, read by both."""
    texts = list(sentences(2 * QUESTIONS))
    lines = ["id: lab-1", "questions:"]
    for number in range(QUESTIONS):
        lines += [f"- id: q{number + 1}", f'  ro: "{texts[2 * number]}"', f'  en: "{texts[2 * number + 1]}"']
    path = kept(place.folder / "event.yaml", lambda file: file.write_text("\n".join(lines) + "\n", encoding="utf-8"))

    def ours_made(ended: Ended) -> None:
        if ended.out.split("\n")[0] != f"{QUESTIONS} {len(lines)} {texts[-1]}":
            raise WrongResult(f"the last question is not at line {len(lines)}: {ended.out[:200]}")

    def peer_made(ended: Ended) -> None:
        if ended.out.split("\n")[0] != f"{QUESTIONS} {texts[-1]}":
            raise WrongResult(f"the peer has read something else: {ended.out[:200]}")

    yield Case(
        "5,000 lines of YAML / CSafeLoader",
        place.python(_OURS, path),
        place.python(_PEER, path),
        ratio=1.2,
        pairs=9,
        ours_made=ours_made,
        peer_made=peer_made,
    )
