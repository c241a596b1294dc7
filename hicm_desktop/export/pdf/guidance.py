"""What the model says besides its matrices: what it is, tips, boxes, materials and examples.

For this package only. The wording is the model's, whole; only headings that name parts are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.blocks import BULLET, NESTED, change_key, gap, item, web_link
from hicm_desktop.export.pdf.cells import Cell, Edge, Link, Row
from hicm_desktop.export.pdf.grid import lay
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.pages import UPRIGHT_WIDTH
from hicm_desktop.export.pdf.parts import space, text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.model.values import Example, Material, Paragraph, Points, Section, Tip
from hicm_desktop.workshop.report_values import Report, ReportChange, ReportGuidance

NO_LINK = "Link not given in the source"
NO_LINKS = "Links not given in the source"
_EXAMPLES = "Examples of emerging and developing practice"

_MARK, _SIDE, _BETWEEN = 14.0, 100.0, 12.0
_WIDTHS = (_MARK, _MARK, UPRIGHT_WIDTH - 2 * _MARK - _BETWEEN - _SIDE, _BETWEEN, _SIDE)
"""The mark of a tip, that of a tip within it, the text, and beside it what the text leads to."""

_ALL = len(_WIDTHS)


def sections(typeface: Typeface, found: Iterable[Section]) -> list[Flowable]:
    """Set whole parts of the model's front matter, each under its published heading."""
    story: list[Flowable] = []
    for section in found:
        rows = [title_row(section.title, 2, depth=1, style=looks.SUBTITLE)]
        for block in section.blocks:
            rows += _block(block)
        story += [space(9), lay(typeface, (_MARK, UPRIGHT_WIDTH - _MARK), rows)]
    return story


def of_change(typeface: Typeface, report: Report, change: ReportChange) -> list[Flowable]:
    """Set the guidance of a change; nothing where it has none or none was asked for."""
    guidance = change.guidance
    if guidance is None or guidance == ReportGuidance((), (), (), ()):
        return []
    rows = [
        title_row(
            f"Change {change.number}: guidance from the model",
            _ALL,
            depth=1,
            style=looks.SUBTITLE,
        ),
        text_row(
            (f"{change.title}. The words of the model, not of the room.", looks.QUIET),
            columns=_ALL,
            keeps=True,
        ),
    ]
    known = {each.id: each for each in report.changes}
    parts = (
        ("Tips for success", tuple(_tips(guidance.tips, known))),
        *((box.title, tuple(_prose(box.text))) for box in guidance.boxes),
        ("Supporting materials", tuple(_materials(guidance.materials))),
        (_EXAMPLES, tuple(_examples(guidance.examples))),
        ("Editor’s notes on the matrix", tuple(_on_the_matrix(change))),
    )
    for title, found in parts:
        if found:
            heading = title_row(title, _ALL, depth=2, style=looks.PART)
            rows += [gap(_ALL, 8), heading, *found]
    return [lay(typeface, _WIDTHS, rows)]


def materials(typeface: Typeface, report: Report) -> list[Flowable]:
    """Set the materials that serve all changes; nothing where there are none."""
    if not report.materials:
        return []
    rows = [
        title_row("Supporting materials", _ALL),
        text_row(
            ("These serve every change. The list is the model’s.", looks.QUIET),
            columns=_ALL,
            keeps=True,
        ),
        *_materials(report.materials),
    ]
    return [lay(typeface, _WIDTHS, rows)]


def _block(block: Paragraph | Points) -> Iterator[Row]:
    if isinstance(block, Paragraph):
        note = _editor(block.editor_note)
        yield text_row((block.text, looks.ABOUT), *note, columns=2)
        return
    for number, words in enumerate(block.items, start=1):
        mark = f"{number}." if block.ordered else BULLET
        yield item((words, looks.ITEM), mark=mark)


def _prose(text: str) -> Iterator[Row]:
    for paragraph in text.split("\n\n"):
        yield text_row((paragraph, looks.ITEM), columns=_ALL - 2)


def _tips(tips: Iterable[Tip], known: Mapping[str, ReportChange]) -> Iterator[Row]:
    for tip in tips:
        texts = ((tip.text, looks.ITEM), *_editor(tip.editor_note))
        yield item(*texts, columns=2, more=_beside(_refers(tip, known)), keeps=bool(tip.tips))
        for inner in tip.tips:
            yield from _nested(inner, known)


def _nested(tip: Tip, known: Mapping[str, ReportChange]) -> Iterator[Row]:
    mark = Cell(((NESTED, looks.BULLET),), 2, edge=Edge.NONE, is_centred=True)
    words = Cell(((tip.text, looks.ITEM), *_editor(tip.editor_note)), edge=Edge.NONE)
    row = item(more=_beside(_refers(tip, known)))
    yield Row((mark, words, *row.cells[2:]), padding=row.padding, kind=row.kind)
    for inner in tip.tips:
        yield from _nested(inner, known)


def _refers(tip: Tip, known: Mapping[str, ReportChange]) -> Cell:
    """Lead to the change that a tip names, where this copy has it."""
    change = next((known[r.change_id] for r in tip.references if r.change_id in known), None)
    if change is None:
        return Cell((), edge=Edge.NONE)
    words = f"→ Change {change.number}"
    return Cell(((words, looks.LINK),), edge=Edge.NONE, link=Link(key=change_key(change)))


def _beside(cell: Cell) -> tuple[Cell, Cell]:
    return Cell((), edge=Edge.NONE), cell


def _materials(materials: Sequence[Material]) -> Iterator[Row]:
    are_linked = any(each.url for each in materials)
    yield from _no_links(materials)
    for material in materials:
        yield _material(material, are_linked=are_linked)


def _examples(examples: Sequence[Example]) -> Iterator[Row]:
    are_linked = any(each.url for each in examples)
    yield from _no_links(examples)
    for example in examples:
        yield _example(example, are_linked=are_linked)


def _no_links(found: Sequence[Material | Example]) -> Iterator[Row]:
    """Say once of a whole list that the source has no links for it."""
    if found and not any(each.url for each in found):
        yield text_row((f"{NO_LINKS}.", looks.SMALL), columns=_ALL, keeps=True)


def _on_the_matrix(change: ReportChange) -> Iterator[Row]:
    for row in change.rows:
        if row.editor_note:
            yield item((f"{row.name}: {row.editor_note}", looks.NOTE), columns=2)


def _material(material: Material, *, are_linked: bool) -> Row:
    publisher = f" ({material.publisher})" if material.publisher else ""
    texts = ((material.title + publisher, looks.ITEM), *_editor(material.editor_note))
    return item(*texts, columns=2, more=_beside(_leads(material.url, are_linked=are_linked)))


def _example(example: Example, *, are_linked: bool) -> Row:
    title = f"{example.place}: {example.title}" if example.place else example.title
    described = ((example.description, looks.ITEM),) if example.description else ()
    texts = ((title, looks.ITEM_STRONG), *described, *_editor(example.editor_note))
    return item(*texts, columns=2, more=_beside(_leads(example.url, are_linked=are_linked)))


def _leads(address: str | None, *, are_linked: bool) -> Cell:
    if not address:
        none = ((NO_LINK, looks.SMALL),) if are_linked else ()
        return Cell(none, edge=Edge.NONE)
    return Cell(((address, looks.LINK),), edge=Edge.NONE, link=web_link(address))


def _editor(note: str | None) -> tuple[tuple[str, Style], ...]:
    return ((f"Editor’s note: {note}", looks.SMALL),) if note else ()
