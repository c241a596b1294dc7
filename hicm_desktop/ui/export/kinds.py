"""What can be exported: the kinds of file, which parts each holds, and the writing of each.

For `hicm_desktop.ui.export`, the command line and the demonstration. The libraries that write are
loaded where they write, which in the window is on another thread.
"""

from __future__ import annotations

import enum
from pathlib import Path

import msgspec

from hicm_desktop.export.watching import READS_BACK_FROM, Watch, unwatched
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.report_parts import Parts, only
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Details, Workshop
from hicm_desktop.workshop.words import count

_RECORD = frozenset(Parts.__struct_fields__)
_PLAN = frozenset({"changes"})


class Export(enum.Enum):
    """A kind of file: its ending, its words, its kind in a file dialog, what is added to its name.

    Then what it is for, and which parts it can hold, as fields of `Parts`.
    """

    PDF = (
        ".pdf",
        "PDF report",
        "PDF documents (*.pdf)",
        "report",
        "The whole record, laid out to be read, printed and filed.",
        _RECORD,
    )
    WORKBOOK = (
        ".xlsx",
        "Excel workbook",
        "Excel workbooks (*.xlsx)",
        "workbook",
        "The same record as sheets, to filter, copy from and work on.",
        _RECORD,
    )
    WORD = (
        ".docx",
        "Word action plan",
        "Word documents (*.docx)",
        "action plan",
        "The action plan alone, to go on writing in.",
        _PLAN,
    )
    CALENDAR = (
        ".ics",
        "Calendar",
        "Calendar files (*.ics)",
        "action dates",
        "The actions that have a date, to put into a calendar.",
        _PLAN,
    )

    def __init__(
        self, suffix: str, words: str, filters: str, noun: str, about: str, holds: frozenset[str]
    ) -> None:
        self.suffix = suffix
        self.words = words
        self.filters = filters
        self.noun = noun
        self.about = about
        self.holds = holds

    @property
    def is_plan(self) -> bool:
        """Whether it holds the action plan alone."""
        return self.holds == _PLAN

    def doing(self, done: float) -> str:
        """Say what is being done when so much of the writing is done, from 0 to 1."""
        return (
            "Reading it back…" if done >= READS_BACK_FROM[self.suffix] else "Putting it together…"
        )

    def parts_of(self, parts: Parts) -> Parts:
        """Give the parts as this kind can hold them: those it cannot are as if nobody chose."""
        return Parts(**{name: getattr(parts, name) for name in self.holds})


def goes_out(export: Export, model: Model, content: Workshop, parts: Parts) -> Workshop:
    """Give what of a workshop is in such a file, to look for what must not be."""
    content = only(model, content, export.parts_of(parts))
    match export:
        case Export.WORD:
            return _plan_of(content, facilitator=content.details.facilitator)
        case Export.CALENDAR:
            dated = (action for action in content.actions if action.due_on is not None)
            actions = tuple(msgspec.structs.replace(action, where_now="") for action in dated)
            return _plan_of(msgspec.structs.replace(content, actions=actions, first_actions=()))
        case _:
            return content


def _plan_of(content: Workshop, facilitator: str = "") -> Workshop:
    """Give a workshop with its actions alone, and of its details what stands above them."""
    details = Details(
        place=content.details.place, held_on=content.details.held_on, facilitator=facilitator
    )
    return msgspec.structs.replace(
        content, details=details, rows=(), changes=(), log=(), baseline=None
    )


def write_export(
    export: Export, report: Report, fonts: Path, target: Path, watch: Watch = unwatched
) -> Path:
    """Write an export and give its path. Raises ExportError, and Cancelled by `watch`."""
    match export:
        case Export.WORKBOOK:
            from hicm_desktop.export.workbook import write_workbook  # noqa: PLC0415 - start-up

            write_workbook(report, target, watch)
        case Export.PDF:
            from hicm_desktop.export.pdf import write_pdf  # noqa: PLC0415 - start-up

            write_pdf(report, fonts, target, watch)
        case Export.WORD:
            from hicm_desktop.export.word import write_word  # noqa: PLC0415 - start-up

            write_word(report, target, watch)
        case Export.CALENDAR:
            from hicm_desktop.export.calendar import write_calendar  # noqa: PLC0415 - start-up

            write_calendar(report, target, watch)
    return target


def read_again(target: Path) -> str:
    """Say what a finished export holds, read from the file: "31 pages"; empty for other kinds.

    Raises ExportError and OSError where it cannot be read.
    """
    match target.suffix.lower():
        case Export.PDF.suffix:
            from hicm_desktop.export.pdf.reading import PdfFile  # noqa: PLC0415 - start-up

            with PdfFile(target) as pdf:
                return count(len(pdf), "page")
        case Export.WORKBOOK.suffix:
            from hicm_desktop.export.workbook.reading import sheet_names  # noqa: PLC0415 - start-up

            return count(len(sheet_names(target)), "sheet")
    return ""
