"""What is remembered of an export from one run to the next, and what a damaged file makes of it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QSettings

from hicm_desktop.document.settings import Settings
from hicm_desktop.workshop.report_parts import Parts


def run(tmp_path: Path) -> Settings:
    """Give the settings as the next run finds them."""
    return Settings(tmp_path / "settings.ini", tmp_path)


def test_without_an_export_the_usual_one_is_offered(tmp_path: Path) -> None:
    settings = run(tmp_path)
    assert (settings.export_kind, settings.export_folder) == ("", None)
    assert settings.export_parts == Parts()


@pytest.mark.parametrize("changes", [None, ("home-first",), ("home-first", "housing")])
def test_an_export_is_remembered_but_for_its_private_notes(
    tmp_path: Path, changes: tuple[str, ...] | None
) -> None:
    settings = run(tmp_path)
    chosen = Parts(changes=changes, evidence=False, guidance=False, private_notes=True)
    settings.export_kind = "WORKBOOK"
    settings.export_folder = tmp_path / "Ördner mit Raum"
    settings.export_parts = chosen
    settings.sync()
    later = run(tmp_path)
    assert later.export_kind == "WORKBOOK"
    assert later.export_folder == tmp_path / "Ördner mit Raum"
    assert later.export_parts == msgspec.structs.replace(chosen, private_notes=False)


@pytest.mark.parametrize(
    ("key", "value"), [("export/names", "maybe"), ("export/changes", ""), ("export/folder", "a\0b")]
)
def test_what_is_damaged_counts_as_not_set(tmp_path: Path, key: str, value: str) -> None:
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    store.setValue(key, value)
    store.sync()
    assert run(tmp_path).export_parts == Parts()
    assert run(tmp_path).export_folder is None
