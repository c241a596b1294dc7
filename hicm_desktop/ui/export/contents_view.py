"""What a file will hold, in words, where its pages cannot be shown beforehand.

For `hicm_desktop.ui.export.dialog`. The sheets are those of the workbook itself, made in memory.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hicm_desktop.export.watching import Watch
from hicm_desktop.ui.export.watched import Newest
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.scrolling import scrolled
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.words import count

FOR_PDF = "A preview is shown for PDF."
PREPARING = "Looking what the workbook will hold…"


class ContentsView(QWidget):
    """A heading and lines. `settled` says that what is wanted is shown."""

    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._maker = Newest("contents", self)
        self._maker.done.connect(self._show_sheets)
        self._maker.failed.connect(lambda words: self.show_words(words, ()))
        self._has_sheets = False
        self.heading = label("", "heading")
        self.lines = label("")
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(24, 20, 24, 20)
        inner.setSpacing(10)
        inner.addWidget(self.heading)
        inner.addWidget(self.lines)
        self._for_pdf = label(FOR_PDF, "small")
        inner.addWidget(self._for_pdf)
        inner.addStretch(1)
        self.area = scrolled(body)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setObjectName("pages")
        body.setAutoFillBackground(False)
        self.area.setAccessibleName("What the file will hold")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def want(self, report: Report) -> None:
        """Show what the workbook of a report will hold."""
        if not self._has_sheets:
            self.show_words(PREPARING, ())
        self._maker.want(lambda watch: _sheets(report, watch))

    def drop(self) -> None:
        """Look for nothing more for now."""
        self._maker.drop()

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is what was wanted last."""
        return not self._maker.busy

    def close_for_good(self) -> None:
        """End the work."""
        self._maker.close()

    def _show_sheets(self, names: tuple[str, ...]) -> None:
        self.show_words(f"{count(len(names), 'sheet')} in this workbook", names)
        self._has_sheets = True
        self.settled.emit()

    def show_words(self, heading: str, lines: Sequence[str]) -> None:
        """Show what is known at once."""
        self._has_sheets = False
        self.heading.setText(heading)
        self.lines.setText("\n".join(lines))
        self.lines.setVisible(bool(lines))
        self._for_pdf.show()

    def show_needed(self, words: str) -> None:
        """Say what is to be chosen first, whatever the kind of file."""
        self.show_words(words, ())
        self._for_pdf.hide()


def _sheets(report: Report, watch: Watch) -> tuple[str, ...]:
    from hicm_desktop.export.workbook import render_workbook  # noqa: PLC0415 - start-up
    from hicm_desktop.export.workbook.reading import sheet_names  # noqa: PLC0415 - start-up

    return sheet_names(render_workbook(report, watch))
