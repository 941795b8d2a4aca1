"""What all workbooks that we write have in common: texts stay texts, A4 on paper, and the same bytes for the same content."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from ecocsme.errors import EcocsmeError, visible
from ecocsme.event.model import Event
from ecocsme.files.archives import members
from ecocsme.files.packing import packed

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def for_printing(tab: Worksheet, event: Event, *, titled: bool = True) -> None:
    """Lay a tab out for A4, across, as many pages high as it needs; the first row is repeated where it holds titles."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.header_footer import _HeaderFooterPart as HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    tab.page_setup.orientation = "landscape"
    tab.page_setup.paperSize = 9  # A4
    tab.page_setup.fitToHeight = 0
    tab.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if titled:
        tab.print_title_rows = "1:1"
    tab.HeaderFooter.oddHeader = HeaderFooterItem(left=HeaderFooterPart(event.id), right=HeaderFooterPart("&P / &N"))


def put(tab: Worksheet, row: int, column: int, text: str) -> None:
    """Write a text as a text, whatever it looks like."""
    cell = tab.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = True


def saved(book: Workbook, event: Event, title: str, tag: str) -> bytes:
    """Save the workbook without the clock, which openpyxl writes into its properties and its container."""
    from lxml.etree import SerialisationError

    stream = io.BytesIO()
    try:
        book.save(stream)
    except (OSError, SerialisationError) as error:  # openpyxl writes each tab into a file for the time being
        cure = "free some space in the system's folder for temporary files"
        raise EcocsmeError(f"the workbook cannot be written ({visible(error)}); {cure}; nothing was changed") from error
    parts = members(stream.getvalue(), "workbook", kind="Excel workbook")
    day = f"{event.date.isoformat()}T00:00:00Z"
    parts["docProps/core.xml"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{escape(tag)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    ).encode()
    return packed(parts)
