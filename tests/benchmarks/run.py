"""Measure the package against its peers: `python tests/benchmarks/run.py [NAME ...]`.

Makes two environments in a cache folder (or --peers DIR), runs ours and the peer in turn and prints the median of the pairs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from environments import Place, prepared, versions
from measuring import Case, Command, Figure, WrongResult, measure

ROWS = (
    "start_up",
    "yaml_reading",
    "word_against_peers",
    "word_growth",
    "build_unchanged",
    "sheets",
    "imports",
    "near_duplicates",
    "rotations",
)
_COLUMNS = "{:<56} {:>10} {:>10} {:>8} {:>8} {:>9}  {}"


def main() -> int:
    """Run the rows that are asked for; fail only where a result is wrong."""
    asked = _asked()
    if asked.list:
        _say(*ROWS)
        return 0
    place = prepared(asked.peers)
    _say(*versions(place), "", _COLUMNS.format("benchmark", "ours", "peer", "ratio", "bar", "peak", ""))
    wrong = 0
    for name in asked.names or ROWS:
        try:
            for case in _cases(place, name):
                figure = measure(case, asked.pairs, processor=asked.processor)
                _say(_line(figure))
                if asked.commands:
                    _say(*(f"    {side}: {_shown(command)}" for side, command in (("ours", case.ours), ("peer", case.peer)) if command))
        except WrongResult as error:
            wrong += 1
            _say(f"{name}: WRONG RESULT: {error}")
    return 1 if wrong else 0


def _asked() -> argparse.Namespace:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ecocsme-benchmarks"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*ROWS, []], help=f"rows: {', '.join(ROWS)} (default: all)")
    parser.add_argument("--peers", type=Path, default=cache, metavar="DIR", help="where the environments and the made files are kept")
    parser.add_argument("--pairs", type=int, help="how many pairs to run, instead of what each row says")
    parser.add_argument("--processor", action="store_true", help="count what the processor spent instead of what the clock says")
    parser.add_argument("--commands", action="store_true", help="show the commands of each line")
    parser.add_argument("--list", action="store_true", help="list the rows")
    return parser.parse_args()


def _cases(place: Place, name: str) -> Iterator[Case]:
    yield from import_module(f"rows.{name}").cases(place)


def _line(figure: Figure) -> str:
    case = figure.case
    bars = [f"{bar:g}{unit}" for bar, unit in ((case.ratio, "x"), (case.seconds, " s"), (case.megabytes, " MB")) if bar is not None]
    peer = "" if figure.peer is None else _time(figure.peer)
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}x"
    word = {True: "held", False: "MISSED", None: "no bar"}[figure.held]
    said = f"{word}: refused: {figure.refused}" if figure.refused else word
    if figure.reached is not None:
        other = "" if figure.peer_reached is None else f", peer {figure.peer_reached:g}"
        said += f": {figure.reached:g} {case.what}{other} (bar {case.most}; {case.beside})"
    return _COLUMNS.format(case.title, _time(figure.ours), peer, ratio, ", ".join(bars), f"{figure.megabytes:.0f} MB", said).rstrip()


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 10 else f"{seconds:.1f} s"


def _shown(command: Command) -> str:
    return " ".join(str(part) if "\n" not in str(part) else "'...'" for part in command)


def _say(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
