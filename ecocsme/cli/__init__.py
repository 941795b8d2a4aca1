"""The commands: they declare options, call one function and hand its result to the console."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from ecocsme.cli.app import run

    run()
