"""Commands that are made when they are asked for: to read the options of one takes two milliseconds, of all as long as Typer itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

import typer
from typer.core import TyperCommand
from typer.main import get_command_from_info


class Commands(Mapping[str, Any]):
    """The commands that are registered with a Typer application, by name and in order."""

    def __init__(self, registered: typer.Typer) -> None:
        """Take note of all commands, and make none."""
        self._infos = {str(info.name): info for info in registered.registered_commands}
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Make a command when it is first asked for."""
        if name not in self._made:
            self._made[name] = get_command_from_info(self._infos[name], pretty_exceptions_short=True, rich_markup_mode=None)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Name the commands."""
        return iter(self._infos)

    def __len__(self) -> int:
        """Count the commands."""
        return len(self._infos)

    def listed(self) -> dict[str, Any]:
        """All commands with what a list of them shows: the first sentence of each, and no options."""
        return {
            name: TyperCommand(name, help=inspect.getdoc(info.callback), short_help=info.short_help, hidden=info.hidden)
            for name, info in self._infos.items()
        }
