"""R8: the same input gives the same bytes: in two folders, two zones, with other hash seeds and at another time; and two short nights."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from faults.scratch import Outcome, ecocsme
from support.small_project import tree

AGAIN = (
    ("another zone and seed", {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"}),
    ("a third zone, another seed", {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "4294967295"}),
    ("a seed by chance", {"TZ": "Europe/Bucharest", "PYTHONHASHSEED": "random"}),
    ("a build date of 1999", {"SOURCE_DATE_EPOCH": "915148800"}),
)
NIGHTS = {"2020-03-29": "the hour from 3 to 4 does not exist", "2020-10-25": "the hour from 3 to 4 comes twice"}
PROJECT = 'acronym: "NIGHT"\ntitle: {ro: "Noaptea", en: "The night"}\nlanguages: [ro, en]\ntimezone: Europe/Bucharest\n'
EVENT = """\
id: night
title: {ro: "Noaptea lungă", en: "The long night"}
date: %s
start: 01:30
end: 05:30
agenda:
  - {start: 01:30, end: 02:30, title: {ro: "Unu", en: "One"}}
  - {start: 02:30, end: 04:30, title: {ro: "Doi", en: "Two"}}
  - {start: 04:30, end: 05:30, title: {ro: "Trei", en: "Three"}}
"""


def cases(scratch: Path, reduced: bool) -> Iterator[Outcome]:  # noqa: FBT001  # as every recipe is called
    """All cases of the recipe, one for each file that is compared."""
    first = _chain(scratch / "a", {"TZ": "UTC", "PYTHONHASHSEED": "0"})
    time.sleep(2)  # the time stamps of archives have two seconds
    for number, (case, given) in enumerate(AGAIN[:2] if reduced else AGAIN):
        again = _chain(scratch / f"in another folder with a longer name {number}" / "ș", given)
        for name in sorted({*first, *again}):
            yield Outcome(f"{case}: {name}", "" if first.get(name) == again.get(name) else "has other bytes")
    for night, about in NIGHTS.items():
        yield from _night(scratch / night, night, about)


def _chain(root: Path, given: dict[str, str]) -> dict[str, str]:
    """Run the demo, then build everything that is still to be built."""
    root.mkdir(parents=True)
    for command, cwd in ((("demo", "made"), root), (("build",), root / "made")):
        done = ecocsme(*command, cwd=cwd, environment=given)
        if done.code:
            return {"the example": done.said}
    return tree(root / "made")


def _night(root: Path, night: str, about: str) -> Iterator[Outcome]:
    """Times are printed as they stand in the event file, in every zone of the machine."""
    (root / "events" / "night").mkdir(parents=True)
    (root / "project.yaml").write_text(PROJECT, encoding="utf-8")
    (root / "events" / "night" / "event.yaml").write_text(EVENT % night, encoding="utf-8")
    seen = []
    for zone in ("UTC", "Europe/Bucharest", "Pacific/Kiritimati"):
        shutil.rmtree(root / "out", ignore_errors=True)
        done = ecocsme("build-agenda", "night", cwd=root, environment={"TZ": zone})
        fault = done.fault(0)
        text = (root / "out" / "night" / "agenda.en.md").read_text("utf-8") if not fault else ""
        found = re.findall(r"\b0\d:\d\d\b", text.split("One")[0].rsplit("\n", 1)[-1] + text.split("One", 1)[-1]) if not fault else []
        wanted = ["01:30", "02:30", "02:30", "04:30", "04:30", "05:30"]
        yield Outcome(f"{night} in {zone}: {about}", fault or ("" if found == wanted else f"prints {found}"))
        seen.append(tree(root))
    yield Outcome(f"{night} in three zones", "" if seen[0] == seen[1] == seen[2] else "has other bytes")
