"""What python-docx has no words for: links, rows that stay whole, room and colour in cells."""

from __future__ import annotations

from typing import Any

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PADDING = {"top": 60, "left": 110, "bottom": 60, "right": 110}
"""Twentieths of a point."""


def link(paragraph: Any, address: str) -> Any:
    """Add a link to a paragraph of python-docx, and return what its runs are to be put into."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    id = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = paragraph._p.makeelement(qn("w:hyperlink"), {qn("r:id"): id})
    paragraph._p.append(link)
    return link


def unbroken(row: Any, *, head: bool) -> None:
    """Keep a table's row on one page; a head is repeated on each."""
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:cantSplit"), {}))
    if head:
        properties.append(properties.makeelement(qn("w:tblHeader"), {}))


def padded(table: Any) -> None:
    """Give all cells room around their text."""
    from docx.oxml import parse_xml

    sides = "".join(f'<w:{side} w:w="{wide}" w:type="dxa"/>' for side, wide in _PADDING.items())
    table._tbl.tblPr.append(parse_xml(f'<w:tblCellMar xmlns:w="{_WORD}">{sides}</w:tblCellMar>'))


def shade(cell: Any, color: str) -> None:
    """Fill a cell with a colour (RRGGBB)."""
    from docx.oxml.ns import qn

    properties = cell._tc.get_or_add_tcPr()
    values = {qn("w:val"): "clear", qn("w:color"): "auto", qn("w:fill"): color}
    properties.append(properties.makeelement(qn("w:shd"), values))
