"""Tooltips: a button that stands for a command tells the keys that do the same."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from hicm_desktop.document.library import Opened
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.side_panel import Side

from .telling import name_of

_BY_OTHER_WORDS: dict[str, tuple[Command, ...]] = {
    "Clock": (Command.CLOCK,),
    "Export": (Command.EXPORT_WORKBOOK, Command.EXPORT_PDF),
    "Edit details": (Command.DETAILS,),
    "Add an action": (Command.ACTION,),
    "Log": (Command.LOG,),
    "Level definitions": (),  # beside the matrix; the command shows them to the room
}


def commands_of(button: QAbstractButton) -> tuple[Command, ...]:
    """Give the commands that a button stands for, by the words that it is known by."""
    name = name_of(button).removesuffix("…").partition(":")[0]
    same = tuple(command for command in Command if command.plain == name)
    return _BY_OTHER_WORDS.get(name, same)


def test_every_button_that_stands_for_a_command_tells_its_keys(window: MainWindow) -> None:
    found: set[Command] = set()
    keyless = set()

    def walk() -> None:
        QTest.qWait(1)
        for button in window.findChildren(QAbstractButton):
            for command in commands_of(button) if button.isVisible() else ():
                found.add(command)
                if command.shown not in button.toolTip():
                    keyless.add(f"{name_of(button)}: {button.toolTip()!r} without {command.shown}")

    for tab in range(window.console.tabs.count()):
        window.console.go_to_tab(tab)
        walk()
    window.console.go_to_tab(1)
    for side in Side:
        window.console.changes.show_side(side)
        walk()
    window._open(Opened(window._library.blank()))
    walk()
    assert sorted(keyless) == []
    assert found == {
        *(Command.CLOCK, Command.UNDO, Command.BLANK, Command.FIND, Command.SMALLER),
        *(Command.LARGER, Command.EXPORT_WORKBOOK, Command.EXPORT_PDF, Command.DETAILS),
        *(Command.ACTION, Command.LOG, Command.NEW, Command.OPEN),
    }
