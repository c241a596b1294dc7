"""The parts of WordprocessingML that python-docx has no words for.

For this package only. Whatever a room wrote goes in as the value of an attribute or a text, never
as markup, and never into the code of a field.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

Element: TypeAlias = Any
"""An element of XML: lxml, which makes them, has no types."""

_DARK, _MIDDLE, _PALE, _HAIRLINE = "0B3C6F", "C6DAEC", "F3F7FB", "8CA0B6"
_OFFICE_2013 = "15"
"""The newest way of laying out that there is; any older one is shown as "Compatibility Mode"."""


def _element(name: str, **attributes: str) -> Element:
    element: Element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def set_defaults(styles: Element, font: str, language: str) -> None:
    """Set the typeface and the language of all that says nothing else."""
    letters = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in ("w:rFonts", "w:lang"):
        letters.remove(letters.find(qn(old)))
    letters.insert(0, _element("rFonts", ascii=font, hAnsi=font, cs=font, eastAsia=font))
    letters.append(_element("lang", val=language, eastAsia=language, bidi="ar-SA"))


def set_settings(settings: Element, language: str) -> None:
    """Have Word lay out as it does now, at full size, in this language."""
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), _OFFICE_2013)
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    zoom = settings.find(qn("w:zoom"))
    zoom.attrib.clear()
    zoom.set(qn("w:percent"), "100")


def table_style(name: str) -> Element:
    """Make the style of the plan: hairlines, room in the cells, a dark head, a pale first column.

    `name` is ours, and so goes into the markup as it is.
    """
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_HAIRLINE}"/>' for side in sides
    )
    room = (("top", 60), ("left", 85), ("bottom", 60), ("right", 85))
    cells = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in room)
    shaded = "".join(
        f'<w:tblStylePr w:type="{part}"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr></w:tblStylePr>'
        for part, fill in (("firstRow", _DARK), ("firstCol", _PALE))
    )
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="HICMActionPlan">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>'
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{cells}</w:tblCellMar>"
        f"</w:tblPr>{shaded}</w:style>"
    )


def describe(table: Table, title: str, description: str) -> None:
    """Say what a table is to those who hear it, and which of its cells are headings."""
    properties: Element = table._tbl.tblPr  # noqa: SLF001 - python-docx has no public way
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    marked = {"firstRow": "1", "firstColumn": "1", "lastRow": "0", "lastColumn": "0"}
    bands = {"noHBand": "1", "noVBand": "1"}
    properties.append(_element("tblLook", val="06A0", **marked, **bands))
    properties.append(_element("tblCaption", val=title))
    properties.append(_element("tblDescription", val=description))


def new_row(table: Table) -> _Row:
    """Add a row at the end of a table."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call] # python-docx gives it no types
    return row


def repeat(row: _Row) -> None:
    """Have a row stand at the head of each page that its table goes on to."""
    row._tr.get_or_add_trPr().append(_element("tblHeader"))  # noqa: SLF001 - as above


def keep_whole(row: _Row) -> None:
    """Have a row begin a page rather than be broken by its end."""
    row._tr.get_or_add_trPr().insert(0, _element("cantSplit"))  # noqa: SLF001 - as above


def mark_as_added(cell: _Cell) -> None:
    """Shade a heading of ours otherwise than a published one."""
    shade = _element("shd", val="clear", color="auto", fill=_MIDDLE)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - as above


def field(paragraph: Paragraph, code: str) -> None:
    """Add a field that Word fills in, such as "PAGE". `code` is ours alone."""
    holder = _element("fldSimple", instr=code)
    run = _element("r")
    text = _element("t")
    text.text = "1"
    run.append(text)
    holder.append(run)
    paragraph._p.append(holder)  # noqa: SLF001 - as above
