"""The list of partners in the room, written line by line.

For `hicm_desktop.ui.details_dialog`. Return goes to the next line and makes one at the end, so that
a list can be typed without the mouse; lines left empty are not kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.ui.details.line_text import LineText
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.patient_warning import PatientWarning
from hicm_desktop.workshop.values import Partner

_HEADINGS = ("Organisation or group", "Role", "Name, if they wish")
_SHARES = (5, 5, 4)
_KEYS = (
    "Enter goes to the next line, Alt+Up and Alt+Down move a line, and Alt+Delete removes it. "
    "A role is enough: names go out with every export."
)


class PartnersField(QWidget):
    """The partners, in an order that can be changed. Tab comes to them from `after`."""

    def __init__(self, after: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._after = after
        self.lines: list[PartnerLine] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.add = QPushButton("Add a partner")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(lambda: self._go_to(self._new_line(len(self.lines))))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label(_KEYS, "small"))
        layout.addLayout(self._rows)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def partners(self) -> tuple[Partner, ...]:
        """Give the lines that something was written on."""
        written = (line.partner() for line in self.lines)
        return tuple(p for p in written if (p.organisation + p.role + p.name).strip())

    def show_partners(self, partners: tuple[Partner, ...]) -> None:
        """Show these partners, or one empty line to begin on."""
        for partner in partners or (Partner(organisation=""),):
            self._new_line(len(self.lines)).show_partner(partner)

    def _new_line(self, at: int) -> PartnerLine:
        line = PartnerLine(self._do)
        self.lines.insert(at, line)
        self._rows.insertWidget(at, line)
        self._number()
        return line

    def _do(self, line: PartnerLine, what: str) -> None:
        at = self.lines.index(line)
        match what:
            case "up" | "down":
                self._move(line, at + (1 if what == "down" else -1))
            case "next":
                last = at + 1 == len(self.lines)
                self._go_to(self._new_line(at + 1) if last else self.lines[at + 1])
            case "remove":
                self._remove(line, at)

    def _move(self, line: PartnerLine, to: int) -> None:
        if not 0 <= to < len(self.lines):
            return
        field = line.focused()
        self.lines.remove(line)
        self.lines.insert(to, line)
        self._rows.removeWidget(line)
        self._rows.insertWidget(to, line)
        self._number()
        (field or line.fields[0]).setFocus()

    def _remove(self, line: PartnerLine, at: int) -> None:
        self.lines.remove(line)
        self._rows.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._number()
        if self.lines:
            self._go_to(self.lines[min(at, len(self.lines) - 1)])
        else:
            self.add.setFocus()

    def _go_to(self, line: PartnerLine) -> None:
        line.fields[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _number(self) -> None:
        """Keep the names, the headings and the order of Tab in step with the order of the lines."""
        before = self._after
        for number, line in enumerate(self.lines, start=1):
            line.set_number(number, len(self.lines))
            for widget in line.stops():
                QWidget.setTabOrder(before, widget)
                before = widget
        QWidget.setTabOrder(before, self.add)


class PartnerLine(QWidget):
    """One partner: three texts, and the buttons to move or remove the line."""

    def __init__(self, do: Callable[[PartnerLine, str], None]) -> None:
        super().__init__()
        self._do = do
        self._id = secrets.token_hex(8)
        self.fields = tuple(LineText(words) for words in _HEADINGS)
        self._captions = tuple(label(words, "small") for words in _HEADINGS)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        for column, field in enumerate(self.fields):
            grid.addWidget(self._captions[column], 0, column)
            grid.addWidget(field, 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, _SHARES[column])
        grid.addWidget(PatientWarning(*self.fields), 2, 0, 1, len(self.fields))
        self.up = self._button("▲", "up", "Alt+Up")
        self.down = self._button("▼", "down", "Alt+Down")
        self.remove = self._button("Remove", "remove", "Alt+Delete")
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.up, self.down, self.remove):
            buttons.addWidget(button)
        grid.addLayout(buttons, 1, len(self.fields), Qt.AlignmentFlag.AlignTop)

    def partner(self) -> Partner:
        """Give what is written on the line."""
        organisation, role, name = (field.text() for field in self.fields)
        return Partner(organisation=organisation, role=role, name=name, id=self._id)

    def show_partner(self, partner: Partner) -> None:
        """Show a partner. Whatever is written on the line, its positions stay with it by its id."""
        self._id = partner.id or self._id
        texts = (partner.organisation, partner.role, partner.name)
        for field, text in zip(self.fields, texts, strict=True):
            field.show_text(text)

    def set_number(self, number: int, of: int) -> None:
        """Take a place among the lines, counted from 1. The first one shows the headings."""
        for field, heading, caption in zip(self.fields, _HEADINGS, self._captions, strict=True):
            field.setAccessibleName(f"Partner {number}: {heading.lower()}")
            caption.setVisible(number == 1)
        for button, words in ((self.up, "Move up"), (self.down, "Move down")):
            button.setAccessibleName(f"{words} partner {number}")
        self.remove.setAccessibleName(f"Remove partner {number}")
        self.up.setEnabled(number > 1)
        self.down.setEnabled(number < of)

    def focused(self) -> LineText | None:
        """Give the text that has the keyboard."""
        return next((field for field in self.fields if field.hasFocus()), None)

    def stops(self) -> tuple[QWidget, ...]:
        """Give what Tab stops at, in order."""
        return (*self.fields, self.up, self.down, self.remove)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of a line; they come here from its texts."""
        modifier = Qt.KeyboardModifier
        keys = {
            (Qt.Key.Key_Up, modifier.AltModifier): "up",
            (Qt.Key.Key_Down, modifier.AltModifier): "down",
            (Qt.Key.Key_Delete, modifier.AltModifier): "remove",
            (Qt.Key.Key_Return, modifier.NoModifier): "next",
            (Qt.Key.Key_Enter, modifier.KeypadModifier): "next",
        }
        what = keys.get((Qt.Key(event.key()), event.modifiers()))
        if what is None or (what == "next" and self.focused() is None):
            super().keyPressEvent(event)
        else:
            self._do(self, what)

    def _button(self, words: str, what: str, keys: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", "choice")
        button.setAutoDefault(False)
        button.setToolTip(keys)
        button.clicked.connect(lambda: self._do(self, what))
        return button
