"""The export dialog: what goes out, how it will look, where to, and what came of it.

For `hicm_desktop.ui.file_commands`. It shows one state of a workshop: the dialog is modal, so what
it exports is what it shows.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hicm_desktop.document.settings import Settings
from hicm_desktop.export.watching import Watch
from hicm_desktop.model.values import Model
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.export.contents_view import ContentsView
from hicm_desktop.ui.export.foot import Answer, Foot
from hicm_desktop.ui.export.kind_choices import KindChoices
from hicm_desktop.ui.export.kinds import Export, goes_out
from hicm_desktop.ui.export.page_preview import PagePreview
from hicm_desktop.ui.export.parts_panel import NO_CHANGE, PRIVATE_IN, PartsPanel
from hicm_desktop.ui.export.plan_words import plan_words
from hicm_desktop.ui.export.running import Job
from hicm_desktop.ui.export.where import LastFolder, is_same_file, suggested_name
from hicm_desktop.ui.export.writing import Writing
from hicm_desktop.ui.scrolling import scrolled
from hicm_desktop.ui.sized_dialog import SizedDialog
from hicm_desktop.workshop.patient_data import findings
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Sealed, Workshop

_SIZE = QSize(1240, 800)
"""What the dialog would like, in px where a line of text is 20 px high."""
_LEFT, _LEFT_AT_MOST = 400, 0.48
"""How wide the choices are, in the same px, and at most as a part of the dialog."""
_PAUSE_MS = 350
"""How long the preview waits for another tick."""

OWN_FILE = "That is the workshop’s own file. Please choose another name."


class Source(msgspec.Struct, frozen=True):
    """What is exported: a workshop or a `version` of it, its file, and the folder of the fonts."""

    model: Model
    workshop: Workshop
    path: Path
    fonts: Path
    version: Sealed | None = None

    @property
    def content(self) -> Workshop:
        """What the record is of."""
        return self.workshop if self.version is None else self.version.content


class ExportDialog(SizedDialog):
    """Exports one workshop, as often as is wanted.

    `told` carries words in passing; `place_asked` a place to go to, with which the dialog closes.
    """

    told = Signal(str)
    place_asked = Signal(object)

    def __init__(
        self, source: Source, settings: Settings, parent: QWidget | None, kind: Export | None = None
    ) -> None:
        """Offer what was chosen last, but for a kind of file that is asked for."""
        super().__init__(_SIZE, parent)
        self._source = source
        self._settings = settings
        remembered = [export for export in Export if export.name == settings.export_kind]
        self.export = kind or (remembered or [Export.PDF])[0]
        self.kinds = KindChoices()
        self.parts = PartsPanel(
            source.model,
            source.content,
            settings.export_parts,
            is_sealed=source.version is not None,
            policy=settings.policy,
        )
        self.preview = PagePreview()
        self.contents = ContentsView()
        self.foot = Foot()
        self.writing = Writing(self.foot, self)
        self._folder = LastFolder(settings.export_folder, self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        which = "" if source.version is None else f" version {source.version.number}"
        self.setWindowTitle(f"Export{which}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._choices = QWidget()
        self._left = scrolled(self._choices)
        self._right = QStackedWidget()
        self._lay_out()
        self.kinds.chosen.connect(self.choose)
        self.parts.changed.connect(self._follow)
        self._pause.timeout.connect(self._show_preview)
        self.writing.told.connect(self.told)
        self.writing.over.connect(self._begin_again)
        self.writing.place_asked.connect(self._write_elsewhere)
        self.writing.closed.connect(self.reject)
        self.choose(self.export)
        self.foot.take_keyboard()

    def choose(self, export: Export) -> None:
        """Offer another kind of file."""
        self.export = export
        self.kinds.show_kind(export)
        self.parts.show_kind(export)
        self._offer()
        self._show_preview()

    def end(self) -> None:
        """Let an export that is being written end, and close: the program ends."""
        self.writing.end()
        self.done(0)

    def reject(self) -> None:
        """Close; call off what is being written instead, or go back from what is asked of it."""
        if self.writing.holds:
            self.writing.cancel()
        elif self.writing.asks:
            self.writing.choose_again()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Close, and end what is being done for the preview."""
        self._pause.stop()
        self.preview.close_for_good()
        self.contents.close_for_good()
        self._folder.close()
        self.writing.leave()
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # What is shown before

    def _follow(self) -> None:
        """Heed another tick: the preview follows once there is a pause."""
        self._heed_parts()
        self._drop_preview()
        if self.parts.has_changes:
            self._pause.start()
        else:
            self._show_preview()

    def _drop_preview(self) -> None:
        self._pause.stop()
        self.preview.drop()
        self.contents.drop()

    def _report(self) -> Report:
        source, parts = self._source, self.export.parts_of(self.parts.parts())
        return build_report(source.model, source.workshop, parts, version=source.version)

    def _show_preview(self) -> None:
        """Have the file made in memory, and show what it will be."""
        self._drop_preview()
        able, is_pdf = self.parts.has_changes, self.export is Export.PDF
        self._right.setCurrentWidget(self.preview if is_pdf and able else self.contents)
        if not able:
            self.contents.show_needed(NO_CHANGE)
        elif self.export is Export.PDF:
            self.preview.want(partial(_render, self._report(), self._source.fonts))
        elif self.export is Export.WORKBOOK:
            self.contents.want(self._report())
        else:
            self.contents.show_words(*plan_words(self.export, self._report()))

    def _offer(self, words: str = "") -> None:
        """Be ready to export."""
        for widget in (self.kinds, self.parts):
            widget.setEnabled(True)
        close, export = (
            Answer("Close   Esc", self.reject),
            Answer("Export…", self.export_now, is_primary=True),
        )
        self.foot.show_step("", words, [close, export])
        self._heed_parts()

    def _heed_parts(self) -> None:
        """Have the foot say what to know of the parts that are ticked."""
        self.foot.buttons[-1].setEnabled(self.parts.has_changes)
        private = self.export.parts_of(self.parts.parts()).private_notes
        self.foot.warn(PRIVATE_IN if private else "", self.parts.left_out)
        QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """Have the tick that was set stay in sight where the foot grew over it."""
        ticked = self.focusWidget()
        if ticked is not None and self.parts.isAncestorOf(ticked):
            self._left.ensureWidgetVisible(ticked)

    # What is done

    def export_now(self) -> None:
        """Ask about what could identify a patient and where to, and write the export there."""
        source, parts = self._source, self.parts.parts()
        going = goes_out(self.export, source.model, source.content, parts)
        found = findings(source.model, going)
        places: list[object] = []
        sealed = None if source.version is None else source.version.number
        reminder = self._settings.policy.reminder
        if found and not dialogs.ask_exporting(self, found, places.append, sealed, reminder):
            if places:
                self.reject()
                self.place_asked.emit(places[0])
            return
        target = self._ask_where()
        if target is None:
            return
        self._remember(target)
        self._write(target)

    def _ask_where(self) -> Path | None:
        """Ask for a file; None where the user thinks better of it."""
        source, version = self._source, self._source.version
        number = None if version is None else version.number
        name = suggested_name(source.path.stem, self.export, self.parts.parts(), number)
        folder = self._folder.found or source.path.parent
        title = f"Export: {self.export.words}"
        while True:
            target = dialogs.choose_save(self, title, folder / name, self.export.filters)
            self.activateWindow()  # a window manager may have given the keyboard to another program
            if target is None or not is_same_file(target, source.path):
                return target
            dialogs.warn(self, "Not exported", OWN_FILE)
            folder = target.parent

    def _remember(self, target: Path) -> None:
        self._settings.export_kind = self.export.name
        parts = msgspec.structs.replace(self.parts.parts(), changes=None)  # of this one alone
        self._settings.export_parts = parts
        self._settings.export_folder = target.parent
        self._folder.now(target.parent)

    def _write(self, target: Path) -> None:
        """Write what is chosen, which is not to change meanwhile."""
        for widget in (self.kinds, self.parts):
            widget.setEnabled(False)
        self.writing.start(Job(self.export, self._report(), self._source.fonts, target))

    def _write_elsewhere(self) -> None:
        """Write the same to another place."""
        target = self._ask_where()
        if target is not None:
            self._remember(target)
            self.writing.again(target=target)

    def _begin_again(self, words: str) -> None:
        self._offer(words)
        self.foot.take_keyboard()

    # How it lies

    def _fit(self) -> None:
        """Have the choices as wide as they need, and never more than their part."""
        wanted = round(_LEFT * self.fontMetrics().height() / 20)
        self._left.setFixedWidth(min(wanted, round(self.width() * _LEFT_AT_MOST)))

    def _lay_out(self) -> None:
        choices = QVBoxLayout(self._choices)
        choices.setContentsMargins(20, 16, 16, 16)
        choices.setSpacing(14)
        choices.addWidget(self.kinds)
        choices.addWidget(self.parts)
        choices.addStretch(1)
        self._left.setAccessibleName("What goes out")
        self._right.addWidget(self.preview)
        self._right.addWidget(self.contents)
        right = QVBoxLayout()
        right.setContentsMargins(8, 16, 20, 12)
        right.addWidget(self._right)
        holder = _Body()
        body = QHBoxLayout(holder)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self._left)
        body.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(holder, 1)
        layout.addWidget(self.foot)


class _Body(QWidget):
    """Takes what room there is: what the foot asks is seen whole, and this scrolls."""

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height() * 4)


def _render(report: Report, fonts: Path, watch: Watch) -> bytes:
    from hicm_desktop.export.pdf import render_pdf  # noqa: PLC0415 - start-up

    return render_pdf(report, fonts, watch)
