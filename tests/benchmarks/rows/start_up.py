"""What a person waits for before anything happens: help and version, against csvkit, Python itself and Typer itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from environments import Place
from measuring import Case, Ended, WrongResult


def _says(what: str) -> Callable[[Ended], None]:
    def look(ended: Ended) -> None:
        if what not in ended.out:
            raise WrongResult(f"{what!r} is not in: {ended.out[:200]}")

    return look


def cases(place: Place) -> Iterator[Case]:
    """Our installed command in turn with each peer."""
    pass_, typer = place.python("pass"), place.python("import typer")
    csvcut = place.peer("csvcut", "--help")
    for option, sign in (("--help", "import-notes"), ("--version", "ecocsme")):
        ours = place.command(option)
        yield Case(f"{option} / csvcut --help", ours, csvcut, ratio=0.75, pairs=15, ours_made=_says(sign), peer_made=_says("csvcut"))
    yield Case("--help / python -c pass", place.command("--help"), pass_, ratio=6.5, pairs=15)
    yield Case("--version / python -c pass", place.command("--version"), pass_, pairs=15)
    yield Case("--version / import typer", place.command("--version"), typer, ratio=1.2, pairs=15, ours_made=_says("ecocsme"))
    yield Case("templates / import typer", place.command("templates"), typer, pairs=15, ours_made=_says("documents/"))
