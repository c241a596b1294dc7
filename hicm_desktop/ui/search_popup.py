"""Search: a panel over the top right of the window that finds words and goes to where they stand.

For `hicm_desktop.ui.main_window`, which opens it and goes to the `place_chosen`. Choosing closes
it; opened again, it still has the words and the place in the list, so that the next result is one
key away.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from hicm_desktop.document.document import Document
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.search_results import MOST, ResultPainter, Results, is_recorded, spoken
from hicm_desktop.workshop.search import Hit, search
from hicm_desktop.workshop.words import count

PAUSE_MS = 80
"""How long typing rests before the search runs."""

_WIDTH = 560
_HEIGHT = 620
_EDGE = 12
_SEARCHED = (
    "the model’s wording, and all that is recorded here: details, notes, evidence and actions"
)
_ALWAYS = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
_NEVER = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 5,
    Qt.Key.Key_PageUp: -5,
}


class SearchPopup(QFrame):
    """Finds words as they are typed. `place_chosen` carries a `Place` of the search."""

    place_chosen = Signal(object)

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setAccessibleName("Search")
        self._document = document
        self._window = parent
        self._appearance = appearance
        self._came_from: QWidget | None = None
        self._hits: tuple[Hit, ...] = ()

        self.field = QLineEdit()
        self.field.setAccessibleName("Search")
        self.field.setPlaceholderText("Search")
        self._close = QPushButton("Close")
        self._close.clicked.connect(self.close_again)
        self._close.setToolTip("Close search (Esc)")
        self.said = label("", "small")
        self.results = Results(self)
        self.list = QListView()
        self.list.setAccessibleName("Search results")
        self.list.setModel(self.results)
        self._painter = ResultPainter(appearance, self.list)
        self.list.setItemDelegate(self._painter)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(_NEVER)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(self._choose)

        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.field, 1)
        head.addWidget(self._close)
        layout.addLayout(head)
        layout.addWidget(self.said)
        layout.addWidget(self.list, 1)

        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.field.textChanged.connect(lambda: self._pause.start())
        document.changed.connect(self._search_anew)
        appearance.changed.connect(self._restyle)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)
        parent.installEventFilter(self)
        _application().focusChanged.connect(self._follow_focus)
        self.hide()

    def open(self) -> None:
        """Show it with what was last looked for, ready to be typed over."""
        if not self.isVisible():
            self._came_from = QApplication.focusWidget()
        self._search()
        self.show()
        self.raise_()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_again(self) -> None:
        """Hide it and give the keyboard back to where it was."""
        self._pause.stop()
        back, self._came_from = self._came_from, None
        self.hide()
        if back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Keep plain keys from the window, whose single keys act on the row in focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not event.modifiers() & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier):
                event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes. Nothing goes on to the window below."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_again()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the results from field and list alike, and follow the window's size."""
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._place()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return watched in (self.field, self.list) and self._answer(watched, event)
        return False

    def _answer(self, watched: QObject, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in _STEPS:
            self._point_to(self.results.step(self.list.currentIndex(), _STEPS[key]))
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self._search()
            self._choose(self.list.currentIndex())
        elif watched is self.list and event.text().isprintable() and event.text():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.field.end(False)  # noqa: FBT003 - Qt's signature
            self.field.insert(event.text())
        else:
            return False
        return True

    def _search_anew(self) -> None:
        """Search again, where it shows, because something was recorded."""
        if self.isVisible():
            self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        current = self.results.hit(self.list.currentIndex())
        query = self.field.text()
        self._hits = search(self._document.model, self._document.workshop, query)
        self._painter.forget()
        self.results.show(self._hits)
        self.list.setVisible(bool(self._hits))
        self._say(_said(query, self._hits))
        self._place()
        self._point_to(self.results.find(current))

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.field.setAccessibleDescription(words)
        self._announce(words)

    def _point_to(self, index: QModelIndex) -> None:
        """Make a result the one that Return goes to, in view and read out."""
        if not index.isValid():
            return
        self.list.setCurrentIndex(index)
        if self.results.is_first(index):
            self.list.scrollToTop()
        hit = self.results.hit(index)
        if hit is not None:
            self._announce(spoken(hit))

    def _announce(self, words: str) -> None:
        if self.isVisible():
            announce(self.field, words)

    def _choose(self, index: QModelIndex) -> None:
        hit = self.results.hit(index)
        if hit is not None:
            self.close_again()
            self.place_chosen.emit(hit.place)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Get out of the way once the keyboard is elsewhere in the window."""
        if now is None or not self.isVisible() or now.window() is not self.window():
            return
        if now is not self and not self.isAncestorOf(now):
            self._pause.stop()
            self.hide()

    def _restyle(self) -> None:
        self._painter.forget()
        self.list.doItemsLayout()
        self._place()

    def _place(self) -> None:
        """Stand at the top right of the window, no taller than the results need."""
        look = self._appearance.look
        within = self._window.rect()
        width = min(look.px(_WIDTH), within.width() - 2 * _EDGE)
        most = min(look.px(_HEIGHT), within.height() - 2 * _EDGE)
        self.resize(width, most)
        height = most
        if self._hits:
            for policy in (_ALWAYS, _NEVER):
                self.list.setVerticalScrollBarPolicy(policy)
                self._column.activate()
                spare = self._spare()
                if spare < 0:
                    break
                height = most - spare
        else:
            height = self._column.heightForWidth(width)
        self.setGeometry(QRect(within.right() - width - _EDGE, _EDGE, width, min(height, most)))

    def _spare(self) -> int:
        """Give how many px of the list no result needs; fewer than none where it has to scroll."""
        lines = sum(self.list.sizeHintForRow(row) for row in range(self.results.rowCount()))
        return self.list.height() - lines - 2 * self.list.frameWidth()


def _said(query: str, hits: Sequence[Hit]) -> str:
    """Say what came of a search."""
    if not query.strip():
        return f"Searches {_SEARCHED}. Type a word or the beginning of one."
    if not hits:
        return (
            f"Nothing has all of “{query.strip()}”. This looked through {_SEARCHED}. "
            "Try fewer words, or the beginning of one."
        )
    recorded = sum(1 for hit in hits if is_recorded(hit))
    groups = ((recorded, "recorded here"), (len(hits) - recorded, "in the model"))
    parts = ", ".join(f"{number} {words}" for number, words in groups if number)
    found = f"{count(len(hits), 'result')}: {parts}"
    if len(hits) > MOST:
        return f"{found}. The first {MOST} are shown; another word narrows them."
    return f"{found}."


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("widgets need an application")
    return app
