"""The heading of a change in the profile, over its rows.

For `hicm_desktop.ui.overview.profile` only.
"""

from __future__ import annotations

import math

import msgspec
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from hicm_desktop.model.values import Change
from hicm_desktop.ui.appearance import Type
from hicm_desktop.ui.overview.columns import PAD, Columns
from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.ui.words import progress_of
from hicm_desktop.workshop.values import Outcome, Workshop
from hicm_desktop.workshop.words import NOT_IN_SCOPE

_ABOVE = 10
_INSIDE = 5


class _Laid(msgspec.Struct, frozen=True):
    """A heading as laid out over some columns; what is said stands `beside` the title or below."""

    columns: Columns
    title: TextBlock
    said: TextBlock
    said_width: int
    beside: bool


class ProfileChange(QAbstractButton):
    """The heading of a change over its rows, with how far it has got. A click asks for its tab."""

    def __init__(self, change: Change, parent: QWidget) -> None:
        super().__init__(parent)
        self.change = change
        self._said = ""
        self._in_scope = True
        self._laid: _Laid | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_workshop(self, workshop: Workshop) -> bool:
        """Show how far the change has got, and whether it is in scope. Tells whether it changed."""
        in_scope = workshop.agenda_item(self.change.id).in_scope
        said = progress_of(self.change, workshop)
        untouched = all(
            workshop.row(row.id).outcome is Outcome.NOT_DISCUSSED for row in self.change.rows
        )
        if not in_scope:
            said = NOT_IN_SCOPE if untouched else f"{NOT_IN_SCOPE} · {said}"
        if (said, in_scope) == (self._said, self._in_scope):
            return False
        self._said, self._in_scope = said, in_scope
        self._laid = None
        self.setAccessibleName(f"{self.change.heading}. {said}. Go to the change")
        self.update()
        return True

    def fit(self, where: Columns) -> int:
        """Lay it out over the profile's columns; gives the height that takes."""
        if self._laid is None or self._laid.columns != where:
            self._laid = self._laid_over(where)
        title, said = self._laid.title.height, self._laid.said.height
        text = max(title, said) if self._laid.beside else title + said
        return text + where.look.px(_ABOVE + 2 * _INSIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        laid = self._laid
        if laid is None:
            return
        look = laid.columns.look
        theme = look.theme
        painter = QPainter(self)
        above = look.px(_ABOVE)
        band = QRectF(0, above, self.width(), self.height() - above)
        painter.fillRect(band, QColor(theme.hover if self.underMouse() else theme.surface))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(theme.edge))
        pad, top = look.px(PAD), look.px(_ABOVE + _INSIDE)
        painter.setPen(QColor(theme.ink if self._in_scope else theme.muted))
        laid.title.draw(painter, pad, top)
        painter.setPen(QColor(theme.muted))
        if laid.beside:
            lower = (laid.title.height - laid.said.height) / 2
            laid.said.draw(painter, self.width() - pad - laid.said_width, top + lower)
        else:
            laid.said.draw(painter, pad, top + laid.title.height)
        painter.end()

    def _laid_over(self, where: Columns) -> _Laid:
        look = where.look
        inner = where.right - where.name
        words = f"{self.change.number}   {self.change.title}"
        strong, small = look.font(Type.STRONG), look.font(Type.SMALL)
        said_width = _advance(small, self._said)
        beside = _advance(strong, words) + look.px(16) + said_width <= inner
        title = TextBlock(words, strong, inner)
        said = TextBlock(self._said, small, said_width if beside else inner)
        return _Laid(where, title, said, said_width, beside)


def _advance(font: QFont, words: str) -> int:
    """Give the width of a text on one line, in px, with room to spare for rounding."""
    return math.ceil(QFontMetricsF(font).horizontalAdvance(words)) + 2
