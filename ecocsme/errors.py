"""What can be wrong with a person's files, and the few exceptions that carry it.

EcocsmeError                 str() of it is the whole message
├── InvalidFile              one or more problems of files, all at once
│   └── UnreadableSheet      an answer sheet that is refused whole
├── UnknownName              a name that is not in the folder; proposes the nearest
├── WouldOverwrite           a file that the tool did not build, or that a person changed since
├── Ambiguous                two answers are possible; a flag settles it
└── MissingInput             what `--no-input` lacks (the only one that exits with 2)
"""

from __future__ import annotations

import difflib
import inspect
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]

_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def visible(text: object, limit: int = 200) -> str:
    """Show untrusted text on one line: controls and invisible characters as U+XXXX, cut at `limit`."""
    value = str(text)
    cut = value[:limit]
    shown = "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c) in _INVISIBLE else c for c in cut)
    return shown if len(value) <= limit else f"{shown}… ({len(value)} characters)"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: where it is, what is wrong, and what to do about it.

    `file` is relative to the project folder; `line` counts from 1; `field` is a dotted path.
    """

    file: str
    message: str
    cure: str = ""
    line: int | None = None
    field: str = ""
    severity: Severity = "error"
    code: str = "file"

    def __str__(self) -> str:
        """Write `FILE:LINE: field: what is wrong; what to do` on one line."""
        where = visible(self.file) if self.line is None else f"{visible(self.file)}:{self.line}"
        parts = [where, visible(self.field)] if self.field else [where]
        if self.severity == "warning":
            parts.append("warning")
        said = visible(self.message, 600) + (f"; {visible(self.cure, 300)}" if self.cure else "")
        return ": ".join([*parts, said])


class EcocsmeError(Exception):
    """What a person can mend: its text is the whole message."""


class InvalidFile(EcocsmeError):
    """Problems of one or more files, all at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order given."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnreadableSheet(InvalidFile):
    """An answer sheet that is refused whole; nothing of it was imported."""


class UnknownName(EcocsmeError):
    """A name that the folder does not know, with the nearest one that it does."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        """Say what was asked for and what there is."""
        names = sorted(known)
        near = nearest(name, names)
        if near:
            cure = f"did you mean {visible(near)}?"
        elif names:
            cure = "known: " + ", ".join(visible(n, 60) for n in names[:12])
        else:
            cure = f"there is no {kind} in this folder yet"
        super().__init__(f"{visible(name)}: there is no {kind} of this name; {cure}")


class WouldOverwrite(EcocsmeError):
    """A file that is in the way and is not ours to replace."""


class Ambiguous(EcocsmeError):
    """Two answers are possible, and the tool does not guess."""


class MissingInput(EcocsmeError):
    """A flag that `--no-input` needs; ends with exit code 2."""


def nearest(name: str, known: Sequence[str]) -> str | None:
    """Find the known name that a typing error most likely meant."""
    meant, folded = name.casefold(), {k.casefold(): k for k in reversed(known)}
    near = next(iter(difflib.get_close_matches(meant, folded, n=1, cutoff=0.6)), None)
    # two letters the wrong way round, as in `ne` for `en`, are not near by count
    turned = next((k for k in folded if sorted(k) == sorted(meant)), None)
    found = near or turned
    return folded[found] if found is not None else None


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check: its code, what it looks for, and the names of what it needs."""

    code: str
    about: str
    needs: tuple[str, ...]
    run: Callable[..., Iterable[Problem]]


def check(code: str, about: str) -> Callable[[Callable[..., Iterable[Problem]]], Check]:
    """Mark a function as a check; the names of its parameters say what `checks/` hands in."""

    def register(function: Callable[..., Iterable[Problem]]) -> Check:
        return Check(code, about, tuple(inspect.signature(function).parameters), function)

    return register
