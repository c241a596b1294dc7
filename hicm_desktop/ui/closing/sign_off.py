"""The sign-off: who was there, the button that seals a version, and the versions there are.

For `hicm_desktop.ui.closing.page` only. Signing off locks nothing: it can be undone, and whoever
goes on recording makes a version that is not sealed yet.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from hicm_desktop.document.document import Document
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.choices import Grouping
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.exporting import Export
from hicm_desktop.ui.fields import label, link_button
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.tick_box import TickBox
from hicm_desktop.workshop.minutes import (
    changed_words,
    day_time,
    grouped,
    partner_words,
    present_words,
    sealed_words,
)
from hicm_desktop.workshop.room_edits import SignOff
from hicm_desktop.workshop.sealing import standing_seal
from hicm_desktop.workshop.values import Partner, Sealed, Workshop

NOT_YET = "Not signed off yet."
_WHAT = (
    "Signing off keeps this version of the record, with its time and who was there. Nothing is "
    "locked: you can go on, and sign off again."
)
_NOBODY = "No partners are recorded yet."
_NO_ID = "Open the workshop details and press OK once, and they can be ticked."
_SHORT = 8
"""How many digits of a fingerprint are shown on the screen: enough to tell versions apart."""


class SignOffCard(QFrame):
    """Signs off, and lists what was signed off.

    `read_asked` carries a version to read; `export_asked` an `Export` and the version it is of.
    """

    details_asked = Signal()
    read_asked = Signal(object)
    export_asked = Signal(object, object)

    def __init__(
        self, document: Document, version: Sealed | None = None, parent: QWidget | None = None
    ) -> None:
        """Make the card of a workshop, or of the `version` that is open to be read."""
        super().__init__(parent)
        self._document = document
        self._version = version
        self._partners: tuple[Partner, ...] | None = None
        self._sealed: tuple[Sealed, ...] = ()
        self._away: frozenset[str] = frozenset()
        self.boxes: dict[str, TickBox] = {}
        self.setObjectName("card")
        self.setAccessibleName("Sign-off")
        self.state = label("", "strong")
        self._who = Grouping("Who was there")
        self._who_layout = QVBoxLayout(self._who)
        self._who_layout.setContentsMargins(0, 0, 0, 0)
        self._who_layout.setSpacing(2)
        self.sign = QPushButton("Sign off")
        self.sign.setProperty("kind", "primary")
        self.sign.setAutoDefault(False)
        self.sign.clicked.connect(self.sign_off)
        self.sign.setEnabled(not document.is_read_only)
        what = label(_WHAT, "small")
        self.details = link_button("Workshop details")
        self.details.setToolTip(Command.DETAILS.tip)
        self.details.clicked.connect(self.details_asked)
        self._versions = QWidget()
        self._versions_layout = QVBoxLayout(self._versions)
        self._versions_layout.setContentsMargins(0, 0, 0, 0)
        self._versions_layout.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(8)
        layout.addWidget(label("Sign-off", "heading"))
        layout.addWidget(self.state)
        layout.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(what)
        layout.addWidget(label("Who was there", "strong"))
        layout.addWidget(self._who)
        layout.addWidget(self.details, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._versions)
        # Only now: what has no parent yet would show itself as a window.
        self.details.setVisible(not document.is_read_only)
        for widget in (self.sign, what):
            widget.setVisible(version is None)

    def show_workshop(self, workshop: Workshop) -> None:
        """Show how what is recorded now stands to what was signed off."""
        version = self._version
        self.state.setText(state_words(workshop) if version is None else seal_words(version))
        if workshop.details.partners != self._partners:
            self._partners = workshop.details.partners
            self._show_partners(workshop.details.partners)
        if workshop.sealed != self._sealed:
            self._sealed = workshop.sealed
            self._show_versions(workshop.sealed)

    def present(self) -> tuple[str, ...]:
        """Give the ids of the partners that are ticked."""
        return tuple(i for i, box in self.boxes.items() if box.isChecked())

    def sign_off(self) -> None:
        """Seal what is recorded now; what is sealed as it is stays as it is."""
        document = self._document
        if document.apply(SignOff(document.now(), self.present())):
            announce(self.state, self.state.text())

    def _show_partners(self, partners: tuple[Partner, ...]) -> None:
        """Offer each partner, ticked unless it was unticked here before."""
        _clear(self._who_layout)
        self.boxes = {}
        for partner in partners:
            box = TickBox(partner_words(partner))
            box.setEnabled(bool(partner.id) and not self._document.is_read_only)
            box.setChecked(self._is_there(partner))
            if partner.id:
                self.boxes[partner.id] = box
                box.toggled.connect(lambda there, i=partner.id: self._tick(i, there=there))
            else:
                box.setAccessibleDescription(_NO_ID)
            self._who_layout.addWidget(box)
        if any(not partner.id for partner in partners):
            self._who_layout.addWidget(label(_NO_ID, "small"))
        if not partners:
            self._who_layout.addWidget(label(_NOBODY, "small"))

    def _is_there(self, partner: Partner) -> bool:
        if self._version is not None:
            return any(there.id == partner.id for there in self._version.present)
        return bool(partner.id) and partner.id not in self._away

    def _tick(self, partner: str, *, there: bool) -> None:
        self._away = self._away - {partner} if there else self._away | {partner}

    def _show_versions(self, versions: tuple[Sealed, ...]) -> None:
        """List the versions, the latest first, each with what can be done with it."""
        _clear(self._versions_layout)
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
        layout.addWidget(line)
        return holder

    def _uses(self, sealed: Sealed) -> tuple[tuple[str, Callable[[], None]], ...]:
        return (
            ("Read", lambda: self.read_asked.emit(sealed)),
            ("Export to Excel…", lambda: self.export_asked.emit(Export.WORKBOOK, sealed)),
            ("Export to PDF…", lambda: self.export_asked.emit(Export.PDF, sealed)),
        )


def state_words(workshop: Workshop) -> str:
    """Say whether what is recorded now is signed off; what to do where it was changed since."""
    if not workshop.sealed:
        return NOT_YET
    standing = standing_seal(workshop)
    if standing is None:
        return f"{changed_words(workshop.sealed[-1])} Sign off again to seal these changes."
    return seal_words(standing)


def seal_words(sealed: Sealed) -> str:
    """Say which version was signed off, when, by how many, and how its fingerprint begins."""
    return f"{sealed_words(sealed)} {present_words(sealed)}. {_fingerprint_words(sealed)}"


def _fingerprint_words(sealed: Sealed) -> str:
    """Give the first digits of a fingerprint, which stay on one line."""
    digits = grouped(sealed.fingerprint[:_SHORT])
    return f"Fingerprint {digits} …".replace(" ", "\u00a0")


def _clear(layout: QVBoxLayout) -> None:
    """Let go of all that stands in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
