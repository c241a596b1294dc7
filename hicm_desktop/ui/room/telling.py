"""Says in the console's words what the room sees. Pure.

For `hicm_desktop.ui.room.director`.
"""

from __future__ import annotations

from collections.abc import Mapping

from hicm_desktop.workshop.room import (
    ActionPicture,
    Blank,
    Break,
    ChangePicture,
    Content,
    Definitions,
    FirstActions,
    MatrixPicture,
    PlanPicture,
    RowPicture,
    Waiting,
    Welcome,
)

NO_PROJECTOR = "Room: no projector"
_WORDS: Mapping[type[Content], str] = {
    Blank: "blank",
    Break: "break",
    Waiting: "waits for Esc",
    Welcome: "welcome",
    ChangePicture: "the change",
    MatrixPicture: "the matrix",
    RowPicture: "the row",
    Definitions: "level definitions",
    ActionPicture: "the action",
    FirstActions: "what we do first",
    PlanPicture: "the actions",
}


def comes_through(content: Content) -> bool:
    """Tell whether the room sees this even where it is frozen on something else."""
    return isinstance(content, Blank | Break | Waiting)


def room_words(content: Content, *, frozen: bool) -> str:
    """Say what the room sees: "Room: the row", "Room: frozen, the matrix", "Room: blank"."""
    held = "frozen, " if frozen and not comes_through(content) else ""
    return f"Room: {held}{_WORDS[type(content)]}"
