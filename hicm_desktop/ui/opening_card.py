"""The card that is on the screen until the window is. For `hicm_desktop.opening`.

It does without what is slow to come up in PySide: the names of the namespace `Qt`, which take as
long as a third of its import, so that nothing here sets a pen or makes a brush, whose styles stand
there; and a filter of events, for which Qt's own kinds of object are made known one by one.
"""

from __future__ import annotations

import time
from html import escape

from PySide6.QtCore import QEvent, QPoint, QRect, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QPainter,
    QPixmap,
    QStaticText,
)
from PySide6.QtWidgets import QApplication, QSplashScreen, QWidget

from hicm_desktop import PRODUCT, paths

_GROUND, _INK, _QUIET = "#10243A", "#FFFFFF", "#C3D0DE"
_WIDTH, _HEIGHT, _SIDE, _ICON = 440, 128, 28, 64
_LEFT = _SIDE + _ICON + 20
_LOOK_MS = 40
_COMING_UP_S = 0.3


class OpeningCard(QSplashScreen):
    """Shows the program's name and the file that is being opened, and goes when a window comes."""

    def __init__(self, file: str) -> None:
        """Come up in the middle of the first screen, and be painted before this is done."""
        words = f"Opening {file} …" if file else "Opening …"
        super().__init__(_picture(words, QApplication.primaryScreen().devicePixelRatio()))
        self.setWindowTitle(PRODUCT)
        self.setAccessibleName(f"{PRODUCT}: {words}")
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._go_once_a_window_is_there)
        self._look.start()
        self.show()
        self._come_up()

    def event(self, event: QEvent) -> bool:
        """Do without Qt's wait for a splash screen to come up: a second where nothing answers."""
        if event.type() == QEvent.Type.Show:
            return QWidget.event(self, event)
        return super().event(event)

    def _come_up(self) -> None:
        """Be painted now: what is loaded next lets nothing else be done.

        What manages windows may take a moment to let it on the screen.
        """
        handle, end = self.windowHandle(), time.monotonic() + _COMING_UP_S
        while not handle.isExposed() and time.monotonic() < end:
            QApplication.processEvents()
        QApplication.processEvents()

    def _go_once_a_window_is_there(self) -> None:
        others = (w for w in QApplication.topLevelWidgets() if w is not self and w.isVisible())
        handles = (widget.windowHandle() for widget in others)
        if any(handle is not None and handle.isExposed() for handle in handles):
            self._look.stop()
            self.close()


def _picture(words: str, ratio: float) -> QPixmap:
    """Draw the icon, the name, and what is going on, for a screen with so many dots to a px."""
    picture = QPixmap(round(_WIDTH * ratio), round(_HEIGHT * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(_GROUND))
    icon = QPixmap(str(paths.resources_dir() / "icons" / f"{paths.PROGRAM}-128.png"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(QRect(_SIDE, (_HEIGHT - _ICON) // 2, _ICON, _ICON), icon)
    family = _family()
    for text, size, weight, colour, line in (
        (PRODUCT, 24, QFont.Weight.DemiBold, _INK, 58),
        (words, 16, QFont.Weight.Normal, _QUIET, 86),
    ):
        font = QFont(family)
        font.setPixelSize(size)
        font.setWeight(weight)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        cut = escape(_cut(text, metrics)).replace(" ", "&nbsp;")  # several would become one
        coloured = QStaticText(f'<span style="color:{colour}">{cut}</span>')
        coloured.setTextWidth(_WIDTH - _LEFT)  # it would break the line much sooner by itself
        painter.drawStaticText(QPoint(_LEFT, line - metrics.ascent()), coloured)
    painter.end()
    return picture


def _cut(text: str, metrics: QFontMetrics) -> str:
    """Cut a text short that has no room, as in a long name of a file."""
    room = _WIDTH - _LEFT - _SIDE
    cut = text
    while metrics.horizontalAdvance(cut) > room:
        cut = f"{cut[:-2].rstrip()}…"
    return cut


def _family() -> str:
    """Give the program's own typeface, or whatever is there."""
    fonts = paths.resources_dir() / "fonts"
    for style in ("Regular", "Semibold"):
        number = QFontDatabase.addApplicationFont(str(fonts / f"SourceSans3-{style}.ttf"))
    families = QFontDatabase.applicationFontFamilies(number)
    return families[0] if families else QApplication.font().family()
