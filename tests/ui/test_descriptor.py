"""One descriptor: keys choose it once, however long they are held; what stands at its foot."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.descriptor import Descriptor
from hicm_desktop.ui.descriptor_foot import Foot
from hicm_desktop.ui.marks import draw_hands
from hicm_desktop.ui.matrix import Matrix
from hicm_desktop.workshop.edits import AgreeLevel
from hicm_desktop.workshop.room_edits import CountHands
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import Workshop

NO = Qt.KeyboardModifier.NoModifier


def hold(target: Descriptor, key: Qt.Key, text: str) -> list[bool]:
    """Press a key and keep it down; tells of each event whether it went no further."""
    taken = []
    for repeated in (False, True, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, key, NO, text, repeated)
        QApplication.sendEvent(target, event)
        taken.append(event.isAccepted())
    return taken


@pytest.fixture
def descriptor(qtbot: QtBot, model: Model, appearance: Appearance) -> Descriptor:
    row = model.changes[0].rows[0]
    descriptor = Descriptor(model.levels[0], row.descriptors[0], appearance)
    qtbot.addWidget(descriptor)
    descriptor.show()
    return descriptor


@pytest.mark.parametrize(("key", "text"), [(Qt.Key.Key_Space, " "), (Qt.Key.Key_Return, "\r")])
def test_a_key_held_down_chooses_once(descriptor: Descriptor, key: Qt.Key, text: str) -> None:
    asked: list[str] = []
    descriptor.asked.connect(asked.append)
    hold(descriptor, key, text)
    assert asked == [descriptor.level.id]


def test_a_digit_held_down_reaches_the_tab_once_and_an_arrow_every_time(
    descriptor: Descriptor,
) -> None:
    assert hold(descriptor, Qt.Key.Key_4, "4") == [False, True, True, True]
    assert hold(descriptor, Qt.Key.Key_Down, "") == [False] * 4


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5, 2.5])
@pytest.mark.parametrize("word", ["", "Agreed", "Agreed with reservation, leaning down"])
def test_at_the_foot_nothing_covers_anything(
    descriptor: Descriptor, appearance: Appearance, word: str, scale: float
) -> None:
    appearance.set_scale(scale)
    look = appearance.look
    counts = [*product((0, 1, 5, 8), (True, False)), (9, False), (999, False)]
    for before, (hands, dots), width in product((False, True), counts, (112, 128, 167, 260)):
        descriptor.show_foot(Foot(word, hands, before=before, dots=dots))
        wide = look.px(width)
        descriptor.resize(wide, descriptor.height_for(wide))
        box = descriptor._box(look.px(3))
        places = descriptor._lay_out_foot(wide).places(box)
        assert len(places) == before + bool(hands) + bool(word)
        wording = descriptor._lay_out(wide).plain.height + look.px(10)
        for i, place in enumerate(places):
            assert place.top() >= wording
            assert box.adjusted(-1, -1, 1, 1).contains(place)
            assert not any(place.intersects(other) for other in places[:i])


def test_choosing_or_counting_moves_nothing_where_it_fits_in_a_line(descriptor: Descriptor) -> None:
    bare = descriptor.height_for(167)
    for foot in (Foot("Agreed"), Foot(hands=8), Foot("Agreed", 8), Foot(hands=8, before=True)):
        descriptor.show_foot(foot)
        assert descriptor.height_for(167) == bare


@pytest.mark.parametrize(("number", "dots"), [(1, 1), (3, 3), (4, 4), (5, 5), (8, 8)])
def test_hands_are_drawn_one_by_one_up_to_eight(number: int, dots: int) -> None:
    painted = QImage(100, 40, QImage.Format.Format_RGB32)
    painted.fill(Qt.GlobalColor.white)
    painter = QPainter(painted)
    draw_hands(painter, QPointF(2, 20), number, 1.0, QColor("black"))
    painter.end()
    centres = {
        (x, y)
        for x in (5, 15, 25, 35)
        for y in (15, 20, 25)
        if painted.pixelColor(x, y).lightness() < 40
    }
    assert len(centres) == dots


@pytest.mark.parametrize(
    ("foot", "words"),
    [
        (Foot(), ""),
        (Foot("Agreed"), "Agreed"),
        (Foot(hands=1), "1 hand"),
        (
            Foot("Agreed, leaning up", 3, before=True),
            "Agreed, leaning up. 3 hands. The level before",
        ),
        (Foot(hands=2, of="partner"), "2 partners"),
        (Foot(hands=2, dots=False), "2 hands"),
    ],
)
def test_a_screen_reader_is_told_what_stands_at_the_foot(
    descriptor: Descriptor, foot: Foot, words: str
) -> None:
    descriptor.show_foot(Foot("Parked", 7, before=True))
    descriptor.show_foot(foot)
    assert descriptor.accessibleDescription() == words
    assert descriptor.isChecked() == bool(foot.word)


def test_only_a_descriptor_that_changed_is_painted_anew(
    qtbot: QtBot,
    model: Model,
    blank: Workshop,
    appearance: Appearance,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matrix = Matrix(model.changes[0], model, appearance)
    qtbot.addWidget(matrix)
    matrix.show_workshop(blank)
    updated: list[str] = []
    monkeypatch.setattr(Descriptor, "update", lambda self: updated.append(self.level.id))
    row, levels = model.changes[0].rows[0].id, tuple(level.id for level in model.levels)
    counted = CountHands(row, When.BEFORE, "mature", 1, levels).apply(blank)
    matrix.show_workshop(counted)
    assert updated == ["mature"]
    matrix.show_workshop(AgreeLevel(row, "established").apply(counted))
    assert updated == ["mature", "established"]


def test_within_a_row_hands_are_all_drawn_or_all_written(
    qtbot: QtBot, model: Model, blank: Workshop, appearance: Appearance
) -> None:
    matrix = Matrix(model.changes[0], model, appearance)
    qtbot.addWidget(matrix)
    row, levels = model.changes[0].rows[0].id, tuple(level.id for level in model.levels)

    def feet(number: int) -> list[tuple[str, bool]]:
        counted = CountHands(row, When.BEFORE, "mature", 2, levels).apply(blank)
        counted = CountHands(row, When.BEFORE, "established", number, levels).apply(counted)
        matrix.show_workshop(counted)
        feet = [d.foot for d in matrix.row(row).descriptors if d.foot.hands]
        return [(foot.shown, foot.has_dots) for foot in feet]

    assert feet(8) == [("8", True), ("2", True)]
    assert feet(9) == [("9 hands", False), ("2 hands", False)]
    descriptor = matrix.row(row).descriptors[3]
    descriptor.resize(200, 300)
    written = descriptor.grab().toImage()
    assert feet(8)[1] == ("2", True)
    assert descriptor.grab().toImage() != written
