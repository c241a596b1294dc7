"""The action plan as a Word document. python-docx is imported here and nowhere else.

For the user interface and the command line, which import it only when they export: python-docx is
slow to load.
"""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE

from hicm_desktop.export.archive import settled
from hicm_desktop.export.plain_text import one_line
from hicm_desktop.export.replacing import replace_file
from hicm_desktop.export.watching import Watch, unwatched, writing
from hicm_desktop.export.word import looks, plan, read_back
from hicm_desktop.workshop.report_values import Report

_NOT_OURS = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
"""What python-docx's own empty document says of itself: a picture of a page, and a program."""


def write_word(report: Report, target: Path, watch: Watch = unwatched) -> None:
    """Write the action plan of a report to `target`, in place of an earlier one.

    Raises ExportError where the disk does not let it or what was written is not whole, and
    Cancelled by `watch`; an earlier file is then as it was.
    """
    replace_file(
        target,
        lambda: render_word(report, writing(watch, ".docx")),
        partial(read_back.action_plan, report),
        watch,
    )


def render_word(report: Report, watch: Watch = unwatched) -> bytes:
    """Give the action plan of a report as a Word document. Raises Cancelled."""
    document = Document()
    looks.set_up(document)
    _describe(document, report)
    plan.write(document, report, watch)
    stream = io.BytesIO()
    document.save(stream)
    return settled(stream.getvalue())


def _describe(document: WordDocument, report: Report) -> None:
    """Say what the file is, whose and of when; nothing of the program that made its template."""
    properties = document.core_properties
    made = report.recorded_utc.replace(tzinfo=None, microsecond=0)  # the file's zone is UTC
    properties.created = properties.modified = made
    properties.title = one_line(f"Action plan: {report.place or report.model_title}")
    properties.subject = one_line(f"{report.model_title}, {report.model_version}")
    properties.comments = one_line(report.model_source)
    properties.author = properties.last_modified_by = one_line(report.facilitator)
    properties.language = looks.LANGUAGE
    package = document.part.package
    relations = package.rels if package is not None else {}
    for name in [name for name, rel in relations.items() if rel.reltype in _NOT_OURS]:
        del relations[name]
