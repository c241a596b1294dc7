"""Making and opening workshops, and what the program remembers between runs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from hicm_desktop.document.library import Library
from hicm_desktop.document.saving import NoFileYet, Saved
from hicm_desktop.document.settings import MOST_RECENT, LeftAt, Settings
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.storage import codec
from hicm_desktop.workshop.edits import AgreeLevel
from hicm_desktop.workshop.values import Details, RowRecord, Workshop

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "profile" / "settings.ini", tmp_path / "HICM workshops")


@pytest.fixture
def library(model: Model, settings: Settings) -> Library:
    return Library(model, settings, resources_dir() / "sample.hicm")


def test_a_blank_workshop_is_named_by_place_and_day_and_makes_no_file(
    library: Library, tmp_path: Path
) -> None:
    details = Details(place="North/bridge", held_on=dt.date(2026, 11, 21))
    document = library.blank(details)
    assert document.path == tmp_path / "HICM workshops" / "North-bridge 2026-11-21.hicm"
    assert document.workshop.details == details
    assert isinstance(document.save_state, NoFileYet)
    assert not document.path.parent.exists()
    document.close()


def test_a_second_workshop_of_a_day_has_a_name_of_its_own(library: Library) -> None:
    first = library.blank()
    assert isinstance(first.start_file(), Saved)
    second = library.blank()
    assert second.path != first.path
    assert first.workshop.id != second.workshop.id
    first.close()
    second.close()


def test_what_was_recorded_is_there_when_the_file_is_opened_again(
    library: Library, settings: Settings
) -> None:
    document = library.blank()
    document.apply(AgreeLevel("planned", "mature"))
    document.flush()
    document.close()
    again = library.open(document.path).document
    assert again.workshop == document.workshop
    assert isinstance(again.save_state, Saved)
    assert settings.recent == (document.path,)
    again.close()


def test_answers_about_rows_the_model_does_not_have_are_noticed_and_kept(
    library: Library, model: Model, blank: Workshop, tmp_path: Path
) -> None:
    kept = RowRecord(row="a-row-of-2015", note="Said then")
    path = tmp_path / "old.hicm"
    path.write_bytes(
        codec.encode(Workshop(id="w", created_at=blank.created_at, rows=(kept,)), model)
    )
    opened = library.open(path)
    assert len(opened.notices) == 1
    opened.document.apply(AgreeLevel("planned", "mature"))
    opened.document.flush()
    assert kept in codec.decode(path.read_bytes(), model).workshop.rows
    opened.document.close()


def test_a_file_that_is_no_workshop_is_refused_and_left_as_it_is(
    library: Library, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "letter.hicm"
    path.write_bytes(b"Dear colleague")
    with pytest.raises(FileError):
        library.open(path)
    assert path.read_bytes() == b"Dear colleague"
    assert settings.recent == ()


def test_the_sample_opens_as_a_copy_each_time(library: Library, tmp_path: Path) -> None:
    first, second = library.open_sample().document, library.open_sample().document
    assert first.path != second.path
    assert first.path.parent == tmp_path / "HICM workshops"
    assert first.path.read_bytes() == (resources_dir() / "sample.hicm").read_bytes()
    first.close()
    second.close()


def test_settings_are_remembered(settings: Settings, tmp_path: Path) -> None:
    settings.folder = tmp_path / "Elsewhere"
    settings.theme = "dark"
    settings.set_scale("DP-1/left", 1.5)
    settings.geometry = QByteArray(b"place")
    settings.sync()
    again = Settings(tmp_path / "profile" / "settings.ini", tmp_path)
    assert again.folder == tmp_path / "Elsewhere"
    assert again.theme == "dark"
    assert again.scale("DP-1/left") == 1.5
    assert again.scale("another") == 1.0
    assert again.geometry == QByteArray(b"place")


def test_a_damaged_settings_file_reads_as_not_set(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    file.write_text("[scale]\nmain=wide\n[window]\ngeometry=7\n")
    settings = Settings(file, tmp_path / "default")
    assert settings.scale("main") == 1.0
    assert settings.geometry is None
    assert settings.folder == tmp_path / "default"
    assert settings.recent == ()


def test_recent_files_are_the_last_opened_newest_first(settings: Settings, tmp_path: Path) -> None:
    paths = [tmp_path / f"{i}.hicm" for i in range(MOST_RECENT + 3)]
    for path in paths:
        settings.opened(path)
    settings.opened(paths[5])
    settings.renamed(paths[7], tmp_path / "seven.hicm")
    newest = [paths[5], *(paths[i] for i in (12, 11, 10, 9, 8)), tmp_path / "seven.hicm"]
    assert list(settings.recent) == [*newest, paths[6], paths[4], paths[3]]


def test_a_recent_file_without_a_path_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    file.write_text("[recent]\n1\\path=/a.hicm\n2\\other=1\nsize=2\n")
    assert Settings(file, tmp_path).recent == (Path("/a.hicm"),)


def test_the_screen_of_the_room_and_hints_put_away_are_remembered(
    settings: Settings, tmp_path: Path
) -> None:
    assert (settings.room_screen, settings.hints_put_away) == ("", frozenset())
    settings.room_screen = "HDMI-1"
    settings.hints_put_away = frozenset({"room", "keys"})
    settings.sync()
    again = Settings(tmp_path / "profile" / "settings.ini", tmp_path)
    assert again.room_screen == "HDMI-1"
    assert again.hints_put_away == {"room", "keys"}


def test_where_the_facilitator_was_is_remembered_until_it_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    settings = Settings(file, tmp_path)
    assert settings.left_at is None
    left = LeftAt(
        path=tmp_path / "Sir Gâr, %1; [x].hicm",
        tab=4,
        row="discharge-to-assess",
        room=True,
        run="a1b2",
        at=dt.datetime(2026, 11, 12, 10, 0, tzinfo=dt.UTC),
        picture="MATRIX",
    )
    settings.left_at = left
    settings.sync()
    assert Settings(file, tmp_path).left_at == left
    settings.left_at = None
    settings.sync()
    assert Settings(file, tmp_path).left_at is None
    assert "left" not in file.read_text("utf-8")


@pytest.mark.parametrize(("key", "value"), [("tab", "many"), ("at", "yesterday"), ("at", "")])
def test_a_damaged_memory_of_where_that_was_counts_as_none(
    tmp_path: Path, key: str, value: str
) -> None:
    file = tmp_path / "settings.ini"
    settings = Settings(file, tmp_path)
    now = dt.datetime(2026, 11, 12, 10, 0, tzinfo=dt.UTC)
    settings.left_at = LeftAt(tmp_path / "a.hicm", 4, "planned", room=False, run="a", at=now)
    settings.sync()
    text = file.read_text("utf-8")
    before = next(line for line in text.splitlines() if line.startswith(f"{key}="))
    file.write_text(text.replace(before, f"{key}={value}"), "utf-8")
    assert Settings(file, tmp_path).left_at is None


def test_without_a_profile_no_earlier_versions_are_kept(library: Library, tmp_path: Path) -> None:
    assert not library.has_earlier(tmp_path / "any.hicm")
