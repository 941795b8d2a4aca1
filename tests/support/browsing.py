"""A page in headless Chromium under a clock that stands still until a test moves it; what it asked for is remembered."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(__file__).resolve().parents[1] / "browser" / "node_modules" / "axe-core" / "axe.min.js"


def absent(what: str) -> None:
    """Skip a test for want of something; fail it where everything must be there."""
    if os.environ.get("ECOCSME_SHARED") == "required":
        pytest.fail(what)
    pytest.skip(what)


def chromium() -> Iterator[Browser]:
    """The installed Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        absent("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@dataclass
class Screen:
    """One page that is open, all that it asked for, and all that went wrong in it."""

    page: Page
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> Screen:
        """Press keys one after the other, each drawn before the next."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def wait(self, minutes: float) -> Screen:
        """Let time pass, and the page draw."""
        self.page.clock.fast_forward(int(minutes * 60_000))
        self.page.clock.run_for(300)
        return self

    def text(self, name: str) -> str:
        """What an element shows, on one line."""
        return " ".join(self.page.inner_text(f"#{name}").split())

    def reload(self) -> Screen:
        """Load the page anew, as by accident."""
        self.page.reload()
        return self

    def violations(self) -> list[str]:
        """What axe finds wrong, each with where."""
        if not AXE.is_file():
            absent("axe-core is not installed: npm ci in tests/browser")
        self.page.evaluate(AXE.read_text("utf-8"))
        self.page.clock.resume()  # axe waits for its own timers
        found: list[dict[str, Any]] = self.page.evaluate("axe.run(document, {preload: false}).then((done) => done.violations)")
        return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def opened(browser: Browser, path: Path, at: datetime, *, init: str = "", **surroundings: Any) -> Screen:
    """Open a file at a moment of a day that does not pass by itself."""
    context = browser.new_context(viewport=surroundings.pop("viewport", {"width": 1024, "height": 768}), **surroundings)
    page = context.new_page()
    screen = Screen(page)
    page.on("request", lambda request: screen.asked.append(request.url))
    page.on("pageerror", lambda error: screen.faults.append(str(error)))
    page.on("console", lambda message: screen.faults.append(message.text))
    page.clock.install(time=at.astimezone(UTC) - timedelta(minutes=10))
    page.clock.pause_at(at.astimezone(UTC))
    if init:
        page.add_init_script(init)
    page.goto(path.as_uri())
    return screen
