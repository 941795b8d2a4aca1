"""R7: languages, encodings, zones and other surroundings of a machine; none of them is seen in a document or a note."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

from faults.scratch import EVENT, Outcome, ecocsme
from support.small_project import tree

LANG = ("C", "POSIX", "ro_RO.UTF-8", "tr_TR.UTF-8")
ENCODING = ("utf-8", "cp1252", "cp1250", "cp852")
UTF8 = ("0", "1")
ZONES = ("UTC", "Europe/Bucharest", "Pacific/Kiritimati")
# an error in this package alone: openpyxl makes a temporary file without saying its encoding, and writes bytes into it
STRICTLY = "import warnings; warnings.filterwarnings('error', '', EncodingWarning, 'ecocsme'); from ecocsme.cli import main; main()"
STRICT = ("-X", "warn_default_encoding", "-c", STRICTLY)
SHOWN = (("status", "--today", "2021-01-01"), ("trace", EVENT), ("check",), ("templates",))
PLAIN = {"LC_ALL": None, "LANGUAGE": None}
HARSH = {"HOME": None, "COLUMNS": "20", "PYTHONTZPATH": "", **PLAIN}


def cases(scratch: Path, reduced: bool) -> Iterator[Outcome]:  # noqa: FBT001  # as every recipe is called
    """All cases of the recipe: the whole chain in each of the surroundings, compared with the chain in ordinary ones."""
    expected = _chain(scratch / "ordinary", {}, 0o022, ("-m", "ecocsme"))
    everything = list(product(LANG, ENCODING, UTF8, ZONES))
    chosen = everything[::7] if reduced else everything  # 7 divides no number of values: each meets different others

    def one(number: int) -> Outcome:
        lang, encoding, utf8, zone = chosen[number]
        given = {"LANG": lang, "PYTHONIOENCODING": encoding, "PYTHONUTF8": utf8, "TZ": zone, **HARSH}
        found = _chain(scratch / str(number), given, 0o077, STRICT)
        return Outcome(f"LANG={lang} PYTHONIOENCODING={encoding} PYTHONUTF8={utf8} TZ={zone}", _difference(expected, found))

    with ThreadPoolExecutor(os.cpu_count() or 1) as workers:
        yield from workers.map(one, range(len(chosen)))
    private = sorted(path for path in (scratch / "0").rglob("*") if path.is_file() and path.stat().st_mode & 0o077)
    yield Outcome("umask 077", f"others may read {private[0].name}" if private else "")


def _chain(root: Path, given: Mapping[str, str | None], umask: int, python: tuple[str, ...]) -> dict[str, str]:
    """Make and build the example somewhere; return each file by its hash, and what the commands that show something have shown."""
    root.mkdir()
    done = ecocsme("demo", "made", cwd=root, environment=given, python=python, umask=umask)
    found = {"the demo": done.fault(0) or "made", **(tree(root / "made") if done.code == 0 else {})}
    for command in SHOWN:
        shown = ecocsme(*command, cwd=root / "made", environment=given, python=python) if done.code == 0 else done
        found[" ".join(command)] = shown.fault(0) or shown.out
    return found


def _difference(expected: Mapping[str, str], found: Mapping[str, str]) -> str:
    for name in sorted({*expected, *found}):
        if expected.get(name) != found.get(name):
            return f"{name}: {str(found.get(name, 'is missing'))[:200]}"
    return ""
