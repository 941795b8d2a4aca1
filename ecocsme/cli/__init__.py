"""The commands: they declare options, call one function and hand its result to the console."""

from __future__ import annotations


def main() -> None:
    """Run the command line; it can be interrupted from its first moment on."""
    try:
        from ecocsme.cli.app import run

        run()
    except KeyboardInterrupt:
        import os

        os.write(2, b"interrupted; nothing was left half done\n")
        os._exit(130)  # nothing has been begun, and whoever is impatient presses Ctrl+C twice
