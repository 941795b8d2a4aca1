"""The names in a Word document: name spaces, the elements that hold no text of today, switches and signs."""

from __future__ import annotations

from collections.abc import Mapping

MAIN = ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
MATHS = ("http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math")
CHOICES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DRAWINGS = ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main")

# what was deleted or moved away, how a thing looked before, and how a word is pronounced
SKIPPED = (
    "moveFrom", "pPrChange", "rPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange",
    "sectPrChange", "numberingChange", "cellDel", "rt", "instrText", "delInstrText", "delText",
)  # fmt: skip
_OFF = frozenset({"0", "false", "off"})
# what people put into Word from Wingdings and Symbol, as everybody's letters
_SIGNS = {
    "F0FC": "✓", "F0FB": "✗", "F0FE": "☑", "F0FD": "☒", "F0A8": "☐", "F06F": "☐", "F0A7": "▪", "F0B7": "•", "F0E0": "→", "F0DF": "←",
    "F04A": "☺", "F04C": "☹", "F0D8": "➢",
}  # fmt: skip
_LAST = 0x10FFFF


def value(attributes: Mapping[str, str], name: str = "val") -> str:
    """The value of an attribute, in either of the two name spaces of Word, or in none."""
    for space in MAIN:
        found = attributes.get(f"{space} {name}")
        if found is not None:
            return found
    return attributes.get(name, "")


def on(attributes: Mapping[str, str]) -> bool:
    """Read a switch, which is on where it says nothing."""
    return value(attributes).lower() not in _OFF


def symbol(attributes: Mapping[str, str]) -> str:
    """The letter of a sign that was chosen from a font; one of a font's own letters is kept as it is."""
    code = value(attributes, "char").upper()
    if code in _SIGNS:
        return _SIGNS[code]
    try:
        number = int(code, 16)
    except ValueError:
        return "�"
    return chr(number) if 0 < number <= _LAST and not 0xD800 <= number < 0xE000 else "�"  # noqa: PLR2004  # halves of characters


def number(text: str, most: int, default: int = 0) -> int:
    """Read a whole number, at most so large."""
    return min(int(text), most) if text.isdecimal() and len(text) < 10 else default  # noqa: PLR2004  # digits of any real number here
