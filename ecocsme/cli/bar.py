"""When the bar of a longer command comes and goes; the console draws it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ecocsme.errors import visible

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE = 1.0


class Bar:
    """A bar that comes after a second, from a thread of its own, so that one long piece of work is seen to go on, too."""

    def __init__(self, what: str, draw: Callable[[], Progress]) -> None:
        """Wait for a second before anything is drawn."""
        self._what, self._number, self._total = what, 0, 0
        self._draw = draw
        self._lock = threading.Lock()
        self._drawn: Progress | None = None
        self._timer = self._started()

    def tell(self, what: str, number: int, total: int) -> None:
        """Take note of the piece that is worked on now."""
        self._what, self._number, self._total = what, number, total
        with self._lock:
            if self._drawn:
                self._drawn.update(self._drawn.task_ids[0], **self._state())

    def hide(self) -> None:
        """Leave the screen to something else, and come back after another second."""
        self.end()
        self._timer = self._started()

    def end(self) -> None:
        """Leave the screen as it was."""
        self._timer.cancel()
        self._timer.join()  # it may be about to draw
        with self._lock:
            if self._drawn:
                self._drawn.stop()
            self._drawn = None

    def _started(self) -> threading.Timer:
        timer = threading.Timer(_PATIENCE, self._show)
        timer.daemon = True
        timer.start()
        return timer

    def _show(self) -> None:
        drawn = self._draw()
        with self._lock:
            state = self._state()
            drawn.add_task(state.pop("description"), **state)
            drawn.start()
            self._drawn = drawn

    def _state(self) -> dict[str, Any]:
        """Pieces before this one are done; how far a single piece is, nobody knows."""
        known = self._total > 1
        count = f"{self._number}/{self._total}" if known else ""
        total = self._total if known else None
        return {"description": visible(self._what, 60), "completed": self._number - 1 if known else 0, "total": total, "count": count}
