"""E-mail addresses and the addresses of computers."""

from __future__ import annotations

import re
from collections.abc import Iterator

_AT = r"(?:@|(?<=\w) ?[(\[] ?(?:at|@) ?[)\]] ?)"
_DOT = r"(?:\.| ?[(\[] ?(?:dot|punct|punto|punt|točka|taškas|punkt) ?[)\]] ?)"
# quantifiers are bounded and possessive: a long text without a domain is left after one look
_MAIL = re.compile(rf"(?<![\w.+%-])[\w.+%'’-]{{1,64}}+{_AT}(?:[\w-]{{1,63}}+{_DOT}){{1,8}}[^\W\d_]{{2,24}}(?![\w@])", re.IGNORECASE)
_FOUR = re.compile(r"(?<![\w.,])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\w]|\.\d)")
_SIX = re.compile(r"(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.IGNORECASE)
_SAID = re.compile(r"\bIP\b.{0,20}\Z", re.IGNORECASE)


def mails(text: str) -> Iterator[tuple[int, int, str]]:
    """Find e-mail addresses, also those written with (at) and (dot)."""
    for match in _MAIL.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip(".'’"))
        yield start, match.end(), "e-mail"


def computers(text: str) -> Iterator[tuple[int, int, str]]:
    """Find IP addresses; `1.2.3.4` may be a chapter, and counts only where the text says IP."""
    for match in _FOUR.finditer(text):
        numbers = [int(number) for number in match.groups()]
        chapter = sum(number in range(10) for number in numbers) in range(3, 5) and match[1] != "10"
        if all(number in range(256) for number in numbers) and (not chapter or _SAID.search(text, 0, match.start())):
            yield *match.span(), "IP address"
    if ":" in text:
        yield from _long(text)


def _long(text: str) -> Iterator[tuple[int, int, str]]:
    from ipaddress import AddressValueError, IPv6Address

    for match in _SIX.finditer(text):
        try:
            IPv6Address(match[0])
        except AddressValueError:
            continue
        if re.search("[0-9a-f]{2}", match[0], re.IGNORECASE):
            yield *match.span(), "IP address"
