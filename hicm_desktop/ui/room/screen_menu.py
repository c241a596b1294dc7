"""The menu "Room view on": the screens there are, listed anew whenever it is opened.

For `hicm_desktop.ui.main_window`.
"""

from __future__ import annotations

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.menus import Menus
from hicm_desktop.ui.room.projector import Projector


def add_screens(menus: Menus, window: QWidget, projector: Projector) -> QMenu:
    """Add the choice of a screen for the room view to the menu of the room."""
    menu = QMenu("Room view &on", window)
    menus.by_name[Command.ROOM.menu].addMenu(menu)

    def fill() -> None:
        menu.clear()
        group = QActionGroup(menu)
        for screen in projector.screens():
            action = group.addAction(screen.words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(screen.name == projector.screen_name)
            action.triggered.connect(lambda _=False, s=screen: projector.choose_screen(s.name))
        menu.addActions(group.actions())

    fill()
    menu.aboutToShow.connect(fill)
    return menu
