"""The house in figures, at the end of every run."""

from __future__ import annotations

import pytest

from house import measures
from house.repository import PACKAGE


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how big the house is."""
    try:
        sizes = sorted(measures.lengths(PACKAGE).values())
        found = measures.functions(PACKAGE)
    except SyntaxError as error:
        terminalreporter.write_line(f"the house cannot be measured: {error}")
        return
    size = f"{len(sizes)} modules, {sum(sizes):,} lines, median {measures.middle(PACKAGE)}, largest {sizes[-1]}"
    longest, highest = max(one.lines for one in found), max(one.complexity for one in found)
    terminalreporter.write_line(f"the house: {size}; longest function {longest} lines, highest complexity {highest}")
