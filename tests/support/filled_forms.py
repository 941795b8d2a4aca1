"""Questionnaires as people send them back: the form in Word or Excel, filled in, perhaps saved by LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import openpyxl
from lxml import etree

from support import word_files

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice") or ""


def word(data: bytes, said: Mapping[str, str]) -> bytes:
    """Type into the controls of a form as Word does: the placeholder goes, line ends become breaks."""
    parts = word_files.parts(data)
    root = etree.fromstring(parts["word/document.xml"])
    for control in root.iter(f"{W}sdt"):
        properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        assert properties is not None
        assert content is not None
        text = said.get(properties.find(f"{W}alias").get(f"{W}val"))
        if text is None:
            continue
        properties.remove(properties.find(f"{W}showingPlcHdr"))
        content.clear()
        for number, line in enumerate(text.split("\n")):
            run = etree.SubElement(content, f"{W}r")
            if number:
                etree.SubElement(run, f"{W}br")
            typed = etree.SubElement(run, f"{W}t")
            typed.text = line
            typed.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return word_files.packed(parts)


def excel(data: bytes, said: Mapping[str, str]) -> bytes:
    """Type into the column of answers, and into the rows of name and e-mail."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    tab = book.worksheets[0]
    contacts = iter(("", "", "name", "email"))
    for row in range(1, tab.max_row + 1):
        code = str(tab.cell(row, 3).value or "")
        key = next(contacts) if code.endswith("/contact") else code.split("/")[1] if "/q" in code else ""
        if key in said:
            tab.cell(row, 2).value = said[key]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def saved_by_libreoffice(data: bytes, name: str, folder: Path) -> bytes:
    """The same file after LibreOffice opened and saved it."""
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / name).write_bytes(data)
    kind = name.rpartition(".")[2]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, "--headless", profile, "--convert-to", kind, "--outdir", str(folder / "out"), str(folder / "in" / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / "out" / name).read_bytes()
