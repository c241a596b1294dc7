"""The facilitator's own note, set apart from what is shared. For the panel beside the matrix."""

from __future__ import annotations

from hicm_desktop.ui.fields import LabelledText

PRIVATE_HINT = "Never shown to the room, and in no export unless you ask for it by name"


class PrivateNote(LabelledText):
    """A text field in a frame of its own that says whose it is."""

    def __init__(self) -> None:
        super().__init__("Private note", PRIVATE_HINT)
        self.setObjectName("private")
        self.caption.setText("Private note, for you alone")
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(10, 8, 10, 10)
