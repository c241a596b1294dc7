"""Takes what is typed after a key that did nothing for the words it is meant to be.

For `hicm_desktop.ui.change_view`. Whoever presses W on a row without a level is told to agree one
first, and may have begun to type the reason without looking: each letter would be a key.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

TYPED = "Nothing was recorded of what you type. Press Esc, then the key."
NOT_RECORDED = "Nothing was recorded. Press Esc to go back to the matrix, then the key."
_NEXT_MS = 600
"""Within this time after the key, another letter is typed; a key that is meant comes later."""
_SENTENCE_MS = 3_000
"""How long a pause in what is surely a sentence may be."""
_SURELY = 3
_BETWEEN_WORDS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Astray(QObject):
    """Tells keys that are meant from letters that are typed after one that did nothing."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._taken = 0
        self._typing = QTimer(self, singleShot=True, interval=_NEXT_MS)
        self._typing.timeout.connect(self._end)

    def begin(self) -> None:
        """Begin to look out: a key that opens a field did nothing."""
        self._taken = 0
        self._typing.start(_NEXT_MS)
        if (app := QCoreApplication.instance()) is not None:
            app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the spaces between the words too: in the matrix Space agrees a level."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        return self._taken > 0 and event.key() in _BETWEEN_WORDS

    def takes(self, key: str) -> bool:
        """Tell whether a single key is a letter of what is typed. Escape ends it, and so does time.

        A digit that comes first is the level that was asked for.
        """
        if not self._typing.isActive():
            return False
        if key == "Esc" or (self._taken == 0 and key.isdecimal()):
            self._end()
            return False
        self._taken += 1
        self._typing.start(_SENTENCE_MS if self._taken >= _SURELY else _NEXT_MS)
        return True

    def _end(self) -> None:
        self._typing.stop()
        if (app := QCoreApplication.instance()) is not None:
            app.removeEventFilter(self)
