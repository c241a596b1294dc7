"""The card of the workshop: where and when it is held, and who is in the room.

For `hicm_desktop.ui.overview.page`.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hicm_desktop.model.values import Model
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.labels import label
from hicm_desktop.workshop.dates import date_words
from hicm_desktop.workshop.values import Details, Partner, Workshop
from hicm_desktop.workshop.words import count, duration_words

_NOTHING_YET = (
    "Begin with the details: where and when you meet, who is in the room, and which changes are in "
    "scope. They head every export. Then choose a row of the profile, or the first change’s tab."
)


class WorkshopCard(QFrame):
    """Who met, where and when. `details_asked` asks for the details to be written."""

    details_asked = Signal()

    def __init__(self, model: Model, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._shown: Details | None = None
        self.setObjectName("card")
        self.setAccessibleName("Workshop details")
        self._title = label("", "heading")
        self._when = label("")
        self._body = label("", rich=True)
        self._missing = label("", "small")
        self.edit = QPushButton("Edit details")
        self.edit.setToolTip(Command.DETAILS.tip)
        self.edit.clicked.connect(self.details_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        for widget in (self._when, self._body, self._missing):
            layout.addWidget(widget)

    def show_workshop(self, workshop: Workshop) -> None:
        """Show a workshop's details, and which of them are still to be written."""
        details = workshop.details
        if details == self._shown:
            return
        self._shown = details
        self._title.setText(details.place or "This workshop")
        led = f"Facilitated by {details.facilitator}" if details.facilitator else ""
        _show(self._when, " · ".join(filter(None, (date_words(details.held_on), led))))
        _show(self._body, "".join(self._parts(workshop)))
        missing = _missing(details)
        if details == Details():
            _show(self._missing, _NOTHING_YET)
        else:
            _show(self._missing, f"Still to add: {', '.join(missing)}." if missing else "")
        self.edit.setText("Add details" if details == Details() else "Edit details")

    def _parts(self, workshop: Workshop) -> Iterable[str]:
        details = workshop.details
        if details.partners:
            lines = "<br>".join(_organisations(details.partners))
            yield f"<p><b>In the room</b><br>{lines}</p>"
        if details.populations:
            words = escape(details.populations).replace("\n", "<br>")
            yield f"<p><b>Populations in focus</b><br>{words}</p>"
        if details.agenda:
            items = [workshop.agenda_item(change.id) for change in self._model.changes]
            within = [item for item in items if item.in_scope]
            minutes = sum(item.minutes for item in within)
            planned = f", {duration_words(minutes)} planned" if minutes else ""
            scope = f"{len(within)} of {count(len(items), 'change')} in scope{planned}"
            yield f"<p><b>Agenda</b><br>{scope}</p>"


def _organisations(partners: Iterable[Partner]) -> list[str]:
    """Give a line for each organisation, with who came from it by role."""
    people: dict[str, list[str]] = {}
    for partner in partners:
        who = " ".join(filter(None, (partner.role, f"({partner.name})" if partner.name else "")))
        people.setdefault(partner.organisation, []).append(who)
    return [
        ": ".join(filter(None, (escape(name), escape(", ".join(filter(None, roles))))))
        for name, roles in people.items()
    ]


def _missing(details: Details) -> list[str]:
    return [
        words
        for words, there in (
            ("place", details.place),
            ("date", details.held_on),
            ("facilitator", details.facilitator),
            ("partners in the room", details.partners),
        )
        if not there
    ]


def _show(widget: QWidget, text: str) -> None:
    """Show a text, or nothing at all where there is none."""
    widget.setProperty("text", text)
    widget.setVisible(bool(text))
