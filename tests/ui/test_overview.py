"""The Overview: everything the model says is there to be read, and the cards say what is next."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.model.values import Model, Paragraph
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.overview.page import OverviewPage
from hicm_desktop.ui.overview.start_card import RecentFile
from hicm_desktop.ui.overview.text import UNPLACED_TITLE
from hicm_desktop.workshop.places import LEVELS, MATERIALS, OverviewPlace
from hicm_desktop.workshop.search import search
from hicm_desktop.workshop.values import (
    ChangeRecord,
    Details,
    Outcome,
    Partner,
    RowRecord,
    Workshop,
)

MADE = dt.datetime(2026, 11, 12, 9, 0, tzinfo=dt.UTC)
WIDE, NARROW = (1366, 640), (1024, 640)


def shown(qtbot: QtBot, page: OverviewPage, size: tuple[int, int] = WIDE) -> OverviewPage:
    qtbot.addWidget(page)
    page.resize(*size)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.waitUntil(
        lambda: (
            page._reading is not None
            and page._column_of(page._reading).verticalScrollBar().maximum() > 1000
        )
    )
    return page


@pytest.fixture
def page(qtbot: QtBot, model: Model, appearance: Appearance, sample: Workshop) -> OverviewPage:
    page = OverviewPage(model, appearance)
    page.show_workshop(sample)
    return shown(qtbot, page)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def words_of(widget: QWidget) -> str:
    return " ".join(
        plain(re.sub("<[^>]+>", " ", child.property("text") or ""))
        for child in widget.findChildren(QWidget)
        if child.isVisible()
    )


def top_in_view(page: OverviewPage, part_id: str) -> int:
    """Give how far below the top of its column a part of the text is, in px."""
    top = page.reading.top_of(part_id)
    assert top is not None, part_id
    column = page._column_of(page.reading)
    return page.reading.mapTo(column.viewport(), QPoint(0, top)).y()


def test_the_text_waits_until_the_page_has_shown_itself(
    qtbot: QtBot, model: Model, appearance: Appearance, blank: Workshop
) -> None:
    page = OverviewPage(model, appearance)
    page.show_workshop(blank)
    page.resize(*WIDE)
    page.grab()
    assert page._reading is None
    shown(qtbot, page)


def test_all_that_the_model_says_before_and_beside_its_changes_is_there_in_its_own_words(
    page: OverviewPage, model: Model
) -> None:
    text = plain(page.reading.toPlainText())
    expected = [change.heading for change in model.changes]
    expected += [change.summary for change in model.changes]
    expected += [level.definition for level in model.levels]
    for section in model.sections:
        expected.append(section.title)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                expected += [block.text, *([block.editor_note] if block.editor_note else [])]
            else:
                expected += block.items
    expected += [material.title for material in model.materials]
    expected += [model.version, model.source, model.attribution, model.provenance or ""]
    for words in expected:
        assert plain(words) in text


def test_the_parts_are_linked_from_the_top_in_the_order_in_which_they_stand(
    page: OverviewPage, model: Model
) -> None:
    links = re.findall(r'href="#([^"]+)"', page.reading._html)
    assert links[:5] == ["summaries", LEVELS, "principles", "how-to-use", "making-it-real"]
    titles = {section.id for section in model.sections} - {"supporting-materials"}
    assert titles | {"summaries", LEVELS, MATERIALS, "about"} == set(links)
    tops = [page.reading.top_of(link) for link in links]
    assert None not in tops
    assert tops == sorted(tops, key=lambda top: top or 0)


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_part_is_brought_to_the_top_with_the_keyboard(
    qtbot: QtBot,
    model: Model,
    appearance: Appearance,
    sample: Workshop,
    size: tuple[int, int],
) -> None:
    page = OverviewPage(model, appearance)
    page.show_workshop(sample)
    shown(qtbot, page, size)
    for part in ("principles", "home-first", MATERIALS, "supporting-materials", LEVELS):
        page.reveal_section(part)
        last = page._column_of(page.reading).verticalScrollBar().maximum()
        qtbot.wait(1)
        at_end = page._column_of(page.reading).verticalScrollBar().value() == last
        assert at_end or 0 <= top_in_view(page, part) <= 12, part
        assert page.reading.hasFocus()


def test_every_place_that_a_search_finds_on_the_overview_can_be_revealed(
    page: OverviewPage, model: Model, sample: Workshop
) -> None:
    found = {
        hit.place.section_id
        for word in ("a", "e", "improvement")
        for hit in search(model, sample, word)
        if isinstance(hit.place, OverviewPlace)
    }
    assert len(found) > 15
    for section_id in found:
        assert page.reading.top_of(section_id) is not None, section_id


def test_tab_goes_from_link_to_link_and_return_follows_one_to_its_change(
    qtbot: QtBot, page: OverviewPage
) -> None:
    reading = page.reading
    page.workshop_card.edit.setFocus()
    QTest.keyClick(page.workshop_card.edit, Qt.Key.Key_Tab)
    assert reading.hasFocus()
    seen = []
    while (href := reading.textCursor().charFormat().anchorHref()) != "change:home-first":
        seen.append(href)
        assert len(seen) < 60
        QTest.keyClick(reading, Qt.Key.Key_Tab)
    assert seen[0] == "#summaries"
    assert len(seen) == len(set(seen)), "each link is one stop"
    assert reading.textCursor().selectedText() == "Change 4: Home first"
    with qtbot.waitSignal(page.change_asked) as asked:
        QTest.keyClick(reading, Qt.Key.Key_Return)
    assert asked.args == ["home-first"]


def test_the_link_that_has_the_keyboard_is_in_view(page: OverviewPage) -> None:
    reading, column = page.reading, page._right
    reading.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(24):
        QTest.keyClick(reading, Qt.Key.Key_Tab)
        top = reading.mapTo(column.viewport(), reading.cursorRect().topLeft()).y()
        assert 0 <= top <= column.viewport().height() - reading.cursorRect().height()


def test_return_on_a_link_at_the_top_goes_to_its_part(qtbot: QtBot, page: OverviewPage) -> None:
    reading = page.reading
    reading.setFocus(Qt.FocusReason.TabFocusReason)
    while reading.textCursor().charFormat().anchorHref() != "#how-to-use":
        QTest.keyClick(reading, Qt.Key.Key_Tab)
    QTest.keyClick(reading, Qt.Key.Key_Return)
    qtbot.wait(1)
    assert 0 <= top_in_view(page, "how-to-use") <= 12


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_text_scrolls_by_keyboard(
    qtbot: QtBot, model: Model, appearance: Appearance, sample: Workshop, size: tuple[int, int]
) -> None:
    page = OverviewPage(model, appearance)
    page.show_workshop(sample)
    shown(qtbot, page, size)
    page.reading.setFocus(Qt.FocusReason.OtherFocusReason)
    bar = page._column_of(page.reading).verticalScrollBar()
    bar.setValue(0)
    QTest.keyClick(page.reading, Qt.Key.Key_PageDown)
    paged = bar.value()
    assert paged > 300
    QTest.keyClick(page.reading, Qt.Key.Key_Down)
    assert bar.value() > paged
    QTest.keyClick(page.reading, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(page.reading, Qt.Key.Key_Home)
    assert bar.value() == 0


def test_answers_about_rows_that_the_model_lacks_are_shown_in_full(
    qtbot: QtBot, page: OverviewPage, sample: Workshop
) -> None:
    assert UNPLACED_TITLE not in page.reading.toPlainText()
    lost = RowRecord(
        row="old-row",
        outcome=Outcome.AGREED,
        level="mature",
        note="Kept <as> it is\nover two lines",
        data="The data",
    )
    noted = ChangeRecord(change="old-change", governance="Who chairs")
    page.show_workshop(replace(sample, rows=(*sample.rows, lost), changes=(*sample.changes, noted)))
    text = page.reading.toPlainText()
    assert UNPLACED_TITLE in text
    for words in ("old-row: Mature, agreed", "Kept <as> it is\nover two lines", "The data"):
        assert words in text
    assert "old-change" in text
    assert "Who chairs" in text
    page.reveal_section("old-change")
    qtbot.wait(1)
    assert 0 <= top_in_view(page, "old-change") <= page._right.viewport().height()
    page.show_workshop(sample)
    assert UNPLACED_TITLE not in page.reading.toPlainText()


def test_the_focused_row_is_never_hidden_by_the_names_of_the_levels(
    page: OverviewPage,
) -> None:
    page.profile.rows[0].setFocus()
    for key in (Qt.Key.Key_End, *[Qt.Key.Key_Up] * 26, *[Qt.Key.Key_Down] * 26):
        QTest.keyClick(page.focusWidget(), key)
        row = page.focusWidget()
        top = row.mapTo(page._left.viewport(), QPoint(0, 0)).y()
        names = page.profile.names
        below = names.mapTo(page._left.viewport(), QPoint(0, names.height())).y()
        assert top >= below
        assert top + row.height() <= page._left.viewport().height()


def test_the_card_tells_where_when_and_who_by_organisation_and_role(
    qtbot: QtBot, model: Model, appearance: Appearance
) -> None:
    details = Details(
        place="Northbridge & district",
        held_on=dt.date(2026, 11, 12),
        partners=(
            Partner(organisation="Trust <A>", role="Chief nurse"),
            Partner(organisation="Carers"),
            Partner(organisation="Trust <A>", role="Therapist", name="Siân Llŷr"),
        ),
        populations="People over 75",
    )
    page = OverviewPage(model, appearance)
    page.show_workshop(Workshop(id="w", created_at=MADE, details=details))
    shown(qtbot, page)
    text = words_of(page.workshop_card)
    for words in (
        "Northbridge & district",
        "12 November 2026",
        "Trust &lt;A&gt;: Chief nurse, Therapist (Siân Llŷr)",
        "Carers",
        "People over 75",
        "Still to add: facilitator.",
        "Edit details",
    ):
        assert words in text
    with qtbot.waitSignal(page.details_asked):
        QTest.mouseClick(page.workshop_card.edit, Qt.MouseButton.LeftButton)


def test_a_blank_workshop_says_what_to_do_first_and_at_the_top(
    qtbot: QtBot, model: Model, appearance: Appearance, blank: Workshop, sample: Workshop
) -> None:
    page = OverviewPage(model, appearance)
    page.show_workshop(blank)
    shown(qtbot, page, NARROW)
    assert "Begin with the details" in words_of(page.workshop_card)
    assert page.workshop_card.edit.text() == "Add details"

    def above() -> bool:
        card = page.workshop_card.mapTo(page, QPoint(0, 0)).y()
        return card < page.profile.mapTo(page, QPoint(0, 0)).y()

    assert above()
    page.show_workshop(sample)
    qtbot.waitUntil(lambda: not above())


def test_the_start_card_offers_a_new_an_old_and_the_sample_workshop(
    qtbot: QtBot, model: Model, appearance: Appearance, blank: Workshop, tmp_path: Path
) -> None:
    page = OverviewPage(model, appearance)
    page.show_workshop(blank)
    page.show_start([tmp_path / "One.hicm", tmp_path / "Two.hicm"])
    shown(qtbot, page)
    assert page.start_card.isVisible()
    assert not page.workshop_card.isVisible()
    buttons = {button.text(): button for button in page.start_card.findChildren(QPushButton)}
    for words, signal in (
        ("New workshop", page.new_asked),
        ("Open…", page.open_asked),
        ("Open the sample", page.sample_asked),
    ):
        with qtbot.waitSignal(signal):
            QTest.mouseClick(buttons[words], Qt.MouseButton.LeftButton)
    recent = page.start_card.findChildren(RecentFile)
    recent[1].setFocus()
    with qtbot.waitSignal(page.recent_asked) as asked:
        QTest.keyClick(recent[1], Qt.Key.Key_Return)
    assert asked.args == [tmp_path / "Two.hicm"]
    page.show_start(None)
    assert page.workshop_card.isVisible()
    assert not page.start_card.isVisible()


def test_a_path_however_long_is_shown_whole(
    qtbot: QtBot, model: Model, appearance: Appearance, blank: Workshop
) -> None:
    path = Path("/srv") / ("folder-without-a-break" * 12) / f"{'Northbridge' * 12}.hicm"
    page = OverviewPage(model, appearance)
    page.show_workshop(blank)
    page.show_start([path])
    shown(qtbot, page, NARROW)
    (button,) = page.start_card.findChildren(RecentFile)
    assert button.height() >= button.heightForWidth(button.width())
    assert button.accessibleName() == f"Open {path.stem}, in {path.parent}"


def test_tab_reads_the_page_in_order(
    qtbot: QtBot, model: Model, appearance: Appearance, sample: Workshop
) -> None:
    page = OverviewPage(model, appearance)
    page.show_workshop(sample)
    shown(qtbot, page)
    page.profile.rows[3].setFocus()
    QTest.keyClick(page.profile.rows[3], Qt.Key.Key_Tab)
    assert page.focusWidget() is page.workshop_card.edit
    QTest.keyClick(page.workshop_card.edit, Qt.Key.Key_Tab)
    assert page.focusWidget() is page.reading


def test_tab_begins_at_the_start_card_where_no_workshop_is_open(
    qtbot: QtBot, model: Model, appearance: Appearance, blank: Workshop, tmp_path: Path
) -> None:
    page = OverviewPage(model, appearance)
    page.show_workshop(blank)
    page.show_start([tmp_path / "One.hicm", tmp_path / "Two.hicm"])
    shown(qtbot, page)
    stops = [*page.start_card.buttons(), page.profile.rows[0], page.reading]
    stops[0].setFocus()
    for stop, after in pairwise(stops):
        QTest.keyClick(stop, Qt.Key.Key_Tab)
        assert page.focusWidget() is after


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5, 2.5])
@pytest.mark.parametrize("size", [(1024, 640), (1100, 640), (1366, 640), (1920, 950)])
def test_nothing_is_wider_than_its_column(
    qtbot: QtBot,
    model: Model,
    appearance: Appearance,
    sample: Workshop,
    size: tuple[int, int],
    scale: float,
) -> None:
    page = OverviewPage(model, appearance)
    page.show_workshop(sample)
    appearance.set_scale(scale)
    shown(qtbot, page, size)
    assert page._right.isVisible() == (size[0] >= 1100 * scale)
    for column in (page._left, page._right):
        if not column.isVisible():
            continue
        assert column.body.width() <= column.viewport().width()
        for child in column.body.findChildren(QWidget):
            if child.isVisible() and child.parentWidget() is not page.reading:
                right = child.mapTo(column.body, QPoint(child.width(), 0)).x()
                assert right <= column.body.width(), child


def test_a_new_look_lays_the_text_out_again(
    qtbot: QtBot, page: OverviewPage, appearance: Appearance
) -> None:
    before = page.reading.height()
    appearance.set_scale(1.5)
    qtbot.waitUntil(lambda: page.reading.height() > before * 1.2)
    document = page.reading.document().size().height()
    assert page.reading.height() >= document


def test_nothing_is_cut_where_the_text_grows_until_the_columns_are_one(
    qtbot: QtBot, model: Model, appearance: Appearance, sample: Workshop
) -> None:
    """As when a window has just opened, and lands on the screen that its user made larger."""
    page = OverviewPage(model, appearance)
    page.show_workshop(sample)
    qtbot.addWidget(page)
    page.resize(*WIDE)
    page.show()
    assert page._order == (True, False)
    appearance.set_scale(1.5)
    assert page._order == (False, False)
    words = [page._title, page._note, *page.workshop_card.findChildren(QLabel)]
    assert len(words) > 4

    def whole() -> bool:
        shown = [each for each in words if each.isVisible()]
        return len(shown) > 4 and all(e.height() >= e.heightForWidth(e.width()) for e in shown)

    qtbot.waitUntil(whole)
