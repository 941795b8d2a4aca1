"""The lines of decisions.csv, as we write them or as a spreadsheet program saved them: read, added to, each damage named."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field
from datetime import date
from typing import get_args

from ecocsme.errors import EcocsmeError, InvalidFile, Problem, visible
from ecocsme.files import own_csv
from ecocsme.files.own_csv import Form
from ecocsme.notes import encodings
from ecocsme.themes.decision import HEADER, NAME, Decision, Do

_SHA = re.compile("[0-9a-f]{64}")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})([ T][0-9:.]+)?|([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})([ T][0-9:.]+)?")
_SLASHES = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}.*")
_LOST = re.compile(r"\w\?\w")


@dataclass(slots=True)
class Lines:
    """What decisions.csv holds: the decisions, the line of each, how the file is saved, and what shows that it was saved again."""

    form: Form
    signs: list[str]
    appendable: bool
    decisions: list[Decision] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def cautions(self) -> Iterator[Problem]:
        """Say that a spreadsheet program has saved the file, and where it has destroyed letters."""
        if self.signs:
            message = f"was saved again by a spreadsheet program ({', '.join(dict.fromkeys(self.signs))})"
            cure = "it is read all the same; decide with `ecocsme decide`, and open a copy the next time"
            yield Problem(NAME, message, cure, severity="warning")
        for decision, line in zip(self.decisions, self.lines, strict=True) if self.signs else ():
            for name in ("who", "why"):
                if _LOST.search(getattr(decision, name)):
                    message = "a question mark stands inside a word, where a spreadsheet program could not save the letter"
                    yield Problem(NAME, message, "type the word again, and save the file as CSV UTF-8", line, name, "warning")

    def with_more(self, before: bytes, more: Iterable[Decision]) -> bytes:
        """The file with further lines: as it is saved, or written again as ours where it could not hold them."""
        new = tuple(more)
        if self.appendable:
            gap = "" if before.endswith(("\n".encode(self.form.encoding), "\r".encode(self.form.encoding))) else "\n"
            return before + (gap + written(new, self.form.delimiter)).encode(self.form.encoding)
        again = (own_csv.line(HEADER) + written((*self.decisions, *new))).encode()
        if read(again, ()).decisions != [*self.decisions, *new]:
            raise EcocsmeError(f"{NAME}: cannot be written in UTF-8 without a change; restore it from a copy; nothing was written")
        return again


def written(decisions: Iterable[Decision], delimiter: str = ",") -> str:
    """The lines of decisions."""
    return "".join(own_csv.line(astuple(decision), delimiter) for decision in decisions)


def read(data: bytes, languages: tuple[str, ...]) -> Lines:
    """Read all decisions; raise InvalidFile with every line that is none. An old encoding is judged by the languages."""
    text, form, signs = _decoded(data, languages)
    old_mac = b"\r" in data and b"\n" not in data
    found = Lines(form, signs, appendable=form.encoding.startswith("utf-") and not old_mac)
    resaved = bool(signs) or "\r\n" in text
    _refuse_torn(text, form, resaved=resaved)
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=form.delimiter, strict=True)
    start = 1
    try:
        with own_csv.long_values():
            for row in reader:
                line, start = start, reader.line_num + 1
                if line == 1:
                    _refuse_header(row)
                elif any(row):
                    _take(found, row, line, problems)
    except csv.Error as error:
        problems.append(Problem(NAME, f"is no CSV from here on ({error})", "restore it from a copy", start))
    if problems:
        raise InvalidFile(problems)
    return found


def _decoded(data: bytes, languages: tuple[str, ...]) -> tuple[str, Form, list[str]]:
    text, encoding = next(own_csv.decodings(data), ("", "?"))
    said = []
    if not encoding.startswith("utf-"):
        try:
            text, named = encodings.decode(data, NAME, languages)
        except InvalidFile as refused:
            line = refused.problems[0].line
            cure = "restore it from a copy, or save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"
            raise InvalidFile([Problem(NAME, "is not saved as UTF-8", cure, line)]) from None
        encoding, said = "old", [named]
    if "\0" in text:
        raise InvalidFile([Problem(NAME, "holds a zero byte", "restore it from a copy", text.count("\n", 0, text.index("\0")) + 1)])
    form = Form(own_csv.delimiter_of(text, HEADER) or ",", encoding)
    return text, form, [*Form(form.delimiter, "utf-8" if said else encoding).signs, *said]


def _take(found: Lines, row: list[str], line: int, problems: list[Problem]) -> None:
    whole = own_csv.trimmed(row, len(HEADER))
    try:
        decision = _decision(whole)
    except ValueError as error:
        problems.append(Problem(NAME, str(error), "correct the line, or take it back with a new decision", line))
        return
    if len(whole) < len(row):
        found.signs.append("empty columns")
    if decision.when.isoformat() != whole[0]:
        found.signs.append("dates written anew")
    found.decisions.append(decision)
    found.lines.append(line)


def _refuse_torn(text: str, form: Form, *, resaved: bool) -> None:
    if text and not text.endswith(("\n", "\r")):
        last = text.rstrip(form.delimiter).rpartition(form.delimiter)[2].strip('"')
        if not (resaved and _SHA.fullmatch(last)):  # some programs end the last line with nothing; it is whole all the same
            line = text.count("\n") + 1
            raise InvalidFile([Problem(NAME, "the last line is cut off", "complete or remove it; nothing is appended until then", line)])
    for number, line_text in enumerate(text.split("\n"), 1):
        if line_text.startswith(("<<<<<<< ", ">>>>>>> ")):
            raise InvalidFile([Problem(NAME, "unresolved merge", "keep the lines of both sides and remove the marks of git", number)])


def _refuse_header(row: list[str]) -> None:
    if tuple(own_csv.trimmed(row, len(HEADER))) != HEADER:
        raise InvalidFile([Problem(NAME, f"the first line is not {','.join(HEADER)}", "restore it from a copy", 1)])


def _decision(row: list[str]) -> Decision:
    if len(row) != len(HEADER):
        raise ValueError(f"has {len(row)} values where {len(HEADER)} are expected")
    when, who, do, subject, target, why, sha = row
    known: tuple[Do, ...] = get_args(Do)
    meant = next((name for name in known if name == do), None)
    if meant is None:
        raise ValueError(f"{visible(do, 60)} is no decision (known: {', '.join(known)})")
    return Decision(_day(when), who, meant, subject, target, why, sha)


def _day(when: str) -> date:
    """Read a day as we write it, or as a spreadsheet program writes it, with a time that nobody typed."""
    match = _DATE.fullmatch(when)
    try:
        if match:
            year, month, day = (match[1], match[2], match[3]) if match[1] else (match[7], match[6], match[5])
            return date(int(year), int(month), int(day))
    except ValueError:
        pass
    if _SLASHES.fullmatch(when):
        raise ValueError(f"{visible(when, 60)} does not say which is the day and which the month, as 2020-11-02 does")
    raise ValueError(f"{visible(when, 60)} is no date such as 2020-11-02")
