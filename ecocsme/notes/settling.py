"""How doubts of an import are settled: by a flag, by asking once, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ecocsme.errors import visible

Ask = Callable[[str, str], "str | None"]
Agree = Callable[[str], bool]
_LISTED = 20  # notes that are named one by one


@dataclass(slots=True)
class Settling:
    """What the flags say, and how a person is asked where they say nothing; what was answered once is not asked again.

    `accept_withdrawn` lets a correction withdraw notes; `redact` puts masks in the place of personal data.
    `split` tells several ideas in one answer apart; None means: as in the sheet before.
    """

    replaces: str | None = None
    new: bool = False
    accept_withdrawn: bool = False
    redact: bool = False
    split: bool | None = None
    ask: Ask | None = None
    agree: Agree | None = None
    said: dict[tuple[str, str], str | None] = field(default_factory=dict)
    agreed: dict[tuple[str, ...], bool] = field(default_factory=dict)

    def settle(self, shown: str, sheet: str, described: str) -> str | None:
        """Answer `replaces`, `new` or None."""
        if self.new:
            return "new"
        if (shown, sheet) not in self.said and self.ask is not None:
            self.said[shown, sheet] = self.ask(shown, described)
        return self.said.get((shown, sheet))

    def may_withdraw(self, shown: str, notes: Sequence[str]) -> bool:
        """Whether a correction may withdraw these notes."""
        if self.accept_withdrawn or not notes:
            return True
        if tuple(notes) not in self.agreed and self.agree is not None:
            self.agreed[tuple(notes)] = self.agree(f"{visible(shown)}: {taken_out(notes)}")
        return self.agreed.get(tuple(notes), False)

    def nobody_waits(self) -> None:
        """Ask no more: another command waits while a person thinks."""
        self.ask = self.agree = None


def taken_out(notes: Sequence[str]) -> str:
    """Say which notes a correction would withdraw."""
    further = f" and {len(notes) - _LISTED} more" if len(notes) > _LISTED else ""
    many = "note that stands" if len(notes) == 1 else "notes that stand"
    return f"this correction withdraws {len(notes)} {many} in the sheet so far: {', '.join(notes[:_LISTED])}{further}"
