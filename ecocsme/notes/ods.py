"""Read OpenDocument sheets: every tab, shown or hidden, each cell as a person sees it; formulas are never evaluated."""

from __future__ import annotations

from ecocsme.files.archives import Container, opened
from ecocsme.notes.grid import Sheet, refusal
from ecocsme.notes.ods_table import SPACES, Content
from ecocsme.notes.xlsx_walk import Part, walk

_KIND = "application/vnd.oasis.opendocument."
_SHEET = (f"{_KIND}spreadsheet", f"{_KIND}spreadsheet-template")
_OTHERS = {"text": "an OpenDocument text (.odt)", "presentation": "an OpenDocument presentation (.odp)", "graphics": "a drawing (.odg)"}
_MANIFEST = "META-INF/manifest.xml"


def read_ods(data: bytes, shown: str) -> Sheet:
    """Read every tab of an OpenDocument sheet; raise InvalidFile where it is damaged, not safe, or no sheet at all."""
    # links to other files are allowed, because nobody here follows them
    container = opened(data, shown, kind="OpenDocument sheet", linked=True)
    _refuse_others(container, shown)
    content = Content(shown)
    walk(container, "content.xml", content, SPACES)
    if not content.tabs:
        raise refusal(shown, "has no tab with cells", "save it again as .ods in LibreOffice, and use that")
    return Sheet(
        grids=tuple(tab.grid() for tab in content.tabs if tab.rows),
        not_read=tuple(one for tab in content.tabs for one in tab.not_read),
        said=tuple(text for tab in content.tabs for text in tab.said()),
    )


class _Manifest(Part):
    """Listens to the list of parts: which kind of document this is, and whether any part is encrypted."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = ""
        self.encrypted = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        found = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if name == "file-entry" and found.get("full-path") == "/":
            self.kind = found.get("media-type", "")
        self.encrypted = self.encrypted or name == "encryption-data"


def _refuse_others(container: Container, shown: str) -> None:
    """Refuse what is protected by a password, and what is another kind of document, whatever its name says."""
    manifest = _Manifest()
    if _MANIFEST in container.found:
        walk(container, _MANIFEST, manifest, ("urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",))
    if manifest.encrypted:
        raise refusal(shown, "is protected by a password", "save it as .ods without a password")
    kind = container.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in container.found else manifest.kind
    if kind.startswith(_KIND) and kind not in _SHEET:
        what = next((said for name, said in _OTHERS.items() if name in kind), "another kind of OpenDocument file")
        raise refusal(shown, f"is {what}, not a sheet", "copy its answers into a sheet and save that as .ods")
    if "content.xml" not in container.found:
        raise refusal(
            shown, "is no OpenDocument sheet, whatever its name says", "save it as .ods in LibreOffice, or give it its right ending"
        )
