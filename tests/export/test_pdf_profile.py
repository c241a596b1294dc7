"""The profile in the PDF: one page whatever is recorded, told by shape and word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pytest

from hicm_desktop.export.pdf.marks import BEFORE, MARKS
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_values import Report, ReportRow
from hicm_desktop.workshop.values import AgendaItem, Details, Outcome, RowRecord, Workshop
from tests.export.conftest import as_pdf
from tests.export.pdf_files import joined, outline, pages
from tests.export.workshops import moved_workshop

_FLOOR = 6.5
_ARROW = 1.2
_LINES_OF_AN_ARROW = 3


def rows_of(report: Report) -> list[ReportRow]:
    return [row for change in report.changes for row in change.rows]


def profile_of(path: Path, report: Report) -> str:
    """Give the one page that the profile stands on, which holds every row and the next does not."""
    starts = outline(path)
    titles = [title for title, _ in starts]
    here = titles.index("Profile")
    (_, page), (_, after) = starts[here], starts[here + 1]
    assert after == page + 1
    text = joined(pages(path)[page - 1])
    assert all(joined(row.name) in text for row in rows_of(report))
    return text


def steps_of(path: Path) -> list[tuple[str, list[Any]]]:
    """Give what draws the page of the profile, step by step."""
    number = dict(outline(path))["Profile"] - 1
    with pikepdf.open(path) as pdf:
        steps = pikepdf.parse_content_stream(pdf.pages[number])
        return [(str(step.operator), [str(part) for part in step.operands]) for step in steps]


@pytest.fixture(scope="module")
def moved(model: Model) -> Report:
    return build_report(model, moved_workshop(model))


@pytest.fixture(scope="module")
def moved_pdf(moved: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("moved") / "moved.pdf"
    as_pdf(moved, path)
    return path


@pytest.mark.parametrize("outcome", Outcome)
def test_it_holds_every_row_on_one_page_whatever_was_agreed(
    outcome: Outcome, model: Model, blank: Workshop, tmp_path: Path
) -> None:
    level = model.levels[0].id if outcome.is_agreed else None
    rows = tuple(
        RowRecord(row=row.id, outcome=outcome, level=level, reason="") for _, row in model.rows()
    )
    report = build_report(model, Workshop(id="w", created_at=blank.created_at, rows=rows))

    as_pdf(report, tmp_path / "profile.pdf")

    text = profile_of(tmp_path / "profile.pdf", report)
    words = f"{outcome.words}: {model.levels[0].name}" if level else outcome.words
    assert text.count(joined(words)) >= len(rows)
    if mark := MARKS[outcome]:
        # The key has every mark once more.
        assert text.count(mark) == len(rows) + 1
        others = [other for other in MARKS.values() if other and other != mark]
        assert all(text.count(other) == 1 for other in others)


def test_it_holds_every_row_on_one_page_of_any_workshop(
    full: Report, full_pdf: Path, empty: Report, empty_pdf: Path, hostile: Report, hostile_pdf: Path
) -> None:
    for report, path in ((full, full_pdf), (empty, empty_pdf), (hostile, hostile_pdf)):
        profile_of(path, report)


def test_reservations_leans_and_movement_stand_on_one_page_too(
    moved: Report, moved_pdf: Path
) -> None:
    text = profile_of(moved_pdf, moved)

    for row in rows_of(moved):
        said = f"{row.outcome.words}: {row.level_name}, {row.lean}; {row.movement.lower()}"
        assert joined(said) in text
    away = [row for row in rows_of(moved) if row.previous_number != row.level_number]
    assert 0 < len(away) < len(rows_of(moved))
    assert text.count(MARKS[Outcome.AGREED_WITH_RESERVATION]) == len(rows_of(moved)) + 1
    assert text.count(BEFORE) == len(away) + 1


def test_no_type_is_smaller_than_a_reader_can_read(moved_pdf: Path) -> None:
    sizes = [float(parts[1]) for operator, parts in steps_of(moved_pdf) if operator == "Tf"]

    assert sizes
    assert min(sizes) >= _FLOOR


def test_an_arrow_leads_from_the_level_before(moved: Report, moved_pdf: Path) -> None:
    width, lines = 0.0, 0
    for operator, parts in steps_of(moved_pdf):
        if operator == "w":
            width = float(parts[0])
        lines += operator == "S" and width == _ARROW
    away = [row for row in rows_of(moved) if row.previous_number != row.level_number]

    assert lines == _LINES_OF_AN_ARROW * len(away)


def test_a_change_that_is_not_in_scope_is_told_apart_from_one_not_discussed(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    agenda = (AgendaItem(change=model.changes[0].id, in_scope=False),)
    workshop = msgspec.structs.replace(blank, details=Details(agenda=agenda))
    report = build_report(model, workshop)

    as_pdf(report, tmp_path / "scope.pdf")

    text = profile_of(tmp_path / "scope.pdf", report)
    assert joined(f"{model.changes[0].heading} (not in scope)") in text
    assert text.count(joined("Not in scope")) == len(model.changes[0].rows)
    outside = len(rows_of(report)) - len(model.changes[0].rows)
    assert text.count(joined("Not discussed")) == outside
