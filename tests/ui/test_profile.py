"""The profile: it says where each row stands, by shape and word, and is walked by keyboard."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hicm_desktop.model.values import Level, Model
from hicm_desktop.ui.appearance import SCALES, Appearance, ThemeChoice
from hicm_desktop.ui.overview.columns import columns
from hicm_desktop.ui.overview.profile import Profile
from hicm_desktop.workshop.values import (
    AgendaItem,
    Details,
    Lean,
    Outcome,
    RowRecord,
    Workshop,
)

MADE = dt.datetime(2026, 11, 12, 9, 0, tzinfo=dt.UTC)
ROW = "reablement-and-pathways"


def workshop_with(*rows: RowRecord, out_of_scope: str = "") -> Workshop:
    agenda = (AgendaItem(change=out_of_scope, in_scope=False),) if out_of_scope else ()
    return Workshop(id="w", created_at=MADE, details=Details(agenda=agenda), rows=rows)


@pytest.fixture
def profile(qtbot: QtBot, model: Model, appearance: Appearance, blank: Workshop) -> Profile:
    widget = Profile(model, appearance)
    qtbot.addWidget(widget)
    widget.show_workshop(blank)
    widget.resize(900, 100)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


def test_every_row_stands_under_its_change_in_the_published_order(
    profile: Profile, model: Model
) -> None:
    assert [button.row for button in profile.rows] == [row for _, row in model.rows()]
    tops = [button.y() for button in profile.rows]
    assert tops == sorted(tops)
    for heading in profile.changes:
        assert heading.y() < profile.row(heading.change.rows[0].id).y()


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (RowRecord(row=ROW), "Not discussed"),
        (RowRecord(row=ROW, outcome=Outcome.AGREED, level="established"), "Established"),
        (
            RowRecord(row=ROW, outcome=Outcome.AGREED_WITH_RESERVATION, level="mature"),
            "Mature, agreed with reservation",
        ),
        (RowRecord(row=ROW, outcome=Outcome.PARKED), "Parked"),
        (RowRecord(row=ROW, outcome=Outcome.NOT_APPLICABLE), "Not applicable"),
    ],
)
def test_a_row_tells_a_screen_reader_where_it_stands(
    profile: Profile, record: RowRecord, said: str
) -> None:
    profile.show_workshop(workshop_with(record))
    name = f"Home first, Reablement and pathways: {said}. Go to the row"
    assert profile.row(ROW).accessibleName() == name


def test_a_lean_and_a_reservation_stand_below_the_level(profile: Profile) -> None:
    both = RowRecord(
        row=ROW, outcome=Outcome.AGREED_WITH_RESERVATION, level="mature", lean=Lean.DOWN
    )
    profile.show_workshop(workshop_with(both))
    laid = profile.row(ROW)._laid
    assert laid is not None
    assert laid.more is not None
    assert laid.more._layout.text() == "leaning down, with reservation"
    assert laid.height >= laid.word.height + laid.more.height


def test_a_change_out_of_scope_says_so_and_keeps_what_was_agreed(profile: Profile) -> None:
    agreed = RowRecord(row=ROW, outcome=Outcome.AGREED, level="mature")
    profile.show_workshop(workshop_with(agreed, out_of_scope="home-first"))
    heading = next(h for h in profile.changes if h.change.id == "home-first")
    assert heading.accessibleName() == (
        "Change 4: Home first. Not in scope · 1 of 3 rows agreed. Go to the change"
    )
    assert ": Mature, not in scope." in profile.row(ROW).accessibleName()


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_the_agreed_place_alone_is_filled_with_its_levels_hue(
    profile: Profile, model: Model, appearance: Appearance, theme: ThemeChoice
) -> None:
    appearance.dress(theme, 1.0)
    where = columns(profile.width(), model.levels, appearance.look)
    for agreed in model.levels:
        record = RowRecord(row=ROW, outcome=Outcome.AGREED, level=agreed.id)
        profile.show_workshop(workshop_with(record))
        row = profile.row(ROW)
        picture = row.grab().toImage()
        for index, level in enumerate(model.levels):
            hue = QColor(appearance.look.theme.level(level.number, len(model.levels)))
            beside_the_tick = where.place_left(index) + where.place // 2 - 11
            filled = picture.pixelColor(beside_the_tick, row.height() // 2) == hue
            assert filled == (level is agreed), f"{level.name} where {agreed.name} is agreed"


def test_what_did_not_change_is_not_laid_out_again(profile: Profile) -> None:
    other = profile.row("planned")
    changed = profile.row(ROW)
    before = (other._laid, changed._laid)
    profile.show_workshop(workshop_with(RowRecord(row=ROW, outcome=Outcome.PARKED)))
    assert other._laid is before[0]
    assert changed._laid is not before[1]


def test_the_arrows_and_the_ends_move_from_row_to_row(profile: Profile) -> None:
    rows = profile.rows
    rows[0].setFocus()
    for key, lands_on in (
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_PageDown, 9),
        (Qt.Key.Key_Up, 8),
        (Qt.Key.Key_End, len(rows) - 1),
        (Qt.Key.Key_Down, len(rows) - 1),
        (Qt.Key.Key_PageUp, len(rows) - 9),
        (Qt.Key.Key_Home, 0),
    ):
        QTest.keyClick(profile.focusWidget(), key)
        assert profile.focusWidget() is rows[lands_on], key


def test_the_profile_is_one_stop_for_tab_and_remembers_its_row(
    profile: Profile,
) -> None:
    profile.rows[0].setFocus()
    QTest.keyClick(profile.rows[0], Qt.Key.Key_Down)
    stops = [row for row in profile.rows if row.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [profile.rows[1]]
    assert not any(h.focusPolicy() & Qt.FocusPolicy.TabFocus for h in profile.changes)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_asks_for_the_row(qtbot: QtBot, profile: Profile, key: Qt.Key) -> None:
    profile.row(ROW).setFocus()
    with qtbot.waitSignal(profile.row_asked) as asked:
        QTest.keyClick(profile.row(ROW), key)
    assert asked.args == [ROW]


def test_a_click_asks_for_the_row_and_on_a_heading_for_the_change(
    qtbot: QtBot, profile: Profile
) -> None:
    with qtbot.waitSignal(profile.row_asked) as row:
        QTest.mouseClick(profile.row(ROW), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(profile.change_asked) as change:
        QTest.mouseClick(profile.changes[3], Qt.MouseButton.LeftButton)
    assert (row.args, change.args) == ([ROW], ["home-first"])


def test_the_names_of_the_levels_follow_the_scrolling_but_not_out_of_the_profile(
    profile: Profile,
) -> None:
    profile.pin(300, 600)
    assert profile.names.pos() == QPoint(0, 300)
    profile.pin(-40, 600)
    assert profile.names.y() == 0
    profile.pin(10**6, 600)
    assert profile.names.geometry().bottom() < profile.height()
    profile.pin(300, 2 * profile.names.height())
    assert profile.names.y() == 0, "in a small window they would hide too much"


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5, 2.5])
@pytest.mark.parametrize("units", [390, 560, 775, 1312, 1800])
def test_names_places_and_words_never_overlap(
    model: Model, appearance: Appearance, scale: float, units: int
) -> None:
    appearance.set_scale(scale)
    width = appearance.look.px(units)
    where = columns(width, model.levels, appearance.look)
    last = where.place_left(len(model.levels) - 1) + where.place
    assert where.stacked or where.name + appearance.look.px(100) < where.places
    assert where.place >= appearance.look.px(22), "a place is wide enough to be told"
    assert last <= where.word < where.right <= width
    assert where.word_width >= appearance.look.px(90)


@pytest.mark.parametrize("scale", SCALES)
def test_rows_are_as_tall_as_their_texts_and_do_not_overlap(
    profile: Profile, model: Model, appearance: Appearance, sample: Workshop, scale: float
) -> None:
    profile.show_workshop(sample)
    appearance.set_scale(scale)
    bottom = profile.names.height()
    for part in profile._parts:
        assert part.y() == bottom
        bottom += part.height()
    assert profile.height() == bottom
    for row in profile.rows:
        assert row._laid is not None
        assert row._laid.columns == columns(profile.width(), model.levels, appearance.look)
        assert row._laid.name.height <= row.height()
        below = row._laid.more.height if row._laid.more else 0
        assert row._laid.word.height + below <= row.height()


def test_the_names_of_levels_give_way_to_a_key_only_where_they_do_not_fit(
    appearance: Appearance, model: Model
) -> None:
    assert columns(775, model.levels, appearance.look).named
    assert not columns(560, model.levels, appearance.look).named
    short = tuple(Level(id=str(n), number=n, name=f"L{n}", definition="") for n in range(1, 4))
    assert columns(400, short, appearance.look).named
