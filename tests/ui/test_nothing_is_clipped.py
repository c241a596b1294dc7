"""Nothing is clipped or overlapped, on every screen and at every size of type: rows, the export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from hicm_desktop.document.settings import Settings
from hicm_desktop.export.open_elsewhere import Holder
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.ui.appearance import Appearance, Look, ThemeChoice, Type
from hicm_desktop.ui.change_page import ChangePage
from hicm_desktop.ui.descriptor import Descriptor
from hicm_desktop.ui.export.dialog import ExportDialog, Source
from hicm_desktop.ui.export.kinds import Export
from hicm_desktop.ui.export.running import Elsewhere, Failed, Job, Ready, Result, Stopped
from hicm_desktop.ui.matrix import LevelHeadings, MatrixRow, columns
from hicm_desktop.ui.tick_box import TickBox
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.tally import Hands, Tally
from hicm_desktop.workshop.values import (
    Baseline,
    EarlierRow,
    Lean,
    Outcome,
    RowRecord,
    Workshop,
)

WIDTHS = (1024, 1366, 1920, 3840)
SCALES = (0.8, 1.0, 1.5, 2.0, 2.5)
PANEL = 330
"""The panel beside the matrix, in px at scale 1: what a page has is the window without it."""
LEADING = 1.2
"""The tightest that lines are set, in sizes of type."""
BREAKS = 2.0
"""From this scale on the two longest words of the model may go on in the next line."""
HANDS = (1, 8, 12, 5, 120)
PAD = 8
"""The least room between a wording and the edge of its box, in px at scale 1."""


@pytest.fixture(scope="module")
def fullest(model: Model, blank: Workshop) -> Workshop:
    """Give a workshop whose longest descriptors are the chosen ones, with the longest word.

    Each was the level before as well, and has hands, as its neighbours do.
    """
    rows, earlier = [], []
    hands = tuple(Hands(level=v.id, number=n) for v, n in zip(model.levels, HANDS, strict=True))
    for _, row in model.rows():
        longest = max(range(len(model.levels)), key=lambda i: len(row.descriptors[i]))
        level = model.levels[longest].id
        rows.append(
            RowRecord(
                row=row.id,
                outcome=Outcome.AGREED_WITH_RESERVATION,
                level=level,
                lean=Lean.DOWN,
                note="A note",
                after=Tally(hands=hands),
            )
        )
        earlier.append(EarlierRow(row=row.id, outcome=Outcome.AGREED, level=level))
    baseline = Baseline(workshop="earlier", rows=tuple(earlier))
    return replace(blank, rows=tuple(rows), baseline=baseline)


@pytest.fixture(scope="module")
def pages(model: Model, fullest: Workshop, dressed: Appearance) -> Iterator[list[ChangePage]]:
    pages = []
    for change in model.changes:
        page = ChangePage(model, change, dressed)
        page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        page.show_workshop(fullest)
        page.show()
        pages.append(page)
    yield pages
    for page in pages:
        page.deleteLater()
    dressed.dress(ThemeChoice.LIGHT, 1.0)


def settle(page: QWidget, width: int, height: int) -> None:
    page.resize(width, height)
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def height_of(text: str, font: QFont, width: int) -> float:
    """Give the height of a text in lines as Qt itself breaks them, as tight as can be read."""
    metrics = QFontMetrics(font)
    flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
    box = metrics.boundingRect(QRect(0, 0, width, 100_000), int(flags), text)
    return round(box.height() / metrics.lineSpacing()) * font.pixelSize() * LEADING


def widest_part(text: str, font: QFont) -> int:
    """Give the width of the longest part of a text that may not be broken."""
    return max(
        QFontMetrics(font).horizontalAdvance(part) for part in re.findall(r"[^\s/-]+[/-]?", text)
    )


def faults_of_descriptor(descriptor: Descriptor, look: Look) -> list[str]:
    inner = descriptor.width() - 2 * look.px(10)
    kind = Type.STRONG if descriptor.word else Type.BODY
    needed = height_of(descriptor.text(), look.font(kind), inner) + 2 * look.px(PAD)
    if descriptor.word:
        needed += QFontMetrics(look.font(Type.SMALL_STRONG)).height()
    faults = []
    foot = descriptor._lay_out_foot(descriptor.width()).places(descriptor._box(look.px(3)))
    wording = descriptor._lay_out(descriptor.width()).plain.height + look.px(PAD)
    top = wording + (look.px(24) if descriptor._headed else 0)
    if any(place.top() < top for place in foot):
        faults.append("its foot covers its wording")
    if any(one.intersects(other) for i, one in enumerate(foot) for other in foot[:i]):
        faults.append("what stands at its foot overlaps")
    if needed > descriptor.height():
        faults.append(f"its wording needs {needed} px of {descriptor.height()}")
    widest = widest_part(descriptor.text(), look.font(kind))
    if widest > inner and look.scale < BREAKS:
        faults.append(f"a word of {widest} px is broken at {inner} px")
    return [f"{descriptor.level.name}: {fault}" for fault in faults]


def faults_of_row(row: MatrixRow, look: Look) -> list[str]:
    faults = [fault for d in row.descriptors for fault in faults_of_descriptor(d, look)]
    boxes = [row.header.geometry(), *(d.geometry() for d in row.descriptors)]
    for i, box in enumerate(boxes):
        if not row.rect().contains(box):
            faults.append(f"box {i} reaches out of its row")
        faults += [f"boxes {i} and {j} overlap" for j in range(i) if box.intersects(boxes[j])]
    header = row.header
    for part, (text, kind) in zip(
        header._lay_out(header.width()).parts, header._texts(), strict=True
    ):
        if part.x + widest_part(text, look.font(kind)) > header.width():
            faults.append(f"“{text}” is too wide for its head")
        if part.y + part.block.height > header.height():
            faults.append(f"“{text}” is too tall for its head")
    return [f"{row.row.name}: {fault}" for fault in faults]


def faults_of_headings(page: ChangePage, look: Look) -> list[str]:
    (headings,) = page.findChildren(LevelHeadings)
    if not headings.isVisible():
        levels_named = all(d._headed for row in page.matrix.rows for d in row.descriptors)
        return [] if levels_named else ["no level is named"]
    faults = []
    first = page.matrix.rows[0].descriptors
    left = headings.mapTo(page, QPoint(0, 0)).x()
    strong = look.font(Type.STRONG)
    for descriptor, (x, width) in zip(
        first, columns(headings.width(), len(first), look.scale), strict=True
    ):
        box = QRect(descriptor.mapTo(page, QPoint(0, 0)), descriptor.size())
        if (left + x, width) != (box.x(), box.width()):
            faults.append(f"the heading of {descriptor.level.name} is not over its column")
        room = width - look.px(28)
        name = descriptor.level.name
        if widest_part(name, strong) > room:
            faults.append(f"a word of {name} is broken")
        if height_of(name, strong, room) + look.px(12) > headings.height():
            faults.append(f"{name} does not fit its heading")
    return faults


@pytest.mark.parametrize("scale", SCALES)
def test_every_row_is_whole_on_every_screen(
    pages: list[ChangePage], dressed: Appearance, scale: float
) -> None:
    dressed.set_scale(scale)
    look, faults, rows = dressed.look, [], 0
    for width in WIDTHS:
        beside = width - look.px(PANEL)
        for page in pages:
            settle(page, beside if width >= look.px(860) else width, width * 9 // 16 - 140)
            found = faults_of_headings(page, look)
            for row in page.matrix.rows:
                rows += 1
                found += faults_of_row(row, look)
            for above, below in pairwise(page.matrix.rows):
                if above.geometry().bottom() >= below.y():
                    found.append(f"{below.row.name} overlaps the row above")
            last = page.matrix.rows[-1].geometry()
            if last.bottom() >= page.matrix.height() or last.width() > page.viewport().width():
                found.append("the last row is cut off")
            faults += [f"{width}: {page.change.id}: {fault}" for fault in found]
    assert rows == 27 * len(WIDTHS)
    assert not faults, "\n".join(faults)


SCREENS = ((1000, 712), (1342, 712), (1896, 1024))
"""What the usual screens leave for a dialog."""
RECORD = Path("/exports/Northbridge and Southbridge Integrated Care System version 2 report.pdf")
RESULTS: tuple[Result | None, ...] = (
    None,
    Ready(RECORD, "31 pages"),
    Elsewhere(RECORD, Holder("LibreOffice", "Ann Lee on WARD-3"), RECORD.with_name("b (2).pdf")),
    Failed(RECORD, "The export was not written, because " + "of a fault of the disk " * 9, RECORD),
    Stopped(RECORD, kept=True),
)
"""What may have come of an export; None for nothing yet."""


def faults_of_label(label: QLabel) -> list[str]:
    faults = []
    if label.height() < label.heightForWidth(label.width()):
        faults.append(f"“{label.text()}” is too high for its place")
    if widest_part(label.text().replace("\u200b", " "), label.font()) > label.width():
        faults.append(f"a word of “{label.text()}” is too wide for its place")
    return faults


def is_whole(button: QPushButton) -> bool:
    holder = button.parentWidget()
    assert holder is not None
    inside = holder.rect().contains(button.geometry())
    return inside and button.width() >= button.sizeHint().width()


def faults_of_dialog(dialog: ExportDialog) -> list[str]:
    labels = [w for w in dialog.findChildren(QLabel) if w.isVisible() and w.text()]
    boxes = [w for w in dialog.findChildren(TickBox) if w.isVisible()]
    buttons = [w for w in dialog.findChildren(QPushButton) if w.isVisible()]
    assert len(labels) > 5
    assert len(boxes) > 10
    return [
        *(fault for label in labels for fault in faults_of_label(label)),
        *(f"“{b.words}” is cut" for b in boxes if b.height() < b.heightForWidth(b.width())),
        *(f"“{b.text()}” is cut" for b in buttons if not is_whole(b)),
    ]


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_export_dialog_is_whole_whatever_it_says(
    model: Model, sample: Workshop, dressed: Appearance, tmp_path: Path, scale: float
) -> None:
    dressed.dress(ThemeChoice.LIGHT, scale)
    fonts = resources_dir() / "fonts"
    source = Source(model, sample, tmp_path / "Northbridge.hicm", fonts)
    dialog = ExportDialog(source, Settings(tmp_path / "s.ini", tmp_path), None)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    dialog.show()
    dialog.parts.private.click()
    faults = []
    for export in Export:
        dialog.choose(export)
        for result in RESULTS:
            if result is not None:
                dialog.writing._job = Job(export, build_report(model, sample), fonts, RECORD)
                dialog.writing._take(result)
            for width, height in SCREENS:
                settle(dialog, width, height)
                named = f"{width}: {export.name}: {result}"
                faults += [f"{named}: {fault}" for fault in faults_of_dialog(dialog)]
    dialog.end()
    dialog.deleteLater()
    dressed.dress(ThemeChoice.LIGHT, 1.0)
    assert not faults, "\n".join(faults)
