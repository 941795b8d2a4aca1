"""A person's Word reference: its look is taken over, its secrets are not, and whatever would fetch or run is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import make_reference
from ecocsme.documents.reference import open_reference
from ecocsme.documents.reference_styles import NEEDED, style_ids
from ecocsme.documents.word import Properties, write_word
from ecocsme.errors import InvalidFile
from support import word_files
from support.word_files import SHIPPED, R, W, packed, parts, values, xml

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
MARKDOWN = "# Titlu\n\n- a\n\n1. b\n\n> c\n\n| d |\n|---|\n| e |\n\n::: small\nf\n:::\n"
PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="9525" cy="9525"/><wp:docPr id="1" name="C:\\Users\\Ana Popescu\\sigla.png" descr="Sigla"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="p1"/></pic:blipFill>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def field(instruction: str) -> str:
    """A field in the form in which Word saves it, its instruction split over two runs."""
    half = len(instruction) // 2
    split = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (instruction[:half], instruction[half:]))
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{split}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def changed(members: Mapping[str, str | bytes | None]) -> bytes:
    """The shipped reference with some parts changed, added or (None) left out."""
    found: dict[str, str | bytes | None] = {**parts(SHIPPED.read_bytes()), **members}
    return packed({name: data.encode() if isinstance(data, str) else data for name, data in found.items() if data is not None})


def replaced(part: str, *pairs: tuple[str, str]) -> bytes:
    """The shipped reference with replacements in one part."""
    found = parts(SHIPPED.read_bytes())
    text = found[part].decode()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return packed({**found, part: text.encode()})


def header(inside: str, relations: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """The shipped reference with something in its header, and further parts."""
    types = parts(SHIPPED.read_bytes())["[Content_Types].xml"].decode()
    return changed(
        {
            "word/header.xml": f'<w:hdr xmlns:w="{WORD}" xmlns:r="{RELATION}"><w:p>{inside}</w:p></w:hdr>',
            "word/_rels/header.xml.rels": RELATIONS.format(relations),
            "[Content_Types].xml": types.replace("<Override", '<Default Extension="png" ContentType="image/png"/><Override', 1),
            **(more or {}),
        }
    )


def relation(kind: str, target: str, *, outside: bool = False) -> str:
    """One relationship with the ID p1."""
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="p1" Type="{RELATION}/{kind}" Target="{target}"{mode}/>'


def plan(reference: bytes, markdown: str = MARKDOWN) -> bytes:
    """A document on a reference."""
    return write_word(markdown, open_reference(reference, "word/reference.docx"), Properties("Titlu", "ro-RO"))


def refusal(reference: bytes) -> str:
    """What is said about a reference that is refused."""
    with pytest.raises(InvalidFile) as refused:
        plan(reference)
    assert str(refused.value).startswith("word/reference.docx: ")
    return str(refused.value)


def test_the_shipped_reference_is_what_its_script_makes() -> None:
    """Running tests/make_reference.py changes nothing: the file in the repository is up to date, whatever the machine."""
    assert make_reference.made() == SHIPPED.read_bytes()


def test_the_script_makes_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    """Another process with another hash seed makes the same file."""
    code = "import sys, make_reference; sys.stdout.buffer.write(make_reference.made())"
    root = Path(make_reference.__file__).parents[1]
    known = {"PYTHONPATH": f"{root}{':' if sys.platform != 'win32' else ';'}{root / 'tests'}", "PYTHONHASHSEED": "7"}
    made = subprocess.run([sys.executable, "-c", code], env=known, cwd=tmp_path, capture_output=True, check=True).stdout
    assert made == SHIPPED.read_bytes()


def test_the_shipped_reference_has_every_style() -> None:
    """Each style that the writer uses is in our own reference, and none of them speaks a language of its own."""
    styles = xml(SHIPPED.read_bytes(), "word/styles.xml")
    assert {(kind, name.lower()) for kind, name in NEEDED} <= set(style_ids(styles))
    assert values(styles, "w:docDefaults/w:rPrDefault/w:rPr/w:lang") == ["ro-RO"]


def test_look_header_and_footer_are_taken_over() -> None:
    """Page setup, styles, header and footer of a reference are in the document, its text is not."""
    reference = replaced("word/document.xml", ("Heading 1", "CORP DE PROBĂ"), ('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906"'))
    found = plan(reference)
    page = xml(found).find(f".//{W}pgSz")
    assert (page.get(f"{W}w"), page.get(f"{W}h")) == ("16838", "11906")
    assert "PROBĂ" not in b"".join(parts(found).values()).decode()
    assert "PAGE" in parts(found)["word/footer1.xml"].decode()
    columns = [int(one.get(f"{W}w")) for one in xml(found).iter(f"{W}gridCol")]
    assert sum(columns) == 16838 - 2 * 1417


def test_a_logo_in_the_header_comes_along() -> None:
    """A picture of the header is in the document with its alternative text, without the path it had on somebody's disk."""
    found = parts(plan(header(PICTURE, relation("image", "media/sigla%20ana.png"), {"word/media/Sigla ana.png": PNG})))
    assert found["word/media/image1.png"] == PNG
    assert b'descr="Sigla"' in found["word/header1.xml"]
    assert b"Ana Popescu" not in b"".join(found.values())
    assert b'Target="media/image1.png"' in found["word/_rels/header1.xml.rels"]


def test_names_of_authors_are_in_no_byte() -> None:
    """Properties, comments, custom parts, tracked changes and settings name people; the document names none of them."""
    by = 'w:author="Ana Popescu"'
    tracked = f"<w:ins {by}><w:r><w:t>Antet nou</w:t></w:r></w:ins><w:del {by}><w:r><w:delText>x</w:delText></w:r></w:del>"
    settings = f'<w:settings xmlns:w="{WORD}"><w:docVars><w:docVar w:name="a" w:val="Ana Popescu"/></w:docVars></w:settings>'
    reference = parts(header(f'<w:commentRangeStart w:id="1" w:initials="Ana Popescu"/>{tracked}', more={"word/settings.xml": settings}))
    space = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    core = f"<coreProperties xmlns='{space}'><lastModifiedBy>Ana Popescu</lastModifiedBy></coreProperties>"
    reference |= {
        "docProps/core.xml": core.encode(),
        "docProps/app.xml": b"<Properties><Manager>Ana Popescu</Manager></Properties>",
        "docProps/custom.xml": b"<Properties><a>Ana Popescu</a></Properties>",
        "word/comments.xml": b"<comments>Ana Popescu</comments>",
        "word/people.xml": b"<people>Ana Popescu</people>",
        "customXml/item1.xml": b"<a>Ana Popescu</a>",
    }
    found = parts(plan(packed(reference)))
    assert "Ana Popescu" not in b"".join(found.values()).decode()
    assert word_files.text_of(etree.fromstring(found["word/header1.xml"])) == "Antet nou"
    assert not [name for name in found if "custom" in name or "comment" in name or "people" in name or "app.xml" in name]


def test_braces_in_a_reference_are_data() -> None:
    """Signs of Jinja in the header stay as they are, also where Word has split them over runs."""
    split = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in ("{{ 7", "*7 }", "}"))
    assert word_files.text_of(xml(plan(header(split)), "word/header1.xml")) == "{{ 7*7 }}"


def test_the_template_it_was_made_from_is_forgotten() -> None:
    """The address of the attached template is not carried over, as Word would open it."""
    rels = RELATIONS.format(relation("attachedTemplate", "http://127.0.0.1:9/a.dotm", outside=True))
    settings = f'<w:settings xmlns:w="{WORD}" xmlns:r="{RELATION}"><w:attachedTemplate r:id="p1"/><w:evenAndOddHeaders/></w:settings>'
    found = parts(plan(changed({"word/settings.xml": settings, "word/_rels/settings.xml.rels": rels})))
    assert b"127.0.0.1" not in b"".join(found.values())
    assert b"attachedTemplate" not in found["word/settings.xml"]
    assert b"evenAndOddHeaders" in found["word/settings.xml"]


def test_a_link_in_the_footer_stays() -> None:
    """A hyperlink of header or footer is the one thing that may lead out."""
    link = '<w:hyperlink r:id="p1"><w:r><w:t>www.example.org</w:t></w:r></w:hyperlink>'
    found = parts(plan(header(link, relation("hyperlink", "https://example.org/", outside=True))))
    assert b'Target="https://example.org/" TargetMode="External"' in found["word/_rels/header1.xml.rels"]


VML = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://127.0.0.1:9/a.png"/></v:shape></w:pict></w:r>'
OBJECT = '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="p1"/></w:object></w:r>'

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "linked picture": (
        lambda: header(PICTURE.replace("r:embed", "r:link"), relation("image", "http://127.0.0.1:9/a.png", outside=True)),
        "fetches a picture from http://127.0.0.1:9/a.png; put it into the file itself",
    ),
    "old picture": (lambda: header(VML), "its header fetches http://127.0.0.1:9/a.png"),
    "object": (
        lambda: header(OBJECT, relation("oleObject", "embeddings/a.bin")),
        "its header holds something that is neither text nor a picture",
    ),
    "linked object": (
        lambda: header(OBJECT, relation("oleObject", "mhtml:http://127.0.0.1:9/", outside=True)),
        "fetches something from mhtml:",
    ),
    "link to a disk": (
        lambda: header('<w:hyperlink r:id="p1"/>', relation("hyperlink", "file:///C:/a", outside=True)),
        "the link file:///C:/a",
    ),
    "field": (lambda: header(field("INCLUDEPICTURE http://127.0.0.1:9/")), "its header holds the field INCLUDEPICTURE; take the field out"),
    "field of an author": (lambda: header('<w:fldSimple w:instr=" AUTHOR "/>'), "its header holds the field AUTHOR"),
    "macro": (
        lambda: replaced(
            "[Content_Types].xml",
            ("vnd.openxmlformats-officedocument.wordprocessingml.document.main", "vnd.ms-word.document.macroEnabled.main"),
        ),
        "holds a macro",
    ),
    "entity": (
        lambda: replaced("word/styles.xml", ("<w:styles", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:styles')),
        "DOCTYPE",
    ),
    "strict": (
        lambda: replaced("word/document.xml", (WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main")),
        "is saved as Strict Open XML",
    ),
    "no document": (lambda: replaced("word/document.xml", ("w:document", "w:workbook")), "is no Word document"),
    "part missing": (lambda: changed({"word/styles.xml": None}), "is damaged: word/styles.xml is missing"),
    "broken part": (lambda: changed({"word/header.xml": b"<w:hdr"}), "is damaged: word/header.xml cannot be read"),
    "no package": (lambda: b"PK\x03\x04", "is damaged"),
    "drawing that fetches": (
        lambda: drawn(b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/a.png"/></svg>'),
        "holds a drawing (SVG) that fetches something",
    ),
}


def drawn(svg: bytes) -> bytes:
    """A reference with an SVG drawing in its header."""
    reference = parts(header(PICTURE, relation("image", "media/a.svg"), {"word/media/a.svg": svg}))
    types = reference["[Content_Types].xml"].replace(
        b'Extension="png" ContentType="image/png"', b'Extension="svg" ContentType="image/svg+xml"'
    )
    return packed({**reference, "[Content_Types].xml": types})


@pytest.mark.parametrize("kind", REFUSED)
def test_what_fetches_or_runs_is_refused(kind: str) -> None:
    """Linked pictures and objects, macros, entities, fields that read files: one plain line says what to take out."""
    make, expected = REFUSED[kind]
    assert expected in refusal(make())


def test_a_harmless_drawing_is_kept() -> None:
    """An SVG that refers to itself only is a picture like any other."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#a"/></svg>'
    assert parts(plan(drawn(svg)))["word/media/image1.svg"] == svg


def without(*names: str) -> bytes:
    """The shipped reference without some styles, under the names and IDs of a Word that speaks Romanian."""
    found = parts(SHIPPED.read_bytes())
    styles = etree.fromstring(found["word/styles.xml"])
    for style in list(styles.iter(f"{W}style")):
        called = style.find(f"{W}name")
        if called.get(f"{W}val") in names:
            styles.remove(style)
        elif called.get(f"{W}val") == "heading 1":
            called.set(f"{W}val", "Heading 1")
            style.set(f"{W}styleId", "Titlu1")
    return packed({**found, "word/styles.xml": etree.tostring(styles)})


def test_missing_styles_are_added_and_known_ones_found_by_name() -> None:
    """A reference without our styles gets them; one that calls its headings otherwise inside is still understood."""
    gone = ("Table", "Quote", "Table Text", "Letterhead", "List Bullet", "heading 3")
    found = plan(without(*gone), f"{MARKDOWN}\n### g\n")
    used = {one for tag in ("pStyle", "tblStyle") for one in (element.get(f"{W}val") for element in xml(found).iter(f"{W}{tag}"))}
    declared = style_ids(xml(found, "word/styles.xml"))
    assert used <= set(declared.values())
    assert declared["paragraph", "heading 1"] == "Titlu1"
    assert "Titlu1" in used
    based = [values(one, "w:basedOn") for one in xml(found, "word/styles.xml").iter(f"{W}style")]
    assert {one for names in based for one in names} <= set(declared.values())


def test_a_reference_without_styles_and_lists_serves() -> None:
    """Even a file with nothing but a page gets all styles and lists of ours."""
    bare = f'<w:styles xmlns:w="{WORD}"/>', f'<w:numbering xmlns:w="{WORD}"/>'
    found = plan(changed({"word/styles.xml": bare[0], "word/numbering.xml": bare[1]}))
    assert values(xml(found, "word/styles.xml"), "w:docDefaults/w:rPrDefault/w:rPr/w:lang") == ["ro-RO"]
    lists = xml(found, "word/numbering.xml")
    assert len(lists.findall(f"{W}abstractNum")) == 2
    assert {one.get(f"{W}val") for one in xml(found).iter(f"{W}numId")} == {one.get(f"{W}numId") for one in lists.findall(f"{W}num")}


def test_bullets_of_the_reference_are_kept() -> None:
    """An organisation that has chosen its own bullets gets them; a list of one level only is replaced by ours."""
    stars = plan(replaced("word/numbering.xml", ("•", "★")))
    assert "★" in parts(stars)["word/numbering.xml"].decode()
    assert len(xml(stars, "word/numbering.xml").findall(f"{W}abstractNum")) == 2
    numbering = etree.fromstring(parts(SHIPPED.read_bytes())["word/numbering.xml"])
    for level in list(numbering.iter(f"{W}lvl")):
        if level.get(f"{W}ilvl") != "0":
            level.getparent().remove(level)
    flat = plan(changed({"word/numbering.xml": etree.tostring(numbering)}))
    assert [len(one.findall(f"{W}lvl")) for one in xml(flat, "word/numbering.xml").findall(f"{W}abstractNum")] == [1, 1, 9, 9]


def test_no_style_speaks_another_language() -> None:
    """A reference made in an English Word does not mark our Romanian text as English."""
    english = replaced("word/styles.xml", ("<w:widowControl/></w:pPr>", '<w:widowControl/></w:pPr><w:rPr><w:lang w:val="en-US"/></w:rPr>'))
    styles = xml(plan(english), "word/styles.xml")
    assert [one.get(f"{W}val") for one in styles.iter(f"{W}lang")] == ["ro-RO"]


def test_numbers_that_are_none_do_no_harm() -> None:
    """IDs and measures that are no numbers are read as nought, never a traceback."""
    odd = replaced("word/numbering.xml", ('w:numId="2"', 'w:numId="doi"'), ('w:left="397"', 'w:left="mult"'))
    page = replaced("word/document.xml", ('w:w="11906"', 'w:w="lat"'))
    assert plan(odd)
    assert plan(page)


def test_a_reference_read_twice_gives_the_same_document() -> None:
    """Writing a document does not change the reference that it was written on."""
    reference = open_reference(SHIPPED.read_bytes(), "a")
    properties = Properties("Titlu", "en-GB")
    assert write_word(MARKDOWN, reference, properties) == write_word(MARKDOWN, reference, properties)


def test_the_hostile_references(shared: Path) -> None:
    """The references among the shared hostile files are accepted or refused as their manifest says, and leak nothing."""
    cases: list[dict[str, Any]] = json.loads((shared / "hostile" / "manifest.json").read_text("utf-8"))["cases"]
    references = [case for case in cases if case["file"].endswith(".docx") and case["kind"] == "template"]
    assert len(references) >= 6
    for case in references:
        data = (shared / "hostile" / case["file"]).read_bytes()
        if case["expected"] == "reject":
            said = refusal(data)
            assert "macro" in said or "macro" not in case["file"]
        else:
            found = parts(plan(data))
            everything = b"".join(found.values()).decode("utf-8", "ignore")
            assert not [word for word in ("Ana Popescu", "CORP DE PROB", "127.0.0.1") if word in everything]
            assert {"word/header1.xml", "word/footer1.xml"} <= set(found)
            assert word_files.text_of(etree.fromstring(found["word/header1.xml"]))


def test_relationships_of_the_shipped_reference_are_plain() -> None:
    """Our own reference leads nowhere outside and names nobody."""
    found = parts(SHIPPED.read_bytes())
    assert b"External" not in b"".join(found.values())
    assert not [name for name in found if name.startswith("docProps")]
    assert {
        one.get(f"{R}id") for one in etree.fromstring(found["word/document.xml"]).iter(f"{W}headerReference", f"{W}footerReference")
    } == {
        "header",
        "footer",
    }
