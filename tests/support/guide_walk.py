"""Walks through pages as a reader does: types their commands, writes their files, and puts what really comes out into their blocks.

A mark in an HTML comment says what the block below it is:

    <!-- folder: NAME -->       from here on the terminal stands in this folder
    <!-- run -->                type each line; with `ends with 1` if that is its exit code, with `typed: a | b` if it asks
    <!-- see -->                what the screen shows after that; with `first 3` or `last 3`, only these lines
    <!-- see: FILE | X | Y -->  the lines of a file from the one that holds X to the one that holds Y; without them, all
    <!-- write: FILE -->        the reader writes this file; with ` as cp1250`, as an old Excel does
    <!-- add: FILE -->          the reader adds this at the end of a file
    <!-- put: FILE | X -->      the reader adds this after the line of a file that holds X
    <!-- change: FILE | X | Y -->   the reader changes X, which a file holds once, into Y; the text of the page says both
    <!-- back -->               the reader takes the last change back
    <!-- fill: FILE -->         the reader types the answers of the table below into the answer workbook
    <!-- by hand: WHY -->       not run here, and why
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from conftest import REPOSITORY
from support.terminal import typed

MARKED = re.compile(r"<!-- (?P<mark>[a-z ]+?)(?:[:;] (?P<rest>.*?))? -->\n(?:```\w+\n(?P<block>(?:.*\n)*?)```\n|(?P<table>(?:\|.*\n)+))?")
FENCE = re.compile(r"^```\w+$", re.MULTILINE)
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_SCREEN = {"COLUMNS": "120", "TERM": "dumb", "PYTHONUTF8": "1", "PYTHONPATH": str(REPOSITORY)}


@dataclass(slots=True)
class Walk:
    """A reader on the way through the pages: where they stand, what the screen shows, what they changed last."""

    home: Path
    here: Path
    screen: str = ""
    read: str = ""
    before: tuple[Path, bytes] | None = None
    ran: list[str] = field(default_factory=list)

    def page(self, text: str) -> str:
        """Walk through one page; return it with every `see` block as it really looks."""
        self.read = re.sub("<!--.*?-->", "", text)
        return MARKED.sub(self._step, text)

    def _step(self, found: re.Match[str]) -> str:
        mark, rest, block = found["mark"], found["rest"] or "", found["block"] or found["table"] or ""
        if mark == "see":
            seen = self._seen(rest)
            start, end = (place - found.start() for place in found.span("block"))
            return found[0][:start] + seen + found[0][end:]
        _STEPS[mark](self, rest, block)
        return found[0]

    def _seen(self, rest: str) -> str:
        some = re.fullmatch(r"(first|last) (\d+)", rest)
        if some:
            lines, number = self.screen.splitlines(keepends=True), int(some[2])
            return "".join(lines[:number] if some[1] == "first" else lines[-number:])
        return self._part(*(part.strip() for part in rest.split("|"))) if rest else self.screen

    def _part(self, name: str, first: str = "", last: str = "") -> str:
        lines = (self.here / name).read_text("utf-8").splitlines(keepends=True)
        start = next(number for number, line in enumerate(lines) if first in line)
        end = next(number for number, line in enumerate(lines[start:], start) if last in line) if last else len(lines) - 1
        return "".join(lines[start : end + 1])

    def go(self, rest: str, _: str) -> None:
        """Open a terminal in a folder, which is made if it is not there."""
        self.here = self.home / rest
        self.here.mkdir(parents=True, exist_ok=True)

    def run(self, rest: str, block: str) -> None:
        """Type each command of a block; the last one may end with another code than 0, and may be answered."""
        said, _, answers = rest.partition("typed: ")
        asked = [answer.strip() for answer in answers.split("|")] if answers else []
        code = re.search(r"ends with (\d)", said)
        self.screen = ""
        commands = block.splitlines()
        for number, command in enumerate(commands, 1):
            words = shlex.split(command)
            assert words[0] == "ecocsme", f"the guide shows a command of another program: {command}"
            ended, screen = typed(words[1:], asked, cwd=self.here, environment=_SCREEN)
            wanted = int(code[1]) if code and number == len(commands) else 0
            assert ended == wanted, f"{command} ended with {ended}:\n{screen}"
            self.ran.append(command)
            self.screen += plain(screen)

    def write(self, rest: str, block: str) -> None:
        """Write a file as its block says."""
        name, _, encoding = rest.partition(" as ")
        path = self.here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(block.encode(encoding or "utf-8"))

    def add(self, rest: str, block: str) -> None:
        """Add a block at the end of a file."""
        path = self.here / rest
        path.write_text(path.read_text("utf-8") + block, "utf-8")

    def put(self, rest: str, block: str) -> None:
        """Add a block after the one line of a file that holds something."""
        name, _, held = rest.partition(" | ")
        lines = self._once(name, held).splitlines(keepends=True)
        (self.here / name).write_text("".join(f"{line}{block}" if held in line else line for line in lines), "utf-8")

    def change(self, rest: str, _: str) -> None:
        """Change a piece of a file as the text of the page says."""
        name, old, new = rest.split(" | ")
        assert f"`{old}`" in self.read, f"the page does not say what is changed: {old}"
        assert f"`{new}`" in self.read, f"the page does not say what it becomes: {new}"
        path = self.here / name
        self.before = (path, path.read_bytes())
        path.write_bytes(self._once(name, old).replace(old, new).encode())

    def _once(self, name: str, piece: str) -> str:
        text = (self.here / name).read_bytes().decode()
        assert text.count(piece) == 1, f"{name} holds {text.count(piece)} times: {piece}"
        return text

    def back(self, _rest: str, _block: str) -> None:
        """Take the last change back."""
        assert self.before, "there is nothing to take back"
        path, old = self.before
        path.write_bytes(old)

    def fill(self, rest: str, block: str) -> None:
        """Type the rows `question | table | round | answer` into the first free rows that are laid out for them."""
        path = self.here / rest
        book = openpyxl.load_workbook(path)
        tab = book.worksheets[0]
        for row in block.splitlines()[2:]:
            question, table, round_, answer = (cell.strip() for cell in row.strip("| ").split("|"))
            code = f"/{question}/t{table}/r{round_}"
            free = next(cells for cells in tab.iter_rows(min_row=2) if str(cells[5].value).endswith(code) and cells[3].value is None)
            free[3].value = answer
        book.save(path)

    def by_hand(self, rest: str, _: str) -> None:
        """Leave a block alone that says why it is not run."""
        assert rest, "a block that is not run says why"


_STEPS: dict[str, Callable[[Walk, str, str], None]] = {
    "folder": Walk.go, "run": Walk.run, "write": Walk.write, "add": Walk.add, "put": Walk.put, "change": Walk.change,
    "back": Walk.back, "fill": Walk.fill, "by hand": Walk.by_hand,
}  # fmt: skip


def plain(screen: str) -> str:
    """What a screen shows, without colours and without blanks at the ends of lines."""
    text = _COLOURS.sub("", screen).replace("\r\n", "\n")
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())
