"""Copies links instead of opening a browser, where an organisation has set that.

For the composition root. Whatever asks Qt to open an address of the web is answered by this.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from hicm_desktop.ui.main_window import MainWindow

_SCHEMES = ("http", "https")
COPIED = "The link was copied. Your organisation has browsers opened by hand."


class CopiedLinks(QObject):
    """Answers for links from when it is made until its end."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        for scheme in _SCHEMES:
            # PySide takes the text that its own types deny.
            QDesktopServices.setUrlHandler(scheme, self, "copy")  # type: ignore[arg-type]

    def end(self) -> None:
        """Answer no more."""
        for scheme in _SCHEMES:
            QDesktopServices.unsetUrlHandler(scheme)

    @Slot(QUrl)
    def copy(self, url: QUrl) -> None:
        """Copy a link, and say so."""
        QGuiApplication.clipboard().setText(url.toString())
        self._window.tell(COPIED)
