"""The demonstration: the sample workshop drawn without a screen, and exported.

For the command line, which runs it where there is no display. Everything is drawn by the real
window over a real file; what it leaves behind shows a newcomer what the application is.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QEventLoop, QSize, Qt
from PySide6.QtWidgets import QWidget

from hicm_desktop import paths
from hicm_desktop.app import Application, build
from hicm_desktop.document.settings import Settings
from hicm_desktop.errors import FileError
from hicm_desktop.storage import files
from hicm_desktop.ui.appearance import ThemeChoice
from hicm_desktop.ui.export.dialog import ExportDialog, Source
from hicm_desktop.ui.export.kinds import Export, write_export
from hicm_desktop.ui.export.page_preview import PagePreview
from hicm_desktop.ui.hints import Hint
from hicm_desktop.ui.room.stage import Stage
from hicm_desktop.unattended import out_of_sight, settle
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.room import Picture, Showing, room_view
from hicm_desktop.workshop.room_edits import StartClock


class Scene(msgspec.Struct, frozen=True):
    """One picture: its file's name, the window's size and looks, and how to bring it about."""

    name: str
    show: Callable[[Application], object]
    size: tuple[int, int] = (1366, 768)
    theme: ThemeChoice = ThemeChoice.LIGHT
    scale: float = 1.0


def _open_an_action(application: Application) -> None:
    """Show an action being written: the first that is tied to a row."""
    window = application.window
    action = next(a for a in window.document.workshop.actions if a.row is not None)
    window.console.go_to_row(action.row or "")
    window.console.changes.panel.open_action(action.id)


_ROOM = QSize(1280, 720)

SCENES = (
    Scene("1-overview", lambda app: app.window.console.go_to_tab(0)),
    Scene("2-change", lambda app: app.window.console.go_to_tab(4)),
    Scene("3-tips", lambda app: app.window.console.changes.show_guidance("tips")),
    Scene("4-action", _open_an_action),
    Scene("5-action-plan", lambda app: app.window.console.go_to_plan()),
    Scene("6-dark", lambda app: app.window.console.go_to_tab(1), theme=ThemeChoice.DARK),
    Scene("7-large", lambda app: app.window.console.go_to_tab(6), size=(1920, 1080), scale=1.5),
    Scene("8-small", lambda app: app.window.console.go_to_tab(9), size=(1024, 768)),
)


_EXPORT = QSize(1180, 720)
_PROFILE = 4
"""The page of the sample's PDF that has the profile, from 0."""

EXPORT_PICTURE = "13-export"

ROOM_SCENES = (
    ("9-room-row", Showing(change="home-first", row="discharge-to-assess")),
    ("10-room-matrix", Showing(change="care-homes", picture=Picture.MATRIX)),
    ("11-room-change", Showing(change="home-first", picture=Picture.CHANGE)),
    ("12-room-levels", Showing(definitions=True)),
)
"""Pictures of the room view, and what it shows in each."""


def run_demo(folder: Path) -> int:
    """Leave pictures of the windows, the workbook and the PDF in a folder; gives the exit code.

    Raises FileError and ExportError where they cannot be written.
    """
    qt = out_of_sight()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"The folder {folder} could not be made: {error.strerror}.") from error
    with tempfile.TemporaryDirectory() as profile:
        file = Path(profile) / "Northbridge.hicm"
        files.write(file, files.read(paths.resources_dir() / "sample.hicm"), None)
        settings = Settings(Path(profile) / "settings.ini", Path(profile))
        settings.hints_put_away = frozenset(hint.remembered for hint in Hint)
        application = build(qt, settings, file)
        made = [
            *_pictures(application, folder),
            *_room_pictures(application, folder),
            _export_picture(application, settings, folder),
            *_exports(application, folder),
        ]
        application.window.close()
    sys.stdout.write("".join(f"{path}\n" for path in made))
    return 0


def _pictures(application: Application, folder: Path) -> list[Path]:
    window = application.window
    window.setWindowState(Qt.WindowState.WindowNoState)  # a first start fills the screen
    window.resize(*SCENES[0].size)
    window.show()
    settle()  # what is made after the first paint is laid out by then
    made = []
    for scene in SCENES:
        window.resize(*scene.size)
        application.appearance.dress(scene.theme, scene.scale)
        scene.show(application)
        settle()
        made.append(_save(window, folder / f"{scene.name}.png"))
    return made


def _room_pictures(application: Application, folder: Path) -> list[Path]:
    """Take pictures of what the room sees, as a projector of the usual shape has it."""
    application.appearance.dress(ThemeChoice.LIGHT, 1.0)
    document = application.window.document
    stage = Stage(application.appearance)
    stage.resize(_ROOM)
    stage.show()
    made = []
    for name, showing in ROOM_SCENES:
        workshop, now = document.workshop, document.now()
        if showing.change is not None:
            workshop = StartClock(showing.change, now).apply(workshop)
        stage.show_view(room_view(document.model, workshop, showing, now))
        settle()
        made.append(_save(stage, folder / f"{name}.png"))
    stage.close()
    return made


def _export_picture(application: Application, settings: Settings, folder: Path) -> Path:
    """Take a picture of the export dialog, with the profile as the PDF has it."""
    document = application.window.document
    fonts = paths.resources_dir() / "fonts"
    source = Source(document.model, document.workshop, document.path, fonts)
    dialog = ExportDialog(source, settings, application.window, Export.PDF)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)  # it is only drawn
    dialog.resize(_EXPORT)
    dialog.show()
    _await(dialog.preview)
    dialog.preview.go_to(_PROFILE)
    _await(dialog.preview)
    settle()
    made = _save(dialog, folder / f"{EXPORT_PICTURE}.png")
    dialog.done(0)
    return made


def _await(preview: PagePreview) -> None:
    """Wait until the page is drawn."""
    while not preview.is_settled:
        loop = QEventLoop()
        preview.settled.connect(loop.quit)
        loop.exec()


def _save(widget: QWidget, path: Path) -> Path:
    """Save a picture of a widget."""
    if not widget.grab().save(str(path)):
        raise FileError(f"{path} could not be written. Choose another folder.")
    return path


def _exports(application: Application, folder: Path) -> list[Path]:
    document = application.window.document
    report = build_report(document.model, document.workshop)
    fonts = paths.resources_dir() / "fonts"
    return [
        write_export(export, report, fonts, folder / f"Northbridge{export.suffix}")
        for export in Export
    ]
