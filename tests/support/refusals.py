"""What a call refuses, for tests that look at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ecocsme.errors import InvalidFile, Problem


def refusal(call: Callable[..., Any], *arguments: Any) -> tuple[Problem, ...]:
    """The problems with which a call refuses its arguments; none where it takes them."""
    try:
        call(*arguments)
    except InvalidFile as refused:
        return refused.problems
    return ()
