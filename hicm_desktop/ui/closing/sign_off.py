"""The sign-off: who was there, the button that seals a version, and the versions there are.

For `hicm_desktop.ui.closing.page` only. Signing off locks nothing: it can be undone, and whoever
goes on recording, or names other people, signs off the next version.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.document.document import Document
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.appearance import NEXT_FRAME_MS
from hicm_desktop.ui.choices import Grouping
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.export.kinds import Export
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.labels import label, link_button
from hicm_desktop.ui.layouts import take_out
from hicm_desktop.ui.scrolling import scroll_to
from hicm_desktop.ui.tick_box import TickBox
from hicm_desktop.workshop.minutes import (
    ALREADY,
    NOBODY,
    OTHERS,
    changed_words,
    day_time,
    grouped,
    present_words,
    sealed_words,
    ticked_words,
)
from hicm_desktop.workshop.room_edits import RemoveSealed, SignOff
from hicm_desktop.workshop.sealing import is_full, is_sealed, names_same, standing_seal
from hicm_desktop.workshop.values import MOST_SEALED, Partner, Sealed, Workshop
from hicm_desktop.workshop.words import partner_words

NOT_YET = "Not signed off yet."
_WHAT = (
    "Signing off keeps this version of the record with its time and who was there, and locks "
    "nothing: you can go on, and sign off again."
)
_NO_PARTNERS = "No partners are recorded yet."
_NO_ID = "Open the workshop details and press “Keep these details” once, and they can be ticked."
_NO_MORE = f"{MOST_SEALED} versions are signed off, the most there can be. Nothing was added."
_COLUMNS = 2
_SHORT = 8
"""How many digits of a fingerprint are shown on the screen: enough to tell versions apart."""


class SignOffCard(QFrame):
    """Signs off, and lists what was signed off. Its `foot`, with the button, stands by itself.

    `read_asked` carries a version to read; `export_asked` an `Export` and the version it is of.
    """

    details_asked = Signal()
    read_asked = Signal(object)
    export_asked = Signal(object, object)

    def __init__(self, document: Document, after: QWidget, version: Sealed | None = None) -> None:
        """Make the card of a workshop, or of the `version` that is open to be read.

        Tab comes to it from `after`, which whoever lays it out puts before it.
        """
        super().__init__()
        self._document = document
        self._after = after
        self._version = version
        self._links: list[QPushButton] = []
        self._partners: tuple[Partner, ...] | None = None
        self._sealed: tuple[Sealed, ...] = ()
        self._there: dict[str, bool] = {}
        self.boxes: dict[str, TickBox] = {}
        self._stating = QTimer(self, singleShot=True, interval=NEXT_FRAME_MS)
        self._stating.timeout.connect(self._show_state)
        self.setObjectName("card")
        self.setAccessibleName("Sign-off")
        self.named = label("", "strong")
        self._who = Grouping("Who was there")
        self._who_layout = QGridLayout(self._who)
        self._who_layout.setContentsMargins(0, 0, 0, 0)
        self._who_layout.setHorizontalSpacing(8)
        self._who_layout.setVerticalSpacing(0)
        for column in range(_COLUMNS):
            self._who_layout.setColumnStretch(column, 1)
        self.sign = QPushButton("&Sign off")
        self.sign.setProperty("kind", "primary")
        self.sign.setToolTip("Sign off (Alt+S)")
        self.sign.setAutoDefault(False)
        self.sign.clicked.connect(self.sign_off)
        self.sign.setEnabled(not document.is_read_only)
        self.said = label("", "strong")
        self.state = label("", "strong")
        self.foot = QFrame()
        self.foot.setObjectName("status")
        self._who_again = label("", "small")
        self._what = label(_WHAT, "small")
        self.details = link_button("Workshop details")
        self.details.setToolTip(Command.DETAILS.tip)
        self.details.clicked.connect(self.details_asked)
        self._versions = QWidget()
        self._versions_layout = QVBoxLayout(self._versions)
        self._versions_layout.setContentsMargins(0, 0, 0, 0)
        self._versions_layout.setSpacing(6)
        self._lay_out()

    def _lay_out(self) -> None:
        """Put the parts in the order in which they are gone through."""
        beside = QHBoxLayout(self.foot)
        beside.setContentsMargins(16, 8, 16, 8)
        beside.setSpacing(12)
        beside.addWidget(self.sign)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.said)
        words.addWidget(self._who_again)
        beside.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(8)
        layout.addWidget(label("Sign-off", "heading"))
        layout.addWidget(self._what)
        layout.addWidget(self.named)
        layout.addWidget(self._who)
        layout.addWidget(self.details, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.state)
        layout.addWidget(self._versions)
        if self._document.is_read_only:
            self.details.hide()
        if self._version is not None:
            self.foot.hide()
            self._what.hide()

    def show_workshop(self, workshop: Workshop) -> None:
        """Show how what is recorded now stands to what was signed off."""
        partners, sealed = workshop.details.partners, workshop.sealed
        is_new = partners != self._partners or sealed != self._sealed
        if partners != self._partners:
            self._partners = partners
            self._show_partners(workshop)
        if sealed != self._sealed:
            self._sealed = sealed
            self._show_versions(sealed)
        if is_new:
            self._order_tabs()
        self._show_named(workshop)
        if self.isVisible():  # a frame later: the fingerprint of a long log takes longer than one
            self._stating.start()
        else:
            self._show_state()

    def present(self) -> tuple[str, ...]:
        """Give the ids of the partners that are ticked."""
        return tuple(i for i, box in self.boxes.items() if box.isChecked())

    def sign_off(self) -> None:
        """Seal what is recorded now, and say so; what is sealed as it is stays as it is."""
        document = self._document
        held = document.workshop
        if not document.apply(SignOff(document.now(), self.present())):
            return
        self._show_state()
        if document.workshop.sealed == held.sealed:
            self._say(_NO_MORE if is_full(held) and not self._is_sealed(held) else ALREADY)
            announce(self.said, self.said.text())
        else:
            announce(self.state, f"{self.state.text()} {self.said.text()}".rstrip())
        scroll_to(self.state)

    def _is_sealed(self, workshop: Workshop) -> bool:
        return is_sealed(workshop, self.present())

    def _show_named(self, workshop: Workshop) -> None:
        """Say who will be named, or that nobody will."""
        present, partners = self.present(), len(workshop.details.partners)
        self.named.setVisible(bool(partners))
        signed = self._version is not None
        words = ticked_words(len(present), partners, signed=signed)
        self.named.setText(words)
        can_name = bool(self.boxes) and not self._document.is_read_only
        self._say(NOBODY if can_name and not present else "")
        # Beside the button too, as the boxes may be out of view there.
        self._who_again.setText(words if present else "")

    def _say(self, words: str) -> None:
        """Say something beside the button; nothing to say takes no room."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _show_state(self) -> None:
        """Say how the record stands to what was signed off."""
        self._stating.stop()
        workshop, version = self._document.workshop, self._version
        self.state.setText(
            state_words(workshop, self.present()) if version is None else seal_words(version)
        )

    def _show_partners(self, workshop: Workshop) -> None:
        """Offer each partner, ticked or not as it was here before; see `_is_there`."""
        _clear(self._who_layout)
        self.boxes = {}
        partners = workshop.details.partners
        for place, partner in enumerate(partners):
            box = TickBox(partner_words(partner))
            box.setEnabled(bool(partner.id) and not self._document.is_read_only)
            box.setChecked(self._is_there(partner, workshop))
            if partner.id:
                self.boxes[partner.id] = box
                self._there[partner.id] = box.isChecked()
                box.toggled.connect(lambda there, i=partner.id: self._tick(i, there=there))
            else:
                box.setAccessibleDescription(_NO_ID)
            self._who_layout.addWidget(box, *divmod(place, _COLUMNS))
        lines = []
        if any(not partner.id for partner in partners):
            lines.append(_NO_ID)
        if not partners:
            lines.append(_NO_PARTNERS)
        for line in lines:
            row = self._who_layout.rowCount()
            self._who_layout.addWidget(label(line, "small"), row, 0, 1, _COLUMNS)

    def _is_there(self, partner: Partner, workshop: Workshop) -> bool:
        """Tell whether a partner is ticked: as before, as last signed off, or to begin with."""
        if not partner.id:
            return False
        latest = workshop.sealed[-1] if workshop.sealed else None
        if (signed := self._version or latest) is None:
            return self._there.get(partner.id, True)
        there = any(partner.id == other.id for other in signed.present)
        return self._there.get(partner.id, there)

    def _tick(self, partner: str, *, there: bool) -> None:
        self._there[partner] = there
        self._show_named(self._document.workshop)
        self._show_state()
        if self.said.text():
            announce(self.said, self.said.text())

    def _order_tabs(self) -> None:
        """Have Tab come to who was there, then to the button, then to what was signed off."""
        stops = [self._after, *self.boxes.values(), self.details, self.sign, *self._links]
        for before, stop in pairwise(stops):
            self.setTabOrder(before, stop)

    def _show_versions(self, versions: tuple[Sealed, ...]) -> None:
        """List the versions, the latest first, each with what can be done with it."""
        _clear(self._versions_layout)
        self._links = []
        if versions:
            self._versions_layout.addWidget(label("Signed off", "strong"))
        for sealed in reversed(versions):
            self._versions_layout.addWidget(self._holder_of(sealed))

    def _holder_of(self, sealed: Sealed) -> QWidget:
        name = f"Version {sealed.number}"
        holder = Grouping(name)
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        words = " · ".join((name, day_time(sealed.at), present_words(sealed)))
        layout.addWidget(label(f"{words}\n{_fingerprint_words(sealed)}"))
        line = QWidget()
        flow = FlowLayout(line, gap=12)
        for what, pressed in self._uses(sealed):
            button = link_button(what)
            button.setAccessibleName(f"{what.removesuffix('…')}, {name.lower()}")
            button.clicked.connect(lambda _=False, p=pressed: p())
            flow.addWidget(button)
            self._links.append(button)
        layout.addWidget(line)
        return holder

    def _uses(self, sealed: Sealed) -> tuple[tuple[str, Callable[[], None]], ...]:
        return (
            ("Read", lambda: self.read_asked.emit(sealed)),
            ("Export to Excel…", lambda: self.export_asked.emit(Export.WORKBOOK, sealed)),
            ("Export to PDF…", lambda: self.export_asked.emit(Export.PDF, sealed)),
            *(() if self._document.is_read_only else (("Remove", lambda: self._remove(sealed)),)),
        )

    def _remove(self, sealed: Sealed) -> None:
        """Let a version go, such as one with words that must not be passed on. Undo has it back."""
        if self._document.apply(RemoveSealed(sealed.number)):
            self._say(f"Version {sealed.number} was removed. Undo brings it back.")
            announce(self.said, self.said.text())
            self.sign.setFocus()


def state_words(workshop: Workshop, present: tuple[str, ...]) -> str:
    """Say whether what is recorded now is signed off, and what to do where that is out of date.

    `present` has the ids of the partners who are ticked now.
    """
    if not workshop.sealed:
        return NOT_YET
    standing = standing_seal(workshop)
    if standing is None:
        return f"{changed_words(workshop.sealed[-1])} Sign off again to seal these changes."
    words = seal_words(standing)
    return words if names_same(standing, workshop, present) else f"{words}\n{OTHERS}"


def seal_words(sealed: Sealed) -> str:
    """Say which version was signed off, when, by how many, and how its fingerprint begins."""
    return f"{sealed_words(sealed)} {present_words(sealed)}. {_fingerprint_words(sealed)}"


def _fingerprint_words(sealed: Sealed) -> str:
    """Give the first digits of a fingerprint, which stay on one line."""
    digits = grouped(sealed.fingerprint[:_SHORT])
    return f"Fingerprint {digits} …".replace(" ", "\u00a0")


def _clear(layout: QVBoxLayout | QGridLayout) -> None:
    """Let go of all that stands in a layout."""
    for widget in take_out(layout):
        widget.hide()
        widget.deleteLater()
