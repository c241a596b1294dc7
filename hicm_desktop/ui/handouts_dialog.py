"""File, Handouts: what is printed before a workshop, made as PDF without holding up the window.

For `hicm_desktop.ui.dialogs`, which opens it. What there is to print is the table in
`hicm_desktop.workshop.handouts`.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.document.policy import NO_POLICY, Policy
from hicm_desktop.model.values import Model
from hicm_desktop.storage.names import safe_name
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.about import SET_BY
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.choices import Choice, Grouping
from hicm_desktop.ui.drop_down import DropDown
from hicm_desktop.ui.handout_writing import HandoutWriter, Outcome
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.scrolling import scrolled
from hicm_desktop.ui.sized_dialog import SizedDialog
from hicm_desktop.ui.tick_box import TickBox
from hicm_desktop.workshop.handouts import Handout, Paper, only_details
from hicm_desktop.workshop.patient_data import findings
from hicm_desktop.workshop.places import Place
from hicm_desktop.workshop.values import Details

_SIZE = QSize(860, 470)
_ABOUT = (
    "To print before a workshop. The agenda takes what this workshop’s details say. Nothing else "
    "that was recorded is on any of them."
)
_KINDS = "PDF documents (*.pdf)"
_PATIENCE_MS = 3000
"""How long whoever closes the dialog is held up by a handout that is being written."""

SLOW = (
    "The drive does not answer. You can close this: what comes of it is said at the foot of the "
    "window."
)


class HandoutsDialog(SizedDialog):
    """Offers the handouts, and writes the one that is chosen. `place` is where to go instead."""

    def __init__(
        self,
        model: Model,
        details: Details,
        fonts: Path,
        folder: Path,
        writer: HandoutWriter,
        parent: QWidget | None,
        policy: Policy = NO_POLICY,
    ) -> None:
        """Offer them. `fonts` is the folder of the typeface, `folder` where a PDF may go.

        `writer` outlives the dialog, and tells what came of a handout then. Where a `policy` sets
        whether names go out, that cannot be ticked or unticked.
        """
        super().__init__(_SIZE, parent)
        self.setWindowTitle("Handouts")
        self._model, self._details = model, details
        self._fonts, self._folder = fonts, folder
        self.place: Place | None = None
        self._writer = writer
        writer.ended.connect(self._take)
        self._leaving = self._gone = False
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._tell(SLOW))
        self._handout, self._paper = Handout.MATRICES, Paper.A3
        self.handouts: dict[Handout, Choice] = {}
        self.papers: dict[Paper, Choice] = {}
        self.change = DropDown()
        self._only: dict[Handout, tuple[QWidget, QWidget]] = {}
        self.names = TickBox("With people’s names")
        if policy.names is not None:
            self.names.setText(f"With people’s names. {SET_BY}.")
            self.names.setChecked(policy.names)
            self.names.setEnabled(False)
        self.make = QPushButton("Make it…")
        self.close_again = QPushButton("Close   Esc")
        self._told = label("", "strong")
        self._lay_out()
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.make.setDefault(True)
        self._choose(Handout.MATRICES)
        self.handouts[self._handout].setFocus()
        if writer.busy:
            self._show_writing()

    def reject(self) -> None:
        """Close; while a handout is written, once it is, or where the drive does not answer."""
        if not self._writer.busy or (self._leaving and not self._patience.isActive()):
            super().reject()
        elif not self._leaving:
            self._leaving = True
            self._patience.start()
            name = self._writer.target.name
            self._tell(f"Still writing {name}. This closes once it is written.")

    def done(self, result: int) -> None:
        """Close. What comes of a handout that is being written is told by its writer."""
        self._gone = True
        self._patience.stop()
        super().done(result)

    def _lay_out(self) -> None:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(label("Handouts", "heading"))
        layout.addWidget(label(_ABOUT))
        layout.addWidget(self._make_handouts())
        layout.addSpacing(6)
        layout.addLayout(self._make_options())
        layout.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(body), 1)
        whole.addWidget(self._make_foot())

    def _make_handouts(self) -> QWidget:
        group = Grouping("Handout")
        grid = QGridLayout(group)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for line, handout in enumerate(Handout):
            choice = Choice(handout.title)
            choice.setAccessibleDescription(handout.about)
            choice.chosen.connect(lambda h=handout: self._choose(h))
            grid.addWidget(choice, line, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label(handout.about), line, 1, Qt.AlignmentFlag.AlignVCenter)
            self.handouts[handout] = choice
        return group

    def _make_options(self) -> QGridLayout:
        papers = Grouping("Paper")
        row = QHBoxLayout(papers)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for paper in Paper:
            choice = Choice(paper.value)
            choice.chosen.connect(lambda p=paper: self._show_paper(p))
            row.addWidget(choice)
            self.papers[paper] = choice
        row.addStretch(1)
        self.change.setAccessibleName("Which change")
        self.change.add_value("All changes", None)
        for change in self._model.changes:
            self.change.add_value(change.heading, change.id)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._put(grid, 0, "Paper", papers)
        self._only = {
            Handout.MATRICES: (self._put(grid, 1, "Matrices of", self.change), self.change),
            Handout.AGENDA: (self._put(grid, 1, "Partners", self.names), self.names),
        }
        for widget in (widget for widgets in self._only.values() for widget in widgets):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # one stands in for the other, and nothing moves
            widget.setSizePolicy(policy)
        return grid

    def _put(self, grid: QGridLayout, line: int, words: str, field: QWidget) -> QWidget:
        """Put a field beside its caption, and give the caption."""
        caption = label(words, "strong")
        caption.setWordWrap(False)
        grid.addWidget(caption, line, 0)
        grid.addWidget(field, line, 1, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        return caption

    def _make_foot(self) -> QFrame:
        self.make.setProperty("kind", "primary")
        self.make.clicked.connect(self._ask_where)
        self.close_again.setAccessibleName("Close")
        self.close_again.clicked.connect(self.reject)
        foot = QFrame()
        foot.setObjectName("status")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(20, 10, 20, 10)
        buttons.addWidget(self._told, 1)
        buttons.addWidget(self.close_again)
        buttons.addWidget(self.make)
        return foot

    def _choose(self, handout: Handout) -> None:
        """Take a handout, on the paper it is made for, with what there is to say about it."""
        self._handout = handout
        for each, choice in self.handouts.items():
            choice.show_chosen(chosen=each is handout)
        for paper, choice in self.papers.items():
            choice.setEnabled(paper in handout.papers)
        for owner, widgets in self._only.items():
            for widget in widgets:
                widget.setVisible(owner is handout)
        self._show_paper(handout.papers[0])
        self._tell("")

    def _show_paper(self, paper: Paper) -> None:
        self._paper = paper
        for each, choice in self.papers.items():
            choice.show_chosen(chosen=each is paper)

    def _ask_where(self) -> None:
        """Ask for a file and write the handout there, off the window's thread."""
        if self._writer.busy or not self._may_go_out():
            return
        change: str | None = self.change.currentData()
        number = None if change is None else self._model.change(change).number
        stem = self._handout.file_stem(self._paper, number, self._details.place)
        start = self._folder / f"{safe_name(stem)}.pdf"
        target = dialogs.choose_save(self, f"Save: {self._handout.title}", start, _KINDS)
        if target is None:
            return
        changes = () if change is None else (change,)
        names = self.names.isChecked()
        handout, model, details = self._handout, self._model, self._details
        fonts, paper = self._fonts, self._paper

        def write() -> None:
            from hicm_desktop.export.pdf.handouts import write_handout  # noqa: PLC0415 - start-up

            write_handout(
                handout, model, details, fonts, target, paper=paper, changes=changes, names=names
            )

        self._writer.start(target, write)
        self._show_writing()

    def _show_writing(self) -> None:
        self.make.setEnabled(False)
        self.close_again.setFocus()
        self._tell(f"Writing {self._writer.target.name}…")

    def _may_go_out(self) -> bool:
        """Ask about what could identify a patient, as before any export."""
        if self._handout is not Handout.AGENDA:
            return True
        goes_out = only_details(self._details, names=self.names.isChecked())
        found = findings(self._model, goes_out)
        return not found or dialogs.ask_exporting(self, found, self._go_to)

    def _go_to(self, place: Place) -> None:
        self.place = place
        self.reject()

    def _tell(self, words: str) -> None:
        self._told.setText(words)
        if words:
            announce(self._told, words)

    def _take(self, outcome: Outcome) -> None:
        if self._gone:
            return
        leaving, self._leaving = self._leaving, False
        self._patience.stop()
        self.make.setEnabled(True)
        self.make.setFocus()
        if outcome.heading:
            self._tell(f"{outcome.heading}.")
            dialogs.warn(self, outcome.heading, outcome.reason)
            return
        self._tell(outcome.words)
        if leaving:
            self.reject()
            return
        dialogs.tell_made(self, outcome.path)
