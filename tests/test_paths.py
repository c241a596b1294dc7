"""Where the program keeps what is its user's, installed, frozen and carried about."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hicm_desktop import paths


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the program be a frozen one, and give its executable."""
    executable = tmp_path / "USB stick, Größe" / "HICM Workshop" / "hicm-workshop"
    executable.parent.mkdir(parents=True)
    executable.write_bytes(b"")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(executable))
    return executable


def own() -> tuple[Path, ...]:
    return paths.settings_file(), paths.profile_dir(), paths.default_workshop_dir()


@pytest.mark.usefixtures("frozen")
def test_nothing_is_kept_beside_a_program_that_is_not_portable() -> None:
    assert paths.is_frozen()
    assert not paths.is_portable()
    assert not any(path.is_relative_to(paths.program_dir()) for path in own())


def test_a_portable_program_keeps_everything_beside_itself(frozen: Path) -> None:
    (frozen.parent / paths.PORTABLE).write_bytes(b"")
    assert paths.is_portable()
    assert paths.program_dir() == frozen.parent
    assert own() == (
        frozen.parent / "profile" / "settings.ini",
        frozen.parent / "profile",
        frozen.parent / "HICM workshops",
    )


def test_a_folder_of_that_name_makes_nothing_portable(frozen: Path) -> None:
    (frozen.parent / paths.PORTABLE).mkdir()
    assert not paths.is_portable()


def test_beside_a_bundle_of_macos_is_outside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "HICM Workshop.app" / "Contents" / "MacOS" / "hicm-workshop"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(inside))
    assert paths.program_dir() == inside.parent, "elsewhere that is a folder like any other"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert paths.program_dir() == tmp_path
    monkeypatch.setattr(sys, "executable", str(tmp_path / "tools.app" / "hicm" / "hicm-workshop"))
    assert paths.program_dir() == tmp_path / "tools.app" / "hicm"


def test_what_an_organisation_sets_is_looked_for_before_what_lies_beside_the_program(
    frozen: Path,
) -> None:
    for_all, beside = paths.policy_files()
    assert for_all.is_absolute()
    assert not for_all.is_relative_to(Path.home())
    assert beside == frozen.parent / "policy.toml"


def test_from_source_the_program_lies_where_its_source_does() -> None:
    assert not paths.is_frozen()
    assert (paths.program_dir() / "pyproject.toml").is_file()
