"""The menus as made: from the table of commands, the model, the themes, and the files opened last.

For `hicm_desktop.ui.main_window`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import ThemeChoice
from hicm_desktop.ui.commands import CHECKABLE, STARTS_GROUP, Command


class Menus(msgspec.Struct, frozen=True):
    """The menus as made, and the action of each command."""

    actions: Mapping[Command, QAction]
    by_name: Mapping[str, QMenu]


def build_menus(
    bar: QMenuBar, window: QWidget, run: Mapping[Command, Callable[[], object]]
) -> Menus:
    """Make all menus and their actions. Raises KeyError for a command nobody runs."""
    menus: dict[str, QMenu] = {}
    actions: dict[Command, QAction] = {}
    for command in Command:
        menu = menus.get(command.menu) or bar.addMenu(command.menu)
        menus[command.menu] = menu
        if command in STARTS_GROUP:
            menu.addSeparator()
        action = QAction(command.words, window)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setCheckable(command in CHECKABLE)
        action.triggered.connect(lambda _=False, c=command: run[c]())
        menu.addAction(action)
        window.addAction(action)
        actions[command] = action
    return Menus(actions, menus)


def add_changes(
    menus: Menus, window: QWidget, model: Model, go_to_tab: Callable[[int], object]
) -> None:
    """Add a command for each change of the model; the first nine have keys."""
    for change in model.changes:
        action = QAction(f"{change.number}  {_shown(change.short_title)}", window)
        if change.number <= len("123456789"):
            action.setShortcut(QKeySequence(f"Ctrl+{change.number}"))
        action.triggered.connect(lambda _=False, tab=change.number: go_to_tab(tab))
        menus.by_name[Command.PLAN.menu].insertAction(menus.actions[Command.PLAN], action)
        window.addAction(action)


def add_colours(
    menus: Menus,
    window: QWidget,
    choose: Callable[[ThemeChoice], object],
    *,
    is_set: bool = False,
) -> Mapping[ThemeChoice, QAction]:
    """Add the choice of a theme; gives the action of each. `is_set` where it is nobody's here."""
    words = "&Colours (set by your organisation)" if is_set else "&Colours"
    menu = menus.by_name[Command.OVERVIEW.menu].addMenu(words)
    group = QActionGroup(window)
    actions = {}
    for choice, words in (
        (ThemeChoice.SYSTEM, "As the &system"),
        (ThemeChoice.LIGHT, "&Light"),
        (ThemeChoice.DARK, "&Dark"),
        (ThemeChoice.LIGHT_CONTRAST, "L&ight, more contrast"),
        (ThemeChoice.DARK_CONTRAST, "D&ark, more contrast"),
    ):
        action = group.addAction(words)
        action.setCheckable(True)
        action.setEnabled(not is_set)
        action.triggered.connect(lambda _=False, c=choice: choose(c))
        menu.addAction(action)
        actions[choice] = action
    return actions


def add_recent(
    menus: Menus,
    window: QWidget,
    recent: Callable[[], Sequence[Path]],
    open_path: Callable[[Path], object],
) -> None:
    """Add the files opened last, listed anew whenever the menu is opened."""
    menu = QMenu("Open &recent", window)
    menus.by_name[Command.OPEN.menu].insertMenu(menus.actions[Command.SAMPLE], menu)

    def fill() -> None:
        menu.clear()
        for path in recent():
            action = menu.addAction(_shown(path.name))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, p=path: open_path(p))
        if menu.isEmpty():
            menu.addAction("No files opened yet").setEnabled(False)

    fill()
    menu.aboutToShow.connect(fill)


def _shown(words: str) -> str:
    """Write words for a menu, where an ampersand would mark a key."""
    return words.replace("&", "&&")
