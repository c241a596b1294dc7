"""Reports to export, and the files that came of them, written once through the real exporters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from hicm_desktop.export.pdf import write_pdf
from hicm_desktop.export.word import write_word
from hicm_desktop.export.workbook import write_workbook
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Workshop
from tests.export.workshops import full_workshop, hostile_workshop

FONTS = resources_dir() / "fonts"
Exporter: TypeAlias = Callable[[Report, Path], None]


def as_pdf(report: Report, target: Path) -> None:
    write_pdf(report, FONTS, target)


@pytest.fixture(params=[write_workbook, as_pdf, write_word], ids=["workbook", "pdf", "word"])
def export(request: pytest.FixtureRequest) -> Exporter:
    exporter: Exporter = request.param
    return exporter


@pytest.fixture(scope="session")
def full(model: Model) -> Report:
    return build_report(model, full_workshop(model))


@pytest.fixture(scope="session")
def empty(model: Model, blank: Workshop) -> Report:
    return build_report(model, blank)


@pytest.fixture(scope="session")
def hostile(model: Model) -> Report:
    return build_report(model, hostile_workshop(model))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exports")


@pytest.fixture(scope="session")
def full_xlsx(full: Report, folder: Path) -> Path:
    write_workbook(full, folder / "full.xlsx")
    return folder / "full.xlsx"


@pytest.fixture(scope="session")
def empty_xlsx(empty: Report, folder: Path) -> Path:
    write_workbook(empty, folder / "empty.xlsx")
    return folder / "empty.xlsx"


@pytest.fixture(scope="session")
def hostile_xlsx(hostile: Report, folder: Path) -> Path:
    write_workbook(hostile, folder / "hostile.xlsx")
    return folder / "hostile.xlsx"


@pytest.fixture(scope="session")
def full_pdf(full: Report, folder: Path) -> Path:
    as_pdf(full, folder / "full.pdf")
    return folder / "full.pdf"


@pytest.fixture(scope="session")
def empty_pdf(empty: Report, folder: Path) -> Path:
    as_pdf(empty, folder / "empty.pdf")
    return folder / "empty.pdf"


@pytest.fixture(scope="session")
def hostile_pdf(hostile: Report, folder: Path) -> Path:
    as_pdf(hostile, folder / "hostile.pdf")
    return folder / "hostile.pdf"
