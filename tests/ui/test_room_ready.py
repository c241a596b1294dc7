"""What the room has ready ahead of time is never out of date, and it sees an edit first of all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import Appearance, ThemeChoice
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.room.stage import Stage
from hicm_desktop.ui.room.window import RoomWindow
from hicm_desktop.workshop.edits import AgreeLevel
from hicm_desktop.workshop.room import Picture, RoomView, RowPicture, Showing, near, room_view
from hicm_desktop.workshop.tally import Hands, Tally
from hicm_desktop.workshop.values import Outcome, RowRecord, Workshop

NOW = dt.datetime(2026, 11, 12, 10, 0, tzinfo=dt.UTC)
CHANGE, ROW = "home-first", "discharge-to-assess"


class Order(QObject):
    """Notes in which order cards are painted and others are told."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen.append("painted")
        return False


@pytest.fixture
def stages(appearance: Appearance) -> Iterator[tuple[Stage, Stage]]:
    """Give a stage that has shown and rehearsed much, and one that has not."""
    made = (Stage(appearance), Stage(appearance))
    for stage in made:
        stage.resize(1280, 720)
    yield made
    for stage in made:
        stage.deleteLater()


@pytest.fixture
def shown(window: MainWindow, qtbot: QtBot) -> Iterator[RoomWindow]:
    """Give the window of the room view, with a row in it and all about it made ready."""
    window.console.go_to_row(ROW)
    window.room.toggle()
    shown = window.room.projector.window
    assert shown is not None
    qtbot.waitExposed(shown)
    qtbot.waitUntil(lambda: not window.room._idle.isActive())
    yield shown
    window.room.close()


def view_of(model: Model, workshop: Workshop) -> RoomView:
    return room_view(model, workshop, Showing(CHANGE, ROW), NOW)


def rehearse(stage: Stage, model: Model, workshop: Workshop) -> int:
    stage.show()
    stage.show_view(view_of(model, workshop))
    times = 0
    while stage.rehearse(near(model, workshop, Showing(CHANGE, ROW))):
        times += 1
    return times


def shot(stage: Stage, view: RoomView) -> QImage:
    stage.show()
    stage.show_view(view)
    QApplication.processEvents()
    return stage.grab().toImage()


def agreed(blank: Workshop, level: str, hands: int = 0) -> Workshop:
    tally = Tally(hands=(Hands(level, hands),)) if hands else Tally()
    record = RowRecord(row=ROW, outcome=Outcome.AGREED, level=level, after=tally)
    return replace(blank, rows=(record,))


def test_each_row_is_rehearsed_once_and_shown_by_what_was_found(
    stages: tuple[Stage, Stage], model: Model, sample: Workshop
) -> None:
    stage, anew = stages
    assert rehearse(stage, model, sample) == len(list(model.rows()))
    assert rehearse(stage, model, sample) == 0
    for row in model.change(CHANGE).rows:
        view = room_view(model, sample, Showing(CHANGE, row.id), NOW)
        assert shot(stage, view) == shot(anew, view)


def test_a_matrix_is_rehearsed_and_shown_by_what_was_found(
    stages: tuple[Stage, Stage], model: Model, sample: Workshop
) -> None:
    stage, anew = stages
    stage.show()
    here = Showing(CHANGE, ROW, Picture.MATRIX)
    stage.show_view(room_view(model, sample, here, NOW))
    while stage.rehearse(near(model, sample, here)):
        pass
    for row in model.change(CHANGE).rows:
        view = room_view(model, sample, Showing(CHANGE, row.id, Picture.MATRIX), NOW)
        assert shot(stage, view) == shot(anew, view)


def test_nothing_found_before_is_used_for_another_outcome_or_tally(
    stages: tuple[Stage, Stage], model: Model, blank: Workshop
) -> None:
    stage, anew = stages
    rehearse(stage, model, blank)
    low, high = model.levels[0].id, model.levels[-1].id
    pictures: list[QImage] = []
    for workshop in (
        agreed(blank, low),
        agreed(blank, high),
        agreed(blank, high, 3),
        agreed(blank, high, 40),
    ):
        view = view_of(model, workshop)
        picture = shot(stage, view)
        assert picture == shot(anew, view)
        assert picture not in pictures
        pictures.append(picture)


def test_nothing_found_before_is_used_for_another_wording(
    stages: tuple[Stage, Stage], model: Model, blank: Workshop
) -> None:
    stage, anew = stages
    rehearse(stage, model, blank)
    view = view_of(model, blank)
    content = view.content
    assert isinstance(content, RowPicture)
    longer = tuple(replace(d, text=f"{d.text} {d.text}") for d in content.row.descriptors)
    other = replace(view, content=replace(content, row=replace(content.row, descriptors=longer)))
    before = stage.row.cards[0].type_size
    assert shot(stage, other) == shot(anew, other)
    assert stage.row.cards[0].type_size < before


@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080), (1280, 700)])
def test_nothing_found_before_is_used_at_another_size(
    stages: tuple[Stage, Stage], model: Model, blank: Workshop, size: tuple[int, int]
) -> None:
    stage, anew = stages
    rehearse(stage, model, blank)
    for each in stages:
        each.resize(*size)
    assert shot(stage, view_of(model, blank)) == shot(anew, view_of(model, blank))
    assert rehearse(stage, model, blank) == len(list(model.rows()))


def test_nothing_found_before_is_used_in_another_theme(
    stages: tuple[Stage, Stage], model: Model, blank: Workshop, appearance: Appearance
) -> None:
    stage, anew = stages
    rehearse(stage, model, blank)
    light = shot(stage, view_of(model, blank))
    appearance.dress(ThemeChoice.DARK, 1.0)
    dark = shot(stage, view_of(model, blank))
    assert dark == shot(anew, view_of(model, blank))
    assert dark != light


def test_rows_are_made_ready_in_their_size_while_the_room_is_welcomed(
    stages: tuple[Stage, Stage], model: Model, blank: Workshop
) -> None:
    stage, _ = stages
    stage.show()
    stage.show_view(room_view(model, blank, Showing(), NOW))
    while stage.rehearse(near(model, blank, Showing())):
        pass
    sizes = {key[2:4] for key in stage._rehearsed}
    first = model.changes[0]
    view = room_view(model, blank, Showing(first.id, first.rows[0].id), NOW)
    stage.show_view(view)
    assert sizes == {(stage.row.width(), stage.row.height())}
    assert all(card.key(stage.devicePixelRatioF()) in stage._drawn for card in stage.row.cards)


def test_the_room_has_painted_an_edit_and_a_step_before_anyone_else_is_told(
    window: MainWindow, shown: RoomWindow
) -> None:
    order = Order()
    for card in shown.stage.row.cards:
        card.installEventFilter(order)
    window.document.changed.connect(lambda *_: order.seen.append("told"))
    window.document.apply(AgreeLevel(ROW, "exemplary"))
    assert order.seen[0] == "painted"
    assert order.seen[-1] == "told"
    order.seen.clear()
    window.console.focus.set_row("reablement-and-pathways")
    assert order.seen.count("painted") == len(shown.stage.row.cards)


def test_what_is_on_the_screen_is_what_a_fresh_painting_shows(
    window: MainWindow, shown: RoomWindow
) -> None:
    levels = [level.id for level in window.document.model.levels]
    rows = [row.id for row in window.document.model.change(CHANGE).rows]
    for row in (*rows, *reversed(rows)):
        window.console.focus.set_row(row)
        window.document.apply(AgreeLevel(row, levels[len(row) % len(levels)]))
        seen = shown.screen().grabWindow(shown.winId()).toImage()
        fresh = shown.grab().toImage().convertToFormat(seen.format())
        assert seen == fresh, row


def test_only_what_changed_is_painted_and_nothing_beneath_it(
    stages: tuple[Stage, Stage], model: Model, blank: Workshop
) -> None:
    stage, _ = stages
    shot(stage, view_of(model, agreed(blank, model.levels[0].id)))
    cards = stage.row.cards
    places = [card.geometry() for card in cards]
    order = Order()
    for part in (stage, *cards):
        part.installEventFilter(order)
    stage.show_view(view_of(model, agreed(blank, model.levels[1].id)))
    assert [card.geometry() for card in cards] == places
    assert order.seen == ["painted"] * 2


def test_nothing_is_made_ready_once_the_room_view_is_put_away(
    window: MainWindow, shown: RoomWindow
) -> None:
    window.document.apply(AgreeLevel(ROW, "exemplary"))
    assert window.room._idle.isActive()
    assert shown.isVisible()
    window.room.toggle()
    assert not window.room._idle.isActive()
