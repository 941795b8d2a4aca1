"""`build` where nothing has changed, against `check` on the same project."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from environments import Place
from measuring import Case, Ended, WrongResult


def cases(place: Place) -> Iterator[Case]:
    """The example, built once before."""
    folder = place.folder / "unchanged"
    shutil.rmtree(folder, ignore_errors=True)
    place.answer(place.command("demo", folder))
    place.answer(place.command("build", "--project", folder))
    before = {path: path.stat().st_mtime_ns for path in (folder / "out").rglob("*")}

    def untouched(_ended: Ended) -> None:
        if {path: path.stat().st_mtime_ns for path in (folder / "out").rglob("*")} != before:
            raise WrongResult("build has written something although nothing had changed")

    def sound(ended: Ended) -> None:
        if "no problems" not in ended.out:
            raise WrongResult(f"check finds problems: {ended.out[:300]}")

    yield Case(
        "build, nothing changed / check",
        place.command("build"),
        place.command("check"),
        ratio=1.5,
        ours_made=untouched,
        peer_made=sound,
        cwd=folder,
    )
