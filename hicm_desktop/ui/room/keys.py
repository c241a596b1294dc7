"""Answers the keys that are typed in the room view, where it lies over the console.

For `hicm_desktop.ui.room.director`. The facilitator sees nothing but the room view then, so what
would be recorded is recorded only where the room view shows it.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from hicm_desktop.ui.console import Console
from hicm_desktop.ui.single_keys import single_key

Key = Qt.Key
_STEPS = {Key.Key_Up: -1, Key.Key_PageUp: -1, Key.Key_Down: 1, Key.Key_PageDown: 1}
_PRIVATE = frozenset({"Shift+N", "Shift+C"})
"""Keys that open what is private, which the room would see."""


class Refused(enum.Enum):
    """Why a key did nothing, said once the console is back, and not in the room."""

    PRIVATE = "A private note is not opened while the room looks on. Press the key again here."
    UNSEEN = "Nothing was recorded while the row was out of sight. Press the key again here."


def answer(
    event: QKeyEvent,
    console: Console,
    keys: Mapping[str, Callable[[], None]],
    show_row: Callable[[], bool],
) -> Refused | None:
    """Do what a key stands for; gives why it did nothing, where it is one that was refused.

    `keys` are those of the room view itself. `show_row` has the row come in view again, where
    something else was shown in its place, and gives whether it is.
    """
    key = single_key(event)
    if step := _STEPS.get(Key(event.key())):
        _step_row(console, step)
    elif act := keys.get(key):
        act()
    elif key in _PRIVATE:
        return Refused.PRIVATE
    elif console.shows_change:
        if console.changes.records(key) and not show_row():
            return Refused.UNSEEN
        console.changes.answer_key(event)
    return None


def turn_from_private(console: Console) -> None:
    """Have the panel at its top, where the room sees the console once that comes back."""
    if not console.shows_change:
        return
    panel = console.changes.panel
    if not panel.has_private_note:
        return
    if panel.isAncestorOf(console.window().focusWidget()):
        console.changes.focus_matrix()
    panel.show_row_from_top()


def _step_row(console: Console, step: int) -> None:
    """Go on to the next row in scope, or back; clickers send the page keys for it."""
    model, workshop = console.document.model, console.document.workshop
    rows = [row.id for change, row in model.rows() if workshop.agenda_item(change.id).in_scope]
    here = console.focus.row
    if not console.shows_change or here not in rows:
        console.go_to_row(here)
        return
    there = rows.index(here) + step
    if 0 <= there < len(rows):
        console.go_to_row(rows[there])
