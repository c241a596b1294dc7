"""What a bare script pays for the same workbook: the same texts in as many cells, in one style.

Run as `python -m benchmarks.export_floor_workbook`: it prints how much processor time the exporter
takes, with and without its reading back, as a ratio to that floor.
"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import msgspec
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, NamedStyle

from hicm_desktop.export.workbook import read_back, render_workbook
from hicm_desktop.model.reader import read_model
from hicm_desktop.model.values import Model
from hicm_desktop.paths import content_dir, resources_dir
from hicm_desktop.storage import codec
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Action, Workshop
from tests.export.workshops import full_workshop

Cells: TypeAlias = list[tuple[str, list[list[object]]]]
"""The titles of sheets, and what stands in their rows."""

RUNS = 7


def cells_of(report: Report) -> Cells:
    """Give all that stands in the cells of the workbook of a report."""
    book = load_workbook(io.BytesIO(render_workbook(report)))
    return [
        (sheet.title, [[cell.value for cell in line] for line in sheet.iter_rows()])
        for sheet in book.worksheets
    ]


def floor_of(cells: Cells) -> bytes:
    """Write those cells as a bare script does: in one style, with no table and no measuring."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    style = NamedStyle(
        "plain", font=Font(name="Arial", sz=10), alignment=Alignment(wrap_text=True, vertical="top")
    )
    book.add_named_style(style)
    for title, lines in cells:
        sheet = book.create_sheet(title)
        for row, line in enumerate(lines, start=1):
            for column, value in enumerate(line, start=1):
                if value is not None:
                    cell = sheet.cell(row, column, value)
                    cell.style = style.name
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def floor(report: Report) -> bytes:
    """Write a report as a bare script does; what to write is found ahead, and takes its time."""
    return floor_of(cells_of(report))


def least(run: Callable[[], object], runs: int = RUNS) -> float:
    """Give the least processor time of some runs, in seconds: the others were disturbed."""
    times = []
    for _ in range(runs):
        began = time.process_time()
        run()
        times.append(time.process_time() - began)
    return min(times)


def planned(model: Model, workshop: Workshop, actions: int) -> Report:
    """Give the report of a workshop with so many actions."""
    row = model.changes[3].rows[0]
    plan = (
        Action(id=f"a{number}", row=row.id, to_do=f"{number}: Ring home.", owner="Ward manager")
        for number in range(actions)
    )
    return build_report(
        model, msgspec.structs.replace(workshop, actions=tuple(plan), first_actions=())
    )


def main() -> None:
    """Print the ratios for the sample, a full workshop, and plans of many actions."""
    model = read_model(content_dir())
    content = (resources_dir() / "sample.hicm").read_bytes()
    sample = codec.decode(content, model).workshop
    reports = {
        "the sample": (build_report(model, sample), RUNS),
        "a full workshop": (build_report(model, full_workshop(model)), RUNS),
        "1,000 actions": (planned(model, sample, 1_000), 3),
        "5,000 actions": (planned(model, sample, 5_000), 2),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        for name, (report, runs) in reports.items():
            cells = cells_of(report)
            path.write_bytes(render_workbook(report))
            bare = least(lambda cells=cells: floor_of(cells), runs)  # type: ignore[misc]
            write = least(lambda report=report: render_workbook(report), runs)  # type: ignore[misc]
            check = least(lambda report=report: read_back.check(path, report), runs)  # type: ignore[misc]
            print(
                f"{name}: {write / bare:.2f} of the floor, {(write + check) / bare:.2f} with "
                f"reading back ({write:.3f} s, {check:.3f} s; floor {bare:.3f} s)"
            )


if __name__ == "__main__":
    main()
