"""Read the spoiled files with DuckDB, too, and count who reads what; runs where DuckDB is installed, never with the tests."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ecocsme.notes.grid import blank
from polluted.pollutions import Polluted, every


def theirs(case: Polluted, folder: Path) -> str:
    """How DuckDB reads a file by itself, all columns as texts: exactly, wrongly, or not at all."""
    import duckdb  # type: ignore[import-not-found,unused-ignore]  # no dependency of the project

    path = folder / "case.csv"
    path.write_bytes(case.data)
    try:
        read = duckdb.read_csv(path.as_posix(), all_varchar=True, header=False).fetchall()
    except duckdb.Error:
        return "refused"
    got = [(column, text) for row in read for column, text in enumerate(row) if text is not None and not blank(text)]
    meant = [(column, text) for row in case.means or () for column, text in enumerate(row) if not blank(text)]
    return "exact" if case.means is not None and got == meant else "wrong"


def main() -> None:
    """Print what each file came to, and the counts."""
    from polluted.test_polluted import fate

    counts: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for case in every():
            ours, duck = fate(case)[0], theirs(case, Path(folder))
            counts[ours, duck] += 1
            if ours != duck:
                sys.stdout.write(f"{case.name}: ours {ours}, DuckDB {duck}\n")
    for (ours, duck), count in sorted(counts.items()):
        sys.stdout.write(f"{count:4d}  ours {ours}, DuckDB {duck}\n")


if __name__ == "__main__":
    main()
