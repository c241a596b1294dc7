"""Writing an export without holding up the window.

For `hicm_desktop.ui.main_window`. The report is made at once, from the workshop as it is; the file
is written on another thread, and the libraries that write it are loaded there too.
"""

from __future__ import annotations

import enum
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from hicm_desktop.document.background import Background
from hicm_desktop.errors import ExportError
from hicm_desktop.workshop.report_values import Report

_PATIENCE_S = 30.0
"""How long closing waits for an export that is being written."""


class Export(enum.Enum):
    """What can be exported: the ending of its file, and its words in a file dialog."""

    WORKBOOK = (".xlsx", "Export to Excel", "Excel workbooks (*.xlsx)")
    PDF = (".pdf", "Export to PDF", "PDF documents (*.pdf)")

    def __init__(self, suffix: str, title: str, kinds: str) -> None:
        self.suffix = suffix
        self.title = title
        self.kinds = kinds


class Exporter(QObject):
    """Writes one export at a time. `done` carries the path; `failed` the words for the user."""

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, fonts: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fonts = fonts
        self._closing = False
        self._writer: Background[Path] = Background("export", self._take, self)

    @property
    def busy(self) -> bool:
        """Whether an export is being written."""
        return self._writer.busy

    def start(self, export: Export, report: Report, target: Path) -> None:
        """Write an export; what comes of it is told by a signal."""
        self._writer.start(partial(write_export, export, report, self._fonts, target))

    def close(self) -> None:
        """Wait for an export that is being written, and write no more.

        That it is done is told no longer: a question whether to open it would hold up the end of
        the program, and of the session. That it failed is told.
        """
        self._closing = True
        self._writer.wait(_PATIENCE_S)
        self._writer.close()

    def _take(self, job: Future[Path]) -> None:
        try:
            path = job.result()
        except ExportError as error:
            self.failed.emit(str(error))
            return
        if not self._closing:
            self.done.emit(path)


def write_export(export: Export, report: Report, fonts: Path, target: Path) -> Path:
    """Write an export and give its path. Raises ExportError."""
    if export is Export.WORKBOOK:
        from hicm_desktop.export.workbook import write_workbook  # noqa: PLC0415 - costs start-up

        write_workbook(report, target)
    else:
        from hicm_desktop.export.pdf import write_pdf  # noqa: PLC0415 - costs start-up

        write_pdf(report, fonts, target)
    return target
